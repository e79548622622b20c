"""Measure throughput on one core: `python -m bench.throughput [--every 1] [--rounds 3]`.

Kartta and plain presidio-analyzer read the same texts in the same process, in turns, and the best
round of each counts, in megabytes of UTF-8 a second. Other scanners read the same texts as files
(`bench.peers`). The ratios and the memory of a worker are held against the project's aims. Every
fourth text is read unless it is said otherwise: Presidio takes its time.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import peers
from bench.detect import Figure, public_texts
from bench.measure import Usage, run
from bench.throughput_texts import encoded, text_sets, write_files
from detectors.analyse import Analyser
from detectors.base import DetectorSettings, Evidence, PatternRecognizer
from detectors.engine import PatternEngine
from detectors.examiner import Detectors
from detectors.presidio import presidio_recognizer
from detectors.recognizers import recognizers
from detectors.text import prepare
from scanner.connectors.registry import open_source
from scanner.connectors.targets import config_for
from scanner.extract.base import Limits, segments
from scanner.locator import WHOLE
from scanner.model import Segment
from scanner.work import Job, scan_batch
from scanner.worker import confine

ROOT = Path(__file__).resolve().parent.parent
PIPELINE = ROOT / ".tools" / "bench-spacy"
KEY = bytes(32)
NOT_PATTERNS = ("names.model", "names.known", "special", "documents.cues")
AIMS = {"patterns": 100, "whole": 10}
"""How many times Presidio's speed."""
AIM_MEMORY = 400
"""Megabytes."""

_SCAN = "Kartta, patterns and checks alone"
_PATTERNS = "Kartta, patterns"
_WHOLE = "Kartta, whole pipeline"
_WHOLE_TOGETHER = "Kartta, whole pipeline, all in one asset"
_OURS_IN_PRESIDIO = "Presidio, the same patterns, no model"
_PRESIDIO = "Presidio as it comes, spaCy names"
_USERS_PATTERN = r"\b[0-9]{5}\b"
_USERS_SCORE = 0.6
_USERS_REGISTRY = f"""
supported_languages: [en]
recognizers:
  - name: Postal code
    type: custom
    supported_language: en
    supported_entity: POSTAL_CODE
    patterns:
      - {{name: code, regex: '{_USERS_PATTERN}', score: {_USERS_SCORE}}}
"""

Reading = Callable[[Sequence[str]], int]
"""Look at texts and give the number of results."""


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that reads texts."""

    name: str
    start: Callable[[], Reading]
    """Make it anew, so that no round remembers the texts of another."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What one reading of some texts cost, and gave."""

    bytes: int
    cpu: float
    """Seconds of processor time."""
    wall: float
    results: int

    @property
    def speed(self) -> float:
        """Give megabytes for each second of processor time."""
        return self.bytes / 1e6 / max(self.cpu, 1e-9)

    @property
    def wall_speed(self) -> float:
        """Give megabytes for each second."""
        return self.bytes / 1e6 / max(self.wall, 1e-9)


Passes = Mapping[str, Mapping[str, Pass]]
"""By tool and set of texts, the best round."""


def main() -> None:
    """Measure everything and print it."""
    given = _arguments()
    if given.worker:
        _work(given.worker)
        return
    whole = text_sets(given.data)
    sets = {name: texts[:: given.every] for name, texts in whole.items()}
    with tempfile.TemporaryDirectory(prefix="kartta-bench-") as scratch:
        folder = Path(scratch)
        # First, while this process is small: a child's peak begins with what it was forked from.
        write_files(whole, folder / "whole")
        print(_memory(folder))
        if not given.no_peers:
            size = write_files(sets, folder / "files")
            print(peers_table(folder, size, given.rounds))
        print(speed_table(measure(doors(folder), sets, given.rounds)))
    pipeline = _pipeline(given.data)
    passes = measure([*ours(), *presidios(pipeline)], sets, given.rounds)
    print(speed_table(passes))
    print(ratios(passes))
    if pipeline:
        print(_quality(given.data, pipeline))


def ours() -> list[Tool]:
    """Give Kartta's tiers."""
    return [
        Tool(_SCAN, _scanning),
        Tool(_PATTERNS, partial(_analysing, DetectorSettings(disable=NOT_PATTERNS))),
        Tool(_WHOLE, partial(_analysing, DetectorSettings())),
        Tool(_WHOLE_TOGETHER, _analysing_together),
    ]


