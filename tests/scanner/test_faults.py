"""Faults of disks and of this machine: told as such, blamed on no content, tried again."""

import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from scanner.catalog import query, records
from scanner.catalog.store import Catalog
from scanner.connectors import paths
from scanner.connectors.base import SourceConfig
from scanner.connectors.mail.maildir import Maildir
from scanner.connectors.recruiting.greenhouse import Config as Greenhouse
from scanner.connectors.registry import config_model
from scanner.connectors.tree.base import Entry, Files, Names
from scanner.connectors.tree.folder import Config, Folder
from scanner.engine import Plan, run_scan
from scanner.errors import IoFailed, SourceError
from scanner.extract.base import Limits
from scanner.model import UNLISTED, Asset, Segment, SkipReason, SourceId
from scanner.pool import InProcess, Processes
from scanner.work import Job, guarded
from tests.faults import few_files, nest, small_disk, unnest
from tests.plugins.hostile_source import Counting
from tests.scanner.scanning import NOW, Observed, scan

PLUGINS = Path(__file__).parent.parent / "plugins"
TEXT = "Aino Esimerkki, aino.esimerkki@example.com, applied in January.\n"
MEGABYTE = 1024**2


def reasons(catalog: Catalog) -> dict[str, SkipReason]:
    return {entry.asset: entry.skip.reason for entry in records.skipped_assets(catalog)}


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog.open(f"sqlite:///{tmp_path / 'catalog.sqlite'}") as opened:
        yield opened


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Callable[..., SourceConfig]:
    """Give a maker of configurations of the misbehaving plug-in."""
    monkeypatch.syspath_prepend(str(PLUGINS))

    def make(*assets: str, **values: Any) -> SourceConfig:  # noqa: ANN401
        return config_model("hostile").model_validate(
            {"id": "bad", "kind": "hostile", "assets": assets, **values}
        )

    return make


def test_what_a_disk_failed_to_give_is_read_by_the_next_scan(
    catalog: Catalog, hostile: Callable[..., SourceConfig], tmp_path: Path
) -> None:
    """It was unreadable for good: only --full read it again."""
    source = hostile("ok", "failing", marker=tmp_path / "failed")

    first = scan(catalog, source)
    assert {"1-failing": SkipReason.IO} == reasons(catalog)

    again = scan(catalog, source)
    assert {} == reasons(catalog)
    assert (2, 0, 1, 1) == (first.examined, first.unchanged, again.examined, again.unchanged)


