"""What differs between two registers, by entry and field, as a person reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.wording import Wording
from reports.workbook.form import Entry, Field, Form, entries, forms, heading, shown, value
from reports.workbook.kinds import Context
from reports.workbook.marks import canonical
from reports.workbook.register import context
from ropa.model import Register

Place = tuple[str, str, str]
"""Sheet, entry, column: by their keys."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one entry."""

    sheet: str
    entry: str
    field: str
    """Its heading; empty where the whole entry is removed."""
    old: str
    new: str
    place: str = ""
    """`Retention!C7`, where a workbook says so."""


def differences(
    before: Register, after: Register, words: Wording, places: Mapping[Place, str] | None = None
) -> tuple[Change, ...]:
    """Give every field that the sheets show and that the registers hold differently.

    An entry that is new is told field by field, one that is gone as a whole.
    """
    old, new = context(before, words), context(after, words)
    return tuple(
        change for form in forms() for change in _of_form(form, old, new, dict(places or {}))
    )


def _of_form(
    form: Form, old: Context, new: Context, places: Mapping[Place, str]
) -> Iterator[Change]:
    was, now = entries(old.register, form.table), entries(new.register, form.table)
    sheet = new.words(f"sheet.{form.name}")
    for key in sorted({*was, *now}):
        if key not in now:
            if form.is_first:
                name = canonical(shown(form.columns[0], key, was[key], old))
                yield Change(sheet, key, "", name, "")
            continue
        for column in form.columns:
            if isinstance(column, Field) and _differs(column, was.get(key), now[key]):
                yield Change(
                    sheet,
                    key,
                    heading(column, new.words),
                    canonical(shown(column, key, was[key], old)) if key in was else "",
                    canonical(shown(column, key, now[key], new)),
                    places.get((form.key, key, column.key), ""),
                )


def _differs(field: Field, old: Entry | None, new: Entry) -> bool:
    now = value(new, field.path)
    if old is None:
        return now is not None and bool(now != field.kind.empty)
    return bool(value(old, field.path) != now)
