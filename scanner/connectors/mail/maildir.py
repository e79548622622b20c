"""A Maildir: one asset for each message, in the folder and in the folders inside it.

A message keeps its path when it is read, flagged or moved from `new` to `cur`: the path is the
folder and the unique part of the name, before `:2,` and the flags. Messages never change, so their
size and name are their fingerprint. `tmp` holds deliveries that are not finished and is left out.
"""

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal

from scanner.connectors import paths
from scanner.connectors.base import Connector, SourceConfig
from scanner.errors import ConfigError, Gone, SourceError
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import member
from scanner.extract.registry import BY_NAME
from scanner.model import Asset, Checkpoint, Content, SourceId

MAIL = ("new", "cur")
"""In this order: a message that moves while it is listed is seen twice rather than not at all."""
_FLAGS = re.compile(r"[:;!]2,[A-Za-z]*$")


class Config(SourceConfig):
    """Which Maildir."""

    kind: Literal["maildir"] = "maildir"
    path: Path
    """The folder that holds `cur` and `new`."""

    def location(self) -> str:
        """Give the path."""
        return paths.storable(str(self.path))


class Maildir:
    """Lists folders by name and the messages of each by their unique name."""

    kind: ClassVar[str] = "maildir"

    def __init__(self, config: Config, limits: Limits) -> None:
        self._config = config
        self._limits = limits
        self._source = SourceId(config.id)

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List the messages that sort after `since`."""
        after: tuple[str, str] | None = tuple(json.loads(since)) if since else None
        if not _is_maildir(self._config.path):
            raise SourceError(
                f"{self._config.location()} is not a Maildir that can be listed",
                hint="name the folder that holds cur and new",
            )
        for folder in sorted(_folders(self._config.path, "")):
            if after and folder < after[0]:
                continue
            for name, place in sorted(_messages(self._config.path / folder).items()):
                if after is None or (folder, name) > after:
                    yield from self._asset(folder, name, place)

    def read(self, asset: Asset) -> Iterator[Content]:
        """Read one message through the mail extractor, wherever its flags have moved it."""
        folder, name, place = json.loads(asset.token)
        here = self._config.path / folder
        if not os.path.lexists(here / place):
            place = _messages(here).get(name, "")
        if not place:
            raise Gone("the message is no longer there", hint="scan again")
        with paths.open_regular(here / place) as stream:
            yield from member(Part("message.eml", stream), Budget(self._limits), BY_NAME["eml"])

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Give the folder and the unique name."""
        return Checkpoint(json.dumps(json.loads(asset.token)[:2]))

    def readers(self, asset: Asset) -> tuple[str, ...]:
        """Name who can read the message."""
        folder, _, place = json.loads(asset.token)
        return paths.readers(self._config.path / folder / place)

    def _asset(self, folder: str, name: str, place: str) -> Iterator[Asset]:
        """Give the asset, or nothing where the message has gone since its folder was listed."""
        path = paths.storable(f"{folder}/{name}" if folder else name)
        token = json.dumps([folder, name, place])
        try:
            status = (self._config.path / folder / place).lstat()
        except FileNotFoundError:
            return
        except OSError:
            yield Asset(self._source, path, "denied", token=token)
            return
        yield Asset(
            self._source,
            path,
            f"{status.st_size}-{paths.storable(name)}",
            paths.modified(status),
            status.st_size if stat.S_ISREG(status.st_mode) else None,
            token,
        )


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Build the connector; nothing is opened yet."""
    if not isinstance(config, Config):
        raise ConfigError(f"'{config.kind}' is not a Maildir", hint="use kind: maildir")
    return Maildir(config, limits)


def fields_of(path: Path, start: bytes) -> dict[str, str] | None:
    """Take a folder with both `cur` and `new` for a Maildir."""
    del start
    return {"path": str(path)} if all((path / name).is_dir() for name in MAIL) else None


def _is_maildir(path: Path) -> bool:
    return any((path / name).is_dir() for name in MAIL)


def _folders(root: Path, relative: str) -> Iterator[str]:
    """Give the folders that hold mail, both as `.Sent.2025` and as nested directories."""
    here = root / relative
    if _is_maildir(here):
        yield relative
    try:
        with os.scandir(here) as entries:
            below = [
                entry.name
                for entry in entries
                if entry.name not in {*MAIL, "tmp"} and entry.is_dir(follow_symlinks=False)
            ]
    except OSError:
        return
    for name in below:
        yield from _folders(root, f"{relative}/{name}" if relative else name)


def _messages(folder: Path) -> dict[str, str]:
    """Map the unique names of a folder to where the messages are now (`cur/…`).

    Two files with one unique name (a broken copy) are two messages, the second with `#2`. A
    directory that cannot be listed stands for its messages, so that they are not forgotten.
    """
    found: dict[str, str] = {}
    for directory in MAIL:
        try:
            names = sorted(os.listdir(folder / directory))  # noqa: PTH208 - surrogates, speed
        except FileNotFoundError:
            continue
        except OSError:
            found[directory] = directory
            continue
        for name in names:
            unique = _FLAGS.sub("", name)
            place = f"{directory}/{name}"
            free, number = unique, 1
            while free in found and os.path.lexists(folder / found[free]):
                number += 1
                free = f"{unique}#{number}"
            found[free] = place
    return found
