"""Which places are the riskiest: a sum that a reader can follow by hand.

| what lies there | points |
|---|---|
| special categories (Art. 9 GDPR) or criminal data (Art. 10) | 5 |
| national identity codes: 1, 10, 100, 1,000, 10,000 or more | 4, 7, 10, 13, 16 |
| persons: as many | 1, 2, 3, 4, 5 |
| everyone can read it | 2 |
| not changed for a year | 1 |

Between equal sums the first of these decides in which two places differ, then their names. A sum
and no strict order of the five: one word about health in one letter must not stand above a table
of ten thousand identity codes.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from detectors.taxonomy import Category, taxonomy
from ropa.observed import is_personal
from scanner.locator import WHOLE, Locator
from scanner.summary import AssetHoldings

SPECIAL = 5
FIRST_NATIONAL_ID = 4
MORE_NATIONAL_IDS = 3
"""For each further power of ten."""
MOST_POWERS = 5
EVERYONE = 2
OLD = 1
OLD_DAYS = 365
POINTED = 20
"""Places of which it is said where in them to look."""
KEPT = 1_000
"""Places that a ranking holds at most, the riskiest."""

_EVERYONE = "everyone"
NATIONAL_ID = "identity.national_id"


@dataclass(frozen=True, slots=True)
class RiskyPlace:
    """One asset with personal data, as far as its risk is judged by it."""

    source: str
    asset: str
    weight: int
    special: bool
    """Special categories, or criminal data."""
    national_ids: int
    """Distinct national identity codes."""
    people: int
    """About how many persons: the most distinct values of any one kind that names people."""
    everyone: bool
    """Whether the source says that everyone can read it."""
    readers: tuple[str, ...]
    """As the source says; empty where it does not tell."""
    modified: datetime | None
    age_days: int | None
    """None where the source knows no day."""
    categories: tuple[str, ...]
    """Personal data only, what weighs most first."""
    hit: Locator = WHOLE
    """Where what weighs most stands, of the first `POINTED` places."""


def ranked(
    holdings: Iterable[AssetHoldings], today: date, most: int = KEPT
) -> tuple[RiskyPlace, ...]:
    """Give the riskiest places, the worst first; holds no more than `most` of them at once."""
    places = (place for each in holdings if (place := _place(each, today)).categories)
    return tuple(heapq.nsmallest(most, places, key=_order))


def significance(category: str) -> int:
    """Say how much a category weighs by itself: 0 for the most, to sort by."""
    known = taxonomy().categories.get(category)
    if known is not None and (known.special or known.criminal):
        return 0
    if category == NATIONAL_ID:
        return 1
    return 3 if known is None or not _names_people(known) else 2


def _names_people(category: Category) -> bool:
    return any(
        entity.category == category.key and entity.identifies != "no"
        for entity in taxonomy().entities.values()
    )


def _place(held: AssetHoldings, today: date) -> RiskyPlace:
    personal = [key for key in held.categories if is_personal(key)]
    special = any(significance(key) == 0 for key in personal)
    national_ids = sum(
        count for entity, count in held.keys if taxonomy().category_of(entity) == NATIONAL_ID
    )
    people = max((count for entity, count in held.keys if _counts_people(entity)), default=0)
    everyone = _EVERYONE in held.readers
    age = (today - held.modified.date()).days if held.modified else None
    weight = (
        SPECIAL * special
        + (FIRST_NATIONAL_ID + MORE_NATIONAL_IDS * (_powers(national_ids) - 1)) * (national_ids > 0)
        + _powers(people)
        + EVERYONE * everyone
        + OLD * (age is not None and age >= OLD_DAYS)
    )
    return RiskyPlace(
        held.source,
        held.path,
        weight,
        special,
        national_ids,
        people,
        everyone,
        held.readers,
        held.modified,
        age,
        tuple(sorted(personal, key=lambda key: (significance(key), key))),
    )


def _powers(count: int) -> int:
    """Give 1 from 1 on, 2 from 10 on, and so forth."""
    return min(len(str(count)), MOST_POWERS) if count else 0


def _counts_people(entity: str) -> bool:
    """Say whether each value of an entity is another person: a name is, a birth date is not."""
    known = taxonomy().entities.get(entity)
    return entity == "PERSON" or (known is not None and known.identifies == "strong")


def _order(place: RiskyPlace) -> tuple[object, ...]:
    return (
        -place.weight,
        not place.special,
        -place.national_ids,
        -place.people,
        not place.everyone,
        -(place.age_days or 0),
        place.source,
        place.asset,
    )
