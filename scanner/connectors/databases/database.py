"""A relational database through SQLAlchemy. One asset for each table.

Everything happens in read-only transactions of one consistent state. Values are read as text;
binary columns are skipped and said to be. Tables with more rows than `sample_rows` are sampled at
random, and the skip that says so states what the sample promises.

Fingerprints must never call changed content unchanged; reading again for nothing is accepted:
    SQLite      change counter of the file, its size, times and inode: one change re-reads every
                table.
    PostgreSQL  the counters of inserted, updated and deleted rows since the server started, the
                number of the file, and the columns. On a replica and with `track_counts` off the
                position of the write-ahead log: any write anywhere re-reads. Views and foreign
                tables are always read again.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Literal, Self

import sqlalchemy as sa
from pydantic import Field, SecretStr, field_validator
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from scanner.connectors import paths
from scanner.connectors.base import Connector, SourceConfig
from scanner.connectors.databases import errors, facts, postgresql, rows, sqlite
from scanner.connectors.databases.proposal import Proposal, proposed
from scanner.connectors.databases.rows import Table
from scanner.connectors.standing import Standing, Statuses
from scanner.errors import ConfigError, SourceError
from scanner.extract.base import Limits
from scanner.model import Asset, Checkpoint, Content, MilestoneKind, SourceId
from scanner.patience import KEPT_ALIVE, be_patient

DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_SYSTEM_SCHEMAS = frozenset({"information_schema"})
_PREPARE = {
    "postgresql": (
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "SET LOCAL datestyle = 'ISO, YMD'",
    ),
}


class Config(SourceConfig):
    """Which database, and what of it."""

    kind: Literal["database"] = "database"
    url: SecretStr
    """`postgresql://user:password@host/name` or `sqlite:///path`."""
    schemas: tuple[str, ...] = ()
    """Only these; empty for all but the system's."""
    include: tuple[str, ...] = ()
    """Globs over `schema.table` or `table`; empty for everything."""
    exclude: tuple[str, ...] = ()
    """Globs over `schema.table` or `table`."""
    views: bool = False
    """Read views too; what they show is usually in the tables."""
    sample_rows: int = Field(default=10_000, ge=1)
    """Rows read of a larger table."""
    full: bool = False
    """Read every row of every table."""
    milestones: dict[str, MilestoneKind] = Field(default_factory=dict)
    """`table.column` of a date → the event in a candidacy that it records."""
    statuses: dict[str, Standing] = Field(default_factory=dict)
    """Word of a status, or of the table that explains its codes → what it means."""
    connect_seconds: int = Field(default=10, ge=1)
    """Time in which the server must answer."""
    statement_seconds: int = Field(default=60, ge=1)
    """Time that one statement may take in the server; an answer that is not complete after that
    and `connect_seconds` together is given up."""

    @field_validator("url")
    @classmethod
    def _known(cls, value: SecretStr) -> SecretStr:
        url = _parsed(value)
        if url.drivername not in DRIVERS:
            raise ValueError("the URL must begin with postgresql:// or sqlite:///")
        if url.drivername == "sqlite" and not url.database:
            raise ValueError("the URL names no file: write sqlite:///path")
        return value

    @field_validator("milestones")
    @classmethod
    def _columns(cls, value: dict[str, MilestoneKind]) -> dict[str, MilestoneKind]:
        if any("." not in key for key in value):
            raise ValueError("milestones are named table.column")
        return value

    def anchored(self, folder: Path) -> Self:
        """Give the same source with a relative SQLite file taken from `folder`."""
        url = _parsed(self.url)
        if url.drivername != "sqlite" or not url.database:
            return self
        anchored = url.set(database=str(folder / url.database))
        return self.model_copy(
            update={"url": SecretStr(anchored.render_as_string(hide_password=False))}
        )

    def location(self) -> str:
        """Give the URL without user, password and options."""
        url = _parsed(self.url)
        return paths.storable(
            sa.URL.create(
                url.get_backend_name(), host=url.host, port=url.port, database=url.database
            ).render_as_string()
        )

    def needs_network(self) -> bool:
        """Say whether there is a server."""
        return _parsed(self.url).drivername != "sqlite"


