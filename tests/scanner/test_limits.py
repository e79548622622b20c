"""Time and death of an asset: the same in the main thread, off it and in a worker process."""

import errno
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scanner.connectors.base import SourceConfig
from scanner.connectors.registry import config_model, open_source
from scanner.errors import SourceError
from scanner.examine import ExaminerSpec
from scanner.extract.base import Limits
from scanner.model import AssetResult, Coverage, SkipReason
from scanner.pool import InProcess, Processes, in_flight
from scanner.work import Job
from scanner.worker import Results
from tests.faults import kill_worker
from tests.plugins.hostile_source import Counting

PLUGINS = Path(__file__).parent.parent / "plugins"

Run = Callable[[Job], list[AssetResult]]


@pytest.fixture(autouse=True)
def _plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PLUGINS))


def job(*assets: str, limits: Limits | None = None, dies: bool = False, **values: Any) -> Job:  # noqa: ANN401
    config: SourceConfig = config_model("hostile").model_validate(
        {"id": "bad", "kind": "hostile", "assets": assets, **values}
    )
    limits = limits or Limits()
    examiner: ExaminerSpec = Counting(dies=dies)
    with open_source(config, limits) as connector:
        return Job(config, tuple(connector.discover(None)), examiner, limits)


def in_main_thread(asked: Job) -> list[AssetResult]:
    return [each for _, results in InProcess().run(iter([(0, asked)])) for each in results]


def off_main_thread(asked: Job) -> list[AssetResult]:
    with ThreadPoolExecutor(1) as thread:
        results = thread.submit(in_main_thread, asked).result()
        # What was raised too late would be raised here.
        thread.submit(sum, range(100_000)).result()
    return results


def in_process(asked: Job) -> list[AssetResult]:
    with Processes(1) as workers:
        return [each for _, results in workers.run(iter([(0, asked)])) for each in results]


EVERYWHERE = pytest.mark.parametrize("run", [in_main_thread, off_main_thread, in_process])


def reasons(results: list[AssetResult]) -> dict[str, tuple[SkipReason, ...]]:
    return {
        each.asset.path: tuple(skip.reason for skip in each.examination.skips)
        for each in results
        if each.examination.skips
    }


@EVERYWHERE
@pytest.mark.parametrize(
    ("asset", "limits", "limit"),
    [
        ("slow", Limits(seconds=0.3, wall_seconds=60), "limits.seconds"),
        ("sleeping", Limits(wall_seconds=0.3), "limits.wall_seconds"),
        ("calculating", Limits(seconds=0.3, wall_seconds=60), "limits.seconds"),
    ],
)
def test_an_asset_that_takes_too_long_is_a_time_out(
    run: Run, asset: str, limits: Limits, limit: str
) -> None:
    results = run(job("ok", asset, "ok", limits=limits))

    assert {f"1-{asset}": (SkipReason.TIMEOUT,)} == reasons(results)
    assert limit in results[1].examination.skips[0].detail
    assert [Coverage.EXAMINED, Coverage.EXAMINED] == [results[0].coverage, results[2].coverage]


@pytest.mark.parametrize(
    ("asset", "limits", "limit"),
    [
        ("spinning", Limits(seconds=0.3, wall_seconds=60), "limits.seconds"),
        ("stuck", Limits(seconds=0.3, wall_seconds=0.5), "limits.wall_seconds"),
    ],
)
def test_a_process_that_is_stuck_in_c_ends_itself(asset: str, limits: Limits, limit: str) -> None:
    results = in_process(job("ok", asset, "ok", limits=limits))

    assert {f"1-{asset}": (SkipReason.TIMEOUT,)} == reasons(results)
    assert limit in results[1].examination.skips[0].detail


@EVERYWHERE
def test_what_breaks_the_examiner_is_a_skip_and_the_others_are_examined(run: Run) -> None:
    """It ended the scan, and every scan after it: only what reads was guarded."""
    asked = replace(job("ok", "ok", "ok"), examiner=Counting(breaks_on="1-ok"))
    results = run(asked)

    assert {"1-ok": (SkipReason.DETECTOR,)} == reasons(results)
    assert "IndexError" in results[1].examination.skips[0].detail


def test_a_process_that_can_open_no_file_ends_its_source() -> None:
    """It was an internal error of the whole scan: the models are read before the first asset."""
    asked = replace(job("ok"), examiner=Counting(fails=errno.EMFILE))

    with pytest.raises(SourceError, match="worker process"):
        in_process(asked)


