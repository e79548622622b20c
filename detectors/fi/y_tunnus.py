"""Finnish business id (Y-tunnus). It belongs to an organisation and is no personal data by itself.

Authority: Finnish Patent and Registration Office and Tax Administration; Business Information Act
244/2001, section 9.

Structure `NNNNNNN-C`: seven digits and a check digit by modulus 11 (weights 7 9 10 5 8 4 2); a
remainder of 1 is not given out. As a VAT number `FI` and the eight digits.

Chance: one in eleven of look-alikes with a dash passes.

Invented examples: 9999999-2, FI99999992.
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card
from detectors.digits import is_whole, weighted

_SHAPE = re.compile(r"(?:FI)?(\d{7})-?(\d)", re.ASCII | re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_MODULUS = 11
_CONFIDENCE_CUE = 0.95
_CONFIDENCE = 0.6


def is_valid(text: str) -> bool:
    """Check the check digit.

    >>> is_valid("9999999-2"), is_valid("FI99999992"), is_valid("9999999-3")
    (True, True, False)
    """
    shape = _SHAPE.fullmatch(text)
    return shape is not None and ((weighted(shape[1], _WEIGHTS) + int(shape[2])) % _MODULUS == 0)


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    if not is_whole(text, start, end) or not is_valid(match.group()):
        return None
    value = re.sub(r"\D", "", match.group())
    return Evidence(_CONFIDENCE, ("checksum", "pattern"), value, claimed=_CONFIDENCE_CUE)


_RECOGNIZER = PatternRecognizer(
    name="fi.y_tunnus",
    entity="FI_BUSINESS_ID",
    patterns=(r"\d{7}-\d", r"FI\d{8}"),
    confirm=_confirm,
    context=("y tunnu", "ytunnu", "business id", "fo nummer", "vat", "alv"),
    context_reach=0,
)

Y_TUNNUS = Card(
    recognizers=(_RECOGNIZER,),
    category="organisation.business_id",
    owner="organisation",
    owner_words=r"y-?tunnu|business id|\balv\b|\bfo-n",
)
