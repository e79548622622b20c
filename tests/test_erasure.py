"""`kartta subject erasure`: every copy with its action, who is told, and nothing deleted."""

import csv
import io
import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.small_company import AINO, TODAY, VALUES, SmallCompany
from tests.test_subject import OWN

MINUTES = f"Muistio\n\nHaastateltiin: {AINO} ja veikko@posti.example. Päätetään maanantaina.\n"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> SmallCompany:
    company = SmallCompany(tmp_path_factory.mktemp("erasure"))
    (company.folder / "share" / "minutes.txt").write_text(MINUTES, "utf-8")
    company.scan()
    return company


def snapshot(folder: Path) -> dict[str, str]:
    return {
        str(path): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kartta" not in path.parts
    }


def test_each_copy_has_its_action_and_nothing_is_deleted(company: SmallCompany) -> None:
    before = snapshot(company.folder)
    done = company.run("subject", "erasure", "--email", AINO, "--format", "json", "--today", TODAY)

    assert done.exit_code == 0, done.output
    listed = json.loads(done.stdout)
    actions = {
        (each["source"], each["asset"], each["locator"]): each["action"]
        for each in listed["copies"]
    }
    assert set(actions) == OWN | {("share", "minutes.txt", "")}
    assert actions["share", "minutes.txt", ""] == "redact"
    assert actions["share", "cv.txt", ""] == "delete_file"
    assert actions["mail", "jobs.mbox#1", ""] == "delete_message"
    assert actions["db", "main.huomiot", "row:1"] == "delete_row"
    assert actions["ats", "candidates/102", "note:41"] == "delete_record"
    assert [each["name"] for each in listed["recipients"]] == ["Pilvi Ltd"]
    assert set(listed["backups"]) == {"Role mailbox", "Share", "HR database", "Pilvi"}
    assert any("Not examined in share" in each for each in listed["notes"])
    assert snapshot(company.folder) == before


def test_the_table_of_cells_is_the_same_list(company: SmallCompany) -> None:
    done = company.run("subject", "erasure", "--email", AINO, "--format", "csv", "--today", TODAY)

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {(each["source"], each["asset"], each["locator"]) for each in rows} == OWN | {
        ("share", "minutes.txt", "")
    }
    assert {each["decision"] for each in rows} <= {"erase", "decide", "keep"}


def test_no_value_is_in_the_list(company: SmallCompany) -> None:
    for more in ([], ["--lang", "fi"], ["--format", "json"], ["--format", "csv"]):
        done = company.run("subject", "erasure", "--email", AINO, *more)

        assert not [value for value in VALUES if value in done.output]


def test_nobody_is_listed_for_a_name_that_two_bear(company: SmallCompany) -> None:
    done = company.run("subject", "erasure", "--name", "Aino Lahtinen", "--format", "json")

    assert json.loads(done.stdout)["copies"] == []
    assert any("listed apart" in each for each in json.loads(done.stdout)["notes"])
