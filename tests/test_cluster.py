"""A scan on a Dask cluster, some of whose workers die, gives what one machine gives."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from demo.tahtivahti import build
from kartta.version import __version__
from scanner.catalog import records
from scanner.catalog.store import Catalog
from scanner.model import SkipReason
from tests.conftest import ROOT
from tests.contents import content
from tests.servers import dask_cluster

pytestmark = [pytest.mark.integration, pytest.mark.slow]

SECONDS = 300
COMPANY_DEV = """
sources:
  - {{id: ats, kind: greenhouse, path: {0}/greenhouse}}
  - {{id: mail, kind: maildir, path: {0}/mail/Maildir}}
  - {{id: share, kind: folder, path: {0}/share}}
  - id: hr
    kind: database
    url: sqlite:///{0}/db/hr.sqlite
    milestones: {{applications.applied_at: applied, applications.decision_notified_at: told}}
"""


def start(
    catalog: Path, *options: str, environment: dict[str, str] | None = None
) -> "subprocess.Popen[str]":
    """Begin a scan in the folder of its catalog."""
    return subprocess.Popen(
        [sys.executable, "-m", "kartta", "scan", *options, "--format", "json",
         "--catalog", f"sqlite:///{catalog}"],
        cwd=catalog.parent, env=environment or os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def end(scan: "subprocess.Popen[str]") -> tuple[int, str]:
    """Wait for a scan; give its exit status and what it complained of."""
    _, complaints = scan.communicate(timeout=SECONDS)
    return scan.returncode, complaints


def until(happened: Callable[[], bool]) -> None:
    limit = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < limit
        time.sleep(0.05)


def children(process: int) -> Iterator[int]:
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        yield from map(int, listed.read_text().split())


def examining(process: int) -> int | None:
    """Give the Dask worker at or below a process whose own process examines assets."""
    for child in children(process):
        if b"scanner.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
            return process
        if (found := examining(child)) is not None:
            return found
    return None


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a folder with a key, for catalogs that can be compared."""
    (tmp_path / ".kartta").mkdir()
    (tmp_path / ".kartta" / "key").write_bytes(b"k" * 32)
    return tmp_path


@pytest.mark.parametrize(
    "company",
    ["demo", pytest.param("company_dev", marks=[pytest.mark.soak, pytest.mark.shared])],
)
def test_a_killed_worker_and_one_cut_off_change_nothing(
    home: Path, company: str, request: pytest.FixtureRequest
) -> None:
    audit = home / "company" / "kartta.yaml"
    if company == "demo":
        build(audit.parent)
    else:
        audit.parent.mkdir()
        audit.write_text(COMPANY_DEV.format(request.getfixturevalue("shared") / company))
    assert (0, "") == end(start(home / "local.sqlite", "-c", str(audit), "--workers", "2"))

    # The first has a nanny and comes back; the second is stopped and never heard of again.
    with dask_cluster(
        home, ["--nanny"], ["--no-nanny"], DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL="5s"
    ) as cluster:
        scan = start(
            home / "cluster.sqlite", "-c", str(audit),
            "--engine", "dask", "--scheduler", cluster.address, environment=cluster.environment,
        )  # fmt: skip
        first, second = (worker.pid for worker in cluster.workers)
        until(lambda: bool(examining(first) and examining(second)) or scan.poll() is not None)
        assert scan.poll() is None
        killed = examining(first)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        os.kill(second, signal.SIGSTOP)
        status, complaints = end(scan)
        again = examining(first)

    assert (0, "") == (status, complaints)
    assert killed != again
    assert content(home / "local.sqlite") == content(home / "cluster.sqlite")


def test_secrets_are_the_workers_own_and_a_poisoned_batch_costs_one_asset(home: Path) -> None:
    for name, email in (("here", ""), ("there", "anna.laine@example.fi")):
        with closing(sqlite3.connect(home / f"{name}.sqlite")) as database, database:
            database.execute("create table staff (id integer, email text)")
            database.execute("insert into staff values (1, ?)", (email,))
    (home / "kartta.yaml").write_text(
        "sources:\n"
        "  - {id: hr, kind: database, url: 'sqlite:///${env:HR_DATABASE}'}\n"
        "  - {id: bad, kind: hostile, assets: [ok, ok, poisonous, ok, ok]}\n"
    )
    path = f"{ROOT}{os.pathsep}{ROOT / 'tests' / 'plugins'}"
    catalog = home / "catalog.sqlite"

    with dask_cluster(
        home,
        ["--nanny"],
        ["--nanny"],
        PYTHONPATH=path,
        HR_DATABASE=str(home / "there.sqlite"),
        DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0",
    ) as cluster:
        here = {"PYTHONPATH": path, "HR_DATABASE": str(home / "here.sqlite")}
        status, complaints = end(
            start(
                catalog, "--engine", "dask", "--scheduler", cluster.address,
                environment=cluster.environment | here,
            )
        )  # fmt: skip
        logs = "".join(log.read_text() for log in home.glob("*.log"))

    assert (0, "") == (status, complaints)
    with Catalog.open(f"sqlite:///{catalog}") as store:
        skipped = {entry.asset: entry.skip.reason for entry in records.skipped_assets(store)}
        found = {each.asset for each in records.asset_sightings(store)}
    assert {"2-poisonous": SkipReason.CRASHED} == skipped
    assert {"main.staff", "0-ok", "1-ok", "3-ok", "4-ok"} == found
    assert "kkkkkkkk" not in logs  # the key


