"""How long an asset may take: so much processor time, and a generous time on the wall beside it.

Processor time is what an asset costs, whoever else uses the machine: a busy machine changes no
result. The time on the wall is for an asset that waits for what never comes.

In the main thread signals interrupt what waits, too. In any other thread a watchdog looks at the
thread's clock, and raises there as soon as Python code runs. A process that may end itself
(`may_end`) is ended by the system where it is stuck outside of Python.
"""

import ctypes
import faulthandler
import math
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import ClassVar, TextIO, TypeVar

from scanner.extract.base import Limits

HARD_GRACE = 5.0
"""Most seconds after a limit at which a process that is stuck ends itself."""
_AGAIN = 1.0
"""Seconds after which it is raised again, where a library swallowed it."""
_silence: TextIO | None = None
"""Where the last traceback goes; None in a process that must not end itself."""

T = TypeVar("T")
Stop = Callable[[], None]
"""Lets what runs go on without a limit, to tell what it has."""


class OutOfTime(BaseException):
    """The asset's time is up. Not an `Exception`, so that no guard inside takes it for its own."""

    limit: ClassVar[str] = "limits.seconds"


class OutOfWallTime(OutOfTime):
    """The asset waited for too long."""

    limit = "limits.wall_seconds"


STUCK: Mapping[int, type[OutOfTime]] = {1: OutOfWallTime, -signal.SIGXCPU: OutOfTime}
"""Exit statuses of a process that ended itself: by faulthandler, and by the system's limit."""


def within(limits: Limits, work: Callable[[Stop], T]) -> T:
    """Do some work, no longer than an asset may take.

    Raises:
        OutOfTime: it took longer. Never raised after this function has ended.
    """
    is_main = threading.current_thread() is threading.main_thread()
    bounded = _by_signals if is_main else _by_watchdog
    if _silence is None:
        return bounded(limits, work)
    _end_when_stuck(limits, _silence)
    try:
        return bounded(limits, work)
    finally:
        faulthandler.cancel_dump_traceback_later()
        _limit_processor(math.inf)


def may_end() -> None:
    """Let this process end itself when an asset is stuck in it: there is a parent to tell."""
    global _silence  # noqa: PLW0603 - once, before the first asset
    _silence = Path(os.devnull).open("w", encoding="ascii")  # noqa: SIM115 - as long as the process


def _end_when_stuck(limits: Limits, silence: TextIO) -> None:
    """Neither needs a lock of Python's: the kernel counts, and a thread of faulthandler's own."""
    grace = min(HARD_GRACE, limits.seconds)
    _limit_processor(time.process_time() + limits.seconds + grace)
    faulthandler.dump_traceback_later(limits.wall + grace, exit=True, file=silence)


def _limit_processor(seconds: float) -> None:
    """Move the kernel's limit, counted from the start of the process in whole seconds."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    soft = resource.RLIM_INFINITY if seconds == math.inf else math.ceil(seconds)
    if most != resource.RLIM_INFINITY:
        soft = most if soft == resource.RLIM_INFINITY else min(soft, most)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, most))


# In both functions below OutOfTime may come between any two instructions, also of `finally`. The
# inner one switches it off with a plain assignment; the outer one then cleans up undisturbed.


def _by_signals(limits: Limits, work: Callable[[Stop], T]) -> T:
    is_running = True

    def ring(number: int, frame: FrameType | None) -> None:
        del frame
        if is_running:
            raise OutOfTime if number == signal.SIGPROF else OutOfWallTime

    def stop() -> None:
        nonlocal is_running
        is_running = False

    before = {number: signal.signal(number, ring) for number in (signal.SIGPROF, signal.SIGALRM)}
    try:
        try:
            signal.setitimer(signal.ITIMER_PROF, limits.seconds, _AGAIN)
            signal.setitimer(signal.ITIMER_REAL, limits.wall, _AGAIN)
            return work(stop)
        finally:
            is_running = False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _by_watchdog(limits: Limits, work: Callable[[Stop], T]) -> T:
    thread = ctypes.c_ulong(threading.get_ident())
    clock = time.pthread_getcpuclockid(thread.value)
    end = time.clock_gettime(clock) + limits.seconds
    wall_end = time.monotonic() + limits.wall
    is_running = True
    has_ended, raising = threading.Lock(), threading.Lock()

    def watch() -> None:
        pause = min(limits.seconds, limits.wall)
        while not has_ended.acquire(timeout=pause):
            left, wall_left = end - time.clock_gettime(clock), wall_end - time.monotonic()
            # A thread cannot use more processor time than passes on the wall.
            pause = min(left, wall_left)
            if pause <= 0:
                pause = _AGAIN
                with raising:
                    if is_running:
                        _raise_in(thread, ctypes.py_object(_late(left)))

    def stop() -> None:
        nonlocal is_running
        is_running = False

    has_ended.acquire()
    watchdog = threading.Thread(target=watch, name="kartta-watchdog", daemon=True)
    watchdog.start()
    try:
        try:
            return work(stop)
        finally:
            is_running = False
            with raising:  # the watchdog may have looked just before
                pass
    finally:
        _raise_in(thread, None)
        has_ended.release()
        watchdog.join()


_raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc


def _late(left: float) -> type[OutOfTime]:
    return OutOfTime if left <= 0 else OutOfWallTime
