"""Tie the rows of an edited workbook to the entries of the register; give new ones their ids."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from reports.wording import Wording
from reports.workbook.differences import Place
from reports.workbook.form import INNER, PARTIES, Entry, Field, Form, Table, forms
from reports.workbook.kinds import Context, is_id
from reports.workbook.lines import Line, Marks, Refusal, find
from reports.workbook.model import Opened
from reports.workbook.names import CellError, Named, Names, named

_NOUNS: Mapping[Table, str] = {
    "activities": "activity",
    "purposes": "purpose",
    "retention": "limit",
    "processing": "processing",
    "systems": "system",
    "recipients": "recipient",
    "transfers": "transfer",
}
"""Ids of new entries that have no name to make one from."""
_NAMED_BY: Mapping[Table, tuple[str, ...]] = {
    "activities": ("activity",),
    "purposes": ("purpose",),
    "retention": ("trigger",),
    "processing": ("processing",),
    "systems": ("system",),
    "recipients": ("recipient",),
    "transfers": ("recipient", "country"),
}
"""The columns from which the id of a new entry is made."""


@dataclass(slots=True)
class Row:
    """One row of a sheet and the entry that it speaks of."""

    form: Form
    line: Line
    key: str
    is_new: bool


@dataclass(slots=True)
class Edit:
    """One value that a person wrote."""

    column: Field
    value: object
    place: str
    text: str


@dataclass(slots=True)
class State:
    """What is gathered while the workbook is read."""

    before: Context
    words: Wording
    marks: Marks | None
    """None where only two sides are compared."""
    file: str
    held: Mapping[Table, Mapping[str, Entry]]
    rows: list[Row] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    edits: dict[tuple[Table, str], list[Edit]] = field(default_factory=dict)
    places: dict[Place, str] = field(default_factory=dict)
    removed: set[tuple[Table, str]] = field(default_factory=set)
    present: dict[tuple[Table, str], Row] = field(default_factory=dict)
    """Rows of the first sheets by the entry that they speak of."""

    def refuse(self, place: str, reason: str) -> None:
        """Say why a cell cannot be read."""
        self.refusals.append(Refusal(place, reason))

    def add(self, row: Row) -> None:
        """Keep a row."""
        self.rows.append(row)
        if row.form.is_first and row.key:
            self.present[row.form.table, row.key] = row

    def is_taken(self, table: Table, key: str) -> bool:
        """Say whether an id is that of an entry or of a row."""
        return (table, key) in self.present or key in self.held[table]


def find_rows(state: State, book: Opened) -> None:
    """Find the rows of every sheet; first those that decide which entries there are."""
    for form in sorted(forms(), key=lambda form: not form.is_first):
        found = find(form, book, state.words)
        state.refusals += found.refusals
        for line in found.lines:
            _identify(form, line, state)


def _identify(form: Form, line: Line, state: State) -> None:
    """Tie a row to its entry by its id; rows without one are new."""
    key = line.key
    if form.table == "parties" and key not in PARTIES:
        state.refuse(line.place(), f"rows cannot be added here; known: {', '.join(PARTIES)}")
        return
    is_known = key in state.held[form.table] or key in (state.marks or {}).get(form.key, {})
    if not form.is_first:
        _identify_further(form, line, state)
        return
    is_new = not is_known
    if is_new and form.table in INNER:
        state.add(Row(form, line, "", is_new))  # its id begins with that of its activity
        return
    if is_new:
        key = key or _free(_slug(_told_name(form.table, line)), form.table, state)
        if not is_id(key):
            state.refuse(line.place(), f"'{key}' is no id; use a-z, 0-9 and - _ .")
            return
    if (form.table, key) in state.present:
        state.refuse(line.place(), f"the id '{key}' stands here twice; empty it in the new row")
        return
    state.add(Row(form, line, key, is_new))


def _identify_further(form: Form, line: Line, state: State) -> None:
    """Tie a row of a second sheet to a row of the first, by id or by name."""
    name = line.cells.get("activity", "")
    keys = [line.key] if line.key else _called(name, form.table, state)
    first = state.present.get((form.table, keys[0])) if len(keys) == 1 else None
    if first:
        state.add(Row(form, line, first.key, first.is_new))
        return
    where = state.words("sheet.record")
    reason = f"'{line.key or name}' is not on the sheet '{where}', or not once; delete this row too"
    state.refuse(line.place(), reason)


def _called(name: str, table: Table, state: State) -> list[str]:
    return [
        key
        for (of, key), row in state.present.items()
        if of == table and row.line.cells.get("activity") == name
    ]


def _free(slug: str, table: Table, state: State, activity: str = "") -> str:
    """Give the first of `slug`, `slug-2`, `slug-3` … that is nobody's in its list."""
    start, first = f"{activity}/" if activity else "", slug or _NOUNS[table]
    candidates = chain((first,), (f"{first}-{number}" for number in count(2)))
    return next(each for each in candidates if not state.is_taken(table, f"{start}{each}"))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:48].strip("-")


def new_names(state: State) -> Names:
    """Give what the entries are called in the workbook as it now is."""
    texts: dict[Named, dict[str, str]] = {
        "activities": {}, "recipients": {}, "systems": {}, "transfers": {}
    }  # fmt: skip
    roles: dict[str, tuple[str, ...]] = {}
    for row in state.rows:
        told, table = row.line.cells, row.form.table
        if table == "activities" and row.form.is_first:
            texts["activities"][row.key] = told.get("activity", "")
        elif table == "systems":
            texts["systems"][row.key] = told.get("system", "")
        elif table == "recipients":
            texts["recipients"][row.key] = told.get("recipient", "")
            roles[row.key] = (told.get("role", ""),)
        elif table == "transfers":
            name = f"{told.get('recipient', '')}, {told.get('country', '')}"
            texts["transfers"][row.key] = name
    return named(texts, {}, roles)


def name_inner(state: State, known: Context) -> None:
    """Give new rows of inner tables their ids, for which their activity must be known."""
    new = [row for row in state.rows if not row.key]
    state.rows = [row for row in state.rows if row.key]
    for row in new:
        try:
            activity = known.names.find("activities", row.line.cells.get("activity", ""))
        except CellError as error:
            state.refuse(row.line.place("activity"), str(error))
            continue
        slug = _slug(_told_name(row.form.table, row.line))
        local = row.line.key.rpartition("/")[2] or _free(slug, row.form.table, state, activity)
        key = f"{activity}/{local}"
        if state.is_taken(row.form.table, key) or not is_id(local):
            state.refuse(row.line.place(), f"the id '{local}' is taken or no id; empty the cell")
            continue
        row.key = key
        state.add(row)


def _told_name(table: Table, line: Line) -> str:
    return " ".join(line.cells.get(column, "") for column in _NAMED_BY[table])
