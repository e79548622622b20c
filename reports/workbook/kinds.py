"""How a field of the register stands in a cell, and how an edited cell is read back.

A cell that nobody touched is never read: the register keeps what it has. A kind may therefore show
less than the register holds (one language of two, a name for an id), and within a cell of several
lines those that nobody touched are kept too.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Generic, TypeVar

from detectors.taxonomy import taxonomy
from reports.text import visible
from reports.wording import Wording, wording
from reports.workbook.marks import canonical
from reports.workbook.model import Content
from reports.workbook.names import CellError, Named, Names, bracketed
from reports.workbook.vocabulary import LANGUAGES, choices, code, duration, period, word
from ropa.model import Category, Contact, Recipient, Register, Status, Text, Transfer
from scanner.yamlfile import did_you_mean

T = TypeVar("T")
_Item = TypeVar("_Item")
_COUNTRY = re.compile(r"[A-Z]{2}")
_DOMAIN = re.compile(r"[a-z0-9.-]+\.[a-z0-9-]+")
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
_PHONE = re.compile(r"\+?[\d\s()/-]{4,}")
_FINNISH_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Context:
    """What showing and reading a cell needs to know."""

    words: Wording
    register: Register
    names: Names
    messages: Mapping[str, int]
    """Recipient → messages that a scan saw."""


@dataclass(frozen=True, slots=True)
class CellKind(Generic[T]):
    """One kind of cell."""

    show: Callable[[T, Context], Content]
    read: Callable[[str, T, Context], T]
    """Read a text that is not blank; the second value is what the register holds."""
    empty: T
    """What a blank cell says."""
    choices: str = ""
    names: Named | None = None
    """The entries that it names by id."""


def is_blank(text: str) -> bool:
    """Say whether a cell says nothing: it is empty, or says that nothing was recorded."""
    return not text or text in _nothing()


def is_id(text: str) -> bool:
    """Say whether the text can be an id in the register."""
    return _ID.fullmatch(text) is not None


def lines(parts: Iterable[str]) -> str:
    """Write one part a line."""
    return "\n".join(part for part in parts if part)


@cache
def _nothing() -> frozenset[str]:
    return frozenset(wording(language)("overview.none") for language in LANGUAGES)


def _several_lines(text: str) -> str:
    return "\n".join(visible(line) for line in text.replace("\r\n", "\n").split("\n"))


def _by_line(
    text: str,
    old: Sequence[_Item],
    shown: Callable[[_Item], str],
    parse: Callable[[str, _Item | None], _Item],
) -> tuple[_Item, ...]:
    """Read a cell of one item a line; a line that is as it was keeps its item whole.

    A changed line is given the item that stood there, if that item is nowhere else in the cell.
    """
    before = [canonical(shown(item)) for item in old]
    after = [line for line in canonical(text).split("\n") if line]
    left = list(range(len(old)))
    kept: dict[int, int] = {}
    for place, line in enumerate(after):
        same = next((index for index in left if before[index] == line), None)
        if same is not None:
            kept[place] = same
            left.remove(same)
    return tuple(
        old[kept[place]] if place in kept else parse(line, old[place] if place in left else None)
        for place, line in enumerate(after)
    )


def _text(written: str, old: Text | None, words: Wording) -> Text:
    """Change the text in the workbook's language; one that was the same in all stays so."""
    texts = {language: getattr(old, language) for language in LANGUAGES} if old else {}
    if len(set(texts.values())) <= 1:
        return Text(**dict.fromkeys(LANGUAGES, written))
    return Text(**{**texts, words.language: written})


# --- kinds


