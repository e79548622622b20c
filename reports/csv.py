"""The violations as a table for spreadsheets: one row each, no cell ever a formula."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, ClassVar

from reports.base import AuditResult
from reports.interruption import interruption
from reports.place import place_in_words
from reports.text import is_formula_like, visible
from reports.wording import Wording, wording
from ropa.model import Language
from rules.model import Violation

COLUMNS = (
    "rule", "answer", "severity", "certainty", "title", "references", "subject_kind", "subject_id",
    "subject", "message", "remedy", "missing", "waiver_owner", "waiver_reason", "waiver_until",
    "evidence", "fingerprint", "id", "waiver_kind", "status", "first_seen", "owner", "due",
)  # fmt: skip
"""Codes and names are the same in every language; sentences are in the one that was asked."""


class CsvReport:
    """All violations, unknown and waived ones included."""

    name: ClassVar[str] = "csv"
    suffix: ClassVar[str] = ".csv"

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the table as UTF-8 with a byte order mark, which spreadsheets want."""
        words = wording(language)
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\r\n")
        out.write(b"\xef\xbb\xbf")
        writer.writerow(COLUMNS)
        if note := interruption(
            result.run.started_at, result.run.finished_at, result.sources, words
        ):
            writer.writerow([_safe(cell) for cell in _noted(note, result.run.id)])
        for entry in result.violations:
            writer.writerow([_safe(cell) for cell in _row(entry, words)])
            out.write(buffer.getvalue().encode())
            buffer.seek(0)
            buffer.truncate()
        out.write(buffer.getvalue().encode())


def _noted(note: str, run: int) -> Iterator[str]:
    """Give the first row of an unfinished scan: a record like the others, of the run itself.

    A line above the header breaks programs, and a column says nothing where there are no rows.
    """
    cells = {
        "answer": "interrupted", "subject_kind": "run", "subject_id": str(run), "message": note,
    }  # fmt: skip
    return (cells.get(column, "") for column in COLUMNS)


def _row(entry: Violation, words: Wording) -> Iterator[str]:
    waiver = entry.waiver
    yield entry.rule
    yield "waived" if waiver else str(entry.answer)
    yield str(entry.severity)
    yield str(entry.certainty)
    yield words.text(entry.title)
    yield "; ".join(entry.references)
    yield str(entry.subject_kind)
    yield entry.subject_id
    yield words.subject(entry.subject_kind, entry.subject_id, entry.subject_name)
    yield words.text(entry.message)
    yield words.text(entry.remedy)
    yield "; ".join(entry.missing)
    yield waiver.owner if waiver else ""
    yield waiver.reason if waiver else ""
    yield waiver.until.isoformat() if waiver and waiver.until else ""
    yield "; ".join(
        f"{item.source} | {item.asset} | {place_in_words(item.locator, item.asset, words)} | "
        f"{words.text(item.note)}"
        for item in entry.evidence
    )
    yield entry.fingerprint
    yield entry.id
    yield str(waiver.kind) if waiver else ""
    yield str(entry.status) if entry.status else ""
    yield entry.first_seen.isoformat() if entry.first_seen else ""
    yield entry.owner
    yield entry.due.isoformat() if entry.due else ""


def _safe(cell: str) -> str:
    text = visible(cell)
    return f"'{text}" if is_formula_like(text) else text
