"""Where in an asset something stands: `Locator().part("cv.pdf").page(2)`.

A locator is a path of steps from the asset inwards. Its text form is published: one `kind:name` a
step, as a list in the catalog and in reports and joined by slashes where one text is wanted. It
never holds scanned text but the names of files, and headings that `detectors.headings` let pass.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, Self, get_args

Kind = Literal[
    "part",  # an attachment, a member of an archive, a file in a file
    "message",  # of a mailbox, by number
    "body",  # a text of a mail, by number
    "header",  # of a mail, by name
    "page",
    "slide",
    "sheet",
    "table",
    "column",
    "rows",  # the first and the last of a batch
    "row",
    "path",  # of keys, in JSON and XML
    "item",  # of a list, by number
    "field",
    "line",
    "offset",  # code points in the text of the place, the end exclusive
    "entry",  # a record that its own source names: `candidate:17`
    "section",  # what a format calls by one word: `footnotes`, `links`, `properties`
]
"""The closed set of steps."""

_KINDS: dict[str, Kind] = {
    kind: kind for kind in get_args(Kind) if kind not in {"entry", "section"}
}
_OF_RECORDS = frozenset({"part", "message", "sheet", "table", "row", "entry"})
_SEPARATOR = "/"

HEADING = "header"
"""The section of a table's first row, where it is its heading."""
PROPERTIES = "properties"
LINKS = "links"
"""The section of the addresses that links point to."""
ATTRIBUTES = "attributes"
"""The section of what a web page holds and does not show."""
PREAMBLE = "preamble"
"""The section of a mail's text outside of its parts."""


class Step(NamedTuple):
    """One step inwards."""

    kind: Kind
    name: str

    @classmethod
    def parse(cls, text: str) -> "Step":
        """Read a step's text; what has no kind of ours is an entry or a section."""
        kind, colon, name = text.partition(":")
        if not colon:
            return cls("section", text)
        known = _KINDS.get(kind)
        return cls(known, name) if known else cls("entry", text)

    def __str__(self) -> str:
        return self.name if self.kind in {"entry", "section"} else f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in an asset; without steps, the whole of it."""

    steps: tuple[Step, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Read the published list."""
        return cls(tuple(map(Step.parse, texts)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the published text, where a section is no step inside of a part.

        What stands there instead is the rest of a name with a slash in it; only the list is exact.

        >>> Locator.parse("part:2024/cv.pdf/page:2") == Locator().part("2024/cv.pdf").page(2)
        True
        """
        steps: list[Step] = []
        for piece in text.split(_SEPARATOR) if text else ():
            step = Step.parse(piece)
            if step.kind == "section" and steps and steps[-1].kind == "part":
                steps[-1] = Step("part", f"{steps[-1].name}{_SEPARATOR}{piece}")
            else:
                steps.append(step)
        return cls(tuple(steps))

    @property
    def texts(self) -> tuple[str, ...]:
        """The published list."""
        return tuple(map(str, self.steps))

    def __str__(self) -> str:
        return _SEPARATOR.join(self.texts)

    def __bool__(self) -> bool:
        return bool(self.steps)

    def then(self, kind: Kind, name: str | int) -> Self:
        """Go one step inwards."""
        return type(self)((*self.steps, Step(kind, str(name))))

    def part(self, name: str | int) -> Self:
        """Enter a file inside, by its name or, without one, its number."""
        return self.then("part", name)

    def page(self, number: int) -> Self:
        """Enter a page."""
        return self.then("page", number)

    def sheet(self, name: str) -> Self:
        """Enter a sheet of a workbook."""
        return self.then("sheet", name)

    def column(self, name: str) -> Self:
        """Enter a column of a table."""
        return self.then("column", name)

    def rows(self, first: int, last: int) -> Self:
        """Enter a batch of rows."""
        return self.then("rows", f"{first}-{last}")

    def row(self, number: int) -> Self:
        """Enter a row, counted from 1 without the heading."""
        return self.then("row", number)

    def header(self, name: str) -> Self:
        """Enter a header of a mail."""
        return self.then("header", name)

    def line(self, number: int) -> Self:
        """Enter a line, counted from 1."""
        return self.then("line", number)

    def offset(self, start: int, end: int) -> Self:
        """Name the characters of a hit."""
        return self.then("offset", f"{start}-{end}")

    def called(self, text: str) -> Self:
        """Enter what a format or a source names itself: `footnotes`, `candidate:17`."""
        return type(self)((*self.steps, Step.parse(text)))

    def inside(self, inner: "Locator") -> Self:
        """Go on from here as `inner` goes from the asset."""
        return type(self)((*self.steps, *inner.steps))

    @property
    def last(self) -> Step | None:
        """The innermost step."""
        return self.steps[-1] if self.steps else None

    @property
    def outer(self) -> Self:
        """What it stands in."""
        return type(self)(self.steps[:-1])

    def outwards(self) -> Iterator[Self]:
        """Give the place itself, what it stands in, and so on to the whole asset."""
        for length in range(len(self.steps), -1, -1):
            yield type(self)(self.steps[:length])

    def below(self, outer: "Locator") -> Self:
        """Give the steps from a place that it stands in."""
        return type(self)(self.steps[len(outer.steps) :])

    def through(self, *kinds: Kind) -> Self | None:
        """Give the place to its first step of a kind; None where it has none."""
        for index, step in enumerate(self.steps):
            if step.kind in kinds:
                return type(self)(self.steps[: index + 1])
        return None

    @property
    def record(self) -> Self:
        """Give the record that it stands in: the file, the entry, the sheet and row.

        >>> str(Locator().part("cv.pdf").page(2).line(7).record)
        'part:cv.pdf'
        """
        return type(self)(tuple(step for step in self.steps if step.kind in _OF_RECORDS))

    def without(self, *kinds: Kind) -> Self:
        """Leave out steps."""
        return type(self)(tuple(step for step in self.steps if step.kind not in kinds))

    def renamed(self, name: Callable[[Step], str]) -> Self:
        """Call each step what a function calls it."""
        return type(self)(tuple(Step(step.kind, name(step)) for step in self.steps))

    def has(self, *kinds: Kind) -> bool:
        """Say whether there is a step of one of the kinds."""
        return any(step.kind in kinds for step in self.steps)

    def names(self, kind: Kind) -> Iterator[str]:
        """Give what the steps of a kind are called, from the outside."""
        return (step.name for step in self.steps if step.kind == kind)


WHOLE = Locator()
"""The asset itself."""
