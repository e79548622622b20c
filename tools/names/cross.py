"""Measure the name model where there is no development split to speak of: Swedish and English.

    python -m tools.names.cross --data ../shared/data/ner_unified

Trains on all that the shipped model is trained on but the last fifth of each Swedish and English
file, and prints how it fares on that fifth. One fold of a cross-validation, since a training takes
some twenty minutes.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from detectors.names import crf
from detectors.names.weights import unpacked
from tools.names import fit_model
from tools.names.corpora import TRAIN, Labelled
from tools.names.measure import row, split_scores
from tools.names.train import SEED, training
from tools.names.wordlists import read_lists

_FOLD = 5
_MEASURED = ("sv_", "en_wnut17", "en_btc")


def main() -> None:
    """Cut the files, train, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/ner_unified"))
    parser.add_argument("--iterations", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "ner_unified")
        folder.mkdir()
        held = list(_cut(arguments.data, folder))
        for name in ("names_fi", "names_world"):
            folder.with_name(name).symlink_to((arguments.data.parent / name).resolve())
        lists = read_lists(folder.parent)
        model = folder / "model.crf"
        texts: Iterator[Labelled] = training(folder, lists, SEED)
        fit_model.fit(texts, model, SEED, arguments.iterations)
        weights = unpacked(fit_model.shipped(model))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(crf, "_weights", lambda: weights)
            crf._vocabulary.cache_clear()  # noqa: SLF001 - another model than the shipped one
            print("| last fifth of | kind | cases | P | R | F1 |")
            print("|---|---|---|---|---|---|")
            for path in held:
                for kind, score in split_scores(path).items():
                    print(f"| {path.stem} | {kind} | {row(score)} |", flush=True)


def _cut(data: Path, folder: Path) -> Iterator[Path]:
    """Copy the files of the training, some without their last fifth; give the fifths."""
    for name in {each.partition("#")[0] for each in TRAIN}:
        lines = (data / f"{name}.jsonl").read_text("utf-8").splitlines(keepends=True)
        kept = len(lines)
        if name.startswith(_MEASURED):
            kept -= len(lines) // _FOLD
            held = folder / f"{name}_held.jsonl"
            held.write_text("".join(lines[kept:]), "utf-8")
            yield held
        (folder / f"{name}.jsonl").write_text("".join(lines[:kept]), "utf-8")


if __name__ == "__main__":
    main()
