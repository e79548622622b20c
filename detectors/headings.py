"""Headings as they may be stored: a column, sheet or key that holds a value is data, not a name.

People put values where names of columns belong: a table without a heading row, a sheet for each
applicant, an object whose keys are addresses. Labels and locators are stored and shown, so such a
heading is left out of them.
"""

import re
from collections.abc import Callable

from scanner.locator import Kind, Locator, Step

LONGEST = 80
"""A longer heading is a text of its own, and texts are not stored."""
LONGEST_NAME = 250
REMEMBERED = 4_096

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would forge a line or a colour on a terminal, where locators are shown."""

_STEPS: frozenset[Kind] = frozenset({"sheet", "table", "column", "path", "field"})
"""Steps of a locator that people wrote."""


class Headings:
    """Decides which headings are stored, each once."""

    def __init__(self, holds_value: Callable[[str], bool]) -> None:
        self._holds_value = holds_value
        self._known: dict[str, str] = {}

    def shown(self, heading: str) -> str:
        """Give a heading, or nothing where it holds a value."""
        if not heading:
            return heading
        if heading not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            is_data = len(heading) > LONGEST or self._holds_value(heading)
            self._known[heading] = "" if is_data else heading
        return self._known[heading]

    def place(self, locator: Locator) -> Locator:
        """Give a locator as it may be stored; names of files stay, or nothing could be found."""
        return locator.renamed(self._name)

    def _name(self, step: Step) -> str:
        name = _CONTROL.sub("\ufffd", step.name)[:LONGEST_NAME]
        return (self.shown(name) or "…") if step.kind in _STEPS else name
