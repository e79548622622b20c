"""Put the edits of a workbook into the entries, and the entries into a register."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from reports.workbook.form import (
    INNER,
    MODELS,
    PARENT,
    PARTIES,
    Entry,
    Field,
    Model,
    Table,
    forms,
    value,
)
from reports.workbook.rows import Edit, State
from ropa.model import Contact, Controller, Provenance, Register

_REACHED = ("address", "email", "phone")
_PARTS = frozenset({"agreement", "dpia", "lia"})
"""Fields that are themselves models, and are left out where all their cells are blank."""


def assembled(state: State, register: Register) -> Register | None:
    """Give the register with the edits, or nothing where anything is refused."""
    tables: dict[Table, dict[str, Entry]] = {}
    for table, held in state.held.items():
        kept = {key: each for key, each in held.items() if (table, key) not in state.removed}
        edited = {
            key: _edited(table, key, kept.get(key), edits, state)
            for (of, key), edits in state.edits.items()
            if of == table
        }
        tables[table] = {**kept, **{key: each for key, each in edited.items() if each}}
    _refuse_orphans(tables, state)
    _refuse_dangling(tables, state)
    if state.refusals:
        return None
    parties = {key for table, key in state.edits if table == "parties"}
    return _register(tables, parties, register)


def _edited(
    table: Table, key: str, entry: Entry | None, edits: list[Edit], state: State
) -> Entry | None:
    """Give an entry with its edits, or nothing where they are refused."""
    kind: type[Model] = type(entry.model) if entry else MODELS[table]
    raw: dict[str, Any] = entry.model.model_dump() if entry else {}
    if entry is None and table != "parties":
        raw["id"] = key.rpartition("/")[2]
    activity = entry.activity if entry else key.rpartition("/")[0]
    for edit in edits:
        if edit.column.path == PARENT:
            activity = str(edit.value)
            if entry and state.is_taken(table, f"{activity}/{raw['id']}"):
                state.refuse(edit.place, f"there is a '{raw['id']}' already; delete one of the two")
                return None
        elif not _put(raw, edit, kind):
            state.refuse(edit.place, "only the controller has this")
            return None
    if not _finish_parts(raw, edits, state):
        return None
    raw["provenance"] = _provenance(raw.get("provenance", ()), edits, state)
    roots = {edit.column.path.partition(".")[0] for edit in edits}
    raw["confirm"] = tuple(name for name in raw.get("confirm", ()) if name not in roots)
    if table == "parties" and not raw["name"] and any(_says(raw[name]) for name in _REACHED):
        state.refuse(edits[0].place, "the name is missing; empty the whole row to remove it")
        return None
    try:
        return Entry(kind.model_validate(raw), activity)
    except ValidationError as error:
        _refuse_invalid(error, edits, state)
        return None


def _put(raw: dict[str, Any], edit: Edit, kind: type[Model]) -> bool:
    """Put a value into its place; say whether the entry has such a place."""
    root, _, rest = edit.column.path.partition(".")
    if root not in kind.model_fields:
        return False
    if rest:
        raw[root] = {**(raw.get(root) or {}), rest: edit.value}
    else:
        raw[root] = edit.value
    return True


def _finish_parts(raw: dict[str, Any], edits: list[Edit], state: State) -> bool:
    """Leave out a part whose cells are all blank; an agreement needs its day."""
    for edit in edits:
        root, _, rest = edit.column.path.partition(".")
        part = raw.get(root)
        if root not in _PARTS or not rest or part is None:
            continue
        if not any(_says(each) for each in part.values()):
            raw[root] = None
        elif root == "agreement" and not part.get("signed"):
            state.refuse(edit.place, "an agreement needs the day on which it was signed")
            return False
    return True


def _says(held: object) -> bool:
    texts = held.values() if isinstance(held, dict) else (held,)
    if hasattr(held, "model_dump"):
        texts = held.model_dump().values()
    return any(texts)


def _provenance(
    held: tuple[dict[str, str], ...], edits: list[Edit], state: State
) -> tuple[dict[str, str] | Provenance, ...]:
    if state.marks is None:
        return held
    new = [Provenance(source=state.file, place=edit.place, quote=edit.text) for edit in edits]
    again = {(each.source, each.place) for each in new}
    old = (each for each in held if (each["source"], each["place"]) not in again)
    return (*old, *new)


def _refuse_invalid(error: ValidationError, edits: list[Edit], state: State) -> None:
    problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
    root = str(problem["loc"][0]) if problem["loc"] else ""
    place = next(
        (edit.place for edit in edits if edit.column.path.partition(".")[0] == root),
        edits[0].place,
    )
    state.refuse(place, problem["msg"].removeprefix("Value error, "))


def _refuse_orphans(tables: Mapping[Table, Mapping[str, Entry]], state: State) -> None:
    """An inner entry whose activity was removed must be removed too, by a person."""
    for form in forms():
        if form.table not in INNER:
            continue
        for key, entry in tables[form.table].items():
            if entry.activity not in tables["activities"]:
                place = state.places.get((form.key, key, "activity"), key)
                reason = f"there is no activity '{entry.activity}' any more; delete this row too"
                state.refuse(place, reason)


def _refuse_dangling(tables: Mapping[Table, Mapping[str, Entry]], state: State) -> None:
    """Whatever an entry names by id must still be there."""
    for form in forms():
        for column in form.columns:
            if not isinstance(column, Field) or column.kind.names is None or column.path == PARENT:
                continue
            for key, entry in tables[form.table].items():
                for name in _named_by(value(entry, column.path)):
                    if name not in tables[column.kind.names]:
                        place = state.places.get((form.key, key, column.key), key)
                        state.refuse(place, f"there is no entry '{name}' any more; take it out")


def _named_by(held: object) -> Iterator[str]:
    if isinstance(held, tuple):
        yield from held
    elif held:
        yield str(held)


def _register(
    tables: Mapping[Table, Mapping[str, Entry]], edited: set[str], register: Register
) -> Register:
    def inner(table: Table, activity: str) -> tuple[Model, ...]:
        return tuple(each.model for each in tables[table].values() if each.activity == activity)

    activities = tuple(
        entry.model.model_copy(update={table: inner(table, key) for table in INNER})
        for key, entry in tables["activities"].items()
    )
    rest: dict[str, object] = {
        table: tuple(entry.model for entry in tables[table].values())
        for table in tables
        if table not in {*INNER, "parties", "activities"}
    }
    controller = _controller(tables["parties"], edited, register.controller)
    update: dict[str, object] = {"controller": controller, "activities": activities, **rest}
    return register.model_copy(update=update)


def _controller(parties: Mapping[str, Entry], edited: set[str], held: Controller) -> Controller:
    """Give the controller with whoever acts for it; a party whose cells were emptied is gone."""
    who = parties["controller"].model if "controller" in edited else held
    if not isinstance(who, Controller):
        raise TypeError("controller")
    others: dict[str, Contact | None] = {}
    for key in edited.intersection(PARTIES[1:]):
        party = parties[key].model
        others[key] = party if isinstance(party, Contact) and party.name else None
    return who.model_copy(update=others)
