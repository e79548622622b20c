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


class Outcome(StrEnum):
    """What comparing two sides gives."""

    AGREES = "agrees"
    ONLY_DECLARED = "only_declared"
    """Declared, and not seen in what was examined: no proof that it is not there."""
    ONLY_OBSERVED = "only_observed"
    ELSEWHERE = "elsewhere"
    """Seen here, and declared for another activity or source only."""


@dataclass(frozen=True, slots=True)
class Compared:
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
    outcome: Outcome


def compare(result: AuditResult) -> tuple[Compared, ...]:
    """Compare every activity, then the sources that belong to none."""
    claimed: set[str] = set()
    rows: list[Compared] = []
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


def category_declared(result: AuditResult, summary: CategorySummary) -> Outcome:
    """Say whether a category seen in a source is declared for an activity of that source."""
    here = elsewhere = False
    for activity in result.register.activities:
        if any(taxonomy().covers(entry.key, summary.category) for entry in activity.categories):
            here = here or summary.source in sources_of(activity, result)
            elsewhere = True
    if here:
        return Outcome.AGREES
    return Outcome.ELSEWHERE if elsewhere else Outcome.ONLY_OBSERVED


def _categories(
    activity: Activity | None, sources: frozenset[str], result: AuditResult
) -> Iterator[Compared]:
    seen: dict[str, list[CategorySummary]] = defaultdict(list)
    for summary in result.categories:
        if summary.source in sources and is_personal(summary.category):
            seen[summary.category].append(summary)
    declared = sorted({entry.key for entry in activity.categories}) if activity else []
    for key in declared:
        same = [
            each for category in seen if taxonomy().covers(key, category) for each in seen[category]
        ]
        outcome = Outcome.AGREES if same else Outcome.ONLY_DECLARED
        yield _compared(activity, "category", key, same, outcome)
    everywhere = [entry.key for each in result.register.activities for entry in each.categories]
    for category in sorted(seen):
        if not any(taxonomy().covers(key, category) for key in declared):
            known = any(taxonomy().covers(key, category) for key in everywhere)
            outcome = Outcome.ELSEWHERE if known else Outcome.ONLY_OBSERVED
            yield _compared(activity, "category", category, seen[category], outcome)


def _recipients(
    activity: Activity | None, sources: frozenset[str], result: AuditResult
) -> Iterator[Compared]:
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
        outcome = Outcome.AGREES if key in seen else Outcome.ONLY_DECLARED
        yield _compared(activity, "recipient", key, seen.get(key, ()), outcome)
    for key in sorted(set(seen) - set(declared)):
        outcome = Outcome.ELSEWHERE if key in known else Outcome.ONLY_OBSERVED
        yield _compared(activity, "recipient", key, seen[key], outcome)


def _compared(
    activity: Activity | None,
    aspect: str,
    key: str,
    seen: Sequence[CategorySummary | FlowSummary],
    outcome: Outcome,
) -> Compared:
    declared = outcome in {Outcome.AGREES, Outcome.ONLY_DECLARED}
    sources = tuple(sorted({entry.source for entry in seen}))
    return Compared(activity, aspect, key, declared, sources, _total(seen), outcome)


def _total(seen: Iterable[CategorySummary | FlowSummary]) -> int:
    return sum(
        entry.count if isinstance(entry, CategorySummary) else entry.messages for entry in seen
    )
