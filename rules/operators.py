"""The nine operators: what each asks of a fact, and with which facts and values it may be written.

An operator answers yes, no, or `None`: it cannot be told. A fact that nobody recorded, or that has
another type than the vocabulary says, cannot be told; only `exists` always can.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ropa.subjects import Value
from rules.model import Operator
from rules.patterns import pattern_of
from rules.vocabulary import FactType

Truth = bool | None
"""Kleene's three values; `None` is unknown."""
Judge = Callable[[Value, Value], Truth]
Operand = Literal["nothing", "same", "several", "item", "pattern"]
"""What stands under `value:`: nothing, one of the fact's type, a list, one text, an expression."""


def exists(fact: Value, _: Value) -> bool:
    """Say whether the fact was recorded and is not empty."""
    return fact is not None and fact not in ("", ())


def equals(fact: Value, value: Value) -> Truth:
    """Say whether both are the same."""
    return fact == value if _comparable(fact, value) else None


def is_in(fact: Value, value: Value) -> Truth:
    """Say whether the fact is one of the values."""
    if not isinstance(fact, str) or not isinstance(value, tuple):
        return None
    return fact in value


def contains(fact: Value, value: Value) -> Truth:
    """Say whether a list has the value as an item, or a text has it as a part."""
    if not isinstance(fact, str | tuple) or not isinstance(value, str):
        return None
    return value in fact


def intersects(fact: Value, value: Value) -> Truth:
    """Say whether two lists have an item in common."""
    if not isinstance(fact, tuple) or not isinstance(value, tuple):
        return None
    return not set(fact).isdisjoint(value)


def matches(fact: Value, value: Value) -> Truth:
    """Say whether a regular expression is found in the text, or in one of the texts."""
    if not isinstance(fact, str | tuple) or not isinstance(value, str):
        return None
    pattern = pattern_of(value)
    if pattern is None:
        return None
    return pattern.found_in((fact,) if isinstance(fact, str) else fact)


def before(fact: Value, value: Value) -> Truth:
    """Say whether the fact's day is earlier than the value's."""
    if not isinstance(fact, date) or not isinstance(value, date):
        return None
    return _day(fact) < _day(value)


def at_most(fact: Value, value: Value) -> Truth:
    """Say whether the fact is the value or less."""
    if not isinstance(fact, int | float) or not isinstance(value, int | float):
        return None
    return fact <= value if _comparable(fact, value) else None


def at_least(fact: Value, value: Value) -> Truth:
    """Say whether the fact is the value or more."""
    return at_most(value, fact)


@dataclass(frozen=True, slots=True)
class Usage:
    """How an operator may be written."""

    judge: Judge
    facts: frozenset[FactType]
    operand: Operand


_TEXT = frozenset({FactType.TEXT, FactType.DURATION})
_TEXTS = frozenset({FactType.TEXTS})
_NUMBERS = frozenset({FactType.NUMBER, FactType.DECIMAL})

TABLE: Mapping[Operator, Usage] = {
    Operator.EXISTS: Usage(exists, frozenset(FactType), "nothing"),
    Operator.EQUALS: Usage(equals, frozenset(FactType), "same"),
    Operator.IN: Usage(is_in, _TEXT, "several"),
    Operator.CONTAINS: Usage(contains, _TEXT | _TEXTS, "item"),
    Operator.INTERSECTS: Usage(intersects, _TEXTS, "several"),
    Operator.MATCHES: Usage(matches, _TEXT | _TEXTS, "pattern"),
    Operator.BEFORE: Usage(before, frozenset({FactType.DATE}), "same"),
    Operator.AT_MOST: Usage(at_most, _NUMBERS, "same"),
    Operator.AT_LEAST: Usage(at_least, _NUMBERS, "same"),
}


def all_of(truths: tuple[Truth, ...]) -> Truth:
    """Join with "and": one no decides, else one unknown."""
    if False in truths:
        return False
    return None if None in truths else True


def any_of(truths: tuple[Truth, ...]) -> Truth:
    """Join with "or": one yes decides, else one unknown."""
    if True in truths:
        return True
    return None if None in truths else False


def negate(truth: Truth) -> Truth:
    """Turn yes into no; what is unknown stays so."""
    return None if truth is None else not truth


def _day(value: date) -> date:
    """Drop the time: a `datetime` is a date that does not compare with dates."""
    return value.date() if isinstance(value, datetime) else value


def _comparable(one: Value, other: Value) -> bool:
    """Say whether two values have one type; `True` is no number, whatever Python thinks."""
    if isinstance(one, bool) or isinstance(other, bool):
        return isinstance(one, bool) and isinstance(other, bool)
    kinds = (str, int | float, date, tuple)
    return any(isinstance(one, kind) and isinstance(other, kind) for kind in kinds)
