"""Word lists of the topics: YAML beside the module, patterns by name and language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

MOST = 6_000
"""Characters that are looked at: no sentence is longer, and hostile text must not cost hours."""
ANY = "any"
"""Key of the patterns that hold in every language."""


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns of one name, for each language."""

    by_language: Mapping[str, re.Pattern[str]]

    def search(self, text: str, language: str) -> re.Match[str] | None:
        """Find the first match of the first pattern that has one.

        In a text of a known language only its own words and those of no language count.
        """
        keys = (language, ANY) if language in self.by_language else tuple(self.by_language)
        for key in keys:
            found = self.by_language[key].search(text, 0, MOST) if key in self.by_language else None
            if found:
                return found
        return None

    def find(self, text: str, language: str) -> Iterator[re.Match[str]]:
        """Find every match of the language's patterns, in the order of the text."""
        keys = (language, ANY) if language in self.by_language else tuple(self.by_language)
        every = [
            match
            for key in keys
            if key in self.by_language
            for match in self.by_language[key].finditer(text, 0, MOST)
        ]
        yield from sorted(every, key=lambda match: (match.start(), -match.end()))


@cache
def raw(name: str) -> Any:  # noqa: ANN401 - the shape is the topic's own
    """Read a topic's YAML file."""
    return yaml.safe_load(
        files("ropa.notice.topics").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    )


@cache
def words(name: str, *path: str) -> Words:
    """Read the patterns at a place of a topic's YAML file: language → pattern or patterns."""
    node = raw(name)
    for step in path:
        node = node[step]
    return words_of(node)


def words_of(node: Mapping[str, str | list[str]]) -> Words:
    """Make patterns of a mapping from language to pattern or patterns."""
    return Words(
        {
            language: re.compile(
                given if isinstance(given, str) else "|".join(f"(?:{one})" for one in given),
                re.IGNORECASE,
            )
            for language, given in node.items()
        }
    )
