"""What is left of a value: a mask for people and a keyed hash for machines."""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import blake2b

from detectors.bullets import HIDDEN
from detectors.registry import cards


def keyed_hash(key: bytes, entity: str, value: str) -> str:
    """Hash a normalised value with the catalog's key; nothing for a value without identity."""
    if not value:
        return ""
    return blake2b(f"{entity}:{value}".encode(), key=key, digest_size=16).hexdigest()


def mask(entity: str, text: str) -> str:
    """Show what kind of value it was: a country, a domain's ending, and no character of its own.

    >>> mask("EMAIL_ADDRESS", "maija.keksitty@example.fi")
    '•••@•••.fi'
    >>> mask("PHONE_NUMBER", "+358 40 123 4512")
    '+358•••'
    >>> mask("PERSON", "Maija Keksitty")
    '•••'
    """
    own = _masks().get(entity)
    return own(text) if own else HIDDEN


@cache
def _masks() -> Mapping[str, Callable[[str], str]]:
    return {card.entity: card.mask for card in cards() if card.mask}
