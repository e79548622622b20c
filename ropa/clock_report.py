"""The state of every copy, one line each, grouped by person; nobody is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ropa.category_clock import CategoryClock, CategoryClocks
from ropa.claims import ClaimPeriod
from ropa.clock import Clock, Clocks, ClockState, end_of_period
from ropa.linking.candidacies import Linking
from ropa.linking.candidacy import Copy
from ropa.model import Language, Text
from scanner.model import MilestoneKind


@dataclass(frozen=True, slots=True)
class CopyState:
    """One copy and where its clock stands."""

    source: str
    asset: str
    locator: str
    """The part, page, entry or row; empty for the whole asset."""
    person: str
    """Opaque, the same in every run."""
    candidacy: str
    """Opaque, the same in every run."""
    link: str
    """How surely the copy is the person's: `strong`, `fair` or `weak`."""
    state: ClockState
    due: date | None
    """The last permitted day."""
    days: int | None
    """Past the due day."""
    anchor: date | None
    """The day from which the period runs."""
    anchor_kind: str | None
    anchor_evidence: str | None
    grade: str
    """Of the evidence of that day: `strong`, `fair`, `weak` or `unknown`."""
    reason: Text
    categories: tuple[CategoryClock, ...] = ()
    """The clocks of categories in it that have a period of their own."""
    keep_until: date | None = None
    """The last day on which the applicant may bring a claim about the selection."""
    keep_for: str = ""
    """The law that says so."""

    def fields(self, language: Language = "en") -> Mapping[str, object]:
        """Give what is published."""
        return {
            "source": self.source,
            "asset": self.asset,
            "locator": self.locator,
            "person": self.person,
            "candidacy": self.candidacy,
            "link": self.link,
            "state": self.state.value,
            "due": self.due.isoformat() if self.due else None,
            "days": self.days,
            "anchor": self.anchor.isoformat() if self.anchor else None,
            "anchor_kind": self.anchor_kind,
            "anchor_evidence": self.anchor_evidence,
            "grade": self.grade,
            "reason": self.reason.in_language(language),
            "category_clocks": [each.fields for each in self.categories],
            "keep_until": self.keep_until.isoformat() if self.keep_until else None,
            "keep_citation": self.keep_for or None,
        }


@dataclass(frozen=True, slots=True)
class PersonState:
    """All copies of one person."""

    number: int
    """From 1, for people: it changes between runs."""
    person: str
    copies: tuple[CopyState, ...]

    @property
    def stores(self) -> tuple[str, ...]:
        """The sources that hold them."""
        return tuple(dict.fromkeys(each.source for each in self.copies))

    @property
    def first_due(self) -> date | None:
        """The earliest last day among them."""
        return min((each.due for each in self.copies if each.due), default=None)


class ClockReport:
    """The copies of one scan, by person."""

    def __init__(
        self,
        linking: Linking,
        clocks: Clocks,
        of_categories: CategoryClocks | None = None,
        claims: ClaimPeriod | None = None,
    ) -> None:
        """Take what is judged; `claims` is the controller's country's period, if it is known."""
        self._linking = linking
        self._clocks = clocks
        self._of_categories = of_categories
        self._claims = claims

    def people(self) -> Iterator[PersonState]:
        """Give everybody with their copies, in the order of where they lie."""
        by_person: dict[int, list[Copy]] = {}
        for copy in self._linking.copies:
            by_person.setdefault(copy.person, []).append(copy)
        named = sorted((self._linking.person_id(each), each) for each in by_person)
        for number, (person, each) in enumerate(named, 1):
            states = [self._state(copy, person) for copy in by_person[each]]
            yield PersonState(number, person, tuple(sorted(states, key=_place)))

    def at(self, record: int, person: int) -> CopyState | None:
        """Give the state of a person's copy in a record; None of who is no applicant."""
        copy = self._by_place.get((record, person))
        return self._state(copy, self._linking.person_id(person)) if copy else None

    @cached_property
    def _by_place(self) -> Mapping[tuple[int, int], Copy]:
        return {(copy.record, copy.person): copy for copy in self._linking.copies}

    def _state(self, copy: Copy, person: str) -> CopyState:
        tied = self._linking.ties.records[copy.record]
        record = tied.facts
        keep_until = self._keep_until(copy)
        clock = self._clocks.of_several(copy.candidacies) or _NOTHING
        candidacy = clock.candidacy
        anchor = clock.anchor
        is_past = clock.state is ClockState.PAST
        return CopyState(
            record.source,
            record.asset,
            record.record,
            person,
            self._linking.candidacy_id(candidacy) if candidacy else "",
            copy.strength.name.lower(),
            clock.state,
            clock.due,
            clock.days_past if is_past else None,
            anchor.at.date() if anchor and anchor.at else None,
            anchor.kind.value if anchor else None,
            anchor.evidence if anchor else None,
            clock.grade.value,
            clock.why,
            self._of_categories.of(tied) if self._of_categories else (),
            keep_until,
            self._claims.citation if self._claims and keep_until else "",
        )

    def _keep_until(self, copy: Copy) -> date | None:
        """Give the last day of a claim about any selection that a copy belongs to."""
        if self._claims is None:
            return None
        told = [
            min(days)
            for number in copy.candidacies
            if (days := self._linking.candidacies[number].days_of(MilestoneKind.TOLD))
        ]
        return max((end_of_period(day, self._claims.duration) for day in told), default=None)


_NOTHING = Clock(ClockState.UNKNOWN, Text())


def _place(state: CopyState) -> tuple[str, str, str]:
    return state.source, state.asset, state.locator
