"""The retention clock: it belongs to a person's candidacy, not to a file.

The notice's own words decide from which event the period runs. The event is looked for where it
can be seen, the strongest evidence first: the message that told the applicant, the recruiting
system's rejection date, the day on which the position was filled. That a position was closed says
nothing: where nobody was chosen, the clock never starts.

Copies of one person in any store are linked by keyed hashes of identifiers. Of each copy the
answer is *within*, *past by N days*, *on hold*, *kept on consent* or *unknown*, and never
silently fine.
"""

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple

from detectors.taxonomy import taxonomy
from ropa import notes
from ropa.model import Retention, Text, Trigger
from ropa.subjects import NOTHING
from scanner.model import Identifier, MilestoneKind
from scanner.summary import CandidateRecord, DatedEvent

COMMON = 8
"""A value in more candidates' records than this is an organisation's, not a person's."""

IDLE_DAYS = 365
"""An open candidacy without any event for longer than this is not going on any more."""

_EVENTS: Mapping[Trigger, tuple[MilestoneKind, ...]] = {
    Trigger.SELECTION_TOLD: (
        MilestoneKind.TOLD,
        MilestoneKind.REJECTED,
        MilestoneKind.FILLED,
    ),
    Trigger.DECISION: (
        MilestoneKind.REJECTED,
        MilestoneKind.TOLD,
        MilestoneKind.FILLED,
    ),
    Trigger.APPLICATION: (MilestoneKind.APPLIED,),
    Trigger.LAST_ACTIVITY: (MilestoneKind.ACTIVITY,),
}
"""For each trigger the events that show it, the strongest evidence first."""

Key = tuple[str, str]
"""Entity and keyed hash."""


class ClockState(StrEnum):
    """Where a copy stands."""

    WITHIN = "within"
    PAST = "past"
    ON_HOLD = "on_hold"
    ON_CONSENT = "on_consent"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where an application stands."""

    OPEN = "open"
    REJECTED = "rejected"
    HIRED = "hired"


@dataclass(frozen=True, slots=True)
class Candidacy:
    """One person's application for one position."""

    application: str
    source: str
    """Id of the source that knows of it."""
    asset: str
    record: str
    """The record in the asset; empty for the whole of it."""
    events: tuple[DatedEvent, ...]
    """Ascending."""

    @property
    def status(self) -> Status:
        """Say where the application stands."""
        kinds = {event.kind for event in self.events}
        if MilestoneKind.HIRED in kinds:
            return Status.HIRED
        if kinds & {MilestoneKind.TOLD, MilestoneKind.REJECTED}:
            return Status.REJECTED
        return Status.OPEN

    def first(self, kind: MilestoneKind) -> DatedEvent | None:
        """Give the first event of a kind."""
        return next((event for event in self.events if event.kind is kind), None)

    def last(self, kind: MilestoneKind) -> DatedEvent | None:
        """Give the last event of a kind."""
        return next((event for event in reversed(self.events) if event.kind is kind), None)

    def anchor(self, trigger: Trigger) -> DatedEvent | None:
        """Give the event from which a period with this trigger runs, by the best evidence."""
        for kind in _EVENTS.get(trigger, ()):
            # Without an application's id several candidacies may be in one: the latest decides.
            is_last = kind is MilestoneKind.ACTIVITY or not self.application
            event = self.last(kind) if is_last else self.first(kind)
            if event:
                return event
        return None

    @property
    def last_event(self) -> date | None:
        """Give the day of the last event that is not about the future."""
        days = [
            event.at.date()
            for event in self.events
            if event.kind is not MilestoneKind.CONSENT_UNTIL
        ]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the data of one person stand, and why."""

    state: ClockState
    why: Text
    due: date | None = None
    days_past: int | None = None
    """Negative or 0 before the due day."""
    anchor: DatedEvent | None = None
    candidacy: Candidacy | None = None
    """The candidacy that decided."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person, known by keyed hashes only."""

    number: int
    candidacies: tuple[Candidacy, ...]
    sources: frozenset[str]
    """Ids of the sources whose records know the person."""

    @property
    def is_hired(self) -> bool:
        """Say whether any source knows that the person was hired."""
        return any(candidacy.status is Status.HIRED for candidacy in self.candidacies)

    def status_of(self, candidacy: Candidacy) -> Status:
        """Say where one application stands; hiring, wherever it was seen, closes an open one."""
        is_open = candidacy.status is Status.OPEN
        return Status.HIRED if is_open and self.is_hired else candidacy.status

    def clock(self, policies: Mapping[str, Retention], today: date) -> Clock | None:
        """Judge the person's data; None for somebody who was hired (another regime).

        `policies` maps a source to the period that holds for it; `""` is the one for the others.
        Of several candidacies the latest anchor decides.
        """
        if self.is_hired:
            return None
        clocks = [
            _clock(candidacy, policies.get(candidacy.source) or policies.get(""), today)
            for candidacy in self.candidacies
        ]
        return max(clocks, key=_weight)


