"""Date of birth: a date that the text, or its column's name, says is one.

Authority: none; ISO 8601-1:2019 for the normal form. Written in Finnish, Swedish, Norwegian, Danish
or English, with or without the year.

Invented examples: s. 1.2.1985; syntymäaika: 1.2.-85; born on 1 February 1985; född 1985-02-01.
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.dates import WrittenDate, date_at

_GAP = re.compile(
    r"[^\d\n<>;]{0,32}?(?=\d|(?:jan|feb|mar|apr|ma[yij]|ju[nl]|aug|sep|o[ck]t|nov|de[cs]))",
    re.IGNORECASE,
)
_LABEL_GAP = re.compile(r"[\s:.|-]{1,6}(?=\d)")
_SHORT_GAP = re.compile(r" ?(?=\d)")
_SHORT_CUES = frozenset({"s.", "f."})
_PLAUSIBLE_YEARS = range(1900, 2031)
_CONFIDENCE = 0.9
_CONFIDENCE_SHORT = 0.75
_CONFIDENCE_NO_YEAR = 0.6
_CONFIDENCE_FIELD = 0.5


def is_valid(text: str) -> bool:
    """Check that it is a date on which somebody alive may have been born.

    >>> is_valid("1.2.1985"), is_valid("31.2.1985"), is_valid("1.2.1685")
    (True, False, False)
    """
    read = date_at(text, 0)
    return read is not None and read.end == len(text) and _is_plausible(read)


def _is_plausible(read: WrittenDate) -> bool:
    return not read.has_year or int(read.iso[:4]) in _PLAUSIBLE_YEARS


def _confirm(match: re.Match[str]) -> Evidence | None:
    text = match.string
    if text[match.start() - 1 : match.start()].isalnum():
        return None
    cue = match.group().lower()
    if cue[:2] in _SHORT_CUES:
        gaps: tuple[re.Pattern[str], ...] = (_SHORT_GAP,)
        after = match.start() + 2
    else:
        gaps = (_LABEL_GAP, _GAP)
        after = match.end()
    for gap in gaps:
        between = gap.match(text, after)
        read = date_at(text, between.end()) if between else None
        if between is None or read is None or not _is_plausible(read):
            continue
        if cue[:2] in _SHORT_CUES and not read.has_year:
            return None
        confidence = _CONFIDENCE_SHORT if cue[:2] in _SHORT_CUES else _CONFIDENCE
        if not read.has_year:
            confidence = _CONFIDENCE_NO_YEAR
        codes = ("context", "date", "pattern")
        return Evidence(confidence, codes, read.iso, between.end(), read.end)
    return None


def _confirm_field(match: re.Match[str]) -> Evidence | None:
    text, start = match.string, match.start()
    if text[start - 1 : start].isalnum() or text[start - 1 : start] in {"-", "."}:
        return None
    read = date_at(text, start)
    if read is None or not read.has_year or not _is_plausible(read):
        return None
    return Evidence(_CONFIDENCE_FIELD, ("date", "pattern"), read.iso, start, read.end)


BIRTH_DATE = PatternRecognizer(
    name="generic.birth_date",
    entity="BIRTH_DATE",
    patterns=(
        r"\b[sf]\. ?\d{1,4}[.-]",
        r"syntynyt",
        r"\bsynt\.",
        r"synt\.? ?aika",
        r"syntymä(?:aika|päivä)[a-zäö]{0,6}",
        r"\bfödd?\b",
        r"födelse(?:datum|dag|tid)",
        r"\bfødd?t?\b",
        r"fødsels(?:dato|dag)",
        r"\bborn\b",
        r"\bd\.?o\.?b\b\.?",
        r"birth ?da(?:te|y)",
        r"date of birth",
    ),
    confirm=_confirm,
)

BIRTH_DATE_FIELD = PatternRecognizer(
    name="generic.birth_date_field",
    entity="BIRTH_DATE",
    patterns=(
        r"\d{1,2}\.\d{1,2}\.\d{4}",
        r"\d{4}-\d\d-\d\d",
        r"\d{1,2}/\d{1,2}/\d{4}",
        r"\b[12]\d{7}\b",
    ),
    confirm=_confirm_field,
    context=("synt", "birth", "födelse", "född", "fødsel", "født", "dob"),
    context_gain=0.4,
    context_reach=0,
    needs_context=True,
)
