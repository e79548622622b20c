"""Catalogs that an earlier version made: dumps of real ones, restored."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, inspect, text

DUMPS = Path(__file__).parent / "catalogs"


def restored(file: Path, journal: str = "WAL") -> Path:
    """Make the catalog of version 3 anew."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((DUMPS / "version-3.sqlite.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA journal_mode={journal}")
    return file


def engine_of(url: str) -> Engine:
    """Connect without opening: nothing is migrated."""
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a database, by table."""
    engine = engine_of(url)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        found = {
            name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))), key=repr)  # noqa: S608 - names from the database
            for name in names
        }
    engine.dispose()
    return found
