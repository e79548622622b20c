"""Positions that people apply for, as several sources list them, and which place is about which."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from detectors.marks import CODE, UNPROMPTED, YEAR
from ropa.linking.groups import Groups
from ropa.linking.tied import Tied, Ties
from scanner.relations import Position

_LETTER = "recruitment.application"
"""A document that says what it is for; a CV has the titles of many positions."""


_BEFORE, _AFTER = timedelta(days=45), timedelta(days=240)
"""So long before it is opened and after it is closed a position is written about by its title."""
_SAME = timedelta(days=60)
"""Two sources open one position within so many days of each other."""
_FEWEST_PLACES = 3
"""Folders, or mails, that must name a number before it is taken for a position's."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One position, put together from all sources that list it."""

    number: int
    codes: frozenset[str]
    titles: tuple[frozenset[str], ...]
    opened: datetime | None
    closed: datetime | None
    outcomes: frozenset[str]
    records: tuple[int, ...]
    """Records that list it; empty for one that only a number speaks of."""

    def is_of(self, years: AbstractSet[int]) -> bool:
        """Say whether it was open in one of some years."""
        days = [each for each in (self.opened, self.closed) if each is not None]
        return bool(days) and any(days[0].year <= year <= days[-1].year for year in years)

    def is_near(self, at: datetime | None) -> bool:
        """Say whether something of this day may be about it."""
        if at is None:
            return True
        after = self.opened is None or at >= self.opened - _BEFORE
        return after and (self.closed is None or at <= self.closed + _AFTER)


class Positions:
    """All positions, and which record is about which."""

    def __init__(self, ties: Ties) -> None:
        self._ties = ties
        self.openings = _openings(ties)
        self._by_record = {
            number: opening.number for opening in self.openings for number in opening.records
        }
        self._by_code = {code: each.number for each in self.openings for code in each.codes}
        self._known: dict[int, int | None] = {}
        self._in_thread: dict[int, int | None] = {}

    def of(self, record: Tied) -> int | None:
        """Give the number of the position that a record is about; None where that is not clear."""
        if record.number not in self._known:
            self._known[record.number] = None  # what is asked again on the way does not know yet
            self._known[record.number] = self._found(record)
        return self._known[record.number]

    def lists(self, record: Tied) -> int | None:
        """Give the position that a record lists."""
        return self._by_record.get(record.number)

    def is_unprompted(self, record: Tied) -> bool:
        """Say whether a record, or what it stands in, is of an open application."""
        chain = (record, *self._ties.outwards(record))
        return any(UNPROMPTED in (*each.facts.words, *each.facts.path) for each in chain)

    def _found(self, record: Tied) -> int | None:
        return next((found for found in self._ways(record) if found is not None), None)

    def _ways(self, record: Tied) -> Iterator[int | None]:
        """Look where a position may be named, the surest first."""
        facts = record.facts
        outer = next(self._ties.outwards(record), None)
        is_attached = outer is not None and outer.thread is not None
        yield self._tied(record)
        if outer is not None and is_attached:
            yield self.of(outer)
        yield self._named(facts.path)
        yield self._named(facts.words)
        if outer is not None and not is_attached:
            yield self.of(outer)
        if record.thread is not None:
            yield self._of_thread(record.thread)
        if UNPROMPTED in (*facts.words, *facts.path):
            return
        yield self._titled(facts.path, None)
        if outer is None and (facts.at or _LETTER in facts.documents):
            yield self._titled(facts.words, facts.at)

    def _tied(self, record: Tied) -> int | None:
        """Give the position by the row's keys."""
        for each in (record, *self._ties.owners(record)):
            found = self._by_record.get(each.number)
            if found is not None:
                return found
        return None

    def _named(self, words: Sequence[str]) -> int | None:
        """Give the only position whose number is among the words."""
        found = {self._by_code[word] for word in words if word in self._by_code}
        return found.pop() if len(found) == 1 else None

    def _titled(self, words: Sequence[str], at: datetime | None) -> int | None:
        """Give the only position whose whole title is among the words, at its time."""
        said = set(words)
        found = {}
        for each in self.openings:
            sizes = [len(title) for title in each.titles if title and title <= said]
            if sizes and each.is_near(at):
                found[each.number] = max(sizes)
        longest = [number for number, size in found.items() if size == max(found.values())]
        years = {int(word.removeprefix(YEAR)) for word in said if word.startswith(YEAR)}
        if len(longest) > 1 and years:
            longest = [number for number in longest if self.openings[number].is_of(years)]
        return longest[0] if len(longest) == 1 else None

    def _of_thread(self, thread: int) -> int | None:
        """Give the only position that the mails of a thread name."""
        if thread not in self._in_thread:
            mails = [self._ties.records[number].facts for number in self._ties.threads[thread]]
            found = {self._named(each.words) for each in mails} - {None}
            if not found:
                found = {self._titled(each.words, each.at) for each in mails} - {None}
            self._in_thread[thread] = found.pop() if len(found) == 1 else None
        return self._in_thread[thread]


