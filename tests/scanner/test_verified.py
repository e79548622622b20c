"""A scan that verifies contents believes nobody what has not changed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from scanner.catalog import schema
from scanner.catalog.store import Catalog
from scanner.connectors.base import SourceConfig
from scanner.connectors.registry import config_model, open_source
from scanner.engine import Plan, run_scan
from scanner.extract.base import Limits
from scanner.model import SourceId
from scanner.pool import InProcess, Processes, Workers
from tests.plugins.hostile_source import Counting
from tests.scanner.scanning import NOW, Observed

MAIL = b"From: a@example.fi\nDate: Mon, 2 Nov 2026 09:00:00 +0200\n\nThe candidate is Aino.\n"


def folder(root: Path) -> SourceConfig:
    for number in range(3):
        (root / f"{number}.eml").write_bytes(MAIL)
    return config_model("folder").model_validate({"id": "it", "kind": "folder", "path": root})


def maildir(root: Path) -> SourceConfig:
    for name in ("cur", "new", "tmp"):
        (root / name).mkdir()
    for number in range(3):
        (root / "new" / f"{number}.host").write_bytes(MAIL)
    return config_model("maildir").model_validate({"id": "it", "kind": "maildir", "path": root})


def scan(
    catalog: Catalog, source: SourceConfig, workers: Workers | None = None, *, verify: bool = True
) -> tuple[int, int]:
    """Give how many assets were examined, and how many unchanged."""
    plan = Plan((source,), Counting(), Limits(), b"k" * 32, "1", verify=verify)
    observed = Observed()
    run = run_scan(plan, catalog, workers or InProcess(), observed, NOW)
    catalog.finish_run(run, NOW)
    return observed.examined, observed.unchanged


def forge(catalog: Catalog, source: SourceConfig) -> None:
    """Make the catalog believe what the source says now: as where no time of change is kept."""
    with open_source(source, Limits()) as opened, catalog.transaction() as connection:
        for asset in opened.discover(None):
            connection.execute(
                update(schema.assets)
                .where(schema.assets.c.path == asset.path)
                .values(fingerprint=asset.fingerprint)
            )


@pytest.mark.parametrize("make", [folder, maildir])
@pytest.mark.parametrize("workers", [None, 2])
def test_a_change_that_the_source_does_not_tell_of_is_seen(
    make: Callable[[Path], SourceConfig], workers: int | None, tmp_path: Path
) -> None:
    """Nothing looked at what is in a file that is as large and as old as before."""
    (tmp_path / "files").mkdir()
    source = make(tmp_path / "files")
    with Catalog.open(f"sqlite:///{tmp_path}/catalog.sqlite") as catalog:
        assert (3, 0) == scan(catalog, source, verify=False)
        assert {} == catalog.digests(SourceId("it"), ["0.eml", "0.host"])
        assert (3, 0) == scan(catalog, source), "there was nothing to compare with"
        assert (0, 3) == scan(catalog, source)
        changed = next(path for path in (tmp_path / "files").rglob("1.*"))
        status = changed.stat()
        changed.write_bytes(MAIL.replace(b"Aino", b"Anna"))
        os.utime(changed, ns=(status.st_atime_ns, status.st_mtime_ns))
        forge(catalog, source)

        assert (0, 3) == scan(catalog, source, verify=False), "the source says that it is the same"
        if workers is None:
            assert (1, 2) == scan(catalog, source)
        else:
            with Processes(workers) as processes:
                assert (1, 2) == scan(catalog, source, processes)
        assert (0, 3) == scan(catalog, source)


def test_what_is_no_bytes_is_examined_again(tmp_path: Path) -> None:
    (tmp_path / "candidates.json").write_text('[{"id": 7}]')
    (tmp_path / "applications.json").write_text('[{"id": 1, "candidate_id": 7}]')
    source = config_model("greenhouse").model_validate(
        {"id": "it", "kind": "greenhouse", "path": tmp_path}
    )
    with Catalog.open(f"sqlite:///{tmp_path}/catalog.sqlite") as catalog:
        assert scan(catalog, source, verify=False) == scan(catalog, source)


def test_a_digest_does_not_outlive_what_it_is_of(tmp_path: Path) -> None:
    """Examined anew without a hash, an old hash would call the next change unchanged."""
    (tmp_path / "files").mkdir()
    source = folder(tmp_path / "files")
    with Catalog.open(f"sqlite:///{tmp_path}/catalog.sqlite") as catalog:
        scan(catalog, source)
        (tmp_path / "files" / "1.eml").write_bytes(MAIL + b"more")
        assert (1, 2) == scan(catalog, source, verify=False)

        assert {"0.eml", "2.eml"} == set(
            catalog.digests(SourceId("it"), ["0.eml", "1.eml", "2.eml"])
        )
