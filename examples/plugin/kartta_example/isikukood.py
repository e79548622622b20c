"""A recognizer: the Estonian personal identification code (isikukood).

Authority: Population Register Act, § 39; standard EVS 585:2007.

Structure `GYYMMDDSSSC`: sex and century, date of birth, serial number, and a check digit of two
series of weights modulo 11.

Chance: 0.3 % of random runs of eleven digits have a date and a check digit that agree.

Invented example: 49403136526.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer
from detectors.cues import is_whole

_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)
_NONE = 10


def is_valid(code: str) -> bool:
    """Check date and check digit.

    >>> is_valid("49403136526"), is_valid("49403136527"), is_valid("49413136526")
    (True, False, False)
    """
    digits = [int(digit) for digit in code]
    try:
        date(1800 + (digits[0] - 1) // 2 * 100 + int(code[1:3]), int(code[3:5]), int(code[5:7]))
    except ValueError:
        return False
    return digits[10] == check_digit(code)


def check_digit(code: str) -> int:
    """Compute the last digit from the ten before it."""
    for weights in (_FIRST, _SECOND):
        rest = sum(weight * int(digit) for weight, digit in zip(weights, code, strict=False)) % 11
        if rest != _NONE:
            return rest
    return 0


def _confirm(match: re.Match[str]) -> Evidence | None:
    code = match.group()
    if not is_whole(match.string, match.start(), match.end(), bare=True) or not is_valid(code):
        return None
    return Evidence(0.6, ("checksum", "date", "pattern"), code)


ISIKUKOOD = PatternRecognizer(
    name="ee.isikukood",
    entity="EE_ISIKUKOOD",
    patterns=(r"[1-8]\d{10}",),
    confirm=_confirm,
    context=("isikukood", "estonian personal", "virolainen henkilötunnus", "viron henkilötunnus"),
)
