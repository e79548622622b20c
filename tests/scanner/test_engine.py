"""The loop: nothing is lost, nothing is repeated in vain, one bad asset stops nothing."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from detectors.base import DetectorSettings
from detectors.examiner import Detectors
from scanner.catalog import query, records
from scanner.catalog.store import Catalog
from scanner.connectors.base import SourceConfig
from scanner.connectors.registry import config_model
from scanner.engine import Plan, run_scan
from scanner.extract.base import Limits
from scanner.model import Coverage, SkipReason
from scanner.pool import InProcess, Processes, Workers

PLUGINS = Path(__file__).parent.parent / "plugins"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEY = b"k" * 32
EXAMINER = Detectors(DetectorSettings(), "1", KEY)

Scan = Callable[..., None]


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Callable[..., SourceConfig]:
    """Give a maker of configurations of the misbehaving plug-in."""
    monkeypatch.syspath_prepend(str(PLUGINS))

    def make(*assets: str, **values: Any) -> SourceConfig:  # noqa: ANN401
        return config_model("hostile").model_validate(
            {"id": "bad", "kind": "hostile", "assets": assets, **values}
        )

    return make


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}") as opened:
        yield opened


class Recorder:
    """Counts what the engine tells."""

    def __init__(self) -> None:
        self.examined = self.unchanged = self.skipped = 0
        self.errors: list[str] = []

    def source_started(self, name: str) -> None:
        pass

    def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
        self.examined += examined
        self.unchanged += unchanged
        self.skipped += skipped

    def source_ended(self, name: str, error: str) -> None:
        self.errors.append(error)


def scan(
    catalog: Catalog,
    source: SourceConfig,
    workers: Workers | None = None,
    *,
    full: bool = False,
    limits: Limits | None = None,
) -> Recorder:
    plan = Plan((source,), EXAMINER, limits or Limits(), KEY, "1", full=full)
    recorder = Recorder()
    run = run_scan(plan, catalog, workers or InProcess(), recorder, NOW)
    catalog.finish_run(run, NOW)
    return recorder


def reasons(catalog: Catalog) -> dict[str, SkipReason]:
    return {entry.asset: entry.skip.reason for entry in records.skipped_assets(catalog)}


def test_an_asset_that_breaks_is_recorded_and_the_others_are_examined(
    catalog: Catalog, hostile: Callable[..., SourceConfig]
) -> None:
    scan(catalog, hostile("ok", "broken", "surprising", "ok"))

    summary = query.source_summaries(catalog)[0]
    assert (4, 2, 2, 0) == (summary.assets, summary.examined, summary.partial, summary.skipped)
    assert reasons(catalog) == {
        "1-broken": SkipReason.UNREADABLE,
        "2-surprising": SkipReason.CRASHED,
    }
    # What was read before the break counts: the address stands in the first segment of all four.
    assert {sighting.asset for sighting in records.asset_sightings(catalog)} == {
        "0-ok", "1-broken", "2-surprising", "3-ok",
    }  # fmt: skip


@pytest.mark.slow
def test_an_asset_that_kills_or_blocks_its_worker_stops_nothing(
    catalog: Catalog, hostile: Callable[..., SourceConfig]
) -> None:
    source = hostile("ok", "crash", "stuck", "slow", "hungry", "ok")
    limits = Limits(seconds=2.0, wall_seconds=4.0)
    with Processes(2) as workers:
        scan(catalog, source, workers, limits=limits)

    assert reasons(catalog) == {
        "1-crash": SkipReason.CRASHED,
        "2-stuck": SkipReason.TIMEOUT,
        "3-slow": SkipReason.TIMEOUT,
        "4-hungry": SkipReason.MEMORY,
    }
    whole = {f.asset for f in records.asset_sightings(catalog)}
    assert {"0-ok", "5-ok"} <= whole


def test_workers_and_one_process_find_the_same(
    tmp_path: Path, hostile: Callable[..., SourceConfig]
) -> None:
    source = hostile(*["ok"] * 150, "broken", *["ok"] * 10)
    seen = []
    for name, workers in (("one", None), ("two", Processes(2))):
        with Catalog.open(f"sqlite:///{tmp_path / name}.sqlite") as catalog:
            if workers is None:
                scan(catalog, source)
            else:
                with workers:
                    scan(catalog, source, workers)
            seen.append(
                (
                    sorted(map(repr, records.asset_sightings(catalog))),
                    list(records.skipped_assets(catalog)),
                    sorted(map(repr, records.asset_records(catalog))),
                )
            )

    assert seen[0] == seen[1]


def test_unchanged_assets_are_not_read_twice(
    catalog: Catalog, hostile: Callable[..., SourceConfig]
) -> None:
    scan(catalog, hostile("ok", "ok"))

    again = scan(catalog, hostile("ok", "ok"))
    assert (0, 2) == (again.examined, again.unchanged)
    changed = scan(catalog, hostile("ok", "ok", version="2"))
    assert (2, 0) == (changed.examined, changed.unchanged)
    full = scan(catalog, hostile("ok", "ok", version="2"), full=True)
    assert (2, 0) == (full.examined, full.unchanged)


def test_what_is_gone_is_forgotten(catalog: Catalog, hostile: Callable[..., SourceConfig]) -> None:
    scan(catalog, hostile("ok", "ok", "ok"))

    scan(catalog, hostile("ok"))
    assert [summary.assets for summary in query.source_summaries(catalog)] == [1]
    assert len(list(records.asset_sightings(catalog))) == 1


def test_an_interrupted_scan_goes_on_where_it_was(
    catalog: Catalog, hostile: Callable[..., SourceConfig]
) -> None:
    source = hostile(*["ok"] * 200)
    plan = Plan((source,), EXAMINER, Limits(), KEY, "1")

    class Stop(Exception):  # noqa: N818
        pass

    class Breaks(Recorder):
        def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
            super().assets_done(examined, unchanged, skipped)
            if self.examined >= 100:
                raise Stop

    with pytest.raises(Stop):
        run_scan(plan, catalog, InProcess(), Breaks(), NOW)
    done = query.source_summaries(catalog)[0].assets
    rest = Recorder()
    run = run_scan(plan, catalog, InProcess(), rest, NOW)

    assert run.resumed
    assert 200 - done == rest.examined
    assert query.source_summaries(catalog)[0].assets == 200
    assert all(s.coverage is not Coverage.SKIPPED for s in records.skipped_assets(catalog))


@pytest.mark.parametrize(
    ("values", "told", "seen"),
    [
        ({"assets": ["ok", "torn", "ok"]}, "listing broke off unexpectedly after '0-ok'", 1),
        ({"assets": ["ok"], "fails": ["opening"]}, "opening broke off unexpectedly", 0),
        ({"assets": ["ok"], "fails": ["pickling"]}, "its configuration to a worker broke off", 0),
        ({"assets": ["ok"], "fails": ["readers"]}, "asking who can read an asset broke off", 0),
    ],
)
def test_a_driver_that_raises_what_it_likes_is_one_error_of_its_source(
    catalog: Catalog,
    hostile: Callable[..., SourceConfig],
    tmp_path: Path,
    values: dict[str, Any],
    told: str,
    seen: int,
) -> None:
    """A `TypeError` of a driver ended the whole scan, and the sources after it were not read."""
    (tmp_path / "a.txt").write_text("anna.laine@example.fi")
    after = config_model("folder").model_validate(
        {"id": "files", "kind": "folder", "path": str(tmp_path / "a.txt")}
    )
    plan = Plan((hostile(**values), after), EXAMINER, Limits(), KEY, "1")
    recorder = Recorder()

    run_scan(plan, catalog, InProcess(), recorder, NOW)

    bad, files = query.source_summaries(catalog)
    assert ("bad", seen, "") == (bad.source.id, bad.assets, files.error)
    assert told in bad.error
    assert "(TypeError)" in bad.error
    assert "planted-marker" not in bad.error
    assert [bad.error, ""] == recorder.errors
    assert 1 == files.examined


def test_a_source_that_cannot_say_where_it_is_is_scanned(
    catalog: Catalog, hostile: Callable[..., SourceConfig]
) -> None:
    scan(catalog, hostile("ok", fails=["location"]))

    (summary,) = query.source_summaries(catalog)
    assert ("", "", 1) == (summary.error, summary.source.location, summary.examined)


def everything(catalog: Catalog) -> list[object]:
    return [
        [(summary.assets, summary.examined, summary.error)
         for summary in query.source_summaries(catalog)],
        sorted(map(repr, records.asset_sightings(catalog))),
        list(records.skipped_assets(catalog)),
        sorted(map(repr, records.asset_records(catalog))),
    ]  # fmt: skip


def test_a_lost_connection_loses_and_repeats_nothing(
    tmp_path: Path, hostile: Callable[..., SourceConfig]
) -> None:
    """In the middle of a listing and of an asset, in this process and in workers."""
    assets = [*["ok"] * 70, "dropped", "flaky", *["ok"] * 70, "flaky", "dropped", "dropped"]
    found = []
    for name in ("steady", "one", "two"):
        state = tmp_path / name
        state.mkdir()
        source = hostile(*assets, state=str(state))
        if name == "steady":
            for index, asset in enumerate(assets):
                (state / f"{'listing' if asset == 'dropped' else 'reading'} {index}").touch()
        plan = Plan((source,), EXAMINER, Limits(), KEY, "1", pauses=(0.0,))
        with (
            Catalog.open(f"sqlite:///{tmp_path / name}.sqlite") as catalog,
            nullcontext(InProcess()) if name != "two" else Processes(2) as workers,
        ):
            run_scan(plan, catalog, workers, Recorder(), NOW)
            found.append(everything(catalog))
        if name != "steady":
            assert 5 == len(list(state.iterdir()))

    assert found[0] == found[1] == found[2]


def test_a_source_that_fails_is_recorded_and_keeps_what_was_found_before(
    catalog: Catalog, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text("anna.laine@example.fi")
    config = config_model("folder").model_validate(
        {"id": "files", "kind": "folder", "path": str(folder)}
    )
    scan(catalog, config)
    (folder / "a.txt").unlink()
    folder.rmdir()

    recorder = scan(catalog, config)
    assert recorder.errors[0]
    assert query.source_summaries(catalog)[0].error
    assert len(list(records.asset_sightings(catalog))) == 1
