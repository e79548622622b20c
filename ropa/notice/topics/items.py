"""Which items of personal data a sentence or a list names.

The word lists know kinds of items. A list is cut into its items, known or not; of running text
only what is known is taken. What a sentence denies is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from ropa.notice.base import Evidence, Item
from ropa.notice.lexicon import MOST, raw, words
from ropa.notice.text import Line, Sentence, sentences_of

FILE = "categories"
MAIN = "data_categories"
LANGUAGES = ("fi", "sv", "no", "da", "en")
OTHER_MATTERS = frozenset(
    {
        *("retention", "rights", "security", "changes", "transfers", "version", "complaint"),
        *("contacts", "controller", "automated", "data_subjects"),
    }
)
"""Sections whose lists of data repeat what is declared elsewhere, or are not the declaration."""
NOT_FOR_LISTS = frozenset({"purposes", "lawful_basis", "recipients", "sources", "obligation"})
MOST_OF_ITEM = 12
_NEAR = 160
"""Characters beside an `and` in which the item stands that it joins."""
_MOST_OF_UNKNOWN = 5
"""Words of an item that no word list knows, in running text."""
LABELLED, _UNLABELLED = 9.0, 6.0
"""Words between two commas, at most, on average, of what is a list and no clause."""
ENOUGH = 2
_ITEM_NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[^\W\d])")
_PART = re.compile(r"[,;](?!\d)\s*|\s[\u2013\u2014•]\s")
_PAREN = re.compile(r"\(([^()]*)\)")
_OF_LAW = re.compile(r"(?:lov(?:en|a|ens)?|lagen|la(?:ki|in|issa|kia))$", re.IGNORECASE)
"""An act that is named after the data."""
EDGES = " \t,;:.!?*_-\u2013\u2014•\"“”\u2019'"


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
        return trimmed(handler(self), LANGUAGES[:-1], ("special", "not_in_main_list", "key"))


@dataclass(frozen=True, slots=True)
class Kind:
    """One item of data that the word lists know."""

    name: str
    en: str
    dpv: str | None
    key: str
    special: str | None
    patterns: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """An item as it stands."""

    words: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A category before it has a number."""

    role: str
    label: str
    items: tuple[Found, ...]
    evidence: tuple[Evidence, ...]
    conditions: tuple[str, ...] = ()
    not_collected: bool = False
    processed: bool | None = None
    is_open: bool = False
    """Bullets that follow belong to it."""

    @property
    def kinds(self) -> frozenset[str]:
        """Give the names of its items that the word lists know."""
        return frozenset(found.kind.name for found in self.items if found.kind)


def draft_of(line: Line, start: int, role: str, language: str) -> Draft:
    """Read the sentences of a line from an offset on."""
    items: list[Found] = []
    evidence: list[Evidence] = []
    conditions: list[str] = []
    not_collected, processed = False, None
    for sentence in sentences_of(line):
        if sentence.end <= start:
            continue
        skip = max(0, start - sentence.start)
        text = _before_denial(sentence.text[skip:], language)
        if words(FILE, "denied").search(_main_clause(text), language):
            denies = _denies_sensitive(sentence, line, role, language)
            if denies:
                not_collected = True
                evidence.append(sentence.evidence(skip))
            elif items and role in NOT_FOR_LISTS and is_processed(text, language):
                processed = False
                evidence.append(sentence.evidence(skip))
            continue
        if words(FILE, "advice").search(text, language):
            continue
        found = tuple(_items_of(text, role, language, labelled=start > 0))
        if not found:
            continue
        items += found
        evidence.append(sentence.evidence(skip))
        conditions += conditions_in(text, language)
    return Draft(
        role,
        "",
        distinct(items),
        tuple(evidence),
        tuple(conditions),
        not_collected=not_collected,
        processed=processed,
    )


def _before_denial(text: str, language: str) -> str:
    """Leave out a last clause that denies something, where the first one names data."""
    match = words(FILE, "denied").search(text, language)
    if match is None:
        return text
    cut = max(text.rfind(mark, 0, match.start()) for mark in (", ", "; ", " \u2013 ", " - ", " ("))
    first = text[: max(cut, 0)]
    names = kinds_in(first, language)
    clause = text[cut:] if cut > 0 else ""
    if not names or kinds_in(clause[: match.end() - cut], language):
        return text
    return first


