"""Days on which a period of law cannot end in four countries, by the rules of their acts.

Finland: act 150/1930 § 5. Sweden: acts 1989:253 and 1930:173. Norway: act 24 February 1995 no. 12.
Denmark: the days of the established church and 1 January; Great Prayer Day until 2023.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

_SATURDAY, _FRIDAY = 5, 4
_LAST_PRAYER_DAY = 2023


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).

    >>> easter(2026), easter(2027)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28))
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, left = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holidays(country: str, year: int) -> frozenset[date]:
    """Give a country's public holidays (ISO 3166); none of a country that is not known."""
    rule = _RULES.get(country)
    return frozenset(rule(year)) if rule else frozenset()


def is_known(country: str) -> bool:
    """Say whether a country's holidays are known."""
    return country in _RULES


def _common(year: int) -> Iterator[date]:
    """Give what all four have: New Year, Good Friday, Easter Monday, Ascension, Christmas."""
    sunday = easter(year)
    yield date(year, 1, 1)
    yield from (sunday + timedelta(days=days) for days in (-2, 0, 1, 39))
    yield from (date(year, 12, 25), date(year, 12, 26))


def _finland(year: int) -> Iterator[date]:
    yield from _common(year)
    midsummer = _first(_SATURDAY, date(year, 6, 20))
    yield from (date(year, 1, 6), date(year, 5, 1), date(year, 12, 6), date(year, 12, 24))
    yield from (midsummer - timedelta(days=1), midsummer, _first(_SATURDAY, date(year, 10, 31)))


def _sweden(year: int) -> Iterator[date]:
    yield from _common(year)
    midsummer = _first(_SATURDAY, date(year, 6, 20))
    yield from (date(year, 1, 6), date(year, 5, 1), date(year, 6, 6))
    yield from (date(year, 12, 24), date(year, 12, 31))
    yield from (midsummer - timedelta(days=1), midsummer, _first(_SATURDAY, date(year, 10, 31)))


def _norway(year: int) -> Iterator[date]:
    yield from _common(year)
    yield from (easter(year) + timedelta(days=days) for days in (-3, 50))
    yield from (date(year, 5, 1), date(year, 5, 17))


def _denmark(year: int) -> Iterator[date]:
    yield from _common(year)
    yield from (easter(year) + timedelta(days=days) for days in (-3, 50))
    if year <= _LAST_PRAYER_DAY:
        yield _first(_FRIDAY, easter(year) + timedelta(days=22))


def _first(weekday: int, start: date) -> date:
    """Give the first day of the week's days on or after a day."""
    return start + timedelta(days=(weekday - start.weekday()) % 7)


_RULES: Mapping[str, Callable[[int], Iterator[date]]] = {
    "FI": _finland,
    "SE": _sweden,
    "NO": _norway,
    "DK": _denmark,
}
