"""An export of Greenhouse as rows, each given to the candidate whom it concerns.

Two shapes are known: the resources of the Harvest API v3 as JSON arrays or lines
(`candidates.json`), and Fivetran's tables as CSV (`candidate.csv`). A file is parsed row by row,
and rows are kept as compact JSON in a temporary file of about the export's size: in memory are only
the names of files and what is asked for.
"""

import csv
import hashlib
import io
import json
import os
import sqlite3
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TextIO

from scanner.connectors import paths
from scanner.errors import AssetError, IoFailed, OutOfSpace, Unreadable
from scanner.extract import faults

Row = dict[str, Any]
"""As the export has it: nothing is known of the values."""

RESOURCES = {
    "candidate": "candidates",
    "application": "applications",
    "attachment": "attachments",
    "activity": "notes",
    "scorecard": "scorecards",
    "job": "jobs",
    "job_opening": "openings",
    "job_openings": "openings",
    "scheduled_interview": "interviews",
    "scheduled_interviews": "interviews",
    "scheduled_interviewer": "interviewers",
    "user": "users",
    "offer": "offers",
    "activity_feed": "notes",
}
"""CSV tables and older names → v3 resources."""
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".csv"})
_FIRST = ("candidates", "applications", "scorecards", "interviews")
"""In this order, because later rows name earlier ones."""
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CHUNK = 1 << 20
_SCHEMA = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA cache_size = -16384",
    "CREATE TABLE row (number INTEGER PRIMARY KEY, owner BLOB, resource BLOB, text TEXT)",
    "CREATE TABLE known (resource BLOB, key BLOB, owner BLOB, PRIMARY KEY (resource, key))",
    # Made beforehand: to sort what is there takes temporary files of SQLite's own.
    "CREATE INDEX of_owner ON row (owner, resource)",
    "CREATE INDEX of_nobody ON row (resource, text) WHERE owner = x''",
    "BEGIN",
)
_NEXT = {"": "[", "[": "]", "]": "", "lines": ""}
"""The bracket of the outer array that may follow; its rows' own are read with them."""


