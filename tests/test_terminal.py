"""Whatever a file, a table, a column or a source is called, it cannot move a terminal's text."""

import json
import logging
import sqlite3
import unicodedata
from contextlib import chdir, closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kartta.cli.log import JsonFormatter, TextFormatter
from kartta.cli.main import cli

HOSTILE = "x\x1b]0;owned\x07\x1b[2J\u202egpj\x9b31m\u2028\u2066_"
AUDIT = {
    "register": "register.yaml",
    "sources": [
        {"id": "files", "kind": "folder", "path": "files", "name": HOSTILE},
        {"id": "rows", "kind": "database", "url": "sqlite:///rows.sqlite", "name": HOSTILE},
        {"id": "gone", "kind": "folder", "path": HOSTILE, "name": HOSTILE},
    ],
}
REGISTER = {
    "controller": {"name": HOSTILE, "country": "FI"},
    "systems": [{"id": "share", "name": HOSTILE, "kind": "file_share", "sources": ["files"]}],
}
OTHER = {**REGISTER, "controller": {"name": f"other {HOSTILE}", "country": "FI"}}
NOTICE = f"""# Privacy notice {HOSTILE}

The controller is Owned{HOSTILE} Oy, privacy@owned.example. We process your name and e-mail to
choose applicants on the basis of our legitimate interest, and give them to Owned{HOSTILE} Ltd in
the United States. Data are kept for one year{HOSTILE}. You may lodge a complaint.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "files").mkdir()
    (folder / "files" / f"{HOSTILE}.txt").write_text(
        "sairauslomalla masennuksen vuoksi a@b.example"
    )
    (folder / "files" / f"{HOSTILE}.pdf").write_bytes(b"%PDF-1.7 nothing")
    with closing(sqlite3.connect(folder / "rows.sqlite")) as database, database:
        database.execute(f'create table "{HOSTILE}" ("{HOSTILE} email" text)')
        database.execute(f"insert into \"{HOSTILE}\" values ('onni@posti.example')")  # noqa: S608
    (folder / f"{HOSTILE}.md").write_text(NOTICE, "utf-8")
    (folder / "other.yaml").write_text(json.dumps(OTHER))
    (folder / "kartta.yaml").write_text(json.dumps(AUDIT))
    (folder / "register.yaml").write_text(json.dumps(REGISTER))
    run(folder, "scan", "--workers", "1")
    return folder


def run(folder: Path, *arguments: str) -> Result:
    with chdir(folder):
        return CliRunner().invoke(cli, arguments, env={"COLUMNS": "200"})


def moving(text: str) -> set[str]:
    """Give the characters that are not seen as themselves."""
    return {
        character
        for character in text
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    } - {"\n"}


@pytest.mark.parametrize(
    "command",
    [
        "scan --workers 1",
        "scan --workers 1 --format json --fail-on low --fail-on-incomplete",
        "scan --workers 1 --catalog targets.sqlite rows.sqlite files",
        "coverage",
        "coverage --format json",
        "doctor",
        "inspect files rows.sqlite",
        "inspect --jsonl files rows.sqlite",
        "graph ask undeclared",
        "graph ask undeclared --format json",
        f"scan {HOSTILE}",
        f"scan --{HOSTILE}",
        f"{HOSTILE}",
        f"inspect {HOSTILE}/owned",
        f"report -o {HOSTILE}.html",
        f"graph -o {HOSTILE}.owned",
        f"notice check {HOSTILE}.md",
        f"notice read {HOSTILE}.md",
        f"notice read {HOSTILE}.md --format json",
        f"ropa export {HOSTILE}.xlsx",
        "ropa diff register.yaml other.yaml",
        f"init --from-notice {HOSTILE}.md {HOSTILE}",
    ],
)
def test_no_name_moves_the_text_of_a_terminal(folder: Path, command: str) -> None:
    """File names went to the terminal as they were: one could clear it and write its own."""
    done = run(folder, *command.split(" "))

    said = done.stdout + done.stderr
    assert done.exit_code in {0, 1, 2, 3}, said
    assert "owned" in said
    assert moving(said) == set()


def test_json_keeps_every_name_as_it_is(folder: Path) -> None:
    report = json.loads(run(folder, "scan", "--workers", "1", "--format", "json").stdout)

    assert {entry["source"]["name"] for entry in report["sources"]} == {HOSTILE}
    assert f"main.{HOSTILE}" in {entry["asset"] for entry in report["places"]}


@pytest.mark.parametrize("formatter", [TextFormatter("%(message)s"), JsonFormatter()])
def test_log_lines_are_harmless(formatter: logging.Formatter) -> None:
    record = logging.makeLogRecord({"msg": f"read {HOSTILE}", "asset": HOSTILE})

    assert moving(formatter.format(record)) == set()
