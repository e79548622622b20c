"""An audit of many sightings loads what it shows and nothing else, and never holds them all."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, text

from kartta.audit import Audit
from kartta.spool import Spool
from reports import order
from ropa.declared import load_register
from rules.load import load_packs
from scanner.catalog import records
from scanner.catalog.store import Catalog

ROOT = Path(__file__).parent.parent
REGISTER = ROOT / "demo" / "declared" / "register.yaml"
TODAY = date(2026, 11, 22)
FEW, MANY, MILLION = 100, 2_500, 50_000
EACH = 20
"""Sightings of one asset."""
MORE = 64 * 1024
"""KiB of memory that a million sightings, and so any fewer, may take more than two thousand do."""

_NUMBERS = """
    CREATE TEMP TABLE numbers AS
    WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :most)
    SELECT n FROM counted"""
_ASSETS = """
    INSERT INTO assets (source_id, path, fingerprint, detectors, modified, size, readers, coverage,
                        characters, run_id)
    SELECT 'share-hr', 'people/' || n || '.txt', '1', 'd', '2024-01-01', 9, '["everyone"]',
           'partial', 9, 1 FROM numbers"""
_SIGHTINGS = """
    INSERT INTO sightings (asset_id, locator, label, entity, category, count, "distinct",
                           confidence, recognizer, evidence, samples)
    SELECT assets.id, '["page\\:' || n || '"]', '', 'HEALTH', 'special.health', 3, 2, 0.9, 'x.y',
           '["pattern"]', '["d•••"]' FROM assets JOIN numbers ON n <= :each"""
_FIRST = (
    "INSERT INTO runs VALUES (1, '2026-11-22', NULL, '1', 'd')",
    "INSERT INTO sources VALUES ('share-hr', 'folder', 'Share', '/x', 1, '', 1, '')",
)
_OTHERS = (
    """INSERT INTO flows (asset_id, domain, channel, categories, at, addresses)
    SELECT id, 'x.example', 'mail', '["special.health"]', '2026-01-01', '[]' FROM assets""",
    """INSERT INTO skips (asset_id, reason, detail, locator)
    SELECT id, 'unreadable', 'cut short', '[]' FROM assets""",
    """INSERT INTO milestones (asset_id, kind, at, evidence, application, record)
    SELECT id, 'applied', '2024-01-01', 'a date', '', 'row\\:1' FROM assets WHERE id < 500""",
    """INSERT INTO identifiers (asset_id, entity, key, record, role)
    SELECT id, 'EMAIL_ADDRESS', 'k' || id, 'row\\:1', 'subject' FROM assets WHERE id < 500""",
)


@dataclass(frozen=True)
class Many:
    """A catalog of so many assets."""

    assets: int
    catalog: Path


def fill(file: Path, assets: int) -> Path:
    """Make a catalog of so many assets, each with sightings, a skip, a flow and a violation."""
    with Catalog.open(f"sqlite:///{file}") as catalog, catalog.transaction() as connection:
        for statement in (*_FIRST, _NUMBERS, _ASSETS, _SIGHTINGS, *_OTHERS):
            values = {"most": assets, "each": EACH}
            connection.execute(text(statement), values)
    return file


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("few") / "catalog.sqlite", FEW)


@pytest.fixture(
    scope="module",
    params=[pytest.param(MANY, id="fifty-thousand"), pytest.param(MILLION, marks=pytest.mark.soak)],
)
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Many:
    number: int = request.param
    return Many(number, fill(tmp_path_factory.mktemp("many") / "catalog.sqlite", number))


def memory(catalog: Path, report: Path) -> int:
    """Give the most memory in KiB that `kartta report` takes."""
    (report.parent / "kartta.yaml").write_text(f"register: {REGISTER}\nsources: []\n")
    code = (
        "import resource, sys\n"
        "from kartta import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "report", "-o", str(report), "--catalog", str(catalog),
         "--today", str(TODAY)],
        cwd=report.parent, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["html", "sarif", "csv", "json", "xlsx"])
def test_many_sightings_take_little_more_memory_than_few(
    few: Path, many: Many, tmp_path: Path, suffix: str
) -> None:
    little = memory(few, tmp_path / f"few.{suffix}")
    much = memory(many.catalog, tmp_path / f"many.{suffix}")

    assert much - little < (MORE if many.assets == MILLION else MORE // 4)
    if suffix == "csv":
        assert many.assets == (tmp_path / "many.csv").read_text("utf-8").count("SEC-01,violated")
    if suffix == "json":
        with (tmp_path / "many.json").open(encoding="utf-8") as lines:
            assert many.assets * EACH == sum('"recognizer"' in line for line in lines)


@dataclass
class Statements:
    """The statements that read each table."""

    sql: list[str]

    def on(self, table: str) -> int:
        return sum(bool(re.search(rf"\b(FROM|JOIN) {table}\b", each)) for each in self.sql)


@contextmanager
def counted(catalog: Catalog) -> Iterator[Statements]:
    seen = Statements([])

    def note(*arguments: object) -> None:
        seen.sql.append(str(arguments[2]))

    event.listen(catalog.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(catalog.engine, "before_cursor_execute", note)


@contextmanager
def audited(file: Path) -> Iterator[tuple[Audit, Statements]]:
    register, rules = load_register(REGISTER), load_packs(())
    with (
        Catalog.open(f"sqlite:///{file}", create=False) as catalog,
        counted(catalog) as statements,
        Audit(catalog, register, rules, (), TODAY) as audit,
    ):
        yield audit, statements


def test_the_graph_reads_sums_of_sightings_and_nothing_of_skips(few: Path) -> None:
    with audited(few) as (audit, statements):
        assert audit.graph.nodes

        # The number of each source, the sums by category, and the example of each sum and flow.
        examples = len(audit.categories) + len(audit.flows)
        # And once the documents among them, which say who has applied.
        assert 3 + examples == statements.on("sightings")
        assert examples < FEW
        assert 0 == statements.on("skips")
        assert 1 == statements.on("flows")


def test_an_audit_that_nobody_asks_reads_only_the_run_and_its_key(few: Path) -> None:
    with audited(few) as (_, statements):
        assert 2 == len(statements.sql)


def test_coverage_reads_no_sighting(few: Path) -> None:
    """It counted all of them, to show none."""
    from kartta.cli.coverage import ledger  # noqa: PLC0415

    with Catalog.open(f"sqlite:///{few}") as catalog, counted(catalog) as statements:
        sources, skips = ledger(catalog)

        assert FEW == sum(1 for _ in skips)
        assert FEW == sources[0].partial
        assert 0 == statements.on("sightings")


def test_records_take_no_query_each(few: Path) -> None:
    """There was one for each record: a table of ten thousand rows took ten thousand."""
    with Catalog.open(f"sqlite:///{few}") as catalog, counted(catalog) as statements:
        found = list(records.record_facts(catalog))

    assert FEW == len(found)
    assert [("EMAIL_ADDRESS", "k1")] == [(each.entity, each.key) for each in found[0].people]
    assert len(statements.sql) <= 16


def test_streams_come_in_the_order_of_reports_and_can_be_read_again(few: Path) -> None:
    with audited(few) as (audit, _):
        for stream, key in (
            (audit.violations, order.of_violation),
            (audit.skips, order.of_skip),
            (audit.sightings, order.of_sighting),
        ):
            first = list(stream)
            assert first == sorted(first, key=key)  # type: ignore[arg-type]  # each has its own
            assert first == list(stream)
        assert FEW * EACH == sum(1 for _ in audit.sightings)
        assert len(audit.violations) == len(list(audit.violations)) > FEW


@pytest.mark.parametrize("number", [0, 1, 7, 8, 1_000])
def test_a_spool_gives_what_sorting_gives(number: int) -> None:
    chance = random.Random(number)  # noqa: S311 - no secret
    entries = [(chance.randrange(9), json.dumps(n)) for n in range(number)]

    with Spool(iter(entries), lambda entry: entry[0], most=7) as spool:
        assert sorted(entries, key=lambda entry: entry[0]) == list(spool)
        # Two readers do not disturb each other.
        assert list(spool) == [left for left, right in zip(spool, spool, strict=True)]
        assert number == len(spool)
