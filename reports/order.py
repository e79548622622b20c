"""The one order in which reports show things, whatever order they came in."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from rules.model import Answer, Violation
from scanner.summary import AssetSighting, CategorySummary, FlowSummary, SkippedAsset, SourceSummary


def of_violation(entry: Violation) -> tuple[object, ...]:
    """Sort by severity, rule, subject; and by everything else, so that no order is left open."""
    return (
        -entry.severity.rank,
        entry.rule,
        entry.subject_kind,
        natural(entry.subject_name),
        entry.subject_id,
        entry.answer,
        repr(entry.evidence),
    )


def of_skip(entry: SkippedAsset) -> tuple[object, ...]:
    """Sort by source, asset, place."""
    return (
        entry.source,
        natural(entry.asset),
        entry.skip.locator.texts,
        entry.skip.reason,
        entry.skip.detail,
    )


def of_sighting(entry: AssetSighting) -> tuple[object, ...]:
    """Sort by source, asset, place, entity."""
    return (
        entry.source,
        entry.asset,
        entry.sighting.locator.texts,
        entry.sighting.label,
        entry.sighting.entity,
        entry.sighting.recognizer,
        repr(entry.sighting),
    )


def in_order_of_assets(sightings: Iterable[AssetSighting]) -> Iterator[AssetSighting]:
    """Sort what comes asset by asset; holds no more than one asset's sightings."""
    for _, together in groupby(sightings, key=lambda entry: (entry.source, entry.asset)):
        yield from sorted(together, key=of_sighting)


def violated(violations: Iterable[Violation]) -> Iterator[Violation]:
    """Give the open violations."""
    return (
        entry for entry in violations if entry.answer is Answer.VIOLATED and entry.waiver is None
    )


def unknown(violations: Iterable[Violation]) -> Iterator[Violation]:
    """Give what could not be judged and nobody waived."""
    return (
        entry for entry in violations if entry.answer is Answer.UNKNOWN and entry.waiver is None
    )


def waived(violations: Iterable[Violation]) -> Iterator[Violation]:
    """Give what somebody answers for until a day."""
    return (entry for entry in violations if entry.waiver is not None)


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Give a sort key by which `mail 9` comes before `mail 10`.

    >>> sorted(["b10", "b9", "a"], key=natural)
    ['a', 'b9', 'b10']
    """
    pieces = re.split(r"([0-9]+)", text)
    return tuple(
        (len(piece.lstrip("0")), piece) if index % 2 else (0, piece)
        for index, piece in enumerate(pieces)
    )


def sorted_sources(sources: Iterable[SourceSummary]) -> list[SourceSummary]:
    """Sort by id."""
    return sorted(sources, key=lambda entry: entry.source.id)


def sorted_categories(categories: Iterable[CategorySummary]) -> list[CategorySummary]:
    """Sort by category, source, entity."""
    return sorted(categories, key=lambda entry: (entry.category, entry.source, entry.entity))


def sorted_flows(flows: Iterable[FlowSummary]) -> list[FlowSummary]:
    """Sort by domain, source, channel."""
    return sorted(flows, key=lambda entry: (entry.domain, entry.source, entry.channel))
