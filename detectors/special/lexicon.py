"""The words: one YAML file for each language, read once.

Terms of one family of languages are judged by the cues of the whole family: Swedish, Norwegian and
Danish share too many words for a sentence to say which it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import yaml

from detectors.special.phrases import Anchor, Phrases, anchors, compiled

LANGUAGES = ("fi", "sv", "nb", "nn", "da", "en")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same files in C where there is one: twenty times as fast."""
_PLAIN = re.compile(r"(\*?)([^\W_][\w]*)(\*?)")
_FAMILIES = {"fi": "finnish", "en": "english"}

Manner = Literal["states", "has", "is", "tested", "field", "topic", "hint"]
"""How a term becomes a fact: by itself; if somebody has it; if somebody is it; with a result;
before a colon. What is only a topic, or a hint at one, becomes a fact by the weight of the sentence
alone."""
_MANNERS: tuple[Manner, ...] = ("states", "has", "is", "tested", "field", "topic", "hint")


@dataclass(frozen=True)
class Term:
    """One phrase about one entity."""

    entity: str
    family: str
    manner: Manner
    phrase: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compile the phrase when it is first met: there are thousands."""
        return compiled([self.phrase])

    @property
    def is_word(self) -> bool:
        """Say whether the phrase is a single word."""
        return not any(each in self.phrase for each in " _~")


@dataclass(frozen=True, slots=True)
class Topic:
    """A word that is a topic or a hint: all of its letters are looked for, so no pattern is."""

    term: Term
    length: int
    open_left: bool
    open_right: bool

    @classmethod
    def of(cls, term: Term) -> "Topic | None":
        """Read `word`, `word*`, `*word` or `*word*`; None for what else is written."""
        written = _PLAIN.fullmatch(term.phrase)
        if written is None or term.manner not in {"topic", "hint"}:
            return None
        return cls(term, len(written[2]), bool(written[1]), bool(written[3]))

    def place(self, text: str, start: int) -> tuple[int, int] | None:
        """Say where the word stands whose letters begin at `start`; None where they are in one.

        >>> Topic.of(Term("HEALTH", "north", "topic", "*sjuk*")).place("Är cancersjuk.", 9)
        (3, 13)
        """
        end = start + self.length
        while start and (text[start - 1] == "-" or _is_letter(text[start - 1])):
            if not self.open_left:
                return None
            start -= 1
        while end < len(text) and _is_letter(text[end]):
            if not self.open_right:
                return None
            end += 1
        return start, end


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words around a term say, in one family of languages."""

    have: Phrases
    """Words of having or getting, before the term."""
    be: Phrases
    """Words of being or becoming, before the term."""
    after: Phrases
    """Words that make a fact of what stands before them."""
    own: Phrases
    """The first person singular."""
    person: Phrases
    """A particular other person: a pronoun, the applicant, a relative."""
    negation: Phrases
    breaks: Phrases
    """Where a clause ends without a comma."""
    joins: Phrases
    """Words behind which a denial is of something else."""
    never: Phrases
    """Equal opportunity, policy, statistics: nothing in such a sentence is a fact."""
    unless_own: Phrases
    """Requirements: they may be stated beside a fact only by the person."""
    hypothetical: Phrases
    """Before the term: if, whether."""
    future: Phrases
    """A test that is still to come."""
    plural: Phrases
    """People in general."""
    work: Phrases
    """Work with people who have what the term names."""
    trade: Phrases
    """Directly behind the term: ward, nurse, association; or the rest of such a compound."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages together."""

    terms: tuple[tuple[Anchor, Term], ...]
    cues: Mapping[str, Cues]
    """By family."""
    results: Mapping[tuple[str, str], Phrases]
    """By entity and family: what a test, a check or a clearance may end in."""
    masked: Mapping[tuple[str, str], Phrases]
    """By entity and family: phrases in which a term means something else."""


@cache
def lexicon() -> Lexicon:
    """Read the shipped files."""
    cues: dict[str, dict[str, list[str]]] = {"finnish": {}, "north": {}, "english": {}}
    terms: dict[Term, None] = {}
    extra: dict[str, dict[tuple[str, str], list[str]]] = {"result": {}, "not": {}}
    for language in LANGUAGES:
        family = family_of(language)
        source = files("detectors.special").joinpath(f"lexicon.{language}.yaml")
        raw = yaml.load(source.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
        for kind, phrases in raw["cues"].items():
            cues[family].setdefault(kind, []).extend(_split(phrases))
        for entity, groups in raw["entities"].items():
            for kind, known in extra.items():
                known.setdefault((entity, family), []).extend(_split(groups.get(kind, "")))
            for manner in _MANNERS:
                for phrase in _split(groups.get(manner, "")):
                    terms[Term(entity, family, manner, phrase)] = None
    return Lexicon(
        tuple((anchor, term) for term in terms for anchor in anchors(term.phrase)),
        {family: _cues(kinds) for family, kinds in cues.items()},
        {key: Phrases(tuple(phrases)) for key, phrases in extra["result"].items()},
        {key: Phrases(tuple(phrases)) for key, phrases in extra["not"].items()},
    )


def family_of(language: str) -> str:
    """Name the family of a language: Swedish, Norwegian and Danish are one."""
    return _FAMILIES.get(language, "north")


def _split(phrases: str) -> list[str]:
    return [phrase for each in phrases.split(",") if (phrase := each.strip())]


def _cues(kinds: Mapping[str, list[str]]) -> Cues:
    return Cues(**{name: Phrases(tuple(kinds.get(name, ()))) for name in Cues.__slots__})
