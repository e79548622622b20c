"""What is found of one person, and what is told apart from it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ropa.clock import ClockState
from ropa.linking.persons import Strength


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """The person's data in one record."""

    source: str
    asset: str
    locator: str
    """The part, entry or row; empty for the whole asset."""
    strength: Strength
    by: tuple[str, ...]
    """Entities that name the person there; empty where only the keys of rows tie it to them."""
    categories: tuple[str, ...] = ()
    state: ClockState | None = None
    """None where it was not judged."""
    due: date | None = None
    candidacy: str = ""
    """Opaque; empty where it is of none."""
    is_shared: bool = False
    """Whether somebody else's data stand in the same record, as far as all records were tied."""

    @property
    def place(self) -> tuple[str, str, str]:
        """Give source, asset and record."""
        return self.source, self.asset, self.locator


class Apart(StrEnum):
    """Why something is no copy of the person's."""

    NAMESAKE = "namesake"
    """Another person of that name."""
    UNKNOWN_BEARER = "unknown_bearer"
    """The name stands there, and nothing says whose it is."""
    OTHER_VALUE = "other_value"
    """A value that was given is somebody else's than the first one."""


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """Somebody else, or nobody knows who: never mixed in."""

    why: Apart
    person: str
    """Opaque; empty where it is nobody who is known."""
    places: tuple[tuple[str, str, str], ...]
    """Sources, assets and records."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is known of the one who was asked for."""

    persons: tuple[str, ...]
    """Opaque, the same in every run: more than one where what was given ties them together."""
    copies: tuple[FoundCopy, ...]
    others: tuple[OtherPerson, ...] = ()
    contradictions: tuple[str, ...] = ()
    """By what was given that is another person's: `phone`."""
    keys: frozenset[str] = field(default=frozenset(), repr=False)
    """Keyed hashes by which the person is known."""
    is_linked: bool = False
    """Whether all records were tied together, or the index alone was asked."""
