"""Which nation's number it is, where one string is a valid number of several.

A Finnish, a Swedish and a Danish number may all be written `dddddd-dddd`. The reading with the most
weight stays: the nation's own word before the number, the language around it, how seldom the
checksum passes by chance, and whether the person would be of an age to apply for work. Where that
does not settle it, the best reading is given, less sure, with the evidence `ambiguous`; the others
stay below what is reported unless a column's name speaks for them.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from detectors.base import Evidence, PatternRecognizer
from detectors.cues import Owner, claim
from detectors.dk import cpr
from detectors.fi import henkilotunnus
from detectors.se import personnummer

_BORN: dict[Owner, Callable[[str], date | None]] = {
    "FI": henkilotunnus.born,
    "SE": personnummer.born,
    "DK": cpr.born,
}
_WRITTEN = re.compile(r"\d{6} ?[-+]? ?\d{4}", re.ASCII)
_OLDEST = 1900
_WORKING_AGE = range(1940, 2010)
_REACH = 300
_SPOKEN: dict[Owner, re.Pattern[str]] = {
    "FI": re.compile(r"\b(?:ja|on|ei|että|hän|oli|olen|sekä|ovat|tai|minun|hänen)\b|ää|yö|uo|ii"),
    "SE": re.compile(r"\b(?:och|att|är|jag|inte|med|från|har|för|som|hennes|hans|av|till)\b|å"),
    "DK": re.compile(r"\b(?:og|at|er|jeg|ikke|med|fra|har|for|som|hendes|hans|af|til)\b|[øæ]"),
    "": re.compile(r"\b(?:the|and|of|is|this|that|with|for|at|was|her|his)\b"),
}
_OWN_WORD = 1e8
_SHARED_WORD: dict[Owner, float] = {"SE": 10.0, "DK": 5.0, "FI": 0.05}
_LANGUAGE = 300.0
"""A foreigner's number in a text comes with a word that names it."""
_IMPLAUSIBLE = 0.01
_COORDINATION = 0.02
_REPLACEMENT = 0.002
_CLEAR = 100.0
_WITHOUT_MODULUS_11 = 0.05
_AMBIGUOUS = 0.5
_AMBIGUOUS_CONTEXT = 0.7
_SOMEBODYS = 0.5
_UNLIKELY = 0.25
"""With a column's name that speaks for it, still more than `_AMBIGUOUS`."""


def settled(nation: Owner, recognizer: PatternRecognizer) -> PatternRecognizer:
    """Make a recognizer that gives way where another nation's reading weighs more."""
    return replace(recognizer, confirm=partial(_confirm, nation, recognizer.confirm))


def weights(text: str, start: int, end: int) -> dict[Owner, float]:
    """Weigh the nations of which the string at a place is a valid number.

    >>> sorted(weights("Hendes CPR er 010190-0002", 14, 25))
    ['DK']
    """
    if _WRITTEN.fullmatch(text, start, end) is None:
        return {}
    first = max(0, start - _REACH)
    return dict(_weighed(text[first : end + _REACH], start - first, end - first))


@lru_cache(maxsize=256)
def _weighed(text: str, start: int, end: int) -> dict[Owner, float]:
    """Remember the weights: each nation's recognizer asks at the same place."""
    code = text[start:end].replace(" ", "")
    readings = {
        nation: day
        for nation, born in _BORN.items()
        if (day := born(code)) is not None and (day.year >= _OLDEST or "+" in code)
    }
    if len(readings) < 2:  # noqa: PLR2004 - a rival makes two
        return dict.fromkeys(readings, 1.0)
    owner = claim(text, start, end)
    spoken = _language(text, start, end)
    return {
        nation: _strength(nation, code)
        * (1.0 if day.year in _WORKING_AGE else _IMPLAUSIBLE)
        * (_OWN_WORD if owner == nation else 1.0)
        * (_SHARED_WORD.get(nation, 1.0) if owner == "personnummer" else 1.0)
        * (_LANGUAGE if spoken == nation else 1.0)
        for nation, day in readings.items()
    }


def _confirm(
    nation: Owner, confirm: Callable[[re.Match[str]], Evidence | None], match: re.Match[str]
) -> Evidence | None:
    evidence = confirm(match)
    if evidence is None:
        return None
    weighed = weights(match.string, match.start(), match.end())
    if not weighed or set(weighed) == {nation}:
        return evidence
    if nation not in weighed:
        return replace(evidence, confidence=min(evidence.confidence / 2, _UNLIKELY))
    best, second = sorted(weighed.items(), key=lambda each: -each[1])[:2]
    if nation == best[0] and best[1] >= _CLEAR * second[1]:
        return _at_least_somebodys(evidence, match) if nation == "DK" else evidence
    spoken = "context" in evidence.codes
    return replace(
        evidence,
        confidence=min(evidence.confidence, _AMBIGUOUS_CONTEXT if spoken else _AMBIGUOUS)
        if nation == best[0]
        else min(evidence.confidence / 2, _UNLIKELY),
        codes=tuple(sorted({*evidence.codes, "ambiguous"})),
    )


def _at_least_somebodys(evidence: Evidence, match: re.Match[str]) -> Evidence:
    """Report what has a checksum and a date for one nation and the words of another.

    A Danish number of today need not satisfy modulus 11: alone it would say too little.
    """
    written, start, end = match.group(), match.start(), match.end()
    if "-" not in written or claim(match.string, start, end) == "other":
        return evidence
    return replace(evidence, confidence=max(evidence.confidence, _SOMEBODYS))


def _strength(nation: Owner, code: str) -> float:
    """Give how many look-alikes there are for one that passes the checksum by chance."""
    if nation == "FI":
        return 31.0
    if nation == "SE":
        return 10.0 if int(code[4:6]) < personnummer.COORDINATION else 10.0 * _COORDINATION
    strength = 11.0 if cpr.satisfies_modulus_11(code) else _WITHOUT_MODULUS_11
    return strength if int(code[:2]) < cpr.REPLACEMENT else strength * _REPLACEMENT


def _language(text: str, start: int, end: int) -> Owner:
    """Name the nation whose language the words around speak; none where two speak alike."""
    around = (text[max(0, start - _REACH) : start] + text[end : end + _REACH]).lower()
    counts = {nation: len(words.findall(around)) for nation, words in _SPOKEN.items()}
    best, second = sorted(counts.items(), key=lambda each: -each[1])[:2]
    return best[0] if best[1] > max(second[1], 1) else ""