@pytest.fixture
def packed(tmp_path: Path) -> SourceConfig:
    """Give a source with an archive whose member is unpacked to a file, and a small text."""
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    with zipfile.ZipFile(folder / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        noise = os.urandom(MEGABYTE).hex()
        archive.writestr("large.txt", "\n".join([TEXT, noise] * 6))
    (folder / "c.txt").write_text(TEXT)
    return Config(id="share", path=folder)


@contextmanager
def temporary(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[None]:
    with monkeypatch.context() as context:
        context.setattr(tempfile, "tempdir", str(folder))
        context.setenv("TMPDIR", str(folder))
        yield


def test_what_did_not_fit_into_the_temporary_folder_is_read_when_it_does(
    catalog: Catalog, packed: SourceConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "small", 10 * MEGABYTE) as small, temporary(monkeypatch, small):
        observed = scan(catalog, packed)
    assert {"b.zip": SkipReason.SPACE} == reasons(catalog)
    assert {"share": ""} == observed.errors

    observed = scan(catalog, packed)
    assert {} == reasons(catalog)
    assert 1 == observed.examined


def test_a_temporary_folder_that_is_full_is_told_once_and_blamed_on_no_asset(
    catalog: Catalog, packed: SourceConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every archive and database was called broken, for good."""
    with small_disk(tmp_path / "small", 10 * MEGABYTE) as small, temporary(monkeypatch, small):
        (small / "others").write_bytes(bytes(9 * MEGABYTE))
        observed = scan(catalog, packed)
    assert f"temporary files, {small}, is full" in observed.errors["share"]
    assert "TMPDIR" in observed.errors["share"]
    assert {} == reasons(catalog)

    observed = scan(catalog, packed)
    assert {} == reasons(catalog)
    assert {"share": ""} == observed.errors


def test_a_process_that_may_open_no_more_files_calls_none_broken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    source = Files("share", Folder(tmp_path), Limits())
    asset = next(source.discover(None))

    with few_files():
        found = list(guarded(source, asset))
        with pytest.raises(SourceError, match="cannot be listed"):
            list(source.discover(None))
    assert [SkipReason.IO] == [getattr(each, "reason", None) for each in found]


class _Torn(Folder):
    """A folder on a disk with a bad block."""

    def list(self, folder: Names) -> Iterable[Entry]:
        if folder == ("b",):
            raise IoFailed("the disk failed")
        return super().list(folder)


def test_a_folder_that_a_fault_hides_is_told_and_stops_nothing(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "cv.txt").write_text(TEXT)
    source = Files("share", _Torn(tmp_path), Limits())

    listed = list(source.discover(None))
    assert ["a/cv.txt", "b", "c/cv.txt"] == [asset.path for asset in listed]
    assert UNLISTED == listed[1].fingerprint
    assert [SkipReason.IO] == [each.reason for each in guarded(source, listed[1])]  # type: ignore[union-attr]


def test_a_fault_before_a_scan_was_interrupted_is_told_by_what_goes_on(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was kept in memory: resumed, the scan ended well, and the folder counted as deleted."""
    for name in ("a/cv.txt", "b/cv.txt", "b/deep/cv.txt", *(f"c/{n:03}.txt" for n in range(99))):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    source = Config(id="share", path=tmp_path, exclude=("catalog.sqlite*",))
    scan(catalog, source)
    plan = Plan((source,), Counting(), Limits(), b"k" * 32, "1", full=True)
    whole, torn = Folder.list, _Torn(tmp_path)

    def listed(folder: Folder, names: Names) -> Iterable[Entry]:
        return torn.list(names) if names == ("b",) else whole(folder, names)

    monkeypatch.setattr(Folder, "list", listed)

    with pytest.raises(KeyboardInterrupt):
        run_scan(plan, catalog, InProcess(), _Interrupted(), NOW)
    run = run_scan(plan, catalog, InProcess(), Observed(), NOW)

    assert run.resumed
    assert {"b": SkipReason.IO} == reasons(catalog)
    (summary,) = query.source_summaries(catalog)
    assert ("", True, 103) == (summary.error, summary.is_listed, summary.assets)


class _Interrupted(Observed):
    """Somebody who presses Ctrl-C when a batch is done."""

    def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
        raise KeyboardInterrupt


def test_mail_folders_that_cannot_be_listed_for_a_fault_are_told(tmp_path: Path) -> None:
    """They were passed over, and what stood in them was taken for deleted."""
    (tmp_path / "cur").mkdir()
    listing = Maildir(tmp_path).messages(None)

    with few_files(), pytest.raises(SourceError, match="cannot be listed"):
        list(listing)


def test_folders_may_be_nested_as_deeply_as_a_disk_can(tmp_path: Path) -> None:
    """Paths end at 4,096 bytes: what lies deeper is told, and what lies beside it is read."""
    with small_disk(tmp_path / "deep", 256 * MEGABYTE) as deep:
        (deep / "z.txt").write_text(TEXT)
        nest(deep, 100_000)
        source = Files("deep", Folder(deep), Limits())

        below, beside = source.discover(None)
        told, read = list(guarded(source, below)), list(guarded(source, beside))
        unnest(deep, 100_000)
    assert [SkipReason.LIMIT] == [getattr(each, "reason", None) for each in told]
    assert "z.txt" == beside.path
    assert any(isinstance(each, Segment) for each in read)


def test_a_worker_that_cannot_be_started_is_its_source_s_error(
    catalog: Catalog, hostile: Callable[..., SourceConfig]
) -> None:
    """It ended the scan, and the sources after it were not looked at."""
    source = hostile("ok")
    with Processes(1) as workers, few_files():
        job = Job(source, (Asset(SourceId("bad"), "0-ok", "1", token="0"),), Counting(), Limits())  # noqa: S106 - no secret
        with pytest.raises(SourceError, match="cannot be started"):
            list(workers.run(iter([(0, job)])))


@pytest.mark.parametrize(
    ("burden", "told"),
    [
        ("hoarding", "listing takes more memory"),
        ("endless", "listing took longer than 3 seconds"),
        ("recursing", "RecursionError"),
    ],
)
def test_a_listing_that_takes_too_much_costs_its_own_source(
    catalog: Catalog, hostile: Callable[..., SourceConfig], burden: str, told: str, tmp_path: Path
) -> None:
    """It ended the scan, or held it for ever, and the sources after it were not looked at."""
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "a.txt").write_text(TEXT)
    limits = Limits(memory=256 * MEGABYTE, listing_seconds=3)
    sources = hostile("ok", burden, "ok"), Config(id="share", path=tmp_path / "share")

    observed = scan(catalog, *sources, limits=limits)

    assert told in observed.errors["bad"]
    assert "" == observed.errors["share"]
    assert 2 == observed.examined


def test_a_source_takes_no_longer_than_it_is_given(
    catalog: Catalog, hostile: Callable[..., SourceConfig]
) -> None:
    source = hostile(*["working"] * 200)

    observed = scan(catalog, source, limits=Limits(source_seconds=0.5))
    assert "in 0.5 seconds" in observed.errors["bad"]
    assert 0 < observed.examined < 200


def test_an_export_that_has_no_room_is_told_as_that(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    rows = [{"id": number, "candidate_id": number, "notes": TEXT * 200} for number in range(3_000)]
    for name in ("candidates", "applications"):
        (folder / f"{name}.json").write_text(json.dumps(rows))
    source = Greenhouse(id="ats", path=folder)

    with small_disk(tmp_path / "small", 10 * MEGABYTE) as small, temporary(monkeypatch, small):
        observed = scan(catalog, source)
    assert "temporary copy" in observed.errors["ats"]
    assert str(small) in observed.errors["ats"]
    assert {} == reasons(catalog)

    assert {"ats": ""} == scan(catalog, source).errors


def test_a_reader_is_not_a_number_because_no_file_was_free(tmp_path: Path) -> None:
    """'user root' became 'user 0' and stayed so: the file was unchanged for the next scan."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0o600)
    named = paths.readers(tmp_path / "a.txt")

    with few_files(), pytest.raises(OSError, match="Too many open files"):
        paths.readers(tmp_path / "a.txt")
    assert named == paths.readers(tmp_path / "a.txt")
