"""Read an edited workbook back into the register: three ways, and all or nothing.

A cell counts as edited when its text is not the one that was exported. What was edited is read and
replaces what the register holds, unless the register has changed there too since the export. What
was not edited stays as the register has it, so that whatever a sheet does not show survives.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.workbook.assembled import assembled
from reports.workbook.differences import Change, differences
from reports.workbook.form import MODELS, Entry, Field, Form, Table, Told, entries, forms, value
from reports.workbook.kinds import Context, is_blank
from reports.workbook.lines import Refusal, exported
from reports.workbook.marks import mark
from reports.workbook.model import Opened
from reports.workbook.names import CellError, join
from reports.workbook.register import cells, context
from reports.workbook.rows import Edit, Row, State, find_rows, name_inner, new_names
from ropa.model import Register

CHANGED = "the register has changed here since the export; export again and repeat the edit"
_CONTROLLER = frozenset({"name", "country", "timezone"})
"""Fields without which there is no controller."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What an edited workbook comes to."""

    register: Register
    """As it would be; the old one where anything is refused."""
    changes: tuple[Change, ...]
    refusals: tuple[Refusal, ...]


def merge(book: Opened, register: Register, *, is_import: bool = True) -> Merged:
    """Give the register with the edits of a workbook.

    An import compares three ways and says in each changed entry where it comes from. Without it
    the workbook is what counts, as when it is only compared with the register.

    Raises:
        ReportError: the file is no workbook of ours.
    """
    words, marks = exported(book)
    before = context(register, words)
    tables: tuple[Table, ...] = tuple(MODELS)
    held = {table: entries(register, table) for table in tables}
    state = State(before, words, marks if is_import else None, book.file, held)
    find_rows(state, book)
    known = Context(words, register, join(before.names, new_names(state)), {})
    name_inner(state, known)
    for row in state.rows:
        _read_row(row, state, known)
    _remove(state)
    after = assembled(state, register)
    if state.refusals or after is None:
        return Merged(register, (), tuple(dict.fromkeys(state.refusals)))
    return Merged(after, differences(register, after, words, state.places), ())


def _read_row(row: Row, state: State, known: Context) -> None:
    entry = state.held[row.form.table].get(row.key)
    marks = state.marks.get(row.form.key, {}).get(row.key) if state.marks is not None else None
    if entry is None and not row.is_new:
        _refuse_if_edited(row, marks or {}, state)
        return
    if entry is not None and state.marks is not None and marks is None:
        state.refuse(row.line.place(), f"the register has got a '{row.key}' since the export")
        return
    shown = cells(row.form, row.key, entry, state.before) if entry else {}
    for column in row.form.columns:
        text = row.line.cells.get(column.key)
        if text is None:
            continue
        state.places[row.form.key, row.key, column.key] = row.line.place(column.key)
        if isinstance(column, Told):
            _refuse_told(column, row, marks, state)
        elif _is_edited(text, shown.get(column.key, ""), (marks or {}).get(column.key)):
            if _has_changed(shown.get(column.key, ""), (marks or {}).get(column.key)):
                state.refuse(row.line.place(column.key), CHANGED)
            else:
                _read_cell(column, row, entry, state, known)
    if entry is None:
        _refuse_gaps(row, state)


def _is_edited(text: str, held: str, exported_: str | None) -> bool:
    """Say whether a person wrote what was not exported and is not in the register either."""
    if is_blank(text) and is_blank(held):
        return False
    return text != held and mark(text) != exported_


def _has_changed(held: str, exported_: str | None) -> bool:
    """Say whether the register holds something else than when it was exported."""
    return exported_ is not None and mark(held) != exported_


def _refuse_if_edited(row: Row, marks: Mapping[str, str], state: State) -> None:
    """An entry that was removed from the register meanwhile stays removed, unless it was edited."""
    for column, text in row.line.cells.items():
        if column in marks and mark(text) != marks[column]:
            state.refuse(row.line.place(column), "the register no longer has this entry")


def _refuse_told(column: Told, row: Row, marks: Mapping[str, str] | None, state: State) -> None:
    text = row.line.cells[column.key]
    if state.marks is None or (row.is_new and (not row.form.is_first or is_blank(text))):
        return
    if not column.where and row.is_new:
        return
    if marks is None or mark(text) != marks.get(column.key, mark(text)):
        where = state.words(f"sheet.{column.where}") if column.where else ""
        reason = f"change it on the sheet '{where}'" if where else "it is counted by the scan"
        state.refuse(row.line.place(column.key), f"this cell is worked out; {reason}")


def _refuse_gaps(row: Row, state: State) -> None:
    for column in row.form.columns:
        needs_text = isinstance(column, Field) and column.is_required
        if needs_text and is_blank(row.line.cells.get(column.key, "")):
            state.refuse(row.line.place(column.key), "the cell must not be empty")


def _read_cell(column: Field, row: Row, entry: Entry | None, state: State, known: Context) -> None:
    text = row.line.cells[column.key]
    held = value(entry, column.path) if entry else None
    place = row.line.place(column.key)
    try:
        _refuse_text(text, column, row, state)
        read: object = column.kind.empty
        if not is_blank(text):
            read = column.kind.read(text, column.kind.empty if held is None else held, known)
    except CellError as error:
        state.refuse(place, str(error))
        return
    edit = Edit(column, read, place, text)
    state.edits.setdefault((row.form.table, row.key), []).append(edit)


def _refuse_text(text: str, column: Field, row: Row, state: State) -> None:
    """Refuse a blank where something must stand, and a text that the export had to cut."""
    is_controller = row.form.table == "parties" and row.key == "controller"
    is_required = column.is_required or (is_controller and column.path in _CONTROLLER)
    if is_required and is_blank(text):
        raise CellError("the cell must not be empty; to remove the entry, delete the row")
    if text.endswith(state.words("cell.cut").strip()):
        raise CellError("the text was too long for a cell and was cut; edit the register file")


def _remove(state: State) -> None:
    """Take out what has no row any more; what came into the register meanwhile stays."""
    for form in forms():
        if not form.is_first:
            continue
        for key, entry in state.held[form.table].items():
            if (form.table, key) in state.present:
                continue
            if form.table == "parties":
                reason = f"the row '{key}' is gone; empty its cells instead"
                state.refuse(state.words(f"sheet.{form.name}"), reason)
            elif state.marks is None:
                state.removed.add((form.table, key))
            elif key in state.marks.get(form.key, {}):
                _remove_entry(form, key, entry, state)


def _remove_entry(form: Form, key: str, entry: Entry, state: State) -> None:
    for each in forms():
        if each.table != form.table:
            continue
        exported_ = (state.marks or {}).get(each.key, {}).get(key, {})
        told = cells(each, key, entry, state.before)
        fields = [column.key for column in each.columns if isinstance(column, Field)]
        if any(exported_.get(name) not in {None, mark(told[name])} for name in fields):
            place = state.words(f"sheet.{form.name}")
            state.refuse(place, f"the row '{key}' was deleted: {CHANGED}")
            return
    state.removed.add((form.table, key))
