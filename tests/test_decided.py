"""What is decided of findings in the workbook comes back, and only what a person has changed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from reports.wording import wording
from reports.xlsx import HEADER
from ropa.model import Language
from tests.lasting import Company, letter

END = date.today() + timedelta(days=90)  # noqa: DTZ011 - the import asks for no day
REGISTER = """\
controller: {name: Kuusi Oy, country: FI}
activities:
  - {id: hiring, name: Hiring, owner: Aino Korpi, systems: [files]}
systems:
  - {id: files, name: Files, kind: file_share, sources: [share]}
"""
Values = dict[str, Any]


@pytest.fixture
def company(tmp_path: Path) -> Company:
    company = Company(tmp_path)
    (tmp_path / "register.yaml").write_text(REGISTER)
    file = tmp_path / "kartta.yaml"
    file.write_text(f"register: register.yaml\ndue: {{high: 14}}\n{file.read_text()}")
    company.write("a.txt", letter(301))
    company.write("b.txt", letter(302))
    return company


def export(company: Company, language: Language = "en") -> None:
    done = company.run("ropa", "export", "out.xlsx", "--lang", language)
    assert done.exit_code == 0, done.output


def edit(company: Company, finding: str, values: Values, language: Language = "en") -> None:
    """Write into the cells of a finding, as a person would."""
    path, words = company.folder / "out.xlsx", wording(language)
    book = openpyxl.load_workbook(path)
    sheet = book[words("sheet.violations")]
    heads = [cell.value for cell in sheet[HEADER]]
    row = next(
        row for row in sheet.iter_rows(min_row=HEADER + 1) if finding in {c.value for c in row}
    )
    for name, value in values.items():
        row[heads.index(words(f"column.{name}"))].value = value
    book.save(path)


def test_owner_and_day_are_worked_out_and_an_untouched_workbook_changes_nothing(
    company: Company,
) -> None:
    found = company.findings()
    export(company)
    done = company.command("ropa", "import", "out.xlsx", "--yes")

    assert {(each["owner"], each["due"]) for each in found.values()} == {
        ("Aino Korpi", "2026-12-15")
    }
    assert done.stdout == "Nothing differs.\n"
    assert not (company.folder / "waivers.yaml").exists()
    assert "Overdue: " not in company.scan(today="2026-12-15").stdout
    assert "Overdue: " in company.scan(today="2026-12-16").stdout


@pytest.mark.parametrize(("language", "kind"), [("en", "False alarm"), ("fi", "Aiheeton havainto")])
def test_a_decision_in_the_workbook_is_shown_written_and_holds(
    company: Company, language: Language, kind: str
) -> None:
    ids = {name: each["id"] for name, each in company.findings().items()}
    export(company, language)
    edit(company, ids["a.txt"], {"decision": kind, "why": "Customer numbers"}, language)
    edit(company, ids["b.txt"], {"owner": "Ilmari", "due": END}, language)
    preview = company.command("ropa", "import", "out.xlsx", "--dry-run")
    assert not (company.folder / "waivers.yaml").exists()
    done = company.command("ropa", "import", "out.xlsx", "--yes")
    after = company.findings()
    written = yaml.safe_load((company.folder / "waivers.yaml").read_text())

    assert (preview.exit_code, done.exit_code) == (0, 0), done.output
    for told in ("Customer numbers", "Ilmari", END.isoformat(), ids["a.txt"]):
        assert told in preview.stdout
    assert after["a.txt"]["waiver"]["kind"] == "false-alarm"
    assert after["a.txt"]["waiver"]["owner"] == "Aino Korpi"
    assert (after["b.txt"]["owner"], after["b.txt"]["due"]) == ("Ilmari", END.isoformat())
    assert written["assignments"] == [{"finding": ids["b.txt"], "owner": "Ilmari", "due": END}]
    export(company, language)
    edit(company, ids["a.txt"], {"decision": None, "why": None}, language)
    company.command("ropa", "import", "out.xlsx", "--yes")
    assert company.findings()["a.txt"]["waiver"] is None


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"decision": "Perhaps", "why": "Nobody knows"}, "'Perhaps' is no decision"),
        ({"decision": "Waiver", "why": "No", "until": END}, "at least 10 characters"),
        ({"decision": "Accepted risk", "why": "The share moves"}, "it ends on some day"),
        ({"decision": "Waiver", "why": "The share moves", "until": "soon"}, "'soon' is no day"),
        ({"why": "The share moves"}, "say what is decided"),
        ({"due": "31.2.2027"}, "'31.2.2027' is no day"),
        ({"due": "=TODAY()"}, "the cell holds a formula"),
        (
            {"decision": "Waiver", "why": "The share moves", "until": END, "owner": None},
            "somebody answers for it",
        ),
    ],
)
def test_what_cannot_be_taken_is_named_by_its_cell(
    company: Company, values: Values, says: str
) -> None:
    found = company.findings()["a.txt"]["id"]
    export(company)
    edit(company, found, values)

    done = company.command("ropa", "import", "out.xlsx", "--yes")
    assert (done.exit_code, says in done.stderr) == (2, True), done.stderr
    assert "Violations!" in done.stderr
    assert not (company.folder / "waivers.yaml").exists()


def _waive(company: Company, found: str) -> None:
    why = ("--reason", "The appeal is pending", "--until", END.isoformat())
    company.run("waive", found, *why)


def _take_another_key(company: Company, found: str) -> None:
    del found
    for path in (company.folder / ".kartta").iterdir():
        path.unlink()
    company.scan()


@pytest.mark.parametrize(
    ("meanwhile", "says"),
    [(_waive, "changed since the export"), (_take_another_key, "of another key")],
)
def test_what_was_decided_meanwhile_is_not_overwritten(
    company: Company, meanwhile: Callable[[Company, str], None], says: str
) -> None:
    found = company.findings()["a.txt"]["id"]
    export(company)
    edit(company, found, {"decision": "Accepted risk", "why": "The share moves", "until": END})
    meanwhile(company, found)

    done = company.command("ropa", "import", "out.xlsx", "--yes")
    assert (done.exit_code, says in done.stderr) == (2, True), done.stderr
