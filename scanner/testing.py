"""Laws that every connector keeps, published for the authors of plug-ins.

    class TestMine(ConnectorLaws):
        @pytest.fixture
        def connector_factory(self, tmp_path):
            return lambda: open_source(Config(id="mine", path=tmp_path), Limits())

The source must hold at least three assets, and some text of eight characters or more. Two hooks
make the laws stronger: `break_one` damages one asset, `snapshot` photographs the source.
"""

import gc
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanner.connectors.base import Connector
from scanner.errors import AssetError
from scanner.model import Asset, Content, Segment, Skip

Factory = Callable[[], Connector]
_OPEN_FILES = Path("/proc/self/fd")
_TELLING = 8
"""Shorter texts stand in a `repr` by chance."""


class ConnectorLaws:
    """What `discover`, `read` and `checkpoint` promise, as tests. Inherit and give the factory."""

    @pytest.fixture
    def connector_factory(self) -> Factory:
        """Give a function that builds a fresh connector over always the same source."""
        raise NotImplementedError("a connector's test gives the fixture 'connector_factory'")

    @pytest.fixture
    def break_one(self) -> Callable[[], str] | None:
        """Give a function that damages one asset in the source and returns its path, or None."""
        return None

    @pytest.fixture
    def snapshot(self) -> Callable[[], object] | None:
        """Give a function that photographs the source (names, contents), or None."""
        return None

    @pytest.fixture
    def secrets(self) -> tuple[str, ...]:
        """Give what the configuration keeps secret: a password."""
        return ()

    def test_there_is_something_to_hold_the_laws_against(self, connector_factory: Factory) -> None:
        """Fewer than three assets, or no text, would let every law pass."""
        connector = connector_factory()
        assets = list(connector.discover(None))

        _hold(len(assets) >= 3, "the source of the test has at least three assets")  # noqa: PLR2004
        _hold(any(_texts(connector, assets)), "the source of the test has text")

    def test_discovery_is_repeatable(self, connector_factory: Factory) -> None:
        """Two listings of an unchanged source are equal, by one connector and by another."""
        connector = connector_factory()
        first = list(connector.discover(None))

        _hold(first == list(connector.discover(None)), "the same connector lists the same again")
        _hold(first == list(connector_factory().discover(None)), "another one lists the same")

    def test_resuming_yields_exactly_the_rest(self, connector_factory: Factory) -> None:
        """From every asset's checkpoint, by a fresh connector, nothing twice and nothing lost."""
        assets = list(connector_factory().discover(None))

        for position, asset in enumerate(assets):
            connector = connector_factory()
            rest = list(connector.discover(connector.checkpoint(asset)))
            _hold(rest == assets[position + 1 :], f"resuming after {asset.path} gives the rest")

    def test_paths_are_unique_and_can_be_stored(self, connector_factory: Factory) -> None:
        """A path names one asset and survives UTF-8."""
        listed = [asset.path for asset in connector_factory().discover(None)]

        _hold(len(listed) == len(set(listed)), "no path occurs twice")
        _hold(all(listed), "no path is empty")
        for path in listed:
            _hold(path == path.encode().decode(), f"{path!a} survives UTF-8")

    def test_assets_belong_to_one_source_and_say_when_in_utc(
        self, connector_factory: Factory
    ) -> None:
        """The source's id is the same everywhere; `modified` is aware."""
        assets = list(connector_factory().discover(None))

        _hold(len({asset.source for asset in assets}) == 1, "all assets name the same source")
        for asset in assets:
            aware = asset.modified is None or asset.modified.utcoffset() is not None
            _hold(aware, f"the time of {asset.path} is aware")
            _hold(bool(asset.fingerprint), f"{asset.path} has a fingerprint")

    def test_reading_twice_gives_the_same(self, connector_factory: Factory) -> None:
        """Contents depend on the asset alone, and not on what was read before it."""
        connector = connector_factory()
        assets = list(connector.discover(None))
        forwards = {asset.path: _contents(connector, asset) for asset in assets}
        fresh = connector_factory()

        for asset in reversed(assets):
            _hold(forwards[asset.path] == _contents(fresh, asset), f"{asset.path} reads as before")

    def test_no_repr_shows_text(self, connector_factory: Factory, secrets: tuple[str, ...]) -> None:
        """What is logged by accident names places and never what stands in them."""
        connector = connector_factory()
        config = getattr(connector, "_config", None)
        assets = list(connector.discover(None))
        shown = f"{connector!r} {config!r} {vars(connector)!r}"

        for asset in assets:
            for content in _contents(connector, asset):
                if isinstance(content, Segment):
                    place = f"{content.locator}{content.label}{asset.path}"
                    for line in content.text.splitlines():
                        telling = len(line) >= _TELLING and line not in place
                        _hold(
                            not telling or line not in f"{content!r}{asset!r}{shown}",
                            f"no repr shows a line of {asset.path}",
                        )
            shown += repr(asset)
        for secret in secrets:
            _hold(secret not in shown, "no repr shows a secret")

    def test_a_broken_asset_does_not_stop_the_next(
        self, connector_factory: Factory, break_one: Callable[[], str] | None
    ) -> None:
        """It raises an `AssetError` or yields a `Skip`; the others read as before."""
        if break_one is None:
            pytest.skip("the test gives no 'break_one'")
        connector = connector_factory()
        assets = list(connector.discover(None))
        before = {asset.path: _contents(connector, asset) for asset in assets}

        broken = break_one()

        for asset in assets:
            contents = _contents(connector, asset)
            if asset.path == broken:
                failed = any(isinstance(each, Skip | AssetError) for each in contents)
                _hold(failed, f"{broken} is broken and says so")
            else:
                _hold(contents == before[asset.path], f"{asset.path} reads as before")

    def test_closing_half_way_releases_everything(self, connector_factory: Factory) -> None:
        """No open file, socket or cursor stays behind a generator that was closed early."""
        connector = connector_factory()
        assets = list(connector.discover(None))
        before = _open_files()

        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ResourceWarning)
            listing = connector.discover(None)
            next(listing, None)
            _close(listing)
            for asset in assets:
                reading = connector.read(asset)
                try:
                    next(reading, None)
                except AssetError:
                    continue
                _close(reading)
            gc.collect()
        _hold(before == _open_files(), "no file stays open")
        _hold(not caught, "nothing complains of being left open")

    def test_nothing_is_written_to_the_source(
        self, connector_factory: Factory, snapshot: Callable[[], object] | None
    ) -> None:
        """Listing and reading everything leaves the source as it was, to the last side file."""
        if snapshot is None:
            pytest.skip("the test gives no 'snapshot'")
        before = snapshot()

        connector = connector_factory()
        for asset in connector.discover(None):
            _contents(connector, asset)
        _hold(before == snapshot(), "the source is as it was")


