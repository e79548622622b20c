"""Whether a catalog is whole: what is looked at when it opens, and what when somebody asks.

A page that is broken is told as that, with what to do, and never as a mistake of the program.
SQLite keeps no checksums: a bit that turned in a text or a number reads as another one.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, exists, func, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from scanner.catalog import schema
from scanner.errors import CatalogError
from scanner.locator import Locator
from scanner.model import Coverage, MilestoneKind, SkipReason

SMALL = 16 * 1024**2
"""Bytes up to which a file is looked through whenever it is opened: well below 0.1 s."""
UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError)
"""What a value raises that is not of its column's kind."""

_MAGIC = b"SQLite format 3\0"
_PAGE, _COUNTER, _PAGES = slice(16, 18), slice(24, 28), slice(28, 32)
_APPLICATION, _COUNTED = slice(68, 72), slice(92, 96)
_LARGEST = 65_536
"""Bytes of a page; its two bytes in the header hold 1 for that."""
_HEADER = 100
_MOST = 20
"""Problems that SQLite is asked for."""
_STREAM = 1_000
"""Rows fetched at a time."""
_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
"""What is wrong around a file and not in it."""


def expect_catalog(file: Path, where: str) -> None:
    """Look at a file's beginning before it is opened; nothing is written to it.

    Raises:
        CatalogError: it is empty, a folder, or not a catalog.
        OSError: it cannot be read.
    """
    if file.is_dir():
        raise CatalogError(f"{where} is a folder, not a catalog", hint="name a file in it")
    with file.open("rb") as stream:
        header = stream.read(_HEADER)
    if not header:
        raise CatalogError(
            f"the catalog {where} is an empty file: what was in it is lost",
            hint="'kartta catalog restore' puts a copy in its place; to begin anew, "
            "delete the file",
        )
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise CatalogError(
            f"{where} is no catalog, or its beginning is damaged",
            hint="name another one with --catalog, or put a copy in its place with "
            "'kartta catalog restore'; it was not touched",
        )
    if int.from_bytes(header[_APPLICATION]) not in {0, schema.APPLICATION}:
        raise CatalogError(
            f"{where} is a database, but no catalog of Kartta's (its header names another program)",
            hint="name another one with --catalog; this one was not touched",
        )
    log = file.with_name(f"{file.name}-wal")
    is_logged = log.exists() and log.stat().st_size > 0  # then what is missing may be in it
    if header[_COUNTER] == header[_COUNTED] and not is_logged:
        page = int.from_bytes(header[_PAGE])
        pages = int.from_bytes(header[_PAGES])
        if file.stat().st_size < pages * (_LARGEST if page == 1 else page):
            raise broken(where, "it was cut short")


def expect_whole(connection: Connection, file: Path, where: str) -> None:
    """Look through an SQLite file if it is small.

    Raises:
        CatalogError: it is broken.
    """
    if file.stat().st_size <= SMALL:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise broken(where, _one_line(found))


def broken(where: str, what: str) -> CatalogError:
    """Say that a catalog is damaged, and what to do."""
    return CatalogError(
        f"the catalog {where} is damaged ({what})",
        hint="'kartta catalog check' says more, 'kartta catalog restore' puts a copy in its place; "
        "without a copy move it away and scan anew: what is known of deletions is then lost",
    )


def refusal(where: str, error: SQLAlchemyError) -> CatalogError:
    """Tell what is wrong in the catalog from what is wrong around it."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code == sqlite3.SQLITE_IOERR_SHORT_READ or code & 0xFF not in _PASSING:
            return broken(where, f"{type(error).__name__} {code}")
    return CatalogError(
        f"the catalog {where} cannot be used ({type(error).__name__})",
        hint="check its address, disk space, your rights and that no other scan writes to it; then "
        "run the command again: what was finished is kept",
    )


def problems(connection: Connection) -> Iterator[str]:
    """Look through everything, and say what is wrong, in no scanned words.

    Raises:
        SQLAlchemyError: it is too broken to be looked through.
    """
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})"):
            if row[0] != "ok":
                yield _one_line(row[0])
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"table {row[0]}: row {row[1]} belongs to a row of {row[2]} that is not there"
    for table in schema.metadata.sorted_tables:
        yield from _unreadable(connection, table)
    for told, statement in _CONTRADICTIONS:
        if number := connection.execute(statement).scalar():
            yield f"{number:,} {told}"


def counts(connection: Connection) -> Iterator[tuple[str, int]]:
    """Count the rows of each table."""
    for table in schema.metadata.sorted_tables:
        yield table.name, connection.execute(select(func.count()).select_from(table)).scalar() or 0


def _unreadable(connection: Connection, table: Table) -> Iterator[str]:
    """Read every value as its column's kind, until one cannot be."""
    readers = _READERS.get(table.name, {})
    try:
        with connection.execution_options(yield_per=_STREAM).execute(select(table)) as rows:
            for row in rows.mappings():
                for name, read in readers.items():
                    read(row[name])
    except (SQLAlchemyError, *UNREADABLE) as error:
        yield f"table {table.name}: a value cannot be read ({type(error).__name__})"


def _one_line(found: object) -> str:
    return " ".join(str(found).split())


def _place(texts: Iterable[str] | None) -> Locator:
    return Locator.of(texts or ())


_READERS: Mapping[str, Mapping[str, Callable[[Any], object]]] = {
    "assets": {"coverage": Coverage, "readers": tuple},
    "sightings": {"locator": _place, "hit": _place, "evidence": tuple, "samples": tuple},
    "identifiers": {"hit": _place},
    "flows": {"categories": tuple, "addresses": tuple},
    "milestones": {"kind": MilestoneKind},
    "skips": {"reason": SkipReason, "locator": _place},
}
"""What makes a value of a column's text."""

_assets, _sources, _runs = schema.assets.c, schema.sources.c, schema.runs.c
_CONTRADICTIONS = (
    (
        "assets lie in a source that was listed to its end by a later run",
        select(func.count())
        .select_from(schema.assets.join(schema.sources, _sources.id == _assets.source_id))
        .where(_sources.listed == 1, _sources.run_id != _assets.run_id),
    ),
    (
        "sources have neither an end nor an error, though their run is finished",
        select(func.count())
        .select_from(schema.sources.join(schema.runs, _runs.id == _sources.run_id))
        .where(_sources.listed == 0, _sources.error == "", _runs.finished_at.is_not(None)),
    ),
    (
        "assets are called examined whole, and have parts that were not",
        select(func.count()).where(
            _assets.coverage == Coverage.EXAMINED,
            exists().where(schema.skips.c.asset_id == _assets.id),
        ),
    ),
    (
        "assets were not examined whole, and nothing says why",
        select(func.count()).where(
            _assets.coverage != Coverage.EXAMINED,
            ~exists().where(schema.skips.c.asset_id == _assets.id),
        ),
    ),
    (
        "sightings have more distinct values than values",
        select(func.count()).where(schema.sightings.c.distinct > schema.sightings.c.count),
    ),
)
"""What cannot be where every write was whole."""
