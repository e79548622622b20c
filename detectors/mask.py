"""What is left of a value: a mask for people and a keyed hash for machines."""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import blake2b

from detectors.bullets import LONGEST, leaving, left
from detectors.registry import cards

_SHORT = 8


def keyed_hash(key: bytes, entity: str, value: str) -> str:
    """Hash a normalised value with the catalog's key; nothing for a value without identity."""
    if not value:
        return ""
    return blake2b(f"{entity}:{value}".encode(), key=key, digest_size=16).hexdigest()


def mask(entity: str, text: str) -> str:
    """Show what kind of value it was: at most two of its characters, and a domain's ending.

    >>> mask("EMAIL_ADDRESS", "maija.keksitty@example.fi")
    'm•••@•••.fi'
    >>> mask("PHONE_NUMBER", "+358 40 123 4512")
    '+358 •• ••• ••12'
    >>> mask("PERSON", "Maija Keksitty")
    'M•••• K•••••••'
    """
    own = _masks().get(entity)
    return own(text) if own else left(0, 0 if len(text) < _SHORT else 1, text)


def mask_of_statement() -> str:
    """Mask a phrase: it states a fact in words, and no letter of it helps."""
    return "•••"


@cache
def _masks() -> Mapping[str, Callable[[str], str]]:
    """Give the masks of cards, and of what models see."""
    seen = {"PERSON": _initials, "LOCATION": leaving(1, 0), "DATE_TIME": leaving(0, 0)}
    return seen | {card.entity: card.mask for card in cards() if card.mask}


def _initials(name: str) -> str:
    first, space, rest = name[:LONGEST].partition(" ")
    return left(1, 0, first) + space + left(1, 0, rest)
