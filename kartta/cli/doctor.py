"""`kartta doctor`: what is reachable, installed and permitted."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.main import EXIT_USAGE
from kartta.cli.say import say
from kartta.cli.workspace import Workspace, options

if TYPE_CHECKING:
    from kartta.config import ListEntry
    from ropa.model import Register
    from scanner.connectors.base import SourceConfig
    from scanner.plugins import Plugin

Check = tuple[str, bool | None, str]
"""What was checked, whether it is well (None: a warning), and what there is or what to do."""


_PLACES = {
    "env": "in the environment variable {}",
    "file": "in the file {}",
    "keyring": "in the keyring as {}",
    "command": "from a command",
}
_STATES = {True: "ok  ", False: "FAIL", None: "warn"}


@click.command
@options
def doctor(config_file: Path | None, catalog: str | None) -> None:
    """Check installation, audit file and sources; reads no content.

    \b
    Example:
      kartta doctor -c audit/kartta.yaml
    """
    space = Workspace.open(config_file, catalog)
    failed = False
    for name, is_well, note in _checks(space):
        failed = failed or is_well is False
        say(f"{_STATES[is_well]}  {name}: {note}")
    if failed:
        raise SystemExit(EXIT_USAGE)


def _checks(space: Workspace) -> Iterator[Check]:
    yield "python", sys.version_info >= (3, 11), sys.version.split()[0]
    fast = find_spec("hyperscan") is not None
    yield "pattern engine", True, "hyperscan" if fast else "Python's own (slower, same sightings)"
    missing = [name for name in ("presidio_analyzer", "spacy") if find_spec(name) is None]
    yield (
        "presidio and spaCy",
        not missing,
        f"missing: {', '.join(missing)}" if missing else "installed",
    )
    yield from _plugins()
    yield _network()
    yield "audit file", True, str(space.file) if space.file else "none: defaults are used"
    yield _hash_key(space)
    yield _tried("catalog", lambda: _catalog(space))
    yield from _hashes(space)
    yield from _rights(space)
    yield _tried("register", lambda: _register(space))
    yield _tried("rules", lambda: ", ".join(space.rules().labels))
    yield _tried("waivers", lambda: _waivers(space))
    for entry in space.config.lists:
        yield _list(space, entry)
    for source in space.config.sources:
        yield _tried(f"source {source.id}", partial(_source, space, source))


def _network() -> Check:
    from scanner import isolation

    if isolation.can_deny_network():
        return "isolation", True, "workers of local sources have no network"
    note = (
        "workers of local sources have the network that you have, since this system has no filter "
        "of system calls (seccomp): scan in a container without network"
    )
    return "isolation", None, note


def _plugins() -> Iterator[Check]:
    """Load each plug-in, and say whose code runs with the user's rights."""
    from detectors import registry as recognizers
    from reports import registry as reports
    from rules import load as packs
    from scanner import plugins
    from scanner.connectors import registry as connectors
    from scanner.extract import registry as formats

    ours = {
        connectors.GROUP: [kind.name for kind in connectors.BUILTIN],
        recognizers.GROUP: recognizers.names(),
        formats.GROUP: list(formats.BY_NAME),
        reports.GROUP: [output.name for output in reports.outputs("audit")],
        packs.GROUP: [pack.name for pack in packs.load_packs(installed=False).packs],
    }
    for group in plugins.GROUPS:
        used = plugins.added(group, ours.get(group, ())).values()
        for plugin in plugins.installed(group):
            yield _tried(f"plug-in {plugin.package}", partial(_plugin, plugin, plugin in used))


def _plugin(plugin: "Plugin", used: bool) -> str:
    from scanner import plugins
    from scanner.errors import ConfigError

    if not used:
        raise ConfigError(f"{plugin} is not used: the name is taken", hint="uninstall the package")
    plugins.load(plugin, object)
    return f"{plugins.GROUPS[plugin.group]} '{plugin.name}'; trusted code, it runs with your rights"


def _tried(name: str, check: Callable[[], str]) -> Check:
    from scanner.errors import AuditError

    try:
        return name, True, check()
    except AuditError as error:
        return name, False, f"{error.message}. {error.hint}" if error.hint else error.message


