"""What rules look at: one subject for each thing that can meet or break a requirement.

A subject is a flat record of facts with the evidence for them and links to other subjects. A fact
that nobody recorded is `None`, and a rule that needs it answers "unknown", never "satisfied".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ropa.model import Text
from scanner.locator import WHOLE, Locator

NOTHING = Text()

Value = str | int | float | bool | date | tuple[str, ...] | None


class Kind(StrEnum):
    """The kinds of subject; `rules.vocabulary` lists the facts of each."""

    CONTROLLER = "controller"
    ACTIVITY = "activity"
    PURPOSE = "purpose"
    RECIPIENT = "recipient"
    TRANSFER = "transfer"
    SYSTEM = "system"
    SOURCE = "source"
    CATEGORY = "category"
    """One category of personal data observed in one activity."""
    ASSET = "asset"
    CANDIDACY = "candidacy"
    COPY = "copy"
    """One asset that holds data of one applicant."""
    NOTICE = "notice"


class Origin(StrEnum):
    """Where a statement comes from."""

    DECLARED = "declared"
    OBSERVED = "observed"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """What an auditor can go and look at."""

    source: str
    """Id of the source; `register`, `notice` for a declaration."""
    asset: str
    """Path in the source, or the place in the register."""
    locator: Locator = WHOLE
    note: Text = NOTHING
    """A sentence without scanned values."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a rule judges."""

    kind: Kind
    id: str
    name: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[EvidenceItem, ...] = ()
    links: Mapping[str, tuple["Subject", ...]] = field(default_factory=dict)
    fact_evidence: Mapping[str, tuple[EvidenceItem, ...]] = field(default_factory=dict)
    """Evidence for single facts, where a subject is large; a rule shows that of what it tests.

    Where a rule asks whether a fact lists a value, that of `fact:value` comes first.
    """
