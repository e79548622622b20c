"""What every declared item is: a value where the notice gives one, and the words that say it.

`None` means that the notice is silent. What a reader concludes and the text does not state is
`inferred`; the two are never mixed.
"""

from pydantic import BaseModel, ConfigDict


class Item(BaseModel):
    """Strict and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Item):
    """Words of the notice: an exact part of one of its lines."""

    line: int
    """From 1, in the text as it was read."""
    quote: str


class Stated(Item):
    """Something that the notice says."""

    evidence: tuple[Evidence, ...] = ()
    inferred: bool = False
    """A reader concludes it; the text does not state it."""


class Value(Stated):
    """One fact."""

    value: str | bool | None = None
