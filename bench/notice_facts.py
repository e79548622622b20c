"""What a notice says as single facts.

The gold and what was read both have the shape of `kartta notice read`, so that one way of taking
it apart does for both. A topic that is not read yet gives no facts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from ropa.model import Trigger

Data = Mapping[str, Any]
Place = tuple[int, str]
"""Line and quote."""

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


def facts_of(data: Data, language: str) -> tuple[Fact, ...]:
    """Take apart what a notice says."""
    return tuple(_once(fact for read in _TOPICS for fact in read(data, language)))


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text, in small letters."""
    return tuple(re.findall(r"\w+", text.casefold()))


def _places(entry: Data) -> tuple[Place, ...]:
    return tuple((each["line"], each["quote"]) for each in entry.get("evidence") or ())


def _optional(entry: Data) -> bool:
    return bool(entry.get("optional") or entry.get("inferred"))


def _once(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Put together what is said in several places; words alone are not enough to do so."""
    seen: dict[tuple[str, str, str], Fact] = {}
    for number, fact in enumerate(facts):
        name = f"{number}" if fact.by is By.WORDS else " ".join(words_of(fact.name))
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
        name = _FORM.sub("", " ".join(words_of(str(entry.get("name") or "")))).strip()
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
