"""Archives: each member through the dispatcher, with a meter on every unpacked byte."""

import bz2
import gzip
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, BinaryIO, cast

from scanner.errors import AssetError, Encrypted, TimedOut, Unreadable
from scanner.extract import faults, zipped
from scanner.extract.base import Budget, Part
from scanner.extract.dispatch import member, skip_of
from scanner.model import Content, Skip, SkipReason

IN_MEMORY = 8 * 1024**2
"""Members up to this size are unpacked in memory, larger ones to an unnamed temporary file."""
CHUNK = 1024**2
NOISE = ("__MACOSX/", ".DS_Store")
UTF8_NAMES = 0x800


def unzip(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield member after member; one that needs a password is skipped by name."""
    with zipped.opened(part) as archive:
        for info in archive.infolist():
            name = _zip_name(info)
            if info.is_dir() or name.startswith(NOISE) or name.endswith(NOISE):
                continue
            inner = _inner(part, name)
            try:
                if info.flag_bits & 1:
                    raise Encrypted("a member of the archive is protected with a password")
                with _spool() as spool:
                    with zipped.content(archive, info, budget) as stream:
                        _copy(stream, spool)
                    yield from member(_inner(part, name, spool), budget)
            except AssetError as error:
                if budget.is_exhausted or isinstance(error, TimedOut):
                    raise
                yield skip_of(error, inner)


def untar(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield member after member; links and devices hold nothing and are passed over."""
    try:
        with tarfile.open(fileobj=part.stream, mode="r:") as archive:
            for info in archive:
                stream = archive.extractfile(info) if info.isreg() else None
                if stream is None or info.name.rpartition("/")[2].startswith("._"):
                    continue
                with _spool() as spool:
                    _copy(cast("BinaryIO", zipped.Metered(stream, budget, info.size)), spool)
                    yield from member(_inner(part, info.name, spool), budget)
    except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError) as error:
        raise Unreadable("the tar archive is cut short or broken") from error


def gunzip(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield what one gzip, bzip2 or xz stream holds, as far as it can be unpacked."""
    start = part.stream.tell()
    magic = part.stream.read(3)
    part.stream.seek(start)
    broken = False
    with _spool() as spool, _unpacker(part.stream, magic) as stream:
        unpacked = 0
        try:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                budget.spend(len(chunk))
                budget.weigh(unpacked, max(part.stream.tell() - start, 1))
                spool.write(chunk)
        except (EOFError, OSError, zlib.error, lzma.LZMAError, ValueError) as error:
            faults.expect_none(error)
            broken = True
        spool.seek(0)
        if unpacked or not broken:
            yield from member(_inner(part, _packed_name(part.name), spool), budget)
    if broken:
        detail = "the compressed file is cut short or broken; read as far as possible"
        yield Skip(SkipReason.UNREADABLE, detail, part.locator)


def _inner(part: Part, name: str, stream: BinaryIO | None = None) -> Part:
    """Name a member; its path is a name only, nothing is ever written there."""
    return Part(name, stream or BytesIO(), part.locator.part(name))


@contextmanager
def _spool() -> Iterator[BinaryIO]:
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, prefix="kartta-") as spool:
        yield cast("BinaryIO", spool)  # it has all that BinaryIO asks for, since Python 3.11


def _copy(source: BinaryIO, spool: BinaryIO) -> None:
    while chunk := source.read(CHUNK):
        spool.write(chunk)
    spool.seek(0)


def _unpacker(stream: BinaryIO, magic: bytes) -> IO[bytes]:
    if magic.startswith(b"BZh"):
        return bz2.BZ2File(stream)
    if magic.startswith(b"\xfd7z"):
        return lzma.LZMAFile(stream)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream, mode="rb"))


def _packed_name(name: str) -> str:
    """Give the name of what is inside.

    >>> _packed_name("mail/archive.tgz"), _packed_name("cv.txt.gz"), _packed_name("loki")
    ('archive.tar', 'cv.txt', 'loki')
    """
    stem, dot, suffix = name.rpartition("/")[2].rpartition(".")
    if not dot:
        return suffix
    return stem + ".tar" if suffix.lower() in {"tgz", "tbz2", "tbz", "txz"} else stem


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Decode a name written without Unicode: UTF-8 if it is, else the code page of Nordic DOS."""
    if info.flag_bits & UTF8_NAMES:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")
