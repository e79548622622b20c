"""What happens where a server is not installed."""

import pytest

from tests.servers import require


def test_a_missing_server_skips_at_home_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="install-system"):
        require("PostgreSQL is not installed")

    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="install-system"):
        require("PostgreSQL is not installed")
