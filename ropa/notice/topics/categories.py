"""Which categories of personal data a notice declares (Art. 14(1)(d), Art. 30(1)(c)).

Notices list them as bullets ("Label: a, b and c"), as rows of tables, and in running text. The
words of a list are taken as they stand; from running text only what the word lists know.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from pydantic import SerializerFunctionWrapHandler, model_serializer

from ropa.notice.base import Evidence, Item, Stated
from ropa.notice.lexicon import MOST, raw, words
from ropa.notice.text import Line, NoticeText, Sentence, sentences_of

_FILE = "categories"
_MAIN = "data_categories"
_LANGUAGES = ("fi", "sv", "no", "da", "en")
_OTHER_MATTERS = frozenset(
    {
        *("retention", "rights", "security", "changes", "transfers", "version", "complaint"),
        *("contacts", "controller", "automated", "data_subjects"),
    }
)
"""Sections whose lists of data repeat what is declared elsewhere, or are not the declaration."""
_NOT_FOR_LISTS = frozenset({"purposes", "lawful_basis", "recipients", "sources", "obligation"})
_SENSITIVE = "Sensitive data"
_MOST_OF_LABEL = 9
_MOST_OF_ITEM = 12
_MOST_OF_UNKNOWN = 5
"""Words of an item that no word list knows, in running text."""
_LABELLED, _UNLABELLED = 9.0, 6.0
"""Words between two commas, at most, on average, of what is a list and no clause."""
_ENOUGH = 2
_SHORT = 60
"""Characters of a line that may name the list below it."""
_LABEL = re.compile(
    r"\s*(?:(?:[•●▪◦‣·*\u2013\u2014-]|\(?[a-zA-Z0-9]{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+)?(?:\*\*|__)?"
    r"(?P<label>[^\W\d][^:;.!?()|\t]{1,90}?)(?:\*\*|__)?\s*"
    r"(?P<mark>:(?:\*\*|__)?\s+|\s[\u2013\u2014-]\s+|(?=\())"
)
_ITEM_NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[^\W\d])")
_CELLS = re.compile(r"[|\t]")
_RULE = re.compile(r"[\s|:+-]+$")
_PART = re.compile(r"[,;](?!\d)\s*|\s[\u2013\u2014•]\s")
_PAREN = re.compile(r"\(([^()]*)\)")
_OF_LAW = re.compile(r"(?:lov(?:en|a|ens)?|lagen|la(?:ki|in|issa|kia))$", re.IGNORECASE)
"""An act that is named after the data."""
_EDGES = " \t,;:.!?*_-\u2013\u2014•\"“”\u2019'"


class DataItem(Item):
    """One item of data, in the words of the notice under its language."""

    fi: str | None = None
    sv: str | None = None
    no: str | None = None
    da: str | None = None
    en: str | None = None
    """In English too, where the word lists know the item."""
    dpv: str | None = None
    key: str | None = None
    """Category of the taxonomy."""
    special: str | None = None
    """Group of Art. 9(1)."""
    not_in_main_list: bool = False
    kind: str | None = None
    """Name of the item in the word lists."""

    @model_serializer(mode="wrap")
    def _without_other_languages(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _trimmed(handler(self), _LANGUAGES[:-1], ("special", "not_in_main_list", "key"))


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
        names = tuple(f"name_{language}" for language in _LANGUAGES[:-1])
        optional = ("special_category", "declared_default", "not_in_main_list", "processed")
        return _trimmed(handler(self), names, optional)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One item of data that the word lists know."""

    name: str
    en: str
    dpv: str | None
    key: str
    special: str | None
    patterns: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Found:
    """An item as it stands."""

    words: str
    kind: _Kind | None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A category before it has a number."""

    role: str
    label: str
    items: tuple[_Found, ...]
    evidence: tuple[Evidence, ...]
    conditions: tuple[str, ...] = ()
    not_collected: bool = False
    processed: bool | None = None
    is_open: bool = False
    """Bullets that follow belong to it."""

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(found.kind.name for found in self.items if found.kind)


@dataclass
class _Reader:
    """What has been read so far, line by line."""

    notice: NoticeText
    drafts: list[_Draft] = field(default_factory=list)
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
        _read_line(reader, line, _MAIN if line.number in lists else section.role)
    drafts = _merged(_declared(reader.drafts))
    main = frozenset(kind for draft in drafts if draft.role == _MAIN for kind in draft.kinds)
    categories = tuple(
        _category(number, draft, main, notice.language)
        for number, draft in enumerate(drafts, start=1)
    )
    declared = frozenset(kind for draft in drafts for kind in draft.kinds)
    missing = tuple(name for name in raw(_FILE)["checklist"] if name not in declared)
    return {"data_categories": categories, "not_declared": missing}


def _unannounced(notice: NoticeText) -> frozenset[int]:
    """Give the lines that list data where no heading announces it.

    A section without a known heading counts if it names several items; where nothing is announced
    as the list of data, so does the introduction, and what tells of purposes.
    """
    announced = any(section.role == _MAIN for section in notice.sections)
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
            if len(names) >= _ENOUGH + 1 or (names and notice.lines[number - 1].is_bullet)
        }
        if len(frozenset().union(*(kinds[number] for number in listing))) > _ENOUGH:
            numbers |= listing
    return frozenset(numbers)


def _names_in(line: Line, language: str) -> frozenset[str]:
    return frozenset(kind.name for _, _, kind in _kinds_in(line.text, language))


def _declared(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Leave out what other sections only repeat."""
    main = frozenset(kind for draft in drafts if draft.role == _MAIN for kind in draft.kinds)
    return [
        draft
        for draft in drafts
        if (draft.kinds or draft.not_collected or (draft.label and not draft.is_open))
        and (draft.role not in _NOT_FOR_LISTS or draft.not_collected or draft.kinds - main)
    ]


