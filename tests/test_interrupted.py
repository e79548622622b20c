"""An interrupted scan never looks like a whole one."""

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kartta.cli.main import cli
from tests.test_killed import command, environment

FILES = 400
HEADS = {"en": "The last scan was interrupted", "fi": "Viimeisin ajo keskeytyi"}
BINARY = ".xlsx"
OUTPUTS = (
    "out.html", "out.csv", "out.json", "out.sarif", "out.svg", "graph.svg", "graph.mmd",
    "graph.dot", "graph.graphml", "graph.json", "register.xlsx", "out.xlsx",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make two sources, of which the first takes a while."""
    for source, number in (("a", FILES), ("b", 3)):
        (tmp_path / source).mkdir()
        for each in range(number):
            text = f"hakija{each}@example.fi soitti numerosta +358 40 {each:07d}\n"
            (tmp_path / source / f"{each}.txt").write_text(text * 40)
    (tmp_path / "kartta.yaml").write_text(
        "sources:\n  - {id: a, kind: folder, path: a}\n  - {id: b, kind: folder, path: b}\n"
    )
    return tmp_path


def done(catalog: Path) -> int:
    if not catalog.exists():
        return 0
    with closing(sqlite3.connect(catalog, timeout=30)) as connection:
        return int(connection.execute("SELECT count(*) FROM assets").fetchone()[0])


def interrupt(folder: Path) -> int:
    """Kill a scan in the middle; give how many files it had written."""
    catalog = folder / ".kartta" / "catalog.sqlite"
    words = [*command(folder, catalog, 1)[:4], "--workers", "1"]
    process = subprocess.Popen(
        words, cwd=folder, env=environment(folder), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while process.poll() is None and not 0 < done(catalog) < FILES:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return done(catalog)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def written(name: str, language: str) -> str:
    """Write an output and give its text."""
    verb = {"graph": ("graph", "-o"), "register": ("ropa", "export")}.get(name.partition(".")[0])
    run(*(verb or ("report", "-o")), name, "--lang", language)
    if not name.endswith(BINARY):
        return Path(name).read_text("utf-8-sig")
    sheet = openpyxl.load_workbook(name).worksheets[0]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


@pytest.mark.slow
def test_every_output_of_an_interrupted_scan_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1,216 of 3,000 files looked like all of them."""
    monkeypatch.chdir(folder)
    reached = interrupt(folder)
    assert 0 < reached < FILES

    ledger = json.loads(run("coverage", "--format", "json"))
    assert HEADS["en"] in ledger["interrupted"]
    assert f"Not finished: a (items done: {reached}), b (items done: 0)." in ledger["interrupted"]
    assert run("coverage").startswith(HEADS["en"])
    for language, head in HEADS.items():
        for name in OUTPUTS:
            assert head in written(name, language), (name, language)
    rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8-sig"))))
    assert ("interrupted", "run") == (rows[0]["answer"], rows[0]["subject_kind"])
    assert {"interrupted"} & {row["answer"] for row in rows[1:]} == set()
    (invocation,) = json.loads(Path("out.sarif").read_text())["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    assert HEADS["fi"] in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert Path("graph.mmd").read_text().startswith('---\ntitle: "Viimeisin ajo')

    run("scan", "--workers", "1")
    assert json.loads(run("coverage", "--format", "json"))["interrupted"] is None
    for name in OUTPUTS:
        assert HEADS["en"] not in written(name, "en"), name


@pytest.mark.slow
def test_how_far_is_told_of_what_an_earlier_scan_knew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    run("scan", "--workers", "1")
    with closing(sqlite3.connect(folder / ".kartta" / "catalog.sqlite")) as connection, connection:
        connection.execute("UPDATE runs SET finished_at = NULL")
        connection.execute("INSERT INTO runs SELECT 2, started_at, NULL, version, '' FROM runs")
        connection.execute("UPDATE sources SET run_id = 2, listed = (id = 'b')")
        connection.execute("UPDATE assets SET run_id = 2 WHERE source_id = 'b'")

    said = json.loads(run("coverage", "--format", "json"))["interrupted"]

    assert "Finished: b. " in said
    assert f"Not finished: a (items done: 0, of {FILES} known from an earlier scan)." in said


def test_an_interrupted_scan_is_told_before_an_answer_and_does_not_hinder_an_import(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notes of `kartta graph ask` were reached by no test."""
    monkeypatch.chdir(folder)
    with (folder / "kartta.yaml").open("a") as audit:
        audit.write("register: register.yaml\n")
    (folder / "register.yaml").write_text("controller: {name: Us, country: FI}\n")
    run("scan", "--workers", "1", "b")
    with closing(sqlite3.connect(folder / ".kartta" / "catalog.sqlite")) as connection, connection:
        connection.execute("UPDATE runs SET finished_at = NULL")

    for language, head in HEADS.items():
        ask = ("graph", "ask", "undeclared", "--lang", language)
        shown = CliRunner().invoke(cli, ask)
        assert shown.output.startswith(head)
        assert head in json.loads(run(*ask, "--format", "json"))["interrupted"]
    run("ropa", "export", "register.xlsx")
    assert "Nothing differs" in run("ropa", "import", "register.xlsx", "--dry-run")
