"""The audit file `kartta.yaml` as strict models, with secrets by reference.

Paths in it are relative to its own folder. A secret is never written into it, only where it is
found: `scanner.references`.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from detectors.base import DetectorSettings, Privacy
from scanner import yamlfile
from scanner.connectors import registry
from scanner.connectors.base import SourceConfig
from scanner.connectors.standing import Standing
from scanner.errors import ConfigError
from scanner.extract.base import Limits
from scanner.references import REFERENCE, expand

FILE_NAME = "kartta.yaml"
FOLDER = ".kartta"
"""Beside the audit file: the embedded catalog and the hash key."""

_SECRETS = frozenset({"password", "passfile", "sslpassword", "sslkey"})
"""Keys in a URL's query that hold secrets."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Organisation(_Section):
    """Who is audited, and which domains are its own."""

    name: str = ""
    """As reports call it where no register is declared."""
    domains: tuple[str, ...] = ()
    """Mail domains of the organisation; every other one is outside."""


class WaiverEntry(_Section):
    """An accepted breach, with who accepted it, why and until when."""

    rule: str
    """Id of the rule."""
    subject: str = "*"
    """Id of the subject that breaks it, as reports show it; `*` for every one."""
    owner: str
    """Who accepted it."""
    reason: Annotated[str, Field(min_length=10)]
    """Why; at least ten characters."""
    until: date
    """The last day on which it holds."""


ListKind = Literal["consents", "holds", "requests", "positions", "staff", "mailboxes"]
ListField = Literal[
    "name",
    "given_name",
    "surname",
    "former_name",
    "email",
    "phone",
    "birth_date",
    "position",
    "given",
    "until",
    "withdrawn",
    "begins",
    "released",
    "review",
    "request",
    "received",
    "confirmed",
    "extended",
    "answered",
    "code",
    "title",
    "opened",
    "closed",
    "outcome",
]


class ListEntry(_Section):
    """A list that the organisation keeps itself: evidence for the clocks, and no source."""

    kind: ListKind
    """What each of its rows is."""
    path: Path
    """A CSV file or a workbook (XLSX, XLS, ODS)."""
    sheet: str = ""
    """Of a workbook; needed where several sheets could be meant."""
    columns: dict[ListField, str] = Field(default_factory=dict)
    """What a column holds → its heading, where the heading alone does not say it."""
    statuses: dict[str, Standing] = Field(default_factory=dict)
    """Word of a status, of a list of positions → what it means."""


class Due(_Section):
    """Days within which a finding is dealt with, from the day on which it was seen first."""

    critical: Annotated[int, Field(ge=0)] | None = 7
    """Of a critical one; null for none."""
    high: Annotated[int, Field(ge=0)] | None = 30
    """Of a high one."""
    medium: Annotated[int, Field(ge=0)] | None = 90
    """Of a medium one."""
    low: Annotated[int, Field(ge=0)] | None = 180
    """Of a low one."""
    info: Annotated[int, Field(ge=0)] | None = None
    """Of what is for information."""


class Config(_Section):
    """The whole audit file."""

    organisation: Organisation = Organisation()
    """Who is audited."""
    register_file: Path | None = Field(default=None, alias="register")
    """The declared register: a YAML file or a folder of them."""
    rules: tuple[Path, ...] = ()
    """Folders of the organisation's own rule packs."""
    waivers: tuple[WaiverEntry, ...] = ()
    """Breaches that somebody has accepted."""
    due: Due = Due()
    """How soon findings are dealt with, by their severity."""
    catalog: str = ""
    """SQLAlchemy URL; empty for `.kartta/catalog.sqlite` beside the audit file."""
    key: SecretStr | None = None
    """Secret of the keyed hashes, by reference; empty for `.kartta/key` beside the audit file."""
    scratch: Path | None = None
    """Folder for temporary copies; where not set, that of the system (`TMPDIR`, or `/tmp`)."""
    privacy: Privacy = "standard"
    """`standard` keeps masked samples and the names of attachments and of files in archives;
    `strict` keeps no sample, and a keyed hash with the suffix in the place of such a name."""
    sources: tuple[SourceConfig, ...] = ()
    """What is scanned."""
    lists: tuple[ListEntry, ...] = ()
    """Lists that the organisation keeps: consents, holds, requests, positions, staff, mailboxes."""
    detect: DetectorSettings = DetectorSettings()
    """What is looked for."""
    limits: Limits = Limits()
    """What reading one asset may cost."""

    def settings(self, declared_domains: Iterable[str] = ()) -> DetectorSettings:
        """Give the detectors' settings with the organisation's own domains in them.

        The audit file and the register may both name them; neither alone may be forgotten.
        """
        domains = {domain.lower() for domain in (*self.organisation.domains, *declared_domains)}
        filled = {"own_domains": tuple(sorted(domains)), "privacy": self.privacy}
        return self.detect.model_copy(update=filled)


