"""Compare what `kartta clock` and the catalog say with the truth of a company."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from math import comb
from pathlib import Path
from typing import Any

from bench.companies.world import TODAY, Copy, Truth

Line = Mapping[str, Any]
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A copy of which something else is said than is true."""

    copy: Copy
    line: Line | None

    def __str__(self) -> str:
        """Give it in one line, for who looks for the cause."""
        keys = " ".join(each.key for each in self.copy.candidacies)
        line = self.line or {}
        said = f"{line.get('state', 'nothing')} {line.get('due') or ''}"
        why = f"{line.get('anchor_kind') or ''} {line.get('anchor_evidence') or ''}"
        why = f"{why.strip()} {line.get('reason') or ''}".strip()
        true = f"{self.copy.state.name} {self.copy.state.due or ''}"
        return f"{'/'.join(self.copy.place)} [{keys}] is {true}, said {said} ({why})"


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many."""

    part: int
    whole: int

    @property
    def share(self) -> float:
        """Give the ratio; 1 of nothing."""
        return self.part / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        """Give it for a table."""
        return f"{self.part}/{self.whole} = {self.share:.3f}"


@dataclass(slots=True)
class Score:
    """How well a company was read."""

    states: Ratio
    precision: Ratio
    """Of pairs of copies said to be one person's."""
    recall: Ratio
    notices_found: Ratio
    notices_right: Ratio
    decoys: Ratio
    wrong: Sequence[Wrong] = field(default_factory=list)
    missed: Sequence[str] = field(default_factory=list)
    invented: Sequence[str] = field(default_factory=list)


def score(truth: Truth, lines: Sequence[Line], catalog: Path) -> Score:
    """Compare."""
    found = _matched(truth.copies, lines)
    wrong = [Wrong(copy, line) for copy, line in found if not _is_right(copy, line)]
    told = _told(catalog) & truth.letters
    linked = {(line["source"], line["asset"]) for line in lines}
    precision, recall = _pairs(found)
    return Score(
        Ratio(len(found) - len(wrong), len(found)),
        precision,
        recall,
        Ratio(len(told & truth.notices), len(truth.notices)),
        Ratio(len(told & truth.notices), len(told)),
        Ratio(len(truth.decoys & linked), len(truth.decoys)),
        wrong,
        ["/".join(each) for each in sorted(truth.notices - told)],
        ["/".join(each) for each in sorted(told - truth.notices)],
    )


def _matched(copies: Sequence[Copy], lines: Sequence[Line]) -> list[tuple[Copy, Line | None]]:
    """Give each copy its line; where a place has several people, the one of its person."""
    said: defaultdict[Place, list[Line]] = defaultdict(list)
    for line in lines:
        said[line["source"], line["asset"], line["locator"]].append(line)
    true: defaultdict[Place, list[Copy]] = defaultdict(list)
    for copy in copies:
        true[copy.place].append(copy)
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for place, here in true.items():
        if len(here) == 1 and len(said[place]) == 1:
            votes[said[place][0]["person"]][here[0].who] += 1
    who = {person: count.most_common(1)[0][0] for person, count in votes.items()}
    found: list[tuple[Copy, Line | None]] = []
    for place, here in true.items():
        there = said[place]
        if len(here) == 1 and len(there) == 1:
            found.append((here[0], there[0]))
            continue
        for copy in here:
            fitting = (line for line in there if who.get(line["person"]) == copy.who)
            found.append((copy, next(fitting, None)))
    return found


def _is_right(copy: Copy, line: Line | None) -> bool:
    if line is None or line["state"] != copy.state.name:
        return False
    due = copy.state.due
    if due is None:
        return True
    return bool(line["due"] == due.isoformat())


def _pairs(found: Iterable[tuple[Copy, Line | None]]) -> tuple[Ratio, Ratio]:
    both: Counter[tuple[str, str]] = Counter()
    true: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for copy, line in found:
        true[copy.who] += 1
        if line is not None:
            said[line["person"]] += 1
            both[copy.who, line["person"]] += 1
    right = sum(comb(number, 2) for number in both.values())
    return (
        Ratio(right, sum(comb(number, 2) for number in said.values())),
        Ratio(right, sum(comb(number, 2) for number in true.values())),
    )


def _told(catalog: Path) -> set[tuple[str, str]]:
    """Give the assets that the product takes for letters that tell."""
    with closing(sqlite3.connect(catalog)) as connection:
        rows = connection.execute(
            "SELECT DISTINCT a.source_id, a.path FROM milestones m JOIN assets a"
            " ON a.id = m.asset_id WHERE m.kind = 'told'"
        ).fetchall()
    return {(str(source), str(path)) for source, path in rows}


def read(text: str) -> Sequence[Line]:
    """Read what `kartta clock --format jsonl` prints."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def row(title: str, copies: int, found: Score, given: Score, seconds: float) -> str:
    """Give a row of the table."""
    cells = (
        title, copies, found.states, given.states, found.precision, found.recall,
        found.notices_found, found.notices_right, found.decoys, f"{seconds:.0f}",
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


HEAD = (
    "| company | copies | states right | with letters given | pairs: precision | pairs: recall"
    " | notices found | taken for notices that are | decoys linked | s |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)
DAY = TODAY.isoformat()
