"""Names, tied to the one applicant whom the place, the thread or the position has."""

from collections.abc import Iterable, Iterator, Mapping

from ropa.linking.applicants import DOCUMENTS
from ropa.linking.candidacy import Candidacy
from ropa.linking.persons import (
    WHOLE,
    Mention,
    Persons,
    Staff,
    Strength,
    bears,
    is_given,
    name_of,
    strong_key,
)
from ropa.linking.positions import Positions
from ropa.linking.sharing import Name
from ropa.linking.tied import Tied, Ties
from scanner.model import Identifier, MilestoneKind


class Naming:
    """Adds to the mentions of a scan's records who is only named there."""

    def __init__(
        self,
        ties: Ties,
        positions: Positions,
        persons: Persons,
        mentions: list[dict[int, Mention]],
        applicants: frozenset[int],
        of_position: Mapping[int, set[int]],
        staff: Staff,
    ) -> None:
        self._ties = ties
        self._positions = positions
        self._persons = persons
        self._mentions = mentions
        self._applicants = applicants
        self._of_position = of_position
        self._staff = staff

    def add(self) -> None:
        """Tie names to the one person whom the place, the thread or the position has."""
        for each in self._ties.records:
            if each.facts.position is not None:
                continue
            named = [(one, name) for one in each.facts.people if (name := name_of(one))]
            here = self._mentions[each.number]
            for one, name in named:
                people = (self._persons.people[number] for number in here)
                if one.role == "own" or any(bears(person, name) for person in people):
                    continue
                found = self._named_in(each, one, name)
                if found is not None:
                    strength = Strength.FAIR if len(name) >= WHOLE else Strength.WEAK
                    here[found] = Mention(each.number, found, strength, (one,))
        for each in self._ties.records:
            for found in self._surnamed_in(each):
                mention = Mention(each.number, found, Strength.WEAK)
                self._mentions[each.number].setdefault(found, mention)

    def add_employees(self, candidacies: Iterable[Candidacy]) -> None:
        """Tie the organisation's own people, known by name, to the one applicant who was hired."""
        hired = {
            each.person
            for each in candidacies
            if any(one.kind is MilestoneKind.HIRED for one in each.events)
        }
        for each in self._ties.records:
            is_staff = each.is_row and any(
                one.role == "own" and strong_key(one) for one in each.facts.people
            )
            if not is_staff or self._mentions[each.number]:
                continue
            for one in each.facts.people:
                name = name_of(one)
                bearers = self._persons.bearing(name) & hired if name else set()
                if name and len(name) >= WHOLE and len(bearers) == 1:
                    number = bearers.pop()
                    self._mentions[each.number] = {
                        number: Mention(each.number, number, Strength.WEAK, (one,))
                    }

    def _surnamed_in(self, record: Tied) -> Iterator[int]:
        """Give the applicants for a position whose surname, nobody else's there, a text names."""
        position = self._positions.of(record)
        if not record.facts.names or position is None or record.facts.position is not None:
            return
        applied = self._of_position[position]
        for word in record.facts.names:
            bearers = self._persons.by_name.get(word, set())
            if word not in self._persons.given and len(bearers & applied) == 1:
                yield next(iter(bearers & applied))

    def _named_in(self, record: Tied, one: Identifier, name: Name) -> int | None:
        """Give the only applicant near a record who bears a name."""
        everybody = self._persons.bearing(name)
        bearers = everybody & self._applicants
        position = self._positions.of(record)
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
            or self._positions.is_unprompted(record)
            or not DOCUMENTS.isdisjoint(record.facts.documents)
        )
        is_one = len(name) >= WHOLE and len(everybody) == 1 and is_about_applicants
        return next(iter(bearers), None) if is_one else None

    def _near(self, record: Tied) -> set[int]:
        """Give the applicants of a record's mail and of its thread."""
        found: set[int] = set()
        if not record.is_row:
            for each in (record, *self._ties.outwards(record)):
                found.update(self._mentions[each.number])
            for number in self._ties.assets[record.place]:
                other = self._ties.records[number]
                if (
                    record.outer is not None
                    and other.outer == record.outer
                    and self._is_mail(record)
                ):
                    found.update(self._mentions[number])
                if other.outer == record.number and self._is_mail(other):
                    found.update(self._mentions[number])
        for each in (record, *self._ties.outwards(record)):
            if each.thread is not None:
                for number in self._ties.threads[each.thread]:
                    found.update(self._mentions[number])
        return found & self._applicants

    def _is_mail(self, record: Tied) -> bool:
        """Say whether what a part stands in is a mail and no archive of many people's files."""
        outer = next(self._ties.outwards(record), None)
        return outer is not None and outer.thread is not None
