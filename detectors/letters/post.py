"""The letters of one asset: what its messages say in their own words, and those attached to them.

Text is held until a message is read, and no longer. Memory is bounded: some kilobytes for each
open message, and few are open at once.
"""

import re
from dataclasses import dataclass, field

from detectors.letters.newtext import LOOKED_AT
from detectors.letters.read import (
    FROM_HOUSE,
    LONGEST,
    PROSE,
    Letter,
    Reading,
    Way,
    read,
    speaks_of_call,
)
from scanner.locator import ATTRIBUTES, LINKS, PREAMBLE, PROPERTIES, Locator
from scanner.model import Message, Segment

MOST_OPEN = 64
MOST_ATTACHED = 8
"""Attachments of one message that are read as letters."""
_LEFT_OUT = frozenset({PROPERTIES, LINKS, ATTRIBUTES, PREAMBLE})
_LONGEST_SUBJECT = 300
_SUBJECTS = frozenset({"subject", "header:subject"})
_REPLY = re.compile(r"\s*(?:re|sv|vs|svar|aw|fw|fwd|vb|vl)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a message says."""

    message: Message
    reading: Reading
    way: Way
    is_call: bool = False
    """It speaks of a call."""
    attached: Locator | None = None
    """The attachment that says it."""


@dataclass(slots=True)
class _Open:
    """A message whose parts are coming."""

    message: Message
    way: Way
    subject: str = field(default="", repr=False)
    body: list[str] = field(default_factory=list, repr=False)
    attached: dict[Locator, list[str]] = field(default_factory=dict, repr=False)
    length: int = 0


class Post:
    """The messages of one asset. Lives as long as the asset is read."""

    def __init__(self) -> None:
        self._open: dict[Locator, _Open] = {}
        self._said: list[Said] = []

    def enter(self, message: Message, way: Way) -> None:
        """Open a message; what it says comes after it."""
        if len(self._open) >= MOST_OPEN:
            self._close(next(iter(self._open)))
        self._open[message.locator] = _Open(message, way)

    def add(self, segment: Segment) -> None:
        """Keep a text of the innermost message that it stands in."""
        place = next((at for at in segment.locator.outwards() if at in self._open), None)
        if place is None:
            return
        opened = self._open[place]
        below = segment.locator.below(place)
        if segment.label in _SUBJECTS and not below.has("part"):
            opened.subject = opened.subject or segment.text[:_LONGEST_SUBJECT]
        elif below.has("header") or _LEFT_OUT.intersection(below.names("section")):
            return
        elif below.has("part"):
            part = below.through("part") or below
            _attach(opened, place.inside(part), segment)
        elif opened.length < LOOKED_AT and segment.label in PROSE:
            opened.body.append(segment.text[: LOOKED_AT - opened.length])
            opened.length += len(opened.body[-1])

    def said(self) -> tuple[Said, ...]:
        """Give what the messages say; nothing can be added any more."""
        for place in list(self._open):
            self._close(place)
        return tuple(self._said)

    def _close(self, place: Locator) -> None:
        opened = self._open.pop(place)
        is_reply = bool(_REPLY.match(opened.subject))
        letter = Letter("\n".join(opened.body), opened.subject, opened.way, is_reply=is_reply)
        readings = read(letter)
        is_call = opened.way is Way.INSIDE and bool(readings) and speaks_of_call(letter)
        self._said += [Said(opened.message, each, opened.way, is_call) for each in readings]
        if any(each.kind in FROM_HOUSE for each in readings):
            return
        for part, pieces in opened.attached.items():
            text = "\n".join(pieces)
            if len(text) <= LONGEST:
                attached = Letter(text, way=opened.way)
                self._said += [
                    Said(opened.message, reading, opened.way, attached=part)
                    for reading in read(attached)
                    if reading.kind in FROM_HOUSE
                ]


def _attach(opened: _Open, part: Locator, segment: Segment) -> None:
    """Keep the text of an attachment while it may be a letter of the house."""
    if opened.way is Way.IN or segment.records:
        return
    pieces = opened.attached.get(part)
    if pieces is None and len(opened.attached) < MOST_ATTACHED:
        pieces = opened.attached[part] = []
    if pieces is not None and sum(map(len, pieces)) <= LONGEST:
        pieces.append(segment.text[: LONGEST + 1])
