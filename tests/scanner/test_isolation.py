"""Workers of local sources have no network, and no process leaves its memory to others."""

import os
import platform
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from scanner import isolation
from scanner.connectors.base import SourceConfig
from scanner.connectors.registry import config_model, open_source
from scanner.extract.base import Limits
from scanner.model import AssetResult
from scanner.pool import Processes
from scanner.work import Job
from tests.confined import nobody
from tests.conftest import ROOT
from tests.plugins.hostile_source import SECRET, Calling
from tests.servers import PostgreSQL, require

MAIL = b"From a@b.example Mon Jan  1 00:00:00 2024\nSubject: Aino\n\nAino\n"


@pytest.fixture(autouse=True)
def _permitted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "plugins"))
    if not isolation.can_deny_network():
        require("the system has no filter of system calls (seccomp)")


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """Listen on this machine; give the port, and what each caller says."""
    told: list[bytes] = []

    def accept(listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                told.append(client.recv(65_536))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=accept, args=(listener,), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1], told
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def source(kind: str, **values: object) -> SourceConfig:
    return config_model(kind).model_validate({"id": kind, "kind": kind, **values})


@pytest.fixture
def local(tmp_path: Path) -> list[SourceConfig]:
    """Give a source of each kind that is read from files."""
    for name in ("files", "mail/cur", "mail/new", "mail/tmp", "export"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "files" / "a.txt").write_text("Aino")
    (tmp_path / "all.mbox").write_bytes(MAIL)
    (tmp_path / "mail" / "cur" / "1:2,").write_bytes(MAIL.partition(b"\n")[2])
    (tmp_path / "export" / "candidates.json").write_text('[{"id": 1, "first_name": "Aino"}]')
    with closing(sqlite3.connect(tmp_path / "hr.sqlite")) as database:
        database.executescript("CREATE TABLE t (name); INSERT INTO t VALUES ('Aino')")
    return [
        source("folder", path=tmp_path / "files"),
        source("mbox", path=tmp_path / "all.mbox"),
        source("maildir", path=tmp_path / "mail"),
        source("greenhouse", path=tmp_path / "export"),
        source("database", url=f"sqlite:///{tmp_path / 'hr.sqlite'}"),
    ]


def examined(workers: Processes, port: int, config: SourceConfig) -> list[AssetResult]:
    limits = Limits()
    with open_source(config, limits) as connector:
        job = Job(config, tuple(connector.discover(None)), Calling(port), limits)
    return [each for _, results in workers.run(iter([(0, job)])) for each in results]


def failures(results: list[AssetResult]) -> set[str]:
    return {skip.detail for each in results for skip in each.examination.skips}


@pytest.mark.enable_socket
def test_what_runs_in_a_worker_of_a_local_source_reaches_nobody(local: list[SourceConfig]) -> None:
    """It had the network of its user, so that a flaw in a parser could send away what was read."""
    with listening() as (port, told), Processes(1) as workers:
        for config in local:
            results = examined(workers, port, config)

            assert any(each.examination.characters for each in results), config.kind
            assert {"PermissionError"} == failures(results), config.kind
    assert [] == told


@pytest.mark.enable_socket
def test_a_worker_of_another_source_has_the_network_before_and_after(
    local: list[SourceConfig],
) -> None:
    """A plug-in's source that does not say that it needs none may need it."""
    remote = source("hostile", assets=["ok"])
    with listening() as (port, told), Processes(1) as workers:
        found = [failures(examined(workers, port, each)) for each in (remote, local[0], remote)]

    assert [set(), {"PermissionError"}, set()] == found
    assert 2 == len(told)
    assert all(SECRET.encode() in each for each in told)


@pytest.mark.integration
@pytest.mark.enable_socket
def test_a_database_server_is_read_after_a_local_source(
    postgres: PostgreSQL, local: list[SourceConfig]
) -> None:
    with (
        postgres.database("CREATE TABLE t (name text)", "INSERT INTO t VALUES ('Aino')") as name,
        listening() as (port, told),
        Processes(1) as workers,
    ):
        examined(workers, port, local[0])
        results = examined(workers, port, source("database", url=postgres.url(name)))

    assert set() == failures(results)
    assert ["Aino"] == [each.decode() for each in told]


def said(*command: str, **options: Any) -> str:  # noqa: ANN401
    """Run a command to its end, and give what it printed."""
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False, **options,
    )  # fmt: skip
    assert not done.stderr, done.stderr
    told: str = done.stdout
    return told


