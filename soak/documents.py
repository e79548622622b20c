"""Mutated documents of every format, read by the real workers beside innocent ones.

Each file must give a result or a skip with its reason, within the default limits; the scan must
not break off; and the innocent files of the same batch must give what they hold.
"""

import random
import resource
import shutil
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from detectors.base import DetectorSettings
from detectors.examiner import Detectors
from scanner.catalog import query, records
from scanner.catalog.store import Catalog
from scanner.connectors.registry import config_model
from scanner.engine import BATCH_ASSETS, Plan, run_scan
from scanner.examine import Examiner, ExaminerSpec
from scanner.extract.base import Limits
from scanner.model import Content, Examination, NamedPerson, SkipReason
from scanner.pool import Processes
from soak.mutations import mutated
from soak.samples import Sample, samples

NOW = datetime(2026, 12, 1, tzinfo=UTC)
INNOCENT = 8
"""Good files in each batch."""
SLOW = 5.0
"""Seconds of processor time after which a file is worth a look."""
_EVERY = 30.0
"""Seconds between two lines of progress."""
_BROKEN = frozenset({SkipReason.CRASHED, SkipReason.DETECTOR})


@dataclass(slots=True)
class Count:
    """What became of the files."""

    rounds: int = 0
    files: Counter[str] = field(default_factory=Counter)
    """By format."""
    skips: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By reason and what was said, without the numbers in it."""
    slowest: tuple[float, str] = (0.0, "")
    slow: int = 0
    innocent: int = 0
    wrong: list[str] = field(default_factory=list)
    """What must not happen, with the file that is kept to look at."""

    def lines(self, seconds: float) -> Iterator[str]:
        """Give the table."""
        total = self.files.total()
        yield f"mutated documents: {total:,} files in {seconds / 60:.1f} minutes"
        yield f"  innocent files beside them: {self.innocent:,}"
        forms = ", ".join(f"{form} {number:,}" for form, number in sorted(self.files.items()))
        yield f"  by format: {forms}"
        reasons: Counter[str] = Counter()
        for (reason, _), number in self.skips.items():
            reasons[reason] += number
        yield "  skips: " + ", ".join(f"{why} {n:,}" for why, n in reasons.most_common())
        for (reason, detail), number in self.skips.most_common():
            if SkipReason(reason) in _BROKEN or "failed on it (" in detail:
                yield f"    {number:6,}  {reason}: {detail}"
        yield f"  slowest: {self.slowest[0]:.1f} s ({self.slowest[1]}); {self.slow} over {SLOW:g} s"
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield f"  most resident memory of a worker: {peak:,.0f} MB"
        yield f"  wrong: {len(self.wrong)}"
        yield from (f"    {each}" for each in self.wrong)


@dataclass(frozen=True, slots=True)
class Timed:
    """An `ExaminerSpec` that also writes down the processor time that each asset took."""

    spec: ExaminerSpec
    log: Path

    @property
    def digest(self) -> str:
        """Name what it stands for."""
        return self.spec.digest

    def build(self) -> Examiner:
        """Build the examiner."""
        return _Clock(self.spec.build(), self.log)


@dataclass(frozen=True, slots=True)
class _Clock:
    examiner: Examiner
    log: Path

    def know(self, people: Sequence[NamedPerson]) -> None:
        self.examiner.know(people)

    def examine(self, contents: Iterable[Content], name: str = "") -> Examination:
        begin = time.process_time()
        try:
            return self.examiner.examine(contents, name)
        finally:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"{time.process_time() - begin:.3f} {name}\n")


def run(seed: int, seconds: float, folder: Path, workers: int) -> bool:
    """Read mutated documents for so long; say whether nothing went wrong."""
    good = samples(folder / "samples")
    contents = [each.content for each in good]
    count = Count()
    begin = told = time.monotonic()
    with _Reader(folder, workers) as reader:
        expected = reader.read({f"00/good.{each.form}": each.content for each in good}, count)
        held = {Path(path).name: seen for path, seen in expected.items()}
        while time.monotonic() - begin < seconds:
            chance = random.Random(f"{seed}/{count.rounds}")  # noqa: S311 - to be repeated
            files, ways = _batch(chance, good, contents)
            seen = reader.read(files, count)
            for name, way in ways.items():
                if way:
                    count.files[Path(name).suffix[1:]] += 1
                    continue
                count.innocent += 1
                if seen.get(name) != held[Path(name).name]:
                    count.wrong.append(f"round {count.rounds}: {name} does not give what it holds")
            count.rounds += 1
            if time.monotonic() - told > _EVERY:
                told = time.monotonic()
                print(
                    f"{told - begin:6.0f} s: {count.files.total():,} files, "
                    f"{len(count.wrong)} wrong",
                    file=sys.stderr, flush=True,
                )  # fmt: skip
    print("\n".join(count.lines(time.monotonic() - begin)))
    return not count.wrong


def _batch(
    chance: random.Random, good: Sequence[Sample], contents: Sequence[bytes]
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Make the files of one batch, and say how each was mutated: an innocent one in no way."""
    files: dict[str, bytes] = {}
    ways: dict[str, str] = {}
    innocent = set(chance.sample(range(BATCH_ASSETS), INNOCENT))
    for number in range(BATCH_ASSETS):
        sample = chance.choice(good)
        name = f"{number:02}/good.{sample.form}"
        files[name], ways[name] = sample.content, ""
        if number not in innocent:
            files[name], ways[name] = mutated(chance, sample.content, contents)
    return files, ways


