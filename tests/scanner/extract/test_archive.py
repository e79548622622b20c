"""Archives and bombs."""

import bz2
import gzip
import io
import lzma
import time
import zipfile
from collections.abc import Callable

import pytest

from scanner.extract.base import Limits
from scanner.model import SkipReason
from tests.scanner.extract.made import NAME, TEXT, read, skips, tarred, text, zipped

ZEROS = bytes(64 * 1024**2)
LEAVES = (b"<b>" + b" " * 1024**2 + b"</b>") * 64


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_single_files_are_unpacked(pack: Callable[[bytes], bytes]) -> None:
    assert NAME in text(read("cv.txt.gz", pack(TEXT.encode())))


def test_a_cut_archive_keeps_what_was_read() -> None:
    noise = b"".join(b"%d Aino\n" % n for n in range(100_000))
    contents = read("a.txt.gz", gzip.compress(noise)[:-5000])

    assert "Aino" in text(contents)
    assert [SkipReason.UNREADABLE] == [each.reason for each in skips(contents)]


@pytest.mark.parametrize(
    "bomb",
    [
        lambda: zipped({"a.txt": ZEROS}),
        lambda: gzip.compress(ZEROS),
        lambda: bz2.compress(ZEROS),
        lambda: zipped({"word/document.xml": b"<a>" + LEAVES, "[Content_Types].xml": b""}),
        lambda: zipped({"xl/worksheets/sheet1.xml": ZEROS, "[Content_Types].xml": b""}),
        lambda: gzip.compress(tarred({"a.zip": zipped({"b": ZEROS})})),
    ],
    ids=["zip", "gzip", "bzip2", "docx", "xlsx", "nested"],
)
def test_a_bomb_stops_early(bomb: Callable[[], bytes]) -> None:
    content = bomb()
    start = time.process_time()
    contents = read("a", content)

    assert SkipReason.LIMIT in [each.reason for each in skips(contents)]
    assert time.process_time() - start < 5


def test_a_spent_budget_gives_one_skip_for_all() -> None:
    """As in 42.zip: sixteen archives in each of sixteen archives, five levels down."""
    content = zipped({f"{n}.txt": b"%d" % n * 3000 for n in range(16)})
    for _level in range(4):
        content = zipped({f"{n}.zip": content for n in range(16)})
    contents = read("42.zip", content, Limits(max_members=500, max_ratio=10**9))

    assert [SkipReason.LIMIT] == [each.reason for each in skips(contents)]
    assert "500 members" in skips(contents)[0].detail


def test_the_total_is_limited() -> None:
    members = {f"{n}.txt": bytes(str(n), "ascii") * 500_000 for n in range(20)}
    contents = read("a.zip", zipped(members), Limits(max_unpacked=3_000_000, max_ratio=10**9))

    assert [SkipReason.LIMIT] == [each.reason for each in skips(contents)]
    assert text(contents)


def test_too_deep_costs_the_depth_only() -> None:
    content = zipped({"a.txt": b"Aino"})
    for _level in range(12):
        content = zipped({"b.txt": b"Veikko", "a.zip": content})
    contents = read("a.zip", content)

    assert {SkipReason.LIMIT} == {each.reason for each in skips(contents)}
    assert text(contents).count("Veikko") == 8


def test_an_encrypted_member_is_skipped_by_name_and_the_next_is_read() -> None:
    content = bytearray(zipped({"salainen.txt": b"Aino", "avoin.txt": b"Veikko"}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    contents = read("a.zip", bytes(content))

    assert [("part:salainen.txt",)] == [each.locator.texts for each in skips(contents)]
    assert [SkipReason.ENCRYPTED] == [each.reason for each in skips(contents)]
    assert "Veikko" in text(contents)


def test_paths_are_names_only(tmp_path: object) -> None:
    contents = read("a.zip", zipped({"../../etc/x.txt": b"Aino"}))

    assert "Aino" in text(contents)


@pytest.mark.parametrize(("encoding", "flag"), [("cp850", 0), ("utf-8", 0)])
def test_names_in_old_encodings_are_understood(encoding: str, flag: int) -> None:
    placeholder = "x" * len("hækä.txt".encode(encoding))
    content = zipped({placeholder: b"Aino"})
    content = content.replace(placeholder.encode(), "hækä.txt".encode(encoding))
    [found] = read("a.zip", content)

    assert flag == 0
    assert "part:hækä.txt" == str(found.locator)  # type: ignore[union-attr]


def test_links_in_tar_are_passed_over(files: dict[str, bytes]) -> None:
    assert "root:" not in text(read("a.tar", files["a.tar"]))


def test_a_zip_without_directory_is_unreadable() -> None:
    content = zipped({"a.txt": b"Aino"})

    assert [SkipReason.UNREADABLE] == [each.reason for each in skips(read("a.zip", content[:40]))]


def test_an_unknown_packing_is_unsupported() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", b"Aino")
    content = bytearray(target.getvalue())
    content[8] = content[content.index(b"PK\1\2") + 10] = 97

    found = [each.reason for each in skips(read("a.zip", bytes(content)))]
    assert found == [SkipReason.UNSUPPORTED]
