"""Whose number it is: what the words before it say, and which of several readings is the right one.

One string may be a valid number of several countries: a Finnish, a Swedish and a Danish code may
all be written `dddddd-dddd`, an Estonian and a Lithuanian one are built alike. With whom a card can
be confused is not listed: it is every other card that has a reading of the string. The reading with
the most weight stays: the number's own word before it, the language around it, how seldom its
checks pass by chance, and whether the person would be of an age to apply for work. Where that does
not settle it, the best reading is given, less sure, with the evidence `ambiguous`; the others stay
below what is reported unless a column's name speaks for them.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cache, lru_cache, partial

from detectors.base import DetectorSettings, Evidence, PatternRecognizer
from detectors.card import Card, Reading
from detectors.cues import claim
from detectors.registry import cards

_WORKING_AGE = range(1940, 2010)
_REACH = 300
_ENGLISH = r"\b(?:the|and|of|is|this|that|with|for|at|was|her|his)\b"
_OWN_WORD = 1e8
_LANGUAGE = 300.0
"""A foreigner's number in a text comes with a word that names it."""
_IMPLAUSIBLE = 0.01
_CLEAR = 100.0
_AMBIGUOUS = 0.5
_AMBIGUOUS_CONTEXT = 0.7
_UNLIKELY = 0.25
"""With a column's name that speaks for it, still more than `_AMBIGUOUS`."""
_UNLIKELY_ABROAD = 0.1
"""Under a name that speaks for both, less than any reading of a card that is met abroad."""


def settled(card: Card, settings: DetectorSettings) -> tuple[PatternRecognizer, ...]:
    """Give the recognizers of a card, which heed the words around and other cards' readings."""
    recognizers = card.fitted(settings) if card.fitted else card.recognizers
    if not card.owner:
        return recognizers
    return tuple(
        replace(each, confirm=partial(_confirm, card, each.confirm)) for each in recognizers
    )


def weights(text: str, start: int, end: int) -> Mapping[str, float]:
    """Weigh the entities of which the string at a place is a valid number.

    >>> sorted(weights("Hendes CPR er 010190-0002", 14, 25))
    ['DK_CPR']
    """
    first = max(0, start - _REACH)
    return _weighed(text[first : end + _REACH], start - first, end - first)


def _confirm(
    card: Card, confirm: Callable[[re.Match[str]], Evidence | None], match: re.Match[str]
) -> Evidence | None:
    evidence = confirm(match)
    if evidence is None:
        return None
    text = match.string
    start = match.start() if evidence.start is None else evidence.start
    end = match.end() if evidence.end is None else evidence.end
    evidence = _announced(card, evidence, text, start, end)
    if card.reading is None or not evidence.confidence:
        return evidence if evidence.confidence else None
    weighed = weights(text, start, end)
    if not weighed or set(weighed) == {card.entity}:
        return evidence
    if card.entity not in weighed:
        most = _UNLIKELY if card.is_met_abroad else _UNLIKELY_ABROAD
        return replace(evidence, confidence=min(evidence.confidence / 2, most))
    best, second = sorted(weighed.items(), key=lambda each: -each[1])[:2]
    if card.entity == best[0] and best[1] >= _CLEAR * second[1]:
        return _surely_somebodys(card, evidence, text, start, end)
    spoken = "context" in evidence.codes
    return replace(
        evidence,
        confidence=min(evidence.confidence, _AMBIGUOUS_CONTEXT if spoken else _AMBIGUOUS)
        if card.entity == best[0]
        else min(evidence.confidence / 2, _UNLIKELY),
        codes=tuple(sorted({*evidence.codes, "ambiguous"})),
    )


def _announced(card: Card, evidence: Evidence, text: str, start: int, end: int) -> Evidence:
    """Judge by the word before: whether it announces such a number, or another."""
    if evidence.claimed is None and evidence.disclaimed is None:
        return evidence
    owner = claim(text, start, end).owner
    if evidence.claimed is not None and owner and owner in {card.owner, *card.other_owners}:
        codes = tuple(sorted({*evidence.codes, "context"}))
        return replace(evidence, confidence=evidence.claimed, codes=codes)
    if evidence.disclaimed is not None and owner == "other":
        return replace(evidence, confidence=evidence.disclaimed)
    return evidence


def _surely_somebodys(card: Card, evidence: Evidence, text: str, start: int, end: int) -> Evidence:
    """Report what has a checksum and a date for one country and the words of another."""
    if "-" not in text[start:end] or claim(text, start, end).owner == "other":
        return evidence
    return replace(evidence, confidence=max(evidence.confidence, card.least_settled))


@lru_cache(maxsize=256)
def _weighed(text: str, start: int, end: int) -> Mapping[str, float]:
    """Remember the weights: each card's recognizer asks at the same place."""
    readings = _readings(text[start:end].replace(" ", ""))
    if len(readings) < 2:  # noqa: PLR2004 - a rival makes two
        return {card.entity: 1.0 for card in readings}
    said = claim(text, start, end)
    spoken = _language(text, start, end, readings)
    rivals = {
        card: reading
        for card, reading in readings.items()
        if card.is_met_abroad or card.entity in {said.entity, spoken}
    }
    return {
        card.entity: reading.strength
        * (1.0 if reading.born is None or reading.born.year in _WORKING_AGE else _IMPLAUSIBLE)
        * (_OWN_WORD if said.entity == card.entity else 1.0)
        * (card.shared_words if said.is_shared else 1.0)
        * (_LANGUAGE if spoken == card.entity else 1.0)
        for card, reading in (rivals or readings).items()
    }


def _readings(code: str) -> Mapping[Card, Reading]:
    return {
        card: reading
        for card in cards()
        if card.reading is not None and (reading := card.reading(code)) is not None
    }


def _language(text: str, start: int, end: int, rivals: Collection[Card]) -> str:
    """Name the entity whose country's language is spoken around; none where two speak alike.

    Where all rivals are of abroad, theirs are the languages to choose from: much of an Estonian
    text reads as Finnish, too, and that is no Finnish number.
    """
    around = (text[max(0, start - _REACH) : start] + text[end : end + _REACH]).lower()
    heard = {"", *(card.entity for card in rivals)}
    if any(card.is_met_abroad for card in rivals):
        heard |= _spoken().keys()
    counts = {
        entity: len(words.findall(around)) for entity, words in _spoken().items() if entity in heard
    }
    best, *others = sorted(counts.items(), key=lambda each: -each[1])
    return best[0] if best[1] > max([1, *(count for _, count in others)]) else ""


@cache
def _spoken() -> Mapping[str, re.Pattern[str]]:
    own = {card.entity: card.spoken for card in cards() if card.spoken}
    return {entity: re.compile(words) for entity, words in {**own, "": _ENGLISH}.items()}