def _main_clause(text: str) -> str:
    """Leave out what stands in brackets, which may deny something else."""
    return _PAREN.sub(" ", text)


def _denies_sensitive(sentence: Sentence, line: Line, role: str, language: str) -> bool:
    """Say whether a sentence denies that special categories of data are processed."""
    text = sentence.text
    return (
        words(FILE, "sensitive").search(text, language) is not None
        and is_processed(text, language)
        and words(FILE, "advice").search(text, language) is None
        and role not in OTHER_MATTERS
        and role not in ("recipients", "sources", "cookies")
        and not line.text.rstrip().endswith("?")
    )


def is_processed(text: str, language: str) -> bool:
    """Say whether a text tells that data is processed."""
    return words(FILE, "processed").search(text, language) is not None


def _items_of(text: str, role: str, language: str, *, labelled: bool) -> Iterator[Found]:
    """Give the items that a sentence declares."""
    cue = cue_in(text, language)
    if labelled and cue == 0 and kinds_in(text, language) and looks_like_list(text, LABELLED):
        yield from items_listed(text, language, MOST_OF_ITEM)
    elif not is_processed(text, language) and not labelled and role != MAIN:
        return
    elif cue and len(kinds_in(text[cue:], language)) >= (1 if labelled else ENOUGH):
        if role not in NOT_FOR_LISTS or is_processed(text[:cue], language):
            yield from _after_cue(text[cue:], language, labelled=labelled)
    elif role in NOT_FOR_LISTS:
        yield from _asked_for(text, language)
    else:
        yield from _in_text(text, language, is_main=role == MAIN and not labelled)


def _after_cue(listed: str, language: str, *, labelled: bool) -> Iterator[Found]:
    for item in items_listed(listed, language, MOST_OF_ITEM):
        if item.kind or labelled or len(item.words.split()) <= _MOST_OF_UNKNOWN:
            yield item


def _asked_for(text: str, language: str) -> Iterator[Found]:
    """Give what an employer asks to see, where a sentence says so."""
    if words(FILE, "required").search(text, language):
        for start, end, kind in kinds_in(text, language):
            if kind.name in raw(FILE)["asked_for"]:
                yield Found(text[start:end], kind)


def _in_text(text: str, language: str, *, is_main: bool) -> Iterator[Found]:
    """Give the items of a list in a sentence of the section, else those that are known."""
    spans = kinds_in(text, language)
    if not is_main or len(spans) <= ENOUGH or not looks_like_list(text, _UNLABELLED):
        for start, end, kind in spans:
            yield Found(text[start:end], kind)
        return
    for item in items_listed(text, language, MOST_OF_ITEM):
        if not _is_clause(item.words, language):
            yield item
        elif item.kind:
            start, end, kind = kinds_in(item.words, language)[0]
            yield Found(item.words[start:end], kind)


def _is_clause(text: str, language: str) -> bool:
    """Say whether a part of a sentence is no item: it has a verb, or limits the others."""
    limits = words(FILE, "condition").search(text, language) is not None
    return limits or is_processed(text, language)


def looks_like_list(text: str, most: float) -> bool:
    """Say whether a text is a list: few words between its commas, and no `if` before them."""
    if words(FILE, "clause").search(text, ""):
        return False
    bare = _PAREN.sub("", text)
    parts = [part for part in _PART.split(bare) if part.strip()]
    return len(bare.split()) / max(1, len(parts)) <= most


def cue_in(text: str, language: str) -> int:
    """Give where an enumeration begins: after the last colon, or words such as `such as`."""
    colon = text.rfind(": ")
    if colon > 0 and len(kinds_in(text[colon:], language)) >= 1:
        return colon + 2
    for match in words(FILE, "such_as").find(text, language):
        inside = text.count("(", 0, match.start()) > text.count(")", 0, match.start())
        if not inside:
            return match.end() if kinds_in(text[match.end() :], language) else 0
    return 0


def items_listed(text: str, language: str, most: int) -> Iterator[Found]:
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


