"""What a connector is: it lists assets in a stable order and reads one at a time, and never writes.

The laws that every connector keeps are in `scanner.testing.ConnectorLaws`.
"""

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Protocol, Self, runtime_checkable

from pydantic import BaseModel, ConfigDict, Field

from scanner.extract.base import Limits
from scanner.model import Asset, Checkpoint, Content, Source, SourceId
from scanner.references import resolved


class Role(StrEnum):
    """What a kind of source is to the organisation; all else that others ask follows from it."""

    RECRUITING = "recruiting"
    """A recruiting system: it says who the applicants are, and that one was deleted."""
    ROWS = "rows"
    MAIL = "mail"
    FILES = "files"

    @property
    def rank(self) -> int:
        """Give how well it says who the people are: those of lower rank are scanned first."""
        return _RANKS[self]


_RANKS = {Role.RECRUITING: 0, Role.ROWS: 0, Role.MAIL: 1, Role.FILES: 2}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source, as the rest of the product knows it.

    The module has `Config` and `open_source`; and `fields_of(path, start)` if a bare path on the
    command line may be of this kind: it gives the configuration's fields, or None. A plug-in's
    module says its traits as `KIND = Kind("name", __name__, role=…)`.
    """

    name: str
    module: str
    """Imported when a source of this kind is configured; what it needs itself, when one opens."""
    role: Role = Role.FILES
    schemes: tuple[str, ...] = ()
    """Of the URLs that name a source of this kind; its configuration then has a `url`."""
    missing: str = ""
    """The sentence to print where a library that it needs is not installed."""
    at_once: int | None = None
    """How many batches may be read from one source at the same time; None for any number."""


class SourceConfig(BaseModel):
    """What every entry under `sources:` has; each connector adds its own strict fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    """Short and stable; the register binds systems to it."""
    kind: str
    """Which connector reads it."""
    name: str = ""
    """For people; the id where empty."""

    def source(self) -> Source:
        """Give the noun, without credentials.

        Raises:
            ConfigError: a secret that says where the source is cannot be found.
        """
        location = self.resolved().location()
        return Source(SourceId(self.id), self.kind, self.name or self.id, location)

    def resolved(self) -> Self:
        """Give the same source with its secrets in place of what names them.

        Raises:
            ConfigError: a secret cannot be found on this machine.
        """
        return resolved(self, f"source '{self.id}'")

    def anchored(self, folder: Path) -> Self:
        """Give the same source with its relative paths taken from `folder`."""
        paths = {name: folder / value for name, value in iter(self) if isinstance(value, Path)}
        return self.model_copy(update=paths)

    def location(self) -> str:
        """Say where the source is, for people and without credentials. Asked when `resolved`."""
        raise NotImplementedError

    def needs_network(self) -> bool:
        """Say whether reading it takes a network connection of our own; a mount is the system's.

        The workers of a source that takes none have no network.
        """
        return True


class Connector(Protocol):
    """One opened source."""

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        """List assets lazily in a stable order, beginning just after `since`.

        Raises:
            SourceError: the source cannot be listed.
            RetriableError: the connection was lost; the engine opens the source again and goes on
                after the last asset that was given.
            CheckpointExpired: `since` is no longer known.
        """
        ...

    def read(self, asset: Asset) -> Iterator[Content]:
        """Give the asset's text and facts. Closing the iterator half-way releases everything.

        Raises:
            AssetError: this asset cannot be read; the next one still can.
            SourceError: the source is gone.
            RetriableError: the connection was lost; the asset is read again from its beginning.
        """
        ...

    def checkpoint(self, asset: Asset) -> Checkpoint:
        """Give the token from which `discover` resumes just after `asset`. Pure."""
        ...


def in_context(
    made: AbstractContextManager[Connector] | Connector,
) -> AbstractContextManager[Connector]:
    """Give what `open_source` made as a context, also where it holds nothing open."""
    return made if isinstance(made, AbstractContextManager) else nullcontext(made)


@runtime_checkable
class SupportsAccess(Protocol):
    """A connector that knows who can read an asset."""

    def readers(self, asset: Asset) -> tuple[str, ...]:
        """Name who can read it, in the source's words; `everyone` for no restriction."""
        ...


@runtime_checkable
class SupportsBytes(Protocol):
    """A connector whose assets are bytes, so that they can be compared without being examined."""

    def content(self, asset: Asset) -> Generator[bytes, None, None]:
        """Give the asset's bytes piece by piece, and nothing that reading does not look at.

        Raises:
            AssetError: this asset cannot be read.
            RetriableError: the connection was lost.
        """
        ...


@runtime_checkable
class SupportsLoading(Protocol):
    """A connector that reads the whole source once, before any asset's time begins."""

    def load(self) -> None:
        """Read what every asset needs; a second call does nothing.

        Raises:
            SourceError: the source cannot be read.
        """
        ...


class ConnectorFactory(Protocol):
    """A kind's `open_source`, as the registry sees it."""

    def __call__(
        self, config: SourceConfig, limits: Limits
    ) -> AbstractContextManager[Connector] | Connector:
        """Give a context in which the source is open; its end releases everything.

        It may be entered anew, by another call, as often as the connection is lost. A connector
        that holds nothing open between two calls may be given as it is.
        """
        ...
