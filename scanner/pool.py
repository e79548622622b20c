"""Where jobs run: in this process, or in worker processes that may die without taking the scan."""

import hashlib
import math
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from queue import SimpleQueue
from types import TracebackType
from typing import Protocol, Self, TypeVar

from scanner.opening import close_kept
from scanner.work import BlobId, Job, scan_batch
from scanner.worker import Results, Worker

Tag = TypeVar("Tag")
Jobs = Iterator[tuple[Tag, Job]]
Done = Iterator[tuple[Tag, Results]]


class Workers(Protocol):
    """What runs jobs."""

    def put(self, blob: bytes) -> BlobId:
        """Keep bytes that the next jobs name, until others are put."""
        ...

    def run(self, jobs: Jobs[Tag]) -> Done[Tag]:
        """Run each job, taking the next only when there is room; give results as they come.

        Raises:
            SourceError: the source of the jobs is gone.
        """
        ...


def blob_id(blob: bytes) -> BlobId:
    """Name bytes by what they are."""
    return BlobId(hashlib.blake2b(blob, digest_size=16).hexdigest())


class InProcess:
    """Run jobs one after the other in this process; nothing guards against a crash in a library."""

    def __init__(self) -> None:
        self._blob: bytes | None = None

    def put(self, blob: bytes) -> BlobId:
        """Keep the bytes."""
        self._blob = blob
        return blob_id(blob)

    def run(self, jobs: Jobs[Tag]) -> Done[Tag]:
        """Run each job when its result is asked for."""
        try:
            for tag, job in jobs:
                people = self._blob if job.people else None
                yield tag, tuple(scan_batch(job, people)) if job.assets else ()
        finally:
            close_kept()


class Processes:
    """Run jobs in worker processes, each driven by a thread. Use as a context manager."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._blob: bytes | None = None
        self._workers = [Worker() for _ in range(number)]
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(number, "kartta-worker")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            # While the threads are alive: a process is killed with the thread that started it.
            wait([self._threads.submit(worker.close) for worker in self._workers])
        else:
            for worker in self._workers:
                worker.stop()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def put(self, blob: bytes) -> BlobId:
        """Keep the bytes; each process is told with its next job."""
        self._blob = blob
        return blob_id(blob)

    def run(self, jobs: Jobs[Tag]) -> Done[Tag]:
        """Keep every worker busy and hold at most two batches for each."""
        blob = self._blob
        return in_flight(
            jobs, lambda job: self._threads.submit(self._work, job, blob), lambda: 2 * self._number
        )

    def _work(self, job: Job, blob: bytes | None) -> Results:
        worker = self._free.get()
        try:
            return worker.run(job, blob)
        finally:
            self._free.put(worker)


def in_flight(
    jobs: Jobs[Tag], submit: Callable[[Job], Future[Results]], most: Callable[[], int]
) -> Done[Tag]:
    """Submit jobs while fewer than `most` are unfinished, and give each result once.

    All jobs are of one source, which may bear fewer at once (`Job.at_once`).
    """
    waiting: dict[Future[Results], Tag] = {}
    is_exhausted = False
    at_once = math.inf
    try:
        while waiting or not is_exhausted:
            while not is_exhausted and len(waiting) < min(most(), at_once):
                following = next(jobs, None)
                if following is None:
                    is_exhausted = True
                elif following[1].assets:
                    at_once = following[1].at_once or math.inf
                    waiting[submit(following[1])] = following[0]
                else:
                    yield following[0], ()
            if waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield waiting.pop(future), future.result()
    finally:
        for future in waiting:
            future.cancel()
