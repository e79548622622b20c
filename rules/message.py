"""Put facts into the sentences of a rule, in words for people and in both languages."""

import re
import string
from collections.abc import Callable
from datetime import date
from typing import assert_never

from ropa.model import Language, Text
from ropa.subjects import Subject, Value
from rules.vocabulary import PLACEHOLDERS, Fact, FactType, Terms, vocabulary

_UNKNOWN = Text(en="not known", fi="ei tiedossa")
_NOTHING = Text(en="none", fi="ei mitään")
_YES = Text(en="yes", fi="kyllä")
_NO = Text(en="no", fi="ei")
_GAP = Text(
    en="{name}: cannot be judged. Not recorded: {missing}.",
    fi="{name}: ei voida arvioida. Tietoa ei ole kirjattu: {missing}.",
)
_UNITS = {
    "Y": (Text(en="year", fi="vuosi"), Text(en="years", fi="vuotta")),
    "M": (Text(en="month", fi="kuukausi"), Text(en="months", fi="kuukautta")),
    "W": (Text(en="week", fi="viikko"), Text(en="weeks", fi="viikkoa")),
    "D": (Text(en="day", fi="päivä"), Text(en="days", fi="päivää")),
}


def placeholders(text: str) -> tuple[str, ...]:
    """List what a sentence names in braces.

    Raises:
        ValueError: a brace is not closed, or more than a plain name stands in it.
    """
    names: list[str] = []
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            message = f"write '{{fact}}' with a plain name, not '{{{name}}}'"
            raise ValueError(message)
        names.append(name)
    return tuple(names)


def fill(text: Text, subject: Subject) -> Text:
    """Replace the placeholders by the subject's facts."""
    return _both(lambda language: _fill(text.in_language(language), subject, language))


def gap(missing: tuple[str, ...], subject: Subject) -> Text:
    """Say which facts were not recorded, so that the subject cannot be judged."""

    def sentence(language: Language) -> str:
        names = ", ".join(_label(path, subject, language) for path in missing)
        return _GAP.in_language(language).format(name=subject.name, missing=names)

    return _both(sentence)


def in_words(value: Value, fact: Fact, language: Language) -> str:
    """Write one fact for people: dates as ISO 8601, lists joined, keys by their labels."""
    match value:
        case None:
            words = _UNKNOWN.in_language(language)
        case bool():
            words = (_YES if value else _NO).in_language(language)
        case int():
            words = str(value)
        case float():
            number = f"{value:.2f}".rstrip("0").rstrip(".")
            words = number.replace(".", ",") if language == "fi" else number
        case date():
            words = value.isoformat()[: len("2026-11-22")]
        case tuple():
            words = ", ".join(fact.words(item).in_language(language) for item in value)
        case str() if fact.type is FactType.DURATION:
            words = _duration(value, language)
        case str():
            words = fact.words(value).in_language(language)
        case _:
            assert_never(value)
    return words or _NOTHING.in_language(language)


def _fill(text: str, subject: Subject, language: Language) -> str:
    facts = vocabulary()[subject.kind].facts
    words = {"id": subject.id, "name": subject.name}
    for name in placeholders(text):
        if name not in PLACEHOLDERS:
            words[name] = in_words(subject.facts.get(name), facts[name], language)
    return text.format_map(words)


def _both(make: Callable[[Language], str]) -> Text:
    return Text(en=make("en"), fi=make("fi"))


def _label(path: str, subject: Subject, language: Language) -> str:
    """Name a missing fact or link, `activities.article9` too, as far as the vocabulary does."""
    terms: Terms = vocabulary()[subject.kind]
    *links, name = path.split(".")
    for link in links:
        terms = vocabulary()[terms.links[link]]
    fact = terms.facts.get(name)
    return fact.label.in_language(language) if fact else name


def _duration(value: str, language: Language) -> str:
    parts = []
    for amount, letter in re.findall(r"(\d+)([YMWD])", value):
        one, many = _UNITS[letter]
        parts.append(f"{amount} {(one if amount == '1' else many).in_language(language)}")
    return " ".join(parts) or value