def photograph(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Give the size, mode and time of change of everything in a folder, for `snapshot`."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        status = path.lstat()
        found[str(path)] = (status.st_size, status.st_mode, status.st_mtime_ns)
    return found


def _hold(kept: bool, law: str) -> None:
    if not kept:
        raise AssertionError(f"broken law: {law}")


def _contents(connector: Connector, asset: Asset) -> list[Content | AssetError]:
    """Read an asset; its failure is the last of the contents."""
    contents: list[Content | AssetError] = []
    try:
        contents.extend(connector.read(asset))
    except AssetError as error:
        contents.append(_Comparable(error))
    return contents


class _Comparable(AssetError):  # noqa: N818 - a value of the laws
    """An error that equals another of the same kind and message."""

    def __init__(self, error: AssetError) -> None:
        super().__init__(error.message, hint=error.hint)
        self._kind = type(error)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Comparable) and (self._kind, self.message) == (
            other._kind,
            other.message,
        )

    def __hash__(self) -> int:
        return hash((self._kind, self.message))


def _texts(connector: Connector, assets: list[Asset]) -> Iterator[bool]:
    for asset in assets:
        for content in _contents(connector, asset):
            yield isinstance(content, Segment) and len(content.text) >= _TELLING


def _close(generator: Iterator[object]) -> None:
    close = getattr(generator, "close", None)
    _hold(close is not None, "discover and read are generators, which can be closed")
    if close is not None:
        close()


def _open_files() -> list[str]:
    """Give what is open now, where the system tells (Linux)."""
    if not _OPEN_FILES.is_dir():
        return []
    gc.collect()
    found = []
    for name in os.listdir(_OPEN_FILES):  # noqa: PTH208 - the listing's own descriptor has no path
        try:
            found.append(f"{name} {os.readlink(_OPEN_FILES / name)}")  # noqa: PTH115
        except OSError:
            continue
    return sorted(found)
