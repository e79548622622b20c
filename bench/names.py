"""Names: exact spans on the dev splits, on the labelled HR texts and on real CVs, and speed.

python -m bench.names
"""

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.names.model import NameModel
from detectors.names.tokens import tokens_of
from scanner.locator import WHOLE
from scanner.model import Segment
from tests.corpus.load import documents
from tools.names.corpora import DEV
from tools.names.measure import Score, row, split_scores

SHARED = Path("../shared/data")
LANGUAGES = ("fi", "sv", "nb", "nn", "da", "en")
Places = set[tuple[int, int]]
Finder = Callable[[str, str], Places]
_LABEL = re.compile(r"<label type=\"([^\"]*)\">|</label>|<[^>]+>")


def main() -> None:
    print("| dev split | kind | cases | P | R | F1 |\n|---|---|---|---|---|---|")
    for language, name in DEV.items():
        for kind, score in split_scores(SHARED / f"ner_unified/{name}.jsonl").items():
            print(f"| {language} {name} | {kind} | {row(score)} |", flush=True)
    find = product()
    print("\n| HR texts | half | kind | cases | P | R | F1 |\n|---|---|---|---|---|---|---|")
    for language in LANGUAGES:
        for entity in ("PERSON", "LOCATION"):
            for half, parity in (("odd", 0), ("even", 1), ("all", None)):
                score = hr_score(language, entity, parity, find)
                print(f"| {language} | {half} | {entity} | {row(score)} |", flush=True)
    labelled = found = 0
    for text, names in resumes(SHARED / "cv_dotin/train_xml"):
        seen = find(text, "PERSON")
        labelled += len(names)
        found += sum(any(a < end and start < b for a, b in seen) for start, end in names)
    print(f"\ncv_dotin: {found} of {labelled} names met ({found / labelled:.3f})")
    print(f"speed: {speed():,.0f} tokens a second on one core, names alone")


def product() -> Finder:
    """Ask the whole product, so that addresses and the like have their say."""
    analyser = Analyser(DetectorSettings(), b"k" * 16)

    def find(text: str, entity: str) -> Places:
        return {
            (each.start, each.end)
            for _, each in analyser.detect([Segment(WHOLE, text)])
            if each.entity == entity
        }

    return find


def hr_score(language: str, entity: str, parity: int | None, find: Finder) -> Score:
    """Score the documents of a language; parity 0 takes the first, third and so on."""
    right = labelled = found = 0
    for number, document in enumerate(documents(language)):
        if parity is not None and number % 2 != parity:
            continue
        gold = {(span.start, span.end) for span in document.spans if span.entity == entity}
        seen = find(document.text, entity)
        right += len(gold & seen)
        labelled += len(gold)
        found += len(seen)
    return Score(right, labelled, found)


def resumes(folder: Path) -> Iterator[tuple[str, Places]]:
    """Give the CVs without markup, and where their labels of names lie."""
    for path in sorted(folder.glob("*.xml")):
        source = path.read_text("utf-8", errors="replace")
        pieces: list[str] = []
        names: Places = set()
        length = position = 0
        opened: tuple[str, int] | None = None
        for mark in _LABEL.finditer(source):
            pieces.append(source[position : mark.start()])
            length += mark.start() - position
            position = mark.end()
            if mark[1] is not None:
                opened = (mark[1], length)
            elif mark.group() == "</label>" and opened is not None:
                if opened[0] == "Name" and length > opened[1]:
                    names.add((opened[1], length))
                opened = None
        pieces.append(source[position:])
        yield "".join(pieces), names


def speed() -> float:
    """Give tokens a second, from text to spans, on the labelled texts; the first time warms up."""
    segments = [
        Segment(WHOLE, document.text) for language in LANGUAGES for document in documents(language)
    ]
    count = sum(1 for segment in segments for _ in tokens_of(segment.text))
    model = NameModel()
    rates = []
    for _ in range(3):
        began = time.process_time()
        list(model.recognize(segments))
        rates.append(count / (time.process_time() - began))
    return rates[0] if "--cold" in sys.argv else max(rates)


if __name__ == "__main__":
    main()
