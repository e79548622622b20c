"""What most commands begin with: the audit file, its catalog, register, rules and day."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kartta.cli.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kartta.audit import Audit
    from kartta.config import Config
    from kartta.lists.read import Lists
    from kartta.waivers import Decisions
    from reports.base import Declarations
    from ropa.model import Language, Register
    from rules.duties import Duties
    from rules.load import RuleSet
    from rules.model import Waiver
    from scanner.catalog.store import Catalog

_TOLD = 5
"""Rows of a list that are told one by one; the report has all."""
_Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Workspace:
    """One audit file, or none: then everything has its default."""

    config: "Config"
    folder: Path
    """Where `.kartta` lies."""
    file: Path | None
    catalog_url: str

    @classmethod
    def open(cls, file: Path | None, catalog: str | None) -> "Workspace":
        """Read the audit file that is named, else `kartta.yaml` in the working folder if any.

        Raises:
            ConfigError: the file is not there or not usable.
        """
        from kartta import config
        from scanner.references import expand

        if file is None and Path(config.FILE_NAME).exists():
            file = Path(config.FILE_NAME)
        loaded = config.load(file) if file else config.Config()
        folder = file.resolve().parent if file else Path.cwd()
        config.refuse_password(catalog or "", "--catalog")
        url = expand(catalog, "--catalog") if catalog else config.catalog_url(loaded, folder)
        return cls(loaded, folder, file, _as_url(url))

    def catalog(self, *, create: bool = False) -> "Catalog":
        """Open the catalog; only a scan makes one and writes to it."""
        from kartta.key import default_file
        from scanner import private
        from scanner.catalog.store import Catalog

        if create:
            key = default_file(self.folder)
            for path in (key.parent, key):
                private.narrow(path)
        return Catalog.open(self.catalog_url, create=create)

    def catalog_is_new(self) -> bool:
        """Say whether the catalog is a file that no scan has made yet."""
        file = self.catalog_file()
        return file is not None and not file.exists()

    def catalog_file(self) -> Path | None:
        """Give the catalog where it is a file, and not in a database server."""
        path = self.catalog_url.removeprefix("sqlite:///")
        return None if path == self.catalog_url else Path(path)

    def register(self) -> "Register":
        """Read the declared register; an empty one where none is configured."""
        return self._declared()[0]

    def _declared(self) -> "tuple[Register, Declarations]":
        """Read the register, and where in files it stands."""
        from reports.base import Declarations
        from ropa.declared import locate_register, register_files
        from ropa.model import Register

        path = self.config.register_file
        if path is None:
            register = Register.empty(self.config.organisation.name or self.folder.name)
            return register, Declarations(self._shown(self.file) if self.file else "")
        located = locate_register(path)
        lines = {entry: (self._shown(file), line) for entry, (file, line) in located.lines.items()}
        return located.register, Declarations(self._shown(register_files(path)[0]), lines)

    def _shown(self, path: Path) -> str:
        """Name a file as it is named where the command runs, else as the audit file names it."""
        whole = path.resolve()
        for folder in (Path.cwd(), self.folder):
            if whole.is_relative_to(folder):
                return whole.relative_to(folder).as_posix()
        return path.name

    def rules(self) -> "RuleSet":
        """Load the shipped rules and the organisation's own."""
        from rules.load import load_packs

        return load_packs(self.config.rules)

    def waivers(self) -> "list[Waiver]":
        """Give the accepted breaches."""
        from rules.model import Waiver

        return [
            Waiver(entry.rule, entry.subject, entry.owner, entry.reason, entry.until)
            for entry in self.config.waivers
        ]

    @property
    def waivers_file(self) -> Path:
        """Where waivers of single findings stand."""
        from kartta.waivers import FILE_NAME

        return self.folder / FILE_NAME

    def decisions(self) -> "Decisions":
        """Read what was decided of single findings."""
        from kartta.waivers import read

        return read(self.waivers_file)

    def lists(self) -> "Lists":
        """Read the lists that the organisation keeps.

        Raises:
            ConfigError: one of them is not there or is no such list.
        """
        from detectors.keys import Keys
        from kartta.key import hash_key
        from kartta.lists.read import Lists, read_all

        if not self.config.lists:
            return Lists()
        domains = self.register().controller.domains if self.config.register_file else ()
        keys = Keys(self.config.settings(domains), hash_key(self.config, self.folder))
        return read_all(self.config.lists, keys)

    def lists_of(self, catalog: "Catalog") -> "Lists":
        """Read the lists, and tell the rows that were not used.

        Raises:
            ConfigError: as `lists`; or the catalog's hashes are of another key than theirs would
                be, and no row would be anybody's.
        """
        from kartta.key import hash_key
        from scanner.catalog.key import check_of, current
        from scanner.errors import ConfigError

        lists = self.lists()
        known = current(catalog)
        if lists.read and known and known != check_of(hash_key(self.config, self.folder)):
            raise ConfigError(
                "the lists cannot be tied to the catalog, whose hashes are of another key",
                hint="give the key of the last scan back, or scan again",
            )
        for each in lists.read:
            for problem in each.problems[:_TOLD]:
                say(f"not used: {problem}", err=True)
            if len(each.problems) > _TOLD:
                more = len(each.problems) - _TOLD
                say(f"not used: {more} more rows of {each.entry.path.name}", err=True)
        return lists

    def _duties(self, register: "Register", decisions: "Decisions") -> "Duties":
        from rules.duties import Duties
        from rules.model import Severity

        days = {severity: getattr(self.config.due, severity) for severity in Severity}
        return Duties(register, (each.assignment() for each in decisions.assignments), days)

    @contextmanager
    def audit(self, today: date, language: "Language" = "en") -> "Iterator[Audit]":
        """Judge what the last scan left, as far as somebody asks while the catalog is open."""
        from kartta.audit import Audit
        from rules.evaluate import expired

        waivers = self.waivers()
        register, declarations = self._declared()
        rules = self.rules()
        for waiver in waivers:
            rules.rule(waiver.rule)  # a waiver of a rule that is not there would do nothing
        decisions = self.decisions()
        marks = decisions.marks()
        for waiver in expired([*waivers, *(mark.waiver for mark in marks)], today):
            say(f"the waiver of {waiver.finding or waiver.rule} ended on {waiver.until}", err=True)
        is_declared = self.config.register_file is not None
        with (
            self.catalog() as catalog,
            Audit(
                catalog,
                register,
                rules,
                waivers,
                today,
                language,
                marks=marks,
                lists=self.lists_of(catalog),
                duties=self._duties(register, decisions),
                declarations=declarations,
                is_declared=is_declared,
            ) as result,
        ):
            if decisions.is_of_another(result.run.key):
                say(
                    f"{self.waivers_file.name} holds nothing: its ids are of another key than the "
                    "catalog's",
                    err=True,
                )
            for mark in result.outdated:
                say(
                    f"{mark.waiver.finding} is judged again: its rule is another one than when it "
                    "was marked as a false alarm",
                    err=True,
                )
            yield result


