"""The sheets of the declared side: what Art. 30(1) asks, in the law's own words."""

from collections.abc import Iterable
from typing import TypeVar

from reports.base import AuditResult
from reports.wording import Wording
from reports.workbook.model import Cell, Column, Row, Sheet, Tone
from reports.workbook.vocabulary import duration, word
from ropa.model import Activity, Contact, Purpose, Recipient, Register, Retention, System, Transfer
from ropa.observed import recipient_of

_Entry = TypeVar("_Entry", Activity, Recipient, System, Transfer)


def record(result: AuditResult, words: Wording) -> Sheet:
    """Give the record of processing activities, one row an activity."""
    register = result.register
    columns = (
        _column(words, "activity", 20, "30"),
        _column(words, "joint", 23, "a"),
        _column(words, "purposes", 24, "b"),
        _column(words, "subjects", 16, "c"),
        _column(words, "categories", 25, "c"),
        _column(words, "recipients", 23, "d"),
        _column(words, "transfers", 27, "e"),
        _column(words, "limits", 31, "f"),
        _column(words, "measures", 28, "g"),
        _column(words, "bases", 28, "6"),
        Column(words("column.article9"), 22, words("article.9"), "article9"),
        _column(words, "systems", 20),
        _column(words, "id", 14),
    )
    rows = tuple(_activity(each, register, words) for each in _by_id(register.activities))
    title = words("overview.title")
    return Sheet("Record", words("sheet.record"), title, words("record.note"), columns, rows)


def purposes(result: AuditResult, words: Wording) -> Sheet:
    """Give each purpose with its basis."""
    columns = (
        _column(words, "activity", 26),
        _column(words, "purpose", 40, "b"),
        Column(words("column.basis"), 36, words("article.6"), "basis"),
        _column(words, "statute", 22),
        _column(words, "interest", 44),
        _column(words, "id", 22),
    )
    rows = tuple(
        _purpose(activity, purpose, words)
        for activity in _by_id(result.register.activities)
        for purpose in activity.purposes
    )
    return _sheet("Purposes", "purposes", words, columns, rows)


def systems(result: AuditResult, words: Wording) -> Sheet:
    """Give the systems and the sources that were scanned for each."""
    register = result.register
    names = {entry.id: entry.name for entry in register.recipients}
    columns = (
        _column(words, "system", 30),
        Column(words("column.kind"), 24, "", "system"),
        _column(words, "operator", 30),
        _column(words, "country", 12),
        _column(words, "sources", 30),
        _column(words, "activities", 34),
        _column(words, "id", 18),
    )
    rows: tuple[Row, ...] = tuple(
        (
            Cell(system.name, Tone.STRONG),
            word(words, "system", system.kind),
            names.get(system.operator or "", ""),
            system.country or _unrecorded(words),
            _lines(system.sources),
            _lines(
                words.text(activity.name)
                for activity in _by_id(register.activities)
                if system.id in activity.systems
            ),
            Cell(system.id, Tone.QUIET),
        )
        for system in _by_id(register.systems)
    )
    return _sheet("Systems", "systems", words, columns, rows)


def recipients(result: AuditResult, words: Wording) -> Sheet:
    """Give the recipients, with how often a scan saw each."""
    columns = (
        _column(words, "recipient", 34, "d"),
        Column(words("column.role"), 28, words("article.28"), "role"),
        _column(words, "country", 12),
        _column(words, "domains", 32),
        _column(words, "agreement", 24, "28"),
        _column(words, "signed", 16),
        Column(words("column.in_notice"), 25, "", "bool"),
        _column(words, "messages", 14),
        _column(words, "id", 22),
    )
    rows: list[Row] = []
    for entry in _by_id(result.register.recipients):
        seen = sum(
            flow.messages
            for flow in result.flows
            if recipient_of(result.register, flow.domain) == entry
        )
        rows.append(
            (
                Cell(entry.name, Tone.STRONG),
                word(words, "role", entry.role) or _unrecorded(words),
                entry.country or _unrecorded(words),
                _lines(entry.domains),
                entry.agreement.reference if entry.agreement else "",
                entry.agreement.signed if entry.agreement else None,
                word(words, "bool", "yes" if entry.in_notice else "no"),
                seen,
                Cell(entry.id, Tone.QUIET),
            )
        )
    return _sheet("Recipients", "recipients", words, columns, tuple(rows))


def transfers(result: AuditResult, words: Wording) -> Sheet:
    """Give the transfers to third countries and their safeguards."""
    columns = (
        _column(words, "recipient", 34, "e"),
        _column(words, "country", 12, "e"),
        Column(words("column.tool"), 42, words("article.e"), "tool"),
        _column(words, "act", 18),
        _column(words, "module", 12),
        _column(words, "signed", 16),
        _column(words, "assessed", 18),
        _column(words, "id", 18),
    )
    names = {entry.id: entry.name for entry in result.register.recipients}
    rows: tuple[Row, ...] = tuple(
        (
            Cell(names.get(entry.recipient, entry.recipient), Tone.STRONG),
            entry.country,
            word(words, "tool", entry.tool) or _unrecorded(words),
            entry.version,
            entry.module,
            entry.signed,
            entry.assessed,
            Cell(entry.id, Tone.QUIET),
        )
        for entry in _by_id(result.register.transfers)
    )
    return _sheet("Transfers", "transfers", words, columns, rows)


