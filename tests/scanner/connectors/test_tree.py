"""A new kind of tree is what lists a folder and opens a file; the family does the rest."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from weakref import ref

import pytest

from scanner.connectors.tree.base import Entry, Files, Names, Status
from scanner.connectors.tree.folder import Folder
from scanner.errors import AccessDenied, Gone, RetriableError
from scanner.extract.base import Limits
from scanner.model import Segment
from scanner.opening import Session
from scanner.testing import ConnectorLaws, Factory, Lose

TEXT = "Aino Esimerkki, aino.esimerkki@example.com, applied in January.\n"


@dataclass
class Server:
    """A file server in memory, which can be unplugged."""

    files: dict[Names, bytes] = field(repr=False)
    closed: set[Names] = field(default_factory=set)
    is_away: bool = False

    def ask(self) -> None:
        if self.is_away:
            raise RetriableError("the server does not answer")

    @contextmanager
    def away(self) -> Iterator[None]:
        self.is_away = True
        yield
        self.is_away = False


@dataclass(frozen=True)
class Share:
    """All that a kind of tree must say."""

    server: Server

    def root(self) -> tuple[Names, Status]:
        self.server.ask()
        return (), Status(is_folder=True, sign="")

    def list(self, folder: Names) -> Iterable[Entry]:
        self.server.ask()
        if folder in self.server.closed:
            raise AccessDenied("not for you")
        depth = len(folder)
        below = {names[: depth + 1] for names in self.server.files if names[:depth] == folder}
        return [_Name(self.server, names) for names in below]

    def open(self, names: Names) -> BinaryIO:
        self.server.ask()
        if names not in self.server.files:
            raise Gone("is no longer there")
        return _Stream(self.server, self.server.files[names])

    def readers(self, names: Names) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class _Name:
    server: Server
    names: Names

    @property
    def name(self) -> str:
        return self.names[-1]

    def status(self) -> Status:
        self.server.ask()
        content = self.server.files.get(self.names)
        return Status(content is None, str(len(content or b"")), size=len(content or b""))


class _Stream(BytesIO):
    """Asks the server for each piece, as over a network."""

    def __init__(self, server: Server, content: bytes) -> None:
        super().__init__(content)
        self._server = server

    def read(self, size: int | None = -1) -> bytes:
        self._server.ask()
        return super().read(size)


def archive() -> bytes:
    """Make a ZIP whose reader turns whatever goes wrong into an error of its own."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as written:
        for number in range(3):
            written.writestr(f"{number}.txt", f"{number} {TEXT}" * 20_000)
    return content.getvalue()


@pytest.fixture
def server() -> Server:
    names = ("b/cv.txt", "a/deep/letter.txt", "closed/x.txt", "latin\udce4.txt", "a.txt")
    files = {tuple(name.split("/")): f"{name!a}: {TEXT}".encode() for name in names}
    files["mail.zip",] = archive()
    files["long.csv",] = b"name,mail\n" + b"Aino Esimerkki,aino@example.com\n" * 50_000
    return Server(files, {("closed",)})


class TestShare(ConnectorLaws):
    """In memory: no file of this machine is touched."""

    @pytest.fixture
    def connector_factory(self, server: Server) -> Factory:
        return lambda: Files("share", Share(server), Limits())

    @pytest.fixture
    def lose_connection(self, server: Server) -> Lose:
        return server.away


@pytest.mark.parametrize("name", ["mail.zip", "long.csv"])
def test_a_connection_lost_inside_a_file_is_not_taken_for_a_broken_file(
    server: Server, name: str
) -> None:
    """A reader that meets a lost connection calls the file broken, and it was a skip for ever."""
    source = Files("share", Share(server), Limits())
    asset = next(asset for asset in source.discover(None) if asset.path == name)
    reading = source.read(asset)
    next(reading)

    with server.away(), pytest.raises(RetriableError, match="does not answer"):
        list(reading)
    assert sum(isinstance(each, Segment) for each in source.read(asset)) > 2


def test_a_server_that_resets_the_connection_is_lost(tmp_path: Path) -> None:
    """As the operating system tells it of a mounted share."""
    (tmp_path / "a.txt").write_text(TEXT)

    class Reset(Folder):
        def open(self, names: Names) -> BinaryIO:
            with super().open(names) as stream:
                return _Reset(stream.read())

    source = Files("share", Reset(tmp_path), Limits())

    with pytest.raises(RetriableError, match="connection was lost"):
        list(source.read(next(source.discover(None))))


class _Reset(BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise ConnectionResetError(104, "Connection reset by peer")


def test_folders_may_be_nested_more_deeply_than_python_calls(tmp_path: Path) -> None:
    """1,100 folders in each other ended the listing, and the files after them were not read."""
    (tmp_path / "z.txt").write_text(TEXT)
    deep = tmp_path
    made = []
    for _ in range(1_100):
        deep /= "d"
        deep.mkdir()
        made.append(deep)
    (deep / "cv.txt").write_text(TEXT)
    source = Files("deep", Folder(tmp_path), Limits())

    with Session(lambda: nullcontext(source)) as session:
        assets = [asset for asset, _ in session.listed(None)]
    assert ["cv.txt", "z.txt"] == [asset.path.rpartition("/")[2] for asset in assets]
    assert any(isinstance(each, Segment) for each in source.read(assets[0]))

    (deep / "cv.txt").unlink()
    for folder in reversed(made):
        folder.rmdir()


def test_a_folder_that_may_not_be_listed_stands_for_what_is_in_it(server: Server) -> None:
    listed = [asset.path for asset in Files("share", Share(server), Limits()).discover(None)]

    assert ["a/deep/letter.txt", "a.txt", "b/cv.txt", "closed", "latin\\xe4.txt"] == listed[:5]


def test_a_listing_lets_go_of_what_it_has_passed() -> None:
    """A folder's list kept the status of every file until its end: memory grew as it was walked."""
    server = Server({(f"{number:03}",): b"" for number in range(100)})
    seen: list[ref[_Name]] = []

    class Seen(Share):
        def list(self, folder: Names) -> Iterable[Entry]:
            entries = [_Name(self.server, names) for names in self.server.files]
            seen.extend(map(ref, entries))
            return entries

    assets = Files("share", Seen(server), Limits()).discover(None)
    for _ in range(50):
        next(assets)

    assert sum(each() is not None for each in seen) <= 51