_ATTEMPTS = """
import ctypes, errno, os, socket, subprocess, sys, threading
from scanner import isolation

def attempt(name, call):
    try:
        call()
    except OSError as error:
        print(name, errno.errorcode[error.errno])
    else:
        print(name, "open")

def raw(number, *words):
    result = ctypes.CDLL(None, use_errno=True).syscall(number, *words)
    if result == -1:
        raise OSError(ctypes.get_errno(), "")

denied = threading.Event()
early = threading.Thread(target=lambda: denied.wait() and attempt("early-thread", socket.socket))
early.start()
assert isolation.deny_network()
denied.set()
early.join()
for family in ("UNIX", "INET", "INET6", "NETLINK", "VSOCK"):
    number = getattr(socket, "AF_" + family)
    attempt(family, lambda: socket.socket(number, socket.SOCK_RAW if number == 16 else 1))
attempt("pair", socket.socketpair)
attempt("io_uring", lambda: raw(425, 8, None))
attempt("pidfd_getfd", lambda: raw(438, 0, 0, 0))
attempt("ptrace", lambda: raw({"x86_64": 101, "aarch64": 117}[os.uname().machine], 0, 0, 0, 0))
attempt("second-table", lambda: raw(0x40000000 + 41, 2, 1, 0))
code = "import socket; socket.socket()"
print("child", subprocess.run([sys.executable, "-c", code], stderr=-3).returncode)
"""


_ANSWERS = {
    "early-thread": "EPERM",
    "UNIX": "open",
    "INET": "EPERM",
    "INET6": "EPERM",
    "NETLINK": "EPERM",
    "VSOCK": "EPERM",
    "pair": "open",
    "io_uring": "EPERM",
    "pidfd_getfd": "EPERM",
    "ptrace": "EPERM",
    "second-table": "EPERM",
    "child": "1",
}


@pytest.mark.parametrize("before", [list, nobody])
def test_no_way_to_a_socket_is_left(before: Callable[[], list[str]]) -> None:
    told = said(*before(), sys.executable, "-c", _ATTEMPTS)

    assert _ANSWERS == dict(line.split() for line in told.splitlines())


_IN_32_BITS = """
import ctypes, mmap, sys
from scanner import isolation

# socket(AF_INET, SOCK_STREAM, 0), asked as a program of 32 bits does: by interrupt 0x80
code = bytes.fromhex("53 b867010000 bb02000000 b901000000 31d2 cd80 5b c3")
memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
memory.write(code)
ask = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
if ask() > 0:
    isolation.deny_network()
    print("before", ask())
"""


@pytest.mark.skipif(platform.machine() != "x86_64", reason="no other processor has this way")
def test_the_calls_of_32_bit_programs_are_no_way_either() -> None:
    told = said(sys.executable, "-c", _IN_32_BITS)

    if not told:
        pytest.skip("this kernel runs no programs of 32 bits")
    assert ["before", "-1"] == told.split()


_NEIGHBOUR = """
import subprocess, sys

WAITING = "import sys; print('ready', flush=True); sys.stdin.read()"

def look(first):
    command = [sys.executable, "-c", f"{first}; {WAITING}"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:
        process.stdout.readline()
        try:
            open(f"/proc/{process.pid}/mem", "rb").close()
        except PermissionError:
            return "refused"
        finally:
            process.stdin.close()
    return "open"

print(look("pass"), look("from kartta.process import prepare; prepare()"))
print(look("from scanner.worker import confine; from scanner.extract.base import Limits; "
           "confine(Limits())"))
"""


def test_another_program_of_the_same_user_cannot_read_the_memory() -> None:
    """Whatever a user ran could read the key and the text out of a scan."""
    told = said(*nobody(), sys.executable, "-c", _NEIGHBOUR).split()

    if told[0] == "refused":
        pytest.skip("this system lets no program look into another one")
    assert ["open", "refused", "refused"] == told


_BEFORE = {
    "anything": "pass",
    "command": "from kartta.process import prepare; prepare()",
    "worker": "from scanner.worker import confine; from scanner.extract.base import Limits; "
    "confine(Limits())",
}


def test_what_crashes_leaves_no_copy_of_its_memory(tmp_path: Path) -> None:
    """The text of a message, and the key, stayed in a file named core."""
    left = {}
    for name, before in _BEFORE.items():
        place = tmp_path / name
        place.mkdir()
        said(
            sys.executable,
            "-c",
            "import resource, os; most = resource.getrlimit(resource.RLIMIT_CORE)[1]; "
            f"resource.setrlimit(resource.RLIMIT_CORE, (most, most)); {before}; os.abort()",
            cwd=place,
        )
        left[name] = len(list(place.iterdir()))

    if not left["anything"]:
        pytest.skip("this system leaves no such copies, or not beside the program")
    assert {"anything": 1, "command": 0, "worker": 0} == left
