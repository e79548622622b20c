"""How often the model is right when it says how sure it is."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression

from detectors.names.model import sightings
from tools.names.corpora import DEV, Labelled, spans, texts
from tools.names.generate import Generator
from tools.names.wordlists import LANGUAGES, Lists

_GENERATED = 40
_POINTS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1.0)
_HIGHEST = 0.97


def calibration(data: Path, lists: Lists, seed: int) -> dict[str, list[list[float]]]:
    """Give for each kind points of probability and the share that was right there."""
    judged: dict[str, list[tuple[float, bool]]] = {"PER": [], "LOC": []}
    for text in _texts(data, lists, seed):
        for kind, probability, right in _judged(text):
            judged[kind].append((probability, right))
    shares = {}
    for kind, pairs in judged.items():
        model = IsotonicRegression(y_min=0, y_max=_HIGHEST, out_of_bounds="clip")
        model.fit([each[0] for each in pairs], [float(each[1]) for each in pairs])
        found = model.predict(np.array(_POINTS))
        shares[kind] = [
            [point, round(float(share), 3)] for point, share in zip(_POINTS, found, strict=True)
        ]
        print(kind, len(pairs), shares[kind])
    return shares


def _texts(data: Path, lists: Lists, seed: int) -> Iterator[Labelled]:
    chance = random.Random(seed)
    for language, name in DEV.items():
        if "tweets" not in language:
            yield from texts(data / f"{name}.jsonl", None)
    for language in LANGUAGES:
        yield from Generator(language, lists, [], chance).texts(_GENERATED)


def _judged(text: Labelled) -> Iterable[tuple[str, float, bool]]:
    gold = [spans(tokens, tags) for tokens, tags in text.runs]
    for each in sightings([[tokens for tokens, _ in text.runs]])[0]:
        tokens = text.runs[each.run][0]
        span = (tokens[each.first].start, tokens[each.last].end, each.kind)
        yield each.kind, each.probability, span in gold[each.run]
