"""Names of people and places by a small statistical model that ships with the product.

A conditional random field (`crf`) reads the words, their shapes, their neighbours, their likeness
to names and what the rest of the text says of them; `tools/names` trains it. Columns and headers
that say that they hold names are believed without it. Where a user's spaCy pipeline reads a
language, the model leaves that language to it.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from detectors.base import Span
from detectors.language import guess_language
from detectors.names import crf
from detectors.names.features import stem_of, word_of
from detectors.names.forms import look_up, name_value
from detectors.names.lexicon import labelled_names, span_of
from detectors.names.lower import with_capitals
from detectors.names.tidy import is_other, trimmed, with_surname
from detectors.names.tokens import SPACE, UPPER, Token, runs_of
from scanner.model import Segment

_CALIBRATION = "calibration.json"
_CAPITAL = re.compile(rf"[{UPPER}]")
_ENTITIES = {"PER": "PERSON", "LOC": "LOCATION"}
_ALIASES = {"nb": "no", "nn": "no"}
_SHORTEST = 3
_SURE = 0.8
"""From here on a name's words are names in the whole text."""
_PROBABLE = 0.01
"""What the model must grant a word that is a name elsewhere in the text."""
_NO_PERSONS = frozenset({"O", "B-LOC", "B-ORG"})
_REPEATED = 0.7
_LIKELY = 0.5
"""What it must grant a word that the most probable reading leaves out."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name that the model sees: tokens of a run, and how probable it holds it to be."""

    run: int
    first: int
    last: int
    kind: str
    probability: float


class NameModel:
    """PERSON and LOCATION by the model and by labels."""

    name = "names.model"
    entities = frozenset({"PERSON", "LOCATION"})

    def __init__(self, elsewhere: Sequence[str] = ()) -> None:
        self._elsewhere = frozenset(_ALIASES.get(language, language) for language in elsewhere)

    def recognize(self, segments: Sequence[Segment]) -> Iterator[Span]:
        """Look at each segment by itself; labels are believed."""
        read: list[int] = []
        for index, segment in enumerate(segments):
            labelled = [span_of(index, name) for name in labelled_names(segment)]
            yield from labelled
            if not labelled and _may_hold_names(segment.text) and not self._is_elsewhere(segment):
                read.append(index)
        texts = [[with_capitals(run) for run in runs_of(segments[index].text)] for index in read]
        for index, runs, found in zip(read, texts, sightings(texts), strict=True):
            yield from _spans_of(index, runs, found)

    def _is_elsewhere(self, segment: Segment) -> bool:
        return bool(self._elsewhere) and guess_language(segment.text) in self._elsewhere


def sightings(
    texts: Sequence[Sequence[Sequence[Token]]], kinds: frozenset[str] = frozenset(_ENTITIES)
) -> list[list[Sighting]]:
    """Give what the model sees in each text's runs, repetitions of sure names included."""
    return [
        [each for each in _seen(runs, readings) if each.kind in kinds]
        for runs, readings in zip(texts, crf.read(texts), strict=True)
    ]


def _seen(runs: Sequence[Sequence[Token]], readings: Sequence[crf.Reading]) -> list[Sighting]:
    seen: list[Sighting] = []
    free: list[Sighting] = []
    column = {label: at for at, label in enumerate(crf.labels())}
    persons = [column["B-PER"], column["I-PER"]]
    for number, (run, (tags, chances)) in enumerate(zip(runs, readings, strict=True)):
        for first, last, kind in _spans(tags):
            kept = trimmed(run, first, last)
            if kept is not None:
                least = min(float(chances[at, column[tags[at]]]) for at in range(first, last + 1))
                seen.append(Sighting(number, *kept, kind, least))
        chance = chances[:, persons].sum(axis=1)
        free += [
            Sighting(number, at, at, "PER" if tags[at] == "O" else tags[at][2:], float(chance[at]))
            for at in np.flatnonzero(chance >= _PROBABLE).tolist()
            if tags[at] in _NO_PERSONS and _may_be_name(run[at].text)
        ]
    seen += _among(free, runs, _stems_of_sure(seen, runs))
    return _joined(seen, runs)


def _may_hold_names(text: str) -> bool:
    """Say whether a text has a capital, or is a sentence without any."""
    return _CAPITAL.search(text) is not None or text.count(" ") > 1


