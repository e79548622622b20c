"""What is left of a value: a mask for people and a keyed hash for machines."""

import re
from hashlib import blake2b

_BULLET = "•"
_LONGEST = 24

_SHORT = 8
_ADDRESSES = frozenset({"URL", "PROFILE_URL"})
_SHOWN = {
    "BIRTH_DATE": (0, 0),
    "DATE_TIME": (0, 0),
    "IP_ADDRESS": (0, 0),
    "LOCATION": (1, 0),
    "IBAN_CODE": (2, 0),
    "CREDIT_CARD": (0, 2),
    "PHONE_NUMBER": (0, 2),
}
"""Characters left at the beginning and at the end."""
_COUNTRY_CODE = re.compile(r"\+(?:358|4[4-7]|\d)")


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
    if entity == "EMAIL_ADDRESS":
        return f"{text[:1]}•••@•••{_ending(text)}"
    if entity in _ADDRESSES:
        return f"•••{_ending(_host(text))}/•••"
    text = text[:_LONGEST]
    if entity == "PERSON":
        first, space, rest = text.partition(" ")
        return first[:1] + _hidden(first[1:]) + space + rest[:1] + _hidden(rest[1:])
    shown = _SHOWN.get(entity, (0, 0) if len(text) < _SHORT else (0, 1))
    start, end = shown[0], max(len(text) - shown[1], shown[0])
    if entity == "PHONE_NUMBER":
        country = _COUNTRY_CODE.match(text)
        start = country.end() if country else 0
    return text[:start] + _hidden(text[start:end]) + text[end:]


def mask_of_statement() -> str:
    """Mask a phrase: it states a fact in words, and no letter of it helps."""
    return "•••"


def _hidden(text: str) -> str:
    return re.sub(r"[^\W_]", _BULLET, text)


def _ending(domain: str) -> str:
    found = re.search(r"\.[A-Za-z]{2,12}$", domain)
    return found.group() if found else ""


def _host(url: str) -> str:
    return re.split(r"[/?#:]", url.rsplit("://", maxsplit=1)[-1], maxsplit=1)[0]
