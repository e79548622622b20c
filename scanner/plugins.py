"""What installed packages add: found by entry points, loaded when first asked for.

A plug-in is trusted code: it runs with the rights of whoever runs Kartta. A name that is taken
stays with its owner: ours before others', then by the package's name; a warning tells it.
"""

import logging
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from scanner.errors import ConfigError

GROUPS: Mapping[str, str] = {
    "kartta.connectors": "connector",
    "kartta.recognizers": "recognizer",
    "kartta.formats": "format",
    "kartta.rules": "rule pack",
    "kartta.reports": "report",
}
"""Group of entry points → what one of them adds."""
READING = ("kartta.connectors", "kartta.formats", "kartta.recognizers")
"""The groups that change what a scan sees; of the first only what a source asks for is loaded."""

_log = logging.getLogger(__name__)
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Plugin:
    """One entry point of an installed package."""

    group: str
    name: str
    target: str
    """`package.module` or `package.module:attribute`."""
    package: str
    """Name and version, as installed: `kartta-example 1.0`."""

    def __str__(self) -> str:
        return f"the {GROUPS[self.group]} '{self.name}' of {self.package}"


def installed(group: str) -> tuple[Plugin, ...]:
    """Give what installed packages add to a group, by name and package; nothing is imported."""
    return _installed(group, tuple(sys.path))


def added(group: str, ours: Collection[str]) -> dict[str, Plugin]:
    """Give the plug-ins of a group by name, without those whose name is taken."""
    kept: dict[str, Plugin] = {}
    for plugin in installed(group):
        if plugin.name not in ours:
            kept.setdefault(plugin.name, plugin)
        if kept.get(plugin.name) is not plugin:
            _warn(f"{plugin} is not used: the name is taken")
    return kept


def load(plugin: Plugin, kind: type[_Kind]) -> _Kind:
    """Import what a plug-in names.

    Raises:
        ConfigError: it cannot be imported, or is of another kind.
    """
    try:
        loaded = EntryPoint(plugin.name, plugin.target, plugin.group).load()
    except Exception as error:
        # Another's module may break in any way; whoever reads this needs to know whose it is.
        raise ConfigError(
            f"{plugin} cannot be loaded: {type(error).__name__} in {plugin.target}",
            hint=_REMEDY,
        ) from error
    if not isinstance(loaded, kind):
        raise ConfigError(
            f"{plugin} is not usable: {plugin.target} is no {kind.__name__}", hint=_REMEDY
        )
    return loaded


def check() -> tuple[str, ...]:
    """Load what takes part in every scan, and give the packages: before it, not in its workers.

    Raises:
        ConfigError: one of them cannot be loaded.
    """
    found = [plugin for group in READING for plugin in installed(group)]
    for plugin in found:
        if plugin.group != READING[0]:
            load(plugin, object)
    return tuple(sorted({plugin.package for plugin in found}))


_REMEDY = "uninstall the package, or install a version made for this Kartta"


@lru_cache(maxsize=16)
def _installed(group: str, path: tuple[str, ...]) -> tuple[Plugin, ...]:
    """Read them once for each search path: a look at every installed package takes its time."""
    del path
    found = (
        Plugin(group, entry.name, entry.value, f"{entry.dist.name} {entry.dist.version}")
        for entry in entry_points(group=group)
        if entry.dist is not None
    )
    return tuple(sorted(found, key=lambda plugin: (plugin.name, plugin.package)))


@cache
def _warn(message: str) -> None:
    """Tell something once."""
    _log.warning(message)
