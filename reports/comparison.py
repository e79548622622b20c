"""Set the declared beside the observed: by activity, category and recipient, and by source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from detectors.taxonomy import taxonomy
from reports.base import AuditResult
from ropa.model import Activity
from ropa.observed import activities_of, belongs, is_personal, recipient_of
from scanner.summary import CategorySummary, FlowSummary


class Difference(StrEnum):
    """What comparing two sides gives."""

    AGREES = "agrees"
    ONLY_DECLARED = "only_declared"
    """Declared, and not seen in what was examined: no proof that it is not there."""
    ONLY_OBSERVED = "only_observed"
    ELSEWHERE = "elsewhere"
    """Seen here, and declared for another activity or source only."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One category or recipient of one activity."""

    activity: Activity | None
    """None for what lies in sources that no declared system claims."""
    aspect: str
    """`category` or `recipient`."""
    key: str
    declared: bool
    sources: tuple[str, ...]
    """Where it was seen."""
    count: int
    difference: Difference


def compare(result: AuditResult) -> tuple[Comparison, ...]:
    """Compare every activity, then the sources that belong to none."""
    claimed: set[str] = set()
    rows: list[Comparison] = []
    for activity in sorted(result.register.activities, key=lambda activity: activity.id):
        sources = sources_of(activity, result)
        claimed |= sources
        rows += _categories(activity, sources, result)
        rows += _recipients(activity, sources, result)
    unclaimed = frozenset(entry.source.id for entry in result.sources) - claimed
    rows += _categories(None, unclaimed, result)
    rows += _recipients(None, unclaimed, result)
    return tuple(rows)


def sources_of(activity: Activity, result: AuditResult) -> frozenset[str]:
    """Give the scanned sources of an activity's systems."""
    return frozenset(
        str(entry.source.id)
        for entry in result.sources
        if activity in activities_of(result.register, entry.source.id)
    )


def category_declared(result: AuditResult, summary: CategorySummary) -> Difference:
    """Say whether a category seen in a source is declared for an activity of that source."""
    here = elsewhere = False
    for activity in result.register.activities:
        if any(taxonomy().covers(entry.key, summary.category) for entry in activity.categories):
            here = here or summary.source in sources_of(activity, result)
            elsewhere = True
    if here:
        return Difference.AGREES
    return Difference.ELSEWHERE if elsewhere else Difference.ONLY_OBSERVED


def _categories(
    activity: Activity | None, sources: frozenset[str], result: AuditResult
) -> Iterator[Comparison]:
    seen: dict[str, list[CategorySummary]] = defaultdict(list)
    for summary in result.categories:
        if summary.source in sources and is_personal(summary.category):
            seen[summary.category].append(summary)
    declared = sorted({entry.key for entry in activity.categories}) if activity else []
    for key in declared:
        same = [
            each for category in seen if taxonomy().covers(key, category) for each in seen[category]
        ]
        difference = Difference.AGREES if same else Difference.ONLY_DECLARED
        yield _compared(activity, "category", key, same, difference)
    everywhere = [entry.key for each in result.register.activities for entry in each.categories]
    for category in sorted(seen):
        if not any(taxonomy().covers(key, category) for key in declared):
            known = any(taxonomy().covers(key, category) for key in everywhere)
            difference = Difference.ELSEWHERE if known else Difference.ONLY_OBSERVED
            yield _compared(activity, "category", category, seen[category], difference)


def _recipients(
    activity: Activity | None, sources: frozenset[str], result: AuditResult
) -> Iterator[Comparison]:
    register = result.register
    seen: dict[str, list[FlowSummary]] = defaultdict(list)
    known: set[str] = set()
    for flow in result.flows:
        if flow.source in sources and not belongs(flow.domain, register.controller.domains):
            recipient = recipient_of(register, flow.domain)
            seen[recipient.id if recipient else flow.domain].append(flow)
            known |= {recipient.id} if recipient else set()
    declared = sorted(set(activity.recipients)) if activity else []
    for key in declared:
        difference = Difference.AGREES if key in seen else Difference.ONLY_DECLARED
        yield _compared(activity, "recipient", key, seen.get(key, ()), difference)
    for key in sorted(set(seen) - set(declared)):
        difference = Difference.ELSEWHERE if key in known else Difference.ONLY_OBSERVED
        yield _compared(activity, "recipient", key, seen[key], difference)


def _compared(
    activity: Activity | None,
    aspect: str,
    key: str,
    seen: Sequence[CategorySummary | FlowSummary],
    difference: Difference,
) -> Comparison:
    declared = difference in {Difference.AGREES, Difference.ONLY_DECLARED}
    sources = tuple(sorted({entry.source for entry in seen}))
    return Comparison(activity, aspect, key, declared, sources, _total(seen), difference)


def _total(seen: Iterable[CategorySummary | FlowSummary]) -> int:
    return sum(
        entry.count if isinstance(entry, CategorySummary) else entry.messages for entry in seen
    )
