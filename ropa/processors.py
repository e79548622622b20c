"""The catalogue of processors and platforms that European employers use.

Notices name recipients by brand, by a legal name of the day, or by a name that has since changed;
scans see their domains. The catalogue says that these are one. It is general knowledge, so each
fact tells where it comes from, the day on which it was right, and whether it needs a check.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, Self

import yaml
from pydantic import ConfigDict, Field, model_validator

from ropa.model import Country, Domain, Id, Record, Role

Form = Literal["legal", "brand", "platform", "word"]
"""How a mention names it; a `word` is a common one, and counts only where others speak for it."""
Certainty = Literal["certain", "to_check"]

_SUFFIX = (
    r"(?:[:\u2019']?(?:s|n|a|ä|t|in|ia|iä|ssa|ssä|sta|stä|ta|tä|lla|llä|lta|ltä|lle|ksi|na|nä"
    r"|issa|issä|ista|istä|illa|illä|ilta|iltä|ille|iksi|ina|inä|iin|een|aan|oon|ään|in|hin"
    r"|en|ssä|yn|yä))?"
)
_AFTER = r"(?![\w@]|\.(?:com|fi|se|no|dk|io|net|org)\b)"
_WORD = re.compile(r"(?<![\w@./-])\w")
_START = 2
_SHORT = 4
"""Names up to this length are matched with their case only."""
_FREE: Mapping[str, str] = {
    "inc": r"Inc(?:orporated)?\b\.?",
    "corp": r"Corp(?:oration)?\b\.?",
    "corporation": r"Corp(?:oration)?\b\.?",
    "ltd": r"(?:Limited|Ltd\b\.?)",
    "limited": r"(?:Limited|Ltd\b\.?)",
    "uc": r"(?:Unlimited\s+Company|U\.?L?\.?C\b\.?)",
    "llc": r"L\.?L\.?C\b\.?",
}
"""Forms of companies that notices write in more than one way."""


class LegalName(Record):
    """A registered name and the days on which it was the right one."""

    name: str
    country: Country
    since: date | None = Field(None, alias="from")
    until: date | None = None
    """The day of the change."""

    def holds(self, on: date) -> bool:
        """Say whether the company had this name on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class Processor(Record):
    """One organisation, or one service of it that is known by itself."""

    model_config = ConfigDict(populate_by_name=True)

    id: Id
    kind: str
    role: Role
    """What it usually is to an employer; the contract decides (Art. 4(7), (8))."""
    names: tuple[LegalName, ...] = ()
    brands: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Brands that are also common words or people's names."""
    platforms: tuple[str, ...] = ()
    """Brands that notices name beside the company, as a platform of its own."""
    web: tuple[Domain, ...] = ()
    mail: tuple[Domain, ...] = ()
    hosts: tuple[Domain, ...] = ()
    seat: Country | None = None
    processing: tuple[Country, ...] = ()
    """Countries in which it is known to process; others are possible."""
    parent: Id | None = None
    sub_processors: str = ""
    """Address of its list of sub-processors."""
    certain: tuple[str, ...] = ()
    """Names of the facts that need no check."""
    source: str
    as_of: date

    @model_validator(mode="after")
    def _check(self) -> Self:
        unknown = set(self.certain) - set(type(self).model_fields)
        if unknown:
            raise ValueError(f"{self.id}: no such facts: {', '.join(sorted(unknown))}")
        for name in self.names:
            if name.since and name.until and name.since >= name.until:
                raise ValueError(f"{self.id}: '{name.name}' ends before it begins")
        if not (self.names or self.brands or self.words or self.platforms):
            raise ValueError(f"{self.id} has no name")
        return self

    @property
    def label(self) -> str:
        """Give the name by which it is best known."""
        return next(iter((*self.platforms, *self.brands, *self.words)), "") or self.names[0].name

    @property
    def domains(self) -> tuple[str, ...]:
        """Give all domains, each once."""
        return tuple(dict.fromkeys((*self.web, *self.mail, *self.hosts)))

    def current_name(self, on: date, country: str | None = None) -> str | None:
        """Give the legal name on a day, of the company of a country if one is given."""
        for name in self.names:
            if name.holds(on) and country in {None, name.country}:
                return name.name
        return None

    def certainty(self, fact: str) -> Certainty:
        """Say whether a fact needs a check before anyone relies on it."""
        return "certain" if fact in self.certain else "to_check"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for on a day."""

    processor: Processor
    name: str
    """As the catalogue spells it."""
    form: Form
    country: str | None
    """Of the company that bears a legal name."""
    outdated: bool
    """It was the company's name and is no longer on that day."""
    current: str | None
    """The company's legal name on that day, where the old one is outdated."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text."""

    named: Named
    start: int
    end: int
    """The case ending that the sentence gave it is included."""
    name_end: int
    """Without the case ending."""


@dataclass(frozen=True, slots=True)
class _Alias:
    processor: Processor
    name: str
    form: Form
    legal: LegalName | None = None


