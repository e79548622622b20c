"""Finds one person: by the links of a whole scan, or by what the index alone says of places."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from detectors.asked import Asked, AskedBy
from detectors.taxonomy import taxonomy
from ropa.clock_report import ClockReport
from ropa.data_subject.found import Answer, Apart, FoundCopy, OtherPerson
from ropa.linking.candidacies import Linking
from ropa.linking.persons import Person, Strength, name_of
from ropa.linking.sharing import Name
from ropa.linking.tied import Tied

Place = tuple[str, str, str]
_WHOLE = 2
_NATIONAL = "identity.national_id"


def is_strong(entity: str) -> bool:
    """Say whether equal values of an entity mean one person."""
    known = taxonomy().entities.get(entity)
    return known is not None and known.identifies == "strong"


@dataclass(slots=True)
class _Here:
    """What of that which was asked for stands in one record."""

    strong: set[str] = field(default_factory=set)
    weak: set[str] = field(default_factory=set)


def by_index(
    asked: Sequence[Asked],
    hits: Iterable[tuple[Place, str]],
    rivals: Mapping[Place, frozenset[tuple[str, str]]],
) -> Answer:
    """Judge each place by what stands in it.

    `hits` are places with the entity of a value that was asked for. `rivals` holds the strong keys
    in records that only a name ties to the person: one of an entity that was asked for by another
    value makes it another person's.
    """
    here: defaultdict[Place, _Here] = defaultdict(_Here)
    for place, entity in hits:
        (here[place].strong if is_strong(entity) else here[place].weak).add(entity)
    keys = {key for each in asked for key in each.keys if is_strong(key[0])}
    entities = {entity for entity, _ in keys}
    copies: list[FoundCopy] = []
    others: list[Place] = []
    for place, found in sorted(here.items()):
        if found.strong:
            copies.append(FoundCopy(*place, Strength.STRONG, tuple(sorted(found.strong))))
        elif "PERSON" in found.weak:
            if any(entity in entities for entity, _ in rivals.get(place, ())):
                others.append(place)
                continue
            strength = Strength.FAIR if len(found.weak) > 1 else Strength.WEAK
            copies.append(FoundCopy(*place, strength, tuple(sorted(found.weak))))
    apart = (OtherPerson(Apart.NAMESAKE, "", tuple(others)),) if others else ()
    return Answer((), tuple(copies), apart)


def by_linking(asked: Sequence[Asked], linking: Linking, report: ClockReport) -> Answer:
    """Give everything that is tied to the one person whom the values mean."""
    return _Search(asked, linking, report).answer()


class _Search:
    """One question to one linking."""

    def __init__(self, asked: Sequence[Asked], linking: Linking, report: ClockReport) -> None:
        self._asked = sorted(asked, key=lambda each: list(AskedBy).index(each.by))
        self._linking = linking
        self._report = report
        self._persons = linking.persons
        self._records = linking.ties.records
        self._keys = {key for each in asked for key in each.keys if is_strong(key[0])}
        self._names = {name for each in asked for name in each.names}
        self._births = {
            key for each in asked for entity, key in each.keys if entity == "BIRTH_DATE"
        }
        self._chosen: list[int] = []
        self._apart: dict[int, Apart] = {}
        self._contradictions: dict[str, None] = {}
        self._cap = Strength.STRONG
        self._days = frozenset(each.number for each in self._of_that_day())

    def answer(self) -> Answer:
        """Say who it is, and where."""
        self._choose()
        copies = {copy.place: copy for copy in self._copies()}
        loose = self._loose(copies)
        is_by_name_alone = not self._keys and not self._chosen and not self._apart
        if is_by_name_alone:
            copies |= {place: FoundCopy(*place, Strength.WEAK, ("PERSON",)) for place in loose}
            loose = []
        others = [
            OtherPerson(why, self._linking.person_id(number), tuple(self._places(number)))
            for number, why in sorted(self._apart.items())
        ]
        if loose:
            others.append(OtherPerson(Apart.UNKNOWN_BEARER, "", tuple(loose)))
        return Answer(
            tuple(sorted(map(self._linking.person_id, self._chosen))),
            tuple(sorted(copies.values(), key=lambda each: (-each.strength, each.place))),
            tuple(others),
            tuple(self._contradictions),
            self._own(),
            is_linked=True,
        )

    def _choose(self) -> None:
        for each in self._asked:
            found = {self._persons.of_key(key) for key in each.keys if key in self._keys} - {None}
            for number in sorted(number for number in found if number is not None):
                if all(self._may_be_one(number, other) for other in self._chosen):
                    self._chosen += [] if number in self._chosen else [number]
                else:
                    self._apart[number] = Apart.OTHER_VALUE
                    self._contradictions[each.by.value] = None
        if not self._chosen and not self._keys:
            self._choose_by_name()
        for number in self._chosen:
            self._compare(self._persons.people[number])
        self._tell_namesakes()

    def _choose_by_name(self) -> None:
        """Take whom a whole name with a birth date means, else the only bearer of a name."""
        found = {number for name in self._names for number in self._persons.bearing(name)}
        self._cap = Strength.WEAK
        if self._births:
            self._cap = Strength.FAIR
            there = {n for each in self._days for n in self._linking.mentions(self._records[each])}
            found = {
                number
                for number in found
                if number in there
                or not self._births.isdisjoint(self._persons.people[number].births)
            }
        if len(found) == 1:
            self._chosen = list(found)

    def _of_that_day(self) -> Iterator[Tied]:
        """Give the records that hold the name and the date of birth that were given."""
        for each in self._records:
            births = {one.key for one in each.facts.people if one.entity == "BIRTH_DATE"}
            if births & self._births and self._names.intersection(_names_in(each)):
                yield each

    def _compare(self, person: Person) -> None:
        """Note what was given beside a key and is not said of its bearer."""
        names = [name for name in person.names if len(name) >= _WHOLE]
        if self._names and names and not any(a & b for a in self._names for b in names):
            self._contradictions[AskedBy.NAME.value] = None
        if self._births and self._keys and person.births and self._births.isdisjoint(person.births):
            self._contradictions[AskedBy.BORN.value] = None

    def _tell_namesakes(self) -> None:
        names = self._names | {
            name
            for number in self._chosen
            for name in self._persons.people[number].names
            if len(name) >= _WHOLE
        }
        self._names = names
        for number in {each for name in names for each in self._persons.bearing(name)}:
            if number not in self._chosen:
                self._apart.setdefault(number, Apart.NAMESAKE)

    def _may_be_one(self, one: int, other: int) -> bool:
        """Say whether nothing speaks against two being one, whom the asker says to be one.

        Two addresses that are given are both theirs; an address of one and a telephone of another
        are not, where the other has an address too.
        """
        first, second = self._persons.people[one], self._persons.people[other]
        has = [{entity for entity, _ in each.keys} for each in (first, second)]
        given = [{entity for entity, _ in each.keys & self._keys} for each in (first, second)]
        if has[0] & has[1] and not given[0] & given[1]:
            return False
        if first.births and second.births and first.births.isdisjoint(second.births):
            return False
        codes = [{key for key in each.keys if _is_code(key[0])} for each in (first, second)]
        if all(codes) and codes[0].isdisjoint(codes[1]):
            return False
        if not first.names or not second.names:
            return True
        return any(a & b for a in first.names for b in second.names)

    def _copies(self) -> Iterator[FoundCopy]:
        for each in self._records:
            if each.facts.is_listed:
                continue
            mentions = self._linking.mentions(each)
            known = [mentions[number] for number in self._chosen if number in mentions]
            if known:
                mention = max(known, key=lambda one: one.strength)
                by = tuple(dict.fromkeys(one.entity for one in mention.by))
                yield self._copy(each, mention.person, min(mention.strength, self._cap), by)
            else:
                yield from self._directly(each)

    def _directly(self, record: Tied) -> Iterator[FoundCopy]:
        """Give a record in which a value stands that is known to be nobody's own."""
        found = [
            (one.entity, one.key)
            for one in record.facts.people
            if (one.entity, one.key) in self._keys
            and self._persons.of_key((one.entity, one.key)) not in self._apart
        ]
        if not found and self._cap is Strength.FAIR and record.number in self._days:
            yield FoundCopy(*_place(record), Strength.FAIR, ("PERSON", "BIRTH_DATE"))
        if found:
            is_shared = all(key in self._persons.shared for key in found)
            strength = Strength.WEAK if is_shared else Strength.STRONG
            by = tuple(dict.fromkeys(entity for entity, _ in found))
            yield FoundCopy(*_place(record), strength, by, is_shared=self._is_shared(record))

    def _own(self) -> frozenset[str]:
        """Give the keys of the person."""
        known = {key for each in self._chosen for _, key in self._persons.people[each].keys}
        return frozenset(known | {key for _, key in self._keys})

    def _is_shared(self, record: Tied) -> bool:
        """Say whether the content of a record names somebody else too."""
        own = self._own()
        return any(
            one.role == "subject" and is_strong(one.entity) and one.key not in own
            for one in record.facts.people
        )

    def _copy(
        self, record: Tied, person: int, strength: Strength, by: tuple[str, ...]
    ) -> FoundCopy:
        found = FoundCopy(*_place(record), strength, by, is_shared=self._is_shared(record))
        state = self._report.at(record.number, person)
        if state is None:
            return found
        return replace(found, state=state.state, due=state.due, candidacy=state.candidacy)

    def _loose(self, copies: Mapping[Place, FoundCopy]) -> list[Place]:
        """Give where the name stands and nobody is known to bear it."""
        found = []
        for each in self._records:
            if _place(each) in copies or each.facts.position is not None or each.facts.is_listed:
                continue
            near = self._linking.mentions(each)
            if self._names.intersection(_names_in(each)) and self._apart.keys().isdisjoint(near):
                found.append(_place(each))
        return found

    def _places(self, person: int) -> Iterator[Place]:
        for each in self._records:
            if person in self._linking.mentions(each) and not each.facts.is_listed:
                yield _place(each)


def _names_in(record: Tied) -> set[Name]:
    return {name for one in record.facts.people if (name := name_of(one))}


def _is_code(entity: str) -> bool:
    return taxonomy().category_of(entity) == _NATIONAL


def _place(record: Tied) -> Place:
    return record.facts.source, record.facts.asset, record.facts.record
