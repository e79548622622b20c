"""Lengths of time in a text, in digits and in words, as ISO 8601: `P1Y`, `P6M`, `P30D`.

The unit stays that of the text: twelve months are `P12M`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypedDict

import yaml

from ropa.notice.wording import joined

_AND = re.compile(r"\s*(?:and|ja|och|og|,)\s+|[.]?\s{1,2}", re.IGNORECASE)
_UNITS = "YMWD"
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, and where the text says it."""

    iso: str
    start: int
    end: int


class _Words(TypedDict):
    """The file `durations.yaml`."""

    numbers: Mapping[str, Mapping[int, str]]
    units: Mapping[str, str]
    adjectives: str
    fractions: Mapping[str, Mapping[str, Sequence[str]]]
    single: Mapping[str, Mapping[str, Sequence[str]]]


@lru_cache(maxsize=4096)
def durations(text: str) -> tuple[Duration, ...]:
    """Find the lengths of time in a text; of a range, the longest.

    >>> [found.iso for found in durations("Vi sparar den i sex månader, provet i två (2) år.")]
    ['P6M', 'P2Y']
    >>> [found.iso for found in durations("Poistetaan vuoden kuluttua, enintään 24 kk.")]
    ['P1Y', 'P24M']
    """
    taken: list[Duration] = []
    for found in (*_of(_fractions(), text), *_of_numbers(text), *_of(_single(), text)):
        if all(found.end <= each.start or each.end <= found.start for each in taken):
            taken.append(found)
    return tuple(_put_together(text, sorted(taken, key=lambda each: each.start)))


def _of(phrases: Sequence[tuple[str, re.Pattern[str]]], text: str) -> Iterator[Duration]:
    for iso, pattern in phrases:
        for match in pattern.finditer(text):
            end = match.start() + len(match.group().rstrip())
            yield Duration(iso, match.start(), end)


def _of_numbers(text: str) -> Iterator[Duration]:
    for match in _numbered().finditer(text):
        unit = next(unit for unit in _UNITS if match.group(unit))
        words = match["upper"] or match["inner"] or match["number"]
        iso = _iso(words, unit)
        if iso:
            yield Duration(iso, match.start(), match.end())


def _iso(words: str, unit: str) -> str:
    whole, _, part = words.replace(".", ",").partition(",")
    if not part:
        number = _number(whole)
        return f"P{number}{unit}" if number else ""
    if unit == "Y":
        return f"P{round(float(f'{whole}.{part}') * _MONTHS_A_YEAR)}M"
    return ""


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    return next((number for number, known in _numbers() if known.fullmatch(words)), 0)


def _put_together(text: str, found: Sequence[Duration]) -> Iterator[Duration]:
    """Make one of "two years and six months"."""
    at = 0
    while at < len(found):
        this = found[at]
        following = found[at + 1] if at + 1 < len(found) else None
        if following and _continues(text, this, following):
            yield Duration(this.iso + following.iso[1:], this.start, following.end)
            at += 2
        else:
            yield this
            at += 1


def _continues(text: str, first: Duration, second: Duration) -> bool:
    units = first.iso[-1] + second.iso[-1]
    between = text[first.end : second.start]
    return units in ("YM", "YD", "MD") and _AND.fullmatch(between) is not None


@cache
def _read() -> _Words:
    raw: _Words = yaml.safe_load(files("ropa.notice").joinpath("durations.yaml").read_text("utf-8"))
    return raw


@cache
def _numbers() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple(
        (number, re.compile(pattern, re.IGNORECASE))
        for of_language in _read()["numbers"].values()
        for number, pattern in of_language.items()
    )


@cache
def _fractions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _compiled(_read()["fractions"])


@cache
def _single() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _compiled(_read()["single"])


def _compiled(
    phrases: Mapping[str, Mapping[str, Sequence[str]]],
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (iso, re.compile(rf"(?<!\w)(?:{joined(by_language).pattern})", re.IGNORECASE))
        for iso, by_language in phrases.items()
    )


@cache
def _numbered() -> re.Pattern[str]:
    known = [word for _, pattern in _numbers() for word in pattern.pattern.split("|")]
    words = "|".join(sorted(known, key=len, reverse=True))
    number = rf"(?:\d{{1,3}}(?:[.,]\d)?|{words})"
    units = "|".join(f"(?P<{unit}>{pattern})" for unit, pattern in _read()["units"].items())
    return re.compile(
        rf"(?<![\w.,/§])(?P<number>{number})"
        rf"(?:\s*(?:[-\u2013\u2014/]|to|till|til|or|tai|eller)\s*(?P<upper>{number}))?"
        rf"(?:\s*\(\s*(?P<inner>{number})\s*\))?"
        rf"(?:\s+(?:{_read()['adjectives']}))?(?:(?<=[\d)])\s*|[\s-]+)(?:{units})(?!\w)",
        re.IGNORECASE,
    )
