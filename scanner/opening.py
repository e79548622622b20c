"""An opened source: listed and read, and opened again where its connection was lost.

What a connector did not foresee becomes its source's error here, so that the other sources go on.
Such an error names the exception's class and never repeats its words: they may hold scanned values.
"""

import logging
import pickle
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

from scanner import memory
from scanner.connectors import registry
from scanner.connectors.base import Connector, SourceConfig, SupportsAccess, SupportsLoading
from scanner.deadline import OutOfTime, within
from scanner.errors import (
    AssetError,
    AuditError,
    AuthenticationError,
    CheckpointExpired,
    RetriableError,
    SourceError,
)
from scanner.extract import faults
from scanner.extract.base import Limits
from scanner.model import Asset, Checkpoint, Source, SourceId

PAUSES = (0.5, 2.0, 8.0)
"""Seconds before each further try; their count begins anew when something was listed or read."""

Opening = Callable[[], AbstractContextManager[Connector]]
Value = TypeVar("Value")

_log = logging.getLogger(__name__)


def opening(config: SourceConfig, limits: Limits) -> Opening:
    """Say how a configured source is opened, as often as it is needed, and by whatever worker.

    Raises:
        SourceError: its configuration cannot travel to one.
    """
    with _foreseen("handing its configuration to a worker"):
        pickle.loads(pickle.dumps(config))  # noqa: S301 - our own bytes, written just here
    return partial(registry.open_source, config, limits)


class _Bounds:
    """What a source itself may take, beside what its assets may: time for a step, and memory."""

    def __init__(self, limits: Limits) -> None:
        self._seconds = limits.listing_seconds
        # Of processor time other threads' counts too, so that it only bounds the time on the wall.
        self._step = replace(limits, seconds=10 * self._seconds, wall_seconds=self._seconds)
        self._bound = memory.address_space() + limits.memory

    def take(self, doing: str, work: Callable[[], Value]) -> Value:
        """Do one step.

        Raises:
            SourceError: it takes too long or too much.
        """
        try:
            with memory.at_most(self._bound):
                return within(self._step, lambda _: work())
        except OutOfTime as late:
            raise SourceError(
                f"{doing} took longer than {self._seconds:g} seconds",
                hint="see that it answers, or raise limits.listing_seconds in kartta.yaml",
            ) from late
        except MemoryError as error:
            raise SourceError(
                f"{doing} takes more memory than it is given", hint="raise limits.memory"
            ) from error


def described(config: SourceConfig) -> Source:
    """Give the source as a noun; one that cannot say where it is has no location."""
    with suppress(SourceError), _foreseen("describing"):
        return config.source()
    return Source(SourceId(config.id), config.kind, config.name or config.id, "")


def readers_of(connector: Connector, asset: Asset) -> tuple[str, ...]:
    """Name who can read an asset; nobody where the source does not tell.

    Raises:
        SourceError: the connector failed at it.
    """
    if not isinstance(connector, SupportsAccess):
        return ()
    with _foreseen("asking who can read an asset"), suppress(AssetError):
        return connector.readers(asset)
    return ()