def _burn() -> None:
    while True:
        pass


@pytest.fixture
def busy() -> Iterator[None]:
    """Keep every processor busy."""
    burners = [
        multiprocessing.get_context("spawn").Process(target=_burn, daemon=True)
        for _ in range(multiprocessing.cpu_count())
    ]
    for burner in burners:
        burner.start()
    yield
    for burner in burners:
        burner.kill()
        burner.join()


@EVERYWHERE
@pytest.mark.usefixtures("busy")
def test_a_busy_machine_changes_no_result(run: Run) -> None:
    """Time on the wall once ended what other programs slowed down."""
    results = run(job("working", "ok", limits=Limits(seconds=0.8, wall_seconds=60)))

    assert {} == reasons(results)


def test_an_asset_that_kills_its_process_is_named_alone() -> None:
    """The assets beside it in a batch were once at risk to be called crashed as well."""
    results = in_process(job(*["ok"] * 20, "crash", *["ok"] * 20, "crash"))

    assert {"20-crash": (SkipReason.CRASHED,), "41-crash": (SkipReason.CRASHED,)} == reasons(
        results
    )
    assert 42 == len(results)


def test_an_asset_whose_process_somebody_else_killed_is_examined(tmp_path: Path) -> None:
    results = in_process(job("ok", "killed", "ok", marker=tmp_path / "killed"))

    assert {} == reasons(results)
    assert (tmp_path / "killed").exists()


def test_a_process_that_is_killed_while_it_starts_ends_nothing(tmp_path: Path) -> None:
    """It once ended the scan."""
    asked = job("ok", "ok")
    asked = Job(asked.source, asked.assets, Counting(marker=tmp_path / "begun"), asked.limits)

    assert {} == reasons(in_process(asked))
    assert (tmp_path / "begun").exists()


def test_workers_that_are_killed_at_any_moment_cost_no_asset() -> None:
    """While one starts, between two batches, and in the middle of one."""
    asked = job(*["working"] * 6)

    def run(workers: Processes) -> list[AssetResult]:
        return [each for _, results in workers.run(iter([(0, asked)])) for each in results]

    with Processes(1) as workers, ThreadPoolExecutor(1) as killer:
        killed = killer.submit(kill_worker, os.getpid())
        at_start = run(workers)
        killed.result()
        kill_worker(os.getpid())
        between = run(workers)
        killed = killer.submit(kill_worker, os.getpid(), 1.0)
        during = run(workers)
        killed.result()

    for results in (at_start, between, during):
        assert {} == reasons(results)
        assert 6 == len(results)


def test_processes_that_never_start_are_told() -> None:
    with pytest.raises(SourceError, match="exit status -9") as caught:
        in_process(job("ok", dies=True))
    assert "limits.memory" in caught.value.hint


@pytest.mark.parametrize("is_debugging", [True, False])
def test_what_a_library_prints_stands_neither_between_results_nor_before_people(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, *, is_debugging: bool
) -> None:
    with caplog.at_level("DEBUG" if is_debugging else "WARNING", logger="scanner.worker"):
        results = in_process(job("printing", "ok"))

    assert {} == reasons(results)
    assert ("printed" in capfd.readouterr().err) is is_debugging


def test_a_stopped_pool_waits_for_no_asset() -> None:
    jobs = [(number, job(asset)) for number, asset in enumerate(("ok", "sleeping", "sleeping"))]

    def interrupted() -> None:
        with Processes(1) as workers:
            for _ in workers.run(iter(jobs)):
                raise KeyboardInterrupt

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - begin < 30


def test_a_source_is_asked_no_more_at_once_than_it_bears() -> None:
    """Servers end a session that opens more connections than they allow."""
    running, most = 0, []
    counted = threading.Lock()

    def work(_: Job) -> Results:
        nonlocal running
        with counted:
            running += 1
            most.append(running)
        time.sleep(0.01)
        with counted:
            running -= 1
        return ()

    with ThreadPoolExecutor(4) as threads:

        def submit(each: Job) -> Future[Results]:
            return threads.submit(work, each)

        for at_once, expected in ((2, 2), (None, 4)):
            asked = replace(job("ok"), at_once=at_once)
            most.clear()
            assert 20 == len(list(in_flight(iter(enumerate([asked] * 20)), submit, lambda: 8)))
            assert expected == max(most)
