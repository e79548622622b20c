"""Special categories and criminal data, in Finnish, Swedish, Norwegian, Danish and English.

Authority: Articles 9(1) and 10 GDPR; Act on the Protection of Privacy in Working Life 759/2004,
sections 4 to 9 (Finland). The words are ours. Offsets give the smallest phrase that the lexicon
knows; there is no value, since equal phrases do not mean equal persons.

One pass over a text looks for letters of every phrase at once (`triggers`); phrases are looked for
only there, and only what a phrase matches is judged.

Invented examples: "Minulla on diabetes."; "Hun er sykmeldt."; "The drug test was negative."
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from detectors.base import Span
from detectors.special.judge import Mention, judged
from detectors.special.lexicon import Term, lexicon
from detectors.special.triggers import Triggers
from scanner.model import Segment

_REACH = 100
"""Characters on either side of letters of a phrase in which the phrase lies."""


@dataclass(frozen=True, slots=True)
class _Trigger:
    """What letters may be part of."""

    length: int
    begun: tuple[Term, ...]
    """Phrases that begin with the letters."""
    words: tuple[Term, ...]
    """Single words that hold the letters further on."""
    around: tuple[Term, ...]
    """Other phrases that hold them."""

    def matches(self, text: str, end: int) -> Iterator[tuple[Term, re.Match[str]]]:
        """Give the phrases around the letters that end there."""
        start = max(0, end - self.length)
        for term in self.begun:
            found = term.pattern.match(text, start)
            if found is not None:
                yield term, found
        low = max(0, start - _REACH)
        word = start - len(text[low:start].rpartition(" ")[2])
        for first, terms in ((word, self.words), (low, self.around)):
            for term in terms:
                for found in term.pattern.finditer(text, first, end + _REACH):
                    if found.start() >= end:
                        break
                    if start < found.end():
                        yield term, found


class SpecialCategories:
    """Sees statements of special categories. The lexicon is read at the first text."""

    name = "special"

    def __init__(self, *, use_hyperscan: bool = True) -> None:
        self._use_hyperscan = use_hyperscan

    @property
    def entities(self) -> frozenset[str]:
        """Give the entities of the lexicon."""
        return frozenset(term.entity for _, term in lexicon().terms)

    def recognize(self, segments: Sequence[Segment]) -> Iterator[Span]:
        """Give the statements of each segment; of those of one entity that overlap, the best."""
        for number, segment in enumerate(segments):
            spans = set(self._stated(number, segment.text))
            for together in _overlapping(sorted(spans, key=_place)):
                yield min(together, key=_rank)

    def _stated(self, number: int, text: str) -> Iterator[Span]:
        known: set[tuple[object, ...]] = set()
        for term, found in self._matches(text):
            said = term.phrase if term.manner == "states" else term.manner
            place = (term.entity, term.family, said, *found.span())
            if place in known:
                continue  # another spelling of the same word, and judged alike
            known.add(place)
            evidence = judged(Mention(term, text, *found.span()))
            if evidence is not None:
                yield Span(
                    number,
                    term.entity,
                    found.start() if evidence.start is None else evidence.start,
                    found.end() if evidence.end is None else evidence.end,
                    evidence.confidence,
                    evidence.codes,
                )

    def _matches(self, text: str) -> Iterator[tuple[Term, re.Match[str]]]:
        """Give each phrase at each place at which its letters stand, once."""
        triggers, meanings = _triggers(use_hyperscan=self._use_hyperscan)
        seen: set[tuple[Term, int]] = set()
        for end, number in triggers.found(text):
            for term, found in meanings[number].matches(text, end):
                if (term, found.start()) not in seen:
                    seen.add((term, found.start()))
                    yield term, found


def is_valid(text: str) -> bool:
    """Say whether a text states such a fact about a person.

    >>> is_valid("Olen sairauslomalla."), is_valid("En ole sairauslomalla.")
    (True, False)
    """
    return any(SpecialCategories().recognize([Segment((), text)]))


@cache
def _triggers(*, use_hyperscan: bool) -> tuple[Triggers, tuple[_Trigger, ...]]:
    """Build the pass from the lexicon, once a process."""
    found: dict[bytes, tuple[list[Term], list[Term], list[Term]]] = {}
    for anchor, term in lexicon().terms:
        begun, words, around = found.setdefault(anchor.literal, ([], [], []))
        if anchor.begins_phrase:
            begun.append(term)
        else:
            (words if term.is_word else around).append(term)
    meanings = tuple(
        _Trigger(len(literal.lstrip()), tuple(begun), tuple(words), tuple(around))
        for literal, (begun, words, around) in found.items()
    )
    return Triggers(list(found), use_hyperscan=use_hyperscan), meanings


def _overlapping(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Put together spans of one entity, in order, that overlap."""
    together: list[Span] = []
    reach = 0
    for span in spans:
        if together and (span.entity != together[-1].entity or span.start >= reach):
            yield together
            together, reach = [], 0
        together.append(span)
        reach = max(reach, span.end)
    if together:
        yield together


def _place(span: Span) -> tuple[str, int, int]:
    return span.entity, span.start, span.end


def _rank(span: Span) -> tuple[object, ...]:
    return (-span.confidence, span.start - span.end, span.start, span.entity, span.codes)
