"""Norwegian national identity number (fødselsnummer) and D-number.

Authority: Norwegian Tax Administration (Skatteetaten); Regulation on the National Population
Register, FOR-2017-07-14-1201, chapter 2.

Structure `DDMMYYIIIKK`: date of birth, individual number, two check digits by modulus 11. The
individual number gives the century (000-499: 1900s; 500-749: 1854-1899; 900-999: 1940-1999;
500-999: 2000-2039). In a D-number the day is 41-71. It is printed in one run, or `DDMMYY IIIKK`.

From 2032 new numbers have an individual number that tells neither century nor sex, and a first
check digit that leaves a remainder of 0 to 3. None has been given out yet; `is_valid` refuses them.

Not among them: H-numbers (month 41-52), which a hospital gives within its own walls, FH-numbers
(first digit 8 or 9), which have no date, and the register's synthetic persons (month 81-92).

Chance: one in 120 random runs of eleven digits has both check digits, one in 900 a date as well.

Invented examples: 01019099713, 41019099898.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer
from detectors.card import ANY_NATION, Card, Reading
from detectors.digits import is_whole, stands_between_groups, weighted

_SHAPE = re.compile(r"(\d\d)(\d\d)(\d\d)[ -]?(\d{3})\d\d", re.ASCII)
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_MODULUS = 11
_D_NUMBER = 40
_CENTURIES = (
    (range(500), range(1900, 2000)),
    (range(500, 750), range(1854, 1900)),
    (range(900, 1000), range(1940, 2000)),
    (range(500, 1000), range(2000, 2040)),
)

_CONFIDENCE_CUE = 0.97
_CONFIDENCE_GROUPED = 0.82
_CONFIDENCE_BARE = 0.3
_DOUBT = 0.5
_LEAST = 0.01
_STRENGTH = 120.0


def is_valid(text: str) -> bool:
    """Check date, individual number and both check digits.

    >>> is_valid("01019099713"), is_valid("410190 99898"), is_valid("01019099714")
    (True, True, False)
    """
    return born(text) is not None


def born(text: str) -> date | None:
    """Read the date of birth of a valid number; none if it is not one."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    digits = text.replace(" ", "").replace("-", "")
    if weighted(digits[:10], _FIRST) % _MODULUS or weighted(digits, _SECOND) % _MODULUS:
        return None
    day, month, year, individual = map(int, shape.groups())
    for individuals, years in _CENTURIES:
        for whole in (1800 + year, 1900 + year, 2000 + year):
            if individual in individuals and whole in years:
                return _date(whole, month, day - _D_NUMBER * (day > _D_NUMBER))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _reading(code: str) -> Reading | None:
    day = born(code)
    return None if day is None else Reading(_STRENGTH, day)


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    written = match.group()
    bare = written.isdigit()
    if not is_whole(text, start, end, bare=bare) or not is_valid(written):
        return None
    if not bare and stands_between_groups(text, start, end):
        return None
    confidence = _CONFIDENCE_BARE if bare else _CONFIDENCE_GROUPED
    return Evidence(
        confidence,
        ("checksum", "date", "pattern"),
        written.replace(" ", "").replace("-", ""),
        claimed=_CONFIDENCE_CUE,
        disclaimed=max(confidence - _DOUBT, _LEAST),
    )


_RECOGNIZER = PatternRecognizer(
    name="no.fodselsnummer",
    entity="NO_FODSELSNUMMER",
    patterns=(r"\d{6}-?\d{5}", r"\b\d{6} \d{5}\b"),
    confirm=_confirm,
    context=(
        *("fødselsn", "fodselsn", "fnr", "d nummer", "dnummer", "personnummer", "personnr"),
        *("person nummer", "person nr", "pnr", "national id", "social security", "ssn"),
    ),
    context_gain=0.7,
    context_reach=0,
)

FODSELSNUMMER = Card(
    recognizers=(_RECOGNIZER,),
    category="identity.national_id",
    identifies="strong",
    headings=(
        *("fødselsnummer", "fødselsnr", "fnr", "d-nummer", "personnr", "personnummer"),
        *ANY_NATION,
    ),
    is_strict=True,
    owner="person",
    owner_words=(
        r"f[øo]dselsn|\bfnr|\bf[.]nr|\bd-?nummer|\bd-nr"
        r"|norwegian (?:nation|person|birth)|birth number"
    ),
    reading=_reading,
)
