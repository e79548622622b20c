"""The names inside an OLE container (Compound File Binary): enough to tell what it is."""

from struct import error as StructError  # noqa: N812 - the library's name says nothing
from struct import unpack, unpack_from
from typing import BinaryIO

from scanner.extract import faults

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128
MAX_SECTORS = 4_096
"""Of the directory; more is hostile."""


def names(stream: BinaryIO) -> frozenset[str]:
    """List the streams and storages of the outermost level; those found before any damage.

    What lies deeper belongs to embedded objects and says nothing about the file itself.
    """
    entries = _entries(stream)
    found: set[str] = set()
    waiting = [_links(entries[0])[2]] if entries else []
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number in seen or number >= len(entries):
            continue
        seen.add(number)
        found.add(_name(entries[number]))
        waiting.extend(_links(entries[number])[:2])
    return frozenset(found)


def _entries(stream: BinaryIO) -> list[bytes]:
    """Follow the chain of the directory's sectors."""
    found: list[bytes] = []
    stream.seek(0)
    header = stream.read(512)
    try:
        size = 1 << unpack_from("<H", header, 30)[0]
        if size not in {512, 4096}:
            return []
        sector = unpack_from("<I", header, 48)[0]
        table = unpack_from("<109I", header, 76)
        for _ in range(MAX_SECTORS):
            content = _sector(stream, sector, size)
            whole = range(0, len(content) - ENTRY + 1, ENTRY)
            found.extend(content[place : place + ENTRY] for place in whole)
            index, place = divmod(sector * 4, size)
            sector = unpack_from("<I", _sector(stream, table[index], size), place)[0]
    except (StructError, IndexError, OSError, OverflowError, ValueError) as error:
        faults.expect_none(error)  # the chain ends, or is broken: the names so far tell enough
    return found


def _links(entry: bytes) -> tuple[int, int, int]:
    """Give an entry's left and right sibling and its child."""
    left, right, child = unpack_from("<3I", entry, 68)
    return left, right, child


def _sector(stream: BinaryIO, number: int, size: int) -> bytes:
    stream.seek((number + 1) * size)
    return stream.read(size)


def _name(entry: bytes) -> str:
    length = unpack("<H", entry[64:66])[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
