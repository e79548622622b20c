"""The record of processing activities as a workbook: the one door to openpyxl."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain, islice
from math import ceil
from pathlib import Path
from typing import BinaryIO, ClassVar, cast

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.base import AuditResult
from reports.text import is_formula_like
from reports.wording import Wording, wording
from reports.workbook import audit, register
from reports.workbook.marks import RANGE, clean
from reports.workbook.model import (
    Cell,
    Column,
    Content,
    Opened,
    OpenedSheet,
    Row,
    Sheet,
    Tone,
    Workbook,
)
from reports.workbook.vocabulary import CODES, choices
from ropa.model import Language
from scanner.errors import ReportError

HEADER = 4
"""Row of the headings, below title, note and an empty row."""
SPARE = 200
"""Rows below a record that still offer the lists, for what a person adds."""
MOST = 1_000_000
"""Rows in one sheet; the format allows a few more."""
LINE = 13.2
"""Points of one line of text."""
TALLEST = 409.0
"""Points of the tallest row, a limit of the format."""
WIDE = 230
"""Characters above which a sheet is printed on A3."""
LARGEST = 256 * 2**20
"""Bytes to which a workbook that is read may unfold."""
_BROKEN = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError)
"""What openpyxl raises on a file that is not what its name says."""
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")
"""The format writes a character as `_x0041_`; who means these very letters writes the first so."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TONES: dict[Tone, tuple[str, str, bool]] = {
    Tone.PLAIN: ("1A222C", "", False),
    Tone.STRONG: ("1A222C", "", True),
    Tone.QUIET: ("6B7682", "", False),
    Tone.GOOD: ("1F5A3C", "E6F2EB", False),
    Tone.ATTENTION: ("7A5600", "FBF1D9", False),
    Tone.BAD: ("8C1D18", "FBE7E5", True),
}


