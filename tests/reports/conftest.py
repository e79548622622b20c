"""One invented audit that has everything: each answer, each kind of gap, and hostile text."""

from pathlib import Path

import pytest

from ropa.model import Register
from tests.reports.company import HeldAudit, audit
from tests.reports.declared import full
from tests.reports.editing import Editor


@pytest.fixture(scope="session")
def result() -> HeldAudit:
    """Give the audit of an invented company."""
    return audit()


@pytest.fixture
def register() -> Register:
    """Give a register that uses every field."""
    return full()


@pytest.fixture
def editor(tmp_path: Path, register: Register) -> Editor:
    """Give its workbook in English."""
    return Editor(tmp_path / "register.xlsx", register)
