"""A Maildir: one asset for each message, in the folder and in the folders inside it.

A message keeps its path when it is read, flagged or moved from `new` to `cur`: the path is the
folder and the unique part of the name, before `:2,` and the flags. Messages should never change,
and are read again if their file did: a new flag renames it, which cannot be told from that. `tmp`
holds deliveries that are not finished and is left out.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from scanner.connectors import paths
from scanner.connectors.base import Connector, SourceConfig
from scanner.connectors.mail.base import Entry, Mail, Place
from scanner.errors import ConfigError, Gone, SourceError
from scanner.extract.base import Limits
from scanner.model import UNLISTED

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

    def needs_network(self) -> bool:
        """Say no: files are read."""
        return False


class Maildir:
    """Lists folders by name and the messages of each by their unique name."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def messages(self, since: Place | None) -> Iterator[Entry]:
        """List the messages that sort after folder and unique name."""
        after = None if since is None else tuple(map(str, since))
        if not _is_maildir(self._root):
            raise SourceError(
                f"{paths.storable(str(self._root))} is not a Maildir that can be listed",
                hint="name the folder that holds cur and new",
            )
        folders = _folders(self._root)
        paths.expect(self._root)
        for folder, is_listed in sorted(folders.items()):
            if after and folder < after[0]:
                continue
            found, unlisted = _messages(self._root / folder)
            paths.expect(self._root)
            if unlisted or not is_listed:
                yield from self._unlisted(folder, unlisted, after)
            for name, place in sorted(found.items()):
                if after is None or (folder, name) > after:
                    yield from self._entry(folder, name, place)

    def fetch(self, place: Place, sign: str) -> bytes:
        """Read one message, wherever its flags have moved it."""
        del sign
        folder, name, where = map(str, place)
        here = self._root / folder
        with paths.rooted(self._root):
            if name and not os.path.lexists(here / where):
                where = _messages(here)[0].get(name, "")
                if not where:
                    raise Gone("the message is no longer there", hint="scan again")
            with paths.open_regular(here / where) as stream:
                return stream.read()

    def readers(self, place: Place) -> tuple[str, ...]:
        """Name who can read the message."""
        folder, _, where = map(str, place)
        return paths.readers(self._root / folder / where)

    def _unlisted(self, folder: str, where: str, after: tuple[str, ...] | None) -> Iterator[Entry]:
        """Give a folder that cannot be listed, or not whole: it stands for its messages."""
        if not folder:
            raise SourceError(
                f"{paths.storable(str(self._root / where))} cannot be listed",
                hint="check the permissions and the disk, then scan again",
            )
        if (folder, "") != after:
            yield Entry(folder, UNLISTED, (folder, "", where), (folder, ""))

    def _entry(self, folder: str, name: str, where: str) -> Iterator[Entry]:
        """Give the message, or nothing where it has gone since its folder was listed."""
        path = f"{folder}/{name}" if folder else name
        place, after = (folder, name, where), (folder, name)
        try:
            status = (self._root / folder / where).lstat()
        except FileNotFoundError:
            paths.expect(self._root)
            return
        except OSError:
            yield Entry(path, UNLISTED, place, after)
            return
        yield Entry(
            path,
            f"{paths.sign(status)}-{paths.storable(name)}",
            place,
            after,
            paths.modified(status),
            status.st_size if stat.S_ISREG(status.st_mode) else None,
        )


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Give the connector, which holds nothing open."""
    if not isinstance(config, Config):
        raise ConfigError(f"'{config.kind}' is not a Maildir", hint="use kind: maildir")
    return Mail(config.id, Maildir(config.path), limits)


def fields_of(path: Path, start: bytes) -> dict[str, str] | None:
    """Take a folder with both `cur` and `new` for a Maildir."""
    del start
    return {"path": str(path)} if all((path / name).is_dir() for name in MAIL) else None


def _is_maildir(path: Path) -> bool:
    return any((path / name).is_dir() for name in MAIL)


def _folders(root: Path) -> dict[str, bool]:
    """Give the folders that hold mail, both as `.Sent.2025` and as nested directories.

    With each stands whether it could be listed; one that could not may hold mail.
    """
    found: dict[str, bool] = {}
    waiting = [""]
    while waiting:
        relative = waiting.pop()
        try:
            if _is_maildir(root / relative):
                found[relative] = True
            with os.scandir(root / relative) as entries:
                waiting += [
                    f"{relative}/{entry.name}" if relative else entry.name
                    for entry in entries
                    if entry.name not in {*MAIL, "tmp"} and entry.is_dir(follow_symlinks=False)
                ]
        except FileNotFoundError:
            continue
        except OSError:
            found[relative] = False
    return found


def _messages(folder: Path) -> tuple[dict[str, str], str]:
    """Map the unique names of a folder to where the messages are now (`cur/…`).

    Beside it stands a directory that could not be listed, if there is one. Two files with one
    unique name (a broken copy) are two messages, the second with `#2`.
    """
    found: dict[str, str] = {}
    unlisted = ""
    for directory in MAIL:
        try:
            names = sorted(os.listdir(folder / directory))  # noqa: PTH208 - surrogates, speed
        except FileNotFoundError:
            continue
        except OSError:
            unlisted = directory
            continue
        for name in names:
            unique = _FLAGS.sub("", name)
            place = f"{directory}/{name}"
            free, number = unique, 1
            while free in found and os.path.lexists(folder / found[free]):
                number += 1
                free = f"{unique}#{number}"
            found[free] = place
    return found, unlisted
