"""Write the register in the form of a profile: as a workbook, or as tables for other programs."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import BinaryIO

from reports import xlsx
from reports.profiles.fields import entries_of
from reports.profiles.profile import FormTable, Profile, rows, sheets
from reports.text import is_formula_like, visible
from reports.wording import wording
from reports.workbook.marks import clean
from reports.workbook.model import Content, Workbook
from reports.workbook.register import context
from ropa.model import Language, Register


def write_xlsx(
    form: Profile, register: Register, out: BinaryIO, language: Language, now: datetime
) -> None:
    """Write a workbook; `now` is the time that its properties tell."""
    words = wording(language)
    workbook = Workbook(
        title=form.name.in_language(language),
        author=register.controller.name,
        created=now,
        language=language,
        sheets=sheets(form, context(register, words)),
        lists=(),
    )
    xlsx.save(workbook, out, words)


def csv_tables(
    form: Profile, register: Register, language: Language
) -> Iterator[tuple[FormTable, bytes]]:
    """Give each table of the form as CSV; the controller's first, others if they have rows.

    UTF-8 with a byte order mark, which spreadsheets want; no cell is a formula.
    """
    words = wording(language)
    known = context(register, words)
    for table in sorted(form.tables, key=lambda each: each.of != "activities"):
        if table.of == "activities" or entries_of(register, table.of):
            headings = (column.heading.in_language(language) for column in table.columns)
            contents = (
                (clean(_told(cell), words) for cell in row) for row in rows(form, table, known)
            )
            yield table, _csv((headings, *contents))


def _csv(lines: Iterable[Iterable[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in line] for line in lines)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _told(cell: Content) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _safe(cell: str) -> str:
    text = "\n".join(map(visible, cell.split("\n")))
    return f"'{text}" if is_formula_like(text) else text