def load(path: Path) -> Config:
    """Read the audit file.

    Raises:
        ConfigError: with `file:line`, what is wrong and what is known there.
    """
    document, lines = yamlfile.read(path, ConfigError)
    if not isinstance(document, dict):
        raise ConfigError(f"{path}:1: is empty or not a mapping", hint="run 'kartta init'")
    folder = path.resolve().parent
    if "${command:" in str(document):
        _refuse_foreign(path)
    refuse_password(str(document.get("catalog") or ""), f"{path}: catalog")
    entries = document.pop("sources", None) or []
    if not isinstance(entries, list):
        raise ConfigError(f"{path}: sources: is not a list", hint="begin each source with '- id:'")
    if isinstance(document.get("key"), str):
        _refuse_plain(document["key"], "key")
    config = yamlfile.validate(document, lines, path, Config, ConfigError)
    sources = tuple(
        _source(entry, lines, path, position, folder) for position, entry in enumerate(entries)
    )
    unique(sources)
    return config.model_copy(
        update={
            "sources": sources,
            "register_file": _at(folder, config.register_file),
            "scratch": _at(folder, config.scratch),
            "rules": tuple(folder / pack for pack in config.rules),
            "lists": tuple(_anchored(entry, folder) for entry in config.lists),
            "detect": _with_registry(config.detect, folder),
            "catalog": _anchored_url(expand(config.catalog, "catalog"), folder),
        }
    )


def _refuse_foreign(path: Path) -> None:
    """Refuse commands in an audit file that somebody else may change: they would run as ours."""
    status = path.stat()
    if status.st_uid not in {os.geteuid(), 0} or status.st_mode & 0o022:
        raise ConfigError(
            f"{path}: names a command, and others than you may change the file",
            hint="make it yours alone: 'chmod go-w', and 'chown' if it is another's",
        )


def unique(sources: tuple[SourceConfig, ...]) -> None:
    """Refuse two sources of one id: the catalog would mix them.

    Raises:
        ConfigError: an id stands twice.
    """
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise ConfigError(
                f"two sources have the id '{source.id}'", hint="give each source an id of its own"
            )
        seen.add(source.id)


def catalog_url(config: Config, folder: Path) -> str:
    """Give the catalog's URL: configured, or the embedded one beside the audit file."""
    if config.catalog:
        return config.catalog
    return f"sqlite:///{folder / FOLDER / 'catalog.sqlite'}"


def _secret(text: str, where: str) -> str:
    _refuse_plain(text, where)
    return expand(text, where)


def _refuse_plain(text: str, where: str) -> None:
    if not REFERENCE.search(text):
        raise ConfigError(
            f"{where}: a secret stands in the file in plain text",
            hint="move it out and write ${env:NAME} or ${file:/path} instead",
        )


def _source(
    entry: Any,  # noqa: ANN401 - whatever YAML holds
    lines: yamlfile.Lines,
    path: Path,
    position: int,
    folder: Path,
) -> SourceConfig:
    at: yamlfile.Place = ("sources", position)
    where = f"{path}:{yamlfile.line_of(at, lines)}"
    if not isinstance(entry, dict) or not isinstance(entry.get("kind"), str):
        raise ConfigError(
            f"{where}: a source without a kind",
            hint=f"known kinds: {', '.join(registry.names())}",
        )
    try:
        model = registry.config_model(entry["kind"])
    except ConfigError as error:
        raise ConfigError(f"{where}: {error.message}", hint=error.hint) from error
    values = {key: _value(key, value, where, model) for key, value in entry.items()}
    source = yamlfile.validate(values, lines, path, model, ConfigError, at)
    return by_reference(source.anchored(folder), entry)


def by_reference(source: SourceConfig, written: Mapping[str, object]) -> SourceConfig:
    """Give a source with its secrets as they were written, to be looked up where it is opened.

    What was anchored to a folder stays as it is: a local path is no secret.
    """
    kept = {
        name: SecretStr(text)
        for name, text in written.items()
        if isinstance(text, str)
        and isinstance(value := getattr(source, name, None), SecretStr)
        and expand(text, name) == value.get_secret_value()
    }
    return source.model_copy(update=kept)


def _value(key: str, value: object, where: str, model: type[SourceConfig]) -> object:
    if not isinstance(value, str):
        return value
    field = model.model_fields.get(key)
    is_secret = field is not None and "SecretStr" in str(field.annotation)
    if is_secret:
        refuse_password(value, f"{where}: {key}")
    if is_secret and not REFERENCE.search(value) and not _is_harmless_url(value):
        return _secret(value, f"{where}: {key}")
    return expand(value, f"{where}: {key}")


def _is_harmless_url(text: str) -> bool:
    """Say whether a secret field holds a URL without a password in it."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        return False
    return not url.password and not _SECRETS.intersection(url.query)


def refuse_password(url: str, where: str) -> None:
    """Refuse a URL with a password written into it.

    Raises:
        ConfigError: it has one that is no reference.
    """
    written = REFERENCE.sub("", url)
    if "://" in written and not _is_harmless_url(written):
        raise ConfigError(
            f"{where}: a password stands there in plain text, or the URL is not one",
            hint="write ${env:NAME} or ${file:/path} in its place",
        )


def _with_registry(detect: DetectorSettings, folder: Path) -> DetectorSettings:
    """Read the file that is named: workers on other machines may not have it."""
    if not detect.presidio_recognizers:
        return detect
    path = folder / detect.presidio_recognizers
    try:
        registry = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"detect.presidio_recognizers: {path} cannot be read ({type(error).__name__})",
            hint="name a Presidio recognizer registry in YAML",
        ) from error
    return detect.model_copy(update={"presidio_recognizers": "", "presidio_registry": registry})


def _anchored_url(url: str, folder: Path) -> str:
    """Take a relative SQLite file from the audit file's folder."""
    relative = url.removeprefix("sqlite:///")
    if relative == url or relative.startswith("/"):
        return url
    return f"sqlite:///{folder / relative}"


def _anchored(entry: ListEntry, folder: Path) -> ListEntry:
    return entry.model_copy(update={"path": folder / entry.path})


def _at(folder: Path, path: Path | None) -> Path | None:
    return None if path is None else folder / path