def _day(text: str, old: date | None, context: Context) -> date:
    del old, context
    finnish = _FINNISH_DAY.fullmatch(text)
    try:
        if finnish:
            day, month, year = map(int, finnish.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError as error:
        raise CellError(f"'{text}' is no date; write it as 2026-11-22") from error


def _period(text: str, old: str | None, context: Context) -> str:
    del old
    found = period(text)
    if found is None or not re.fullmatch(r"P(\d+Y(\d+M)?(\d+D)?|\d+M(\d+D)?|\d+W|\d+D)", found):
        example = duration(context.words, "P1Y6M")
        raise CellError(f"'{text}' is no period; write it as '{example}' or P1Y6M")
    return found


def _country(text: str, old: str | None, context: Context) -> str:
    del old, context
    if not _COUNTRY.fullmatch(text.upper()):
        raise CellError(f"'{text}' is no country code; write two letters, as FI")
    return text.upper()


def _domain(line: str, old: str | None) -> str:
    del old
    if not _DOMAIN.fullmatch(line.lower()):
        raise CellError(f"'{line}' is no domain; write one a line, as example.com")
    return line.lower()


def _id(text: str, old: str | None, context: Context) -> str:
    del old, context
    if not is_id(text):
        raise CellError(f"'{text}' is no id; use a-z, 0-9 and - _ .")
    return text


def _code(vocabulary: str, text: str, context: Context) -> str:
    found = code(vocabulary, text)
    if found is None:
        hint = did_you_mean(text, choices(context.words, vocabulary))
        raise CellError(f"'{text}' is not in the list; {hint}")
    return found


def _category(line: str, words: Wording) -> str:
    known = _category_names()
    keys = known.get(line.casefold(), frozenset())
    if len(keys) != 1:
        names_ = [words.category(key) for key in taxonomy().categories]
        raise CellError(f"there is no category '{line}'; {did_you_mean(line, names_)}")
    return next(iter(keys))


@cache
def _category_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    keys = set(taxonomy().categories)
    for key in keys:
        for language in LANGUAGES:
            found[wording(language).category(key).casefold()].add(key)
    for key in keys | {key.rpartition(".")[0] for key in keys if "." in key}:
        found[key] = {key}
    return {name: frozenset(each) for name, each in found.items()}


def _shown_category(entry: Category, words: Wording) -> str:
    return words.category(entry.key) + bracketed(words.text(entry.condition))


def _read_category(line: str, old: Category | None, words: Wording) -> Category:
    name, separator, rest = line.partition(" (")
    try:
        key, condition = _category(line, words), ""
    except CellError:
        if not separator:
            raise
        key, condition = _category(name, words), rest.removesuffix(")")
    same = old if old and old.key == key else None
    text = _text(condition, same.condition if same else None, words) if condition else Text()
    if same:
        return same.model_copy(update={"condition": text})
    return Category(key=key, condition=text)


def _shown_contact(entry: Contact) -> str:
    parts = (entry.name, entry.address, entry.email, entry.phone)
    return "; ".join(visible(part) for part in parts if part)


def _read_contact(line: str, old: Contact | None) -> Contact:
    name, *rest = (part.strip() for part in line.split(";"))
    email = next((part for part in rest if "@" in part), "")
    phone = next((part for part in rest if _PHONE.fullmatch(part)), "")
    address = "; ".join(part for part in rest if part not in {email, phone, ""})
    known = old or Contact(name="")
    return known.model_copy(
        update={"name": name, "email": email, "phone": phone, "address": address}
    )


TEXT: CellKind[str] = CellKind(
    show=lambda value, _context: _several_lines(value),
    read=lambda text, _old, _context: text,
    empty="",
)
WORDS: CellKind[Text] = CellKind(
    show=lambda value, context: _several_lines(value.in_language(context.words.language)),
    read=lambda text, old, context: _text(text, old, context.words),
    empty=Text(),
)
WORDLIST: CellKind[tuple[Text, ...]] = CellKind(
    show=lambda value, context: lines(context.words.text(each) for each in value),
    read=lambda text, old, context: _by_line(
        text,
        old,
        context.words.text,
        lambda line, item: _text(line, item, context.words),
    ),
    empty=(),
)
DAY: CellKind[date | None] = CellKind(show=lambda value, _context: value, read=_day, empty=None)
PERIOD: CellKind[str | None] = CellKind(
    show=lambda value, context: duration(context.words, value), read=_period, empty=None
)
COUNTRY: CellKind[str | None] = CellKind(
    show=lambda value, _context: value or "", read=_country, empty=None
)
ID: CellKind[str | None] = CellKind(show=lambda value, _context: value or "", read=_id, empty=None)
DOMAINS: CellKind[tuple[str, ...]] = CellKind(
    show=lambda value, _context: lines(value),
    read=lambda text, old, _context: _by_line(text, old, str, _domain),
    empty=(),
)
LINES: CellKind[tuple[str, ...]] = CellKind(
    show=lambda value, _context: lines(map(visible, value)),
    read=lambda text, old, _context: _by_line(text, old, visible, lambda line, _item: line),
    empty=(),
)
CATEGORIES: CellKind[tuple[Category, ...]] = CellKind(
    show=lambda value, context: lines(_shown_category(each, context.words) for each in value),
    read=lambda text, old, context: _by_line(
        text,
        old,
        lambda entry: _shown_category(entry, context.words),
        lambda line, item: _read_category(line, item, context.words),
    ),
    empty=(),
)
KEYS: CellKind[tuple[str, ...]] = CellKind(
    show=lambda value, context: lines(map(context.words.category, value)),
    read=lambda text, old, context: _by_line(
        text, old, context.words.category, lambda line, _item: _category(line, context.words)
    ),
    empty=(),
)
CONTACTS: CellKind[tuple[Contact, ...]] = CellKind(
    show=lambda value, _context: lines(map(_shown_contact, value)),
    read=lambda text, old, _context: _by_line(text, old, _shown_contact, _read_contact),
    empty=(),
)
FLAG: CellKind[bool] = CellKind(
    show=lambda value, context: word(context.words, "bool", "yes" if value else "no"),
    read=lambda text, _old, context: _code("bool", text, context) == "yes",
    empty=True,
    choices="bool",
)
STATUS: CellKind[str] = CellKind(
    show=lambda value, context: word(context.words, "status", value),
    read=lambda text, _old, context: _code("status", text, context),
    empty=str(Status.ACTIVE),
    choices="status",
)


def chosen(vocabulary: str) -> CellKind[str | None]:
    """Make the kind of a value that is chosen from a vocabulary."""
    return CellKind(
        show=lambda value, context: word(context.words, vocabulary, value),
        read=lambda text, _old, context: _code(vocabulary, text, context),
        empty=None,
        choices=vocabulary,
    )


def one_of(table: Named) -> CellKind[str | None]:
    """Make the kind of a value that names one entry."""
    return CellKind(
        show=lambda value, context: context.names.labels[table].get(value or "", value or ""),
        read=lambda text, _old, context: context.names.find(table, text),
        empty=None,
        names=table,
    )


def many_of(
    table: Named, shown: Callable[[str, Context], str] | None = None
) -> CellKind[tuple[str, ...]]:
    """Make the kind of a value that names entries, one a line; `shown` may say more of each."""

    def label(key: str, context: Context) -> str:
        return context.names.labels[table].get(key, key)

    def read(text: str, old: tuple[str, ...], context: Context) -> tuple[str, ...]:
        return _by_line(
            text,
            old,
            lambda key: (shown or label)(key, context),
            lambda line, _item: context.names.find(table, line),
        )

    return CellKind(
        show=lambda value, context: lines((shown or label)(key, context) for key in value),
        read=read,
        empty=(),
        names=table,
    )


def recipient_and_role(key: str, context: Context) -> str:
    """Name a recipient with what it is in law."""
    entry = _entry(context.register.recipients, key)
    label = context.names.labels["recipients"].get(key, key)
    return label + bracketed(word(context.words, "role", entry.role)) if entry else label


def transfer_and_tool(key: str, context: Context) -> str:
    """Name a transfer with what it rests on."""
    entry = _entry(context.register.transfers, key)
    label = context.names.labels["transfers"].get(key, key)
    if entry is None:
        return label
    tool = word(context.words, "tool", entry.tool) or context.words("overview.none")
    return f"{label}: {tool}{bracketed(visible(entry.version))}"


_Known = TypeVar("_Known", Recipient, Transfer)


def _entry(entries: Sequence[_Known], key: str) -> _Known | None:
    return next((entry for entry in entries if entry.id == key), None)
