"""A catalog that an earlier version made is brought to this one, and nothing in it is lost.

`catalogs/version-3.*.sql` are dumps of real catalogs: two scans of an invented company's mailbox
and recruiting system by the tool of version 3; before the second scan a candidate was deleted.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from packaging.version import parse
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import make_url

from kartta.version import __version__
from scanner.catalog import migrate, query, records, schema
from scanner.catalog.store import Catalog
from scanner.connectors.mail.maildir import Config as Maildir
from scanner.engine import Plan, run_scan
from scanner.errors import CatalogError
from scanner.examine import Examiner
from scanner.extract.base import Limits
from scanner.model import Content, Examination, MilestoneKind, NamedPerson, SkipReason
from scanner.pool import InProcess
from tests.scanner.old_catalogs import engine_of, rows
from tests.servers import PostgreSQL

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 11, 23, tzinfo=UTC)
RENAMED = {"findings": "sightings"}
ADDED = {"sightings": 1, "identifiers": 2, "departed": 1}
"""Columns that came later, behind the others; empty in what was there before."""
NEW = {"digests", "links", "topics", "positions", "judgements", "standing"}
"""Tables that came later, and are empty."""
KEPT = Counter(
    runs=2, sources=2, assets=10, sightings=69, identifiers=49, named=5, flows=4, milestones=15,
    skips=1, departed=6, meta=2,
)  # fmt: skip
MIDDLE = {"sqlite": "ix_sightings_asset_id", "postgresql": "ALTER SEQUENCE"}
"""What a statement in the middle of the migration holds."""


@pytest.fixture
def fresh(old: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the URL of an empty database of the same kind."""
    if old.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/fresh.sqlite"
        return
    server: PostgreSQL = request.getfixturevalue("postgres")
    with server.database() as name:
        yield server.url(name)


