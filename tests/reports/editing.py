"""Export a register as a workbook, and edit it as a person would."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from reports.workbook.merge import Merged, merge
from reports.xlsx import HEADER, opened
from ropa.graph import Graph
from ropa.model import Language, Register
from tests.reports.company import audit
from tests.reports.rendering import rendered


class Editor:
    """A workbook on disk and the hands of its reader."""

    def __init__(self, path: Path, register: Register, language: Language = "en") -> None:
        empty = replace(
            audit(copies=0), register=register, sources=(), categories=(), flows=(), sightings=(),
            skips=(), retention=(), violations=(), rules=(), graph=Graph((), ()),
        )  # fmt: skip
        self.path = path
        path.write_bytes(rendered("xlsx", empty, language))
        self._book: openpyxl.Workbook | None = None

    @property
    def book(self) -> openpyxl.Workbook:
        """Give the workbook, opened once."""
        if self._book is None:
            self._book = openpyxl.load_workbook(self.path)
        return self._book

    def sheet(self, key: str) -> Worksheet:
        """Give a sheet by the name of its range."""
        name = str(self.book.defined_names[key].attr_text).partition("!")[0].strip("'")
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def column(self, key: str, heading: str) -> int:
        """Give the number of a column by its heading, without the article."""
        heads = [str(cell.value).partition("\n")[0] for cell in self.sheet(key)[HEADER]]
        return heads.index(heading) + 1

    def row(self, key: str, entry: str) -> int:
        """Give the number of an entry's row."""
        sheet = self.sheet(key)
        last = sheet.max_column
        return next(
            number
            for number in range(HEADER + 1, sheet.max_row + 1)
            if entry in {sheet.cell(number, column).value for column in range(1, last + 1)}
        )

    def write(self, key: str, entry: str, heading: str, value: Any) -> str:  # noqa: ANN401
        """Write into a cell; give its place."""
        cell = self.sheet(key).cell(self.row(key, entry), self.column(key, heading))
        cell.value = value
        return f"{self.sheet(key).title}!{cell.coordinate}"

    def add(self, key: str, **values: object) -> int:
        """Add a row below the table, with values by heading (underscores for spaces)."""
        sheet = self.sheet(key)
        number = sheet.max_row + 1
        for heading, value in values.items():
            column = self.column(key, heading.replace("_", " "))
            sheet.cell(number, column).value = value  # type: ignore[assignment] # a test's values
        return number

    def delete(self, key: str, entry: str) -> None:
        """Delete an entry's row."""
        self.sheet(key).delete_rows(self.row(key, entry))

    def save(self) -> Path:
        """Save what was edited."""
        if self._book is not None:
            self._book.save(self.path)
            self._book = None
        return self.path

    def merged(self, register: Register) -> Merged:
        """Read the workbook back into a register."""
        return merge(opened(self.save()), register)
