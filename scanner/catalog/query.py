"""What the catalog knows, as values: summaries for the reports, streams for the clocks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from heapq import nsmallest
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    select,
)

from scanner.catalog.schema import (
    assets,
    departed,
    flows,
    identifiers,
    milestones,
    runs,
    sightings,
    skips,
    sources,
)
from scanner.catalog.store import Catalog
from scanner.locator import WHOLE, Locator
from scanner.model import (
    Coverage,
    Flow,
    Identifier,
    MilestoneKind,
    Sighting,
    Skip,
    SkipReason,
    Source,
    SourceId,
)
from scanner.summary import (
    MOST_PLACES,
    AssetRecord,
    AssetSighting,
    CandidateRecord,
    CategorySummary,
    DatedEvent,
    Occurrence,
    RunSummary,
    SkippedAsset,
    SourceSummary,
)

_STREAM = 1_000
"""Rows fetched at a time."""
_CHUNK = 200
"""Assets put together at a time."""


def last_run(catalog: Catalog) -> RunSummary | None:
    """Give the newest run; None in an empty catalog."""
    with catalog.transaction() as connection:
        row = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).first()
    return RunSummary(row.id, row.started_at, row.finished_at, row.version) if row else None


def _scanned() -> ColumnElement[bool]:
    """Select the assets of the sources of the last run; others stay in the catalog, unjudged."""
    last = select(func.max(runs.c.id)).scalar_subquery()
    return assets.c.source_id.in_(select(sources.c.id).where(sources.c.run_id == last))


def source_summaries(catalog: Catalog) -> tuple[SourceSummary, ...]:
    """Sum up each source."""
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
        )
        .group_by(assets.c.source_id)
        .subquery()
    )
    statement = (
        select(sources, counts, found.c.sightings)
        .outerjoin(counts, counts.c.source_id == sources.c.id)
        .outerjoin(found, found.c.source_id == sources.c.id)
        .where(sources.c.run_id == select(func.max(runs.c.id)).scalar_subquery())
        .order_by(sources.c.id)
    )
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
            )
            for row in connection.execute(statement)
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
        .where(_scanned())
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
    with catalog.transaction() as connection:
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
        rows = connection.execute(in_asset)
        for (source, category, entity), group in groupby(
            rows, lambda row: (row.source_id, row.category, row.entity)
        ):
            rows_of_group = list(group)
            first = rows_of_group[0]
            widest = max(row.distinct for row in rows_of_group)
            result.append(
                CategorySummary(
                    source,
                    category,
                    entity,
                    len(rows_of_group),
                    sum(int(row.total) for row in rows_of_group),
                    max(distinct.get((source, entity), 0), widest),
                    max(row.confidence for row in rows_of_group),
                    first.path,
                    *_sample(catalog, first.asset_id, entity),
                )
            )
    return tuple(result)


def skipped_assets(catalog: Catalog) -> tuple[SkippedAsset, ...]:
    """Give the coverage ledger's entries: everything that was not examined whole."""
    statement = (
        select(skips, assets.c.source_id, assets.c.path, assets.c.coverage)
        .join(assets, assets.c.id == skips.c.asset_id)
        .where(_scanned())
        .order_by(assets.c.source_id, assets.c.path, skips.c.id)
    )
    with catalog.transaction() as connection:
        return tuple(
            SkippedAsset(
                row.source_id,
                row.path,
                Coverage(row.coverage),
                Skip(SkipReason(row.reason), row.detail, Locator.of(row.locator)),
            )
            for row in connection.execute(statement)
        )


