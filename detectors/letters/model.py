"""Two layers of logistic regression over the signs of a letter, learnt by `tools/letters/train.py`.

The first weighs what the text says, kind by kind. The second hears all kinds at once, who wrote to
whom and whether it is a reply, and says how sure each kind is.
"""

import json
import lzma
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

_FILE = "model.xz"
_MOST = 127
"""Weights are shipped as whole numbers up to this, of steps as small as that allows."""
_POWER = 0.25
"""Long letters have more signs, and what they say counts for a little less."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by sign and kind, and what the kinds and the envelope say of each other."""

    kinds: tuple[str, ...]
    rows: Mapping[str, int] = field(repr=False)
    weights: Floats = field(repr=False)
    """A row for each sign, the last one for no sign at all; a column for each kind, and one that
    says whether a text is about applications at all, by its words alone."""
    together: Floats = field(repr=False)
    """A row for each kind, then for each circumstance, the last one for none; a column a kind."""
    circumstances: tuple[str, ...]
    gate: float
    """What that last column must give at least for a text to be read."""

    def about(self, words: Collection[str]) -> float:
        """Say how much words alone, as signs, speak of an application; from `gate` on, enough."""
        return float(self._sum(words)[-1])

    def scores(self, signs: Collection[str]) -> Floats:
        """Say what the text speaks for, kind by kind."""
        return self._sum(signs)[:-1]

    def _sum(self, signs: Collection[str]) -> Floats:
        rows = sorted(row for sign in signs if (row := self.rows.get(sign, -1)) >= 0)
        share = np.float32(len(signs) ** -_POWER if signs else 0.0)
        summed: Floats = self.weights[rows].sum(axis=0) * share + self.weights[-1]
        return summed

    def confidences(self, scores: Floats, circumstances: Sequence[str]) -> dict[str, float]:
        """Say how sure each kind is."""
        given = [float(each in circumstances) for each in self.circumstances]
        logits = np.concatenate([scores, given, [1.0]]) @ self.together
        sure = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        return dict(zip(self.kinds, sure.tolist(), strict=True))


@cache
def model() -> Model:
    """Read the shipped model once."""
    return unpacked(files("detectors.letters").joinpath(_FILE).read_bytes())


def packed(known: Model) -> bytes:
    """Write a model as it ships: a line of JSON, then the weights as signed bytes."""
    step = float(np.abs(known.weights).max()) / _MOST
    steps = np.rint(known.weights / step).astype(np.int8)
    head = json.dumps(
        {
            "kinds": known.kinds,
            "circumstances": known.circumstances,
            "together": [[round(float(each), 5) for each in row] for row in known.together],
            "gate": round(known.gate, 4),
            "step": step,
            "signs": list(known.rows),
        },
        ensure_ascii=False,
    )
    return lzma.compress(head.encode() + b"\n" + steps.T.tobytes(), preset=9)


def unpacked(raw: bytes) -> Model:
    """Read what `packed` wrote."""
    head, _, steps = lzma.decompress(raw).partition(b"\n")
    known = json.loads(head)
    weights = np.frombuffer(steps, np.int8).reshape(len(known["kinds"]) + 1, -1).T
    return Model(
        tuple(known["kinds"]),
        {sign: row for row, sign in enumerate(known["signs"])},
        weights.astype(np.float32) * np.float32(known["step"]),
        np.array(known["together"], np.float32),
        tuple(known["circumstances"]),
        known["gate"],
    )
