"""Sort more than memory holds: in sorted runs, which wait in a file that nobody else can open."""

import heapq
import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, Generic, Self, TypeVar

_Entry = TypeVar("_Entry")

MOST = 5_000
"""Entries held at once while they are sorted."""
BLOCK = 50
"""Entries of one run held at once while the runs are merged."""


class Spool(Collection[_Entry], Generic[_Entry]):
    """Entries in their order, to be read as often as one likes. Close it, or use it in a `with`."""

    def __init__(
        self, entries: Iterable[_Entry], key: Callable[[_Entry], Any], *, most: int = MOST
    ) -> None:
        self._key = key
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the spool
        self._runs: list[list[int]] = []
        self._last: list[_Entry] = []
        self._length = 0
        try:
            self._fill(iter(entries), most)
        except BaseException:
            self._file.close()
            raise

    def _fill(self, rest: Iterator[_Entry], most: int) -> None:
        while chunk := sorted(islice(rest, most), key=self._key):
            self._length += len(chunk)
            if self._last:
                self._runs.append(self._written(self._last))
            self._last = chunk

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[_Entry]:
        return heapq.merge(*map(self._read, self._runs), self._last, key=self._key)

    def __contains__(self, entry: object) -> bool:
        return any(each == entry for each in self)

    def _written(self, chunk: Sequence[_Entry]) -> list[int]:
        places = []
        for start in range(0, len(chunk), BLOCK):
            places.append(self._file.seek(0, 2))
            pickle.dump(chunk[start : start + BLOCK], self._file, pickle.HIGHEST_PROTOCOL)
        return places

    def _read(self, places: Iterable[int]) -> Iterator[_Entry]:
        for place in places:
            self._file.seek(place)
            yield from pickle.load(self._file)  # noqa: S301 - written above, by this process
