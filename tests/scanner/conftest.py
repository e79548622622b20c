"""What tests of the scanner share."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scanner.old_catalogs import DUMPS, restored
from tests.servers import PostgreSQL


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.integration, pytest.mark.enable_socket]),
    ]
)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a catalog of version 3."""
    if request.param == "sqlite":
        yield f"sqlite:///{restored(tmp_path / 'catalog.sqlite')}"
        return
    server: PostgreSQL = request.getfixturevalue("postgres")
    with server.database() as name:
        subprocess.run(
            ["psql", "--quiet", "--set=ON_ERROR_STOP=1", "--file",
             DUMPS / "version-3.postgresql.sql", server.url(name)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        yield server.url(name)