def test_a_worker_of_another_version_is_refused(home: Path) -> None:
    (home / "a.txt").write_text("anna.laine@example.fi")
    shutil.copytree(ROOT / "kartta", home / "other" / "kartta")
    (home / "other" / "kartta" / "version.py").write_text('__version__ = "0.0.1"\n')

    with dask_cluster(
        home, ["--no-nanny"], PYTHONPATH=f"{home / 'other'}{os.pathsep}{ROOT}"
    ) as cluster:
        options = ("a.txt", "--engine", "dask", "--scheduler", cluster.address)
        scan = start(home / "catalog.sqlite", *options, environment=cluster.environment)
        status, complaints = end(scan)

    assert 2 == status
    assert "has Kartta 0.0.1" in complaints
    assert f"install Kartta {__version__}" in complaints


def test_a_scan_whose_scheduler_is_lost_goes_on_with_the_next(home: Path) -> None:
    """Only that it is told was tested, and not that the next scan repeats and loses nothing."""
    build(home / "company")
    audit = ("-c", str(home / "company" / "kartta.yaml"))
    assert (0, "") == end(start(home / "local.sqlite", *audit, "--workers", "2"))
    options = (*audit, "--engine", "dask", "--scheduler")
    catalog = home / "catalog.sqlite"
    (home / "next").mkdir()
    with dask_cluster(home, ["--no-nanny"]) as cluster:
        patience = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s"}
        environment = cluster.environment | patience
        scan = start(catalog, *options, cluster.address, environment=environment)
        until(lambda: examining(cluster.workers[0].pid) is not None)
        cluster.scheduler.kill()
        status, complaints = end(scan)

    assert 2 == status
    assert "is lost" in complaints
    assert "goes on from there" in complaints
    assert (None, 1) == last_run(catalog)

    with dask_cluster(home / "next", ["--no-nanny"]) as cluster:
        scan = start(catalog, *options, cluster.address, environment=cluster.environment)
        assert (0, "") == end(scan)
    finished, number = last_run(catalog)
    assert finished is not None
    assert 1 == number
    assert content(home / "local.sqlite") == content(catalog)


def last_run(catalog: Path) -> tuple[str | None, int]:
    """Say when the last run ended, and which number it has."""
    with closing(sqlite3.connect(catalog)) as connection:
        finished, number = connection.execute(
            "select finished_at, id from runs order by id desc"
        ).fetchone()
    return finished, number


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--engine", "dask"), "--scheduler tls://HOST:8786"),
        (("--scheduler", "tls://127.0.0.1:1"), "--engine dask"),
        (("--engine", "dask", "--workers", "2", "--scheduler", "tls://x:1"), "leave it out"),
        (("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"), "TLS only"),
        (("--engine", "dask", "--scheduler", "tls://127.0.0.1:1"), "cannot be reached"),
    ],
)
def test_what_cannot_work_is_told(home: Path, options: tuple[str, ...], says: str) -> None:
    (home / "a.txt").write_text("x")
    patience = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s", "PYTHONPATH": str(ROOT)}

    status, complaints = end(
        start(home / "catalog.sqlite", "a.txt", *options, environment=os.environ | patience)
    )
    assert 2 == status
    assert says in complaints


def test_a_missing_dask_is_named(home: Path) -> None:
    (home / "a.txt").write_text("x")
    (home / "none" / "distributed").mkdir(parents=True)
    (home / "none" / "distributed" / "__init__.py").write_text(
        "raise ModuleNotFoundError('No module named distributed', name='distributed')"
    )
    path = {"PYTHONPATH": f"{home / 'none'}{os.pathsep}{ROOT}"}

    options = ("a.txt", "--engine", "dask", "--scheduler", "tls://127.0.0.1:1")
    status, complaints = end(
        start(home / "catalog.sqlite", *options, environment=os.environ | path)
    )
    assert 2 == status
    assert "pip install 'kartta[dask]'" in complaints
