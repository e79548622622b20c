"""Regular expressions of rules: somebody else's, so that none may run for as long as it likes.

A few nested repetitions take longer than the age of the universe on a text of one line. So each
search has a time, and an expression that needs more again and again is given up: with a million
subjects, one second for each is too long as well.
"""

import time
from collections.abc import Iterable
from functools import lru_cache

import regex

SECONDS = 1.0
"""Of processor time, for all texts of one fact together."""
_LEAST = 0.001
_MOST_LATE = 3
"""How often an expression may run out of time before it is not tried any more."""


class Pattern:
    """One expression, and how often it was late in this process."""

    def __init__(self, written: str) -> None:
        self._expression = regex.compile(written)
        self._late = 0

    @property
    def is_late(self) -> bool:
        """Say whether it ever ran out of time."""
        return self._late > 0

    def found_in(self, texts: Iterable[str]) -> bool | None:
        """Say whether it is found in one of the texts; `None` if that takes too long."""
        if self._late >= _MOST_LATE:
            return None
        end = time.process_time() + SECONDS
        try:
            return any(
                self._expression.search(text, timeout=max(end - time.process_time(), _LEAST))
                for text in texts
            )
        except TimeoutError:
            self._late += 1
            return None


@lru_cache(maxsize=256)
def pattern_of(written: str) -> Pattern | None:
    """Compile an expression; `None` if it is none."""
    try:
        return Pattern(written)
    except (regex.error, RecursionError):
        return None
