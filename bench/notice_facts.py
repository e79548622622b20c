"""What a notice says as single facts, and how what was read compares with the gold.

Both sides have the shape of `kartta notice read`, so that one way of taking it apart does for both.
A topic that is not read yet gives no facts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

from ropa.model import Trigger

Data = Mapping[str, Any]
Place = tuple[int, str]
"""Line and quote."""

ENOUGH = 0.5
"""Share of the words of the shorter of two quotes that makes them one, on the same line."""
NEARLY_ALL = 0.8
"""The same on other lines."""
STEM = 4
"""Letters at the beginning that two forms of a word share, at least."""
ENDING = 4
"""Letters at the end in which they may differ, at most."""
GIVEN = "given"
_CLAIMS = ("contradicting_claim", "exception_claim")
_CONTROLLER = ("name_as_written", "legal_entity", "business_id", "postal_address")
_VERSION = ("value", "year", "exact_date")
_MONTHS = {"Y": 12, "M": 1}
_DAYS = {"W": 7, "D": 1}
_DURATION = re.compile(r"P(\d+)([YMWD])")
_FORM = re.compile(r"\b(?:oyj?|ab|asa?|a/s|aps|inc|llc|ltd|limited|plc|gmbh|se|bv|b v|dac|ky)\b")


class By(Enum):
    """How two facts are known to be about the same."""

    KIND = "there is one of its kind"
    NAME = "they have the same name"
    WORDS = "their quotes share words"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a notice says, or is silent about."""

    topic: str
    kind: str
    by: By
    name: str = ""
    value: str | None = None
    places: tuple[Place, ...] = ()
    is_optional: bool = False
    """It may be found or not: concluded, or a matter of taste."""

    @property
    def is_silent(self) -> bool:
        """Say whether the notice says nothing of the kind."""
        return self.by is By.KIND and self.value is None


@dataclass(frozen=True, slots=True)
class Score:
    """How many facts of a topic were read."""

    gold: int = 0
    found: int = 0
    """With a counterpart in what was read."""
    value: int = 0
    """Of these, with the right value."""
    line: int = 0
    """Of these, on the right line too."""
    invented: int = 0
    """Read, and not in the gold."""
    nulls: int = 0
    """What the notice does not say."""
    null_right: int = 0
    """Of these, left open."""

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Match:
    """A fact of the gold with its counterpart, or one side alone."""

    gold: Fact | None
    found: Fact | None

    @property
    def is_right(self) -> bool:
        """Say whether the values agree."""
        if self.gold is None or self.found is None:
            return False
        return _agree(self.gold, self.found)

    @property
    def on_line(self) -> bool:
        """Say whether the evidence stands on a line of the gold."""
        return bool(self.gold and self.found and _shared(self.gold, self.found))


def facts_of(data: Data, language: str) -> tuple[Fact, ...]:
    """Take apart what a notice says."""
    return tuple(_once(fact for read in _TOPICS for fact in read(data, language)))


def matches(gold: Iterable[Fact], found: Iterable[Fact]) -> Iterator[Match]:
    """Pair what should be read with what was; the best pairs first, each fact once.

    What was read twice is not invented: a second reading that agrees is left out.
    """
    wanted, read = list(gold), [fact for fact in found if not fact.is_silent]
    pairs = [
        (score, at, to)
        for at, one in enumerate(wanted)
        for to, other in enumerate(read)
        if (score := _likeness(one, other)) > 0
    ]
    taken: set[int] = set()
    paired: dict[int, int] = {}
    for _, at, to in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if at not in paired and to not in taken:
            paired[at] = to
            taken.add(to)
    for at, one in enumerate(wanted):
        yield Match(one, read[paired[at]] if at in paired else None)
    agreeing = {to for _, at, to in pairs if _agree(wanted[at], read[to])}
    for to, other in enumerate(read):
        if to not in taken and to not in agreeing:
            yield Match(None, other)


def score(found: Iterable[Match]) -> Score:
    """Count."""
    return sum(map(_score, found), Score())


def _score(match: Match) -> Score:
    gold, found = match.gold, match.found
    if gold is None:
        return Score(invented=int(found is not None and not found.is_optional))
    if gold.is_silent:
        kept = found is None or found.value is None
        return Score(nulls=1, null_right=int(kept), invented=int(not kept))
    if gold.is_optional:
        return Score()
    right = match.is_right
    empty = int(gold.value is None and found is not None)
    return Score(
        gold=1,
        found=int(found is not None),
        value=int(right),
        line=int(right and match.on_line),
        nulls=empty,
        null_right=empty * int(right),
    )


