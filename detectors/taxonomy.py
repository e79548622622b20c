"""The vocabulary of personal data that sightings, register, notice and rules share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from detectors.card import Identifies
from detectors.registry import cards
from scanner.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Category:
    """One category of personal data."""

    key: str
    en: str
    fi: str
    dpv: str | None
    special: bool
    """Art. 9 GDPR."""
    criminal: bool
    """Art. 10 GDPR."""
    personal: bool

    @property
    def parent(self) -> str:
        """Give the key one level up; empty at the top."""
        return self.key.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity and the category that it belongs to."""

    name: str
    category: str
    identifies: Identifies
    """How surely equal values mean the same person."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All categories and entities."""

    categories: Mapping[str, Category]
    entities: Mapping[str, Entity]
    documents: Mapping[str, str]
    """Type of a document → category."""

    def category_of(self, entity: str) -> str:
        """Give the category of an entity; an entity of a user's own recognizer has `other`."""
        known = self.entities.get(entity)
        return known.category if known else "other"

    def covers(self, declared: str, observed: str) -> bool:
        """Say whether a declared key is the observed one or a branch that holds it."""
        return observed == declared or observed.startswith(f"{declared}.")

    def label(self, key: str, language: str) -> str:
        """Name a category for people; an unknown key names itself."""
        known = self.categories.get(key)
        if known is None:
            return key
        return known.fi if language == "fi" else known.en


@cache
def taxonomy() -> Taxonomy:
    """Put together once what is shipped: the vocabulary, and what each recognizer's card says.

    Raises:
        ConfigError: a card that another package adds names a category that there is not.
    """
    raw = yaml.safe_load(files("detectors").joinpath("taxonomy.yaml").read_text("utf-8"))
    categories = {
        key: Category(
            key,
            entry["en"],
            entry["fi"],
            entry["dpv"],
            entry.get("special", False),
            entry.get("criminal", False),
            entry.get("personal", True),
        )
        for key, entry in raw["categories"].items()
    }
    entities = {
        name: Entity(name, entry["category"], entry.get("identifies", "no"))
        for name, entry in raw["entities"].items()
    }
    for card in cards():
        if card.category not in categories:
            raise ConfigError(
                f"the recognizer {card.recognizers[0].name} is of the category {card.category},"
                " which there is not",
                hint="the categories are in detectors/taxonomy.yaml",
            )
        entities[card.entity] = Entity(card.entity, card.category, card.identifies)
    return Taxonomy(categories, entities, raw["documents"])
