"""Plain text in any encoding, in bounded memory.

The order is fixed and never guesses between code pages (statistical guessing gets Nordic letters
wrong): byte order mark, UTF-16/32 by its zeros, strict UTF-8, the declared charset, UTF-8 with a
few broken bytes, cp1252, latin-1. Offsets are those of the decoded text without its byte order
mark, line ends as they are.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, IncrementalNewlineDecoder
from typing import BinaryIO

from scanner.extract.base import SEGMENT_CHARACTERS, Budget, Part
from scanner.model import Content, Segment

CHUNK = 1024**2
SAMPLE = 65_536

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEVEN_BIT = ("iso2022", "hz", "utf_7")
"""Charsets whose bytes are also valid ASCII: here the declaration comes first."""
ASCII = bytes(range(0x80))
NOT_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a stream."""

    name: str
    errors: str = "strict"


def extract(part: Part, _budget: Budget) -> Iterator[Content]:
    """Yield a text in pieces that end at a line's end."""
    encoding = encoding_of(part.stream, part.charset)
    pending, offset = "", 0
    for chunk in decoded(part.stream, encoding):
        pending += chunk
        while len(pending) > SEGMENT_CHARACTERS:
            cut = _cut(pending)
            yield from _segment(part, pending[:cut], offset)
            pending, offset = pending[cut:], offset + cut
    yield from _segment(part, pending, offset)


def decode(content: bytes, charset: str = "") -> str:
    """Decode bytes that are in memory."""
    stream = BytesIO(content)
    return "".join(decoded(stream, encoding_of(stream, charset)))


def encoding_of(stream: BinaryIO, charset: str = "") -> Encoding:
    """Find the encoding; reads the stream once where the beginning does not tell."""
    start = stream.tell()
    sample = stream.read(SAMPLE)
    stream.seek(start)
    declared = _known(charset)
    known = marked(sample) or _by_zeros(sample)
    if known:
        return Encoding(known, "replace")
    if declared.startswith(SEVEN_BIT):
        return Encoding(declared, "replace")
    found = _survey(stream, declared)
    stream.seek(start)
    return found


def marked(sample: bytes) -> str:
    """Name the encoding that a byte order mark tells; empty without one."""
    return next((name for mark, name in MARKS if sample.startswith(mark)), "")


def head_text(sample: bytes) -> str:
    """Decode a file's first bytes well enough to see its syntax."""
    name = marked(sample) or _by_zeros(sample) or "latin-1"
    return sample.decode(name, "replace")


def decoded(stream: BinaryIO, encoding: Encoding) -> Iterator[str]:
    """Decode a stream in pieces."""
    decoder = codecs.getincrementaldecoder(encoding.name)(encoding.errors)
    while chunk := stream.read(CHUNK):
        if text := decoder.decode(chunk):
            yield text
    if text := decoder.decode(b"", final=True):
        yield text


def lines(stream: BinaryIO, encoding: Encoding) -> Iterator[str]:
    r"""Decode a stream line by line, any line end as `\n`; an endless line comes in pieces."""
    newlines = IncrementalNewlineDecoder(None, translate=True)
    pending = ""
    for chunk in decoded(stream, encoding):
        *whole, pending = (pending + newlines.decode(chunk)).split("\n")
        for line in whole:
            yield line + "\n"
        if len(pending) > CHUNK:
            yield pending
            pending = ""
    if pending:
        yield pending


def _cut(text: str) -> int:
    """Find where a piece ends: after a line, else after a word, else anywhere."""
    for mark in ("\n", " "):
        found = text.rfind(mark, SEGMENT_CHARACTERS // 2, SEGMENT_CHARACTERS)
        if found >= 0:
            return found + 1
    return SEGMENT_CHARACTERS


def _segment(part: Part, text: str, offset: int) -> Iterator[Segment]:
    if text and not text.isspace():
        yield Segment(part.locator, text, offset=offset)


def _known(charset: str) -> str:
    """Give Python's name of a declared charset that decodes bytes to text; else empty."""
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return ""
    if name == "iso8859-1":
        return "cp1252"  # as every mail program and browser reads it
    return "" if name in {"ascii", "utf-8", "idna", "punycode"} else name.replace("-", "_")


def _by_zeros(sample: bytes) -> str:
    """Recognise UTF-16 and UTF-32 without a mark: Latin text has a zero in each unit."""
    if b"\0" not in sample or len(sample) < 4:  # noqa: PLR2004 - one UTF-32 unit
        return ""
    zeros = [sample[place::4].count(0) / len(sample[place::4]) for place in range(4)]
    few, many = 0.05, 0.7
    if zeros[0] < few and min(zeros[1:]) > many:
        return "utf-32-le"
    if zeros[3] < few and min(zeros[:3]) > many:
        return "utf-32-be"
    if max(zeros[0], zeros[2]) < few and min(zeros[1], zeros[3]) > many:
        return "utf-16-le"
    if max(zeros[1], zeros[3]) < few and min(zeros[0], zeros[2]) > many:
        return "utf-16-be"
    return ""


def _survey(stream: BinaryIO, declared: str) -> Encoding:
    """Read everything once: UTF-8, nearly UTF-8, the declared charset or a Western code page."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    high = broken = 0
    outside = False
    wrong = codecs.getincrementaldecoder(declared)() if declared else None
    while chunk := stream.read(CHUNK):
        text = decoder.decode(chunk)
        if not chunk.isascii():
            high += len(chunk.translate(None, ASCII))
            broken += text.count("\ufffd") - chunk.count(b"\xef\xbf\xbd")
            outside = outside or NOT_IN_CP1252.search(chunk) is not None
        wrong = wrong if wrong is None or _decodes(wrong, chunk) else None
    cut_short = len(decoder.decode(b"", final=True)) > 0
    if broken <= 0:
        return Encoding("utf-8", "replace") if high > 1 or not cut_short else Encoding("cp1252")
    if wrong is not None:
        return Encoding(declared, "replace")
    if broken * 10 <= high:
        return Encoding("utf-8", "replace")
    return Encoding("latin-1" if outside else "cp1252")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeError:
        return False
    return True
