"""Persons: keys of one person put together by evidence, and every place tied to whom it names.

Strong evidence is a national identity number, an e-mail address or a telephone number of one's own;
fair is a whole name with a birth date, or a name where the place, its thread or its position
already has one person of that name; weak is a surname alone in such a place. A wrong link is worse
than a missed one: what two persons share (a family's telephone, a switchboard) links nobody, and a
name alone links nowhere else.

Records of a source that are one person's (a row, a candidate of a recruiting system, the sender of
a mail) tell which keys belong together. Splink and its like learn weights for comparisons of
values; here only equal hashes are left, of which a few say nearly everything, so the rules are
written down (decision record 27).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from detectors.marks import GIVEN
from detectors.taxonomy import taxonomy
from ropa.linking.groups import Groups
from ropa.linking.sharing import FAMILY, Key, Name, Profile, shared_keys
from ropa.linking.tied import Tied, Ties
from scanner.model import Identifier
from scanner.summary import RecordFacts

_NAME, _BIRTH = "PERSON", "BIRTH_DATE"
_CONTACTS = frozenset({"EMAIL_ADDRESS", "PHONE_NUMBER"})
WHOLE = 2
_BLOCK = 3
"""Lines of somebody's address, telephone and e-mail address."""
"""Words of a whole name."""


class Strength(IntEnum):
    """How sure a link is."""

    WEAK = 1
    FAIR = 2
    STRONG = 3


@dataclass(slots=True)
class Person:
    """One person, known by keyed hashes only."""

    number: int
    keys: set[Key] = field(default_factory=set)
    names: set[Name] = field(default_factory=set)
    births: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Mention:
    """A record tied to a person."""

    record: int
    person: int
    strength: Strength
    by: tuple[Identifier, ...] = ()
    """What names the person there; empty where only the record's keys say it."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The organisation's own people and shared mailboxes, as it lists them: no applicants."""

    keys: frozenset[Key] = frozenset()
    names: frozenset[Name] = frozenset()

    @classmethod
    def of(cls, people: Iterable[Identifier]) -> "Staff":
        """Take what names them."""
        known = list(people)
        return cls(
            frozenset(key for each in known if (key := strong_key(each))),
            frozenset(name for each in known if (name := name_of(each)) and len(name) >= WHOLE),
        )

    def marked(self, facts: RecordFacts) -> RecordFacts:
        """Mark whoever of them a record names."""
        if not any((each.entity, each.key) in self.keys for each in facts.people):
            return facts
        people = tuple(
            replace(each, role="own") if (each.entity, each.key) in self.keys else each
            for each in facts.people
        )
        return replace(facts, people=people)


NOBODY = Staff()


def strong_key(person: Identifier) -> Key | None:
    """Give the key by which a value links copies alone; None for a weaker one."""
    entity = taxonomy().entities.get(person.entity)
    return (person.entity, person.key) if entity and entity.identifies == "strong" else None


def name_of(person: Identifier) -> Name | None:
    """Give a name's words; None for anything else."""
    if person.entity != _NAME or not person.key:
        return None
    return frozenset(person.parts if len(person.parts) > 1 else (person.key,))


def is_given(person: Identifier) -> bool:
    """Say whether a name is a given name alone: it may be anybody's."""
    return person.parts == (GIVEN,)


