"""How much a word looks like a name: a linear model over pieces of the word.

Trained by `tools/names` on lists of names and their case forms against ordinary words. It holds
weights of hashed pieces, no names.
"""

import lzma
from array import array
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

KINDS = ("given", "surname", "word")
BITS = 18
_FILE = "likeness.xz"
_LONGEST_BEGINNING = 9
_LONGEST_END = 6
_HIGHEST = 3


def pieces_of(word: str) -> list[int]:
    """Hash the beginnings, ends and inner pieces of a lower-case word."""
    framed = f"<{word}>"
    size = len(framed)
    pieces = [framed[:length] for length in range(3, min(_LONGEST_BEGINNING + 2, size) + 1)]
    pieces += ["$" + framed[-length:] for length in range(2, min(_LONGEST_END + 1, size) + 1)]
    pieces += ["." + framed[at : at + 3] for at in range(size - 2)]
    pieces += ["." + framed[at : at + 4] for at in range(size - 3)]
    mask = (1 << BITS) - 1
    return [crc32(piece.encode()) & mask for piece in pieces]


@lru_cache(maxsize=65_536)
def likeness(word: str) -> tuple[int, ...]:
    """Give a bucket from -3 to 3 for each of `KINDS`; the word in lower case."""
    weights, offsets = _weights()
    pieces = pieces_of(word[:40])
    return tuple(
        max(-_HIGHEST, min(_HIGHEST, round((sum(map(column.__getitem__, pieces)) + offset) / 24)))
        for column, offset in zip(weights, offsets, strict=True)
    )


@cache
def _weights() -> "tuple[list[array[int]], list[int]]":
    raw = lzma.decompress(files("detectors.names").joinpath(_FILE).read_bytes())
    size = 1 << BITS
    offsets = array("h", raw[: 2 * len(KINDS)])
    columns = [
        array("b", raw[2 * len(KINDS) + kind * size : 2 * len(KINDS) + (kind + 1) * size])
        for kind in range(len(KINDS))
    ]
    return columns, list(offsets)
