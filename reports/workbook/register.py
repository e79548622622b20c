"""The sheets of the declared side: what Art. 30(1) and (2) ask, in the law's own words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from reports.wording import Wording
from reports.workbook.form import PARTIES, Entry, Field, Form, Told, entries, forms, heading, shown
from reports.workbook.kinds import Context, lines
from reports.workbook.marks import FORMAT, mark, written
from reports.workbook.model import Cell, Column, Content, Row, Sheet, Tone
from reports.workbook.names import names
from ropa.model import Contact, Register
from ropa.observed import recipient_of
from scanner.summary import FlowSummary

ID_WIDTH = 18.0


def context(register: Register, words: Wording, flows: Iterable[FlowSummary] = ()) -> Context:
    """Give what showing a register's cells needs to know."""
    messages: Counter[str] = Counter()
    for flow in flows:
        recipient = recipient_of(register, flow.domain)
        if recipient:
            messages[recipient.id] += flow.messages
    return Context(words, register, names(register, words), messages)


def sheets(known: Context) -> tuple[Sheet, ...]:
    """Give every sheet of the declared side."""
    return tuple(_sheet(form, known) for form in forms())


def marks(known: Context) -> tuple[tuple[str, ...], ...]:
    """Give the rows of the hidden sheet: sheet, row's id, and the mark of each of its cells.

    The first row names the format and the language.
    """
    rows: list[tuple[str, ...]] = [("Kartta", FORMAT, known.words.language)]
    for form in forms():
        for key, entry in sorted(entries(known.register, form.table).items()):
            told = (f"{name}={mark(text)}" for name, text in cells(form, key, entry, known).items())
            rows.append((form.key, key, " ".join(told)))
    return tuple(rows)


def cells(form: Form, key: str, entry: Entry, known: Context) -> dict[str, str]:
    """Give the texts of a row by column, as they are written and compared."""
    return {
        column.key: written(_content(column, shown(column, key, entry, known), known), known.words)
        for column in form.columns
    }


def contact(who: Contact) -> str:
    """Give a contact's details, one a line."""
    return lines((who.address, who.email, who.phone))


def column_of(field: Field | Told, words: Wording) -> Column:
    """Give the column as a sheet has it."""
    article = words(f"article.{field.article}") if field.article else ""
    column = Column(heading(field, words), field.width, article)
    if isinstance(field, Told):
        return column
    named = next(
        (each.key for each in forms() if each.is_first and each.table == field.kind.names), ""
    )
    return replace(
        column, choices=field.kind.choices, names="" if field.kind.empty == () else named
    )


def _sheet(form: Form, known: Context) -> Sheet:
    words = known.words
    columns = (
        *(column_of(field, words) for field in form.columns),
        Column(words("column.id"), ID_WIDTH),
    )
    found = entries(known.register, form.table)
    rows: list[Row] = []
    for key in sorted(found, key=lambda each: _rank(form, each)):
        contents = [
            _content(column, shown(column, key, found[key], known), known)
            for column in form.columns
        ]
        first, *rest = (
            Cell(content, _tone(column, content, words))
            for column, content in zip(form.columns, contents, strict=True)
        )
        rows.append((Cell(first.content, Tone.STRONG), *rest, Cell(key, Tone.QUIET)))
    title = words(f"title.{form.name}")
    note = words(f"note.{form.name}")
    return Sheet(form.key, words(f"sheet.{form.name}"), title, note, columns, tuple(rows))


def _rank(form: Form, key: str) -> tuple[int, str]:
    return (PARTIES.index(key), "") if form.table == "parties" else (0, key)


def _content(column: Field | Told, content: Content, known: Context) -> Content:
    if column.is_wanted and content in {"", None}:
        return known.words("overview.none")
    return content


def _tone(column: Field | Told, content: Content, words: Wording) -> Tone:
    is_gap = column.is_wanted and content == words("overview.none")
    return Tone.ATTENTION if is_gap else Tone.PLAIN
