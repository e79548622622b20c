"""What every test may use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.servers import PostgreSQL, postgresql

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real test material, which is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"real test material is not at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """Give a real PostgreSQL server, started for the session."""
    with postgresql() as server:
        yield server
        left = server.psql(
            "postgres", "SELECT relname FROM pg_stat_user_tables ORDER BY relname"
        ).split()
        assert [] == left, "a test needs a database of its own: PostgreSQL.database"
