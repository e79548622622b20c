"""Estonian personal identification code (isikukood).

Authority: Ministry of the Interior, population register; Population Register Act, § 39; standard
EVS 585:2007.

Structure `GYYMMDDSSSC`: sex and century (3, 4: 1900s; 5, 6: 2000s), date of birth, serial number,
and a check digit by modulus 11 with weights 1 2 3 4 5 6 7 8 9 1; where that leaves 10, with weights
3 4 5 6 7 8 9 1 2 3, and 0 where that leaves 10 again. It is written in one run.

Not among them: 1 and 2 (1800s) and 7 and 8 (2100s), which nobody who is alive can have.

Chance: 0.13 % of random runs of eleven digits have a date and the check digit. So a word or a
column's name must say what it is. Lithuanian codes are built alike: between the two, the country's
own word, language or domain decides.

Invented examples, from the trust service's range for tests: 60001019906, 30303039914.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer
from detectors.card import ANY_NATION, Card, Reading
from detectors.digits import is_whole, weighted

_SHAPE = re.compile(r"([3-6])(\d\d)(\d\d)(\d\d)\d{3}(\d)", re.ASCII)
_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)
_MODULUS = 11
_TEN = 10
_STRENGTH = 10.0

_CONFIDENCE_CUE = 0.95
_CONFIDENCE_BARE = 0.2


def is_valid(text: str) -> bool:
    """Check date and check digit.

    >>> is_valid("60001019906"), is_valid("60001019907"), is_valid("60013019906")
    (True, False, False)
    """
    return born(text) is not None


def born(text: str) -> date | None:
    """Read the date of birth of a valid code; none if it is not one."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    first, year, month, day, check = map(int, shape.groups())
    if check != check_digit(text[:-1]):
        return None
    try:
        return date(1900 + (first - 3) // 2 * 100 + year, month, day)
    except ValueError:
        return None


def check_digit(ten: str) -> int:
    """Compute the last digit from the ten before it."""
    for weights in (_FIRST, _SECOND):
        rest = weighted(ten, weights) % _MODULUS
        if rest != _TEN:
            return rest
    return 0


def reading(code: str) -> Reading | None:
    """Read a code; none if it is not valid."""
    day = born(code)
    return None if day is None else Reading(_STRENGTH, day)


def confirm(match: re.Match[str]) -> Evidence | None:
    """Look at a run of eleven digits."""
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


ISIKUKOOD = Card(
    recognizers=(
        PatternRecognizer(
            name="ee.isikukood",
            entity="EE_ISIKUKOOD",
            patterns=(r"\b[3-6]\d\d[01]\d[0-3]\d{5}\b",),
            confirm=confirm,
            context=("isikukood", "isiku kood", "national id", "social security", "ssn"),
            context_gain=0.7,
            context_reach=0,
        ),
    ),
    category="identity.national_id",
    identifies="strong",
    headings=("isikukood", "isiku kood", "estonian personal code", *ANY_NATION),
    is_strict=True,
    owner="person",
    owner_words=(
        r"isikukoo|isiku kood|estonian (?:person|nation|id\b)|viron henkil|virolai\w+ henkil"
        r"|estnisk\w* person-?[kn]"
    ),
    shared_words=0.05,
    reading=reading,
    spoken=r"\b(?:ning|kui|kes|aga|või|minu|koos|kuid|mis|elukoht)\b|õ|[.]ee\b|[+]372|\beston",
    is_met_abroad=False,
)
