"""Mailboxes in the mbox format. One asset for each message, numbered in order of arrival.

Where a message begins is for `scanner.extract.mbox` to say, for the same mailbox found as a file
gives the same messages. Discovery reads the file once, line by line, and keeps nothing.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO, Literal

from scanner.connectors import paths
from scanner.connectors.base import Connector, SourceConfig
from scanner.connectors.mail.base import Entry, Mail, Place
from scanner.errors import AssetError, CheckpointExpired, ConfigError, Gone, SourceError
from scanner.extract import mbox
from scanner.extract.base import Limits
from scanner.model import UNLISTED

_HEADER_BYTES = 262_144
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

    def needs_network(self) -> bool:
        """Say no: files are read."""
        return False


@dataclass(frozen=True, slots=True)
class _Message:
    """Where one message stands in a file, and what its bytes and its date are."""

    start: int
    length: int
    digest: str
    date: datetime | None


class Mbox:
    """Lists messages file by file in the order in which they stand."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def messages(self, since: Place | None) -> Iterator[Entry]:
        """List the messages after file, number and offset; appended mail comes after the rest."""
        name, number, offset = _after(since)
        root, files = self._files()
        for file in files:
            relative = file.relative_to(root).as_posix()
            if since and relative < name:
                continue
            resumed = bool(since) and relative == name
            try:
                with paths.rooted(root):
                    stream = paths.open_regular(file, follow=True)
            except AssetError:
                place = (relative, 0, 0)
                yield Entry(relative, UNLISTED, place, since if resumed and since else place)
                continue
            with stream:
                if resumed:
                    _expect_message_at(stream, offset, paths.storable(str(self._path)))
                first = number + 1 if resumed else 1
                for count, message in enumerate(_messages(stream), first):
                    yield _entry(relative, count, message)

    def fetch(self, place: Place, sign: str) -> bytes:
        """Read one message where it was listed."""
        relative, start, length = str(place[0]), int(place[1]), int(place[2])
        root = self._root()
        with (
            paths.rooted(root),
            paths.open_regular(root / relative, follow=True) as stream,
        ):
            stream.seek(start)
            content = stream.read(length)
        if hashlib.sha256(content).hexdigest() != sign:
            raise Gone("the mailbox changed since it was listed", hint="scan again")
        return mbox.original(content)

    def readers(self, place: Place) -> tuple[str, ...]:
        """Name who can read the mailbox."""
        return paths.readers(self._root() / str(place[0]))

    def _files(self) -> tuple[Path, list[Path]]:
        """Give the directory that names are relative to, and the files, sorted."""
        path = self._path
        if path.exists() or not _MAGIC.search(str(path)):
            if not path.is_file():
                raise SourceError(
                    f"{paths.storable(str(path))} is not a file", hint="name an mbox file or a glob"
                )
            return path.parent, [path]
        root = self._root()
        pattern = str(Path(*path.parts[_first_magic(path) :]))
        found = (file for file in root.glob(pattern) if not file.is_dir())
        files = sorted(found, key=lambda file: file.relative_to(root).as_posix())
        if not files and not root.is_dir():
            raise SourceError(
                f"{paths.storable(str(root))} is not there", hint="check the path and the mount"
            )
        return root, files

    def _root(self) -> Path:
        """Give the directory that names are relative to, without listing it."""
        path = self._path
        if path.exists() or not _MAGIC.search(str(path)):
            return path.parent
        return Path(*path.parts[: _first_magic(path)])


def _after(since: Place | None) -> tuple[str, int, int]:
    return (str(since[0]), int(since[1]), int(since[2])) if since else ("", 0, 0)


def _entry(relative: str, number: int, message: _Message) -> Entry:
    end = message.start + message.length
    return Entry(
        f"{relative}#{number}",
        message.digest,
        (relative, message.start, message.length),
        (relative, number, end),
        message.date,
        message.length,
    )


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Give the connector, which holds nothing open."""
    if not isinstance(config, Config):
        raise ConfigError(f"'{config.kind}' is not a mailbox", hint="use kind: mbox")
    return Mail(config.id, Mbox(config.path), limits)


def fields_of(path: Path, start: bytes) -> dict[str, str] | None:
    """Take a file that begins with a message for a mailbox."""
    return {"path": str(path)} if _STARTS.match(start) else None


def _first_magic(path: Path) -> int:
    return next(index for index, part in enumerate(path.parts) if _MAGIC.search(part))


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
    for line, begins in mbox.lines(stream):
        if begins:
            yield _Message(start, position - start, digest.hexdigest(), _date(header))
            start, digest, header, in_header = position, hashlib.sha256(), bytearray(), True
        digest.update(line)
        position += len(line)
        if in_header and len(header) < _HEADER_BYTES:
            header += line
            in_header = bool(line.strip(b"\r\n")) or not header.strip()
    if header.strip():
        yield _Message(start, position - start, digest.hexdigest(), _date(header))


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
