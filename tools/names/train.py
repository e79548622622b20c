"""Train the name model and write what ships.

    python -m tools.names.train --data ../shared/data/ner_unified

Needs numpy, scipy and scikit-learn beside what the product needs. The same data and seed give the
same model.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from detectors.names import likeness
from tools.names import calibrate, fit_likeness, fit_model
from tools.names.corpora import TRAIN, Labelled, texts
from tools.names.generate import Generator, Tagged
from tools.names.wordlists import LANGUAGES, Lists, read_lists

SEED = 7
GENERATED = 2_000
"""Texts of each language."""
SHIPPED = Path("detectors/names")


def main() -> None:
    """Read the arguments, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/ner_unified"))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--iterations", type=int, default=0, help="of the model; 0: as shipped")
    parser.add_argument("--keep", type=Path, help="also keep the model as crfsuite writes it")
    arguments = parser.parse_args()
    lists = read_lists(arguments.data.parent)
    fit_likeness.fit(lists, SHIPPED / "likeness.xz", arguments.seed)
    likeness.likeness.cache_clear()
    with tempfile.TemporaryDirectory() as folder:
        model = arguments.keep or Path(folder) / "model.crf"
        fit_model.fit(
            training(arguments.data, lists, arguments.seed),
            model,
            arguments.seed,
            arguments.iterations,
        )
        (SHIPPED / "model.xz").write_bytes(fit_model.shipped(model))
    shares = calibrate.calibration(arguments.data, lists, arguments.seed + 1)
    (SHIPPED / "calibration.json").write_text(json.dumps(shares, indent=1) + "\n", "utf-8")


def training(data: Path, lists: Lists, seed: int) -> Iterator[Labelled]:
    """Give the corpora's training texts, then generated ones with some of their prose."""
    chance = random.Random(seed)
    prose: dict[str, list[tuple[Tagged, ...]]] = {language: [] for language in LANGUAGES}
    for name in TRAIN:
        language = {"no_nob.train": "nb", "no_nno.train": "nn"}.get(name, name[:2])
        for text in texts(data / f"{name}.jsonl", chance):
            prose[language].append(text.runs)
            yield text
    for language in LANGUAGES:
        yield from Generator(language, lists, prose[language], chance).texts(GENERATED)


if __name__ == "__main__":
    main()
