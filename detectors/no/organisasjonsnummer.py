"""Norwegian organisation number. It belongs to an organisation; no personal data by itself.

Authority: Brønnøysund Register Centre; Act of 3 June 1994 no. 15 on the Register of Legal
Entities, section 5.

Structure: nine digits, the first 8 or 9, often in groups of three, `MVA` behind it where VAT is
registered; a check digit by modulus 11 (weights 3 2 7 6 5 4 3 2).

Chance: one in eleven runs of nine digits passes, so a word must say what it is.

Invented example: 999 999 999.
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card
from detectors.digits import is_whole, stands_between_groups, weighted

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_MODULUS = 11
_VAT = re.compile(r" ?MVA\b", re.IGNORECASE)
_CONFIDENCE_CUE = 0.95
_CONFIDENCE = 0.2


def is_valid(text: str) -> bool:
    """Check the first digit and the check digit.

    >>> is_valid("999 999 999"), is_valid("999999998"), is_valid("199999999")
    (True, False, False)
    """
    digits = text.replace(" ", "")
    shaped = re.fullmatch(r"[89]\d{8}", digits, re.ASCII) is not None
    return shaped and weighted(digits, _WEIGHTS) % _MODULUS == 0


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start = match.string, match.start()
    written = match.group().rstrip("MVAmva ")
    end = start + len(written)
    vat = _VAT.match(text, end)
    if not is_whole(text, start, vat.end() if vat else end) or not is_valid(written):
        return None
    if stands_between_groups(text, start, end):
        return None
    value = written.replace(" ", "")
    if vat:
        return Evidence(_CONFIDENCE_CUE, ("checksum", "context", "pattern"), value, start, end)
    codes = ("checksum", "pattern")
    return Evidence(_CONFIDENCE, codes, value, start, end, claimed=_CONFIDENCE_CUE)


_RECOGNIZER = PatternRecognizer(
    name="no.organisasjonsnummer",
    entity="NO_ORGANISASJONSNUMMER",
    patterns=(r"\b[89]\d\d ?\d{3} ?\d{3}\b", r"[89]\d\d ?\d{3} ?\d{3} ?MVA\b"),
    confirm=_confirm,
    context=("organisasjonsn", "org nr", "orgnr", "org nummer", "orgnum", "organization number"),
    context_gain=0.5,
    context_reach=0,
)

ORGANISASJONSNUMMER = Card(
    recognizers=(_RECOGNIZER,),
    category="organisation.business_id",
    owner="organisation",
    owner_words=r"foretak|\bmva\b",
)
