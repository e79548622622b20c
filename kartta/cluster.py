"""Jobs on the organisation's own Dask cluster. The one file that knows Dask.

What Dask imports here makes `kartta` put its packages on the path, also in a scheduler and in a
worker; that is why this file is not in `scanner`.

Each thread of a Dask worker examines its batches in a process of its own, the same as on one
machine: limits and deaths are met there. If a whole Dask worker is lost, Dask gives its batches to
others; a batch that takes every worker with it is split until the one bad asset is known.
"""

import platform
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self, TypeVar

import dask
import distributed
from distributed import Client
from distributed.scheduler import KilledWorker

from kartta.version import __version__
from scanner import plugins
from scanner.errors import AuditError, ConfigError
from scanner.extract.base import Limits
from scanner.model import SkipReason
from scanner.pool import Done, Jobs, blob_id, in_flight
from scanner.work import BlobId, Job, failed
from scanner.worker import Results, Worker

_MOST = 512
"""Batches in flight, however large the cluster."""
_AGAIN = "what was finished is kept; the same command goes on from there"

Tag = TypeVar("Tag")


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A value that Dask may carry and cannot print: it logs the arguments of what fails."""

    value: Any = field(repr=False)


class Cluster:
    """A `scanner.pool.Workers`. Use as a context manager."""

    def __init__(self, address: str) -> None:
        if not address.startswith("tls://"):
            raise ConfigError(
                f"--scheduler {address}: jobs hold the key of the hashes and go over TLS only",
                hint="start scheduler and workers with --tls-ca-file, --tls-cert and --tls-key, "
                "and name the scheduler as tls://HOST:8786",
            )
        self._address = address
        timeout = dask.config.get("distributed.comm.timeouts.connect")
        self._seconds: float = dask.utils.parse_timedelta(timeout)
        """How long to wait for the scheduler, and for a first worker."""
        self._versions = _versions()
        self._people: distributed.Future[_Sealed] | None = None
        self._suspicion = threading.Lock()

    def __enter__(self) -> Self:
        try:
            self._client = Client(self._address, timeout=self._seconds, set_as_default=False)
        except (OSError, RuntimeError, TypeError, ValueError) as error:
            raise ConfigError(
                f"the scheduler {self._address} cannot be reached ({type(error).__name__})",
                hint="is it running, and do 'distributed.comm.tls' in Dask's configuration or "
                "DASK_DISTRIBUTED__COMM__TLS__… name a certificate that it accepts?",
            ) from error
        try:
            self._expect_workers()
        except BaseException:
            self._client.close()
            raise
        self._threads = ThreadPoolExecutor(_MOST, "kartta-batch")
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()  # whoever waits for a batch is told that it is cancelled
        self._threads.shutdown(cancel_futures=True)

    def put(self, blob: bytes) -> BlobId:
        """Give the bytes to the cluster, once.

        As a task and not scattered: the result of a task is made again when its worker is lost.
        """
        name = blob_id(blob)
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}):
            self._people = self._client.submit(_held, _Sealed(blob), key=f"kartta-people-{name}")
        return name

    def run(self, jobs: Jobs[Tag]) -> Done[Tag]:
        """Keep every thread of every worker busy and hold at most two batches for each."""
        return in_flight(jobs, lambda job: self._threads.submit(self._examined, job), self._room)

    def _room(self) -> int:
        try:
            threads: int = sum(self._client.nthreads().values())
        except OSError as error:
            raise self._lost() from error
        return min(_MOST, 2 * max(1, threads))

    def _examined(self, job: Job, *, alone: bool = False) -> Results:
        """Have a batch examined; where that ends every worker that tries, in halves.

        A single asset is tried once more while no other one is: what ended the workers may have
        been beside it in another of their threads.
        """
        results = self._answered(job)
        if results is not None:
            return results
        if len(job.assets) > 1:
            middle = len(job.assets) // 2
            return (
                *self._examined(replace(job, assets=job.assets[:middle])),
                *self._examined(replace(job, assets=job.assets[middle:])),
            )
        if not alone:
            with self._suspicion:
                return self._examined(job, alone=True)
        detail = "reading it ended every worker of the cluster that tried"
        return (failed(job.assets[0], SkipReason.CRASHED, detail),)

    def _answered(self, job: Job) -> Results | None:
        """Have a batch examined; None where that ended every worker that tried."""
        people = self._people if job.people else None
        future = self._client.submit(
            _examine, _Sealed(job), people, self._versions, key=f"kartta-{uuid.uuid4().hex}"
        )
        while True:
            try:
                answer = future.result(timeout=self._seconds)
            except TimeoutError:
                self._expect_workers()
            except KilledWorker:
                if people is not None and people.status == "error":
                    people.retry()  # the blame fell on those who are looked for
                return None
            except (ImportError, RuntimeError) as error:
                raise ConfigError(
                    f"the cluster {self._address} has no Kartta that can take a job"
                    f" ({type(error).__name__})",
                    hint=_install(self._versions),
                ) from error
            except CancelledError as error:
                raise self._lost() from error
            else:
                if isinstance(answer, Exception):
                    raise answer
                return answer

    def _expect_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self._seconds)
        except TimeoutError as error:
            raise ConfigError(
                f"the scheduler {self._address} has no workers",
                hint=f"start some with 'dask worker'; {_AGAIN}",
            ) from error
        except OSError as error:
            raise self._lost() from error

    def _lost(self) -> ConfigError:
        return ConfigError(f"the scheduler {self._address} is lost", hint=_AGAIN)


def _differs(worker: str, versions: tuple[str, ...], wanted: tuple[str, ...]) -> ConfigError:
    return ConfigError(f"the worker {worker} has {', '.join(versions)}", hint=_install(wanted))


def _install(wanted: tuple[str, ...]) -> str:
    return f"install {', '.join(wanted)} on the scheduler and on every worker"


# What follows runs on the workers.

_idle: defaultdict[Limits, list[Worker]] = defaultdict(list)


def _versions() -> tuple[str, ...]:
    """Name all with which a worker may find something else."""
    return (
        f"Kartta {__version__}",
        *plugins.check(),
        f"Python {platform.python_version()}",
        f"distributed {version('distributed')}",
    )


def _held(blob: _Sealed) -> _Sealed:
    return blob


def _examine(
    job: _Sealed, people: _Sealed | None, versions: tuple[str, ...]
) -> Results | Exception:
    """Examine a batch; an error is an answer, since Dask would log an exception with all it has."""
    address = distributed.get_worker().address
    if versions != _versions():
        return _differs(address, _versions(), versions)
    with _worker(job.value.limits) as worker:
        try:
            return worker.run(job.value, people.value if people else None)
        except AuditError as error:
            return type(error)(f"{error.message} (on {address})", hint=error.hint)
        except RuntimeError as error:
            return error


@contextmanager
def _worker(limits: Limits) -> Iterator[Worker]:
    """Lend a worker that is idle, or a new one; its files lie where Dask would sweep them."""
    try:
        worker = _idle[limits].pop()
    except IndexError:
        worker = Worker(Path(distributed.get_worker().local_directory))
    try:
        yield worker
    finally:
        _idle[limits].append(worker)
