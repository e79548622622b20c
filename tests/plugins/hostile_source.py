"""A plug-in whose assets misbehave in every way that a file can make a library misbehave."""

import ctypes
import os
import signal
import time
from collections.abc import Iterator
from typing import ClassVar, Literal

from scanner.connectors.base import Connector, SourceConfig
from scanner.errors import Unreadable
from scanner.extract.base import Limits
from scanner.locator import WHOLE
from scanner.model import Asset, Checkpoint, Content, Segment, SourceId

SECRET = "planted-marker@values.example"  # noqa: S105 - stands for a scanned value


class Config(SourceConfig):
    """The names of the assets say how they misbehave."""

    kind: Literal["hostile"] = "hostile"
    assets: tuple[str, ...]
    version: str = "1"

    def location(self) -> str:
        """Say where the source is."""
        return "hostile"


class Hostile:
    """Reads assets by doing what they are called."""

    kind: ClassVar[str] = "hostile"

    def __init__(self, config: Config) -> None:
        self._config = config

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List the assets in their order."""
        start = int(since) + 1 if since else 0
        for index, name in enumerate(self._config.assets[start:], start):
            yield Asset(
                SourceId(self._config.id), f"{index}-{name}", self._config.version, token=str(index)
            )

    def read(self, asset: Asset) -> Iterator[Content]:
        """Do what the asset is called."""
        yield Segment(WHOLE, f"{SECRET} wrote from asset {asset.token}")
        match asset.path.partition("-")[2]:
            case "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "stuck":
                ctypes.PyDLL(None).sleep(60)  # in C, with the interpreter's lock held
            case "slow":
                end = time.monotonic() + 60
                while time.monotonic() < end:
                    pass
            case "hungry":
                yield Segment(WHOLE, str(bytearray(64 * 1024**3)))
            case "surprising":
                raise ValueError(SECRET)
            case "broken":
                message = "the bytes end in the middle"
                raise Unreadable(message)

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Count."""
        return Checkpoint(asset.token)


def open_source(config: SourceConfig, limits: Limits) -> Connector:
    """Build the connector."""
    del limits
    if not isinstance(config, Config):
        raise TypeError(type(config))
    return Hostile(config)
