"""Learn what facts and mere mentions look like: `python -m tools.special.train [--data DIR]`.

Reads the labelled sentences of `tests/corpus/special`, those of this folder, and as sentences that
state little the news of public corpora if they are there; prints F1 by cross-validation over folds
of lines, which cut through all languages alike; writes `detectors/special/weights.json`. Needs
numpy and scikit-learn beside what the product needs. The same texts give the same file.
"""

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.detect import _split as news_texts
from detectors.special.lexicon import LANGUAGES
from detectors.special.recognizers import SpecialCategories, joined
from detectors.special.weigh import THRESHOLD, Sighting, signs
from tests.corpus.load import CORPUS, SPECIAL_CATEGORIES, parse, read_document, sentences

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "detectors" / "special" / "weights.json"
NEWS = ("fi_turku", "sv_uner", "sv_klintan", "no_nob", "no_nno", "da_uner", "en_btc_b",
        "en_btc_f", "en_btc_g", "en_sec", "en_wnut17")  # fmt: skip
_FOLDS = 6
_STRENGTH = 0.2
_NEWS_WEIGHT = 0.2
_NEWS_SHARE = 0.5
_FEWEST = 3
"""Mentions that must bear a sign for it to get a weight."""
_LEAST = 0.04
_LAST_DOCUMENT = 10
_LONG = 400

Place = tuple[str, int, int]
_RECOGNIZER = SpecialCategories()


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line and what the lexicon sees in it."""

    language: str
    number: int
    text: str
    gold: tuple[Place, ...]
    seen: tuple[tuple[Sighting, tuple[str, ...]], ...]
    invented: bool
    """From this folder, not from the corpus."""


def main() -> None:
    """Cross-validate, train on all lines, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--check", action="store_true", help="cross-validate first")
    arguments = parser.parse_args()
    lines = list(_lines())
    news = list(_news(arguments.data / "ner_unified"))
    if arguments.check:
        _cross_validate(lines, news)
    model, names = _fit(lines, news)
    weights = {
        name: round(float(weight), 2)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= _LEAST
    }
    weights[""] = round(weights.get("", 0.0) + float(model.intercept_[0]), 2)
    text = json.dumps(dict(sorted(weights.items())), ensure_ascii=False, indent=0)
    WEIGHTS.write_text(text + "\n", "utf-8")
    print(len(weights), "weights")


def _lines() -> Iterator[Line]:
    for language in LANGUAGES:
        corpus = [(each.text, each.spans, False) for each in sentences(language)]
        path = Path(__file__).parent / "sentences" / f"{language}.txt"
        own = [
            (*parse(path.name, line), True)
            for line in path.read_text("utf-8").splitlines()
            if line and not line.startswith("#")
        ]
        for part in (corpus, own):
            for number, (text, spans, invented) in enumerate(part):
                gold = tuple(
                    (each.entity, each.start, each.end)
                    for each in spans
                    if each.entity in SPECIAL_CATEGORIES
                )
                yield Line(language, number, text, gold, _seen(text), invented)
        yield from _documents(language)


def _documents(language: str) -> Iterator[Line]:
    """Give the documents of the corpus up to the tenth of each kind; later ones are held out."""
    for number, path in enumerate(sorted((CORPUS / "hr" / language).glob("*-[01][0-9].txt"))):
        if int(path.stem.rpartition("-")[2]) <= _LAST_DOCUMENT:
            document = read_document(path.stem, path.read_text("utf-8"))
            gold = tuple(
                (each.entity, each.start, each.end)
                for each in document.spans
                if each.entity in SPECIAL_CATEGORIES
            )
            yield Line(language, number, document.text, gold, _seen(document.text), invented=False)


def _news(folder: Path) -> Iterator[tuple[str, ...]]:
    chance = random.Random(1)
    for name in NEWS:
        path = folder / f"{name}.train.jsonl"
        for each in news_texts(path) if path.exists() else ():
            if chance.random() < _NEWS_SHARE:
                for _, marks in _seen(each.text):
                    yield marks


def _seen(text: str) -> tuple[tuple[Sighting, tuple[str, ...]], ...]:
    return tuple(
        (sighting, tuple(signs(sighting, around)))
        for sighting, around in _RECOGNIZER.sightings(text, least=-math.inf)
    )


def _fit(
    lines: Sequence[Line], news: Sequence[tuple[str, ...]]
) -> tuple[LogisticRegression, list[str]]:
    bearers: Counter[str] = Counter()
    rows: list[tuple[tuple[str, ...], bool, float]] = []
    for line in lines:
        for sighting, marks in line.seen:
            bearers.update(set(marks))
            hit = any(_meets(sighting.place, each) for each in line.gold)
            if hit or len(line.text) > _LONG or all(e[0] != sighting.place[0] for e in line.gold):
                rows.append((marks, hit, 1.0))
    rows += [(marks, False, _NEWS_WEIGHT) for marks in news]
    vectorizer = DictVectorizer()
    matrix = _narrow(vectorizer.fit_transform(
        [{mark: 1 for mark in marks if bearers[mark] >= _FEWEST} for marks, _, _ in rows]
    ))  # fmt: skip
    model = LogisticRegression(C=_STRENGTH, max_iter=2000, solver="liblinear", random_state=1)
    model.fit(matrix, [hit for _, hit, _ in rows], sample_weight=[each[2] for each in rows])
    return model, list(vectorizer.get_feature_names_out())


def _narrow(matrix):  # noqa: ANN001, ANN202 - scipy has no types
    """Let indices be as narrow as the solver wants them."""
    matrix.indices = matrix.indices.astype("int32")
    matrix.indptr = matrix.indptr.astype("int32")
    return matrix


def _cross_validate(lines: Sequence[Line], news: Sequence[tuple[str, ...]]) -> None:
    found: dict[int, tuple[list[Place], list[Place]]] = {}
    for fold in range(_FOLDS):
        model, names = _fit([each for each in lines if each.number % _FOLDS != fold], news)
        weights = dict(zip(names, model.coef_[0], strict=True))
        for index, line in enumerate(lines):
            if line.number % _FOLDS == fold:
                rules = [s.place for s, _ in line.seen if s.evidence]
                weighed = [
                    s.place
                    for s, marks in line.seen
                    if model.intercept_[0] + sum(weights.get(mark, 0) for mark in marks)
                    >= THRESHOLD
                ]
                found[index] = joined(rules, line.text), joined(weighed, line.text)
    for invented in (False, True):
        for language in LANGUAGES:
            chosen = [
                index
                for index, each in enumerate(lines)
                if each.language == language and each.invented == invented
            ]
            figures = [
                f"{_f1([(lines[index].gold, found[index][way]) for index in chosen]):.3f}"
                for way in (0, 1)
            ]
            print("own" if invented else "corpus", language, "rules, weighed:", *figures)


def _f1(pairs: Sequence[tuple[Sequence[Place], Sequence[Place]]]) -> float:
    right = sum(any(_meets(one, other) for other in gold) for gold, seen in pairs for one in seen)
    met = sum(any(_meets(one, other) for other in seen) for gold, seen in pairs for one in gold)
    precision = right / max(1, sum(len(seen) for _, seen in pairs))
    recall = met / max(1, sum(len(gold) for gold, _ in pairs))
    return 2 * precision * recall / max(1e-9, precision + recall)


def _meets(one: Place, other: Place) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


if __name__ == "__main__":
    main()
