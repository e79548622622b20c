"""How much memory some work may take in a process that must outlive it.

A worker process is confined for good; the one that lists sources and writes the catalog is so only
while it does what a source can make large. What needs more is then a `MemoryError` of that work,
and not the end of the process by the system.
"""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def address_space() -> int:
    """Give the bytes of address space that this process uses now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def at_most(bound: int) -> Iterator[None]:
    """Let this process use so many bytes of address space, or fewer if it is bound already."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY and soft <= bound:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
