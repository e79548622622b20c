"""International bank account number.

Authority: ISO 13616-1:2020; lengths from the SWIFT IBAN registry, release 99 (2024).
Structure: country, two check digits (ISO 7064 modulo 97), national account number; printed in
groups of four.

Invented example: FI21 1234 5600 0007 85 (the registry's own).
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.bullets import leaving
from detectors.card import Card

LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT",
        26: "IS TR",
        27: "FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
_MODULUS = 97
_LONGEST_PRINTED = 42
# One in 97 of look-alikes with a known country and the right length passes.
_CONFIDENCE = 0.96


def is_valid(text: str) -> bool:
    """Check country, length and check digits; spaces between groups are allowed.

    >>> is_valid("FI21 1234 5600 0007 85"), is_valid("FI21 1234 5600 0007 86")
    (True, False)
    """
    compact = text.replace(" ", "").upper()
    if len(compact) != LENGTHS.get(compact[:2]) or not (compact.isascii() and compact.isalnum()):
        return False
    if not compact[2:4].isdigit():
        return False
    number = "".join(str(int(char, 36)) for char in compact[4:] + compact[:4])
    return int(number) % _MODULUS == 1


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start = match.string, match.start()
    if text[start - 1 : start].isalnum():
        return None
    end = _end(text, start, LENGTHS.get(match.group()[:2].upper(), 0))
    if end is None or text[end : end + 1].isalnum() or not is_valid(text[start:end]):
        return None
    compact = text[start:end].replace(" ", "").upper()
    return Evidence(_CONFIDENCE, ("checksum", "pattern"), compact, start, end)


def _end(text: str, start: int, length: int) -> int | None:
    """Find where so many letters and digits end, single spaces between them."""
    seen = 0
    for position in range(start, min(len(text), start + _LONGEST_PRINTED)):
        char = text[position]
        if char.isalnum():
            seen += 1
            if seen == length:
                return position + 1
        elif char != " " or text[position - 1] == " ":
            return None
    return None


_RECOGNIZER = PatternRecognizer(
    name="generic.iban",
    entity="IBAN_CODE",
    patterns=(r"[a-z]{2}\d\d ?[0-9a-z]{4} ?[0-9a-z]{4} ?[0-9a-z]{3}",),
    confirm=_confirm,
    context=("iban", "tilinumero", "pankkitili", "kontonummer", "bank account"),
)

IBAN = Card(
    recognizers=(_RECOGNIZER,),
    category="financial.bank_account",
    identifies="strong",
    mask=leaving(2),
    headings=(
        *("iban", "tilinumero", "pankkitili", "bankkonto", "kontonummer", "kontonr"),
        *("bank account", "account number"),
    ),
    is_strict=True,
)
