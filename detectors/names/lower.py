"""Names without capitals, as in hurried mails: words that look like names are read with one."""

from collections.abc import Sequence

from detectors.names.features import word_of
from detectors.names.forms import look_up
from detectors.names.likeness import likeness
from detectors.names.stopwords import is_stopword
from detectors.names.tokens import LINE, Token

_STARTERS = frozenset(".!?>") | {"..", "...", "!!", ">>", "-", "--"}
_SHORTEST = 3
_UNUSUAL = -2
_LIKE = 2
_FEWEST = 3
"""Words that make a sentence; fewer are a cell or a code."""


def with_capitals(run: Sequence[Token]) -> Sequence[Token]:
    """Give a run as it would be with capitals; as it is, if its writer used them.

    >>> from detectors.names.tokens import tokens_of
    >>> [token.text for token in with_capitals(list(tokens_of("moi, soita maija virtaselle")))]
    ['moi', ',', 'soita', 'Maija', 'Virtaselle']
    """
    if not _is_careless(run):
        return run
    return [
        token._replace(text=token.text.title()) if _looks_like_name(token.text) else token
        for token in run
    ]


def _is_careless(run: Sequence[Token]) -> bool:
    """Say whether the sentences of a run begin without capitals."""
    small = large = words = 0
    for at, token in enumerate(run):
        kind = word_of(token.text).kind
        words += kind in {"l", "C"}
        if at == 0 or run[at - 1].text in _STARTERS or (token.gap == LINE and at < _SHORTEST):
            small += kind == "l"
            large += kind in {"C", "A", "I"}
    return small > large and words >= _FEWEST


def _looks_like_name(word: str) -> bool:
    if len(word) < _SHORTEST or not word.islower() or is_stopword(word):
        return False
    if not word.replace("-", "").isalpha():
        return False
    _, _, ordinary = likeness(word.rpartition("-")[2])
    known = look_up(word.title())
    if known.personal or known.listed.place:
        return ordinary <= 0 and not (known.listed.ambiguous or known.typical)
    given, surname, ordinary = likeness(word.rpartition("-")[2])
    return ordinary <= _UNUSUAL and max(given, surname) >= _LIKE
