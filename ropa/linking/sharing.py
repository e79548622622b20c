"""Keys that several persons share: they tie nobody."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from ropa.linking.groups import Groups

Key = tuple[str, str]
"""Entity and keyed hash."""
Name = frozenset[str]
"""Keyed hashes of its words."""

COMMON = 8
"""A value in more persons' records than this is an organisation's, not a person's."""
FAMILY = frozenset({"PHONE_NUMBER"})
"""Entities whose values families share."""


@dataclass(slots=True)
class Profile:
    """What one record says of the one person whom it is about."""

    record: int
    strong: list[Key] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    births: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Bearer:
    """One person who has a telephone, as far as addresses and numbers tell persons apart."""

    names: set[Name] = field(default_factory=set)
    births: set[str] = field(default_factory=set)


def shared_keys(profiles: Sequence[Profile]) -> frozenset[Key]:
    """Give the keys that several persons share: telephones of families, switchboards.

    Who are several is told by the other keys beside it.
    """
    known: Groups[Key] = Groups()
    for profile in profiles:
        own = [key for key in profile.strong if key[0] not in FAMILY]
        for key in own:
            known.join(own[0], key)
    bearers: defaultdict[Key, _Bearer] = defaultdict(_Bearer)
    having: defaultdict[Key, dict[Key, None]] = defaultdict(dict)
    for profile in profiles:
        own = [key for key in profile.strong if key[0] not in FAMILY]
        if own:
            root = known.root(own[0])
            bearers[root].names.update(profile.names)
            bearers[root].births.update(profile.births)
            for key in profile.strong:
                if key[0] in FAMILY:
                    having[key][root] = None
    return frozenset(
        key
        for key, several in having.items()
        if len(several) > COMMON
        or not all(
            _may_be_one(bearers[one], bearers[other]) for one, other in combinations(several, 2)
        )
    )


def _may_be_one(one: _Bearer, other: _Bearer) -> bool:
    """Say whether two who have one telephone may be one person.

    Two of one name are; and two of one birth date who share a part of their names, as somebody
    does who married. Two of a family share a surname and nothing else.
    """
    if one.births and other.births and one.births.isdisjoint(other.births):
        return False
    pairs = list(product(one.names, other.names))
    if any(first <= second or second <= first for first, second in pairs):
        return True
    return not one.births.isdisjoint(other.births) and any(a & b for a, b in pairs)
