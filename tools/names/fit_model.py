"""Train the conditional random field of `detectors.names.model`."""

import random
from collections.abc import Iterable
from pathlib import Path

import pycrfsuite

from detectors.names import weights
from detectors.names.features import Memory, features
from tools.names.corpora import Labelled

PARAMETERS = {
    "c1": 0.04,
    "c2": 0.005,
    "max_iterations": 90,
    "feature.possible_transitions": True,
    "feature.minfreq": 2,
}
EMPTY_KEPT = 0.5
"""Share of the runs without a name that are trained on; the rest teach little and cost much."""


def fit(texts: Iterable[Labelled], target: Path, seed: int, iterations: int = 0) -> None:
    """Write a model trained on labelled texts."""
    chance = random.Random(seed)
    trainer = pycrfsuite.Trainer(verbose=False)
    count = 0
    for text in texts:
        memory = Memory([tokens for tokens, _ in text.runs])
        for tokens, tags in text.runs:
            if set(tags) != {"O"} or chance.random() < EMPTY_KEPT:
                trainer.append(features(tokens, memory), tags)
                count += len(tokens)
    trainer.set_params(PARAMETERS | ({"max_iterations": iterations} if iterations else {}))
    print("training on", count, "tokens", flush=True)
    trainer.train(str(target))
    print(trainer.logparser.last_iteration, flush=True)


def shipped(trained: Path) -> bytes:
    """Write what CRFsuite trained as the file that ships."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(trained))
    found = tagger.info()
    return weights.packed(tuple(tagger.labels()), found.transitions, found.state_features)
