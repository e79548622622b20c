"""Read rule packs: folders of one `pack.yaml` and one file for each rule."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from types import ModuleType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ropa.model import Words
from rules.check import RuleFile, check
from rules.model import Rule
from scanner import plugins
from scanner.errors import RuleError
from scanner.yamlfile import did_you_mean, line_of, read, validate

PACK_FILE = "pack.yaml"
GROUP = "kartta.rules"
"""Entry points through which other packages add packs: `name = package`, the folder's package."""


class Pack(BaseModel):
    """A dated set of rules. Its version is printed in each report, since it changes results."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")]
    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{2}(\.\d+)?$")]
    """`2026.11`."""
    title: Words

    @property
    def label(self) -> str:
        """Name and version, as reports print them: `eu 2026.11`."""
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules that judge, and the packs that they come from."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    """Sorted by id."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Name each pack with its version."""
        return tuple(pack.label for pack in self.packs)

    def rule(self, key: str) -> Rule:
        """Give a rule by id.

        Raises:
            RuleError: there is no such rule.
        """
        for rule in self.rules:
            if rule.id == key:
                return rule
        known = tuple(rule.id for rule in self.rules)
        raise RuleError(f"no rule '{key}'", hint=did_you_mean(key, known))


def load_packs(paths: Sequence[Path] = (), *, installed: bool = True) -> RuleSet:
    """Load the built-in packs, those of installed packages, and then the user's own folders.

    Raises:
        RuleError: a file cannot be used, with `file:line`; two rules have one id.
        ConfigError: an installed package cannot be loaded.
    """
    with ExitStack() as stack:
        builtin = stack.enter_context(as_file(files("rules").joinpath("packs")))
        folders = [path.parent for path in sorted(builtin.glob(f"*/{PACK_FILE}"))]
        if installed:
            for plugin in plugins.added(GROUP, [folder.name for folder in folders]).values():
                package = files(plugins.load(plugin, ModuleType))
                folders.append(stack.enter_context(as_file(package)))
        return load_folders([*folders, *paths])


def load_folders(folders: Sequence[Path]) -> RuleSet:
    """Load these packs and no others.

    Raises:
        RuleError: as `load_packs`.
    """
    packs: list[Pack] = []
    rules: dict[str, Rule] = {}
    origin: dict[str, Path] = {}
    for folder in folders:
        pack = _read_pack(folder)
        if pack.name in {other.name for other in packs}:
            where = f"{folder / PACK_FILE}:1"
            raise RuleError(
                f"{where}: there are two packs '{pack.name}'", hint="rename one of them"
            )
        packs.append(pack)
        for path, rule in _read_rules(folder):
            if rule.id in rules:
                raise RuleError(
                    f"{path}:1: rule '{rule.id}' is also in {origin[rule.id]}",
                    hint="give one of them another id; ids are never used again",
                )
            rules[rule.id], origin[rule.id] = rule, path
    for rule in rules.values():
        if rule.successor and rule.successor not in rules:
            raise RuleError(
                f"{origin[rule.id]}:1: the successor '{rule.successor}' is no rule",
                hint=did_you_mean(rule.successor, tuple(rules)),
            )
    return RuleSet(tuple(packs), tuple(rules[key] for key in sorted(rules)))


def load_rule(path: Path) -> Rule:
    """Read one rule file.

    Raises:
        RuleError: with `file:line` of the first slip and the likely word.
    """
    document, lines = read(path, RuleError)
    if isinstance(document, dict):
        check(RuleFile(path, document, lines))
    rule = validate(document, lines, path, Rule, RuleError)
    if rule.id != path.stem:
        raise RuleError(
            f"{path}:{line_of(('id',), lines)}: the file is not named after its rule '{rule.id}'",
            hint=f"name it {rule.id}{path.suffix}",
        )
    return rule.model_copy(update={"group": rule.id.partition("-")[0]})


def _read_pack(folder: Path) -> Pack:
    path = folder / PACK_FILE
    document, lines = read(path, RuleError)
    return validate(document, lines, path, Pack, RuleError)


def _read_rules(folder: Path) -> Iterator[tuple[Path, Rule]]:
    """Read the rules that lie directly in the folder; its cases lie in `cases/`."""
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        if path.name != PACK_FILE:
            yield path, load_rule(path)
