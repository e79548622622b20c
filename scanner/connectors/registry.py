"""The kinds of source, one line each, imported when first needed."""

import difflib
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points

from scanner.connectors.base import Connector, ConnectorFactory, SourceConfig
from scanner.errors import ConfigError
from scanner.extract.base import Limits


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source: a module with `Config` and `open_source`, and what to install for it."""

    kind: str
    module: str
    missing: str
    """The sentence to print where the module's library is not installed."""


BUILTIN: tuple[Kind, ...] = (
    Kind("folder", "scanner.connectors.tree.folder", ""),
    Kind("mbox", "scanner.connectors.mail.mbox", ""),
    Kind("maildir", "scanner.connectors.mail.maildir", ""),
    Kind("database", "scanner.connectors.databases.database", "install the database's driver"),
    Kind("greenhouse", "scanner.connectors.recruiting.greenhouse", ""),
)
GROUP = "kartta.connectors"
"""Entry points through which other packages add kinds: `kind = package.module`."""


def kinds() -> dict[str, Kind]:
    """Give every known kind, ours before others'."""
    others = {entry.name: Kind(entry.name, entry.value, "") for entry in entry_points(group=GROUP)}
    return others | {kind.kind: kind for kind in BUILTIN}


def config_model(kind: str) -> type[SourceConfig]:
    """Give the strict configuration model of a kind.

    Raises:
        ConfigError: no such kind, or its library is not installed.
    """
    model: type[SourceConfig] = _load(kind, "Config")
    return model


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Build the connector of a configured source; nothing is opened yet."""
    factory: ConnectorFactory = _load(config.kind, "open_source")
    return factory(config, limits)


def _load(kind: str, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - two callers narrow it
    known = kinds()
    entry = known.get(kind)
    if entry is None:
        close = difflib.get_close_matches(kind, known, n=1)
        did_you_mean = f"did you mean '{close[0]}'? " if close else ""
        raise ConfigError(
            f"unknown kind of source '{kind}'",
            hint=f"{did_you_mean}known kinds: {', '.join(sorted(known))}",
        )
    try:
        return getattr(import_module(entry.module), name)
    except ImportError as error:
        raise ConfigError(
            f"sources of kind '{kind}' need a library that is not installed ({error.name})",
            hint=entry.missing,
        ) from error
