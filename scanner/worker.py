"""A worker process: examines batches, and may die of one without taking anything else with it.

Both ends of one conversation over pipes: the parent sends a job, the process says when the source
is open, then gives each asset's result as soon as it has it. So the parent knows what a process
died of: the first asset without a result. That one is tried once more, since somebody else may
have ended the process, and is a skip when it dies again; all others are examined.

Plain pipes, because a worker of Dask may be a daemon of `multiprocessing`, which may have no
children of its own kind.
"""

import ctypes
import logging
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from scanner import deadline, isolation, memory, scratch
from scanner.errors import AuditError, SourceError
from scanner.extract import faults
from scanner.extract.base import Limits
from scanner.model import Asset, AssetResult, SkipReason
from scanner.opening import close_kept
from scanner.work import BlobId, Job, failed, scan_batch

Results = tuple[AssetResult, ...]

_STARTS = 3
"""How often a process may die before its first asset."""
_IDLE = 60.0
"""Seconds after which a process that is asked for nothing ends, and forgets key and people."""
_NO_MEMORY = 3
"""Exit status of a process that had no memory left to say so."""
_PR_SET_PDEATHSIG = 1
_ONLINE, _OFFLINE = "online", "offline"
_BEGIN = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path[:] = sys.argv[1:]; "
    "from scanner.worker import serve; serve(sys.path.pop(0))"
)
"""What a process does first: leave interrupts to its parent, and import from where that does."""


_log = logging.getLogger(__name__)


class _Sign(Enum):
    OPENED = auto()
    FINISHED = auto()


class WorkerStopped(Exception):  # noqa: N818 - the name is the event
    """The worker was stopped while it worked."""


class Worker:
    """The parent's end. Used by one thread at a time; its process ends with the first of them.

    All its jobs have the limits of the first.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        """Where its process may keep temporary files; they vanish with it."""
        self._files: TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._network = _OFFLINE
        """Whether its process has one."""
        self._people: BlobId | None = None
        """Those whom its process looks for."""
        self._is_stopped = False

    def run(self, job: Job, people: bytes | None = None) -> Results:
        """Examine a batch, whatever its assets do to the process.

        Raises:
            SourceError: the source is gone, or cannot be opened.
            WorkerStopped: `stop` was called.
        """
        results: list[AssetResult] = []
        suspect: Asset | None = None
        starts = 0
        while rest := job.assets[len(results) :]:
            found, status = self._attempt(replace(job, assets=rest), people)
            if found is None:
                starts += 1
                if starts == _STARTS:
                    raise SourceError(
                        "its worker process always ends before the first asset"
                        f" (exit status {status})",
                        hint="raise limits.memory, or use --workers 1",
                    )
                continue
            results += found
            if len(found) < len(rest):
                asset = rest[len(found)]
                if asset is suspect or status in deadline.STUCK:
                    results.append(_died(asset, status))
                suspect = asset
        return tuple(results)

    def stop(self) -> None:
        """End the process whatever it does; from any thread."""
        self._is_stopped = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Let the process end."""
        if self._process is not None:
            self._end(self._process)

    def _attempt(self, job: Job, people: bytes | None) -> tuple[list[AssetResult] | None, int]:
        """Give the results until the end or the process's death, None if it opened no source.

        Beside it stands the exit status of a process that died.
        """
        if self._is_stopped:
            raise WorkerStopped
        try:
            process = self._started(_ONLINE if job.source.needs_network() else _OFFLINE)
        except OSError as error:
            self._forget_files()
            raise SourceError(
                f"its worker process cannot be started ({error.strerror})",
                hint="free memory, open files or space for temporary files, then scan again",
            ) from error
        results: list[AssetResult] | None = None
        try:
            for answer in self._ask(process, job, people):
                if results is None:
                    results = []
                elif isinstance(answer, AssetResult):
                    results.append(answer)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            status = self._end(process)
            if self._is_stopped:
                raise WorkerStopped from None
            return results, status
        return results, 0

    def _ask(
        self, process: "subprocess.Popen[bytes]", job: Job, people: bytes | None
    ) -> Iterator[object]:
        assert process.stdin is not None  # noqa: S101 - for the type checker: it is a pipe
        assert process.stdout is not None  # noqa: S101 - as above
        _send(process.stdin, (job, people if job.people != self._people else None))
        self._people = job.people
        while (answer := pickle.load(process.stdout)) is not _Sign.FINISHED:  # noqa: S301 - from our own process
            if isinstance(answer, Exception):
                raise answer
            yield answer

    def _started(self, network: str) -> "subprocess.Popen[bytes]":
        """Give a process, a new one where that of the source before had what this one has not."""
        if self._process is not None and network != self._network:
            self._end(self._process)
        if self._process is None:
            self._network, self._people = network, None
            self._files = TemporaryDirectory(
                prefix="kartta-worker-", dir=self._folder, ignore_cleanup_errors=True
            )
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and words
                [sys.executable, "-P", "-c", _BEGIN, network, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if _log.isEnabledFor(logging.DEBUG) else subprocess.DEVNULL,
                env=os.environ | {"TMPDIR": self._files.name},
            )
            if self._is_stopped:
                self._process.kill()
        return self._process

    def _end(self, process: "subprocess.Popen[bytes]") -> int:
        self._process = None
        with process, suppress(BrokenPipeError):
            if process.stdin is not None:
                process.stdin.close()
        self._forget_files()
        return process.returncode

    def _forget_files(self) -> None:
        if self._files is not None:
            self._files.cleanup()


