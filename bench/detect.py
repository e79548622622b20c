"""Measure detection: `python -m bench.detect [--data ../shared/data] [--write]`.

Precision, recall and F1 for each entity and language on the project's own labelled texts
(`tests/corpus`) and, where they are there, on public corpora that are not part of the project. With
`--write` the figures go into `docs/detection.yaml`, against which `tests/test_quality.py` holds
every change: a figure that drops by more than its noise fails.
"""

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from scanner.extract.base import segments
from scanner.locator import WHOLE
from tests.corpus.load import (
    CORPUS,
    ENTITIES,
    SPECIAL_CATEGORIES,
    UNSEEN,
    Span,
    documents,
    sentences,
)

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "docs" / "detection.yaml"
LANGUAGES = ("fi", "sv", "nb", "nn", "da", "en")
DEV_SPLITS = {
    "fi Turku": "fi_turku.dev",
    "sv UNER": "sv_uner.dev",
    "nb NorNE": "no_nob.dev",
    "nn NorNE": "no_nno.dev",
    "da UNER": "da_uner.dev",
    "en EWT": "en_uner_ewt.dev",
    "en WNUT17": "en_wnut17.dev",
}
NO_SPACE_BEFORE = re.compile(r"^[.,:;!?)\]}%”\u2019]+$")


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """How one entity fares in one set of texts."""

    hits: int
    """Detections that are right."""
    found: int
    """Detections."""
    there: int
    """Labels."""
    met: int
    """Labels that were found; differs from `hits` where overlap counts."""

    @property
    def precision(self) -> float:
        """Share of the detections that are right."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the labels that were found."""
        return self.met / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def noise(self) -> float:
        """Two standard errors of the F1, taken as a share of the labels."""
        cases = max(self.there, 1)
        return 2 * math.sqrt(max(self.f1 * (1 - self.f1), 1 / cases) / cases)


def measure(
    texts: Iterable[Text], entities: frozenset[str], analyser: Analyser, *, overlap: bool = False
) -> dict[str, Figure]:
    """Compare detections with labels, by exact span or by overlap."""
    counts: dict[str, Counter[str]] = {entity: Counter() for entity in entities}
    for text in texts:
        seen = _detected(text.text, analyser, entities)
        for entity in entities:
            gold = {(s.start, s.end) for s in text.spans if s.entity == entity}
            hits = {span for span in seen[entity] if _meets(span, gold, overlap=overlap)}
            met = {span for span in gold if _meets(span, seen[entity], overlap=overlap)}
            counts[entity].update(
                hits=len(hits), found=len(seen[entity]), there=len(gold), met=len(met)
            )
    return {
        entity: Figure(c["hits"], c["found"], c["there"], c["met"])
        for entity, c in sorted(counts.items())
        if c["there"] or c["found"]
    }


def own_texts(analyser: Analyser) -> Iterator[tuple[str, str, Figure]]:
    """Measure the project's own texts: (set, entity, figure)."""
    everywhere: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for corpus, prefix in ((UNSEEN, "unseen "), (CORPUS, "")):
        for language in LANGUAGES:
            hr = [Text(each.text, each.spans) for each in documents(language, corpus)]
            for entity, figure in measure(hr, ENTITIES - SPECIAL_CATEGORIES, analyser).items():
                yield f"{prefix}hr {language}", entity, figure
                everywhere[f"{prefix}hr", entity].append(figure)
            special = [Text(each.text, each.spans) for each in sentences(language, corpus)]
            figures = measure(special, SPECIAL_CATEGORIES, analyser, overlap=True)
            for entity, figure in figures.items():
                yield f"{prefix}special {language}", entity, figure
                everywhere[f"{prefix}special", entity].append(figure)
            yield f"{prefix}special {language}", "all", _together(figures.values())
    for (name, entity), parts in everywhere.items():
        yield f"{name} all", entity, _together(parts)


