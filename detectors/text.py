"""Text as recognizers read it: one kind of space, one kind of dash, nothing invisible.

Real mails and PDFs write personal codes with an en dash, group telephone numbers with no-break
spaces and break words with soft hyphens. Spaces and dashes are replaced one for one, so offsets
stay; invisible characters are left out, and `Prepared.span` finds the way back.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_SPACES = "\u00a0\u2002\u2003\u2005\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_REPLACED = tuple((char, " ") for char in _SPACES) + tuple((char, "-") for char in _DASHES)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE_PATTERN = re.compile(f"[{_INVISIBLE}]")


_LONGER_IN_LOWER_CASE = "\u0130"
"""The only letter that becomes two."""


def lowered(text: str) -> str:
    """Write a text in lower case, each character for itself.

    >>> lowered("\u0130Ä"), len("\u0130".lower())
    ('iä', 2)
    """
    return text.replace(_LONGER_IN_LOWER_CASE, "i").lower()


def by_first_letter(alternatives: str) -> str:
    r"""Group the alternatives of a pattern by the letter they begin with.

    `re` tries them one after the other at every place; so it tries one for each letter. A `\b` in
    front of an alternative is kept.

    >>> by_first_letter(r"puh|\bpost|tel(?:e|i)")
    'p(?:uh|(?<!\\w.)ost)|t(?:el(?:e|i))'
    """
    groups: dict[str, list[str]] = {}
    for part in _parts(alternatives):
        word = part.removeprefix(r"\b")
        edge = "" if word == part else r"(?<!\w.)"
        groups.setdefault(word[0], []).append(edge + word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in groups.items())


def _parts(alternatives: str) -> list[str]:
    """Split a pattern at the bars that are in no group."""
    parts = [""]
    depth = 0
    for piece in re.findall(r"\\.|.", alternatives, re.DOTALL):
        depth += (piece in {"(", "["}) - (piece in {")", "]"})
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready for recognizers, and how its offsets map to the original's."""

    text: str = field(repr=False)
    shifts: tuple[int, ...] = ()
    """For each character left out, in order: where in `text` it would have stood."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give a span of `text` as a span of the original, invisible characters inside it."""
        if not self.shifts:
            return start, end
        return (
            start + bisect_right(self.shifts, start),
            end + bisect_right(self.shifts, max(start, end - 1)),
        )


def prepare(text: str) -> Prepared:
    r"""Replace what only looks different and leave out what is not seen.

    >>> prepare("131052\u2013308T").text
    '131052-308T'
    >>> prepare("0401\u00ad234").span(0, 7)
    (0, 8)
    """
    if text.isascii():
        return Prepared(text)
    for char, plain in _REPLACED:
        if char in text:
            text = text.replace(char, plain)
    if not any(char in text for char in _INVISIBLE):
        return Prepared(text)
    shifts = tuple(
        found.start() - before for before, found in enumerate(_INVISIBLE_PATTERN.finditer(text))
    )
    return Prepared(_INVISIBLE_PATTERN.sub("", text), shifts)
