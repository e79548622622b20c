"""What holds for the whole process: how names are read, where words go, and no traceback."""

import os
import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter, FileIO, TextIOWrapper
from logging import DEBUG, getLogger
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from scanner import isolation

if TYPE_CHECKING:
    from types import TracebackType

    from _typeshed import ReadableBuffer

LEAST_MEMORY = 384 * 2**20
"""Bytes of address space below which libraries end the process while they are loaded."""

EXIT_UNWRITTEN = 2
"""As where any other file that was asked for cannot be written."""
_OUTPUT, _NOTES = 1, 2

_log = getLogger(__name__)


class OutputError(Exception):
    """Standard output cannot be written: a fault of neither what is read nor of the command."""


class _Output(FileIO):
    """Standard output, whose faults are told from those of all other files."""

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write, or say why not."""
        try:
            return super().write(data)
        except OSError as error:
            raise OutputError from error


class _Notes(FileIO):
    """Standard error: that nobody can be told is no reason to end."""

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write if that can be done."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def prepare() -> None:
    """Begin, before anything else is imported or printed."""
    _open_what_is_closed()
    _begin_in_utf8()
    isolation.keep_memory_private()
    sys.stdout = _stream(sys.stdout, _Output(_OUTPUT, "wb", closefd=False))
    sys.stderr = _stream(sys.stderr, _Notes(_NOTES, "wb", closefd=False))
    sys.excepthook = _broken
    sys.unraisablehook = _unraisable
    threading.excepthook = _broken_thread


@contextmanager
def output_is_whole() -> Iterator[None]:
    """End with one line where not all could be written, and in peace where the reader left."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OutputError as error:
        # What is left goes nowhere: Python's own last try would end in a status of its own.
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), _OUTPUT)
        if isinstance(error.__cause__, BrokenPipeError):
            sys.exit(0)
        reason = getattr(error.__cause__, "strerror", "")
        sys.stderr.write(f"Error: standard output cannot be written ({reason})\n")
        sys.exit(EXIT_UNWRITTEN)


def memory_limit() -> int | None:
    """Give the bytes of address space that this process may have; None where nobody bounds it."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if limit == resource.RLIM_INFINITY else limit


def _open_what_is_closed() -> None:
    """Take the numbers of closed streams, lest the next file that is opened becomes the output.

    What is written to standard output then fails, as it should: it is open for reading only.
    """
    for number in range(_NOTES + 1):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_WRONLY if number == _NOTES else os.O_RDONLY)


def _stream(replaced: TextIO | None, file: FileIO) -> TextIOWrapper:
    """Give a stream like the one that it replaces."""
    return TextIOWrapper(
        BufferedWriter(file),
        encoding=replaced.encoding if replaced else "utf-8",
        # What a terminal cannot show is no reason to say nothing.
        errors="backslashreplace",
        line_buffering=file.fileno() == _NOTES or file.isatty(),
    )


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