def _likeness(gold: Fact, found: Fact) -> float:
    """Say how well two facts fit; 0 if they are not about the same."""
    if (gold.topic, gold.kind) != (found.topic, found.kind):
        return 0
    if gold.by is By.KIND:
        base = 1.0
    elif gold.by is By.NAME:
        base = _same_name(gold.name, found.name)
    else:
        base = _same_words(gold, found)
    if base <= 0:
        return 0
    return base + 2 * int(_shared(gold, found)) + int(_agree(gold, found))


def _agree(gold: Fact, found: Fact) -> bool:
    if gold.value is None or found.value is None:
        return gold.value == found.value
    if gold.topic == "controller":
        one, other = sorted((_letters(gold.value), _letters(found.value)), key=len)
        return one in other and 2 * len(one) > len(other)
    return gold.value == found.value


def _shared(gold: Fact, found: Fact) -> bool:
    return bool({line for line, _ in gold.places} & {line for line, _ in found.places})


def _same_words(gold: Fact, found: Fact) -> float:
    best = 0.0
    for line, quote in gold.places:
        for other_line, other_quote in found.places:
            least = ENOUGH if line == other_line else NEARLY_ALL
            overlap = _overlap(_words(quote), _words(other_quote))
            best = max(best, overlap if overlap >= least else 0)
    return best


def _same_name(one: str, other: str) -> float:
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0
    common = _common(first, second)
    share = common / min(len(first), len(second))
    return common / max(len(first), len(second)) if share > ENOUGH else 0


