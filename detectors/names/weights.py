"""The weights of the name model: as a file, and in memory.

Only what is not zero is kept, in whole parts of one; `tools/names` writes it from what CRFsuite
trained.
"""

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

UNIT = 256.0
"""Stored weights are whole parts of one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a trained field says of each sign and each label."""

    labels: tuple[str, ...]
    moves: Floats
    """Shape (labels, labels): from, to."""
    attributes: dict[str, int]
    states: Floats
    """Shape (attributes and one of zeros, labels)."""

    def sums(self, spoken: Sequence[Sequence[str]]) -> Floats:
        """Add up what each list of signs says for each label, shape (lists, labels)."""
        known = self.attributes
        nothing = len(known)
        rows: list[int] = []
        starts = []
        for each in spoken:
            starts.append(len(rows))
            rows.append(nothing)
            rows += [known[sign] for sign in each if sign in known]
        total: Floats = np.add.reduceat(self.states[rows], starts)
        return total


def packed(
    labels_: Sequence[str],
    moves: dict[tuple[str, str], float],
    states: dict[tuple[str, str], float],
) -> bytes:
    """Write the weights of a trained model as the file that ships."""
    attributes = sorted({attribute for attribute, _ in states})
    rows = {attribute: row for row, attribute in enumerate(attributes)}
    columns = {label: column for column, label in enumerate(labels_)}
    matrix = np.zeros((len(labels_), len(attributes)), "<i2")
    for (attribute, label), weight in states.items():
        matrix[columns[label], rows[attribute]] = round(weight * UNIT)
    head = {
        "labels": list(labels_),
        "moves": [[moves.get((a, b), 0.0) for b in labels_] for a in labels_],
        "attributes": attributes,
    }
    return lzma.compress(json.dumps(head).encode() + b"\n" + matrix.tobytes(), preset=9)


def unpacked(packed_: bytes) -> Weights:
    """Read what `packed` wrote."""
    raw = lzma.decompress(packed_)
    cut = raw.index(b"\n")
    head = json.loads(raw[:cut])
    names = tuple(head["labels"])
    matrix = np.frombuffer(raw, "<i2", offset=cut + 1).reshape(len(names), -1)
    return Weights(
        names,
        np.array(head["moves"]),
        {attribute: row for row, attribute in enumerate(head["attributes"])},
        np.vstack((matrix.T / UNIT, np.zeros((1, len(names))))),
    )
