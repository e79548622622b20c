"""A password by reference reaches the server and nothing else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.servers import PostgreSQL

ROOT = Path(__file__).parent.parent
SECRET = "p@ss/of:the?reader#1"  # noqa: S105 - invented, with all that a URL takes for its own
PIECES = ("p@ss", "of:the", "reader#1", quote(SECRET, safe=""))


@pytest.fixture
def database(postgres: PostgreSQL, socket_enabled: None) -> Iterator[str]:
    """Give port and name of a database, whose reader has the password."""
    with postgres.database(
        f"CREATE ROLE reader LOGIN PASSWORD '{SECRET}'",
        "CREATE TABLE staff (email text)",
        "INSERT INTO staff VALUES ('onni.lahti@posti.example')",
        "GRANT SELECT ON staff TO reader",
    ) as name:
        yield f"127.0.0.1:{postgres.port}/{name}"
    postgres.psql("postgres", "DROP ROLE reader")


def scan(folder: Path, target: str, secret: str, *options: str) -> tuple[int, str, set[bytes]]:
    """Give exit status, everything that was printed, and every command line meanwhile."""
    with (folder / "printed").open("wb") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "kartta", "--debug", "scan", target, *options],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "KARTTA_TEST_PASSWORD": secret},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        lines: set[bytes] = set()
        while process.poll() is None:
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    lines.add(path.read_bytes())
                except OSError:
                    continue
    return process.returncode, (folder / "printed").read_text(), lines


@pytest.mark.integration
@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_help_s_own_example_works_and_the_password_is_nowhere(
    tmp_path: Path, database: str, workers: str
) -> None:
    """It was refused as a password in plain text, and one with an @ became part of the host."""
    target = f"postgresql://reader:${{env:KARTTA_TEST_PASSWORD}}@{database}"

    status, printed, lines = scan(tmp_path, target, SECRET, "--workers", workers)

    assert 0 == status, printed
    assert "E-mail address" in printed
    assert any(b"KARTTA_TEST_PASSWORD" in line for line in lines)
    for piece in PIECES:
        assert piece not in printed
        assert not any(piece.encode() in line for line in lines)
        for path in tmp_path.rglob("*"):
            assert path.is_dir() or piece.encode() not in path.read_bytes(), path


@pytest.mark.integration
def test_a_wrong_password_is_told_and_not_repeated(tmp_path: Path, database: str) -> None:
    target = f"postgresql://reader:${{env:KARTTA_TEST_PASSWORD}}@{database}"

    status, printed, _ = scan(tmp_path, target, "wrong@one/two", "--workers", "1")

    assert 2 == status
    assert "refused the user or the password" in printed
    assert "wrong@one" not in printed
    assert "one/two" not in printed
