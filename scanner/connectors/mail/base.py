"""What every mailbox has in common: messages are listed, fetched as they are, and read as mail.

A kind of mailbox says how its messages are listed and fetched, and nothing else. Fetching changes
nothing, flags included (IMAP: `BODY.PEEK`).
"""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Protocol

from scanner.connectors import paths
from scanner.errors import TooLarge
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.dispatch import member
from scanner.extract.registry import BY_NAME
from scanner.model import Asset, Checkpoint, Content, SourceId

Place = tuple[str | int, ...]
"""How a mailbox finds something again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as its mailbox lists it."""

    path: str
    """Unique and stable, whatever is read, moved or flagged; made storable by the family."""
    sign: str
    """Changes if the message does; `UNLISTED` for a folder or file of messages, by its path."""
    place: Place
    after: Place
    """From where the listing goes on after this message."""
    date: datetime | None = None
    size: int | None = None


class Mailbox(Protocol):
    """Where messages lie. Lost connections are `RetriableError`s."""

    def messages(self, since: Place | None) -> Iterator[Entry]:
        """List messages in a stable order, after an earlier `after`.

        Raises:
            SourceError: the mailbox cannot be listed.
            CheckpointExpired: `since` is no longer known.
        """
        ...

    def fetch(self, place: Place, sign: str) -> bytes:
        """Give a message as it was sent, and leave its flags alone.

        Raises:
            AssetError: it cannot be read, or is no longer there with this sign.
        """
        ...

    def readers(self, place: Place) -> tuple[str, ...]:
        """Name who can read it, in the source's words; nobody where that is not known."""
        ...


class Mail:
    """A mailbox as a connector."""

    def __init__(self, source: str, mailbox: Mailbox, limits: Limits) -> None:
        self._source = SourceId(source)
        self._mailbox = mailbox
        self._limits = limits

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List the messages after `since`."""
        after = tuple(json.loads(since)) if since else None
        for entry in self._mailbox.messages(after):
            yield Asset(
                self._source,
                paths.storable(entry.path),
                entry.sign,
                entry.date,
                entry.size,
                json.dumps([entry.place, entry.after]),
            )

    def read(self, asset: Asset) -> Iterator[Content]:
        """Read one message through the mail extractor."""
        if (asset.size or 0) > self._limits.max_bytes:
            raise TooLarge(
                f"larger than {self._limits.max_bytes} bytes",
                hint="raise limits.max_bytes in kartta.yaml",
            )
        with paths.reopened(asset):
            content = self._mailbox.fetch(_places(asset)[0], asset.fingerprint)
        part = Part("message.eml", BytesIO(content))
        yield from member(part, Budget(self._limits), BY_NAME["eml"])

    def content(self, asset: Asset) -> Generator[bytes, None, None]:
        """Give the message as it is."""
        yield self._mailbox.fetch(_places(asset)[0], asset.fingerprint)

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Give where the listing goes on."""
        return Checkpoint(json.dumps(_places(asset)[1]))

    def readers(self, asset: Asset) -> tuple[str, ...]:
        """Name who can read the message."""
        return self._mailbox.readers(_places(asset)[0])


def _places(asset: Asset) -> tuple[Place, Place]:
    place, after = json.loads(asset.token)
    return tuple(place), tuple(after)
