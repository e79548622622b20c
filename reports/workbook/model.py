"""A sheet as values: what is in its cells and how each is meant, without a spreadsheet library."""

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
    rows: tuple[Row, ...]
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
