"""The closed vocabularies of the register, as words to choose from and back again."""

from collections.abc import Mapping
from enum import StrEnum
from typing import get_args

from reports.wording import Wording
from ropa.model import Article6, Article9, Role, System, Tool, Trigger

CODES: Mapping[str, tuple[str, ...]] = {
    "role": tuple(map(str, Role)),
    "tool": tuple(map(str, Tool)),
    "basis": get_args(Article6),
    "article9": get_args(Article9),
    "trigger": tuple(map(str, Trigger)),
    "system": get_args(System.model_fields["kind"].annotation),
    "bool": ("yes", "no"),
}


def choices(words: Wording, vocabulary: str) -> tuple[str, ...]:
    """Give the words of a vocabulary, in its own order."""
    return tuple(words.label(vocabulary, code) for code in CODES[vocabulary])


def code(words: Wording, vocabulary: str, text: str) -> str | None:
    """Find the code that a word stands for, as an edited workbook has it."""
    return next(
        (each for each in CODES[vocabulary] if words.label(vocabulary, each) == text.strip()), None
    )


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
