"""Servers that accept and fall silent: each costs its own source some seconds, and no other."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from scanner.catalog import opening as catalog_opening
from scanner.catalog.store import Catalog
from scanner.connectors.base import SourceConfig
from scanner.connectors.databases.database import Config as Database
from scanner.connectors.tree.folder import Config as Folder
from scanner.errors import CatalogError
from scanner.model import SourceId
from tests.faults import between
from tests.scanner.scanning import Observed, scan
from tests.servers import PostgreSQL

CONNECT, STATEMENT = 2, 1
pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> SourceConfig:
    root = tmp_path / "share"
    root.mkdir()
    (root / "a.txt").write_text("Aino Esimerkki\n")
    return Folder(id="share", path=root)


def database(url: str) -> SourceConfig:
    return Database(
        id="hr", url=SecretStr(url), connect_seconds=CONNECT, statement_seconds=STATEMENT, full=True
    )


@pytest.fixture(scope="module")
def applicants(postgres: PostgreSQL) -> Iterator[str]:
    """Give the URL of a database with two tables of some hundred kilobytes."""
    with postgres.database(
        "CREATE TABLE a (id integer PRIMARY KEY, note text)",
        "INSERT INTO a SELECT n, repeat('hakija ', 30) FROM generate_series(1, 3000) AS n",
        "CREATE TABLE b AS SELECT * FROM a",
    ) as name:
        yield postgres.url(name)


def timed(catalog: Catalog, *sources: SourceConfig) -> tuple[Observed, float]:
    begin = time.monotonic()
    observed = scan(catalog, *sources)
    return observed, time.monotonic() - begin


def test_a_server_that_accepts_and_says_nothing_ends(
    catalog: Catalog, folder: SourceConfig
) -> None:
    with between() as silent:
        url = f"postgresql://u:p@127.0.0.1:{silent.port}/hr"
        observed, seconds = timed(catalog, database(url), folder)

    assert "cannot be reached" in observed.errors["hr"]
    assert "" == observed.errors["share"]
    assert seconds < 5 * CONNECT


@pytest.mark.integration
@pytest.mark.parametrize("most", [2_000, 20_000, 200_000], ids=["start", "listing", "rows"])
@pytest.mark.parametrize("drip", [None, 1.0], ids=["silent", "dripping"])
def test_a_server_that_falls_silent_ends(
    catalog: Catalog,
    folder: SourceConfig,
    postgres: PostgreSQL,
    applicants: str,
    most: int,
    drip: float | None,
) -> None:
    """It was waited for for ever, whatever its own limits said; a byte a second is no answer."""
    with between(postgres.port, most, drip) as failing:
        url = applicants.replace(f":{postgres.port}/", f":{failing.port}/")
        observed, seconds = timed(catalog, database(url), folder)

    assert observed.errors["hr"]
    assert "" == observed.errors["share"]
    assert seconds < 10 * (CONNECT + STATEMENT)


@pytest.mark.integration
def test_a_server_that_answers_is_read_whole(catalog: Catalog, applicants: str) -> None:
    observed, _ = timed(catalog, database(applicants))

    assert {"hr": ""} == observed.errors
    assert observed.examined >= 2


@pytest.mark.integration
def test_a_catalog_that_falls_silent_is_told(
    postgres: PostgreSQL, folder: SourceConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_opening, "ANSWER_SECONDS", 1.0)
    monkeypatch.setattr(catalog_opening, "CONNECT_SECONDS", 2)
    with postgres.database() as name:
        with Catalog.open(postgres.url(name)):
            pass
        begin = time.monotonic()

        for most in (2_000, 8_000):
            with between(postgres.port, most) as failing:
                url = postgres.url(name).replace(f":{postgres.port}/", f":{failing.port}/")
                with pytest.raises(CatalogError):
                    _use(url)
        assert time.monotonic() - begin < 20


def _use(url: str) -> None:
    with Catalog.open(url) as catalog, catalog.writing():
        for _ in range(100):
            catalog.unchanged(SourceId("share"), (), {"1"})