def _overlap(first: Sequence[str], second: Sequence[str]) -> float:
    shorter, longer = sorted((frozenset(first), frozenset(second)), key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    return sum(any(_same_stem(word, other) for other in second) for word in first)


def _same_stem(word: str, other: str) -> bool:
    """Say whether two words are forms of one: `puhelinnumero`, `puhelinnumerosi`."""
    if word == other:
        return True
    short = min(len(word), len(other))
    same = 0
    while same < short and word[same] == other[same]:
        same += 1
    return same >= max(STEM, max(len(word), len(other)) - ENDING)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _letters(text: str) -> str:
    return "".join(_words(text))


def _places(entry: Data) -> tuple[Place, ...]:
    return tuple((each["line"], each["quote"]) for each in entry.get("evidence") or ())


def _optional(entry: Data) -> bool:
    return bool(entry.get("optional") or entry.get("inferred"))


def _once(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Put together what is said in several places; words alone are not enough to do so."""
    seen: dict[tuple[str, str, str], Fact] = {}
    for number, fact in enumerate(facts):
        name = f"{number}" if fact.by is By.WORDS else " ".join(_words(fact.name))
        key = (fact.topic, fact.kind, name)
        before = seen.get(key)
        if before is None:
            seen[key] = fact
        else:
            value = before.value if before.value is not None else fact.value
            seen[key] = replace(before, value=value, places=before.places + fact.places)
    yield from seen.values()


def _entries(data: Data, *path: str) -> list[Data]:
    part: Any = data
    for key in path:
        part = part.get(key) if isinstance(part, Mapping) else None
    return [entry for entry in part or () if isinstance(entry, Mapping)]


def _part(data: Data, *path: str) -> Data:
    part: Any = data
    for key in path:
        part = part.get(key) if isinstance(part, Mapping) else None
    return part if isinstance(part, Mapping) else {}


def _controller(data: Data, _: str) -> Iterator[Fact]:
    controller = _part(data, "controller")
    for name in _CONTROLLER:
        entry = _part(controller, name)
        value = entry.get("value")
        places = _places(entry)
        yield Fact("controller", name, By.KIND, value=value, places=places)


def _version(data: Data, _: str) -> Iterator[Fact]:
    entry = _part(data, "meta", "version")
    for name in _VERSION:
        value = entry.get(name)
        text = None if value is None else str(value)
        yield Fact("version", name, By.KIND, value=text, places=_places(entry))


def _contacts(data: Data, _: str) -> Iterator[Fact]:
    roles = dict.fromkeys(("data_protection_officer", "supervisory_authority"))
    for entry in _entries(data, "contacts"):
        places = _places(entry)
        role = entry.get("role")
        if role in roles and places:
            yield Fact("contacts", str(role), By.KIND, value=GIVEN, places=places)
        for kind, clean in (("email", str.casefold), ("phone", _number), ("url", _host)):
            if entry.get(kind):
                value = clean(str(entry[kind]))
                yield Fact("contacts", f"{kind} {value}", By.KIND, value=GIVEN, places=places)
    for role in roles:
        yield Fact("contacts", role, By.KIND)


def _number(text: str) -> str:
    """Give the last digits of a telephone number, the same with and without the country's."""
    return "".join(filter(str.isdigit, text))[-7:]


def _host(text: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.casefold()).rstrip("/")


def _data_items(data: Data, language: str) -> Iterator[Fact]:
    for category in _entries(data, "data_categories"):
        for item in _entries(category, "items"):
            name = str(item.get(language) or item.get("en") or "")
            yield Fact("data items", "item", By.NAME, name, GIVEN, _places(category))


def _sources(data: Data, _: str) -> Iterator[Fact]:
    for entry in _entries(data, "sources"):
        yield _by_words("sources", "source", entry, GIVEN)


def _purposes(data: Data, _: str) -> Iterator[Fact]:
    for entry in _entries(data, "purposes"):
        yield _by_words("purposes", "purpose", entry, entry.get("lawful_basis"))


def _recipients(data: Data, _: str) -> Iterator[Fact]:
    for entry in _entries(data, "recipients", "groups"):
        role = str(entry.get("role") or "").removesuffix("_if_on_behalf")
        yield _by_words("recipients", "group", entry, role or None)


def _organisations(data: Data, _: str) -> Iterator[Fact]:
    for entry in _entries(data, "organisations"):
        name = _FORM.sub("", " ".join(_words(str(entry.get("name") or "")))).strip()
        yield Fact(
            "organisations",
            "organisation",
            By.NAME,
            name,
            _country(entry.get("country")),
            _places(entry),
            _optional(entry),
        )


def _transfers(data: Data, _: str) -> Iterator[Fact]:
    transfers = _part(data, "transfers")
    default = _part(transfers, "default_claim")
    places = _places(default)
    value = GIVEN if places else None
    yield Fact("transfer claims", "default", By.KIND, value=value, places=places)
    for name in _CLAIMS:
        if _places(_part(transfers, name)):
            yield _by_words("transfer claims", "other", _part(transfers, name), GIVEN)
    for name in ("mechanisms_listed", "derogations_listed"):
        for entry in _entries(transfers, name):
            kind = str(entry.get("id"))
            yield Fact("mechanisms", kind, By.KIND, value=GIVEN, places=_places(entry))
    for entry in _entries(transfers, "flows"):
        mechanism = f"{_country(entry.get('country'))} {entry.get('mechanism')}"
        yield _by_words("flows", "flow", entry, mechanism)


def _country(value: object) -> str | None:
    return value if isinstance(value, str) and re.fullmatch("[A-Z]{2}", value) else None


def _retention(data: Data, _: str) -> Iterator[Fact]:
    for entry in _entries(data, "retention"):
        if not _places(entry):
            continue
        duration = _length(entry.get("duration"))
        yield _by_words("retention", "period", entry, duration)
        event = entry.get("trigger_event") or entry.get("trigger")
        is_known = event in set(Trigger)
        if duration is not None:
            fact = _by_words("retention events", "event", entry, str(event) if is_known else None)
            yield replace(fact, is_optional=event is not None and not is_known)


def _length(value: object) -> str | None:
    """Write a duration so that a year equals twelve months, a week seven days."""
    match = _DURATION.fullmatch(str(value))
    if match is None:
        return None
    number, unit = int(match[1]), match[2]
    return f"{number * _MONTHS[unit]}M" if unit in _MONTHS else f"{number * _DAYS[unit]}D"


def _rights(data: Data, _: str) -> Iterator[Fact]:
    for entry in _entries(data, "rights", "list"):
        stated = GIVEN if entry.get("stated") else None
        yield Fact("rights", str(entry.get("id")), By.KIND, value=stated, places=_places(entry))
    deadline = _part(data, "rights", "deadline")
    length = _length(deadline.get("value"))
    yield Fact("answer within", "deadline", By.KIND, value=length, places=_places(deadline))


def _single(data: Data, _: str) -> Iterator[Fact]:
    decisions = _part(data, "automated_decision_making", "decisions")
    value = decisions.get("value")
    text = None if value is None else str(value)
    yield Fact("automated", "decisions", By.KIND, value=text, places=_places(decisions))
    duty = _part(data, "statutory_or_contractual_requirement")
    places = _places(duty)
    given = GIVEN if places else None
    yield Fact("duty to provide", "duty", By.KIND, value=given, places=places)


def _by_words(topic: str, kind: str, entry: Data, value: str | None) -> Fact:
    return Fact(topic, kind, By.WORDS, "", value, _places(entry), _optional(entry))


_TOPICS: tuple[Callable[[Data, str], Iterator[Fact]], ...] = (
    _controller,
    _version,
    _contacts,
    _data_items,
    _sources,
    _purposes,
    _recipients,
    _organisations,
    _transfers,
    _retention,
    _rights,
    _single,
)