def _spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Give the first and last token and the kind of each name in IOB2."""
    first = 0
    for at in range(1, len(tags) + 1):
        if at == len(tags) or tags[at] != "I-" + tags[first][2:] or tags[first] == "O":
            if tags[first] != "O":
                yield first, at - 1, tags[first][2:]
            first = at


def _may_be_name(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0].isupper() and word_of(word).kind in "CA"


def _stems_of_sure(seen: Sequence[Sighting], runs: Sequence[Sequence[Token]]) -> set[str]:
    return {
        word_of(token.text).stem
        for each in seen
        if each.kind == "PER" and each.probability >= _SURE
        for token in runs[each.run][each.first : each.last + 1]
        if len(token.text) >= _SHORTEST and token.text[0].isupper()
    }


def _among(
    free: Sequence[Sighting], runs: Sequence[Sequence[Token]], sure: set[str]
) -> Iterator[Sighting]:
    """Give the words left out that are names elsewhere in the text, or likely by themselves."""
    for each in free:
        word = runs[each.run][each.first].text
        if word_of(word).stem in sure and not (each.kind == "LOC" and look_up(word).local):
            yield replace(each, kind="PER", probability=max(each.probability, _REPEATED))
        elif each.kind == "PER" and each.probability >= _LIKELY:
            yield each


def _joined(seen: Sequence[Sighting], runs: Sequence[Sequence[Token]]) -> list[Sighting]:
    """Join the parts of a name, and leave out what the neighbours say is no person."""
    joined: list[Sighting] = []
    for each in sorted(seen, key=lambda each: (each.run, each.first)):
        run = runs[each.run]
        if each.kind != "PER":
            joined.append(each)
            continue
        first = with_surname(run, each.first, each.last)
        probability = each.probability
        if joined and joined[-1].run == each.run:
            other = joined[-1]
            touches = other.last + 1 == first and run[first].gap == SPACE
            if other.last >= first or (other.kind == "PER" and touches):
                joined.pop()
                first = min(first, other.first)
                probability = min(probability, other.probability)
        joined.append(Sighting(each.run, first, each.last, "PER", probability))
    return [
        each
        for each in joined
        if each.kind != "PER" or not is_other(runs[each.run], each.first, each.last)
    ]


def _spans_of(
    index: int, runs: Sequence[Sequence[Token]], seen: Sequence[Sighting]
) -> Iterator[Span]:
    forms = _forms(runs, seen)
    for each in seen:
        tokens = runs[each.run][each.first : each.last + 1]
        person = each.kind == "PER"
        yield Span(
            segment=index,
            entity=_ENTITIES[each.kind],
            start=tokens[0].start,
            end=tokens[-1].end,
            confidence=calibrated(each.kind, each.probability),
            codes=("name_model",),
            value=name_value([_base(token.text, forms) for token in tokens]) if person else "",
        )


def calibrated(kind: str, probability: float) -> float:
    """Turn the model's probability into the share of such sightings that were right."""
    points = _calibration()[kind]
    at = bisect_right(points, (probability, 1.0))
    if at == 0:
        return points[0][1]
    if at == len(points):
        return points[-1][1]
    (low, low_share), (high, high_share) = points[at - 1], points[at]
    return low_share + (high_share - low_share) * (probability - low) / (high - low)


def _forms(runs: Sequence[Sequence[Token]], seen: Sequence[Sighting]) -> dict[str, str]:
    """Give the shortest form of each stem among the names of a text."""
    forms: dict[str, str] = {}
    for each in seen:
        for token in runs[each.run][each.first : each.last + 1]:
            lower = token.text.casefold()
            stem = stem_of(lower)
            if stem not in forms or len(lower) < len(forms[stem]):
                forms[stem] = lower
    return forms


def _base(word: str, forms: dict[str, str]) -> str:
    """Give the nominative as far as lists and the text tell it."""
    listed = look_up(word)
    if listed.base:
        return listed.base
    lower = word.casefold()
    short = forms.get(stem_of(lower), lower)
    return short if lower.startswith(short) else lower


@cache
def _calibration() -> dict[str, list[tuple[float, float]]]:
    text = files("detectors.names").joinpath(_CALIBRATION).read_text("utf-8")
    return {
        kind: [(float(raw), float(share)) for raw, share in points]
        for kind, points in json.loads(text).items()
    }
