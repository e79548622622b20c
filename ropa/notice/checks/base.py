"""What every check of a notice works with: the notice read, its text, its country, and words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from ropa.notice.base import Evidence
from ropa.notice.lexicon import Words, words_of
from ropa.notice.text import Line, NoticeText, Section, sentences_of
from ropa.notice.view import Flow, Organisation, View
from ropa.subjects import Value

_COUNTRY_OF = {"fi": "FI", "sv": "SE", "no": "NO", "da": "DK"}
"""Where a notice of a language is at home if it does not say so; English is at home nowhere.

Swedish is written in Finland too; there the controller's form or the authority tells.
"""
_FORMS = {
    "Oy": "FI",
    "Oyj": "FI",
    "Oy Ab": "FI",
    "AB": "SE",
    "AS": "NO",
    "ASA": "NO",
    "ApS": "DK",
    "A/S": "DK",
}
"""Forms of companies that one Nordic country has."""


@dataclass(frozen=True, slots=True)
class Found:
    """One fact of the vocabulary, and the words of the notice that give it."""

    name: str
    value: Value
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Checked:
    """A notice to be checked."""

    text: NoticeText
    view: View
    on: date
    """The day on which it is judged."""

    @cached_property
    def country(self) -> str | None:
        """Say whose national law it answers to; `None` if nothing tells."""
        scope = next((fact.text for fact in self.view.meta.country_scope if fact.text), "")
        if scope:
            return scope
        language = self.view.meta.language or self.text.language
        if language not in ("sv", "en"):
            return _COUNTRY_OF.get(language)
        entity = self.view.controller.legal_entity.text
        seats = [country for form, country in _FORMS.items() if entity.endswith(f" {form}")]
        if entity:
            return seats[0] if seats else _COUNTRY_OF.get(language)
        named = [key for key, pattern in _authorities().items() if self._names(pattern)]
        return named[0] if len(named) == 1 else _COUNTRY_OF.get(language)

    @cached_property
    def is_for_applicants(self) -> bool:
        """Say whether it speaks to people who apply for work."""
        if self.view.meta.audience:
            return "applicant" in self.view.meta.audience
        pattern = words("says", "applicants")
        beginning = " ".join(line.text for line in self.text.lines[:12])
        return pattern.search(beginning, self.text.language) is not None

    def organisation(self, key: str) -> Organisation | None:
        """Give an organisation by its id."""
        return self._organisations.get(key)

    @cached_property
    def _organisations(self) -> Mapping[str, Organisation]:
        return {entry.id: entry for entry in reversed(self.view.organisations)}

    def names_of(self, flow: Flow) -> tuple[str, ...]:
        """Name where a transfer goes."""
        found = (self.organisation(key) for key in flow.to)
        named = tuple(
            entry.alias or entry.name if entry else key
            for key, entry in zip(flow.to, found, strict=True)
        )
        return named or ((flow.country,) if flow.country else ())

    def says(self, *path: str) -> tuple[Evidence, ...]:
        """Quote each sentence that has the words."""
        return tuple(self._quotes(words(*path)))

    def contains(self, name: str) -> tuple[bool, tuple[Evidence, ...]]:
        """Say whether the notice has the words for something, and quote the first of them."""
        quotes = self.says("present", name)[:1]
        return bool(quotes), quotes

    def lines_with(self, *path: str) -> Iterator[Line]:
        """Give the lines that have the words."""
        pattern = words(*path)
        return (line for line in self.text.lines if pattern.search(line.text, self.text.language))

    def line(self, number: int) -> str:
        """Give the text of a line."""
        known = 0 < number <= len(self.text.lines)
        return self.text.lines[number - 1].text if known else ""

    def section(self, number: int) -> Section | None:
        """Give the section that a line stands in."""
        known = 0 < number <= len(self.text.lines)
        return self.text.section_of(self.text.lines[number - 1]) if known else None

    def paragraph(self, evidence: Iterable[Evidence]) -> str:
        """Give the whole lines that are quoted."""
        return "\n".join(self.line(number) for number in sorted({one.line for one in evidence}))

    def matches(self, text: str, *path: str) -> bool:
        """Say whether a text has the words."""
        return words(*path).search(text, self.text.language) is not None

    def names_authority(self) -> tuple[Evidence, ...]:
        """Quote where the supervisory authority of the notice's country is named."""
        pattern = _authorities().get(self.country or "")
        return tuple(self._quotes(pattern)) if pattern else ()

    def _names(self, pattern: Words) -> bool:
        return any(pattern.search(line.text, "") for line in self.text.lines)

    def _quotes(self, pattern: Words) -> Iterator[Evidence]:
        for line in self.text.lines:
            found = pattern.search(line.text, self.text.language)
            if found is None:
                continue
            inside = (
                sentence.evidence()
                for sentence in sentences_of(line)
                if sentence.start <= found.start() < sentence.end
            )
            yield next(inside, line.evidence(found.start(), found.end()))


Check = Callable[[Checked], Iterator[Found]]


@cache
def words(*path: str) -> Words:
    """Read the patterns at a place of `words.yaml`."""
    node = _raw()
    for step in path:
        node = node[step]
    return words_of(node)


def quotes_of(*parts: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Join evidence, each once and in the order of the notice."""
    every = {(one.line, one.quote): one for part in parts for one in part}
    return tuple(every[key] for key in sorted(every, key=lambda key: key[0]))


@cache
def _raw() -> Any:  # noqa: ANN401 - the tables differ in depth
    return yaml.safe_load(files("ropa.notice.checks").joinpath("words.yaml").read_text("utf-8"))


@cache
def _authorities() -> dict[str, Words]:
    return {country: words_of({"any": given}) for country, given in _raw()["authorities"].items()}
