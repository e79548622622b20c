"""The catalog: values in, values out, one writer. Rows never leave this package."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Self
from urllib.parse import unquote

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    String,
    case,
    cast,
    delete,
    exists,
    insert,
    null,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from scanner.catalog import integrity, schema
from scanner.catalog.lock import only_writer
from scanner.catalog.opening import open_engine
from scanner.locator import Locator
from scanner.model import (
    UNLISTED,
    Asset,
    AssetResult,
    Checkpoint,
    SkipReason,
    Source,
    SourceId,
)

PASSING = (
    SkipReason.TOO_LARGE,
    SkipReason.LIMIT,
    SkipReason.ACCESS_DENIED,
    SkipReason.GONE,
    SkipReason.TIMEOUT,
    SkipReason.MEMORY,
    SkipReason.CRASHED,
    SkipReason.DETECTOR,
    SkipReason.IO,
    SkipReason.SPACE,
    SkipReason.SOURCE,
)
"""Reasons that may be gone at the next scan though the content is the same: read again."""


_CHUNK = 1_000
"""Assets forgotten at a time."""
_ENDS = re.compile("[/#]")
"""Where the path of what an asset lies in ends."""


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

    @property
    def where(self) -> str:
        """Where it is, for people: without password and options."""
        url = self.engine.url.set(query={})
        if url.database and url.database.startswith("file:"):
            url = url.set(database=unquote(url.database.removeprefix("file:")))
        return url.render_as_string(hide_password=True)

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """Open the catalog; with `create`, make it and write to it, else only read.

        One of an earlier version is brought to this one first.

        Raises:
            CatalogError: it is not there, cannot be reached, is none of ours, or of a version
                that this tool cannot read.
        """
        return cls(open_engine(url, create=create))

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
        try:
            with only_writer(self.engine):
                yield
        except SQLAlchemyError as error:
            raise integrity.refusal(self.where, error) from error

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
            gone = _gone(connection, run, source)
            for start in range(0, len(gone), _CHUNK):
                ids = gone[start : start + _CHUNK]
                _remember_departed(connection, ids)
                connection.execute(delete(schema.assets).where(schema.assets.c.id.in_(ids)))
            return len(gone)

    def keep_only(self, sources: Iterable[SourceId]) -> None:
        """Forget sources that are no longer configured, and all that was found in them."""
        kept = list(sources)
        with self.transaction() as connection:
            connection.execute(delete(schema.assets).where(schema.assets.c.source_id.not_in(kept)))
            connection.execute(delete(schema.sources).where(schema.sources.c.id.not_in(kept)))

    def has_failed(self, source: SourceId) -> bool:
        """Say whether the next scan will read something of a source that this one could not."""
        table = schema.assets
        passing = exists().where(
            schema.skips.c.asset_id == table.c.id, schema.skips.c.reason.in_(PASSING)
        )
        with self.transaction() as connection:
            found = select(table.c.id).where(table.c.source_id == source, passing).limit(1)
            return connection.execute(found).first() is not None

    def has_others(self, run: Run, source: SourceId, detectors: Collection[str]) -> bool:
        """Say whether this run examined something of a source with other detectors."""
        table = schema.assets.c
        asked = select(table.id).where(
            table.source_id == source, table.run_id == run.id, table.detectors.not_in(detectors)
        )
        with self.transaction() as connection:
            return connection.execute(asked.limit(1)).first() is not None

    def unchanged(
        self, source: SourceId, assets: Sequence[Asset], detectors: Collection[str]
    ) -> set[str]:
        """Give the paths of those assets that were read before with the same content."""
        table = schema.assets
        with self.transaction() as connection:
            rows = connection.execute(
                select(table.c.path, table.c.fingerprint).where(
                    table.c.source_id == source,
                    table.c.detectors.in_(detectors),
                    table.c.path.in_([asset.path for asset in assets]),
                    ~exists().where(
                        schema.skips.c.asset_id == table.c.id,
                        schema.skips.c.reason.in_(PASSING),
                    ),
                )
            )
            known = {row.path: row.fingerprint for row in rows}
        return {asset.path for asset in assets if known.get(asset.path) == asset.fingerprint}

    def digests(self, source: SourceId, paths: Iterable[str]) -> dict[str, str]:
        """Give the keyed hashes of the bytes of those assets of which there are any."""
        table = schema.assets
        statement = (
            select(table.c.path, schema.digests.c.digest)
            .join(schema.digests, schema.digests.c.asset_id == table.c.id)
            .where(table.c.source_id == source, table.c.path.in_(list(paths)))
        )
        with self.transaction() as connection:
            return {row.path: row.digest for row in connection.execute(statement)}

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
            raise integrity.refusal(self.where, error) from error
        except UnicodeEncodeError:  # of what is written: nothing is wrong with the catalog
            raise
        except integrity.UNREADABLE as error:
            raise integrity.broken(self.where, type(error).__name__) from error


def _gone(connection: Connection, run: Run, source: SourceId) -> list[int]:
    """Give the assets that a source no longer lists, but for those in what it could not list."""
    table = schema.assets
    of_source = select(table.c.id, table.c.path).where(table.c.source_id == source)
    unlisted = {
        row.path
        for row in connection.execute(
            of_source.where(table.c.run_id == run.id, table.c.fingerprint == UNLISTED)
        )
    }
    return [
        row.id
        for row in connection.execute(of_source.where(table.c.run_id != run.id))
        if unlisted.isdisjoint(row.path[: end.start()] for end in _ENDS.finditer(row.path))
    ]


def _remember_departed(connection: Connection, gone: Collection[int]) -> None:
    """Keep the keyed hashes of what a source no longer lists: a deletion is worth checking."""
    assets, identifiers = schema.assets, schema.identifiers
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    rows = (
        select(assets.c.source_id, identifiers.c.entity, identifiers.c.key, _check(connection))
        .join(assets, assets.c.id == identifiers.c.asset_id)
        .where(
            assets.c.id.in_(gone),
            identifiers.c.role == "subject",
        )
        .distinct()
    )
    connection.execute(
        dialect.insert(schema.departed)
        .from_select(["source_id", "entity", "key", "key_check"], rows)
        .on_conflict_do_nothing()
    )


def _check(connection: Connection) -> ColumnElement[str | None]:
    """Say of which earlier key an asset's hashes are: it was read before that one's end."""
    meta = schema.meta
    rows = connection.execute(select(meta).where(meta.c.key.startswith(schema.EARLIER)))
    last = {row.key.removeprefix(schema.EARLIER): json.loads(row.value)[1] for row in rows}
    nothing: ColumnElement[str | None] = cast(null(), String)
    if not last:
        return nothing
    ordered = sorted(last.items(), key=itemgetter(1))
    read = schema.assets.c.run_id
    return case(*((read <= run, check) for check, run in ordered), else_=nothing)


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
    connection.execute(delete(schema.digests).where(schema.digests.c.asset_id == row.id))
    if result.digest:
        connection.execute(insert(schema.digests).values(asset_id=row.id, digest=result.digest))


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
    if isinstance(value, Locator):
        value = value.texts
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
