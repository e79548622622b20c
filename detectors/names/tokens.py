"""Words of a text as the name model reads them: with offsets, and with what parts them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĶŁĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_TOKEN = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)*)"
    rf"|(?<!\w)[{UPPER}]\.(?:-?[{UPPER}]\.)*(?!\w)"
    r"|[^\W_]+(?:[-:.&\u2010\u2011][^\W_]+|['\u2019](?!s\b)[^\W_]+)*"
    r"|['\u2019]s\b"
    r"|(?P<mark>[^\w\s]|_)(?P=mark)*"
)
_GAP = re.compile(r"[ \t\xa0>|*\u2022-]*")
LONGEST_RUN = 400
"""Tokens that are read together at most; a paragraph is rarely longer."""

SPACE, NONE, TAB, LINE, PARAGRAPH = " ", "", "t", "n", "p"


class Token(NamedTuple):
    """A word or a mark."""

    text: str
    start: int
    end: int
    gap: str
    """What stands before it: nothing, a space, a tab or several spaces, an end of line."""


def tokens_of(text: str) -> Iterator[Token]:
    """Cut a text into tokens.

    >>> [token.text for token in tokens_of("J. K. Aho's, a.aho@example.org: EU:n")]
    ['J.', 'K.', 'Aho', "'s", ',', 'a.aho@example.org', ':', 'EU:n']
    """
    make = tuple.__new__  # the constructor of a named tuple costs as much as all the rest
    before = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        gap = _gap(text, before, start) if before else PARAGRAPH
        yield make(Token, (text[start:end], start, end, gap))
        before = end


def runs_of(text: str) -> Iterator[list[Token]]:
    """Cut a text into the runs of tokens that are read together: paragraphs, mostly."""
    run: list[Token] = []
    for token in tokens_of(text):
        if run and (token.gap == PARAGRAPH or len(run) >= LONGEST_RUN):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _gap(text: str, end: int, start: int) -> str:
    if start == end:
        return NONE
    if start - end == 1:
        char = text[end]
        return LINE if char in "\n\r" else TAB if char == "\t" else SPACE
    between = text[end:start]
    lines = between.count("\n")
    if lines > 1 or "\f" in between:
        return PARAGRAPH
    if lines or "\r" in between:
        return LINE
    return TAB
