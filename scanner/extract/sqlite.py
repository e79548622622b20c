"""SQLite files: every table, read-only, without running anything that the file brings along."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from scanner.errors import TooLarge, Unreadable
from scanner.extract import faults
from scanner.extract.base import Budget, Part, part_of
from scanner.extract.dispatch import member
from scanner.extract.rows import columns
from scanner.extract.table import is_name
from scanner.locator import Locator
from scanner.model import Content, Segment, Skip, SkipReason

_HEADER = 100
_LOGGED = b"\x02\x02"
"""Format versions for writing and reading that say WAL (SQLite file format, 1.3.3)."""

LEAST_FILE = 16
"""Bytes; shorter binary values are keys and flags, not files."""


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield table by table; files kept in binary columns as members."""
    with tempfile.NamedTemporaryFile(prefix="kartta-", suffix=".sqlite") as copy:
        is_logged = _copy(part, copy, budget)
        uri = f"{Path(copy.name).as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            database.text_factory = lambda value: value.decode("utf-8", "replace")
            database.execute("PRAGMA trusted_schema=OFF")
            for table in _tables(database):
                yield from _table(database, table, part, budget)
        if is_logged:
            detail = "changes in a write-ahead log beside the file are not read"
            yield Skip(SkipReason.NO_TEXT, detail, part.locator)


def _copy(part: Part, copy: IO[bytes], budget: Budget) -> bool:
    """Copy the file within the limits; say whether it keeps a write-ahead log."""
    head = part.stream.read(_HEADER)
    copy.write(head)
    size = len(head)
    while piece := part.stream.read(1024**2):
        size += len(piece)
        if size > budget.limits.max_unpacked:
            raise TooLarge(f"larger than {budget.limits.max_unpacked} bytes")
        copy.write(piece)
    copy.flush()
    return head[18:20] == _LOGGED


def _tables(database: sqlite3.Connection) -> list[str]:
    """List the tables that hold their own rows (a virtual table's are in its shadow tables)."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' "
        "ESCAPE '~' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    try:
        return [str(name) for (name,) in database.execute(query)]
    except sqlite3.DatabaseError as error:
        raise Unreadable("the database is broken: its tables cannot be listed") from error


def _table(
    database: sqlite3.Connection, table: str, part: Part, budget: Budget
) -> Iterator[Content]:
    place = part.locator.then("table", table)
    failures: list[str] = []
    blobs: list[int] = []
    try:
        cursor = database.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608 - quoted
        names = [str(column[0]) for column in cursor.description]
        header = [name if is_name(name) else f"column {n}" for n, name in enumerate(names, 1)]
        yield from columns(place, header, _rows(cursor, blobs, failures))
        for index in dict.fromkeys(blobs):
            yield from _files(database, table, names[index], place, budget)
    except UnicodeDecodeError:
        yield Skip(SkipReason.UNREADABLE, "the name of a column is no text", place)
    except sqlite3.DatabaseError as error:
        faults.expect_none(error)
        failures.append(type(error).__name__)
    if failures:
        yield Skip(SkipReason.UNREADABLE, "the table is broken; read as far as possible", place)


def _rows(cursor: sqlite3.Cursor, blobs: list[int], failures: list[str]) -> Iterator[list[str]]:
    """Turn rows into text; columns with files are noted in `blobs`."""
    while True:
        try:
            row = cursor.fetchone()
        except (sqlite3.DatabaseError, OverflowError) as error:
            faults.expect_none(error)
            failures.append(type(error).__name__)
            return
        if row is None:
            return
        cells = []
        for index, value in enumerate(row):
            text = _text(value)
            if text is None:
                text = ""
                if index not in blobs:
                    blobs.append(index)
            cells.append(text)
        yield cells


def _text(value: object) -> str | None:
    """Write a value as text; None for a file."""
    if value is None:
        return ""
    if not isinstance(value, bytes):
        return str(value)
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return None if len(value) >= LEAST_FILE else ""
    if value.startswith(b"%PDF-") or "\0" in text:
        return None if len(value) >= LEAST_FILE else ""
    return text


def _files(
    database: sqlite3.Connection, table: str, column: str, place: Locator, budget: Budget
) -> Iterator[Content]:
    """Read the files in one column; those of no known format are counted, not listed."""
    query = f"SELECT {_quoted(column)} FROM {_quoted(table)}"  # noqa: S608 - quoted
    unread = 0
    label = column if is_name(column) else "file"
    for number, (value,) in enumerate(database.execute(query), 1):
        if not isinstance(value, bytes) or _text(value) is not None:
            continue
        budget.spend(len(value))
        spot = place.row(number).part(label)
        contents = list(member(part_of(label, value, spot), budget))
        known = [each for each in contents if not _is_foreign(each, spot)]
        unread += len(contents) > len(known)
        yield from known
    if unread:
        detail = f"{unread} binary values of a format that is not read"
        yield Skip(SkipReason.UNSUPPORTED, detail, place.column(label))


def _is_foreign(content: Content, spot: Locator) -> bool:
    return (
        not isinstance(content, Segment)
        and isinstance(content, Skip)
        and content.reason is SkipReason.UNSUPPORTED
        and content.locator == spot
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
