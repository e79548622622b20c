"""A source that is away for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def away(path: Path) -> Iterator[None]:
    """Move a file or folder away while the context lasts, as when a share is not mounted."""
    elsewhere = path.rename(path.with_name("elsewhere"))
    try:
        yield
    finally:
        elsewhere.rename(path)
