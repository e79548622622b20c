"""The workbook in LibreOffice: what a person opens."""

import csv
import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reports.base import AuditResult
from reports.xlsx import HEADER
from tests.reports.rendering import rendered

pytestmark = pytest.mark.office

SHEET = 10
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


def _convert(office: str, workbook: Path, form: str, folder: Path) -> None:
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


def test_sheet_survives_with_every_cell(office: str, result: AuditResult, tmp_path: Path) -> None:
    workbook = tmp_path / "record.xlsx"
    workbook.write_bytes(rendered("xlsx", result))
    _convert(office, workbook, f"csv:{FILTER},{SHEET}", tmp_path)
    (table,) = tmp_path.glob("record-*.csv")
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8"), newline="")))
    subjects = {row[5] for row in rows[HEADER:]}

    assert len(rows) == HEADER + len(result.violations)
    assert "=1+1 aptitude tests" in subjects
    assert "-Terveys Esimerkki Oy" in subjects
    assert not any("#NAME?" in cell or "Err:" in cell for row in rows for cell in row)


def test_workbook_prints(office: str, result: AuditResult, tmp_path: Path) -> None:
    workbook = tmp_path / "record.xlsx"
    workbook.write_bytes(rendered("xlsx", result, "fi"))
    _convert(office, workbook, "pdf", tmp_path)

    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")
