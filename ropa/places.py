"""Countries in data protection law: the EEA, and adequacy decisions with the days they hold."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Scope = Literal["full", "conditional", "none"]


@dataclass(frozen=True, slots=True)
class Adequacy:
    """One adequacy decision (GDPR Art. 45)."""

    country: str
    act: str
    valid_from: date
    valid_until: date | None
    scope: Scope
    condition: str


@dataclass(frozen=True, slots=True)
class Places:
    """The shipped facts."""

    eea: frozenset[str]
    decisions: tuple[Adequacy, ...]
    public_mail: frozenset[str]

    def adequacy(self, country: str, on: date) -> Adequacy | None:
        """Give the decision for a country that holds on a day."""
        for decision in self.decisions:
            ended = decision.valid_until is not None and decision.valid_until < on
            if decision.country == country and decision.valid_from <= on and not ended:
                return decision
        return None


@cache
def places() -> Places:
    """Read the shipped facts once."""
    raw = yaml.safe_load(files("ropa").joinpath("places.yaml").read_text("utf-8"))
    decisions = tuple(
        Adequacy(
            entry["country"],
            entry["act"],
            entry["from"],
            entry.get("until"),
            entry["scope"],
            entry.get("condition", ""),
        )
        for entry in raw["adequacy"]
    )
    return Places(frozenset(raw["eea"]), decisions, frozenset(raw["public_mail"]))
