"""Open a catalog: make it where there is none, bring it to this version where it is behind."""

import os
from glob import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from scanner import private
from scanner.catalog import integrity, schema
from scanner.catalog.lock import only_user
from scanner.catalog.migrate import migrate, version_of
from scanner.errors import CatalogError, ConfigError
from scanner.patience import KEPT_ALIVE, be_patient

CONNECT_SECONDS = 10
"""In which a server must answer; `?connect_timeout=` in the URL says otherwise."""
ANSWER_SECONDS = 600.0
"""Of one answer of a server: a large source is forgotten, a catalog migrated, in one statement."""


def open_engine(url: str, *, create: bool) -> Engine:
    """Connect to a catalog of this version; with `create`, make it and write to it, else only read.

    Raises:
        CatalogError: it is not there, cannot be reached, is none of ours, or of a version that
            this tool cannot read.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise CatalogError(
            "the catalog's URL is not one", hint="for example sqlite:///.kartta/catalog.sqlite"
        ) from error
    where = parsed.set(query={}).render_as_string(hide_password=True)
    try:
        engine = _engine(parsed, where, create=create)
        try:
            with engine.begin() as connection:
                if engine.dialect.name == "sqlite":
                    integrity.expect_whole(connection, Path(parsed.database or ""), where)
                version = _prepare(connection, where, create=create)
            if version < schema.VERSION:
                _migrate(parsed, where, version)
            if create and engine.dialect.name == "sqlite":
                with engine.connect() as connection:
                    # Survives a killed process and lets reports read while a scan writes.
                    connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        except BaseException:
            engine.dispose()
            raise
    except DBAPIError as error:
        raise integrity.refusal(where, error) from error
    except integrity.UNREADABLE as error:
        raise integrity.broken(where, type(error).__name__) from error
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise CatalogError(
            f"the catalog {where} cannot be opened ({type(error).__name__})",
            hint="check that the address is right and that you may write there",
        ) from error
    return engine


def read_only(url: URL, where: str) -> None:
    """See whether a catalog could be opened by this tool, and change nothing.

    Raises:
        CatalogError: it is damaged, none of ours, or of a version that this tool cannot read.
    """
    engine = _engine(url, where, create=False)
    try:
        with engine.begin() as connection:
            integrity.expect_whole(connection, Path(url.database or ""), where)
            _prepare(connection, where, create=False)
    except SQLAlchemyError as error:
        raise integrity.refusal(where, error) from error
    finally:
        engine.dispose()


def files_of(catalog: Path) -> list[Path]:
    """Give a catalog that is a file, what lies beside it while it is used, and kept copies."""
    return [catalog, *sorted(catalog.parent.glob(f"{escape(catalog.name)}[-.]*"))]


def _prepare(connection: Connection, where: str, *, create: bool) -> int:
    """Give the version; make the tables where there are none at all."""
    version = version_of(connection, where)
    if version is not None:
        return version
    if not create:
        raise CatalogError(
            f"the catalog {where} is empty: nothing was scanned yet", hint="run 'kartta scan'"
        )
    if connection.dialect.name == "sqlite":
        raise integrity.broken(where, "it has no tables")
    _make(connection)
    return schema.VERSION


def _make(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    connection.execute(insert(schema.meta), schema.META)


def _begin(file: Path) -> None:
    """Make a catalog that is a file, whole or not at all: an empty one was then more once."""
    with only_user(file):
        if file.exists():
            return
        for beside in ("-wal", "-shm"):  # of a catalog that was deleted: not of this one
            file.with_name(file.name + beside).unlink(missing_ok=True)
        unfinished = file.with_name(f"{file.name}.part")
        unfinished.unlink(missing_ok=True)
        private.ensure(unfinished)
        engine = create_engine(URL.create("sqlite", database=str(unfinished)))
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION}")
                _make(connection)
        finally:
            engine.dispose()
        unfinished.rename(file)


def _migrate(url: URL, where: str, version: int) -> None:
    """Bring the catalog to this version, also for a command that otherwise only reads."""
    file = Path(url.database or "")
    is_file = url.get_backend_name() == "sqlite"
    if is_file and not all(os.access(path, os.W_OK) for path in (file, file.parent)):
        raise CatalogError(
            f"the catalog {where} has version {version}, this tool reads {schema.VERSION}, and it "
            "cannot be changed where it lies",
            hint="copy it to a folder where you may write and name the copy with --catalog: "
            "it is brought to this version there, with all that it holds",
        )
    engine = _engine(url, where, create=True)
    try:
        migrate(engine, where)
    finally:
        engine.dispose()


def _engine(url: URL, where: str, *, create: bool) -> Engine:
    if url.get_backend_name() == "postgresql":
        server = create_engine(
            url.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            connect_args={**KEPT_ALIVE, "connect_timeout": CONNECT_SECONDS, **url.query},
        )
        be_patient(server, ANSWER_SECONDS)
        return server
    file = Path(url.database or "")
    if url.get_backend_name() == "sqlite" and url.database:
        if create:
            # Paths in it may name people. SQLite's own files beside it get the rights of this one.
            private.folder(file.parent)
            if not os.path.lexists(file):
                _begin(file)
            integrity.expect_catalog(file, where)
            for each in files_of(file):
                private.narrow(each)
        elif not file.exists():
            raise ConfigError(
                f"there is no catalog {where}: nothing was scanned yet", hint="run 'kartta scan'"
            )
        else:
            integrity.expect_catalog(file, where)
            how = {"mode": "ro", "uri": "true"}
            if not os.access(file.parent, os.W_OK):
                how["immutable"] = "1"  # an auditor's copy on a medium that cannot be written
            url = url.set(database=f"file:{quote(str(file.resolve()))}", query=how)
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite" and create:
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 - a DBAPI connection
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.close()
