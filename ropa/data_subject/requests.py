"""The requests of data subjects, from the organisation's own list and from mails, and their clocks.

A request that stands in the list and in a mail is one; the list says more of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from ropa.data_subject.deadline import due
from ropa.linking.candidacies import Linking
from ropa.linking.persons import Mention
from ropa.linking.tied import Tied
from scanner.model import MilestoneKind
from scanner.summary import DatedEvent

_RIGHTS = {
    MilestoneKind.ERASURE_REQUESTED: "erasure",
    MilestoneKind.ACCESS_REQUESTED: "access",
    MilestoneKind.RIGHT_USED: "other",
}
_SAME = timedelta(days=10)
"""A request is written into the list so soon after it came."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request and its clock."""

    right: str
    """`erasure`, `access` or `other`."""
    source: str
    asset: str
    locator: str
    person: str
    """Opaque, the same in every run; empty where nobody is known."""
    received: date
    confirmed: date | None = None
    """The day on which the identity was certain."""
    extended: date | None = None
    """The day on which the person was told that it takes longer."""
    answered: date | None = None
    due: date | None = None
    """By law, counted from the receipt."""
    due_identified: date | None = None
    """By law, counted from the day of the identity: where it was asked for without delay."""

    def days_left(self, today: date) -> int:
        """Give the days from the answer, or today, to the last day; negative when it is over."""
        last = self.due or self.received
        return (last - (self.answered or today)).days


def requests(linking: Linking, country: str) -> tuple[Request, ...]:
    """Give every request, the most urgent first: open ones by their last day, then the answered."""
    zone = linking.zone
    listed: list[Request] = []
    written: list[Request] = []
    for each in linking.ties.records:
        for request in _in_record(each, linking, zone):
            (listed if each.facts.is_listed else written).append(request)
    known = [*listed, *(each for each in written if not _is_among(each, listed))]
    timed = (_timed(each, country) for each in known)
    return tuple(sorted(timed, key=lambda each: (each.answered is not None, each.due, each.asset)))


def _in_record(record: Tied, linking: Linking, zone: tzinfo) -> Iterator[Request]:
    events = record.facts.events
    for event in events:
        right = _RIGHTS.get(event.kind)
        if right is None or event.at is None:
            continue
        received = _day(event.at, zone)
        answers = events if record.facts.is_listed else _of_thread(record, linking)
        yield Request(
            right,
            record.facts.source,
            record.facts.asset,
            record.facts.record,
            _person(linking, linking.mentions(record).values()),
            received,
            _first(events, MilestoneKind.IDENTITY_CONFIRMED, received, zone),
            _first(answers, MilestoneKind.EXTENDED, received, zone),
            _first(answers, MilestoneKind.ANSWERED, received, zone),
        )


def _of_thread(record: Tied, linking: Linking) -> Sequence[DatedEvent]:
    if record.thread is None:
        return record.facts.events
    mails = linking.ties.threads[record.thread]
    return [event for each in mails for event in linking.ties.records[each].facts.events]


def _first(
    events: Iterable[DatedEvent], kind: MilestoneKind, received: date, zone: tzinfo
) -> date | None:
    days = [_day(each.at, zone) for each in events if each.kind is kind and each.at]
    return min((day for day in days if day >= received), default=None)


def _person(linking: Linking, mentions: Iterable[Mention]) -> str:
    """Give who asks: the sender, else the only one who is named."""
    known = list(mentions)
    senders = [one for one in known if any(each.role == "sender" for each in one.by)]
    found = senders or known
    return linking.person_id(found[0].person) if len(found) == 1 else ""


def _is_among(request: Request, listed: Iterable[Request]) -> bool:
    return any(
        request.person
        and each.person == request.person
        and each.right == request.right
        and abs(each.received - request.received) <= _SAME
        for each in listed
    )


def _timed(request: Request, country: str) -> Request:
    is_extended = request.extended is not None
    last = due(request.received, country, is_extended=is_extended)
    if request.extended and request.extended > due(request.received, country):
        last = due(request.received, country)  # told too late: nothing was extended
        is_extended = False
    identified = None
    if request.confirmed and request.confirmed > request.received:
        identified = due(request.confirmed, country, is_extended=is_extended)
    return replace(request, due=last, due_identified=identified)


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
