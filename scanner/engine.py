"""The loop: list a source, hand out batches, write what comes back, remember how far we are.

Only this module writes to the catalog. Results may arrive in any order, but the checkpoint that
is saved with them is that of the longest run of *consecutively* finished batches: what lies
beyond a gap is repeated rather than risked.

Sources that name people are scanned first, so that these people are found in the others. What an
earlier scan found of them counts too; whom a source names is not looked for in the same source, so
that an interrupted scan and a whole one give the same. An asset that has not changed is
not read again because more people are known; it is where they were not known because their source
failed at that time: a scan that was disturbed, and the next, then give what one in peace does.
"""

import hashlib
import json
import logging
import math
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

from pydantic import SecretStr

from scanner.catalog.key import use_key
from scanner.catalog.people import named_people
from scanner.catalog.store import Catalog, Run
from scanner.connectors.base import SourceConfig
from scanner.connectors.registry import kinds, ranks
from scanner.errors import CheckpointExpired, SourceError
from scanner.examine import ExaminerSpec
from scanner.extract.base import Limits
from scanner.model import MOST_NAMED, Asset, Checkpoint, Coverage, NamedPerson, SourceId
from scanner.opening import PAUSES, Session, described, opening
from scanner.pool import Workers
from scanner.work import BlobId, Job, Verification, packed

BATCH_ASSETS = 64
BATCH_BYTES = 4 * 1024**2

_log = logging.getLogger(__name__)