def serve(network: str) -> None:
    """Be a worker process: answer jobs until there are no more."""
    if network == _OFFLINE:
        isolation.deny_network()
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    scratch.settle()
    os.dup2(2, 1)  # what a library prints must not stand between answers
    os.umask(0o077)  # for the files that libraries make
    people: bytes | None = None
    is_confined = False
    with suppress(EOFError, BrokenPipeError):
        while select.select([jobs], [], [], _IDLE)[0]:
            job, sent = pickle.load(jobs)  # noqa: S301 - from our own parent
            people = sent or people
            if not is_confined:
                confine(job.limits)
                is_confined = True
            try:
                _answer(answers, job, people)
            except MemoryError:
                os._exit(_NO_MEMORY)
    close_kept()


def confine(limits: Limits) -> None:
    """Bound this process; an asset that needs more ends as a skip, not as a dead machine."""
    # A worker without its parent would go on reading for nobody.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    isolation.keep_memory_private()
    bound = memory.address_space() + limits.memory
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        bound = min(bound, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    deadline.may_end()


def _answer(answers: IO[bytes], job: Job, people: bytes | None) -> None:
    try:
        results = scan_batch(job, people if job.people else None)
        _send(answers, _Sign.OPENED)
        for result in results:
            _send(answers, result)
        _send(answers, _Sign.FINISHED)
    except AuditError as error:
        _send(answers, error)
    except (MemoryError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - the parent decides; it may not know the class
        if (fault := faults.passing(error)) is not None:
            _send(answers, SourceError(f"its worker process: {fault.message}", hint=fault.hint))
            return
        broken = RuntimeError(type(error).__name__)
        broken.add_note(traceback.format_exc())
        _send(answers, broken)


def _send(stream: IO[bytes], value: object) -> None:
    stream.write(pickle.dumps(value))
    stream.flush()


def _died(asset: Asset, status: int) -> AssetResult:
    if status in deadline.STUCK:
        return failed(
            asset,
            SkipReason.TIMEOUT,
            "a library was stuck in it for longer than an asset is given"
            f" ({deadline.STUCK[status].limit})",
        )
    if status == _NO_MEMORY:
        return failed(
            asset, SkipReason.MEMORY, "needs more memory than a worker is given (limits.memory)"
        )
    return failed(
        asset,
        SkipReason.CRASHED,
        f"reading it ended the worker process (exit status {status})",
    )
