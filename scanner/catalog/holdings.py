"""What each asset holds, counted in the catalog: sightings and keys never leave it one by one."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from scanner.catalog.schema import assets, identifiers, sightings
from scanner.catalog.store import Catalog
from scanner.summary import AssetHoldings

_CHUNK = 1_000
"""Assets counted at a time."""


def asset_holdings(catalog: Catalog, sources: Collection[str]) -> Iterator[AssetHoldings]:
    """Stream what each asset of some sources holds; assets without a sighting are left out."""
    after = 0
    while True:
        with catalog.transaction() as connection:
            rows = connection.execute(
                select(assets)
                .where(assets.c.id > after, assets.c.source_id.in_(sources))
                .order_by(assets.c.id)
                .limit(_CHUNK)
            ).all()
            if not rows:
                return
            first, after = rows[0].id, rows[-1].id
            categories: defaultdict[int, list[str]] = defaultdict(list)
            for seen in connection.execute(
                select(sightings.c.asset_id, sightings.c.category)
                .where(sightings.c.asset_id.between(first, after))
                .distinct()
                .order_by(sightings.c.asset_id, sightings.c.category)
            ):
                categories[seen.asset_id].append(seen.category)
            keys: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
            for named in connection.execute(
                select(
                    identifiers.c.asset_id,
                    identifiers.c.entity,
                    func.count(identifiers.c.key.distinct()).label("distinct"),
                )
                .where(
                    identifiers.c.asset_id.between(first, after),
                    identifiers.c.role != "own",
                )
                .group_by(identifiers.c.asset_id, identifiers.c.entity)
                .order_by(identifiers.c.asset_id, identifiers.c.entity)
            ):
                keys[named.asset_id].append((named.entity, named.distinct))
        for row in rows:
            if row.id in categories:
                yield AssetHoldings(
                    row.source_id,
                    row.path,
                    row.modified,
                    tuple(row.readers),
                    tuple(categories[row.id]),
                    tuple(keys[row.id]),
                )