class XlsxReport:
    """What a data protection officer hands to the authority."""

    name: ClassVar[str] = "xlsx"
    suffix: ClassVar[str] = ".xlsx"

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the workbook; the same result gives the same bytes."""
        save(content(result, wording(language)), out, wording(language))


def save(workbook: Workbook, out: BinaryIO, words: Wording) -> None:
    """Write any workbook; the same values give the same bytes."""
    buffer = io.BytesIO()
    _book(workbook, words).save(buffer)
    _fixed(buffer, out, workbook.created)


def content(result: AuditResult, words: Wording) -> Workbook:
    """Give what the workbook holds, as values."""
    context = register.context(result.register, words, result.flows)
    return Workbook(
        title=words("overview.title"),
        author=result.register.controller.name,
        created=(result.run.finished_at or result.run.started_at),
        language=words.language,
        sheets=(
            audit.overview(result, words),
            *register.sheets(context),
            audit.comparison(result, words),
            audit.clock(result, words),
            audit.violations(result, words),
            audit.coverage(result, words),
            audit.skips(result, words),
            audit.glossary(words),
        ),
        lists=tuple((name, choices(words, name)) for name in CODES),
        marks=register.marks(context),
    )


def opened(path: Path) -> Opened:
    """Read a workbook that a person may have edited.

    Raises:
        ReportError: it cannot be read, or is larger than any record is.
    """
    try:
        with zipfile.ZipFile(path) as package:
            size = sum(entry.file_size for entry in package.infolist())
        if size > LARGEST:
            raise ReportError(f"{path} unfolds to {size:,} bytes", hint="export the workbook again")
        book = load_workbook(path)
    except OSError as error:
        reason = error.strerror or "it is no workbook"
        raise ReportError(f"{path} cannot be read ({reason})", hint="check the path") from error
    except _BROKEN as error:
        raise ReportError(
            f"{path} is no readable workbook", hint="save it as .xlsx and try again"
        ) from error
    found = {
        name: _opened(book[sheet])
        for name, defined in book.defined_names.items()
        for sheet, _ in _places(defined)
        if sheet in book.sheetnames
    }
    return Opened(path.name, found)


def _places(defined: DefinedName) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(defined.destinations)
    except (ValueError, TypeError):
        return ()  # the range of a sheet that is gone is `#REF!`


def _opened(page: Worksheet) -> OpenedSheet:
    formulas = set()
    rows: list[tuple[Content, ...]] = []
    for row in page.iter_rows():
        formulas |= {cell.coordinate for cell in row if cell.data_type == "f"}
        rows.append(tuple(_plain(cell.value) for cell in row))
    return OpenedSheet(page.title, tuple(rows), frozenset(formulas))


def _plain(value: object) -> Content:
    if value is None or isinstance(value, int | float | date):
        return value
    return _ESCAPED.sub("_", str(value))


def _book(workbook: Workbook, words: Wording) -> Book:
    book = Book(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    book.properties.title = clean(workbook.title, words)
    book.properties.creator = clean(workbook.author, words)
    book.properties.language = workbook.language
    book.properties.created = workbook.created.replace(tzinfo=None)
    for sheet in workbook.sheets:
        _sheet(book, sheet, workbook, words)
    if workbook.lists:
        _lists(book, workbook, words)
    if workbook.marks:
        _marks(book, workbook, words)
    return book


def _sheet(book: Book, sheet: Sheet, workbook: Workbook, words: Wording) -> None:
    page = _page(book, sheet.name)
    rest = [_rest(sheet, words)] if len(sheet.rows) > MOST else []
    last = HEADER + max(min(len(sheet.rows), MOST) + len(rest), 1)
    letter = get_column_letter(len(sheet.columns))
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{HEADER + 1}"
    page.auto_filter.ref = f"A{HEADER}:{letter}{last}"
    page.sheet_view.showGridLines = False
    page.sheet_view.zoomScale = 90
    for index, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = column.width
    page.row_dimensions[1].height = 26
    page.row_dimensions[HEADER].height = _height(tuple(c.title for c in sheet.columns), sheet) + 6
    _printing(page, sheet, letter, last, words)
    _drop_downs(page, sheet, workbook, last, words)
    page.append([_cell(page, sheet.title, "kartta title", words)])
    page.append([_cell(page, sheet.note, "kartta note", words)])
    page.append([])
    page.append([_cell(page, column.title, "kartta head", words) for column in sheet.columns])
    for number, row in enumerate(chain(islice(sheet.rows, MOST), rest), start=HEADER + 1):
        page.row_dimensions[number].height = _height(row, sheet)
        page.append(list(_cells(page, row, words)))
        del page.row_dimensions[number]
    where = f"'{sheet.name}'!$A${HEADER}:${letter}${last}"
    book.defined_names[sheet.key] = DefinedName(sheet.key, attr_text=where)


def _rest(sheet: Sheet, words: Wording) -> Row:
    count = words.number(len(sheet.rows) - MOST)
    return (words("cell.rest", count=count), *("" for _ in sheet.columns[1:]))


def _page(book: Book, name: str) -> Worksheet:
    # a write-only sheet has the attributes of a sheet, which its stub does not tell
    return cast("Worksheet", book.create_sheet(name))


def _cells(page: Worksheet, row: Row, words: Wording) -> Iterator[BookCell]:
    for cell in row:
        value, tone = (cell.content, cell.tone) if isinstance(cell, Cell) else (cell, Tone.PLAIN)
        kind = "text" if isinstance(value, str) or value is None else "number"
        if not isinstance(value, str | int | float | None):
            kind = "date"
        yield _cell(page, value, f"kartta {tone} {kind}", words)


def _cell(page: Worksheet, value: Content, style: str, words: Wording) -> BookCell:
    cell: BookCell = WriteOnlyCell(page)
    if not isinstance(value, str):
        cell.value = value
        cell.style = style
        return cell
    text = clean(value, words)
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", text)
    cell.data_type = "s"  # never a formula, whatever it begins with
    cell.style = style
    if is_formula_like(text):
        cell.quotePrefix = True
    return cell


def _height(row: Row, sheet: Sheet) -> float:
    """Estimate the height in points that wrapped text needs; programs do not all work it out."""
    most = 1
    for cell, column in zip(row, sheet.columns, strict=True):
        value = cell.content if isinstance(cell, Cell) else cell
        if isinstance(value, str):
            room = max(column.width - 3, 4)
            most = max(
                most, sum(max(ceil(len(line) * 1.06 / room), 1) for line in value.split("\n"))
            )
    return min(most * LINE + 4, TALLEST)


def _printing(page: Worksheet, sheet: Sheet, letter: str, last: int, words: Wording) -> None:
    wide = sum(column.width for column in sheet.columns) > WIDE
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 8 if wide else 9  # A3, A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{HEADER}:{HEADER}"
    page.print_area = f"A1:{letter}{last}"
    page.page_margins.left = page.page_margins.right = 0.4
    footer = page.HeaderFooter.oddFooter
    if footer is not None:
        footer.left.text = "&A"
        footer.right.text = f"{words('print.page')} &P / &N"


def _drop_downs(
    page: Worksheet, sheet: Sheet, workbook: Workbook, last: int, words: Wording
) -> None:
    for index, column in enumerate(sheet.columns, start=1):
        offered = _offered(column, workbook)
        if not offered:
            continue
        rule = DataValidation(
            type="list",
            formula1=offered,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning",
            errorTitle=words("pick.title"),
            error=words("pick.text"),
        )
        letter = get_column_letter(index)
        rule.add(f"{letter}{HEADER + 1}:{letter}{last + SPARE}")
        page.data_validations.append(rule)


def _offered(column: Column, workbook: Workbook) -> str:
    """Give the cells from which a column's values are chosen."""
    if column.choices in dict(workbook.lists):
        return f"List_{column.choices}"
    named = next((each for each in workbook.sheets if each.key == column.names), None)
    if named is None:
        return ""
    last = HEADER + max(len(named.rows), 1) + SPARE
    return f"'{named.name}'!$A${HEADER + 1}:$A${last}"


