"""The workbook in LibreOffice: what a person opens."""

import csv
import io
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from reports.wording import wording
from reports.workbook.merge import merge
from reports.xlsx import HEADER, opened
from ropa.model import Language
from tests.reports.company import HeldAudit
from tests.reports.declared import full
from tests.reports.editing import Editor
from tests.reports.rendering import rendered

pytestmark = pytest.mark.office

SHEET = 14
"""Violations, counted from one."""
FILTER = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false"
"""Comma, double quotes, UTF-8, from the first line, as shown."""


@pytest.fixture(scope="module")
def office() -> str:
    """Find LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice must be installed in CI")
        pytest.skip("soffice is not installed (apt-get install libreoffice-calc)")
    return program


def convert(office: str, workbook: Path, form: str, folder: Path) -> None:
    """Write the workbook in another form with LibreOffice, which is started for it."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(folder),
            str(workbook),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


def test_sheet_survives_with_every_cell(office: str, result: HeldAudit, tmp_path: Path) -> None:
    workbook = tmp_path / "record.xlsx"
    workbook.write_bytes(rendered("xlsx", result))
    convert(office, workbook, f"csv:{FILTER},{SHEET}", tmp_path)
    (table,) = tmp_path.glob("record-*.csv")
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8"), newline="")))
    subjects = {row[5] for row in rows[HEADER:]}

    assert len(rows) == HEADER + len(result.violations)
    assert "=1+1 aptitude tests" in subjects
    assert "-Terveys Esimerkki Oy" in subjects
    assert not any("#NAME?" in cell or "Err:" in cell for row in rows for cell in row)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_workbook_that_was_saved_there_is_read_back(
    office: str, language: Language, tmp_path: Path
) -> None:
    """Save the workbook as it is, then edit it, save again, and import both."""
    register, saved = full(), tmp_path / "saved"
    saved.mkdir()
    editor = Editor(tmp_path / "register.xlsx", register, language)
    convert(office, editor.path, "xlsx", saved)
    untouched = merge(opened(saved / "register.xlsx"), register)
    words = wording(language)
    kind = words("column.kind")
    editor.write("Systems", "share", kind, words.label("system", "database"))
    editor.write("Details", "visitors", words("column.created"), date(2026, 11, 2))
    editor.write("Details", "visitors", words("column.owner"), "- nobody")
    editor.add("Recipients", **{words("column.recipient"): "Uusi & Co"})
    editor.delete("Purposes", "recruitment/duties")
    convert(office, editor.save(), "xlsx", saved)
    merged = merge(opened(saved / "register.xlsx"), register)
    after = merged.register

    assert (untouched.refusals, untouched.changes) == ((), ())
    assert untouched.register == register
    assert merged.refusals == ()
    assert len(merged.changes) == 5
    assert after.systems[1].kind == "database"
    assert (after.activities[1].created, after.activities[1].owner) == (
        date(2026, 11, 2), "- nobody",
    )  # fmt: skip
    assert after.recipients[-1].name == "Uusi & Co"
    assert [each.id for each in after.activities[0].purposes] == ["selection"]
    assert after.transfers == register.transfers


def test_workbook_prints(office: str, result: HeldAudit, tmp_path: Path) -> None:
    workbook = tmp_path / "record.xlsx"
    workbook.write_bytes(rendered("xlsx", result, "fi"))
    convert(office, workbook, "pdf", tmp_path)

    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")
