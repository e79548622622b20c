"""A plug-in whose source and assets misbehave in every way that a library can.

It has the least that a plug-in may have: no `KIND`, and a connector that is no context.
"""

import ctypes
import errno
import hashlib
import itertools
import os
import signal
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from scanner.connectors.base import Connector, SourceConfig
from scanner.errors import RetriableError, Unreadable
from scanner.extract.base import Limits
from scanner.locator import WHOLE
from scanner.model import (
    Asset,
    Checkpoint,
    Content,
    Examination,
    NamedPerson,
    Segment,
    Skip,
    SkipReason,
    SourceId,
)

SECRET = "planted-marker@values.example"  # noqa: S105 - stands for a scanned value


class Config(SourceConfig):
    """The names of the assets say how they misbehave."""

    kind: Literal["hostile"] = "hostile"
    assets: tuple[str, ...]
    version: str = "1"
    marker: Path | None = None
    """Made by whatever happens only once."""
    fails: tuple[str, ...] = ()
    """What raises a `TypeError`: `location`, `opening`, `pickling`, `readers`."""
    state: Path = Path()
    """A folder that remembers which connections were lost already."""

    def location(self) -> str:
        """Say where the source is."""
        self.fail("location")
        return "hostile"

    def __getstate__(self) -> dict[Any, Any]:
        """Fail as one does that holds a lock or a connection."""
        self.fail("pickling")
        return super().__getstate__()

    def fail(self, doing: str) -> None:
        """Break as a driver does that was not made for this, with a value in its words."""
        if doing in self.fails:
            raise TypeError(SECRET)

    def lose(self, what: str) -> None:
        """Lose the connection, the first time."""
        mark = self.state / what
        if not mark.exists():
            mark.touch()
            message = "the connection was lost"
            raise RetriableError(message)


class Hostile:
    """Reads assets by doing what they are called."""

    kind: ClassVar[str] = "hostile"

    def __init__(self, config: Config) -> None:
        self._config = config

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List the assets in their order."""
        start = int(since) + 1 if since else 0
        for index, name in enumerate(self._config.assets[start:], start):
            if name in _BURDENS:
                _BURDENS[name](None)
            if name == "torn":
                raise TypeError(SECRET)
            if name == "dropped":
                self._config.lose(f"listing {index}")
            yield Asset(
                SourceId(self._config.id), f"{index}-{name}", self._config.version, token=str(index)
            )

    def read(self, asset: Asset) -> Iterator[Content]:
        """Do what the asset is called."""
        yield Segment(WHOLE, f"{SECRET} wrote from asset {asset.token}")
        if asset.path.endswith("-flaky"):
            self._config.lose(f"reading {asset.token}")
        _MISDEEDS.get(asset.path.partition("-")[2], _nothing)(self._config.marker)

    def readers(self, asset: Asset) -> tuple[str, ...]:
        """Name nobody."""
        del asset
        self._config.fail("readers")
        return ()

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Count."""
        return Checkpoint(asset.token)


@dataclass(frozen=True)
class Counting:
    """An examiner that counts characters; it can die when it is built, or break on an asset."""

    dies: bool = False
    breaks_on: str = ""
    fails: int = 0
    """With which number the system refuses something when it is built."""
    marker: Path | None = None
    digest: str = "counting"

    def build(self) -> "Counting":
        """Die if that is asked for."""
        if self.dies:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fails:
            raise OSError(self.fails, os.strerror(self.fails))
        if self.marker is not None:
            _die_once(self.marker)
        return self

    def know(self, people: Sequence[NamedPerson]) -> None:
        """Look for nobody."""

    def examine(self, contents: Iterable[Content], name: str = "") -> Examination:
        """Count what was read and keep what was not."""
        read = list(contents)
        if name == self.breaks_on:
            raise IndexError(name)
        return Examination(
            characters=sum(len(each.text) for each in read if isinstance(each, Segment)),
            skips=tuple(each for each in read if isinstance(each, Skip)),
        )


@dataclass(frozen=True)
class Calling:
    """An examiner that a document has taken over: it sends a server what it was given."""

    port: int
    digest: str = "calling"

    def build(self) -> "Calling":
        """Give itself."""
        return self

    def know(self, people: Sequence[NamedPerson]) -> None:
        """Look for nobody."""

    def examine(self, contents: Iterable[Content], name: str = "") -> Examination:
        """Send the text; a skip says why it could not."""
        del name
        text = "".join(each.text for each in contents if isinstance(each, Segment))
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as server:
                server.sendall(text.encode())
        except OSError as error:
            skip = Skip(SkipReason.CRASHED, type(error).__name__)
            return Examination(characters=len(text), skips=(skip,))
        return Examination(characters=len(text))


def _nothing(marker: Path | None) -> None:
    """Be an asset like others."""


def _die(marker: Path | None) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _take_the_parent_along(marker: Path | None) -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)


def _die_once(marker: Path | None) -> None:
    if marker is not None and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _be_stuck(marker: Path | None) -> None:
    ctypes.PyDLL(None).sleep(60)  # in C, with the interpreter's lock held


def _be_slow(marker: Path | None) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        pass


def _work(marker: Path | None) -> None:
    end = time.thread_time() + 0.4
    while time.thread_time() < end:
        pass


def _sleep(marker: Path | None) -> None:
    for _ in range(6_000):
        time.sleep(0.01)


def _calculate(marker: Path | None) -> None:
    hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000)  # in C, without the lock


def _spin(marker: Path | None) -> None:
    sum(itertools.repeat(0))  # in C for ever, with the lock held


def _be_hungry(marker: Path | None) -> None:
    bytearray(64 * 1024**3)


def _surprise(marker: Path | None) -> None:
    raise ValueError(SECRET)


def _break(marker: Path | None) -> None:
    message = "the bytes end in the middle"
    raise Unreadable(message)


def _fail_once(marker: Path | None) -> None:
    if marker is not None and not marker.exists():
        marker.touch()
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _print(marker: Path | None) -> None:
    os.write(1, b"printed")


_MISDEEDS = {
    "crash": _die,
    "killed": _die_once,
    "poisonous": _take_the_parent_along,
    "stuck": _be_stuck,
    "slow": _be_slow,
    "working": _work,
    "sleeping": _sleep,
    "calculating": _calculate,
    "spinning": _spin,
    "hungry": _be_hungry,
    "surprising": _surprise,
    "broken": _break,
    "printing": _print,
    "failing": _fail_once,
}


def _hoard(marker: Path | None) -> None:
    kept = [bytearray(64 * 1024**2) for _ in range(48)]  # 3 GB, if nobody says stop
    kept.clear()


def _recurse(marker: Path | None) -> None:
    _recurse(marker)


_BURDENS = {"hoarding": _hoard, "endless": _sleep, "recursing": _recurse}
"""What listing an asset of that name does."""


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Build the connector."""
    del limits
    if not isinstance(config, Config):
        raise TypeError(type(config))
    config.fail("opening")
    return Hostile(config)
