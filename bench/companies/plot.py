"""The story that each company tells with its own people: who applied, and what became of it.

The traps are the same everywhere: namesakes, a changed surname, a family's telephone, several
applications, hired for one and rejected for another, positions that nobody got or that are open,
early noes, consents and holds that ended, the last permitted day and the day after.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bench.companies.world import (
    TODAY,
    Candidacy,
    Consent,
    Fate,
    Hold,
    Outcome,
    Person,
    Post,
)

_YEAR_AGO = TODAY.replace(year=TODAY.year - 1)
_DAYS: Sequence[tuple[date, date | None, Outcome]] = (
    (date(2024, 3, 4), date(2024, 5, 20), Outcome.FILLED),
    (date(2024, 11, 11), date(2025, 1, 27), Outcome.FILLED),
    (date(2025, 8, 4), _YEAR_AGO - timedelta(5), Outcome.FILLED),
    (date(2026, 1, 12), date(2026, 3, 9), Outcome.FILLED),
    (date(2026, 5, 4), date(2026, 6, 29), Outcome.FILLED),
    (date(2025, 4, 14), date(2025, 6, 16), Outcome.NEVER),
    (date(2026, 8, 24), None, Outcome.OPEN),
    (date(2024, 8, 19), date(2024, 10, 14), Outcome.FILLED),
)
EDGE = 2
"""The position about which people were told a year ago: its days are not moved."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What a company gives to its story."""

    seed: int
    names: Sequence[tuple[str, str, str]]
    """Given name, surname and language of everybody; at least 48."""
    married: str
    """The surname that the seventh took."""
    relative: str
    """The given name of somebody who shares the ninth's telephone."""
    titles: Sequence[Mapping[str, str]]
    """Of the eight positions; the first and the fifth may be the same."""
    codes: Sequence[str]
    mail_domains: Sequence[str]
    phone: str
    """With a place for a number from 0 to 94: `+46 70 174 06 {:02d}`."""
    shift: int = 0
    """Days by which all but the edge are moved."""
    has_notes: bool = True
    """Whether something keeps the day on which somebody was told by telephone."""
    lists_posts: bool = True


def candidacies(cast: Cast) -> tuple[Candidacy, ...]:
    """Tell the story."""
    return tuple(_Story(cast).told())