def _hash_key(space: Workspace) -> Check:
    """Say where the key lies, and warn where whoever gets the catalog gets it too."""
    from kartta import key

    places = key.places(space.config, space.folder)
    where = " and ".join(_PLACES.get(kind, "{}").format(name) for kind, name in places)
    name, is_well, note = _tried(
        "hash key", lambda: f"{len(key.hash_key(space.config, space.folder))} bytes, {where}"
    )
    if is_well and key.is_beside(space.config, space.folder, space.catalog_file()):
        note += (
            "; beside the catalog: one backup takes both, and with both every identity code can be "
            "tried. Name one kept elsewhere: 'key:' in kartta.yaml (docs/security.md)"
        )
        return name, None, note
    return name, is_well, note


def _hashes(space: Workspace) -> Iterator[Check]:
    """Warn where the hashes are of another key, or were once: some are then not comparable."""
    from kartta import key
    from scanner.catalog import key as of_catalog
    from scanner.errors import AuditError

    if space.catalog_is_new():
        return
    try:
        secret = key.hash_key(space.config, space.folder)
        with space.catalog() as store:
            current, earlier = of_catalog.current(store), of_catalog.earlier(store)
    except AuditError:
        return  # told by the checks of key and catalog
    if current not in {"", of_catalog.check_of(secret)}:
        yield "hashes", None, "of another key than this one: the next scan reads all sources again"
    for each in earlier:
        yield "hashes", None, str(each)


def _catalog(space: Workspace) -> str:
    from scanner.catalog import query

    if space.catalog_is_new():
        return "none yet: the first scan makes it"
    with space.catalog() as store:
        run = query.last_run(store)
    return f"last scan {run.started_at:%Y-%m-%d %H:%M}" if run else "empty"


def _rights(space: Workspace) -> Iterator[Check]:
    """Warn of our own files that others may read: an older version made them, or somebody did."""
    from kartta import config, key
    from scanner import private
    from scanner.catalog.opening import files_of

    files = [space.folder / config.FOLDER, *key.files(space.config, space.folder)]
    if file := space.catalog_file():
        files += files_of(file)
    wide = [str(path) for path in dict.fromkeys(files) if private.is_wide(path)]
    if wide:
        yield "rights", None, f"others may read {', '.join(wide)}: 'chmod go=' takes them away"


def _register(space: Workspace) -> str:
    register = space.register()
    if space.config.register_file is None:
        return "none configured: nothing is compared ('register:' in kartta.yaml)"
    _check_bindings(space, register)
    return f"{len(register.activities)} activities, {len(register.recipients)} recipients"


def _check_bindings(space: Workspace, register: "Register") -> None:
    """Refuse a system that is bound to a source which is not there: its data would seem unmapped.

    Raises:
        RegisterError: naming the first such system.
    """
    from fnmatch import fnmatchcase

    from scanner.errors import RegisterError

    ids = [source.id for source in space.config.sources]
    for system in register.systems:
        for pattern in system.sources:
            if not any(fnmatchcase(key, pattern) for key in ids):
                raise RegisterError(
                    f"the system '{system.id}' is bound to the source '{pattern}', which is not "
                    "in kartta.yaml",
                    hint=f"sources there: {', '.join(ids) or 'none'}",
                )


def _waivers(space: Workspace) -> str:
    rules = space.rules()
    for waiver in space.config.waivers:
        rules.rule(waiver.rule)
    return f"{len(space.config.waivers)}"


def _list(space: Workspace, entry: "ListEntry") -> Check:
    """Say what is read of a list, and which of its rows are not."""
    from detectors.keys import Keys
    from kartta.key import hash_key
    from kartta.lists.read import read
    from scanner.errors import AuditError

    name = f"list {entry.path.name}"
    try:
        found = read(entry, Keys(space.config.detect, hash_key(space.config, space.folder)))
    except AuditError as error:
        return name, False, f"{error.message}. {error.hint}"
    note = f"{entry.kind}, {len(found.facts)} rows; {found.columns}"
    if found.problems:
        others = len(found.problems) - 1
        note += f". Not used: {found.problems[0]}" + (f", and {others} more" if others else "")
    return name, not found.problems, note


def _source(space: Workspace, source: "SourceConfig") -> str:
    from scanner.opening import Session, described, opening

    with (
        Session(opening(source, space.config.limits), pauses=()) as session,
        closing(session.listed(None)) as listing,
    ):
        first = next(listing, None)
    return f"{source.kind}, {described(source).location}" + ("" if first else " (empty)")
