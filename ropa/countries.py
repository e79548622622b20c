"""Countries as notices name them, in five languages and inflected.

Notices name the countries to which data go (GDPR Art. 13(1)(f)) in whatever form the sentence asks
for: `Yhdysvaltoihin`, `Sveriges`, `norjalainen`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

_FINNISH = r"(?!lai|läi|kiel)(?::?[a-zåäö]{1,6})?"
"""Case endings, as far as they need to be told from adjectives and languages."""
_OTHERS = r"(?:[\u2019']?s)?"
_ADJECTIVES = r"(?:nen|sen|set|sten|sia|siä|sta|stä|sessa|selle|seen|ne|e|(?<!ian)a|t|s)?"
_NOT_PLACES = re.compile(
    r"(?:EU|Swiss|UK|Schweiz|Sveits)[\s\u2010-\u2015-]*(?:and\s+)?"
    r"(?:US\b|USA\b|U\.S\.|Yhdysval\w+)|contact\s+US\b|\bUK (?:Extension|GDPR|Addendum|IDTA)"
    r"|\bEU\s*[-/\u2013]\s*USA?\b",
)


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country's name in a text."""

    code: str
    """ISO 3166-1 alpha-2."""
    start: int
    end: int
    adjective: bool
    """`norsk`, `Finnish`: whose something is, not where."""


def countries_in(text: str) -> Iterator[CountryMention]:
    """Find the countries that a text names.

    Names of acts, as the EU-US Data Privacy Framework, name none.

    >>> [found.code for found in countries_in("siirrämme tietoja Yhdysvaltoihin ja Intiaan")]
    ['US', 'IN']
    >>> [found.code for found in countries_in("the EU-U.S. Data Privacy Framework")]
    []
    """
    yield from _countries_in(text)


@lru_cache(maxsize=4096)
def _countries_in(text: str) -> tuple[CountryMention, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[CountryMention]:
    taken = [found.span() for found in _NOT_PLACES.finditer(text)]
    for found in _pattern().finditer(text):
        if any(start < found.end() and found.start() < end for start, end in taken):
            continue
        key = found.lastgroup or ""
        yield CountryMention(key[1:], found.start(), found.end(), key[0] == "A")


@cache
def country_codes() -> frozenset[str]:
    """Give the codes of the countries whose names are known."""
    return frozenset(_names())


@cache
def _pattern() -> re.Pattern[str]:
    nouns, adjectives = [], []
    for code, words in _names().items():
        finnish = _any(words["fi"])
        others = _any(words["names"])
        nouns.append(rf"(?P<N{code}>(?:{others}){_OTHERS}(?!\w)|(?:{finnish}){_FINNISH}(?!\w))")
        if words["adjectives"]:
            either = "|".join(_either_case(word) for word in words["adjectives"])
            adjectives.append(rf"(?P<A{code}>(?:{either}){_ADJECTIVES}(?!\w))")
    return re.compile(r"(?<![\w@/.])(?<!New )(?:" + "|".join(nouns + adjectives) + ")")


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _either_case(word: str) -> str:
    return f"[{word[0].lower()}{word[0].upper()}]{re.escape(word[1:])}"


@cache
def _names() -> Mapping[str, Mapping[str, list[str]]]:
    raw = yaml.safe_load(files("ropa").joinpath("countries.yaml").read_text("utf-8"))
    names: Mapping[str, Mapping[str, list[str]]] = raw["countries"]
    return names
