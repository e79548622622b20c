"""What examines contents, as a scan sees it: handed in by the composition root, never imported.

A spec is a value that travels to the workers; each builds its examiner once.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from scanner.model import Content, Examination, NamedPerson


class Examiner(Protocol):
    """Says what contents hold. One for each process; not shared by threads."""

    def know(self, people: Sequence[NamedPerson]) -> None:
        """Look for these people in whatever is examined from now on."""
        ...

    def examine(self, contents: Iterable[Content], name: str = "") -> Examination:
        """Consume the contents of one asset, lazily; `name` is the asset's path."""
        ...


class ExaminerSpec(Protocol):
    """How to build an examiner. Can be pickled."""

    @property
    def digest(self) -> str:
        """Name what assets are examined with; another name means that they are read again."""
        ...

    def build(self) -> Examiner:
        """Make the examiner, with all that it loads at its first use."""
        ...
