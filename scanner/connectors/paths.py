"""Files of a source: names that any catalog can store, safe opening, and who can read them."""

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

from scanner.errors import (
    AccessDenied,
    AssetError,
    Gone,
    IoFailed,
    LimitReached,
    RetriableError,
    Unreadable,
    Unsupported,
)
from scanner.extract import faults
from scanner.model import UNLISTED, Asset

_UNSTORABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\\\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters and what turns the direction of writing: they forge lines on a terminal."""
_NOT_ASCII = 0x80
_SURROGATES = 0xDC00
_BYTES = range(_SURROGATES + 0x80, _SURROGATES + 0x100)
"""How Python decodes bytes that are no UTF-8 (PEP 383)."""
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a block device"),
    (stat.S_ISCHR, "a character device"),
    (stat.S_ISDIR, "a directory"),
)


_LOST = frozenset(
    {
        errno.ECONNABORTED,
        errno.ECONNRESET,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETDOWN,
        errno.ENETUNREACH,
        errno.ENOTCONN,
        errno.ETIMEDOUT,
    }
)
"""What a mounted share says when its server is away."""


def storable(name: str) -> str:
    r"""Escape what UTF-8 or a terminal cannot hold, so that no two names become one.

    >>> storable("cv\udcff.txt")
    'cv\\xff.txt'
    >>> storable("a\\b"), storable("a\u200eb")
    ('a\\x5cb', 'a\\u200eb')
    """
    return _UNSTORABLE.sub(_escaped, name)


def _escaped(match: re.Match[str]) -> str:
    """Write ASCII and bytes that are no UTF-8 with two digits, all else with four."""
    number = ord(match[0])
    if _BYTES.start <= number < _BYTES.stop:
        number -= _SURROGATES
    elif number >= _NOT_ASCII:
        return f"\\u{number:04x}"
    return f"\\x{number:02x}"


def matches(path: str, patterns: Sequence[str]) -> bool:
    """Tell whether a relative path, or its last name, matches one of the globs.

    >>> matches("old/cv.pdf", ["*.pdf"]), matches("old/cv.pdf", ["old/*"]), matches("a/b", ["a"])
    (True, True, False)
    """
    name = path.rpartition("/")[2]
    return any(fnmatchcase(path, pattern) or fnmatchcase(name, pattern) for pattern in patterns)


def sign(status: os.stat_result) -> str:
    """Give what changes whenever the content of a file does, as its file system tells.

    Size and time of modification can be put back; the time of change cannot, and another file in
    its place has another inode. Both also change for less (`chmod`, a hard link, a restore, a
    mount that numbers its files anew), which reads a file again for nothing. The device is left
    out: it says where a share is mounted, not what is in it.
    """
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}-{status.st_ino}"


def modified(status: os.stat_result) -> datetime | None:
    """Give the time of the last change, or None where it is outside the calendar."""
    try:
        return datetime.fromtimestamp(status.st_mtime, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def open_regular(path: str | Path, *, follow: bool = False) -> BinaryIO:
    """Open a regular file for reading; anything else is refused without waiting for it.

    Raises:
        AssetError: the class says why it cannot be read.
        RetriableError: the connection to its server was lost.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    flags |= 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise refusal(error) from error
    try:
        kind = what_it_is(os.fstat(descriptor))
    except OSError as error:  # pragma: no cover - the descriptor is ours and open
        os.close(descriptor)
        raise refusal(error) from error
    if kind:
        os.close(descriptor)
        raise Unsupported(f"{kind}, not a file", hint="it is listed so that it is not forgotten")
    return os.fdopen(descriptor, "rb")


def what_it_is(status: os.stat_result) -> str:
    """Name the kind of a file that is not regular; empty for a regular one."""
    if stat.S_ISREG(status.st_mode):
        return ""
    return next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "a special file")


