"""The small language in which the lexicons are written, so that who knows a language can read them.

A phrase is words. `*` stands for any letters, `a/b` for either word, `a_b` for two words where one
is written, a `?` behind a word for a word that may be missing, `~` for up to three words of the
same clause, and `=` before a word for its case as written.

    minulla/hänellä on ~ sairau*
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from detectors.special.triggers import shadow

_MOST_PAIRS = 60
_LONG = 8
_GAP = r"(?:[^\s.;:!?()]+\s+){0,3}?"


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """Letters that every text of a phrase holds: what the one pass over all text looks for."""

    literal: bytes
    """As in `triggers.shadow`: a space where a word begins or ends."""
    begins_phrase: bool
    """The phrase begins where the letters do."""


@dataclass(frozen=True)
class Phrases:
    """Phrases of one kind, compiled when they are first looked for."""

    phrases: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compile them."""
        return compiled(self.phrases)


def compiled(phrases: Iterable[str]) -> re.Pattern[str]:
    """Compile phrases into one pattern of whole words; of none, one that never matches.

    >>> compiled(["har ~ diabetes*"]).search("Jag har sedan 2010 diabetes.").group()
    'har sedan 2010 diabetes'
    """
    by_letter: dict[str, list[str]] = {}
    for phrase in phrases:
        written = _written(phrase)
        first = written[0].lower() if written[0].isalpha() else ""
        by_letter.setdefault(first, []).append(written[len(first) :])
    either = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_letter.items())
    return re.compile(rf"(?<![\w-])(?:{either})(?!\w)" if either else r"(?!)", re.IGNORECASE)


def anchors(phrase: str) -> tuple[Anchor, ...]:
    """Give letters of the phrase of which each of its texts holds one: the longest that are sure.

    Words that follow each other are looked for together, with one space or line end between them.
    Sorted, for of what matches the same words only the first is judged: the same in each process.

    >>> sorted(each.literal.decode() for each in anchors("on ~ masennus/uupumus* todettu?"))
    [' masennus', ' uupumus']
    >>> [each.literal.decode() for each in anchors("did time")]
    [' did time']
    """
    words = phrase.split()
    choices: list[list[Anchor]] = []
    for at, word in enumerate(words):
        if word == "~" or word.endswith("?"):
            continue
        alone = [_letters(each) for each in word.split("/")]
        choices.append([_longest(each, first=at == 0) for each in alone])
        following = words[at + 1] if at + 1 < len(words) else "~"
        if following != "~" and not following.endswith("?"):
            pairs = [f"{one} {_letters(two)}" for one in alone for two in following.split("/")]
            if len(pairs) <= _MOST_PAIRS:
                choices.append([_longest(each, first=at == 0) for each in pairs])
    best = max(choices, key=lambda choice: min(len(anchor.literal) for anchor in choice))
    return tuple(sorted({closed for anchor in best for closed in _closed(anchor)}))


def _letters(word: str) -> str:
    return word.removeprefix("=").replace("_", " ")


def _longest(words: str, *, first: bool) -> Anchor:
    """Give the longest piece without a star, with a space where a word begins or ends."""
    pieces = f" {words} ".split("*")
    longest = max(pieces, key=lambda piece: len(piece.strip()))
    begins = first and longest is pieces[0] and longest.startswith(" ")
    return Anchor(shadow(longest)[1:-1], begins_phrase=begins)


def _closed(anchor: Anchor) -> Iterator[Anchor]:
    """Let a short word end at a space or a hyphen; a longer one's end is seen by the phrase."""
    letters = anchor.literal.rstrip()
    if letters == anchor.literal or len(letters) >= _LONG:
        yield replace(anchor, literal=letters)
    else:
        yield anchor
        yield replace(anchor, literal=letters + b"-")


def _written(phrase: str) -> str:
    pattern = between = ""
    for word in phrase.split():
        if word == "~":
            pattern += rf"\s+{_GAP}"
            between = ""
            continue
        choices = [_word(each) for each in word.removesuffix("?").split("/")]
        either = "|".join(choices)
        if not word.endswith("?"):
            pattern += between + (f"(?:{either})" if len(choices) > 1 else either)
            between = r"\s+"
        elif between:
            pattern += rf"(?:\s+(?:{either}))?"
        else:
            pattern += rf"(?:(?:{either})\s+)?"
    return pattern


def _word(word: str) -> str:
    if word == "*":
        return r"\w+"
    own_case = word.startswith("=")
    letters = re.escape(word.removeprefix("="))
    if letters.startswith(r"\*"):
        letters = r"[\w-]*" + letters.removeprefix(r"\*")
    letters = letters.replace(r"\*", r"\w*").replace("_", r"\s+")
    return f"(?-i:{letters})" if own_case else letters