class Observer(Protocol):
    """Who is told how the scan goes on: the progress on a terminal."""

    def source_started(self, name: str) -> None:
        """Begin a source."""
        ...

    def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
        """Count assets that were examined (whole or in part), unchanged or skipped whole."""
        ...

    def source_ended(self, name: str, error: str) -> None:
        """End a source; `error` is empty where it was listed to its end."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """What to scan and how."""

    sources: tuple[SourceConfig, ...]
    examiner: ExaminerSpec
    limits: Limits
    key: bytes = field(repr=False)
    """Of the digest, in which secrets of the sources take part."""
    version: str
    full: bool = False
    """Read again what is unchanged."""
    verify: bool = False
    """Compare the bytes of what is unchanged, and examine again what cannot be compared."""
    pauses: tuple[float, ...] = PAUSES
    """Seconds before each further try of a source whose connection was lost."""
    whole: bool = True
    """Whether these are all sources: what else the catalog holds is then forgotten."""

    @property
    def digest(self) -> str:
        """Name what is asked for; only a run that asked the same is resumed."""
        values = [source.resolved().model_dump(mode="python") for source in self.sources]
        asked = json.dumps(
            [self.examiner.digest, self.full, self.verify, values], default=_as_text, sort_keys=True
        )
        return hashlib.blake2b(asked.encode(), key=self.key, digest_size=16).hexdigest()


@dataclass(slots=True)
class _Progress:
    """Which batches of a source are finished, in the order in which they were handed out."""

    finished: dict[int, Checkpoint] = field(default_factory=dict)
    next: int = 0

    def finish(self, number: int, checkpoint: Checkpoint) -> Checkpoint | None:
        """Count a batch as finished; give the checkpoint if the consecutive run grew."""
        self.finished[number] = checkpoint
        last = None
        while self.next in self.finished:
            last = self.finished.pop(self.next)
            self.next += 1
        return last


def run_scan(
    plan: Plan, catalog: Catalog, workers: Workers, observer: Observer, now: datetime
) -> Run:
    """Scan every source; one that fails is recorded and the others go on.

    Raises:
        CatalogError: nothing more can be remembered.
    """
    ids = [SourceId(source.id) for source in plan.sources]
    if earlier := use_key(catalog, plan.key, ids, now, whole=plan.whole):
        _log.warning("every source is read again: %s", earlier)
    run = catalog.begin_run(now, plan.version, plan.digest)
    if plan.whole:
        catalog.keep_only(ids)
    known_ranks = ranks()
    order = sorted(plan.sources, key=lambda each: known_ranks.get(each.kind, len(known_ranks)))
    for source in order:  # all at once, so that an interrupted scan tells of those not begun
        catalog.begin_source(run, described(source))
    failed: list[SourceId] = []
    for source in order:
        people = _people(catalog, source)
        blob = workers.put(packed(people)) if people else None
        detectors = _looking(plan, failed)
        if not _scan_source(plan, source, catalog, workers, observer, run, blob, detectors):
            failed.append(SourceId(source.id))
    return run


def _looking(plan: Plan, failed: Sequence[SourceId]) -> str:
    """Name what assets are examined with, and which sources could not be asked for people."""
    if not failed:
        return plan.examiner.digest
    asked = "\n".join([plan.examiner.digest, *sorted(failed)])
    return hashlib.blake2b(asked.encode(), key=plan.key, digest_size=16).hexdigest()


def _people(catalog: Catalog, source: SourceConfig) -> list[NamedPerson]:
    """Give whom to look for in a source; say if they are not all."""
    people = named_people(catalog, MOST_NAMED + 1, ranks(), SourceId(source.id))
    if len(people) > MOST_NAMED:
        _log.warning(
            "more people are known than are looked for",
            extra={"source": source.id, "looked_for": MOST_NAMED},
        )
    return people[:MOST_NAMED]


def _scan_source(
    plan: Plan,
    config: SourceConfig,
    catalog: Catalog,
    workers: Workers,
    observer: Observer,
    run: Run,
    people: BlobId | None,
    detectors: str,
) -> bool:
    """Scan a source; say whether nothing in it failed that the next scan may read."""
    source = described(config)
    checkpoint, listed = catalog.begin_source(run, source)
    if catalog.has_others(run, source.id, {plan.examiner.digest, detectors}):
        checkpoint, listed = None, False  # this run began while a source of names had failed
    if listed:
        return not catalog.has_failed(source.id)
    observer.source_started(source.name)
    error = ""
    scan = partial(_scan_assets, plan, config, catalog, workers, observer, run, people, detectors)
    try:
        with Session(opening(config, plan.limits), plan.pauses, limits=plan.limits) as session:
            try:
                scan(session, checkpoint)
            except CheckpointExpired:
                _log.warning(
                    "checkpoint expired, listing from the beginning", extra={"source": config.id}
                )
                scan(session, None)
    except SourceError as problem:
        error = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    gone = catalog.end_source(run, source.id, error)
    _log.info("source scanned", extra={"source": config.id, "gone": gone, "failed": bool(error)})
    observer.source_ended(source.name, error)
    return not error and not catalog.has_failed(source.id)


def _scan_assets(
    plan: Plan,
    config: SourceConfig,
    catalog: Catalog,
    workers: Workers,
    observer: Observer,
    run: Run,
    people: BlobId | None,
    detectors: str,
    session: Session,
    checkpoint: Checkpoint | None,
) -> None:
    source = SourceId(config.id)
    progress = _Progress()
    as_good = {plan.examiner.digest, detectors}
    broken: list[SourceError] = []
    patience = _Patience(plan.limits.source_seconds)
    kind = kinds().get(config.kind)
    at_once = kind.at_once if kind else None

    def jobs() -> Iterator[tuple[_Batch, Job]]:
        for number, listed in enumerate(_batches(_until_broken(listing, broken, patience))):
            assets = [asset for asset, _ in listed]
            known = set() if plan.full else catalog.unchanged(source, assets, as_good)
            verified = None
            if plan.verify:
                verified = Verification(plan.key, catalog.digests(source, known))
                known = set()
            changed = tuple(asset for asset in assets if asset.path not in known)
            batch = _Batch(number, frozenset(known), listed[-1][1])
            job = Job(
                config, changed, plan.examiner, plan.limits, people, plan.pauses, at_once, verified
            )
            yield batch, job

    with closing(session.listed(checkpoint)) as listing:
        for batch, results in workers.run(jobs()):
            reached = progress.finish(batch.number, batch.checkpoint)
            examined = [result for result in results if not result.is_unchanged]
            same = {result.asset.path for result in results if result.is_unchanged}
            unchanged = batch.unchanged | same
            catalog.write(run, source, examined, unchanged, detectors, reached)
            skipped = sum(result.coverage is Coverage.SKIPPED for result in examined)
            observer.assets_done(len(examined) - skipped, len(unchanged), skipped)
            patience.expect_more()
    if broken:
        raise broken[0]


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    unchanged: frozenset[str]
    checkpoint: Checkpoint


class _Patience:
    """How long one source may take, if anybody has said so."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds or math.inf
        self._end = time.monotonic() + self._seconds

    def expect_more(self) -> None:
        """Go on only while there is time.

        Raises:
            SourceError: the time is up.
        """
        if time.monotonic() > self._end:
            raise SourceError(
                f"not scanned to its end in {self._seconds:g} seconds",
                hint="scan again to go on with what was not read, or raise limits.source_seconds",
            )


def _until_broken(
    listing: Iterable[tuple[Asset, Checkpoint]], broken: list[SourceError], patience: _Patience
) -> Iterator[tuple[Asset, Checkpoint]]:
    """End where the listing breaks, and keep why: what was listed until then is still examined."""
    try:
        for listed in listing:
            yield listed
            patience.expect_more()
    except SourceError as error:
        broken.append(error)


def _batches(
    listing: Iterable[tuple[Asset, Checkpoint]],
) -> Iterator[Sequence[tuple[Asset, Checkpoint]]]:
    """Group assets until there are many or they are large."""
    batch: list[tuple[Asset, Checkpoint]] = []
    size = 0
    for asset, checkpoint in listing:
        batch.append((asset, checkpoint))
        size += asset.size or 0
        if len(batch) >= BATCH_ASSETS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _as_text(value: object) -> str:
    """Write what JSON cannot; a secret too, since another one may lead to another source."""
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
