"""Values of a tree (JSON, XML) grouped by their path, so that a key speaks for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from scanner.extract.base import SEGMENT_CHARACTERS, segments
from scanner.extract.table import is_name
from scanner.locator import Locator
from scanner.model import Segment

MAX_PATHS = 2_000
"""Beyond this many at once, the collected are given out: a tree may have a path for each value."""


@dataclass(slots=True)
class _Group:
    values: list[str] = field(default_factory=list)
    records: list[tuple[int, str]] = field(default_factory=list)
    length: int = 0


@dataclass(slots=True)
class Grouped:
    """Collects values and gives them out, one segment for a path, when there are many."""

    locator: Locator
    _groups: dict[tuple[str, str], _Group] = field(default_factory=dict)

    def add(self, path: str, label: str, value: str, record: str) -> Iterator[Segment]:
        """Take one value; give a path's values out when they fill a segment.

        Keys that are data themselves (`{"aino@example.org": …}`) never get here: see `shown`.
        """
        if not value or value.isspace():
            return
        if len(value) > SEGMENT_CHARACTERS:
            group = _Group([value], [(0, record)] if record else [])
            yield from self._segments(path, label, group)
            return
        if len(self._groups) >= MAX_PATHS and (path, label) not in self._groups:
            yield from self.flush()
        group = self._groups.setdefault((path, label), _Group())
        if record and (not group.records or group.records[-1][1] != record):
            group.records.append((group.length, record))
        group.values.append(value)
        group.length += len(value) + 1
        if group.length > SEGMENT_CHARACTERS:
            del self._groups[path, label]
            yield from self._segments(path, label, group)

    def flush(self) -> Iterator[Segment]:
        """Give out everything collected."""
        for (path, label), group in self._groups.items():
            yield from self._segments(path, label, group)
        self._groups.clear()

    def _segments(self, path: str, label: str, group: _Group) -> Iterator[Segment]:
        place = self.locator.then("path", path) if path else self.locator
        text = "\n".join(group.values)
        if group.records and len(group.values) > 1:
            yield Segment(place, text, label, tuple(group.records))
        elif group.records:
            for piece in segments(text, place, label):
                yield Segment(place, piece.text, label, ((0, group.records[0][1]),), piece.offset)
        else:
            yield from segments(text, place, label)


@lru_cache(maxsize=4096)
def shown(key: str) -> str:
    """Give a key as it may stand in a path: `*` for one that is data itself."""
    return key if is_name(key) else "*"
