"""A folder of files, or a single file. One asset for each file; nothing in it is passed over.

What cannot be read is listed all the same (a pipe, a broken link, a directory without permission),
so that it becomes a skip in the report. Left out are only version control (`.git`), our own
`.kartta`, and what the configuration excludes.
"""

import contextlib
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from scanner.connectors import paths
from scanner.connectors.base import Connector, SourceConfig
from scanner.errors import ConfigError, Gone, LimitReached, SourceError
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import extract
from scanner.model import Asset, Checkpoint, Content, SourceId

LEFT_OUT = frozenset({".git", ".hg", ".svn", ".bzr", ".kartta"})
_DENIED = "denied"

Names = tuple[str, ...]
"""The components of a relative path, as the operating system gives them."""


class Config(SourceConfig):
    """Which folder, and what of it."""

    kind: Literal["folder"] = "folder"
    path: Path
    """A folder or a single file."""
    include: tuple[str, ...] = Field(default=())
    """Globs over the path or the file's name; empty for everything."""
    exclude: tuple[str, ...] = Field(default=())
    """Globs over the path or a name; a directory that matches is not entered."""
    follow_symlinks: bool = False
    """Follow symbolic links; without it each is an asset that was not examined."""

    def location(self) -> str:
        """Give the path."""
        return paths.storable(str(self.path))


class Folder:
    """Lists files depth first, each directory sorted by name."""

    def __init__(self, config: Config, limits: Limits) -> None:
        self._config = config
        self._limits = limits
        self._root = config.path
        self._source = SourceId(config.id)

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List the files that sort after `since`."""
        after: Names = tuple(json.loads(since)) if since else ()
        try:
            status = self._root.stat()
            entries = _sorted_entries(self._root) if stat.S_ISDIR(status.st_mode) else None
        except OSError as error:
            raise SourceError(
                f"{self._config.location()} cannot be listed ({error.strerror})",
                hint="check the path and the permissions",
            ) from error
        if entries is not None:
            yield from self._walk(entries, (), after, ((status.st_dev, status.st_ino),))
        elif (names := (self._root.name,)) > after:
            yield self._asset(names, status)

    def read(self, asset: Asset) -> Iterator[Content]:
        """Read one file through the extractors."""
        try:
            path = self._path(asset)
            self._refuse_lost_links(path)
        except OSError as error:
            raise paths.refusal(error) from error
        follow = self._config.follow_symlinks or path == self._root
        with paths.open_regular(path, follow=follow) as stream:
            yield from extract(Part(asset.path, stream), Budget(self._limits))

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Give the path, by its components."""
        return Checkpoint(json.dumps(_names(asset)))

    def readers(self, asset: Asset) -> tuple[str, ...]:
        """Name who can read the file."""
        return paths.readers(self._path(asset))

    def _refuse_lost_links(self, path: Path) -> None:
        if path == self._root or not path.is_symlink():
            return
        if not path.exists():
            raise Gone("a symbolic link that leads nowhere", hint="remove it or mend it")
        if self._config.follow_symlinks and path.is_dir():
            raise LimitReached(
                "a symbolic link to a directory above it, or to one that cannot be listed",
                hint="exclude it in kartta.yaml",
            )

    def _walk(
        self,
        entries: list[os.DirEntry[str]],
        above: Names,
        after: Names,
        chain: tuple[tuple[int, int], ...],
    ) -> Iterator[Asset]:
        """Yield what is below one directory; `chain` are the directories that lead to it."""
        for entry in entries:
            names = (*above, entry.name)
            if names <= after and names != after[: len(names)]:
                continue
            if entry.name in LEFT_OUT or paths.matches("/".join(names), self._config.exclude):
                continue
            status = _status(entry, follow=self._config.follow_symlinks)
            if status is None or not stat.S_ISDIR(status.st_mode):
                if names > after and self._wanted(names):
                    yield self._asset(names, status)
                continue
            place = (status.st_dev, status.st_ino)
            try:
                below = None if place in chain else _sorted_entries(entry.path)
            except OSError:
                below = None
            if below is not None:
                yield from self._walk(below, names, after, (*chain, place))
            elif names > after:
                yield self._asset(names, None)

    def _wanted(self, names: Names) -> bool:
        include = self._config.include
        return not include or paths.matches("/".join(names), include)

    def _asset(self, names: Names, status: os.stat_result | None) -> Asset:
        path = "/".join(names)
        shown = paths.storable(path)
        token = json.dumps(names) if shown != path else ""
        if status is None:
            return Asset(self._source, shown, _DENIED, token=token)
        # Rights are part of it: who may read the file is a sighting too.
        rights = f"{status.st_mode:o}-{status.st_uid}-{status.st_gid}"
        fingerprint = f"{status.st_size}-{status.st_mtime_ns}-{rights}"
        return Asset(
            self._source, shown, fingerprint, paths.modified(status), status.st_size, token
        )

    def _path(self, asset: Asset) -> Path:
        return self._root.joinpath(*_names(asset)) if self._root.is_dir() else self._root


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Build the connector; nothing is opened yet."""
    if not isinstance(config, Config):
        raise ConfigError(f"'{config.kind}' is not a folder", hint="use kind: folder")
    return Folder(config, limits)


def _sorted_entries(path: Path | str) -> list[os.DirEntry[str]]:
    with os.scandir(path) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _status(entry: os.DirEntry[str], *, follow: bool) -> os.stat_result | None:
    """Give the status, of a broken link its own; None where not even that is permitted."""
    with contextlib.suppress(OSError):
        return entry.stat(follow_symlinks=follow)
    with contextlib.suppress(OSError):
        return entry.stat(follow_symlinks=False)
    return None


def _names(asset: Asset) -> Names:
    return tuple(json.loads(asset.token)) if asset.token else tuple(asset.path.split("/"))