class Export:
    """What an export holds, its rows in a temporary file that only this process can open.

    It has no name in any folder, and vanishes with the process. Close the export, or let it go.
    """

    def __init__(self) -> None:
        self.broken: dict[str, AssetError] = {}
        """File → why it cannot be read to its end."""
        self.files: dict[str, Path] = {}
        """Relative name → a file that is no table: an attachment, or something unexpected."""
        self._by_id: dict[str, list[str]] = {}
        # SQLite's own temporary files lie where TMPDIR said when it was imported.
        with NamedTemporaryFile(prefix="kartta-", suffix=".sqlite") as file:
            self._rows = sqlite3.connect(file.name, check_same_thread=False, isolation_level=None)
            # Since 3.13 Python complains of a connection that is let go and not closed.
            weakref.finalize(self, self._rows.close)
            for statement in _SCHEMA:
                self._rows.execute(statement)

    def close(self) -> None:
        """Forget everything."""
        self._rows.close()

    def clear(self) -> None:
        """Hold nothing, to be filled again."""
        self.broken.clear()
        self.files.clear()
        self._by_id.clear()
        for table in ("row", "known"):
            self._rows.execute(f"DELETE FROM {table}")  # noqa: S608 - our words

    def add(self, candidate: str, resource: str, row: Row) -> None:
        """Keep a row of a candidate, or of nobody."""
        text = _COMPACT.encode(row)
        # Halves of surrogate pairs, which JSON may hold, become question marks.
        text = text.encode("utf-8", "replace").decode()
        self._rows.execute(
            "INSERT INTO row (owner, resource, text) VALUES (?, ?, ?)",
            (_bytes(candidate), _bytes(resource), text),
        )

    def bind(self, resource: str, key: str, candidate: str) -> None:
        """Remember whom a row concerns that later rows may name."""
        self._rows.execute(
            "INSERT OR REPLACE INTO known VALUES (?, ?, ?)",
            (_bytes(resource), _bytes(key), _bytes(candidate)),
        )

    def bound(self, resource: str, key: str) -> str:
        """Give whom such a row concerns; empty where nobody is known."""
        found = self._rows.execute(
            "SELECT owner FROM known WHERE resource = ? AND key = ?",
            (_bytes(resource), _bytes(key)),
        ).fetchone()
        return _text(found[0]) if found else ""

    def candidates(self) -> Iterator[str]:
        """Give the candidates' ids."""
        for (owner,) in self._rows.execute("SELECT DISTINCT owner FROM row WHERE owner <> x''"):
            yield _text(owner)

    def others(self) -> Iterator[str]:
        """Give the resources with rows that concern no candidate."""
        for (name,) in self._rows.execute("SELECT DISTINCT resource FROM row WHERE owner = x''"):
            yield _text(name)

    def texts(self, candidate: str) -> list[tuple[str, str]]:
        """Give a candidate's rows as JSON, with the resources that they come from, in order."""
        found = self._rows.execute(
            "SELECT resource, text FROM row WHERE owner = ? ORDER BY number", (_bytes(candidate),)
        )
        return [(_text(resource), text) for resource, text in found] if candidate else []

    def rows(self, candidate: str, *only: str) -> Iterator[tuple[str, Row]]:
        """Give a candidate's rows with the resources that they come from, or some of them."""
        for resource, row in self.texts(candidate):
            if not only or resource in only:
                yield resource, json.loads(row)

    def attachments(self) -> Iterator[Row]:
        """Give the rows of all candidates' attachments."""
        for (text,) in self._rows.execute(
            "SELECT text FROM row WHERE owner <> x'' AND resource = x'6174746163686d656e7473'"
        ):
            yield json.loads(text)

    def has_table(self, resource: str) -> bool:
        """Tell whether a resource has rows that concern no candidate."""
        return self._of_nobody("SELECT 1", resource, "LIMIT 1").fetchone() is not None

    def table(self, resource: str) -> Iterator[Row]:
        """Give the rows of a resource that concern no candidate."""
        for (text,) in self._of_nobody("SELECT text", resource, "ORDER BY number"):
            yield json.loads(text)

    def table_sign(self, resource: str) -> tuple[str, int]:
        """Give what changes whenever such a row does, and how many characters they are."""
        digest, size = hashlib.sha256(), 0
        for (text,) in self._of_nobody("SELECT text", resource, "ORDER BY text"):
            digest.update(text.encode() + b"\0")
            size += len(text)
        return digest.hexdigest()[:32], size

    def _of_nobody(self, what: str, resource: str, how: str) -> sqlite3.Cursor:
        return self._rows.execute(
            f"{what} FROM row WHERE owner = x'' AND resource = ? {how}",
            (_bytes(resource),),
        )

    def attached(self, key: str) -> list[str]:
        """Give the files kept under an attachment's (or candidate's) id, by relative name."""
        return self._by_id.get(key, [])

    def add_file(self, name: str, path: Path) -> None:
        """Keep a file, and under which ids it may be looked for."""
        self.files[name] = path
        for key in {part.partition("_")[0] for part in name.split("/")}:
            self._by_id.setdefault(key, []).append(name)


def sign(rows: list[str]) -> str:
    """Give what changes whenever one of the rows does."""
    digest = hashlib.sha256()
    for row in sorted(rows):
        digest.update(row.encode() + b"\0")
    return digest.hexdigest()[:32]


def _bytes(name: str) -> bytes:
    """Write a name that may hold halves of characters, which a database's text may not."""
    return name.encode("utf-8", "surrogatepass")


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogatepass")


def load(folder: Path, export: Export) -> None:
    """Read an export in place of what was read before.

    Raises:
        OSError: the folder cannot be listed.
        RetriableError: it was lost while it was read.
    """
    export.clear()
    tables: list[tuple[str, Path]] = []
    next(folder.iterdir(), None)  # what is below is listed without a word about what cannot be
    for path in sorted(_below(folder)):
        if path.parent == folder and path.suffix.lower() in SUFFIXES:
            name = path.stem.lower()
            tables.append((RESOURCES.get(name, name), path))
        else:
            export.add_file(path.relative_to(folder).as_posix(), path)
    for resource, path in sorted(tables, key=_first_things_first):
        try:
            for row in _rows(path):
                export.add(_owner(export, resource, row), resource, row)
        except (IoFailed, OutOfSpace):
            raise  # what is not read now is not gone
        except AssetError as error:
            export.broken[path.name] = error
        except (ValueError, RecursionError, csv.Error) as error:
            broken = Unreadable("the table is broken; the rows before that are read")
            broken.__cause__ = error
            export.broken[path.name] = broken
    paths.expect(folder)


