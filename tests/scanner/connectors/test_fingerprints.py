"""A file that was changed is seen, also where size and time of modification were put back."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scanner.connectors.registry import config_model, open_source
from scanner.extract.base import Limits

MAIL = b"From: a@example.fi\nDate: Mon, 2 Nov 2026 09:00:00 +0200\n\nThe candidate is Aino.\n"
CHANGED = (b"Aino", b"Anna")


def folder(root: Path) -> tuple[dict[str, object], Path]:
    (root / "note.txt").write_bytes(MAIL)
    return {"kind": "folder", "path": root}, root / "note.txt"


def mbox(root: Path) -> tuple[dict[str, object], Path]:
    (root / "mail.mbox").write_bytes(b"From a@example.fi Mon Nov  2 09:00:00 2026\n" + MAIL)
    return {"kind": "mbox", "path": root / "mail.mbox"}, root / "mail.mbox"


def maildir(root: Path) -> tuple[dict[str, object], Path]:
    for name in ("cur", "new", "tmp"):
        (root / name).mkdir()
    (root / "cur" / "1000.a.host:2,S").write_bytes(MAIL)
    return {"kind": "maildir", "path": root}, root / "cur" / "1000.a.host:2,S"


def sqlite(root: Path) -> tuple[dict[str, object], Path]:
    with closing(sqlite3.connect(root / "hr.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE note (text TEXT)")
        connection.execute("INSERT INTO note VALUES ('The candidate is Aino.')")
    return {"kind": "database", "url": f"sqlite:///{root / 'hr.sqlite'}"}, root / "hr.sqlite"


def greenhouse(root: Path) -> tuple[dict[str, object], Path]:
    (root / "files").mkdir()
    (root / "candidates.json").write_text('[{"id": 7}]')
    (root / "applications.json").write_text('[{"id": 1, "candidate_id": 7}]')
    (root / "attachments.json").write_text(
        '[{"id": 31, "candidate_id": 7, "filename": "cv.txt", "application_id": 1}]'
    )
    (root / "files" / "31_cv.txt").write_bytes(MAIL)
    return {"kind": "greenhouse", "path": root}, root / "files" / "31_cv.txt"


def fingerprints(fields: dict[str, object]) -> dict[str, str]:
    config = config_model(str(fields["kind"])).model_validate({"id": "it", **fields})
    with open_source(config, Limits()) as source:
        return {asset.path: asset.fingerprint for asset in source.discover(None)}


@pytest.mark.parametrize("source", [folder, mbox, maildir, sqlite, greenhouse])
@pytest.mark.parametrize("how", ["in place", "by another file"])
def test_a_byte_that_changed_is_seen_though_size_and_time_are_as_before(
    source: Callable[[Path], tuple[dict[str, object], Path]], how: str, tmp_path: Path
) -> None:
    """Size and time of modification were all that was compared: a forged time hid a change."""
    fields, file = source(tmp_path)
    before, status = fingerprints(fields), file.stat()
    content = file.read_bytes().replace(*CHANGED)

    if how == "in place":
        file.write_bytes(content)
    else:
        (tmp_path.parent / "other").write_bytes(content)
        (tmp_path.parent / "other").replace(file)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert (status.st_size, status.st_mtime_ns) == (file.stat().st_size, file.stat().st_mtime_ns)
    after = fingerprints(fields)
    assert before.keys() == after.keys()
    assert before != after
    assert after == fingerprints(fields)
