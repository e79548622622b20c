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
from dataclasses import dataclass, replace
from functools import cache

from detectors.base import Span
from detectors.special.judge import Doubt, Mention, judged
from detectors.special.lexicon import Term, Topic, lexicon
from detectors.special.triggers import Triggers
from detectors.special.weigh import (
    FEW,
    HOPELESS,
    Company,
    Sighting,
    company,
    weighed,
    weight_of_sentence,
)
from scanner.locator import WHOLE
from scanner.model import Segment

_CLOSE = 40
"""Characters between two statements of one kind in one sentence that are taken for one."""
_END = re.compile(r"[.!?;]\s|\n")
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
    topics: tuple[Topic, ...]
    """Words of which the letters are all that is written."""

    def matches(self, text: str, end: int) -> Iterator[tuple[Term, int, int]]:
        """Give the phrases around the letters that end there, and where they stand."""
        start = max(0, end - self.length)
        for topic in self.topics:
            place = topic.place(text, start)
            if place is not None:
                yield topic.term, *place
        for term in self.begun:
            found = term.pattern.match(text, start)
            if found is not None:
                yield term, *found.span()
        low = max(0, start - _REACH)
        word = start - len(text[low:start].rpartition(" ")[2])
        for first, terms in ((word, self.words), (low, self.around)):
            for term in terms:
                for found in term.pattern.finditer(text, first, end + _REACH):
                    if found.start() >= end:
                        break
                    if start < found.end():
                        yield term, *found.span()


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
        """Give the statements of each segment; those of one entity that are close, as one."""
        for number, segment in enumerate(segments):
            spans = set(self._stated(number, segment.text))
            for together in _together(sorted(spans, key=_place), segment.text):
                best = min(together, key=_rank)
                end = max(each.end for each in together)
                yield replace(best, start=together[0].start, end=end)

    def sightings(
        self, text: str, *, least: float = HOPELESS
    ) -> Iterator[tuple[Sighting, Company]]:
        """Give what may state a fact, with what else its sentence holds.

        Sentences that weigh less than `least` are passed over.
        """
        by_sentence: dict[tuple[object, ...], list[Mention]] = {}
        known: set[tuple[object, ...]] = set()
        for term, start, end in self._matches(text):
            said = term.phrase if term.manner == "states" else term.manner
            place = (term.entity, term.family, said, start, end)
            if place in known:
                continue  # another spelling of the same word, and judged alike
            known.add(place)
            mention = Mention(term, text, start, end)
            by_sentence.setdefault((*mention.bounds, term.family), []).append(mention)
        doubt = Doubt()
        for mentions in by_sentence.values():
            shared, words = weight_of_sentence(mentions[0])
            hopeless = shared < least and words >= FEW
            sightings = [
                Sighting(mention, judged(mention))
                for mention in mentions
                if not (hopeless and mention.is_mere_topic) and not doubt.excludes(mention)
            ]
            around = company(sightings, shared, words)
            for sighting in sightings:
                yield sighting, around

    def _stated(self, number: int, text: str) -> Iterator[Span]:
        for sighting, around in self.sightings(text):
            evidence = weighed(sighting, around)
            if evidence is not None:
                yield Span(number, *sighting.place, evidence.confidence, evidence.codes)

    def _matches(self, text: str) -> Iterator[tuple[Term, int, int]]:
        """Give each phrase at each place at which its letters stand, once."""
        triggers, meanings = _triggers(use_hyperscan=self._use_hyperscan)
        seen: set[tuple[Term, int]] = set()
        for end, number in triggers.found(text):
            for term, start, stop in meanings[number].matches(text, end):
                if (term, start) not in seen:
                    seen.add((term, start))
                    yield term, start, stop


def is_valid(text: str) -> bool:
    """Say whether a text states such a fact about a person.

    >>> is_valid("Olen sairauslomalla."), is_valid("En ole sairauslomalla.")
    (True, False)
    """
    return any(SpecialCategories().recognize([Segment(WHOLE, text)]))


@cache
def _triggers(*, use_hyperscan: bool) -> tuple[Triggers, tuple[_Trigger, ...]]:
    """Build the pass from the lexicon, once a process."""
    found: dict[bytes, tuple[list[Term], list[Term], list[Term], list[Topic]]] = {}
    for anchor, term in lexicon().terms:
        begun, words, around, topics = found.setdefault(anchor.literal, ([], [], [], []))
        if (topic := Topic.of(term)) is not None:
            topics.append(topic)
        elif anchor.begins_phrase:
            begun.append(term)
        else:
            (words if term.is_word else around).append(term)
    meanings = tuple(
        _Trigger(len(literal.lstrip()), *(tuple(each) for each in kinds))  # type: ignore[arg-type]
        for literal, kinds in found.items()
    )
    return Triggers(list(found), use_hyperscan=use_hyperscan), meanings


def joined(places: Iterable[tuple[str, int, int]], text: str) -> list[tuple[str, int, int]]:
    """Join places of one entity that overlap or follow each other closely in one sentence.

    >>> joined([("HEALTH", 0, 5), ("HEALTH", 10, 14)], "ill, and sick.")
    [('HEALTH', 0, 14)]
    """
    spans = sorted((Span(0, *place, 0.0, ()) for place in places), key=_place)
    return [
        (together[0].entity, together[0].start, max(each.end for each in together))
        for together in _together(spans, text)
    ]


def _together(spans: Iterable[Span], text: str) -> Iterator[list[Span]]:
    """Put together spans of one entity, in order, that overlap or are close."""
    together: list[Span] = []
    reach = 0
    for span in spans:
        if together and (
            span.entity != together[-1].entity or not _is_close(text, reach, span.start)
        ):
            yield together
            together, reach = [], 0
        together.append(span)
        reach = max(reach, span.end)
    if together:
        yield together


def _is_close(text: str, end: int, start: int) -> bool:
    """Say whether little lies between, and no end of a sentence."""
    return start <= end + _CLOSE and not _END.search(text, end, start)


def _place(span: Span) -> tuple[str, int, int]:
    return span.entity, span.start, span.end


def _rank(span: Span) -> tuple[object, ...]:
    return (-span.confidence, span.start - span.end, span.start, span.entity, span.codes)
