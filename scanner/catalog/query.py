"""What the catalog knows, summed up for the reports."""

from collections.abc import Collection
from itertools import groupby

from sqlalchemy import (
    and_,
    case,
    exists,
    func,
    null,
    select,
)

from scanner.catalog.schema import (
    assets,
    departed,
    identifiers,
    runs,
    sightings,
    skips,
    sources,
)
from scanner.catalog.selection import scanned, streamed
from scanner.catalog.store import Catalog
from scanner.locator import WHOLE, Locator
from scanner.model import (
    Coverage,
    Source,
    SourceId,
)
from scanner.summary import (
    CategorySummary,
    RunSummary,
    SourceSummary,
    Unexamined,
)


def last_run(catalog: Catalog) -> RunSummary | None:
    """Give the newest run; None in an empty catalog."""
    with catalog.transaction() as connection:
        row = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).first()
    return RunSummary(row.id, row.started_at, row.finished_at, row.version) if row else None


def source_summaries(catalog: Catalog, *, with_sightings: bool = True) -> tuple[SourceSummary, ...]:
    """Sum up each source; `with_sightings` reads them all to count them, else there are 0."""
    last = select(func.max(runs.c.id)).scalar_subquery()
    found = (
        select(assets.c.source_id, func.count().label("sightings"))
        .join(sightings, sightings.c.asset_id == assets.c.id)
        .group_by(assets.c.source_id)
        .subquery()
    )
    counts = (
        select(
            assets.c.source_id,
            func.count().label("assets"),
            *(
                func.sum(case((assets.c.coverage == coverage, 1), else_=0)).label(coverage.value)
                for coverage in Coverage
            ),
            func.sum(assets.c.characters).label("characters"),
            func.sum(case((assets.c.run_id == last, 1), else_=0)).label("reached"),
        )
        .group_by(assets.c.source_id)
        .subquery()
    )
    statement = (
        select(sources, counts, found.c.sightings if with_sightings else null().label("sightings"))
        .outerjoin(counts, counts.c.source_id == sources.c.id)
        .where(sources.c.run_id == last)
        .order_by(sources.c.id)
    )
    if with_sightings:
        statement = statement.outerjoin(found, found.c.source_id == sources.c.id)
    with catalog.transaction() as connection:
        return tuple(
            SourceSummary(
                Source(SourceId(row.id), row.kind, row.name, row.location),
                row.assets or 0,
                row.examined or 0,
                row.partial or 0,
                row.skipped or 0,
                row.sightings or 0,
                int(row.characters or 0),
                row.error,
                bool(row.listed),
                int(row.reached or 0),
            )
            for row in connection.execute(statement)
        )


def unexamined(catalog: Catalog) -> tuple[Unexamined, ...]:
    """Say of each source how much of it was not examined, without counting what was."""
    last = select(func.max(runs.c.id)).scalar_subquery()
    counted = (
        select(assets.c.source_id, assets.c.coverage, func.count(assets.c.id.distinct()))
        .join(skips, skips.c.asset_id == assets.c.id)
        .where(assets.c.coverage != Coverage.EXAMINED)
        .group_by(assets.c.source_id, assets.c.coverage)
    )
    listed = select(sources.c.id, sources.c.error).where(sources.c.run_id == last)
    with catalog.transaction() as connection:
        counts = {(row[0], row[1]): row[2] for row in connection.execute(counted)}
        return tuple(
            Unexamined(
                row.id,
                counts.get((row.id, Coverage.SKIPPED), 0),
                counts.get((row.id, Coverage.PARTIAL), 0),
                row.error,
            )
            for row in connection.execute(listed.order_by(sources.c.id))
        )


def category_summaries(catalog: Catalog) -> tuple[CategorySummary, ...]:
    """Sum up each entity in each source, with the asset that holds most of it."""
    in_asset = (
        select(
            assets.c.source_id,
            assets.c.id.label("asset_id"),
            assets.c.path,
            sightings.c.category,
            sightings.c.entity,
            func.sum(sightings.c.count).label("total"),
            func.max(sightings.c.distinct).label("distinct"),
            func.max(sightings.c.confidence).label("confidence"),
        )
        .join(sightings, sightings.c.asset_id == assets.c.id)
        .where(scanned())
        .group_by(
            assets.c.source_id,
            assets.c.id,
            assets.c.path,
            sightings.c.category,
            sightings.c.entity,
        )
        .order_by(
            assets.c.source_id,
            sightings.c.category,
            sightings.c.entity,
            func.sum(sightings.c.count).desc(),
            assets.c.path,
        )
    )
    result: list[CategorySummary] = []
    with catalog.transaction() as connection, streamed(connection, in_asset) as rows:
        distinct = {
            (row.source_id, row.entity): row.distinct
            for row in connection.execute(
                select(
                    assets.c.source_id,
                    identifiers.c.entity,
                    func.count(identifiers.c.key.distinct()).label("distinct"),
                )
                .join(identifiers, identifiers.c.asset_id == assets.c.id)
                .group_by(assets.c.source_id, identifiers.c.entity)
            )
        }
        for (source, category, entity), group in groupby(
            rows, lambda row: (row.source_id, row.category, row.entity)
        ):
            members = iter(group)
            first = next(members)
            number, total = 1, int(first.total)
            widest, confidence = first.distinct, first.confidence
            for row in members:
                number, total = number + 1, total + int(row.total)
                widest, confidence = max(widest, row.distinct), max(confidence, row.confidence)
            result.append(
                CategorySummary(
                    source,
                    category,
                    entity,
                    number,
                    total,
                    max(distinct.get((source, entity), 0), widest),
                    confidence,
                    first.path,
                    *_sample(catalog, first.asset_id, entity),
                )
            )
    return tuple(result)


def departed_keys(catalog: Catalog, kinds: Collection[str]) -> frozenset[tuple[str, str]]:
    """Give entity and keyed hash of what sources of these kinds held and do not list now.

    Those of an earlier key are left out: they are equal to nothing.
    """
    statement = (
        select(departed.c.entity, departed.c.key)
        .join(sources, sources.c.id == departed.c.source_id)
        .where(
            sources.c.kind.in_(kinds),
            departed.c.key_check.is_(None),
            ~exists().where(
                identifiers.c.entity == departed.c.entity,
                identifiers.c.key == departed.c.key,
                identifiers.c.asset_id == assets.c.id,
                assets.c.source_id == departed.c.source_id,
            ),
        )
    )
    with catalog.transaction() as connection:
        return frozenset((row.entity, row.key) for row in connection.execute(statement))


def has_unmatched(catalog: Catalog, kinds: Collection[str]) -> bool:
    """Say whether sources of these kinds held what only hashes of an earlier key tell of."""
    statement = (
        select(departed.c.id)
        .join(sources, sources.c.id == departed.c.source_id)
        .where(sources.c.kind.in_(kinds), departed.c.key_check.is_not(None))
        .limit(1)
    )
    with catalog.transaction() as connection:
        return connection.execute(statement).first() is not None


def _sample(catalog: Catalog, asset_id: int, entity: str) -> tuple[str, Locator]:
    """Give one masked sample and its place; a query for each of the few assets that are shown."""
    with catalog.transaction() as connection:
        rows = connection.execute(
            select(sightings.c.samples, sightings.c.locator, sightings.c.hit)
            .where(and_(sightings.c.asset_id == asset_id, sightings.c.entity == entity))
            .order_by(sightings.c.id)
            .limit(1)
        ).all()
    if not rows:
        return "", WHOLE
    sample = rows[0].samples[0] if rows[0].samples else ""
    return sample, Locator.of(rows[0].hit or rows[0].locator)
