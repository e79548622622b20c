"""Columns of tables: the heading and all values together say more than one value does.

A telephone number in one of a hundred customer numbers is chance; in ninety of a hundred values it
is what the column holds. For each column and entity the share of matching values is counted, with
its Wilson bounds at 95 %, and the confidence of the column's sightings follows from the bound and
the heading. Columns of prose are left to what was seen in each text.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import sqrt

from detectors.candidate import SURE
from detectors.labels import Meaning, meaning_of
from detectors.names.forms import look_up
from detectors.registry import cards
from detectors.taxonomy import taxonomy
from scanner.locator import Locator
from scanner.model import Detection, Segment, Sighting

RECOGNIZER = "columns"

_Z = 1.96
_WHOLE = 0.6
"""A value matches if so much of it is covered."""
_PROSE = 60
"""Columns whose values are longer on average hold prose."""
_RAISES_WITH_LABEL = 0.3
_RAISES = 0.5
"""Lower bounds of the share from which a column is what its values are."""
_STRAY = 0.1
"""Upper bound of the share below which matches are chance."""
_FEW = 20
"""With fewer values nothing is lowered."""
_LOSS = 0.5
_SHAPED = 0.6
_CONCLUSIVE = 0.97
_HIGHEST = 0.99
_MOST_NAME_WORDS = 4
_NAME = re.compile(r"[^\W\d_][^\d@:;/]{1,60}")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a column's values match, and how surely."""

    matching: int
    sample: int
    """Values that were looked at; empty ones do not count."""

    @property
    def share(self) -> float:
        """Give the share seen; 0 of nothing."""
        return self.matching / self.sample if self.sample else 0.0

    @property
    def at_least(self) -> float:
        """Give the lower bound of the share, at 95 % (Wilson)."""
        return min(_wilson(self.matching, self.sample, -1), self.share)

    @property
    def at_most(self) -> float:
        """Give the upper bound of the share, at 95 % (Wilson)."""
        return max(_wilson(self.matching, self.sample, 1), self.share)


@dataclass(slots=True)
class _Column:
    """What one column gave so far."""

    meaning: Meaning
    label: str
    values: int = 0
    characters: int = 0
    matching: dict[str, int] = field(default_factory=dict)
    shaped: dict[str, int] = field(default_factory=dict)
    """Values that look like the heading's entity and were not detected."""
    known_names: int = 0


