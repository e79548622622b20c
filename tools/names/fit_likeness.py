"""Train the linear model of `detectors.names.likeness`."""

import lzma
import random
from array import array
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from detectors.names.likeness import BITS, KINDS, pieces_of
from tools.names.wordlists import Lists, likeness_examples

UNIT = 16.0
"""Stored weights are whole sixteenths of the log odds."""


def fit(lists: Lists, target: Path, seed: int) -> None:
    """Write the weights of every kind, as bytes."""
    examples = list(likeness_examples(lists, random.Random(seed)))
    columns: list[int] = []
    starts = [0]
    for word, _ in examples:
        columns += sorted(set(pieces_of(word[:40])))
        starts.append(len(columns))
    matrix = csr_matrix(
        (np.ones(len(columns), np.float32), columns, starts), (len(examples), 1 << BITS)
    )
    offsets = array("h")
    weights = []
    for kind in KINDS:
        wanted = np.array([kind in kinds for _, kinds in examples])
        model = LogisticRegression(C=0.3, solver="liblinear", max_iter=60, random_state=seed)
        model.fit(matrix, wanted)
        weights.append(np.clip(np.round(model.coef_[0] * UNIT), -127, 127).astype(np.int8))
        offsets.append(round(float(model.intercept_[0]) * UNIT))
        print(kind, wanted.sum(), "of", len(wanted), "fit", model.score(matrix, wanted))
    raw = offsets.tobytes() + b"".join(each.tobytes() for each in weights)
    target.write_bytes(lzma.compress(raw, preset=9))