def structure(url: str) -> list[tuple[Any, ...]]:
    """Every table, column, key, index, constraint and sequence, by its name."""
    engine = engine_of(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            statement = "SELECT type, name, replace(sql, '\"', '') FROM sqlite_master"
        else:
            statement = """
                SELECT 'class', c.relkind::text, c.relname, '' FROM pg_class c
                WHERE relnamespace = 'public'::regnamespace
                UNION ALL SELECT 'constraint', contype::text, conname, pg_get_constraintdef(oid)
                FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                UNION ALL SELECT 'index', '', indexname, indexdef FROM pg_indexes
                WHERE schemaname = 'public'
                UNION ALL SELECT 'column', table_name, column_name, concat_ws(' ', data_type,
                character_maximum_length, is_nullable, column_default, ordinal_position)
                FROM information_schema.columns WHERE table_schema = 'public'"""
        found = sorted((tuple(row) for row in connection.execute(text(statement))), key=repr)
    engine.dispose()
    return found


def test_nothing_is_lost(old: str) -> None:
    before = rows(old)
    del before["meta"]

    Catalog.open(old).engine.dispose()

    after = rows(old)
    expected = {RENAMED.get(name, name): content for name, content in before.items()}
    assert {
        name: [row + (None,) * ADDED.get(name, 0) for row in content]
        for name, content in expected.items()
    } == {name: content for name, content in after.items() if name not in {"meta", *NEW}}
    assert Counter({name: len(content) for name, content in after.items()}) == KEPT
    assert sorted(after["meta"]) == [("tool", schema.TOOL), ("version", str(schema.VERSION))]


def test_what_was_remembered_is_still_known(old: str) -> None:
    with Catalog.open(old, create=False) as catalog:
        assert {entity for entity, _ in query.departed_keys(catalog, {"greenhouse"})} >= {
            "EMAIL_ADDRESS",
            "PERSON",
        }
        told = [
            event
            for record in records.record_facts(catalog)
            for event in record.events
            if event.kind is MilestoneKind.TOLD
        ]
        assert told
        (skip,) = records.skipped_assets(catalog)
        assert (SkipReason.UNREADABLE, "part:cv.zip") == (skip.skip.reason, str(skip.skip.locator))
        assert sum(1 for _ in records.asset_sightings(catalog)) == KEPT["sightings"]
        run = query.last_run(catalog)
        assert run is not None
        assert run.id == KEPT["runs"]


def test_a_migrated_catalog_equals_a_fresh_one(old: str, fresh: str) -> None:
    Catalog.open(old).engine.dispose()
    Catalog.open(fresh).engine.dispose()

    assert structure(fresh) == structure(old)
    assert sorted(rows(fresh)["meta"]) == sorted(rows(old)["meta"])


def test_the_steps_from_nothing_make_the_tables_of_the_schema(old: str, fresh: str) -> None:
    engine = engine_of(fresh)
    with engine.begin() as connection:
        migrate.upgrade(connection)
        assert compare_metadata(_compared(connection), schema.metadata) == []
    engine.dispose()
    Catalog.open(old).engine.dispose()

    assert structure(old) == structure(fresh)


def _compared(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )


def test_the_newest_step_is_the_version_of_the_schema() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    steps = ScriptDirectory.from_config(config)

    assert [str(schema.VERSION)] == steps.get_heads()
    assert str(migrate.OLDEST) == steps.get_base()
    assert parse(schema.TOOL) <= parse(__version__)


def test_an_error_in_the_middle_leaves_the_old_catalog_whole(old: str) -> None:
    before, shape = rows(old), structure(old)

    def fail(*arguments: Any) -> None:  # noqa: ANN401 - as SQLAlchemy calls it
        if MIDDLE[make_url(old).get_backend_name()] in arguments[2]:
            raise OSError

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(CatalogError, match="it is as it was"):
            Catalog.open(old)
    finally:
        event.remove(Engine, "before_cursor_execute", fail)

    assert (before, shape) == (rows(old), structure(old))
    with Catalog.open(old) as catalog:
        assert sum(1 for _ in records.asset_sightings(catalog)) == KEPT["sightings"]


def test_a_kill_in_the_middle_leaves_the_old_catalog_whole(old: str) -> None:
    before, shape = rows(old), structure(old)
    middle = MIDDLE[make_url(old).get_backend_name()]
    code = (
        "import os, sys\n"
        "from sqlalchemy import Engine, event\n"
        "from scanner.catalog.store import Catalog\n"
        "def kill(*arguments):\n"
        "    if sys.argv[2] in arguments[2]: os.kill(os.getpid(), 9)\n"
        "event.listen(Engine, 'after_cursor_execute', kill)\n"
        "Catalog.open(sys.argv[1])\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, old, middle],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert -signal.SIGKILL == done.returncode, done.stderr
    assert (before, shape) == (rows(old), structure(old))
    with Catalog.open(old) as catalog:
        assert sum(1 for _ in records.asset_sightings(catalog)) == KEPT["sightings"]


@dataclass(frozen=True)
class EarlierDetectors:
    """Has the digest of the detectors that saw what is in the catalog; finds nothing itself."""

    digest: str = "900e6e077a6b908ec90ddda233894cac"

    def build(self) -> Examiner:
        return self

    def know(self, people: Sequence[NamedPerson]) -> None:
        pass

    def examine(self, contents: Iterable[Content], name: str = "") -> Examination:
        return Examination()


class Recorder:
    """Counts what is read and what is not."""

    def __init__(self) -> None:
        self.examined = self.unchanged = 0

    def source_started(self, name: str) -> None:
        pass

    def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
        self.examined += examined + skipped
        self.unchanged += unchanged

    def source_ended(self, name: str, error: str) -> None:
        assert not error


def test_the_next_scan_reads_once_more_and_forgets_no_deletion(old: str, tmp_path: Path) -> None:
    """Fingerprints say more than those of version 3: what is in them is read again, once."""
    with Catalog.open(old) as catalog:
        with catalog.transaction() as connection:
            messages = connection.execute(
                text("SELECT path, size FROM assets WHERE source_id = 'mailbox'")
            ).all()
        for folder in ("cur", "new", "tmp"):
            (tmp_path / "mailbox" / folder).mkdir(parents=True)
        for message in messages:
            (tmp_path / "mailbox" / "cur" / f"{message.path}:2,S").write_bytes(bytes(message.size))
        (tmp_path / "mailbox" / "new" / "1764000009.M9P1.example").write_text("\n")
        source = Maildir.model_validate({"id": "mailbox", "path": tmp_path / "mailbox"})
        plan = Plan((source,), EarlierDetectors(), Limits(), b"k" * 32, "1", whole=False)
        before = query.departed_keys(catalog, {"greenhouse"})

        first, second = Recorder(), Recorder()
        for recorder in (first, second):
            catalog.finish_run(run_scan(plan, catalog, InProcess(), recorder, NOW), NOW)

        assert (len(messages) + 1, 0) == (first.examined, first.unchanged)
        assert (0, len(messages) + 1) == (second.examined, second.unchanged)
        assert before == query.departed_keys(catalog, {"greenhouse"}) != frozenset()
