"""A recognizer is one card: all that is known of one kind of identifier stands in its file.

The vocabulary, the headings of columns, the masks, the words before a number and the settling of
numbers that are valid in several countries are made of the cards in `detectors.registry`; nothing
else lists identifiers. Names, places and statements are seen by models that know many entities at
once: those are listed in `taxonomy.yaml` and `labels.yaml`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from detectors.base import DetectorSettings, PatternRecognizer

Identifies = Literal["strong", "weak", "no"]

Owner = Literal["person", "organisation", "document", "other", ""]
"""Whose number a word before it announces; empty: nobody's."""

ANY_NATION = ("ssn", "personal id", "identity number", "national id")
"""Headings of columns that hold some country's personal code."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a string says if it is taken for an identifier of which it has the form and checks."""

    strength: float
    """How many look-alikes there are for one that passes the checks by chance."""
    born: date | None = None
    """The date of birth, where the identifier holds one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One kind of identifier."""

    recognizers: tuple[PatternRecognizer, ...]
    """The ways in which it is found. Most have one."""
    fitted: Callable[[DetectorSettings], tuple[PatternRecognizer, ...]] | None = None
    """Makes the recognizers that the settings ask for, where those have a say."""

    category: str
    """Key of `taxonomy.yaml`."""
    identifies: Identifies = "no"
    """How surely equal values mean the same person: strong links copies of one person alone, weak
    only together with another."""

    mask: Callable[[str], str] | None = None
    """Shows what kind of value it was; see `detectors.bullets`. By itself nothing of it."""

    headings: tuple[str, ...] = ()
    """Headings that no other column has, written as in `labels.yaml`."""
    perhaps_headings: tuple[str, ...] = ()
    """Headings that columns of other things have, too."""
    is_strict: bool = False
    """Its form is so strict that half a column of it is no chance."""
    is_shaped: Callable[[str], bool] | None = field(default=None, repr=False)
    """Says whether a value counts under its heading though no recognizer saw it."""

    owner: Owner = ""
    """Whose number it is."""
    other_owners: frozenset[Owner] = frozenset()
    """Whose words announce it as well."""
    owner_words: str = ""
    """Alternatives of a regular expression, lower case: the words that name it and no other."""
    shared_words: float = 1.0
    """How much likelier a word that several nations have for theirs means this one."""

    reading: Callable[[str], Reading | None] | None = None
    """Reads a written number, spaces left out; none where it is not valid. With it the number gives
    way where another identifier's reading of the same string weighs more."""
    spoken: str = ""
    """Regular expression, lower case: words, letters and domains of one country alone."""
    is_met_abroad: bool = True
    """It is expected in other countries' texts; else it gives way there to those that are."""
    least_settled: float = 0.0
    """Its confidence where the string is valid elsewhere and is settled to be this one."""

    def __post_init__(self) -> None:
        """Refuse a card of several entities."""
        if len({each.entity for each in self.recognizers}) != 1:
            raise ValueError("the recognizers of a card see one entity")

    @property
    def entity(self) -> str:
        """Give the entity that its recognizers see."""
        return self.recognizers[0].entity
