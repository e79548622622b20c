"""The catalog keeps what it is given, in SQLite and in PostgreSQL alike, and no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scanner.catalog import query, records
from scanner.catalog.holdings import asset_holdings
from scanner.catalog.store import Catalog, Run
from scanner.errors import CatalogError
from scanner.locator import Locator
from scanner.model import (
    Asset,
    AssetResult,
    Checkpoint,
    Coverage,
    Examination,
    Flow,
    Identifier,
    Milestone,
    MilestoneKind,
    Sighting,
    Skip,
    SkipReason,
    Source,
    SourceId,
)
from scanner.relations import Link, Position, ReferenceKind, Topic
from scanner.summary import AssetHoldings
from tests.servers import PostgreSQL

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MAIL = Source(SourceId("mail"), "greenhouse", "Mail", "/mail")


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.integration, pytest.mark.enable_socket]),
    ]
)
def catalog(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalog]:
    if request.param == "sqlite":
        with Catalog.open(f"sqlite:///{tmp_path}/catalog.sqlite") as opened:
            yield opened
        return
    server: PostgreSQL = request.getfixturevalue("postgres")
    with server.database() as name, Catalog.open(server.url(name)) as opened:
        yield opened


def result(path: str, fingerprint: str = "1", *, key: str = "k1") -> AssetResult:
    return AssetResult(
        Asset(MAIL.id, path, fingerprint, NOW - timedelta(days=3), 17),
        Coverage.PARTIAL,
        Examination(
            sightings=(Sighting(
                Locator().part("cv.pdf").page(2), "e-mail", "EMAIL_ADDRESS", "contact.email", 3, 2,
                0.95, "generic.email", ("pattern",), ("m•••@•••.fi",), 0.75, 0.3006, 4,
            ),),
            identifiers=(Identifier("EMAIL_ADDRESS", key, "row:1", "subject", parts=("a", "b")),),
            flows=(Flow("x.example", "mail", ("contact.email",), NOW, ("k9",)),),
            milestones=(Milestone(MilestoneKind.TOLD, NOW, "mail", "7", "row:1"),),
            links=(Link(ReferenceKind.IS, "k8", "row:1"),),
            topics=(Topic("part:cv.pdf", ("w1", "#c1"), ("w2",), NOW, ("n1",)),),
            positions=(Position("row:1", "#c1", ("w1",), NOW, None, "open"),),
            skips=(Skip(SkipReason.ENCRYPTED, "a password", Locator.parse("part:a.zip")),),
            characters=99,
        ),
        ("everyone",),
    )  # fmt: skip


def write(catalog: Catalog, *results: AssetResult, again: Run | None = None) -> Run:
    run = again or catalog.begin_run(NOW, "1", "digest")
    catalog.begin_source(run, MAIL)
    catalog.write(run, MAIL.id, results, (), "d", Checkpoint("c"))
    return run


def test_what_is_written_comes_back(catalog: Catalog) -> None:
    run = write(catalog, result("a"))
    catalog.end_source(run, MAIL.id)
    catalog.finish_run(run, NOW)

    found = next(iter(records.asset_sightings(catalog)))
    assert result("a").examination.sightings[0] == found.sighting
    assert ("mail", "a", NOW - timedelta(days=3)) == (found.source, found.asset, found.modified)
    record = next(iter(records.asset_records(catalog)))
    assert result("a").examination.identifiers == record.people
    assert result("a").examination.flows == record.flows
    assert record.readers == ("everyone",)
    row, part = records.record_facts(catalog)
    assert ("row:1", "part:cv.pdf") == (row.record, part.record)
    assert result("a").examination.identifiers == row.people
    assert result("a").examination.links == row.links
    assert result("a").examination.positions == (row.position,)
    assert (MilestoneKind.TOLD, NOW, "7", "a", "row:1") == (
        row.events[0].kind, row.events[0].at, row.events[0].application, row.events[0].asset,
        row.events[0].record,
    )  # fmt: skip
    assert result("a").examination.topics == (
        Topic(part.record, part.words, part.path, part.at, part.names),
    )
    assert result("a").examination.skips[0] == next(records.skipped_assets(catalog)).skip
    category = query.category_summaries(catalog)[0]
    assert (3, 2, "m•••@•••.fi") == (category.count, category.distinct, category.sample)


def test_what_an_asset_holds_is_counted_and_the_organisation_is_not(catalog: Catalog) -> None:
    held = result("a")
    people = tuple(
        Identifier("EMAIL_ADDRESS", key, record, role)
        for key, record, role in (
            ("k1", "row:1", "subject"),
            ("k1", "row:2", "subject"),
            ("k2", "", "sender"),
            ("k3", "", "own"),
        )
    )
    twice = (*held.examination.sightings, *held.examination.sightings)
    examined = replace(held.examination, identifiers=people, sightings=twice)
    empty = replace(result("b"), examination=Examination())
    write(catalog, replace(held, examination=examined), empty)

    assert list(asset_holdings(catalog, ["mail"])) == [
        AssetHoldings(
            "mail",
            "a",
            NOW - timedelta(days=3),
            ("everyone",),
            ("contact.email",),
            (("EMAIL_ADDRESS", 2),),
        )
    ]
    assert list(asset_holdings(catalog, ["another"])) == []


def test_writing_an_asset_again_replaces_it_whole(catalog: Catalog) -> None:
    write(catalog, result("a"), result("a", "2"))

    assert len(list(records.asset_sightings(catalog))) == 1
    assert len(list(records.skipped_assets(catalog))) == 1


def test_a_run_that_was_not_finished_is_resumed_where_it_was(catalog: Catalog) -> None:
    run = write(catalog, result("a"))

    again = catalog.begin_run(NOW, "1", "digest")
    assert (run.id, True) == (again.id, again.resumed)
    assert catalog.begin_source(again, MAIL) == ("c", False)
    other = catalog.begin_run(NOW, "1", "another digest")
    assert other.id != run.id
    assert catalog.begin_source(other, MAIL) == (None, False)


def test_what_a_recruiting_system_no_longer_lists_is_remembered_by_its_hash(
    catalog: Catalog,
) -> None:
    first = write(catalog, result("a"), result("b", key="k2"))
    catalog.end_source(first, MAIL.id)
    catalog.finish_run(first, NOW)

    second = write(catalog, result("a"))
    gone = catalog.end_source(second, MAIL.id)
    assert gone == 1
    assert query.departed_keys(catalog, {"greenhouse"}) == {("EMAIL_ADDRESS", "k2")}


def test_a_source_that_is_not_configured_any_more_is_forgotten(catalog: Catalog) -> None:
    write(catalog, result("a"))
    catalog.keep_only([])

    assert query.source_summaries(catalog) == ()
    assert list(records.asset_records(catalog)) == []


def test_unchanged_needs_the_same_content_and_the_same_detectors(catalog: Catalog) -> None:
    write(catalog, result("a"), result("b"))
    listed = [result("a").asset, result("b", "2").asset, result("c").asset]

    assert catalog.unchanged(MAIL.id, listed, {"d"}) == {"a"}
    assert catalog.unchanged(MAIL.id, listed, {"other"}) == set()


def test_only_one_scan_writes_at_a_time(catalog: Catalog) -> None:
    second = Catalog(catalog.engine)

    with catalog.writing(), pytest.raises(CatalogError, match="another scan"), second.writing():
        pass
    with second.writing():
        pass


@pytest.mark.parametrize(
    "url", ["nonsense", "sqlite:////proc/not/there.sqlite", "postgresql://u:secret@127.0.0.1:1/x"]
)
@pytest.mark.enable_socket
def test_a_catalog_that_cannot_be_opened_says_where_but_no_password(url: str) -> None:
    with pytest.raises(CatalogError) as caught:
        Catalog.open(url)

    assert "secret" not in str(caught.value) + caught.value.hint
    assert caught.value.hint
