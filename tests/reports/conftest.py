"""One invented audit that has everything: each answer, each kind of gap, and hostile text."""

import pytest

from tests.reports.company import HeldAudit, audit


@pytest.fixture(scope="session")
def result() -> HeldAudit:
    """Give the audit of an invented company."""
    return audit()
