"""The kinds of source, one line each, imported when first needed."""

import difflib
import logging
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType

from scanner import plugins
from scanner.connectors.base import (
    Connector,
    ConnectorFactory,
    Kind,
    Role,
    SourceConfig,
    in_context,
)
from scanner.errors import ConfigError
from scanner.extract.base import Limits

BUILTIN: tuple[Kind, ...] = (
    Kind("folder", "scanner.connectors.tree.folder", Role.FILES),
    Kind("mbox", "scanner.connectors.mail.mbox", Role.MAIL),
    Kind("maildir", "scanner.connectors.mail.maildir", Role.MAIL),
    Kind(
        "database",
        "scanner.connectors.databases.database",
        Role.ROWS,
        schemes=("postgresql", "postgres", "sqlite"),
        missing="install the database's driver: psycopg for PostgreSQL",
    ),
    Kind("greenhouse", "scanner.connectors.recruiting.greenhouse", Role.RECRUITING),
)
GROUP = "kartta.connectors"
"""Entry points through which other packages add kinds: `kind = package.module`."""

_log = logging.getLogger(__name__)


def names() -> tuple[str, ...]:
    """Give the names of the known kinds, sorted; nothing is imported."""
    return tuple(sorted({kind.name for kind in BUILTIN} | set(_added())))


def kinds() -> dict[str, Kind]:
    """Give every known kind by name, with what plug-ins say of theirs.

    One that cannot be loaded is left out: only a source of that kind needs it, and then says so.
    """
    found = {kind.name: kind for kind in BUILTIN}
    for name in _added():
        try:
            found[name] = kind_of(name)
        except ConfigError as error:
            _warn(error.message)
    return found


def ranks() -> Mapping[str, int]:
    """Give each kind's place in the order in which sources say who the people are."""
    return {name: kind.role.rank for name, kind in kinds().items()}


def recruiting_systems() -> frozenset[str]:
    """Name the kinds that are recruiting systems."""
    return frozenset(name for name, kind in kinds().items() if kind.role is Role.RECRUITING)


def kind_of(name: str) -> Kind:
    """Give one kind.

    Raises:
        ConfigError: there is none of that name, or it is a plug-in's that cannot be loaded.
    """
    for kind in BUILTIN:
        if kind.name == name:
            return kind
    added = _added()
    if name not in added:
        close = difflib.get_close_matches(name, names(), n=1)
        did_you_mean = f"did you mean '{close[0]}'? " if close else ""
        raise ConfigError(
            f"unknown kind of source '{name}'",
            hint=f"{did_you_mean}known kinds: {', '.join(names())}",
        )
    module = plugins.load(added[name], ModuleType)
    declared = getattr(module, "KIND", None)
    return declared if isinstance(declared, Kind) else Kind(name, module.__name__)


def config_model(name: str) -> type[SourceConfig]:
    """Give the strict configuration model of a kind.

    Raises:
        ConfigError: no such kind, or its library is not installed.
    """
    model: type[SourceConfig] = getattr(module_of(kind_of(name)), "Config")  # noqa: B009
    return model


def open_source(config: SourceConfig, limits: Limits) -> AbstractContextManager[Connector]:
    """Give a configured source as a context in which it is open.

    Raises:
        ConfigError: no such kind, its library is not installed, or a secret is not on this machine.
    """
    kind = kind_of(config.kind)
    factory: ConnectorFactory = getattr(module_of(kind), "open_source")  # noqa: B009
    return _opened(kind, factory, config.resolved(), limits)


@contextmanager
def _opened(
    kind: Kind, factory: ConnectorFactory, config: SourceConfig, limits: Limits
) -> Iterator[Connector]:
    with ExitStack() as stack:
        try:
            connector = stack.enter_context(in_context(factory(config, limits)))
        except ImportError as error:
            raise _missing(kind, error) from error
        yield connector


def module_of(kind: Kind) -> ModuleType:
    """Import a kind's module.

    Raises:
        ConfigError: a library that it needs is not installed.
    """
    try:
        return import_module(kind.module)
    except ImportError as error:
        raise _missing(kind, error) from error


def _missing(kind: Kind, error: ImportError) -> ConfigError:
    return ConfigError(
        f"sources of kind '{kind.name}' need a library that is not installed ({error.name})",
        hint=kind.missing,
    )


@cache
def _warn(message: str) -> None:
    """Tell something once: the kinds are asked for at every source."""
    _log.warning("%s", message)


def _added() -> Mapping[str, plugins.Plugin]:
    return plugins.added(GROUP, [kind.name for kind in BUILTIN])
