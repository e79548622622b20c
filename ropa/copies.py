"""The many: every asset that holds personal data, and every candidacy, as subjects in a stream.

One pass over the assets gives the copies with their clocks, the assets as such, and the counts for
the reports. Nothing but counts is kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from detectors.taxonomy import taxonomy
from ropa import evidence, notes
from ropa.candidacy import Applicant, Candidacy, Clock, ClockState, Key, people_in, strong_key
from ropa.model import Language, Register, Retention, Text
from ropa.observed import (
    activities_of,
    disclosures,
    is_personal,
    is_recruitment,
    retention_of,
    systems_of,
)
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
    policy: Retention | None


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
        people: tuple[tuple[Applicant, ...], Mapping[Key, int]],
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
        self._applicants, self._numbers = people
        self._today = today
        self._terms = {str(s.source.id): _terms(register, s, recruiting, language) for s in sources}
        self._ats_scanned = any(terms.is_ats for terms in self._terms.values())
        policies = {source: terms.policy for source, terms in self._terms.items() if terms.policy}
        policies[""] = next(
            (
                policy
                for activity in register.activities
                if is_recruitment(activity) and (policy := retention_of(activity))
            ),
            Retention(id="none"),
        )
        self._clocks = [person.clock(policies, today) for person in self._applicants]
        self._policies = policies
        self._copies: defaultdict[int, int] = defaultdict(int)
        self._sources: defaultdict[int, set[str]] = defaultdict(set)
        self._categories: defaultdict[int, set[str]] = defaultdict(set)
        self._keys = frozenset(key for _, key in self._numbers)
        self._own = register.controller.domains
        self.counts: defaultdict[str, Counts] = defaultdict(Counts)

    def subjects(self, records: Iterable[AssetRecord]) -> Iterator[Subject]:
        """Give the assets and copies in the order of the records, then the candidacies."""
        for record in records:
            terms = self._terms[record.source]
            found, strangers = people_in(record.people, self._numbers)
            sent = disclosures(record.flows, self._keys, self._own)
            outside = tuple(sorted({flow.domain for flow, _ in sent}))
            yield self._asset(record, terms, outside, found)
            yield from self._copy(record, terms, found, strangers)
        for person in self._applicants:
            for candidacy in person.candidacies:
                yield self._candidacy(person, candidacy)

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
        if any(person.role == "sender" for person in record.people):
            direction = "outbound" if outside else "inbound"
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
        judged = [
            (clock, number) for number in found if (clock := self._clocks[number]) is not None
        ]
        for each in found:
            self._copies[each] += 1
            self._sources[each].add(terms.name)
            self._categories[each].update(_categories(record))
        if not judged and not (strangers and terms.recruitment and not found):
            return
        worst = max(judged, key=_worst, default=None)
        clock = worst[0] if worst else _STRANGER
        number = worst[1] if worst else -1
        person = self._applicants[number] if worst else None
        count = self.counts[record.source]
        count.states[clock.state] += 1
        count.longest_past = max(count.longest_past, clock.days_past or 0)
        past = sum(each.state is ClockState.PAST for each, _ in judged)
        yield Subject(
            Kind.COPY,
            f"{record.source}:{record.path}",
            record.path,
            self._copy_facts(record, terms, clock, person),
            evidence.of_copy(
                record, clock, _why(clock, past, len(judged)), found.get(number, strangers)
            ),
            {"candidacy": (self._candidacy(person, clock.candidacy),)}
            if person and clock.candidacy
            else {},
            evidence.facts_of_categories(record),
        )

    def _copy_facts(
        self, record: AssetRecord, terms: _SourceTerms, clock: Clock, person: Applicant | None
    ) -> dict[str, Value]:
        candidacy = clock.candidacy
        policy = self._policies.get(candidacy.source if candidacy else "") or self._policies[""]
        anchor = clock.anchor
        return {
            "clock": None if clock.state is ClockState.UNKNOWN else clock.state.value,
            "days_past": clock.days_past,
            "due": clock.due,
            "anchor": anchor.at.date() if anchor else None,
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
            **self._age(record),
        }

    def _clock_of(self, person: Applicant) -> str | None:
        clock = self._clocks[person.number]
        return None if clock is None or clock.state is ClockState.UNKNOWN else clock.state.value

    def _age(self, record: AssetRecord) -> dict[str, Value]:
        day = record.modified.astimezone(self._zone).date() if record.modified else None
        return {"modified": day, "age_days": (self._today - day).days if day else None}

    def _ats_state(self, record: AssetRecord, person: Applicant | None) -> str | None:
        """Say what the recruiting system knows of the people in an asset; None if not known."""
        if person and any(self._terms[source].is_ats for source in person.sources):
            return "present"
        if any(strong_key(each) in self._departed for each in record.people):
            return "deleted"
        return None if self._has_unmatched else "not_linked"

    def _candidacy(self, person: Applicant, candidacy: Candidacy) -> Subject:
        policy = self._policies.get(candidacy.source) or self._policies[""]
        last = candidacy.last_event
        facts: dict[str, Value] = {
            "clock": self._clock_of(person),
            "status": person.status_of(candidacy).value,
            "trigger_seen": bool(candidacy.anchor(policy.trigger)) if policy.trigger else None,
            "told_at": _day(candidacy, MilestoneKind.TOLD),
            "rejected_at": _day(candidacy, MilestoneKind.REJECTED),
            "filled_at": _day(candidacy, MilestoneKind.FILLED),
            "closed_at": _day(candidacy, MilestoneKind.CLOSED),
            "applied_at": _day(candidacy, MilestoneKind.APPLIED),
            "last_activity_at": last,
            "days_idle": (self._today - last).days if last else None,
            "copies": self._copies[person.number],
            "sources": tuple(sorted(self._sources[person.number])),
            "categories": tuple(sorted(self._categories[person.number])),
        }
        terms = self._terms[candidacy.source]
        name = f"application {candidacy.application}" if candidacy.application else candidacy.asset
        return Subject(
            Kind.CANDIDACY,
            f"{candidacy.source}:{candidacy.asset}:{candidacy.record}:{candidacy.application}",
            f"{name} ({terms.name})",
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
        next((policy for a in activities if (policy := retention_of(a))), None),
    )


def _worst(judged: tuple[Clock, int]) -> tuple[int, int]:
    clock, _ = judged
    order = (
        ClockState.WITHIN,
        ClockState.ON_CONSENT,
        ClockState.ON_HOLD,
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
    event = candidacy.first(kind)
    return event.at.date() if event else None
