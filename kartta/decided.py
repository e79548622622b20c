"""From the edited rows of a workbook to `waivers.yaml`: what changes, and what cannot be taken."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from kartta.waivers import LEAST_REASON, AssignmentEntry, Decisions, WaiverEntry
from reports.wording import Wording
from reports.workbook.decided import Decided, mark_of
from reports.workbook.differences import Change
from reports.workbook.lines import Refusal
from reports.workbook.vocabulary import code
from rules.model import WaiverKind

_Entry = TypeVar("_Entry", WaiverEntry, AssignmentEntry)
CHANGED = "decided elsewhere, or changed since the export; export again and repeat the edit"
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WAIVER = ("decision", "why", "until")


@dataclass(slots=True)
class Taken:
    """What the edits come to."""

    decisions: Decisions
    changes: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


class _RefusedError(Exception):
    """A cell cannot be taken."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def taken(
    rows: Iterable[Decided],
    before: Decisions,
    key: str,
    forms: Mapping[str, str],
    today: date,
    words: Wording,
) -> Taken:
    """Give the decisions with the edits of a workbook; those before where any is refused.

    `key` is that of the catalog's ids, `forms` what each rule asks now.
    """
    waivers = {entry.finding: entry for entry in before.waivers}
    assignments = {entry.finding: entry for entry in before.assignments}
    result = Taken(before)
    for row in rows:
        waiver, assigned = waivers.get(row.finding), assignments.get(row.finding)
        holds = waiver if waiver and _holds(waiver, forms, today) else None
        held = _held(holds, assigned, words)
        try:
            _expect_unchanged(row, held, key)
            decided = _waiver(row, waiver, forms)
            duty = _assignment(row, assigned, is_waived=decided is not None)
        except _RefusedError as error:
            result.refusals.append(Refusal(row.places[error.column], str(error)))
            continue
        _put(waivers, row.finding, decided)
        _put(assignments, row.finding, duty)
        result.changes += [
            Change(
                words("sheet.violations"),
                row.finding,
                words(f"column.{name}"),
                held[name],
                row.cells[name],
                row.places[name],
            )
            for name in sorted(row.edited)
        ]
    if not result.refusals and result.changes:
        result.decisions = Decisions(
            key=key, waivers=tuple(waivers.values()), assignments=tuple(assignments.values())
        )
    return result


def _put(entries: dict[str, _Entry], finding: str, entry: _Entry | None) -> None:
    if entry is None:
        entries.pop(finding, None)
    else:
        entries[finding] = entry


def _holds(waiver: WaiverEntry, forms: Mapping[str, str], today: date) -> bool:
    mark = waiver.mark()
    is_outdated = waiver.form and waiver.form != forms.get(mark.waiver.rule)
    return not mark.waiver.is_over(today) and not is_outdated


def _held(
    waiver: WaiverEntry | None, assigned: AssignmentEntry | None, words: Wording
) -> dict[str, str]:
    """Give the texts of what is decided now, as the sheet shows them."""
    due = assigned.due if assigned else None
    until = waiver.until if waiver else None
    return {
        "owner": (assigned.owner if assigned else "") or (waiver.owner if waiver else ""),
        "due": due.isoformat() if due else "",
        "decision": words.label("waiver", waiver.kind) if waiver else "",
        "why": waiver.reason if waiver else "",
        "until": until.isoformat() if until else "",
    }


def _expect_unchanged(row: Decided, held: Mapping[str, str], key: str) -> None:
    """Refuse what was decided meanwhile; an owner and a day that nobody named were worked out."""
    if row.key != key:
        raise _RefusedError(min(row.edited), "its id is of another key than the catalog's")
    for name in sorted(row.edited):
        is_worked_out = name not in _WAIVER and not held[name]
        if not is_worked_out and mark_of(held[name]) != row.exported[name]:
            raise _RefusedError(name, CHANGED)


def _waiver(
    row: Decided, before: WaiverEntry | None, forms: Mapping[str, str]
) -> WaiverEntry | None:
    """Give the waiver that the row says; the one before where it says nothing new."""
    told = row.cells["decision"]
    if not row.edited & {*_WAIVER, "owner"}:
        return before
    if not told:
        if row.edited & {"why", "until"} and (row.cells["why"] or row.cells["until"]):
            raise _RefusedError("decision", "say what is decided, or empty reason and end")
        return None if "decision" in row.edited else before
    known = code("waiver", told)
    if known is None:
        kinds = ", ".join(WaiverKind)
        raise _RefusedError("decision", f"'{told}' is no decision; known: {kinds}")
    kind, rule = WaiverKind(known), row.finding.rpartition("-")[0]
    until = _day(row, "until")
    if len(row.cells["why"]) < LEAST_REASON:
        raise _RefusedError("why", f"a reason has at least {LEAST_REASON} characters")
    if until is None and kind is not WaiverKind.FALSE_ALARM:
        raise _RefusedError("until", "it ends on some day: write the last one")
    if not row.cells["owner"]:
        raise _RefusedError("owner", "somebody answers for it: write who")
    return WaiverEntry(
        finding=row.finding,
        kind=kind,
        scope=before.scope if before else "finding",
        owner=row.cells["owner"],
        reason=row.cells["why"],
        until=until,
        place=before.place if before else "",
        values=before.values if before else (),
        form=forms.get(rule, "") if kind is WaiverKind.FALSE_ALARM else "",
    )


def _assignment(
    row: Decided, before: AssignmentEntry | None, *, is_waived: bool
) -> AssignmentEntry | None:
    """Give the owner and the day that somebody named; a waiver names its owner itself."""
    if not row.edited & {"owner", "due"}:
        return before
    owner, due = (before.owner, before.due) if before else ("", None)
    if "owner" in row.edited:
        owner = "" if is_waived else row.cells["owner"]
    if "due" in row.edited:
        due = _day(row, "due")
    return AssignmentEntry(finding=row.finding, owner=owner, due=due) if owner or due else None


def _day(row: Decided, column: str) -> date | None:
    """Read a day as ISO 8601 or as Finns write it."""
    text = row.cells[column]
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise _RefusedError(column, f"'{text}' is no day; write 2027-05-31") from None