def expect(root: Path) -> None:
    """Tell what is gone from what was lost: without its root, nothing of a source is gone.

    Raises:
        RetriableError: the root is not there.
    """
    if not root.exists():
        raise RetriableError(
            f"{storable(str(root))} is not there any more", hint="check the disk or the mount"
        )


@contextmanager
def reopened(asset: Asset) -> Iterator[None]:
    """Say of what could not be listed, and can be opened by now, that it was not examined.

    Raises:
        IoFailed: the next scan will list it.
    """
    try:
        yield
    except Unsupported as error:
        if asset.fingerprint != UNLISTED:
            raise
        raise IoFailed("could not be listed, and may be by now", hint="scan again") from error


@contextmanager
def rooted(root: Path) -> Iterator[None]:
    """Turn the operating system's refusals into ours, for what lies below a root.

    Raises:
        AssetError: the class says why something cannot be read.
        RetriableError: the root is not there, or the connection to it was lost.
    """
    try:
        yield
    except (OSError, AssetError) as error:
        expect(root)
        if isinstance(error, OSError):
            raise refusal(error) from error
        raise


def refusal(error: OSError) -> AssetError | RetriableError:  # noqa: PLR0911 - one case each
    """Translate the operating system's refusal."""
    if error.errno in _LOST:
        return RetriableError(
            f"the connection was lost ({error.strerror})", hint="check the mount and the network"
        )
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return AccessDenied("permission denied", hint="scan as a user who may read it")
        case errno.ENOENT | errno.ENOTDIR:
            return Gone("is no longer there", hint="scan again")
        case errno.ENAMETOOLONG:
            return LimitReached(
                "nested so deeply that its path is longer than the operating system takes",
                hint="move it up, or scan a folder further down as a source of its own",
            )
        case errno.ELOOP | errno.EMLINK:
            return Unsupported(
                "a symbolic link, not followed", hint="set follow_symlinks to follow it"
            )
        case errno.ENXIO | errno.ENODEV | errno.EOPNOTSUPP:
            return Unsupported("a special file", hint="it is listed so that it is not forgotten")
        case _:
            broken = Unreadable(
                f"cannot be read ({error.strerror})", hint="check the disk or mount"
            )
            return faults.passing(error) or broken


def readers(path: Path) -> tuple[str, ...]:
    """Name who can read a file by its POSIX mode and those of the directories above it.

    Access-control lists and mount options are not seen.
    """
    try:
        status = path.stat()
        above = [parent.stat() for parent in path.resolve().parents]
    except OSError as error:
        if faults.passing(error) is not None:
            raise  # nobody may be said to read it because the disk failed
        return ()
    if status.st_mode & stat.S_IROTH and all(each.st_mode & stat.S_IXOTH for each in above):
        return ("everyone",)
    named: list[str] = []
    if status.st_mode & stat.S_IRUSR:
        named.append(f"user {_user(status.st_uid)}")
    if status.st_mode & stat.S_IRGRP and all(
        each.st_mode & stat.S_IXOTH
        or (each.st_gid == status.st_gid and each.st_mode & stat.S_IXGRP)
        for each in above
    ):
        named.append(f"group {_group(status.st_gid)}")
    return tuple(named)


def _user(number: int) -> str:
    try:
        import pwd  # noqa: PLC0415 - POSIX only

        return pwd.getpwuid(number).pw_name
    except ImportError:
        return str(number)
    except KeyError:
        _expect_list("/etc/passwd")
        return str(number)


def _group(number: int) -> str:
    try:
        import grp  # noqa: PLC0415 - POSIX only

        return grp.getgrgid(number).gr_name
    except ImportError:
        return str(number)
    except KeyError:
        _expect_list("/etc/group")
        return str(number)


def _expect_list(place: str) -> None:
    """Fail where the system had no file left to look for a name: Python calls it unknown then."""
    with suppress(FileNotFoundError, PermissionError), Path(place).open("rb"):
        pass
