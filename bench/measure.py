"""Run a command and measure it from outside, with every process that it starts."""

import os
import resource
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.1
"""Seconds between two looks at the memory."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run cost."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of processor time, user and system, of the command and the children it waited for."""
    peak: int
    """Bytes: the largest sum of resident memory over the process tree that was seen.

    Pages that processes share are counted for each of them, so it is an upper bound.
    """
    code: int
    main: int
    """Bytes: the largest resident memory of the command's own process that was seen."""
    worker: int
    """Bytes: the same of any process below it."""

    def __str__(self) -> str:
        """Give the figures for people."""
        return (
            f"{self.wall:.1f} s, {self.cpu:.1f} s CPU, {self.peak / 1e6:.0f} MB, exit {self.code}"
        )


def run(command: Sequence[str | Path], folder: Path) -> Usage:
    """Run a command in a folder; what it prints goes to `stdout.txt` and `stderr.txt` there."""
    with (folder / "stdout.txt").open("wb") as out, (folder / "stderr.txt").open("wb") as err:
        began = time.perf_counter()
        child = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=out, stderr=err)
        peak = main = worker = 0
        while True:
            done, status, usage = os.wait4(child.pid, os.WNOHANG)
            if done:
                break
            first, *others = map(_resident, _tree(child.pid))
            peak = max(peak, first + sum(others))
            main, worker = max(main, first), max(worker, *others, 0)
            time.sleep(INTERVAL)
        wall = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
    return Usage(
        wall, _cpu(usage), max(peak, usage.ru_maxrss * 1024), child.returncode, main, worker
    )


def _cpu(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def _tree(root: int) -> Iterator[int]:
    """Give a process and all below it."""
    yield root
    with suppress(OSError):  # it has ended
        for task in os.listdir(f"/proc/{root}/task"):  # noqa: PTH208 - names only
            children = Path(f"/proc/{root}/task/{task}/children").read_text(encoding="ascii")
            for child in children.split():
                yield from _tree(int(child))


def _resident(process: int) -> int:
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    return 0