def presidios(pipeline: Path | None) -> list[Tool]:
    """Give Presidio with our patterns, and as it comes if there is a pipeline for it."""
    from bench import presidio  # noqa: PLC0415 - slow to import, and not for a worker

    tools = [Tool(_OURS_IN_PRESIDIO, lambda: _one_by_one(presidio.with_our_patterns()))]
    if pipeline:
        tools.append(
            Tool(_PRESIDIO, lambda: _one_by_one(presidio.with_its_own_recognizers(pipeline)))
        )
    return tools


def doors(folder: Path) -> list[Tool]:
    """Give a user's recognizer through the door to Presidio, and as one of our own."""
    registry = folder / "recognizers.yaml"
    registry.write_text(_USERS_REGISTRY, encoding="utf-8")
    return [
        Tool("a user's recognizer, through Presidio", partial(_through_the_door, registry)),
        Tool("the same as one of ours", _directly),
    ]


def measure(tools: Sequence[Tool], sets: Mapping[str, Sequence[str]], rounds: int) -> Passes:
    """Let the tools read the sets in turns; keep each one's best round, by processor time."""
    best: defaultdict[str, dict[str, Pass]] = defaultdict(dict)
    for turn in range(rounds):
        for tool in tools:
            read = tool.start()
            read(["Matti Meikäläinen, puh. 040 123 4567, has been ill in 00100 Helsinki."])
            for name, texts in sets.items():
                spent = _timed(read, texts)
                known = best[tool.name].get(name)
                best[tool.name][name] = spent if known is None else min(known, spent, key=_cpu)
            print(f"{turn + 1}/{rounds} {tool.name}", file=sys.stderr)
    return {tool: passes | {"mixed": _sum(passes.values())} for tool, passes in best.items()}


def speed_table(passes: Passes) -> str:
    """Write MB/s of processor time by tool and set, with the wall clock's for all together."""
    names = list(next(iter(passes.values())))
    sizes = [f"{name}, {next(iter(passes.values()))[name].bytes / 1e6:.2f} MB" for name in names]
    rows = [f"| MB/s, one core | {' | '.join(sizes)} | by wall clock | results |"]
    rows.append("|---" * (len(names) + 3) + "|")
    for tool, by_set in passes.items():
        cells = [f"{by_set[name].speed:.3g}" for name in names]
        mixed = by_set["mixed"]
        rows.append(f"| {tool} | {' | '.join(cells)} | {mixed.wall_speed:.3g} | {mixed.results} |")
    return "\n".join((*rows, ""))


def ratios(passes: Passes) -> str:
    """Write how many times faster Kartta is, by set."""
    names = list(passes[_PATTERNS])
    rows = [f"| ratio | aim | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
    for label, fast, slow in (
        ("patterns", _SCAN, _OURS_IN_PRESIDIO),
        ("patterns", _PATTERNS, _OURS_IN_PRESIDIO),
        ("whole", _WHOLE, _PRESIDIO),
        ("whole", _WHOLE_TOGETHER, _PRESIDIO),
    ):
        if slow in passes:
            cells = [f"{passes[fast][name].speed / passes[slow][name].speed:.1f}" for name in names]
            rows.append(f"| {fast} / {slow} | {AIMS[label]} | {' | '.join(cells)} |")
    return "\n".join((*rows, ""))


def peers_table(folder: Path, size: int, rounds: int) -> str:
    """Let the other scanners read the texts as files, in turns, and write what they cost."""
    tools = peers.scanners(peers.install())
    best: dict[str, Usage] = {}
    for turn in range(rounds):
        for position, tool in enumerate(tools):
            here = folder / f"{turn}-{position}"
            here.mkdir()
            usage = run(tool.command(folder / "files", here), here)
            best[tool.name] = min(best.get(tool.name, usage), usage, key=_cpu)
            print(f"{turn + 1}/{rounds} {tool.name}: {usage}", file=sys.stderr)
    rows = ["| the same as files | MB/s of processor time | MB/s by wall clock | peak, MB |"]
    rows.append("|---|---|---|---|")
    rows += [
        f"| {name} | {size / 1e6 / usage.cpu:.3g} | {size / 1e6 / usage.wall:.3g}"
        f" | {usage.peak / 1e6:.0f} |"
        for name, usage in best.items()
    ]
    return "\n".join((*rows, ""))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--every", type=int, default=4, help="read every nth text only")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true", help="leave the other scanners out")
    parser.add_argument("--worker", type=Path, help="only read a folder, as a worker process does")
    return parser.parse_args()


def _pipeline(data: Path) -> Path | None:
    corpus = data / "ner_unified"
    if not (corpus / "fi_turku.train.jsonl").is_file():
        print("spaCy: left out, there is nothing to train it with", file=sys.stderr)
        return None
    from bench.presidio import trained  # noqa: PLC0415 - slow to import, and not for a worker

    return trained(corpus, PIPELINE)