class _Weight(NamedTuple):
    """What decides between candidacies: a ground to keep, then doubt, then the later day."""

    rank: int
    due: date


def _weight(clock: Clock) -> _Weight:
    order = (
        ClockState.PAST,
        ClockState.WITHIN,
        ClockState.UNKNOWN,
        ClockState.ON_CONSENT,
        ClockState.ON_HOLD,
    )
    # An application that is going on has no due day yet: later than every day.
    return _Weight(order.index(clock.state), clock.due or date.max)


def _clock(candidacy: Candidacy, policy: Retention | None, today: date) -> Clock:
    hold = candidacy.last(MilestoneKind.HOLD)
    if hold:
        return Clock(ClockState.ON_HOLD, notes.CLAIM, anchor=hold, candidacy=candidacy)
    consent = candidacy.last(MilestoneKind.CONSENT_UNTIL)
    if consent and consent.at.date() >= today:
        return Clock(
            ClockState.ON_CONSENT, notes.CONSENT, consent.at.date(), None, consent, candidacy
        )
    if policy is None or policy.duration is None or policy.trigger is None:
        return Clock(ClockState.UNKNOWN, notes.NO_PERIOD, candidacy=candidacy)
    anchor = candidacy.anchor(policy.trigger)
    if anchor is None:
        last = candidacy.last_event
        if last is not None and (today - last).days <= IDLE_DAYS:
            return Clock(ClockState.WITHIN, notes.GOING_ON, candidacy=candidacy)
        return Clock(ClockState.UNKNOWN, notes.NOT_SEEN, candidacy=candidacy)
    due = end_of_period(anchor.at.date(), policy.duration)
    if consent:
        due = max(due, consent.at.date())
    past = (today - due).days
    state = ClockState.PAST if past > 0 else ClockState.WITHIN
    return Clock(state, NOTHING, due, past, anchor, candidacy)


def applicants(
    records: Iterable[CandidateRecord], zone: tzinfo = UTC
) -> tuple[tuple[Applicant, ...], dict[Key, int]]:
    """Put the records of one person together by equal strong identifiers.

    Returns the applicants, and for each identifier the number of its applicant. `zone` is the
    controller's: it decides on which day an event was. The order of the records decides nothing:
    a catalog gives them as they were written, which is never twice the same.
    """
    known: list[CandidateRecord] = []
    strong: list[tuple[Key, ...]] = []
    for record in sorted(records, key=lambda each: (each.source, each.asset, each.record)):
        for keys in _people(record):
            known.append(_local(record, zone))
            strong.append(keys)
    frequency = Counter(key for keys in strong if len(keys) > 1 for key in keys)
    groups = _Groups(len(known))
    owner: dict[Key, int] = {}
    for index, keys in enumerate(strong):
        for key in keys:
            if frequency[key] > COMMON:
                continue
            if key in owner:
                groups.join(owner[key], index)
            owner[key] = index
    members: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(len(known)):
        members[groups.root(index)].append(index)
    people: list[Applicant] = []
    number_of: dict[int, int] = {}
    for number, (root, indices) in enumerate(sorted(members.items())):
        number_of[root] = number
        people.append(_applicant(number, [known[index] for index in indices]))
    return tuple(people), {key: number_of[groups.root(index)] for key, index in owner.items()}


