"""The work that can be spread: (source, batch of assets) → what was found in them.

One pure function, `scan_batch`, runs in this process, in worker processes and on a cluster. It
needs nothing but its arguments, and gives back values without scanned text.
"""

import hashlib
import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import NewType

from scanner import scratch
from scanner.connectors.base import Connector, SourceConfig, SupportsBytes
from scanner.deadline import OutOfTime, Stop, within
from scanner.errors import AssetError, AuditError, SourceError
from scanner.examine import Examiner, ExaminerSpec
from scanner.extract import faults
from scanner.extract.base import Limits
from scanner.model import (
    Asset,
    AssetResult,
    Content,
    Coverage,
    Examination,
    NamedPerson,
    Skip,
    SkipReason,
)
from scanner.opening import PAUSES, kept_session, readers_of

BlobId = NewType("BlobId", str)
"""Names bytes that many jobs need and that travel once to each worker."""

_TOO_BIG = "needs more memory than a worker is given (limits.memory)"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was in assets when they were examined last."""

    key: bytes = field(repr=False)
    digests: Mapping[str, str]
    """Path → keyed hash of the bytes, of assets that are unchanged as far as their source says."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a worker needs."""

    source: SourceConfig
    assets: tuple[Asset, ...]
    examiner: ExaminerSpec
    limits: Limits
    people: BlobId | None = None
    """The `packed` people to look for."""
    pauses: tuple[float, ...] = PAUSES
    """Seconds before each further try of a source whose connection was lost."""
    at_once: int | None = None
    """How many jobs of its source may run at the same time; None for any number."""
    verified: Verification | None = None
    """What the assets' bytes are compared with first, where the scan verifies contents."""


def scan_batch(job: Job, people: bytes | None = None) -> Iterator[AssetResult]:
    """Open a source now, and examine its batch of assets one by one as they are asked for.

    `people` is what `job.people` names.

    Raises:
        SourceError: the source itself is gone, now or later; nothing of the batch counts.
    """
    examiner = _examiner(pickle.dumps(job.examiner), people)
    session = kept_session(job.source, job.limits, job.pauses)
    session.retried(lambda _: None)
    return (
        session.retried(partial(_verified, examiner=examiner, asset=asset, job=job))
        for asset in job.assets
    )


def packed(people: Sequence[NamedPerson]) -> bytes:
    """Write people as bytes: two hundred thousand are too many to travel with each batch.

    >>> _unpacked(packed([NamedPerson("a" * 32, "b" * 32)])) == [NamedPerson("a" * 32, "b" * 32)]
    True
    """
    return "\n".join(f"{each.key} {each.outline}" for each in people).encode("ascii")


def _unpacked(people: bytes) -> list[NamedPerson]:
    return [NamedPerson(*line.split(" ")) for line in people.decode("ascii").splitlines()]


def failed(asset: Asset, reason: SkipReason, detail: str) -> AssetResult:
    """Make the result of an asset of which nothing was examined."""
    return AssetResult(asset, Coverage.SKIPPED, Examination(skips=(Skip(reason, detail),)))


@lru_cache(maxsize=4)
def _built(spec: bytes) -> Examiner:
    """Build the examiner once for each worker, at the cost of no asset's time."""
    described: ExaminerSpec = pickle.loads(spec)  # noqa: S301 - our own bytes, from the engine
    return described.build()


@lru_cache(maxsize=1)
def _examiner(spec: bytes, people: bytes | None) -> Examiner:
    """Tell the examiner whom to look for, once for each source."""
    examiner = _built(spec)
    examiner.know(_unpacked(people) if people else ())
    return examiner


def _verified(connector: Connector, examiner: Examiner, asset: Asset, job: Job) -> AssetResult:
    """Compare an asset's bytes with those of the last time, and examine it if they are others.

    What cannot be compared is examined. The bytes are hashed before they are examined: what is
    changed between the two is then seen the next time.
    """
    if job.verified is None:
        return _scan(connector, examiner, asset, job.limits)
    digest = _digest(connector, asset, job.verified.key, job.limits)
    if digest and job.verified.digests.get(asset.path) == digest:
        return AssetResult(asset, Coverage.EXAMINED, digest=digest, is_unchanged=True)
    return replace(_scan(connector, examiner, asset, job.limits), digest=digest)


def _digest(connector: Connector, asset: Asset, key: bytes, limits: Limits) -> str:
    """Hash an asset's bytes; empty where the source gives none, or not in time."""
    if not isinstance(connector, SupportsBytes):
        return ""
    hashed = hashlib.blake2b(key=key[:64], digest_size=32)

    def read(_: Stop) -> None:
        with closing(connector.content(asset)) as pieces:
            for piece in pieces:
                hashed.update(piece)

    try:
        within(limits, read)
    except (AssetError, OutOfTime, MemoryError):
        return ""
    return hashed.hexdigest()


def _scan(connector: Connector, examiner: Examiner, asset: Asset, limits: Limits) -> AssetResult:
    def examine(stop: Stop) -> Examination:
        return examiner.examine(guarded(connector, asset, stop), asset.path)

    try:
        examination = within(limits, examine)
    except OutOfTime as late:
        return failed(asset, SkipReason.TIMEOUT, _took_too_long(late))
    except MemoryError:
        return failed(asset, SkipReason.MEMORY, _TOO_BIG)
    except AuditError:
        raise
    except Exception as error:  # noqa: BLE001 - guarded call: as in `guarded`, of what examines
        if (fault := faults.passing(error)) is not None:
            return failed(asset, fault.reason, fault.message)
        detail = f"examining it broke off unexpectedly ({type(error).__name__})"
        return failed(asset, SkipReason.DETECTOR, detail)
    if any(skip.reason is SkipReason.SPACE for skip in examination.skips):
        scratch.expect_room()
    coverage = Coverage.EXAMINED
    if examination.skips:
        coverage = Coverage.PARTIAL if examination.characters else Coverage.SKIPPED
    return AssetResult(asset, coverage, examination, readers_of(connector, asset))


def guarded(connector: Connector, asset: Asset, stop: Stop | None = None) -> Iterator[Content]:
    """Read an asset; whatever goes wrong becomes a skip, and what was read until then counts.

    `stop` is called when the asset's time is up, so that what was read can be examined.
    """
    try:
        yield from connector.read(asset)
    except AssetError as error:
        yield Skip(error.reason, error.message)
    except SourceError:
        raise
    except AuditError as error:
        yield Skip(SkipReason.UNREADABLE, error.message)
    except OutOfTime as late:
        if stop is not None:
            stop()
        yield Skip(SkipReason.TIMEOUT, _took_too_long(late))
    except MemoryError:
        yield Skip(SkipReason.MEMORY, _TOO_BIG)
    except Exception as error:  # noqa: BLE001 - guarded call: one bad asset must not stop a scan
        if (fault := faults.passing(error)) is not None:
            yield Skip(fault.reason, fault.message)
            return
        # The exception's own text may hold scanned values: only its class is told.
        yield Skip(SkipReason.CRASHED, f"reading broke off unexpectedly ({type(error).__name__})")


def _took_too_long(late: OutOfTime) -> str:
    return f"took longer than an asset is given ({late.limit})"
