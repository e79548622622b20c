"""What strikes a running scan: deaths of its processes and its servers."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg

from soak.scans import Scan, Site
from tests.faults import workers_of
from tests.servers import PostgreSQL

LONGEST = 4.0
"""Seconds for which a server stays down, at most."""
_LOOK = 0.1
"""Seconds between two looks at who is connected to a server."""


class Attack(Protocol):
    """A way to disturb a scan."""

    @property
    def name(self) -> str:
        """What the table calls it."""
        ...

    def site(self, site: Site) -> Site:
        """Say how the scans are started that it can disturb."""
        ...

    def catalog(self, site: Site) -> AbstractContextManager[str]:
        """Give the URL of a catalog that is empty, and let it go at the end."""
        ...

    def strike(self, scan: Scan, chance: random.Random) -> bool:
        """Disturb the scan and take the cause away again; say whether it was running."""
        ...


@contextmanager
def in_file(site: Site) -> Iterator[str]:
    """Give a catalog that is a file."""
    folder = site.folder / "catalog"
    folder.mkdir()
    try:
        yield f"sqlite:///{folder / 'catalog.sqlite'}"
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


@dataclass(frozen=True, slots=True)
class KillMain:
    """The scan itself is killed, and its workers are left alone."""

    name: str = "main killed"

    def site(self, site: Site) -> Site:
        """Start the scan as it is."""
        return site

    def catalog(self, site: Site) -> AbstractContextManager[str]:
        """Give a file."""
        return in_file(site)

    def strike(self, scan: Scan, chance: random.Random) -> bool:
        """Kill it."""
        del chance
        if not scan.is_running:
            return False
        scan.process.kill()
        return scan.process.wait() == -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class KillWorker:
    """One of its worker processes is killed."""

    name: str = "worker killed"

    def site(self, site: Site) -> Site:
        """Start the scan as it is."""
        return site

    def catalog(self, site: Site) -> AbstractContextManager[str]:
        """Give a file."""
        return in_file(site)

    def strike(self, scan: Scan, chance: random.Random) -> bool:
        """Kill one, if there is any."""
        if not scan.is_running or not (workers := workers_of(scan.process.pid)):
            return False
        victim = chance.choice(sorted(workers))
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
            return True
        return False


@dataclass(frozen=True, slots=True)
class CrashSource:
    """The database server crashes while the scan has a connection to it, and is started again."""

    server: PostgreSQL
    name: str = "database crashed"

    def site(self, site: Site) -> Site:
        """Start the scan as it is."""
        return site

    def catalog(self, site: Site) -> AbstractContextManager[str]:
        """Give a file."""
        return in_file(site)

    def strike(self, scan: Scan, chance: random.Random) -> bool:
        """Wait for a connection, then crash the server at a random moment."""
        while not _connections(self.server):
            if not scan.is_running:
                return False
            time.sleep(_LOOK)
        time.sleep(chance.uniform(0, 1))
        return _crash(self.server, scan, chance)


@dataclass(frozen=True, slots=True)
class CrashCatalog:
    """The server that holds the catalog crashes, and is started again."""

    server: PostgreSQL
    name: str = "catalog's server crashed"

    def site(self, site: Site) -> Site:
        """Start the scan as it is."""
        return site

    @contextmanager
    def catalog(self, site: Site) -> Iterator[str]:
        """Give a database of the server."""
        del site
        with self.server.database() as database:
            yield self.server.url(database)

    def strike(self, scan: Scan, chance: random.Random) -> bool:
        """Crash it while the scan is connected to it."""
        return _connections(self.server) > 0 and _crash(self.server, scan, chance)


def _connections(server: PostgreSQL) -> int:
    """Count who else is connected."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(server.url()) as connection:
        found = connection.execute(asked).fetchone()
    return found[0] if found else 0


def _crash(server: PostgreSQL, scan: Scan, chance: random.Random) -> bool:
    was_running = scan.is_running
    server.crash()
    time.sleep(chance.uniform(0, LONGEST))
    server.start()
    return was_running


def memory_of(process: int) -> int:
    """Give the bytes of address space that a process uses."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")
