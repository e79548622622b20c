"""Folders: order, resuming, and everything that is not a plain file."""

import os
import socket
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.connectors import paths
from scanner.connectors.base import Connector, SourceConfig, SupportsAccess, in_context
from scanner.connectors.tree.folder import Config, open_source
from scanner.errors import AccessDenied, AssetError, ConfigError, Gone, SourceError, Unsupported
from scanner.extract.base import Limits
from scanner.model import Asset, Segment, SkipReason
from scanner.testing import ConnectorLaws, Factory, Lose, photograph
from tests.away import away

TEXT = "Aino Esimerkki, aino.esimerkki@example.com, applied in January.\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    root = tmp_path / "source"
    for name in ("b/cv.txt", "b.txt", "a/deep/er/letter.txt", "a/z.txt", "ä.txt", ".hidden.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}: {TEXT}")
    (root / "empty.txt").touch()
    (root / os.fsdecode(b"latin\xe4.txt")).write_text(TEXT)
    (root / "line\nbreak.txt").write_text(TEXT)
    (root / "back\\slash.txt").write_text(TEXT)
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text(TEXT)
    return root


class TestFolder(ConnectorLaws):
    """Names of every kind, at several depths."""

    @pytest.fixture
    def connector_factory(self, files: Path) -> Factory:
        return lambda: open_source(Config(id="shared", path=files), Limits())

    @pytest.fixture
    def snapshot(self, files: Path) -> Callable[[], object]:
        return lambda: photograph(files)

    @pytest.fixture
    def break_one(self, files: Path) -> Callable[[], str]:
        def damage() -> str:
            (files / "b.txt").unlink()
            return "b.txt"

        return damage

    @pytest.fixture
    def lose_connection(self, files: Path) -> Lose:
        return lambda: away(files)


class TestSingleFile(ConnectorLaws):
    """A file is a folder of one."""

    @pytest.fixture
    def connector_factory(self, files: Path) -> Factory:
        return lambda: open_source(Config(id="one", path=files / "b.txt"), Limits())

    @pytest.fixture
    def lose_connection(self, files: Path) -> Lose:
        return lambda: away(files / "b.txt")

    def test_there_is_something_to_hold_the_laws_against(self, connector_factory: Factory) -> None:
        with in_context(connector_factory()) as source:
            assert ["b.txt"] == listed(source)


def connector(path: Path, **options: object) -> Connector:
    config = Config.model_validate({"id": "shared", "path": path, **options})
    with in_context(open_source(config, Limits())) as source:
        return source


def listed(source: Connector) -> list[str]:
    return [asset.path for asset in source.discover(None)]


def asset_named(source: Connector, path: str) -> Asset:
    return next(asset for asset in source.discover(None) if asset.path == path)


def failure(source: Connector, path: str) -> AssetError:
    with pytest.raises(AssetError) as caught:
        list(source.read(asset_named(source, path)))
    return caught.value


def test_everything_but_version_control_is_listed_in_order(files: Path) -> None:
    assert [
        ".hidden.txt",
        "a/deep/er/letter.txt",
        "a/z.txt",
        "b/cv.txt",
        "b.txt",
        "back\\x5cslash.txt",
        "empty.txt",
        "latin\\xe4.txt",
        "line\\x0abreak.txt",
        "ä.txt",
    ] == listed(connector(files))


def test_names_that_are_not_utf8_can_be_read(files: Path) -> None:
    source = connector(files)

    contents = list(source.read(asset_named(source, "latin\\xe4.txt")))

    assert any(isinstance(each, Segment) and "Esimerkki" in each.text for each in contents)


def test_globs_choose(files: Path) -> None:
    assert ["a/z.txt"] == listed(connector(files, include=["a/*.txt"], exclude=["deep"]))
    assert ["b/cv.txt"] == listed(connector(files, include=["cv.*"]))


def test_pipes_sockets_and_devices_are_listed_and_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{short}/socket")
        os.link(f"{short}/socket", tmp_path / "socket")
        source = connector(tmp_path)

        assert ["pipe", "socket"] == listed(source)
        assert isinstance(failure(source, "pipe"), Unsupported)
        assert isinstance(failure(source, "socket"), Unsupported)


