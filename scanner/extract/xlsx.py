"""Spreadsheets (xlsx, xlsm, xlsb, xls, ods): each sheet as a table, hidden ones too."""

import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from posixpath import basename
from shutil import copyfileobj

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from scanner.errors import AssetError, Encrypted, LimitReached, Unreadable
from scanner.extract import ooxml, zipped
from scanner.extract.base import Budget, Part
from scanner.extract.dispatch import skip_of
from scanner.extract.table import table
from scanner.model import Content, Skip, SkipReason

Cell = int | float | str | bool | time | date | datetime | timedelta
MAX_CELLS = 30_000_000
"""Of the rectangle that a sheet spans; the reader holds all of it, empty or not."""
ROW = re.compile(rb'<(?:\w+:)?row [^>]{0,200}?\br="(\d{1,7})"')
COLUMN = re.compile(rb'\br="([A-Z]{1,3})\d{1,7}"')
FAR_COLUMN = re.compile(rb'\br="[A-Z]{2,3}\d{1,7}"')
NOTES = ({"t": "", "text": "\n"}, {"comment": "\n", "p": "\n"})
TEXTS = ("xl/comments", "xl/threadedComments", "xl/persons", "xl/drawings/drawing")
SHAPES = ({"t": ""}, {"p": "\n"})


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield sheet by sheet, then comments, text boxes, properties and embedded files."""
    start = part.stream.tell()
    is_zip = part.stream.read(2) == b"PK"
    part.stream.seek(start)
    far = _measured(part, budget) if is_zip else None
    if far is not None:
        yield Skip(SkipReason.LIMIT, far.message, part.locator)
    else:
        part.stream.seek(start)
        yield from _sheets(part)
    if is_zip:
        part.stream.seek(start)
        yield from _rest(part, budget)


def grids(part: Part, budget: Budget) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Give each sheet's name and its rows from the first on, empty ones too.

    Raises:
        AssetError: the workbook cannot be read, or spans too much.
    """
    start = part.stream.tell()
    is_zip = part.stream.read(2) == b"PK"
    part.stream.seek(start)
    if is_zip and (far := _measured(part, budget)):
        raise far
    part.stream.seek(start)
    with _calamine("the workbook is broken"):
        workbook = _opened(part)
    for sheet in workbook.sheets_metadata:
        if sheet.typ not in (SheetTypeEnum.ChartSheet, SheetTypeEnum.Vba):
            with _calamine("the sheet is broken"):
                rows = workbook.get_sheet_by_name(sheet.name).iter_rows()
            yield sheet.name, ([_text(cell) for cell in row] for row in rows)


def _sheets(part: Part) -> Iterator[Content]:
    with _calamine("the workbook is broken"):
        workbook = _opened(part)
    for sheet in workbook.sheets_metadata:
        if sheet.typ in (SheetTypeEnum.ChartSheet, SheetTypeEnum.Vba):
            continue
        place = part.locator.sheet(sheet.name)
        try:
            with _calamine("the sheet is broken"):
                rows = workbook.get_sheet_by_name(sheet.name).iter_rows()
            yield from table(place, _texts(rows))
        except AssetError as error:
            yield Skip(error.reason, error.message, place)


def _opened(part: Part) -> CalamineWorkbook:
    """Open a workbook; an old one with a password is only told by calamine from a named file."""
    start = part.stream.tell()
    try:
        return CalamineWorkbook.from_filelike(part.stream)
    except CalamineError as error:
        if "detect" not in str(error):
            raise
    part.stream.seek(start)
    with tempfile.NamedTemporaryFile(prefix="kartta-", suffix=".xls") as copy:
        copyfileobj(part.stream, copy, 1024**2)
        copy.flush()
        return CalamineWorkbook.from_path(copy.name)


@contextmanager
def _calamine(complaint: str) -> Iterator[None]:
    """Turn what calamine raises into ours."""
    try:
        with _quiet():
            yield
    except PasswordError as error:
        raise Encrypted("a workbook protected with a password") from error
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise Encrypted("a workbook protected with a password") from error
        raise Unreadable(complaint) from error
    except BaseException as error:
        # A panic in Rust passes by `except Exception`, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(complaint) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep a panic in Rust off the terminal: its message may quote the workbook."""
    saved, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)


def _texts(rows: Iterable[list[Cell]]) -> Iterator[list[str]]:
    for row in rows:
        if any(cell not in {"", None} for cell in row):
            yield [_text(cell) for cell in row]


def _text(cell: Cell) -> str:
    """Write a value as people would.

    >>> _text(401234567.0), _text(2.5)
    ('401234567', '2.5')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)


def _measured(part: Part, budget: Budget) -> LimitReached | None:
    """Unpack once with the meter running, and see how far apart a sheet's cells are.

    Two cells in opposite corners make calamine hold 17 thousand million.
    """
    with zipped.opened(part) as archive:
        for info in archive.infolist():
            if not info.filename.endswith((".xml", ".bin")):
                continue
            far = _area(archive, info, budget)
            if far > MAX_CELLS:
                return LimitReached(f"a sheet spans more than {MAX_CELLS} cells")
    return None


def _area(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> int:
    """Multiply the last row and the last column of a sheet; 0 for other parts."""
    is_sheet = "sheets/" in info.filename and info.filename.endswith(".xml")
    rows = columns = 0
    tail = b""
    with zipped.content(archive, info, budget) as stream:
        while chunk := stream.read(1024**2):
            if not is_sheet:
                continue
            text = tail + chunk
            rows = max([rows, *map(int, ROW.findall(text))])
            if columns < 26 or FAR_COLUMN.search(text):  # noqa: PLR2004 - letters
                columns = max([columns, *map(_number, set(COLUMN.findall(text)))])
            tail = text[-256:]
    return rows * columns


def _number(letters: bytes) -> int:
    """Count columns.

    >>> _number(b"A"), _number(b"AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rest(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield what stands beside the cells."""
    try:
        with zipped.opened(part) as archive:
            infos = archive.infolist()
            for info in infos:
                name = basename(info.filename).removesuffix(".xml")
                if info.filename.startswith(TEXTS) and info.filename.endswith(".xml"):
                    tags = SHAPES if "drawing" in info.filename else NOTES
                    yield from ooxml.parts(archive, info, part.locator.called(name), budget, tags)
            yield from ooxml.properties(archive, infos, part.locator, budget)
            yield from ooxml.links(archive, infos, part.locator, budget)
            yield from ooxml.embedded(archive, infos, part.locator, budget)
    except LimitReached:
        raise
    except AssetError as error:
        yield skip_of(error, part)
