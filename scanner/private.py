"""Files that only their owner may read: so from their first byte on, whatever the umask is."""

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

_OTHERS = 0o077


def folder(path: Path) -> None:
    """Make a folder, and those above it as the user's umask says; one that is there stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)


def new(path: Path) -> int:
    """Make a file and give its descriptor, for writing; no link is followed.

    Raises:
        FileExistsError: there is something of this name.
    """
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)


def ensure(path: Path) -> None:
    """Make an empty file where there is none, for a library that would make a wider one."""
    with suppress(FileExistsError):
        os.close(new(path))


def is_wide(path: Path) -> bool:
    """Say whether others than its owner have any right to it; not of what is not there."""
    with suppress(FileNotFoundError):
        return bool(path.stat().st_mode & _OTHERS)
    return False


def narrow(path: Path) -> None:
    """Take the rights of others from what is the user's own: an older version gave them."""
    with suppress(FileNotFoundError):
        status = path.stat()
        if status.st_mode & _OTHERS and status.st_uid == os.geteuid():
            path.chmod(S_IMODE(status.st_mode) & ~_OTHERS)
