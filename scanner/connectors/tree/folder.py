"""A folder of files on a disk or a mount, or a single file. One asset for each file."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import Field

from scanner.connectors import paths
from scanner.connectors.base import Connector, SourceConfig
from scanner.connectors.tree.base import Entry, Files, Names, Status
from scanner.errors import (
    ConfigError,
    Gone,
    IoFailed,
    LimitReached,
    RetriableError,
    SourceError,
)
from scanner.extract.base import Limits


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

    def needs_network(self) -> bool:
        """Say no: files are read."""
        return False


class Folder:
    """Files as the operating system shows them."""

    def __init__(self, root: Path, *, follow_symlinks: bool = False) -> None:
        self._root = root
        self._follow = follow_symlinks

    def root(self) -> tuple[Names, Status]:
        """Describe the folder or the single file."""
        try:
            status = self._root.stat()
        except OSError as error:
            raise SourceError(
                f"{paths.storable(str(self._root))} cannot be listed ({error.strerror})",
                hint="check the path and the permissions",
            ) from error
        described = _described(status)
        return () if described.is_folder else (self._root.name,), described

    def list(self, folder: Names) -> Iterable[Entry]:
        """List one folder."""
        with paths.rooted(self._root), os.scandir(self._root.joinpath(*folder)) as entries:
            return [_Entry(entry, self._root, self._follow) for entry in entries]

    def open(self, names: Names) -> BinaryIO:
        """Open a file; a pipe or a device is refused without waiting for it."""
        with paths.rooted(self._root):
            path = self._path(names)
            self._refuse_lost_links(path)
            return paths.open_regular(path, follow=self._follow or path == self._root)

    def readers(self, names: Names) -> tuple[str, ...]:
        """Name who can read the file."""
        return paths.readers(self._path(names))

    def _refuse_lost_links(self, path: Path) -> None:
        if path == self._root or not path.is_symlink():
            return
        if not path.exists():
            raise Gone("a symbolic link that leads nowhere", hint="remove it or mend it")
        if self._follow and path.is_dir():
            raise LimitReached(
                "a symbolic link to a directory above it, or to one that cannot be listed",
                hint="exclude it in kartta.yaml",
            )

    def _path(self, names: Names) -> Path:
        return self._root.joinpath(*names) if self._root.is_dir() else self._root


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name in a directory; its status is asked for only when it is wanted."""

    entry: os.DirEntry[str]
    root: Path
    follow: bool

    @property
    def name(self) -> str:
        return self.entry.name

    def status(self) -> Status | None:
        """Give the status, of a broken link its own."""
        with suppress(OSError):
            return _described(self.entry.stat(follow_symlinks=self.follow))
        try:
            return _described(self.entry.stat(follow_symlinks=False))
        except OSError as error:
            paths.expect(self.root)
            refused = paths.refusal(error)
            if isinstance(refused, RetriableError | IoFailed):
                raise refused from error
            # The folder above tells of this one though it may not be asked.
            is_folder = self.entry.is_dir(follow_symlinks=False)
        return Status(is_folder=True, sign="") if is_folder else None


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Give the connector, which holds nothing open."""
    if not isinstance(config, Config):
        raise ConfigError(f"'{config.kind}' is not a folder", hint="use kind: folder")
    tree = Folder(config.path, follow_symlinks=config.follow_symlinks)
    return Files(config.id, tree, limits, include=config.include, exclude=config.exclude)


def _described(status: os.stat_result) -> Status:
    # Rights are part of it: who may read the file is a sighting too.
    rights = f"{status.st_mode:o}-{status.st_uid}-{status.st_gid}"
    return Status(
        stat.S_ISDIR(status.st_mode),
        f"{paths.sign(status)}-{rights}",
        paths.modified(status),
        status.st_size,
        (status.st_dev, status.st_ino),
    )
