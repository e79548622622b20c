"""What holds for the whole process: how names are read, and that no traceback reaches a person."""

import os
import resource
import sys
import threading
from io import TextIOWrapper
from logging import DEBUG, getLogger
from typing import TYPE_CHECKING

from scanner import isolation

if TYPE_CHECKING:
    from types import TracebackType

LEAST_MEMORY = 384 * 2**20
"""Bytes of address space below which libraries end the process while they are loaded."""

_log = getLogger(__name__)


def prepare() -> None:
    """Begin, before anything else is imported or printed."""
    _begin_in_utf8()
    isolation.keep_memory_private()
    for stream in (sys.stdout, sys.stderr):
        # What a terminal cannot show is no reason to say nothing.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.excepthook = _broken
    sys.unraisablehook = _unraisable
    threading.excepthook = _broken_thread


def memory_limit() -> int | None:
    """Give the bytes of address space that this process may have; None where nobody bounds it."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if limit == resource.RLIM_INFINITY else limit


def _begin_in_utf8() -> None:
    """Start again in Python's UTF-8 mode where the locale has another encoding.

    Names of files are bytes. By the locale's encoding the same file would have another name here
    than elsewhere, and the next scan would take it for a new one and the old one for deleted.
    """
    if sys.getfilesystemencoding().lower() == "utf-8" or sys.flags.utf8_mode:
        return
    shown = sys.stdout.encoding if sys.stdout else "ascii"
    environment = {"PYTHONIOENCODING": shown} | os.environ | {"PYTHONUTF8": "1"}
    command = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
    os.execve(sys.executable, command, environment)  # noqa: S606 - ourselves


def _broken(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
    """Say that something broke outside of a command."""
    if _is_debugged():
        sys.__excepthook__(kind, error, trace)
    elif sys.stderr:
        said = "interrupted" if kind is KeyboardInterrupt else f"internal error: {kind.__name__}"
        sys.stderr.write(f"Error: {said}\n")


def _unraisable(broken: "sys.UnraisableHookArgs") -> None:
    """Say nothing of what a library breaks while it tidies up after itself."""
    if _is_debugged():
        sys.__unraisablehook__(broken)


def _broken_thread(broken: threading.ExceptHookArgs) -> None:
    if _is_debugged():
        threading.__excepthook__(broken)
    else:
        _log.error("a thread broke (%s)", broken.exc_type.__name__)


def _is_debugged() -> bool:
    return getLogger().isEnabledFor(DEBUG)
