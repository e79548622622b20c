"""Learn what documents look like: `python -m tools.documents.train [--data DIR]`.

Reads the whole documents of `tools/names/templates`, those of `tests/corpus/hr`, and if they are
there third-party material: news and papers as OTHER, and CVs; prints macro F1 by cross-validation; writes
`detectors/documents/model.xz`. Needs scikit-learn beside what the product needs. The same texts
give the same file.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from detectors.documents.classify import LOOKED_AT, Document, Verdict
from detectors.documents.lexicon import LANGUAGES, OTHER, lines_of
from detectors.documents.model import Model, packed
from detectors.documents.parts import Documents
from detectors.documents.signs import signs_of
from detectors.documents.weigh import layout_of, weighed
from scanner.connectors.registry import open_source
from scanner.connectors.targets import config_for
from scanner.extract.base import Limits
from scanner.model import Segment
from scanner.work import guarded
from tests.corpus.load import documents
from tools.names.packs import PACKS, Pack

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "detectors" / "documents" / "model.xz"
TEMPLATES = ROOT / "tools" / "names" / "templates"
SEED = 7
_FOLDS = 5
_STRENGTH = 0.3
_NEWS_WEIGHT = 0.6
_THEIR_WEIGHTS = {"cv_dotin/train_xml": 0.1, "docs_tika": 0.3, "docs_pypdf": 0.3}
"""Only the odd half is learnt from; `bench/documents.py` shows the even half apart."""
_NEWS_SENTENCES, _NEWS_EVERY, _NEWS_MOST = 40, 80, 2_400
_FEWEST = 2
"""Documents that must bear a sign for it to get a weight."""
_TYPE = re.compile(r"\A# type: (\w+)\n+")
_SLOT = re.compile(r"\{([A-Za-z])\d?(?:\.\w+)?\}")
_FILLED = {"A": "X 3, 12345 X", "E": "x@x.x", "H": "+45 123 45678", "N": "123-456"}
"""Nothing may be learnt from a name, so a letter stands for each word of one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A document to learn from."""

    source: str
    type: str
    signs: dict[str, float]
    weight: float = 1.0


def main() -> None:
    """Cross-validate, train on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    data = parser.parse_args().data
    news = [*_news(data / "ner_unified"), *_theirs(data)]
    samples = [*_templates(), *_corpus()]
    _cross_validate(samples, news)
    names, fitted = _fit([*samples, *news])
    weights = np.vstack([fitted.coef_.T, fitted.intercept_])
    rows = {name: row for row, name in enumerate(names)}
    SHIPPED.write_bytes(packed(Model(tuple(fitted.classes_), rows, weights)))
    print(len(rows), "signs,", SHIPPED.stat().st_size, "bytes")


def _templates() -> Iterator[Sample]:
    for language in LANGUAGES:
        chance = random.Random(SEED)
        for block in (TEMPLATES / f"{language}.txt").read_text("utf-8").split("\n%%\n"):
            if typed := _TYPE.match(block):
                yield _sample(
                    "templates", typed[1], _filled(block[typed.end() :], language, chance)
                )


def _corpus() -> Iterator[Sample]:
    for language in LANGUAGES:
        for document in documents(language):
            yield _sample("hr", document.type, document.text)


def _news(folder: Path) -> Iterator[Sample]:
    for path in sorted(folder.glob("*.train.jsonl")):
        lines = path.read_text("utf-8").splitlines()[:_NEWS_MOST]
        sentences = [" ".join(json.loads(line)["tokens"]) for line in lines]
        for start in range(0, len(sentences), _NEWS_EVERY):
            text = "\n".join(sentences[start : start + _NEWS_SENTENCES])
            yield _sample("news", OTHER, text, _NEWS_WEIGHT)


def _theirs(data: Path) -> Iterator[Sample]:
    for folder, weight in _THEIR_WEIGHTS.items():
        kind = OTHER if folder.startswith("docs") else "CV"
        if (data / folder).is_dir():
            for document in [*_files(data / folder)][1::2]:
                yield _sample("theirs", kind, document.text, weight)


def _files(folder: Path) -> Iterator[Document]:
    """Give the documents of a folder in the order of the bench."""
    with open_source(config_for(str(folder)), Limits()) as connector:
        for asset in connector.discover(None):
            seen: list[Document] = []
            parts = Documents(judge=partial(_noted, seen))
            for content in guarded(connector, asset):
                if isinstance(content, Segment):
                    parts.add(content)
            list(parts.verdicts())
            yield from seen


def _noted(seen: list[Document], document: Document) -> Verdict:
    seen.append(document)
    return Verdict(OTHER, 1.0, ())


def _sample(source: str, kind: str, text: str, weight: float = 1.0) -> Sample:
    text = text[:LOOKED_AT]
    lines = lines_of(text)
    layout = layout_of(text, lines)
    cues = weighed(lines, (), layout, is_mail=False)
    return Sample(source, kind, signs_of(text, lines, layout, cues), weight)


def _filled(template: str, language: str, chance: random.Random) -> str:
    pack = PACKS[language]
    return _SLOT.sub(lambda slot: _value(slot[1], pack, chance), template)


def _value(slot: str, pack: Pack, chance: random.Random) -> str:
    if slot in "Tt":
        title = chance.choice(pack.titles)
        return title.capitalize() if slot == "T" else title
    if slot == "X":
        return chance.choice(pack.headings)
    if slot == "Y":
        return str(chance.randint(1985, 2026))
    if slot == "D":
        return chance.choice(("3.4.2021", "2021-04-03", f"3. {chance.choice(pack.months)} 2021"))
    return _FILLED.get(slot, "X X" if slot in "PRCV" else "X")


def _fit(samples: Sequence[Sample]) -> tuple[list[str], LogisticRegression]:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([each.signs for each in samples])
    kept = np.asarray((matrix != 0).sum(axis=0)).ravel() >= _FEWEST
    vectorizer.restrict(kept)
    fitted = LogisticRegression(C=_STRENGTH, max_iter=1_000)
    fitted.fit(
        matrix[:, kept],
        [each.type for each in samples],
        sample_weight=[each.weight for each in samples],
    )
    return list(vectorizer.get_feature_names_out()), fitted


def _cross_validate(samples: Sequence[Sample], news: Sequence[Sample]) -> None:
    types = np.array([each.type for each in samples])
    sources = np.array([each.source for each in samples])
    said = np.empty(len(samples), types.dtype)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED)
    for learnt, held in folds.split(samples, types):
        _foretell(samples, news, learnt, held, said)
    for source in ("templates", "hr"):
        of = sources == source
        print(f"{source}: macro F1 {_f1(types[of], said[of]):.3f} by cross-validation")
    of = sources == "hr"
    _foretell(samples, news, np.flatnonzero(~of), np.flatnonzero(of), said)
    print(f"hr: macro F1 {_f1(types[of], said[of]):.3f} by the templates alone")


def _foretell(
    samples: Sequence[Sample],
    news: Sequence[Sample],
    learnt: npt.NDArray[np.intp],
    held: npt.NDArray[np.intp],
    said: npt.NDArray[np.str_],
) -> None:
    names, fitted = _fit([*(samples[at] for at in learnt), *news])
    vectorizer = DictVectorizer().fit([dict.fromkeys(names, 1.0)])
    said[held] = fitted.predict(vectorizer.transform([samples[at].signs for at in held]))


def _f1(true: npt.NDArray[np.str_], said: npt.NDArray[np.str_]) -> float:
    return float(f1_score(true, said, average="macro"))


if __name__ == "__main__":
    main()
