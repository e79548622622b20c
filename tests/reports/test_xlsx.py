"""The workbook, compared by cells."""

import io
import json
import time
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils import range_boundaries

from reports.wording import wording
from reports.workbook.marks import LONGEST
from reports.workbook.vocabulary import CODES
from reports.xlsx import HEADER, XlsxReport, content
from ropa.model import Language, Text
from ropa.subjects import EvidenceItem
from scanner.locator import WHOLE
from tests.reports.company import HeldAudit, audit
from tests.reports.rendering import rendered, same_as_golden, shuffled

LANGUAGES: tuple[Language, ...] = ("en", "fi")
Book = openpyxl.Workbook


def _open(result: HeldAudit, language: Language = "en") -> Book:
    return openpyxl.load_workbook(io.BytesIO(rendered("xlsx", result, language)))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _cells(book: Book) -> dict[str, list[list[Any]]]:
    return {
        sheet.title: [[_plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


def _sheet(book: Book, key: str) -> list[dict[str, Any]]:
    """Give a table by its range's name, as rows by heading."""
    name, where = book.defined_names[key].attr_text.split("!")
    left, top, right, bottom = range_boundaries(where.replace("$", ""))
    sheet = book[name.strip("'")]
    rows = list(
        sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True)
    )
    heads = [str(head).partition("\n")[0] for head in rows[0]]
    return [dict(zip(heads, row, strict=True)) for row in rows[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_cells_are_as_reviewed(result: HeldAudit, language: Language) -> None:
    text = json.dumps(_cells(_open(result, language)), indent=1, ensure_ascii=False)

    same_as_golden(f"record.{language}.cells.json", f"{text}\n".encode())


def test_without_a_register_the_overview_counts_no_violations(result: HeldAudit) -> None:
    audited = replace(result, is_declared=False, violations=())
    rows = {row[0]: row[1] for row in _cells(_open(audited))["Overview"] if len(row) > 1}

    assert rows["Violations"] == "Not judged: no register was compared."
    assert not any(str(name).startswith("Violations:") for name in rows)
    assert any(str(row[0]).startswith("Violations") for row in _cells(_open(result))["Overview"])


def test_same_result_gives_the_same_bytes(result: HeldAudit) -> None:
    assert rendered("xlsx", shuffled(result, 3)) == rendered("xlsx", result)


def test_properties_come_from_the_run(result: HeldAudit) -> None:
    properties = _open(result).properties

    assert properties.created == datetime(2026, 11, 22, 6, 41, 12)  # noqa: DTZ001 - openpyxl's form
    assert properties.modified == properties.created
    assert properties.creator == "Pohjantähti Hälytys Oy & <Partners>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_is_a_formula(result: HeldAudit, language: Language) -> None:
    package = zipfile.ZipFile(io.BytesIO(rendered("xlsx", result, language)))
    sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    tags = {
        etree.QName(node).localname
        for name in sheets
        for node in etree.fromstring(package.read(name)).iter()
    }

    assert len(sheets) == 19
    assert "f" not in tags
    assert "formula1" in tags


def test_formula_like_text_is_marked_as_text(result: HeldAudit) -> None:
    book = _open(result)
    cells = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value[:1] in "=+-@"
    ]

    assert {cell.value for cell in cells} >= {"=1+1 aptitude tests", "@Test database"}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_illegal_and_too_long_text_is_cut_with_a_mark(result: HeldAudit) -> None:
    first = result.violations[0]
    item = EvidenceItem("hr-share", "a\x00b\x0bc\ufffe", WHOLE, Text(en="😀" * LONGEST))
    odd = replace(first, evidence=(item,), subject_name="\x1b[31m\x01red")
    (row,) = _sheet(_open(replace(result, violations=(odd,))), "Violations")
    text = str(row["Evidence"])

    assert len(text.encode("utf-16-le")) // 2 <= LONGEST
    assert text.endswith(" … [cut]")
    assert "\x00" not in text
    assert "\x1b" not in str(row["Subject"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheet_names_are_valid_and_different(result: HeldAudit, language: Language) -> None:
    names = _open(result, language).sheetnames

    assert len(set(names)) == len(names) == 19
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_prints_and_filters(result: HeldAudit, language: Language) -> None:
    for sheet in _open(result, language).worksheets[:-2]:
        assert sheet.freeze_panes is not None
        assert str(sheet.auto_filter.ref).startswith(f"A{HEADER}:")
        assert sheet.print_title_rows == f"${HEADER}:${HEADER}"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter is not None
        assert "&P" in str(sheet.oddFooter.right.text)


def test_record_has_the_elements_of_article_30(result: HeldAudit) -> None:
    book = _open(result, "fi")
    sheet = book["Seloste käsittelytoimista"]
    heads = [str(cell.value).split("\n") for cell in sheet[HEADER]]
    articles = [head[1] for head in heads if len(head) > 1]

    assert articles[:9] == [
        "30 art. 1",
        *(f"30 art. 1 {letter}" for letter in ("a", "b", "c", "c", "d", "e", "f", "g")),
    ]
    assert heads[2][0] == "Käsittelyn tarkoitukset"
    assert len(_sheet(book, "Record")) == len(result.register.activities)


def test_what_is_missing_is_said_with_a_word(result: HeldAudit) -> None:
    aptitude = _sheet(_open(result), "Record")[0]

    assert aptitude["Purposes of the processing"] == "not recorded"
    assert aptitude["Time limits for erasure"] == "not recorded"


def test_closed_vocabularies_offer_their_words(result: HeldAudit) -> None:
    book = _open(result)
    offered = {
        (sheet.title, str(rule.formula1))
        for sheet in book.worksheets
        for rule in sheet.data_validations.dataValidation
    }

    assert ("Recipients", "List_role") in offered
    assert ("Transfers", "List_tool") in offered
    assert ("Purposes and bases", "List_basis") in offered
    assert ("Record of processing", "List_article9") in offered
    assert {f"List_{name}" for name in CODES} <= set(book.defined_names)


def test_cell_that_names_one_entry_offers_their_names(result: HeldAudit) -> None:
    offered = {
        (sheet.title, str(rule.formula1), str(rule.sqref))
        for sheet in _open(result).worksheets
        for rule in sheet.data_validations.dataValidation
    }

    assert ("Transfers", "'Recipients'!$A$5:$A$207", "A5:A205") in offered
    assert ("Retention", "'Record of processing'!$A$5:$A$206", "A5:A206") in offered


def test_sheets_of_the_record_have_their_ranges(result: HeldAudit) -> None:
    ranges = set(_open(result, "fi").defined_names)

    assert ranges >= {
        "Controller", "Record", "Details", "Assessments", "Purposes", "Retention", "Processing",
        "Systems", "Recipients", "Transfers", "Exported",
    }  # fmt: skip


def test_differences_are_counted(result: HeldAudit) -> None:
    book = _open(result)
    told = Counter(row["Difference"] for row in _sheet(book, "Comparison"))
    counted = {row["Item"]: row["Content"] for row in _sheet(book, "Overview")}

    assert {word: counted[f"Declared\N{EN DASH}observed: {word}"] for word in told} == dict(told)


def test_difference_is_a_word_and_a_colour(result: HeldAudit) -> None:
    book = _open(result)
    rows = _sheet(book, "Comparison")
    found = {(row["Category or recipient"], row["Difference"]) for row in rows}
    sheet = book["Declared\N{EN DASH}Observed"]
    colours = {
        row[-1].value: row[-1].fill.fgColor.rgb for row in sheet.iter_rows(min_row=HEADER + 1)
    }

    assert ("Health", "Observed only") in found
    assert ("headhunt.example", "Observed only") in found
    assert ("Pohjantähti Group AS", "Declared only") in found
    assert ("Contact details", "Agrees") in found
    assert ("E-mail address", "Declared elsewhere") in found
    assert ("pohjantahti.example", "Observed only") not in found
    assert colours["Observed only"] != colours["Agrees"]


def test_everything_that_was_judged_or_skipped_is_there(result: HeldAudit) -> None:
    book = _open(result)

    assert len(_sheet(book, "Violations")) == len(result.violations)
    assert len(_sheet(book, "Skips")) == len(result.skips)
    assert len(_sheet(book, "Coverage")) == len(result.sources)
    assert {row["Answer"] for row in _sheet(book, "Violations")} == {
        "Violation",
        "Cannot be judged",
        "Waived",
    }


def test_every_row_has_a_cell_for_each_column(result: HeldAudit) -> None:
    for sheet in content(result, wording("en")).sheets:
        assert all(len(row) == len(sheet.columns) for row in sheet.rows), sheet.key


def test_rows_that_do_not_fit_are_counted(
    result: HeldAudit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.xlsx.MOST", 5)
    rows = _sheet(_open(result), "Skips")

    assert len(rows) == 6
    assert str(rows[-1]["Source"]).startswith(f"{len(result.skips) - 5} further rows")


def test_large_audit_is_written_in_reasonable_time() -> None:
    large = audit(copies=3_000)
    begin = time.perf_counter()
    out = io.BytesIO()
    XlsxReport().write(large, out, "en")

    assert time.perf_counter() - begin < 20
