"""Faults of the machine in a running scan: EIO, ENOSPC, EMFILE and too little memory.

Where the kernel can make a fault, it does: a disk that is really full, limits of a running process
that are really lowered. Only EIO needs a library that is loaded before all others.
"""

import random
import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from soak.attacks import in_file, memory_of
from soak.scans import Scan, Site
from tests.faults import small_disk, workers_of

LONGEST = 3.0
"""Seconds that a fault stays, at most."""
_DISK = 192 * 1024**2
_PIECE = 64 * 1024
_SPARE = 4 * 1024**2
"""Bytes that a process with too little memory may still take, at most."""


@dataclass(frozen=True, slots=True)
class FailingDisk:
    """Reads and writes below the store fail with EIO, one in five."""

    folder: Path
    """Where the library and its switch lie: not below the store."""
    name: str = "EIO"

    def site(self, site: Site) -> Site:
        """Load the library into the scan and its workers."""
        library = self.folder / "failing_reads.so"
        if not library.exists():
            source = Path(__file__).with_name("failing_reads.c")
            subprocess.run(
                ["cc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True
            )
        return site.with_variables(
            LD_PRELOAD=str(library), SOAK_BELOW=str(site.folder), SOAK_WHILE=str(self._switch)
        )

    @property
    def _switch(self) -> Path:
        return self.folder / "failing"

    def catalog(self, site: Site) -> AbstractContextManager[str]:
        """Give a file, which fails too."""
        return in_file(site)

    def strike(self, scan: Scan, chance: random.Random) -> bool:
        """Let the disk fail for a while."""
        if not scan.is_running:
            return False
        self._switch.touch()
        _hold(scan, chance)
        self._switch.unlink()
        return True


@dataclass(frozen=True, slots=True)
class FullDisk:
    """The disk with the catalog and the temporary files is full."""

    folder: Path
    """Where it is mounted."""
    name: str = "ENOSPC"

    def site(self, site: Site) -> Site:
        """Have temporary files written there."""
        return site.with_variables(TMPDIR=str(self.folder / "disk"))

    @contextmanager
    def catalog(self, site: Site) -> Iterator[str]:
        """Give a file on a small disk."""
        del site
        with small_disk(self.folder / "disk", _DISK) as disk:
            yield f"sqlite:///{disk / 'catalog.sqlite'}"
        (self.folder / "disk").rmdir()

    def strike(self, scan: Scan, chance: random.Random) -> bool:
        """Fill the disk for a while."""
        if not scan.is_running:
            return False
        filling = self.folder / "disk" / "filling"
        with filling.open("wb", buffering=0) as file, suppress(OSError):  # full, as wanted
            while True:
                file.write(bytes(_PIECE))
        _hold(scan, chance)
        filling.unlink()
        return True


@dataclass(frozen=True, slots=True)
class Limited:
    """The scan or one of its workers gets too little of something for a while."""

    name: str
    limit: int
    """Of `resource`."""

    def site(self, site: Site) -> Site:
        """Start the scan as it is."""
        return site

    def catalog(self, site: Site) -> AbstractContextManager[str]:
        """Give a file."""
        return in_file(site)

    def strike(self, scan: Scan, chance: random.Random) -> bool:
        """Lower the limit of one process to what it has, and raise it again."""
        if not scan.is_running:
            return False
        victim = chance.choice([scan.process.pid, *sorted(workers_of(scan.process.pid))])
        with suppress(ProcessLookupError, FileNotFoundError):
            before = resource.prlimit(victim, self.limit)
            few = self._used(victim, chance)
            resource.prlimit(victim, self.limit, (few, before[1]))
            _hold(scan, chance)
            with suppress(ProcessLookupError):  # it has ended of it
                resource.prlimit(victim, self.limit, before)
            return True
        return False

    def _used(self, process: int, chance: random.Random) -> int:
        if self.limit == resource.RLIMIT_NOFILE:
            return len(list(Path(f"/proc/{process}/fd").iterdir()))
        return memory_of(process) + chance.randrange(_SPARE)


FEW_FILES = Limited("EMFILE", resource.RLIMIT_NOFILE)
LITTLE_MEMORY = Limited("OOM", resource.RLIMIT_AS)


def _hold(scan: Scan, chance: random.Random) -> None:
    end = time.monotonic() + chance.uniform(0.1, LONGEST)
    while scan.is_running and time.monotonic() < end:
        time.sleep(0.02)