class _Reader:
    """Scans batch after batch with the same workers into one catalog."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        self._files = folder / "files"
        self._log = folder / "seconds.txt"
        self._config = config_model("folder").model_validate(
            {"id": "soak", "kind": "folder", "path": self._files}
        )
        spec = Timed(Detectors(DetectorSettings(), "soak", b"k" * 32), self._log)
        self._plan = Plan((self._config,), spec, Limits(), b"k" * 32, "soak", full=True)
        self._workers = Processes(workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.__exit__(None, None, None)

    def read(self, files: dict[str, bytes], count: Count) -> dict[str, str]:
        """Scan files; give what was seen in each, and count what became of it.

        The catalog is a new one each time: whom an earlier scan found is looked for in the next.
        """
        shutil.rmtree(self._files, ignore_errors=True)
        for name, content in files.items():
            file = self._files / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        self._log.write_text("")
        shutil.rmtree(self._folder / "catalog", ignore_errors=True)
        observer = _Errors([])
        url = f"sqlite:///{self._folder / 'catalog' / 'catalog.sqlite'}"
        with Catalog.open(url) as catalog:
            try:
                run = run_scan(self._plan, catalog, self._workers, observer, NOW)
                catalog.finish_run(run, NOW)
            except Exception as error:  # noqa: BLE001 - this is what is looked for
                notes = getattr(error, "__notes__", traceback.format_exception(error))
                self._note(count, "the scan broke off: " + "".join(notes), "")
                return {}
            for error_text in observer.errors:
                self._note(count, f"the source broke off: {error_text}", "")
            return self._counted(catalog, files, count)

    def _counted(self, catalog: Catalog, files: dict[str, bytes], count: Count) -> dict[str, str]:
        [summary] = query.source_summaries(catalog)
        if summary.assets != len(files):
            self._note(count, f"{summary.assets} of {len(files)} files have a result", "")
        with closing(records.skipped_assets(catalog)) as skipped:  # type: ignore[type-var]
            for each in skipped:
                detail = "".join(c for c in each.skip.detail if not c.isdigit())
                count.skips[each.skip.reason, detail] += 1
                if not each.skip.detail:
                    self._note(count, "a skip says nothing", each.asset)
                if each.skip.reason in _BROKEN:
                    self._note(count, f"{each.skip.reason}: {each.skip.detail}", each.asset)
        for line in self._log.read_text("utf-8").splitlines():
            seconds, name = line.split(" ", 1)
            count.slow += float(seconds) > SLOW
            if float(seconds) > SLOW:
                self._keep(count, name)
            count.slowest = max(count.slowest, (float(seconds), f"round {count.rounds}: {name}"))
        seen: defaultdict[str, list[str]] = defaultdict(list)
        for sighting in records.asset_sightings(catalog):
            seen[sighting.asset].append(repr(sighting.sighting))
        return {name: "\n".join(seen[name]) for name in files}

    def _note(self, count: Count, what: str, name: str) -> None:
        count.wrong.append(f"round {count.rounds}: {name or 'batch'}: {what}")
        print(count.wrong[-1], file=sys.stderr, flush=True)
        self._keep(count, name)

    def _keep(self, count: Count, name: str) -> None:
        """Keep a file, or all of a batch, to look at."""
        kept = self._folder / "kept" / f"{count.rounds:06}"
        kept.mkdir(parents=True, exist_ok=True)
        for file in (self._files / name,) if name else self._files.glob("*/*"):
            shutil.copyfile(file, kept / f"{file.parent.name}-{file.name}")


@dataclass(frozen=True, slots=True)
class _Errors:
    """An `Observer` of what broke off."""

    errors: list[str]

    def source_started(self, name: str) -> None:
        """Nothing is shown."""

    def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
        """Nothing is shown."""

    def source_ended(self, name: str, error: str) -> None:
        """Keep what broke off."""
        del name
        if error:
            self.errors.append(error)