class Persons:
    """Everybody whom a strong key or a whole name with a birth date tells apart."""

    def __init__(self, ties: Ties) -> None:
        self._ties = ties
        profiles = [profile for record in ties.records for profile in _profiles(record, ties)]
        self.shared = shared_keys(profiles)
        self.given = frozenset(
            each.key for record in ties.records for each in record.facts.people if is_given(each)
        )
        groups = _grouped(profiles, self.shared)
        self.people: list[Person] = []
        self._by_key: dict[Key, int] = {}
        self._by_birth: dict[tuple[Name, str], int] = {}
        self._gather(profiles, groups)
        self.by_name: defaultdict[str, set[int]] = defaultdict(set)
        for person in self.people:
            person.names = _shortest(person.names)
            for name in person.names:
                for word in name:
                    self.by_name[word].add(person.number)

    def of_key(self, key: Key) -> int | None:
        """Give the number of the person who has a key."""
        return self._by_key.get(key)

    def strongly(self, record: Tied) -> dict[int, Mention]:
        """Give whom a record names by strong keys, or belongs to by its rows' keys."""
        found: dict[int, list[Identifier]] = {}
        for each in record.facts.people:
            key = strong_key(each)
            number = self._by_key.get(key) if key and each.role != "own" else None
            if number is not None:
                found.setdefault(number, []).append(each)
        mentions = {
            number: Mention(record.number, number, Strength.STRONG, tuple(by))
            for number, by in found.items()
        }
        for number in self._owners(record):
            mentions.setdefault(number, Mention(record.number, number, Strength.STRONG))
        return mentions

    def is_bare(self, number: int) -> bool:
        """Say whether a person is known by identity numbers only."""
        return not any(entity in _CONTACTS for entity, _ in self.people[number].keys)

    def alias(self, one: int, other: int) -> None:
        """Let the keys of one person be another's."""
        person, into = self.people[one], self.people[other]
        into.keys |= person.keys
        into.names |= person.names
        into.births |= person.births
        self._by_key |= dict.fromkeys(person.keys, other)
        for name in person.names:
            for word in name:
                self.by_name[word].discard(one)
                self.by_name[word].add(other)
        for known, number in list(self._by_birth.items()):
            if number == one:
                self._by_birth[known] = other

    def fairly(self, record: Tied) -> dict[int, Mention]:
        """Give whom a record names by a whole name and a birth date."""
        births = {each.key for each in record.facts.people if each.entity == _BIRTH}
        found: dict[int, Mention] = {}
        for each in record.facts.people if births else ():
            name = name_of(each)
            for birth in births if name else ():
                number = self._by_birth.get((name or frozenset(), birth))
                if number is not None:
                    found.setdefault(number, Mention(record.number, number, Strength.FAIR, (each,)))
        return found

    def bearing(self, name: Name) -> set[int]:
        """Give the people whose name these words may be: all of them, or a whole name's most."""
        sets = [self.by_name.get(word, set()) for word in name]
        every = set.intersection(*sets) if sets else set()
        return {
            number
            for number in every
            if any(name <= known or (len(known) >= WHOLE and known <= name)
                   for known in self.people[number].names)
        } | {
            number
            for number in set().union(*sets)
            if len(name) > WHOLE
            and any(len(known) >= WHOLE and known <= name for known in self.people[number].names)
        }  # fmt: skip

    def _owners(self, record: Tied) -> Iterator[int]:
        """Give the persons of the rows that a record belongs to."""
        for owner in self._ties.owners(record):
            if owner.facts.position is not None:
                continue
            for each in owner.facts.people:
                key = strong_key(each)
                if key and each.role != "own" and key in self._by_key:
                    yield self._by_key[key]
                    break

    def _gather(self, profiles: Sequence[Profile], groups: Groups[object]) -> None:
        numbers: dict[object, int] = {}
        for profile in profiles:
            anchors = _anchors(profile, self.shared)
            if not anchors:
                continue
            root = groups.root(anchors[0])
            number = numbers.setdefault(root, len(numbers))
            if number == len(self.people):
                self.people.append(Person(number))
            person = self.people[number]
            strong = [key for key in profile.strong if key not in self.shared]
            person.keys.update(strong)
            person.names.update(profile.names)
            person.births.update(profile.births)
            self._by_key |= dict.fromkeys(strong, number)
            for name in profile.names:
                for birth in profile.births:
                    self._by_birth.setdefault((name, birth), number)


def _shortest(names: set[Name]) -> set[Name]:
    """Leave out what only adds to another name: a word beside one is taken for a part of it."""
    return {
        name for name in names if not any(other < name and len(other) >= WHOLE for other in names)
    }


def _anchors(profile: Profile, shared: frozenset[Key]) -> list[object]:
    """Give the nodes by which a profile's person is known."""
    found: list[object] = [key for key in profile.strong if key not in shared]
    found += [
        (name, birth) for name in profile.names if len(name) >= WHOLE for birth in profile.births
    ]
    return found


def _grouped(profiles: Sequence[Profile], shared: frozenset[Key]) -> Groups[object]:
    groups: Groups[object] = Groups()
    for profile in profiles:
        anchors = _anchors(profile, shared)
        for each in anchors:
            groups.join(anchors[0], each)
    return groups


