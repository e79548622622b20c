"""Every heading and sentence of the reports, in each language. Templates hold no words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from math import floor

import yaml

from detectors.taxonomy import taxonomy
from reports.text import visible
from ropa.model import Language, Text
from ropa.subjects import Kind


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, and how it writes numbers and days."""

    language: Language
    phrases: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Give a phrase with its placeholders filled; an unknown key is a mistake of ours."""
        return self.phrases[key].format(**values)

    def label(self, vocabulary: str, value: str | None) -> str:
        """Name a value of a vocabulary; one that we do not know names itself."""
        return self.phrases.get(f"{vocabulary}.{value}", value or "")

    def many(self, key: str, count: int) -> str:
        """Give the phrase for one or for many, with the number in it."""
        return self(f"{key}.{'one' if count == 1 else 'many'}", count=self.number(count))

    def number(self, value: int) -> str:
        """Write an integer with the language's thousands separator."""
        return f"{value:,}".replace(",", "\u00a0" if self.language == "fi" else ",")

    def percent(self, value: float) -> str:
        """Write a share of one as whole per cent; only certainty is 100."""
        return f"{floor(value * 100 + 1e-9)}{chr(0xA0) if self.language == 'fi' else ''}%"

    def day(self, value: date | None) -> str:
        """Write a day as the language does, unmistakably."""
        if value is None:
            return ""
        if self.language == "fi":
            return f"{value.day}.{value.month}.{value.year}"
        return f"{value.day}\u00a0{_MONTHS[value.month - 1]}\u00a0{value.year}"

    def moment(self, value: datetime | None) -> str:
        """Write a point in time, to the minute, with its offset's name."""
        if value is None:
            return ""
        clock = f"{value:%H.%M}" if self.language == "fi" else f"{value:%H:%M}"
        return f"{self.day(value)} {clock} {value.tzname() or ''}".rstrip()

    def text(self, text: Text) -> str:
        """Give the words of a register or a rule in this language."""
        return visible(text.in_language(self.language))

    def category(self, key: str) -> str:
        """Name a category of personal data."""
        return visible(taxonomy().label(key, self.language))

    def subject(self, kind: Kind, key: str, name: str) -> str:
        """Name a rule's subject; a category in this language, everything else as it is called."""
        category = key.rpartition("/")[2]
        if kind is Kind.CATEGORY and category in taxonomy().categories:
            return self.category(category)
        return visible(name)


@cache
def wording(language: Language) -> Wording:
    """Read the words of one language."""
    raw = yaml.safe_load(files("reports").joinpath("wording.yaml").read_text("utf-8"))
    return Wording(language, {key: entry[language] for key, entry in raw.items()})


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
