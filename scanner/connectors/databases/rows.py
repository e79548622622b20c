"""One table's rows as text, all of them or a random sample."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from scanner.connectors.databases import sampling
from scanner.errors import Unreadable
from scanner.extract.base import SEGMENT_CHARACTERS, segments
from scanner.extract.rows import columns
from scanner.locator import WHOLE, Step
from scanner.model import Content, Skip, SkipReason

PAGE_ROWS = 1_000
_PAGED_KEYS = (sa.Integer, sa.String, sa.Uuid)
"""Types whose order in SQL is the order of the values that come back."""
_LONG_CELL = SEGMENT_CHARACTERS // 4
_EPOCH = (100_000_000, 100_000_000_000, 100_000_000_000_000)
"""Numbers from the first are seconds since 1970, from the second milliseconds, below the third."""

_REPLACED = "\N{REPLACEMENT CHARACTER}"
"""What stands in a name of SQLite's for bytes that are no UTF-8."""

Row = Sequence[Any]  # any type that a driver gives
RowFacts = Callable[[Row, str], Iterable[Content | int]]
"""Says what a row and its record's name stand for; a column's index where its date is none."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table and what the listing knows of it."""

    schema: str
    name: str
    kind: str
    """`table`, `view`, `materialized` or `foreign`."""
    sign: str
    """Changes whenever the content does."""
    estimate: int = -1
    """Rows, as the server believes; -1 where it does not know."""
    size: int | None = None

    @property
    def path(self) -> str:
        """Give `schema.table`, quoted where that would be ambiguous."""
        return ".".join(
            '"' + part.replace('"', '""') + '"' if "." in part or '"' in part else part
            for part in (self.schema, self.name)
        )


def read(
    connection: sa.Connection,
    table: Table,
    *,
    say: Callable[[Sequence[str]], "RowFacts"],
    sample_rows: int | None,
) -> Iterator[Content]:
    """Give the rows by column, what they say beside their text, and what was not read.

    `say` is told the columns that are read.
    """
    is_lossy = connection.dialect.name == "sqlite"
    if is_lossy and _REPLACED in table.name:
        raise Unreadable("the table's name is no text", hint="rename it in a copy, and scan that")
    described = sa.inspect(connection).get_columns(table.name, table.schema)
    binary = [column["name"] for column in described if _is_binary(column["type"])]
    names = [column["name"] for column in described if column["name"] not in binary]
    for name in binary:
        yield Skip(SkipReason.UNSUPPORTED, "a binary column", WHOLE.column(name))
    for name in [name for name in names if is_lossy and _REPLACED in name]:
        # SQLite would take a name that it does not know for a text, and give that for each row.
        yield Skip(SkipReason.UNREADABLE, "the column's name is no text", WHOLE.column(name))
        names.remove(name)
    if not names:
        return
    facts = _Facts(names, say(names))
    if sample_rows is None or not _has_more(connection, table, sample_rows):
        rows = _all_rows(connection, table, names)
        sampled_of = ""
    else:
        rows, sampled_of = _sample(connection, table, names, sample_rows)
    for segment in columns(WHOLE, names, facts.note(rows)):
        yield from facts.drain()
        yield segment
    yield from facts.drain()
    yield from facts.unread()
    if sampled_of:
        yield Skip(SkipReason.SAMPLED, sampling.sentence(facts.rows, sampled_of))


class _Facts:
    """What the rows say beside their text, noted while they pass."""

    def __init__(self, names: Sequence[str], say: "RowFacts") -> None:
        self.rows = 0
        self._names = names
        self._say = say
        self._noted: deque[Content] = deque()
        self._no_dates: Counter[str] = Counter()
        self._no_text: Counter[str] = Counter()

    def note(self, rows: Iterator[Row]) -> Iterator[list[str]]:
        """Turn values into text, and note milestones and long cells."""
        for row in rows:
            self.rows += 1
            record = str(Step("row", str(self.rows)))
            for content in self._say(row, record):
                if isinstance(content, int):
                    self._no_dates[self._names[content]] += 1
                else:
                    self._noted.append(content)
            yield [
                value
                if type(value) is str and len(value) <= _LONG_CELL
                else self._cell(index, value, record)
                for index, value in enumerate(row)
            ]

    def _cell(self, index: int, value: object, record: str) -> str:
        text = _text(value)
        if text is None:
            self._no_text[self._names[index]] += 1
            return ""
        if len(text) <= _LONG_CELL:
            return text
        name = self._names[index]
        for segment in segments(text, WHOLE.column(name).called(record), name):
            self._noted.append(replace(segment, records=((0, record),)))
        return ""

    def drain(self) -> Iterator[Content]:
        """Give what was noted since the last time."""
        while self._noted:
            yield self._noted.popleft()

    def unread(self) -> Iterator[Skip]:
        """State what could not be understood."""
        for name, count in sorted(self._no_dates.items()):
            detail = f"{count} values of a milestone are no dates"
            yield Skip(SkipReason.UNREADABLE, detail, WHOLE.column(name))
        for name, count in sorted(self._no_text.items()):
            detail = f"{count} values are binary"
            yield Skip(SkipReason.UNSUPPORTED, detail, WHOLE.column(name))