def departed_keys(catalog: Catalog, kinds: Collection[str]) -> frozenset[tuple[str, str]]:
    """Give entity and keyed hash of what sources of these kinds held and do not list now."""
    statement = (
        select(departed.c.entity, departed.c.key)
        .join(sources, sources.c.id == departed.c.source_id)
        .where(
            sources.c.kind.in_(kinds),
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


def asset_sightings(catalog: Catalog) -> Iterator[AssetSighting]:
    """Stream every sighting with its asset."""
    statement = (
        select(
            sightings,
            sightings.c.count.label("total"),  # a row has a method of the column's own name
            assets.c.source_id,
            assets.c.path,
            assets.c.modified,
        )
        .join(assets, assets.c.id == sightings.c.asset_id)
        .where(_scanned())
        .order_by(assets.c.source_id, assets.c.path, sightings.c.id)
    )
    with catalog.transaction() as connection, _streamed(connection, statement) as rows:
        for row in rows:
            yield AssetSighting(row.source_id, row.path, row.modified, _sighting(row))


def candidate_records(catalog: Catalog) -> Iterator[CandidateRecord]:
    """Stream the records that have dated events, with the keys of the person in them."""
    statement = (
        select(milestones, assets.c.source_id, assets.c.path)
        .join(assets, assets.c.id == milestones.c.asset_id)
        .where(_scanned())
        .order_by(milestones.c.asset_id, milestones.c.record, milestones.c.id)
    )
    with catalog.transaction() as connection, _streamed(connection, statement) as rows:
        for (asset_id, record), group in groupby(rows, lambda row: (row.asset_id, row.record)):
            entries = list(group)
            with catalog.transaction() as other:
                keys = other.execute(
                    select(identifiers.c.entity, identifiers.c.key, identifiers.c.role).where(
                        identifiers.c.asset_id == asset_id, identifiers.c.record == record
                    )
                ).all()
            yield CandidateRecord(
                entries[0].source_id,
                entries[0].path,
                record,
                tuple(sorted((key.entity, key.key, key.role) for key in keys)),
                tuple(
                    DatedEvent(
                        MilestoneKind(entry.kind), entry.at, entry.evidence, entry.application
                    )
                    for entry in entries
                ),
            )


def asset_records(catalog: Catalog) -> Iterator[AssetRecord]:
    """Stream the assets in which something was found, each with all that judgement needs."""
    after = 0
    while True:
        with catalog.transaction() as connection:
            rows = connection.execute(
                select(assets)
                .where(assets.c.id > after, _scanned())
                .order_by(assets.c.id)
                .limit(_CHUNK)
            ).all()
            if not rows:
                return
            after = rows[-1].id
            ids = [row.id for row in rows]
            seen: defaultdict[int, list[Sighting]] = defaultdict(list)
            for row in connection.execute(
                select(sightings, sightings.c.count.label("total"))
                .where(sightings.c.asset_id.in_(ids))
                .order_by(sightings.c.id)
            ):
                seen[row.asset_id].append(_sighting(row))
            people: defaultdict[int, list[Identifier]] = defaultdict(list)
            for row in connection.execute(
                select(identifiers)
                .where(identifiers.c.asset_id.in_(ids))
                .order_by(identifiers.c.id)
            ):
                people[row.asset_id].append(
                    Identifier(row.entity, row.key, row.record, row.role, Locator.of(row.hit or ()))
                )
            sent: defaultdict[int, list[Flow]] = defaultdict(list)
            for row in connection.execute(
                select(flows).where(flows.c.asset_id.in_(ids)).order_by(flows.c.id)
            ):
                sent[row.asset_id].append(
                    Flow(
                        row.domain,
                        row.channel,
                        tuple(row.categories),
                        row.at,
                        tuple(row.addresses),
                    )
                )
        for row in rows:
            if row.id in seen or row.id in people:
                yield AssetRecord(
                    row.source_id,
                    row.path,
                    row.modified,
                    tuple(row.readers),
                    _entities(seen[row.id]),
                    tuple(people[row.id]),
                    tuple(sent[row.id]),
                    _places(seen[row.id]),
                )


def _entities(seen: Iterable[Sighting]) -> tuple[tuple[str, str, int], ...]:
    distinct: dict[tuple[str, str], int] = {}
    for each in seen:
        key = (each.category, each.entity)
        distinct[key] = max(distinct.get(key, 0), each.distinct)
    return tuple(sorted((*key, count) for key, count in distinct.items()))


def _places(seen: Iterable[Sighting]) -> tuple[Occurrence, ...]:
    by_entity: defaultdict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for each in seen:
        by_entity[each.category, each.entity].append(each)
    return tuple(
        Occurrence(category, entity, each.place, each.count)
        for (category, entity), group in sorted(by_entity.items())
        for each in nsmallest(MOST_PLACES, group, key=lambda one: (-one.confidence, -one.count))
    )


def _streamed(connection: Connection, statement: Select[Any]) -> CursorResult[Any]:
    """Run a query whose rows are fetched as they are used; close it, or use it in a `with`."""
    return connection.execution_options(yield_per=_STREAM).execute(statement)


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


def _sighting(row: Row[tuple[object, ...]]) -> Sighting:
    return Sighting(
        Locator.of(row.locator),
        row.label,
        row.entity,
        row.category,
        row.total,
        row.distinct,
        row.confidence,
        row.recognizer,
        tuple(row.evidence),
        tuple(row.samples),
        row.share,
        row.share_at_least,
        row.sample,
        Locator.of(row.hit or ()),
    )