class _Story:
    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._rng = random.Random(cast.seed)  # noqa: S311 - to be the same in every run
        self._posts = [self._post(number) for number in range(len(_DAYS))]
        self._people = {number: self._person(number) for number in range(1, len(cast.names) + 1)}
        people = self._people
        self._namesake = replace(self._new(people[5], 90), who="namesake", born=date(1969, 11, 23))
        self._married = replace(
            self._new(people[7], 91), family=cast.married, phone=people[7].phone
        )
        self._married = replace(self._married, email=self._address(self._married, 1))
        relative = replace(people[9], who="relative", given=cast.relative, born=date(2003, 2, 17))
        self._relative = replace(relative, email=self._address(relative, 0))
        self._count = 0

    def _post(self, number: int) -> Post:
        opened, closed, outcome = _DAYS[number]
        move = timedelta(0 if number == EDGE else self._cast.shift)
        code = self._cast.codes[number] if self._cast.codes else ""
        return Post(
            f"post{number}", self._cast.titles[number], opened + move, closed and closed + move,
            outcome, code, self._cast.lists_posts,
        )  # fmt: skip

    def _person(self, number: int) -> Person:
        given, family, language = self._cast.names[number - 1]
        born = date(1965, 1, 1) + timedelta(self._rng.randrange(14_000))
        person = Person(
            f"n{number:02d}", given, family, "", self._cast.phone.format(number), born, language
        )
        return replace(person, email=self._address(person, number))

    def _new(self, person: Person, number: int) -> Person:
        """Give somebody of the same name with another address and telephone."""
        address = f"{_plain(person.family)}.{_plain(person.given)}{number}"
        domain = self._cast.mail_domains[number % len(self._cast.mail_domains)]
        return replace(person, email=f"{address}@{domain}", phone=self._cast.phone.format(number))

    def _address(self, person: Person, number: int) -> str:
        domain = self._cast.mail_domains[number % len(self._cast.mail_domains)]
        return f"{_plain(person.given)}.{_plain(person.family)}@{domain}"

    def _one(
        self,
        post: int | None,
        who: int | Person,
        fate: Fate,
        *,
        told: date | None = None,
        early: bool = False,
        consent: Consent | None = None,
        hold: Hold | None = None,
        agency: bool = False,
    ) -> Candidacy:
        person = self._people[who] if isinstance(who, int) else who
        self._count += 1
        place = None if post is None else self._posts[post]
        begun = place.opened if place else date(2026, 2, 1)
        applied = begun + timedelta(self._rng.randrange(2, 16))
        decided = place.closed if place else None
        if fate is Fate.TOLD and decided and told is None:
            told = decided + timedelta(self._rng.randrange(1, 6))
        noted = None
        if fate is Fate.SPOKEN and decided and self._cast.has_notes:
            noted = decided + timedelta(self._rng.randrange(1, 9))
        is_early = early or fate is Fate.EARLY
        return Candidacy(
            f"c{self._count:02d}", person, place, applied, fate, told, noted,
            early=applied + timedelta(9) if is_early else None,
            consent=consent, hold=hold, is_by_agency=agency,
        )  # fmt: skip

    def told(self) -> Iterator[Candidacy]:
        """Give the candidacies, position by position."""
        for part in (self._first, self._edge, self._third, self._fourth, self._others):
            yield from part()

    def _first(self) -> Iterator[Candidacy]:
        one = self._one
        yield one(0, 1, Fate.HIRED)
        yield one(0, 2, Fate.TOLD)
        yield one(0, 3, Fate.TOLD)
        yield one(0, 4, Fate.EARLY)
        yield one(0, 5, Fate.TOLD)
        yield one(0, 6, Fate.SPOKEN)
        yield one(0, 7, Fate.TOLD)
        yield one(1, 8, Fate.HIRED)
        yield one(1, 2, Fate.TOLD)
        yield one(1, 9, Fate.TOLD)
        later = TODAY + timedelta(200)
        yield one(1, 10, Fate.TOLD, consent=Consent(date(2025, 2, 20), later, is_registered=True))
        yield one(1, 11, Fate.TOLD, consent=Consent(date(2025, 2, 21), None, date(2026, 4, 2)))
        yield one(1, 12, Fate.WITHDREW)
        yield one(1, 13, Fate.TOLD, early=True)

    def _edge(self) -> Iterator[Candidacy]:
        one = self._one
        yield one(EDGE, 14, Fate.HIRED)
        yield one(EDGE, 15, Fate.TOLD, told=_YEAR_AGO)
        yield one(EDGE, 16, Fate.TOLD, told=_YEAR_AGO - timedelta(1))
        yield one(EDGE, self._namesake, Fate.TOLD, told=_YEAR_AGO + timedelta(2))
        yield one(EDGE, 17, Fate.SPOKEN)
        yield one(EDGE, 18, Fate.TOLD, told=_YEAR_AGO - timedelta(2), hold=Hold(date(2025, 12, 1)))
        yield one(EDGE, self._married, Fate.TOLD, told=_YEAR_AGO - timedelta(3))

    def _third(self) -> Iterator[Candidacy]:
        one = self._one
        yield one(3, 19, Fate.HIRED)
        yield one(3, 3, Fate.TOLD)
        yield one(3, 20, Fate.TOLD)
        yield one(3, 21, Fate.TOLD, hold=Hold(date(2026, 4, 20), date(2026, 7, 31)))
        yield one(3, self._relative, Fate.TOLD)
        withdrawn = Consent(
            date(2026, 3, 20), TODAY + timedelta(400), date(2026, 8, 11), is_registered=True
        )
        yield one(3, 22, Fate.TOLD, consent=withdrawn)
        yield one(3, 23, Fate.EARLY)
        yield one(3, 48, Fate.SPOKEN, agency=True)

    def _fourth(self) -> Iterator[Candidacy]:
        one = self._one
        yield one(4, 6, Fate.HIRED)
        yield one(4, 25, Fate.TOLD)
        yield one(4, 26, Fate.TOLD)
        yield one(4, 27, Fate.WITHDREW)
        yield one(4, 28, Fate.TOLD, consent=Consent(date(2026, 7, 20)))
        yield one(4, 29, Fate.SPOKEN)

    def _others(self) -> Iterator[Candidacy]:
        one = self._one
        for number in (30, 31, 9):
            yield one(5, number, Fate.CANCELLED)
        yield one(5, 32, Fate.EARLY)
        yield one(5, 33, Fate.WAITS)
        for number in (34, 35, 36, 37, 3):
            yield one(6, number, Fate.WAITS)
        yield one(6, 38, Fate.EARLY)
        yield one(7, 39, Fate.HIRED)
        for number in (40, 41, 42, 43):
            yield one(7, number, Fate.SPOKEN)
        for number in (44, 45, 46):
            yield one(None, number, Fate.WAITS)
        pool = Consent(date(2026, 2, 27), TODAY + timedelta(90), is_registered=True)
        yield one(None, 47, Fate.WAITS, consent=pool)


def _plain(name: str) -> str:
    table = str.maketrans("åäöæøéüð", "aaoaoeud")
    return "".join(each for each in name.casefold().translate(table) if each.isalnum())
