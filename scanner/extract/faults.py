"""Faults of a disk, a mount or this machine: they may pass, and what was read is not to blame.

Libraries wrap them or take them for broken content, so the whole chain of causes is looked at.
"""

import errno
import sqlite3
import tempfile

from scanner.errors import AssetError, IoFailed, OutOfSpace

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Said of our temporary files alone: whatever is scanned is only read."""
_TOO_MANY = frozenset({errno.EMFILE, errno.ENFILE})
_PASSING = frozenset(
    {
        errno.EIO,
        errno.EAGAIN,
        errno.EBUSY,
        errno.EINTR,
        errno.ENOBUFS,
        errno.ENOMEM,
        errno.EROFS,
        errno.ESTALE,
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
_SQLITE_PASSING = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}
)
_SQLITE_SHORT = sqlite3.SQLITE_IOERR_SHORT_READ
"""The file ends too early: that is its content."""


def passing(error: BaseException) -> AssetError | None:
    """Give what an exception is if a fault is at its root; None where the content may be broken.

    >>> passing(ValueError("cut short")) is None
    True
    >>> passing(OSError(errno.EIO, "Input/output error")).reason
    <SkipReason.IO: 'io'>
    """
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        if isinstance(each, IoFailed | OutOfSpace):
            return each
        fault = _fault(each)
        if fault is not None:
            return fault
        each = each.__cause__ or each.__context__
    return None


def expect_none(error: BaseException) -> None:
    """Go on only if no fault is at an exception's root: for who takes it for broken content.

    Raises:
        AssetError: the fault.
    """
    fault = passing(error)
    if fault is not None:
        raise fault from error


def _fault(error: BaseException) -> AssetError | None:
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return _full()
        if error.errno in _TOO_MANY:
            return IoFailed(
                "too many files are open on this machine", hint="raise ulimit -n, then scan again"
            )
        return _failed(error.strerror) if error.errno in _PASSING else None
    return _sqlite_fault(error) if isinstance(error, sqlite3.Error) else None


def _sqlite_fault(error: sqlite3.Error) -> AssetError | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)  # only where SQLite itself says so
    if code is None or code == _SQLITE_SHORT:
        return None
    if code & 0xFF == sqlite3.SQLITE_FULL:
        return _full()
    return _failed(error.sqlite_errorname) if code & 0xFF in _SQLITE_PASSING else None


def _failed(said: str | None) -> IoFailed:
    return IoFailed(
        f"the disk, the mount or this machine failed while it was read ({said})",
        hint="check them, then scan again",
    )


def _full() -> OutOfSpace:
    return OutOfSpace(
        "a temporary copy of it did not fit where those are kept",
        hint=f"give {tempfile.gettempdir()} room or name another: 'scratch:' in kartta.yaml",
    )
