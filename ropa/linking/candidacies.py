"""Candidacies, each with its own events, and the copies that belong to them.

A candidacy is one person's application for one position, or an open application. A copy belongs to
the candidacy of its place: the row, the folder, the mail and its thread. Where the place says
nothing, it belongs to the person's only candidacy, or to the newest one of its day; a record of the
person as such carries them all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property

from ropa.linking.persons import (
    NOBODY,
    Mention,
    Name,
    Persons,
    Staff,
    Strength,
    by_strength,
    is_given,
    name_of,
    strong_key,
)
from ropa.linking.positions import Opening, Positions
from ropa.linking.tied import Tied, tied
from scanner.model import Identifier, MilestoneKind
from scanner.summary import DatedEvent, RecordFacts

_WHOLE = 2
_ID = 10
_NEAR = timedelta(days=3)
"""An application is written down so soon before or after the mail that brings it."""
CONSENTS = frozenset(
    {
        MilestoneKind.CONSENT_ASKED,
        MilestoneKind.CONSENT_GIVEN,
        MilestoneKind.CONSENT_UNTIL,
        MilestoneKind.CONSENT_WITHDRAWN,
    }
)
_DOCUMENTS = frozenset(
    {
        "recruitment.application",
        "recruitment.cv",
        "recruitment.certificate",
        "recruitment.interview",
        "recruitment.test",
        "security.clearance",
    }
)
"""What is an applicant's, or about one."""
_FROM_SENDER = frozenset(
    {
        MilestoneKind.WITHDRAWN,
        MilestoneKind.CONSENT_GIVEN,
        MilestoneKind.CONSENT_WITHDRAWN,
        MilestoneKind.ERASURE_REQUESTED,
        MilestoneKind.ACCESS_REQUESTED,
        MilestoneKind.RIGHT_USED,
    }
)
"""What a mail's sender says of themselves; everything else is said to its recipients."""
_OF_APPLICANTS = frozenset(MilestoneKind) - {
    MilestoneKind.CLOSED,
    MilestoneKind.FILLED,
    MilestoneKind.ACTIVITY,
    MilestoneKind.ERASURE_REQUESTED,
    MilestoneKind.ACCESS_REQUESTED,
    MilestoneKind.RIGHT_USED,
    MilestoneKind.IDENTITY_CONFIRMED,
    MilestoneKind.EXTENDED,
    MilestoneKind.ANSWERED,
}
"""Whoever has one of these has applied."""


@dataclass(slots=True)
class Candidacy:
    """One person's application."""

    number: int
    person: int
    position: int | None
    """None for an open application, or where nothing says for which."""
    is_unprompted: bool = False
    events: list[DatedEvent] = field(default_factory=list)

    @property
    def where(self) -> DatedEvent | None:
        """What says first that it is there: an event, with its place; a list, if nothing else."""
        seen = next((each for each in self.events if not each.is_listed), None)
        return seen or (self.events[0] if self.events else None)

    @property
    def source(self) -> str:
        """The source that knows of it; empty where no event is known."""
        return self.where.source if self.where else ""

    @property
    def application(self) -> str:
        """The id by which its source calls it; empty without one."""
        return next((each.application for each in self.events if each.application), "")

    @property
    def last_event(self) -> date | None:
        """The day of the last event that is not about the future."""
        days = [
            each.at.date()
            for each in self.events
            if each.at and each.kind is not MilestoneKind.CONSENT_UNTIL
        ]
        return max(days, default=None)

    def days_of(self, kind: MilestoneKind) -> list[date]:
        """Give the days of an event."""
        return [each.at.date() for each in self.events if each.at and each.kind is kind]

    @property
    def applied(self) -> datetime | None:
        """When it was made, or the first thing known of it."""
        own = [each.at for each in self.events if each.at and each.kind is MilestoneKind.APPLIED]
        return min(own or [each.at for each in self.events if each.at], default=None)


@dataclass(frozen=True, slots=True)
class Copy:
    """A person's data in one record."""

    record: int
    person: int
    strength: Strength
    by: tuple[Identifier, ...]
    candidacies: tuple[int, ...]


