"""A source is closed whatever happens, and opened again only where that can help."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import pytest

from scanner.connectors import registry
from scanner.connectors.base import Connector, Kind, SourceConfig
from scanner.errors import (
    AuthenticationError,
    CheckpointExpired,
    ConfigError,
    RetriableError,
    SourceError,
)
from scanner.extract.base import Limits
from scanner.model import Asset, Checkpoint, Content, SourceId
from scanner.opening import Session, opening

LOST = RetriableError("the connection was lost")


class Scripted:
    """Lists numbers, and does what the script says each time that it is opened."""

    def __init__(self, *script: Exception | int | None) -> None:
        self.script = list(script)
        """For each opening: an error of it, how many assets it lists before it is lost, or all."""
        self.closed = 0

    @contextmanager
    def open(self) -> Iterator[Connector]:
        step = self.script.pop(0)
        if isinstance(step, Exception):
            raise step
        yield _Numbers(step)
        self.closed += 1


class _Numbers:
    kind: ClassVar[str] = "numbers"

    def __init__(self, most: int | None) -> None:
        self._most = most

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        for count, number in enumerate(range(int(since or 0) + 1, 6)):
            if count == self._most:
                raise LOST
            yield Asset(SourceId("numbers"), str(number), "1")

    def read(self, asset: Asset) -> Iterator[Content]:
        raise NotImplementedError

    def checkpoint(self, asset: Asset) -> Checkpoint:
        return Checkpoint(asset.path)


def listed(source: Scripted, *pauses: float) -> tuple[str, list[float]]:
    slept: list[float] = []
    with Session(source.open, pauses, slept.append) as session:
        return "".join(asset.path for asset, _ in session.listed(None)), slept


def test_a_listing_goes_on_after_the_last_asset() -> None:
    source = Scripted(2, 1, None)

    assert ("12345", [0.5, 0.5]) == listed(source, 0.5, 2.0)
    assert 3 == source.closed


def test_pauses_grow_and_end_where_nothing_moves() -> None:
    assert ("12345", [0.5, 2.0]) == listed(Scripted(LOST, LOST, None), 0.5, 2.0)
    with pytest.raises(RetriableError, match="lost"):
        listed(Scripted(LOST, LOST, LOST), 0.5, 2.0)


def test_what_was_there_may_be_gone_for_a_while() -> None:
    """A share that is being mounted again says that there is no such folder."""
    nowhere = SourceError("there is no such folder")

    assert ("12345", [0.5, 2.0]) == listed(Scripted(3, nowhere, None), 0.5, 2.0)
    with pytest.raises(SourceError, match="no such folder"):
        listed(Scripted(nowhere), 0.5)


@pytest.mark.parametrize("kind", [AuthenticationError, CheckpointExpired])
def test_what_trying_again_cannot_mend_is_told_at_once(kind: type[SourceError]) -> None:
    with pytest.raises(kind):
        listed(Scripted(3, kind("no")), 0.5, 2.0)


def test_reading_begins_again_with_a_new_connection() -> None:
    source = Scripted(None, None)
    tries: list[Connector] = []

    def read(connector: Connector) -> int:
        tries.append(connector)
        if len(tries) == 1:
            raise LOST
        return len(tries)

    with Session(source.open, (0.0,), lambda _: None) as session:
        assert 2 == session.retried(read)
    assert tries[0] is not tries[1]
    assert 2 == source.closed


def test_a_failure_to_close_loses_nothing_that_was_read() -> None:
    @contextmanager
    def stuck() -> Iterator[Connector]:
        yield _Numbers(None)
        raise TypeError

    with Session(stuck) as session:
        assert 5 == len(list(session.listed(None)))


def test_a_driver_that_is_not_installed_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = SourceConfig(id="hr", kind="rare")
    kind = Kind("rare", "rare", missing="install rare-driver")
    monkeypatch.setattr(registry, "BUILTIN", (*registry.BUILTIN, kind))
    monkeypatch.setitem(sys.modules, "rare", _Rare)

    with (
        Session(opening(config, Limits())) as session,
        pytest.raises(SourceError, match=r"not installed \(rare_driver\)") as caught,
    ):
        session.connector()
    assert "install rare-driver" == caught.value.hint
    assert not isinstance(caught.value, ConfigError)


class _Rare:
    """A module that imports its driver when a source is opened."""

    @staticmethod
    def open_source(*_: object) -> Connector:
        raise ModuleNotFoundError(name="rare_driver")
