"""The nine operators: total on every value, unknown where nothing can be told."""

from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.subjects import Value
from rules.model import Operator
from rules.operators import TABLE, Truth, all_of, any_of, negate

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

values: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.lists(st.text(max_size=4), max_size=4).map(tuple),
)
truths: st.SearchStrategy[Truth] = st.sampled_from([True, False, None])
lists = st.lists(truths, max_size=6).map(tuple)


def test_there_are_nine() -> None:
    assert set(TABLE) == set(Operator)
    assert len(TABLE) == 9


@given(operator=st.sampled_from(Operator), fact=values, value=values)
def test_operators_answer_on_every_pair_of_values(
    operator: Operator, fact: Value, value: Value
) -> None:
    assert TABLE[operator].judge(fact, value) in {True, False, None}


@given(operator=st.sampled_from(Operator), value=values)
def test_what_nobody_recorded_is_unknown_to_all_but_exists(
    operator: Operator, value: Value
) -> None:
    expected = False if operator is Operator.EXISTS else None

    assert TABLE[operator].judge(None, value) is expected


@pytest.mark.parametrize(
    ("operator", "fact", "value", "expected"),
    [
        (Operator.EXISTS, "text", None, True),
        (Operator.EXISTS, "", None, False),
        (Operator.EXISTS, (), None, False),
        (Operator.EXISTS, False, None, True),
        (Operator.EXISTS, 0, None, True),
        (Operator.EQUALS, "a", "a", True),
        (Operator.EQUALS, "a", "b", False),
        (Operator.EQUALS, (), (), True),
        (Operator.EQUALS, 1, 1.0, True),
        (Operator.EQUALS, True, 1, None),
        (Operator.EQUALS, "1", 1, None),
        (Operator.IN, "a", ("a", "b"), True),
        (Operator.IN, "c", ("a", "b"), False),
        (Operator.IN, "a", "abc", None),
        (Operator.CONTAINS, ("a", "b"), "a", True),
        (Operator.CONTAINS, ("ab",), "a", False),
        (Operator.CONTAINS, "ab", "a", True),
        (Operator.INTERSECTS, ("a", "b"), ("b", "c"), True),
        (Operator.INTERSECTS, (), ("b",), False),
        (Operator.MATCHES, "Decision (EU) 2021/914", "2021/914", True),
        (Operator.MATCHES, ("x", "759/2004 s. 13"), r"^759/2004", True),
        (Operator.MATCHES, (), "a", False),
        (Operator.MATCHES, "a", "(", None),
        (Operator.BEFORE, DAY, date(2026, 11, 23), True),
        (Operator.BEFORE, DAY, DAY, False),
        (Operator.BEFORE, NOON, DAY, False),
        (Operator.AT_MOST, 365, 365, True),
        (Operator.AT_MOST, 366, 365, False),
        (Operator.AT_MOST, True, 365, None),
        (Operator.AT_LEAST, 0.5, 0.5, True),
        (Operator.AT_LEAST, 0.4, 0.5, False),
    ],
)
def test_operators_answer_as_their_names_say(
    operator: Operator, fact: Value, value: Value, expected: Truth
) -> None:
    assert TABLE[operator].judge(fact, value) is expected


@given(truths)
def test_twice_no_is_yes(truth: Truth) -> None:
    assert negate(negate(truth)) is truth


@given(lists)
def test_de_morgan(parts: tuple[Truth, ...]) -> None:
    turned = tuple(negate(part) for part in parts)

    assert negate(all_of(parts)) is any_of(turned)
    assert negate(any_of(parts)) is all_of(turned)


@given(lists, st.randoms())
def test_the_order_of_conditions_does_not_matter(parts: tuple[Truth, ...], random: Random) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)

    assert all_of(tuple(shuffled)) is all_of(parts)
    assert any_of(tuple(shuffled)) is any_of(parts)


@given(lists, st.integers(0, 5), st.booleans())
def test_learning_a_fact_never_turns_yes_into_no(
    parts: tuple[Truth, ...], position: int, learned: bool
) -> None:
    """Kleene's monotony: what was told with gaps stays told when they are filled."""
    filled = tuple(
        learned if part is None and n == position else part for n, part in enumerate(parts)
    )

    for join in (all_of, any_of):
        if join(parts) is not None:
            assert join(filled) is join(parts)
