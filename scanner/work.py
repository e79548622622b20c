"""The work that can be spread: (source, batch of assets) → what was found in them.

One pure function, `scan_batch`, runs in this process, in worker processes and on a cluster. It
needs nothing but its argument, and gives back values without scanned text.
"""

import ctypes
import faulthandler
import os
import pickle
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import TextIO

from scanner import known
from scanner.connectors.base import Connector, SourceConfig, SupportsAccess, SupportsLoading
from scanner.connectors.registry import open_source
from scanner.errors import AssetError, AuditError, SourceError
from scanner.examine import Examiner, ExaminerSpec
from scanner.extract.base import Limits
from scanner.model import Asset, AssetResult, Content, Coverage, Examination, Skip, SkipReason

HARD_GRACE = 5.0
"""Seconds after the soft limit at which a worker that is stuck in a library ends itself."""

_PR_SET_PDEATHSIG = 1
_TOO_SLOW = "took longer than an asset is given (limits.seconds)"
_TOO_BIG = "needs more memory than a worker is given (limits.memory)"
_silence: TextIO | None = None
"""Where a worker's last traceback goes; None in a process that must not end itself."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a worker needs."""

    source: SourceConfig
    assets: tuple[Asset, ...]
    examiner: ExaminerSpec
    limits: Limits
    known: Path | None = None
    """Where `scanner.known` wrote the people to look for; a file is never written twice."""


def scan_batch(job: Job) -> tuple[AssetResult, ...]:
    """Read and examine a batch of assets of one source, one result for each.

    Raises:
        SourceError: the source itself is gone; nothing of the batch counts.
    """
    examiner = _examiner(pickle.dumps(job.examiner), job.known)
    connector = _connector(pickle.dumps((job.source, job.limits)))
    if isinstance(connector, SupportsLoading):
        connector.load()
    return tuple(_scan(connector, examiner, asset, job.limits) for asset in job.assets)


def prepare_worker(limits: Limits) -> None:
    """Bound this worker's memory; a batch that needs more ends as a skip, not as a dead machine."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    # A worker without its parent would go on reading for nobody.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    bound = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    global _silence  # noqa: PLW0603 - a worker is prepared once, before its first batch
    _silence = Path(os.devnull).open("w", encoding="ascii")  # noqa: SIM115 - as long as the worker


def failed(asset: Asset, reason: SkipReason, detail: str) -> AssetResult:
    """Make the result of an asset of which nothing was examined."""
    return AssetResult(asset, Coverage.SKIPPED, Examination(skips=(Skip(reason, detail),)))


class _OutOfTime(BaseException):
    """The asset's time is up. Not an `Exception`, so that no guard inside takes it for its own."""


@lru_cache(maxsize=4)
def _built(spec: bytes) -> Examiner:
    """Build the examiner once for each worker, at the cost of no asset's time."""
    described: ExaminerSpec = pickle.loads(spec)  # noqa: S301 - our own bytes, from the engine
    return described.build()


@lru_cache(maxsize=1)
def _examiner(spec: bytes, people: Path | None) -> Examiner:
    """Tell the examiner whom to look for, once for each source."""
    examiner = _built(spec)
    examiner.know(known.read(people) if people else ())
    return examiner


@lru_cache(maxsize=4)
def _connector(source: bytes) -> Connector:
    """Open a source once for each worker."""
    return open_source(*pickle.loads(source))  # noqa: S301 - as above


def _scan(connector: Connector, examiner: Examiner, asset: Asset, limits: Limits) -> AssetResult:
    try:
        with _time_limit(limits.seconds):
            examination = examiner.examine(guarded(connector, asset), asset.path)
    except _OutOfTime:
        return failed(asset, SkipReason.TIMEOUT, _TOO_SLOW)
    except MemoryError:
        return failed(asset, SkipReason.MEMORY, _TOO_BIG)
    coverage = Coverage.EXAMINED
    if examination.skips:
        coverage = Coverage.PARTIAL if examination.characters else Coverage.SKIPPED
    readers = connector.readers(asset) if isinstance(connector, SupportsAccess) else ()
    return AssetResult(asset, coverage, examination, readers)


def guarded(connector: Connector, asset: Asset) -> Iterator[Content]:
    """Read an asset; whatever goes wrong becomes a skip, and what was read until then counts."""
    try:
        yield from connector.read(asset)
    except AssetError as error:
        yield Skip(error.reason, error.message)
    except SourceError:
        raise
    except AuditError as error:
        yield Skip(SkipReason.UNREADABLE, error.message)
    except _OutOfTime:
        signal.setitimer(signal.ITIMER_REAL, 0)
        yield Skip(SkipReason.TIMEOUT, _TOO_SLOW)
    except MemoryError:
        yield Skip(SkipReason.MEMORY, _TOO_BIG)
    except Exception as error:  # noqa: BLE001 - guarded call: one bad asset must not stop a scan
        # The exception's own text may hold scanned values: only its class is told.
        yield Skip(SkipReason.CRASHED, f"reading broke off unexpectedly ({type(error).__name__})")


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `_OutOfTime` in slow Python code; end the worker if it is stuck outside of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise_out_of_time)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    if _silence is not None:
        # Stuck in C: faulthandler ends the worker and needs no lock of Python's for it.
        faulthandler.dump_traceback_later(seconds + HARD_GRACE, exit=True, file=_silence)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()


def _raise_out_of_time(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise _OutOfTime
