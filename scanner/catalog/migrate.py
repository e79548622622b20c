"""Bring a catalog of an earlier version to this one: whole or not at all, and nothing is lost.

The version stands in the catalog's own table `meta` and nowhere else; alembic's table lives only
as long as the transaction of a migration.
"""

import logging
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from scanner import private
from scanner.catalog import schema
from scanner.catalog.lock import only_writer
from scanner.errors import CatalogError

OLDEST = 3
"""The first version that can be brought to this one."""

SCRIPTS = Path(__file__).parent / "migrations"
"""Where the steps are."""

_log = logging.getLogger(__name__)


def version_of(connection: Connection, where: str) -> int | None:
    """Give the version of a catalog; None for an empty database.

    Raises:
        CatalogError: it is no catalog of ours, or one that this tool cannot read.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    meta = {}
    if schema.meta.name in tables:
        meta = {row.key: row.value for row in connection.execute(select(schema.meta))}
    version = meta.get("version") or ""
    if not version.isdecimal():
        raise CatalogError(
            f"{where} is a database, but no catalog of Kartta's",
            hint="name another one with --catalog; this one was not touched",
        )
    if int(version) > schema.VERSION:
        needed = meta.get("tool") or "the version that last wrote to it"
        raise CatalogError(
            f"the catalog {where} has version {version}, this tool reads up to {schema.VERSION}",
            hint=f"use Kartta {needed} or a later one; the catalog was not touched",
        )
    if int(version) < OLDEST:
        raise CatalogError(
            f"the catalog {where} has version {version}, from before the first release",
            hint="keep it, and read it with the tool that made it; begin a new --catalog",
        )
    return int(version)


def migrate(engine: Engine, where: str) -> None:
    """Bring the catalog to this version, after a copy of it where it is a file.

    Raises:
        CatalogError: it cannot be changed, or a scan is at work; it is as it was.
    """
    try:
        with only_writer(engine), engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                # Python's driver would begin a transaction only at the first change of a row.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            version = version_of(connection, where)
            if version is not None and version < schema.VERSION:
                _tell(where, version, _copied(engine, version))
                upgrade(connection, version)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise CatalogError(
            f"the catalog {where} could not be brought to version {schema.VERSION} "
            f"({type(error).__name__}); it is as it was",
            hint="check disk space and that you may change the catalog (of a database: as the "
            "owner of its tables), and run the command again",
        ) from error


def upgrade(connection: Connection, version: int | None = None) -> None:
    """Run the steps after a version (None: all of them) in the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - only where a catalog is behind
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    if version is not None:
        command.stamp(config, str(version))
    command.upgrade(config, str(schema.VERSION))
    connection.execute(text("DROP TABLE alembic_version"))
    ours = [row["key"] for row in schema.META]
    connection.execute(schema.meta.delete().where(schema.meta.c.key.in_(ours)))
    connection.execute(schema.meta.insert(), schema.META)


def _tell(where: str, version: int, copy: Path | None) -> None:
    kept = f"a copy as it was: {copy}" if copy else "a failure leaves it as it was"
    _log.warning(
        "the catalog %s is brought from version %d to %d; %s", where, version, schema.VERSION, kept
    )


def _copied(engine: Engine, version: int) -> Path | None:
    """Copy a catalog that is a file; its owner alone may read the copy."""
    if engine.dialect.name != "sqlite":
        return None
    file = Path(engine.url.database or "")
    name = f"{file.name}.version-{version}"
    names = (file.with_name(f"{name}.{n}" if n > 1 else name) for n in count(1))
    copy = next(each for each in names if not each.exists())
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    private.ensure(unfinished)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(copy)
    return copy
