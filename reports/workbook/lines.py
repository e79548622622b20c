"""Find the rows and columns of the form in a workbook that a person may have rearranged.

Rows may be sorted, columns moved or deleted, lines put above the table: a row is known by its id, a
column by its heading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.wording import Wording, wording
from reports.workbook.form import Field, Form, Told
from reports.workbook.kinds import is_blank
from reports.workbook.marks import FORMAT, RANGE, canonical
from reports.workbook.model import Opened, OpenedSheet, letters
from reports.workbook.register import column_of
from reports.workbook.vocabulary import LANGUAGES
from scanner.errors import ReportError

FIRST_ROWS = 20
"""Rows in which the headings are looked for."""
Marks = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Sheet → row's id → column → mark of what was exported."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a workbook cannot be read back: the cell and the reason."""

    place: str
    reason: str


@dataclass(slots=True)
class Line:
    """One row of a sheet."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    """Column → canonical text."""
    letters: Mapping[str, str]
    key: str
    """The id as it stands in the row; empty for a row that a person added."""

    def place(self, column: str = "id") -> str:
        """Give the cell as people write it: `Retention!C7`."""
        return f"{self.sheet}!{self.letters.get(column, 'A')}{self.number}"


@dataclass(slots=True)
class Found:
    """What was found on one sheet."""

    lines: list[Line] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def exported(book: Opened) -> tuple[Wording, Marks]:
    """Give the language of a workbook and the marks of what was exported.

    Raises:
        ReportError: it is no workbook of ours, or has lost its hidden sheet.
    """
    sheet = book.ranges.get(RANGE)
    rows = [[canonical(cell) for cell in row[:3]] for row in sheet.rows] if sheet else []
    language = next((each for each in LANGUAGES if rows and rows[0][2:] == [each]), None)
    if language is None or rows[0][:2] != ["Kartta", FORMAT]:
        raise ReportError(
            f"{book.file} does not carry the marks of 'kartta ropa export'",
            hint="export the register again and carry the edits over",
        )
    marks: dict[str, dict[str, dict[str, str]]] = {}
    for key, entry, told in rows[1:]:
        pairs = (part.partition("=") for part in told.split())
        marks.setdefault(key, {})[entry] = {name: mark for name, _, mark in pairs}
    return wording(language), marks


def find(form: Form, book: Opened, words: Wording) -> Found:
    """Give the rows of one sheet that say something."""
    found = Found()
    sheet = book.ranges.get(form.key)
    title = words(f"sheet.{form.name}")
    if sheet is None:
        reason = "the sheet is gone; to remove its entries, delete their rows and keep the sheet"
        found.refusals.append(Refusal(title, reason))
        return found
    head = next((n for n, row in enumerate(sheet.rows[:FIRST_ROWS]) if _is_head(row, words)), None)
    if head is None:
        reason = f"there is no row of headings with '{words('column.id')}' in it"
        found.refusals.append(Refusal(sheet.name, reason))
        return found
    columns = _columns(form, sheet, head, words, found)
    where = {column: letters(index + 1) for index, column in columns.items()}
    for number, row in enumerate(sheet.rows[head + 1 :], start=head + 2):
        cells = {column: canonical(row[index]) for index, column in columns.items()}
        key = cells.pop("id", "")
        line = Line(sheet.name, number, cells, where, key)
        said = {field.key for field in form.columns if isinstance(field, Field)} | {"activity"}
        if key or any(not is_blank(text) for name, text in cells.items() if name in said):
            found.lines.append(line)
            _refuse_formulas(line, sheet, found)
    return found


def _is_head(row: tuple[object, ...], words: Wording) -> bool:
    return any(_squeezed(cell) == words("column.id") for cell in row)


def _columns(
    form: Form, sheet: OpenedSheet, head: int, words: Wording, found: Found
) -> dict[int, str]:
    """Give the columns by position; one that nobody knows must be empty."""
    known: dict[str, str] = {_title(each, words): each.key for each in form.columns}
    known[words("column.id")] = "id"
    columns: dict[int, str] = {}
    for index, cell in enumerate(sheet.rows[head]):
        title, place = _squeezed(cell), f"{sheet.name}!{letters(index + 1)}{head + 1}"
        if title in known and known[title] not in columns.values():
            columns[index] = known[title]
        elif title in known:
            found.refusals.append(Refusal(place, f"the column '{title}' stands here twice"))
        elif any(canonical(row[index]) for row in sheet.rows[head + 1 :]):
            reason = f"nobody reads a column '{title}'; restore its heading, or delete the column"
            found.refusals.append(Refusal(place, reason))
    return columns


def _title(column: Field | Told, words: Wording) -> str:
    return _squeezed(column_of(column, words).title)


def _squeezed(text: object) -> str:
    return " ".join(str(text or "").split())


def _refuse_formulas(line: Line, sheet: OpenedSheet, found: Found) -> None:
    for letter in line.letters.values():
        if f"{letter}{line.number}" in sheet.formulas:
            place = f"{sheet.name}!{letter}{line.number}"
            found.refusals.append(Refusal(place, "the cell holds a formula; write its value"))
