"""Many names in a text at once: the time grows with the text, and not with the names.

A hostile notice has thousands of names on thousands of lines.
"""

from collections.abc import Iterable, Iterator

_START = 2
"""Characters by which a name is looked up; a shorter one is never found."""


class Names:
    """Names by their first characters, so that few places of a text need a closer look.

    >>> [*Names(["Lumo", "Lumo Oy", "Aava"]).at("Our Lumo Oy", 4)]
    ['Lumo', 'Lumo Oy']
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name for name in names if len(name) >= _START)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:_START], set()).add(len(name))
        self._lengths = {start: sorted(each) for start, each in lengths.items()}

    def at(self, text: str, start: int) -> Iterator[str]:
        """Give the names with which a text goes on at a place, shorter ones first."""
        for length in self._lengths.get(text[start : start + _START], ()):
            name = text[start : start + length]
            if name in self._names:
                yield name

    def within(self, text: str) -> frozenset[str]:
        """Give the names that stand anywhere in a text."""
        return frozenset(name for start in range(len(text)) for name in self.at(text, start))