def options(command: _Command) -> _Command:
    """Add what every command that reads the audit file takes."""
    for option in (
        click.option(
            "--catalog",
            metavar="URL",
            help="Catalog to use: a SQLAlchemy URL. Default: .kartta/catalog.sqlite.",
        ),
        click.option(
            "-c",
            "--config",
            "config_file",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Audit file. Default: kartta.yaml in the working folder, if there is one.",
        ),
    ):
        command = option(command)
    return command


def today_option(command: _Command) -> _Command:
    """Add the day on which deadlines are judged."""
    return click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        default=lambda: datetime.now().astimezone().strftime("%Y-%m-%d"),
        show_default="today",
        help="Day on which deadlines are judged.",
    )(command)


def language_option(command: _Command) -> _Command:
    """Add the language of headings and messages."""
    return click.option(
        "--lang",
        "--language",
        "lang",
        type=click.Choice(["en", "fi"]),
        default="en",
        show_default=True,
        help="Language of headings and messages.",
    )(command)


def form_option(command: _Command) -> _Command:
    """Add the form of what is printed: for people or for programs."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="What is printed on standard output.",
    )(command)


def _as_url(text: str) -> str:
    """Take a bare path for a SQLite file."""
    return text if "://" in text else f"sqlite:///{Path(text).resolve()}"
