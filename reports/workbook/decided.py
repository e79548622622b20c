"""What people decide of findings on the sheet of violations: the columns, and reading them back.

Who deals with it, by when, and whether it is waived, why and until when. A cell counts as edited
when it is not what was exported: each row carries the marks of its five cells.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.wording import Wording
from reports.workbook.lines import FIRST_ROWS, Refusal
from reports.workbook.marks import canonical, mark, written
from reports.workbook.model import Content, Opened, OpenedSheet, letters
from rules.model import Violation

KEY = "Violations"
COLUMNS = ("owner", "due", "decision", "why", "until")
_ID = "finding"
_MARKS = "marks"
_LENGTH = 8
"""Of a mark; five of them stand in a cell."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A row in which a person has changed something."""

    finding: str
    cells: Mapping[str, str]
    """Column → canonical text."""
    edited: frozenset[str]
    exported: Mapping[str, str]
    """Column → mark of what was exported."""
    key: str
    """Of which key the finding's id is."""
    places: Mapping[str, str]


def shown(entry: Violation, words: Wording) -> Mapping[str, Content]:
    """Give what the five cells of a finding hold."""
    waiver = entry.waiver
    return {
        "owner": entry.owner,
        "due": entry.due,
        "decision": words.label("waiver", waiver.kind) if waiver else "",
        "why": waiver.reason if waiver else "",
        "until": waiver.until if waiver else None,
    }


def marks_of(cells: Mapping[str, Content], key: str, words: Wording) -> str:
    """Give the text by which untouched cells are known again."""
    return " ".join([key or "-", *(mark_of(written(cells[name], words)) for name in COLUMNS)])


def mark_of(text: str) -> str:
    """Give the mark of one cell's canonical text."""
    return mark(text)[:_LENGTH]


def edits(book: Opened, words: Wording) -> tuple[tuple[Decided, ...], tuple[Refusal, ...]]:
    """Give the rows that a person has changed, and what cannot be read.

    A workbook without the sheet, or of a version without these columns, has none.
    """
    sheet = book.ranges.get(KEY)
    titles = {words(f"column.{name}"): name for name in (*COLUMNS, _ID, _MARKS)}
    if sheet is None:
        return (), ()
    head = next(
        (n for n, row in enumerate(sheet.rows[:FIRST_ROWS]) if words(f"column.{_ID}") in row), None
    )
    if head is None:
        return (), ()
    columns = {
        titles[str(cell)]: index
        for index, cell in enumerate(sheet.rows[head])
        if str(cell) in titles
    }
    if {*COLUMNS, _ID, _MARKS} - set(columns):
        reason = "a heading of these columns is gone: " + ", ".join(
            title for title, name in titles.items() if name not in columns
        )
        return (), (Refusal(sheet.name, reason),)
    rows = tuple(_rows(sheet, head, columns))
    refusals = tuple(
        Refusal(place, "the cell holds a formula; write its value")
        for row in rows
        for name, place in row.places.items()
        if name in row.edited and place.rpartition("!")[2] in sheet.formulas
    )
    return rows, refusals


def _rows(sheet: OpenedSheet, head: int, columns: Mapping[str, int]) -> Iterator[Decided]:
    for number, row in enumerate(sheet.rows[head + 1 :], start=head + 2):
        cells = {name: canonical(row[index]) for name, index in columns.items()}
        key, *marks = cells[_MARKS].split()[: len(COLUMNS) + 1] or [""]
        if not cells[_ID] or len(marks) != len(COLUMNS):
            continue
        exported = dict(zip(COLUMNS, marks, strict=True))
        edited = frozenset(name for name in COLUMNS if mark_of(cells[name]) != exported[name])
        if edited:
            yield Decided(
                cells[_ID],
                {name: cells[name] for name in COLUMNS},
                edited,
                exported,
                key,
                {name: f"{sheet.name}!{letters(columns[name] + 1)}{number}" for name in COLUMNS},
            )
