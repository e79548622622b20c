"""What a scan saw, tied to the register: which source belongs to which activity and recipient."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase

from detectors.taxonomy import taxonomy
from ropa.model import OF_A_SELECTION, Activity, Recipient, Register, Retention, System
from scanner.locator import WHOLE, Locator
from scanner.model import Flow
from scanner.summary import CategorySummary, FlowSummary, Occurrence, SourceSummary

CANDIDACY_TRIGGERS = OF_A_SELECTION
"""Periods that run from a selection make an activity one of recruitment."""


@dataclass(frozen=True, slots=True)
class Observed:
    """All that was seen, summed up."""

    sources: tuple[SourceSummary, ...]
    categories: tuple[CategorySummary, ...]
    flows: tuple[FlowSummary, ...]


def systems_of(register: Register, source: str) -> tuple[System, ...]:
    """Give the systems to which the register binds a source."""
    return tuple(
        system
        for system in register.systems
        if any(fnmatchcase(source, pattern) for pattern in system.sources)
    )


def activities_of(register: Register, source: str) -> tuple[Activity, ...]:
    """Give the activities that run in the systems of a source."""
    systems = {system.id for system in systems_of(register, source)}
    return tuple(
        activity for activity in register.activities if systems.intersection(activity.systems)
    )


def retention_of(activity: Activity) -> Retention | None:
    """Give the activity's period that runs without consent: the one every copy must keep."""
    return next(
        (
            policy
            for policy in activity.retention
            if policy.duration
            and policy.trigger
            and policy.basis != "A6-1-a"
            and not policy.is_of_categories
        ),
        None,
    )


def is_recruitment(activity: Activity) -> bool:
    """Say whether the activity's data belong to candidacies."""
    return any(policy.trigger in CANDIDACY_TRIGGERS for policy in activity.retention)


def is_personal(category: str) -> bool:
    """Say whether a category is personal data by itself; what nobody knows is taken to be."""
    known = taxonomy().categories.get(category)
    return known is None or known.personal


def recipient_of(register: Register, domain: str) -> Recipient | None:
    """Give the declared recipient that a domain belongs to."""
    return next((entry for entry in register.recipients if belongs(domain, entry.domains)), None)


def belongs(domain: str, domains: Iterable[str]) -> bool:
    """Say whether a domain is one of those or below one."""
    return any(domain == own or domain.endswith(f".{own}") for own in domains)


def disclosures(
    flows: Iterable[Flow], applicants: frozenset[str], own: Sequence[str]
) -> Iterator[tuple[Flow, list[str]]]:
    """Give the flows of personal data to outside recipients, with the categories of such data.

    A letter to the applicant, or to any address that is known to be an applicant's, is
    correspondence with the data subject and no disclosure to a recipient.
    """
    for flow in flows:
        if belongs(flow.domain, own) or (flow.addresses and applicants.issuperset(flow.addresses)):
            continue
        if categories := [key for key in flow.categories if is_personal(key)]:
            yield flow, categories


@dataclass(slots=True)
class _Tally:
    channel: str
    messages: int = 0
    categories: set[str] = field(default_factory=set)
    first: datetime | None = None
    last: datetime | None = None
    example: tuple[int, str] = (0, "")
    held: Sequence[str] = ()
    """Categories of the example."""


class FlowTally:
    """Sums up flows while the assets stream past."""

    def __init__(self, applicant_keys: frozenset[str], own_domains: Sequence[str]) -> None:
        self._applicants = applicant_keys
        self._own = own_domains
        self._tallies: dict[tuple[str, str, str], _Tally] = {}

    def add(self, source: str, asset: str, flow: Flow) -> None:
        """Count one flow of an asset, if it is a disclosure."""
        for _, categories in disclosures((flow,), self._applicants, self._own):
            tally = self._tallies.setdefault(
                (source, flow.domain, flow.channel), _Tally(flow.channel)
            )
            tally.messages += 1
            tally.categories.update(categories)
            if flow.at:
                tally.first = min(tally.first or flow.at, flow.at)
                tally.last = max(tally.last or flow.at, flow.at)
            # The order of the records is that in which workers happened to finish.
            example = (-len(categories), asset)
            if example < tally.example:
                tally.example, tally.held = example, categories

    def summaries(
        self, places: Callable[[str, str], Iterable[Occurrence]]
    ) -> tuple[FlowSummary, ...]:
        """Give what was counted, sorted; `places` says where something lies in an example."""
        return tuple(
            FlowSummary(
                source,
                domain,
                channel,
                tally.messages,
                tuple(sorted(tally.categories)),
                tally.first,
                tally.last,
                tally.example[1],
                _place_of(places(source, tally.example[1]), tally.held),
            )
            for (source, domain, channel), tally in sorted(self._tallies.items())
        )


def _place_of(places: Iterable[Occurrence], categories: Collection[str]) -> Locator:
    """Give a place in a mail of what went with it; its headers only say who it went to."""
    held = (each.locator for each in places if each.category in categories)
    return next((place for place in held if not place.has("header")), WHOLE)
