"""A scan finds the same in a container, as a user without rights, on stores that are read-only."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from demo.tahtivahti import build
from tests.confined import NOBODY, container, nobody
from tests.conftest import ROOT
from tests.demo.test_same import GOLDEN, TODAY, lines

AUDIT = Path("/tmp/audit")  # noqa: S108 - where the container shows it
STORES = ("mailbox", "share", "hr.sqlite", "recruiting")
PAGE = ROOT / "docs" / "how-to" / "container.md"
REPORTS = (
    ("report", "-o", "findings.html"),
    ("report", "-o", "kartta.sarif"),
    ("ropa", "export", "register.xlsx"),
    ("graph", "-o", "graph.svg"),
    ("coverage",),
    ("doctor",),
)


@contextmanager
def place() -> Iterator[Path]:
    """Give a new folder; who can read a file depends on the folders above it."""
    with tempfile.TemporaryDirectory(prefix="kartta-container-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def said(command: list[str], folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


def state(*stores: Path) -> dict[str, tuple[object, ...]]:
    """Give all that a reader could change in stores, but for the time of the last reading."""
    found: dict[str, tuple[object, ...]] = {}
    for store in stores:
        for path in (store, *store.rglob("*")):
            told = path.lstat()
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            found[str(path)] = (
                told.st_ino, told.st_mode, told.st_uid, told.st_gid, told.st_nlink, told.st_size,
                told.st_mtime_ns, told.st_ctime_ns, digest,
            )  # fmt: skip
    return found


@pytest.mark.slow
def test_a_user_without_rights_finds_the_same_on_stores_that_are_read_only() -> None:
    with place() as company:
        build(company)
        if os.geteuid() == 0:
            for path in (company, *company.rglob("*")):
                os.chown(path, NOBODY, NOBODY)  # only the read-only mount is in the way
        stores = [company / name for name in STORES]
        before = state(*stores)
        binds = ["--bind", str(company), str(AUDIT)]
        for name in STORES:
            binds += ["--ro-bind", str(company / name), str(AUDIT / name)]
        kartta = [*nobody(*binds, "--chdir", str(AUDIT)), sys.executable, "-m", "kartta"]

        told = said([*kartta, "scan", "--workers", "2", "--format", "json", "--today", TODAY])
        doctor = [said([*kartta, *words]) for words in REPORTS][-1]

        found = [json.dumps(line, ensure_ascii=False) for line in lines(json.loads(told))]
        assert GOLDEN.read_text("utf-8").splitlines() == found
        assert all((company / words[-1]).stat().st_size for words in REPORTS[:4])
        assert "FAIL" not in doctor
        assert before == state(*stores)


def documented() -> str:
    """Give the command of the page, without the line that says what it is for."""
    block = PAGE.read_text("utf-8").partition("```bash\n")[2].partition("```")[0]
    return block.partition("\n")[2]


def confined(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run something in the page's container, with the store and the audit in a folder."""
    needed = " ".join(f"--ro-bind {path} {path}" for path in (sys.base_prefix, ROOT))
    last = '"$KARTTA/bin/kartta" scan "$STORE"\n'
    command = documented()
    assert command.endswith(last)
    return subprocess.run(
        ["bash", "-euc", command.replace(last, '"$@"').replace("--chdir", "$SHOWN --chdir"),
         "bash", *words],
        env=os.environ | {
            "STORE": str(folder / "store"), "AUDIT": str(folder / "audit"), "KARTTA": sys.prefix,
            "SHOWN": needed, "PYTHONPATH": str(ROOT),
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def prepared() -> Iterator[Path]:
    container()  # or say that it cannot be had
    with place() as folder:
        (folder / "audit").mkdir()
        (folder / "store" / "deep").mkdir(parents=True)
        (folder / "store" / "a.txt").write_text("Aino Esimerkki, aino@posti.example\n")
        (folder / "store" / "deep" / "b.csv").write_text("nimi,hetu\nAino Esimerkki,131052-308T\n")
        yield folder


@pytest.mark.slow
def test_the_command_of_the_page_scans_all_of_a_store(prepared: Path) -> None:
    store = prepared / "store"
    before = state(store)

    done = confined(
        prepared, sys.executable, "-m", "kartta", "scan", str(store), "--format", "json",
        "--fail-on-incomplete",
    )  # fmt: skip

    assert not done.returncode, done.stderr
    assert {"a.txt", "deep/b.csv"} == {
        each["asset"] for each in json.loads(done.stdout)["sightings"]
    }
    assert (prepared / "audit" / ".kartta" / "catalog.sqlite").stat().st_size
    assert before == state(store)


_LOOK_AROUND = """
import json, os, socket, sys
from pathlib import Path

def can(call):
    try:
        call()
    except OSError:
        return False
    return True

places = {line.split()[4] for line in open("/proc/self/mountinfo")}
writable = [place for place in places if os.path.isdir(place)
            and can(lambda: Path(place, "written").touch())]
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps({
    "writable": sorted(writable),
    "store": can(lambda: Path(sys.argv[1], "a.txt").open("ab")),
    "settings": can(lambda: open("/proc/sys/kernel/core_pattern", "w")),
    "network": can(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), 5)),
    "capabilities": [int(status[name], 16) for name in ("CapEff", "CapPrm", "CapBnd")],
    "processes": sum(name.isdigit() for name in os.listdir("/proc")),
}))
"""


@pytest.mark.enable_socket
def test_nothing_else_is_reached_from_the_container_of_the_page(prepared: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = confined(prepared, sys.executable, "-c", _LOOK_AROUND, str(prepared / "store"), port)

    assert not done.returncode, done.stderr
    assert {
        "writable": ["/dev", "/tmp", str(prepared / "audit")],  # noqa: S108 - of the container
        "store": False,
        "settings": False,
        "network": False,
        "capabilities": [0, 0, 0],
        "processes": 2,
    } == json.loads(done.stdout)
