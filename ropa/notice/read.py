"""From the text of a notice to what it declares.

A topic is one module of `ropa.notice.topics` and one line of `TOPICS`; it reads the notice and what
the topics before it found, and gives the fields of `Declared` that are its own.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ropa.notice.model import Declared
from ropa.notice.text import NoticeText

Topic = Callable[[NoticeText, Mapping[str, Any]], Mapping[str, Any]]

TOPICS: tuple[Topic, ...] = ()
"""In the order in which they are read: later ones may look at what earlier ones found."""


def declared(notice: NoticeText) -> Declared:
    """Say what a notice declares."""
    found: dict[str, Any] = {}
    for topic in TOPICS:
        found |= topic(notice, found)
    return Declared(**found)