def _merged(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Put together what a notice says twice: the same data under the same kind of heading."""
    merged: list[_Draft] = []
    for draft in drafts:
        same = next(
            (
                at
                for at, other in enumerate(merged)
                if other.role == draft.role
                and other.label == draft.label
                and other.kinds == draft.kinds
                and other.not_collected == draft.not_collected
            ),
            None,
        )
        if same is None:
            merged.append(draft)
        else:
            evidence = merged[same].evidence + draft.evidence
            merged[same] = replace(merged[same], evidence=evidence)
    return merged


def _category(number: int, draft: _Draft, main: frozenset[str], language: str) -> DataCategory:
    outside = draft.role != _MAIN and bool(main)
    special = dict.fromkeys(
        found.kind.special for found in draft.items if found.kind and found.kind.special
    )
    own = {f"name_{language}": draft.label} if language in _LANGUAGES[:-1] and draft.label else {}
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


def _item(found: _Found, outside: bool, main: frozenset[str], language: str) -> DataItem:
    kind = found.kind
    own = {language if language in _LANGUAGES else "en": found.words}
    english = {"en": kind.en} if kind and language != "en" else {}
    return DataItem(
        **(english | own),
        dpv=kind.dpv if kind else None,
        key=kind.key if kind else None,
        special=kind.special if kind else None,
        not_in_main_list=outside and (kind is None or kind.name not in main),
        kind=kind.name if kind else None,
    )


def _name(draft: _Draft, language: str) -> str:
    """Name a category in English: by its label, its place, or what it holds."""
    if language == "en" and draft.label:
        return draft.label
    place: str = raw(_FILE)["places"].get(draft.role, "")
    known = _label_name(draft.label, language) if draft.label else ""
    if place or known:
        return place or known
    if draft.not_collected and not draft.label:
        return _SENSITIVE
    if draft.label:
        return draft.label
    return ", ".join(dict.fromkeys(found.kind.en for found in draft.items[:3] if found.kind))


def _label_name(label: str, language: str) -> str:
    for name in raw(_FILE)["labels"]:
        match = words(_FILE, "labels", name).search(label, language)
        if match and not label[max(0, match.start() - 1) : match.start()].isalpha():
            return str(name)
    return ""


def _read_line(reader: _Reader, line: Line, role: str) -> None:
    cells = _cells(line)
    if cells:
        _read_row(reader, line, cells, role)
        return
    reader.columns = None
    if role in _OTHER_MATTERS:
        reader.intro = ""
        return
    if _read_label(reader, line, role) or _read_bullet(reader, line, role):
        return
    reader.intro = line.text if line.text.rstrip().endswith(":") else ""
    if role == _MAIN and len(line.text) < _SHORT and not re.search(r"[.:;?!]\s*$", line.text):
        reader.intro = line.text
    _read_text(reader, line, role)


def _read_label(reader: _Reader, line: Line, role: str) -> bool:
    """Read a line `Label: a, b and c`."""
    match = _LABEL.match(line.text)
    if match is None or len(match["label"].split()) > _MOST_OF_LABEL:
        return False
    if role in _NOT_FOR_LISTS or not line.text[match.end() :].strip():
        return False
    label = match["label"].strip(_EDGES)
    draft = _of_sentences(reader, line, match.end(), role)
    is_known = bool(_label_name(label, reader.language))
    is_list = match["mark"].startswith(":") or line.is_bullet or match["mark"] == ""
    enough = len(draft.kinds) >= (1 if role == _MAIN else _ENOUGH)
    if role != _MAIN and not (is_known and _looks_like_list(line.text[match.end() :], _LABELLED)):
        return False
    if match["mark"] == "" and not _is_enumerated(line.text[match.end() :], reader.language):
        return False
    if not is_list or not (enough or (role == _MAIN and is_known and _found_any(draft))):
        return False
    start = match.start("label")
    quote = _quote(line, start, draft.evidence)
    extra = tuple(each for each in draft.evidence if each.quote not in quote.quote)
    intro = _condition(reader.intro, reader.language) if line.is_bullet else ()
    reader.drafts.append(
        replace(draft, label=label, evidence=(quote, *extra), conditions=intro + draft.conditions)
    )
    return True


def _found_any(draft: _Draft) -> bool:
    return bool(draft.items) or draft.not_collected


def _is_enumerated(rest: str, language: str) -> bool:
    """Say whether what follows a label is a list in brackets."""
    inside = _PAREN.match(rest.strip())
    if inside is None:
        return False
    many = len(_kinds_in(inside[1], language)) >= _ENOUGH
    return many or words(_FILE, "such_as").search(inside[1], language) is not None


def _quote(line: Line, start: int, evidence: Sequence[Evidence]) -> Evidence:
    """Quote a label with the first list after it."""
    if not evidence:
        return line.evidence(start)
    at = line.raw.find(evidence[0].quote, start)
    return line.evidence(start, at + len(evidence[0].quote)) if at >= 0 else line.evidence(start)


def _read_bullet(reader: _Reader, line: Line, role: str) -> bool:
    """Read a bullet, or a short line of a list without marks, in the list of data."""
    if role != _MAIN:
        return False
    bare = line.is_bullet or (bool(reader.intro) and not line.text.rstrip().endswith((":", "?")))
    sentences = list(sentences_of(line))
    if not bare or len(sentences) > 1 or len(line.text.split()) > 3 * _MOST_OF_ITEM:
        return False
    text = sentences[0].text if sentences else ""
    if not text or words(_FILE, "denied").search(text, reader.language):
        return False
    if not line.is_bullet and len(text.split()) > _MOST_OF_ITEM:
        return False
    items = tuple(_listed(text, reader.language, _MOST_OF_ITEM))
    if not any(item.kind for item in items) and not line.is_bullet and not _is_open(reader, role):
        return False
    evidence = (sentences[0].evidence(),)
    last = reader.drafts[-1] if reader.drafts else None
    label = reader.intro.strip(_EDGES)
    if len(label.split()) > _MOST_OF_LABEL or _is_processed(label, reader.language):
        label = ""
    if last is not None and last.is_open and last.role == role and last.label == label:
        merged = replace(
            last, items=_distinct(last.items + items), evidence=last.evidence + evidence
        )
        reader.drafts[-1] = merged
    else:
        conditions = _condition(reader.intro, reader.language)
        reader.drafts.append(_Draft(role, label, items, evidence, conditions, is_open=True))
    return True


def _is_open(reader: _Reader, role: str) -> bool:
    return bool(reader.drafts) and reader.drafts[-1].is_open and reader.drafts[-1].role == role


def _distinct(items: Sequence[_Found]) -> tuple[_Found, ...]:
    return tuple({item.words.lower(): item for item in items}.values())


def _read_text(reader: _Reader, line: Line, role: str) -> None:
    """Read a paragraph: what it says is processed, and what it says is not."""
    if role == "cookies" and not _cue(line.text, reader.language):
        return
    draft = _of_sentences(reader, line, 0, role)
    enough = len(draft.kinds) >= (1 if role in (_MAIN, *_NOT_FOR_LISTS) else _ENOUGH)
    if enough or draft.not_collected:
        reader.drafts.append(draft)


def _of_sentences(reader: _Reader, line: Line, start: int, role: str) -> _Draft:
    """Read the sentences of a line from an offset on."""
    language = reader.language
    items: list[_Found] = []
    evidence: list[Evidence] = []
    conditions: list[str] = []
    not_collected, processed = False, None
    for sentence in sentences_of(line):
        if sentence.end <= start:
            continue
        skip = max(0, start - sentence.start)
        text = _before_denial(sentence.text[skip:], language)
        if words(_FILE, "denied").search(_main_clause(text), language):
            denies = _denies_sensitive(sentence, line, role, language)
            if denies:
                not_collected = True
                evidence.append(sentence.evidence(skip))
            elif items and role in _NOT_FOR_LISTS and _is_processed(text, language):
                processed = False
                evidence.append(sentence.evidence(skip))
            continue
        if words(_FILE, "advice").search(text, language):
            continue
        found = tuple(_items_of(text, role, language, labelled=start > 0))
        if not found:
            continue
        items += found
        evidence.append(sentence.evidence(skip))
        conditions += _condition(text, language)
    return _Draft(
        role,
        "",
        _distinct(items),
        tuple(evidence),
        tuple(conditions),
        not_collected=not_collected,
        processed=processed,
    )


def _before_denial(text: str, language: str) -> str:
    """Leave out a last clause that denies something, where the first one names data."""
    match = words(_FILE, "denied").search(text, language)
    if match is None:
        return text
    cut = max(text.rfind(mark, 0, match.start()) for mark in (", ", "; ", " \u2013 ", " - ", " ("))
    first = text[: max(cut, 0)]
    names = _kinds_in(first, language)
    clause = text[cut:] if cut > 0 else ""
    if not names or _kinds_in(clause[: match.end() - cut], language):
        return text
    return first


def _main_clause(text: str) -> str:
    """Leave out what stands in brackets, which may deny something else."""
    return _PAREN.sub(" ", text)


def _denies_sensitive(sentence: Sentence, line: Line, role: str, language: str) -> bool:
    """Say whether a sentence denies that special categories of data are processed."""
    text = sentence.text
    return (
        words(_FILE, "sensitive").search(text, language) is not None
        and _is_processed(text, language)
        and words(_FILE, "advice").search(text, language) is None
        and role not in _OTHER_MATTERS
        and role not in ("recipients", "sources", "cookies")
        and not line.text.rstrip().endswith("?")
    )


def _is_processed(text: str, language: str) -> bool:
    return words(_FILE, "processed").search(text, language) is not None


def _items_of(text: str, role: str, language: str, *, labelled: bool) -> Iterator[_Found]:
    """Give the items that a sentence declares."""
    cue = _cue(text, language)
    if labelled and cue == 0 and _kinds_in(text, language) and _looks_like_list(text, _LABELLED):
        yield from _listed(text, language, _MOST_OF_ITEM)
    elif not _is_processed(text, language) and not labelled and role != _MAIN:
        return
    elif cue and len(_kinds_in(text[cue:], language)) >= (1 if labelled else _ENOUGH):
        if role not in _NOT_FOR_LISTS or _is_processed(text[:cue], language):
            yield from _after_cue(text[cue:], language, labelled=labelled)
    elif role in _NOT_FOR_LISTS:
        yield from _asked_for(text, language)
    else:
        yield from _in_text(text, language, is_main=role == _MAIN and not labelled)


def _after_cue(listed: str, language: str, *, labelled: bool) -> Iterator[_Found]:
    for item in _listed(listed, language, _MOST_OF_ITEM):
        if item.kind or labelled or len(item.words.split()) <= _MOST_OF_UNKNOWN:
            yield item


def _asked_for(text: str, language: str) -> Iterator[_Found]:
    """Give what an employer asks to see, where a sentence says so."""
    if words(_FILE, "required").search(text, language):
        for start, end, kind in _kinds_in(text, language):
            if kind.name in raw(_FILE)["asked_for"]:
                yield _Found(text[start:end], kind)


def _in_text(text: str, language: str, *, is_main: bool) -> Iterator[_Found]:
    """Give the items of a list in a sentence of the section, else those that are known."""
    spans = _kinds_in(text, language)
    if not is_main or len(spans) <= _ENOUGH or not _looks_like_list(text, _UNLABELLED):
        for start, end, kind in spans:
            yield _Found(text[start:end], kind)
        return
    for item in _listed(text, language, _MOST_OF_ITEM):
        if not _is_clause(item.words, language):
            yield item
        elif item.kind:
            start, end, kind = _kinds_in(item.words, language)[0]
            yield _Found(item.words[start:end], kind)


def _is_clause(text: str, language: str) -> bool:
    """Say whether a part of a sentence is no item: it has a verb, or limits the others."""
    limits = words(_FILE, "condition").search(text, language) is not None
    return limits or _is_processed(text, language)


def _looks_like_list(text: str, most: float) -> bool:
    """Say whether a text is a list: few words between its commas, and no `if` before them."""
    if words(_FILE, "clause").search(text, ""):
        return False
    bare = _PAREN.sub("", text)
    parts = [part for part in _PART.split(bare) if part.strip()]
    return len(bare.split()) / max(1, len(parts)) <= most


def _cue(text: str, language: str) -> int:
    """Give where an enumeration begins: after the last colon, or words such as `such as`."""
    colon = text.rfind(": ")
    if colon > 0 and len(_kinds_in(text[colon:], language)) >= 1:
        return colon + 2
    for match in words(_FILE, "such_as").find(text, language):
        inside = text.count("(", 0, match.start()) > text.count(")", 0, match.start())
        if not inside and _kinds_in(text[match.end() :], language):
            return match.end()
    return 0


def _listed(text: str, language: str, most: int) -> Iterator[_Found]:
    """Cut a list into its items."""
    for part in _parts(text):
        yield from _of_part(part, language, most)


def _parts(text: str) -> Iterator[str]:
    """Cut at commas outside brackets; a list in brackets takes the place of what it explains."""
    depth, last = 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")" and depth > 0)
        if depth == 0 and letter in ",;" and not text[at + 1 : at + 2].isdigit():
            yield text[last:at]
            last = at + 1
    yield text[last:]


def _of_part(part: str, language: str, most: int) -> Iterator[_Found]:
    inside = _PAREN.search(part)
    if inside and len(_kinds_in(inside[1], language)) >= _ENOUGH:
        cue = _cue(f" {inside[1]}", language)
        yield from _listed(inside[1][max(0, cue - 1) :], language, most)
        return
    part = _PAREN.sub(" ", part) if inside else part
    part = part.partition("(")[0].strip(_EDGES)
    part = _ITEM_NUMBER.sub("", part)
    for piece in _joined(words(_FILE, "and").by_language.get(language), part, language):
        clean = piece.strip(_EDGES)
        if not clean or len(clean.split()) > most:
            yield from (_Found(clean[s:e], kind) for s, e, kind in _kinds_in(clean, language))
            continue
        if not any(map(str.isalpha, clean)) or _is_condition(clean, language):
            continue
        kinds = _kinds_in(clean, language)
        if kinds or not words(_FILE, "aside").search(clean, language):
            yield _Found(_whole(clean, language), kinds[0][2] if kinds else None)


def _is_condition(text: str, language: str) -> bool:
    """Say whether a part of a list only limits the others."""
    match = words(_FILE, "condition").search(text, language)
    return match is not None and match.start() == 0 and not _kinds_in(text, language)


def _whole(text: str, language: str) -> str:
    """Take the word that joins the last item off it."""
    joint = words(_FILE, "and").by_language.get(language)
    match = joint.match(f" {text} ") if joint else None
    return text[match.end() - 1 :] if match else text


def _joined(joint: re.Pattern[str] | None, part: str, language: str) -> Iterator[str]:
    """Cut at `and` where both sides are items; a side that is none belongs to its neighbour."""
    if joint is None:
        yield part
        return
    start = 0
    for match in joint.finditer(part):
        left, right = part[start : match.start()], part[match.end() :]
        if _kinds_in(left, language) and (_kinds_in(right, language) or not right.strip()):
            yield left
            start = match.end()
    yield part[start:]


def _condition(text: str, language: str) -> tuple[str, ...]:
    """Give the words that limit when something is processed."""
    match = words(_FILE, "condition").search(text, language) if text else None
    return (match.group().strip(_EDGES + "()"),) if match else ()


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
    header = [words(_FILE, "columns").search(text, reader.language) is not None for text in texts]
    counts = [len(_kinds_in(text, reader.language)) for text in texts]
    if reader.columns is None:
        reader.columns = max((at for at, named in enumerate(header) if named), default=-1)
        if any(header) and max(counts) <= 1 and not any("," in text for text in texts):
            return
    if role in _OTHER_MATTERS or (role != _MAIN and reader.columns < 0):
        return
    known = 0 <= reader.columns < len(texts)
    column = reader.columns if known else max(range(len(texts)), key=counts.__getitem__)
    best = max(range(len(texts)), key=counts.__getitem__)
    if known and not counts[column] and counts[best] >= _ENOUGH:
        column = best
    if not known and not counts[column]:
        return
    start, end = cells[column]
    items = tuple(_listed(texts[column].strip(), reader.language, _MOST_OF_ITEM))
    label = texts[0].strip(_EDGES) if column > 0 else ""
    evidence = line.evidence(cells[0][0] if label else start, end)
    reader.drafts.append(_Draft(_MAIN, label, items, (evidence,)))


def _kinds_in(text: str, language: str) -> list[tuple[int, int, _Kind]]:
    """Give the items that the word lists know in a text; of those that overlap, the longest."""
    spans = [
        (match.start(), match.end(), kind)
        for kind in _kinds()
        for key in (language if language in _LANGUAGES else "en",)
        for match in kind.patterns[key].finditer(text, 0, MOST)
        if not _OF_LAW.search(match.group())
    ]
    chosen: list[tuple[int, int, _Kind]] = []
    for start, end, kind in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= other[0] or other[1] <= start for other in chosen):
            chosen.append((start, end, kind))
    return sorted(chosen, key=lambda span: span[0])


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(
            name,
            entry["en"],
            entry["dpv"],
            entry["key"],
            entry.get("special"),
            {language: _pattern(entry["forms"][language]) for language in _LANGUAGES},
        )
        for name, entry in raw(_FILE)["kinds"].items()
    )


def _pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """Make one pattern of an item's forms."""
    whole = (
        rf"{form[:-1]}(?!\w)" if form.endswith("$") else rf"{form}(?:\w|-(?=\w))*"
        for form in (each.removeprefix("~") for each in forms)
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(whole)})", re.IGNORECASE)


def _trimmed(
    values: dict[str, Any], languages: Sequence[str], optional: Sequence[str]
) -> dict[str, Any]:
    """Leave out other languages, and notes that say nothing."""
    return {
        key: value
        for key, value in values.items()
        if not (key in languages and value is None)
        and not (key in optional and value in (None, False, ()))
    }