def _quality(data: Path, pipeline: Path) -> str:
    """Write how well names are found by us and by the pipeline that stands beside us."""
    spacy = DetectorSettings(disable=NOT_PATTERNS, spacy_models={"fi": str(pipeline)})
    rows = ["| PERSON, fi Turku dev | precision | recall | F1 |", "|---|---|---|---|"]
    for name, settings in (("Kartta", DetectorSettings()), ("the spaCy pipeline", spacy)):
        figure = _figure(data, settings)
        rows.append(f"| {name} | {figure.precision:.3f} | {figure.recall:.3f} | {figure.f1:.3f} |")
    return "\n".join((*rows, ""))


def _figure(data: Path, settings: DetectorSettings) -> Figure:
    figures = public_texts(data, Analyser(settings, KEY))
    wanted = ("fi Turku", "PERSON")
    return next(figure for name, entity, figure in figures if (name, entity) == wanted)


def _one_by_one(count: Callable[[str], int]) -> Reading:
    return lambda texts: sum(map(count, texts))


def _scanning() -> Reading:
    """Run the one pass and the checks: no context, overlaps, masks or hashes."""
    patterns, _ = recognizers(DetectorSettings())
    in_prose = [each for each in patterns if each.context_reach or not each.needs_context]
    engine = PatternEngine(in_prose)
    return _one_by_one(
        lambda text: sum(
            ours.confirm(match) is not None for ours, match in engine.scan(prepare(text).text)
        )
    )


def _analysing(settings: DetectorSettings) -> Reading:
    """Examine each text as an asset, as a folder's files are."""
    analyser = Analyser(settings, KEY)
    return _one_by_one(lambda text: _found(analyser, segments(text, WHOLE)))


def _analysing_together() -> Reading:
    """Examine all texts as parts of one asset, as a mailbox or a table is."""
    analyser = Analyser(DetectorSettings(), KEY)
    return lambda texts: _found(
        analyser,
        (
            segment
            for number, text in enumerate(texts)
            for segment in segments(text, WHOLE.page(number))
        ),
    )


def _found(analyser: Analyser, contents: Iterable[Segment]) -> int:
    return sum(sighting.count for sighting in analyser.examine(contents).sightings)


def _through_the_door(registry: Path) -> Reading:
    recognizer = presidio_recognizer(
        DetectorSettings(presidio_registry=registry.read_text("utf-8"))
    )
    assert recognizer is not None  # noqa: S101 - for the type checker; the settings name one
    return _one_by_one(
        lambda text: sum(1 for _ in recognizer.recognize(list(segments(text, WHOLE))))
    )


def _directly() -> Reading:
    evidence = Evidence(_USERS_SCORE, ("pattern",))
    native = PatternRecognizer("user", "POSTAL_CODE", (_USERS_PATTERN,), lambda _: evidence)
    engine = PatternEngine([native])
    return _one_by_one(
        lambda text: sum(ours.confirm(match) is not None for ours, match in engine.scan(text))
    )


def _timed(read: Reading, texts: Sequence[str]) -> Pass:
    size = sum(len(encoded(text)) for text in texts)
    wall, cpu = time.perf_counter(), time.process_time()
    results = read(texts)
    return Pass(size, time.process_time() - cpu, time.perf_counter() - wall, results)


def _sum(passes: Iterable[Pass]) -> Pass:
    parts = list(passes)
    return Pass(
        sum(each.bytes for each in parts),
        sum(each.cpu for each in parts),
        sum(each.wall for each in parts),
        sum(each.results for each in parts),
    )


def _cpu(spent: Pass | Usage) -> float:
    return spent.cpu


def _memory(folder: Path) -> str:
    usage = run((sys.executable, "-m", "bench.throughput", "--worker", "whole"), folder)
    if usage.code:
        raise SystemExit((folder / "stderr.txt").read_text(encoding="utf-8"))
    return (
        f"One worker that reads all of it as files: {usage.peak / 1e6:.0f} MB at its peak"
        f" (aim: under {AIM_MEMORY} MB).\n"
    )


def _work(folder: Path) -> None:
    """Examine a folder in this process, as a worker does."""
    confine(Limits())
    source = config_for(str(folder))
    with open_source(source, Limits()) as connector:
        assets = tuple(connector.discover(None))
    job = Job(source, assets, Detectors(DetectorSettings(), "bench", KEY), Limits())
    for _ in scan_batch(job):
        pass


if __name__ == "__main__":
    main()
