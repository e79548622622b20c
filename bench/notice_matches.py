"""How the facts read from a notice compare with the gold.

Each fact of the gold gets one counterpart at most; the counts are those of the pairs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from bench.notice_facts import By, Fact, words_of

ENOUGH = 0.5
"""Share of the words of the shorter of two quotes that makes them one, on the same line."""
NEARLY_ALL = 0.8
"""The same on other lines."""
STEM = 4
"""Letters at the beginning that two forms of a word share, at least."""
ENDING = 4
"""Letters at the end in which they may differ, at most."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many facts of a topic were read."""

    gold: int = 0
    found: int = 0
    """With a counterpart in what was read."""
    value: int = 0
    """Of these, with the right value."""
    line: int = 0
    """Of these, on the right line too."""
    invented: int = 0
    """Read, and not in the gold."""
    nulls: int = 0
    """What the notice does not say."""
    null_right: int = 0
    """Of these, left open."""

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Match:
    """A fact of the gold with its counterpart, or one side alone."""

    gold: Fact | None
    found: Fact | None

    @property
    def is_right(self) -> bool:
        """Say whether the values agree."""
        if self.gold is None or self.found is None:
            return False
        return _agree(self.gold, self.found)

    @property
    def on_line(self) -> bool:
        """Say whether the evidence stands on a line of the gold."""
        return bool(self.gold and self.found and _shared(self.gold, self.found))


def matches(gold: Iterable[Fact], found: Iterable[Fact]) -> Iterator[Match]:
    """Pair what should be read with what was; the best pairs first, each fact once.

    What was read twice is not invented: a second reading that agrees is left out.
    """
    wanted, read = list(gold), [fact for fact in found if not fact.is_silent]
    pairs = [
        (score, at, to)
        for at, one in enumerate(wanted)
        for to, other in enumerate(read)
        if (score := _likeness(one, other)) > 0
    ]
    taken: set[int] = set()
    paired: dict[int, int] = {}
    for _, at, to in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if at not in paired and to not in taken:
            paired[at] = to
            taken.add(to)
    for at, one in enumerate(wanted):
        yield Match(one, read[paired[at]] if at in paired else None)
    agreeing = {to for _, at, to in pairs if _agree(wanted[at], read[to])}
    for to, other in enumerate(read):
        if to not in taken and to not in agreeing:
            yield Match(None, other)


def score(found: Iterable[Match]) -> Score:
    """Count."""
    return sum(map(_score, found), Score())


def _score(match: Match) -> Score:
    gold, found = match.gold, match.found
    if gold is None:
        return Score(invented=int(found is not None and not found.is_optional))
    if gold.is_silent:
        kept = found is None or found.value is None
        return Score(nulls=1, null_right=int(kept), invented=int(not kept))
    if gold.is_optional:
        return Score()
    right = match.is_right
    empty = int(gold.value is None and found is not None)
    return Score(
        gold=1,
        found=int(found is not None),
        value=int(right),
        line=int(right and match.on_line),
        nulls=empty,
        null_right=empty * int(right),
    )


def _likeness(gold: Fact, found: Fact) -> float:
    """Say how well two facts fit; 0 if they are not about the same."""
    if (gold.topic, gold.kind) != (found.topic, found.kind):
        return 0
    if gold.by is By.KIND:
        base = 1.0
    elif gold.by is By.NAME:
        base = _same_name(gold.name, found.name)
    else:
        base = _same_words(gold, found)
    if base <= 0:
        return 0
    return base + 2 * int(_shared(gold, found)) + int(_agree(gold, found))


def _agree(gold: Fact, found: Fact) -> bool:
    if gold.value is None or found.value is None:
        return gold.value == found.value
    if gold.topic == "controller":
        one, other = sorted((_letters(gold.value), _letters(found.value)), key=len)
        return one in other and 2 * len(one) > len(other)
    return gold.value == found.value


def _shared(gold: Fact, found: Fact) -> bool:
    return bool({line for line, _ in gold.places} & {line for line, _ in found.places})


def _same_words(gold: Fact, found: Fact) -> float:
    best = 0.0
    for line, quote in gold.places:
        for other_line, other_quote in found.places:
            least = ENOUGH if line == other_line else NEARLY_ALL
            overlap = _overlap(words_of(quote), words_of(other_quote))
            best = max(best, overlap if overlap >= least else 0)
    return best


def _same_name(one: str, other: str) -> float:
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return 0
    common = _common(first, second)
    share = common / min(len(first), len(second))
    return common / max(len(first), len(second)) if share > ENOUGH else 0


def _overlap(first: Sequence[str], second: Sequence[str]) -> float:
    shorter, longer = sorted((frozenset(first), frozenset(second)), key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    return sum(any(_same_stem(word, other) for other in second) for word in first)


def _same_stem(word: str, other: str) -> bool:
    """Say whether two words are forms of one: `puhelinnumero`, `puhelinnumerosi`."""
    if word == other:
        return True
    short = min(len(word), len(other))
    same = 0
    while same < short and word[same] == other[same]:
        same += 1
    return same >= max(STEM, max(len(word), len(other)) - ENDING)


def _letters(text: str) -> str:
    return "".join(words_of(text))
