"""`kartta requests`: the organisation's list, read with its days, and nobody named."""

import json
from pathlib import Path

import pytest

from tests.small_company import AINO, AUDIT, TODAY, VALUES, SmallCompany

LIST = f"""\
Nimi;Sähköposti;Pyyntö;Saapunut;Henkilöllisyys varmistunut;Jatkettu;Vastattu
Aino Lahtinen;{AINO};tietojen tarkastus;9.10.2026;12.10.2026;;
Aino Lahtinen;{AINO};poisto;2.9.2026;;15.9.2026;
Veikko Vieras;veikko@posti.example;vastustaminen;24.11.2026;;;25.11.2026
Veikko Vieras;veikko@posti.example;kahvia;24.11.2026;;;
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> SmallCompany:
    folder = tmp_path_factory.mktemp("requests")
    company = SmallCompany(folder)
    (folder / "requests.csv").write_text(LIST, "utf-8")
    (folder / "kartta.yaml").write_text(
        f"{AUDIT}lists:\n  - {{kind: requests, path: requests.csv}}\n", "utf-8"
    )
    company.scan()
    return company


def test_every_request_has_its_days_the_most_urgent_first(company: SmallCompany) -> None:
    done = company.run("requests", "--format", "json", "--today", TODAY)

    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)["requests"]
    assert [
        (each["right"], each["due"], each["due_identified"], each["answered"], each["days_left"])
        for each in found
    ] == [
        ("access", "2026-11-09", "2026-11-12", None, -22),
        ("erasure", "2026-12-02", None, None, 1),
        ("other", "2026-12-28", None, "2026-11-25", 33),
    ]
    assert len({each["person"] for each in found}) == 2
    assert "requests.csv, row 5" in done.stderr  # what was asked there is no right


def test_the_table_names_nobody(company: SmallCompany) -> None:
    done = company.run("requests", "--today", TODAY)

    assert "1 open request is past its last day." in done.stdout
    assert not [value for value in (*VALUES, "Vieras", "veikko") if value in done.output]


def test_a_row_of_the_list_is_no_copy(company: SmallCompany) -> None:
    done = company.run("subject", "find", "--email", AINO, "--format", "json", "--today", TODAY)

    sources = {each["source"] for each in json.loads(done.stdout)["copies"]}
    assert sources == {"ats", "db", "mail", "share"}


def test_without_any_request_that_is_said(tmp_path: Path) -> None:
    company = SmallCompany(tmp_path)
    company.scan()
    register = tmp_path / "register.yaml"
    register.write_text(register.read_text("utf-8").replace("country: FI", "country: IS", 1))

    done = company.run("requests", "--today", TODAY)

    assert "No request is known." in done.stdout
    assert "public holidays of IS are not known" in done.stdout
