"""What is installed: the five packages out of other projects' way, and working."""

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def site(wheel: Path) -> Path:
    folder = wheel.parent / "site"
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def kartta(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run what is installed, with the tree out of its sight."""
    code = (
        "import sys; sys.path[:] = [p for p in sys.path if p != sys.argv[1]]; del sys.argv[1];"
        "from kartta import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(ROOT), *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_has_no_top_level_name_but_its_own(wheel: Path) -> None:
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {name for name in names if not name.endswith(".dist-info")} == {"kartta"}
    assert len(names) == 2


def test_the_installed_wheel_scans_with_worker_processes(site: Path, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "cv.txt").write_text("onni.lahti@example.fi")

    done = kartta(site, tmp_path, "scan", "files", "--workers", "2", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert "contact.email" in done.stdout


def test_the_installed_wheel_brings_an_old_catalog_up_to_date(site: Path, tmp_path: Path) -> None:
    dump = ROOT / "tests" / "scanner" / "catalogs" / "version-3.sqlite.sql"
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as database:
        database.executescript(dump.read_text("utf-8"))

    done = kartta(site, tmp_path, "coverage", "--catalog", "old.sqlite")
    assert done.returncode == 0, done.stderr
    assert "from version 3" in done.stderr
    assert "cv.zip" in done.stdout


def test_a_plug_in_works_beside_the_installed_wheel(site: Path, tmp_path: Path) -> None:
    """A plug-in imports `scanner`, which an installation keeps inside of `kartta`."""
    example = shutil.copytree(ROOT / "examples" / "plugin", tmp_path / "example")
    both = shutil.copytree(site, tmp_path / "both")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
            *("--no-build-isolation", "--disable-pip-version-check", "--target", both, example),
        ],
        check=True,
        capture_output=True,
    )
    (tmp_path / "people.ldif").write_text("dn: uid=a\nnote: rijksregisternummer 90.01.02-998.63\n")

    done = kartta(both, tmp_path, "scan", "people.ldif", "--workers", "2", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert "BE_RIJKSREGISTERNUMMER" in done.stdout
    assert "DIR-01" in done.stdout


def test_every_data_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    shipped = {name.removeprefix("kartta/_app/") for name in zipfile.ZipFile(wheel).namelist()}
    tracked = {
        path.relative_to(ROOT).as_posix()
        for package in ("scanner", "detectors", "ropa", "rules", "reports")
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".py", ".yaml", ".txt", ".j2", ".json", ".css", ".js"}
        and "__pycache__" not in path.parts
    }

    assert tracked - shipped == set()
