"""The key of the hashes: found by reference, or made beside the catalog, and where it lies."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from kartta.config import FOLDER, Config
from scanner import private
from scanner.errors import ConfigError
from scanner.references import REFERENCE, expand

LEAST = 16
_MOST = 64
"""What the hash takes."""


def default_file(folder: Path) -> Path:
    """Say where the key lies when none is configured."""
    return folder / FOLDER / "key"


def is_there(config: Config, folder: Path) -> bool:
    """Say whether there is a key, or a reference to one: asking for it then makes none."""
    return config.key is not None or default_file(folder).exists()


def hash_key(config: Config, folder: Path) -> bytes:
    """Give the secret of the keyed hashes; make one on first use, readable by its owner only.

    Raises:
        ConfigError: it cannot be found, read or written.
    """
    if config.key is not None:
        return _usable(expand(config.key.get_secret_value(), "key").encode(), "key in kartta.yaml")
    path = default_file(folder)
    try:
        if not path.exists():
            private.folder(path.parent)
            # Whole or not at all: a key of no bytes would make every hash guessable.
            unfinished = path.with_name(f"key.{os.getpid()}")
            with os.fdopen(private.new(unfinished), "wb") as file:
                # As text, so that it can be moved to wherever a reference finds it.
                file.write(os.urandom(32).hex().encode("ascii"))
            unfinished.rename(path)
        return _usable(path.read_bytes(), str(path))
    except OSError as error:
        raise ConfigError(
            f"the hash key {path} cannot be used ({error.strerror})",
            hint="make the folder writable, or set 'key: ${env:NAME}' in kartta.yaml",
        ) from error


def places(config: Config, folder: Path) -> Iterator[tuple[str, str]]:
    """Give where each part of the key lies: kind and name, as a reference has them."""
    if config.key is None:
        yield "file", str(default_file(folder))
    else:
        for match in REFERENCE.finditer(config.key.get_secret_value()):
            yield match["kind"], match["name"]


def files(config: Config, folder: Path) -> list[Path]:
    """Give the files among the places of the key."""
    return [Path(name) for kind, name in places(config, folder) if kind == "file"]


def is_beside(config: Config, folder: Path, catalog: Path | None) -> bool:
    """Say whether one backup would take the whole key with the catalog."""
    if catalog is None or len(files(config, folder)) < len(list(places(config, folder))):
        return False
    backed_up = (catalog.resolve().parent, folder.resolve())
    return all(
        any(path.resolve().is_relative_to(each) for each in backed_up)
        for path in files(config, folder)
    )


def _usable(key: bytes, where: str) -> bytes:
    if len(key) < LEAST:
        raise ConfigError(
            f"the hash key ({where}) has fewer than {LEAST} bytes",
            hint="a short key lets everybody guess the values: 'openssl rand -hex 32'",
        )
    # Not its first bytes alone: of two secrets in a row the second would count for nothing.
    return key if len(key) <= _MOST else hashlib.blake2b(key).digest()
