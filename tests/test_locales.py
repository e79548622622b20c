"""Every locale and code page, too little memory, a medium that cannot be written, and Ctrl-C."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pytest

from scanner.catalog import query
from scanner.catalog.store import Catalog

ROOT = Path(__file__).parent.parent
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
LOCALES = {
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX"},
    "ASCII": ASCII,
    "ASCII terminal": {"PYTHONIOENCODING": "ascii"},
    "Western terminal": {"PYTHONIOENCODING": "cp1252"},
    "Latin": {"LC_ALL": "fi_FI.ISO-8859-1"},
}
NOT_TEXT = b"hakemus_\xe4.txt"
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Even for root a file that is not to be written, is not."""


def kartta(
    folder: Path,
    *arguments: str,
    prefix: tuple[str, ...] = (),
    variables: Mapping[str, str] = MappingProxyType({}),
) -> "subprocess.CompletedProcess[bytes]":
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "kartta", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100"} | dict(variables),
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"internal error" not in done.stderr
    return done


@pytest.fixture(scope="module")
def locpath(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a locale of another encoding, where the system has the tools for it."""
    folder = tmp_path_factory.mktemp("locale")
    command = ["localedef", "-i", "fi_FI", "-f", "ISO-8859-1", str(folder / "fi_FI.ISO-8859-1")]
    if shutil.which("localedef"):
        subprocess.run(command, check=False, capture_output=True)
    return str(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = tmp_path / "files"
    files.mkdir()
    (files / "äö → ☃.txt").write_text("matti.meikalainen@posti.example, 040 1234567", "utf-8")
    (tmp_path / os.fsdecode(b"files/" + NOT_TEXT)).write_text("onni@posti.example")
    with zipfile.ZipFile(files / "broken.zip", "w") as archive:
        archive.writestr("a.txt", "a" * 1000)
    (files / "broken.zip").write_bytes((files / "broken.zip").read_bytes()[:-30])
    return tmp_path


def paths(folder: Path) -> dict[str, str]:
    with closing(sqlite3.connect(folder / ".kartta" / "catalog.sqlite")) as database:
        assert database.execute("select count(*) from departed").fetchone() == (0,)
        return dict(database.execute("select path, fingerprint from assets"))


@pytest.mark.parametrize("name", LOCALES)
def test_a_locale_changes_neither_names_nor_the_end(folder: Path, locpath: str, name: str) -> None:
    """Files looked deleted and new in another locale, and what it cannot show ended the command."""
    variables = LOCALES[name] | {"LOCPATH": locpath}
    if name == "Latin" and not any(Path(locpath).iterdir()):
        pytest.skip("no locale of another encoding can be made here")
    first = kartta(folder, "scan", "files", "--workers", "1")
    before = paths(folder)

    second = kartta(folder, "scan", "files", "--workers", "2", variables=variables)
    shown = kartta(folder, "coverage", variables=variables)
    data = json.loads(kartta(folder, "coverage", "--format", "json", variables=variables).stdout)
    report = json.loads(
        kartta(folder, "scan", "files", "--format", "json", variables=variables).stdout
    )
    hits = kartta(folder, "inspect", "files", "--jsonl", variables=variables).stdout.decode()

    assert [each.returncode for each in (first, second, shown)] == [0, 0, 0]
    assert before == paths(folder)
    assert set(before) == {"äö → ☃.txt", "hakemus_\\xe4.txt", "broken.zip"}
    assert {entry["asset"] for entry in data["skips"]} == {"broken.zip"}
    assert {entry["asset"] for entry in report["places"]} == set(before) - {"broken.zip"}
    assert {Path(json.loads(line)["asset"]).name for line in hits.splitlines()} > {"äö → ☃.txt"}
    assert kartta(folder, "rules", "list", "--lang", "fi", variables=variables).returncode == 0


@pytest.mark.parametrize(("kilobytes", "expected"), [(150_000, 2), (300_000, 2), (600_000, 0)])
def test_too_little_memory_is_said_in_words(folder: Path, kilobytes: int, expected: int) -> None:
    """A library ended the process with words of its own, and with the status of violations."""
    prefix = ("sh", "-c", f'ulimit -v {kilobytes}; exec "$@"', "sh")
    done = kartta(
        folder,
        "scan",
        "files",
        "--workers",
        "2",
        prefix=prefix,
        variables={"OPENBLAS_NUM_THREADS": "2"},
    )

    assert done.returncode == expected, done.stderr
    assert (b"ulimit -v" in done.stderr) == (expected != 0)


def test_a_name_that_is_no_text_loses_its_own_table_only(folder: Path) -> None:
    """In an SQLite file the whole file was lost, or a column was read as if it were empty."""
    for number in range(3):
        file = folder / "files" / "rows.sqlite"
        with closing(sqlite3.connect(file)) as database, database:
            name, column = ("good", "badx", "more")[number], ("email", "email", "emaix")[number]
            database.execute(f"create table {name} ({column} text)")
            database.execute(f"insert into {name} values ('onni{number}@posti.example')")  # noqa: S608
    content = file.read_bytes().replace(b"badx", b"bad\xe4").replace(b"emaix", b"emai\xe4")
    file.write_bytes(content)
    shutil.copy(file, folder / "rows.sqlite")

    done = kartta(folder, "scan", "files", "rows.sqlite", "--workers", "1")
    data = json.loads(kartta(folder, "coverage", "--format", "json").stdout)
    lost = {
        (entry["source"], entry["asset"], *entry["locator"]): entry["detail"]
        for entry in data["skips"]
        if entry["asset"] != "broken.zip"
    }
    assert done.returncode == 0
    assert set(lost) == {
        ("files", "rows.sqlite", "table:bad\ufffd"),
        ("files", "rows.sqlite", "table:more"),
        ("rows.sqlite", "main.bad\ufffd"),
        ("rows.sqlite", "main.more", "column:emai\ufffd"),
    }
    with Catalog.open(f"sqlite:///{folder}/.kartta/catalog.sqlite", create=False) as catalog:
        found = {
            entry.source
            for entry in query.category_summaries(catalog)
            if entry.category == "contact.email"
        }
    assert found == {"files", "rows.sqlite"}


def test_a_catalog_that_cannot_be_written_is_read(folder: Path) -> None:
    """To write to one was an internal error."""
    if subprocess.run([*UNPRIVILEGED, "true"], check=False, capture_output=True).returncode:
        pytest.skip("setpriv is not there or may not drop what root may do")
    kartta(folder, "scan", "files", "--workers", "1")
    kept = folder / ".kartta"
    for path, mode in ((kept / "catalog.sqlite", 0o400), (kept, 0o500)):
        path.chmod(mode)
        written = kartta(folder, "scan", "files", "--workers", "1", prefix=UNPRIVILEGED)
        read = kartta(folder, "coverage", prefix=UNPRIVILEGED)
        report = kartta(folder, "report", "-o", "x.html", prefix=UNPRIVILEGED)

        assert written.returncode == 4
        assert b"cannot be written (Permission denied)" in written.stderr
        assert (read.returncode, report.returncode) == (0, 0)
    kept.chmod(0o700)


def test_an_interrupt_or_a_reader_that_leaves_says_no_traceback(folder: Path) -> None:
    """At any moment of a run, also before the first command is known and while it tidies up."""
    for number in range(200):
        (folder / "files" / f"{number}.txt").write_text("a@b.example 040 1234567\n" * 200)
    for delay in (0.02, 0.1, 0.3, 0.6, 1.0, 1.5, 2.5):
        process = subprocess.Popen(
            [sys.executable, "-m", "kartta", "scan", "files", "--catalog", f"{delay}.sqlite"],
            cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        # Before Python has begun with our code, the traceback is its own.
        assert b"Traceback" not in said or delay == 0.02, said
    shell = f"{sys.executable} -m kartta rules list --lang fi | head -n 1"
    done = subprocess.run(
        ["sh", "-c", shell], cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
