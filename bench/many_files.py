"""What very many small files take: in one folder, in nested folders, in folders inside each other.

    python -m bench.many_files [DIVISOR]

With a divisor each shape has so many times fewer files: what a file takes must stay the same. Each
shape is scanned twice with two workers; the second scan finds nothing changed.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.measure import run
from tests.faults import nest, unnest

FLAT, SPREAD, DEEP = 200_000, 100_000, 100_000


def flat(folder: Path, number: int) -> None:
    """Put all files into one folder."""
    for each in range(number):
        _write(folder / f"{each}.txt", each)


def spread(folder: Path, number: int) -> None:
    """Put a hundred files each into folders of a usual depth."""
    for each in range(number):
        group = each // 100
        place = folder / f"a{group // 100}" / f"b{group // 10 % 10}" / f"c{group % 10}"
        if each % 100 == 0:
            place.mkdir(parents=True)
        _write(place / f"{each}.txt", each)


def deep(folder: Path, number: int) -> None:
    """Put folders inside each other, deeper than a path can say, and a file beside the first."""
    nest(folder, number)
    _write(folder / "0.txt", 0)


SHAPES: dict[str, tuple[Callable[[Path, int], None], int]] = {
    "one folder": (flat, FLAT),
    "nested folders": (spread, SPREAD),
    "inside each other": (deep, DEEP),
}


def main() -> None:
    """Make each shape, scan it twice, and print a table."""
    divisor = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    print("| files or folders | scan | s | s CPU | ms CPU each | MB main | MB worker | skips |")
    print("|---|---|---|---|---|---|---|---|")
    for name, (make, whole) in SHAPES.items():
        number = whole // divisor
        with tempfile.TemporaryDirectory(prefix="kartta-many-") as place:
            store, audit = Path(place, "store"), Path(place, "audit")
            store.mkdir()
            audit.mkdir()
            make(store, number)
            try:
                for scan in ("first", "second"):
                    _measure(f"{number:,} {name}", scan, store, audit, number)
            finally:
                if make is deep:
                    unnest(store, number)


def _measure(name: str, scan: str, store: Path, audit: Path, number: int) -> None:
    used = run([sys.executable, "-m", "kartta", "scan", store, "--workers", "2"], audit)
    assert used.code == 0, (audit / "stderr.txt").read_text("utf-8")  # noqa: S101 - a measurement
    told = subprocess.run(
        [sys.executable, "-m", "kartta", "coverage", "--format", "json"],
        cwd=audit, check=True, capture_output=True,
    )  # fmt: skip
    skips = len(json.loads(told.stdout)["skips"])
    print(
        f"| {name} | {scan} | {used.wall:.0f} | {used.cpu:.0f} | {1000 * used.cpu / number:.2f} "
        f"| {used.main / 1e6:.0f} | {used.worker / 1e6:.0f} | {skips} |",
        flush=True,
    )


def _write(path: Path, number: int) -> None:
    path.write_text(f"hakija{number}@example.fi soitti numerosta +358 40 {number:07d}\n")


if __name__ == "__main__":
    main()
