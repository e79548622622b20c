"""What may not be listed any more is no deletion: real rights, and a scan that they bind."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT

UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
CLOSED = {
    "share/none": 0o000,
    "share/names": 0o400,
    "share/passage": 0o100,
    "Maildir/.Sent/cur": 0o000,
    "Maildir/.Old": 0o000,
    "mbox/old": 0o000,
}
"""What is closed by which mode: with that of names alone, they are seen and nothing else."""
KNOWN = {
    "none/cv.txt",
    "none/deep/cv.txt",
    "names/deep/cv.txt",
    "passage/cv.txt",
    ".Sent/1.a",
    ".Old/2.b",
    "old#1",
    "old#2",
}
MAIL = "From: a@posti.example\nSubject: cv\n\naino.korpi@posti.example\n"
AUDIT = """\
sources:
  - {id: share, kind: folder, path: share, include: ["*.txt"]}
  - {id: mail, kind: maildir, path: Maildir}
  - {id: mbox, kind: mbox, path: "mbox/*"}
"""


def scan(folder: Path, *prefix: str) -> str:
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "kartta", "scan", "--workers", "1"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout


def asked(folder: Path, query: str) -> set[str]:
    with closing(sqlite3.connect(folder / ".kartta" / "catalog.sqlite")) as connection:
        return {value for (value,) in connection.execute(query)}


@pytest.fixture
def company(tmp_path: Path) -> Path:
    for name in sorted({"share/open.txt", *(f"share/{each}" for each in KNOWN if "/c" in each)}):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("aino.korpi@posti.example")
    for folder in ("cur", "new", ".Sent/cur", ".Sent/new", ".Old/cur"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    for name in ("cur/0.o", ".Sent/cur/1.a", ".Old/cur/2.b"):
        (tmp_path / "Maildir" / name).write_text(MAIL)
    (tmp_path / "mbox").mkdir()
    (tmp_path / "mbox" / "new").write_text(f"From a Mon Dec  1 00:00:00 2026\n{MAIL}")
    (tmp_path / "mbox" / "old").write_text(f"From a Mon Dec  1 00:00:00 2026\n{MAIL}\n" * 2)
    (tmp_path / "kartta.yaml").write_text(AUDIT)
    return tmp_path


def test_what_is_closed_to_a_scan_is_told_and_not_deleted(company: Path) -> None:
    """All that earlier scans knew of it was forgotten, as if it had been deleted."""
    if subprocess.run([*UNPRIVILEGED, "true"], check=False, capture_output=True).returncode:
        pytest.skip("setpriv is not there or may not drop what root may do")
    scan(company)
    for name, mode in CLOSED.items():
        (company / name).chmod(mode)
    scan(company, *UNPRIVILEGED)
    for name in CLOSED:
        (company / name).chmod(0o700)

    found = "select path from assets where exists (select 1 from identifiers where asset_id = "
    denied = "select path from assets join skips on asset_id = assets.id where reason = "
    assert asked(company, f"{found}assets.id)") >= KNOWN
    assert asked(company, f"{denied}'access_denied'") >= {"none", "passage", "names/deep", ".Old"}
    assert not asked(company, "select key from departed")

    for name in ("share/none", "share/names", "share/passage", "Maildir/.Old"):
        shutil.rmtree(company / name)
    (company / "mbox" / "old").unlink()
    scan(company)
    assert {".Sent/1.a"} == KNOWN & asked(company, "select path from assets")
    assert asked(company, "select source_id from departed") == {"share", "mail", "mbox"}
    assert not asked(company, f"{denied}'access_denied'")
