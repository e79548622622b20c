"""A disk that fails under an extractor is told as that, whatever the reader makes of it."""

import errno
from typing import BinaryIO

import pytest

from scanner.connectors.tree.base import Files, Names, Status
from scanner.errors import AssetError
from scanner.extract import faults
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import extract
from scanner.model import Asset, Skip, SkipReason, SourceId
from scanner.work import guarded
from tests.faults import FailingFile

FORMATS = (
    "a.txt", "a.html", "a.eml", "a.mbox", "a.pdf", "a.docx", "a.xlsx", "a.pptx", "a.odt",
    "a.csv", "a.json", "a.jsonl", "a.xml", "a.sqlite", "a.zip", "a.tar", "a.tgz",
)  # fmt: skip


class _Failing:
    """A tree of one file, whose disk fails at a place in it."""

    def __init__(self, content: bytes, place: int) -> None:
        self._content = content
        self._place = place

    def root(self) -> tuple[Names, Status]:
        return ("file",), Status(is_folder=False, sign="1")

    def list(self, folder: Names) -> list[object]:
        return []

    def open(self, names: Names) -> BinaryIO:
        return FailingFile(self._content, self._place)

    def readers(self, names: Names) -> tuple[str, ...]:
        return ()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
def test_a_failing_disk_makes_no_file_broken(
    files: dict[str, bytes], name: str, share: float
) -> None:
    """It was unreadable for good, or read as something else that its beginning may be, too."""
    content = files[name]
    source = Files("share", _Failing(content, int(len(content) * share)), Limits())  # type: ignore[arg-type]  # lists nothing

    found = list(guarded(source, Asset(SourceId("share"), name, "1")))
    reasons = {each.reason for each in found if isinstance(each, Skip)}
    assert SkipReason.IO in reasons


@pytest.mark.parametrize("name", FORMATS)
def test_a_member_on_a_failing_disk_is_not_broken(files: dict[str, bytes], name: str) -> None:
    """Without the tree's own watch: an attachment of a recruiting system, a plug-in's file."""
    content = files[name]
    part = Part(name, FailingFile(content, int(len(content) * 0.5)))

    try:
        reasons = {
            each.reason for each in extract(part, Budget(Limits())) if isinstance(each, Skip)
        }
    except AssetError as error:
        reasons = {error.reason}
    assert SkipReason.IO in reasons


def test_broken_content_is_no_fault() -> None:
    assert faults.passing(OSError("Invalid data stream")) is None
    assert faults.passing(OSError(errno.EINVAL, "Invalid argument")) is None
