"""Findings are known again, and whoever answers for one has said so once."""

import csv
import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.lasting import Company, code, letter

WHY = ("--reason", "Our customer numbers look alike")


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


def test_a_moved_line_keeps_the_id(company: Company) -> None:
    company.write("cv.txt", letter(308))
    first = company.findings()["cv.txt"]
    company.write("cv.txt", letter(308, 309, above=7))
    second = company.findings("--full")["cv.txt"]

    assert second["id"] == first["id"]
    assert second["evidence"][0]["place"]["en"] == "line 8"


def test_an_id_holds_nothing_of_what_was_scanned_and_needs_the_key(company: Company) -> None:
    company.write("cv.txt", letter(308))
    first = company.findings()["cv.txt"]["id"]
    shutil.rmtree(company.folder / ".kartta")

    assert first.startswith("OWN-01-")
    assert len(first) == len("OWN-01-") + 12
    assert company.findings()["cv.txt"]["id"] != first


def test_the_id_stands_in_every_output(company: Company) -> None:
    company.write("cv.txt", letter(308))
    told = company.scan().stdout
    company.run("report", "-o", "out.json")
    found = company.reported((company.folder / "out.json").read_text())["cv.txt"]["id"]
    outputs = {}
    for suffix in ("csv", "sarif", "html"):
        company.run("report", "-o", f"out.{suffix}")
        outputs[suffix] = (company.folder / f"out.{suffix}").read_text("utf-8-sig")
    rows = list(csv.DictReader(outputs["csv"].splitlines()))
    results = json.loads(outputs["sarif"])["runs"][0]["results"]

    assert found in told
    assert found in [row["id"] for row in rows]
    assert found in [each["partialFingerprints"]["karttaFinding/v1"] for each in results]
    assert found in outputs["html"]


def test_waived_once_stays_away(company: Company) -> None:
    company.write("cv.txt", letter(308))
    company.write("other.txt", letter(310))
    found = company.findings()["cv.txt"]["id"]
    before = company.scan("--fail-on", "high")
    done = company.run("waive", found[:-4], *WHY, "--until", "2027-01-31", "--owner", "Aino Korpi")
    company.write("cv.txt", letter(308, above=3))
    after = company.findings()

    assert done.exit_code == 0, done.stderr
    assert "2 violated" in before.stderr
    assert "1 violated" in company.scan("--fail-on", "high").stderr
    assert after["other.txt"]["waiver"] is None
    assert after["cv.txt"]["waiver"] == {
        "rule": "OWN-01", "subject": "", "owner": "Aino Korpi", "reason": WHY[1],
        "until": "2027-01-31", "kind": "waiver", "finding": found, "scope": "finding",
    }  # fmt: skip
    over = company.scan("--fail-on", "high", today="2027-02-01")
    assert "2 violated" in over.stderr
    assert f"the waiver of {found} ended on 2027-01-31" in over.stderr


def test_a_false_alarm_of_a_place_covers_the_rule_there_and_nothing_else(company: Company) -> None:
    company.write("cv.txt", letter(308))
    company.write("other.txt", letter(308))
    found = company.findings()["cv.txt"]["id"]
    company.run("waive", found, *WHY, "--kind", "false-alarm", "--scope", "place")
    company.write("cv.txt", letter(311))
    after = company.findings()

    assert after["cv.txt"]["waiver"]["kind"] == "false-alarm"
    assert after["other.txt"]["waiver"] is None


def test_a_false_alarm_of_a_value_covers_it_wherever_it_stands_alone(company: Company) -> None:
    company.write("a.txt", letter(308))
    found = company.findings()["a.txt"]["id"]
    done = company.run("waive", found, *WHY, "--kind", "false-alarm", "--scope", "value")
    company.write("b.txt", letter(308, above=2))
    company.write("c.txt", letter(308, 309))
    after = company.findings()
    written = (company.folder / "waivers.yaml").read_text()

    assert done.exit_code == 0, done.stderr
    assert {name: bool(each["waiver"]) for name, each in after.items()} == {
        "a.txt": True, "b.txt": True, "c.txt": False,
    }  # fmt: skip
    assert code(308) not in written
    assert "a.txt" not in written


