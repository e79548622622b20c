"""The records of a scan, numbered, with what each stands in and belongs to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ropa.linking.groups import Groups
from scanner.locator import Locator
from scanner.relations import ReferenceKind
from scanner.summary import RecordFacts

_FEWEST_KNOWN = 0.2
"""Of the rows that claim to be in a recruiting system; fewer, and it is another system's number."""


@dataclass(slots=True)
class Tied:
    """A record and its ties, by the numbers of other records."""

    number: int
    facts: RecordFacts
    outer: int | None = None
    """The mail, or the file, that it stands in."""
    owners: tuple[int, ...] = ()
    """The rows that it belongs to by their keys."""
    is_missing: bool = False
    """It says that a recruiting system has its person, and that was scanned and has not."""
    owned: list[int] = field(default_factory=list)
    """The rows that belong to it."""
    thread: int | None = None

    @property
    def is_row(self) -> bool:
        """Say whether it is one of many of its asset: a row, an entry of an export."""
        return Locator.parse(self.facts.record).has("row", "entry")

    @property
    def place(self) -> tuple[str, str]:
        """Its asset."""
        return self.facts.source, self.facts.asset


@dataclass(frozen=True, slots=True)
class Ties:
    """All records."""

    records: Sequence[Tied]
    threads: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Thread → its records."""
    assets: Mapping[tuple[str, str], Sequence[int]] = field(default_factory=dict)

    def outwards(self, record: Tied) -> Iterator[Tied]:
        """Give what a record stands in, the nearest first."""
        outer = record.outer
        while outer is not None:
            record = self.records[outer]
            yield record
            outer = record.outer

    def owners(self, record: Tied) -> Iterator[Tied]:
        """Give the rows that a record belongs to, and theirs, the nearest first."""
        seen = {record.number}
        waiting = list(record.owners)
        while waiting:
            number = waiting.pop(0)
            if number not in seen:
                seen.add(number)
                owner = self.records[number]
                yield owner
                waiting.extend(owner.owners)


def tied(facts: Iterable[RecordFacts]) -> Ties:
    """Number the records and tie them together."""
    records = [Tied(number, each) for number, each in enumerate(facts)]
    assets: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    things: dict[str, int] = {}
    for each in records:
        assets[each.place].append(each.number)
        for link in each.facts.links:
            if link.kind is ReferenceKind.IS:
                things.setdefault(link.key, each.number)
    for numbers in assets.values():
        _nest([records[number] for number in numbers])
        _lend_path([records[number] for number in numbers])
    for each in records:
        owners = [
            things[link.key]
            for link in each.facts.links
            if link.kind is ReferenceKind.BELONGS and link.key in things
        ]
        each.owners = tuple(number for number in dict.fromkeys(owners) if number != each.number)
        for number in each.owners:
            records[number].owned.append(each.number)
    _miss(records, things)
    return Ties(records, _threads(records), assets)


def _miss(records: Sequence[Tied], things: Mapping[str, int]) -> None:
    """Mark who is not in the recruiting system, where most others of the same table are."""
    claims: defaultdict[tuple[str, str], list[tuple[Tied, bool]]] = defaultdict(list)
    for each in records:
        for link in each.facts.links:
            if link.kind is ReferenceKind.CLAIMS:
                claims[each.place].append((each, link.key in things))
    for rows in claims.values():
        known = sum(is_known for _, is_known in rows)
        for row, is_known in rows:
            row.is_missing = not is_known and known > _FEWEST_KNOWN * len(rows)


def _threads(records: Sequence[Tied]) -> Mapping[int, Sequence[int]]:
    """Put mails together that answer each other, whether or not what they answer is there."""
    known: Groups[str] = Groups()
    first: dict[int, str] = {}
    for each in records:
        answers = [link.key for link in each.facts.links if link.kind is ReferenceKind.ANSWERS]
        for one, other in pairwise(answers):
            known.join(one, other)
        if answers:
            first[each.number] = answers[0]
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, key in first.items():
        members[known.root(key)].append(number)
    grouped = dict(enumerate(members.values()))
    for thread, numbers in grouped.items():
        for number in numbers:
            records[number].thread = thread
    return grouped


def _lend_path(records: Sequence[Tied]) -> None:
    """Let rows that say nothing of their own stand where their asset does."""
    path = next((each.facts.path for each in records if not each.facts.record), ())
    for each in records:
        if path and not each.facts.path:
            each.facts = replace(each.facts, path=path)


def _nest(records: Sequence[Tied]) -> None:
    """Say which of an asset's records stand in which."""
    by_record = {each.facts.record: each for each in records}
    for each in records:
        place = Locator.parse(each.facts.record)
        if not place.has("part"):
            continue
        outer = place
        while outer:
            outer = outer.outer
            found = by_record.get(str(outer))
            if found is not None:
                each.outer = found.number
                break
