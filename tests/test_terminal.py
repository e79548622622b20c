"""Whatever anything is called, no command lets it move a terminal's text, run, or break an end.

The commands are run as processes in a pseudo-terminal, on a company in which everything that
somebody else could name has a hostile name; judged are the bytes that a terminal would be sent.
"""

import json
import logging
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from _pytest.mark.structures import ParameterSet

from kartta.cli.log import JsonFormatter, TextFormatter
from kartta.cli.main import cli
from kartta.process import EXIT_UNWRITTEN
from reports.xlsx import HEADER
from reports.yaml import yaml_text
from tests.conftest import ROOT
from tests.forking import ORDINARY, Done, Forking, forking
from tests.hostile_company import MOVING, TEXTS, UNDECODABLE, build
from tests.reports.hostile import moving
from tests.test_cli import commands

NOTICE = f"{MOVING}.md"
COMMANDS: dict[str, list[str]] = {
    "init": ["--from-notice", NOTICE, f"init {MOVING}"],
    "scan": ["--workers", "1"],
    "inspect": [f"files/{MOVING}"],
    "report": ["-o", f"{MOVING}.html"],
    "diff": ["--trend"],
    "show": ["FINDING", "--today", "2026-12-01"],
    "waive": [
        "FINDING",
        "--owner",
        MOVING,
        "--reason",
        f"owned {MOVING}",
        "--until",
        "2027-12-01",
        "--today",
        "2026-12-01",
    ],
    "ropa export": [f"{MOVING}.xlsx"],
    "ropa import": ["edited.xlsx", "--dry-run"],
    "ropa diff": ["register.yaml", "other.yaml"],
    "notice read": [NOTICE],
    "notice check": [NOTICE],
    "graph": ["-o", f"{MOVING}.svg"],
    "graph ask": ["undeclared"],
    "coverage": [],
    "clock": [],
    "subject find": ["--email", "anna.laine@posti.example"],
    "subject erasure": ["--email", "anna.laine@posti.example"],
    "requests": [],
    "catalog check": ["--catalog", f"{MOVING}.sqlite"],
    "catalog backup": [f"{MOVING}.copy"],
    "catalog restore": ["copy.sqlite", "--catalog", f"{MOVING}.sqlite"],
    "rules list": [],
    "rules show": ["OWN-01"],
    "rules test": ["pack"],
    "doctor": [],
}
"""Each command with what it is run with in every kind of output."""
OTHERS: list[list[str]] = [
    ["scan", "--workers", "1", "--format", "json", "--fail-on", "low", "--fail-on-incomplete"],
    ["scan", "--workers", "2", "--catalog", "targets.sqlite", "rows.sqlite", "files", "mail"],
    ["--log-format", "json", "--debug", "scan", "--workers", "1", "--full"],
    ["--debug", "coverage"],
    ["inspect", "--jsonl", "files", "mail", "rows.sqlite"],
    ["coverage", "--format", "json"],
    ["waive", "--list"],
    ["subject", "find", "--email", "anna.laine@posti.example", "--format", "json"],
    ["subject", "find", "--email", "anna.laine@posti.example", "--index", "--lang", "fi"],
    ["show", "FINDING", "--context", "50", "--today", "2026-12-01"],
    ["graph", "ask", "undeclared", "--format", "json"],
    ["graph", "ask", "unobserved"],
    ["graph", "ask", "reaches", "--lang", "fi"],
    ["notice", "read", NOTICE, "--format", "json"],
    ["notice", "check", NOTICE, "--format", "json"],
    ["rules", "show", "OWN-01", "--lang", "fi"],
]
"""Further forms of what they print."""
_BAD = (
    {"controller": {"name": MOVING, "country": MOVING}},
    {"controller": {"name": "A", "country": "FI"}, MOVING: MOVING},
    {"controller": {"name": "A", "country": "FI"}, "activities": [{"id": MOVING, "name": "a"}]},
    {"controller": {"name": "A", "country": "FI"}, "systems": [{"id": "a", "kind": MOVING}]},
    {"controller": {"name": "A", "country": "FI"},
     "transfers": [{"id": "a", "recipient": MOVING, "country": "US"}]},
    MOVING,
)  # fmt: skip
_BAD_AUDITS = (
    {MOVING: MOVING},
    {"sources": [{"id": MOVING, "kind": "folder", "path": "a"}]},
    {"sources": [{"id": "a", "kind": MOVING}]},
    {"sources": [{"id": "a", "kind": "database", "url": f"{MOVING}://u@h/{MOVING}"}]},
    {"sources": [{"id": "a", "kind": "folder", "path": f"${{env:{MOVING}}}"}]},
    {"sources": [{"id": "a", "kind": "folder", "path": "a", MOVING: MOVING}]},
    {"register": f"{MOVING}.yaml"},
    {"rules": [MOVING]},
    {"key": f"${{file:{MOVING}}}"},
    {"catalog": f"{MOVING}://h/d"},
    {
        "waivers": [
            {"rule": MOVING, "owner": "a", "reason": "owned for ever", "until": "2030-01-01"}
        ]
    },
    MOVING,
)
MISTAKES: list[list[str]] = [
    ["scan", MOVING], ["scan", UNDECODABLE], ["scan", f"--{MOVING}"], ["scan", "--fail-on", MOVING],
    ["scan", "--fail-on-found", MOVING], ["scan", "--workers", MOVING], ["scan", "-c", MOVING],
    ["scan", "--engine", "dask", "--scheduler", MOVING, "files"], ["scan", "--today", MOVING],
    [MOVING], [UNDECODABLE], ["--log-format", MOVING, "coverage"], ["coverage", MOVING],
    ["coverage", "--catalog", MOVING], ["inspect", f"{MOVING}/owned"], ["inspect", UNDECODABLE],
    ["report", "-o", MOVING], ["report", "-o", f"/proc/{MOVING}/o.html"],
    ["report", "-o", "o.html", "--lang", MOVING], ["graph", "-o", f"{MOVING}.owned"],
    ["graph", "ask", MOVING], ["graph", "ask", "shares", "--of", MOVING],
    ["ropa", "export", f"{MOVING}.owned"], ["ropa", "export", "o.xlsx", "--profile", MOVING],
    ["ropa", "import", MOVING], ["ropa", "import", NOTICE], ["ropa", "import", "damaged.xlsx"],
    ["ropa", "diff", MOVING, "other.yaml"], ["ropa", MOVING], ["notice", "read", MOVING],
    ["notice", "check", UNDECODABLE], ["rules", "show", MOVING], ["rules", "test", MOVING],
    ["waive", MOVING, "--reason", "owned for ever", "--until", "2030-01-01"],
    ["waive", MOVING, "--until", MOVING], ["waive", MOVING, "--remove"],
    ["subject", "find", "--email", MOVING, "-c", MOVING],
    ["catalog", "backup", f"/proc/{MOVING}"], ["catalog", "restore", MOVING],
    ["catalog", "restore", NOTICE], ["init", f"/proc/{MOVING}"], ["init", "--from-notice", MOVING],
]  # fmt: skip
"""What was typed, and is quoted."""
REFUSED: list[list[str]] = [
    ["scan", f"{MOVING}://h/d"], ["coverage", "--catalog", f"{MOVING}://h/d"],
    ["ropa", "diff", "files", "other.yaml"], ["notice", "read", "rows.sqlite"],
    ["rules", "test", "files"], ["catalog", "check", "--catalog", "damaged.sqlite"],
    *(["doctor", "-c", f"audit{number}.yaml"] for number in range(len(_BAD_AUDITS))),
    *(["doctor", "-c", f"declared{number}.yaml"] for number in range(len(_BAD))),
]  # fmt: skip
"""What others have written, and may be quoted."""
COLOURS = rb"\x1b\[(?:\d{1,3};)*\d{0,3}m"
REDRAWING = rb"\x1b\[\?25[lh]|\x1b\[1A|\x1b\[2K"
"""Progress hides the cursor, goes up a line and erases it."""
WITHOUT_COLOUR = rb"\x1b\[(?:[0-9]|2[1-9])?(?:;(?:[0-9]|2[1-9]))*m"
"""Bold, dim, italic; `NO_COLOR` asks for no more."""
SAYS_NOTHING_HOSTILE = {"rules test", "diff"}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forking]:
    folder = tmp_path_factory.mktemp("hostile")
    build(folder)
    for name, documents in (("audit", _BAD_AUDITS), ("register", _BAD)):
        for number, document in enumerate(documents):
            (folder / f"{name}{number}.yaml").write_text(yaml_text(document), "utf-8")
    for number in range(len(_BAD)):
        (folder / f"declared{number}.yaml").write_text(f"register: register{number}.yaml\n")
    with forking(folder) as started:
        for line in (
            ["scan", "--workers", "2"],
            ["ropa", "export", "edited.xlsx"],
            ["report", "-o", "found.json", "--today", "2026-12-01"],
            ["catalog", "backup", f"{MOVING}.sqlite"],
            ["catalog", "backup", "copy.sqlite"],
            ["catalog", "backup", "damaged.sqlite"],
        ):
            done = started.in_pipe(line)
            assert done.status == 0, done.err
        _edit(folder)
        yield started