def test_links_are_listed_and_not_followed_unless_asked(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "cv.txt").write_text(TEXT)
    root = tmp_path / "root"
    root.mkdir()
    (root / "broken").symlink_to(tmp_path / "nowhere")
    (root / "file").symlink_to(outside / "cv.txt")
    (root / "folder").symlink_to(outside)
    (root / "loop").symlink_to(root)
    wary, bold = connector(root), connector(root, follow_symlinks=True)

    assert ["broken", "file", "folder", "loop"] == listed(wary)
    assert ["broken", "file", "folder/cv.txt", "loop"] == listed(bold)
    assert isinstance(failure(wary, "broken"), Gone)
    assert isinstance(failure(wary, "file"), Unsupported)
    assert isinstance(failure(wary, "folder"), Unsupported)
    assert list(bold.read(asset_named(bold, "file")))
    assert failure(bold, "loop").reason is SkipReason.LIMIT


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything; permissions mean something for others only."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.fixture
def public() -> Iterator[Path]:
    """Give a folder that anybody can reach, as pytest's own are private."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        yield root
        for path in root.rglob("*"):
            path.chmod(0o755)


def test_what_may_not_be_read_is_not_silently_missed(public: Path) -> None:
    (public / "locked").mkdir()
    (public / "locked" / "cv.txt").write_text(TEXT)
    (public / "locked").chmod(0o700)
    (public / "unsearchable").mkdir()
    (public / "unsearchable" / "cv.txt").write_text(TEXT)
    (public / "unsearchable").chmod(0o744)
    (public / "private.txt").write_text(TEXT)
    (public / "private.txt").chmod(0o600)
    source = connector(public)

    with as_nobody():
        assert ["locked", "private.txt", "unsearchable/cv.txt"] == listed(source)
        for path in listed(source):
            assert isinstance(failure(source, path), AccessDenied), path


def test_readers_follow_the_modes_of_file_and_folders(public: Path) -> None:
    (public / "open").mkdir()
    (public / "open" / "a.txt").write_text(TEXT)
    (public / "open" / "a.txt").chmod(0o644)
    (public / "closed").mkdir(mode=0o700)
    (public / "closed" / "a.txt").write_text(TEXT)
    (public / "closed" / "a.txt").chmod(0o644)
    source = connector(public)

    assert isinstance(source, SupportsAccess)
    assert ("everyone",) == source.readers(asset_named(source, "open/a.txt"))
    assert "everyone" not in source.readers(asset_named(source, "closed/a.txt"))
    assert source.readers(asset_named(source, "closed/a.txt"))[0].startswith("user ")


def test_a_change_changes_the_fingerprint(files: Path) -> None:
    source = connector(files)
    before = asset_named(source, "b.txt").fingerprint

    (files / "b.txt").write_text("other")

    assert before != asset_named(source, "b.txt").fingerprint


def test_a_missing_folder_and_a_foreign_configuration_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be listed"):
        listed(connector(tmp_path / "nowhere"))
    with pytest.raises(ConfigError):
        open_source(SourceConfig(id="x", kind="y"), Limits())


@given(st.lists(st.binary(min_size=1, max_size=6), unique=True, max_size=20))
def test_storable_names_stay_different(names: list[bytes]) -> None:
    decoded = [os.fsdecode(name) for name in names]

    escaped = [paths.storable(name) for name in decoded]

    assert len(set(decoded)) == len(set(escaped))
    assert all(name == name.encode().decode() and "\n" not in name for name in escaped)


@given(st.lists(st.text(max_size=6), unique=True, max_size=20))
@example(["\u200e", "\x0e", "\u2028", "(", os.fsdecode(b"\x85"), "\x85", "\\u200e"])
def test_names_in_any_writing_stay_different(names: list[str]) -> None:
    """U+200E and U+000E were both written as the control character, and one file hid the other."""
    escaped = [paths.storable(name) for name in names]

    assert len(names) == len(set(escaped))
    assert all(name == name.encode().decode() for name in escaped)


def test_a_device_swapped_in_for_a_file_is_not_read(tmp_path: Path) -> None:
    """The kind is asked of the open file, not of the name: no race can make us read a device."""
    (tmp_path / "a.txt").write_text(TEXT)
    source = connector(tmp_path)
    asset = asset_named(source, "a.txt")
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")

    with pytest.raises(Unsupported, match="named pipe"):
        list(source.read(asset))
    assert stat.S_ISFIFO((tmp_path / "a.txt").stat().st_mode)