class Database:
    """Lists tables by schema and name, and reads them in pages."""

    def __init__(self, config: Config, limits: Limits) -> None:
        self._config = config
        self._limits = limits
        self._source = SourceId(config.id)
        self._copies: Path | None = None
        self._known: facts.Keys | None = None

    def close(self) -> None:
        """Delete the private copies."""
        if self._copies is not None:
            sqlite.forget(self._copies)
            self._copies = None

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List the tables that sort after `since`."""
        after = tuple(json.loads(since)) if since else ()
        with self._connected() as connection:
            tables = sorted(self._tables(connection), key=lambda table: (table.schema, table.name))
            self._expect_milestones(connection, tables)
        for table in tables:
            if (table.schema, table.name) > after:
                yield self._asset(table)

    def read(self, asset: Asset) -> Iterator[Content]:
        """Read a table's rows: columns as segments, dates as milestones, the rest as skips."""
        table = Table(*json.loads(asset.token))
        if _parsed(self._config.url).drivername == "sqlite":
            paths.expect(self._file())
        with self._connected(asset.path) as connection:
            keys = self._keys(connection)
            statuses = Statuses.of(self._config.statuses)
            yield from rows.read(
                connection,
                table,
                say=lambda names: facts.of(
                    table, names, self._milestones(table), keys, str(self._source), statuses
                ),
                sample_rows=None if self._config.full else self._config.sample_rows,
            )

    def propose(self) -> Proposal:
        """Say what the tables seem to mean, for a person to confirm."""
        with self._connected() as connection:
            tables = list(self._tables(connection))
            return proposed(connection, tables, self._keys(connection))

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Give schema and table."""
        return Checkpoint(json.dumps(json.loads(asset.token)[:2]))

    def _keys(self, connection: sa.Connection) -> facts.Keys:
        """Give how the tables belong together; looked for once."""
        if self._known is None:
            self._known = facts.keys(connection, list(self._tables(connection)))
        return self._known

    def _asset(self, table: Table) -> Asset:
        config = self._config
        how: list[object] = [
            config.full, config.sample_rows, sorted(self._milestones(table).items())
        ]  # fmt: skip
        if config.statuses:
            how.append(sorted(config.statuses.items()))
        sign = hashlib.sha256(f"{table.sign}|{how}".encode()).hexdigest()[:32]
        token = json.dumps([table.schema, table.name, table.kind, "", table.estimate])
        return Asset(self._source, table.path, sign, size=table.size, token=token)

    def _tables(self, connection: sa.Connection) -> Iterator[Table]:
        """Give the tables that the configuration asks for."""
        listed = (
            postgresql.tables(connection)
            if connection.dialect.name == "postgresql"
            else self._inspected_tables(connection)
        )
        for table in listed:
            config = self._config
            names = (table.path, table.name)
            if table.kind == "view" and not config.views:
                continue
            if config.schemas and table.schema not in config.schemas:
                continue
            if config.include and not any(paths.matches(name, config.include) for name in names):
                continue
            if not any(paths.matches(name, config.exclude) for name in names):
                yield table

    def _inspected_tables(self, connection: sa.Connection) -> Iterator[Table]:
        inspector = sa.inspect(connection)
        sign = sqlite.sign(self._file())
        for schema in inspector.get_schema_names():
            if schema in _SYSTEM_SCHEMAS:
                continue
            # Names that are no text may look alike here; none of them can be read.
            for name in dict.fromkeys(inspector.get_table_names(schema)):
                yield Table(schema, name, "table", sign)
            for name in inspector.get_view_names(schema):
                yield Table(schema, name, "view", sign)

    def _milestones(self, table: Table) -> dict[str, MilestoneKind]:
        """Give the dated columns of a table."""
        named = (key.rpartition(".") for key in self._config.milestones)
        return {
            column: self._config.milestones[f"{owner}.{column}"]
            for owner, _, column in named
            if owner in {table.name, table.path}
        }

    def _expect_milestones(self, connection: sa.Connection, tables: list[Table]) -> None:
        """Refuse a milestone that names no column: it would be a silence for ever."""
        known: set[str] = set()
        for table in tables:
            if self._milestones(table):
                for column in sa.inspect(connection).get_columns(table.name, table.schema):
                    known |= {f"{table.name}.{column['name']}", f"{table.path}.{column['name']}"}
        if missing := sorted(set(self._config.milestones) - known):
            raise SourceError(
                f"milestones name '{missing[0]}', which is no column that is scanned",
                hint="write table.column as the database spells it",
            )

    @contextmanager
    def _connected(self, asset: str = "") -> Iterator[sa.Connection]:
        """Open a read-only transaction; errors in it, and in its ending, become ours."""
        engine = self._engine()
        try:
            with self._connection(engine) as connection:
                for statement in _PREPARE.get(engine.dialect.name, ()):
                    connection.exec_driver_sql(statement)
                if engine.dialect.name == "postgresql":
                    seconds = self._config.statement_seconds
                    connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{seconds}s'")
                yield connection
        except SQLAlchemyError as error:
            raise errors.translate(error, asset) from error
        finally:
            engine.dispose()

    def _connection(self, engine: sa.Engine) -> sa.Connection:
        try:
            return engine.connect()
        except SQLAlchemyError as error:
            raise errors.connecting(error, self._config.location()) from error

    def _engine(self) -> sa.Engine:
        url = _parsed(self._config.url)
        options: dict[str, Any] = {"hide_parameters": True, "poolclass": sa.NullPool}
        if url.drivername == "sqlite":
            file = self._file()
            return sa.create_engine(
                "sqlite://", creator=lambda: sqlite.connect(file, self._private), **options
            )
        engine = sa.create_engine(
            url.set(drivername=DRIVERS[url.drivername]),
            connect_args={
                **KEPT_ALIVE,
                "connect_timeout": self._config.connect_seconds,
                "application_name": "kartta",
            },
            **options,
        )
        be_patient(engine, self._config.statement_seconds + self._config.connect_seconds)
        return engine

    def _file(self) -> Path:
        return Path(_parsed(self._config.url).database or "")

    def _private(self) -> Path:
        """Give a directory for copies that lives until the connector is closed."""
        if self._copies is None:
            self._copies = Path(tempfile.mkdtemp(prefix="kartta-"))
        return self._copies


def open_source(config: SourceConfig, limits: Limits) -> AbstractContextManager[Connector]:
    """Give the connector until the context ends; it connects for each listing and each table."""
    if not isinstance(config, Config):
        raise ConfigError(f"'{config.kind}' is not a database", hint="use kind: database")
    return closing(Database(config, limits))


def _parsed(url: SecretStr) -> sa.URL:
    try:
        return sa.make_url(url.get_secret_value())
    except (ArgumentError, ValueError):
        # The library's own message may repeat the URL, password and all.
        raise ValueError("not a database URL") from None


def fields_of(path: Path, start: bytes) -> dict[str, str] | None:
    """Take an SQLite file for a database."""
    return {"url": f"sqlite:///{path.absolute()}"} if start.startswith(sqlite.MAGIC) else None
