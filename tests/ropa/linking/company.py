"""Records of an invented company, as a scan gives them, written short."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from ropa.clock import Clock, Clocks
from ropa.linking.candidacies import Linking
from ropa.model import Retention, Trigger
from scanner.locator import Locator
from scanner.model import Identifier, MilestoneKind
from scanner.relations import Link, Position, ReferenceKind
from scanner.summary import DatedEvent, RecordFacts

TODAY = date(2026, 11, 22)
HELSINKI = ZoneInfo("Europe/Helsinki")
YEAR = Retention(id="year", duration="P1Y", trigger=Trigger.SELECTION_TOLD, basis="A6-1-f")


def hashed(value: str) -> str:
    return blake2b(value.casefold().encode(), digest_size=16).hexdigest()


def moment(day: str) -> datetime:
    at = datetime.fromisoformat(day)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def mail_of(address: str, role: str = "subject", line: int = 0) -> Identifier:
    return Identifier("EMAIL_ADDRESS", hashed(address), "", role, at_line(line))


def phone(number: str, line: int = 0) -> Identifier:
    return Identifier("PHONE_NUMBER", hashed(number), "", "subject", at_line(line))


def born(day: str) -> Identifier:
    return Identifier("BIRTH_DATE", hashed(day), "", "subject")


def code(value: str) -> Identifier:
    return Identifier("FI_PERSONAL_IDENTITY_CODE", hashed(value), "", "subject")


def name(words: str, role: str = "subject", *, given: bool = False) -> Identifier:
    parts = tuple(map(hashed, words.split()))
    key = parts[0] if len(parts) == 1 else hashed(" ".join(sorted(words.casefold().split())))
    return Identifier(
        "PERSON", key, "", role, parts=("*",) if given else parts if len(parts) > 1 else ()
    )


def at_line(number: int) -> Locator:
    return Locator().line(number) if number else Locator()


def event(kind: MilestoneKind, day: str | None, evidence: str = "ats") -> DatedEvent:
    return DatedEvent(kind, moment(day) if day else None, evidence, "")


def told(day: str, evidence: str = "mail: selection notice") -> DatedEvent:
    return event(MilestoneKind.TOLD, day, evidence)


def applied(day: str) -> DatedEvent:
    return event(MilestoneKind.APPLIED, day)


def is_(thing: str) -> Link:
    return Link(ReferenceKind.IS, hashed(thing), "")


def of(thing: str) -> Link:
    return Link(ReferenceKind.BELONGS, hashed(thing), "")


def answers(*messages: str) -> list[Link]:
    return [Link(ReferenceKind.ANSWERS, hashed(each), "") for each in messages]


def about(*words: str) -> tuple[str, ...]:
    return tuple(
        f"#{hashed(word)[:8]}" if word[-1].isdigit() else hashed(word)[:8] for word in words
    )


def position(
    code_: str, *title: str, opened: str = "", closed: str = "", outcome: str = "", key: str = ""
) -> RecordFacts:
    listed = Position(
        "row:1", about(code_)[0] if code_ else "", about(*title),
        moment(opened) if opened else None, moment(closed) if closed else None, outcome,
    )  # fmt: skip
    events = (event(MilestoneKind.CLOSED, closed, "positions.closed_at"),) if closed else ()
    return facts(
        "db", "positions", f"row:{hashed(code_ + ''.join(title))[:4]}", *events,
        is_(key or f"position {code_}"), listed=listed,
    )  # fmt: skip


def facts(
    source: str,
    asset: str,
    record: str,
    *parts: Identifier | Link | DatedEvent,
    words: tuple[str, ...] = (),
    path: tuple[str, ...] = (),
    sent: str = "",
    documents: tuple[str, ...] = (),
    surnames: tuple[str, ...] = (),
    listed: Position | None = None,
) -> RecordFacts:
    return RecordFacts(
        source,
        asset,
        record,
        None,
        tuple(replace(each, record=record) for each in parts if isinstance(each, Identifier)),
        documents,
        tuple(replace(each, record=record) for each in parts if isinstance(each, Link)),
        words,
        path,
        moment(sent) if sent else None,
        tuple(map(hashed, surnames)),
        listed,
        tuple(
            replace(each, source=source, asset=asset, record=record)
            for each in parts
            if isinstance(each, DatedEvent)
        ),
    )


def row(table: str, number: int, *parts: Identifier | Link | DatedEvent) -> RecordFacts:
    return facts("db", table, f"row:{number}", *parts)


def linked(*records: RecordFacts) -> Linking:
    return Linking(records, HELSINKI)


def clock_of(linking: Linking, source: str, asset: str, record: str = "") -> Clock | None:
    """Give the clock of the only copy in a record; None where nobody is known there."""
    clocks = Clocks(linking, lambda _: YEAR, TODAY)
    found = [
        copy
        for copy in linking.copies
        if (linking.ties.records[copy.record].facts) is not None
        and linking.ties.records[copy.record].place == (source, asset)
        and linking.ties.records[copy.record].facts.record == record
    ]
    assert len(found) <= 1, "more than one person"
    return clocks.of_several(found[0].candidacies) if found else None


def people_in(linking: Linking, asset: str, record: str = "") -> set[int]:
    return {
        copy.person
        for copy in linking.copies
        if linking.ties.records[copy.record].facts.asset == asset
        and linking.ties.records[copy.record].facts.record == record
    }
