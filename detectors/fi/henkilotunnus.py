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
from detectors.card import ANY_NATION, Card, Reading
from detectors.digits import stands_between_groups

CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
TEMPORARY = range(900, 1000)

_SHAPE = re.compile(r"(\d\d)(\d\d)(\d\d)([-+A-FU-Y])(\d{3})([0-9A-Y])", re.ASCII)
_FIRST_INDIVIDUAL = 2

# One in 31 of look-alikes with a true date and a separator passes; of random dddddd-dddd, 0.1 %.
_CONFIDENCE = 0.92
_CONFIDENCE_TEMPORARY = 0.85
_CONFIDENCE_SPACED = 0.7
_CONFIDENCE_BEFORE_1900 = 0.3


def is_valid(text: str) -> bool:
    """Check date, individual number and check character.

    >>> is_valid("010190-900P"), is_valid("010190-900R"), is_valid("310290-900P")
    (True, False, False)
    """
    return born(text) is not None


def born(text: str) -> date | None:
    """Read the date of birth of a valid code; none if it is not one."""
    shape = _SHAPE.fullmatch(text.upper())
    if shape is None:
        return None
    day, month, year, separator, individual, check = shape.groups()
    number = int(day + month + year + individual)
    if (
        int(individual) < _FIRST_INDIVIDUAL
        or CHECK_CHARACTERS[number % len(CHECK_CHARACTERS)] != check
    ):
        return None
    try:
        return date(CENTURIES[separator] + int(year), int(month), int(day))
    except ValueError:
        return None


def _reading(code: str) -> Reading | None:
    day = born(code)
    return None if day is None else Reading(len(CHECK_CHARACTERS), day)


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return None
    if text[start - 1 : start] in {"-", "+", "."} and text[max(0, start - 2) : start - 1].isdigit():
        return None
    if re.match(r"[-+.]\d", text[end : end + 2]) and text[end - 1].isdigit():
        return None
    code = match.group().replace(" ", "").upper()
    if not is_valid(code):
        return None
    confidence = _CONFIDENCE
    if " " in match.group():
        if stands_between_groups(text, start, end):
            return None
        confidence = _CONFIDENCE_SPACED
    elif code[6] == "+":
        confidence = _CONFIDENCE_BEFORE_1900
    elif int(code[7:10]) in TEMPORARY:
        confidence = _CONFIDENCE_TEMPORARY
    is_time = _is_time(code)
    return Evidence(
        0.0 if is_time else confidence,
        ("checksum", "date", "pattern"),
        code,
        claimed=confidence if is_time else None,
    )


def _is_time(code: str) -> bool:
    """Say whether it also reads as `DDMMYY-HHMM` of this century; who was born then is very old."""
    return re.fullmatch(r"\d{4}[0-2]\d-(?:[01]\d|2[0-3])[0-5]\d", code) is not None


_RECOGNIZER = PatternRecognizer(
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
        "identity number",
        "national id",
        "syntymäaika",
        "social security",
    ),
    context_gain=0.5,
)

HENKILOTUNNUS = Card(
    recognizers=(_RECOGNIZER,),
    category="identity.national_id",
    identifies="strong",
    headings=(
        *("henkilötunnus", "hetu", "sotu", "personbeteckning", "henkilotunnus"),
        *("finnish personal identity code", *ANY_NATION),
    ),
    is_strict=True,
    owner="person",
    owner_words=(
        r"henkil[öo]tunnu|\bhetu|\bsotu\b|sosiaaliturvatunnu|personbeteckning"
        r"|personal identity code"
    ),
    shared_words=0.05,
    reading=_reading,
    spoken=r"\b(?:ja|on|ei|että|hän|oli|olen|sekä|ovat|tai|minun|hänen)\b|ää|yö|uo|ii",
)
