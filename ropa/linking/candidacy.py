"""A candidacy, the copies that belong to it, and which one a day belongs to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ropa.linking.persons import Strength
from ropa.linking.positions import Opening
from scanner.model import Identifier, MilestoneKind
from scanner.summary import DatedEvent

_NEAR = timedelta(days=3)
"""An application is written down so soon before or after the mail that brings it."""
CONSENTS = frozenset(
    {
        MilestoneKind.CONSENT_ASKED,
        MilestoneKind.CONSENT_GIVEN,
        MilestoneKind.CONSENT_UNTIL,
        MilestoneKind.CONSENT_WITHDRAWN,
    }
)
_DECISIONS = frozenset(
    {MilestoneKind.TOLD, MilestoneKind.DECLINED, MilestoneKind.OFFERED, MilestoneKind.CANCELLED}
)


@dataclass(slots=True)
class Candidacy:
    """One person's application."""

    number: int
    person: int
    position: int | None
    """None for an open application, or where nothing says for which."""
    is_unprompted: bool = False
    events: list[DatedEvent] = field(default_factory=list)

    @property
    def where(self) -> DatedEvent | None:
        """What says first that it is there: an event, with its place; a list, if nothing else."""
        seen = next((each for each in self.events if not each.is_listed), None)
        return seen or (self.events[0] if self.events else None)

    @property
    def source(self) -> str:
        """The source that knows of it; empty where no event is known."""
        return self.where.source if self.where else ""

    @property
    def application(self) -> str:
        """The id by which its source calls it; empty without one."""
        return next((each.application for each in self.events if each.application), "")

    @property
    def last_event(self) -> date | None:
        """The day of the last event that is not about the future."""
        days = [
            each.at.date()
            for each in self.events
            if each.at and each.kind is not MilestoneKind.CONSENT_UNTIL
        ]
        return max(days, default=None)

    def days_of(self, kind: MilestoneKind) -> list[date]:
        """Give the days of an event."""
        return [each.at.date() for each in self.events if each.at and each.kind is kind]

    @property
    def applied(self) -> datetime | None:
        """When it was made, or the first thing known of it."""
        own = [each.at for each in self.events if each.at and each.kind is MilestoneKind.APPLIED]
        return min(own or [each.at for each in self.events if each.at], default=None)


@dataclass(frozen=True, slots=True)
class Copy:
    """A person's data in one record."""

    record: int
    person: int
    strength: Strength
    by: tuple[Identifier, ...]
    candidacies: tuple[int, ...]


def at_its_day(
    own: Sequence[Candidacy],
    event: DatedEvent,
    at: datetime,
    opening: Callable[[Candidacy], Opening | None],
) -> list[Candidacy]:
    """Give which of several candidacies an event is about whose place does not say it.

    A consent is said twice, with its position and without it: then the first is enough.
    """
    if event.kind is MilestoneKind.CONSENT_UNTIL:
        known = [
            each
            for each in own
            for one in each.events
            if one.kind in CONSENTS and one.at and one.at.date() == at.date()
        ]
        if known:
            return []
        asked = [each for each in own if any(one.kind in CONSENTS for one in each.events)]
        return asked[-1:] or [max(own, key=_begun)]
    if event.kind is MilestoneKind.CONSENT_WITHDRAWN and (kept := list(_kept_by_list(own))):
        return kept
    if event.kind in _DECISIONS:
        return [_decided(own, at, opening)]
    return [newest(own, at)]


def newest(own: Sequence[Candidacy], at: datetime) -> Candidacy:
    """Give the candidacy of a day: one that began on it, else the newest before it."""
    near = [each for each in own if each.applied and abs(each.applied - at) <= _NEAR]
    if near:
        return min(near, key=lambda each: abs((each.applied or at) - at))
    before = [each for each in own if each.applied and each.applied <= at]
    return max(before, key=_begun) if before else min(own, key=_begun)


def _decided(
    own: Sequence[Candidacy], at: datetime, opening: Callable[[Candidacy], Opening | None]
) -> Candidacy:
    """Give the candidacy that a decision is about: of those that wait, the one that closes."""
    waiting = [
        each
        for each in own
        if (each.applied is None or each.applied <= at)
        and not any(one.kind is MilestoneKind.TOLD and one.at != at for one in each.events)
    ]

    def distance(candidacy: Candidacy) -> float:
        listed = opening(candidacy)
        day = listed.closed if listed and listed.closed else candidacy.applied
        return abs((day - at).total_seconds()) if day else float("inf")

    return min(waiting, key=distance) if waiting else newest(own, at)


def in_mail(event: DatedEvent) -> bool:
    """Say whether a message says that something happened, and no record."""
    return not event.is_listed and event.evidence.startswith(("mail", "notes."))


def order(event: DatedEvent) -> tuple[bool, float, str]:
    """Order events by their moment; those without one come last."""
    return event.at is None, event.at.timestamp() if event.at else 0.0, event.kind


def _kept_by_list(candidacies: Iterable[Candidacy]) -> Iterator[Candidacy]:
    """Give the candidacies that a consent in one of the organisation's lists keeps."""
    for each in candidacies:
        if any(one.is_listed and one.kind in CONSENTS for one in each.events):
            yield each


def _begun(candidacy: Candidacy) -> float:
    return candidacy.applied.timestamp() if candidacy.applied else 0.0
