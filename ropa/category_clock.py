"""Clocks of categories: data that a law or the register lets be kept for a time of their own.

A clearance report is destroyed six months after it came, whoever was chosen; what somebody told of
their health, at once. Such a period runs from the day of receipt: that of the mail which brought
the document, else the document's own last change. Only documents and mails have one, for a table
does not say of a row when it came.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from detectors.taxonomy import taxonomy
from ropa.clock import ClockState, end_of_period
from ropa.linking.tied import Tied, Ties
from ropa.model import Retention

Holding = tuple[str, str, str, str]
"""Source, asset and record, and a category that is seen there."""


@dataclass(frozen=True, slots=True)
class CategoryClock:
    """Where one category in one record stands."""

    category: str
    state: ClockState
    """`within`, `past`, or `unknown` where nothing says when it came."""
    period: str
    received: date | None
    due: date | None
    """The last permitted day."""
    days: int | None
    """Past the due day."""

    @property
    def fields(self) -> Mapping[str, object]:
        """Give what is published."""
        return {
            "category": self.category,
            "state": self.state.value,
            "period": self.period,
            "received": self.received.isoformat() if self.received else None,
            "due": self.due.isoformat() if self.due else None,
            "days": self.days,
        }


class CategoryClocks:
    """Judges the categories of one scan's records."""

    def __init__(
        self,
        ties: Ties,
        holdings: Iterable[Holding],
        policies: Callable[[str], Sequence[Retention]],
        today: date,
        zone: tzinfo,
    ) -> None:
        """Take where categories are seen; `policies` gives a source's periods of categories."""
        self._ties = ties
        self._policies = policies
        self._today = today
        self._zone = zone
        self._held: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        for source, asset, record, category in holdings:
            self._held[source, asset, record].add(category)

    def of(self, record: Tied) -> tuple[CategoryClock, ...]:
        """Judge what a record holds, by category."""
        facts = record.facts
        held = self._held.get((facts.source, facts.asset, facts.record), set())
        if record.is_row or not held:
            return ()
        return tuple(
            self._judged(category, policy, record)
            for category in sorted(held)
            if (policy := self._policy(facts.source, category)) is not None
        )

    def _policy(self, source: str, category: str) -> Retention | None:
        return next(
            (
                policy
                for policy in self._policies(source)
                if any(taxonomy().covers(key, category) for key in policy.categories)
            ),
            None,
        )

    def _judged(self, category: str, policy: Retention, record: Tied) -> CategoryClock:
        period = policy.duration or ""
        received = self._received(record)
        if received is None:
            return CategoryClock(category, ClockState.UNKNOWN, period, None, None, None)
        due = end_of_period(received, period)
        days = (self._today - due).days
        state = ClockState.PAST if days > 0 else ClockState.WITHIN
        return CategoryClock(category, state, period, received, due, days if days > 0 else None)

    def _received(self, record: Tied) -> date | None:
        chain = (record, *self._ties.outwards(record))
        sent = next((each.facts.at for each in chain if each.facts.at), None)
        day = sent or record.facts.modified
        return day.astimezone(self._zone).date() if day else None