def test_a_false_alarm_is_judged_again_when_its_rule_asks_something_else(company: Company) -> None:
    company.write("a.txt", letter(308, 309))
    found = company.findings()["a.txt"]["id"]
    company.run("waive", found, *WHY, "--kind", "false-alarm")
    company.rule(severity="critical")
    same = company.scan("--fail-on", "info")
    company.rule(most=1)
    other = company.scan("--fail-on", "info")

    assert (same.exit_code, other.exit_code) == (0, 1)
    assert f"{found} is judged again: its rule is another one" in other.stderr
    company.run("waive", found, *WHY, "--kind", "false-alarm")
    assert company.scan("--fail-on", "info").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("OWN-01-0000", *WHY, "--until", "2027-01-31"), "there is no finding OWN-01-0000"),
        (("cv.txt", *WHY, "--until", "2027-01-31"), "'cv.txt' is no finding's id"),
        (("{id}", "--until", "2027-01-31"), "--reason needs at least 10 characters"),
        (("{id}", *WHY), "--until is missing: a waiver ends on some day"),
        (("{id}", *WHY, "--kind", "accepted-risk"), "an accepted risk ends on some day"),
        (("{id}", *WHY, "--until", "2026-11-30"), "is over already"),
        (("--remove", "{id}"), "none of the waivers in waivers.yaml is of"),
        ((), "no finding is named"),
    ],
)
def test_what_nobody_could_answer_for_is_refused(
    company: Company, arguments: tuple[str, ...], says: str
) -> None:
    company.write("cv.txt", letter(308))
    found = company.findings()["cv.txt"]["id"]

    done = company.run("waive", *(each.format(id=found) for each in arguments))
    assert done.exit_code == 2
    assert says in done.stderr
    assert not (company.folder / "waivers.yaml").exists()


def test_comments_and_what_others_wrote_stay(company: Company) -> None:
    for name, number in (("a.txt", 308), ("b.txt", 309), ("c.txt", 310)):
        company.write(name, letter(number))
    found = company.findings()
    ids = [found[f"{name}.txt"]["id"] for name in "abc"]
    file = company.folder / "waivers.yaml"
    company.run("waive", ids[0], *WHY, "--until", "2027-01-31", "--owner", "A")
    file.write_text(file.read_text().replace("  owner: A\n", "  owner: A  # left in May\n"))
    file.write_text(f"{file.read_text()}\n# decided in the board\n")
    company.run("waive", ids[1], "--reason", "One: two\nthree lines", "--until", "2027-01-31")
    company.run("waive", ids[2], *WHY, "--until", "2027-01-31")
    company.run("waive", "--remove", ids[1])
    text = file.read_text()

    assert "# left in May" in text
    assert "# decided in the board" in text
    assert [each["finding"] for each in yaml.safe_load(text)["waivers"]] == [ids[0], ids[2]]
    company.run("waive", "--remove", ids[0])
    company.run("waive", "--remove", ids[2])
    assert yaml.safe_load(file.read_text())["waivers"] == []
    company.run("waive", ids[1], *WHY, "--until", "2027-01-31")
    assert ids[1] in company.run("waive", "--list").stdout


def test_a_slip_in_the_file_is_told_before_the_scan(company: Company) -> None:
    (company.folder / "waivers.yaml").write_text("waivers:\n  - {finding: OWN-1, owner: A}\n")

    done = company.scan()
    assert done.exit_code == 2
    assert "waivers.yaml:2: waivers.0.finding" in done.stderr
    assert not (company.folder / ".kartta" / "catalog.sqlite").exists()


def test_waivers_of_another_key_hold_nothing_and_are_told(company: Company) -> None:
    company.write("cv.txt", letter(308))
    found = company.findings()["cv.txt"]["id"]
    company.run("waive", found, *WHY, "--until", "2027-01-31")
    shutil.rmtree(company.folder / ".kartta")
    done = company.scan("--fail-on", "high")
    again = company.run("waive", "OWN-01", *WHY, "--until", "2027-01-31")

    assert done.exit_code == 1
    assert "waivers.yaml holds nothing: its ids are of another key" in done.stderr
    assert again.exit_code == 2


@pytest.mark.parametrize("report", [False, True])
def test_a_baseline_holds_back_what_is_known(company: Company, *, report: bool) -> None:
    company.write("cv.txt", letter(308))
    company.scan("--write-baseline", "known.json")
    if report:
        company.run("report", "-o", "known.json")
    quiet = company.scan("--baseline", "known.json", "--fail-on", "low")
    company.write("new.txt", letter(309))
    loud = company.scan("--baseline", "known.json", "--fail-on", "low")
    company.rule(severity="critical")
    worse = company.scan("--baseline", "known.json", "--fail-on", "low")

    assert (quiet.exit_code, loud.exit_code) == (0, 1)
    assert "Held back by the baseline: 1 of its 1." in quiet.stdout
    assert "--fail-on low: 1 violated" in loud.stderr
    assert "--fail-on low: 2 violated" in worse.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        ("not json", "is no JSON"),
        ('{"format": "other/1"}', "is no baseline and no report"),
        ("[]", "is no baseline and no report"),
        ('{"format": "kartta/1", "run": {}, "violations": []}', "is of an older version"),
        ('{"format": "kartta-baseline/1", "key": "aa", "findings": []}', "of another key"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_told_before_the_scan(
    company: Company, content: str | None, says: str
) -> None:
    if content is not None:
        (company.folder / "known.json").write_text(content)

    done = company.scan("--baseline", "known.json")
    assert done.exit_code == 2
    assert says in done.stderr
    assert not (company.folder / ".kartta" / "catalog.sqlite").exists()
