"""The retention clock: it belongs to a person's candidacy, not to a file.

The declared period says from which event it runs. The event is looked for where it can be seen,
the strongest evidence first: the message that told the applicant, a database's date of that, the
recruiting system's rejection, the day on which somebody was hired for the position, the day on
which it was closed. The clock of a selection starts only if somebody was chosen: a position that
was given up, that is still open, or of which nothing says how it ended, leaves it unknown.

Of each candidacy the answer is *within*, *past by N days*, *held*, *kept on consent*, *employee* or
*unknown*, and never silently fine.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ropa import notes
from ropa.linking.candidacies import Linking
from ropa.linking.candidacy import Candidacy, in_mail
from ropa.model import OF_A_SELECTION, Retention, Sign, Text, Trigger
from ropa.subjects import NOTHING
from scanner.model import MilestoneKind
from scanner.summary import DatedEvent


class ClockState(StrEnum):
    """Where a candidacy stands."""

    WITHIN = "within"
    PAST = "past"
    HELD = "held"
    CONSENT = "consent"
    UNKNOWN = "unknown"
    EMPLOYEE = "employee"


class Grade(StrEnum):
    """How good the evidence is from which a period runs."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a candidacy stands, and why."""

    state: ClockState
    why: Text
    due: date | None = None
    """The last permitted day; None where it is open."""
    days_past: int | None = None
    """Negative or 0 up to the due day."""
    anchor: DatedEvent | None = None
    grade: Grade = Grade.UNKNOWN
    candidacy: Candidacy | None = None
    consent_ended: date | None = None
    """The last day of a consent that is no more."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """One kind of evidence of a trigger."""

    kind: MilestoneKind
    grade: Grade
    fits: Callable[[DatedEvent], bool] = lambda _: True


def _in_note(event: DatedEvent) -> bool:
    return in_mail(event) and event.evidence.startswith("notes.")


_TOLD = _Evidence(MilestoneKind.TOLD, Grade.STRONG, in_mail)
_NOTED = _Evidence(MilestoneKind.TOLD, Grade.FAIR, lambda event: not in_mail(event))
_REJECTED = _Evidence(MilestoneKind.REJECTED, Grade.FAIR)
_FILLED = _Evidence(MilestoneKind.FILLED, Grade.WEAK)
_CLOSED = _Evidence(MilestoneKind.CLOSED, Grade.WEAK)

_ORDER: Mapping[Trigger, tuple[_Evidence, ...]] = {
    Trigger.SELECTION_TOLD: (_TOLD, _NOTED, _REJECTED, _FILLED, _CLOSED),
    Trigger.DECISION: (_REJECTED, _TOLD, _NOTED, _FILLED, _CLOSED),
    Trigger.APPLICATION: (_Evidence(MilestoneKind.APPLIED, Grade.STRONG),),
    Trigger.LAST_ACTIVITY: (_Evidence(MilestoneKind.ACTIVITY, Grade.FAIR),),
}
"""For each trigger the events that show it, the strongest evidence first."""

_SIGNS: Mapping[Sign, _Evidence] = {
    Sign.TOLD_BY_MAIL: _Evidence(
        MilestoneKind.TOLD, Grade.STRONG, lambda event: in_mail(event) and not _in_note(event)
    ),
    Sign.TOLD_BY_NOTE: _Evidence(MilestoneKind.TOLD, Grade.STRONG, _in_note),
    Sign.TOLD_BY_RECORD: _NOTED,
    Sign.REJECTED: _REJECTED,
    Sign.FILLED: _FILLED,
    Sign.CLOSED: _CLOSED,
}

_RANKS = (
    ClockState.HELD,
    ClockState.EMPLOYEE,
    ClockState.CONSENT,
    ClockState.WITHIN,
    ClockState.UNKNOWN,
    ClockState.PAST,
)
"""What decides of several candidacies: a ground to keep, then doubt."""


class Clocks:
    """Judges the candidacies of one scan by the declared periods."""

    def __init__(self, linking: Linking, policy: Callable[[str], Retention], today: date) -> None:
        """Take the candidacies; `policy` gives the period that holds for a source."""
        self._linking = linking
        self._policy = policy
        self._today = today
        self._chosen = frozenset(self._with_a_choice())
        self._known: dict[int, Clock] = {}

    def of(self, number: int) -> Clock:
        """Judge one candidacy."""
        if number not in self._known:
            self._known[number] = self._judged(self._linking.candidacies[number])
        return self._known[number]

    def of_several(self, numbers: Iterable[int]) -> Clock | None:
        """Judge what belongs to several candidacies: the best ground to keep it decides."""
        clocks = [self.of(number) for number in numbers]
        return min(clocks, key=_rank, default=None)

    def _judged(self, candidacy: Candidacy) -> Clock:
        hold = _last(candidacy.events, MilestoneKind.HOLD)
        released = _last(candidacy.events, MilestoneKind.HOLD_RELEASED)
        if hold and not (released and released.at and released.at.date() <= self._today):
            review = _day(_last(candidacy.events, MilestoneKind.HOLD_REVIEW))
            why = notes.claim(review if review and review < self._today else None)
            return Clock(ClockState.HELD, why, anchor=hold, candidacy=candidacy)
        hired = _hired(candidacy)
        if hired:
            return Clock(ClockState.EMPLOYEE, notes.EMPLOYEE, anchor=hired, candidacy=candidacy)
        end, is_open, grant = _consent(candidacy.events, self._today)
        if grant and (is_open or (end is not None and end >= self._today)):
            due = None if is_open else end
            return Clock(ClockState.CONSENT, notes.CONSENT, due, anchor=grant, candidacy=candidacy)
        policy = self._policy(candidacy.source)
        if policy.duration is None or policy.trigger is None:
            return Clock(ClockState.UNKNOWN, notes.NO_PERIOD, candidacy=candidacy)
        events = (*candidacy.events, *self._of_position(candidacy))
        anchor, grade = self._anchor(candidacy, events, policy)
        if anchor is None or anchor.at is None:
            return Clock(
                ClockState.UNKNOWN,
                self._missing(candidacy, policy),
                candidacy=candidacy,
                consent_ended=end if grant else None,
            )
        due = end_of_period(anchor.at.date(), policy.duration)
        later = [day for day in (end, _day(released)) if day is not None]
        due = max([due, *later])
        past = (self._today - due).days
        state = ClockState.PAST if past > 0 else ClockState.WITHIN
        ended = end if grant else None
        return Clock(state, NOTHING, due, past, anchor, grade, candidacy, ended)

    def _anchor(
        self, candidacy: Candidacy, events: Sequence[DatedEvent], policy: Retention
    ) -> tuple[DatedEvent | None, Grade]:
        if _needs_a_choice(policy) and not self._is_chosen(candidacy):
            return None, Grade.UNKNOWN
        for evidence in _order_of(policy):
            dated = [
                each
                for each in events
                if each.kind is evidence.kind and each.at and evidence.fits(each)
            ]
            if dated:
                is_last = evidence.kind is MilestoneKind.ACTIVITY or not policy.first
                pick = max if is_last else min
                return pick(dated, key=_moment), evidence.grade
        return None, Grade.UNKNOWN

    def _is_chosen(self, candidacy: Candidacy) -> bool:
        """Say whether somebody was chosen for the position of a candidacy."""
        if candidacy.position is not None:
            return candidacy.position in self._chosen
        return any(each.kind in _DECIDED for each in candidacy.events)

    def _with_a_choice(self) -> Iterable[int]:
        """Give the positions for which something says that somebody was chosen.

        Where a source lists one as given up, or as open still, a letter alone does not say it:
        what applicants were told is that, or the letter was misread.
        """
        openings = self._linking.positions.openings
        for opening in openings:
            if "filled" in opening.outcomes:
                yield opening.number
        for candidacy in self._linking.candidacies:
            if candidacy.position is not None:
                kinds = {each.kind for each in candidacy.events}
                outcomes = openings[candidacy.position].outcomes
                is_denied = bool(outcomes) and outcomes <= {"cancelled", "open"}
                if kinds & (_EMPLOYED if is_denied else _CHOICES):
                    yield candidacy.position

    def _of_position(self, candidacy: Candidacy) -> Sequence[DatedEvent]:
        if candidacy.position is None:
            return ()
        return self._linking.events_of_positions.get(candidacy.position, ())

    def _missing(self, candidacy: Candidacy, policy: Retention) -> Text:
        """Say what would have to be seen."""
        opening = self._linking.opening(candidacy)
        if _needs_a_choice(policy):
            if candidacy.is_unprompted:
                return notes.UNPROMPTED
            if opening is not None and "open" in opening.outcomes:
                return notes.STILL_OPEN
            if opening is not None and "cancelled" in opening.outcomes:
                return notes.NEVER_FILLED
            if not self._is_chosen(candidacy):
                return notes.NO_CHOICE
        return notes.NOT_SEEN


def _order_of(policy: Retention) -> Sequence[_Evidence]:
    """Give what shows the event from which a period runs, the best first."""
    if policy.evidence:
        return [_SIGNS[each] for each in policy.evidence]
    return _ORDER.get(policy.trigger, ()) if policy.trigger else ()


def _needs_a_choice(policy: Retention) -> bool:
    """Say whether a clock starts only where somebody was chosen."""
    return policy.trigger in OF_A_SELECTION and policy.condition == "somebody_chosen"


_EMPLOYED = frozenset({MilestoneKind.FILLED, MilestoneKind.HIRED})
_CHOICES = _EMPLOYED | {MilestoneKind.TOLD, MilestoneKind.OFFERED}


_DECIDED = _CHOICES | {MilestoneKind.REJECTED}
"""What says that a selection has ended, where nothing is known of the position."""


def end_of_period(start: date, duration: str) -> date:
    """Give the last day of an ISO 8601 period counted from a day (Regulation 1182/71 Art. 3).

    >>> end_of_period(date(2024, 2, 29), "P1Y")
    datetime.date(2025, 2, 28)
    """
    match = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", duration)
    if match is None:
        message = f"not an ISO 8601 period of days: {duration}"
        raise ValueError(message)
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    month = start.month - 1 + months + 12 * years
    year, month = start.year + month // 12, month % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=7 * weeks + days)


def _consent(
    events: Sequence[DatedEvent], today: date
) -> tuple[date | None, bool, DatedEvent | None]:
    """Give the last day of a consent, whether it is open, and what says that it was given.

    A withdrawal ends what was given before it, in whatever source it is.
    """
    grants = [
        each
        for each in events
        if each.kind in {MilestoneKind.CONSENT_UNTIL, MilestoneKind.CONSENT_GIVEN}
    ]
    if not grants:
        return None, False, None
    given = [each for each in grants if each.kind is MilestoneKind.CONSENT_GIVEN]
    ends = [
        day for each in grants if each.kind is MilestoneKind.CONSENT_UNTIL and (day := _day(each))
    ]
    withdrawn = [
        day
        for each in events
        if each.kind is MilestoneKind.CONSENT_WITHDRAWN and (day := _day(each)) and day <= today
    ]
    first = min((day for each in given if (day := _day(each))), default=None)
    withdrawn = [day for day in withdrawn if first is None or day >= first]
    grant = max(grants, key=_moment)
    if withdrawn:
        end = max(withdrawn)
        renewed = [day for each in given if (day := _day(each)) and day > end]
        if not renewed:
            return min([end, *ends]) if ends else end, False, grant
    if ends:
        return max(ends), False, grant
    return None, True, grant


def _hired(candidacy: Candidacy) -> DatedEvent | None:
    """Give what says that the applicant was hired for this position."""
    return next(
        (each for each in candidacy.events if each.kind is MilestoneKind.HIRED), None
    ) or next((each for each in candidacy.events if each.kind is MilestoneKind.OFFERED), None)


def _rank(clock: Clock) -> tuple[int, int]:
    """Order by state, then the latest last day, then the fewest days past."""
    due = -clock.due.toordinal() if clock.due else -date.max.toordinal()
    return _RANKS.index(clock.state), due


def _last(events: Sequence[DatedEvent], kind: MilestoneKind) -> DatedEvent | None:
    return max((each for each in events if each.kind is kind), key=_moment, default=None)


def _moment(event: DatedEvent) -> float:
    return event.at.timestamp() if event.at else float("-inf")


def _day(event: DatedEvent | None) -> date | None:
    return event.at.date() if event and event.at else None
