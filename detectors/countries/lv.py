"""Latvian personal code (personas kods).

Authority: Office of Citizenship and Migration Affairs (PMLP); Law on the Register of Natural
Persons.

Structure `DDMMYY-CNNNX`: date of birth, century (0: 1800s, 1: 1900s, 2: 2000s), serial number, and
a check digit by modulus 11 (1101 less the digits times 1 6 3 7 9 10 5 8 4 2). Codes given out since
July 2017 begin with 32 and hold no date; that theirs has a check digit is not published, so it is
not asked for, and counts where it is right. Both are also written in one run.

Not among them: the 1800s, of which nobody is alive.

Chance: 0.08 % of random `dddddd-ddddd` have a date, a century and the check digit; 1 % begin with
32, and 0.1 % have the check digit as well. So the old form with its dash is likely, and all else
needs a word that says what it is.

Invented examples, from the trust service's range for tests: 030303-10012, 329999-99901.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer
from detectors.card import ANY_NATION, Card, Reading
from detectors.digits import is_whole, stands_between_groups, weighted

_SHAPE = re.compile(r"(\d\d)(\d\d)(\d\d)-?([0-2])\d{3}\d", re.ASCII)
_SHAPE_SINCE_2017 = re.compile(r"32\d{4}-?\d{5}", re.ASCII)
_WEIGHTS = (1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FROM = 1101
_MODULUS = 11
_CENTURIES = {"1": 1900, "2": 2000}
_PLAUSIBLE = range(1930, 2010)
"""Outside, two groups are likelier something else; who is so old or young needs a word."""
_STRENGTH = 10.0
_STRENGTH_UNCHECKED = 0.05

_CONFIDENCE_CUE = 0.95
_CONFIDENCE_CUE_ALONE = 0.8
_CONFIDENCE_DASH = 0.7
_CONFIDENCE_BARE = 0.2
_CONFIDENCE_UNCHECKED = 0.05


def is_valid(text: str) -> bool:
    """Check date, century and check digit; of a code since 2017 only that it begins with 32.

    >>> is_valid("030303-10012"), is_valid("030303-10013"), is_valid("329999-99901")
    (True, False, True)
    """
    return reading(text) is not None


def reading(code: str) -> Reading | None:
    """Read a code; none if it is not valid."""
    if _SHAPE_SINCE_2017.fullmatch(code):
        return Reading(_STRENGTH if has_check_digit(code) else _STRENGTH_UNCHECKED)
    shape = _SHAPE.fullmatch(code)
    if shape is None or shape[4] not in _CENTURIES or not has_check_digit(code):
        return None
    try:
        born = date(_CENTURIES[shape[4]] + int(shape[3]), int(shape[2]), int(shape[1]))
    except ValueError:
        return None
    return Reading(_STRENGTH, born)


def has_check_digit(code: str) -> bool:
    """Say whether the last digit follows from the ten before it."""
    digits = code.replace("-", "")
    return (_FROM - weighted(digits[:10], _WEIGHTS)) % _MODULUS % 10 == int(digits[10])


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    written = match.group().replace(" ", "")
    bare = written.isdigit()
    read = reading(written) if is_whole(text, start, end, bare=bare) else None
    if read is None or stands_between_groups(text, start, end):
        return None
    codes = ["pattern"]
    if has_check_digit(written):
        codes.append("checksum")
    if read.born:
        codes.append("date")
    if not bare and read.born is not None and read.born.year in _PLAUSIBLE:
        confidence = _CONFIDENCE_DASH
    else:
        confidence = _CONFIDENCE_BARE if "checksum" in codes else _CONFIDENCE_UNCHECKED
    return Evidence(
        confidence,
        tuple(sorted(codes)),
        written.replace("-", ""),
        claimed=_CONFIDENCE_CUE if "checksum" in codes else _CONFIDENCE_CUE_ALONE,
        disclaimed=min(confidence, _CONFIDENCE_BARE),
    )


PERSONAS_KODS = Card(
    recognizers=(
        PatternRecognizer(
            name="lv.personas_kods",
            entity="LV_PERSONAS_KODS",
            patterns=(r"\b[0-3]\d[01]\d{3}(?: ?- ?)?[12]\d{4}\b", r"\b32\d{4}(?: ?- ?)?\d{5}\b"),
            confirm=_confirm,
            context=("personas kod", "personaskod", "national id", "social security", "ssn"),
            context_gain=0.7,
            context_reach=0,
        ),
    ),
    category="identity.national_id",
    identifies="strong",
    headings=("personas kods", "personas kodi", "latvian personal code", *ANY_NATION),
    is_strict=True,
    owner="person",
    owner_words=(
        r"personas kod|\bp[.] ?k[.]|latvian (?:person|nation|id\b|henkil)|latvialai\w+ henkil"
        r"|lettisk\w* person-?[kn]"
    ),
    shared_words=0.05,
    reading=reading,
    spoken=r"\b(?:un|ir|kas|arī|viņš|viņa|mans|mana|nav|dzīvo)\b|[āēīūņļķģ]|[.]lv\b|[+]371|\blatvij",
    is_met_abroad=False,
)
