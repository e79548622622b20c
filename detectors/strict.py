"""`privacy: strict`: what is stored of an asset without samples and without names of files in it.

Done to what an asset has given in the end, since a file's name is evidence of what it is.
"""

import re
from dataclasses import replace

from detectors.mask import keyed_hash
from scanner.locator import Locator, Step
from scanner.model import Examination

_LENGTH = 10
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_PART = re.compile(r"\bpart:.*", re.DOTALL)
_NUMBER = re.compile(r"\d{1,4}")
"""Of a part without a name."""


def hidden(locator: Locator, key: bytes) -> Locator:
    """Call files inside an asset by a keyed hash and their suffix; equal names stay equal."""
    return locator.renamed(lambda step: _named(step, key)) if locator.has("part") else locator


def least(found: Examination, key: bytes) -> Examination:
    """Give an examination as it is stored where privacy is strict."""

    def record(text: str) -> str:
        return str(hidden(Locator.parse(text), key)) if text else text

    def evidence(text: str) -> str:
        return _PART.sub(lambda part: str(hidden(Locator.parse(part[0]), key)), text)

    return replace(
        found,
        sightings=tuple(
            replace(each, locator=hidden(each.locator, key), hit=hidden(each.hit, key), samples=())
            for each in found.sightings
        ),
        identifiers=tuple(
            replace(each, record=record(each.record), hit=hidden(each.hit, key))
            for each in found.identifiers
        ),
        milestones=tuple(
            replace(each, record=record(each.record), evidence=evidence(each.evidence))
            for each in found.milestones
        ),
        links=tuple(replace(each, record=record(each.record)) for each in found.links),
        topics=tuple(replace(each, record=record(each.record)) for each in found.topics),
        positions=tuple(replace(each, record=record(each.record)) for each in found.positions),
        skips=tuple(replace(each, locator=hidden(each.locator, key)) for each in found.skips),
    )


def _named(step: Step, key: bytes) -> str:
    if step.kind != "part" or _NUMBER.fullmatch(step.name):
        return step.name
    suffix = _SUFFIX.search(step.name)
    hashed = keyed_hash(key, "PART", step.name)[:_LENGTH]
    return hashed + (suffix.group().lower() if suffix else "")
