"""How the tables of a database belong together: keys that are declared, and keys that only look so.

A column that is declared as a foreign key is one. Many databases declare none, so a column is also
taken for one where its heading names another table (`kandidat_id`, `candidate`, `position_no`) or
is the same as in another table, and nearly all its values stand there in a column whose values are
unique. What a sampled table or a person with two keys needs is out of reach, and stays unlinked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from scanner.connectors.databases.rows import Row, Table
from scanner.relations import CANDIDATE, Reference, ReferenceKind

_KEY = re.compile(
    r"(?i)(?:^|_|(?<=[a-zåäö]))(id|no|nr|num|number|key|fk|ref|guid|uuid|nro|tunnus)$"
)
_PEOPLE = re.compile(
    r"(?i)candida|applicant|hakij|sökande|sokande|søker|soker|ansøger|kandidat|person|people|henkil"
    r"|employee|user|customer|asiakas|kund"
)
"""Of a small table that is no table of codes: its rows are people, and belong to others."""
_CLAIM = re.compile(
    r"(?i)(?:candidate|applicant|kandidat|hakija|sökande|søker|ansøger)_?(?:id|no|nr|number|ref)$"
)
"""Of a column that is no key of this database: another system's number of an applicant."""
_SPLIT = re.compile(r"[^a-zåäöæø]+")
_EXPLAINS = re.compile(
    r"(?i)_?(?:codes?|koodit?|koodisto|kod|koder|kode|types?|tyypit|typer|values|names?|lookup)$"
)
"""How the name of a table ends that says what the values of a column mean: `statuskoder`."""
_SHORTEST = 4
_CHECKED = 200
"""Distinct values of a column that must stand in the other table."""
_MOSTLY = 0.95
_CODE_ROWS = 60
"""Rows of a table that explains codes: statuses, reasons."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, by their names."""

    table: str
    """Its path."""
    name: str


@dataclass(frozen=True, slots=True)
class Ties:
    """The keys of a database."""

    targets: Mapping[Column, Column] = field(default_factory=dict)
    """Foreign key → what it points to."""
    codes: Mapping[Column, Mapping[str, str]] = field(default_factory=dict)
    """Column → its values' meaning, from a small table that it points to."""

    def of(self, table: Table, names: Sequence[str], source: str) -> "RowTies":
        """Give what is to be said of each row of a table."""
        claims = tuple(
            index
            for index, name in enumerate(names)
            if _CLAIM.search(name) and Column(table.path, name) not in self.targets
        )
        pointed = {each.name for each in self.targets.values() if each.table == table.path}
        return RowTies(
            tuple(
                (index, f"{source}:{table.path}.{name}:")
                for index, name in enumerate(names)
                if name in pointed
            ),
            tuple(
                (index, f"{source}:{target.table}.{target.name}:")
                for index, name in enumerate(names)
                if (target := self.targets.get(Column(table.path, name)))
                and Column(table.path, name) not in self.codes
            ),
            claims,
        )


