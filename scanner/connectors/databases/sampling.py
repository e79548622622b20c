"""What a random sample of rows can promise."""

import math
import random
from collections.abc import Iterable, Iterator
from typing import TypeVar

CERTAINTY = 0.95

T = TypeVar("T")


def rarest_seen(rows: int) -> int:
    """Give N such that a value in 1 row of N is in a random sample with 95 % certainty.

    From (1 - 1/N) ** rows = 0.05; sampling without replacement only does better.

    >>> rarest_seen(10_000)
    3338
    >>> rarest_seen(1)
    1
    """
    share = -math.expm1(math.log(1 - CERTAINTY) / max(rows, 1))
    return math.floor(1 / share)


def chosen(rows: Iterable[T], count: int, wanted: int, seed: str) -> Iterator[T]:
    """Pick `wanted` of the first `count` rows at random, in order, the same for the same seed.

    >>> list(chosen("abcdef", 6, 2, "people")) == list(chosen("abcdef", 6, 2, "people"))
    True
    >>> len(list(chosen("abcdef", 6, 2, "people")))
    2
    """
    places = set(random.Random(seed).sample(range(count), min(wanted, count)))  # noqa: S311 - no secret
    return (row for place, row in enumerate(rows) if place in places)


def sentence(read: int, total: str) -> str:
    """Say what was read and what it promises."""
    return (
        f"{read} of {total} rows read, chosen at random; a value that stands in 1 row of "
        f"{rarest_seen(read)} or more is seen with 95 % certainty"
    )
