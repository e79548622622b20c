"""Dates as people write them in Finnish, Swedish, Norwegian, Danish and English."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    1: "tammikuuta tammikuun tammikuu januari januar january jan",
    2: "helmikuuta helmikuun helmikuu februari februar february feb",
    3: "maaliskuuta maaliskuun maaliskuu mars marts march mar",
    4: "huhtikuuta huhtikuun huhtikuu april apr",
    5: "toukokuuta toukokuun toukokuu maj mai may",
    6: "kesäkuuta kesäkuun kesäkuu juni june jun",
    7: "heinäkuuta heinäkuun heinäkuu juli july jul",
    8: "elokuuta elokuun elokuu augusti august aug",
    9: "syyskuuta syyskuun syyskuu september sept sep",
    10: "lokakuuta lokakuun lokakuu oktober october okt oct",
    11: "marraskuuta marraskuun marraskuu november nov",
    12: "joulukuuta joulukuun joulukuu december desember dec des",
}
_MONTH_OF = {name: month for month, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\.? ?(?P<y>-?\d{4}|-?\d{2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})(?P<s>[/-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?!\d)"),
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th|:e|:a)?[ -]?(?:of |päivänä )?(?P<n>{_NAMES})\b"
        r"(?:\.?,?[ -](?P<y>\d{4}|-?\d{2}(?=\s|[.,;)]|$))(?!\d))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<n>{_NAMES})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y>\d{{4}})(?!\d))?",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})[ -](?P<y>\d{4}|\d{2}(?=\D|$))(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})[ ](?P<m>\d{1,2})[ ](?P<y>\d{4})(?!\d)"),
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{2})(?![\d-])"),
    re.compile(r"(?P<y>\d{2})(?P<m>\d{2})(?P<d>\d{2})(?![\d-])"),
    re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])"),
)
_PIVOT = 30
"""Two-digit years up to it are of this century; nobody born after it applies for work yet."""
_TWO_DIGITS = 100
_LEAP = 2000


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text."""

    end: int
    iso: str
    """`1985-02-01`, or `--02-01` without a year."""
    has_year: bool


def date_at(text: str, start: int) -> WrittenDate | None:
    """Read the date that begins at an offset.

    >>> date_at("s. 1.2.-85", 3).iso, date_at("3rd of March 1985", 0).iso
    ('1985-02-01', '1985-03-03')
    >>> date_at("31.2.1985", 0)
    """
    for form in _FORMS:
        found = form.match(text, start)
        if found is not None:
            read = _read(found.groupdict())
            if read is not None:
                return WrittenDate(found.end(), *read)
    return None


def _read(parts: dict[str, str | None]) -> tuple[str, bool] | None:
    name = parts.get("n")
    month = _MONTH_OF[name.lower()] if name else int(parts["m"] or 0)
    day = int(parts["d"] or 0)
    written = (parts.get("y") or "").lstrip("-")
    year = int(written) if written else _LEAP
    if written and year < _TWO_DIGITS:
        year += 2000 if year <= _PIVOT else 1900
    try:
        day_of_birth = date(year, month, day)
    except ValueError:
        return None
    iso = day_of_birth.isoformat()
    return (iso, True) if written else (f"-{iso[4:]}", False)
