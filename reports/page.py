"""What the page of findings shows, as values: grouped, counted, cut to a readable length.

Nothing here is long however long the audit was: lists end with how many more there are.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from detectors.taxonomy import taxonomy
from reports import order
from reports.base import AuditResult, Judged, RetentionSummary
from reports.comparison import category_declared
from reports.place import place_in_words
from reports.text import DASH, visible
from reports.wording import Wording
from ropa.model import Recipient
from ropa.observed import belongs, is_personal, recipient_of
from ropa.subjects import EvidenceItem
from rules.model import Severity, Violation
from scanner.summary import CategorySummary, FlowSummary, SkippedAsset, SourceSummary

SUBJECTS = 20
"""Of one rule."""
EVIDENCE = 5
"""Of one subject."""
SKIPS = 100
RUNS = 12


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence, ready to show."""

    source: str
    asset: str
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class Breach:
    """One subject of a rule."""

    anchor: str
    id: str
    status: str
    """Since when it stands."""
    duty: str
    """Who deals with it, and by when."""
    kind: str
    name: str
    message: str
    missing: tuple[str, ...]
    evidence: tuple[EvidenceRow, ...]
    more_evidence: int
    owner: str
    reason: str
    until: str
    why: str
    """The kind of its waiver."""


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """One rule and the subjects that it speaks about."""

    anchor: str
    rule: str
    title: str
    severity: Severity
    certainty: str
    references: tuple[str, ...]
    remedy: str
    count: int
    shown: tuple[Breach, ...]

    @property
    def more(self) -> int:
        """How many subjects are not shown."""
        return self.count - len(self.shown)


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One line of what was observed."""

    summary: CategorySummary
    source: str
    label: str
    mark: str
    """`special`, `criminal` or empty."""
    declared: str
    """An `Outcome` of comparing, or `none` for what is not personal data by itself."""
    first: bool
    """Whether the category begins here."""


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One line of observed flows."""

    flow: FlowSummary
    source: str
    own: bool
    recipient: str
    categories: str
    period: str


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One declared recipient and how often it was seen."""

    recipient: Recipient
    messages: int


@dataclass(frozen=True, slots=True)
class ClockRow:
    """The retention clock of one source, with shares for its bar."""

    source: str
    clock: RetentionSummary
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page."""

    result: AuditResult
    severities: tuple[tuple[Severity, int], ...]
    unknown: int
    waived: int
    examined: int
    partial: int
    skipped: int
    share: float
    findings: tuple[RuleGroup, ...]
    gaps: tuple[RuleGroup, ...]
    waivers: tuple[RuleGroup, ...]
    clock: tuple[ClockRow, ...]
    observed: tuple[CategoryRow, ...]
    recipients: tuple[RecipientRow, ...]
    flows: tuple[FlowRow, ...]
    sources: tuple[SourceSummary, ...]
    reasons: tuple[tuple[str, str, int], ...]
    """Source, reason, how many."""
    skips: tuple[tuple[str, str, SkippedAsset], ...]
    """Source, place in the asset, what was left out."""
    more_skips: int
    trend: tuple[tuple[Judged, bool], ...]
    """The last runs, and whether their rules were others than the run's before."""


def page(result: AuditResult, words: Wording) -> Page:
    """Arrange the result for reading."""
    names = {str(entry.source.id): visible(entry.source.name) for entry in result.sources}
    findings, gaps, waivers = (
        _groups(prefix, entries, names, words)
        for prefix, entries in (
            ("v", order.violated(result.violations)),
            ("g", order.unknown(result.violations)),
            ("w", order.waived(result.violations)),
        )
    )
    counts: Counter[Severity] = Counter()
    for group in findings:
        counts[group.severity] += group.count
    sources = order.sorted_sources(result.sources)
    assets = sum(entry.assets for entry in sources)
    examined = sum(entry.examined for entry in sources)
    reasons = Counter((entry.source, str(entry.skip.reason)) for entry in result.skips)
    return Page(
        result=result,
        severities=tuple((severity, counts[severity]) for severity in reversed(Severity)),
        unknown=sum(group.count for group in gaps),
        waived=sum(group.count for group in waivers),
        examined=examined,
        partial=sum(entry.partial for entry in sources),
        skipped=sum(entry.skipped for entry in sources),
        share=examined / assets if assets else 1.0,
        findings=findings,
        gaps=gaps,
        waivers=waivers,
        clock=tuple(_clock(entry, names) for entry in _by_source(result.retention)),
        observed=_observed(result, names, words),
        recipients=_recipients(result),
        flows=tuple(
            _flow(result, entry, names, words) for entry in order.sorted_flows(result.flows)
        ),
        sources=tuple(sources),
        reasons=tuple(
            (names.get(source, source), reason, count)
            for (source, reason), count in sorted(reasons.items())
        ),
        skips=tuple(
            (
                names.get(entry.source, entry.source),
                place_in_words(entry.skip.locator, entry.asset, words),
                entry,
            )
            for entry in islice(result.skips, SKIPS)
        ),
        more_skips=max(len(result.skips) - SKIPS, 0),
        trend=_trend(result.trend),
    )


