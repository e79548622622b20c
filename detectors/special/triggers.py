"""Where any of thousands of letters stand: one literal pass over a lower-case shadow of the text.

The shadow has one byte for each character, so offsets stay: Latin-1 in lower case, and a space for
all that is no part of a word. A literal that begins a word begins with that space. Hyperscan looks
for all literals at once; without it a tree of them in `re` gives the same.
"""

import re
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import hyperscan

_LATIN_1 = 256
_Tree = dict[int, "_Tree"]
_END = -1


def shadow(text: str) -> bytes:
    """Give the shadow of a text: one space longer at each end.

    >>> shadow("Ääni, MS-tauti").decode("latin-1")
    ' ääni  ms-tauti '
    """
    return b" %b " % text.encode("latin-1", "replace").translate(_SHADOWS)


class Triggers:
    """Literals that are looked for together; built at the first text."""

    def __init__(self, literals: Sequence[bytes], *, use_hyperscan: bool = True) -> None:
        self._literals = tuple(literals)
        self._with_hyperscan = use_hyperscan and find_spec("hyperscan") is not None
        self._local = threading.local()

    def found(self, text: str) -> list[tuple[int, int]]:
        """Say where each literal ends in the text, and which it is; sorted."""
        dark = shadow(text)
        ends = self._by_hyperscan(dark) if self._with_hyperscan else self._by_tree(dark)
        return sorted((end - 1, number) for end, number in ends)

    def _by_hyperscan(self, dark: bytes) -> list[tuple[int, int]]:
        from hyperscan import Scratch  # noqa: PLC0415 - optional, and slow to start

        ends: list[tuple[int, int]] = []
        add = ends.append

        def note(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            add((end, number))

        scratch: hyperscan.Scratch | None = getattr(self._local, "scratch", None)
        if scratch is None:
            scratch = self._local.scratch = Scratch(self._database)
        self._database.scan(dark, note, scratch=scratch)
        return ends

    @cached_property
    def _database(self) -> "hyperscan.Database":
        import hyperscan  # noqa: PLC0415 - as above

        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=list(self._literals),
            ids=list(range(len(self._literals))),
            flags=[0] * len(self._literals),
            literal=True,
        )
        return database

    def _by_tree(self, dark: bytes) -> Iterator[tuple[int, int]]:
        for longest in self._tree.finditer(dark):
            for number in self._prefixes[longest.group(1)]:
                yield longest.start() + len(self._literals[number]), number

    @cached_property
    def _tree(self) -> re.Pattern[bytes]:
        tree: _Tree = {}
        for literal in self._literals:
            node = tree
            for byte in literal:
                node = node.setdefault(byte, {})
            node[_END] = {}
        return re.compile(b"(?=(%b))" % _written(tree))

    @cached_property
    def _prefixes(self) -> dict[bytes, tuple[int, ...]]:
        """Give the literals with which each literal begins, itself among them."""
        numbers = {literal: number for number, literal in enumerate(self._literals)}
        return {
            literal: tuple(
                numbers[literal[:length]]
                for length in range(1, len(literal) + 1)
                if literal[:length] in numbers
            )
            for literal in self._literals
        }


def _written(tree: _Tree) -> bytes:
    """Write a tree of bytes as a pattern that takes the longest way through it."""
    ways = [
        re.escape(bytes([byte])) + _written(below) for byte, below in tree.items() if byte != _END
    ]
    if not ways:
        return b""
    either = ways[0] if len(ways) == 1 and _END not in tree else b"(?:%b)" % b"|".join(ways)
    return either + b"?" if _END in tree else either


def _shadow_of(byte: int) -> int:
    char = bytes([byte]).decode("latin-1")
    lower = char.lower()
    return ord(lower) if lower.isalnum() and ord(lower) < _LATIN_1 else ord(" ")


_SHADOWS = bytes(byte if byte in b"_-" else _shadow_of(byte) for byte in range(_LATIN_1))
