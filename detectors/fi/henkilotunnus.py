"""Finnish personal identity code (henkilötunnus).

Authority: Digital and Population Data Services Agency (DVV); Decree 690/2022 on the population
information system, in force since 1 January 2023.

Structure `DDMMYYSNNNC`: date of birth, separator S for the century (`+` 1800s; `-YXWVU` 1900s;
`ABCDEF` 2000s), individual number 002-899 (900-999 are temporary codes), and a check character
from DDMMYYNNN modulo 31. The separator is part of the identity: two people may differ in it alone.

Invented examples, from the temporary range: 010190-900P, 131052Y950T.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer

CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
TEMPORARY = range(900, 1000)

_SHAPE = re.compile(r"(\d\d)(\d\d)(\d\d)([-+A-FU-Y])(\d{3})([0-9A-Y])", re.ASCII)
_FIRST_INDIVIDUAL = 2

# One in 31 of look-alikes with a true date and a separator passes.
_CONFIDENCE = 0.92
_CONFIDENCE_TEMPORARY = 0.85
_CONFIDENCE_SPACED = 0.7


def is_valid(text: str) -> bool:
    """Check date, individual number and check character.

    >>> is_valid("010190-900P"), is_valid("010190-900R"), is_valid("310290-900P")
    (True, False, False)
    """
    shape = _SHAPE.fullmatch(text.upper())
    if shape is None:
        return False
    day, month, year, separator, individual, check = shape.groups()
    try:
        date(CENTURIES[separator] + int(year), int(month), int(day))
    except ValueError:
        return False
    number = int(day + month + year + individual)
    return (
        int(individual) >= _FIRST_INDIVIDUAL
        and CHECK_CHARACTERS[number % len(CHECK_CHARACTERS)] == check
    )


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return None
    if text[start - 1 : start] in {"-", "+", "."} and text[max(0, start - 2) : start - 1].isdigit():
        return None
    code = match.group().replace(" ", "").upper()
    if not is_valid(code):
        return None
    confidence = _CONFIDENCE
    if " " in match.group():
        confidence = _CONFIDENCE_SPACED
    elif int(code[7:10]) in TEMPORARY:
        confidence = _CONFIDENCE_TEMPORARY
    return Evidence(confidence, ("checksum", "date", "pattern"), code)


HENKILOTUNNUS = PatternRecognizer(
    name="fi.henkilotunnus",
    entity="FI_PERSONAL_IDENTITY_CODE",
    patterns=(r"\d{6}[-+a-fu-y]\d{3}[0-9a-y]", r"\d{6} ?[-+] ?\d{3}[0-9a-y]"),
    confirm=_confirm,
    context=(
        "henkilötunnu",
        "henkilotunnu",
        "hetu",
        "sotu",
        "sosiaaliturvatunnu",
        "personbeteckning",
        "personal identity code",
        "syntymäaika",
        "social security",
    ),
)
