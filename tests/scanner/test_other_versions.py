"""Who opens a catalog of another version: what they are told, and what is left as it was."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from scanner.catalog import query, schema
from scanner.catalog.lock import only_writer
from scanner.catalog.opening import open_engine
from scanner.catalog.store import Catalog
from scanner.errors import CatalogError
from tests.scanner.old_catalogs import engine_of, restored, rows

ROOT = Path(__file__).parent.parent.parent


def kartta(folder: Path, *arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
    return subprocess.run(
        [sys.executable, "-m", "kartta", *arguments], cwd=folder, text=True, check=False,
        capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, **how,
    )  # fmt: skip


@pytest.mark.parametrize("command", ["coverage", "scan"])
def test_a_command_migrates_says_so_and_keeps_a_copy_for_its_owner(
    tmp_path: Path, command: str
) -> None:
    file = restored(tmp_path / "catalog.sqlite")
    before = rows(f"sqlite:///{file}")
    (tmp_path / "empty").mkdir()

    arguments = ("empty",) if command == "scan" else ()
    done = kartta(tmp_path, command, *arguments, "--catalog", str(file))
    assert 0 == done.returncode, done.stderr
    assert f"from version 3 to {schema.VERSION}" in done.stderr
    copy = tmp_path / "catalog.sqlite.version-3"
    assert str(copy) in done.stderr
    assert before == rows(f"sqlite:///{copy}")
    assert 0o600 == stat.S_IMODE(copy.stat().st_mode)
    again = kartta(tmp_path, command, *arguments, "--catalog", str(file))
    assert (0, "") == (again.returncode, again.stderr if command == "coverage" else "")


def test_an_earlier_copy_is_not_written_over(tmp_path: Path) -> None:
    restored(tmp_path / "catalog.sqlite")
    (tmp_path / "catalog.sqlite.version-3").write_text("kept")

    Catalog.open(f"sqlite:///{tmp_path}/catalog.sqlite").engine.dispose()

    assert "kept" == (tmp_path / "catalog.sqlite.version-3").read_text()
    assert (tmp_path / "catalog.sqlite.version-3.2").stat().st_size > 0


@contextmanager
def powerless() -> Iterator[None]:
    """Be somebody to whom permissions apply: root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    os.setresuid(nobody, nobody, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def test_a_catalog_that_may_not_be_changed_is_not_and_the_user_knows_what_to_do() -> None:
    with tempfile.TemporaryDirectory() as medium:
        file = restored(Path(medium) / "catalog.sqlite", journal="DELETE")
        before = file.read_bytes()
        file.chmod(0o444)
        Path(medium).chmod(0o555)
        for create in (True, False):
            with powerless(), pytest.raises(CatalogError, match="cannot be changed") as caught:
                open_engine(f"sqlite:///{file}", create=create)
            assert "copy it" in caught.value.hint
            assert "scan" not in caught.value.hint
        assert before == file.read_bytes()
        assert [file] == list(Path(medium).iterdir())
        Path(medium).chmod(0o755)

        copy = Path(shutil.copy(file, Path(medium) / "copy.sqlite"))
        copy.chmod(0o600)
        with Catalog.open(f"sqlite:///{copy}", create=False) as catalog:
            assert query.departed_keys(catalog, {"greenhouse"})


@pytest.mark.parametrize(
    ("version", "needed"),
    [(str(schema.VERSION + 1), "Kartta 9.1.0"), ("2", "the tool that made it")],
)
def test_another_version_is_left_alone_and_says_which_tool_reads_it(
    old: str, version: str, needed: str
) -> None:
    engine = engine_of(old)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE meta SET value = '{version}' WHERE key = 'version'"))  # noqa: S608
        connection.execute(text("INSERT INTO meta VALUES ('tool', '9.1.0')"))
    engine.dispose()
    before = rows(old)

    for create in (True, False):
        with pytest.raises(CatalogError, match=f"version {version}") as caught:
            open_engine(old, create=create)
        assert needed in caught.value.hint
        assert "scan" not in caught.value.hint
    assert before == rows(old)


def test_no_scan_is_at_work_while_a_catalog_is_migrated(old: str) -> None:
    """A scan of the earlier version would write to tables that are no longer there."""
    engine = engine_of(old)
    with (
        only_writer(engine),
        pytest.raises(CatalogError, match="another scan is writing"),
    ):
        Catalog.open(old, create=False)
    engine.dispose()
    Catalog.open(old, create=False).engine.dispose()
