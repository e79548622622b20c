"""Words around a match, and in its label, that say what it is."""

import re
from functools import cache

from detectors.base import PatternRecognizer

_SHORT = 4
"""A stem no longer than this counts only at the beginning of a word: `tel` is not in `hotel`."""


def context_codes(
    recognizer: PatternRecognizer, text: str, start: int, end: int, label: str
) -> tuple[str, ...]:
    """Give `context` and `label` as far as they speak for the recognizer."""
    if not recognizer.context:
        return ()
    stems = _stems(recognizer.context)
    reach = recognizer.context_reach
    codes = []
    if reach and (
        stems.search(text[max(0, start - reach) : start].lower())
        or stems.search(text[end : end + reach].lower())
    ):
        codes.append("context")
    if label and stems.search(words_of(label)):
        codes.append("label")
    return tuple(codes)


def words_of(label: str) -> str:
    """Write a column or field name as words.

    >>> words_of("birthDate"), words_of("PUH_NRO")
    ('birth date', 'puh nro')
    """
    return re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|[_.-]", " ", label).lower()


@cache
def _stems(stems: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        "|".join(
            (r"\b" if len(stem) <= _SHORT else "") + re.escape(stem)
            for stem in sorted(stems, key=len, reverse=True)
        )
    )
