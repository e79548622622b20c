"""What Kartta writes is its user's alone: while it is written, and whatever the umask is."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE

import pytest

from scanner.catalog.store import Catalog
from tests.conftest import ROOT

AUDIT = """\
register: register.yaml
sources:
  - {id: recruitment-files, kind: folder, path: files}
  - {id: hr, kind: database, url: "sqlite:///files/hr.sqlite"}
"""


def kartta(folder: Path, umask: int, *words: str) -> str:
    temporary = folder / "tmp"
    done = subprocess.run(
        [sys.executable, "-m", "kartta", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


def modes(*folders: Path) -> Iterator[tuple[str, str]]:
    """Give every file and folder below some folders, themselves too, that others have rights to."""
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            try:
                mode = S_IMODE(path.lstat().st_mode)
            except FileNotFoundError:
                continue
            if mode & 0o077:
                yield path.name, oct(mode)


@contextmanager
def watched(*folders: Path) -> Iterator[set[tuple[str, str]]]:
    """Look at folders again and again, from a thread of its own, and collect what is too wide."""
    seen: set[tuple[str, str]] = set()
    names: set[str] = set()
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            try:
                names.update(path.name for folder in folders for path in folder.rglob("*"))
                seen.update(modes(*folders))
            except FileNotFoundError:
                continue  # removed while it was looked at

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()
    assert {"catalog.sqlite-wal", "copy.sqlite"} <= names, "it looked while the scan ran"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Path]:
    """Give an audit of a few files and of a database with an open log, which is copied."""
    (tmp_path / "tmp").mkdir(mode=0o700)
    files = tmp_path / "files"
    files.mkdir()
    for number in range(150):
        (files / f"{number}.txt").write_text(f"onni.lahti{number}@posti.example\n" * 20)
    kartta(tmp_path, 0o022, "init", ".")
    (tmp_path / "kartta.yaml").write_text(AUDIT)
    with closing(sqlite3.connect(files / "hr.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("create table staff (email text)")
        connection.execute("insert into staff values ('anna.laine@example.fi')")
        connection.commit()
        yield tmp_path


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_scan_and_its_reports_are_their_owners_alone(company: Path, umask: int) -> None:
    """`.kartta` was made with the key, before the catalog asked for 0700."""
    with watched(company / ".kartta", company / "tmp") as wide:
        kartta(company, umask, "scan")
    for name in ("findings.html", "new/f.sarif"):
        kartta(company, umask, "report", "-o", f"out/{name}")
    kartta(company, umask, "ropa", "export", "out/record.xlsx")
    kartta(company, umask, "graph", "-o", "out/graph.svg")

    assert not wide
    assert not [*modes(company / ".kartta", company / "tmp", company / "out")]


def test_what_an_older_version_made_is_told_and_narrowed(company: Path) -> None:
    kartta(company, 0o022, "scan")
    folder = company / ".kartta"
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)

    said = kartta(company, 0o022, "doctor")
    (warning,) = [line for line in said.splitlines() if line.startswith("warn  rights")]
    assert all(name in warning for name in (".kartta", "key", "catalog.sqlite"))

    kartta(company, 0o022, "scan")
    assert not [*modes(folder)]


def test_a_catalog_and_its_log_are_made_narrow(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with (
            Catalog.open(f"sqlite:///{tmp_path}/new/c.sqlite") as catalog,
            catalog.writing(),
        ):
            catalog.begin_run(datetime.now(UTC), "1", "digest")
            found = sorted(path.name for path in (tmp_path / "new").iterdir())
            wide = [*modes(tmp_path / "new")]
    finally:
        os.umask(before)

    assert ["c.sqlite", "c.sqlite-shm", "c.sqlite-wal", "c.sqlite.lock"] == found
    assert not wide


def test_a_report_takes_the_place_of_a_link_and_does_not_follow_it(company: Path) -> None:
    """Somebody who may write to the folder could send a report wherever a link leads."""
    kartta(company, 0o022, "scan")
    victim = company / "victim"
    victim.write_text("mine")
    (company / ".f.csv.part").symlink_to(victim)

    kartta(company, 0o022, "report", "-o", "f.csv")

    assert "mine" == victim.read_text()
    assert (company / "f.csv").stat().st_size
