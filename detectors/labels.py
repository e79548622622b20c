"""What the heading of a column says of its values."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from detectors.context import words_of
from detectors.registry import cards

_WORD = re.compile(r"[^\W_]+")
_NOT_DECOMPOSED = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ł": "l"})
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says."""

    surely: frozenset[str] = frozenset()
    """Entities of which it is the name."""
    perhaps: frozenset[str] = frozenset()
    """Entities of which it may be the name."""
    other: bool = False
    """It names something that is none of the entities."""

    def speaks_for(self, entity: str) -> bool:
        """Say whether values of an entity are to be expected."""
        return entity in self.surely or (entity in self.perhaps and not self.other)

    def speaks_against(self, entity: str) -> bool:
        """Say whether values of another kind are to be expected."""
        return not self.speaks_for(entity) and (self.other or bool(self.surely))


@lru_cache(maxsize=4_096)
def meaning_of(label: str) -> Meaning:
    """Read a heading.

    >>> sorted(meaning_of("hakijanPuhelin").surely), meaning_of("ASIAKASNRO").other
    (['PHONE_NUMBER'], True)
    >>> meaning_of("product name").speaks_for("PERSON"), meaning_of("NAME").speaks_for("PERSON")
    (False, True)
    """
    words = _words(words_of(label))
    lexicon = _lexicon()
    found = {
        group: frozenset(
            entity for entity, cues in known.items() if any(_is_in(cue, words) for cue in cues)
        )
        for group, known in lexicon.items()
    }
    return Meaning(found["surely"], found["perhaps"], bool(found[_NONE]))


@cache
def _lexicon() -> Mapping[str, Mapping[str, Sequence[tuple[str, ...]]]]:
    raw = yaml.safe_load(files("detectors").joinpath("labels.yaml").read_text("utf-8"))
    none = raw.pop(_NONE)
    groups: dict[str, dict[str, Sequence[tuple[str, ...]]]] = {
        group: {entity: _cues(cues.get(group, ())) for entity, cues in raw.items()}
        for group in ("surely", "perhaps")
    }
    for card in cards():
        groups["surely"][card.entity] = _cues(card.headings)
        groups["perhaps"][card.entity] = _cues(card.perhaps_headings)
    return {**groups, _NONE: {_NONE: _cues(none)}}


def _cues(cues: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(_cue(cue) for cue in cues)


def _cue(text: str) -> tuple[str, ...]:
    """Give the words of a cue; the last one keeps its `*`."""
    words = _words(text)
    return (*words[:-1], f"{words[-1]}*") if text.endswith("*") else tuple(words)


def _words(text: str) -> list[str]:
    """Give the words without dots. A label's `*` is only a mark of what must be filled in."""
    return _WORD.findall(_plain(text))


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.lower().translate(_NOT_DECOMPOSED))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _is_in(cue: tuple[str, ...], words: Sequence[str]) -> bool:
    return any(
        all(map(_matches, cue, words[start : start + len(cue)]))
        for start in range(len(words) - len(cue) + 1)
    )


def _matches(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