def _edit(folder: Path) -> None:
    """Write hostile names and refused values into the workbook; contradict a catalog."""
    for name, heading in (("edited", "Recipient"), ("damaged", "Country")):
        book = openpyxl.load_workbook(folder / "edited.xlsx")
        sheet = book["Recipients"]
        for row in sheet.iter_rows(min_row=HEADER, max_row=HEADER):
            (place,) = (each.coordinate for each in row if str(each.value).startswith(heading))
        sheet[place].offset(1).value = re.sub("[\0-\x1f]", "", MOVING)
        book.save(folder / f"{name}.xlsx")
    with closing(sqlite3.connect(folder / "damaged.sqlite")) as catalog, catalog:
        catalog.execute("UPDATE assets SET source_id = ?", (MOVING,))


def words(company: Forking, name: str) -> list[str]:
    """Give what is typed for a command, which may write its file anew."""
    (company.folder / f"{MOVING}.copy").unlink(missing_ok=True)
    return of_finding(company, [*name.split(), *COMMANDS[name]])


def of_finding(company: Forking, line: list[str]) -> list[str]:
    """Name a finding that is about a file with a hostile name."""
    if "FINDING" not in line:
        return line
    report = json.loads((company.folder / "found.json").read_text("utf-8"))
    found = (
        each["id"]
        for each in report["violations"]
        if any("owned" in item["asset"] for item in each["evidence"] if item["source"] == "folder")
    )
    return [next(found) if word == "FINDING" else word for word in line]


