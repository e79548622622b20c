"""Whom the scanned sources name, as keyed hashes: they are looked for in every other source."""

from sqlalchemy import ColumnElement, case, func, or_, select, true

from scanner.catalog.schema import assets, named, sources
from scanner.catalog.store import Catalog, Run
from scanner.model import NamedPerson, SourceId

RANKS = {"greenhouse": 0, "database": 0, "mbox": 1, "maildir": 1}
"""Kinds of source that say who the people are; those that say it best come first."""
OTHERS = 2
"""Rank of every other kind."""


def named_people(
    catalog: Catalog, most: int, reading: tuple[Run, SourceId] | None = None
) -> list[NamedPerson]:
    """Give the people whom assets name, those of the best sources first, at most `most`.

    With `reading`, without what this run found in this source: a scan that was interrupted and
    goes on then knows no more than one that was not.
    """
    is_known: ColumnElement[bool] = true()
    if reading is not None:
        run, source = reading
        is_known = or_(assets.c.source_id != source, assets.c.run_id != run.id)
    rank = case(RANKS, value=sources.c.kind, else_=OTHERS)
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
