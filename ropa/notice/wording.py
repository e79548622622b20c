"""The words of a topic: patterns by name, in five languages, from a YAML file.

Every sentence is tried in all languages at once: the guess of a notice's language errs between
Norwegian and Danish, and many notices mix two.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

ByLanguage = Mapping[str, Sequence[str]]
"""Language → patterns."""


@cache
def words(package: str, name: str) -> Mapping[str, re.Pattern[str]]:
    """Read `name.yaml` of a package: one pattern for each name, blind to case."""
    raw: Mapping[str, ByLanguage] = raw_words(package, name)
    return {key: joined(by_language) for key, by_language in raw.items()}


@cache
def raw_words(package: str, name: str) -> Any:  # noqa: ANN401 - the shape is the topic's own
    """Read `name.yaml` of a package as it stands."""
    return yaml.safe_load(files(package).joinpath(f"{name}.yaml").read_text("utf-8"))


def joined(by_language: ByLanguage) -> re.Pattern[str]:
    """Make one pattern of those of all languages."""
    parts = [part for patterns in by_language.values() for part in patterns]
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)
