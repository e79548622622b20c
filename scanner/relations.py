"""What ties records together, as sources state it and as it is stored: rows, threads, positions."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ReferenceKind(StrEnum):
    """How a record of an asset is tied to a thing that others may be tied to."""

    IS = "is"
    """The record is that thing: a row by its key, a message by its id."""
    BELONGS = "belongs"
    """The record belongs to it: a foreign key."""
    ANSWERS = "answers"
    """The record is a message of its thread."""
    CLAIMS = "claims"
    """The record says that a recruiting system has this candidate, by its number there."""


CANDIDATE = "recruiting candidate:"
"""With what the target of a claimed candidate begins; the number in the system follows."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A tie between records, of one source or several."""

    kind: ReferenceKind
    target: str = field(repr=False)
    """What is meant, spelt the same wherever it is meant; becomes a keyed hash."""
    record: str = ""
    """As in `Milestone.record`."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A position that people apply for, as a source lists it."""

    record: str
    """As in `Milestone.record`. A `Reference` of the same record says how others mean it."""
    code: str = ""
    """What the organisation calls it by: a number of a requisition."""
    title: str = ""
    """In the source's words; becomes keyed hashes of its words' beginnings."""
    opened: datetime | None = None
    closed: datetime | None = None
    outcome: str = ""
    """`open`, `filled` or `cancelled`; empty where the source does not say."""


@dataclass(frozen=True, slots=True)
class Link:
    """A `Reference` as it is stored."""

    kind: ReferenceKind
    key: str
    """Keyed hash of the target."""
    record: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What a record says it is about, in its subject or its first lines."""

    record: str
    words: tuple[str, ...]
    """Keyed hashes of the beginnings of its words, and of numbers like `2024-017`, short."""
    path: tuple[str, ...] = ()
    """The same of the names of the folders and files that it stands in."""
    at: datetime | None = None
    """When it was sent, of a message."""
    names: tuple[str, ...] = ()
    """Keyed hashes of what its capitalised words may be cases of, as the keys of names alone; where
    it names a position."""


@dataclass(frozen=True, slots=True)
class Position:
    """A `Vacancy` as it is stored."""

    record: str
    code: str
    """Keyed hash as in `Topic.words`; empty without one."""
    title: tuple[str, ...]
    """As `Topic.words`."""
    opened: datetime | None
    closed: datetime | None
    outcome: str
