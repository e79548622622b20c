"""Days as people write them in a list: what may be one of two days is refused."""

import re
from datetime import UTC, date, datetime

from detectors.dates import date_at

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
_WORDS = re.compile(r"[^\W\d_]{3}")
_MONTHS = 12


class NoDayError(ValueError):
    """A cell is no day; the message says what to write instead, and never what is in it."""


def day_of(text: str) -> datetime:
    """Read a day; without an hour it begins at midnight.

    >>> day_of("31.12.2026").date(), day_of("31. joulukuuta 2026").date()
    (datetime.date(2026, 12, 31), datetime.date(2026, 12, 31))
    >>> day_of("31/12/2026").date(), day_of("2026-12-31 10:00").date()
    (datetime.date(2026, 12, 31), datetime.date(2026, 12, 31))

    Raises:
        NoDayError: it is none, or may be one of two.
    """
    written = text.strip()
    try:
        if _ISO.fullmatch(written):
            at = datetime.fromisoformat(written)
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        if found := _DOTTED.fullmatch(written):
            return _midnight(int(found[3]), int(found[2]), int(found[1]))
        if found := _SLASHED.fullmatch(written):
            return _slashed(int(found[1]), int(found[3]), int(found[4]))
    except (ValueError, OverflowError) as error:
        if isinstance(error, NoDayError):
            raise
        raise NoDayError("is no day of the calendar") from error
    read = date_at(written, 0) if _WORDS.search(written) else None
    if read is None or not read.has_year or read.end != len(written):
        raise NoDayError("is no day: write 2026-12-31 or 31.12.2026")
    return _midnight(*map(int, read.iso.split("-")))


def _slashed(first: int, second: int, year: int) -> datetime:
    """Read `31/12/2026`; `03/04/2026` is another day in another country."""
    if first <= _MONTHS and second <= _MONTHS and first != second:
        raise NoDayError("may be one of two days: write 2026-12-31 or 31.12.2026")
    return (
        _midnight(year, second, first)
        if first > _MONTHS or first == second
        else _midnight(year, first, second)
    )


def _midnight(year: int, month: int, day: int) -> datetime:
    moment = date(year, month, day)
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
