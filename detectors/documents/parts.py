"""Collects the beginnings of an asset's parts until each can be classified.

A part is a file, an attachment or a mail's body; its pages, headers and footers belong to it.
Memory is bounded: some kilobytes for each open part, and few parts are open at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from detectors.documents.classify import LOOKED_AT, Document, Verdict, classify
from scanner.locator import (
    ATTRIBUTES,
    HEADING,
    LINKS,
    PREAMBLE,
    PROPERTIES,
    WHOLE,
    Kind,
    Locator,
    Step,
)
from scanner.model import Segment

MOST_OPEN = 64
FORM_ROWS = 30
"""A table with more rows is a list and no form, and does not say what a document is."""

_BEGINS_PART: tuple[Kind, ...] = ("part", "body", "message")
_LEFT_OUT = frozenset({PROPERTIES, LINKS, ATTRIBUTES, PREAMBLE})
_SUBJECT = Step("header", "subject")
_HEADING = Step("section", HEADING)
_LONGEST_SUBJECT = 300


@dataclass(slots=True)
class _Open:
    """A part whose beginning is being read."""

    is_mail: bool
    subject: str = field(default="", repr=False)
    pieces: list[str] = field(default_factory=list, repr=False)
    length: int = 0
    is_table: bool = True


class Documents:
    """The parts of one asset. Lives as long as the asset is read."""

    def __init__(self, name: str = "", judge: Callable[[Document], Verdict] = classify) -> None:
        self._name = name.rpartition("/")[2]
        self._judge = judge
        self._open: dict[Locator, _Open] = {}
        self._known: dict[Locator, Verdict] = {}
        self._subject: tuple[Locator, str] = (WHOLE, "")

    def add(self, segment: Segment) -> None:
        """Read one more segment."""
        if segment.locator.last == _SUBJECT:
            self._subject = segment.locator.outer, segment.text[:_LONGEST_SUBJECT]
        place = part_of(segment.locator)
        below = segment.locator.below(place)
        if (
            place in self._known
            or below.has("header")
            or _LEFT_OUT.intersection(below.names("section"))
        ):
            return
        part = self._open.get(place)
        if part is None:
            if len(self._open) >= MOST_OPEN:
                self._close(next(iter(self._open)))
            part = self._open[place] = _Open(is_mail=_kind(place) == "body")
            if part.is_mail and self._subject[0] == place.outer:
                part.subject = self._subject[1]
        is_column = below.has("column")
        is_heading = segment.locator.last == _HEADING
        part.is_table = part.is_table and (is_heading or (bool(segment.records) and is_column))
        if len(segment.records) > FORM_ROWS:
            return
        for text in (f"{segment.label}:" if segment.label else "", segment.text):
            if text and part.length < LOOKED_AT:
                part.pieces.append(text[: LOOKED_AT - part.length])
                part.length += len(part.pieces[-1]) + 1
        if part.length >= LOOKED_AT:
            self._close(place)

    def verdicts(self) -> Iterator[tuple[Locator, Verdict]]:
        """Give every part with what it is, sorted; nothing can be added any more."""
        for place in list(self._open):
            self._close(place)
        yield from sorted(self._known.items(), key=lambda item: item[0].texts)

    def _close(self, place: Locator) -> None:
        part = self._open.pop(place)
        name = place.last.name if place.last else self._name
        self._known[place] = self._judge(
            Document("\n".join(part.pieces), name, part.subject, part.is_mail, part.is_table)
        )


def part_of(locator: Locator) -> Locator:
    """Give the part that a place is in.

    >>> str(part_of(Locator.parse("part:cv.docx/page:2"))), str(part_of(Locator.parse("page:1")))
    ('part:cv.docx', '')
    """
    return next((place for place in locator.outwards() if _kind(place) in _BEGINS_PART), WHOLE)


def _kind(place: Locator) -> Kind | None:
    return place.last.kind if place.last else None
