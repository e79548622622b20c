"""The one multi-pattern pass over every text.

Hyperscan only says where a pattern may match; Python's `re` decides there. It works on a shadow
of the text with one byte for each character (Latin-1, `?` for the rest), so that offsets need no
conversion. Every match that `re` can find lies inside an interval that hyperscan reported, and
inside an interval `re` takes the same steps as over the whole text: with and without hyperscan the
matches are the same. A test holds us to it.
"""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from detectors.base import PatternRecognizer

if TYPE_CHECKING:
    import hyperscan

FLAGS = re.ASCII | re.IGNORECASE
"""Classes and boundaries mean ASCII, as in hyperscan; `spell_out` adds Ä to ä."""

_LATIN_1_END = 0xFF
_MARGIN = 2
"""Characters behind an interval that `re` may see, so that `\\b` at its end is the true one."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One pattern of one recognizer."""

    recognizer: PatternRecognizer
    pattern: re.Pattern[str]
    expression: bytes
    """The same for hyperscan."""


@dataclass(frozen=True, slots=True)
class _Built:
    """What was made of the rules."""

    database: "hyperscan.Database | None"
    fast: tuple[_Rule, ...]
    """Rules in the database, in its order."""
    slow: tuple[_Rule, ...]
    """Rules that `re` runs over the whole text: too large for hyperscan, or there is none."""


class PatternEngine:
    """All patterns of all recognizers, run over a text at once.

    The database is built at the first text, once a process; each thread has its own scratch.
    """

    def __init__(
        self, recognizers: Sequence[PatternRecognizer], *, use_hyperscan: bool = True
    ) -> None:
        self._rules = tuple(
            _Rule(recognizer, re.compile(spell_out(pattern), FLAGS), _expression(pattern))
            for recognizer in recognizers
            for pattern in recognizer.patterns
        )
        self._use_hyperscan = use_hyperscan
        self._local = threading.local()

    def scan(self, text: str) -> Iterator[tuple[PatternRecognizer, re.Match[str]]]:
        """Give each recognizer's matches, as `re.finditer` over the whole text would."""
        built = self._built
        for rule in built.slow:
            for match in rule.pattern.finditer(text):
                yield rule.recognizer, match
        if built.database is None:
            return
        for number, intervals in sorted(_merged(self._events(built.database, text)).items()):
            rule = built.fast[number]
            for match in _matches(rule.pattern, text, intervals):
                yield rule.recognizer, match

    @cached_property
    def _built(self) -> _Built:
        if not self._use_hyperscan or find_spec("hyperscan") is None:
            return _Built(None, (), self._rules)
        database = _database([rule.expression for rule in self._rules])
        if database is not None:
            return _Built(database, self._rules, ())
        taken = [(_database([rule.expression]) is not None, rule) for rule in self._rules]
        fast = tuple(rule for accepted, rule in taken if accepted)
        slow = tuple(rule for accepted, rule in taken if not accepted)
        return _Built(_database([rule.expression for rule in fast]), fast, slow)

    def _events(self, database: "hyperscan.Database", text: str) -> list[tuple[int, int, int]]:
        events: list[tuple[int, int, int]] = []
        add = events.append

        def note(rule: int, start: int, end: int, _flags: int, _context: object) -> None:
            add((rule, start, end))

        database.scan(text.encode("latin-1", "replace"), note, scratch=self._scratch(database))
        return events

    def _scratch(self, database: "hyperscan.Database") -> "hyperscan.Scratch":
        from hyperscan import Scratch  # noqa: PLC0415 - optional, and slow to start

        scratch: Scratch | None = getattr(self._local, "scratch", None)
        if scratch is None:
            scratch = self._local.scratch = Scratch(database)
        return scratch


def spell_out(pattern: str) -> str:
    r"""Write both cases of letters outside ASCII, which hyperscan and `re.ASCII` keep apart.

    Ranges in a class end in ASCII letters: `[a-zäöå]`, not `[a-ö]`.

    >>> spell_out("syntymä[åö]")
    'syntym[äÄ][åÅöÖ]'
    """
    return "".join(_spelled(char, inside=inside) for char, inside in _characters(pattern))


def _spelled(char: str, *, inside: bool) -> str:
    if char.isascii() or char.swapcase() == char or len(char.swapcase()) > 1:
        return char
    both = char + char.swapcase()
    return both if inside else f"[{both}]"


def _expression(pattern: str) -> bytes:
    """Write a pattern for the shadow: bytes for Latin-1, `?` for everything beyond."""
    written = []
    for char, inside in _characters(pattern):
        for each in _spelled(char, inside=inside):
            if each.isascii():
                written.append(each)
            elif ord(each) <= _LATIN_1_END:
                written.append(f"\\x{ord(each):02x}")
            else:
                written.append("\\?")
    return "".join(written).encode("ascii")


def _characters(pattern: str) -> Iterator[tuple[str, bool]]:
    """Give a pattern's characters, escapes in one piece, and whether each is inside a class."""
    inside = False
    position = 0
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            char = pattern[position : position + 2]
        elif char == "[" and not inside:
            inside = True
            if pattern[position + 1 : position + 2] == "^" and "?" in _class(pattern, position):
                message = "a pattern's negated class names '?', which stands for other letters"
                raise ValueError(message)
        elif char == "]" and inside:
            inside = False
        yield char, inside
        position += len(char)


def _class(pattern: str, start: int) -> str:
    return pattern[start : pattern.index("]", start + 2)]


def _database(expressions: Sequence[bytes]) -> "hyperscan.Database | None":
    """Compile patterns together; None if there are none or one is too large for hyperscan."""
    import hyperscan  # noqa: PLC0415 - as above

    if not expressions:
        return None
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SOM_LEFTMOST
    try:
        database.compile(
            expressions=list(expressions),
            ids=list(range(len(expressions))),
            flags=[flags] * len(expressions),
        )
    except hyperscan.error:
        return None
    return database


def _merged(events: list[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    """Join overlapping events of a pattern; they come in the order of their ends."""
    merged: dict[int, list[tuple[int, int]]] = {}
    for rule, first, end in events:
        start = first
        intervals = merged.setdefault(rule, [])
        while intervals and start <= intervals[-1][1]:
            start = min(start, intervals.pop()[0])
        intervals.append((start, end))
    return merged


def _matches(
    pattern: re.Pattern[str], text: str, intervals: list[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    for start, end in intervals:
        position = start
        while position < end:
            match = pattern.search(text, position, end + _MARGIN)
            if match is None or match.start() >= end:
                break
            if match.end() > end:
                # Only the cut made it possible: ask again over the whole text.
                position = match.start() + 1
                match = pattern.match(text, match.start())
                if match is None:
                    continue
            yield match
            position = max(match.end(), position + 1)
