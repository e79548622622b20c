"""The organisation's own words: project names, unit codes, whatever `detect.terms` lists.

A term is found as a whole word, in any letter case and over line ends; `*` at its end stands for
the rest of a word, so that case endings are met. Its entity's name is the organisation's own, or
one of the taxonomy's, which then gives the category.
"""

import re
from collections.abc import Iterable, Mapping

from detectors.base import Evidence, PatternRecognizer

_CONFIDENCE = 0.85
_LONGEST_REST = 24


def recognizers_of(terms: Mapping[str, Iterable[str]]) -> tuple[PatternRecognizer, ...]:
    """Make a recognizer for each entity.

    >>> terms = recognizers_of({"PROJECT": ["Hanke Kuu*"]})
    >>> bool(re.search(terms[0].patterns[0], "hanke kuussa", re.IGNORECASE))
    True
    """
    return tuple(
        PatternRecognizer(
            name=f"terms.{entity.lower()}",
            entity=entity,
            patterns=tuple(_pattern(term) for term in entries),
            confirm=_confirm,
        )
        for entity, entries in terms.items()
    )


def _pattern(term: str) -> str:
    words = [re.escape(word) for word in term.removesuffix("*").split()]
    rest = rf"[a-zåäöæø]{{0,{_LONGEST_REST}}}" if term.endswith("*") else ""
    return r"\s{1,3}".join(words) + rest


def _confirm(match: re.Match[str]) -> Evidence | None:
    text = match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before.isalnum() or after.isalnum():
        return None
    return Evidence(_CONFIDENCE, ("term",), " ".join(match.group().casefold().split()))