def retention(result: AuditResult, words: Wording) -> Sheet:
    """Give the declared time limits."""
    columns = (
        _column(words, "activity", 26),
        _column(words, "categories", 36, "c"),
        _column(words, "duration", 20, "f"),
        _column(words, "duration_code", 16),
        Column(words("column.trigger"), 36, words("article.f"), "trigger"),
        Column(words("column.basis"), 36, words("article.6"), "basis"),
        _column(words, "exception", 40),
        _column(words, "id", 22),
    )
    rows: tuple[Row, ...] = tuple(
        (
            Cell(words.text(activity.name), Tone.STRONG),
            _lines(words.category(key) for key in policy.categories),
            duration(words, policy.duration) or _unrecorded(words),
            policy.duration or "",
            word(words, "trigger", policy.trigger) or _unrecorded(words),
            word(words, "basis", policy.basis),
            words.text(policy.exception),
            Cell(f"{activity.id}/{policy.id}", Tone.QUIET),
        )
        for activity in _by_id(result.register.activities)
        for policy in activity.retention
    )
    return _sheet("Retention", "retention", words, columns, rows)


def contact(who: Contact) -> str:
    """Give a contact's details, one a line."""
    return _lines((who.address, who.email, who.phone))


def _activity(activity: Activity, register: Register, words: Wording) -> Row:
    names = {entry.id: entry for entry in register.recipients}
    transfers_ = {entry.id: entry for entry in register.transfers}
    told = {
        "purposes": _lines(words.text(purpose.name) for purpose in activity.purposes),
        "subjects": _lines(words.text(each) for each in activity.data_subjects),
        "categories": _lines(
            words.category(each.key) + _bracketed(words.text(each.condition))
            for each in activity.categories
        ),
        "recipients": _lines(
            names[key].name + _bracketed(word(words, "role", names[key].role))
            for key in activity.recipients
        ),
        "limits": _lines(_limit(policy, words) for policy in activity.retention),
        "measures": words.text(activity.measures),
    }
    must = {key: text or _unrecorded(words) for key, text in told.items()}
    return (
        Cell(words.text(activity.name), Tone.STRONG),
        _lines(names[key].name for key in activity.joint_controllers),
        must["purposes"],
        must["subjects"],
        must["categories"],
        must["recipients"],
        _lines(_transfer(transfers_[key], register, words) for key in activity.transfers),
        must["limits"],
        must["measures"],
        _lines(_basis(purpose, words) for purpose in activity.purposes) or _unrecorded(words),
        word(words, "article9", activity.article9),
        _lines(system.name for system in register.systems if system.id in activity.systems),
        Cell(activity.id, Tone.QUIET),
    )


def _purpose(activity: Activity, purpose: Purpose, words: Wording) -> Row:
    return (
        Cell(words.text(activity.name), Tone.STRONG),
        words.text(purpose.name),
        word(words, "basis", purpose.basis) or _unrecorded(words),
        purpose.statute,
        words.text(purpose.legitimate_interest),
        Cell(f"{activity.id}/{purpose.id}", Tone.QUIET),
    )


def _basis(purpose: Purpose, words: Wording) -> str:
    basis = word(words, "basis", purpose.basis) or words("overview.none")
    return f"{words.text(purpose.name)}: {basis}{_bracketed(purpose.statute)}"


def _transfer(transfer: Transfer, register: Register, words: Wording) -> str:
    name = register.recipient(transfer.recipient).name
    tool = word(words, "tool", transfer.tool) or words("overview.none")
    return f"{name}, {transfer.country}: {tool}{_bracketed(transfer.version)}"


def _limit(policy: Retention, words: Wording) -> str:
    what = ", ".join(words.category(key) for key in policy.categories)
    period = duration(words, policy.duration) or words("overview.none")
    start = word(words, "trigger", policy.trigger)
    limit = f"{what}: {period}" if what else period
    return limit + _bracketed(start) + _bracketed(words.text(policy.exception))


def _bracketed(text: str) -> str:
    return f" ({text})" if text else ""


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _unrecorded(words: Wording) -> Cell:
    return Cell(words("overview.none"), Tone.ATTENTION)


def _column(words: Wording, key: str, width: float, article: str = "") -> Column:
    return Column(words(f"column.{key}"), width, words(f"article.{article}") if article else "")


def _sheet(
    key: str, name: str, words: Wording, columns: tuple[Column, ...], rows: tuple[Row, ...]
) -> Sheet:
    title = words(f"sheet.{name}")
    return Sheet(key, title, title, words(f"note.{name}"), columns, rows)


def _by_id(entries: Iterable[_Entry]) -> list[_Entry]:
    return sorted(entries, key=lambda entry: entry.id)
