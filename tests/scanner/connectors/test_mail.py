"""Mailboxes and Maildirs: paths that stay when mail arrives, is read or moves."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.connectors.base import Connector, SourceConfig, SupportsAccess
from scanner.connectors.mail import maildir, mbox
from scanner.errors import AssetError, CheckpointExpired, ConfigError, Gone, SourceError, TooLarge
from scanner.extract.base import Budget, Limits, Part
from scanner.extract.mbox import extract
from scanner.model import Asset, Content, Message, Segment, Skip
from scanner.testing import ConnectorLaws, Factory, Lose, photograph
from tests.away import away


def mail(number: int, body: str = "I apply for the position of engineer.\n") -> bytes:
    message = EmailMessage()
    message["From"] = "Aino Esimerkki <aino.esimerkki@example.com>"
    message["To"] = "jobs@example.org"
    message["Subject"] = f"Application {number}"
    message["Date"] = f"Mon, 0{number} Jun 2026 10:00:00 +0300"
    message["Message-ID"] = f"<{number}@example.com>"
    message.set_content(body)
    return message.as_bytes()


def box(*messages: bytes, end: bytes = b"\n") -> bytes:
    separator = b"From aino@example.com Mon Jun  1 10:00:00 2026\n"
    return b"".join(
        separator + message.replace(b"\nFrom ", b"\n>From ") + end for message in messages
    )


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    body = "Hello,\n\nFrom my point of view this is not a new message.\n\n>From quoted.\n"
    (folder / "Inbox.mbox").write_bytes(box(mail(1), mail(2, body), mail(3)))
    return folder / "Inbox.mbox"


class TestMbox(ConnectorLaws):
    """One file."""

    @pytest.fixture
    def connector_factory(self, mailbox: Path) -> Factory:
        return lambda: opened_mbox(mailbox)

    @pytest.fixture
    def snapshot(self, mailbox: Path) -> Callable[[], object]:
        return lambda: photograph(mailbox.parent)

    @pytest.fixture
    def break_one(self, mailbox: Path) -> Callable[[], str]:
        def damage() -> str:
            content = mailbox.read_bytes()
            mailbox.write_bytes(content.replace(b"Application 2", b"Applicatiom 2"))
            return "Inbox.mbox#2"

        return damage

    @pytest.fixture
    def lose_connection(self, mailbox: Path) -> Lose:
        return lambda: away(mailbox.parent)


class TestSeveralMboxes(ConnectorLaws):
    """A glob over files, one of them empty."""

    @pytest.fixture
    def connector_factory(self, mailbox: Path) -> Factory:
        (mailbox.parent / "archive").mkdir(exist_ok=True)
        (mailbox.parent / "archive" / "old.mbox").write_bytes(box(mail(4), mail(5)))
        (mailbox.parent / "empty.mbox").touch()
        return lambda: opened_mbox(mailbox.parent / "**" / "*.mbox")

    @pytest.fixture
    def lose_connection(self, mailbox: Path) -> Lose:
        return lambda: away(mailbox.parent)


@pytest.fixture
def mail_folder(tmp_path: Path) -> Path:
    root = tmp_path / "Maildir"
    for folder in ("", ".Sent.2025", "nested/deep"):
        for name in ("cur", "new", "tmp"):
            (root / folder / name).mkdir(parents=True)
    (root / "new" / "1001.a.host").write_bytes(mail(1))
    (root / "cur" / "1000.b.host:2,S").write_bytes(mail(2))
    (root / "cur" / "1002.c.host:2,RS").write_bytes(mail(3))
    (root / ".Sent.2025" / "cur" / "1003.d.host:2,").write_bytes(mail(4))
    (root / "nested" / "deep" / "new" / "1004.e.host").write_bytes(mail(5))
    (root / "tmp" / "1005.unfinished").write_bytes(mail(6))
    return root


class TestMaildir(ConnectorLaws):
    """The inbox, a Maildir++ folder and a nested one."""

    @pytest.fixture
    def connector_factory(self, mail_folder: Path) -> Factory:
        return lambda: opened_maildir(mail_folder)

    @pytest.fixture
    def snapshot(self, mail_folder: Path) -> Callable[[], object]:
        return lambda: photograph(mail_folder)

    @pytest.fixture
    def break_one(self, mail_folder: Path) -> Callable[[], str]:
        def damage() -> str:
            (mail_folder / "new" / "1001.a.host").unlink()
            return "1001.a.host"

        return damage

    @pytest.fixture
    def lose_connection(self, mail_folder: Path) -> Lose:
        return lambda: away(mail_folder)


def opened_mbox(path: Path, limits: Limits | None = None) -> Connector:
    return mbox.open_source(mbox.Config(id="mail", path=path), limits or Limits())


def opened_maildir(path: Path) -> Connector:
    return maildir.open_source(maildir.Config(id="mail", path=path), Limits())


def listed(source: Connector) -> list[str]:
    return [asset.path for asset in source.discover(None)]


def text(contents: list[Content]) -> str:
    return "\n".join(each.text for each in contents if isinstance(each, Segment))


def test_messages_are_numbered_dated_and_whole(mailbox: Path) -> None:
    source = opened_mbox(mailbox)
    first, second, _ = source.discover(None)

    contents = list(source.read(second))

    assert "Inbox.mbox#1" == first.path
    assert datetime(2026, 6, 1, 7, tzinfo=UTC) == first.modified
    assert "From my point of view" in text(contents)
    assert "\nFrom quoted" in text(contents)
    assert any(isinstance(each, Message) and each.sent_at is not None for each in contents)


def test_appended_mail_changes_no_path_and_is_found_by_resuming(mailbox: Path) -> None:
    source = opened_mbox(mailbox)
    before = list(source.discover(None))

    with mailbox.open("ab") as stream:
        stream.write(box(mail(4)))

    assert before == list(source.discover(None))[:3]
    assert ["Inbox.mbox#4"] == [
        asset.path for asset in source.discover(source.checkpoint(before[-1]))
    ]


def test_a_rewritten_mailbox_expires_the_checkpoint_and_the_message(mailbox: Path) -> None:
    source = opened_mbox(mailbox)
    first, second, _ = source.discover(None)

    mailbox.write_bytes(box(mail(3, "other\n"), mail(1)))

    with pytest.raises(CheckpointExpired):
        list(source.discover(source.checkpoint(first)))
    with pytest.raises(Gone):
        list(source.read(second))


def test_a_mailbox_with_windows_lines_and_text_before_the_first_message(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(b"A note that some program left.\r\n\r\n" + box(mail(1), mail(2)))
    windows = tmp_path / "b.mbox"
    windows.write_bytes(box(mail(1), mail(2)).replace(b"\n", b"\r\n"))

    assert ["a.mbox#1", "a.mbox#2", "a.mbox#3"] == listed(opened_mbox(path))
    assert ["b.mbox#1", "b.mbox#2"] == listed(opened_mbox(windows))


ONE = b"From a@example.com Mon Jun  1 10:00:00 2026\nFrom: a@example.com\nSubject: one\n\nHello\n"
TWO = b"From b@example.com Mon Jun  1 10:00:00 2026\nFrom: b@example.com\nSubject: two\n\nAgain\n"
UNDATED = b"From b\nFrom: b@example.com\nSubject: two\n\nAgain\n"


@pytest.mark.parametrize(
    ("content", "subjects"),
    [
        (b"\xef\xbb\xbf" + ONE + b"\n" + TWO, ["one", "two"]),
        (b"\r\n\n" + ONE + b"\n" + TWO, ["one", "two"]),
        (ONE + TWO, ["one", "two"]),
        (ONE + UNDATED, ["one"]),
        (ONE + b"\n" + UNDATED, ["one", "two"]),
        (ONE + b"\nFrom my point of view\nit is one.\n\n" + TWO, ["one", "two"]),
        (ONE + b"From the start: not a mail\n\n" + TWO, ["one", "two"]),
        (ONE.replace(b"2026\n", b"2026\n" + TWO.partition(b"\n")[0] + b"\n", 1), ["one"]),
        (ONE + b"\n>From c Mon\n>>From d\n\n" + TWO, ["one", "two"]),
        ((ONE + b"\n" + TWO).replace(b"\n", b"\r\n"), ["one", "two"]),
        (b"A note that some program left.\n\n" + ONE + b"\n" + TWO, ["", "one", "two"]),
        (ONE + b"x" * 70_000 + b"From e Mon Jun  1 10:00:00 2026\nTo: e\n\n" + TWO, ["one", "two"]),
        (b"\n\n", []),
    ],
)
def test_a_mailbox_gives_the_same_messages_as_a_source_and_as_a_file(
    tmp_path: Path, content: bytes, subjects: list[str]
) -> None:
    """Two splitters disagreed: a mark before the first message cost the file that message."""
    path = tmp_path / "a.mbox"
    path.write_bytes(content)
    source = opened_mbox(path)

    as_source = [list(source.read(asset)) for asset in source.discover(None)]
    with path.open("rb") as stream:
        as_file = list(extract(Part("a.mbox", stream), Budget(Limits())))

    found = [
        next((each.text for each in segments(message) if each.label == "header:subject"), "")
        for message in as_source
    ]
    assert subjects == found
    assert [text(message) for message in as_source if text(message)] == [
        "\n".join(each.text for each in group)
        for _, group in groupby(segments(as_file), lambda each: each.locator.steps[0])
    ]
    if "c Mon" in text(as_file):
        assert "From c Mon\n>From d" in text(as_file)


def segments(contents: list[Content]) -> list[Segment]:
    return [each for each in contents if isinstance(each, Segment)]


def test_too_large_a_message_is_an_asset_error(mailbox: Path) -> None:
    source = opened_mbox(mailbox, Limits(max_bytes=100))

    with pytest.raises(TooLarge):
        list(source.read(next(source.discover(None))))


def test_an_unreadable_mailbox_among_several_is_listed(mailbox: Path) -> None:
    os.mkfifo(mailbox.parent / "pipe.mbox")
    source = opened_mbox(mailbox.parent / "*.mbox")
    pipe = next(asset for asset in source.discover(None) if asset.path == "pipe.mbox")

    with pytest.raises(AssetError):
        list(source.read(pipe))
    # What could not be listed is told again by a listing that goes on from there.
    assert [pipe] == list(source.discover(source.checkpoint(pipe)))


@pytest.mark.parametrize("name", ["nowhere.mbox", "."])
def test_what_is_no_mailbox_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="not a file"):
        listed(opened_mbox(tmp_path / name))


@given(st.lists(st.text("Fromx> \n\r:0", max_size=60), min_size=1, max_size=5))
def test_every_byte_of_a_mailbox_belongs_to_one_message(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str]
) -> None:
    path = tmp_path_factory.mktemp("mail") / "any.mbox"
    path.write_bytes(box(*(f"Subject: x\n\n{body}".encode() for body in bodies), end=b"\n\n"))
    assets = list(opened_mbox(path).discover(None))

    places = [tuple(json.loads(asset.token)[0][1:]) for asset in assets]

    assert len(assets) >= len(bodies)
    assert [0, *(start + length for start, length in places)] == [
        *(start for start, _ in places),
        path.stat().st_size,
    ]


def test_folders_are_part_of_the_path_and_unfinished_deliveries_are_not(mail_folder: Path) -> None:
    assert [
        "1000.b.host",
        "1001.a.host",
        "1002.c.host",
        ".Sent.2025/1003.d.host",
        "nested/deep/1004.e.host",
    ] == listed(opened_maildir(mail_folder))


def test_flags_and_moves_change_neither_path_nor_content(mail_folder: Path) -> None:
    source = opened_maildir(mail_folder)
    before = list(source.discover(None))
    moved = next(asset for asset in before if asset.path == "1001.a.host")

    (mail_folder / "new" / "1001.a.host").rename(mail_folder / "cur" / "1001.a.host:2,FS")

    after = list(source.discover(None))
    assert [a.path for a in before] == [a.path for a in after]
    assert "position of engineer" in text(list(source.read(moved)))


def test_two_files_of_one_name_are_two_messages(mail_folder: Path) -> None:
    (mail_folder / "cur" / "1000.b.host:2,RS").write_bytes(mail(7))
    source = opened_maildir(mail_folder)

    assert ["1000.b.host", "1000.b.host#2"] == listed(source)[:2]


def test_a_linked_message_is_not_followed(mail_folder: Path) -> None:
    (mail_folder / "cur" / "2000.x:2,S").symlink_to("/etc/hostname")
    source = opened_maildir(mail_folder)
    link: Asset = next(asset for asset in source.discover(None) if asset.path == "2000.x")

    with pytest.raises(AssetError, match="symbolic link"):
        list(source.read(link))


def test_a_folder_of_mail_that_cannot_be_listed_is_not_silently_missed(
    mail_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listdir = os.listdir

    def denied(path: Path) -> list[str]:
        if path.match("deep/new"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr("scanner.connectors.mail.maildir.os.listdir", denied)
    source = opened_maildir(mail_folder)
    missed = next(asset for asset in source.discover(None) if asset.path == "nested/deep")

    with pytest.raises(AssetError):
        list(source.read(missed))


def test_mail_says_who_can_read_it(mailbox: Path, mail_folder: Path) -> None:
    for source in (opened_mbox(mailbox), opened_maildir(mail_folder)):
        assert isinstance(source, SupportsAccess)
        assert source.readers(next(source.discover(None)))


def test_what_is_no_maildir_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not a Maildir"):
        listed(opened_maildir(tmp_path))
    for module in (mbox, maildir):
        with pytest.raises(ConfigError):
            module.open_source(SourceConfig(id="x", kind="other"), Limits())


@pytest.mark.shared
def test_real_nasty_mail_survives_a_mailbox(shared: Path, tmp_path: Path) -> None:
    """Every mail of the collection becomes one message that gives text or says why not."""
    mails = sorted((shared / "mail_nasty_mikel").rglob("*.eml"))
    path = tmp_path / "nasty.mbox"
    path.write_bytes(
        b"".join(box(each.read_bytes().replace(b"\r\n", b"\n"), end=b"\n\n") for each in mails)
    )
    source = opened_mbox(path)
    assets = list(source.discover(None))

    assert len(mails) == len(assets)
    for asset in assets:
        contents = list(source.read(asset))
        assert any(isinstance(each, Segment | Skip) for each in contents), asset.path
