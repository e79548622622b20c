"""What a recognizer is. Two kinds, because speed comes from one pass and not from forty.

A `PatternRecognizer` is a value: its patterns go into the one multi-pattern pass of
`detectors.engine`, and `confirm` looks only at what matched. A `TextRecognizer` sees whole
segments in batches: names, document types, a user's Presidio recognizers.

The laws that every recognizer keeps are in `detectors.testing.RecognizerLaws`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from scanner.model import Segment


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a match is what it is said to be."""

    confidence: float
    """0 to 1, before context. A checksum raises it by no more than its chance rate allows. What is
    0 is nothing."""
    codes: tuple[str, ...]
    """`pattern`, `checksum`, `date`, `context`, `label`, `lexicon`, `library` …"""
    value: str = field(default="", repr=False)
    """The normalised value, for the keyed hash; empty where equality means nothing."""
    start: int | None = None
    """Offset in the text where the match was wider than the value; else the match's own."""
    end: int | None = None
    claimed: float | None = None
    """Confidence where the word before it announces such a value (`detectors.cues`)."""
    disclaimed: float | None = None
    """Confidence where the word before it announces something else."""


@dataclass(frozen=True, slots=True)
class PatternRecognizer:
    """One identifier. Its patterns are short, exact and bounded; boundaries are its own."""

    name: str
    """`fi.henkilotunnus`."""
    entity: str
    """Presidio's entity name where Presidio has one, else upper snake case in that style."""
    patterns: tuple[str, ...]
    """Without look-around and back references: they also go into the multi-pattern database.
    Matched without regard to case. At most some 100 characters wide."""
    confirm: Callable[[re.Match[str]], Evidence | None]
    """Pure. Looks at the match and, through `match.string`, at its neighbours."""
    context: tuple[str, ...] = ()
    """Lower-case stems of any language, looked for around the match and in the label."""
    context_gain: float = 0.35
    """Added to the confidence where context is found, up to 0.99."""
    context_reach: int = 80
    """Characters on either side in which context is looked for; 0 looks at the label alone."""
    needs_context: bool = False
    """Without context there is no detection."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a `TextRecognizer` saw in one segment of the batch."""

    segment: int
    """Index into the batch."""
    entity: str
    start: int
    end: int
    confidence: float
    codes: tuple[str, ...]
    value: str = field(default="", repr=False)


class TextRecognizer(Protocol):
    """Names, document types, a user's Presidio recognizers."""

    @property
    def name(self) -> str:
        """Give the recognizer's name."""
        ...

    @property
    def entities(self) -> frozenset[str]:
        """Give the entities it can see."""
        ...

    def recognize(self, segments: Sequence[Segment]) -> Iterator[Span]:
        """Look at a batch of segments. Pure: no clock, no input or output."""
        ...


Entity = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,63}$")]
"""Upper snake case, as Presidio's."""
Term = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=100)]


Privacy = Literal["standard", "strict"]


class DetectorSettings(BaseModel):
    """The `detect:` section of `kartta.yaml`. Travels to the workers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_confidence: float = Field(default=0.4, ge=0, le=1)
    """Detections below it are not kept."""
    regions: tuple[str, ...] = ("FI", "SE", "NO", "DK", "GB")
    """Countries whose national telephone formats are read, the likeliest first (ISO 3166)."""
    allow: tuple[str, ...] = ()
    """Values that are never personal data here: the switchboard's number, info@ addresses."""
    terms: dict[Entity, tuple[Term, ...]] = Field(default_factory=dict)
    """The organisation's own words: entity → terms; `*` stands for the rest of a word."""
    disable: tuple[str, ...] = ()
    """Names of recognizers that are not run."""
    own_domains: tuple[str, ...] = ()
    """The organisation's own mail domains; filled from `organisation.domains`."""
    privacy: Privacy = "standard"
    """Filled from the audit file's `privacy`."""
    presidio_recognizers: str = ""
    """Path of a Presidio recognizer registry in YAML."""
    presidio_registry: str = ""
    """What stands in that file, which travels; filled when the audit file is read."""
    spacy_models: dict[str, str] = Field(default_factory=dict)
    """Language → installed spaCy pipeline (package name or folder) that finds names there."""