def _below(folder: Path) -> Iterator[Path]:
    """Give everything that is no folder, in no order; folders may be nested deeply."""
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        yield Path(entry.path)
        except OSError as error:
            faults.expect_none(error)


def is_export(folder: Path) -> bool:
    """Tell whether a folder looks like an export: candidates and applications as tables."""
    names = {
        RESOURCES.get(path.stem.lower(), path.stem.lower())
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES
    }
    return {"candidates", "applications"} <= names


def text_of(value: object) -> str:
    """Give an id or a short value as text; empty for None.

    >>> text_of(17), text_of(None), text_of(" 17 ")
    ('17', '', '17')
    """
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _owner(export: Export, resource: str, row: Row) -> str:
    """Give the candidate's id, through rows that were seen before; empty where none is known."""
    own = text_of(row.get("id"))
    if resource == "candidates":
        return own
    if resource in {"openings", "jobs", "users"}:
        return ""
    found = text_of(row.get("candidate_id"))
    for link, target in (
        ("application_id", "applications"),
        ("scorecard_id", "scorecards"),
        ("interview_id", "interviews"),
        ("scheduled_interview_id", "interviews"),
    ):
        key = "" if found else text_of(row.get(link))
        found = found or (export.bound(target, key) if key else "")
    if found and own and resource in _FIRST:
        export.bind(resource, own, found)
    return found


def _first_things_first(table: tuple[str, Path]) -> tuple[int, str]:
    resource, path = table
    return (_FIRST.index(resource) if resource in _FIRST else len(_FIRST), path.name)


def _rows(path: Path) -> Iterator[Row]:
    """Give the rows of one table."""
    with (
        paths.open_regular(path, follow=True) as binary,
        io.TextIOWrapper(binary, "utf-8-sig", "replace", newline="") as stream,
    ):
        if path.suffix.lower() == ".csv":
            yield from _csv_rows(stream)
        else:
            yield from filter(None, map(_as_row, _json_values(stream)))


def _csv_rows(stream: TextIO) -> Iterator[Row]:
    """Give rows; cells beyond the header keep their position as name, empty ones are left out."""
    csv.field_size_limit(sys.maxsize)  # a letter may stand in one cell
    reader = csv.reader(stream)
    header = next(reader, [])
    for cells in reader:
        names = [*header, *(f"column {n}" for n in range(len(header) + 1, len(cells) + 1))]
        row = {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
        if row:
            yield row


def _as_row(value: object) -> Row:
    return value if isinstance(value, dict) else {"value": value} if value is not None else {}


MOST_PENDING = 64 * 1024**2
"""Characters of one JSON value; a row of an export is some kilobytes."""


def _json_values(stream: TextIO) -> Iterator[object]:
    """Give the values of an array, or of lines, one at a time."""
    decoder = json.JSONDecoder()
    text, place, ended = "", 0, False
    bracket = ""
    while True:
        while place < len(text) and (text[place].isspace() or text[place] in f",{_NEXT[bracket]}"):
            if text[place] in "[]":
                bracket = text[place]
            place += 1
        try:
            value, end = decoder.raw_decode(text, place)
        except json.JSONDecodeError:
            value, end = None, len(text)
        # What ends with the buffer may go on after it.
        if end < len(text) or (ended and value is not None):
            yield value
            bracket = bracket or "lines"
            place = end
            continue
        if ended:
            if bracket == "[" or text[place:]:
                raise ValueError("cut off or not JSON")
            return
        if len(text) - place > MOST_PENDING:
            raise ValueError("one value is too long to be a row")
        more = stream.read(max(_CHUNK, len(text) - place))
        ended = not more
        text, place = text[place:] + more, 0
