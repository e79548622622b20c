"""Which key the hashes of a catalog are of: told by a check value, and never by the key."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from scanner.catalog import schema
from scanner.catalog.store import Catalog
from scanner.errors import ConfigError
from scanner.model import SourceId

_CURRENT = "key_check"


@dataclass(frozen=True, slots=True)
class EarlierKey:
    """A key that the catalog's hashes were of until a scan came with another one."""

    check: str
    until: datetime
    departed: int
    """Hashes of what no source held any more: nothing is left to hash anew."""

    def __str__(self) -> str:
        return (
            f"the key was another one until {self.until:%Y-%m-%d} (check value {self.check[:8]}): "
            f"{self.departed:,} hashes of what was deleted before are kept, and can no longer be "
            "compared with what is there"
        )


def check_of(key: bytes) -> str:
    """Give the check value of a key."""
    return hashlib.blake2b(b"kartta key", key=key, digest_size=16).hexdigest()


def use_key(
    catalog: Catalog, key: bytes, sources: Collection[SourceId], now: datetime, *, whole: bool
) -> EarlierKey | None:
    """Note the key of a scan; give the earlier one if it is another.

    `sources` are those that are read, `whole` says that the catalog forgets all others.

    Raises:
        ConfigError: the key is another one, and sources would stay that are not read again.
    """
    check = check_of(key)
    with catalog.transaction() as connection:
        before = _current(connection)
        if before == check:
            return None
        changed = None
        if before:
            held = set(connection.execute(select(schema.sources.c.id)).scalars())
            if not whole and held - set(sources):
                raise ConfigError(
                    "the catalog's hashes are of another key, and this scan reads only some of its "
                    "sources: equal values would no longer be seen as equal",
                    hint="give the earlier key back, scan all sources at once, or name another "
                    "--catalog",
                )
            _mark(connection, before, check)
            last = connection.execute(select(func.max(schema.runs.c.id))).scalar()
            _put(connection, schema.EARLIER + before, json.dumps([now.isoformat(), last or 0]))
            changed = EarlierKey(before, now, _departed(connection).get(before, 0))
        _put(connection, _CURRENT, check)
    return changed


def current(catalog: Catalog) -> str:
    """Give the check value of the last scan's key; nothing where an older version scanned."""
    with catalog.transaction() as connection:
        return _current(connection)


def earlier(catalog: Catalog) -> tuple[EarlierKey, ...]:
    """Give the keys before, the oldest first."""
    table = schema.meta
    with catalog.transaction() as connection:
        rows = connection.execute(select(table).where(table.c.key.startswith(schema.EARLIER)))
        until = {row.key.removeprefix(schema.EARLIER): json.loads(row.value)[0] for row in rows}
        departed = _departed(connection)
    found = [
        EarlierKey(check, datetime.fromisoformat(end), departed.get(check, 0))
        for check, end in until.items()
    ]
    return tuple(sorted(found, key=lambda each: each.until))


def _mark(connection: Connection, before: str, check: str) -> None:
    """Say of the hashes that cannot be made anew of which key they are; one may come back."""
    table = schema.departed
    of_key = update(table)
    connection.execute(of_key.where(table.c.key_check.is_(None)).values(key_check=before))
    connection.execute(of_key.where(table.c.key_check == check).values(key_check=None))
    connection.execute(delete(schema.meta).where(schema.meta.c.key == schema.EARLIER + check))


def _departed(connection: Connection) -> dict[str, int]:
    """Count the hashes of each earlier key."""
    of_key = schema.departed.c.key_check
    counted = select(of_key, func.count()).where(of_key.is_not(None)).group_by(of_key)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _current(connection: Connection) -> str:
    table = schema.meta
    value = connection.execute(select(table.c.value).where(table.c.key == _CURRENT)).scalar()
    return value or ""


def _put(connection: Connection, key: str, value: str) -> None:
    connection.execute(delete(schema.meta).where(schema.meta.c.key == key))
    connection.execute(insert(schema.meta).values(key=key, value=value))
