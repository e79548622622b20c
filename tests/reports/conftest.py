"""One invented audit that has everything: each answer, each kind of gap, and hostile text."""

import pytest

from reports.base import AuditResult
from tests.reports.company import audit


@pytest.fixture(scope="session")
def result() -> AuditResult:
    """Give the audit of an invented company."""
    return audit()