@dataclass(frozen=True, slots=True)
class RowTies:
    """Which columns of a table name its rows, and which name rows of others."""

    own: tuple[tuple[int, str], ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    claims: tuple[int, ...] = ()
    """Columns with the number of a candidate in a recruiting system."""

    def of(self, row: Row, record: str) -> Iterator[Reference]:
        """Give the ties of one row."""
        for kind, columns in ((ReferenceKind.IS, self.own), (ReferenceKind.BELONGS, self.others)):
            for index, target in columns:
                if row[index] not in {None, ""}:
                    yield Reference(kind, f"{target}{row[index]}", record)
        for index in self.claims:
            if row[index] not in {None, ""}:
                yield Reference(ReferenceKind.CLAIMS, f"{CANDIDATE}{row[index]}", record)


@dataclass(frozen=True, slots=True)
class _Described:
    """A table and its columns."""

    table: Table
    columns: Mapping[str, sa.types.TypeEngine[Any]]
    key: str
    """The column of its primary key; empty where that is none or of several columns."""


def ties(connection: sa.Connection, tables: Iterable[Table]) -> Ties:
    """Look for the keys of the tables that are scanned."""
    inspector = sa.inspect(connection)
    known = {}
    for table in tables:
        try:
            known[table.path] = _described(inspector, table)
        except SQLAlchemyError:
            if inspector.dialect.name != "sqlite":
                raise
            continue  # reading it will say what is wrong with it
    targets: dict[Column, Column] = {}
    for one in known.values():
        declared = dict(_declared(inspector, one, known))
        for name in one.columns:
            column = Column(one.table.path, name)
            if name in declared:
                targets[column] = declared[name]
            elif target := _inferred(connection, one, name, known):
                targets[column] = target
    codes = {}
    for column, target in targets.items():
        if meanings := _codes(connection, known[target.table], target.name):
            codes[column] = meanings
    return Ties(targets, codes)


def _described(inspector: sa.Inspector, table: Table) -> _Described:
    columns = inspector.get_columns(table.name, table.schema)
    key = inspector.get_pk_constraint(table.name, table.schema).get("constrained_columns") or []
    return _Described(
        table, {each["name"]: each["type"] for each in columns}, key[0] if len(key) == 1 else ""
    )


def _declared(
    inspector: sa.Inspector, one: _Described, known: Mapping[str, _Described]
) -> Iterator[tuple[str, Column]]:
    for foreign in inspector.get_foreign_keys(one.table.name, one.table.schema):
        columns, others = foreign["constrained_columns"], foreign["referred_columns"]
        schema = foreign["referred_schema"] or one.table.schema
        path = Table(schema, foreign["referred_table"], "table", "").path
        if len(columns) == 1 and path in known:
            target = others[0] if others else known[path].key
            if target:
                yield columns[0], Column(path, target)


def _inferred(
    connection: sa.Connection, one: _Described, name: str, known: Mapping[str, _Described]
) -> Column | None:
    """Give the column that a heading seems to mean, if the values agree."""
    if name == one.key or not (_KEY.search(name) or _means(name, known)):
        return None
    for other in known.values():
        if other.table.path == one.table.path:
            continue
        for target in _targets(name, other):
            if _holds(connection, one, name, other, target):
                return Column(other.table.path, target)
    return None


def _means(name: str, known: Mapping[str, _Described]) -> bool:
    """Say whether a heading is the name of a table (`candidate`)."""
    return any(_names(name, other.table.name) for other in known.values())


def _targets(name: str, other: _Described) -> Iterator[str]:
    """Give the columns of another table that a heading may mean."""
    stem = _KEY.sub("", name).strip("_") or name
    if other.key and _names(stem, other.table.name):
        yield other.key
    for column in other.columns:
        if column != other.key and column.casefold() == name.casefold():
            yield column
    if other.key and other.key.casefold() == name.casefold() != "id":
        yield other.key


def _names(stem: str, table: str) -> bool:
    """Say whether a heading's stem is a form of a table's name: `kandidat` of `kandidater`.

    >>> _names("status", "statuskoder"), _names("status", "states")
    (True, False)
    """
    one, other = _letters(_EXPLAINS.sub("", stem)), _letters(_EXPLAINS.sub("", table))
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and (
        long.startswith(short[: max(_SHORTEST, len(short) - 1)]) and len(long) - len(short) <= 3  # noqa: PLR2004 - an ending
    )


def _letters(name: str) -> str:
    return _SPLIT.sub("", name.casefold())


def _holds(
    connection: sa.Connection, one: _Described, name: str, other: _Described, target: str
) -> bool:
    """Say whether nearly all values of a column stand in another, and are unique there."""
    here, there = _clause(one.table), _clause(other.table)
    mine: sa.ColumnClause[Any] = sa.column(name)
    theirs: sa.ColumnClause[Any] = sa.column(target)
    values = (
        sa.select(sa.cast(mine, sa.Text).label("value"))
        .select_from(here)
        .where(mine.is_not(None))
        .distinct()
        .limit(_CHECKED)
        .subquery()
    )
    try:
        with connection.begin_nested():
            found = connection.execute(
                sa.select(
                    sa.func.count(), sa.func.sum(sa.case((_in(there, theirs, values), 1), else_=0))
                ).select_from(values)
            ).one()
            if not found[0] or (found[1] or 0) < _MOSTLY * found[0]:
                return False
            if target == other.key:
                return True
            count = connection.execute(
                sa.select(sa.func.count(theirs), sa.func.count(theirs.distinct())).select_from(
                    there
                )
            ).one()
    except SQLAlchemyError:
        return False
    return bool(count[0] == count[1])


def _in(there: sa.TableClause, theirs: sa.ColumnClause[Any], values: sa.Subquery) -> sa.Exists:
    return (
        sa.select(sa.literal(1))
        .select_from(there)
        .where(sa.cast(theirs, sa.Text) == values.c.value)
        .exists()
    )


def _codes(connection: sa.Connection, other: _Described, key: str) -> Mapping[str, str]:
    """Give what the values of a key mean, where a small table says it in words."""
    is_wide = len(other.columns) > 4  # noqa: PLR2004 - key, code, words, order
    if is_wide or _PEOPLE.search(other.table.name):
        return {}
    texts = [
        name for name, kind in other.columns.items() if name != key and isinstance(kind, sa.String)
    ]
    if not texts:
        return {}
    names: list[sa.ColumnClause[Any]] = [sa.column(each) for each in (key, *texts)]
    wanted = sa.select(*names).select_from(_clause(other.table))
    try:
        with connection.begin_nested():
            rows = connection.execute(wanted.limit(_CODE_ROWS + 1)).all()
    except SQLAlchemyError:
        return {}
    if len(rows) > _CODE_ROWS or any("@" in str(each) for row in rows for each in row):
        return {}
    return {str(row[0]): max((str(each or "") for each in row[1:]), key=len) for row in rows}


def _clause(table: Table) -> sa.TableClause:
    return sa.table(table.name, schema=table.schema)
