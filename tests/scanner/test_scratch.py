"""Temporary copies: private, gone with their run, and never taken from a run that is alive."""

import fcntl
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scanner.errors import ConfigError
from scanner.scratch import scratch

ROOT = Path(__file__).parent.parent.parent
NAMESPACE = ("unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc")
HOLD = """
import sys
from pathlib import Path
from scanner.scratch import scratch

with scratch() as folder:
    Path(folder, "copy").touch()
    print(folder, flush=True)
    sys.stdin.read()
"""


def is_permitted(command: tuple[str, ...]) -> bool:
    return subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0


@contextmanager
def holding(parent: Path, *prefix: str) -> Iterator[tuple[Path, "subprocess.Popen[str]"]]:
    """Run a process with a scratch folder in `parent`, until the end of the `with`."""
    with subprocess.Popen(
        [*prefix, sys.executable, "-c", HOLD],
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(parent)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield Path(process.stdout.readline().strip()), process


@pytest.mark.parametrize("prefix", [(), NAMESPACE], ids=["here", "in another container"])
def test_nobody_sweeps_what_a_living_run_holds(prefix: tuple[str, ...], tmp_path: Path) -> None:
    """Containers that share /tmp deleted each other's copies.

    Each looked for the other's process among its own, and saw none.
    """
    if prefix and not is_permitted(prefix):
        pytest.skip("no namespaces may be made here")

    with holding(tmp_path) as (first, _), holding(tmp_path, *prefix) as (second, _):
        assert first != second
        assert (first / "copy").exists()
        assert (second / "copy").exists()
    assert list(tmp_path.iterdir()) == []


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    with holding(tmp_path) as (folder, process):
        process.kill()
    assert (folder / "copy").exists()

    with scratch(tmp_path) as other:
        assert not folder.exists()
        assert {other.name, f"{other.name}.lock"} == {path.name for path in tmp_path.iterdir()}
    assert list(tmp_path.iterdir()) == []


def test_many_that_start_together_take_nothing_from_each_other(tmp_path: Path) -> None:
    """One may sweep in the moment between another's making of its lock and holding it."""
    begin = f"import os; os.environ['TMPDIR'] = {str(tmp_path)!r}\n"
    work = """
from scanner.scratch import scratch
for _ in range(300):
    with scratch() as folder:
        (folder / "copy").write_text("")
        (folder / "copy").read_text()
"""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", begin + work], env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        for _ in range(4)
    ]

    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_or_cannot_be_locked_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").touch()
    (tmp_path / "kartta-run-linked.lock").symlink_to(elsewhere / "file")
    (tmp_path / "kartta-run-linked").symlink_to(elsewhere)
    (tmp_path / "kartta-run-without").mkdir()
    held = tmp_path / "kartta-run-held.lock"
    with held.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = sorted(tmp_path.rglob("*"))

        with scratch(tmp_path):
            pass

        assert before == sorted(tmp_path.rglob("*"))


def test_the_folder_is_its_users_alone_and_is_made_where_it_is_asked_for(tmp_path: Path) -> None:
    before = tempfile.gettempdir()

    with scratch(tmp_path / "beside") as folder:
        assert folder.parent == tmp_path / "beside"
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)]
        assert modes == [0o700, 0o700]
        assert tempfile.gettempdir() == str(folder)
    assert tempfile.gettempdir() == before


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with (
        pytest.raises(ConfigError, match="no temporary files"),
        scratch(tmp_path / "file"),
    ):
        pass
