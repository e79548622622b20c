"""Ways to damage a file, by chance that can be repeated.

A file that is packed is also unpacked, damaged inside and packed again: damage to the outside of a
ZIP archive ends at its checksum, and the reader of what is in it would see nothing of it.
"""

import gzip
import io
import random
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence

MOST = 4_000_000
"""Bytes of a damaged file."""
_DEEP = 20_000
"""Most levels of what is nested."""
_ZIP, _GZIP = b"PK\3\4", b"\x1f\x8b"
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF)
_WORDS = (
    b"-1", b"0", b"99999999999", b"2147483648", b"1e400", b"NaN", b"\0", b"\xed\xa0\x80", b"\xff",
    b"%s%n", b"&#x110000;", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"=?x?q?=?=",
    b"\r\n\r\n", b"--outer\r\n", b"endstream endobj", b"1 0 R", b"From x\n", b"\xef\xbb\xbf",
)  # fmt: skip
_NESTED = (
    (b"[", b"]"), (b'{"a":', b"}"), (b"<a>", b"</a>"), (b"<div>", b"</div>"), (b"(", b")"),
    (b"<<", b">>"), (b"{", b"}"), (b"<table><tr><td>", b""), (b"[[", b""), (b'"', b'"'),
)  # fmt: skip

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def mutated(chance: random.Random, content: bytes, others: Sequence[bytes]) -> tuple[bytes, str]:
    """Damage a file in one to three ways; say which. `others` are files to take pieces from."""
    ways = chance.choices(tuple(MUTATIONS), k=chance.choice((1, 1, 2, 3)))
    for way in ways:
        content = MUTATIONS[way](chance, content, others)[:MOST]
    return content, "+".join(ways)


def _flip(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Turn a few bits."""
    del others
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 100)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncate(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Cut off the end, or now and then the beginning."""
    place = chance.randint(0, len(content))
    return content[place:] if chance.random() < 0.2 else content[:place]


def _splice(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Put a piece of another file into this one."""
    other = chance.choice(others)
    begin, end = _span(chance, other)
    first, last = _span(chance, content)
    return content[:first] + other[begin:end] + content[chance.choice((first, last)) :]


def _remove(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Take out a piece."""
    first, last = _span(chance, content)
    return content[:first] + content[last:]


def _duplicate(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Repeat a piece, sometimes often."""
    first, last = _span(chance, content)
    piece = content[first:last]
    return content[:first] + piece * chance.choice((2, 3, 50, 1000)) + content[last:]


def _lengthen(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Write another number where a length or an offset may stand, or a word of a format."""
    if chance.random() < 0.5:
        word = chance.choice(_WORDS)
    else:
        size = chance.choice((1, 2, 4, 8))
        number = chance.choice((*_NUMBERS, len(content), len(content) - 1, len(content) + 1))
        order = "little" if chance.random() < 0.5 else "big"
        word = (number % 256**size).to_bytes(size, order)
    digits = [place for place, byte in enumerate(content[:100_000]) if byte in b"0123456789"]
    if digits and chance.random() < 0.5:
        place = chance.choice(digits)
        return content[:place] + word + content[place + 1 :]
    place = chance.randint(0, len(content))
    return content[:place] + word + content[place + len(word) :]


def _nest(chance: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Put something into itself many times, at a place of the file or around it."""
    before, after = chance.choice(_NESTED)
    levels = chance.choice((10, 300, _DEEP))
    first, last = chance.choice((_span(chance, content), (0, len(content))))
    nested = before * levels + content[first:last] + after * levels
    return content[:first] + nested + content[last:]


def _pack(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Put a file into archives that lie in each other, or into a mail in mails."""
    del others
    for _ in range(chance.choice((1, 2, 9, 12))):
        if chance.random() < 0.3:
            head = b"MIME-Version: 1.0\nSubject: x\nContent-Type: message/rfc822\n\n"
            content = head + content
        elif chance.random() < 0.5:
            content = gzip.compress(content, mtime=0)
        else:
            content = _zipped([("a", content)] * chance.choice((1, 1, 3)))
    return content


def _inside(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Unpack, damage what is inside, and pack it again."""
    way = MUTATIONS[chance.choice(tuple(name for name in MUTATIONS if name != "pack"))]
    if content.startswith(_GZIP):
        try:
            inner = zlib.decompressobj(31).decompress(content, MOST)
        except zlib.error:
            return way(chance, content, others)
        return gzip.compress(way(chance, inner, others)[:MOST], mtime=0)
    try:
        members = _members(content)
    except (OSError, EOFError, ValueError, NotImplementedError, RuntimeError, tarfile.TarError,
            zipfile.BadZipFile, zlib.error):  # fmt: skip
        members = []
    if not members:
        return _flip(chance, content, others)
    number = chance.randrange(len(members))
    name, inner = members[number]
    members[number] = (name, way(chance, inner, others)[:MOST])
    match chance.randrange(5):
        case 0:
            members.append(chance.choice(members))
        case 1:
            del members[chance.randrange(len(members))]
        case _:
            pass
    return _zipped(members) if content.startswith(_ZIP) else _tarred(members)


MUTATIONS: dict[str, Mutation] = {
    "flip": _flip,
    "truncate": _truncate,
    "splice": _splice,
    "remove": _remove,
    "duplicate": _duplicate,
    "lengthen": _lengthen,
    "nest": _nest,
    "pack": _pack,
    "inside": _inside,
}


def _span(chance: random.Random, content: bytes) -> tuple[int, int]:
    """Choose where a piece begins and ends; short ones as often as long ones."""
    begin = chance.randint(0, len(content))
    return begin, min(len(content), begin + chance.choice((1, 16, 256, 4096, len(content))))


def _members(content: bytes) -> list[tuple[str, bytes]]:
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST:
                return []
            return [(each.filename, archive.read(each)) for each in archive.infolist()]
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as packed:
        return [
            (each.name, taken.read())
            for each in packed.getmembers()
            if each.isfile() and (taken := packed.extractfile(each))
        ]


def _zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """Pack a ZIP archive, also one in which a name comes twice."""
    target = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore", category=UserWarning),
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _tarred(members: Sequence[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return target.getvalue()
