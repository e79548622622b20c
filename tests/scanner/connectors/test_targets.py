"""What a bare target on the command line is taken for."""

from pathlib import Path

import pytest

from scanner.connectors.registry import open_source
from scanner.connectors.targets import config_for, slug
from scanner.errors import ConfigError
from scanner.extract.base import Limits

SECRET = "invented-Passw0rd"  # noqa: S105 - invented


@pytest.fixture
def targets(tmp_path: Path, people: Path) -> Path:
    people.rename(tmp_path / "People Data.db")
    (tmp_path / "Maildir" / "cur").mkdir(parents=True)
    (tmp_path / "Maildir" / "new").mkdir()
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "candidate.csv").write_text("id\n1\n")
    (tmp_path / "export" / "application.csv").write_text("id\n1\n")
    (tmp_path / "Sent").write_bytes(b"From - Mon Jun  1 10:00:00 2026\nSubject: x\n\ny\n")
    (tmp_path / "letter.txt").write_text("From Aino with love,\nand nothing else")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "kind", "identifier"),
    [
        ("", "folder", None),
        ("letter.txt", "folder", "letter.txt"),
        ("Sent", "mbox", "Sent"),
        ("Maildir", "maildir", "Maildir"),
        ("export", "greenhouse", "export"),
        ("People Data.db", "database", "People-Data.db"),
    ],
)
def test_files_and_folders_are_recognised(
    targets: Path, name: str, kind: str, identifier: str | None
) -> None:
    config = config_for(str(targets / name))

    assert kind == config.kind
    assert identifier in {None, config.id}
    assert str(targets) in config.location()
    with open_source(config, Limits()) as source:
        assert list(source.discover(None)) or kind == "maildir"


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        (f"postgresql://anna:{SECRET}@db.example.org/hr", "hr"),
        (f"postgres://anna:{SECRET}@db.example.org", "db.example.org"),
        ("sqlite:////srv/people.sqlite", "people.sqlite"),
    ],
)
def test_database_urls_are_recognised(url: str, identifier: str) -> None:
    config = config_for(url)

    assert ("database", identifier) == (config.kind, config.id)
    assert SECRET not in f"{config!r}{config.location()}"


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("leter.txt", "did you mean"),
        ("xyzzy", "name a file"),
        ("no/where", "does not exist either"),
    ],
)
def test_what_is_not_there_is_refused_with_a_hint(targets: Path, target: str, hint: str) -> None:
    with pytest.raises(ConfigError, match="there is no") as caught:
        config_for(str(targets / target))
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "url",
    [f"ftp://anna:{SECRET}@host/x", "sqlite://", f"postgresql://anna:{SECRET}@host:port/x"],
)
def test_urls_that_cannot_be_scanned_are_refused_without_their_password(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config_for(url)
    assert SECRET not in f"{caught.value!r}{caught.value.hint}{caught.value.__cause__!r}"


@pytest.mark.parametrize("name", ["-x-", "ÄÖ", "a" * 200, "..", "日本", "a b/c"])
def test_slugs_are_valid_ids(targets: Path, name: str) -> None:
    config = config_for(str(targets)).model_copy(update={"id": slug(name)})

    assert config == type(config).model_validate(config.model_dump())
