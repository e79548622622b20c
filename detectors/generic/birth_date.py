"""Date of birth: a date that the text, or its column's name, says is one.

Authority: none; ISO 8601-1:2019 for the normal form. Written in Finnish, Swedish, Norwegian, Danish
or English, with or without the year. A year alone is no date.

Invented examples: s. 1.2.1985; syntymäaika: 1.2.-85; born on 1 February 1985; född 1985-02-01.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card
from detectors.dates import WrittenDate, date_at

_MONTH = (
    r"(?:jan|feb|mar|apr|ma[yij]|ju[nl]|aug|sep|o[ck]t|nov|de[cs]|(?:tammi|helmi|maalis|huhti|touko"
    r"|kesä|heinä|elo|syys|loka|marras|joulu)kuu)"
)
_WORDS_GAP = re.compile(
    r"[^\d\n<>;|]{0,40}?(?:\n[> ]{0,12}[^\d\n<>;|:]{0,20}?)?"
    rf"(?=(?<!\w)[\dlIO]{{0,2}}\d|\b{_MONTH})",
    re.IGNORECASE,
)
_LABEL_GAP = re.compile(rf"[\s:.|*_-]{{1,12}}(?=[lIO]?\d|\d|{_MONTH})", re.IGNORECASE)
_SHORT_GAP = re.compile(rf" ?(?:den |d\. ?)?(?=\d|{_MONTH})", re.IGNORECASE)
_OTHER_EVENT = re.compile(
    r"\b(?:aloit|alko|päätty|valmistu|haastat|starta|börja|slut|begyn|start|end|valid|issued|graduat"
    r"|voimassa|gyldig|giltig|utfärd|utsted|ansat|anställ|employ|join|work|hake|apply|appli)",
    re.IGNORECASE,
)
"""What else may have happened on the date that follows the cue in its sentence."""
_DATE_BEFORE = re.compile(
    r"(?P<date>\d{1,2}\. ?\d{1,2}\. ?-?(?:\d{4}|\d{2})|\d{4}-\d\d-\d\d"
    r"|\d{1,2}\. (?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuuta"
    r" \d{4}) (?:[A-ZÅÄÖ][\w-]{2,20} )?$"
)
_ATTRIBUTE = re.compile(r"syntyn(?:yt|een|yttä)|født?e?|född?a?", re.IGNORECASE)
_SHORT = re.compile(r"[sfb]\. ?|\*", re.IGNORECASE)
_PLAUSIBLE_YEARS = range(1900, 2031)
_MISREAD = str.maketrans("lI|Oo", "11100")
"""What optical recognition makes of digits."""
_LONGEST = 24
_CELL = re.compile(r"[|\t;]")
_HEADING = re.compile(
    r"\b(?:synt|född|föd\.|födelse|født?\b|fødsel|f\.? ?dato|birth|born|d\.?o\.?b\b)", re.IGNORECASE
)
_HIGHEST_TABLE = 60
"""Lines up to the heading of a table."""
_CONFIDENCE = 0.9
_CONFIDENCE_TABLE = 0.85
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
    short = _SHORT.match(match.group())
    if short is not None:
        read = _after(text, match.start() + len(short.group()), (_SHORT_GAP,))
        if read is None or not read[1].has_year:
            return None
        return _evidence(*read, _CONFIDENCE_SHORT)
    if _ATTRIBUTE.fullmatch(match.group()):
        before = _before(text, match.start())
        if before is not None:
            return _evidence(*before, _CONFIDENCE)
    read = _after(text, match.end(), (_LABEL_GAP, _WORDS_GAP))
    return None if read is None else _evidence(*read, _CONFIDENCE)


def _after(
    text: str, position: int, gaps: tuple[re.Pattern[str], ...]
) -> tuple[int, WrittenDate] | None:
    """Read the date that the cue is about."""
    for start in _starts(text, position, gaps):
        read = _date_at(text, start)
        if read is not None and _is_plausible(read):
            return start, read
    return None


def _date_at(text: str, start: int) -> WrittenDate | None:
    """Read a date, also one whose digits were misread; the longer reading is the right one."""
    read = date_at(text, start)
    written = text[start : start + _LONGEST]
    mended = re.sub(r"(?<=[\d./-])[lI|Oo]|[lI|Oo](?=[\d./-])", _digit, written)
    if mended == written:
        return read
    again = date_at(mended, 0)
    if again is None or (read is not None and start + again.end <= read.end):
        return read
    return replace(again, end=start + again.end)


def _digit(letter: re.Match[str]) -> str:
    return letter.group().translate(_MISREAD)


def _starts(text: str, position: int, gaps: tuple[re.Pattern[str], ...]) -> Iterator[int]:
    for gap in gaps:
        between = gap.match(text, position)
        if between is not None and not _OTHER_EVENT.search(between.group()):
            yield between.end()


def _before(text: str, position: int) -> tuple[int, WrittenDate] | None:
    """Read the date directly before an attribute: `1.2.1985 syntynyt hakija`."""
    begin = max(0, position - 50)
    found = _DATE_BEFORE.search(text[begin:position])
    if found is None:
        return None
    read = date_at(text, begin + found.start())
    return (begin + found.start(), read) if read and _is_plausible(read) else None


def _confirm_cell(match: re.Match[str]) -> Evidence | None:
    """Look at a date in a table: the heading of its column says what it is."""
    text = match.string
    cell = re.search(r"\d", match.group())
    start = match.start() + (cell.start() if cell else 0)
    read = date_at(text, start)
    if read is None or not read.has_year or not _is_plausible(read):
        return None
    begin = text.rfind("\n", 0, start) + 1
    column = len(_CELL.findall(text, begin, start))
    for _ in range(_HIGHEST_TABLE):
        if begin == 0:
            return None
        above = text.rfind("\n", 0, begin - 1) + 1
        cells = _CELL.split(text[above : begin - 1])
        if len(cells) <= column:
            return None
        if _HEADING.search(cells[column]):
            return _evidence(start, read, _CONFIDENCE_TABLE)
        begin = above
    return None


def _evidence(start: int, read: WrittenDate, confidence: float) -> Evidence:
    if not read.has_year:
        confidence = _CONFIDENCE_NO_YEAR
    return Evidence(confidence, ("context", "date", "pattern"), read.iso, start, read.end)


def _confirm_field(match: re.Match[str]) -> Evidence | None:
    text, start = match.string, match.start()
    if text[start - 1 : start].isalnum() or text[start - 1 : start] in {"-", "."}:
        return None
    read = date_at(text, start)
    if read is None or not read.has_year or not _is_plausible(read):
        return None
    return Evidence(_CONFIDENCE_FIELD, ("date", "pattern"), read.iso, start, read.end)


def _is_date(value: str) -> bool:
    read = date_at(value, 0)
    return read is not None and read.has_year and read.end == len(value)


_SPOKEN_OF = PatternRecognizer(
    name="generic.birth_date",
    entity="BIRTH_DATE",
    patterns=(
        r"\b[sfb]\. ?\d{1,6}[ .\-/]",
        r"\b[fb]\. (?:den )?\d{1,2}",
        r"\* ?\d{1,2}\.\d{1,2}\.",
        r"syntyn(?:yt|een|yttä)",
        r"\bsynt[.:]",
        r"\bsynttär[a-zäö]{1,6}",
        r"\bbursdag(?:en)?",
        r"synt\.? ?aika",
        r"syntymä(?:aika|päivä|pvm)[a-zäö]{0,6}",
        r"\bfödda?\b",
        r"födelse(?:datum|dag|tid)[a-z]{0,3}",
        r"\bfødde?\b|\bfødt\b",
        r"fødsels(?:dato|dag)(?:en)?",
        r"\bf\.? ?dato\b",
        r"\bborn\b",
        r"\bd\.? ?o\.? ?b\b\.?",
        r"birth ?da(?:te|y)",
        r"date[a-z &]{0,14} of birth",
    ),
    confirm=_confirm,
)

_CELL_OF_TABLE = PatternRecognizer(
    name="generic.birth_date_cell",
    entity="BIRTH_DATE",
    patterns=(r"[|\t;] {0,9}\d{1,4}[./-]\d{1,2}[./-]\d{2,4}",),
    confirm=_confirm_cell,
)

_FIELD = PatternRecognizer(
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

BIRTH_DATE = Card(
    recognizers=(_SPOKEN_OF, _CELL_OF_TABLE, _FIELD),
    category="identity.birth_date",
    identifies="weak",
    headings=(
        *("syntymäaika", "syntymäpäivä", "synt", "syntaika", "syntymäaik*", "födelsedatum"),
        *("födelsedag", "född", "fødselsdato", "fødselsdag", "født", "birth date", "birthdate"),
        *("birthday", "date of birth", "dob", "bday"),
    ),
    is_shaped=_is_date,
)
