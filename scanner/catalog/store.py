"""The catalog: values in, values out, one writer. Rows never leave this package."""

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    delete,
    event,
    exists,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from scanner.catalog import schema
from scanner.errors import CatalogError, ConfigError
from scanner.model import Asset, AssetResult, Checkpoint, SkipReason, Source, SourceId

PASSING = (
    SkipReason.TOO_LARGE,
    SkipReason.LIMIT,
    SkipReason.ACCESS_DENIED,
    SkipReason.GONE,
    SkipReason.TIMEOUT,
    SkipReason.MEMORY,
    SkipReason.CRASHED,
    SkipReason.DETECTOR,
)
"""Reasons that may be gone at the next scan though the content is the same: read again."""

_LOCK = 0x6B617274
"""PostgreSQL's name of our advisory lock."""


@dataclass(frozen=True, slots=True)
class Run:
    """One scan; an interrupted one goes on under its own number."""

    id: int
    started_at: datetime
    resumed: bool


class Catalog:
    """What is remembered between runs. Close it, or use it as a context manager."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """Open the catalog; with `create`, make it and write to it, else only read.

        Raises:
            CatalogError: it is not there, cannot be reached, is none of ours, or of another
                version.
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
                    _prepare(connection, where, create=create)
                if create and engine.dialect.name == "sqlite":
                    with engine.connect() as connection:
                        # Survives a killed process and lets reports read while a scan writes.
                        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            except BaseException:
                engine.dispose()
                raise
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise CatalogError(
                f"the catalog {where} cannot be opened ({type(error).__name__})",
                hint="check that the address is right and that you may write there",
            ) from error
        return cls(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only scan that writes; another one at the same time would undo our progress.

        Raises:
            CatalogError: another scan is at work.
        """
        with self.engine.connect() as connection, _only_writer(connection) as is_free:
            if not is_free:
                raise CatalogError(
                    "another scan is writing to this catalog",
                    hint="wait until it ends, or name another --catalog",
                )
            yield

    def begin_run(self, now: datetime, version: str, digest: str) -> Run:
        """Start a run, or go on with the last one where it was interrupted and asked the same."""
        with self.transaction() as connection:
            last = connection.execute(
                select(schema.runs).order_by(schema.runs.c.id.desc()).limit(1)
            ).first()
            if last and last.finished_at is None and last.digest == digest:
                return Run(last.id, last.started_at, resumed=True)
            row = connection.execute(
                insert(schema.runs)
                .values(started_at=now, version=version, digest=digest)
                .returning(schema.runs.c.id)
            ).one()
            return Run(row.id, now, resumed=False)

    def finish_run(self, run: Run, now: datetime) -> None:
        """Mark the run as complete."""
        with self.transaction() as connection:
            connection.execute(
                update(schema.runs).where(schema.runs.c.id == run.id).values(finished_at=now)
            )

    def begin_source(self, run: Run, source: Source) -> tuple[Checkpoint | None, bool]:
        """Register a source for the run; say where its listing resumes and whether it is done."""
        with self.transaction() as connection:
            table = schema.sources
            row = connection.execute(select(table).where(table.c.id == source.id)).first()
            if row and row.run_id == run.id:
                return (Checkpoint(row.checkpoint) if row.checkpoint else None), bool(row.listed)
            values: dict[str, Any] = {
                "kind": source.kind,
                "name": source.name,
                "location": source.location,
                "run_id": run.id,
                "checkpoint": "",
                "listed": 0,
                "error": "",
            }
            if row:
                connection.execute(update(table).where(table.c.id == source.id).values(values))
            else:
                connection.execute(insert(table).values(id=source.id, **values))
            return None, False

    def end_source(self, run: Run, source: SourceId, error: str = "") -> int:
        """Mark the listing as complete and forget what is gone; or remember why it broke off.

        Returns the number of assets that are no longer there.
        """
        with self.transaction() as connection:
            connection.execute(
                update(schema.sources)
                .where(schema.sources.c.id == source)
                .values(listed=int(not error), error=error, checkpoint="")
            )
            if error:
                return 0
            _remember_departed(connection, run, source)
            gone = connection.execute(
                delete(schema.assets).where(
                    schema.assets.c.source_id == source, schema.assets.c.run_id != run.id
                )
            )
            return gone.rowcount

    def keep_only(self, sources: Iterable[SourceId]) -> None:
        """Forget sources that are no longer configured, and all that was found in them."""
        kept = list(sources)
        with self.transaction() as connection:
            connection.execute(delete(schema.assets).where(schema.assets.c.source_id.not_in(kept)))
            connection.execute(delete(schema.sources).where(schema.sources.c.id.not_in(kept)))

    def unchanged(self, source: SourceId, assets: Sequence[Asset], detectors: str) -> set[str]:
        """Give the paths of those assets that were read before with the same content."""
        table = schema.assets
        with self.transaction() as connection:
            rows = connection.execute(
                select(table.c.path, table.c.fingerprint).where(
                    table.c.source_id == source,
                    table.c.detectors == detectors,
                    table.c.path.in_([asset.path for asset in assets]),
                    ~exists().where(
                        schema.skips.c.asset_id == table.c.id,
                        schema.skips.c.reason.in_(PASSING),
                    ),
                )
            )
            known = {row.path: row.fingerprint for row in rows}
        return {asset.path for asset in assets if known.get(asset.path) == asset.fingerprint}

    def write(
        self,
        run: Run,
        source: SourceId,
        results: Sequence[AssetResult],
        unchanged: Iterable[str],
        detectors: str,
        checkpoint: Checkpoint | None,
    ) -> None:
        """Store results, what is still there unchanged, and how far we are: all or nothing."""
        with self.transaction() as connection:
            seen = list(unchanged)
            if seen:
                connection.execute(
                    update(schema.assets)
                    .where(schema.assets.c.source_id == source, schema.assets.c.path.in_(seen))
                    .values(run_id=run.id)
                )
            for result in results:
                _write_asset(connection, run, result, detectors)
            if checkpoint is not None:
                connection.execute(
                    update(schema.sources)
                    .where(schema.sources.c.id == source)
                    .values(checkpoint=checkpoint)
                )

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Open one transaction; what goes wrong in it is a `CatalogError`."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _broken(error) from error


def _engine(url: URL, where: str, *, create: bool) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(url.set(drivername="postgresql+psycopg"), hide_parameters=True)
    file = Path(url.database or "")
    if url.get_backend_name() == "sqlite" and url.database:
        if create:
            # Paths in it may name people: the folder is its owner's alone.
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        elif not file.exists():
            raise ConfigError(
                f"there is no catalog {where}: nothing was scanned yet", hint="run 'kartta scan'"
            )
        else:
            how = {"mode": "ro", "uri": "true"}
            if not os.access(file.parent, os.W_OK):
                how["immutable"] = "1"  # an auditor's copy on a medium that cannot be written
            url = url.set(database=f"file:{quote(str(file.resolve()))}", query=how)
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite" and create:
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare(connection: Connection, where: str, *, create: bool) -> None:
    """Check that it is a catalog of ours; make the tables where there are none at all."""
    tables = set(inspect(connection).get_table_names())
    if create and not tables:
        schema.metadata.create_all(connection)
        connection.execute(insert(schema.meta).values(key="version", value=schema.VERSION))
        return
    version = None
    if schema.meta.name in tables:
        version = connection.execute(
            select(schema.meta.c.value).where(schema.meta.c.key == "version")
        ).scalar()
    if version is None:
        raise CatalogError(
            f"{where} is a database, but no catalog of Kartta's",
            hint="name another one with --catalog; this one was not touched",
        )
    if version != schema.VERSION:
        raise CatalogError(
            f"the catalog {where} has version {version}, this tool needs {schema.VERSION}",
            hint="use the tool that made it, or name another --catalog and scan again",
        )


@contextmanager
def _only_writer(connection: Connection) -> Iterator[bool]:
    """Take the catalog's lock, if nobody has it; it ends with the process at the latest."""
    if connection.dialect.name == "postgresql":
        is_free = bool(connection.execute(select(func.pg_try_advisory_lock(_LOCK))).scalar())
        connection.commit()
        yield is_free
        if is_free:
            connection.execute(select(func.pg_advisory_unlock(_LOCK)))
            connection.commit()
        return
    with Path(f"{connection.engine.url.database}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _broken(error: SQLAlchemyError) -> CatalogError:
    return CatalogError(
        f"the catalog cannot be used ({type(error).__name__})",
        hint="check disk space, rights and that no other scan writes to it; then scan again: "
        "what was finished is kept",
    )


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 - a DBAPI connection
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.close()


def _remember_departed(connection: Connection, run: Run, source: SourceId) -> None:
    """Keep the keyed hashes of what a source no longer lists: a deletion is worth checking."""
    assets, identifiers = schema.assets, schema.identifiers
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    rows = (
        select(assets.c.source_id, identifiers.c.entity, identifiers.c.key)
        .join(assets, assets.c.id == identifiers.c.asset_id)
        .where(
            assets.c.source_id == source,
            assets.c.run_id != run.id,
            identifiers.c.role == "subject",
        )
        .distinct()
    )
    connection.execute(
        dialect.insert(schema.departed)
        .from_select(["source_id", "entity", "key"], rows)
        .on_conflict_do_nothing()
    )


def _write_asset(connection: Connection, run: Run, result: AssetResult, detectors: str) -> None:
    asset = result.asset
    values: dict[str, Any] = {
        "fingerprint": asset.fingerprint,
        "detectors": detectors,
        "modified": asset.modified,
        "size": asset.size,
        "readers": list(result.readers),
        "coverage": result.coverage,
        "characters": result.examination.characters,
        "run_id": run.id,
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = connection.execute(
        dialect.insert(schema.assets)
        .values(source_id=asset.source, path=asset.path, **values)
        .on_conflict_do_update(index_elements=["source_id", "path"], set_=values)
        .returning(schema.assets.c.id)
    ).one()
    for table in schema.OF_ASSET:
        connection.execute(delete(table).where(table.c.asset_id == row.id))
        rows = [{"asset_id": row.id, **values} for values in _rows(table.name, result)]
        if rows:
            connection.execute(insert(table), rows)


def _rows(table: str, result: AssetResult) -> list[Mapping[str, Any]]:
    """Give an asset's rows of one table; the fields are those of the nouns."""
    items: Sequence[Any] = getattr(result.examination, table)
    columns = [
        column.name
        for column in schema.metadata.tables[table].columns
        if column.name not in {"id", "asset_id"}
    ]
    return [{name: _plain(getattr(item, name)) for name in columns} for item in items]


def _plain(value: object) -> object:
    """Make a field storable: PostgreSQL's texts hold no NUL."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
