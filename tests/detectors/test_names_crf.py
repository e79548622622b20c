"""The batched reading of the random field gives what CRFsuite gives, which trained it."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pycrfsuite
import pytest

from detectors.names import crf
from detectors.names.features import Memory, features
from detectors.names.tokens import Token, runs_of
from detectors.names.weights import unpacked
from tests.corpus.load import documents
from tools.names import fit_model
from tools.names.corpora import Labelled

ROUNDING = 0.02
"""The stored weights are whole parts of one; a run adds up some dozens."""
LANGUAGES = ("fi", "nb", "en")


def _texts() -> list[list[list[Token]]]:
    return [list(runs_of(each.text)) for language in LANGUAGES for each in documents(language)]


def _labelled(texts: Sequence[Sequence[Sequence[Token]]]) -> Iterator[Labelled]:
    """Label capitalised words by chance: what is learnt is of no matter."""
    chance = random.Random(3)  # noqa: S311 - not for secrets
    for runs in texts:
        yield Labelled(
            tuple(
                (
                    run,
                    [
                        chance.choice(("B-PER", "I-PER", "B-LOC", "O"))
                        if token.text[0].isupper()
                        else "O"
                        for token in run
                    ],
                )
                for run in runs
            )
        )


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pycrfsuite.Tagger]:
    """Train a small field and let the product read with it."""
    trained: Path = tmp_path_factory.mktemp("crf") / "model.crf"
    fit_model.fit(_labelled(_texts()[:40]), trained, seed=1, iterations=8)
    tagger = pycrfsuite.Tagger()
    tagger.open(str(trained))
    with pytest.MonkeyPatch.context() as patch:
        weights = unpacked(fit_model.shipped(trained))
        patch.setattr(crf, "_weights", lambda: weights)
        crf._vocabulary.cache_clear()
        yield tagger
    crf._vocabulary.cache_clear()


def test_probabilities_are_those_of_crfsuite(tagger: pycrfsuite.Tagger) -> None:
    texts = _texts()

    readings = crf.read(texts)

    close = looked_at = 0
    for runs, found in zip(texts, readings, strict=True):
        memory = Memory(runs)
        for run, reading in zip(runs, found, strict=True):
            tagger.set(features(run, memory))
            for at in range(0, len(run), 5):
                chances = [tagger.marginal(label, at) for label in crf.labels()]
                close += np.allclose(reading.chances[at], chances, atol=ROUNDING)
                looked_at += 1
                assert reading.tags[at] == crf.labels()[int(reading.chances[at].argmax())]
    assert looked_at > 3_000
    assert close >= looked_at * 0.995  # labels by chance: some say much to tokens far away


def test_a_text_reads_the_same_alone_and_among_others(tagger: pycrfsuite.Tagger) -> None:
    texts = _texts()[:12]

    together = crf.read(texts)

    for runs, expected in zip(texts, together, strict=True):
        (alone,) = crf.read([runs])
        for one, other in zip(alone, expected, strict=True):
            assert one.tags == other.tags
            assert np.allclose(one.chances, other.chances)


def test_more_words_than_are_kept_are_forgotten(
    tagger: pycrfsuite.Tagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = _texts()[:12]
    before = crf.read(texts)
    monkeypatch.setattr(crf, "_MOST_WORDS", 600)
    monkeypatch.setattr(crf, "_TOKENS", 400)
    crf._vocabulary.cache_clear()

    after = crf.read(texts)

    crf._vocabulary.cache_clear()
    for runs, others in zip(before, after, strict=True):
        for one, other in zip(runs, others, strict=True):
            assert one.tags == other.tags


def test_nothing_is_read_in_nothing() -> None:
    assert crf.read([]) == []
    assert crf.read([[]]) == [[]]
