"""Databases: what is read, what is said not to be, and what never leaves."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from scanner.connectors.base import SourceConfig
from scanner.connectors.databases import database
from scanner.connectors.databases.database import Config, open_source
from scanner.connectors.databases.rows import Table
from scanner.errors import ConfigError, SourceError
from scanner.extract.base import Limits
from scanner.locator import Locator
from scanner.model import Milestone, Segment, Skip, SkipReason
from scanner.testing import ConnectorLaws, Factory, Lose, photograph
from tests.away import away
from tests.scanner.connectors.databases import (
    SECRET,
    asset_named,
    by_label,
    configured,
    connector,
    contents,
    listed,
)


class TestSqlite(ConnectorLaws):
    """A file that nobody writes to."""

    @pytest.fixture
    def connector_factory(self, people: Path) -> Factory:
        return lambda: connector(people, milestones={"application.applied_at": "applied"})

    @pytest.fixture
    def snapshot(self, people: Path) -> Callable[[], object]:
        return lambda: photograph(people.parent)

    @pytest.fixture
    def break_one(self, people: Path) -> Callable[[], str]:
        def damage() -> str:
            with closing(sqlite3.connect(people)) as connection, connection:
                connection.execute('DROP TABLE "odd.name"')
            return 'main."odd.name"'

        return damage

    @pytest.fixture
    def lose_connection(self, people: Path) -> Lose:
        return lambda: away(people.parent)  # a renamed file is a changed one


class TestSqliteWithLog(ConnectorLaws):
    """A writer is at work: the log beside the file holds what the file does not."""

    @pytest.fixture
    def live(self, people: Path) -> Iterator[Path]:
        with closing(sqlite3.connect(people)) as writer:
            writer.execute("PRAGMA journal_mode = WAL")
            writer.execute("PRAGMA wal_autocheckpoint = 0")
            writer.execute("INSERT INTO applicant (id, name) VALUES (9004, 'Doris Dahlexempel')")
            writer.commit()
            yield people

    @pytest.fixture
    def connector_factory(self, live: Path) -> Factory:
        return lambda: open_source(configured(live), Limits())

    @pytest.fixture
    def snapshot(self, live: Path) -> Callable[[], object]:
        return lambda: photograph(live.parent)

    @pytest.fixture
    def lose_connection(self, live: Path) -> Lose:
        return lambda: away(live.parent)

    def test_what_only_the_log_holds_is_read(self, live: Path) -> None:
        with open_source(configured(live), Limits()) as source:
            assert "Doris Dahlexempel" in by_label(contents(source, "main.applicant"))["name"]


def test_an_abandoned_wal_database_gets_no_side_files(people: Path) -> None:
    with closing(sqlite3.connect(people)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
    before = photograph(people.parent)

    assert listed(connector(people))
    assert contents(connector(people), "main.applicant")
    assert before == photograph(people.parent)


def test_tables_are_listed_and_views_on_demand(people: Path) -> None:
    tables = ['main."odd.name"', "main.applicant", "main.application", "main.empty"]

    assert sorted(tables) == sorted(listed(connector(people)))
    assert "main.contact" in listed(connector(people, views=True))
    assert ["main.application"] == listed(connector(people, include=["app*"], exclude=["*cant"]))
    assert {"Aino Esimerkki"} <= set(
        by_label(contents(connector(people, views=True), "main.contact"))["name"]
    )


def test_columns_label_their_values_and_dates_that_are_none_do_not_stop_it(people: Path) -> None:
    found = contents(connector(people), "main.applicant")

    assert {
        "id": ["9001", "9002", "9003"],
        "name": ["Aino Esimerkki", "Bertil Provsson", "Cecilie Prøve"],
        "email": ["aino.esimerkki@example.com", "bertil@example.org"],
        "born": ["1990-02-28", "0000-00-00", "unknown"],
        "profile": ['{"city": "Turku"}'],
    } == by_label(found)
    assert [Skip(SkipReason.UNSUPPORTED, "a binary column", Locator.parse("column:photo"))] == [
        each for each in found if isinstance(each, Skip)
    ]


def test_no_value_stands_in_a_locator_or_a_record(people: Path) -> None:
    for each in contents(connector(people), "main.applicant"):
        shown = repr(each)
        assert "900" not in shown
        assert "Esimerkki" not in shown


def test_milestones_come_from_the_columns_that_are_named(people: Path) -> None:
    source = connector(
        people,
        milestones={
            "application.applied_at": "applied",
            "main.application.rejected_at": "rejected",
        },
    )
    found = contents(source, "main.application")

    assert [
        ("applied", datetime(2026, 1, 10, 9, 30, tzinfo=UTC), "row:1"),
        ("rejected", datetime(2026, 3, 1, tzinfo=UTC), "row:1"),
        ("applied", datetime(2026, 1, 11, 8, tzinfo=UTC), "row:2"),
    ] == [(each.kind, each.at, each.record) for each in found if isinstance(each, Milestone)]
    assert ["1 values of a milestone are no dates"] == [
        each.detail for each in found if isinstance(each, Skip)
    ]


def test_a_milestone_that_names_no_column_is_refused(people: Path) -> None:
    source = connector(people, milestones={"application.aplied_at": "applied"})

    with pytest.raises(SourceError, match="aplied_at"):
        listed(source)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE person (name TEXT)")
        connection.executemany(
            "INSERT INTO person VALUES (?)", ([f"person {n}"] for n in range(5_000))
        )
    return path


def test_a_sample_is_random_repeatable_and_says_what_it_promises(large: Path) -> None:
    source = connector(large, sample_rows=299)
    found = contents(source, "main.person")
    names = by_label(found)["name"]

    assert 299 == len(set(names))
    assert 1_500 < sum(int(name.split()[1]) for name in names) / 299 < 3_500
    assert found == contents(connector(large, sample_rows=299), "main.person")
    assert [
        Skip(
            SkipReason.SAMPLED,
            "299 of 5000 rows read, chosen at random; a value that stands in 1 row of 100 or "
            "more is seen with 95 % certainty",
        )
    ] == [each for each in found if isinstance(each, Skip)]


def test_full_reads_everything_and_changes_the_fingerprint(large: Path) -> None:
    part, full = connector(large, sample_rows=10), connector(large, sample_rows=10, full=True)

    assert 5_000 == len(by_label(contents(full, "main.person"))["name"])
    assert (
        asset_named(part, "main.person").fingerprint != asset_named(full, "main.person").fingerprint
    )


def test_a_table_of_just_the_sample_is_no_sample(large: Path) -> None:
    found = contents(connector(large, sample_rows=5_000), "main.person")

    assert not any(isinstance(each, Skip) for each in found)


def test_long_cells_come_in_pieces_with_their_row(tmp_path: Path) -> None:
    path = tmp_path / "long.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE note (body TEXT)")
        connection.execute("INSERT INTO note VALUES (?)", ["word " * 100_000])
        connection.execute("INSERT INTO note VALUES (CAST(x'c3' AS TEXT)), (x'ff00')")

    found = contents(connector(path), "main.note")

    pieces = [each for each in found if isinstance(each, Segment) and len(each.text) > 1_000]
    assert len(pieces) > 1
    assert {((0, "row:1"),)} == {each.records for each in pieces}
    assert ["1 values are binary"] == [e.detail for e in found if isinstance(e, Skip)]


def test_any_change_changes_the_fingerprint(people: Path) -> None:
    before = asset_named(connector(people), "main.empty").fingerprint

    with closing(sqlite3.connect(people)) as connection, connection:
        connection.execute("UPDATE applicant SET name = 'Other Exempel' WHERE id = 9001")

    assert before != asset_named(connector(people), "main.empty").fingerprint


def test_files_that_are_no_database_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_text("Aino Esimerkki was here " * 50)
    (tmp_path / "broken.sqlite").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 32)

    for name in ("text.sqlite", "broken.sqlite", "nowhere.sqlite"):
        with pytest.raises(SourceError) as caught:
            listed(connector(tmp_path / name))
        assert "Aino" not in str(caught.value)
    assert not (tmp_path / "nowhere.sqlite").exists()


@pytest.mark.parametrize(
    "url", ["mongodb://x/y", "sqlite://", "no url", f"postgresql://a:{SECRET}@host:port/x"]
)
def test_urls_that_cannot_be_used_are_refused_without_repeating_them(url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Config.model_validate({"id": "x", "url": url})
    assert SECRET not in str(caught.value)


def test_a_relative_file_is_taken_from_the_configuration_s_folder(people: Path) -> None:
    config = Config.model_validate({"id": "hr", "url": f"sqlite:///{people.name}"})
    server = Config.model_validate({"id": "hr", "url": f"postgresql://a:{SECRET}@host/hr"})

    assert listed(database.Database(config.anchored(people.parent), Limits()))
    assert server == server.anchored(people.parent)


def test_milestones_need_table_and_column() -> None:
    with pytest.raises(ValidationError, match=r"table\.column"):
        Config.model_validate({"id": "x", "url": "sqlite:///a", "milestones": {"a": "applied"}})
    with pytest.raises(ConfigError):
        open_source(SourceConfig(id="x", kind="other"), Limits())


def test_the_password_is_nowhere_to_be_seen() -> None:
    url = f"postgresql://anna:{SECRET}@db.example.org:5433/hr?sslpassword={SECRET}"
    config = Config.model_validate({"id": "hr", "url": url})

    assert "postgresql://db.example.org:5433/hr" == config.location()
    assert SECRET not in f"{config!r}{config.source()!r}{connector(url)!r}{config.model_dump()}"


def test_paths_of_odd_names_stay_apart() -> None:
    paths = {Table("a.b", "c", "table", "").path, Table("a", "b.c", "table", "").path}

    assert {'"a.b".c', 'a."b.c"'} == paths


# --- Real material


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "table", "rows"),
    [
        ("db_employee/employee_small.sqlite", "main.employee", 1_000),
        ("db_chinook/Chinook_Sqlite.sqlite", "main.Customer", 59),
    ],
)
def test_real_sqlite_files_are_read_whole(
    shared: Path, tmp_path: Path, path: str, table: str, rows: int
) -> None:
    copy = tmp_path / "real.sqlite"
    shutil.copyfile(shared / path, copy)
    source = connector(copy, full=True)
    label = "last_name" if "employee" in table else "LastName"

    for asset in source.discover(None):
        assert all(not isinstance(each, Skip) for each in source.read(asset)), asset.path
    assert rows == len(by_label(contents(source, table))[label])
