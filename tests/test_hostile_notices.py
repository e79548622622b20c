"""Notices come from outside: one that is made to hurt costs its own reading and little else."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kartta.notices import LIMITS, contained
from ropa.notice.text import NoticeText
from scanner.catalog import query, records
from scanner.catalog.store import Catalog
from scanner.errors import RegisterError
from tests.conftest import ROOT

MEGABYTE = 1024**2
MOST_MEMORY = 600 * MEGABYTE
"""Resident, of all processes of a command: some 50 of them are Kartta itself."""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>'
)
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def body(*pieces: str, times: int = 1, prolog: str = "") -> Iterator[str]:
    """Give the XML of a notice that begins as others do."""
    yield f'{prolog}<w:document xmlns:w="{WORD}"><w:body>'
    yield paragraph("Privacy notice for job applicants")
    yield paragraph("We keep your application for six months.")
    for _ in range(times):
        yield from pieces
    yield "</w:body></w:document>"


HOSTILE: dict[str, Callable[[], Iterator[str]]] = {
    "bomb": lambda: body(" " * MEGABYTE, times=300),
    "empty paragraphs": lambda: body("<w:p/>" * 100_000, times=20),
    "one text": lambda: body(
        f"<w:p><w:r><w:t>{'a' * 64 * MEGABYTE}</w:t></w:r></w:p>",
    ),
    "one attribute": lambda: body(f'<w:p w:x="{"a" * 64 * MEGABYTE}"/>'),
    "deep": lambda: body("<w:p>" * 300_000),
    "laughs": lambda: body(paragraph("&e11;"), prolog=f"<!DOCTYPE d [{ENTITIES}]>"),
    "many words": lambda: body(*(paragraph(f"{os.urandom(500).hex()}") for _ in range(500))),
}
"""What an attacker writes into a document whose archive is small."""


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notices")
    for name, pieces in {**HOSTILE, "good": body}.items():
        with zipfile.ZipFile(folder / f"{name}.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES)
            with archive.open("word/document.xml", "w", force_zip64=True) as document:
                for piece in pieces():
                    document.write(piece.encode())
    return folder


MEASURED = """
import pathlib, resource, subprocess, sys
done = subprocess.run([sys.executable, *sys.argv[2:]])
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
pathlib.Path(sys.argv[1]).write_text(str(used))
sys.exit(done.returncode)
"""
"""Runs a command from a small process: what a large one starts is counted as large."""


def kartta(folder: Path, *arguments: str) -> tuple[int, str, int]:
    """Run a command; give its exit status, all that it says, and the most memory that it took."""
    said = folder / "said"
    with said.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(folder / "memory"), "-m", "kartta", *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"},
            stdout=output,
            stderr=output,
            check=False,
        )
    return done.returncode, said.read_text(), int((folder / "memory").read_text()) * 1024


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_notice_is_refused_within_the_limits(
    notices: Path, tmp_path: Path, name: str
) -> None:
    """What lay behind a limit was left out in silence: the rest was read as the whole notice."""
    status, said, memory = kartta(tmp_path, "notice", "read", f"{notices / name}.docx")

    assert 2 == status
    assert said.startswith("Error: ")
    assert f"{name}.docx: " in said
    assert "Traceback" not in said
    assert memory < MOST_MEMORY


def test_a_notice_that_is_whole_is_read(notices: Path, tmp_path: Path) -> None:
    status, said, _ = kartta(tmp_path, "notice", "read", f"{notices}/good.docx", "--format", "json")

    assert 0 == status
    assert json.loads(said)


def test_hostile_notices_in_a_share_cost_themselves(notices: Path, tmp_path: Path) -> None:
    (tmp_path / "kartta.yaml").write_text(
        f"sources: [{{id: share, kind: folder, path: '{notices}'}}]\n"
    )

    status, said, memory = kartta(tmp_path, "scan", "--workers", "2")
    assert 0 == status, said
    assert memory < MOST_MEMORY
    with Catalog.open(f"sqlite:///{tmp_path}/.kartta/catalog.sqlite", create=False) as catalog:
        (summary,) = query.source_summaries(catalog)
        told = {entry.asset for entry in records.skipped_assets(catalog)}
    assert ("", True, len(HOSTILE) + 1) == (summary.error, summary.is_listed, summary.assets)
    assert told == {f"{name}.docx" for name in HOSTILE if name != "many words"}


def hoard(notice: NoticeText) -> int:
    """Take more memory than a notice is given, as a library may."""
    return len(bytearray(4 * LIMITS.memory)) + len(notice.lines)


def test_a_notice_takes_no_more_memory_than_it_is_given(notices: Path) -> None:
    with pytest.raises(RegisterError, match="took too much memory"):
        contained(notices / "good.docx", hoard)