def anchor(violation: Violation) -> str:
    """Give a name for a place on the page that stays the same from run to run."""
    digest = hashlib.sha256(violation.fingerprint.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{violation.rule}-{digest[:12]}"


def _trend(judged: Sequence[Judged]) -> tuple[tuple[Judged, bool], ...]:
    before = [None, *judged]
    pairs = zip(before, judged, strict=False)
    changed = [(each, was is not None and was.forms != each.forms) for was, each in pairs]
    return tuple(changed[-RUNS:])


def _by_source(clocks: Iterable[RetentionSummary]) -> list[RetentionSummary]:
    return sorted(clocks, key=lambda clock: clock.source)


def _groups(
    prefix: str, violations: Iterable[Violation], names: dict[str, str], words: Wording
) -> tuple[RuleGroup, ...]:
    counts: Counter[tuple[str, Severity]] = Counter()
    first: dict[tuple[str, Severity], list[Violation]] = defaultdict(list)
    for violation in violations:
        key = violation.rule, violation.severity
        counts[key] += 1
        if counts[key] <= SUBJECTS:
            first[key].append(violation)
    return tuple(
        RuleGroup(
            anchor=f"{prefix}-{rule}",
            rule=rule,
            title=words.text(entries[0].title),
            severity=severity,
            certainty=words.label("certainty", entries[0].certainty),
            references=entries[0].references,
            remedy=words.text(entries[0].remedy),
            count=counts[rule, severity],
            shown=tuple(_breach(entry, names, words) for entry in entries),
        )
        for (rule, severity), entries in first.items()
    )


def _breach(violation: Violation, names: dict[str, str], words: Wording) -> Breach:
    waiver = violation.waiver
    return Breach(
        anchor=anchor(violation),
        id=violation.id,
        status=_status(violation, words),
        duty=_duty(violation, words),
        kind=words.label("kind", violation.subject_kind),
        name=words.subject(violation.subject_kind, violation.subject_id, violation.subject_name),
        message=words.text(violation.message),
        missing=tuple(visible(fact) for fact in violation.missing),
        evidence=tuple(_evidence(item, names, words) for item in violation.evidence[:EVIDENCE]),
        more_evidence=max(len(violation.evidence) - EVIDENCE, 0),
        owner=visible(waiver.owner) if waiver else "",
        reason=visible(waiver.reason) if waiver else "",
        until=words.day(waiver.until) if waiver else "",
        why=words.label("waiver", waiver.kind) if waiver else "",
    )


def _duty(violation: Violation, words: Wording) -> str:
    if violation.waiver:
        return ""
    owner, due = visible(violation.owner), words.day(violation.due)
    parts = [
        words("duty.owner", owner=owner) if owner else "",
        words("duty.due", day=due) if due else "",
    ]
    return ", ".join(filter(None, parts))


def _status(violation: Violation, words: Wording) -> str:
    if violation.status is None:
        return ""
    since = words.day(violation.first_seen)
    return words(f"status.{violation.status}", day=since)


def _evidence(item: EvidenceItem, names: dict[str, str], words: Wording) -> EvidenceRow:
    source = names.get(item.source) or words.label("evidence", item.source)
    place = place_in_words(item.locator, item.asset, words)
    return EvidenceRow(source, visible(item.asset), place, words.text(item.note))


def _clock(clock: RetentionSummary, names: dict[str, str]) -> ClockRow:
    states = (
        ("past", clock.past),
        ("unknown", clock.unknown),
        ("on_hold", clock.on_hold),
        ("on_consent", clock.on_consent),
        ("within", clock.within),
    )
    total = sum(count for _, count in states) or 1
    shares = tuple((state, 100 * count / total) for state, count in states if count)
    return ClockRow(names.get(clock.source, clock.source), clock, shares)


def _observed(
    result: AuditResult, names: dict[str, str], words: Wording
) -> tuple[CategoryRow, ...]:
    rows: list[CategoryRow] = []
    previous = ""
    for summary in order.sorted_categories(result.categories):
        known = taxonomy().categories.get(summary.category)
        mark = "special" if known and known.special else ""
        rows.append(
            CategoryRow(
                summary=summary,
                source=names.get(summary.source, summary.source),
                label=words.category(summary.category),
                mark="criminal" if known and known.criminal else mark,
                declared=str(category_declared(result, summary))
                if is_personal(summary.category)
                else "none",
                first=summary.category != previous,
            )
        )
        previous = summary.category
    return tuple(rows)


def _recipients(result: AuditResult) -> tuple[RecipientRow, ...]:
    seen: Counter[str] = Counter()
    for flow in result.flows:
        recipient = recipient_of(result.register, flow.domain)
        if recipient:
            seen[recipient.id] += flow.messages
    recipients = sorted(result.register.recipients, key=lambda entry: entry.id)
    return tuple(RecipientRow(entry, seen[entry.id]) for entry in recipients)


def _flow(result: AuditResult, flow: FlowSummary, names: dict[str, str], words: Wording) -> FlowRow:
    recipient = recipient_of(result.register, flow.domain)
    ends = [words.day(moment) for moment in (flow.first, flow.last) if moment]
    return FlowRow(
        flow=flow,
        source=names.get(flow.source, flow.source),
        own=belongs(flow.domain, result.register.controller.domains),
        recipient=visible(recipient.name) if recipient else "",
        categories=", ".join(words.category(key) for key in sorted(flow.categories)),
        period=f" {DASH} ".join(dict.fromkeys(ends)),
    )
