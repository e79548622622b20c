"""Tähtivahti Oy, an invented alarm company: its stores, its notice and its register."""

import shutil
from pathlib import Path

from demo import mailbox, records, share

_DECLARED = Path(__file__).parent / "declared"
_MARK = "planted.yaml"


def build(out: Path) -> None:
    """Build everything in a folder.

    Raises:
        FileExistsError: the folder holds something that was not built here.
    """
    if out.exists() and any(out.iterdir()):
        if not (out / _MARK).is_file():
            raise FileExistsError(f"{out} is not empty and was not built by demo/build.py")
        _clear(out)
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(_DECLARED.iterdir()):
        shutil.copyfile(path, out / path.name)
    mailbox.write(out / "mailbox")
    share.write(out / "share")
    records.write_database(out / "hr.sqlite")
    records.write_export(out / "recruiting")


def _clear(out: Path) -> None:
    """Remove what an earlier build made, and nothing else (a catalog may lie beside it)."""
    for name in ("mailbox", "share", "recruiting"):
        shutil.rmtree(out / name, ignore_errors=True)
