"""The closed vocabularies of the register, as words to choose from and back again."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import get_args

from reports.wording import Wording, wording
from ropa.model import Article6, Article9, Language, Role, Status, System, Tool, Trigger
from rules.model import WaiverKind

CODES: Mapping[str, tuple[str, ...]] = {
    "role": tuple(map(str, Role)),
    "tool": tuple(map(str, Tool)),
    "basis": get_args(Article6),
    "article9": get_args(Article9),
    "trigger": tuple(map(str, Trigger)),
    "system": get_args(System.model_fields["kind"].annotation),
    "status": tuple(map(str, Status)),
    "bool": ("yes", "no"),
    "waiver": tuple(map(str, WaiverKind)),
}
LANGUAGES: tuple[Language, ...] = get_args(Language)
_UNITS = "YMWD"
_PERIOD = re.compile(r"(\d[\d\s,]*)([^\W\d_]+)\.?")


def choices(words: Wording, vocabulary: str) -> tuple[str, ...]:
    """Give the words of a vocabulary, in its own order."""
    return tuple(words.label(vocabulary, code) for code in CODES[vocabulary])


def code(vocabulary: str, text: str) -> str | None:
    """Find the code that a word of either language stands for; a code stands for itself."""
    wanted = text.strip().casefold()
    names = [wording(language) for language in LANGUAGES]
    for each in CODES[vocabulary]:
        known = {each, *(words.label(vocabulary, each) for words in names)}
        if wanted in {name.casefold() for name in known}:
            return each
    return None


def word(words: Wording, vocabulary: str, value: str | StrEnum | None) -> str:
    """Give the word of a value; nothing for nothing."""
    return words.label(vocabulary, str(value)) if value is not None else ""


def duration(words: Wording, code_: str | None) -> str:
    """Write an ISO 8601 period in words: `P1Y6M` is "1 year 6 months"."""
    parts: list[str] = []
    number = ""
    for character in (code_ or "").removeprefix("P"):
        if character.isdigit():
            number += character
        else:
            parts.append(words.many(f"duration.{character}", int(number)))
            number = ""
    return " ".join(parts)


def period(text: str) -> str | None:
    """Read a period in words of either language, or in ISO 8601: the opposite of `duration`.

    >>> period("1 year 6 months"), period("30 päivää"), period("P2Y"), period("soon")
    ('P1Y6M', 'P30D', 'P2Y', None)
    """
    if re.fullmatch(r"[Pp](\d+[YyMmWwDd])+", text.strip()):
        return text.strip().upper()
    if _PERIOD.sub("", text).strip(" ,"):
        return None
    found: dict[str, int] = {}
    for number, name in _PERIOD.findall(text):
        unit = _unit(name.casefold())
        if unit is None or unit in found:
            return None
        found[unit] = int(re.sub(r"\D", "", number))
    return "P" + "".join(f"{found[unit]}{unit}" for unit in _UNITS if unit in found) or None


def _unit(name: str) -> str | None:
    for unit in _UNITS:
        for language in LANGUAGES:
            words = wording(language)
            for number in ("one", "many"):
                if name == words(f"duration.{unit}.{number}", count="").strip().casefold():
                    return unit
    return None