class Session:
    """One source, opened when first needed. Closed at the end of the `with`, or by `close`."""

    def __init__(
        self,
        opening: Opening,
        pauses: Sequence[float] = PAUSES,
        sleep: Callable[[float], None] = time.sleep,
        limits: Limits | None = None,
    ) -> None:
        self._opening = opening
        self._bounds = _Bounds(limits or Limits())
        self._pauses = pauses
        self._sleep = sleep
        self._stack = ExitStack()
        self._connector: Connector | None = None
        self._last = ""
        """Path of the asset that was listed last."""
        self._lost = False
        """Whether nothing was listed or read since the connection was lost."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release everything; the next use opens the source again."""
        self._connector = None
        # What was lost may not be closed in order either, and all that was wanted of it is here.
        with suppress(SourceError), _foreseen("closing"):
            self._stack.close()

    def connector(self) -> Connector:
        """Give the opened source.

        Raises:
            SourceError: it cannot be opened.
        """
        if self._connector is None:
            with _foreseen("opening"):
                self._connector = self._bounds.take(
                    "opening", lambda: self._stack.enter_context(self._opening())
                )
        return self._connector

    def listed(self, since: Checkpoint | None) -> Generator[tuple[Asset, Checkpoint], None, None]:
        """List assets, each with the checkpoint after it, from which a lost listing goes on.

        Raises:
            SourceError: the source cannot be listed, or not to its end.
        """
        tries, self._last = 0, ""
        while True:
            try:
                connector = self.connector()
                with (
                    _foreseen("listing", lambda: self._last),
                    closing(_closable(connector.discover(since))) as assets,
                ):
                    following = partial(next, assets, None)
                    while (asset := self._bounds.take("listing", following)) is not None:
                        since, self._last = connector.checkpoint(asset), asset.path
                        self._lost, tries = False, 0
                        yield asset, since
                self._lost = False
            except SourceError as error:
                self._wait(tries, error)
                tries += 1
            else:
                return

    def retried(self, read: Callable[[Connector], Value]) -> Value:
        """Do something with the connector, from its beginning where the connection was lost.

        Raises:
            SourceError: the source is gone.
        """
        tries = 0
        while True:
            try:
                connector = self.connector()
                if isinstance(connector, SupportsLoading):
                    with _foreseen("loading"):
                        self._bounds.take("loading", connector.load)
                value = read(connector)
            except SourceError as error:
                self._wait(tries, error)
                tries += 1
            else:
                self._lost = False
                return value

    def _wait(self, tries: int, error: SourceError) -> None:
        """Close what was lost and wait before the next try, or give up.

        A source that was there and is lost may say anything of why it cannot be opened again.
        """
        self.close()
        is_lost = isinstance(error, RetriableError) or (self._lost and not _is_final(error))
        if not is_lost or tries == len(self._pauses):
            raise error
        self._lost = True
        _log.info("connection lost, trying again", extra={"tries": tries + 1})
        self._sleep(self._pauses[tries])


def _closable(assets: Iterator[Asset]) -> Generator[Asset, None, None]:
    """Give a listing as a generator: a plug-in's may be any iterator."""
    yield from assets


def _is_final(error: SourceError) -> bool:
    return isinstance(error, AuthenticationError | CheckpointExpired)


class _Kept(threading.local):
    """What a thread keeps open from batch to batch."""

    key = b""
    session: Session | None = None


_kept = _Kept()


def kept_session(config: SourceConfig, limits: Limits, pauses: tuple[float, ...]) -> Session:
    """Give the session of a source that this thread keeps; that of another one is closed."""
    key = pickle.dumps((config, limits, pauses))
    if _kept.session is None or _kept.key != key:
        close_kept()
        _kept.key, _kept.session = key, Session(opening(config, limits), pauses, limits=limits)
    return _kept.session


def close_kept() -> None:
    """Close the source that this thread keeps open."""
    if _kept.session is not None:
        _kept.session.close()


@contextmanager
def _foreseen(doing: str, after: Callable[[], str] = str) -> Iterator[None]:
    """Turn everything that is no error of the source into one; `after` names the last asset."""
    try:
        yield
    except SourceError:
        raise
    except AuditError as error:
        raise SourceError(error.message, hint=error.hint) from error
    except Exception as error:
        if (fault := faults.passing(error)) is not None:
            raise SourceError(f"{doing} failed: {fault.message}", hint=fault.hint) from error
        place = f" after '{last}'" if (last := after()) else ""
        raise SourceError(
            f"{doing} broke off unexpectedly{place} ({type(error).__name__})",
            hint="'kartta doctor' tries again; tell the connector's makers if it stays",
        ) from error
