"""What the catalog knows, as streams: the many are never held at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import groupby

from sqlalchemy import (
    Row,
    exists,
    select,
)

from scanner.catalog.schema import (
    assets,
    flows,
    identifiers,
    milestones,
    sightings,
    skips,
)
from scanner.catalog.selection import by_path, scanned, streamed
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
)
from scanner.summary import (
    MOST_PLACES,
    AssetRecord,
    AssetSighting,
    CandidateRecord,
    DatedEvent,
    Occurrence,
    SkippedAsset,
)

_CHUNK = 200
"""Assets put together at a time."""


def skipped_assets(catalog: Catalog) -> Iterator[SkippedAsset]:
    """Stream the coverage ledger's entries: everything that was not examined whole."""
    statement = (
        select(skips, assets.c.source_id, assets.c.path, assets.c.coverage)
        .join(assets, assets.c.id == skips.c.asset_id)
        .where(scanned())
        .order_by(*by_path(catalog), skips.c.id)
    )
    with catalog.transaction() as connection, streamed(connection, statement) as rows:
        for row in rows:
            yield SkippedAsset(
                row.source_id,
                row.path,
                Coverage(row.coverage),
                Skip(SkipReason(row.reason), row.detail, Locator.of(row.locator)),
            )


def asset_sightings(catalog: Catalog) -> Iterator[AssetSighting]:
    """Stream every sighting with its asset, in the order of sources and paths."""
    statement = (
        select(
            sightings,
            sightings.c.count.label("total"),  # a row has a method of the column's own name
            assets.c.source_id,
            assets.c.path,
            assets.c.modified,
        )
        .join(assets, assets.c.id == sightings.c.asset_id)
        .where(scanned())
        .order_by(*by_path(catalog), sightings.c.id)
    )
    with catalog.transaction() as connection, streamed(connection, statement) as rows:
        for row in rows:
            yield AssetSighting(row.source_id, row.path, row.modified, _sighting(row))


def asset_places(catalog: Catalog, source: str, path: str) -> tuple[Occurrence, ...]:
    """Say where in one asset something was seen; for the few assets that stand for others."""
    statement = (
        select(sightings, sightings.c.count.label("total"))
        .join(assets, assets.c.id == sightings.c.asset_id)
        .where(assets.c.source_id == source, assets.c.path == path)
        .order_by(sightings.c.id)
    )
    with catalog.transaction() as connection:
        return _places([_sighting(row) for row in connection.execute(statement)])


def fingerprint_of(catalog: Catalog, source: str, path: str) -> str:
    """Give the fingerprint of an asset as it was read last; empty where it is not known."""
    statement = select(assets.c.fingerprint).where(
        assets.c.source_id == source, assets.c.path == path
    )
    with catalog.transaction() as connection:
        return connection.execute(statement).scalar() or ""


def asset_identifiers(catalog: Catalog, source: str, path: str) -> tuple[Identifier, ...]:
    """Give who is named in one asset; for the few assets of which somebody asks."""
    statement = (
        select(identifiers)
        .join(assets, assets.c.id == identifiers.c.asset_id)
        .where(assets.c.source_id == source, assets.c.path == path)
        .order_by(identifiers.c.id)
    )
    with catalog.transaction() as connection:
        return tuple(map(_identifier, connection.execute(statement)))


def surest(catalog: Catalog, source: str, path: str, category: str) -> Locator:
    """Say where in an asset the surest hit of a category stands."""
    statement = (
        select(sightings.c.locator, sightings.c.hit)
        .join(assets, assets.c.id == sightings.c.asset_id)
        .where(
            assets.c.source_id == source, assets.c.path == path, sightings.c.category == category
        )
        .order_by(sightings.c.confidence.desc(), sightings.c.id)
        .limit(1)
    )
    with catalog.transaction() as connection:
        row = connection.execute(statement).first()
    return Locator.of(row.hit or row.locator) if row else WHOLE


def asset_flows(catalog: Catalog) -> Iterator[tuple[str, str, Flow]]:
    """Stream every flow with its source and asset."""
    statement = (
        select(flows, assets.c.source_id, assets.c.path)
        .join(assets, assets.c.id == flows.c.asset_id)
        .where(scanned())
        .order_by(flows.c.id)
    )
    with catalog.transaction() as connection, streamed(connection, statement) as rows:
        for row in rows:
            yield row.source_id, row.path, _flow(row)


def candidate_records(catalog: Catalog) -> Iterator[CandidateRecord]:
    """Stream the records that have dated events, with the keys of the person in them."""
    after = 0
    while True:
        with catalog.transaction() as connection:
            rows = connection.execute(
                select(assets.c.id, assets.c.source_id, assets.c.path)
                .where(
                    assets.c.id > after,
                    scanned(),
                    exists().where(milestones.c.asset_id == assets.c.id),
                )
                .order_by(assets.c.id)
                .limit(_CHUNK)
            ).all()
            if not rows:
                return
            after = rows[-1].id
            places = {row.id: row for row in rows}
            keys: defaultdict[tuple[int, str], list[tuple[str, str, str]]] = defaultdict(list)
            for row in connection.execute(
                select(identifiers).where(identifiers.c.asset_id.in_(places))
            ):
                keys[row.asset_id, row.record].append((row.entity, row.key, row.role))
            dated = connection.execute(
                select(milestones)
                .where(milestones.c.asset_id.in_(places))
                .order_by(milestones.c.asset_id, milestones.c.record, milestones.c.id)
            ).all()
            made = [
                CandidateRecord(
                    places[asset_id].source_id,
                    places[asset_id].path,
                    record,
                    tuple(sorted(keys[asset_id, record])),
                    tuple(
                        DatedEvent(
                            MilestoneKind(entry.kind), entry.at, entry.evidence, entry.application
                        )
                        for entry in group
                    ),
                )
                for (asset_id, record), group in groupby(
                    dated, lambda row: (row.asset_id, row.record)
                )
            ]
        yield from made


def asset_records(catalog: Catalog) -> Iterator[AssetRecord]:
    """Stream the assets in which something was found, each with all that judgement needs."""
    after = 0
    while True:
        with catalog.transaction() as connection:
            rows = connection.execute(
                select(assets)
                .where(assets.c.id > after, scanned())
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
                people[row.asset_id].append(_identifier(row))
            sent: defaultdict[int, list[Flow]] = defaultdict(list)
            for row in connection.execute(
                select(flows).where(flows.c.asset_id.in_(ids)).order_by(flows.c.id)
            ):
                sent[row.asset_id].append(_flow(row))
            made = [
                AssetRecord(
                    row.source_id,
                    row.path,
                    row.modified,
                    tuple(row.readers),
                    _entities(seen[row.id]),
                    tuple(people[row.id]),
                    tuple(sent[row.id]),
                    _places(seen[row.id]),
                )
                for row in rows
                if row.id in seen or row.id in people
            ]
        yield from made


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


def _identifier(row: Row[tuple[object, ...]]) -> Identifier:
    return Identifier(row.entity, row.key, row.record, row.role, Locator.of(row.hit or ()))


def _flow(row: Row[tuple[object, ...]]) -> Flow:
    return Flow(row.domain, row.channel, tuple(row.categories), row.at, tuple(row.addresses))
