"""What is true of an invented company: people, positions, candidacies, copies, and their states.

A candidacy has what can be observed of it: the letter that told (`told`), a database's date of
that (`noted`), the rejection (`rejected`), and the day on which the position was filled. Of these
the first decides, if somebody was chosen. A hold goes before employment, that before a consent, and
that before the clock; the period is a year, and its last permitted day is the same day a year
later, or the end of a consent or hold where that came later.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

TODAY = date(2026, 10, 5)


class Outcome(StrEnum):
    """How a position ended."""

    FILLED = "filled"
    NEVER = "never"
    OPEN = "open"


class Fate(StrEnum):
    """How a candidacy ended, as its applicant was told it."""

    HIRED = "hired"
    TOLD = "told"
    """By letter, that somebody was chosen."""
    EARLY = "early"
    """Only that it goes no further, while the selection went on."""
    SPOKEN = "spoken"
    """Not in writing; the company may have noted the day."""
    WITHDREW = "withdrew"
    CANCELLED = "cancelled"
    """That nobody will be chosen."""
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as they called themselves at one time."""

    who: str
    """The same for all names of one person."""
    given: str
    family: str
    email: str
    phone: str
    born: date
    language: str

    @property
    def name(self) -> str:
        """Give the whole name."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Post:
    """A position."""

    key: str
    titles: Mapping[str, str]
    """By language; the company's own first."""
    opened: date
    closed: date | None
    outcome: Outcome
    code: str = ""
    is_listed: bool = True
    """Whether a source says when it was filled."""

    @property
    def title(self) -> str:
        """Give the title in the company's own language."""
        return next(iter(self.titles.values()))

    def titled(self, language: str) -> str:
        """Give the title in a language, or in the company's own."""
        return self.titles.get(language, self.title)


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent to be kept for later vacancies."""

    given: date
    until: date | None = None
    withdrawn: date | None = None
    is_registered: bool = False
    """Whether the company's register has it; else only mails do."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A claim for which everything is kept."""

    since: date
    released: date | None = None


@dataclass(frozen=True, slots=True)
class Candidacy:
    """One person's application for one position; an open one has none."""

    key: str
    person: Person
    post: Post | None
    applied: date
    fate: Fate
    told: date | None = None
    noted: date | None = None
    rejected: date | None = None
    early: date | None = None
    consent: Consent | None = None
    hold: Hold | None = None
    is_by_agency: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The state of a candidacy, or of a copy."""

    name: str
    due: date | None = None

    @property
    def days(self) -> int:
        """Give the days past the last permitted one."""
        return (TODAY - self.due).days if self.due else 0


_RANKS = ("held", "employee", "consent", "within", "unknown", "past")


def state_of(candidacy: Candidacy) -> State:
    """Judge a candidacy by what can be observed of it."""
    hold, consent = candidacy.hold, candidacy.consent
    if hold and (hold.released is None or hold.released > TODAY):
        return State("held")
    if candidacy.fate is Fate.HIRED:
        return State("employee")
    end = consent and min((day for day in (consent.until, consent.withdrawn) if day), default=None)
    if consent and (end is None or end >= TODAY):
        return State("consent", end)
    start = _start(candidacy)
    if start is None:
        return State("unknown")
    later = [day for day in (end, hold and hold.released) if day]
    due = max([start.replace(year=start.year + 1), *later])
    return State("past" if due < TODAY else "within", due)


def _start(candidacy: Candidacy) -> date | None:
    post = candidacy.post
    if post is None or post.outcome is not Outcome.FILLED:
        return None
    days = (
        candidacy.told,
        candidacy.noted,
        candidacy.rejected,
        post.closed if post.is_listed else None,
    )
    return next((day for day in days if day), None)


def state_of_several(candidacies: Iterable[Candidacy]) -> State:
    """Judge what belongs to several: the best ground to keep it, then the latest day."""
    return min(
        map(state_of, candidacies),
        key=lambda each: (
            _RANKS.index(each.name),
            -(each.due or date.max).toordinal(),
        ),
    )


@dataclass(frozen=True, slots=True)
class Copy:
    """One person's data in one place."""

    source: str
    asset: str
    locator: str
    who: str
    candidacies: tuple[Candidacy, ...]

    @property
    def place(self) -> tuple[str, str, str]:
        """Give where it is."""
        return self.source, self.asset, self.locator

    @property
    def state(self) -> State:
        """Give what should be said of it."""
        return state_of_several(self.candidacies)


@dataclass(slots=True)
class Truth:
    """What was written into the folder of a company."""

    copies: list[Copy] = field(default_factory=list)
    decoys: set[tuple[str, str]] = field(default_factory=set)
    """Assets that hold data of others who bear an applicant's name."""
    notices: set[tuple[str, str]] = field(default_factory=set)
    """Assets with a letter that tells its applicant of the choice; quotes are none."""
    letters: set[tuple[str, str]] = field(default_factory=set)
    """Assets in which such letters are looked for."""
    events: list[tuple[str, str, str, str, datetime]] = field(default_factory=list)
    """What letters say: source, asset, record, kind of event, moment."""

    def add(self, source: str, asset: str, locator: str, *of: Candidacy) -> None:
        """Note a copy of the person of some candidacies."""
        if of:
            self.copies.append(Copy(source, asset, locator, of[0].person.who, of))


@dataclass(frozen=True, slots=True)
class Company:
    """An invented company."""

    name: str
    title: str
    """For the table."""
    domain: str
    zone: str
    country: str
    sources: str
    """The list of sources in kartta.yaml; `{folder}` is where the company lies."""
    candidacies: Sequence[Candidacy]
    write: "Callable[[Company, Path], Truth]"
    is_held_out: bool = False

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Give the ids of the sources."""
        return tuple(re.findall(r"\bid: ([\w-]+)", self.sources))
