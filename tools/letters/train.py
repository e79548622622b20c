"""Learn what letters say: `python -m tools.letters.train [--cross] [--hand NAME …]`.

Reads the letters of `texts`; writes `detectors/letters/model.xz`. With `--cross` each hand is left
out in turn and what is learnt from the others is tried on it: precision and recall by kind. Needs
scikit-learn beside what the product needs. The same texts give the same file.
"""

import argparse
import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from detectors.letters.model import Model, packed
from detectors.letters.newtext import sentences
from detectors.letters.read import CIRCUMSTANCES, KINDS, OTHER, SURE, Letter, Way, circumstances
from detectors.letters.signs import signs_of, words_of
from tools.letters.texts import Labelled, hands, labelled

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "detectors" / "letters" / "model.xz"
NEWS = "news"
_NEWS_SENTENCES, _NEWS_MOST = 8, 1_200
_PASSED = 0.97
"""Of letters that say something, by hands not seen: the share that the gate lets through."""
_POWER = 0.25
_SCALE = 2.5
_STRENGTH = 1.0
_TOGETHER_STRENGTH = 0.3
_FEWEST = 2
"""Letters that must bear a sign for it to get a weight."""
_SHORT, _SHORT_WEIGHT = "E", 0.6
"""A hand that wrote a sentence where others wrote a letter counts less in the second layer."""

_NEWS_WEIGHT = 0.05
_ORDINARY_WEIGHT = 1.5
"""There is more ordinary mail than the letters show."""

_Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled letter and its signs."""

    labelled: Labelled
    signs: frozenset[str]
    words: frozenset[str]


def main() -> None:
    """Cross-validate or learn from all and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cross", action="store_true")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    asked = parser.parse_args()
    samples = [sample(each) for hand in hands() for each in labelled(hand)]
    ordinary = [sample(each) for each in news(asked.data / "ner_unified")]
    if asked.cross:
        for hand, tried, sure in cross(samples, ordinary):
            report(hand, tried, sure)
        return
    known = learnt(samples, ordinary)
    SHIPPED.write_bytes(packed(known))
    print(len(known.rows), "signs,", SHIPPED.stat().st_size, "bytes")


def news(folder: Path) -> Iterator[Labelled]:
    """Give runs of sentences of news and the web: ordinary text, which says nothing to anybody."""
    for path in sorted(folder.glob("*.train.jsonl")):
        lines = path.read_text("utf-8").splitlines()[:_NEWS_MOST]
        said = [" ".join(json.loads(line)["tokens"]) for line in lines]
        for start in range(0, len(said), _NEWS_SENTENCES):
            letter = Letter("\n".join(said[start : start + _NEWS_SENTENCES]), "", Way.OUT)
            yield Labelled(NEWS, path.name, frozenset({OTHER}), "mail", letter)


def sample(each: Labelled) -> Sample:
    """Take a letter's signs."""
    own = [sentence.text for sentence in sentences(each.letter.text)]
    return Sample(
        each,
        frozenset(signs_of(own, each.letter.subject)),
        frozenset(words_of(" ".join([each.letter.subject, *own]))),
    )


def learnt(samples: Sequence[Sample], ordinary: Sequence[Sample]) -> Model:
    """Learn both layers: the second from what the first says of hands that it has not seen."""
    first = _first(samples, ordinary)
    unseen = np.zeros((len(samples), len(KINDS)))
    about = np.zeros(len(samples))
    for hand in sorted({each.labelled.hand for each in samples}):
        known = _first([each for each in samples if each.labelled.hand != hand], ordinary)
        for at, each in enumerate(samples):
            if each.labelled.hand == hand:
                unseen[at] = known.scores(each.signs)
                about[at] = known.about(each.words)
    says = np.array([each.labelled.kinds != {OTHER} for each in samples])
    gate = float(np.quantile(about[says], 1 - _PASSED))
    news_scores = np.array([first.scores(each.signs) for each in ordinary])
    together = _second([*samples, *ordinary], np.vstack([unseen, news_scores]))
    return replace(first, together=together, gate=gate)


def _first(samples: Sequence[Sample], ordinary: Sequence[Sample]) -> Model:
    """Learn what a text says, kind by kind, and whether it says anything at all."""
    counts = Counter(sign for each in samples for sign in each.signs | each.words)
    rows = {
        sign: row for row, sign in enumerate(sorted(s for s, n in counts.items() if n >= _FEWEST))
    }
    signs = _matrix([each.signs for each in samples], rows)
    columns = [
        _column(signs, np.array([kind in each.labelled.kinds for each in samples]))
        for kind in KINDS
    ]
    both = [*samples, *ordinary]
    says = np.array([each.labelled.kinds != {OTHER} for each in both])
    words = _matrix([each.words for each in both], rows)
    columns.append(_column(words, says))
    nothing = np.zeros((0, 0), np.float32)
    return Model(KINDS, rows, np.array(columns, np.float32).T, nothing, CIRCUMSTANCES, 0.0)


