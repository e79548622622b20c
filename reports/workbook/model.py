"""A sheet as values: what is in its cells and how each is meant, without a spreadsheet library."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Content = str | int | float | date | None


class Tone(StrEnum):
    """How a cell is meant; its colour never says more than its words."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell."""

    content: Content
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the article below it, its width in characters."""

    heading: str
    width: float
    article: str = ""
    choices: str = ""
    """Name of the vocabulary from which its cells are chosen."""
    names: str = ""
    """Key of the sheet whose first column offers what its cells name."""

    @property
    def title(self) -> str:
        """Give heading and article, one below the other."""
        return f"{self.heading}\n{self.article}" if self.article else self.heading


Row = tuple[Cell | Content, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title, a note, one table."""

    key: str
    """Name of the table's range in both languages: `Record`, `Recipients` …"""
    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Collection[Row]
    """Taken one by one: they may be more than memory holds."""
    frozen: int = 1
    """Columns that stay in sight."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """The whole workbook."""

    title: str
    author: str
    created: datetime
    language: str
    sheets: tuple[Sheet, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    """The vocabularies: name, and the words to choose from."""
    marks: tuple[tuple[str, ...], ...] = ()
    """Rows of the hidden sheet by which the workbook is read back: see `register.marks`."""


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """One sheet of a workbook that a person may have edited."""

    name: str
    rows: tuple[tuple[Content, ...], ...]
    formulas: frozenset[str]
    """Places of cells that hold a formula: `C7`."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook that a person may have edited, as it was read."""

    file: str
    """Its name, without folders."""
    ranges: Mapping[str, OpenedSheet]
    """The sheets by the names of their ranges, which survive the renaming of a sheet."""


def letters(column: int) -> str:
    """Give the letters of a column, counted from one.

    >>> letters(1), letters(27)
    ('A', 'AA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
