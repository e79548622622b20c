"""What a database's tables seem to say, for a person to confirm before a scan.

Of values only statuses are told: those of columns called so whose meaning is known, and the words
of small tables that explain the codes in such a column. Nothing else of a row leaves the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from scanner.connectors import standing
from scanner.connectors.databases.facts import Keys
from scanner.connectors.databases.meanings import Meanings, meanings
from scanner.connectors.databases.rows import Table
from scanner.model import MilestoneKind

_MOST_WORDS = 60
"""Distinct values of a column of statuses; with more it is a text."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could stand in the audit file."""

    milestones: Mapping[str, MilestoneKind]
    """`table.column` → event."""
    statuses: Mapping[str, str]
    """Word → meaning."""
    unknown: tuple[str, ...]
    """Words of tables of codes whose meaning is not known."""


def proposed(connection: sa.Connection, tables: Iterable[Table], keys: Keys) -> Proposal:
    """Read headings, and the words of columns that hold statuses."""
    milestones: dict[str, MilestoneKind] = {}
    statuses: dict[str, str] = {}
    unknown: dict[str, None] = {}
    for table in tables:
        names = [
            each["name"] for each in sa.inspect(connection).get_columns(table.name, table.schema)
        ]
        said = meanings(table.name, table.path, names, {}, keys.ties, keys.positions)
        for index, kind in said.milestones.items():
            milestones[f"{table.name}.{names[index]}"] = kind
        if said.position and "closed" in said.position:
            milestones[f"{table.name}.{names[said.position['closed']]}"] = MilestoneKind.CLOSED
        for index, is_of_position in _columns_of_statuses(said):
            codes = (said.codes or {}).get(index)
            words = codes.values() if codes else _words(connection, table, names[index])
            for word in words:
                meaning = (
                    standing.of_position(word) if is_of_position else standing.of_application(word)
                )
                if meaning:
                    statuses[word] = meaning
                elif codes:
                    unknown[word] = None
    return Proposal(milestones, statuses, tuple(word for word in unknown if word not in statuses))


def _columns_of_statuses(said: Meanings) -> Iterator[tuple[int, bool]]:
    """Give the columns that hold statuses, and whether those are of positions."""
    for index in said.status:
        yield index, False
    if said.position and "outcome" in said.position:
        yield said.position["outcome"], True


def _words(connection: sa.Connection, table: Table, name: str) -> list[str]:
    """Give the distinct values of a column; none where they are too many to be statuses."""
    column: sa.ColumnClause[str] = sa.column(name)
    clause = sa.table(table.name, schema=table.schema)
    wanted = sa.select(sa.cast(column, sa.Text)).select_from(clause).where(column.is_not(None))
    try:
        with connection.begin_nested():
            rows = connection.execute(wanted.distinct().limit(_MOST_WORDS + 1)).all()
    except SQLAlchemyError:
        return []
    return sorted(row[0] for row in rows) if len(rows) <= _MOST_WORDS else []