def moment(value: object) -> datetime | None:
    """Read a date as databases keep them: ISO text, or seconds or milliseconds since 1970.

    >>> moment("2026-03-01"), moment(1772323200) == moment("2026-03-01"), moment("soon")
    (datetime.datetime(2026, 3, 1, 0, 0, tzinfo=datetime.timezone.utc), True, None)
    """
    text = str(value).strip()
    try:
        number = float(text) if text.replace(".", "", 1).isdigit() else 0.0
        if _EPOCH[0] <= number < _EPOCH[2]:
            seconds = number if number < _EPOCH[1] else number / 1000
            return datetime.fromtimestamp(seconds, UTC)
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _is_binary(kind: sa.types.TypeEngine[Any]) -> bool:
    return isinstance(kind, sa.LargeBinary)


def _text(value: object) -> str | None:
    """Give a value as text; None for bytes that are none."""
    if value is None:
        return ""
    if isinstance(value, bytes | memoryview):
        try:
            return bytes(value).decode()
        except UnicodeDecodeError:
            return None
    return str(value)


def _from(table: Table) -> sa.TableClause:
    return sa.table(table.name, schema=table.schema)


def _columns(connection: sa.Connection, names: Sequence[str]) -> list[sa.ColumnElement[Any]]:
    """Name the columns; the server turns values into text, for drivers refuse some dates.

    SQLite keeps text as it is and would show binary values as text, so its values come raw.
    """
    raw: list[sa.ColumnElement[Any]] = [sa.column(name) for name in names]
    if connection.dialect.name == "sqlite":
        return raw
    return [sa.cast(column, sa.Text).label(f"text_{index}") for index, column in enumerate(raw)]


def _has_more(connection: sa.Connection, table: Table, rows: int) -> bool:
    beginning = sa.select(sa.literal(1)).select_from(_from(table)).limit(rows + 1).subquery()
    counted = connection.scalar(sa.select(sa.func.count()).select_from(beginning))
    return (counted or 0) > rows


def _all_rows(connection: sa.Connection, table: Table, names: Sequence[str]) -> Iterator[Row]:
    key = _paging_key(connection, table)
    wanted = sa.select(*_columns(connection, names)).select_from(_from(table))
    if not key:
        return _stream(connection, wanted)
    return _pages(connection, wanted, key)


def _stream(connection: sa.Connection, wanted: sa.Select[Any]) -> Iterator[Row]:
    """Read through a cursor on the server, a page at a time."""
    with connection.execution_options(yield_per=PAGE_ROWS).execute(wanted) as result:
        yield from result


def _pages(connection: sa.Connection, wanted: sa.Select[Any], key: Sequence[str]) -> Iterator[Row]:
    """Read page after page by primary key: no statement runs long, whatever the table's size."""
    keys: list[sa.ColumnElement[Any]] = [sa.column(name) for name in key]
    page = wanted.add_columns(*keys).order_by(*keys).limit(PAGE_ROWS)
    last: Row = ()
    while True:
        after = sa.tuple_(*keys) > sa.tuple_(*map(sa.literal, last)) if last else sa.true()
        rows = connection.execute(page.where(after)).all()
        yield from (row[: -len(keys)] for row in rows)
        if len(rows) < PAGE_ROWS:
            return
        last = rows[-1][-len(keys) :]


def _paging_key(connection: sa.Connection, table: Table) -> list[str]:
    """Give the primary key where paging by it is safe; SQLite's may hold NULL, and it streams."""
    if connection.dialect.name == "sqlite" or table.kind == "view":
        return []
    inspector = sa.inspect(connection)
    key = inspector.get_pk_constraint(table.name, table.schema)["constrained_columns"]
    types = {
        column["name"]: column["type"] for column in inspector.get_columns(table.name, table.schema)
    }
    return key if all(isinstance(types[name], _PAGED_KEYS) for name in key) else []


def _sample(
    connection: sa.Connection, table: Table, names: Sequence[str], wanted: int
) -> tuple[Iterator[Row], str]:
    """Give a random share of the rows, and of how many they are.

    The share stays the same as long as the table does. PostgreSQL picks on its side; elsewhere
    all rows pass and we pick.
    """
    is_picked_there = connection.dialect.name == "postgresql" and table.kind in {
        "table",
        "materialized",
    }
    if is_picked_there and table.estimate > wanted:
        percent = min(100.0, 100.0 * wanted / table.estimate)
        source = sa.tablesample(_from(table), sa.func.bernoulli(percent), seed=sa.literal(7))
        select = sa.select(*_columns(connection, names)).select_from(source)
        picked = islice(_stream(connection, select), 2 * wanted)
        return picked, f"about {table.estimate}"
    count = connection.scalar(sa.select(sa.func.count()).select_from(_from(table))) or 0
    select = sa.select(*_columns(connection, names)).select_from(_from(table))
    rows = sampling.chosen(_stream(connection, select), count, wanted, table.path)
    return rows, str(count)
