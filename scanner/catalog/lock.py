"""One writer at a time: another one would undo its progress."""

import errno
import fcntl
import os
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
    if engine.dialect.name == "postgresql":
        with _advised(engine):
            yield
    else:
        with only_user(Path(engine.url.database or "")):
            yield


@contextmanager
def only_user(catalog: Path) -> Iterator[None]:
    """Hold the lock of a catalog that is a file, whether it is there or not.

    Raises:
        CatalogError: a scan holds it, or nobody may write there.
    """
    path = Path(f"{catalog}.lock")
    try:
        if catalog.exists() and not os.access(catalog, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        private.ensure(path)
        opened = path.open("r+")
    except OSError as error:
        raise CatalogError(
            f"the catalog {catalog} cannot be written ({error.strerror})",
            hint="make it and its folder writable, or name another --catalog; reports only read",
        ) from error
    with opened as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _taken() from error
        yield


@contextmanager
def _advised(engine: Engine) -> Iterator[None]:
    with engine.connect() as connection:
        is_free = bool(connection.execute(select(func.pg_try_advisory_lock(_LOCK))).scalar())
        connection.commit()
        if not is_free:
            raise _taken()
        yield
        connection.execute(select(func.pg_advisory_unlock(_LOCK)))
        connection.commit()


def _taken() -> CatalogError:
    return CatalogError(
        "another scan is writing to this catalog",
        hint="wait until it ends, or name another --catalog",
    )
