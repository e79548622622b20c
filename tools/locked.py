"""What a lock file names, and under which licence each distribution is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Locked:
    """One distribution at one version; `hashes` are those of its files."""

    name: str
    version: str
    hashes: tuple[str, ...]


def read(lock: Path) -> Iterator[Locked]:
    """Give the entries of a lock file."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", lock.read_text("utf-8")):
        if match := _ENTRY.match(entry):
            yield Locked(match["name"], match["version"], tuple(_HASH.findall(entry)))


def installed(packages: Sequence[str] | None = None) -> dict[str, Distribution]:
    """Give what is installed by its name in a lock, in folders or where Python looks."""
    found = distributions() if packages is None else distributions(path=list(packages))
    return {canonical(each.metadata["Name"]): each for each in found}


def canonical(name: str) -> str:
    """Write a name as locks do."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licences(found: Distribution) -> tuple[str, ...]:
    """Give an expression or names as the distribution's makers wrote them; empty if they did not.

    The expression goes before the classifiers, and those before free text.
    """
    told = found.metadata
    if expression := told.get("License-Expression"):
        return (str(expression),)
    classified = [
        str(value).rpartition(" :: ")[2]
        for value in told.get_all("Classifier", [])
        if value.startswith("License :: ") and value != "License :: OSI Approved"
    ]
    text = str(told.get("License") or "").strip().partition("\n")[0]
    return tuple(classified) or ((text,) if text else ())
