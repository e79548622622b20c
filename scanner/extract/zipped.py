"""Zip archives read with a meter running: as archives and as the inside of documents."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from typing import IO, BinaryIO

from scanner.errors import AssetError, Encrypted, Unreadable, Unsupported
from scanner.extract import faults
from scanner.extract.base import Budget, Part

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)
"""What reading a broken archive raises."""


class Metered(RawIOBase):
    """A stream whose every byte is counted in the budget, against what it was packed to."""

    def __init__(self, stream: IO[bytes], budget: Budget, packed: int) -> None:
        self._stream = stream
        self._budget = budget
        self._packed = max(packed, 1)
        self._given = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub's Buffer
        """Read and count."""
        content = self._stream.read(len(buffer))
        self._given += len(content)
        self._budget.spend(len(content))
        self._budget.weigh(self._given, self._packed)
        buffer[: len(content)] = content
        return len(content)


@contextmanager
def opened(part: Part) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive.

    Raises:
        Unreadable: it has no directory, or a broken one.
    """
    try:
        archive = zipfile.ZipFile(part.stream)
    except (NotImplementedError, *BROKEN) as error:
        faults.expect_none(error)
        raise Unreadable("the zip archive is cut short or broken") from error
    with archive:
        yield archive


@contextmanager
def content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Iterator[BinaryIO]:
    """Open a member for reading once, metered; a broken member raises `AssetError`s."""
    try:
        with archive.open(info) as stream:
            yield BufferedReader(Metered(stream, budget, info.compress_size), 65_536)
    except AssetError:
        raise
    except NotImplementedError as error:
        raise Unsupported("packed with a method that is not read") from error
    except RuntimeError as error:
        if info.flag_bits & 1:
            raise Encrypted("a member of the archive is protected with a password") from error
        raise
    except BROKEN as error:
        faults.expect_none(error)
        raise Unreadable("a member of the archive is cut short or broken") from error
