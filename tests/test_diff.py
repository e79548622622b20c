"""What is new, back, gone and still there is told between any two runs, and only what is so."""

import json
from contextlib import chdir
from datetime import date
from pathlib import Path

import pytest

from kartta.cli.scan import remember
from kartta.cli.workspace import Workspace
from tests.lasting import Company, letter

WHY = ("--reason", "Our customer numbers look alike", "--until", "2027-12-01")


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


def changes(company: Company, *runs: str) -> dict[str, str]:
    """Give what differs, by finding."""
    done = company.command("diff", *runs, "--format", "json")
    assert done.exit_code == 0, done.output
    return {each["finding"]: each["change"] for each in json.loads(done.stdout)["findings"]}


def test_three_runs_tell_what_is_new_gone_and_back(company: Company) -> None:
    company.write("stays.txt", letter(301))
    company.write("returns.txt", letter(302))
    first = company.findings(today="2026-10-01")
    (company.share / "returns.txt").unlink()
    company.write("comes.txt", letter(303))
    second = company.findings(today="2026-11-01")
    company.write("returns.txt", letter(302))
    (company.share / "comes.txt").unlink()
    third = company.findings(today="2026-12-01")
    ids = {name: each["id"] for name, each in {**second, **first}.items()}
    told = company.command("diff")
    trend = company.command("diff", "--trend").stdout.splitlines()

    assert {each["status"] for each in first.values()} == {"new"}
    assert {name: (each["status"], each["first_seen"]) for name, each in second.items()} == {
        "stays.txt": ("still_there", "2026-10-01"), "comes.txt": ("new", "2026-11-01"),
    }  # fmt: skip
    assert {name: (each["status"], each["first_seen"]) for name, each in third.items()} == {
        "stays.txt": ("still_there", "2026-10-01"), "returns.txt": ("back", "2026-10-01"),
    }  # fmt: skip
    assert changes(company, "1", "2") == {ids["comes.txt"]: "new", ids["returns.txt"]: "gone"}
    assert changes(company) == {ids["returns.txt"]: "back", ids["comes.txt"]: "gone"}
    assert changes(company, "-2", "last") == {}
    assert "From run 2 to run 3: 0 new, 1 back, 0 changed, 1 gone, 1 still there." in told.stdout
    assert [line.split()[:8] for line in trend[-4:-1]] == [
        ["1", "2026-10-01", "2", "0", "0", "2", "0", "0"],
        ["2", "2026-11-01", "2", "0", "0", "1", "0", "1"],
        ["3", "2026-12-01", "2", "0", "0", "0", "1", "1"],
    ]
    assert "Since run 3: 0 new, 0 back, 2 still there, 0 gone" in company.scan().stdout


def test_what_was_not_looked_at_is_not_gone(company: Company) -> None:
    company.write("a.txt", letter(301))
    other = company.folder / "other"
    other.mkdir()
    (other / "b.txt").write_text(letter(302))
    company.scan()
    company.scan("other")
    told = company.command("diff")

    assert "1 new, 0 back, 0 changed, 0 gone, 1 still there." in told.stdout
    assert "Of these 1 stand where run 2 could not look." in told.stdout
    (company.share / "a.txt").write_bytes(b"%PDF-1.7 broken")
    company.scan()
    assert "0 gone" in company.command("diff", "1", "last").stdout
    (company.share / "a.txt").unlink()
    company.scan()
    assert "1 gone" in company.command("diff", "1", "last").stdout


def test_a_waived_finding_has_changed_and_a_report_changes_no_memory(company: Company) -> None:
    company.write("a.txt", letter(301))
    found = company.findings()["a.txt"]["id"]
    company.run("waive", found, *WHY)
    company.rule(most=5)
    company.run("report", "-o", "out.json", today="2030-01-01")
    company.rule()
    company.scan()
    differing = json.loads(company.command("diff", "--format", "json").stdout)

    assert [(each["change"], each["before"], each["after"]) for each in differing["findings"]] == [
        ("changed", "violated", "waived")
    ]
    company.rule(most=5)
    told = company.scan().stdout
    assert "1 gone; the rules are others than then" in told


def test_a_scan_that_begins_meanwhile_costs_the_memory_and_not_the_report(
    company: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was found was judged and then lost, with another scan's lock for the only word."""
    company.scan()
    with chdir(company.folder):
        space = Workspace.open(None, None)
    with (
        space.audit(date(2026, 12, 1)) as result,
        space.catalog(create=True) as other,
        other.writing(),
    ):
        remember(space, result)

    assert "the findings of this run are not remembered" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("runs", "says"),
    [
        (("1",), "two runs are compared"),
        (("1", "7"), "there is no judged run '7'"),
        (("-9", "last"), "there is no judged run '-9'"),
        (("last", "last"), "run 1 is not before run 1"),
    ],
)
def test_runs_that_cannot_be_compared_are_told(
    company: Company, runs: tuple[str, ...], says: str
) -> None:
    company.scan()

    done = company.command("diff", *runs)
    assert (done.exit_code, says in done.stderr) == (2, True), done.stderr
