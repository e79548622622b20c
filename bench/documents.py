"""Measure the document types: `python bench/documents.py [DATA]`.

Our own corpus (tests/corpus/hr) by language, which cues and weights are learnt from, and the texts
of `unseen`, which are not. Third-party material, if it is there: English CVs, and papers, notices
and news that are none of the types; of the first three the odd-numbered ones are learnt from. The
file names do not count here.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detectors.documents.classify import Document, Verdict, classify
from detectors.documents.lexicon import LANGUAGES, OTHER
from detectors.documents.parts import Documents
from scanner.connectors.registry import open_source
from scanner.connectors.targets import config_for
from scanner.extract.base import Limits
from scanner.model import Segment
from scanner.work import guarded
from tests.corpus.load import CORPUS, UNSEEN, documents

ROOT = Path(__file__).resolve().parent.parent
NEWS_SENTENCES = 40


@dataclass(frozen=True, slots=True)
class Case:
    """A document, what it is, and what we said."""

    group: str
    name: str
    is_even: bool
    expected: str
    verdict: Verdict


def main() -> None:
    """Print macro F1 and the errors of the odd-numbered documents."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--errors", action="store_true", help="show errors of odd documents")
    given = parser.parse_args()
    cases = [*_ours(), *_theirs(given.data)]
    groups: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.group].append(case)
    print("| documents | number | right | macro F1 | even: number | right | macro F1 |")
    print("|---|---|---|---|---|---|---|")
    ours = [case for case in cases if case.group.startswith("ours")]
    unseen = [case for case in cases if case.group.startswith("unseen")]
    together = (("ours, all", ours), ("unseen, all", unseen), ("everything", cases))
    for name, members in (*sorted(groups.items()), *together):
        print(f"| {name} | {_row(members)} | {_row([each for each in members if each.is_even])} |")
    print()
    for kind in sorted({case.expected for case in cases}):
        print(f"{kind}: {_prf(cases, kind)}  even: {_prf([c for c in cases if c.is_even], kind)}")
    if given.errors:
        for case in cases:
            read = not case.is_even and not case.group.startswith("unseen")
            if read and case.verdict.type != case.expected:
                print(case.group, case.name, case.expected, case.verdict)


def _ours() -> Iterator[Case]:
    for language in LANGUAGES:
        for group, corpus in (("ours", CORPUS), ("unseen", UNSEEN)):
            for document in documents(language, corpus):
                is_even = int(document.name.rpartition("-")[2]) % 2 == 0
                verdict = classify(Document(document.text))
                yield Case(f"{group} {language}", document.name, is_even, document.type, verdict)


def _theirs(data: Path) -> Iterator[Case]:
    for folder, expected in (
        ("cv_dotin/train_xml", "CV"),
        ("docs_tika", OTHER),
        ("docs_pypdf", OTHER),
        ("notices_recruitment", OTHER),
    ):
        if (data / folder).is_dir():
            for number, (name, verdict) in enumerate(_files(data / folder)):
                yield Case(folder, name, number % 2 == 0, expected, verdict)
    for path in sorted((data / "ner_unified").glob("*.dev.jsonl")):
        sentences = [" ".join(json.loads(line)["tokens"]) for line in path.open(encoding="utf-8")]
        for number, at in enumerate(range(0, len(sentences), NEWS_SENTENCES)):
            text = "\n".join(sentences[at : at + NEWS_SENTENCES])
            name = f"{path.stem}:{at}"
            yield Case("ner_unified", name, number % 2 == 0, OTHER, classify(Document(text)))


def _files(folder: Path) -> Iterator[tuple[str, Verdict]]:
    with open_source(config_for(str(folder)), Limits()) as connector:
        for asset in connector.discover(None):
            parts = Documents()
            for content in guarded(connector, asset):
                if isinstance(content, Segment):
                    parts.add(content)
            for place, verdict in parts.verdicts():
                yield "/".join((asset.path, *place)), verdict


def _row(cases: list[Case]) -> str:
    if not cases:
        return "0 | - | -"
    right = sum(case.verdict.type == case.expected for case in cases)
    kinds = {case.expected for case in cases}
    scores = [_f1(cases, kind) for kind in kinds]
    return f"{len(cases)} | {right / len(cases):.3f} | {sum(scores) / len(scores):.3f}"


def _counts(cases: list[Case], kind: str) -> tuple[int, int, int]:
    both = sum(case.verdict.type == kind == case.expected for case in cases)
    said = Counter(case.verdict.type for case in cases)[kind]
    true = Counter(case.expected for case in cases)[kind]
    return both, said, true


def _f1(cases: list[Case], kind: str) -> float:
    both, said, true = _counts(cases, kind)
    return 2 * both / (said + true) if said + true else 1.0


def _prf(cases: list[Case], kind: str) -> str:
    both, said, true = _counts(cases, kind)
    return f"P {both}/{said} R {both}/{true} F1 {_f1(cases, kind):.3f}"


if __name__ == "__main__":
    main()
