"""Copies of a catalog that is a file: made while a scan writes, put back while none does."""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from sqlalchemy.engine import URL

from scanner import private
from scanner.catalog import integrity
from scanner.catalog.lock import only_user
from scanner.catalog.opening import read_only
from scanner.errors import CatalogError, ConfigError

SUFFIX = ".sha256"
"""Of the file beside a copy that has its checksum, as `sha256sum` writes it."""


def backup(catalog: Path, copy: Path) -> str:
    """Copy a catalog as it is at one moment, for its owner alone; give the copy's SHA-256.

    Raises:
        ConfigError: there is a file of that name.
        CatalogError: the catalog is not whole.
        OSError: the copy cannot be written.
    """
    if copy.exists():
        raise ConfigError(f"there is a file {copy} already", hint="choose another name")
    unfinished = _copied(catalog, copy)
    digest = _sha256(unfinished)
    checksum = _checksum_of(copy)
    checksum.unlink(missing_ok=True)
    with os.fdopen(private.new(checksum), "w", encoding="utf-8") as out:
        out.write(f"{digest}  {copy.name}\n")
    unfinished.rename(copy)
    return digest


def restore(copy: Path, catalog: Path) -> Path | None:
    """Put a copy in the catalog's place; give where the old one is kept, if there was one.

    Raises:
        CatalogError: the copy is not whole, not the one that its checksum is of, or of a version
            that this tool cannot read; or a scan is at work. The catalog is as it was.
        OSError: it cannot be read or written.
    """
    if not copy.is_file():
        raise ConfigError(f"there is no file {copy}", hint="name a copy of a catalog")
    if catalog.exists() and copy.samefile(catalog):
        raise ConfigError("the copy is the catalog itself", hint="name another file")
    integrity.expect_catalog(copy, str(copy))
    checksum = _checksum_of(copy)
    if checksum.exists() and checksum.read_text("utf-8").split()[:1] != [_sha256(copy)]:
        raise CatalogError(
            f"the copy {copy} is damaged: it is not what {checksum.name} is the checksum of",
            hint="use another copy; the catalog was not touched",
        )
    read_only(URL.create("sqlite", database=str(copy)), str(copy))
    private.folder(catalog.parent)
    with only_user(catalog):
        unfinished = _copied(copy, catalog)
        kept = _kept(catalog) if catalog.exists() else None
        for beside in ("-wal", "-shm"):
            catalog.with_name(catalog.name + beside).unlink(missing_ok=True)
        unfinished.replace(catalog)
    return kept


def _copied(of: Path, to: Path) -> Path:
    """Copy a catalog to an unfinished file beside `to`, and look whether the copy is whole."""
    unfinished = to.with_name(f"{to.name}.part")
    unfinished.unlink(missing_ok=True)
    private.ensure(unfinished)
    try:
        with (
            closing(sqlite3.connect(f"{of.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(unfinished)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself
            found = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise integrity.broken(str(of), type(error).__name__) from error
    if found != "ok":
        unfinished.unlink(missing_ok=True)
        raise integrity.broken(str(of), "its pages contradict each other")
    with unfinished.open("rb") as stream:
        os.fsync(stream.fileno())
    return unfinished


def _kept(catalog: Path) -> Path:
    """Copy what is replaced, with what SQLite keeps beside it, however broken it is."""
    names = (catalog.with_name(f"{catalog.name}.replaced-{number}") for number in count(1))
    kept = next(name for name in names if not name.exists())
    for suffix in ("-wal", ""):
        old = catalog.with_name(catalog.name + suffix)
        if old.exists():
            new = kept.with_name(kept.name + suffix)
            private.ensure(new)
            shutil.copyfile(old, new)
    return kept


def _checksum_of(copy: Path) -> Path:
    return copy.with_name(copy.name + SUFFIX)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
