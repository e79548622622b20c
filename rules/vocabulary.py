"""The facts and links that rules may use, so that no rule can silently look at nothing.

The table is `vocabulary.yaml`; rules are checked against it when they are loaded, subjects in
tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from detectors.taxonomy import taxonomy
from ropa.model import Text
from ropa.subjects import Kind, Subject, Value

PLACEHOLDERS = ("id", "name")
"""What messages may name of every subject besides its facts."""


class FactType(StrEnum):
    """What a fact holds."""

    TEXT = "text"
    TEXTS = "texts"
    NUMBER = "number"
    DECIMAL = "decimal"
    FLAG = "flag"
    DATE = "date"
    DURATION = "duration"
    """ISO 8601, kept as text: `P1Y`."""

    def holds(self, value: Value) -> bool:
        """Say whether a value that is not `None` has this type."""
        match self:
            case FactType.TEXT | FactType.DURATION:
                return isinstance(value, str)
            case FactType.TEXTS:
                return isinstance(value, tuple)
            case FactType.NUMBER:
                return isinstance(value, int) and not isinstance(value, bool)
            case FactType.DECIMAL:
                return isinstance(value, int | float) and not isinstance(value, bool)
            case FactType.FLAG:
                return isinstance(value, bool)
            case FactType.DATE:
                return isinstance(value, date)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one kind of subject."""

    name: str
    type: FactType
    about: str
    label: Text
    """A short name for people; the fact's own name where nobody gave one."""
    choices: Mapping[str, Text] | None = None
    """The only values that it may have, with words for people; `None` for any."""
    of_taxonomy: bool = False
    """Whether the choices are the categories of personal data."""

    def words(self, value: str) -> Text:
        """Name one value for people; a value without words names itself."""
        known = (self.choices or {}).get(value)
        return known or Text(en=value, fi=value)


@dataclass(frozen=True, slots=True)
class Terms:
    """What rules may say of one kind of subject."""

    kind: Kind
    about: str
    facts: Mapping[str, Fact]
    links: Mapping[str, Kind]


@cache
def vocabulary() -> Mapping[Kind, Terms]:
    """Read the shipped table once."""
    raw = yaml.safe_load(files("rules").joinpath("vocabulary.yaml").read_text("utf-8"))
    sets = {name: _choices(entry) for name, entry in raw["choices"].items()}
    sets["category"] = {
        key: Text(en=entry.en, fi=entry.fi) for key, entry in taxonomy().categories.items()
    }
    kinds = {Kind(name): _terms(Kind(name), entry, sets) for name, entry in raw["kinds"].items()}
    return MappingProxyType(kinds)


def problems(subject: Subject) -> tuple[str, ...]:
    """List what a subject says outside the vocabulary; empty for a good one."""
    terms = vocabulary()[subject.kind]
    found: list[str] = []
    for name, value in subject.facts.items():
        fact = terms.facts.get(name)
        if fact is None:
            found.append(f"{subject.kind} has no fact '{name}'")
        elif value is not None and not fact.type.holds(value):
            found.append(f"{subject.kind}.{name} is {fact.type}, not {type(value).__name__}")
        elif value is not None:
            found.extend(
                f"{subject.kind}.{name} cannot be '{item}'" for item in _outside(fact, value)
            )
    for name, linked in subject.links.items():
        target = terms.links.get(name)
        if target is None:
            found.append(f"{subject.kind} has no link '{name}'")
        found.extend(
            f"{subject.kind}.{name} leads to {target}, not {other.kind}"
            for other in linked
            if target is not None and other.kind != target
        )
        for other in linked:
            found.extend(problems(other))
    return tuple(found)


def _outside(fact: Fact, value: Value) -> tuple[str, ...]:
    if fact.choices is None:
        return ()
    items = value if isinstance(value, tuple) else (str(value),)
    return tuple(item for item in items if item not in fact.choices)


def _choices(entry: Mapping[str, Mapping[str, str]]) -> Mapping[str, Text]:
    return {key: Text.model_validate(words) for key, words in entry.items()}


def _terms(kind: Kind, entry: Any, sets: Mapping[str, Mapping[str, Text]]) -> Terms:  # noqa: ANN401 - raw YAML
    facts = {name: _fact(name, row, sets) for name, row in entry["facts"].items()}
    links = {name: Kind(target) for name, target in entry.get("links", {}).items()}
    return Terms(kind, entry["about"], facts, links)


def _fact(name: str, row: Any, sets: Mapping[str, Mapping[str, Text]]) -> Fact:  # noqa: ANN401 - raw YAML
    return Fact(
        name,
        FactType(row["type"]),
        row["about"],
        Text.model_validate(row.get("label", {"en": name, "fi": name})),
        sets[row["as"]] if "as" in row else None,
        row.get("as") == "category",
    )
