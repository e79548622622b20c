"""The laws catch planted faults: a law that nothing can break proves nothing."""

import inspect
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Self

import pytest

from scanner.connectors.base import Connector
from scanner.errors import AssetError, Gone, RetriableError, Unreadable
from scanner.locator import WHOLE
from scanner.model import Asset, Checkpoint, Content, Segment, SourceId
from scanner.testing import ConnectorLaws, photograph
from tests.away import away

TEXT = "Aino Esimerkki applied in January"


class Honest:
    """Keeps every law."""

    kind: ClassVar[str] = "fake"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        try:
            for path in sorted(self._folder.iterdir()):
                if since is None or path.name > since:
                    yield Asset(SourceId("fake"), path.name, str(path.stat().st_size))
        except FileNotFoundError as error:
            raise RetriableError("is away") from error

    def read(self, asset: Asset) -> Iterator[Content]:
        try:
            with (self._folder / asset.path).open() as stream:
                yield Segment(WHOLE, stream.read())
        except FileNotFoundError as error:
            if self._folder.exists():
                raise Unreadable("is broken") from error
            raise RetriableError("is away") from error

    def checkpoint(self, asset: Asset) -> Checkpoint:
        return Checkpoint(asset.path)


class ResumesTooEarly(Honest):
    """Repeats the asset of the checkpoint."""

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        for asset in super().discover(None):
            if since is None or asset.path >= since:
                yield asset


class NeverTheSame(Honest):
    """Lists backwards every other time."""

    calls = 0

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        NeverTheSame.calls += 1
        listed = list(super().discover(since))
        yield from listed[:: 1 if NeverTheSame.calls % 2 else -1]


class NamesTwice(Honest):
    """Gives two assets one path."""

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        for asset in super().discover(since):
            yield replace(asset, path=min(asset.path, "b"))


class LocalTimes(Honest):
    """Leaves the time zone out."""

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        for asset in super().discover(since):
            yield replace(asset, modified=datetime(2026, 1, 1))  # noqa: DTZ001 - the fault


class Remembers(Honest):
    """Reads differently the second time."""

    def read(self, asset: Asset) -> Iterator[Content]:
        yield from super().read(asset)
        if hasattr(self, "_last"):
            yield Segment(WHOLE, "something that only the second asset gets")
        self._last = True


class ShowsText(Honest):
    """Lets text into the `repr` of what it lists."""

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        for asset in super().discover(since):
            yield replace(asset, token=(self._folder / asset.path).read_text())


class Stumbles(Honest):
    """Reads nothing more once one asset was broken."""

    def read(self, asset: Asset) -> Iterator[Content]:
        if len(list(self._folder.iterdir())) < 3:
            raise Unreadable("everything is broken")
        yield from super().read(asset)


class HidesBreakage(Honest):
    """Says nothing of an asset that it cannot read."""

    def read(self, asset: Asset) -> Iterator[Content]:
        try:
            yield from super().read(asset)
        except AssetError:
            return


class LeavesOpen(Honest):
    """Forgets a descriptor in every reading."""

    opened: ClassVar[list[int]] = []

    def read(self, asset: Asset) -> Iterator[Content]:
        LeavesOpen.opened.append(os.open(self._folder, os.O_RDONLY))
        yield from super().read(asset)


class NeverCloses(Honest):
    """Keeps what it opened."""

    def __enter__(self) -> Self:
        LeavesOpen.opened.append(os.open(os.devnull, os.O_RDONLY))
        return self

    def __exit__(self, *_: object) -> None:
        pass


class ForgetsTemporaryFiles(NeverCloses):
    """Leaves a copy where nobody looks."""

    def __enter__(self) -> Self:
        Path(tempfile.mkdtemp(), "copy").touch()
        return self


class EndsEarly(Honest):
    """Takes a lost connection for the end of the list."""

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        try:
            yield from super().discover(since)
        except RetriableError:
            return


class CallsItGone(Honest):
    """Takes a lost connection for an asset that is not there any more."""

    def read(self, asset: Asset) -> Iterator[Content]:
        try:
            yield from super().read(asset)
        except RetriableError as error:
            raise Gone("is gone") from error


class LeavesSideFiles(Honest):
    """Writes beside what it reads."""

    def read(self, asset: Asset) -> Iterator[Content]:
        yield from super().read(asset)
        (self._folder / f".{asset.path}.lock").touch()


class Laws(ConnectorLaws):
    """Not collected by its name; the tests below call it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("a", "b", "c"):
        (source / name).write_text(f"{TEXT}, letter {name}")
    return source


def broken_laws(kind: type[Honest], folder: Path) -> set[str]:
    """Run every law against a connector and name those that it breaks."""

    def factory() -> Connector:
        return kind(folder)

    def break_one() -> str:
        (folder / "b").unlink(missing_ok=True)
        return "b"

    given: dict[str, object] = {
        "connector_factory": factory,
        "break_one": break_one,
        "snapshot": lambda: photograph(folder),
        "secrets": ("a secret",),
        "lose_connection": lambda: away(folder),
        "tmp_path": folder.parent,
    }
    broken = set()
    laws = sorted(name for name in dir(Laws) if name.startswith("test_"))
    # The law of the broken asset damages the source and comes last.
    for name in sorted(laws, key=lambda name: "broken" in name):
        law: Callable[..., None] = getattr(Laws(), name)
        names = inspect.signature(law).parameters
        with pytest.MonkeyPatch.context() as given["monkeypatch"]:
            try:
                law(**{name: given[name] for name in names})
            except (AssertionError, OSError, pytest.fail.Exception):
                broken.add(name)
        shutil.rmtree(folder.parent / "temporary", ignore_errors=True)
    return broken


def test_an_honest_connector_breaks_no_law(folder: Path) -> None:
    assert set() == broken_laws(Honest, folder)


@pytest.mark.parametrize(
    ("kind", "law"),
    [
        (ResumesTooEarly, "test_resuming_yields_exactly_the_rest"),
        (NeverTheSame, "test_discovery_is_repeatable"),
        (NamesTwice, "test_paths_are_unique_and_can_be_stored"),
        (LocalTimes, "test_assets_belong_to_one_source_and_say_when_in_utc"),
        (Remembers, "test_reading_twice_gives_the_same"),
        (ShowsText, "test_no_repr_shows_text"),
        (Stumbles, "test_a_broken_asset_does_not_stop_the_next"),
        (HidesBreakage, "test_a_broken_asset_does_not_stop_the_next"),
        (LeavesOpen, "test_closing_half_way_releases_everything"),
        (NeverCloses, "test_closing_the_source_releases_everything"),
        (ForgetsTemporaryFiles, "test_closing_the_source_releases_everything"),
        (EndsEarly, "test_a_lost_listing_goes_on_with_exactly_the_rest"),
        (EndsEarly, "test_a_source_that_stays_away_says_so"),
        (CallsItGone, "test_a_lost_asset_is_read_again_from_its_beginning"),
        (LeavesSideFiles, "test_nothing_is_written_to_the_source"),
    ],
)
def test_each_planted_fault_breaks_its_law(kind: type[Honest], law: str, folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        broken = broken_laws(kind, folder)
    while LeavesOpen.opened:
        os.close(LeavesOpen.opened.pop())

    assert law in broken


def test_a_source_of_almost_nothing_is_refused(folder: Path) -> None:
    assert "test_there_is_something_to_hold_the_laws_against" in broken_laws(Empty, folder)


class Empty(Honest):
    """Has nothing."""

    def discover(self, since: Checkpoint | None) -> Iterator[Asset]:
        del since
        yield from ()