@dataclass(frozen=True)
class Catalogue:
    """All entries."""

    entries: tuple[Processor, ...]

    def __getitem__(self, key: str) -> Processor:
        return self._by_id[key]

    def by_name(self, text: str, on: date) -> Named | None:
        """Say whom a name stands for on a day, in whatever case; None if it is unknown."""
        name = text.strip()
        found = self._match(name, 0)
        return None if found is None or found.end() < len(name) else self._named(found, on)

    def by_domain(self, domain: str) -> Processor | None:
        """Say whose a domain is, or the domain above it."""
        labels = domain.lower().rstrip(".").split(".")
        for start in range(len(labels) - 1):
            entry = self._by_domain.get(".".join(labels[start:]))
            if entry is not None:
                return entry
        return None

    def mentions(self, text: str, on: date) -> Iterator[Mention]:
        """Find the names in a text; those within addresses and longer words are none."""
        last = 0
        for word in _WORD.finditer(text):
            found = self._match(text, word.start()) if word.start() >= last else None
            named = self._named(found, on) if found else None
            if found and named:
                last = found.end()
                name_end = found.end(found.lastgroup or 0)
                yield Mention(named, found.start(), found.end(), name_end)

    @cached_property
    def _by_id(self) -> Mapping[str, Processor]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _by_domain(self) -> Mapping[str, Processor]:
        return {domain: entry for entry in self.entries for domain in entry.domains}

    @cached_property
    def _aliases(self) -> tuple[_Alias, ...]:
        return tuple(sorted(_aliases(self.entries), key=lambda alias: -len(alias.name)))

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        """Give the names by their first letters, as one pattern for all is slow."""
        names: dict[str, list[str]] = {}
        for at, alias in enumerate(self._aliases):
            start = alias.name[:_START].casefold()
            names.setdefault(start, []).append(f"(?P<a{at}>{_flexible(alias)})")
        return {
            start: re.compile(rf"(?:{'|'.join(each)}){_SUFFIX}{_AFTER}")
            for start, each in names.items()
        }

    def _match(self, text: str, at: int) -> re.Match[str] | None:
        pattern = self._patterns.get(text[at : at + _START].casefold())
        return None if pattern is None else pattern.match(text, at)

    def _named(self, found: re.Match[str], on: date) -> Named | None:
        alias = self._aliases[int((found.lastgroup or "a0")[1:])]
        if not found.group()[0].isupper() and alias.name[0].isupper():
            return None
        legal = alias.legal
        if legal is None:
            return Named(
                alias.processor, alias.name, alias.form, None, outdated=False, current=None
            )
        outdated = legal.until is not None and legal.until <= on
        current = alias.processor.current_name(on, legal.country) if outdated else None
        return Named(alias.processor, alias.name, "legal", legal.country, outdated, current)


@cache
def catalogue() -> Catalogue:
    """Read the shipped catalogue once."""
    folder = files("ropa").joinpath("catalogue")
    raw = (
        yaml.safe_load(file.read_text("utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yaml")
    )
    return catalogue_of(raw)


def catalogue_of(parts: Iterable[Mapping[str, Any]]) -> Catalogue:
    """Make a catalogue of files that were read; each id, name and domain stands for one entry."""
    entries = tuple(
        Processor.model_validate({**_defaults(part), **entry})
        for part in parts
        for entry in part["entries"]
    )
    ids = [entry.id for entry in entries]
    _unique("id", ((key, at) for at, key in enumerate(ids)))
    _unique("domain", ((domain, entry.id) for entry in entries for domain in entry.domains))
    _unique("name", ((a.name.casefold(), a.processor.id) for a in _aliases(entries)))
    for entry in entries:
        if entry.parent is not None and entry.parent not in ids:
            raise ValueError(f"{entry.id}: its parent {entry.parent} is not in the catalogue")
    return Catalogue(entries)


def _defaults(part: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "entries"}


def _unique(noun: str, owned: Iterable[tuple[str, str | int]]) -> None:
    owners: dict[str, str | int] = {}
    for value, owner in owned:
        if owners.setdefault(value, owner) != owner:
            raise ValueError(f"the {noun} {value} stands for two: {owners[value]} and {owner}")


def _aliases(entries: Iterable[Processor]) -> Iterator[_Alias]:
    for entry in entries:
        for legal in entry.names:
            yield _Alias(entry, legal.name, "legal", legal)
        for platform in entry.platforms:
            yield _Alias(entry, platform, "platform")
        for brand in entry.brands:
            yield _Alias(entry, brand, "brand")
        for word in entry.words:
            yield _Alias(entry, word, "word")


def _flexible(alias: _Alias) -> str:
    """Write a name so that its usual spellings are found: `Google Inc`, `Tiktok`."""
    tokens = alias.name.replace("Unlimited Company", "UC").split()
    legal = alias.form == "legal"
    pattern = r"\s+".join(_token(token, legal=legal) for token in tokens)
    pattern = pattern.replace(r",\s+", r",?\s+")
    exact = alias.form == "word" or len(alias.name) <= _SHORT
    return pattern if exact else f"(?i:{pattern})"


def _token(token: str, *, legal: bool) -> str:
    free = _FREE.get(token.rstrip(".").replace(".", "").lower()) if legal else None
    return free or re.escape(token)
