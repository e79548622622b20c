"""What every tree of files has in common: the walk, links and loops, names of any kind, reading.

A kind of tree lists one folder, opens one file and names its readers, and nothing else. Nothing is
passed over: what cannot be read is listed all the same (a pipe, a broken link, a folder without
permission), so that it becomes a skip in the report. Left out are only version control (`.git`),
our own `.kartta`, and what the configuration excludes.
"""

import io
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO, Protocol

from scanner.connectors import paths
from scanner.errors import AssetError, IoFailed, RetriableError, SourceError
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import extract
from scanner.model import UNLISTED, Asset, Checkpoint, Content, SourceId

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LEFT_OUT = frozenset({".git", ".hg", ".svn", ".bzr", ".kartta"})
_BUFFER = 64 * 1024
_CHUNK = 1024**2
"""Most bytes asked for at once: what a library asks for may be the whole limit."""

Names = tuple[str, ...]
"""The components of a path below the root, as the source gives them."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a tree knows of one entry without opening it."""

    is_folder: bool
    sign: str
    """Of a file: changes if its content or its readers do."""
    modified: datetime | None = None
    size: int | None = None
    identity: object = None
    """Of a folder: the same under every name, so that loops end; None where there are no links."""


class Entry(Protocol):
    """One name in a folder."""

    @property
    def name(self) -> str:
        """Give the name, without the folder."""
        ...

    def status(self) -> Status | None:
        """Describe it; None where not even that is permitted.

        Raises:
            IoFailed: the disk or this machine failed.
            RetriableError: the connection was lost.
        """
        ...


class Tree(Protocol):
    """Where files lie. Lost connections are `RetriableError`s."""

    def root(self) -> tuple[Names, Status]:
        """Describe what was configured: no names and a folder, or the name of a single file.

        Raises:
            SourceError: nothing is there.
        """
        ...

    def list(self, folder: Names) -> Iterable[Entry]:
        """List one folder, in any order and at once.

        Raises:
            AssetError: it cannot be listed; it then stands for what is in it.
        """
        ...

    def open(self, names: Names) -> BinaryIO:
        """Open one file for reading.

        Raises:
            AssetError: it cannot be read.
        """
        ...

    def readers(self, names: Names) -> tuple[str, ...]:
        """Name who can read a file, in the source's words; nobody where that is not known."""
        ...


class Files:
    """A tree as a connector: lists files depth first, each folder sorted by name."""

    def __init__(
        self,
        source: str,
        tree: Tree,
        limits: Limits,
        *,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
    ) -> None:
        self._source = SourceId(source)
        self._tree = tree
        self._limits = limits
        self._include = include
        self._exclude = exclude

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List the files that sort after `since`."""
        after: Names = tuple(json.loads(since)) if since else ()
        names, root = self._tree.root()
        if root.is_folder:
            yield from self._walk(root, after)
        elif names > after:
            yield self._asset(names, root)

    def read(self, asset: Asset) -> Iterator[Content]:
        """Read one file through the extractors."""
        with paths.reopened(asset):
            watched = _Watched(self._tree.open(_names(asset)))
        with io.BufferedReader(watched, _BUFFER) as stream:
            try:
                yield from extract(Part(asset.path, stream), Budget(self._limits))
            except AssetError:
                if watched.lost is None:
                    raise
        if watched.lost is not None:
            raise watched.lost

    def content(self, asset: Asset) -> Generator[bytes, None, None]:
        """Give the file's bytes."""
        with io.BufferedReader(_Watched(self._tree.open(_names(asset))), _BUFFER) as stream:
            while piece := stream.read(_CHUNK):
                yield piece

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Give the path, by its components."""
        return Checkpoint(json.dumps(_names(asset)))

    def readers(self, asset: Asset) -> tuple[str, ...]:
        """Name who can read the file."""
        return self._tree.readers(_names(asset))

    def _walk(self, root: Status, after: Names) -> Iterator[Asset]:
        """Yield what is below the root; without recursion, for folders may be nested deeply."""
        try:
            way = [_Level((), root.identity, self._sorted(()))]
        except AssetError as error:
            raise SourceError(
                f"the folder cannot be listed ({error.message})", hint=error.hint
            ) from error
        while way:
            level = way[-1]
            entry = next(level.entries, None)
            if entry is None:
                way.pop()
                continue
            names = (*level.names, entry.name)
            if names <= after and names != after[: len(names)]:
                continue
            if entry.name in LEFT_OUT or paths.matches("/".join(names), self._exclude):
                continue
            try:
                status = entry.status()
                below = self._below(names, status, way) if status and status.is_folder else None
            except AssetError:
                # Told each time, also where the listing resumes from within: `after` is below it.
                if names != after:
                    yield self._asset(names, None)
                continue
            if below is not None:
                way.append(below)
            elif names > after and (_is_folder(status) or self._is_wanted(names)):
                yield self._asset(names, status)

    def _below(self, names: Names, status: Status, way: "list[_Level]") -> "_Level | None":
        """Enter a folder; None where it leads to one that we are in.

        Raises:
            AssetError: it cannot be listed.
        """
        if status.identity is not None and any(level.identity == status.identity for level in way):
            return None
        return _Level(names, status.identity, self._sorted(names))

    def _sorted(self, folder: Names) -> Iterator[Entry]:
        """List a folder by name, and let go of each entry: it keeps what it was asked for."""
        entries = sorted(self._tree.list(folder), key=attrgetter("name"), reverse=True)
        return (entries.pop() for _ in range(len(entries)))

    def _is_wanted(self, names: Names) -> bool:
        return not self._include or paths.matches("/".join(names), self._include)

    def _asset(self, names: Names, status: Status | None) -> Asset:
        path = "/".join(names)
        shown = paths.storable(path)
        token = json.dumps(names) if shown != path else ""
        if status is None:
            return Asset(self._source, shown, UNLISTED, token=token)
        return Asset(self._source, shown, status.sign, status.modified, status.size, token)


@dataclass(frozen=True, slots=True)
class _Level:
    """A folder that the walk is in, and what is left of it."""

    names: Names
    identity: object
    entries: Iterator[Entry]


class _Watched(io.RawIOBase):
    """A file that remembers that its connection or its disk failed, whatever its reader says."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.lost: RetriableError | IoFailed | None = None

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read some bytes."""
        room = memoryview(buffer)
        try:
            data = self._stream.read(min(len(room), _CHUNK))
        except RetriableError as error:
            self.lost = error
            raise
        except OSError as error:
            translated = paths.refusal(error)
            if isinstance(translated, RetriableError | IoFailed):
                self.lost = translated
            raise translated from error
        room[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Tell the place."""
        return self._stream.tell()

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes: extractors look twice."""
        return True

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()


def _is_folder(status: Status | None) -> bool:
    return status is not None and status.is_folder


def _names(asset: Asset) -> Names:
    return tuple(json.loads(asset.token)) if asset.token else tuple(asset.path.split("/"))
