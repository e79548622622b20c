"""A format of another package reads what ours would refuse or read as something general."""

import io
import zipfile
from pathlib import Path

import pytest

from scanner.errors import ConfigError, Encrypted
from scanner.extract.base import Part
from scanner.extract.sniff import sniff

MODULE = """
from scanner.extract.registry import Format

FORMAT = Format("added", "added_format:extract", (".added", ".txt", ".pdf"), (b"{\\\\rtf", b"ADD"))
"""


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    metadata = tmp_path / "added_format-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: added-format\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[kartta.formats]\nadded = added_format:FORMAT\n")
    (tmp_path / "added_format.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(tmp_path))


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("inside.bin", b"\0\1")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("letter", b"{\\rtf1 Hei}", "added"),  # ours names it and refuses it
        ("note.bin", b"ADD 1", "added"),  # the bytes decide
        ("note.txt", b"\xef\xbb\xbfADD 1", "added"),
        ("note.added", b"plain words", "added"),  # the name, where the bytes say nothing
        ("note.added", b'{"a": 1}', "added"),
        ("note.added", b"\0\1\2\3" * 20, "added"),
        ("note.added", zipped(), "added"),
        ("note.txt", b"plain words", "text"),  # a suffix of ours stays ours
        ("note.added", b"%PDF-1.7\n1 0 obj\n", "pdf"),  # and so does what ours knows for sure
        ("note.added", b"SQLite format 3\0", "sqlite"),
    ],
)
def test_ours_comes_first_where_it_knows(name: str, content: bytes, form: str) -> None:
    part = Part(name, io.BytesIO(content))

    assert sniff(part).name == form
    assert part.stream.tell() == 0


def test_what_is_encrypted_stays_encrypted() -> None:
    with pytest.raises(Encrypted):
        sniff(Part("note.added", io.BytesIO(b"-----BEGIN PGP MESSAGE-----\n")))


def test_what_is_no_format_names_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = tmp_path / "other" / "no_format-2.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: no-format\nVersion: 2.0\n")
    (metadata / "entry_points.txt").write_text("[kartta.formats]\nnone = zipfile:ZipFile\n")
    monkeypatch.syspath_prepend(str(metadata.parent))

    with pytest.raises(ConfigError, match=r"no-format 2\.0 is not usable"):
        sniff(Part("note.unknown", io.BytesIO(b"plain words")))
