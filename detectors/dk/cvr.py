"""Danish business registration number (CVR-nummer). It belongs to an organisation, not a person.

Authority: Danish Business Authority (Erhvervsstyrelsen); Act on the Central Business Register,
LBK 1052 of 16 October 2019.

Structure: eight digits, the first not 0; weights 2 7 6 5 4 3 2 1, modulus 11. As a VAT number `DK`
and the digits. Danish and Norwegian telephone numbers have eight digits, too.

Chance: one in eleven runs of eight digits passes, so a word must say what it is.

Invented examples: 99999993, DK99999993.
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card
from detectors.digits import is_whole, stands_between_groups, weighted

_SHAPE = re.compile(r"(?:DK)?([1-9]\d{7})", re.ASCII | re.IGNORECASE)
_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_MODULUS = 11
_CONFIDENCE_CUE = 0.95
_CONFIDENCE_PREFIX = 0.6
_CONFIDENCE = 0.2


def is_valid(text: str) -> bool:
    """Check the check digit.

    >>> is_valid("99999993"), is_valid("DK 99 99 99 93"), is_valid("99999994")
    (True, True, False)
    """
    shape = _SHAPE.fullmatch(text.replace(" ", ""))
    return shape is not None and weighted(shape[1], _WEIGHTS) % _MODULUS == 0


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    if not is_whole(text, start, end) or not is_valid(match.group()):
        return None
    if stands_between_groups(text, start, end):
        return None
    value = re.sub(r"\D", "", match.group())
    confidence = _CONFIDENCE_PREFIX if match.group()[:1].isalpha() else _CONFIDENCE
    return Evidence(confidence, ("checksum", "pattern"), value, claimed=_CONFIDENCE_CUE)


_RECOGNIZER = PatternRecognizer(
    name="dk.cvr",
    entity="DK_CVR",
    patterns=(r"(?:DK ?)?[1-9]\d ?\d\d ?\d\d ?\d\d",),
    confirm=_confirm,
    context=("cvr", "vat", "moms", "virksomhedsn"),
    context_gain=0.5,
    context_reach=0,
)

CVR = Card(
    recognizers=(_RECOGNIZER,),
    category="organisation.business_id",
    owner="organisation",
    owner_words=r"\bcvr|\bse-n|virksomhedsn",
)