def _lists(book: Book, workbook: Workbook, words: Wording) -> None:
    name = words("sheet.lists")
    page = _page(book, name)
    page.sheet_state = "hidden"
    for index, (key, values) in enumerate(workbook.lists, start=1):
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = 44
        where = f"'{name}'!${letter}$2:${letter}${len(values) + 1}"
        book.defined_names[f"List_{key}"] = DefinedName(f"List_{key}", attr_text=where)
    columns = [[key, *values] for key, values in workbook.lists]
    for row in range(max(len(column) for column in columns)):
        texts = [column[row] if row < len(column) else "" for column in columns]
        page.append([_cell(page, text, "kartta plain text", words) for text in texts])


def _marks(book: Book, workbook: Workbook, words: Wording) -> None:
    name = words("sheet.marks")
    page = _page(book, name)
    page.sheet_state = "hidden"
    for row in workbook.marks:
        page.append([_cell(page, text, "kartta plain text", words) for text in row])
    where = f"'{name}'!$A$1:$C${len(workbook.marks)}"
    book.defined_names[RANGE] = DefinedName(RANGE, attr_text=where)


def _styles() -> Iterator[NamedStyle]:
    hair = Side(style="hair", color="B8C0CA")
    font = "Calibri"
    yield NamedStyle("kartta title", font=Font(font, 16, bold=True, color="1A222C"))
    yield NamedStyle("kartta note", font=Font(font, 10, italic=True, color="56616E"))
    yield NamedStyle(
        "kartta head",
        font=Font(font, 10, bold=True, color="FFFFFF"),
        fill=PatternFill("solid", fgColor="24405C"),
        alignment=Alignment(wrap_text=True, vertical="center", horizontal="left", indent=1),
        border=Border(right=Side(style="thin", color="5B7690")),
    )
    for tone, (ink, paper, bold) in _TONES.items():
        for kind, number_format in (("text", "@"), ("number", "#,##0"), ("date", "yyyy-mm-dd")):
            style = NamedStyle(
                f"kartta {tone} {kind}",
                font=Font(font, 10, bold=bold, color=ink),
                alignment=Alignment(
                    wrap_text=kind != "number",  # offices lose the indent of a wrapped number
                    vertical="top",
                    horizontal="right" if kind == "number" else "left",
                    indent=1,
                ),
                border=Border(bottom=hair),
                number_format=number_format,
            )
            if paper:
                style.fill = PatternFill("solid", fgColor=paper)
            yield style


def _fixed(written: BinaryIO, out: BinaryIO, at: datetime) -> None:
    """Copy the package without the clock that the library puts in."""
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, body)
            fresh = zipfile.ZipInfo(entry.filename, _EPOCH)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fresh, body)
