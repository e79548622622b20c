"""One person in a company of four kinds of source: what is theirs, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.small_company import AINO, CODE, NAMESAKE, PHONE, TODAY, VALUES, SmallCompany

OWN = {
    ("ats", "candidates/102", "candidate:102"),
    ("ats", "candidates/102", "application:17"),
    ("ats", "candidates/102", "note:41"),
    ("db", "main.hakijat", "row:1"),
    ("db", "main.huomiot", "row:1"),
    ("mail", "jobs.mbox#1", ""),
    ("mail", "jobs.mbox#2", ""),
    ("share", "cv.txt", ""),
}
"""All that is of the person, but a file that only their identity code ties to them."""
BY_KEY_OF_ROW = {place for place in OWN if place[2] in {"application:17", "note:41"}} | {
    ("db", "main.huomiot", "row:1")
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> SmallCompany:
    company = SmallCompany(tmp_path_factory.mktemp("company"))
    company.scan()
    return company


def found(company: SmallCompany, *given: str) -> dict[str, Any]:
    done = company.run("subject", "find", "--format", "json", "--today", TODAY, *given)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def places(answer: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(each["source"], each["asset"], each["locator"]) for each in answer["copies"]}


def test_every_copy_is_found_in_every_source(company: SmallCompany) -> None:
    answer = found(company, "--email", AINO)

    assert places(answer) == OWN
    assert answer["is_linked"]
    assert {each["strength"] for each in answer["copies"]} == {"strong"}
    states = {(each["state"], each["due"]) for each in answer["copies"]}
    assert states == {("past", "2026-03-03")}
    (cv,) = [each for each in answer["copies"] if each["asset"] == "cv.txt"]
    assert cv["by"] == ["EMAIL_ADDRESS", "PHONE_NUMBER"]
    assert {"recruitment.cv", "contact.phone", "identity.birth_date"} <= set(cv["categories"])


def test_the_index_alone_finds_what_holds_the_value(company: SmallCompany) -> None:
    answer = found(company, "--email", AINO, "--index")

    assert places(answer) == OWN - BY_KEY_OF_ROW
    assert not answer["is_linked"]
    assert "--linked" in company.run("subject", "find", "--email", AINO, "--index").stdout


def test_a_namesake_is_listed_apart(company: SmallCompany) -> None:
    answer = found(company, "--email", AINO)

    (other,) = answer["others"]
    assert other["why"] == "namesake"
    assert {"db: main.hakijat: row:2", "mail: jobs.mbox#3"} <= set(other["places"])
    index = found(company, "--email", AINO, "--name", "Aino Lahtinen", "--index")
    assert places(index) == OWN - BY_KEY_OF_ROW
    assert "db: main.hakijat: row:2" in index["others"][0]["places"]


def test_a_name_alone_chooses_nobody_of_two(company: SmallCompany) -> None:
    answer = found(company, "--name", "Aino Lahtinen")

    assert answer["copies"] == []
    assert len(answer["others"]) == 2
    said = company.run("subject", "find", "--name", "Aino Lahtinen").stdout
    assert "surely this person's" in said


def test_a_name_with_a_birth_date_is_fair(company: SmallCompany) -> None:
    answer = found(company, "--name", "Lahtinen, Aino", "--born", "1952-10-13")

    assert places(answer) == OWN
    assert {each["strength"] for each in answer["copies"]} == {"fair"}


def test_values_of_two_people_are_told_and_not_mixed(company: SmallCompany) -> None:
    answer = found(company, "--email", AINO, "--phone", "+358 44 000 1111")

    assert answer["contradictions"] == ["phone"]
    assert places(answer) == OWN
    assert [each["why"] for each in answer["others"]] == ["other_value"]


def test_two_addresses_are_one_person_s_where_both_are_given(company: SmallCompany) -> None:
    answer = found(company, "--email", AINO, "--email", NAMESAKE)

    assert answer["contradictions"] == []
    assert {("db", "main.hakijat", "row:2"), ("mail", "jobs.mbox#3", "")} < places(answer) - OWN


def test_another_name_than_the_address_s_is_told(company: SmallCompany) -> None:
    answer = found(company, "--email", AINO, "--name", "Veikko Vieras")

    assert answer["contradictions"] == ["name"]
    assert places(answer) == OWN


def test_an_identity_code_is_enough(company: SmallCompany) -> None:
    assert places(found(company, "--id", CODE)) == {("share", "code.txt", "")}


def test_nothing_found_is_said_with_what_was_not_looked_at(company: SmallCompany) -> None:
    """Nothing found was the same whether everything or nothing had been examined."""
    answer = found(company, "--email", "nobody@posti.example")

    assert answer["copies"] == []
    assert answer["not_examined"] == [{"id": "share", "skipped": 1, "partial": 0, "error": ""}]
    done = company.run("subject", "find", "--email", "nobody@posti.example")
    assert done.exit_code == 0
    assert done.stdout.index("Not examined in share") < done.stdout.index("Nothing was found in")


def test_no_value_is_printed_or_kept(company: SmallCompany) -> None:
    outputs = [
        company.run("subject", "find", *how, *given).output
        for how in ((), ("--format", "json"), ("--index",), ("--lang", "fi"))
        for given in (
            ["--email", AINO],
            ["--phone", PHONE, "--id", CODE],
            ["--name", "Aino Lahtinen"],
        )
    ]
    catalog = (company.folder / ".kartta" / "catalog.sqlite").read_bytes()

    for value in VALUES:
        assert not [text for text in outputs if value in text], value
        assert value.encode() not in catalog, value


def test_with_another_key_nobody_is_said_to_be_nowhere(tmp_path: Path) -> None:
    company = SmallCompany(tmp_path)
    company.scan()
    (tmp_path / ".kartta" / "key").unlink()

    done = company.run("subject", "find", "--email", AINO)

    assert done.exit_code == 2
    assert "the key of the hashes is not the one" in done.output
    assert not (tmp_path / ".kartta" / "key").exists()


def test_somebody_must_be_asked_for(company: SmallCompany) -> None:
    for given in ([], ["--born", "1990-01-01"]):
        done = company.run("subject", "find", *given)

        assert done.exit_code == 2
        assert "nobody is asked for" in done.output
