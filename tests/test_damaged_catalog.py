"""A damaged catalog is refused in words, and never taken for a mistake of the program."""

import hashlib
import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kartta.cli.main import cli
from scanner.catalog import schema
from scanner.catalog.store import Catalog

FLIPS = 200
COMMANDS = (
    ("coverage", "--format", "json"),
    ("report", "-o", "out.json"),
    ("catalog", "check"),
    ("coverage",),
    ("catalog", "backup", "copy.sqlite"),
    ("report", "-o", "out.csv"),
    ("scan", "files", "--workers", "1", "--format", "json"),
)
REFUSED = {2, 4}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scan an invented company's files and give the folder, catalog included."""
    root = tmp_path_factory.mktemp("company")
    (root / "files").mkdir()
    for number in range(40):
        (root / "files" / f"cv-{number}.txt").write_text(
            f"Hakija {number}: Onni Lahti, onni.lahti{number}@posti.example, 040 917 {number:04}\n"
        )
    (root / "files" / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (root / "files" / "staff.csv").write_text(
        "name,email\nAino Esimerkki,aino@posti.example\nOnni Lahti,onni@posti.example\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert run("scan", "files", "--workers", "1").exit_code == 0
    return root


@pytest.fixture
def company(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".kartta" / "catalog.sqlite"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def expect_words(done: Result) -> None:
    """A refusal says what is wrong and what to do, with a documented exit status."""
    said = done.stderr
    assert "internal error" not in said, said
    assert "Traceback" not in said, said
    assert done.exit_code in REFUSED, (done.exit_code, said, done.exception)
    assert "Error: " in said
    assert "→ " in said


@pytest.mark.slow
def test_a_bit_that_turned_anywhere_is_refused_or_harmless(company: Path) -> None:
    """It ended as an internal error, in whatever line met the damage first."""
    content = company.read_bytes()
    chance = random.Random(20261201)  # noqa: S311 - places, not secrets
    outcomes: Counter[str] = Counter()
    for number in range(FLIPS):
        damaged = bytearray(content)
        damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        command = COMMANDS[number % len(COMMANDS)]
        for beside in company.parent.glob("catalog.sqlite-*"):
            beside.unlink()
        Path("copy.sqlite").unlink(missing_ok=True)
        company.write_bytes(damaged)

        done = run(*command)

        if done.exit_code != 0:
            expect_words(done)
        outcomes["refused" if done.exit_code else "worked"] += 1
    assert min(outcomes["refused"], outcomes["worked"]) > 0, outcomes


def test_a_catalog_that_was_cut_short_is_refused(company: Path) -> None:
    content = company.read_bytes()
    for length in (1, 99, 100, 4095, 4096, len(content) // 2, len(content) - 1):
        company.write_bytes(content[:length])

        for command in (("catalog", "check"), ("coverage",), ("scan", "files")):
            expect_words(run(*command))
        assert content[:length] == company.read_bytes()


@pytest.mark.parametrize("command", [("scan", "files"), ("coverage",), ("catalog", "check")])
def test_an_empty_file_is_no_new_catalog(company: Path, command: tuple[str, ...]) -> None:
    """The next scan began anew, and nobody was told that what was known is lost."""
    company.write_bytes(b"")

    done = run(*command)

    expect_words(done)
    assert "empty file" in done.stderr
    assert b"" == company.read_bytes()


def test_what_never_was_a_catalog_is_refused_and_left_alone(company: Path) -> None:
    with closing(sqlite3.connect("others.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.execute("PRAGMA application_id = 7")
    Path("text.sqlite").write_text("Onni Lahti wrote this. " * 40)
    for name in ("others.sqlite", "text.sqlite", "files"):
        before = Path(name).read_bytes() if Path(name).is_file() else b""

        for command in (("scan", "files"), ("coverage",), ("catalog", "check")):
            expect_words(run(*command, "--catalog", name))

        assert not Path(name).is_file() or before == Path(name).read_bytes()


def test_a_copy_that_is_put_back_gives_what_was_there(company: Path) -> None:
    before = run("coverage", "--format", "json").stdout
    assert 0 == run("catalog", "backup", "copy.sqlite").exit_code
    assert 0o600 == Path("copy.sqlite").stat().st_mode & 0o777
    digest, name = Path("copy.sqlite.sha256").read_text().split()
    assert (hashlib.sha256(Path("copy.sqlite").read_bytes()).hexdigest(), "copy.sqlite") == (
        digest, name,
    )  # fmt: skip
    damaged = company.read_bytes()[:5000]
    company.write_bytes(damaged)

    done = run("catalog", "restore", "copy.sqlite")

    assert 0 == done.exit_code, done.stderr
    assert before == run("coverage", "--format", "json").stdout
    assert 0 == run("catalog", "check").exit_code
    assert damaged == company.with_name("catalog.sqlite.replaced-1").read_bytes()
    expect_words(run("catalog", "backup", "copy.sqlite"))


def test_what_must_not_be_put_back_leaves_the_catalog_as_it_is(company: Path) -> None:
    before = company.read_bytes()
    assert 0 == run("catalog", "backup", "copy.sqlite").exit_code
    copy = Path("copy.sqlite").read_bytes()
    newer = Path("newer.sqlite")
    newer.write_bytes(copy)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'version'")
    Path("copy.sqlite").write_bytes(copy[:-1] + bytes([copy[-1] ^ 1]))
    Path("short.sqlite").write_bytes(copy[:8192])
    Path("empty.sqlite").touch()

    for name, says in {
        "newer.sqlite": "version 999",
        "copy.sqlite": "checksum",
        "short.sqlite": "damaged",
        "empty.sqlite": "empty",
        "nowhere.sqlite": "there is no file",
    }.items():
        done = run("catalog", "restore", name)
        expect_words(done)
        assert says in done.stderr
    newer.write_bytes(copy)
    with Catalog.open(f"sqlite:///{company}") as store, store.writing():
        busy = run("catalog", "restore", "newer.sqlite")
    expect_words(busy)
    assert "another scan" in busy.stderr
    assert before == company.read_bytes()


def test_a_copy_that_is_made_while_a_scan_writes_is_whole(company: Path) -> None:
    with (
        Catalog.open(f"sqlite:///{company}") as store,
        store.writing(),
        store.transaction() as connection,
    ):
        connection.execute(schema.runs.update().values(version="not committed"))

        done = run("catalog", "backup", "copy.sqlite")

    assert 0 == done.exit_code, done.stderr
    with closing(sqlite3.connect("copy.sqlite")) as connection:
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
        assert (
            []
            == connection.execute("SELECT id FROM runs WHERE version = 'not committed'").fetchall()
        )


def test_what_contradicts_itself_is_named(company: Path) -> None:
    with closing(sqlite3.connect(company)) as connection, connection:
        connection.execute("DELETE FROM skips")
        connection.execute("UPDATE sightings SET locator = '{' WHERE id = 1")
        connection.execute("DELETE FROM assets WHERE path = 'cv-1.txt'")

    done = run("catalog", "check")

    assert 4 == done.exit_code
    assert "1 assets were not examined whole, and nothing says why" in done.stdout
    assert "table sightings: a value cannot be read" in done.stdout
    assert "belongs to a row of assets that is not there" in done.stdout


def test_a_catalog_in_a_server_is_copied_by_the_server_s_own_command() -> None:
    for command, tool in (("backup", "pg_dump"), ("restore", "pg_restore")):
        done = run("catalog", command, "copy", "--catalog", "postgresql://reader@db.example/kartta")
        expect_words(done)
        assert tool in done.stderr
