"""Telephone number.

Authority: ITU-T E.164 (2010) and E.123 (2001) for how numbers are written; national plans as
Google's libphonenumber knows them. The library looks at candidates only, never at running text.

A bare run of digits is seldom sure: plausible grouping, the international form or words around it
decide. Dates, personal identity codes and pieces of longer numbers are not telephone numbers.

Invented examples: +358 40 012 3456, (09) 123 4567, 0400-123456.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from detectors.base import Evidence, PatternRecognizer

_RUN = re.compile(r"\+?[ ]?\(?\d(?:\)?[ ]?[/.-]?[ ]?\(?\d){5,16}", re.ASCII)
_AREA = re.compile(r"\+?\d{1,4}\)")
_EXTENSION = re.compile(
    r",? ?(?:ext\.?|extension|x|alanumero|ankn\.?|anknytning|lokal)[ :]?\d{1,5}\b", re.IGNORECASE
)
_NOT_PHONES = re.compile(
    r"\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}-\d{2}-\d{2}.*|\d{6}[-+]\d{3,4}|\d{1,3}(?:\.\d{1,3}){3}"
    r"|\d{1,2}\.\d{1,2}\.? ?- ?\d{1,2}\.\d{1,2}\.?(?:\d{4})?",
    re.ASCII,
)
_OTHER_NUMBER = re.compile(
    r"(?:viite|tilau|lasku|asiakasn|order|invoice|\bref|y-tunnu|isbn|issn|tuote|artikk|\bid\b"
    r"|tracking|seuranta|sarjan|serial|\bnro|diaari|dnro)[^\n]{0,12}$",
    re.IGNORECASE,
)
_GLUED = frozenset("/=_#&%@\\$€£")
_JOINING = frozenset(".,:-+ /")
_NATIONAL_EIGHT = frozenset({"NO", "DK"})
_SMALLEST_GROUP = 2

_INTERNATIONAL = 0.85
_INTERNATIONAL_00 = 0.7
_GROUPED = 0.65
_MOBILE_RUN = 0.55
_RUN_ONLY = 0.35
_EIGHT_DIGITS = 0.3
_DOUBT = 0.3


def is_valid(text: str, region: str = "FI") -> bool:
    """Ask the numbering plan.

    >>> is_valid("+358 40 0123456"), is_valid("040 0123456"), is_valid("+358 1")
    (True, True, False)
    """
    return _e164(text, region) is not None


@cache
def phone(regions: tuple[str, ...]) -> PatternRecognizer:
    """Make the recognizer for the countries whose national formats are read."""
    patterns = [
        r"\+ ?\(?[1-9]\d{0,2}\)?[ ()./-]{0,3}\d",
        r"\b00[1-9]\d{0,2}[ ()/-]{0,2}\d{2}",
        r"\b0[1-9]\d{0,3}\)?[ /.-]{0,3}\d{2}",
    ]
    if _NATIONAL_EIGHT.intersection(regions):
        patterns += [r"\b[2-9]\d \d\d \d\d \d\d", r"\b[2-9]\d\d \d\d \d\d\d", r"\b[2-9]\d{7}"]
    return PatternRecognizer(
        name="generic.phone",
        entity="PHONE_NUMBER",
        patterns=tuple(patterns),
        confirm=_confirmed_in(regions),
        context=(
            *(
                "puh",
                "tel",
                "gsm",
                "mob",
                "tlf",
                "matkapuh",
                "kännyk",
                "soita",
                "soitt",
                "numerost",
            ),
            *("phone", "call", "ring", "fax", "telefon", "whatsapp", "mobiil", "mobil", "vaihde"),
        ),
        context_gain=0.3,
        context_reach=40,
    )


def _confirmed_in(regions: tuple[str, ...]) -> Callable[[re.Match[str]], Evidence | None]:
    def confirm(match: re.Match[str]) -> Evidence | None:
        text = match.string
        start = match.start()
        if text[start - 1 : start] == "(" and _AREA.match(text, start):
            start -= 1
        run = _RUN.match(text, start)
        if run is None or not _begins(text, start):
            return None
        for end in _ends(text, run):
            written = text[start:end]
            if _NOT_PHONES.fullmatch(written):
                return None
            number = _number(written, regions)
            if number is not None:
                return _evidence(text, start, end, number)
        return None

    return confirm


def _begins(text: str, start: int) -> bool:
    """Say whether a number begins here, and not in the middle of another."""
    before = text[start - 1 : start]
    if not before:
        return True
    if before.isalnum() or before in _GLUED:
        return False
    return not (before in _JOINING and text[max(0, start - 2) : start - 1].isdigit())


def _ends(text: str, run: re.Match[str]) -> list[int]:
    """Give the places where the number may end, the farthest first: whole groups only."""
    after = text[run.end() : run.end() + 2]
    ends = [run.start() + gap.start() for gap in re.finditer(r" ", run.group())][::-1]
    if after[:1].isalnum() or after[:1] == "_" or (after[:1] in "-./:" and after[1:].isdigit()):
        return ends[:2]
    return [run.end(), *ends[:2]]


def _number(written: str, regions: tuple[str, ...]) -> str | None:
    digits = re.sub(r"[^\d+]", "", written.replace("(0)", ""))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+"):
        return _e164(digits, "")
    for region in regions:
        if not digits.startswith("0") and region not in _NATIONAL_EIGHT:
            continue
        number = _e164(digits, region)
        if number is not None:
            return number
    return None


@lru_cache(maxsize=4_096)
def _e164(digits: str, region: str) -> str | None:
    import phonenumbers  # noqa: PLC0415 - its tables are slow to load

    try:
        number = phonenumbers.parse(digits, region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _evidence(text: str, start: int, end: int, number: str) -> Evidence:
    written = text[start:end]
    confidence = _confidence(written)
    if _OTHER_NUMBER.search(text, max(0, start - 30), start):
        confidence -= _DOUBT
    extension = _EXTENSION.match(text, end)
    return Evidence(
        max(confidence, 0.0),
        ("library", "pattern"),
        number,
        start,
        extension.end() if extension else end,
    )


def _confidence(written: str) -> float:
    groups = re.findall(r"\d+", written)
    plausible = all(len(group) >= _SMALLEST_GROUP for group in groups[1:])
    if written.startswith("+"):
        return _INTERNATIONAL if plausible or "(0)" in written else _GROUPED
    if written.startswith("00"):
        return _INTERNATIONAL_00
    if not written.startswith(("0", "(0")):
        return _EIGHT_DIGITS
    if len(groups) > 1:
        return _GROUPED if plausible else _RUN_ONLY
    return _MOBILE_RUN if written.startswith(("04", "050", "07")) else _RUN_ONLY
