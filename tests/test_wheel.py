"""What is installed: the five packages out of other projects' way, and working."""

import os
import subprocess
import sys
import zipfile
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


def test_the_wheel_has_no_top_level_name_but_its_own(wheel: Path) -> None:
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {name for name in names if not name.endswith(".dist-info")} == {"kartta"}
    assert len(names) == 2


def test_the_installed_wheel_scans_with_worker_processes(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "cv.txt").write_text("onni.lahti@example.fi")
    code = (
        "import sys; sys.path[:] = [p for p in sys.path if p != sys.argv[1]];"
        "sys.argv[1:] = ['scan', 'files', '--workers', '2', '--format', 'json'];"
        "from kartta import main; main()"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "contact.email" in done.stdout


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
