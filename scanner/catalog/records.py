"""What the catalog knows, as streams: the many are never held at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from heapq import nsmallest
from typing import Any

from sqlalchemy import Connection, Row, Table, or_, select

from scanner.catalog.schema import (
    assets,
    flows,
    identifiers,
    links,
    milestones,
    positions,
    sightings,
    skips,
    topics,
)
from scanner.catalog.selection import by_path, scanned, streamed
from scanner.catalog.store import Catalog
from scanner.locator import WHOLE, Locator
from scanner.model import Coverage, Flow, Identifier, MilestoneKind, Sighting, Skip, SkipReason
from scanner.relations import Link, Position, ReferenceKind
from scanner.summary import (
    MOST_PLACES,
    AssetRecord,
    AssetSighting,
    DatedEvent,
    Occurrence,
    RecordFacts,
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


def category_records(
    catalog: Catalog, branches: Collection[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Stream the records that hold categories, or any below these: source, asset, record, key."""
    wanted = or_(
        *(
            or_(sightings.c.category == key, sightings.c.category.startswith(f"{key}."))
            for key in sorted(branches)
        )
    )
    statement = (
        select(assets.c.source_id, assets.c.path, sightings.c.locator, sightings.c.category)
        .join(assets, assets.c.id == sightings.c.asset_id)
        .where(scanned(), wanted)
        .order_by(sightings.c.id)
    )
    with catalog.transaction() as connection, streamed(connection, statement) as rows:
        for row in rows:
            record = str(Locator.of(row.locator).record)
            yield row.source_id, row.path, record, row.category


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


def record_facts(catalog: Catalog) -> Iterator[RecordFacts]:
    """Stream the records of all assets, each with what ties it to people, events and others."""
    after = 0
    while True:
        with catalog.transaction() as connection:
            rows = connection.execute(
                select(assets.c.id, assets.c.source_id, assets.c.path, assets.c.modified)
                .where(assets.c.id > after, scanned())
                .order_by(assets.c.id)
                .limit(_CHUNK)
            ).all()
            if not rows:
                return
            after = rows[-1].id
            found = _Parts([row.id for row in rows])
            found.read(connection)
            made = [
                RecordFacts(
                    row.source_id,
                    row.path,
                    record,
                    row.modified,
                    tuple(found.people[row.id, record]),
                    tuple(found.documents[row.id, record]),
                    tuple(found.links[row.id, record]),
                    *found.words.get((row.id, record), ((), (), None, ())),
                    found.positions.get((row.id, record)),
                    tuple(
                        replace(each, source=row.source_id, asset=row.path)
                        for each in found.events[row.id, record]
                    ),
                )
                for row in rows
                for record in found.records[row.id]
            ]
        yield from made


class _Parts:
    """What a few assets hold, by asset and record."""

    def __init__(self, ids: list[int]) -> None:
        self._ids = ids
        self.records: defaultdict[int, dict[str, None]] = defaultdict(dict)
        self.people: defaultdict[tuple[int, str], list[Identifier]] = defaultdict(list)
        self.documents: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        self.links: defaultdict[tuple[int, str], list[Link]] = defaultdict(list)
        self.words: dict[
            tuple[int, str],
            tuple[tuple[str, ...], tuple[str, ...], datetime | None, tuple[str, ...]],
        ] = {}
        self.positions: dict[tuple[int, str], Position] = {}
        self.events: defaultdict[tuple[int, str], list[DatedEvent]] = defaultdict(list)

    def read(self, connection: Connection) -> None:
        for row in self._rows(connection, identifiers):
            self.people[self._at(row)].append(_identifier(row))
        documents = select(sightings.c.asset_id, sightings.c.locator, sightings.c.category).where(
            sightings.c.asset_id.in_(self._ids), sightings.c.entity == "DOCUMENT_TYPE"
        )
        for asset, locator, category in connection.execute(documents.order_by(sightings.c.id)):
            record = str(Locator.of(locator).record)
            self.records[asset].setdefault(record)
            self.documents[asset, record].append(category)
        for row in self._rows(connection, links):
            link = Link(ReferenceKind(row.kind), row.key, row.record)
            self.links[self._at(row)].append(link)
        for row in self._rows(connection, topics):
            self.words[self._at(row)] = (
                tuple(row.words),
                tuple(row.path),
                row.at,
                tuple(row.names),
            )
        for row in self._rows(connection, positions):
            self.positions[self._at(row)] = Position(
                row.record, row.code, tuple(row.title), row.opened, row.closed, row.outcome
            )
        for row in self._rows(connection, milestones):
            self.events[self._at(row)].append(
                DatedEvent(
                    MilestoneKind(row.kind),
                    row.at,
                    row.evidence,
                    row.application,
                    record=row.record,
                )
            )

    def _at(self, row: Row[Any]) -> tuple[int, str]:
        self.records[row.asset_id].setdefault(row.record)
        return row.asset_id, row.record

    def _rows(self, connection: Connection, table: Table) -> Iterable[Row[Any]]:
        return connection.execute(
            select(table).where(table.c.asset_id.in_(self._ids)).order_by(table.c.id)
        )


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
    return Identifier(
        row.entity,
        row.key,
        row.record,
        row.role,
        Locator.of(row.hit or ()),
        tuple(row.parts or ()),
    )


def _flow(row: Row[tuple[object, ...]]) -> Flow:
    return Flow(row.domain, row.channel, tuple(row.categories), row.at, tuple(row.addresses))
