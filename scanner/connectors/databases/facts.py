"""What rows say beside their text: events, statuses, positions, and whom they belong to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from scanner.connectors.databases.meanings import is_position, meanings, vacancy
from scanner.connectors.databases.rows import Row, RowFacts, Table, moment
from scanner.connectors.databases.ties import Ties, ties
from scanner.connectors.standing import Statuses
from scanner.model import Content, Milestone, MilestoneKind


@dataclass(frozen=True, slots=True)
class Keys:
    """How the tables of a database belong together."""

    ties: Ties
    positions: frozenset[str]
    """Paths of the tables that list positions."""


def keys(connection: sa.Connection, tables: Iterable[Table]) -> Keys:
    """Look at the tables that are scanned."""
    listed = list(tables)
    inspector = sa.inspect(connection)
    positions = frozenset(
        table.path for table in listed if is_position(table.name, _headings(inspector, table))
    )
    return Keys(ties(connection, listed), positions)


def _headings(inspector: sa.Inspector, table: Table) -> list[str]:
    """Give a table's columns; none of one that cannot be read, which reading it will say."""
    try:
        columns = inspector.get_columns(table.name, table.schema)
    except SQLAlchemyError:
        if inspector.dialect.name != "sqlite":
            raise  # a server that has gone, and no name that is no text
        return []
    return [each["name"] for each in columns]


def of(
    table: Table,
    names: Sequence[str],
    configured: Mapping[str, MilestoneKind],
    known: Keys,
    source: str,
    statuses: Statuses,
) -> RowFacts:
    """Give what says the facts of a row whose columns have these names."""
    said = meanings(table.name, table.path, names, configured, known.ties, known.positions)
    tied = known.ties.of(table, names, source)
    own = set(configured)

    def facts(row: Row, record: str) -> Iterator[Content | int]:
        for index, kind in said.milestones.items():
            if row[index] not in {None, ""}:
                at = moment(row[index])
                if at is not None:
                    yield Milestone(kind, at, f"{table.name}.{names[index]}", record=record)
                elif names[index] in own:
                    yield index
        for index in said.status:
            if row[index] is not None:
                status = statuses.of_application(said.text(index, row[index]))
                if status is not None:
                    yield Milestone(status, None, f"{table.name}.{names[index]}", record=record)
        listed = vacancy(said, row, record, moment, statuses)
        if listed is not None:
            yield listed
        yield from tied.of(row, record)

    return facts