def _openings(ties: Ties) -> tuple[Opening, ...]:
    listed = [each for each in ties.records if each.facts.position is not None]
    groups: Groups[int] = Groups()
    by_code: dict[str, int] = {}
    for each in listed:
        groups.root(each.number)
        code = each.facts.position.code if each.facts.position else ""
        if code:
            groups.join(by_code.setdefault(code, each.number), each.number)
    _join_by_title(listed, groups)
    members: defaultdict[int, list[Tied]] = defaultdict(list)
    for each in listed:
        members[groups.root(each.number)].append(each)
    openings = [_opening(number, group) for number, group in enumerate(members.values())]
    known = {code for opening in openings for code in opening.codes}
    for code in _spoken_of(ties) if not known else ():
        openings.append(Opening(len(openings), frozenset({code}), (), None, None, frozenset(), ()))
    return tuple(openings)


def _join_by_title(listed: Iterable[Tied], groups: Groups[int]) -> None:
    """Join what two sources list under one title and open at one time, where one has no number."""
    by_title: defaultdict[frozenset[str], list[Tied]] = defaultdict(list)
    for each in listed:
        if each.facts.position is not None and each.facts.position.title:
            by_title[frozenset(each.facts.position.title)].append(each)
    for same in by_title.values():
        for index, one in enumerate(same):
            for other in same[index + 1 :]:
                if one.facts.source != other.facts.source and _agree(one, other):
                    groups.join(one.number, other.number)


def _agree(one: Tied, other: Tied) -> bool:
    first, second = one.facts.position, other.facts.position
    if first is None or second is None or (first.code and second.code):
        return False
    if first.opened is None or second.opened is None:
        return False
    return abs(first.opened - second.opened) <= _SAME


def _opening(number: int, group: Sequence[Tied]) -> Opening:
    positions = [each.facts.position for each in group if each.facts.position is not None]
    return Opening(
        number,
        frozenset(each.code for each in positions if each.code),
        tuple(dict.fromkeys(filter(None, map(_title, positions)))),
        min((each.opened for each in positions if each.opened), default=None),
        max((each.closed for each in positions if each.closed), default=None),
        frozenset(each.outcome for each in positions if each.outcome),
        tuple(each.number for each in group),
    )


def _title(position: Position) -> frozenset[str]:
    """Give the words of a title; a mail about it does not say its year."""
    return frozenset(word for word in position.title if not word.startswith(YEAR))


def _spoken_of(ties: Ties) -> Iterator[str]:
    """Give the numbers by which folders and mails seem to call positions.

    Only where no source lists positions: nothing else says which numbers are theirs.
    """
    places: defaultdict[str, set[str]] = defaultdict(set)
    for each in ties.records:
        said = each.facts.words if each.facts.at else ()  # a CV has numbers of many kinds
        for code in (*each.facts.path, *said):
            if code.startswith(CODE):
                places[code].add(each.facts.asset)
    yield from sorted(code for code, seen in places.items() if len(seen) >= _FEWEST_PLACES)
