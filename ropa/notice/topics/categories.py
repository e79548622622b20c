"""Which categories of personal data a notice declares (Art. 14(1)(d), Art. 30(1)(c)).

Notices list them as bullets ("Label: a, b and c"), as rows of tables, and in running text. The
words of a list are taken as they stand; from running text only what the word lists know.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Literal

from pydantic import SerializerFunctionWrapHandler, model_serializer

from ropa.notice.base import Evidence, Stated
from ropa.notice.lexicon import raw, words
from ropa.notice.text import Line, NoticeText, sentences_of
from ropa.notice.topics.items import (
    EDGES,
    ENOUGH,
    FILE,
    LABELLED,
    LANGUAGES,
    MAIN,
    MOST_OF_ITEM,
    NOT_FOR_LISTS,
    OTHER_MATTERS,
    DataItem,
    Draft,
    Found,
    conditions_in,
    cue_in,
    distinct,
    draft_of,
    is_enumerated,
    is_processed,
    items_listed,
    kinds_in,
    looks_like_list,
    trimmed,
)

_SENSITIVE = "Sensitive data"
_MOST_OF_LABEL = 9
_SHORT = 60
"""Characters of a line that may name the list below it."""
_LABEL = re.compile(
    r"\s*(?:(?:[•●▪◦‣·*\u2013\u2014-]|\(?[a-zA-Z0-9]{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+)?(?:\*\*|__)?"
    r"(?P<label>[^\W\d][^:;.!?()|\t]{1,90}?)(?:\*\*|__)?\s*"
    r"(?P<mark>:(?:\*\*|__)?\s+|\s[\u2013\u2014-]\s+|(?=\())"
)
_CELLS = re.compile(r"[|\t]")
_RULE = re.compile(r"[\s|:+-]+$")


class DataCategory(Stated):
    """One category, with its items."""

    id: str
    name: str
    """In English; where no word list knows the label, the label."""
    name_fi: str | None = None
    name_sv: str | None = None
    name_no: str | None = None
    name_da: str | None = None
    condition: str | None = None
    special_category: tuple[str, ...] = ()
    declared_default: Literal["not_collected"] | None = None
    not_in_main_list: bool = False
    processed: bool | None = None
    """False where the notice says that the data is asked for and not processed."""
    items: tuple[DataItem, ...] = ()

    @model_serializer(mode="wrap")
    def _without_other_languages(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        names = tuple(f"name_{language}" for language in LANGUAGES[:-1])
        optional = ("special_category", "declared_default", "not_in_main_list", "processed")
        return trimmed(handler(self), names, optional)


@dataclass
class _Reader:
    """What has been read so far, line by line."""

    notice: NoticeText
    drafts: list[Draft] = field(default_factory=list)
    intro: str = ""
    """The last line of text that announced a list."""
    columns: int | None = None
    """Which cell of a table's rows holds data."""

    @property
    def language(self) -> str:
        return self.notice.language


