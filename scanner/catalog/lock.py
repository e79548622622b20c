"""One writer at a time: another one would undo its progress."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, select

from scanner import private
from scanner.errors import CatalogError

_LOCK = 0x6B617274
"""PostgreSQL's name of our advisory lock."""


@contextmanager
def only_writer(engine: Engine) -> Iterator[None]:
    """Hold the catalog's lock; it ends with the process at the latest.

    Raises:
        CatalogError: another scan holds it.
    """
    with _locked(engine) as is_free:
        if not is_free:
            raise CatalogError(
                "another scan is writing to this catalog",
                hint="wait until it ends, or name another --catalog",
            )
        yield


@contextmanager
def _locked(engine: Engine) -> Iterator[bool]:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            is_free = bool(connection.execute(select(func.pg_try_advisory_lock(_LOCK))).scalar())
            connection.commit()
            yield is_free
            if is_free:
                connection.execute(select(func.pg_advisory_unlock(_LOCK)))
                connection.commit()
        return
    path = Path(f"{engine.url.database}.lock")
    private.ensure(path)
    with path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
