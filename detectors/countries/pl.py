"""Polish personal number (PESEL).

Authority: Minister of Digital Affairs; Act of 24 September 2010 on population registration,
article 15.

Structure `YYMMDDNNNSC`: date of birth, with 20 added to the month for the 2000s, serial number, sex
and a check digit by modulus 10 with weights 1 3 7 9. It is written in one run.

Not among them: the 1800s (80 added to the month), of which nobody is alive, and the 2100s and
2200s, which are to come.

Chance: 0.7 % of random runs of eleven digits have a date and the check digit. So a word or a
column's name must say what it is.

Invented examples: 90010100009, 02270812343.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer
from detectors.card import ANY_NATION, Card, Reading
from detectors.digits import is_whole, weighted

_SHAPE = re.compile(r"(\d\d)([0-3]\d)(\d\d)\d{5}", re.ASCII)
_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
_MODULUS = 10
_NEXT_CENTURY = 20
"""Added to the month."""
_STRENGTH = 10.0

_CONFIDENCE_CUE = 0.95
_CONFIDENCE_BARE = 0.2


def is_valid(text: str) -> bool:
    """Check date and check digit.

    >>> is_valid("90010100009"), is_valid("90010100008"), is_valid("90013200009")
    (True, False, False)
    """
    return born(text) is not None


def born(text: str) -> date | None:
    """Read the date of birth of a valid number; none if it is not one."""
    shape = _SHAPE.fullmatch(text)
    if shape is None or weighted(text, _WEIGHTS) % _MODULUS:
        return None
    year, month, day = map(int, shape.groups())
    centuries, month = divmod(month, _NEXT_CENTURY)
    try:
        return date(1900 + centuries * 100 + year, month, day)
    except ValueError:
        return None


def _reading(code: str) -> Reading | None:
    day = born(code)
    return None if day is None else Reading(_STRENGTH, day)


def _confirm(match: re.Match[str]) -> Evidence | None:
    code = match.group()
    if not is_whole(match.string, match.start(), match.end(), bare=True) or not is_valid(code):
        return None
    return Evidence(
        _CONFIDENCE_BARE,
        ("checksum", "date", "pattern"),
        code,
        claimed=_CONFIDENCE_CUE,
        disclaimed=_CONFIDENCE_BARE,
    )


PESEL = Card(
    recognizers=(
        PatternRecognizer(
            name="pl.pesel",
            entity="PL_PESEL",
            patterns=(r"\b\d\d[0-3]\d[0-3]\d{6}\b",),
            confirm=_confirm,
            context=("pesel", "national id", "social security", "ssn"),
            context_gain=0.7,
            context_reach=0,
        ),
    ),
    category="identity.national_id",
    identifies="strong",
    headings=("pesel", "nr pesel", "numer pesel", "polish personal number", *ANY_NATION),
    is_strict=True,
    owner="person",
    owner_words=(
        r"pesel|polish (?:person|nation|id\b)|puolan henkil|puolalai\w+ henkil"
        r"|polsk\w* person-?n"
    ),
    shared_words=0.05,
    reading=_reading,
    spoken=r"\b(?:jest|nie|się|oraz|dla|jak|mój|moja|przez|przy|jego)\b|[łąęśćżźń]|[.]pl\b|[+]48|\bpolsk",
    is_met_abroad=False,
)
