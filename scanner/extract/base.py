"""How bytes become text: one function for each format, and the budget that all of them share.

An extractor is `extract(part, budget) -> Iterator[Content]`. It raises `AssetError`s for what it
cannot read; a container (mail, archive) hands its members to `scanner.extract.dispatch.member`,
which turns a member's failure into a `Skip` and goes on with the next.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, BinaryIO

from pydantic import ConfigDict, Field, PositiveFloat, PositiveInt
from pydantic.dataclasses import dataclass as pydantic_dataclass

from scanner.errors import LimitReached, TooLarge
from scanner.locator import WHOLE, Locator
from scanner.model import Content, Segment

SEGMENT_CHARACTERS = 262_144
"""Texts longer than this come in pieces, cut at a line's end where there is one."""


@pydantic_dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Limits:
    """What reading one asset may cost. Hostile files are met here and nowhere else."""

    max_bytes: PositiveInt = 256 * 1024**2
    """Bytes of the largest part that is read into memory; streamed formats may be larger."""
    max_unpacked: PositiveInt = 2 * 1024**3
    """Bytes that all members of one asset may unpack to, together."""
    max_ratio: PositiveInt = 200
    """Unpacked to packed, from the first mebibyte on."""
    max_depth: PositiveInt = 8
    """Levels of parts inside parts: a zip in a mail in a zip."""
    max_members: PositiveInt = 20_000
    """Parts that one asset may hold, on all levels together."""
    seconds: PositiveFloat = 60.0
    """Of processor time for one asset: how busy the machine is changes nothing."""
    wall_seconds: PositiveFloat | None = None
    """Between begin and end of one asset, waiting included; ten times `seconds` where not set."""
    memory: Annotated[int, Field(ge=256 * 1024**2)] = 1536 * 1024**2
    """Bytes of address space that a worker may grow by, and the scan itself while it lists."""
    listing_seconds: PositiveFloat = 1800.0
    """On the wall for opening a source, loading it, or finding the next asset in it."""
    source_seconds: PositiveFloat | None = None
    """On the wall for one source, from its opening to its last asset; no limit where not set."""

    @property
    def wall(self) -> float:
        """Give the seconds between begin and end."""
        return self.wall_seconds or 10 * self.seconds


@dataclass(frozen=True, slots=True)
class Part:
    """Named bytes at a place: a file, an attachment, a member of an archive."""

    name: str
    stream: BinaryIO = field(repr=False)
    locator: Locator = WHOLE
    """Empty for the asset itself."""
    media_type: str = ""
    """As the container declares it; a hint, never believed before the bytes."""
    charset: str = ""
    """As the container declares it; a hint."""

    def read(self, budget: "Budget") -> bytes:
        """Read the whole part into memory.

        Raises:
            TooLarge: it has more bytes than `Limits.max_bytes`.
        """
        data = self.stream.read(budget.limits.max_bytes + 1)
        if len(data) > budget.limits.max_bytes:
            raise TooLarge(
                f"larger than {budget.limits.max_bytes} bytes",
                hint="raise limits.max_bytes in kartta.yaml",
            )
        return data


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one asset is read; shared by everything inside it."""

    limits: Limits
    depth: int = 0
    members: int = 0
    unpacked: int = 0

    def spend(self, unpacked: int, packed: int | None = None) -> None:
        """Count bytes that a container unpacked.

        Raises:
            LimitReached: too many bytes, or a ratio that only a bomb has.
        """
        self.unpacked += unpacked
        if self.unpacked > self.limits.max_unpacked:
            raise LimitReached(
                f"unpacks to more than {self.limits.max_unpacked} bytes",
                hint="raise limits.max_unpacked in kartta.yaml",
            )
        if packed:
            self.weigh(unpacked, packed)

    def weigh(self, unpacked: int, packed: int) -> None:
        """Compare a member's size with what it was packed to, without counting it.

        Raises:
            LimitReached: a ratio that only a bomb has.
        """
        if unpacked > 1024**2 and unpacked > packed * self.limits.max_ratio:
            raise LimitReached(
                f"unpacks to more than {self.limits.max_ratio} times its size",
                hint="raise limits.max_ratio in kartta.yaml",
            )

    def enter(self) -> None:
        """Count one member of a container, one level down; pair with `leave`.

        Raises:
            LimitReached: too deep or too many.
        """
        self.members += 1
        if self.members > self.limits.max_members:
            raise LimitReached(
                f"holds more than {self.limits.max_members} members",
                hint="raise limits.max_members in kartta.yaml",
            )
        if self.depth >= self.limits.max_depth:
            raise LimitReached(
                f"nested more than {self.limits.max_depth} levels deep",
                hint="raise limits.max_depth in kartta.yaml",
            )
        self.depth += 1

    @property
    def is_exhausted(self) -> bool:
        """Whether nothing more of the asset may be read, whichever member it is in."""
        return self.unpacked > self.limits.max_unpacked or self.members > self.limits.max_members

    def leave(self) -> None:
        """Come back up one level."""
        self.depth -= 1


Extractor = Callable[[Part, Budget], Iterator[Content]]


def part_of(name: str, data: bytes, locator: Locator = WHOLE) -> Part:
    """Make a part of bytes in memory."""
    return Part(name, io.BytesIO(data), locator)


def segments(text: str, locator: Locator, label: str = "") -> Iterator[Segment]:
    """Cut a text into segments at lines' ends; white space alone gives none."""
    start = 0
    while start < len(text):
        end = start + SEGMENT_CHARACTERS
        if end < len(text):
            newline = text.rfind("\n", start, end)
            space = text.rfind(" ", start, end) if newline <= start else newline
            end = space + 1 if space > start else end
        piece = text[start:end]
        if not piece.isspace():
            yield Segment(locator, piece, label, offset=start)
        start = end
