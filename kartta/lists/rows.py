"""What a row of a list says: whom it is about, which position, and what happened when."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from detectors.keys import Keys
from kartta.config import ListField, ListKind
from kartta.lists.days import NoDayError, day_of
from kartta.lists.headings import Columns
from scanner.connectors.standing import Statuses
from scanner.model import Identifier, MilestoneKind
from scanner.relations import Position
from scanner.summary import DatedEvent, RecordFacts

_OTHER_RIGHTS = (
    r"rectif|correct|oikais|rätt|rett|berig|object|vastust|invänd|innsig|indsigelse"
    r"|restrict|rajoit|begräns|begrens|begræns|portab|siirt|overfør|överför"
)
_REQUESTS: Sequence[tuple[MilestoneKind, re.Pattern[str]]] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (MilestoneKind.ERASURE_REQUESTED, r"eras|delet|forgot|poist|rader|slett|slet"),
        (
            MilestoneKind.ACCESS_REQUESTED,
            r"access|copy|tarkast|pääsy|tutustu|registerutdrag|insyn|tillgång|innsyn|indsigt",
        ),
        (MilestoneKind.RIGHT_USED, _OTHER_RIGHTS),
    )
)
"""What is asked."""


class BadRowError(ValueError):
    """A row cannot be used; the message names the column, and never what is in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands."""

    source: str
    file: str
    record: str
    said: str
    """For people: `consents.csv, row 3`."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of one list."""

    kind: ListKind
    columns: Columns
    keys: Keys
    statuses: Statuses

    def facts(self, row: Sequence[str], place: Place) -> RecordFacts:
        """Give what a row says.

        Raises:
            BadRowError: it names nobody, or a cell is not what its column holds.
        """
        cells = _Row(self.columns, row)
        if self.kind == "positions":
            return self._position(cells, place)
        people = tuple(self._people(cells, place.record))
        if not people:
            raise BadRowError("names nobody: no name, e-mail address or telephone is in it")
        events = tuple(
            DatedEvent(kind, at, place.said, "", place.source, place.file, place.record)
            for kind, at in _EVENTS.get(self.kind, _nothing)(cells)
        )
        return RecordFacts(
            place.source,
            place.file,
            place.record,
            None,
            people,
            path=self.keys.topic(cells.text("position")),
            events=events,
        )

    def _people(self, cells: "_Row", record: str) -> Iterator[Identifier]:
        whole = cells.text("name") or f"{cells.text('given_name')} {cells.text('surname')}"
        for name in (whole, cells.text("former_name")):
            yield from self.keys.name(name, record)
        for field, entity, what in _CONTACTS:
            found = list(self.keys.values(entity, cells.text(field), record))
            if cells.text(field) and not found:
                raise BadRowError(f"{cells.column(field)}: is no {what}")
            yield from found
        if born := cells.day("birth_date"):
            yield self.keys.value("BIRTH_DATE", born.date().isoformat(), record)

    def _position(self, cells: "_Row", place: Place) -> RecordFacts:
        code, title = cells.text("code"), cells.text("title")
        if not code and not title:
            raise BadRowError("names no position: neither number nor title is in it")
        opened, closed = cells.day("opened"), cells.day("closed")
        outcome = self.statuses.of_position(cells.text("outcome"))
        if cells.text("outcome") and not outcome:
            raise BadRowError(
                f"{cells.column('outcome')}: says neither that the position is open, nor that it "
                "was filled or cancelled: say under 'statuses:' of the list what the word means"
            )
        position = Position(
            place.record, self.keys.code(code), self.keys.topic(title), opened, closed, outcome
        )
        ends = (MilestoneKind.CLOSED, closed), (MilestoneKind.FILLED, closed)
        events = tuple(
            DatedEvent(kind, at, place.said, "", place.source, place.file, place.record)
            for kind, at in (ends if outcome == "filled" else ends[:1])
            if at
        )
        return RecordFacts(
            place.source, place.file, place.record, None, position=position, events=events
        )


@dataclass(frozen=True, slots=True)
class _Row:
    columns: Columns
    cells: Sequence[str]

    def text(self, field: ListField) -> str:
        """Give what stands in a field's column; empty without one."""
        index = self.columns.fields.get(field)
        return "" if index is None or index >= len(self.cells) else self.cells[index].strip()

    def day(self, field: ListField) -> datetime | None:
        """Give the day in a field's column; None where it is empty.

        Raises:
            BadRowError: what stands there is no day.
        """
        text = self.text(field)
        try:
            return day_of(text) if text else None
        except NoDayError as error:
            raise BadRowError(f"{self.column(field)}: {error}") from error

    def column(self, field: ListField) -> str:
        """Name a field's column."""
        return f"column '{self.columns.headings[self.columns.fields[field]]}'"


_CONTACTS: Sequence[tuple[ListField, str, str]] = (
    ("email", "EMAIL_ADDRESS", "e-mail address"),
    ("phone", "PHONE_NUMBER", "telephone number"),
)
_Event = tuple[MilestoneKind, datetime | None]


def _consent(cells: _Row) -> Iterator[_Event]:
    given, until, withdrawn = cells.day("given"), cells.day("until"), cells.day("withdrawn")
    if given is None and until is None:
        raise BadRowError("has neither the day when the consent was given nor the day it ends")
    if given and until and until < given:
        raise BadRowError(f"{cells.column('until')}: is before the day when it was given")
    for kind, at in (
        (MilestoneKind.CONSENT_GIVEN, given),
        (MilestoneKind.CONSENT_UNTIL, until),
        (MilestoneKind.CONSENT_WITHDRAWN, withdrawn),
    ):
        if at is not None:
            yield kind, at


def _hold(cells: _Row) -> Iterator[_Event]:
    begins, released, review = cells.day("begins"), cells.day("released"), cells.day("review")
    if begins and released and released < begins:
        raise BadRowError(f"{cells.column('released')}: is before the day when it began")
    yield MilestoneKind.HOLD, begins
    if released is not None:
        yield MilestoneKind.HOLD_RELEASED, released
    if review is not None:
        yield MilestoneKind.HOLD_REVIEW, review


def _request(cells: _Row) -> Iterator[_Event]:
    said = cells.text("request")
    asked = next((kind for kind, words in _REQUESTS if words.search(said)), None)
    if asked is None:
        raise BadRowError(
            f"{cells.column('request')}: is no right that is known: write erasure, access, "
            "rectification, restriction, objection or portability"
        )
    received = cells.day("received")
    if received is None:
        raise BadRowError(f"{cells.column('received')}: is empty")
    yield asked, received
    for kind, at in (
        (MilestoneKind.IDENTITY_CONFIRMED, cells.day("confirmed")),
        (MilestoneKind.EXTENDED, cells.day("extended")),
        (MilestoneKind.ANSWERED, cells.day("answered")),
    ):
        if at is not None:
            yield kind, at


def _nothing(_: _Row) -> Iterator[_Event]:
    return iter(())


_EVENTS: Mapping[ListKind, Callable[[_Row], Iterator[_Event]]] = {
    "consents": _consent,
    "holds": _hold,
    "requests": _request,
}
