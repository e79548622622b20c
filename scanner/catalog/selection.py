"""What queries share: whose rows count, in which order, and that they come as they are used."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, CursorResult, Select, func, select

from scanner.catalog.schema import assets, runs, sources
from scanner.catalog.store import Catalog

_STREAM = 1_000
"""Rows fetched at a time."""


def scanned() -> ColumnElement[bool]:
    """Select the assets of the sources of the last run; others stay in the catalog, unjudged."""
    last = select(func.max(runs.c.id)).scalar_subquery()
    return assets.c.source_id.in_(select(sources.c.id).where(sources.c.run_id == last))


def by_path(catalog: Catalog) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """Sort by source and path as Python does, whatever language the database sorts in."""
    columns = (assets.c.source_id, assets.c.path)
    if catalog.engine.dialect.name == "postgresql":
        return columns[0].collate("C"), columns[1].collate("C")
    return columns


def streamed(connection: Connection, statement: Select[Any]) -> CursorResult[Any]:
    """Run a query whose rows are fetched as they are used; close it, or use it in a `with`."""
    return connection.execution_options(yield_per=_STREAM).execute(statement)
