"""What holds for every extractor, whatever bytes it meets."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import AssetError
from scanner.extract.base import Budget, Limits, Part, part_of
from scanner.extract.dispatch import extract, member
from scanner.extract.registry import BUILTIN, Format
from scanner.locator import WHOLE
from scanner.model import Segment, Skip, SkipReason
from tests.scanner.extract.made import NAME, read, skips, text

NAMES = [entry.suffixes[0] for entry in BUILTIN]
HEADS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\3\4",
    b"SQLite format 3\0",
    b"\x1f\x8b\x08",
    b"From a\nFrom: b\n",
    b"Received: x\nFrom: =?utf-8?b?",
    b"MIME-Version: 1.0\nFrom: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
    b"<?xml version='1.0'?><a>",
    b"<html>",
    b'{"a": ',
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"a;b\n1;2\n",
]


@given(st.sampled_from(HEADS), st.binary(max_size=4096), st.sampled_from(NAMES))
def test_arbitrary_bytes_give_text_or_a_skip(head: bytes, tail: bytes, suffix: str) -> None:
    assert bool(head + tail) == bool(read("a" + suffix, head + tail))


@given(st.sampled_from(HEADS), st.text(max_size=2000), st.sampled_from(NAMES))
def test_arbitrary_text_gives_text_or_a_skip(head: bytes, tail: str, suffix: str) -> None:
    content = head + tail.encode("utf-8", "replace")

    assert bool(content) == bool(read("a" + suffix, content))


@pytest.mark.parametrize("form", BUILTIN, ids=lambda form: form.name)
@given(st.binary(min_size=1, max_size=2048))
def test_a_member_never_raises(form: Format, content: bytes) -> None:
    list(member(part_of("a", content), Budget(Limits()), form))


@given(st.data())
def test_damaged_files_give_text_or_a_skip(files: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    content = bytearray(files[name])
    noise = random.Random(data.draw(st.integers(0, 2**32)))  # noqa: S311
    for _ in range(data.draw(st.integers(0, 20))):
        content[noise.randrange(len(content))] = noise.randrange(256)
    end = data.draw(st.integers(1, len(content)))

    assert read(name, bytes(content[:end]))


@given(st.data())
def test_a_skip_never_tells_content(files: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(files)))
    end = data.draw(st.integers(1, len(files[name])))

    for skip in skips(read(name, files[name][:end])):
        assert "Aino" not in skip.detail
        assert "example.org" not in skip.detail


def test_locators_and_labels_never_hold_a_value(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        for each in read(name, content):
            if isinstance(each, Segment):
                assert "Aino" not in repr((each.locator.texts, each.label))


def test_every_good_file_tells_its_person_and_skips_nothing(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        contents = read(name, content)

        assert NAME in text(contents), name
        assert [] == skips(contents), name


def test_the_bytes_decide_and_not_the_name(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name not in {"a.txt", "a.csv", "a.tgz"}:
            assert read(name, content) == read("a.txt", content), name


def test_records_are_ascending_and_begin_inside_the_text(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        for each in read(name, content):
            if isinstance(each, Segment) and each.records:
                offsets = [offset for offset, _name in each.records]
                assert sorted(offsets) == offsets
                assert offsets[-1] < len(each.text)


def test_segments_hold_no_lone_surrogates() -> None:
    contents = read("a.json", b'{"name": "Aino \\ud800 \\udc00x"}')

    assert text(contents).encode()


def test_an_empty_file_gives_nothing_and_misses_nothing() -> None:
    assert read("a.txt", b"") == []


def test_a_failure_after_text_keeps_the_text(files: dict[str, bytes]) -> None:
    half = files["a.tar"][: len(files["a.tar"]) // 2]
    contents = read("a.tar", half)

    assert SkipReason.UNREADABLE in {skip.reason for skip in skips(contents)}


@pytest.mark.parametrize(
    ("head", "named"),
    [
        (b"{\\rtf1 hello", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"Rar!\x1a\7\0" + bytes(50), "RAR"),
        (b"!BDN" + bytes(50), "Outlook"),
        (b"\x78\x9f\x3e\x22" + bytes(50), "TNEF"),
        (bytes(range(1, 32)) * 9, "unknown"),
    ],
)
def test_a_format_that_is_not_read_is_named(head: bytes, named: str) -> None:
    [skip] = skips(read("a.bin", head))

    assert skip.reason is SkipReason.UNSUPPORTED
    assert named in skip.detail


def test_an_unexpected_failure_becomes_a_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError(NAME)

    monkeypatch.setattr("scanner.extract.plain.extract", broken)
    contents = list(member(part_of("a.txt", b"hei"), Budget(Limits())))

    assert [Skip(SkipReason.UNREADABLE, "the text reader failed on it (ZeroDivisionError)")] == (
        contents
    )


def test_running_out_of_memory_becomes_a_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise MemoryError

    monkeypatch.setattr("scanner.extract.plain.extract", broken)
    [skip] = skips(list(member(part_of("a.txt", b"hei"), Budget(Limits()))))

    assert skip.reason is SkipReason.MEMORY


def test_a_generator_left_early_closes_cleanly(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        stream = extract(part_of(name, content), Budget(Limits()))
        next(stream)
        stream.close()  # type: ignore[attr-defined]  # it is a generator


def test_a_part_larger_than_allowed_is_too_large(files: dict[str, bytes]) -> None:
    with pytest.raises(AssetError) as caught:
        list(extract(part_of("a.pdf", files["a.pdf"]), Budget(Limits(max_bytes=100))))

    assert caught.value.reason is SkipReason.TOO_LARGE


def test_the_declared_type_decides_where_bytes_and_name_say_nothing() -> None:
    stream = part_of("", b"a;b\n1;2\n").stream
    contents = list(extract(Part("", stream, WHOLE, "text/csv"), Budget(Limits())))

    assert ("column:b", "rows:1-1") in [each.locator.texts for each in contents]  # type: ignore[union-attr]
