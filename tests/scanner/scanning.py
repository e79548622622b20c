"""A scan without a command line, and what the engine tells of it."""

from datetime import UTC, datetime

from scanner.catalog.store import Catalog
from scanner.connectors.base import SourceConfig
from scanner.engine import Plan, run_scan
from scanner.extract.base import Limits
from scanner.pool import InProcess, Workers
from tests.plugins.hostile_source import Counting

NOW = datetime(2026, 12, 1, tzinfo=UTC)


class Observed:
    """What the engine tells."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}
        self.examined = self.unchanged = 0

    def source_started(self, name: str) -> None:
        pass

    def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
        self.examined += examined
        self.unchanged += unchanged

    def source_ended(self, name: str, error: str) -> None:
        self.errors[name] = error


def scan(
    catalog: Catalog,
    *sources: SourceConfig,
    limits: Limits | None = None,
    workers: Workers | None = None,
) -> Observed:
    """Scan sources, which are tried once more where their connection is lost."""
    plan = Plan(sources, Counting(), limits or Limits(), b"k" * 32, "1", pauses=(0.0,))
    observed = Observed()
    run = run_scan(plan, catalog, workers or InProcess(), observed, NOW)
    catalog.finish_run(run, NOW)
    return observed
