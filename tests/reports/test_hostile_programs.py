"""Hostile text in the programs that people open outputs with: a browser and an office."""

import csv
import io
from pathlib import Path

import pytest
from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver import Chrome

from reports.xlsx import HEADER
from tests.reports.hostile import HOSTILE, poisoned
from tests.reports.rendering import rendered
from tests.reports.test_browser import browser
from tests.reports.test_office import FILTER, SHEET, convert, office

__all__ = ["browser", "office"]
"""Fixtures."""


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])
@pytest.mark.enable_socket
@pytest.mark.parametrize("suffix", ["html", "svg"])
def test_nothing_runs_in_a_browser(browser: Chrome, tmp_path: Path, suffix: str) -> None:
    page = tmp_path / f"page.{suffix}"
    page.write_bytes(rendered(suffix, poisoned(HOSTILE)))

    browser.get(page.as_uri())

    with pytest.raises(NoAlertPresentException):
        _ = browser.switch_to.alert
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]  # selenium's
    scripts = browser.execute_script("return document.querySelectorAll('script, img').length")
    assert scripts == (suffix == "html")


@pytest.mark.office
def test_no_formula_runs_in_an_office(office: str, tmp_path: Path) -> None:
    result = poisoned(HOSTILE)
    workbook = tmp_path / "record.xlsx"
    workbook.write_bytes(rendered("xlsx", result))

    convert(office, workbook, f"csv:{FILTER},{SHEET}", tmp_path)

    (table,) = tmp_path.glob("record-*.csv")
    csv.field_size_limit(10**6)
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8"), newline="")))
    assert len(rows) == HEADER + len(result.violations)
    assert not [cell for row in rows for cell in row if "#NAME?" in cell or "Err:" in cell]
