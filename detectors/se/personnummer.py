"""Swedish personal identity number (personnummer) and coordination number (samordningsnummer).

Authority: Swedish Tax Agency, SKV 704 and SKV 707; Population Registration Act (1991:481), 18 §;
Act (2022:1697) on coordination numbers.

Structure `YYMMDD-NNNC`, or with the century `YYYYMMDDNNNC`: date of birth, separator (`+` from the
year in which the person turns 100), birth number 001-999, and a Luhn digit over the nine digits
before it. In a coordination number the day is 61-91.

Chance: one in ten numbers passes Luhn; 0.8 % of random `dddddd-dddd` and 0.7 % of random runs of
ten digits have a date as well. So a separator is needed, or a word that says what the number is.
`YYMMDD-HHMM` is also how files are named: what reads as a time of recent years needs a word too.

Two-digit years up to 30 are taken to be of this century, so that both forms give one value.

Invented examples, from the Tax Agency's range for tests: 900102-9819, 19900162-9816.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer
from detectors.card import ANY_NATION, Card, Reading
from detectors.digits import is_whole, luhn, stands_between_groups

_SHAPE = re.compile(r"(18|19|20)?(\d\d)(\d\d)(\d\d) ?([-+]?) ?(\d{3})(\d)", re.ASCII)
_COORDINATION = 60
_STRENGTH = 10.0
_STRENGTH_COORDINATION = 0.2
"""There are few coordination numbers."""
_PIVOT = 30
_CENTURY = 100
_TIMES = range(2009, 2036)
"""Years of which a time stamp is likelier than the birth of anybody in an applicant's file."""
_HOURS, _MINUTES = 24, 60

_CONFIDENCE_CUE = 0.95
_CONFIDENCE_SEPARATOR = 0.65
_CONFIDENCE_CENTURY = 0.8
_CONFIDENCE_BARE = 0.2


def is_valid(text: str) -> bool:
    """Check date, birth number and Luhn digit; ten or twelve digits, coordination numbers too.

    >>> is_valid("900102-9819"), is_valid("199001029819"), is_valid("900102-9818")
    (True, True, False)
    >>> is_valid("900162-9816")
    True
    """
    return born(text) is not None


def born(text: str) -> date | None:
    """Read the date of birth of a valid number; none if it is not one."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    century, year, month, day, separator, number, check = shape.groups()
    if number == "000" or not luhn(year + month + day + number + check):
        return None
    whole = int(year) + (2000 if int(year) <= _PIVOT else 1900)
    if century:
        whole = int(century + year)
    elif separator == "+":
        whole -= _CENTURY
    try:
        return date(whole, int(month), int(day) - _COORDINATION * (int(day) > _COORDINATION))
    except ValueError:
        return None


def _reading(code: str) -> Reading | None:
    day = born(code)
    if day is None:
        return None
    is_coordination = int(re.sub(r"\D", "", code)[-6:-4]) > _COORDINATION
    return Reading(_STRENGTH_COORDINATION if is_coordination else _STRENGTH, day)


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    written = match.group()
    bare = written.isdigit()
    day = born(written) if is_whole(text, start, end, bare=bare) else None
    if day is None or (" " in written and stands_between_groups(text, start, end)):
        return None
    digits = re.sub(r"\D", "", written)
    if bare or " " in written or "+" in written or _is_time(day, digits):
        confidence = _CONFIDENCE_BARE
    else:
        confidence = (
            _CONFIDENCE_SEPARATOR if len(digits) == len("YYMMDDNNNC") else (_CONFIDENCE_CENTURY)
        )
    return Evidence(
        confidence,
        ("checksum", "date", "pattern"),
        f"{day.year}{digits[-8:]}",
        claimed=_CONFIDENCE_CUE,
        disclaimed=_CONFIDENCE_BARE,
    )


def _is_time(day: date, digits: str) -> bool:
    return day.year in _TIMES and int(digits[-4:-2]) < _HOURS and int(digits[-2:]) < _MINUTES


_RECOGNIZER = PatternRecognizer(
    name="se.personnummer",
    entity="SE_PERSONNUMMER",
    patterns=(r"\d{6}(?:\d\d)?(?: ?[-+] ?)?\d{4}", r"\b\d{6}(?:\d\d)? \d{4}\b"),
    confirm=_confirm,
    context=(
        *("personnummer", "person nummer", "personnr", "person nr", "personnumber", "pers nr"),
        *("pnr", "samordningsn", "personal identity", "national id", "social security", "ssn"),
    ),
    context_gain=0.7,
    context_reach=0,
)

PERSONNUMMER = Card(
    recognizers=(_RECOGNIZER,),
    category="identity.national_id",
    identifies="strong",
    headings=("personnummer", "personnr", "pnr", "samordningsnummer", *ANY_NATION),
    is_strict=True,
    owner="person",
    # No organisation has a third digit below 2: it is a sole trader's own number.
    other_owners=frozenset({"organisation"}),
    owner_words=r"samordnings|coordination n|swedish (?:person|social|id)",
    shared_words=10.0,
    reading=_reading,
    spoken=r"\b(?:och|att|är|jag|inte|med|från|har|för|som|hennes|hans|av|till)\b|å",
)
