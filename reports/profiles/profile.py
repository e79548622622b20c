"""Forms of authorities for the record of processing activities (GDPR Art. 30(1), (2)), as data.

A profile is one YAML file beside this module: the tables, and for each column its heading as the
authority writes it, the article that asks for it and the field of the register that fills it. A
column without a field asks for what the register does not hold, and stays empty.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from reports.profiles.fields import FIELDS, Asked, Table, entries_of
from reports.text import visible
from reports.workbook.kinds import Context
from reports.workbook.model import Column as SheetColumn
from reports.workbook.model import Content, Row, Sheet
from ropa.model import Id, Record, Register, Text, Words
from scanner.errors import ReportError
from scanner.yamlfile import did_you_mean, load

DEFAULT = "default"
"""The profile that is ours: as a workbook, it is the one that is read back."""
_FOLDER = files("reports").joinpath("profiles")
_NAME_LENGTH = 31
"""Characters in a sheet's name, a limit of the format."""
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Column(Record):
    """One column of a form."""

    heading: Words
    article: str = ""
    field: str | None = None
    """Name of what fills it in `reports.profiles.fields`; none where the register is silent."""
    keys: tuple[str, ...] = ()
    """For `categories`: the branches of the taxonomy that belong here."""
    width: Annotated[float, Field(gt=0)] = 26


class FormTable(Record):
    """One table of a form."""

    key: Id
    of: Table
    name: Words
    columns: tuple[Column, ...]

    @model_validator(mode="after")
    def _fields_are_known(self) -> Self:
        for column in self.columns:
            if column.field is not None and column.field not in FIELDS[self.of]:
                hint = did_you_mean(column.field, tuple(FIELDS[self.of]))
                raise ValueError(f"{self.of} have no field '{column.field}'; {hint}")
        return self


class Profile(Record):
    """One form."""

    name: Words
    note: Words = Text()
    layout: Literal["table", "sheets"] = "table"
    """Whether a workbook has one row or one sheet for each activity."""
    article_heading: Words = Text()
    """Heading of the articles' column where the layout is `sheets`."""
    content_heading: Words = Text()
    """Heading of the contents' column there."""
    shows_articles: bool = True
    """Whether a table's headings tell the articles; not where they must be verbatim."""
    words: Mapping[str, str] = {}
    """Words of the form for what our own wording says in another language."""
    tables: tuple[FormTable, ...]


@cache
def names() -> tuple[str, ...]:
    """Give the names of all profiles."""
    found = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


@cache
def profile(name: str) -> Profile:
    """Read one profile.

    Raises:
        ReportError: there is none of that name.
    """
    if name not in names():
        known = ", ".join(names())
        raise ReportError(f"there is no profile '{name}'", hint=f"there are {known}")
    with as_file(_FOLDER.joinpath(f"{name}.yaml")) as path:
        return load(path, Profile, ReportError)


def sheets(form: Profile, known: Context) -> tuple[Sheet, ...]:
    """Give the sheets of a workbook; a table of Art. 30(2) only where there is something in it."""
    found: list[Sheet] = []
    for table in form.tables:
        if form.layout == "sheets" and table.of == "activities":
            found.extend(_fiches(form, table, known))
        elif table.of != "processing" or known.register.processing:
            found.append(_sheet(form, table, known))
    return tuple(found)


def rows(form: Profile, table: FormTable, known: Context) -> Iterator[tuple[Content, ...]]:
    """Give the rows of one table, without its headings."""
    for entry in entries_of(known.register, table.of):
        yield tuple(_content(form, table, column, entry, known) for column in table.columns)


def left_out(form: Profile, register: Register) -> int:
    """Count the entries of Art. 30(2) for which the form has no table."""
    has_table = any(table.of == "processing" for table in form.tables)
    return 0 if has_table else len(register.processing)


def _content(
    form: Profile, table: FormTable, column: Column, entry: object, known: Context
) -> Content:
    if column.field is None:
        return ""
    elsewhere = tuple(
        key for each in table.columns if each is not column for key in each.keys if column.keys
    )
    asked = Asked(known, column.keys, elsewhere, form.words)
    return FIELDS[table.of][column.field](entry, asked)


def _heading(column: Column, known: Context) -> str:
    return column.heading.in_language(known.words.language)


def _sheet(form: Profile, table: FormTable, known: Context) -> Sheet:
    columns = tuple(
        SheetColumn(
            _heading(column, known), column.width, column.article if form.shows_articles else ""
        )
        for column in table.columns
    )
    name = table.name.in_language(known.words.language)
    found: tuple[Row, ...] = tuple(rows(form, table, known))
    return Sheet(
        _range(table.key),
        _sheet_name(name),
        _title(form, known),
        _note(form, known),
        columns,
        found,
    )


def _fiches(form: Profile, table: FormTable, known: Context) -> Iterator[Sheet]:
    """Give one sheet for each activity: a heading, its article and the content in a row."""
    name = table.name.in_language(known.words.language)
    columns = (
        SheetColumn(name, 44),
        SheetColumn(form.article_heading.in_language(known.words.language), 16),
        SheetColumn(form.content_heading.in_language(known.words.language), 80),
    )
    for number, contents in enumerate(rows(form, table, known), start=1):
        lines: tuple[Row, ...] = tuple(
            (_heading(column, known), column.article, content)
            for column, content in zip(table.columns, contents, strict=True)
        )
        label = str(contents[0] or "")
        title = f"{_title(form, known)}: {label}"
        sheet = _sheet_name(f"{number} {visible(label)}")
        yield Sheet(_range(table.key, number), sheet, title, _note(form, known), columns, lines)


def _title(form: Profile, known: Context) -> str:
    return form.name.in_language(known.words.language)


def _note(form: Profile, known: Context) -> str:
    return form.note.in_language(known.words.language)


def _range(key: str, number: int | None = None) -> str:
    name = key.replace("-", "_").replace(".", "_")
    return f"Form_{name}" if number is None else f"Form_{name}_{number}"


def _sheet_name(text: str) -> str:
    return " ".join(text.translate(_NOT_IN_NAMES).split())[:_NAME_LENGTH].strip()
