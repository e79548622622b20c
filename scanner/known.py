"""The people to look for, on their way to the workers: a file of keyed hashes, read once by each.

Two hundred thousand of them are too many to travel with each batch.
"""

from collections.abc import Sequence
from pathlib import Path

from scanner.model import NamedPerson


def write(people: Sequence[NamedPerson], path: Path) -> Path | None:
    """Write the people into a new file; nobody needs none."""
    if not people:
        return None
    path.write_text("".join(f"{each.key} {each.outline}\n" for each in people), encoding="ascii")
    return path


def read(path: Path) -> list[NamedPerson]:
    """Read what `write` wrote."""
    lines = path.read_text(encoding="ascii").splitlines()
    return [NamedPerson(*line.split(" ")) for line in lines]
