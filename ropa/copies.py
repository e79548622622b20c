"""The many: every asset that holds personal data, and every candidacy, as subjects in a stream.

One pass over the assets gives the copies with their clocks, the assets as such, and the counts for
the reports. Nothing but counts is kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from detectors.taxonomy import taxonomy
from ropa import evidence, notes, unrecorded
from ropa.clock import Clock, Clocks, ClockState
from ropa.linking.candidacies import Linking
from ropa.linking.candidacy import Candidacy
from ropa.linking.persons import strong_key
from ropa.linking.sharing import Key
from ropa.model import Language, Register, Text
from ropa.observed import (
    activities_of,
    disclosures,
    is_personal,
    is_recruitment,
    systems_of,
)
from ropa.periods import Periods
from ropa.subjects import NOTHING, EvidenceItem, Kind, Subject, Value
from scanner.locator import WHOLE, Locator
from scanner.model import Identifier, MilestoneKind
from scanner.summary import AssetRecord, SourceSummary

_ATS = "recruiting_system"
_TRIGGERS: Mapping[MilestoneKind, str] = {
    MilestoneKind.TOLD: "selection_told",
    MilestoneKind.REJECTED: "decision",
    MilestoneKind.FILLED: "decision",
    MilestoneKind.APPLIED: "application",
    MilestoneKind.ACTIVITY: "last_activity",
    MilestoneKind.CONSENT_UNTIL: "consent",
}
"""How the vocabulary of rules calls the event from which a period runs."""


@dataclass(frozen=True, slots=True)
class _SourceTerms:
    """What the register says of one source."""

    name: str
    kind: str
    system: str | None
    activity: str | None
    recruitment: bool
    is_ats: bool


@dataclass(slots=True)
class Counts:
    """Copies of one source by state of their clock, for the reports."""

    states: dict[ClockState, int] = field(default_factory=lambda: dict.fromkeys(ClockState, 0))
    longest_past: int = 0


class Copies:
    """Judges the assets of one scan, once, while they stream past."""

    def __init__(
        self,
        register: Register,
        sources: Iterable[SourceSummary],
        linking: Linking,
        departed: frozenset[Key],
        recruiting: Collection[str],
        today: date,
        language: Language = "en",
        *,
        has_unmatched: bool = False,
    ) -> None:
        """Take what the scan left; `recruiting` are the kinds of source that are such systems.

        `has_unmatched` says that of some who were deleted there, nobody can tell who they are.
        """
        self._departed = departed
        self._has_unmatched = has_unmatched
        self._zone = register.controller.zone
        self._linking = linking
        self._today = today
        self._terms = {str(s.source.id): _terms(register, s, recruiting, language) for s in sources}
        self._ats_scanned = any(terms.is_ats for terms in self._terms.values())
        self._periods = Periods(register, self._terms)
        self._clocks = Clocks(linking, self._periods.of, today)
        self._marks = unrecorded.marks(linking, self._clocks)
        self._copies: defaultdict[int, int] = defaultdict(int)
        self._sources: defaultdict[int, set[str]] = defaultdict(set)
        self._categories: defaultdict[int, set[str]] = defaultdict(set)
        self._own = register.controller.domains
        self.counts: defaultdict[str, Counts] = defaultdict(Counts)

    def subjects(self, records: Iterable[AssetRecord]) -> Iterator[Subject]:
        """Give the assets and copies in the order of the records, then the candidacies."""
        for record in records:
            terms = self._terms[record.source]
            found = self._people_in(record)
            strangers = [each for each in record.people if self._linking.is_stranger(each)]
            sent = disclosures(record.flows, self._linking.keys, self._own)
            outside = tuple(sorted({flow.domain for flow, _ in sent}))
            yield self._asset(record, terms, outside, found)
            yield from self._copy(record, terms, found, strangers)
        for candidacy in self._linking.candidacies:
            yield self._candidacy(candidacy)

    def _people_in(self, record: AssetRecord) -> dict[int, list[Identifier]]:
        """Give by what an asset names each applicant in it."""
        found: dict[int, list[Identifier]] = {}
        for copy in self._linking.by_asset.get((record.source, record.path), ()):
            found.setdefault(copy.person, []).extend(copy.by)
        return found

    def _clocks_in(self, record: AssetRecord) -> Iterator[tuple[Clock, int]]:
        """Give the clock of each copy in an asset, and whose it is; who was hired is outside."""
        for copy in self._linking.by_asset.get((record.source, record.path), ()):
            clock = self._clocks.of_several(copy.candidacies)
            if clock is not None and clock.state is not ClockState.EMPLOYEE:
                yield clock, copy.person

    def _asset(
        self,
        record: AssetRecord,
        terms: _SourceTerms,
        outside: tuple[str, ...],
        found: Mapping[int, list[Identifier]],
    ) -> Subject:
        categories = _categories(record)
        known = [taxonomy().categories.get(key) for key in categories]
        direction = "internal"  # what was not sent lies where it is
        if outside:
            direction = "outbound"
        elif any(person.role == "sender" for person in record.people):
            direction = "inbound"
        facts: dict[str, Value] = {
            "source": terms.name,
            "source_kind": terms.kind,
            "categories": categories,
            "applicant_data": bool(found) or (terms.recruitment and bool(categories)),
            "special": any(entry is not None and entry.special for entry in known),
            "criminal": any(entry is not None and entry.criminal for entry in known),
            "national_ids": len(
                {
                    person.key
                    for person in record.people
                    if taxonomy().category_of(person.entity) == "identity.national_id"
                }
            ),
            "readers": record.readers or None,
            "everyone_can_read": "everyone" in record.readers if record.readers else None,
            "direction": direction,
            "outside_domains": outside,
            "encrypted": False,
            **self._age(record),
        }
        return Subject(
            Kind.ASSET,
            f"{record.source}:{record.path}",
            record.path,
            facts,
            (EvidenceItem(record.source, record.path, WHOLE, notes.categories(categories)),),
            fact_evidence=evidence.facts_of_asset(
                record, [each for people in found.values() for each in people]
            ),
        )

    def _copy(
        self,
        record: AssetRecord,
        terms: _SourceTerms,
        found: Mapping[int, list[Identifier]],
        strangers: list[Identifier],
    ) -> Iterator[Subject]:
        """Give one subject for the asset: the worst clock of the people in it decides."""
        judged = list(self._clocks_in(record))
        for each in found:
            self._copies[each] += 1
            self._sources[each].add(terms.name)
            self._categories[each].update(_categories(record))
        if not judged and not (strangers and terms.recruitment and not found):
            return
        worst = max(judged, key=_worst, default=None)
        clock = worst[0] if worst else _STRANGER
        number = worst[1] if worst else -1
        count = self.counts[record.source]
        count.states[clock.state] += 1
        count.longest_past = max(count.longest_past, clock.days_past or 0)
        past = len({person for each, person in judged if each.state is ClockState.PAST})
        yield Subject(
            Kind.COPY,
            f"{record.source}:{record.path}",
            record.path,
            self._copy_facts(record, terms, clock, number),
            evidence.of_copy(
                record,
                clock,
                _why(clock, past, len({person for _, person in judged})),
                found.get(number, strangers),
            ),
            {"candidacy": (self._candidacy(clock.candidacy),)} if clock.candidacy else {},
            evidence.facts_of_categories(record),
        )

    def _copy_facts(
        self, record: AssetRecord, terms: _SourceTerms, clock: Clock, person: int
    ) -> dict[str, Value]:
        candidacy = clock.candidacy
        policy = self._periods.of(candidacy.source if candidacy else "")
        anchor = clock.anchor
        return {
            "clock": _CLOCKS[clock.state],
            "days_past": clock.days_past,
            "due": clock.due,
            "anchor": anchor.at.date() if anchor and anchor.at else None,
            "anchor_kind": _TRIGGERS.get(anchor.kind) if anchor else None,
            "anchor_evidence": anchor.evidence if anchor else None,
            "period": policy.duration,
            "application": candidacy.application if candidacy else None,
            "source": terms.name,
            "source_kind": terms.kind,
            "system": terms.system,
            "activity": terms.activity,
            "outside_ats": not terms.is_ats,
            "ats_scanned": self._ats_scanned,
            "ats_state": self._ats_state(record, person) if self._ats_scanned else None,
            "categories": _categories(record),
            "consent_ended": clock.consent_ended,
            "consent_unrecorded": self._marked(record, "consent"),
            "withdrawal_unrecorded": self._marked(record, "withdrawal"),
            "deleted_early": (record.source, record.path) in self._marks["deletion"],
            **self._age(record),
        }

    def _marked(self, record: AssetRecord, mark: str) -> bool | None:
        """Say whether a mail holds what no record of consents has; None where there is none."""
        is_marked = (record.source, record.path) in self._marks[mark]
        return is_marked if self._linking.has_consents else None

    def _age(self, record: AssetRecord) -> dict[str, Value]:
        day = record.modified.astimezone(self._zone).date() if record.modified else None
        return {"modified": day, "age_days": (self._today - day).days if day else None}

    def _ats_state(self, record: AssetRecord, person: int) -> str | None:
        """Say what the recruiting system knows of the people in an asset; None if not known."""
        here = self._linking.by_asset.get((record.source, record.path), ())
        if any(self._is_gone(copy.person) for copy in here):
            return "deleted"
        if self._is_present(person):
            return "present"
        keys = set(self._linking.persons.people[person].keys) if person >= 0 else set()
        keys.update(key for each in record.people if (key := strong_key(each)))
        if not keys.isdisjoint(self._departed):
            return "deleted"
        return None if self._has_unmatched else "not_linked"

    def _is_present(self, person: int) -> bool:
        return any(self._terms[source].is_ats for source in self._linking.sources_of(person))

    def _is_gone(self, person: int) -> bool:
        """Say whether something says that somebody was deleted in the recruiting system."""
        return person in self._linking.deleted and not self._is_present(person)

    def _candidacy(self, candidacy: Candidacy) -> Subject:
        policy = self._periods.of(candidacy.source)
        clock = self._clocks.of(candidacy.number)
        last = candidacy.last_event
        facts: dict[str, Value] = {
            "clock": _CLOCKS[clock.state],
            "status": _status(candidacy, clock),
            "trigger_seen": bool(clock.anchor) if policy.trigger else None,
            "told_at": _day(candidacy, MilestoneKind.TOLD),
            "rejected_at": _day(candidacy, MilestoneKind.REJECTED),
            "filled_at": _day(candidacy, MilestoneKind.FILLED),
            "closed_at": _day(candidacy, MilestoneKind.CLOSED),
            "applied_at": _day(candidacy, MilestoneKind.APPLIED),
            "last_activity_at": last,
            "days_idle": (self._today - last).days if last else None,
            "copies": self._copies[candidacy.person],
            "sources": tuple(sorted(self._sources[candidacy.person])),
            "categories": tuple(sorted(self._categories[candidacy.person])),
        }
        where = candidacy.where
        named = self._terms[where.source].name if where and where.source in self._terms else ""
        title = f"application {candidacy.application}" if candidacy.application else ""
        return Subject(
            Kind.CANDIDACY,
            f"{where.source}:{where.asset}:{where.record}:{candidacy.application}"
            if where
            else f"candidacy:{candidacy.number}",
            f"{title or (where.asset if where else 'an application')} ({named})",
            facts,
            tuple(
                EvidenceItem(
                    event.source,
                    event.asset,
                    Locator.parse(event.record),
                    notes.event(event.kind, event.at, event.evidence),
                )
                for event in candidacy.events
            ),
        )


_CLOCKS: Mapping[ClockState, str | None] = {
    ClockState.WITHIN: "within",
    ClockState.PAST: "past",
    ClockState.HELD: "on_hold",
    ClockState.CONSENT: "on_consent",
    ClockState.EMPLOYEE: None,
    ClockState.UNKNOWN: None,
}
"""How the vocabulary of rules calls the states; what is unknown has no value."""
_STRANGER = Clock(ClockState.UNKNOWN, notes.STRANGERS)


def _terms(
    register: Register, summary: SourceSummary, recruiting: Collection[str], language: Language
) -> _SourceTerms:
    source = str(summary.source.id)
    systems = systems_of(register, source)
    activities = activities_of(register, source)
    return _SourceTerms(
        summary.source.name,
        summary.source.kind,
        systems[0].name if systems else None,
        activities[0].name.in_language(language) if activities else None,
        any(is_recruitment(activity) for activity in activities),
        summary.source.kind in recruiting or any(system.kind == _ATS for system in systems),
    )


def _worst(judged: tuple[Clock, int]) -> tuple[int, int]:
    clock, _ = judged
    order = (
        ClockState.WITHIN,
        ClockState.CONSENT,
        ClockState.HELD,
        ClockState.UNKNOWN,
        ClockState.PAST,
    )
    return (order.index(clock.state), clock.days_past or 0)


def _why(clock: Clock, past: int, judged: int) -> Text:
    """Say in a sentence why the copy is looked at."""
    if past:
        return notes.past(past, judged)
    return clock.why if clock.why != NOTHING else notes.HOLDS


def _categories(record: AssetRecord) -> tuple[str, ...]:
    return tuple(sorted({key for key, _, _ in record.entities if is_personal(key)}))


def _day(candidacy: Candidacy, kind: MilestoneKind) -> date | None:
    days = [each.at.date() for each in candidacy.events if each.kind is kind and each.at]
    return min(days, default=None)


def _status(candidacy: Candidacy, clock: Clock) -> str:
    """Say where an application stands, in the vocabulary of rules."""
    kinds = {event.kind for event in candidacy.events}
    if clock.state is ClockState.EMPLOYEE:
        return "hired"
    if kinds & {MilestoneKind.TOLD, MilestoneKind.REJECTED, MilestoneKind.DECLINED}:
        return "rejected"
    return "open"
