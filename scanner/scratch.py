"""One private folder for the copies that some libraries need, and no copy left behind.

A copy of a scanned database in /tmp would outlive a killed scan. So everything temporary goes into
one folder of this run, which is removed at its end; what a killed run left is removed by the next.

A lock tells which run is alive: containers that share /tmp do not see each other's processes. The
lock is held before the folder is there, and ends with the process, however it ends.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scanner.errors import ConfigError, RetriableError

_PREFIX = "kartta-run-"
_LOCK = ".lock"
_ROOM = 8 * 1024**2
"""Bytes: from this size on what archives hold is unpacked to a file."""


@contextmanager
def scratch(parent: Path | None = None) -> Iterator[Path]:
    """Send the temporary files of this process and its workers into a folder of their own.

    Raises:
        ConfigError: nothing can be written there.
    """
    before = os.environ.get("TMPDIR")
    try:
        if parent is not None:
            parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = (parent or Path(tempfile.gettempdir())).absolute()
        _sweep(beside)
        lock, descriptor = _locked(beside)
        folder = lock.with_suffix("")
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise ConfigError(
            f"no temporary files can be written in {parent or 'the folder for them'} "
            f"({error.strerror})",
            hint="name another folder: 'scratch:' in kartta.yaml, or TMPDIR",
        ) from error
    mask = os.umask(0o077)  # for the files that libraries make
    os.environ["TMPDIR"] = str(folder)  # spawned workers inherit it
    settle()
    try:
        yield folder
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
        tempfile.tempdir = None
        os.umask(mask)
        _remove(lock)
        os.close(descriptor)


def _locked(parent: Path) -> tuple[Path, int]:
    """Make a lock file and hold it; another run that sweeps may take it first, then make another.

    Where the file system has no locks, nobody can take this one either.
    """
    while True:
        descriptor, path = tempfile.mkstemp(_LOCK, _PREFIX, parent)
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return Path(path), descriptor
        os.close(descriptor)


def settle() -> None:
    """Keep temporary files where `TMPDIR` says: Python looks elsewhere when that folder is full."""
    tempfile.tempdir = os.environ["TMPDIR"]


def expect_room() -> None:
    """Tell a file that is too large for the temporary folder from a folder that is full.

    Raises:
        RetriableError: not even a small file has room; no asset is to blame.
    """
    try:
        with tempfile.TemporaryFile(prefix="kartta-") as probe:
            probe.write(bytes(_ROOM))
    except OSError as error:
        raise RetriableError(
            f"the folder for temporary files, {tempfile.gettempdir()}, is full",
            hint="free some space, or name another: 'scratch:' in kartta.yaml, or TMPDIR",
        ) from error


def _sweep(parent: Path) -> None:
    """Remove what runs of ours left that are no longer alive."""
    for lock in parent.glob(f"{_PREFIX}*{_LOCK}"):
        with suppress(OSError):  # it is another's, is alive, is gone by now, or cannot be locked
            descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                status = os.fstat(descriptor)
                if status.st_nlink and status.st_uid == os.getuid():
                    _remove(lock)
            finally:
                os.close(descriptor)


def _remove(lock: Path) -> None:
    """Remove a folder, then its lock; the lock stays where something of the folder does."""
    folder = lock.with_suffix("")
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        lock.unlink(missing_ok=True)
