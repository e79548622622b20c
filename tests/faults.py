"""Faults made for tests: disks that fail or are full, too many files, servers that fall silent."""

import errno
import io
import os
import resource
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest


class FailingFile(io.BytesIO):
    """A file whose disk fails when a byte at or after `place` is wanted."""

    def __init__(self, content: bytes, place: int, number: int = errno.EIO) -> None:
        super().__init__(content)
        self._place = place
        self._number = number

    def read(self, size: int | None = -1) -> bytes:
        """Read, or fail as the system does."""
        start = self.tell()
        data = super().read(size)
        if start + len(data) > self._place:
            raise OSError(self._number, os.strerror(self._number))
        return data


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Mount a file system of `size` bytes; skip where that is not permitted."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "kartta-test", str(folder)],
        check=False,
        capture_output=True,
    )
    if done.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def workers_of(process: int) -> list[int]:
    """Give the worker processes that a process has now."""
    found: list[int] = []
    with suppress(OSError):  # it has ended
        for thread in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                found += map(int, (thread / "children").read_text("ascii").split())
    return [each for each in found if _is_worker(each)]


def _is_worker(process: int) -> bool:
    with suppress(OSError):
        return b"scanner.worker" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def kill_worker(of: int, after: float = 0.0, seconds: float = 60.0) -> None:
    """Wait for a worker of a process, and end it so many seconds after it was seen."""
    end = time.monotonic() + seconds
    while not (workers := workers_of(of)):
        assert time.monotonic() < end, "no worker was started"
        time.sleep(0.005)
    time.sleep(after)
    os.kill(workers[0], signal.SIGKILL)


@contextmanager
def few_files() -> Iterator[None]:
    """Let this process open no more files than it has open."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)  # the lowest number that is free: everything below is taken
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def nest(top: Path, number: int, name: str = "d") -> None:
    """Make folders in each other, also more deeply than a path can say."""
    before = Path.cwd()
    os.chdir(top)
    try:
        for _ in range(number):
            Path(name).mkdir()
            os.chdir(name)
    finally:
        os.chdir(before)


def unnest(top: Path, number: int, name: str = "d") -> None:
    """Remove folders that `nest` made."""
    before = Path.cwd()
    os.chdir(top)
    try:
        for _ in range(number):
            os.chdir(name)
        for _ in range(number):
            os.chdir("..")
            Path(name).rmdir()
    finally:
        os.chdir(before)


@dataclass(frozen=True, slots=True)
class Between:
    """What stands between a client and a server on this machine, and forwards so many bytes."""

    port: int
    reached: int = 0
    """The server's port; 0 for none: connections are accepted and nothing is ever said."""
    most: int = 0
    """Bytes of the server's that are forwarded on one connection."""
    drip: float | None = None
    """Seconds between single bytes after that; None for silence."""


@contextmanager
def between(reached: int = 0, most: int = 0, drip: float | None = None) -> Iterator[Between]:
    """Stand between client and server until the context ends."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        told = Between(listener.getsockname()[1], reached, most, drip)
        accepting = threading.Thread(target=_accept, args=(listener, told, ended), daemon=True)
        accepting.start()
        try:
            yield told
        finally:
            ended.set()
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()


def _accept(listener: socket.socket, told: Between, ended: threading.Event) -> None:
    threads = []
    while not ended.is_set():
        with suppress(OSError):
            client, _ = listener.accept()
            threads.append(threading.Thread(target=_serve, args=(client, told, ended)))
            threads[-1].start()
    for thread in threads:
        thread.join()


def _serve(client: socket.socket, told: Between, ended: threading.Event) -> None:
    with client, suppress(OSError):
        if not told.reached:
            ended.wait()
            return
        with socket.create_connection(("127.0.0.1", told.reached)) as server:
            upwards = threading.Thread(target=_forward, args=(client, server))
            upwards.start()
            left = told.most
            while data := server.recv(min(left, 65_536) if left else 1):
                if left:
                    left -= len(data)
                elif told.drip is None or ended.wait(told.drip):
                    break
                client.sendall(data)
            ended.wait()
            for each in (client, server):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            upwards.join()


def _forward(client: socket.socket, server: socket.socket) -> None:
    with suppress(OSError):
        while data := client.recv(65_536):
            server.sendall(data)
