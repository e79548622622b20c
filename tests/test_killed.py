"""A scan that is killed and started again ends as one that nobody disturbed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.contents import content

ROOT = Path(__file__).parent.parent
KILLS = 20


def command(folder: Path, catalog: Path, workers: int) -> list[str]:
    return [
        sys.executable, "-m", "kartta", "scan", str(folder),
        "--catalog", str(catalog), "--workers", str(workers), "--format", "json",
    ]  # fmt: skip


def environment(home: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(home)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make some thousand small files, among them broken ones."""
    root = tmp_path_factory.mktemp("files")
    for number in range(600):
        place = root / f"d{number % 13}"
        place.mkdir(exist_ok=True)
        text = f"hakija{number}@example.fi soitti numerosta +358 40 {number:07d}\n"
        (place / f"{number}.txt").write_text(text * 20)
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    return root


@pytest.mark.slow
def test_a_killed_scan_loses_and_repeats_nothing(folder: Path, tmp_path: Path) -> None:
    """Kill the whole process group at random moments of the time that a scan takes."""
    (tmp_path / ".kartta").mkdir()
    (tmp_path / ".kartta" / "key").write_bytes(b"k" * 32)
    undisturbed = tmp_path / "undisturbed.sqlite"
    begin = time.monotonic()
    subprocess.run(
        command(folder, undisturbed, 2), cwd=tmp_path, env=environment(tmp_path),
        check=True, capture_output=True,
    )  # fmt: skip
    seconds = time.monotonic() - begin
    expected = content(undisturbed)
    chance = random.Random(20261122)  # noqa: S311 - moments, not secrets

    disturbed = tmp_path / "disturbed.sqlite"
    killed = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            command(folder, disturbed, chance.choice((1, 2))), cwd=tmp_path,
            env=environment(tmp_path), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            process.wait(timeout=chance.uniform(0.05, 0.75) * seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
        else:
            # It came to its end between two kills: begin again with an empty catalog.
            assert expected == content(disturbed)
            disturbed.unlink()
    subprocess.run(
        command(folder, disturbed, 2), cwd=tmp_path, env=environment(tmp_path),
        check=True, capture_output=True,
    )  # fmt: skip

    assert expected == content(disturbed)
    assert killed >= KILLS // 2