def _of_part(part: str, language: str, most: int) -> Iterator[Found]:
    inside = _PAREN.search(part)
    if inside and len(kinds_in(inside[1], language)) >= ENOUGH:
        cue = cue_in(f" {inside[1]}", language)
        yield from items_listed(inside[1][max(0, cue - 1) :], language, most)
        return
    part = _PAREN.sub(" ", part) if inside else part
    part = part.partition("(")[0].strip(EDGES)
    part = _ITEM_NUMBER.sub("", part)
    for piece in _joined(words(FILE, "and").by_language.get(language), part, language):
        clean = piece.strip(EDGES)
        if not clean or len(clean.split()) > most:
            yield from (Found(clean[s:e], kind) for s, e, kind in kinds_in(clean, language))
            continue
        if not any(map(str.isalpha, clean)) or _is_condition(clean, language):
            continue
        kinds = kinds_in(clean, language)
        if kinds or not words(FILE, "aside").search(clean, language):
            yield Found(_whole(clean, language), kinds[0][2] if kinds else None)


def _is_condition(text: str, language: str) -> bool:
    """Say whether a part of a list only limits the others."""
    match = words(FILE, "condition").search(text, language)
    return match is not None and match.start() == 0 and not kinds_in(text, language)


def _whole(text: str, language: str) -> str:
    """Take the word that joins the last item off it."""
    joint = words(FILE, "and").by_language.get(language)
    match = joint.match(f" {text} ") if joint else None
    return text[match.end() - 1 :] if match else text


def _joined(joint: re.Pattern[str] | None, part: str, language: str) -> Iterator[str]:
    """Cut at `and` where both sides are items; a side that is none belongs to its neighbour."""
    if joint is None:
        yield part
        return
    start = 0
    for match in joint.finditer(part):
        left = part[max(start, match.start() - _NEAR) : match.start()]
        right = part[match.end() : match.end() + _NEAR]
        if kinds_in(left, language) and (kinds_in(right, language) or not right.strip()):
            yield part[start : match.start()]
            start = match.end()
    yield part[start:]


def conditions_in(text: str, language: str) -> tuple[str, ...]:
    """Give the words that limit when something is processed."""
    match = words(FILE, "condition").search(text, language) if text else None
    return (match.group().strip(EDGES + "()"),) if match else ()


def is_enumerated(rest: str, language: str) -> bool:
    """Say whether what follows a label is a list in brackets."""
    inside = _PAREN.match(rest.strip())
    if inside is None:
        return False
    many = len(kinds_in(inside[1], language)) >= ENOUGH
    return many or words(FILE, "such_as").search(inside[1], language) is not None


def distinct(items: Sequence[Found]) -> tuple[Found, ...]:
    """Leave out an item that is named twice."""
    return tuple({item.words.lower(): item for item in items}.values())


def kinds_in(text: str, language: str) -> list[tuple[int, int, Kind]]:
    """Give the items that the word lists know in a text; of those that overlap, the longest."""
    spans = [
        (match.start(), match.end(), kind)
        for kind in _kinds()
        for key in (language if language in LANGUAGES else "en",)
        for match in kind.patterns[key].finditer(text, 0, MOST)
        if not _OF_LAW.search(match.group())
    ]
    chosen: list[tuple[int, int, Kind]] = []
    for start, end, kind in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= other[0] or other[1] <= start for other in chosen):
            chosen.append((start, end, kind))
    return sorted(chosen, key=lambda span: span[0])


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            name,
            entry["en"],
            entry["dpv"],
            entry["key"],
            entry.get("special"),
            {language: _pattern(entry["forms"][language]) for language in LANGUAGES},
        )
        for name, entry in raw(FILE)["kinds"].items()
    )


def _pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """Make one pattern of an item's forms."""
    whole = (
        rf"{form[:-1]}(?!\w)" if form.endswith("$") else rf"{form}(?:\w|-(?=\w))*"
        for form in (each.removeprefix("~") for each in forms)
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(whole)})", re.IGNORECASE)


def trimmed(
    values: dict[str, Any], languages: Sequence[str], optional: Sequence[str]
) -> dict[str, Any]:
    """Leave out other languages, and notes that say nothing."""
    return {
        key: value
        for key, value in values.items()
        if not (key in languages and value is None)
        and not (key in optional and value in (None, False, ()))
    }
