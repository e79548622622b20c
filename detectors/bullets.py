"""How masks hide what a value says: of its length, too, nothing is left."""

import re
from collections.abc import Callable

HIDDEN = "•••"


def leaving(start: int) -> Callable[[str], str]:
    """Make a mask that leaves so many characters at the beginning: a country's letters.

    >>> leaving(2)("FI21 1234 5600 0007 85")
    'FI•••'
    """
    return lambda text: f"{text[:start]}{HIDDEN}"


def ending(domain: str) -> str:
    """Give the last part of a domain.

    >>> ending("kirje.example.fi")
    '.fi'
    """
    found = re.search(r"\.[A-Za-z]{2,12}$", domain)
    return found.group() if found else ""
