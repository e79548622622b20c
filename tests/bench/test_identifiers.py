"""The measurement of national numbers, small: what it promises holds in each run of the tests."""

from bench.identifiers import NATIONAL, SURROUNDINGS, Size, negatives, positives, random_groups

SIZE = Size(positives=25, negatives=500, groups=20_000)
_SURE = {name for name, _ in SURROUNDINGS[:4]}
"""With a separator in the own language, or with a word or a column's name."""


def test_numbers_are_found_where_a_word_or_the_language_speaks_for_them() -> None:
    scores = [score for (_, name), score in positives(SIZE).items() if name in _SURE]

    planted = sum(score.planted for score in scores)
    found = sum(score.found for score in scores)
    assert found >= 0.99 * planted
    assert sum(score.false for score in scores) <= 0.01 * found


def test_realistic_look_alikes_are_left_alone() -> None:
    false, count = negatives(SIZE)

    assert false.total() <= 0.004 * count


def test_random_groups_of_digits_are_seldom_taken() -> None:
    entities, _ = random_groups(SIZE)

    assert sum(entities[name] for name in NATIONAL) <= 0.002 * SIZE.groups
