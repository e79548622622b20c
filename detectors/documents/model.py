"""A logistic regression over the signs of a document, learnt by `tools/documents/train.py`."""

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

_FILE = "model.xz"
_MOST = 127
"""Weights are shipped as whole numbers up to this, of steps as small as that allows."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by sign and type."""

    types: tuple[str, ...]
    rows: Mapping[str, int] = field(repr=False)
    weights: npt.NDArray[np.float32] = field(repr=False)
    """A row for each sign, the last one for no sign at all; a column for each type."""

    def shares(self, signs: Mapping[str, float]) -> dict[str, float]:
        """Say how likely each type is; together 1."""
        known = [
            (row, value) for sign, value in signs.items() if (row := self.rows.get(sign, -1)) >= 0
        ]
        rows = [row for row, _ in known] + [len(self.weights) - 1]
        values = np.array([value for _, value in known] + [1.0], np.float32)
        scores = values @ self.weights[rows]
        odds = np.exp(scores - scores.max())
        return dict(zip(self.types, (odds / odds.sum()).tolist(), strict=True))


@cache
def model() -> Model:
    """Read the shipped model once."""
    return unpacked(files("detectors.documents").joinpath(_FILE).read_bytes())


def packed(known: Model) -> bytes:
    """Write a model as it ships: a line of JSON, then the weights as signed bytes."""
    step = float(np.abs(known.weights).max()) / _MOST
    steps = np.rint(known.weights / step).astype(np.int8)
    head = json.dumps(
        {"types": known.types, "step": step, "signs": list(known.rows)}, ensure_ascii=False
    )
    return lzma.compress(head.encode() + b"\n" + steps.T.tobytes(), preset=9)


def unpacked(raw: bytes) -> Model:
    """Read what `packed` wrote."""
    head, _, steps = lzma.decompress(raw).partition(b"\n")
    known = json.loads(head)
    weights = np.frombuffer(steps, np.int8).reshape(len(known["types"]), -1).T
    rows = {sign: row for row, sign in enumerate(known["signs"])}
    return Model(
        tuple(known["types"]), rows, weights.astype(np.float32) * np.float32(known["step"])
    )
