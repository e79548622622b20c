"""Detection does not get worse: every figure stays within its noise of the checked-in one.

`python -m bench.detect --write` measures again and writes `docs/detection.yaml`; a better figure is
checked in, a worse one needs a reason.
"""

import pytest
import yaml

from bench.detect import FIGURES, own_texts
from detectors.analyse import Analyser
from detectors.base import DetectorSettings

LEAST_LABELS = 20
"""Fewer labels make a figure of chance."""


@pytest.mark.slow
def test_no_figure_drops_by_more_than_its_noise() -> None:
    before = yaml.safe_load(FIGURES.read_text(encoding="utf-8"))
    analyser = Analyser(DetectorSettings(), bytes(32))

    dropped = []
    for name, entity, figure in own_texts(analyser):
        known = before.get(name, {}).get(entity)
        if known and known["labels"] >= LEAST_LABELS and figure.f1 < known["f1"] - known["noise"]:
            dropped.append(f"{name} {entity}: {known['f1']} before, {figure.f1:.3f} now")
    assert before
    assert dropped == []
