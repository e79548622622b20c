"""A real PostgreSQL server: types, partitions, rights, and what goes while it is read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.connectors.databases import database
from scanner.connectors.databases.rows import PAGE_ROWS
from scanner.errors import (
    AccessDenied,
    AuthenticationError,
    Gone,
    RetriableError,
    SourceError,
    TimedOut,
)
from scanner.extract.base import Limits
from scanner.model import Milestone, Skip, SkipReason
from scanner.opening import PAUSES, Session, opening
from scanner.testing import ConnectorLaws, Factory, Lose
from tests.scanner.connectors.databases import (
    SECRET,
    asset_named,
    by_label,
    configured,
    connector,
    contents,
    listed,
)
from tests.servers import PostgreSQL


@pytest.fixture
def applicants(postgres: PostgreSQL, socket_enabled: None) -> Iterator[str]:
    """Give the URL of a fresh database for a user who may only read, and not everything."""
    postgres.psql("postgres", "DROP DATABASE IF EXISTS hr WITH (FORCE)")
    postgres.psql("postgres", "DROP ROLE IF EXISTS auditor")
    postgres.psql(
        "postgres",
        f"CREATE ROLE auditor LOGIN PASSWORD '{SECRET}'",
        "CREATE DATABASE hr",
    )
    postgres.psql("hr", POSTGRES_PEOPLE)
    yield postgres.url("hr", "auditor", SECRET)
    postgres.psql("postgres", "DROP DATABASE hr WITH (FORCE)")


POSTGRES_PEOPLE = """
CREATE TYPE stage AS ENUM ('open', 'closed');
CREATE TABLE applicant (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text, born date, profile jsonb,
    emails text[], photo bytea, stage stage, salary numeric(9, 2), applied_at timestamptz
);
INSERT INTO applicant (name, born, profile, emails, photo, stage, salary, applied_at) VALUES
    ('Aino Esimerkki', '1990-02-28', '{"city": "Turku"}', '{aino@example.com}', 'x', 'open', 4100,
     '2026-01-10 09:30:00+02'),
    ('Bertil Provsson', 'infinity', NULL, NULL, NULL, 'closed', NULL, '4713-01-01 BC');