def strong_key(person: Identifier) -> Key | None:
    """Give the key by which a value links copies alone; None for a weaker one."""
    entity = taxonomy().entities.get(person.entity)
    return (person.entity, person.key) if entity and entity.identifies == "strong" else None


def end_of_period(start: date, duration: str) -> date:
    """Give the last day of an ISO 8601 period counted from a day (Regulation 1182/71 Art. 3).

    >>> end_of_period(date(2024, 2, 29), "P1Y")
    datetime.date(2025, 2, 28)
    """
    match = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", duration)
    if match is None:
        message = f"not an ISO 8601 period of days: {duration}"
        raise ValueError(message)
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    month = start.month - 1 + months + 12 * years
    year, month = start.year + month // 12, month % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=7 * weeks + days)


def _people(record: CandidateRecord) -> list[tuple[Key, ...]]:
    """Give the keys of each person whom a record's events concern.

    A letter concerns each of its outside recipients, who are different people. Any other record
    concerns the one person who is named in it.
    """
    keys: dict[str, list[Key]] = defaultdict(list)
    for entity, key, role in record.keys:
        known = taxonomy().entities.get(entity)
        if known and known.identifies == "strong":
            keys[role].append((entity, key))
    if keys["recipient"]:
        return [(key,) for key in dict.fromkeys(keys["recipient"])]
    return [tuple(dict.fromkeys(keys["subject"]))]


def _local(record: CandidateRecord, zone: tzinfo) -> CandidateRecord:
    """Date the events by the zone's days, and let each say where it was seen."""
    events = tuple(
        replace(
            event,
            at=event.at.astimezone(zone),
            source=record.source,
            asset=record.asset,
            record=record.record,
        )
        for event in record.events
    )
    return replace(record, events=events)


def _applicant(number: int, records: Sequence[CandidateRecord]) -> Applicant:
    """Make the person's candidacies; events without an application belong to those before them."""
    events: dict[tuple[str, str], list[DatedEvent]] = {}
    place: dict[tuple[str, str], CandidateRecord] = {}
    loose: list[DatedEvent] = []
    for record in records:
        for event in record.events:
            if event.application:
                key = (record.source, event.application)
                events.setdefault(key, []).append(event)
                place[key] = record
            else:
                loose.append(event)
    if not events:
        key = (records[0].source, "")
        events[key], place[key] = [], records[0]
    for own in events.values():
        own.extend([event for event in loose if _concerns(event, own)])
    return Applicant(
        number,
        tuple(
            Candidacy(
                application,
                source,
                place[source, application].asset,
                place[source, application].record,
                tuple(sorted(own, key=lambda event: (event.at, event.kind))),
            )
            for (source, application), own in sorted(events.items())
        ),
        frozenset(record.source for record in records),
    )


def _concerns(event: DatedEvent, application: Sequence[DatedEvent]) -> bool:
    """Say whether an event that names no application may be about this one.

    Nothing before an application is about it, and nobody is told of a decision before it is made.
    """
    applied = [each.at for each in application if each.kind is MilestoneKind.APPLIED]
    rejected = [each.at.date() for each in application if each.kind is MilestoneKind.REJECTED]
    if applied and event.at < min(applied):
        return False
    is_told = event.kind is MilestoneKind.TOLD
    return not (is_told and rejected and event.at.date() < min(rejected))


class _Groups:
    """Disjoint sets of numbers."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def people_in(
    people: Sequence[Identifier], numbers: Mapping[Key, int]
) -> tuple[dict[int, list[Identifier]], list[Identifier]]:
    """Give by what an asset names each applicant in it, and by what it names strangers."""
    found: dict[int, list[Identifier]] = {}
    strangers: list[Identifier] = []
    for person in people:
        key = strong_key(person)
        if key is None:
            continue
        number = numbers.get(key)
        if number is not None:
            found.setdefault(number, []).append(person)
        elif person.role in {"subject", "sender"}:
            strangers.append(person)
    return found, strangers
