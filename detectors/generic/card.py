"""Payment card number.

Authority: ISO/IEC 7812-1:2017 (Luhn check digit); ranges from the card schemes' public tables.
Structure: issuer range, account, check digit; 13 to 19 digits, printed in groups.

One in ten numbers passes Luhn by chance, so a bare run of digits is never sure without context.

Invented examples (the schemes' own test numbers): 4111 1111 1111 1111, 5555555555554444.
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card

_RANGES = (
    (r"4", (13, 16, 19)),
    (r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", (16,)),
    (r"3[47]", (15,)),
    (r"3(?:6|8|9|0[0-59])", (14,)),
    (r"35(?:2[89]|[3-8])", (16,)),
    (r"6(?:011|4[4-9]|5)", (16,)),
    (r"62", (16, 17, 18, 19)),
)
_ISSUERS = tuple((re.compile(prefix), lengths) for prefix, lengths in _RANGES)
_PRINTED = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5}")
_OTHER_NUMBER = re.compile(
    r"(?:viite|tilau|lasku|ovt|asiakasn|order|invoice|ref|tracking|lähety|seuranta|imei)[^\n]{0,20}$",
    re.IGNORECASE,
)
_NINE = 9
_CONFIDENCE_PRINTED = 0.65
_CONFIDENCE_RUN = 0.45


def is_valid(text: str) -> bool:
    """Check issuer range, length and Luhn digit; spaces and dashes are allowed.

    >>> is_valid("4111 1111 1111 1111"), is_valid("4111 1111 1111 1112")
    (True, False)
    """
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    return _luhn(digits) and any(
        len(digits) in lengths and prefix.match(digits) for prefix, lengths in _ISSUERS
    )


def _luhn(digits: str) -> bool:
    total = 0
    for position, char in enumerate(reversed(digits)):
        number = int(char) * (1 + position % 2)
        total += number - _NINE if number > _NINE else number
    return total % 10 == 0


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or after.isalnum() or before in {"-", ".", "+", "/"} or after == "/":
        return None
    if after in {"-", "."} and text[end + 1 : end + 2].isdigit():
        return None
    if not is_valid(match.group()):
        return None
    printed = _PRINTED.fullmatch(match.group()) is not None
    if not printed and _OTHER_NUMBER.search(text, max(0, start - 40), start):
        return None
    digits = match.group().replace(" ", "").replace("-", "")
    confidence = _CONFIDENCE_PRINTED if printed else _CONFIDENCE_RUN
    return Evidence(confidence, ("checksum", "pattern"), digits)


_RECOGNIZER = PatternRecognizer(
    name="generic.card",
    entity="CREDIT_CARD",
    patterns=(
        r"[2-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,4}(?:[ -]?\d{3})?",
        r"3[0689]\d\d[ -]?\d{6}[ -]?\d{4}\b",
        r"3[47]\d\d[ -]?\d{6}[ -]?\d{5}\b",
    ),
    confirm=_confirm,
    context=(
        "korttinumero",
        "luottokort",
        "maksukort",
        "pankkikort",
        "visa",
        "mastercard",
        "amex",
        "kreditkort",
        "kortnummer",
        "credit card",
        "card number",
        "payment card",
    ),
)

PAYMENT_CARD = Card(
    recognizers=(_RECOGNIZER,),
    category="financial.payment_card",
    headings=(
        *("korttinumero", "luottokortti", "kortnummer", "kreditkort", "kredittkort"),
        *("card number", "credit card"),
    ),
)
