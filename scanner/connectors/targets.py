"""What `kartta scan TARGET` means without a configuration."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from scanner.connectors.base import Kind, SourceConfig
from scanner.connectors.registry import kinds, module_of
from scanner.errors import ConfigError

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
Claim = Callable[[Path, bytes], Mapping[str, str] | None]
"""A kind's `fields_of`: what configures a source at a path, or None where it is none of its own."""

_START = 1_024
"""Bytes of a file that tell its kind."""
_LONGEST = 64


def config_for(target: str) -> SourceConfig:
    """Recognise a target: a database's URL, or a file or folder of a known kind.

    Raises:
        ConfigError: nothing is there, or it is of no kind that can be scanned.
    """
    if scheme := _URL.match(target):
        return _of_url(target, scheme[1].lower())
    path = Path(target).expanduser()
    try:
        if not path.exists():
            raise ConfigError(f"there is no '{path}'", hint=_near(path))
        kind, fields = _of_path(path)
    except OSError as error:
        raise ConfigError(
            f"{target} cannot be read ({error.strerror})", hint="check the permissions"
        ) from error
    return _configure(kind, path.resolve().name, fields)


def slug(name: str) -> str:
    """Make an id of a name; the caller makes it unique.

    >>> slug("Työhakemukset 2026 (vanhat)"), slug("…")
    ('Tyohakemukset-2026-vanhat', 'source')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)
    return joined.strip("-._")[:_LONGEST].rstrip("-._") or "source"


def _of_url(url: str, scheme: str) -> SourceConfig:
    schemes = {each: kind for kind in kinds().values() for each in kind.schemes}
    kind = schemes.get(scheme.partition("+")[0])
    if kind is None:
        raise ConfigError(
            f"{scheme}:// is no kind of source that can be scanned",
            hint=f"known: {', '.join(f'{each}://' for each in schemes)}; or name a path",
        )
    try:
        parts = urlsplit(url)
        name = Path(parts.path).name or parts.hostname or kind.name
    except ValueError:
        name = kind.name
    return _configure(kind, name, {"url": url})


def _of_path(path: Path) -> tuple[Kind, Mapping[str, str]]:
    """Ask each kind whether the path is one of its sources; a folder takes the rest."""
    start = b""
    if path.is_file():
        with path.open("rb") as stream:
            start = stream.read(_START)
    known = kinds()
    for kind in known.values():
        claim: Claim | None = getattr(module_of(kind), "fields_of", None)
        if claim is not None and (fields := claim(path, start)) is not None:
            return kind, fields
    return known["folder"], {"path": str(path)}


def _configure(kind: Kind, name: str, fields: Mapping[str, str]) -> SourceConfig:
    try:
        model: type[SourceConfig] = module_of(kind).Config
        return model.model_validate(
            {"id": slug(name), "name": name.encode("utf-8", "replace").decode(), **fields}
        )
    except ValidationError as error:
        reasons = "; ".join(each["msg"] for each in error.errors(include_input=False))
        raise ConfigError(
            f"the target cannot be scanned: {reasons}", hint="see kartta scan --help"
        ) from None


def _near(path: Path) -> str:
    """Suggest what was probably meant."""
    folder = path.parent
    if not folder.is_dir():
        return f"'{folder}' does not exist either"
    close = difflib.get_close_matches(path.name, [each.name for each in folder.iterdir()], n=1)
    return f"did you mean '{folder / close[0]}'?" if close else "name a file, folder or URL"
