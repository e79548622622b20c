"""The sheets of the observed side and of the judgement."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Generic, TypeVar

from reports import order
from reports.base import AuditResult
from reports.comparison import Compared, Outcome, compare
from reports.interruption import interruption
from reports.place import place_in_words
from reports.text import WITHIN, visible
from reports.wording import Wording
from reports.workbook.decided import marks_of, shown
from reports.workbook.model import Cell, Column, Row, Sheet, Tone
from reports.workbook.register import contact
from ropa.model import Contact
from ropa.subjects import EvidenceItem
from rules.model import Answer, Certainty, Severity, Violation

_Entry = TypeVar("_Entry")
_TONES = {
    Outcome.AGREES: Tone.GOOD,
    Outcome.ONLY_DECLARED: Tone.QUIET,
    Outcome.ELSEWHERE: Tone.ATTENTION,
    Outcome.ONLY_OBSERVED: Tone.BAD,
}
_SEVERITY = {Severity.CRITICAL: Tone.BAD, Severity.HIGH: Tone.BAD, Severity.MEDIUM: Tone.ATTENTION}


class _Rows(Collection[Row], Generic[_Entry]):
    """Rows that are made when they are written: there may be more of them than memory holds."""

    def __init__(self, entries: Collection[_Entry], row: Callable[[_Entry], Row]) -> None:
        self._entries = entries
        self._row = row

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._entries)

    def __contains__(self, row: object) -> bool:
        return any(each == row for each in self)


def overview(result: AuditResult, words: Wording) -> Sheet:
    """Give who answers for the processing, and what the audit came to."""
    controller, run = result.register.controller, result.run
    counts = Counter(entry.severity for entry in order.violated(result.violations))
    unknown = sum(1 for _ in order.unknown(result.violations))
    waived = sum(1 for _ in order.waived(result.violations))
    agent = words("overview.representative"), controller.representative
    rows: list[Row] = [
        (Cell(words("overview.controller"), Tone.STRONG), controller.name, contact(controller)),
        (Cell(words("overview.business_id"), Tone.STRONG), controller.business_id, ""),
        (Cell(words("overview.country"), Tone.STRONG), controller.country, ""),
        _who(*agent, words),
        _who(words("overview.dpo"), controller.dpo, words),
        (Cell(words("overview.notice"), Tone.STRONG), result.register.notice.file, ""),
    ]
    if note := interruption(run.started_at, run.finished_at, result.sources, words):
        rows.insert(0, (Cell(words("page.interrupted"), Tone.BAD), Cell(note, Tone.BAD), ""))
    if not result.is_declared:
        rows.append((Cell(words("tiles.violations"), Tone.STRONG), words("not_judged"), ""))
    for severity in reversed(Severity):
        if not (counts[severity] or result.is_declared):
            continue
        text = words("overview.violations", severity=words.label("severity", severity))
        tone = _SEVERITY.get(severity, Tone.PLAIN) if counts[severity] else Tone.QUIET
        rows.append((Cell(text, Tone.STRONG), Cell(counts[severity], tone), ""))
    rows += [
        (
            Cell(words("overview.unknown"), Tone.STRONG),
            Cell(unknown, Tone.ATTENTION if unknown else Tone.QUIET),
            words("glossary.answer.unknown"),
        ),
        (
            Cell(words("overview.waived"), Tone.STRONG),
            waived,
            words("glossary.answer.waived"),
        ),
    ]
    found = Counter(entry.outcome for entry in compare(result))
    for outcome, tone in _TONES.items():
        label = Cell(words("overview.legend", word=words.label("difference", outcome)), tone)
        rows.append((label, Cell(found[outcome], tone), words.label("legend", outcome)))
    columns = (
        Column(words("overview.item"), 40),
        Column(words("overview.value"), 44),
        Column(words("overview.detail"), 64),
    )
    note = words(
        "overview.note",
        day=words.day(run.judged_on),
        version=run.version,
        packs=", ".join(sorted(run.rule_packs)),
    )
    title = f"{words('overview.title')}: {controller.name}"
    return Sheet("Overview", words("sheet.overview"), title, note, columns, tuple(rows))


def comparison(result: AuditResult, words: Wording) -> Sheet:
    """Give the declared beside the observed."""
    columns = _columns(
        words, activity=30, aspect=18, item=34, declared=14, observed=14, count=16, where=34,
        difference=22,
    )  # fmt: skip
    recipients = {entry.id: entry.name for entry in result.register.recipients}
    names = _names(result)
    rows = tuple(_compared(entry, recipients, names, words) for entry in compare(result))
    return _sheet("Comparison", "comparison", words, columns, rows, frozen=3)


def clock(result: AuditResult, words: Wording) -> Sheet:
    """Give the retention clock by source."""
    states = ("past", "unknown", "on_hold", "on_consent", "within")
    columns = (
        Column(words("column.source"), 34),
        *(Column(words.label("retention", state), 18) for state in states),
        Column(words("column.longest"), 20),
    )
    names = _names(result)
    rows: tuple[Row, ...] = tuple(
        (
            Cell(names.get(entry.source, entry.source), Tone.STRONG),
            Cell(entry.past, Tone.BAD if entry.past else Tone.PLAIN),
            Cell(entry.unknown, Tone.ATTENTION if entry.unknown else Tone.PLAIN),
            entry.on_hold,
            entry.on_consent,
            entry.within,
            entry.longest_past or None,
        )
        for entry in sorted(result.retention, key=lambda entry: entry.source)
    )
    return _sheet("Clock", "clock", words, columns, rows)


def violations(result: AuditResult, words: Wording) -> Sheet:
    """Give everything that was violated, unknown or waived, with its evidence."""
    columns = _columns(
        words, rule=10, severity=11, answer=14, title=26, subject_kind=14, subject=24, message=34,
        remedy=30, references=22, certainty=18, missing=16, finding=24, standing=16, first_seen=14,
        owner=20, due=14, decision=18, why=30, until=14, evidence=44, fingerprint=24, marks=14,
    )  # fmt: skip
    columns = tuple(
        replace(column, choices="waiver") if column.heading == words("column.decision") else column
        for column in columns
    )
    names = _names(result)
    rows = _Rows(result.violations, lambda entry: _violation(entry, names, result.run.key, words))
    return _sheet("Violations", "violations", words, columns, rows)


def coverage(result: AuditResult, words: Wording) -> Sheet:
    """Give how much of each source was examined."""
    columns = (
        *_columns(words, source=18, name=30, kind=16, location=40, items=12),
        *(Column(words.label("coverage", each), 16) for each in ("examined", "partial", "skipped")),
        *_columns(words, sightings=14, characters=18, error=40),
    )
    rows: tuple[Row, ...] = tuple(
        (
            Cell(visible(entry.source.id), Tone.STRONG),
            visible(entry.source.name),
            entry.source.kind,
            visible(entry.source.location),
            entry.assets,
            entry.examined,
            Cell(entry.partial, Tone.ATTENTION if entry.partial else Tone.PLAIN),
            Cell(entry.skipped, Tone.BAD if entry.skipped else Tone.PLAIN),
            entry.sightings,
            entry.characters,
            Cell(visible(entry.error), Tone.BAD) if entry.error else "",
        )
        for entry in order.sorted_sources(result.sources)
    )
    return _sheet("Coverage", "coverage", words, columns, rows, frozen=2)


def skips(result: AuditResult, words: Wording) -> Sheet:
    """Give every item that was not examined in full."""
    columns = _columns(words, source=26, asset=60, locator=26, coverage=18, reason=30, detail=46)
    names = _names(result)
    rows = _Rows(
        result.skips,
        lambda entry: (
            names.get(entry.source, entry.source),
            visible(entry.asset),
            place_in_words(entry.skip.locator, entry.asset, words),
            words.label("coverage", entry.coverage),
            words.label("reason", entry.skip.reason),
            visible(entry.skip.detail),
        ),
    )
    return _sheet("Skips", "skips", words, columns, rows)


def glossary(words: Wording) -> Sheet:
    """Give the words of the workbook."""
    terms = [
        (words("column.id"), words("glossary.id")),
        (words("column.declared"), words("glossary.declared")),
        (words("column.observed"), words("glossary.observed")),
        *((words.label("difference", each), words.label("legend", each)) for each in Outcome),
        *(
            (words(key), words(f"glossary.{key}"))
            for key in ("answer.violated", "answer.unknown", "answer.waived")
        ),
        (words("coverage.partial"), words("glossary.coverage.partial")),
        (words("coverage.skipped"), words("glossary.coverage.skipped")),
        (
            f"{words('sheet.clock')}: {words('retention.unknown')}",
            words("glossary.retention.unknown"),
        ),
        (
            words("column.certainty"),
            words(
                "glossary.certainty",
                values=", ".join(words.label("certainty", each) for each in Certainty),
            ),
        ),
        (words("observed.confidence"), words("method.confidence")),
    ]
    rows: tuple[Row, ...] = tuple((Cell(term, Tone.STRONG), meaning) for term, meaning in terms)
    return _sheet("Glossary", "glossary", words, _columns(words, term=38, meaning=100), rows)


def _who(label: str, who: Contact | None, words: Wording) -> Row:
    if who is None:
        return (Cell(label, Tone.STRONG), Cell(words("overview.none"), Tone.ATTENTION), "")
    return (Cell(label, Tone.STRONG), who.name, contact(who))


def _compared(
    entry: Compared, recipients: dict[str, str], names: dict[str, str], words: Wording
) -> Row:
    if entry.aspect == "category":
        item = words.category(entry.key)
    else:
        item = visible(recipients.get(entry.key, entry.key))
    activity = words.text(entry.activity.name) if entry.activity else words("comparison.unclaimed")
    seen = bool(entry.sources)
    return (
        Cell(activity, Tone.STRONG),
        words.label("aspect", entry.aspect),
        item,
        words.label("bool", "yes" if entry.declared else "no"),
        words.label("bool", "yes" if seen else "no"),
        entry.count if seen else None,
        "\n".join(names.get(source, source) for source in entry.sources),
        Cell(words.label("difference", entry.outcome), _TONES[entry.outcome]),
    )


def _violation(entry: Violation, names: dict[str, str], key: str, words: Wording) -> Row:
    waiver = entry.waiver
    answer = "waived" if waiver else str(entry.answer)
    tone = Tone.ATTENTION if entry.answer is Answer.UNKNOWN else Tone.BAD
    decided = shown(entry, words)
    return (
        Cell(entry.rule, Tone.STRONG),
        Cell(words.label("severity", entry.severity), _SEVERITY.get(entry.severity, Tone.PLAIN)),
        Cell(words.label("answer", answer), Tone.QUIET if waiver else tone),
        words.text(entry.title),
        words.label("kind", entry.subject_kind),
        words.subject(entry.subject_kind, entry.subject_id, entry.subject_name),
        words.text(entry.message),
        words.text(entry.remedy),
        "\n".join(entry.references),
        words.label("certainty", entry.certainty),
        ", ".join(entry.missing),
        visible(entry.id),
        words.label("standing", entry.status),
        entry.first_seen,
        *decided.values(),
        "\n".join(_evidence(item, names, words) for item in entry.evidence),
        Cell(visible(entry.fingerprint), Tone.QUIET),
        Cell(marks_of(decided, key, words), Tone.QUIET),
    )


def _evidence(item: EvidenceItem, names: dict[str, str], words: Wording) -> str:
    source = names.get(item.source) or words.label("evidence", item.source)
    within = place_in_words(item.locator, item.asset, words)
    place = WITHIN.join(filter(None, (source, visible(item.asset), within)))
    note = words.text(item.note)
    return f"{place} — {note}" if note else place


def _names(result: AuditResult) -> dict[str, str]:
    return {str(entry.source.id): visible(entry.source.name) for entry in result.sources}


def _columns(words: Wording, **widths: float) -> tuple[Column, ...]:
    return tuple(Column(words(f"column.{key}"), width) for key, width in widths.items())


def _sheet(
    key: str,
    name: str,
    words: Wording,
    columns: tuple[Column, ...],
    rows: Collection[Row],
    frozen: int = 1,
) -> Sheet:
    title = words(f"sheet.{name}")
    return Sheet(key, title, title, words(f"note.{name}"), columns, rows, frozen)
