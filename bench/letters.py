"""What letters say, read against what their writers say they say.

    python -m bench.letters [--cross] [--data DIR]

The hand in `tests/corpus/unseen/letters` was read by nobody who taught the reader. `--cross` leaves
each hand out that it learnt from (needs scikit-learn). With the news of public corpora, of parts
that nothing learnt from, it tells how much ordinary text is taken for a notice.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from detectors.letters.model import model
from detectors.letters.read import KINDS, OTHER, Letter, Way, read
from tools.letters.texts import LANGUAGES, Labelled, labelled

ROOT = Path(__file__).resolve().parents[1]
UNSEEN = ROOT / "tests" / "corpus" / "unseen"
_SENTENCES = 8

Said = tuple[Labelled, set[str]]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cross", action="store_true")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    asked = parser.parse_args()
    model()
    letters = list(labelled("letters", UNSEEN))
    begun = time.perf_counter()
    said = [(each, {found.kind for found in read(each.letter)}) for each in letters]
    spent = (time.perf_counter() - begun) / len(letters)
    print(f"unseen hand: {len(letters)} letters, {spent * 1000:.2f} ms each")
    _table(said)
    if asked.cross:
        _cross(asked.data)
    ordinary = list(_ordinary(asked.data / "ner_unified"))
    if ordinary:
        begun = time.perf_counter()
        alarms = sum(any(found.kind == "told" for found in read(each)) for each in ordinary)
        spent = (time.perf_counter() - begun) / len(ordinary)
        print(
            f"ordinary text: {len(ordinary)} pieces, {alarms * 10_000 / len(ordinary):.0f} in "
            f"10,000 taken for a notice, {spent * 1000:.2f} ms each"
        )


def _cross(data: Path) -> None:
    from tools.letters.train import said_in_cross  # noqa: PLC0415 - needs scikit-learn

    print("each hand by the others")
    _table(said_in_cross(data))


def _ordinary(folder: Path) -> Iterator[Letter]:
    for path in sorted(folder.glob("*.dev.jsonl")):
        said = [" ".join(json.loads(line)["tokens"]) for line in path.open(encoding="utf-8")]
        for start in range(0, len(said), _SENTENCES):
            yield Letter("\n".join(said[start : start + _SENTENCES]), "", Way.OUT)


def _table(said: Sequence[Said]) -> None:
    for kind in KINDS:
        if kind != OTHER:
            _row(kind, kind, said)
    for language in LANGUAGES:
        _row(f"told, {language}", "told", [each for each in said if each[0].language == language])


def _row(name: str, kind: str, said: Sequence[Said]) -> None:
    true = sum(kind in each.kinds for each, _ in said)
    given = sum(kind in found for _, found in said)
    hits = sum(kind in each.kinds and kind in found for each, found in said)
    print(f"| {name} | {true} | {hits / max(1, given):.2f} | {hits / max(1, true):.2f} |")


if __name__ == "__main__":
    main()
