"""Whom the scanned sources name, as keyed hashes: they are looked for in every other source."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, case, func, literal, select, true

from scanner.catalog.schema import assets, named, sources
from scanner.catalog.store import Catalog
from scanner.model import NamedPerson, SourceId


def named_people(
    catalog: Catalog,
    most: int,
    ranks: Mapping[str, int],
    reading: SourceId | None = None,
) -> list[NamedPerson]:
    """Give the people whom assets name, those of the best sources first, at most `most`.

    `ranks` says how well each kind of source names people, from 0; other kinds come last.
    With `reading`, without whom this source itself names: a scan that was disturbed and run again
    then knows no more than one that was not, and one of what changed no more than one of all.
    """
    is_known: ColumnElement[bool] = true()
    if reading is not None:
        is_known = assets.c.source_id != reading
    last = max(ranks.values(), default=0) + 1
    rank = case(dict(ranks), value=sources.c.kind, else_=last) if ranks else literal(last)
    statement = (
        select(named.c.key, named.c.outline)
        .join(assets, assets.c.id == named.c.asset_id)
        .join(sources, sources.c.id == assets.c.source_id)
        .where(is_known)
        .group_by(named.c.key, named.c.outline)
        .order_by(func.min(rank), named.c.key, named.c.outline)
        .limit(most)
    )
    with catalog.transaction() as connection:
        return [NamedPerson(row.key, row.outline) for row in connection.execute(statement)]
