"""Where keyed hashes stand: asked of the catalog's index, however many assets there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, or_, select

from scanner.catalog.schema import assets, identifiers, sightings
from scanner.catalog.selection import scanned
from scanner.catalog.store import Catalog
from scanner.locator import Locator

_CHUNK = 400
"""Values in one query: databases bound their number."""

_Value = TypeVar("_Value", str, tuple[str, str], tuple[str, str, str])


@dataclass(frozen=True, slots=True)
class Held:
    """One value of somebody in one record."""

    source: str
    asset: str
    record: str
    entity: str
    key: str
    role: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Give source, asset and record."""
        return self.source, self.asset, self.record


_HELD = (
    assets.c.source_id,
    assets.c.path,
    identifiers.c.record,
    identifiers.c.entity,
    identifiers.c.key,
    identifiers.c.role,
)


def holders(catalog: Catalog, keys: Collection[str]) -> Iterator[Held]:
    """Give every place of some keyed hashes."""
    for some in _chunks(keys):
        statement = (
            select(*_HELD)
            .join(assets, assets.c.id == identifiers.c.asset_id)
            .where(identifiers.c.key.in_(some), scanned())
        )
        with catalog.transaction() as connection:
            rows = connection.execute(statement).all()
        yield from (Held(*row) for row in rows)


def others_in(catalog: Catalog, places: Collection[tuple[str, str, str]]) -> Iterator[Held]:
    """Give everything that names somebody in some records."""
    for some in _chunks(places):
        statement = (
            select(*_HELD)
            .join(assets, assets.c.id == identifiers.c.asset_id)
            .where(
                _are({(source, path) for source, path, _ in some}),
                identifiers.c.record.in_(sorted({record for _, _, record in some})),
            )
        )
        with catalog.transaction() as connection:
            rows = connection.execute(statement).all()
        yield from (held for held in (Held(*row) for row in rows) if held.place in set(some))


def categories_in(
    catalog: Catalog, places: Collection[tuple[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Give source, asset, record and category of what was seen in some assets."""
    for some in _chunks(places):
        statement = (
            select(assets.c.source_id, assets.c.path, sightings.c.locator, sightings.c.category)
            .join(assets, assets.c.id == sightings.c.asset_id)
            .where(_are(some))
        )
        with catalog.transaction() as connection:
            rows = connection.execute(statement).all()
        for row in rows:
            yield row.source_id, row.path, str(Locator.of(row.locator).record), row.category


def has_more_than(catalog: Catalog, most: int) -> bool:
    """Say whether more values that name people are stored than a number."""
    statement = select(identifiers.c.id).offset(most).limit(1)
    with catalog.transaction() as connection:
        return connection.execute(statement).first() is not None


def _are(places: Iterable[tuple[str, str]]) -> ColumnElement[bool]:
    """Select some assets; of pairs SQLite would read the whole table."""
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for source, path in sorted(set(places)):
        by_source[source].append(path)
    return or_(
        *(
            and_(assets.c.source_id == source, assets.c.path.in_(paths))
            for source, paths in by_source.items()
        )
    )


def _chunks(values: Iterable[_Value]) -> Iterator[tuple[_Value, ...]]:
    waiting = iter(sorted(set(values)))
    while some := tuple(islice(waiting, _CHUNK)):
        yield some
