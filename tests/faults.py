"""Faults made for tests: disks that fail, folders that are full, files that cannot be opened."""

import errno
import io
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
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
