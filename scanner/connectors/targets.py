"""What `kartta scan TARGET` means without a configuration."""

import difflib
import re
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from scanner.connectors.base import SourceConfig
from scanner.connectors.recruiting import greenhouse_export
from scanner.connectors.registry import config_model
from scanner.errors import ConfigError

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_DATABASES = ("postgresql", "postgres", "sqlite")
_SQLITE = b"SQLite format 3\0"
_MBOX = re.compile(rb"From \S.*\r?\n(From |[!-9;-~]+:)")
_LONGEST = 64


def config_for(target: str) -> SourceConfig:
    """Recognise a target: a database's URL, or a file or folder of a known kind.

    Raises:
        ConfigError: nothing is there, or it is of no kind that can be scanned.
    """
    if scheme := _URL.match(target):
        return _database(target, scheme[1].lower())
    path = Path(target).expanduser()
    try:
        kind = _kind_of(path)
    except OSError as error:
        raise ConfigError(
            f"{target} cannot be read ({error.strerror})", hint="check the permissions"
        ) from error
    name = path.resolve().name
    if kind == "database":
        return _configure(kind, name, url=f"sqlite:///{path.absolute()}")
    return _configure(kind, name, path=str(path))


def slug(name: str) -> str:
    """Make an id of a name; the caller makes it unique.

    >>> slug("Työhakemukset 2026 (vanhat)"), slug("…")
    ('Tyohakemukset-2026-vanhat', 'source')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)
    return joined.strip("-._")[:_LONGEST].rstrip("-._") or "source"


def _database(url: str, scheme: str) -> SourceConfig:
    if scheme.partition("+")[0] not in _DATABASES:
        raise ConfigError(
            f"{scheme}:// is no kind of source that can be scanned",
            hint=f"databases: {', '.join(f'{each}://' for each in _DATABASES)}; or name a path",
        )
    try:
        parts = urlsplit(url)
        name = Path(parts.path).name or parts.hostname or "database"
    except ValueError:
        name = "database"
    return _configure("database", name, url=url)


def _configure(kind: str, name: str, **fields: str) -> SourceConfig:
    try:
        return config_model(kind).model_validate(
            {"id": slug(name), "name": name.encode("utf-8", "replace").decode(), **fields}
        )
    except ValidationError as error:
        reasons = "; ".join(each["msg"] for each in error.errors(include_input=False))
        raise ConfigError(
            f"the target cannot be scanned: {reasons}", hint="see kartta scan --help"
        ) from None


def _kind_of(path: Path) -> str:
    if path.is_dir():
        if (path / "cur").is_dir() and (path / "new").is_dir():
            return "maildir"
        return "greenhouse" if greenhouse_export.is_export(path) else "folder"
    if path.is_file():
        with path.open("rb") as stream:
            start = stream.read(1_024)
        if start.startswith(_SQLITE):
            return "database"
        return "mbox" if _MBOX.match(start) else "folder"
    if path.exists():
        return "folder"
    raise ConfigError(f"there is no '{path}'", hint=_near(path))


def _near(path: Path) -> str:
    """Suggest what was probably meant."""
    folder = path.parent
    if not folder.is_dir():
        return f"'{folder}' does not exist either"
    close = difflib.get_close_matches(path.name, [each.name for each in folder.iterdir()], n=1)
    return f"did you mean '{folder / close[0]}'?" if close else "name a file, folder or URL"
