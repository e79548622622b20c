"""Plain text: encodings, offsets and memory."""

import codecs
import tracemalloc
from io import BytesIO, RawIOBase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.extract.base import Budget, Limits, Part, part_of
from scanner.extract.plain import decode, encoding_of, extract
from scanner.model import Segment
from tests.scanner.extract.made import TEXT


def pieces(content: bytes) -> list[Segment]:
    found = list(extract(part_of("a.txt", content), Budget(Limits())))
    return [each for each in found if isinstance(each, Segment)]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252", "latin-1"],
)
def test_nordic_text_survives_its_encoding(encoding: str) -> None:
    assert TEXT == decode(TEXT.encode(encoding))


def test_big_endian_marks_are_understood() -> None:
    assert TEXT == decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"))


def test_the_declared_charset_is_used_where_utf_8_fails() -> None:
    assert "Łukasz żółw" == decode("Łukasz żółw".encode("iso-8859-2"), "iso-8859-2")


def test_a_seven_bit_charset_is_believed() -> None:
    assert "日本" == decode("日本".encode("iso2022-jp"), "ISO-2022-JP")


def test_an_unknown_or_binary_charset_is_no_failure() -> None:
    assert [TEXT, TEXT] == [decode(TEXT.encode(), name) for name in ("x-unknown", "base64")]


def test_utf_8_with_one_broken_byte_stays_utf_8() -> None:
    broken = ("ääkkösiä " * 50).encode() + b"\xff"

    assert decode(broken).startswith("ääkkösiä ")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_utf_8_decodes_as_python_does(text: str) -> None:
    content = text.encode()
    if b"\0" not in content and not content.startswith(codecs.BOM_UTF8):
        assert content.decode() == decode(content)


@pytest.mark.parametrize("line", ["Ääkkösiä tässä\r\n", "sana ", "x" * 1000, "a\nb\rc\r\n\u2028"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_offsets_are_those_of_the_decoded_text(line: str, encoding: str) -> None:
    text = (line * (900_000 // len(line))).replace("\u2028", "x" if encoding == "cp1252" else "é")
    whole = text.encode(encoding, "replace").decode(encoding)
    found = pieces(text.encode(encoding, "replace"))

    assert len(found) > 2
    assert whole == "".join(piece.text for piece in found)
    for piece in found:
        assert piece.text == whole[piece.offset : piece.offset + len(piece.text)]


class _Endless(RawIOBase):
    """Sixty megabytes that nobody holds."""

    def __init__(self) -> None:
        self.place, self.end = 0, 60 * 1024**2

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        given = max(0, min(size, self.end - self.place))
        self.place += given
        return (TEXT.encode() * (given // 60 + 1))[:given]

    def tell(self) -> int:
        return self.place

    def seek(self, place: int, _whence: int = 0) -> int:
        self.place = place
        return place


def test_a_large_text_is_never_held_whole() -> None:
    tracemalloc.start()
    part = Part("a.txt", _Endless())  # type: ignore[arg-type]  # a stream as far as it is used
    characters = sum(
        len(each.text) for each in extract(part, Budget(Limits())) if isinstance(each, Segment)
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert characters > 55_000_000
    assert peak < 30 * 1024**2


def test_the_stream_stays_where_it_was() -> None:
    stream = BytesIO(b"abc" + TEXT.encode("cp1252"))
    stream.seek(3)

    assert "cp1252" == encoding_of(stream).name
    assert stream.tell() == 3
