"""Collects the beginnings of an asset's parts until each can be classified.

A part is a file, an attachment or a mail's body; its pages, headers and footers belong to it.
Memory is bounded: some kilobytes for each open part, and few parts are open at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from detectors.documents.classify import LOOKED_AT, Document, Verdict, classify
from scanner.model import Locator, Segment

MOST_OPEN = 64
FORM_ROWS = 30
"""A table with more rows is a list and no form, and does not say what a document is."""

_BEGINS_PART = ("part:", "body:", "message:")
_LEFT_OUT = ("header:", "properties", "links", "attributes", "preamble")
_SUBJECT = "header:subject"
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
        self._subject: tuple[Locator, str] = ((), "")

    def add(self, segment: Segment) -> None:
        """Read one more segment."""
        if segment.label == _SUBJECT:
            self._subject = segment.locator[:-1], segment.text[:_LONGEST_SUBJECT]
        place = part_of(segment.locator)
        if place in self._known or any(
            step.startswith(_LEFT_OUT) for step in segment.locator[len(place) :]
        ):
            return
        part = self._open.get(place)
        if part is None:
            if len(self._open) >= MOST_OPEN:
                self._close(next(iter(self._open)))
            part = self._open[place] = _Open(is_mail=bool(place) and place[-1].startswith("body:"))
            if part.is_mail and self._subject[0] == place[:-1]:
                part.subject = self._subject[1]
        is_column = any(step.startswith("column:") for step in segment.locator[len(place) :])
        is_heading = segment.locator[-1:] == ("header",)
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
        yield from sorted(self._known.items(), key=lambda item: item[0])

    def _close(self, place: Locator) -> None:
        part = self._open.pop(place)
        step = place[-1].partition(":")[2] if place else self._name
        self._known[place] = self._judge(
            Document("\n".join(part.pieces), step, part.subject, part.is_mail, part.is_table)
        )


def part_of(locator: Locator) -> Locator:
    """Give the part that a place is in.

    >>> part_of(("part:cv.docx", "page:2")), part_of(("page:1",))
    (('part:cv.docx',), ())
    """
    for length in range(len(locator), 0, -1):
        if locator[length - 1].startswith(_BEGINS_PART):
            return locator[:length]
    return ()
