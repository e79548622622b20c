"""Run the command line many times: each time a process of its own, forked from one that imported.

Between fork and end it is what `kartta` is in a shell: its own terminal, environment and folder,
its own standard streams, opened as Python opens them, and Python's own end.
"""

import fcntl
import gc
import json
import os
import pkgutil
import socket
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Any

import kartta

ROOT = Path(__file__).parent.parent
PACKAGES = ("kartta", "scanner", "detectors", "ropa", "rules", "reports")
MOST = 2**17
"""Bytes of one request."""
SIZE = (40, 200)
ORDINARY: Mapping[str, str] = MappingProxyType({"TERM": "xterm-256color"})


@dataclass(frozen=True, slots=True)
class Done:
    """What a process left: its status, and the bytes that came out."""

    status: int
    out: bytes
    err: bytes = b""


@dataclass(frozen=True, slots=True)
class Forking:
    """The other end of the process that forks."""

    channel: socket.socket
    folder: Path

    def in_terminal(
        self, arguments: Sequence[str], variables: Mapping[str, str] = ORDINARY, typed: bytes = b""
    ) -> Done:
        """Run with a terminal as all three streams; give what it would be sent."""
        ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, SIZE)
        os.write(ours, typed)
        self._begin(arguments, variables, [theirs, theirs, theirs])
        os.close(theirs)
        return Done(out=_rest(ours), status=self._status())

    def in_pipe(self, arguments: Sequence[str]) -> Done:
        """Run with standard output read by another program."""
        ours, theirs = os.pipe()
        with TemporaryFile() as err:
            self._begin(arguments, ORDINARY, [theirs, theirs, err.fileno()])
            os.close(theirs)
            out = _rest(ours)
            status = self._status()
            err.seek(0)
            return Done(status, out, err.read())

    def onto(self, arguments: Sequence[str], out: Path | None) -> Done:
        """Run with a file as standard output, or with it closed."""
        with Path(out or os.devnull).open("wb") as given, TemporaryFile() as err:
            streams = [given.fileno(), given.fileno(), err.fileno()]
            self._begin(arguments, ORDINARY, streams, is_closed=out is None)
            status = self._status()
            err.seek(0)
            return Done(status, b"", err.read())

    def _begin(
        self,
        arguments: Sequence[str],
        variables: Mapping[str, str],
        streams: Sequence[int],
        *,
        is_closed: bool = False,
    ) -> None:
        request = {
            "arguments": arguments,
            "variables": {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables},
            "folder": str(self.folder),
            "is_closed": is_closed,
        }
        socket.send_fds(self.channel, [json.dumps(request).encode()], streams)

    def _status(self) -> int:
        return int(self.channel.recv(MOST))


@contextmanager
def forking(folder: Path) -> Iterator[Forking]:
    """Start the process that forks; the commands run in this folder."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-X", "utf8", "-m", "tests.forking", str(theirs.fileno())]
    with ours, theirs, subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()]) as server:
        theirs.close()
        yield Forking(ours, folder)
        ours.close()
    assert server.returncode == 0


def _rest(descriptor: int) -> bytes:
    """Read to the end, which a terminal tells by an error."""
    pieces = []
    with suppress(OSError), open(descriptor, "rb", buffering=0) as file:
        while piece := file.read(65_536):
            pieces.append(piece)
    return b"".join(pieces)


def _serve(channel: socket.socket) -> bool:
    """Fork for each request; give true in the child, and false when there is no more."""
    while True:
        message, streams, _, _ = socket.recv_fds(channel, MOST, 3)
        if not message:
            return False
        child = os.fork()
        if not child:
            channel.close()
            _become(streams, json.loads(message))
            return True
        for each in streams:
            os.close(each)
        _, status = os.waitpid(child, 0)
        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(streams: Sequence[int], request: Mapping[str, Any]) -> None:
    """Be a process that has just been started with these streams."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["variables"])
    sys.argv[1:] = request["arguments"]
    os.setsid()
    for number, each in enumerate(streams):
        os.dup2(each, number)
        os.close(each)
    if os.isatty(0):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - as Python does
        for number, mode in enumerate("rww")
    )
    if request["is_closed"]:
        os.close(1)
        sys.stdout = None  # as Python does


if __name__ == "__main__":
    for package in PACKAGES:
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            if not {"__main__", "migrations"} & {*module.name.split(".")}:
                import_module(module.name)
    gc.collect()
    gc.freeze()  # else every child would copy all pages
    if _serve(socket.socket(fileno=int(sys.argv[1]))):
        kartta.main()
