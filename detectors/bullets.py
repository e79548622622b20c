"""How masks hide what a value says."""

import re
from collections.abc import Callable
from functools import partial

_BULLET = "•"
LONGEST = 24


def hidden(text: str) -> str:
    """Put a bullet in the place of every letter and digit.

    >>> hidden("010190-900P")
    '••••••-••••'
    """
    return re.sub(r"[^\W_]", _BULLET, text)


def leaving(start: int, end: int) -> Callable[[str], str]:
    """Make a mask that leaves so many characters at the beginning and at the end.

    >>> leaving(2, 0)("FI21 1234 5600 0007 85")
    'FI•• •••• •••• •••• ••'
    """
    return partial(left, start, end)


def left(start: int, end: int, text: str) -> str:
    """Hide all but so many characters at the beginning and at the end; of long texts their first.

    >>> left(0, 1, "010190-900P")
    '••••••-•••P'
    """
    text = text[:LONGEST]
    last = max(len(text) - end, start)
    return text[:start] + hidden(text[start:last]) + text[last:]


def ending(domain: str) -> str:
    """Give the last part of a domain.

    >>> ending("kirje.example.fi")
    '.fi'
    """
    found = re.search(r"\.[A-Za-z]{2,12}$", domain)
    return found.group() if found else ""
