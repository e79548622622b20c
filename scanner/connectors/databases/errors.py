"""What a database's complaint means for the scan. Its words hold values and are never repeated."""

import sqlite3

from sqlalchemy.exc import DBAPIError, NoSuchTableError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from scanner.errors import (
    AccessDenied,
    AuditError,
    AuthenticationError,
    Gone,
    RetriableError,
    SourceError,
    TimedOut,
    Unreadable,
)
from scanner.patience import NO_ANSWER

_NO_PASSWORD = (
    "password authentication failed",
    "no password supplied",
    "authentication failed",
    "no pg_hba.conf entry",
    "does not exist",
)
_GONE = frozenset({"42P01", "42703", "3F000"})
_DENIED = frozenset({"42501"})
_CANCELLED = frozenset({"57014"})
_LOST = ("08", "53", "57P")
_LOST_WORDS = ("locked", "disk i/o error")
"""How SQLite says it; the second where the share that the file lies on is away."""


def connecting(error: SQLAlchemyError, location: str) -> SourceError:
    """Translate a failure to connect."""
    state = _state(error)
    message = str(getattr(error, "orig", "")).lower()
    if state.startswith("28") or any(words in message for words in _NO_PASSWORD[:-1]):
        return AuthenticationError(
            f"{location} refused the user or the password", hint="check the URL's credentials"
        )
    if state.startswith("3D") or _NO_PASSWORD[-1] in message:
        return SourceError(
            f"{location} has no such database or user", hint="check the URL's name and user"
        )
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        return SourceError(f"{location} cannot be opened", hint="check the path and permissions")
    return RetriableError(
        f"{location} cannot be reached", hint="check host, port and network, then scan again"
    )


def translate(error: SQLAlchemyError, asset: str) -> AuditError:  # noqa: PLR0911 - one case each
    """Translate a failure in a transaction: of one asset, or, without one, of the listing."""
    state = _state(error)
    message = str(getattr(error, "orig", "")).lower()
    if state == NO_ANSWER:
        return RetriableError(
            "the database did not answer in time",
            hint="scan again, or raise statement_seconds if it is that slow",
        )
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if lost or state.startswith(_LOST) or any(words in message for words in _LOST_WORDS):
        return RetriableError("the database ended the connection", hint="scan again")
    if isinstance(error, PoolTimeoutError):
        return RetriableError("the database did not answer", hint="scan again")
    if not asset:
        return SourceError(
            "the tables cannot be listed", hint="check the file, or the user's permissions"
        )
    if state in _DENIED:
        return AccessDenied("permission denied for the table", hint="grant SELECT on it")
    if state in _CANCELLED:
        return TimedOut("reading took too long", hint="raise statement_seconds, or exclude it")
    if isinstance(error, NoSuchTableError) or state in _GONE or "no such table" in message:
        return Gone("the table is no longer there", hint="scan again")
    return Unreadable(f"the database cannot read it ({type(error).__name__} {state})".rstrip())


def _state(error: SQLAlchemyError) -> str:
    """Give the SQLSTATE, where there is one."""
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