class Columns:
    """The columns of one asset. Holds counts only, and lives as long as the asset is read."""

    def __init__(self) -> None:
        self._columns: dict[Locator, _Column] = {}

    def add(self, segment: Segment, detections: Iterable[Detection]) -> None:
        """Count the values of one batch of rows; a segment that is no column is left alone."""
        place = column_of(segment)
        if place is None:
            return
        column = self._columns.get(place)
        if column is None:
            meaning = meaning_of(segment.label)
            column = self._columns[place] = _Column(meaning, segment.label)
        starts = [offset for offset, _ in segment.records]
        column.values += len(starts)
        column.characters += len(segment.text) - len(starts) + 1
        matched: dict[str, set[int]] = {}
        for detection in detections:
            index = bisect_right(starts, detection.start) - 1
            length = len(_value(segment, starts, index).strip())
            if index >= 0 and detection.end - detection.start >= _WHOLE * length:
                matched.setdefault(detection.entity, set()).add(index)
        for entity, indexes in matched.items():
            column.matching[entity] = column.matching.get(entity, 0) + len(indexes)
        self._look_at_values(column, segment, starts, matched)

    def share(self, place: Locator, entity: str) -> Share:
        """Give the share of a column's values that are of an entity."""
        column = self._columns[place]
        matching = column.matching.get(entity, 0) + column.shaped.get(entity, 0)
        return Share(min(matching, column.values), column.values)

    def confidence(self, place: Locator, entity: str, found: float) -> float:
        """Judge the confidence of what was found in a column by all of the column."""
        column = self._columns[place]
        share = self.share(place, entity)
        if column.characters > _PROSE * column.values:
            return found
        if entity == "PERSON" and _holds_other_names(column):
            return found * _LOSS * _LOSS
        if column.meaning.speaks_for(entity):
            if share.at_least >= _RAISES_WITH_LABEL:
                return max(found, min(0.8 + 0.19 * share.at_least, _HIGHEST))
            return found
        if share.at_least >= _RAISES and not column.meaning.speaks_against(entity):
            lowest = _CONCLUSIVE if entity in _strict() else 0.6 + 0.35 * share.at_least
            return max(found, lowest)
        doubtful = share.at_most < _STRAY or (
            column.meaning.speaks_against(entity) and share.at_most < _RAISES
        )
        return found * _LOSS if doubtful and found < SURE and share.sample >= _FEW else found

    def unseen(self) -> Iterator[Sighting]:
        """Give the columns that hold, by heading and form, what no recognizer saw in a value."""
        for place, column in self._columns.items():
            for entity, shaped in column.shaped.items():
                share = self.share(place, entity)
                if not column.matching.get(entity) and share.at_least >= _RAISES:
                    yield Sighting(
                        locator=place,
                        label=column.label,
                        entity=entity,
                        category=taxonomy().category_of(entity),
                        count=shaped,
                        distinct=0,
                        confidence=round(self.confidence(place, entity, _SHAPED), 3),
                        recognizer=RECOGNIZER,
                        evidence=("column", "label"),
                        samples=(),
                        share=round(share.share, 4),
                        share_at_least=round(share.at_least, 4),
                        sample=share.sample,
                    )

    def _look_at_values(
        self, column: _Column, segment: Segment, starts: list[int], matched: dict[str, set[int]]
    ) -> None:
        """Look at values that the heading speaks of and no recognizer saw."""
        for entity, has_shape in _shapes().items():
            if not column.meaning.speaks_for(entity):
                continue
            seen = matched.get(entity, set())
            if entity != "PERSON" and len(seen) == len(starts):
                continue
            for index in range(len(starts)):
                if has_shape(_value(segment, starts, index).strip()):
                    if entity == "PERSON":
                        column.known_names += 1
                    if index not in seen:
                        column.shaped[entity] = column.shaped.get(entity, 0) + 1


def column_of(segment: Segment) -> Locator | None:
    """Give the place of the column that a segment is a batch of; none for other segments."""
    return segment.locator.through("column") if segment.records else None


def record_at(segment: Segment, offset: int) -> str:
    """Name the record in which an offset lies; empty for the whole asset."""
    index = bisect_right(segment.records, offset, key=lambda record: record[0])
    return segment.records[index - 1][1] if index else ""


def _value(segment: Segment, starts: list[int], index: int) -> str:
    end = starts[index + 1] - 1 if index + 1 < len(starts) else len(segment.text)
    return segment.text[starts[index] : end]


def _holds_other_names(column: _Column) -> bool:
    """Say whether "name" is the heading of things: hardly any value holds a name we know."""
    known = Share(min(column.known_names, column.values), column.values)
    return (
        "PERSON" in column.meaning.perhaps
        and "PERSON" not in column.meaning.surely
        and column.values >= _FEW
        and known.at_most < 2 * _STRAY
    )


def _wilson(matching: int, sample: int, side: int) -> float:
    """Give a bound of a share (E. B. Wilson 1927): 0 to 1, and whole for an empty sample."""
    if not sample:
        return 0.0 if side < 0 else 1.0
    share = matching / sample
    middle = share + _Z**2 / (2 * sample)
    reach = _Z * sqrt(share * (1 - share) / sample + _Z**2 / (4 * sample**2))
    return min(max((middle + side * reach) / (1 + _Z**2 / sample), 0.0), 1.0)


def _is_name(value: str) -> bool:
    if not _NAME.fullmatch(value):
        return False
    words = _NAME_WORD.findall(value)
    return 0 < len(words) <= _MOST_NAME_WORDS and any(
        look_up(word.title()).personal for word in words
    )


@cache
def _strict() -> frozenset[str]:
    """Give the entities whose form is so strict that half a column of them is no chance."""
    return frozenset(card.entity for card in cards() if card.is_strict)


@cache
def _shapes() -> Mapping[str, Callable[[str], bool]]:
    """Give the forms of values that count where the heading names the entity."""
    return {"PERSON": _is_name} | {
        card.entity: card.is_shaped for card in cards() if card.is_shaped
    }
