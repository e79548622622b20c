"""The values by which somebody is asked for, as the keyed hashes under which a scan stores them.

Each value is read by the recognizers that read the scanned texts, as if it stood under a heading
that announces it; so it is found however it is written. Values are held by nobody after that.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.card import ANY_NATION
from detectors.mask import keyed_hash
from detectors.names.known import described
from detectors.registry import cards
from scanner.errors import ConfigError
from scanner.locator import WHOLE
from scanner.model import Segment

_NAME = "PERSON"
_WORD = re.compile(r"[^\s,;]+")
_WHOLE = 2
"""Words of a name that tells people apart."""
_BY_TEXT = ("names.model", "names.known", "special")
"""Recognizers of prose, which read none of the values: their models take a second to load."""


class AskedBy(StrEnum):
    """By what somebody is asked for, the surest first."""

    ID = "id"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    BORN = "born"


_HEADINGS = {
    AskedBy.EMAIL: ("email",),
    AskedBy.PHONE: ("phone number",),
    AskedBy.BORN: ("date of birth",),
}
_ENTITIES = {
    AskedBy.EMAIL: frozenset({"EMAIL_ADDRESS"}),
    AskedBy.PHONE: frozenset({"PHONE_NUMBER"}),
    AskedBy.BORN: frozenset({"BIRTH_DATE"}),
}
_WRITTEN = {
    AskedBy.ID: "an identity code, a passport's or a licence's number of a country that is known",
    AskedBy.EMAIL: "an e-mail address",
    AskedBy.PHONE: "a telephone number: with its country's code it is read in every country",
    AskedBy.NAME: "a whole name: given name and surname",
    AskedBy.BORN: "a date of birth: 1990-12-31",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One value, without the value."""

    by: AskedBy
    keys: frozenset[tuple[str, str]]
    """Entities and keyed hashes as which it may be stored."""
    names: frozenset[frozenset[str]] = field(default=frozenset())
    """Of a name: the keyed hashes of its words, in each form in which it is known."""


def asked(settings: DetectorSettings, key: bytes, by: AskedBy, value: str) -> Asked:
    """Read one value, as the recognizers of these settings would store it.

    Raises:
        ConfigError: it is not what it is given for, or is not looked for in this audit.
    """
    found = _name(key, value) if by is AskedBy.NAME else _by_pattern(settings, key, by, value)
    if not found.keys:
        hint = f"write {_WRITTEN[by]}"
        if settings.allow or settings.disable:
            hint += "; or see detect.allow and detect.disable in kartta.yaml: what stands there is"
            hint += " looked for nowhere"
        raise ConfigError(f"--{by} cannot be read as what it is for", hint=hint)
    return found


def _name(key: bytes, value: str) -> Asked:
    words = tuple(_WORD.findall(value))
    known = [each for each, _ in described(words)] if len(words) >= _WHOLE else []
    return Asked(
        AskedBy.NAME,
        frozenset((_NAME, keyed_hash(key, _NAME, each)) for each in known),
        frozenset(
            frozenset(keyed_hash(key, _NAME, word) for word in each.split(" ")) for each in known
        ),
    )


def _by_pattern(settings: DetectorSettings, key: bytes, by: AskedBy, value: str) -> Asked:
    fast = settings.model_copy(
        update={
            "disable": (*settings.disable, *_BY_TEXT),
            "presidio_registry": "",
            "spacy_models": {},
            "min_confidence": 0.0,
        }
    )
    analyser = Analyser(fast, key)
    entities = _ENTITIES.get(by) or _numbers()
    text = value.strip()
    found = {
        (detection.entity, detection.key)
        for heading in _HEADINGS.get(by) or _headings()
        for _, detection in analyser.detect([Segment(WHOLE, text, heading)])
        if detection.entity in entities and detection.key
        if 2 * (detection.end - detection.start) > len(text)
    }
    return Asked(by, frozenset(found))


def _numbers() -> frozenset[str]:
    """Give the entities of numbers that states give to people."""
    return frozenset(
        card.entity
        for card in cards()
        if card.identifies == "strong" and card.category.startswith("identity.")
    )


def _headings() -> tuple[str, ...]:
    """Give a heading of each of them: digits that are valid in two countries are read as both."""
    own = (card.headings[:1] for card in cards() if card.entity in _numbers())
    return tuple(dict.fromkeys((*ANY_NATION, *(heading for some in own for heading in some))))
