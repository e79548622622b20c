"""Where jobs run: in this process, or in worker processes that may die without taking the scan."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from types import TracebackType
from typing import Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from scanner.errors import ConfigError
from scanner.extract.base import Limits
from scanner.model import AssetResult, SkipReason
from scanner.work import Job, failed, prepare_worker, scan_batch

Tag = TypeVar("Tag")
Results = tuple[AssetResult, ...]

_STUCK = 1
"""Exit status of a worker that ended itself because an asset took too long."""


class Workers(Protocol):
    """What runs jobs."""

    def run(self, jobs: Iterator[tuple[Tag, Job]]) -> Iterator[tuple[Tag, Results]]:
        """Run each job, taking the next only when there is room; give results as they come.

        Raises:
            SourceError: the source of the jobs is gone.
        """
        ...


class InProcess:
    """Run jobs one after the other in this process; nothing guards against a crash in a library."""

    def run(self, jobs: Iterator[tuple[Tag, Job]]) -> Iterator[tuple[Tag, Results]]:
        """Run each job when its result is asked for."""
        for tag, job in jobs:
            yield tag, scan_batch(job) if job.assets else ()


class Processes:
    """Run jobs in worker processes. Use as a context manager.

    A job whose worker dies is run again asset by asset, so that the one that killed it is found
    and recorded, and the others are examined.
    """

    def __init__(self, number: int, limits: Limits) -> None:
        self._number = number
        self._pool = ProcessPool(
            max_workers=number,
            initializer=prepare_worker,
            initargs=[limits],
            context=multiprocessing.get_context("spawn"),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def run(self, jobs: Iterator[tuple[Tag, Job]]) -> Iterator[tuple[Tag, Results]]:
        """Keep every worker busy and hold at most two batches for each."""
        waiting: dict[Future[Results], tuple[Tag, Job]] = {}
        exhausted = False
        try:
            while waiting or not exhausted:
                while not exhausted and len(waiting) < 2 * self._number:
                    following = next(jobs, None)
                    if following is None:
                        exhausted = True
                    elif following[1].assets:
                        waiting[self._submit(following[1])] = following
                    else:
                        yield following[0], ()
                if waiting:
                    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                    for future in done:
                        tag, job = waiting.pop(future)
                        yield tag, self._collect(future, job)
        finally:
            for future in waiting:
                future.cancel()

    def _submit(self, job: Job) -> "Future[Results]":
        future: Future[Results] = self._pool.schedule(scan_batch, args=[job])
        return future

    def _collect(self, future: "Future[Results]", job: Job) -> Results:
        try:
            return future.result()
        except ProcessExpired as death:
            if len(job.assets) == 1:
                return (_died(job, death),)
        except BrokenProcessPool as error:
            raise ConfigError(
                "worker processes cannot start", hint="raise limits.memory, or use --workers 1"
            ) from error
        singles = [replace(job, assets=(asset,)) for asset in job.assets]
        results: list[AssetResult] = []
        for single in singles:
            results.extend(self._collect(self._submit(single), single))
        return tuple(results)


def _died(job: Job, death: ProcessExpired) -> AssetResult:
    if death.exitcode == _STUCK:
        return failed(
            job.assets[0],
            SkipReason.TIMEOUT,
            "a library was stuck in it for longer than an asset is given (limits.seconds)",
        )
    return failed(
        job.assets[0],
        SkipReason.CRASHED,
        f"reading it ended the worker process (exit status {death.exitcode})",
    )
