"""Keys of single values whose kind is known already: a cell of a list that the organisation keeps.

The same cards, the same spelling and the same hash as in a scan, so that equal values are equal
keys; what a scan must first recognise is here said by the heading.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from detectors.base import DetectorSettings
from detectors.mail import ADDRESS, is_own
from detectors.marks import GIVEN
from detectors.mask import keyed_hash
from detectors.names.forms import look_up, name_value
from detectors.names.named import ordered
from detectors.registry import cards
from detectors.text import prepare
from detectors.topics import code_of, hashed, words_of
from scanner.model import Identifier

PERSON = "PERSON"


def parts_of(key: bytes, name: str) -> tuple[str, ...]:
    """Give the keys of a name's words, so that a part of it can be tied to the whole."""
    words = name.split(" ")
    if len(words) > 1:
        return tuple(keyed_hash(key, PERSON, word) for word in words)
    listed = look_up(words[0].title()).listed if words[0] else None
    return (GIVEN,) if listed and listed.given and not listed.surname else ()


@dataclass(frozen=True, slots=True)
class Keys:
    """Makes the keys of one installation."""

    settings: DetectorSettings
    key: bytes = field(repr=False)

    def name(self, text: str, record: str) -> Iterator[Identifier]:
        """Give the key of a name, in whatever order its words are."""
        bases = [look_up(word).base or word for word in ordered(text)]
        if value := name_value(bases):
            named = keyed_hash(self.key, PERSON, value)
            yield Identifier(PERSON, named, record, "subject", parts=parts_of(self.key, value))

    def values(self, entity: str, text: str, record: str) -> Iterator[Identifier]:
        """Give the keys of all values of an entity in a cell; nothing where it holds none."""
        prepared = prepare(text.strip()).text
        own = tuple(domain.casefold().lstrip("@") for domain in self.settings.own_domains)
        found = {
            value
            for card in cards()
            if card.entity == entity
            for each in (card.fitted(self.settings) if card.fitted else card.recognizers)
            for pattern in each.patterns
            for match in re.finditer(pattern, prepared, re.IGNORECASE)
            if (evidence := each.confirm(match)) and (value := evidence.value)
        }
        for value in sorted(found):
            role = "own" if entity == ADDRESS and is_own(value, own) else "subject"
            yield Identifier(entity, keyed_hash(self.key, entity, value), record, role)

    def value(self, entity: str, value: str, record: str) -> Identifier:
        """Give the key of a value that is written as the entity's values are hashed."""
        return Identifier(entity, keyed_hash(self.key, entity, value), record, "subject")

    def topic(self, text: str) -> tuple[str, ...]:
        """Give the words by which a position may be recognised, as a scan keeps them."""
        return hashed(self.key, words_of(text))

    def code(self, text: str) -> str:
        """Give a position's number as a scan keeps it; empty where it is none."""
        code = code_of(text)
        return hashed(self.key, [code])[0] if code else ""
