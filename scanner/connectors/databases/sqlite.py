"""Opening an SQLite file without leaving a trace beside it.

A database in WAL mode makes even a reader create `-wal` and `-shm` files. So: without a log the
file is opened as immutable; with one, a private copy of both is read and deleted afterwards.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from scanner import private
from scanner.connectors import paths
from scanner.errors import RetriableError, SourceError

_HEADER = 100
MAGIC = b"SQLite format 3\0"
_WAL = 2
"""In the header's read and write version."""
_COPY_TRIES = 3


def sign(path: Path) -> str:
    """Give what changes whenever anything in the database does.

    The change counter, and what the file system tells of the file and of its log: one change
    re-reads every table, which is slow and never wrong.

    Raises:
        SourceError: not an SQLite file that can be read.
    """
    header = _header(path)
    return f"{_stat(path)}/{header[24:28].hex()}/{_stat(_log(path))}"


def connect(path: Path, copies: Callable[[], Path]) -> sqlite3.Connection:
    """Open for reading only. `copies` makes the directory for a private copy, if one is needed.

    Raises:
        SourceError: not an SQLite file that can be read.
    """
    in_wal_mode = _WAL in _header(path)[18:20]
    if in_wal_mode and _stat(_log(path)).partition("-")[0] not in {"", "0"}:
        return _open(_copy(path, copies()), "mode=ro")
    return _open(path, "mode=ro&immutable=1" if in_wal_mode else "mode=ro")


def _open(path: Path, mode: str) -> sqlite3.Connection:
    place = f"file:{quote(os.fsencode(path.absolute()))}?{mode}"
    connection = sqlite3.connect(place, uri=True, check_same_thread=False)
    connection.text_factory = _text
    return connection


def _text(value: bytes) -> str:
    """Decode a text; SQLite does not promise that it is UTF-8."""
    return value.decode("utf-8", "replace")


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            header = stream.read(_HEADER)
    except OSError as error:
        raise SourceError(
            f"the database cannot be read ({error.strerror})", hint="check path and permissions"
        ) from error
    if header and not header.startswith(MAGIC):
        raise SourceError("the file is not an SQLite database", hint="check the path")
    return header.ljust(_HEADER, b"\0")


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _stat(path: Path) -> str:
    """Give the sign of a file, which begins with its size; empty where there is none."""
    with suppress(FileNotFoundError):
        return paths.sign(path.stat())
    return ""


def _copy(path: Path, copies: Path) -> Path:
    """Copy a database and its log, both of one moment; once for each state of them."""
    for _ in range(_COPY_TRIES):
        before = sign(path)
        place = copies / hashlib.sha256(before.encode()).hexdigest()[:16] / "copy.sqlite"
        if place.exists():
            return place
        for old in copies.iterdir():
            shutil.rmtree(old)
        unfinished = Path(tempfile.mkdtemp(dir=copies))
        private.ensure(unfinished / place.name)
        shutil.copyfile(path, unfinished / place.name)
        with suppress(FileNotFoundError):
            private.ensure(_log(unfinished / place.name))
            shutil.copyfile(_log(path), _log(unfinished / place.name))
        if sign(path) == before:
            unfinished.rename(place.parent)
            return place
    raise RetriableError("the database is being written to", hint="scan when it is quieter")


def forget(copies: Path) -> None:
    """Delete the private copies."""
    shutil.rmtree(copies, ignore_errors=True)