class Linking:
    """Everything that could be tied to somebody, of one scan."""

    def __init__(self, facts: Iterable[RecordFacts], zone: tzinfo, staff: Staff = NOBODY) -> None:
        self.ties = tied(staff.marked(each) for each in facts)
        self._staff = staff
        self.zone = zone
        self.positions = Positions(self.ties)
        self.persons = Persons(self.ties)
        self.candidacies: list[Candidacy] = []
        self._by_place: dict[tuple[int, int | None, bool], int] = {}
        self._of_person: defaultdict[int, list[int]] = defaultdict(list)
        self._mentions: list[dict[int, Mention]] = [
            by_strength(
                (*self.persons.strongly(each).values(), *self.persons.fairly(each).values())
            )
            for each in self.ties.records
        ]
        self.applicants = self._applicants()
        self._of_position: defaultdict[int, set[int]] = defaultdict(set)
        self._absorb()
        self._begin()
        self._add_names()
        self._add_events()
        self._add_employees()
        self.copies = tuple(self._copies())
        self.events_of_positions = self._events_of_positions()

    def opening(self, candidacy: Candidacy) -> Opening | None:
        """Give the position that a candidacy is for."""
        return None if candidacy.position is None else self.positions.openings[candidacy.position]

    def of_person(self, person: int) -> Sequence[Candidacy]:
        """Give a person's candidacies."""
        return [self.candidacies[number] for number in self._of_person[person]]

    def person_id(self, person: int) -> str:
        """Name somebody the same in every run, as long as one of their keys stays: opaque."""
        found = self.persons.people[person]
        return f"p-{min(key for _, key in found.keys)[:_ID]}" if found.keys else f"p-{person}"

    def candidacy_id(self, candidacy: Candidacy) -> str:
        """Name a candidacy the same in every run: opaque."""
        opening = self.opening(candidacy)
        what = "open" if candidacy.is_unprompted else "unknown"
        if opening is not None:
            codes = sorted(each.removeprefix("#") for each in opening.codes)
            what = codes[0] if codes else f"position-{opening.number}"
        return f"{self.person_id(candidacy.person)}/{what}"

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keyed hashes by which the applicants are known."""
        return frozenset(
            key for number in self.applicants for _, key in self.persons.people[number].keys
        )

    @cached_property
    def by_asset(self) -> Mapping[tuple[str, str], Sequence[Copy]]:
        """The copies in each asset."""
        found: defaultdict[tuple[str, str], list[Copy]] = defaultdict(list)
        for copy in self.copies:
            found[self.ties.records[copy.record].place].append(copy)
        return found

    def sources_of(self, person: int) -> frozenset[str]:
        """Give the sources whose rows know somebody as an applicant."""
        return self._known_to.get(person, frozenset())

    @cached_property
    def _known_to(self) -> Mapping[int, frozenset[str]]:
        found: defaultdict[int, set[str]] = defaultdict(set)
        for copy in self.copies:
            record = self.ties.records[copy.record]
            if record.is_row:
                found[copy.person].add(record.facts.source)
        return {person: frozenset(sources) for person, sources in found.items()}

    @cached_property
    def deleted(self) -> frozenset[int]:
        """Whom a log or a number without a record says to be deleted in the recruiting system."""
        found = {
            each.person
            for each in self.candidacies
            if any(event.kind is MilestoneKind.DELETED for event in each.events)
        }
        for record in self.ties.records:
            if record.is_missing:
                found.update(self._mentions[record.number])
        return frozenset(found)

    @cached_property
    def has_consents(self) -> bool:
        """Say whether anything but mail records consents."""
        return any(
            event.kind in CONSENTS and not in_mail(event)
            for each in self.candidacies
            for event in each.events
        )

    @cached_property
    def unmatched(self) -> tuple[str, ...]:
        """Name the rows of the organisation's lists that are about nobody whose data were found."""
        present = {copy.person for copy in self.copies}
        return tuple(
            each.facts.events[0].evidence
            for each in self.ties.records
            if each.facts.is_listed
            and each.facts.position is None
            and each.facts.events
            and present.isdisjoint(self._mentions[each.number])
        )

    def is_stranger(self, person: Identifier) -> bool:
        """Say whether a value names somebody who is no applicant."""
        key = strong_key(person)
        if key is None or person.role not in {"subject", "sender"}:
            return False
        return self.persons.of_key(key) not in self.applicants

    def mentions(self, record: Tied) -> Mapping[int, Mention]:
        """Give the people in a record, applicants or not."""
        return self._mentions[record.number]

    def _applicants(self) -> frozenset[int]:
        """Give those of whom something says that they have applied."""
        found: set[int] = set()
        senders: defaultdict[int, set[int]] = defaultdict(set)
        for each in self.ties.records:
            mentions = self._mentions[each.number]
            if not mentions:
                continue
            for event in each.facts.events:
                if event.kind in _OF_APPLICANTS and self._is_said_of_applicants(each, event):
                    found.update(self._whom(each, event.kind))
            if each.is_row:
                if self.positions.of(each) is not None:
                    found.update(self._own(each))
            elif any(_has_role(one, "sender") for one in mentions.values()):
                self._note_sender(each, senders)
            elif _DOCUMENTS.intersection(each.facts.documents):
                found.update(self._authors(each))
        others = self._spoken_of(senders.keys() - found, found)
        found.update(
            number
            for number, records in senders.items()
            if number in found or (records and len(others[number]) == 0)
        )
        return frozenset(found)

    def _is_said_of_applicants(self, record: Tied, event: DatedEvent) -> bool:
        """Say whether an event makes somebody an applicant.

        A mail alone does not: the sentence that a choice was made stands in many a letter that is
        about no position, to customers and suppliers.
        """
        if not in_mail(event):
            return True
        is_letter = bool(_DOCUMENTS.intersection(record.facts.documents))
        return is_letter or self._brings(record)

    def _note_sender(self, record: Tied, senders: defaultdict[int, set[int]]) -> None:
        """Note who sends mails about positions."""
        for number, mention in self._mentions[record.number].items():
            if _has_role(mention, "sender"):
                about = self._brings(record) or _DOCUMENTS.intersection(record.facts.documents)
                senders[number].update([record.number] if about else [])

    def _spoken_of(self, senders: Iterable[int], known: Collection[int]) -> Mapping[int, set[int]]:
        """Give who else is named in the mails of these senders, and in what they bring.

        Whoever writes about others is a head-hunter, a system, a referee: no applicant.
        """
        wanted = set(senders)
        found: defaultdict[int, set[int]] = defaultdict(set)
        for each in self.ties.records:
            mentions = self._mentions[each.number]
            outer = next(self.ties.outwards(each), each)
            sent = self._mentions[outer.number]
            for number in wanted & sent.keys():
                if _has_role(sent[number], "sender"):
                    found[number].update(
                        other
                        for other, one in mentions.items()
                        if other != number and (not one.by or _has_role(one, "subject"))
                    )
                    found[number].update(
                        bearer
                        for one in each.facts.people
                        if one.role == "subject" and len(name := name_of(one) or ()) >= _WHOLE
                        for bearer in self.persons.bearing(frozenset(name)).intersection(known)
                        if not self._bears(number, frozenset(name))
                    )
        return found

    def _own(self, record: Tied) -> Iterator[int]:
        """Give the one person whom a row is about."""
        mentions = self._mentions[record.number]
        if len(mentions) == 1:
            yield from mentions

    def _authors(self, record: Tied) -> Iterator[int]:
        """Give whose a document is: the only person in it, or a mail's sender."""
        mentions = self._mentions[record.number]
        senders = [number for number, each in mentions.items() if _has_role(each, "sender")]
        if senders:
            yield from senders
            return
        subjects = [
            number for number, each in mentions.items() if not each.by or _has_role(each, "subject")
        ]
        if len(subjects) == 1:
            yield from subjects

    def _brings(self, record: Tied) -> bool:
        """Say whether a mail brings somebody's documents, or is about a position."""
        if self.positions.of(record) is not None or self.positions.is_unprompted(record):
            return True
        return any(
            "recruitment.cv" in other.facts.documents
            for number in self.ties.assets[record.place]
            if (other := self.ties.records[number]).outer == record.number
        )

    def _whom(self, record: Tied, kind: MilestoneKind) -> Iterator[int]:
        """Give whom an event of a record concerns."""
        mentions = self._mentions[record.number]
        recipients = [n for n, each in mentions.items() if _has_role(each, "recipient")]
        senders = [n for n, each in mentions.items() if _has_role(each, "sender")]
        if kind in _FROM_SENDER and senders:
            yield from senders
        elif recipients and kind not in _FROM_SENDER:
            yield from recipients
        elif not senders and not recipients:
            subjects = list(mentions)
            if record.is_row or len(subjects) == 1:
                yield from subjects[:1] if record.is_row else subjects

    def _absorb(self) -> None:
        """Let who is known by an identity number alone be the applicant of that name there.

        A certificate names somebody by name and number, the application by name and address.
        """
        applied: defaultdict[int, set[int]] = defaultdict(set)
        for each in self.ties.records:
            position = self.positions.of(each)
            if position is not None and each.facts.position is None:
                applied[position].update(self.applicants & self._mentions[each.number].keys())
        for each in self.ties.records:
            position = self.positions.of(each)
            for number in list(self._mentions[each.number]) if position is not None else ():
                if not self.persons.is_bare(number):
                    continue
                found = {
                    other
                    for name in self.persons.people[number].names
                    for other in self.persons.bearing(name)
                    if not self.persons.is_bare(other)
                } & applied[position if position is not None else -1]
                if len(found) == 1:
                    self._become(number, found.pop())

    def _become(self, one: int, other: int) -> None:
        self.persons.alias(one, other)
        self.applicants -= {one}
        for mentions in self._mentions:
            if one in mentions:
                mention = replace(mentions.pop(one), person=other)
                mentions.setdefault(other, mention)

    def _begin(self) -> None:
        """Make the candidacies that rows, folders and mails speak of."""
        for each in self.ties.records:
            position = self.positions.of(each)
            is_unprompted = position is None and self.positions.is_unprompted(each)
            if position is None and not is_unprompted:
                continue
            if each.facts.position is not None:
                continue
            for number, mention in self._mentions[each.number].items():
                if number not in self.applicants:
                    continue
                is_told = any(number in self._whom(each, e.kind) for e in each.facts.events)
                if not _has_role(mention, "recipient") or is_told or _has_role(mention, "subject"):
                    self._candidacy(number, position, is_unprompted=is_unprompted)

    def _candidacy(self, person: int, position: int | None, *, is_unprompted: bool) -> Candidacy:
        key = (person, position, is_unprompted)
        number = self._by_place.get(key)
        if number is None:
            number = self._by_place[key] = len(self.candidacies)
            self.candidacies.append(Candidacy(number, person, position, is_unprompted))
            self._of_person[person].append(number)
            if position is not None:
                self._of_position[position].add(person)
        return self.candidacies[number]

    def _add_names(self) -> None:
        """Tie names to the one person whom the place, the thread or the position has."""
        for each in self.ties.records:
            if each.facts.position is not None:
                continue
            named = [(one, name) for one in each.facts.people if (name := name_of(one))]
            here = self._mentions[each.number]
            for one, name in named:
                if one.role == "own" or any(self._bears(number, name) for number in here):
                    continue
                found = self._named_in(each, one, name)
                if found is not None:
                    strength = Strength.FAIR if len(name) >= _WHOLE else Strength.WEAK
                    here[found] = Mention(each.number, found, strength, (one,))
        for each in self.ties.records:
            for found in self._surnamed_in(each):
                mention = Mention(each.number, found, Strength.WEAK)
                self._mentions[each.number].setdefault(found, mention)

    def _surnamed_in(self, record: Tied) -> Iterator[int]:
        """Give the applicants for a position whose surname, nobody else's there, a text names."""
        position = self.positions.of(record)
        if not record.facts.names or position is None or record.facts.position is not None:
            return
        applied = self._of_position[position]
        for word in record.facts.names:
            bearers = self.persons.by_name.get(word, set())
            if word not in self.persons.given and len(bearers & applied) == 1:
                yield next(iter(bearers & applied))

    def _named_in(self, record: Tied, one: Identifier, name: Name) -> int | None:
        """Give the only applicant near a record who bears a name."""
        everybody = self.persons.bearing(name)
        bearers = everybody & self.applicants
        position = self.positions.of(record)
        circles = [self._near(record)]
        is_staff = name in self._staff.names and not record.facts.is_listed
        if not is_given(one) and position is not None and not is_staff:
            circles.append(self._of_position[position])
        for circle in circles if bearers else ():
            among = bearers & circle
            if among:  # two of one name: nobody
                return among.pop() if len(among) == 1 else None
        is_about_applicants = not is_staff and (
            record.facts.is_listed
            or position is not None
            or self.positions.is_unprompted(record)
            or not _DOCUMENTS.isdisjoint(record.facts.documents)
        )
        is_one = len(name) >= _WHOLE and len(everybody) == 1 and is_about_applicants
        return next(iter(bearers), None) if is_one else None

    def _near(self, record: Tied) -> set[int]:
        """Give the applicants of a record's mail and of its thread."""
        found: set[int] = set()
        if not record.is_row:
            for each in (record, *self.ties.outwards(record)):
                found.update(self._mentions[each.number])
            for number in self.ties.assets[record.place]:
                other = self.ties.records[number]
                if (
                    record.outer is not None
                    and other.outer == record.outer
                    and self._is_mail(record)
                ):
                    found.update(self._mentions[number])
                if other.outer == record.number and self._is_mail(other):
                    found.update(self._mentions[number])
        for each in (record, *self.ties.outwards(record)):
            if each.thread is not None:
                for number in self.ties.threads[each.thread]:
                    found.update(self._mentions[number])
        return found & self.applicants

    def _is_mail(self, record: Tied) -> bool:
        """Say whether what a part stands in is a mail and no archive of many people's files."""
        outer = next(self.ties.outwards(record), None)
        return outer is not None and outer.thread is not None

    def _bears(self, person: int, name: Name) -> bool:
        known = self.persons.people[person].names
        return any(name <= each or each <= name for each in known)

    def _add_events(self) -> None:
        """Give each event to the candidacy of its place, or of its day."""
        loose: list[tuple[Tied, int, DatedEvent]] = []
        for each in self.ties.records:
            for event in each.facts.events:
                for person in self._whom(each, event.kind):
                    if person not in self.applicants:
                        continue
                    if self._is_placed(each) or self._is_for_all(each):
                        for candidacy in self._of(each, person):
                            candidacy.events.append(self._local(event))
                    else:
                        loose.append((each, person, self._local(event)))
        for each, person, event in loose:
            for candidacy in self._at_its_day(each, person, event):
                candidacy.events.append(event)
        for candidacy in self.candidacies:
            candidacy.events.sort(key=_order)

    def _add_employees(self) -> None:
        """Tie the organisation's own people, known by name, to the one applicant who was hired."""
        hired = {
            each.person
            for each in self.candidacies
            if any(one.kind is MilestoneKind.HIRED for one in each.events)
        }
        for each in self.ties.records:
            is_staff = each.is_row and any(
                one.role == "own" and strong_key(one) for one in each.facts.people
            )
            if not is_staff or self._mentions[each.number]:
                continue
            for one in each.facts.people:
                name = name_of(one)
                bearers = self.persons.bearing(name) & hired if name else set()
                if name and len(name) >= _WHOLE and len(bearers) == 1:
                    number = bearers.pop()
                    self._mentions[each.number] = {
                        number: Mention(each.number, number, Strength.WEAK, (one,))
                    }

    def _local(self, event: DatedEvent) -> DatedEvent:
        return replace(event, at=event.at.astimezone(self.zone)) if event.at else event

    def _is_placed(self, record: Tied) -> bool:
        """Say whether a record's place says which candidacy it is about."""
        return self.positions.of(record) is not None or self.positions.is_unprompted(record)

    def _is_for_all(self, record: Tied) -> bool:
        """Say whether a record is about all candidacies of its person: a list names no position."""
        return record.facts.is_listed and not record.facts.path

    def _at_its_day(self, record: Tied, person: int, event: DatedEvent) -> list[Candidacy]:
        """Give the candidacy that an event is about whose place does not say it: the newest one.

        A consent is said twice, with its position and without it: then the first is enough.
        """
        own = self.of_person(person)
        if len(own) < 2 or event.at is None:  # noqa: PLR2004 - there is nothing to choose
            return self._of(record, person)
        if event.kind is MilestoneKind.CONSENT_UNTIL:
            day = event.at.date()
            known = [
                each
                for each in own
                for one in each.events
                if one.kind in CONSENTS and one.at and one.at.date() == day
            ]
            if known:
                return []
            asked = [each for each in own if any(one.kind in CONSENTS for one in each.events)]
            return asked[-1:] or [max(own, key=_begun)]
        if event.kind is MilestoneKind.CONSENT_WITHDRAWN and (kept := list(_kept_by_list(own))):
            return kept
        if event.kind in _DECISIONS:
            return [self._decided(own, event.at)]
        return [self._newest(own, event.at)]

    def _decided(self, own: Sequence[Candidacy], at: datetime) -> Candidacy:
        """Give the candidacy that a decision is about: of those that wait, the one that closes."""
        waiting = [
            each
            for each in own
            if (each.applied is None or each.applied <= at)
            and not any(one.kind is MilestoneKind.TOLD and one.at != at for one in each.events)
        ]

        def distance(candidacy: Candidacy) -> float:
            opening = self.opening(candidacy)
            day = opening.closed if opening and opening.closed else candidacy.applied
            return abs((day - at).total_seconds()) if day else float("inf")

        return min(waiting, key=distance) if waiting else self._newest(own, at)

    def _newest(self, own: Sequence[Candidacy], at: datetime) -> Candidacy:
        """Give the candidacy of a day: one that began on it, else the newest before it."""
        near = [each for each in own if each.applied and abs(each.applied - at) <= _NEAR]
        if near:
            return min(near, key=lambda each: abs((each.applied or at) - at))
        before = [each for each in own if each.applied and each.applied <= at]
        return max(before, key=_begun) if before else min(own, key=_begun)

    def _of(self, record: Tied, person: int) -> list[Candidacy]:
        """Give the candidacies of a person that a record belongs to."""
        position = self.positions.of(record)
        own = self.of_person(person)
        if position is not None:
            here = [each for each in own if each.position == position]
            return here or [self._candidacy(person, position, is_unprompted=False)]
        if self.positions.is_unprompted(record):
            here = [each for each in own if each.is_unprompted]
            return here or [self._candidacy(person, None, is_unprompted=True)]
        if not own:
            return [self._candidacy(person, None, is_unprompted=False)]
        if len(own) == 1:
            return list(own)
        if record.is_row:
            covered = self._covered(record)
            return [each for each in own if each.position in covered] or list(own)
        when = self._sent(record)
        return [self._newest(own, when)] if when is not None else list(own)

    def _covered(self, record: Tied) -> set[int | None]:
        """Give the positions of the rows that belong to a row: those that it is kept for."""
        found = {self.positions.of(self.ties.records[each]) for each in record.owned}
        return found - {None}

    def _sent(self, record: Tied) -> datetime | None:
        chain = (record, *self.ties.outwards(record))
        return next((each.facts.at for each in chain if each.facts.at), None)

    def _copies(self) -> Iterator[Copy]:
        for each in self.ties.records:
            if each.facts.position is not None or each.facts.is_listed:
                continue
            for number, mention in sorted(self._mentions[each.number].items()):
                if number in self.applicants:
                    found = self._of(each, number)
                    yield Copy(
                        each.number,
                        number,
                        mention.strength,
                        mention.by,
                        tuple(one.number for one in found),
                    )

    def _events_of_positions(self) -> Mapping[int, Sequence[DatedEvent]]:
        """Give what is known of each position as such."""
        found: defaultdict[int, list[DatedEvent]] = defaultdict(list)
        for each in self.ties.records:
            position = self.positions.lists(each)
            if position is not None:
                found[position] += map(self._local, each.facts.events)
        return found


_DECISIONS = frozenset(
    {MilestoneKind.TOLD, MilestoneKind.DECLINED, MilestoneKind.OFFERED, MilestoneKind.CANCELLED}
)


def in_mail(event: DatedEvent) -> bool:
    """Say whether a message says that something happened, and no record."""
    return not event.is_listed and event.evidence.startswith(("mail", "notes."))


def _kept_by_list(candidacies: Iterable[Candidacy]) -> Iterator[Candidacy]:
    """Give the candidacies that a consent in one of the organisation's lists keeps."""
    for each in candidacies:
        if any(one.is_listed and one.kind in CONSENTS for one in each.events):
            yield each


def _begun(candidacy: Candidacy) -> float:
    return candidacy.applied.timestamp() if candidacy.applied else 0.0


def _order(event: DatedEvent) -> tuple[bool, float, str]:
    return event.at is None, event.at.timestamp() if event.at else 0.0, event.kind


def _has_role(mention: Mention, role: str) -> bool:
    return any(each.role == role for each in mention.by)