def _profiles(record: Tied, ties: Ties) -> Iterator[Profile]:
    """Give the persons whom a record is about."""
    if record.facts.position is not None:
        return
    people = [each for each in record.facts.people if each.role != "own"]
    yield from _on_envelope(record, people)
    subjects = [each for each in people if each.role == "subject"]
    if record.is_row:
        if not _is_about_others(record, ties):
            yield _profile(record, subjects, _names_of_row(subjects))
        return
    own = _of_one(subjects)
    if own:
        # Under a mail stands whoever signed it for the organisation.
        is_mail = record.thread is not None or record.facts.at is not None
        yield _profile(record, own, [] if is_mail else _first_name(subjects))


def _on_envelope(record: Tied, people: Sequence[Identifier]) -> Iterator[Profile]:
    for role in ("sender", "recipient"):
        here = [each for each in people if each.role == role]
        keys = [each for each in here if strong_key(each)]
        names = [name for each in here if (name := name_of(each)) and len(name) >= WHOLE]
        if len(keys) == 1:
            signed = _signature(people, names) if role == "sender" else []
            yield _profile(record, [*keys, *signed], names if len(names) == 1 else [])


def _signature(people: Sequence[Identifier], names: Sequence[Name]) -> list[Identifier]:
    """Give the only telephone in a mail that its sender signs by name."""
    subjects = [each for each in people if each.role == "subject"]
    phones = [each for each in subjects if each.entity in FAMILY]
    is_signed = any(name_of(each) in names for each in subjects)
    return phones if len(phones) == 1 and is_signed else []


def _profile(record: Tied, people: Iterable[Identifier], names: Sequence[Name]) -> Profile:
    found = Profile(record.number, names=list(names))
    for each in people:
        key = strong_key(each)
        if key is not None:
            found.strong.append(key)
        elif each.entity == _BIRTH and each.key:
            found.births.append(each.key)
    return found


def _names_of_row(people: Sequence[Identifier]) -> list[Name]:
    """Give a row's whole names; single words of several columns are one."""
    names = [name for each in people if (name := name_of(each))]
    whole = [name for name in names if len(name) >= WHOLE]
    words = frozenset(word for name in names if len(name) < WHOLE for word in name)
    return list(dict.fromkeys((*whole, *([words] if len(words) >= WHOLE else ()))))


def _is_about_others(record: Tied, ties: Ties) -> bool:
    """Say whether a row is a part of another's record: what it names may be anybody."""
    return any(
        any(strong_key(each) and each.role != "own" for each in owner.facts.people)
        for owner in ties.owners(record)
        if owner.facts.position is None
    )


def _of_one(people: Sequence[Identifier]) -> list[Identifier]:
    """Give the keys of the person whom a text is about, as a CV is; nothing where that is unclear.

    Of several telephones the one that stands beside the only address is the person's: others are
    those of referees.
    """
    count = Counter(each.entity for each in people if strong_key(each))
    if not count:
        return []
    if all(number == 1 for number in count.values()):
        return list(people)
    anchors = [each for each in people if each.entity not in FAMILY and strong_key(each)]
    if any(number > 1 for entity, number in count.items() if entity not in FAMILY):
        return []
    near = [
        each
        for each in people
        if each.entity in FAMILY and any(_is_beside(each, anchor) for anchor in anchors)
    ]
    if len(near) != 1:
        near = []
    others = [each for each in people if each.entity not in FAMILY]
    return [*others, *near] if anchors else []


def _is_beside(one: Identifier, other: Identifier) -> bool:
    first, second = _line(one), _line(other)
    return first is not None and second is not None and abs(first - second) <= _BLOCK


def _line(person: Identifier) -> int | None:
    names = list(person.hit.names("line"))
    return int(names[-1]) if names and names[-1].isdecimal() else None


def _first_name(people: Sequence[Identifier]) -> list[Name]:
    """Give the whole name that stands first in a text, if it is the only one or on top."""
    whole = [(each, name) for each in people if (name := name_of(each)) and len(name) >= WHOLE]
    names = dict.fromkeys(name for _, name in whole)
    if len(names) == 1:
        return list(names)
    return []


def by_strength(mentions: Iterable[Mention]) -> dict[int, Mention]:
    """Give the strongest mention of each person."""
    best: dict[int, Mention] = {}
    for each in mentions:
        known = best.get(each.person)
        if known is None or each.strength > known.strength:
            best[each.person] = each
    return best


def has_role(mention: Mention, role: str) -> bool:
    """Say whether somebody stands in a place in a role, as in `Identifier.role`."""
    return any(each.role == role for each in mention.by)


def bears(person: Person, name: Name) -> bool:
    """Say whether a name may be a person's: all of it, or with more words than are known."""
    return any(name <= each or each <= name for each in person.names)
