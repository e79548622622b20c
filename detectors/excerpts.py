"""The text around a place, for the eyes of one reader: what was recognized in it can be masked.

An excerpt holds scanned text. It is printed and let go, and never stored.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from detectors.analyse import Analyser
from detectors.bullets import HIDDEN
from detectors.columns import record_at
from detectors.hits import Lines
from scanner.locator import Locator
from scanner.model import Detection, Segment

MOST_HITS = 50
"""Marked in one excerpt."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in a line."""

    text: str = field(repr=False)
    mask: str | None = None
    """What is shown in its place; None where nothing was recognized."""
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a row of a table's column."""

    name: str
    """Its number in the text, or the row; empty where nobody counts."""
    pieces: tuple[Piece, ...]

    @property
    def is_hit(self) -> bool:
        """Whether what is looked for stands here."""
        return any(piece.is_hit for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands at a place."""

    place: Locator
    """Of its first hit, as it is stored."""
    label: str = field(repr=False)
    """What speaks about the text: a column's or a header's name."""
    entities: tuple[str, ...]
    lines: tuple[Line, ...]


class _Nearness(IntEnum):
    """How well a hit answers to the place that is looked for."""

    ELSEWHERE = 0
    SAME_PART = 1
    """The text has moved since."""
    SAME_LINE = 2
    INSIDE = 3
    EXACT = 4


@dataclass(slots=True)
class _Seen:
    """The best that was seen of one place so far."""

    nearness: _Nearness = _Nearness.ELSEWHERE
    excerpt: Excerpt | None = None


def excerpts(
    analyser: Analyser,
    segments: Iterable[Segment],
    asset: str,
    places: Sequence[Locator],
    around: int,
) -> tuple[tuple[Excerpt | None, bool], ...]:
    """Read an asset, and give for each place the excerpt and whether it is the place itself.

    Where the text has changed the nearest hit in the same part stands for it; None where nothing is
    recognized there any more. `around` is the number of lines before and after.
    """
    seen = [_Seen() for _ in places]
    for segment, before, found in _grouped(analyser, segments, asset):
        for place, best in zip(places, seen, strict=True):
            near = [(_nearness(where, place), where, each) for where, each in found]
            nearest = max(nearness for nearness, _, _ in near)
            if nearest > best.nearness:
                hits = [(where, each) for nearness, where, each in near if nearness is nearest]
                best.nearness = nearest
                best.excerpt = _excerpt(segment, before, [one for _, one in found], hits, around)
    return tuple((best.excerpt, best.nearness >= _Nearness.INSIDE) for best in seen)


def _grouped(
    analyser: Analyser, segments: Iterable[Segment], asset: str
) -> Iterator[tuple[Segment, int | None, list[tuple[Locator, Detection]]]]:
    """Give each segment in which something is, the lines before it, and what stands where."""
    waiting: deque[Segment] = deque()
    lines = Lines()
    current: Segment | None = None
    found: list[tuple[Locator, Detection]] = []

    def passed() -> Iterator[Segment]:
        for segment in segments:
            waiting.append(segment)
            yield segment

    stored = before = None
    for segment, detection in analyser.detect(passed(), asset):
        if segment is not current:
            if current is not None:
                yield current, before, found
            while (entered := waiting.popleft()) is not segment:
                lines.enter(_stored(analyser, entered))
            current, found, stored = segment, [], _stored(analyser, segment)
            lines.enter(stored)
            before = lines.before
        if stored is not None:
            found.append((analyser.place(lines.place(stored, detection)), detection))
    if current is not None:
        yield current, before, found


def _stored(analyser: Analyser, segment: Segment) -> Segment:
    headings = analyser.headings
    return replace(
        segment, label=headings.shown(segment.label), locator=headings.place(segment.locator)
    )


def _nearness(where: Locator, place: Locator) -> _Nearness:
    if where == place:
        return _Nearness.EXACT
    if where.steps[: len(place.steps)] == place.steps:
        return _Nearness.INSIDE
    if where.without("offset") == place.without("offset"):
        return _Nearness.SAME_LINE
    loose = where.without("offset", "line", "row", "rows")
    if loose == place.without("offset", "line", "row", "rows"):
        return _Nearness.SAME_PART
    return _Nearness.ELSEWHERE


def _excerpt(
    segment: Segment,
    before: int | None,
    found: Sequence[Detection],
    hits: Sequence[tuple[Locator, Detection]],
    around: int,
) -> Excerpt:
    first = hits[0][1]
    marked = {id(each) for _, each in hits[:MOST_HITS]}
    rows = _rows(segment.text)
    at = next(number for number, (_, end) in enumerate(rows) if first.start <= end)
    shown = range(max(at - around, 0), min(at + around + 1, len(rows)))
    return Excerpt(
        hits[0][0],
        segment.label,
        tuple(dict.fromkeys(each.entity for _, each in hits[:MOST_HITS])),
        tuple(
            Line(
                _name(segment, before, number, rows[number][0]),
                tuple(_pieces(segment.text, *rows[number], found, marked)),
            )
            for number in shown
        ),
    )


def _rows(text: str) -> list[tuple[int, int]]:
    """Give begin and end of each line, without its break."""
    rows, start = [], 0
    for line in text.split("\n"):
        rows.append((start, start + len(line.removesuffix("\r"))))
        start += len(line) + 1
    return rows


def _name(segment: Segment, before: int | None, number: int, start: int) -> str:
    if segment.records:
        last = Locator.parse(record_at(segment, start)).last
        return last.name if last else ""
    return "" if segment.label or before is None else str(before + number + 1)


def _pieces(
    text: str, start: int, end: int, found: Sequence[Detection], marked: set[int]
) -> Iterator[Piece]:
    at = start
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        first, last = max(each.start, at), min(each.end, end)
        if first >= last:
            continue
        if at < first:
            yield Piece(text[at:first])
        mask = each.mask if each.start >= start else HIDDEN
        yield Piece(text[first:last], mask, id(each) in marked)
        at = last
    if at < end:
        yield Piece(text[at:end])
