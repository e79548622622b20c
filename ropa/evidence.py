"""Where in one asset a rule's evidence stands: the places of what was seen, and of one person."""

from collections.abc import Collection, Iterable, Mapping

from detectors.taxonomy import taxonomy
from ropa import notes
from ropa.clock import Clock
from ropa.model import Text
from ropa.observed import is_personal
from ropa.subjects import EvidenceItem
from scanner.locator import WHOLE, Locator
from scanner.model import Identifier
from scanner.summary import AssetRecord

MOST_TRACES = 4
"""Places of one person in one asset that are named; with the event they fill a page's list."""


def facts_of_asset(
    record: AssetRecord, people: Iterable[Identifier]
) -> Mapping[str, tuple[EvidenceItem, ...]]:
    """Give the evidence of what an asset holds, for each fact that says so."""
    known = taxonomy().categories
    keys = known.keys() & {each.category for each in record.places}
    return {
        "applicant_data": _of_people(record, people) or _of_categories(record),
        "national_ids": _seen(record, {"identity.national_id"}),
        "special": _seen(record, {key for key in keys if known[key].special}),
        "criminal": _seen(record, {key for key in keys if known[key].criminal}),
        **facts_of_categories(record),
    }


def facts_of_categories(record: AssetRecord) -> Mapping[str, tuple[EvidenceItem, ...]]:
    """Give the evidence of an asset's categories: of each alone all places, of all one each."""
    keys = sorted({each.category for each in record.places if is_personal(each.category)})
    alone = {f"categories:{key}": _seen(record, {key}) for key in keys}
    return {"categories": _of_categories(record), **alone}


def _seen(record: AssetRecord, categories: Collection[str]) -> tuple[EvidenceItem, ...]:
    """Give the places in which some categories were seen, the surest of each entity first."""
    return tuple(
        EvidenceItem(
            record.source, record.path, each.locator, notes.seen(each.category, each.count)
        )
        for each in record.places
        if each.category in categories
    )


def of_copy(
    record: AssetRecord, clock: Clock, why: Text, people: Iterable[Identifier]
) -> tuple[EvidenceItem, ...]:
    """Say where the person's data stand, and where the event was seen that starts the clock."""
    first, *others = _traces(people).items() or ((WHOLE, ""),)
    items = [EvidenceItem(record.source, record.path, first[0], notes.held(why, first[1]))]
    items += [
        EvidenceItem(record.source, record.path, place, notes.held(notes.RECORD, entity))
        for place, entity in others
    ]
    anchor = clock.anchor
    if anchor is not None:
        items.append(
            EvidenceItem(
                anchor.source,
                anchor.asset,
                Locator.parse(anchor.record),
                notes.event(anchor.kind, anchor.at, anchor.evidence),
            )
        )
    return tuple(items)


def _of_people(record: AssetRecord, people: Iterable[Identifier]) -> tuple[EvidenceItem, ...]:
    return tuple(
        EvidenceItem(record.source, record.path, place, notes.held(notes.RECORD, entity))
        for place, entity in _traces(people).items()
    )


def _of_categories(record: AssetRecord) -> tuple[EvidenceItem, ...]:
    """Give one place of each category."""
    first = {each.category: each for each in reversed(record.places) if is_personal(each.category)}
    return tuple(
        EvidenceItem(record.source, record.path, each.locator, notes.seen(key, each.count))
        for key, each in sorted(first.items())
    )


def _traces(people: Iterable[Identifier]) -> dict[Locator, str]:
    """Give the few places of one person's identifiers, and what stands there: content first."""
    found: dict[Locator, str] = {}
    for each in sorted(people, key=lambda one: (one.role != "subject", not one.hit, one.entity)):
        found.setdefault(each.hit or Locator.parse(each.record), each.entity)
        if len(found) == MOST_TRACES:
            break
    return found