def harmless(done: Done, allowed: bytes = b"(?!)") -> str:
    """Judge what came out, but for the sequences that our own console makes; give it."""
    text = re.sub(allowed, b"", done.out + done.err).decode("utf-8")
    assert moving(text, "\r\n\t") == set()
    assert done.status in range(5), text
    assert "Traceback" not in text
    assert "internal error" not in text
    return text


def some(lines: Sequence[list[str]]) -> list[ParameterSet]:
    """Leave two of three to the soak: each is a command of its own, and takes its time."""
    return [
        pytest.param(line, id=str(number), marks=[pytest.mark.soak] if number % 3 else [])
        for number, line in enumerate(lines)
    ]


def test_every_command_is_run() -> None:
    assert {" ".join(path) for path, _ in commands(cli)} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_name_moves_the_text_of_a_terminal(company: Forking, name: str) -> None:
    """File names went to the terminal as they were: one could clear it and write its own."""
    redrawn = b"|" + REDRAWING if name == "scan" else b""

    done = company.in_terminal(words(company, name))
    said = harmless(done, COLOURS + redrawn)
    assert ("owned" in said) == (name not in SAYS_NOTHING_HOSTILE)
    if b"\x1b" in done.out:
        done = company.in_terminal(words(company, name), {"NO_COLOR": "1", **ORDINARY})
        harmless(done, WITHOUT_COLOUR + redrawn)
        harmless(company.in_terminal(words(company, name), {"TERM": "dumb"}))


@pytest.mark.parametrize("name", COMMANDS)
def test_what_cannot_be_written_is_said_in_one_line(company: Forking, name: str) -> None:
    """A full disk was an internal error, and a closed output no error at all."""
    piped = company.in_pipe(words(company, name))
    harmless(piped)

    for where, why in ((Path("/dev/full"), "No space left on device"), (None, "Bad file descr")):
        done = company.onto(words(company, name), where)
        said = harmless(done)
        assert done.status == (EXIT_UNWRITTEN if piped.out else piped.status)
        if piped.out:
            assert f"Error: standard output cannot be written ({why}" in said.splitlines()[-1]
            assert said.count("Error:") == 1


@pytest.mark.parametrize("line", some(OTHERS))
def test_no_form_of_output_moves_a_terminal(company: Forking, line: list[str]) -> None:
    said = harmless(company.in_terminal(of_finding(company, line)), COLOURS + b"|" + REDRAWING)

    assert "owned" in said.lower()


@pytest.mark.parametrize("line", some(MISTAKES + REFUSED))
def test_no_error_moves_a_terminal(company: Forking, line: list[str]) -> None:
    done = company.in_terminal(line)

    said = harmless(done, COLOURS)
    assert done.status
    assert line in REFUSED or "owned" in said.lower()


def test_a_question_does_not_move_a_terminal(company: Forking) -> None:
    done = company.in_terminal(["ropa", "import", "edited.xlsx"], typed=b"n\n")

    assert "Write these changes?" in harmless(done, COLOURS)
    assert done.status == 1


@pytest.mark.parametrize(
    ("streams", "status"), [("<&- >&- 2>&-", EXIT_UNWRITTEN), ("2>/dev/full", 1)]
)
def test_a_shell_s_closed_streams_break_nothing(
    company: Forking, streams: str, status: int
) -> None:
    """The next file that was opened took the place of a closed output."""
    command = f"'{sys.executable}' -m kartta scan --workers 1 --fail-on low {streams}"

    done = subprocess.run(
        ["bash", "-c", command],
        cwd=company.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert done.returncode == status
    harmless(Done(done.returncode, done.stdout, done.stderr))
    assert company.in_pipe(["catalog", "check"]).status == 0


def test_json_keeps_every_name_as_it_is(company: Forking) -> None:
    report = json.loads(company.in_pipe(["scan", "--workers", "1", "--format", "json"]).out)

    names = {entry["source"]["name"] for entry in report["sources"]}
    assert names == set(TEXTS[1:5])
    assert f"main.0 {TEXTS[0]}" in {entry["asset"] for entry in report["places"]}


@pytest.mark.parametrize("formatter", [TextFormatter("%(message)s"), JsonFormatter()])
def test_log_lines_are_harmless(formatter: logging.Formatter) -> None:
    record = logging.makeLogRecord({"msg": f"read {MOVING}", "asset": MOVING})

    assert moving(formatter.format(record), "") == set()
