"""Measure what a confidence is worth: `python -m bench.calibration`.

Of the detections that are shown with a confidence, the share that is right, on the project's
labelled texts (`tests/corpus`) and on those that nobody reads who improves detection (`unseen`).
One is right if it overlaps a label of its entity. ECE is the expected calibration error: how far
the mean confidence of a bin is from its share of right ones, weighted by the detections in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.detect import LANGUAGES
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

BINS = 10
LOWEST = 4
"""The first bin in which detections are shown: .4 to .5."""
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, and whether a reader agrees."""

    entity: str
    confidence: float
    is_right: bool
    """It overlaps a label of its entity."""
    is_exact: bool
    """It is that label, to the character."""


def judged(
    text: str, spans: Iterable[Span], entities: frozenset[str], analyser: Analyser
) -> Iterator[Judged]:
    """Compare what is found in a text with its labels; other entities are not judged."""
    labels = list(spans)
    for segment, detection in analyser.detect(segments(text, WHOLE)):
        entity = "URL" if detection.entity == "PROFILE_URL" else detection.entity
        if entity not in entities:
            continue
        start, end = segment.offset + detection.start, segment.offset + detection.end
        met = [each for each in labels if each.entity == entity and _overlap(each, start, end)]
        is_exact = any((each.start, each.end) == (start, end) for each in met)
        yield Judged(entity, detection.confidence, is_right=bool(met), is_exact=is_exact)


def calibration_error(detections: Iterable[Judged]) -> float:
    """Give the ECE over ten bins.

    >>> calibration_error([Judged("URL", 0.75, True, True), Judged("URL", 0.75, False, False)])
    0.25
    """
    bins = _by_bin(detections)
    total = sum(map(len, bins.values()))
    gaps = (abs(len(each) * (_right(each) - _mean(each))) for each in bins.values())
    return sum(gaps) / total if total else 0.0


def bins_table(sets: dict[str, list[Judged]]) -> str:
    """Write, for each set and bin, how many detections it has and how many are right."""
    numbers = range(LOWEST, BINS)
    titles = [f".{number}-{(number + 1) / BINS:.1f}".replace("-0", "-") for number in numbers]
    rows = [f"| texts | {' | '.join(titles)} | ECE |", "|---" * (len(titles) + 2) + "|"]
    for name, detections in sets.items():
        bins = _by_bin(detections)
        cells = [_cell(bins.get(number, [])) for number in numbers]
        rows.append(f"| {name} | {' | '.join(cells)} | {calibration_error(detections):.3f} |")
    return "\n".join(rows)


def sure_table(sets: dict[str, list[Judged]]) -> str:
    """Write, for each set and entity, how many of the surest detections are right."""
    rows = [
        f"| texts | entity | detections at {SURE} or more | right | exact | mean confidence |",
        "|---|---|---|---|---|---|",
    ]
    for name, detections in sets.items():
        sure = [each for each in detections if each.confidence >= SURE]
        for entity in ("all", *sorted({each.entity for each in sure})):
            some = [each for each in sure if entity in {"all", each.entity}]
            if some:
                rows.append(
                    f"| {name} | {entity} | {len(some)} | {_right(some):.3f}"
                    f" | {sum(each.is_exact for each in some) / len(some):.3f}"
                    f" | {_mean(some):.3f} |"
                )
    return "\n".join(rows)


def own_sets(analyser: Analyser) -> dict[str, list[Judged]]:
    """Judge the project's own texts: documents, and sentences on special categories."""
    sets: dict[str, list[Judged]] = {}
    for prefix, corpus in (("", CORPUS), ("unseen ", UNSEEN)):
        sets[f"{prefix}hr"] = list(_in_documents(corpus, analyser))
        sets[f"{prefix}special"] = list(_in_sentences(corpus, analyser))
        sets[f"{prefix}together"] = sets[f"{prefix}hr"] + sets[f"{prefix}special"]
    return sets


def main() -> None:
    """Measure and print."""
    sets = own_sets(Analyser(DetectorSettings(), bytes(32)))
    print("Findings, and the share of them that is right, by confidence.\n")
    print(bins_table(sets))
    print()
    print(sure_table(sets))


def _in_documents(corpus: Path, analyser: Analyser) -> Iterator[Judged]:
    for language in LANGUAGES:
        for document in documents(language, corpus):
            wanted = ENTITIES - SPECIAL_CATEGORIES
            yield from judged(document.text, document.spans, wanted, analyser)


def _in_sentences(corpus: Path, analyser: Analyser) -> Iterator[Judged]:
    for language in LANGUAGES:
        for sentence in sentences(language, corpus):
            yield from judged(sentence.text, sentence.spans, SPECIAL_CATEGORIES, analyser)


def _overlap(label: Span, start: int, end: int) -> bool:
    return label.start < end and start < label.end


def _by_bin(detections: Iterable[Judged]) -> dict[int, list[Judged]]:
    bins: dict[int, list[Judged]] = {}
    for each in detections:
        # Rounded: 0.7 * 10 is a little less than 7 in some sums.
        number = min(int(round(each.confidence * BINS, 6)), BINS - 1)
        bins.setdefault(number, []).append(each)
    return bins


def _right(detections: list[Judged]) -> float:
    return sum(each.is_right for each in detections) / len(detections)


def _mean(detections: list[Judged]) -> float:
    return sum(each.confidence for each in detections) / len(detections)


def _cell(detections: list[Judged]) -> str:
    return f"{len(detections)}: {_right(detections):.2f}" if detections else "none"


if __name__ == "__main__":
    main()
