"""A connector: the export of a directory server (LDIF, RFC 2849), one asset for each entry.

A directory holds people who have left, in attributes that nobody has looked at for years.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar, Literal

from scanner.connectors import paths
from scanner.connectors.base import Connector, Kind, Role, SourceConfig
from scanner.errors import (
    CheckpointExpired,
    ConfigError,
    Gone,
    RetriableError,
    SourceError,
    TooLarge,
)
from scanner.extract.base import Budget, Limits, part_of
from scanner.extract.dispatch import member
from scanner.locator import WHOLE
from scanner.model import Asset, Checkpoint, Content, Segment, SourceId

KIND = Kind("ldif", __name__, role=Role.ROWS)


class Config(SourceConfig):
    """Which export."""

    kind: Literal["ldif"] = "ldif"
    path: Path
    """The file that `ldapsearch -L` or the directory's own tool wrote."""

    def location(self) -> str:
        """Give the path."""
        return str(self.path)

    def needs_network(self) -> bool:
        """Say no: files are read."""
        return False


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    raw: bytes

    def attributes(self) -> Iterator[tuple[str, bytes]]:
        """Give names and values; lines that begin with a space go on, `::` marks base64."""
        unfolded = self.raw.replace(b"\r\n", b"\n").replace(b"\n ", b"")
        for line in unfolded.split(b"\n"):
            name, colon, value = line.partition(b":")
            if not colon or line.startswith(b"#"):
                continue
            if value.startswith(b":"):
                try:
                    value = base64.b64decode(value[1:].strip(), validate=True)
                except binascii.Error:
                    value = value[1:]
            yield name.decode("utf-8", "replace").lower(), value.strip()

    def name(self) -> str:
        """Give the entry's own name, as a directory knows it; empty for the version line."""
        found = (value for name, value in self.attributes() if name == "dn")
        return next(found, b"").decode("utf-8", "replace")


class Ldif:
    """Lists entries in the order of the file; an asset's token is where its entry begins."""

    kind: ClassVar[str] = "ldif"

    def __init__(self, config: Config, limits: Limits) -> None:
        self._config = config
        self._limits = limits

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List the entries after `since`."""
        try:
            with self._config.path.open("rb") as stream:
                if since is not None:
                    self._resume(stream, since)
                for entry in _entries(stream, self._limits.max_bytes):
                    if name := entry.name():
                        yield Asset(
                            SourceId(self._config.id),
                            name,
                            hashlib.blake2b(entry.raw, digest_size=16).hexdigest(),
                            size=len(entry.raw),
                            token=str(entry.start),
                        )
        except OSError as error:
            refused = paths.refusal(error)
            if isinstance(refused, RetriableError):
                raise refused from error
            raise SourceError(
                f"{self._config.location()}: {refused.message}", hint=refused.hint
            ) from error

    def read(self, asset: Asset) -> Iterator[Content]:
        """Give each attribute as a text that its name speaks about; binary ones by their format."""
        path = self._config.path
        with paths.rooted(path), path.open("rb") as stream:  # an export that is away is not gone
            stream.seek(int(asset.token))
            entry = next(_entries(stream, self._limits.max_bytes), None)
        if entry is None or entry.name() != asset.path:
            raise Gone("the export has changed since it was listed", hint="scan again")
        budget = Budget(self._limits)
        for name, value in entry.attributes():
            locator = WHOLE.called(f"attribute:{name}")
            try:
                text = value.decode()
            except UnicodeDecodeError:
                yield from member(part_of(name, value, locator), budget)
            else:
                yield Segment(locator, text, label=name)

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Give the place of the entry, and its fingerprint to know the file again."""
        return Checkpoint(f"{asset.token} {asset.fingerprint}")

    def _resume(self, stream: BinaryIO, since: Checkpoint) -> None:
        """Go to the end of the entry that was the last one.

        Raises:
            CheckpointExpired: another entry stands there now.
        """
        start, fingerprint = since.split(" ")
        stream.seek(int(start))
        entry = next(_entries(stream, self._limits.max_bytes), None)
        digest = hashlib.blake2b(entry.raw, digest_size=16).hexdigest() if entry else ""
        if digest != fingerprint:
            raise CheckpointExpired("the export has changed since the scan began")


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Build the connector; nothing is opened yet."""
    if not isinstance(config, Config):
        raise ConfigError(f"'{config.kind}' is no LDIF export", hint="use kind: ldif")
    return Ldif(config, limits)


def fields_of(path: Path, start: bytes) -> Mapping[str, str] | None:
    """Know an export by its first line."""
    return {"path": str(path)} if start.startswith((b"dn:", b"version: 1\n")) else None


def _entries(stream: BinaryIO, most: int) -> Iterator[_Entry]:
    """Give the entries from where the stream stands; blank lines part them.

    Raises:
        TooLarge: one has more than `most` bytes.
    """
    start, lines, size = stream.tell(), list[bytes](), 0
    while True:
        line = stream.readline(most + 1)
        size += len(line)
        if size > most:
            raise TooLarge(f"an entry has more than {most} bytes")
        if line.strip(b"\r\n"):
            lines.append(line)
            continue
        if lines:
            yield _Entry(start, b"".join(lines))
        if not line:
            return
        start, lines, size = stream.tell(), [], 0
