"""One private folder for the copies that some libraries need, and no copy left behind.

A copy of a scanned database in /tmp would outlive a killed scan. So everything temporary goes into
one folder of this run, which is removed at its end; what a killed run left is removed by the next.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "kartta-run-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Send the temporary files of this process and its workers into a folder of their own."""
    before = os.environ.get("TMPDIR")
    parent = Path(tempfile.gettempdir())
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent))
    os.environ["TMPDIR"] = str(folder)  # spawned workers inherit it
    tempfile.tempdir = None
    try:
        yield folder
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
        tempfile.tempdir = None
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove what runs of ours left that are no longer alive."""
    for folder in parent.glob(f"{_PREFIX}*"):
        process = folder.name.removeprefix(_PREFIX).partition("-")[0]
        is_ours = (
            folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid == os.getuid()
        )
        if is_ours and process.isdigit() and not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)
