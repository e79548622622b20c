"""Candidacies, each with its own events, and the copies that belong to them.

A candidacy is one person's application for one position, or an open application. A copy belongs to
the candidacy of its place: the row, the folder, the mail and its thread. Where the place says
nothing, it belongs to the person's only candidacy, or to the newest one of its day; a record of the
person as such carries them all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import cached_property
from hashlib import blake2b

from ropa.linking.applicants import Applicants
from ropa.linking.candidacy import (
    CONSENTS,
    Candidacy,
    Copy,
    at_its_day,
    in_mail,
    newest,
    order,
)
from ropa.linking.naming import Naming
from ropa.linking.persons import (
    NOBODY,
    Mention,
    Persons,
    Staff,
    by_strength,
    has_role,
    strong_key,
)
from ropa.linking.positions import Opening, Positions
from ropa.linking.tied import Tied, tied
from scanner.model import Identifier, MilestoneKind
from scanner.summary import DatedEvent, RecordFacts

_ID = 5
"""Bytes of the names of persons and candidacies."""


class Linking:
    """Everything that could be tied to somebody, of one scan."""

    def __init__(self, facts: Iterable[RecordFacts], zone: tzinfo, staff: Staff = NOBODY) -> None:
        self.ties = tied(staff.marked(each) for each in facts)
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
        self._finding = Applicants(self.ties, self.positions, self.persons, self._mentions)
        self.applicants = self._finding.absorb(self._finding.found())
        self._of_position: defaultdict[int, set[int]] = defaultdict(set)
        self._begin()
        naming = Naming(
            self.ties,
            self.positions,
            self.persons,
            self._mentions,
            self.applicants,
            self._of_position,
            staff,
        )
        naming.add()
        self._add_events()
        naming.add_employees(self.candidacies)
        self.copies = tuple(self._copies())
        self.events_of_positions = self._events_of_positions()

    def opening(self, candidacy: Candidacy) -> Opening | None:
        """Give the position that a candidacy is for."""
        return None if candidacy.position is None else self.positions.openings[candidacy.position]

    def of_person(self, person: int) -> Sequence[Candidacy]:
        """Give a person's candidacies."""
        return [self.candidacies[number] for number in self._of_person[person]]

    def person_id(self, person: int) -> str:
        """Name somebody the same in every run, as long as one of their keys stays.

        Opaque: no part of a value's hash is published.
        """
        found = self.persons.people[person]
        return f"p-{_opaque(min((key for _, key in found.keys), default=str(person)))}"

    def candidacy_id(self, candidacy: Candidacy) -> str:
        """Name a candidacy the same in every run: opaque."""
        opening = self.opening(candidacy)
        what = "open" if candidacy.is_unprompted else "unknown"
        if opening is not None:
            what = _opaque(min(opening.codes, default=f"position {opening.number}"))
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
                is_told = any(number in self._finding.whom(each, e.kind) for e in each.facts.events)
                if not has_role(mention, "recipient") or is_told or has_role(mention, "subject"):
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

    def _add_events(self) -> None:
        """Give each event to the candidacy of its place, or of its day."""
        loose: list[tuple[Tied, int, DatedEvent]] = []
        for each in self.ties.records:
            for event in each.facts.events:
                for person in self._finding.whom(each, event.kind):
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
            candidacy.events.sort(key=order)

    def _local(self, event: DatedEvent) -> DatedEvent:
        return replace(event, at=event.at.astimezone(self.zone)) if event.at else event

    def _is_placed(self, record: Tied) -> bool:
        """Say whether a record's place says which candidacy it is about."""
        return self.positions.of(record) is not None or self.positions.is_unprompted(record)

    def _is_for_all(self, record: Tied) -> bool:
        """Say whether a record is about all candidacies of its person: a list names no position."""
        return record.facts.is_listed and not record.facts.path

    def _at_its_day(self, record: Tied, person: int, event: DatedEvent) -> list[Candidacy]:
        """Give the candidacy that an event is about whose place does not say it."""
        own = self.of_person(person)
        if len(own) < 2 or event.at is None:  # noqa: PLR2004 - there is nothing to choose
            return self._of(record, person)
        return at_its_day(own, event, event.at, self.opening)

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
        return [newest(own, when)] if when is not None else list(own)

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


def _opaque(key: str) -> str:
    return blake2b(key.encode(), digest_size=_ID).hexdigest()
