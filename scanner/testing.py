"""Laws that every connector keeps, published for the authors of plug-ins.

    class TestMine(ConnectorLaws):
        @pytest.fixture
        def connector_factory(self, tmp_path):
            return lambda: open_source(Config(id="mine", path=tmp_path), Limits())

The source must hold at least three assets, and some text of eight characters or more. Hooks make
the laws stronger: `break_one` damages one asset, `lose_connection` cuts the source off for a while,
`snapshot` photographs it.
"""

import gc
import os
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from itertools import islice, product
from pathlib import Path
from typing import Self

import pytest

from scanner.connectors.base import Connector, in_context
from scanner.errors import AssetError, SourceError
from scanner.model import Asset, Content, Segment, Skip
from scanner.opening import Session

Factory = Callable[[], AbstractContextManager[Connector] | Connector]
Lose = Callable[[], AbstractContextManager[object]]
_OPEN_FILES = Path("/proc/self/fd")
_TELLING = 8
"""Shorter texts stand in a `repr` by chance."""


class ConnectorLaws:
    """What a connector promises, as tests. Inherit and give the factory."""

    @pytest.fixture
    def connector_factory(self) -> Factory:
        """Give a function that opens always the same source, as `open_source` does."""
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
    def lose_connection(self) -> Lose | None:
        """Give a function whose context cuts the source off while it lasts, or None."""
        return None

    @pytest.fixture
    def secrets(self) -> tuple[str, ...]:
        """Give what the configuration keeps secret: a password."""
        return ()

    def test_there_is_something_to_hold_the_laws_against(self, connector_factory: Factory) -> None:
        """Fewer than three assets, or no text, would let every law pass."""
        with _opened(connector_factory) as connector:
            assets = list(connector.discover(None))

            _hold(len(assets) >= 3, "the source of the test has three assets")  # noqa: PLR2004
            _hold(any(_texts(connector, assets)), "the source of the test has text")

    def test_discovery_is_repeatable(self, connector_factory: Factory) -> None:
        """Two listings of an unchanged source are equal, by one connector and by another."""
        with _opened(connector_factory) as connector:
            first = _listed(connector)
            again = _listed(connector)

        _hold(first == again, "the same connector lists the same again")
        with _opened(connector_factory) as another:
            _hold(first == _listed(another), "another one lists the same")

    def test_resuming_yields_exactly_the_rest(self, connector_factory: Factory) -> None:
        """From every asset's checkpoint, by a fresh connector, nothing twice and nothing lost."""
        assets = _assets(connector_factory)

        for position, asset in enumerate(assets):
            with _opened(connector_factory) as connector:
                rest = list(connector.discover(connector.checkpoint(asset)))
            _hold(rest == assets[position + 1 :], f"resuming after {asset.path} gives the rest")

    def test_paths_are_unique_and_can_be_stored(self, connector_factory: Factory) -> None:
        """A path names one asset and survives UTF-8."""
        listed = [asset.path for asset in _assets(connector_factory)]

        _hold(len(listed) == len(set(listed)), "no path occurs twice")
        _hold(all(listed), "no path is empty")
        for path in listed:
            _hold(path == path.encode().decode(), f"{path!a} survives UTF-8")

    def test_assets_belong_to_one_source_and_say_when_in_utc(
        self, connector_factory: Factory
    ) -> None:
        """The source's id is the same everywhere; `modified` is aware."""
        assets = _assets(connector_factory)

        _hold(len({asset.source for asset in assets}) == 1, "all assets name the same source")
        for asset in assets:
            aware = asset.modified is None or asset.modified.utcoffset() is not None
            _hold(aware, f"the time of {asset.path} is aware")
            _hold(bool(asset.fingerprint), f"{asset.path} has a fingerprint")

    def test_reading_twice_gives_the_same(self, connector_factory: Factory) -> None:
        """Contents depend on the asset alone, and not on what was read before it."""
        assets, forwards = _read(connector_factory)

        with _opened(connector_factory) as fresh:
            for asset in reversed(assets):
                same = forwards[asset.path] == _contents(fresh, asset)
                _hold(same, f"{asset.path} reads as before")

    def test_no_repr_shows_text(self, connector_factory: Factory, secrets: tuple[str, ...]) -> None:
        """What is logged by accident names places and never what stands in them."""
        with _opened(connector_factory) as connector:
            config = getattr(connector, "_config", None)
            assets = _listed(connector)
            shown = f"{connector!r} {config!r} {getattr(connector, '__dict__', '')!r}"
            contents = {asset.path: _contents(connector, asset) for asset in assets}

        for asset in assets:
            for content in contents[asset.path]:
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
        with _opened(connector_factory) as connector:
            assets = _listed(connector)
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
        with _opened(connector_factory) as connector:
            assets = _listed(connector)
            before = _open_files()

            with _nothing_complains():
                _begin(connector, assets)
            _hold(before == _open_files(), "no file stays open")

    def test_closing_the_source_releases_everything(
        self, connector_factory: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No connection, temporary file or thread stays behind an opened source."""
        _read(connector_factory)  # what is loaded once and stays: libraries, drivers
        temporary = tmp_path / "temporary"
        temporary.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(temporary))
        before, threads = _open_files(), threading.active_count()

        with _nothing_complains():
            with _opened(connector_factory) as connector:
                _begin(connector, _listed(connector))
            gc.collect()
        _hold(before == _open_files(), "no file and no connection stays open")
        _hold(threads == threading.active_count(), "no thread goes on")
        _hold(not list(temporary.iterdir()), "no temporary file stays")

    def test_a_closed_source_can_be_opened_again(self, connector_factory: Factory) -> None:
        """Closing leaves neither a lock nor anything else that a second opening would meet."""
        first = _read(connector_factory)

        _hold(first == _read(connector_factory), "the source gives the same when opened again")

    def test_a_lost_listing_goes_on_with_exactly_the_rest(
        self, connector_factory: Factory, lose_connection: Lose | None
    ) -> None:
        """Wherever the connection is lost, the engine's second opening lists nothing twice."""
        if lose_connection is None:
            pytest.skip("the test gives no 'lose_connection'")
        whole = _assets(connector_factory)

        for position in range(1, len(whole)):
            with _Losing(connector_factory, lose_connection) as losing:
                listing = losing.session.listed(None)
                listed = [asset for asset, _ in islice(listing, position)]
                losing.lose()
                listed += [asset for asset, _ in listing]
            _hold(listed == whole, f"a listing that was lost after {position} goes on")

    def test_a_lost_asset_is_read_again_from_its_beginning(
        self, connector_factory: Factory, lose_connection: Lose | None
    ) -> None:
        """A lost connection is no asset that is gone, empty or shorter than it is."""
        if lose_connection is None:
            pytest.skip("the test gives no 'lose_connection'")
        assets, before = _read(connector_factory)

        for asset, begun in product(assets, (False, True)):
            with _Losing(connector_factory, lose_connection) as losing:
                read = partial(losing.contents, asset, begun=begun)
                same = losing.session.retried(read) == before[asset.path]
            _hold(same, f"{asset.path} is read whole though the connection was lost")

    def test_a_source_that_stays_away_says_so(
        self, connector_factory: Factory, lose_connection: Lose | None
    ) -> None:
        """Opening and listing without a connection is a `SourceError` and no empty source."""
        if lose_connection is None:
            pytest.skip("the test gives no 'lose_connection'")
        opening = partial(_opened, connector_factory)

        with lose_connection(), Session(opening, ()) as session, pytest.raises(SourceError):
            list(session.listed(None))

    def test_nothing_is_written_to_the_source(
        self, connector_factory: Factory, snapshot: Callable[[], object] | None
    ) -> None:
        """Listing and reading everything leaves the source as it was, to the last side file."""
        if snapshot is None:
            pytest.skip("the test gives no 'snapshot'")
        before = snapshot()

        _read(connector_factory)
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


def _opened(factory: Factory) -> AbstractContextManager[Connector]:
    return in_context(factory())


def _listed(connector: Connector) -> list[Asset]:
    return list(connector.discover(None))


def _assets(factory: Factory) -> list[Asset]:
    with _opened(factory) as connector:
        return _listed(connector)


def _read(factory: Factory) -> tuple[list[Asset], dict[str, list[Content | AssetError]]]:
    """List and read a source that is opened for it."""
    with _opened(factory) as connector:
        assets = _listed(connector)
        return assets, {asset.path: _contents(connector, asset) for asset in assets}


def _begin(connector: Connector, assets: list[Asset]) -> None:
    """Begin to list and to read each asset, and close each generator early."""
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


@contextmanager
def _nothing_complains() -> Iterator[None]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        yield
        gc.collect()
    _hold(not caught, "nothing complains of being left open")


class _Losing:
    """A session as the engine has it, whose connection is lost once and comes back at the wait."""

    def __init__(self, factory: Factory, lose: Lose) -> None:
        self._lose = lose
        self._away = ExitStack()
        self._is_lost = False
        self.session = Session(partial(_opened, factory), (0.0,), lambda _: self._away.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._away.close()
        self.session.close()

    def lose(self) -> None:
        """Cut the source off, the first time."""
        if not self._is_lost:
            self._is_lost = True
            self._away.enter_context(self._lose())

    def contents(
        self, asset: Asset, connector: Connector, *, begun: bool
    ) -> list[Content | AssetError]:
        """Read an asset, and lose the connection before it or after its first content."""
        if not begun:
            self.lose()
        contents: list[Content | AssetError] = []
        try:
            for content in connector.read(asset):
                contents.append(content)
                self.lose()
        except AssetError as error:
            contents.append(_Comparable(error))
        return contents


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
