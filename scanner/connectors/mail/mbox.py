"""Mailboxes in the mbox format. One asset for each message, numbered in order of arrival.

A message begins at a line `From …` after an empty line, if the line holds a date or a header
follows it: programs that do not escape `From ` in bodies are common, and a body cut in two would
lose its attachments. Discovery reads the file once, line by line, and keeps nothing.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO, ClassVar, Literal

from scanner.connectors import paths
from scanner.connectors.base import Connector, SourceConfig
from scanner.errors import AssetError, CheckpointExpired, ConfigError, Gone, SourceError, TooLarge
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import member
from scanner.extract.registry import BY_NAME
from scanner.model import Asset, Checkpoint, Content, SourceId

_LINE = 65_536
"""Longer lines are read in pieces; only their beginning can separate messages."""
_HEADER_BYTES = 262_144
_DATED = re.compile(rb"From .*\b\d{1,2}:\d\d\b.*\b(19|20)\d\d\b")
_HEADER = re.compile(rb"[!-9;-~]{1,100}:|From ")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_STARTS = re.compile(rb"From \S.*\r?\n(From |[!-9;-~]+:)")
_MAGIC = re.compile(r"[*?\[]")


class Config(SourceConfig):
    """Which mailboxes."""

    kind: Literal["mbox"] = "mbox"
    path: Path
    """A file, or a glob over several (`/var/mail/*`, `/archive/**/*.mbox`)."""

    def location(self) -> str:
        """Give the path or the glob."""
        return paths.storable(str(self.path))


@dataclass(frozen=True, slots=True)
class _Message:
    """Where one message stands in a file, and what its bytes and its date are."""

    start: int
    length: int
    digest: str
    date: datetime | None


class Mbox:
    """Lists messages file by file in the order in which they stand."""

    kind: ClassVar[str] = "mbox"

    def __init__(self, config: Config, limits: Limits) -> None:
        self._config = config
        self._limits = limits
        self._source = SourceId(config.id)

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List the messages after `since`; mail that was appended comes after what was there."""
        name, number, offset = json.loads(since) if since else ("", 0, 0)
        root, files = self._files()
        for file in files:
            relative = file.relative_to(root).as_posix()
            if since and relative < name:
                continue
            resumed = bool(since) and relative == name
            try:
                stream = paths.open_regular(file, follow=True)
            except AssetError:
                token = json.dumps([relative, 0, 0])
                if not resumed:
                    yield Asset(self._source, paths.storable(relative), "denied", token=token)
                continue
            with stream:
                if resumed:
                    _expect_message_at(stream, offset, self._config.location())
                first = number + 1 if resumed else 1
                for count, message in enumerate(_messages(stream), first):
                    yield self._asset(relative, count, message)

    def read(self, asset: Asset) -> Iterator[Content]:
        """Read one message through the mail extractor."""
        relative, start, length = _place(asset)
        with paths.open_regular(self._root() / relative, follow=True) as stream:
            if length > self._limits.max_bytes:
                raise TooLarge(
                    f"larger than {self._limits.max_bytes} bytes",
                    hint="raise limits.max_bytes in kartta.yaml",
                )
            stream.seek(start)
            content = stream.read(length)
        if hashlib.sha256(content).hexdigest() != asset.fingerprint:
            raise Gone("the mailbox changed since it was listed", hint="scan again")
        if content.startswith(b"From "):
            content = content.partition(b"\n")[2]
        content = _ESCAPED.sub(rb"\1", content)
        yield from member(
            Part("message.eml", io.BytesIO(content)), Budget(self._limits), BY_NAME["eml"]
        )

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Give the file, the message's number and where it ends."""
        relative, start, length = _place(asset)
        number = int(asset.path.rpartition("#")[2]) if length else 0
        return Checkpoint(json.dumps([relative, number, start + length]))

    def readers(self, asset: Asset) -> tuple[str, ...]:
        """Name who can read the mailbox."""
        return paths.readers(self._root() / _place(asset)[0])

    def _files(self) -> tuple[Path, list[Path]]:
        """Give the directory that names are relative to, and the files, sorted."""
        path = self._config.path
        if path.exists() or not _MAGIC.search(str(path)):
            if not path.is_file():
                raise SourceError(
                    f"{self._config.location()} is not a file", hint="name an mbox file or a glob"
                )
            return path.parent, [path]
        root = self._root()
        pattern = str(Path(*path.parts[_first_magic(path) :]))
        found = (file for file in root.glob(pattern) if not file.is_dir())
        return root, sorted(found, key=lambda file: file.relative_to(root).as_posix())

    def _root(self) -> Path:
        """Give the directory that names are relative to, without listing it."""
        path = self._config.path
        if path.exists() or not _MAGIC.search(str(path)):
            return path.parent
        return Path(*path.parts[: _first_magic(path)])

    def _asset(self, relative: str, number: int, message: _Message) -> Asset:
        return Asset(
            self._source,
            f"{paths.storable(relative)}#{number}",
            message.digest,
            message.date,
            message.length,
            json.dumps([relative, message.start, message.length]),
        )


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Build the connector; nothing is opened yet."""
    if not isinstance(config, Config):
        raise ConfigError(f"'{config.kind}' is not a mailbox", hint="use kind: mbox")
    return Mbox(config, limits)


def fields_of(path: Path, start: bytes) -> dict[str, str] | None:
    """Take a file that begins with a message for a mailbox."""
    return {"path": str(path)} if _STARTS.match(start) else None


def _first_magic(path: Path) -> int:
    return next(index for index, part in enumerate(path.parts) if _MAGIC.search(part))


def _place(asset: Asset) -> tuple[str, int, int]:
    """Give file, offset and length; a file that could not be opened has no length."""
    relative, start, length = json.loads(asset.token)
    return relative, start, length


def _expect_message_at(stream: BinaryIO, offset: int, location: str) -> None:
    """Go to the offset, where a message must begin or the file end."""
    end = stream.seek(0, io.SEEK_END)
    stream.seek(offset)
    if offset > end or (offset < end and stream.read(5) != b"From "):
        raise CheckpointExpired(f"a mailbox of {location} was rewritten", hint="")
    stream.seek(offset)


def _messages(stream: BinaryIO) -> Iterator[_Message]:
    """Cut what is left of a stream into messages, in memory for one line."""
    start = position = stream.tell()
    digest = hashlib.sha256()
    header = bytearray()
    in_header = True
    empty_before = True
    line = stream.readline(_LINE)
    whole_line = True
    while line:
        following = stream.readline(_LINE)
        if empty_before and whole_line and position > start and _begins(line, following):
            yield _Message(start, position - start, digest.hexdigest(), _date(header))
            start, digest, header, in_header = position, hashlib.sha256(), bytearray(), True
        digest.update(line)
        empty_before = whole_line and not line.strip(b"\r\n")
        if in_header and len(header) < _HEADER_BYTES:
            header += line
            in_header = not empty_before
        whole_line = line.endswith(b"\n")
        position += len(line)
        line = following
    if position > start and (header.strip() or position - start > len(header)):
        yield _Message(start, position - start, digest.hexdigest(), _date(header))


def _begins(line: bytes, following: bytes) -> bool:
    return line.startswith(b"From ") and bool(_DATED.match(line) or _HEADER.match(following))


def _date(header: bytearray) -> datetime | None:
    """Give the `Date` header's moment, or None where there is none that can be read."""
    found = re.search(rb"^date:[ \t]*(.{1,200}?)\r?$", header, re.IGNORECASE | re.MULTILINE)
    if found is None:
        return None
    try:
        moment = parsedate_to_datetime(found[1].decode("ascii", "replace"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