def read_categories(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the categories of data, and which of the checklist's are not there."""
    del found
    reader = _Reader(notice)
    lists = _unannounced(notice)
    for line in notice.lines:
        section = notice.section_of(line)
        if section is None or line.number == notice.title_line:
            reader.columns, reader.intro = None, ""
            continue
        if line.is_empty:
            continue
        _read_line(reader, line, MAIN if line.number in lists else section.role)
    every = [replace(draft, items=distinct(draft.items)) for draft in reader.drafts]
    drafts = _merged(_declared(every))
    main = frozenset(kind for draft in drafts if draft.role == MAIN for kind in draft.kinds)
    categories = tuple(
        _category(number, draft, main, notice.language)
        for number, draft in enumerate(drafts, start=1)
    )
    declared = frozenset(kind for draft in drafts for kind in draft.kinds)
    missing = tuple(name for name in raw(FILE)["checklist"] if name not in declared)
    return {"data_categories": categories, "not_declared": missing}


def _unannounced(notice: NoticeText) -> frozenset[int]:
    """Give the lines that list data where no heading announces it.

    A section without a known heading counts if it names several items; where nothing is announced
    as the list of data, so does the introduction, and what tells of purposes.
    """
    announced = any(section.role == MAIN for section in notice.sections)
    roles = {""} if announced else {"", "introduction", "purposes", "lawful_basis", "sources"}
    numbers: set[int] = set()
    for section in notice.sections:
        if section.role not in roles:
            continue
        lines = notice.lines[section.first - 1 : section.last]
        kinds = {line.number: _names_in(line, notice.language) for line in lines}
        listing = {
            number
            for number, names in kinds.items()
            if len(names) >= ENOUGH + 1 or (names and notice.lines[number - 1].is_bullet)
        }
        if len(frozenset().union(*(kinds[number] for number in listing))) > ENOUGH:
            numbers |= listing
    return frozenset(numbers)


def _names_in(line: Line, language: str) -> frozenset[str]:
    return frozenset(kind.name for _, _, kind in kinds_in(line.text, language))


def _declared(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out what other sections only repeat."""
    main = frozenset(kind for draft in drafts if draft.role == MAIN for kind in draft.kinds)
    return [
        draft
        for draft in drafts
        if (draft.kinds or draft.not_collected or (draft.label and not draft.is_open))
        and (draft.role not in NOT_FOR_LISTS or draft.not_collected or draft.kinds - main)
    ]


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Put together what a notice says twice: the same data under the same kind of heading."""
    merged: dict[tuple[object, ...], list[Draft]] = {}
    for draft in drafts:
        key = (draft.role, draft.label, draft.kinds, draft.not_collected)
        merged.setdefault(key, []).append(draft)
    return [
        replace(same[0], evidence=tuple(chain.from_iterable(each.evidence for each in same)))
        for same in merged.values()
    ]


def _category(number: int, draft: Draft, main: frozenset[str], language: str) -> DataCategory:
    outside = draft.role != MAIN and bool(main)
    special = dict.fromkeys(
        found.kind.special for found in draft.items if found.kind and found.kind.special
    )
    own = {f"name_{language}": draft.label} if language in LANGUAGES[:-1] and draft.label else {}
    return DataCategory(
        id=f"DC{number}",
        name=_name(draft, language),
        **own,
        condition="; ".join(dict.fromkeys(draft.conditions)) or None,
        special_category=tuple(special),
        declared_default="not_collected" if draft.not_collected else None,
        not_in_main_list=outside,
        processed=draft.processed,
        items=tuple(_item(found, outside, main, language) for found in draft.items),
        evidence=draft.evidence,
    )


def _item(found: Found, outside: bool, main: frozenset[str], language: str) -> DataItem:
    kind = found.kind
    own = {language if language in LANGUAGES else "en": found.words}
    english = {"en": kind.en} if kind and language != "en" else {}
    return DataItem(
        **(english | own),
        dpv=kind.dpv if kind else None,
        key=kind.key if kind else None,
        special=kind.special if kind else None,
        not_in_main_list=outside and (kind is None or kind.name not in main),
        kind=kind.name if kind else None,
    )


def _name(draft: Draft, language: str) -> str:
    """Name a category in English: by its label, its place, or what it holds."""
    if language == "en" and draft.label:
        return draft.label
    place: str = raw(FILE)["places"].get(draft.role, "")
    known = _label_name(draft.label, language) if draft.label else ""
    if place or known:
        return place or known
    if draft.not_collected and not draft.label:
        return _SENSITIVE
    if draft.label:
        return draft.label
    return ", ".join(dict.fromkeys(found.kind.en for found in draft.items[:3] if found.kind))


def _label_name(label: str, language: str) -> str:
    for name in raw(FILE)["labels"]:
        match = words(FILE, "labels", name).search(label, language)
        if match and not label[max(0, match.start() - 1) : match.start()].isalpha():
            return str(name)
    return ""


def _read_line(reader: _Reader, line: Line, role: str) -> None:
    cells = _cells(line)
    if cells:
        _read_row(reader, line, cells, role)
        return
    reader.columns = None
    if role in OTHER_MATTERS:
        reader.intro = ""
        return
    if _read_label(reader, line, role) or _read_bullet(reader, line, role):
        return
    reader.intro = line.text if line.text.rstrip().endswith(":") else ""
    if role == MAIN and len(line.text) < _SHORT and not re.search(r"[.:;?!]\s*$", line.text):
        reader.intro = line.text
    _read_text(reader, line, role)


def _read_label(reader: _Reader, line: Line, role: str) -> bool:
    """Read a line `Label: a, b and c`."""
    match = _LABEL.match(line.text)
    if match is None or len(match["label"].split()) > _MOST_OF_LABEL:
        return False
    if role in NOT_FOR_LISTS or not line.text[match.end() :].strip():
        return False
    label = match["label"].strip(EDGES)
    draft = draft_of(line, match.end(), role, reader.language)
    is_known = bool(_label_name(label, reader.language))
    is_list = match["mark"].startswith(":") or line.is_bullet or match["mark"] == ""
    enough = len(draft.kinds) >= (1 if role == MAIN else ENOUGH)
    if role != MAIN and not (is_known and looks_like_list(line.text[match.end() :], LABELLED)):
        return False
    if match["mark"] == "" and not is_enumerated(line.text[match.end() :], reader.language):
        return False
    if not is_list or not (enough or (role == MAIN and is_known and _found_any(draft))):
        return False
    start = match.start("label")
    quote = _quote(line, start, draft.evidence)
    extra = tuple(each for each in draft.evidence if each.quote not in quote.quote)
    intro = conditions_in(reader.intro, reader.language) if line.is_bullet else ()
    reader.drafts.append(
        replace(draft, label=label, evidence=(quote, *extra), conditions=intro + draft.conditions)
    )
    return True


def _found_any(draft: Draft) -> bool:
    return bool(draft.items) or draft.not_collected


def _quote(line: Line, start: int, evidence: Sequence[Evidence]) -> Evidence:
    """Quote a label with the first list after it."""
    if not evidence:
        return line.evidence(start)
    at = line.raw.find(evidence[0].quote, start)
    return line.evidence(start, at + len(evidence[0].quote)) if at >= 0 else line.evidence(start)


def _read_bullet(reader: _Reader, line: Line, role: str) -> bool:
    """Read a bullet, or a short line of a list without marks, in the list of data."""
    if role != MAIN:
        return False
    bare = line.is_bullet or (bool(reader.intro) and not line.text.rstrip().endswith((":", "?")))
    sentences = list(sentences_of(line))
    if not bare or len(sentences) > 1 or len(line.text.split()) > 3 * MOST_OF_ITEM:
        return False
    text = sentences[0].text if sentences else ""
    if not text or words(FILE, "denied").search(text, reader.language):
        return False
    if not line.is_bullet and len(text.split()) > MOST_OF_ITEM:
        return False
    items = tuple(items_listed(text, reader.language, MOST_OF_ITEM))
    if not any(item.kind for item in items) and not line.is_bullet and not _is_open(reader, role):
        return False
    evidence = (sentences[0].evidence(),)
    last = reader.drafts[-1] if reader.drafts else None
    label = reader.intro.strip(EDGES)
    if len(label.split()) > _MOST_OF_LABEL or is_processed(label, reader.language):
        label = ""
    if last is not None and last.is_open and last.role == role and last.label == label:
        merged = replace(last, items=last.items + items, evidence=last.evidence + evidence)
        reader.drafts[-1] = merged
    else:
        conditions = conditions_in(reader.intro, reader.language)
        reader.drafts.append(Draft(role, label, items, evidence, conditions, is_open=True))
    return True


def _is_open(reader: _Reader, role: str) -> bool:
    return bool(reader.drafts) and reader.drafts[-1].is_open and reader.drafts[-1].role == role


def _read_text(reader: _Reader, line: Line, role: str) -> None:
    """Read a paragraph: what it says is processed, and what it says is not."""
    if role == "cookies" and not cue_in(line.text, reader.language):
        return
    draft = draft_of(line, 0, role, reader.language)
    enough = len(draft.kinds) >= (1 if role in (MAIN, *NOT_FOR_LISTS) else ENOUGH)
    if enough or draft.not_collected:
        reader.drafts.append(draft)


def _cells(line: Line) -> list[tuple[int, int]]:
    """Give the spans of a table row's cells; none if the line is no row."""
    text = line.text if "|" in line.text else line.raw
    if "|" not in text and "\t" not in text.strip():
        return []
    spans, last = [], 0
    for match in _CELLS.finditer(text):
        spans.append((last, match.start()))
        last = match.end()
    spans.append((last, len(text)))
    full = [(start, end) for start, end in spans if text[start:end].strip()]
    return full if len(full) > 1 else []


def _read_row(reader: _Reader, line: Line, cells: Sequence[tuple[int, int]], role: str) -> None:
    """Read a row of a table: the cell under a heading about data, or the one with most items."""
    if _RULE.match(line.text):
        return
    texts = [line.text[start:end] for start, end in cells]
    header = [words(FILE, "columns").search(text, reader.language) is not None for text in texts]
    counts = [len(kinds_in(text, reader.language)) for text in texts]
    if reader.columns is None:
        reader.columns = max((at for at, named in enumerate(header) if named), default=-1)
        if any(header) and max(counts) <= 1 and not any("," in text for text in texts):
            return
    if role in OTHER_MATTERS or (role != MAIN and reader.columns < 0):
        return
    known = 0 <= reader.columns < len(texts)
    column = reader.columns if known else max(range(len(texts)), key=counts.__getitem__)
    best = max(range(len(texts)), key=counts.__getitem__)
    if known and not counts[column] and counts[best] >= ENOUGH:
        column = best
    if not known and not counts[column]:
        return
    start, end = cells[column]
    items = tuple(items_listed(texts[column].strip(), reader.language, MOST_OF_ITEM))
    label = texts[0].strip(EDGES) if column > 0 else ""
    evidence = line.evidence(cells[0][0] if label else start, end)
    reader.drafts.append(Draft(MAIN, label, items, (evidence,)))