CREATE TABLE event (day date, number integer, note text, PRIMARY KEY (number, note));
INSERT INTO event SELECT '2026-01-01', n / 7, 'note ' || n FROM generate_series(1, 2500) AS n;
CREATE TABLE secret (name text);
INSERT INTO secret VALUES ('Cecilie Prove');
CREATE TABLE measured (at date, name text) PARTITION BY RANGE (at);
CREATE TABLE measured_2026 PARTITION OF measured FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO measured VALUES ('2026-05-05', 'Doris Exempel');
CREATE SCHEMA archive;
CREATE TABLE archive.old (name text);
CREATE VIEW recent AS SELECT name FROM applicant;
CREATE MATERIALIZED VIEW snapshot AS SELECT name FROM applicant;
GRANT USAGE ON SCHEMA archive TO auditor;
GRANT SELECT ON ALL TABLES IN SCHEMA public, archive TO auditor;
REVOKE SELECT ON secret FROM auditor;
ANALYZE;
"""


@pytest.mark.integration
class TestPostgreSQL(ConnectorLaws):
    """A real server, as a user who may only read."""

    @pytest.fixture
    def connector_factory(self, applicants: str) -> Factory:
        return lambda: connector(applicants, milestones={"applicant.applied_at": "applied"})

    @pytest.fixture
    def secrets(self) -> tuple[str, ...]:
        return (SECRET,)

    @pytest.fixture
    def break_one(self, postgres: PostgreSQL) -> Callable[[], str]:
        def damage() -> str:
            postgres.psql("hr", "DROP TABLE archive.old")
            return "archive.old"

        return damage

    @pytest.fixture
    def lose_connection(self, postgres: PostgreSQL) -> Lose:
        """End every connection, and take no other as long as the context lasts."""

        @contextmanager
        def cut() -> Iterator[None]:
            postgres.psql(
                "postgres",
                "ALTER DATABASE hr ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'hr'",
            )
            try:
                yield
            finally:
                postgres.psql("postgres", "ALTER DATABASE hr ALLOW_CONNECTIONS true")

        return cut

    @pytest.fixture
    def snapshot(self, postgres: PostgreSQL) -> Callable[[], object]:
        return lambda: postgres.psql(
            "hr", "SELECT pg_class.relname, relfilenode, n_tup_ins, n_tup_upd FROM pg_class"
            " JOIN pg_stat_user_tables ON relid = pg_class.oid ORDER BY 1"
        )  # fmt: skip


@pytest.mark.integration
def test_postgres_types_become_text(applicants: str) -> None:
    source = connector(applicants, milestones={"applicant.applied_at": "applied"})
    found = contents(source, "public.applicant")
    labels = by_label(found)

    assert ["1990-02-28", "infinity"] == sorted(labels["born"])
    assert ['{"city": "Turku"}'] == labels["profile"]
    assert ["{aino@example.com}"] == labels["emails"]
    assert ["4100.00"] == labels["salary"]
    assert "photo" not in labels
    assert [datetime(2026, 1, 10, 7, 30, tzinfo=UTC)] == [
        each.at for each in found if isinstance(each, Milestone)
    ]
    assert {SkipReason.UNSUPPORTED, SkipReason.UNREADABLE} == {
        each.reason for each in found if isinstance(each, Skip)
    }


@pytest.mark.integration
def test_postgres_lists_partitions_once_and_views_on_demand(applicants: str) -> None:
    expected = [
        "archive.old",
        "public.applicant",
        "public.event",
        "public.measured",
        "public.secret",
        "public.snapshot",
    ]

    assert expected == listed(connector(applicants))
    assert ["Doris Exempel"] == by_label(contents(connector(applicants), "public.measured"))["name"]
    assert "public.recent" in listed(connector(applicants, views=True))
    assert ["archive.old"] == listed(connector(applicants, schemas=["archive"]))


@pytest.mark.integration
def test_paging_reads_each_row_once(applicants: str) -> None:
    notes = by_label(contents(connector(applicants), "public.event"))["note"]

    assert len(notes) > 2 * PAGE_ROWS
    assert sorted(f"note {n}" for n in range(1, 2501)) == sorted(notes)


@pytest.mark.integration
def test_postgres_samples_on_its_side(applicants: str) -> None:
    found = contents(connector(applicants, sample_rows=500), "public.event")
    (skip,) = [each for each in found if isinstance(each, Skip)]

    assert 350 < len(by_label(found)["note"]) < 650
    assert "of about 2500 rows read, chosen at random" in skip.detail


@pytest.mark.integration
def test_one_forbidden_table_does_not_stop_the_others(applicants: str) -> None:
    source = connector(applicants)

    with pytest.raises(AccessDenied):
        contents(source, "public.secret")
    assert contents(source, "public.snapshot")


@pytest.mark.integration
@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO applicant (name) VALUES ('New')",
        "UPDATE applicant SET name = 'Changed' WHERE salary IS NOT NULL",
        "DELETE FROM applicant WHERE salary IS NULL",
        "TRUNCATE applicant",
        "ALTER TABLE applicant ADD COLUMN note text DEFAULT 'the same for all'",
    ],
)
def test_every_change_changes_the_postgres_fingerprint(
    applicants: str, postgres: PostgreSQL, change: str
) -> None:
    postgres.psql("hr", "SELECT pg_stat_force_next_flush()")
    source = connector(applicants)
    before = asset_named(source, "public.applicant").fingerprint
    other = asset_named(source, "public.event").fingerprint

    postgres.psql("hr", change)

    assert before != asset_named(source, "public.applicant").fingerprint
    assert other == asset_named(source, "public.event").fingerprint


@pytest.mark.integration
def test_the_transaction_cannot_write_and_is_cut_short(applicants: str) -> None:
    source = connector(applicants, statement_seconds=1)
    assert isinstance(source, database.Database)

    with pytest.raises(SourceError), source._connected() as connection:
        connection.exec_driver_sql("CREATE TABLE archive.mine (x int)")
    with pytest.raises(TimedOut), source._connected("a table") as connection:
        connection.exec_driver_sql("SELECT pg_sleep(5)")


@pytest.mark.integration
def test_wrong_passwords_and_names_are_told_apart(applicants: str) -> None:
    wrong = applicants.replace(SECRET, "invented-other")
    nowhere = applicants.replace("/hr", "/nowhere")

    with pytest.raises(AuthenticationError) as refused:
        listed(connector(wrong))
    with pytest.raises(SourceError, match="no such database") as missing:
        listed(connector(nowhere))
    assert "invented" not in f"{refused.value}{missing.value}"


def test_a_server_that_is_not_there_is_tried_again(socket_enabled: None) -> None:
    nowhere = configured(f"postgres://anna:{SECRET}@127.0.0.1:1/hr")
    slept: list[float] = []

    with (
        Session(opening(nowhere, Limits()), sleep=slept.append) as session,
        pytest.raises(RetriableError, match="cannot be reached"),
    ):
        list(session.listed(None))
    assert [*PAUSES] == slept


@pytest.mark.integration
def test_a_table_that_went_is_gone(applicants: str, postgres: PostgreSQL) -> None:
    source = connector(applicants)
    asset = asset_named(source, "archive.old")
    postgres.psql("hr", "DROP TABLE archive.old")

    with pytest.raises(Gone):
        list(source.read(asset))


@pytest.mark.shared
@pytest.mark.integration
def test_real_postgres_dumps_are_read_whole(
    shared: Path, applicants: str, postgres: PostgreSQL
) -> None:
    dump = (shared / "db_chinook" / "Chinook_PostgreSql.sql").read_text(encoding="utf-8-sig")
    tables = dump[dump.index("\\c chinook;") + len("\\c chinook;") :]
    small = shared / "db_employee" / "postgres_small"
    schema = [
        line for line in (small / "employee.sql").read_text().splitlines() if line[:1] != "\\"
    ]
    loads = [each.read_text() for each in sorted(small.glob("load_*.sql"))]
    loads.sort(
        key=lambda text: not text.startswith(("INSERT INTO department", "INSERT INTO employee"))
    )
    postgres.psql("postgres", "CREATE DATABASE real")
    try:
        script = f"SET search_path TO chinook;\n{tables}"
        postgres.psql("real", "CREATE SCHEMA chinook", script)
        postgres.psql("real", "\n".join(schema))
        for load in loads:
            postgres.psql("real", load)
        source = connector(postgres.url("real"), full=True)

        people = by_label(contents(source, "chinook.customer"))

        assert 59 == len(people["last_name"])
        assert 1_000 == len(by_label(contents(source, "public.employee"))["last_name"])
    finally:
        postgres.psql("postgres", "DROP DATABASE real WITH (FORCE)")
