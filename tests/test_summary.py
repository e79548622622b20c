"""What `kartta scan` prints at the end, and what a pipeline may fail on."""

import json
import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kartta.cli.main import cli
from tests.conftest import ROOT

HEALTH = "Onni Lahti on ollut sairauslomalla masennuksen vuoksi. onni.lahti@posti.example"
REGISTER = "controller: {name: Us, country: FI}\n"
AUDIT = "register: register.yaml\nsources: [{id: files, kind: folder, path: files}]\n"
SMALL = "limits: {max_bytes: 64}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "note.txt").write_text(HEALTH)
    return tmp_path


def scan(folder: Path, *arguments: str) -> Result:
    """Run in this process: starting one for each scan takes ten times as long."""
    with chdir(folder):
        return CliRunner().invoke(
            cli, ["scan", *arguments, "--workers", "1"], env={"COLUMNS": "80"}
        )


def declare(folder: Path, audit: str = AUDIT) -> None:
    (folder / "kartta.yaml").write_text(audit)
    (folder / "register.yaml").write_text(REGISTER)


def too_large(folder: Path) -> None:
    (folder / "files" / "big.pdf").write_bytes(b"%PDF-1.7\n" + b" " * 100)


def test_without_a_register_nothing_is_judged_and_nothing_is_zero(folder: Path) -> None:
    """The summary said 'Violations: none' of what it had compared with nothing."""
    done = scan(folder, "files")

    assert done.exit_code == 0
    assert "Not judged: no register was compared. 'kartta init' begins one." in done.stdout
    assert "Violations:" not in done.stdout
    assert "none" not in done.stdout


def test_rules_that_need_no_register_are_told_as_such(folder: Path) -> None:
    clearance = folder / "files" / "clearance.txt"
    clearance.write_text("Turvallisuusselvitys hyväksyttiin toukokuussa.")
    os.utime(clearance, (1_600_000_000, 1_600_000_000))
    said = scan(folder, "files").stdout

    assert "What breaks by the rules that need no register" in said
    assert "RET-05" in said
    assert "Not judged: no register was compared." in said
    assert "By the rules that need no register: 1 critical." in said


def test_what_a_limit_left_out_is_the_first_line(folder: Path) -> None:
    too_large(folder)
    (folder / "files" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    declare(folder, AUDIT + SMALL)

    first, second, *_ = scan(folder).stdout.splitlines()
    assert first.startswith("Left out or cut short: 1 larger than the limit.")
    assert "kartta coverage" in first
    assert "--fail-on-incomplete" in first
    assert second == "Not examined: 1 broken or unreadable."


def test_nothing_is_called_clean_that_was_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "plain.txt").write_text("Kokouksessa ei ollut asioita.")
    before = scan(tmp_path, "files").stdout
    (tmp_path / "files" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    after = scan(tmp_path, "files").stdout

    assert "No personal data was found.\n" in before
    assert "No personal data was found in what was examined; the rest may hold any." in after


def test_the_riskiest_place_is_named_first_with_what_makes_it_so(folder: Path) -> None:
    (folder / "files" / "address.txt").write_text("kalle.koski@posti.example")
    old = folder / "files" / "note.txt"
    os.utime(old, (1_600_000_000, 1_600_000_000))
    done = scan(folder, "files", "--today", "2026-11-22")
    places = json.loads(scan(folder, "files", "--format", "json").stdout)["places"]

    said = " ".join(done.stdout[done.stdout.index("Riskiest places") :].split())
    assert said.index("1. files: note.txt") < said.index("Health") < said.index("2. files: address")
    assert "about 1 person" in said
    assert "not changed for 6 years" in said
    assert [place["asset"] for place in places] == ["note.txt", "address.txt"]
    assert places[0]["special"] is True
    assert "masennu" not in done.stdout


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        ("special", 1),
        ("special.health", 1),
        ("contact.email,criminal", 1),
        (" criminal , special ", 1),
        ("any", 1),
        ("criminal", 0),
        ("identity.national_id,financial", 0),
    ],
)
def test_a_pipeline_fails_on_what_was_found(folder: Path, keys: str, status: int) -> None:
    done = scan(folder, "files", "--fail-on-found", keys)

    assert done.exit_code == status
    assert ("Failed by --fail-on-found" in done.stderr) == bool(status)


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("special.helth", "did you mean 'special.health'?"),
        ("special,nonsense", "there is no category 'nonsense'"),
        ("", "there is no category ''"),
    ],
)
def test_a_category_that_does_not_exist_is_no_clean_scan(
    folder: Path, keys: str, says: str
) -> None:
    done = scan(folder, "files", "--fail-on-found", keys)

    assert done.exit_code == 2
    assert says in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        ((), 0, []),
        (("--fail-on-incomplete",), 3, ["--fail-on-incomplete"]),
        (("--fail-on-incomplete", "--fail-on-found", "criminal"), 3, ["--fail-on-incomplete"]),
        (
            ("--fail-on-incomplete", "--fail-on-found", "special"),
            1,
            ["--fail-on-found special", "--fail-on-incomplete"],
        ),
        (
            ("--fail-on", "high", "--fail-on-incomplete", "--fail-on-found", "special"),
            1,
            ["--fail-on high", "--fail-on-found special", "--fail-on-incomplete"],
        ),
        (("--fail-on", "high", "--fail-on-found", "criminal"), 1, ["--fail-on high"]),
    ],
)
def test_what_was_found_goes_before_what_was_not_examined(
    folder: Path, options: tuple[str, ...], status: int, told: list[str]
) -> None:
    too_large(folder)
    declare(folder, AUDIT + SMALL)
    done = scan(folder, *options)

    assert done.exit_code == status
    failures = [line for line in done.stderr.splitlines() if line.startswith("Failed by ")]
    assert [line.removeprefix("Failed by ").split(":")[0] for line in failures] == told


def test_no_source_at_all_goes_before_every_other_failure(tmp_path: Path) -> None:
    declare(tmp_path)

    done = scan(tmp_path, "--fail-on", "info", "--fail-on-incomplete")
    assert done.exit_code == 2


def test_a_reader_that_leaves_is_no_violation(tmp_path: Path) -> None:
    """`kartta scan | head` ended with 1, which says that something was violated."""
    (tmp_path / "cv.txt").write_text("anna.laine@example.fi\n" * 50)
    command = f"'{sys.executable}' -m kartta scan cv.txt | true; exit ${{PIPESTATUS[0]}}"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, check=False
    )

    assert (0, b"") == (done.returncode, done.stderr)