def public_texts(data: Path, analyser: Analyser) -> Iterator[tuple[str, str, Figure]]:
    """Measure public corpora, as far as they are there."""
    for name, file in DEV_SPLITS.items():
        path = data / "ner_unified" / f"{file}.jsonl"
        if path.exists():
            wanted = frozenset({"PERSON", "LOCATION"})
            for entity, figure in measure(_split(path), wanted, analyser).items():
                yield name, entity, figure
    presidio = next(iter(sorted((data / "pii_presidio").glob("*.json"))), None)
    if presidio:
        wanted = frozenset({"PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "IBAN_CODE", "CREDIT_CARD"})
        for entity, figure in measure(_presidio(presidio), wanted, analyser, overlap=True).items():
            yield "en presidio, overlap", entity, figure


def _detected(
    text: str, analyser: Analyser, entities: frozenset[str]
) -> dict[str, set[tuple[int, int]]]:
    seen: dict[str, set[tuple[int, int]]] = {entity: set() for entity in entities}
    for segment, detection in analyser.detect(segments(text, WHOLE)):
        entity = "URL" if detection.entity == "PROFILE_URL" else detection.entity
        if entity in seen:
            seen[entity].add((segment.offset + detection.start, segment.offset + detection.end))
    return seen


def _meets(span: tuple[int, int], others: set[tuple[int, int]], *, overlap: bool) -> bool:
    if not overlap:
        return span in others
    return any(span[0] < other[1] and other[0] < span[1] for other in others)


def _together(figures: Iterable[Figure]) -> Figure:
    parts = list(figures)
    return Figure(
        sum(each.hits for each in parts),
        sum(each.found for each in parts),
        sum(each.there for each in parts),
        sum(each.met for each in parts),
    )


def _split(path: Path) -> Iterator[Text]:
    """Read sentences of tokens and IOB2 tags, thirty to a text, as they would stand in one."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for start in range(0, len(lines), 30):
        text, spans = "", []
        for line in lines[start : start + 30]:
            tokens, tags = line["tokens"], line.get("tags") or line["ner"]
            opened: tuple[int, str] | None = None
            for token, tag in zip(tokens, tags, strict=True):
                if opened and not tag.startswith("I-"):
                    spans.append(Span(opened[0], len(text), opened[1]))
                    opened = None
                if text and not text.endswith("\n") and not NO_SPACE_BEFORE.match(token):
                    text += " "
                if tag in {"B-PER", "B-LOC"}:
                    opened = (len(text), "PERSON" if tag == "B-PER" else "LOCATION")
                text += token
            if opened:
                spans.append(Span(opened[0], len(text), opened[1]))
            text += "\n"
        yield Text(text, tuple(spans))


def _presidio(path: Path) -> Iterator[Text]:
    for entry in json.loads(path.read_text("utf-8")):
        yield Text(
            entry["full_text"],
            tuple(
                Span(span["start_position"], span["end_position"], span["entity_type"])
                for span in entry["spans"]
            ),
        )


def table(figures: Iterable[tuple[str, str, Figure]]) -> str:
    """Write figures as Markdown."""
    rows = ["| texts | entity | labels | precision | recall | F1 |", "|---|---|---|---|---|---|"]
    rows += [
        f"| {name} | {entity} | {f.there} | {f.precision:.3f} | {f.recall:.3f} | {f.f1:.3f} |"
        for name, entity, f in figures
    ]
    return "\n".join(rows)


def overview(figures: Sequence[tuple[str, str, Figure]], corpus: str) -> str:
    """Write F1 and labels of a corpus, entities by languages, as Markdown."""
    cells: dict[str, dict[str, str]] = {}
    for name, entity, f in figures:
        kind, _, language = name.removeprefix(corpus).rpartition(" ")
        if not name.startswith(corpus) or kind not in {"hr", "special"}:
            continue
        if language in LANGUAGES and f.there:
            row = "special categories" if entity == "all" else entity
            cells.setdefault(row, {})[language] = f"{f.f1:.2f} ({f.there})"
    rows = [f"| entity | {' | '.join(LANGUAGES)} |", "|---" * (len(LANGUAGES) + 1) + "|"]
    rows += [
        f"| {entity} | {' | '.join(found.get(each, '') for each in LANGUAGES)} |"
        for entity, found in cells.items()
    ]
    return "\n".join(rows)


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="write docs/detection.yaml")
    arguments = parser.parse_args()
    analyser = Analyser(DetectorSettings(), bytes(32))
    own = list(own_texts(analyser))
    print(table(own))
    for corpus in ("unseen ", ""):
        print(f"\n{corpus or 'all other '}texts of ours, F1 (labels)\n\n{overview(own, corpus)}")
    print()
    print(table(public_texts(arguments.data, analyser)))
    if arguments.write:
        figures: dict[str, dict[str, dict[str, float | int]]] = {}
        for name, entity, figure in own:
            values = {
                "f1": round(figure.f1, 3), "noise": round(figure.noise, 3), "labels": figure.there
            }  # fmt: skip
            figures.setdefault(name, {})[entity] = values
        FIGURES.write_text(yaml.safe_dump(figures, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