def _column(matrix: csr_matrix, is_kind: npt.NDArray[np.bool_]) -> list[float]:
    """Weigh the signs for one kind, each by how it leans already."""
    lean = _lean((matrix != 0).astype(np.float64), is_kind)
    fitted = LogisticRegression(C=_STRENGTH, max_iter=300, solver="liblinear")
    fitted.fit(matrix @ diags(lean), is_kind)
    return [*(fitted.coef_[0] * lean * _SCALE), fitted.intercept_[0]]


def _lean(present: csr_matrix, is_kind: npt.NDArray[np.bool_]) -> _Matrix:
    """Say how much likelier each sign is in letters of a kind than in others (naive Bayes)."""
    of_kind = 1 + np.asarray(present[is_kind].sum(axis=0)).ravel()
    of_rest = 1 + np.asarray(present[~is_kind].sum(axis=0)).ravel()
    leans: _Matrix = np.log(of_kind / of_kind.sum() / (of_rest / of_rest.sum()))
    return leans


def _matrix(letters: Sequence[Collection[str]], rows: dict[str, int]) -> csr_matrix:
    values: list[float] = []
    columns: list[int] = []
    starts = [0]
    for signs in letters:
        known = sorted(rows[sign] for sign in signs if sign in rows)
        columns += known
        values += [_SCALE * len(signs) ** -_POWER if signs else 0.0] * len(known)
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(letters), len(rows)))


def _second(samples: Sequence[Sample], unseen: _Matrix) -> npt.NDArray[np.float32]:
    """Learn what kinds and envelope say of each other; each letter also without its envelope."""
    known = np.array([_given(circumstances(each.labelled.letter)) for each in samples])
    without = np.array(
        [_given(circumstances(replace(each.labelled.letter, way=Way.UNKNOWN))) for each in samples]
    )
    inputs = np.vstack([np.hstack([unseen, known]), np.hstack([unseen, without])])
    weight = np.tile([_second_weight(each.labelled) for each in samples], 2)
    columns = []
    for kind in KINDS:
        is_kind = np.tile([kind in each.labelled.kinds for each in samples], 2)
        fitted = LogisticRegression(C=_TOGETHER_STRENGTH, max_iter=2_000)
        fitted.fit(inputs, is_kind, sample_weight=weight)
        columns.append([*fitted.coef_[0], fitted.intercept_[0]])
    return np.array(columns, np.float32).T


def _second_weight(each: Labelled) -> float:
    if each.hand == NEWS:
        return _NEWS_WEIGHT
    share = _SHORT_WEIGHT if each.hand == _SHORT else 1.0
    return share * _ORDINARY_WEIGHT if each.kinds == {OTHER} else share


def _given(known: Collection[str]) -> list[float]:
    return [float(each in known) for each in CIRCUMSTANCES]


def cross(
    samples: Sequence[Sample], ordinary: Sequence[Sample]
) -> list[tuple[str, list[Sample], _Matrix]]:
    """Try on each hand what is learnt from the others."""
    tried = []
    for hand in sorted({each.labelled.hand for each in samples} - {_SHORT}):
        known = learnt([each for each in samples if each.labelled.hand != hand], ordinary)
        mine = [each for each in samples if each.labelled.hand == hand]
        tried.append((hand, mine, confidences(known, mine)))
    return tried


def confidences(known: Model, samples: Sequence[Sample]) -> _Matrix:
    """Give the confidence of each kind for each letter."""
    sure = [
        known.confidences(known.scores(each.signs), circumstances(each.labelled.letter))
        for each in samples
    ]
    return np.array([[each[kind] for kind in KINDS] for each in sure])


def said_in_cross(data: Path) -> list[tuple[Labelled, set[str]]]:
    """Give what is said of each letter by a reader that has not seen its hand."""
    samples = [sample(each) for hand in hands() for each in labelled(hand)]
    ordinary = [sample(each) for each in news(data / "ner_unified")]
    return [
        (
            each.labelled,
            {
                kind
                for kind, confidence in zip(KINDS, row, strict=True)
                if confidence >= max(SURE, row[KINDS.index(OTHER)])
            },
        )
        for _, mine, sure in cross(samples, ordinary)
        for each, row in zip(mine, sure.tolist(), strict=True)
    ]


def report(hand: str, samples: Sequence[Sample], sure: _Matrix) -> None:
    """Print precision and recall by kind."""
    print(f"hand {hand}")
    for column, kind in enumerate(KINDS):
        true = np.array([kind in each.labelled.kinds for each in samples])
        said = sure[:, column] >= SURE
        hits = (true & said).sum()
        print(
            f"  {kind:18} {true.sum():4} precision {hits / max(1, said.sum()):.3f}"
            f" recall {hits / max(1, true.sum()):.3f}"
        )


if __name__ == "__main__":
    main()
