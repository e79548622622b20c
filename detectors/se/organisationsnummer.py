"""Swedish organisation number. It belongs to an organisation and is no personal data by itself.

Authority: Swedish Companies Registration Office and Tax Agency (SKV 709); Act (1974:174) on
identity designations for legal persons.

Structure `GNNNNN-NNNC`: the third digit is 2 or more, which no date has; a Luhn digit at the end.
With `16` in front it has twelve digits; as a VAT number `SE`, the ten digits and `01`. A sole
trader's number is a personnummer and is reported as one.

Chance: one in ten of look-alikes with a dash passes.

Invented example: 999999-9999.
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card
from detectors.digits import is_whole, luhn

_SHAPE = re.compile(r"(?:16)?([1-9]\d[2-9]\d{3})-?(\d{4})", re.ASCII)
_CONFIDENCE_CUE = 0.95
_CONFIDENCE_SEPARATOR = 0.6
_CONFIDENCE_BARE = 0.2


def is_valid(text: str) -> bool:
    """Check the third digit and the Luhn digit.

    >>> is_valid("999999-9999"), is_valid("999999-9998"), is_valid("900102-9819")
    (True, False, False)
    """
    shape = _SHAPE.fullmatch(text)
    return shape is not None and luhn(shape[1] + shape[2])


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    bare = match.group().isdigit()
    if not is_whole(text, start, end, bare=bare) or not is_valid(match.group()):
        return None
    value = re.sub(r"\D", "", match.group())[-10:]
    confidence = _CONFIDENCE_BARE if bare else _CONFIDENCE_SEPARATOR
    return Evidence(confidence, ("checksum", "pattern"), value, claimed=_CONFIDENCE_CUE)


_RECOGNIZER = PatternRecognizer(
    name="se.organisationsnummer",
    entity="SE_ORGANISATIONSNUMMER",
    patterns=(r"(?:16)?[1-9]\d[2-9]\d{3}-?\d{4}",),
    confirm=_confirm,
    context=("organisationsn", "org nr", "orgnr", "org nummer", "orgnum", "organisation number"),
    context_gain=0.5,
    context_reach=0,
)

ORGANISATIONSNUMMER = Card(
    recognizers=(_RECOGNIZER,),
    category="organisation.business_id",
    owner="organisation",
    owner_words=r"företags|\bmoms",
)
