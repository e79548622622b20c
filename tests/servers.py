"""Real servers from Debian's packages, started for a test session and thrown away after it."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest

SECONDS = 60
_FLUSH = "SELECT WHERE pg_stat_force_next_flush() IS NULL"
"""Counters of changed rows otherwise lag behind by up to a second."""


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A running server with one superuser, reachable over TCP on this machine only."""

    port: int
    password: str
    folder: Path
    run: Callable[..., None] = field(repr=False)
    """Runs one of the server's own programs."""

    def start(self) -> None:
        """Start it, also after a crash, and wait until it takes connections."""
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port} -c fsync=off "
            f"-c unix_socket_directories={self.folder} -c autovacuum=off"
        )
        self.run(
            "pg_ctl", "start", "--wait", f"--log={self.folder / 'log'}", f"--options={options}"
        )

    def crash(self) -> None:
        """End it at once: nothing is finished, nobody is told, and the next start recovers."""
        self.run("pg_ctl", "stop", "--wait", "--mode=immediate")

    def url(
        self, database: str = "postgres", user: str = "postgres", password: str | None = None
    ) -> str:
        """Give the URL of a database."""
        secret = self.password if password is None else password
        return f"postgresql://{user}:{secret}@127.0.0.1:{self.port}/{database}"

    def psql(self, database: str, *statements: str) -> str:
        """Run statements with Debian's client, which stops at the first error."""
        done = subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
             "--set=ON_ERROR_STOP=1", self.url(database)],
            check=True, capture_output=True, text=True, timeout=SECONDS,
            input="".join(f"{statement};\n" for statement in (*statements, _FLUSH)),
        )  # fmt: skip
        return done.stdout

    @contextmanager
    def database(self, *statements: str) -> Iterator[str]:
        """Create a database of its own for a test, fill it, give its name, and drop it."""
        name = f"test_{uuid.uuid4().hex}"
        self.psql("postgres", f"CREATE DATABASE {name}")
        try:
            if statements:
                self.psql(name, *statements)
            yield name
        finally:
            self.psql("postgres", f"DROP DATABASE {name} WITH (FORCE)")


def require(reason: str) -> NoReturn:
    """Skip a test whose server is not installed, or fail where CI promises that it is."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI is set: run .ci/install-system")
    pytest.skip(f"{reason}: run .ci/install-system")


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """Start PostgreSQL on a free port with an empty directory, and stop it."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not programs:
        require("PostgreSQL is not installed")
    programs_folder = programs[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="kartta-postgresql-"))
    # PostgreSQL refuses to run as root.
    is_root = os.geteuid() == 0
    if is_root:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    as_user = ["runuser", "--user", "postgres", "--"] if is_root else []

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*as_user, str(programs_folder / program), f"--pgdata={folder / 'state'}", *arguments],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
        )

    server = PostgreSQL(_free_port(), "invented-superuser-password", folder, run)
    secret = folder / "password"
    secret.write_text(server.password)
    try:
        run(
            "initdb", f"--pwfile={secret}", "--auth=scram-sha-256", "--username=postgres",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        server.start()
        try:
            yield server
        finally:
            server.crash()
    finally:
        shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class DaskCluster:
    """A scheduler of Dask with workers as processes, all over TLS."""

    address: str
    environment: dict[str, str]
    scheduler: "subprocess.Popen[bytes]"
    workers: "tuple[subprocess.Popen[bytes], ...]"


@contextmanager
def dask_cluster(folder: Path, *options: list[str], **environment: str) -> Iterator[DaskCluster]:
    """Start a scheduler, and a worker of one thread for each list of options."""
    certificate, key = str(folder / "certificate.pem"), str(folder / "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=cluster", "-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate,
         "-keyout", key],
        check=True, capture_output=True, timeout=SECONDS,
    )  # fmt: skip
    tls = {"CA_FILE": certificate}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        tls |= {f"{role}__CERT": certificate, f"{role}__KEY": key}
    told = {f"DASK_DISTRIBUTED__COMM__TLS__{name}": value for name, value in tls.items()}
    inherited = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    common = ["--protocol", "tls", "--host", "127.0.0.1", "--no-dashboard"]
    about = folder / "scheduler.json"
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> None:
        with (folder / f"{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, *common],
                cwd=folder,
                env=inherited | told | environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        started.append(process)

    try:
        start("scheduler", "--port", "0", "--scheduler-file", str(about))
        limit = time.monotonic() + SECONDS
        while not about.exists() or not about.read_bytes().endswith(b"}"):
            assert time.monotonic() < limit
            time.sleep(0.1)
        address = json.loads(about.read_text("utf-8"))["address"]
        for number, each in enumerate(options):
            space = folder / f"worker-{number}"
            space.mkdir()
            one = ("--nworkers", "1", "--nthreads", "1", "--local-directory", str(space))
            start("worker", address, *one, *each)
        yield DaskCluster(address, inherited | told, started[0], tuple(started[1:]))
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
