"""A scan as a user runs it, and everything that it leaves, made comparable."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from scanner.catalog import query, records
from scanner.catalog.store import Catalog
from soak.store import PASSWORD

ROOT = Path(__file__).parent.parent
TODAY = "2026-12-01"
EXIT_COMPLETE, EXIT_INCOMPLETE = 0, 3
SECONDS = 600.0
"""In which a scan that nobody disturbs has to end."""
PARTS = ("sources", "categories", "flows", "retention", "violations", "places", "skips",
         "sightings", "graph", "interrupted")  # fmt: skip
"""What of the JSON report does not name the run."""

Outcome = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the audit file lies, and how its secrets and its programs are found."""

    folder: Path
    password: str = field(repr=False)
    variables: tuple[tuple[str, str], ...] = ()
    """Of the scan's environment, beside those of this process."""

    @property
    def environment(self) -> dict[str, str]:
        """Give the variables of a scan."""
        own = {"PYTHONPATH": str(ROOT), PASSWORD: self.password}
        return os.environ | own | dict(self.variables)

    def with_variables(self, **variables: str) -> "Site":
        """Give the same site with more variables."""
        return replace(self, variables=(*self.variables, *variables.items()))


@dataclass(frozen=True, slots=True)
class Ended:
    """How a scan ended."""

    status: int
    errors: str
    """What it said on standard error."""
    report: Path

    @property
    def is_complete(self) -> bool:
        """Whether it says that everything was examined."""
        return self.status == EXIT_COMPLETE


class Scan:
    """A running `kartta scan`. Its catalog's password goes by reference: none is taken."""

    def __init__(self, site: Site, catalog: str, workers: int) -> None:
        # Beside the store: a disk that fails below it must not take away what the scan says.
        self._report = site.folder.with_name("out.json")
        self._errors = site.folder.with_name("errors.txt")
        named = catalog.replace(site.password, f"${{env:{PASSWORD}}}")
        words = [
            sys.executable, "-m", "kartta", "scan", "--workers", str(workers), "--catalog", named,
            "--format", "json", "--fail-on-incomplete", "--today", TODAY,
        ]  # fmt: skip
        with self._report.open("wb") as out, self._errors.open("wb") as err:
            self.process = subprocess.Popen(
                words, cwd=site.folder, env=site.environment, stdout=out,
                stderr=err, start_new_session=True,
            )  # fmt: skip

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def ended(self, seconds: float = SECONDS) -> Ended:
        """Wait for its end.

        Raises:
            subprocess.TimeoutExpired: it does not end.
        """
        status = self.process.wait(seconds)
        return Ended(status, self._errors.read_text("utf-8", "replace"), self._report)


class Scans:
    """Scans into one catalog, one after the other. None is left running at the end."""

    def __init__(self, site: Site, catalog: str, workers: int) -> None:
        self._begin = partial(Scan, site, catalog, workers)
        self.last: Scan

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.last.process.kill()
        self.last.process.wait()

    def begun(self) -> Scan:
        """Begin one."""
        self.last = self._begin()
        return self.last


def outcome(url: str, report: Path) -> Outcome:
    """Give what a scan left in a catalog and said in its report, but for numbers of rows."""
    told = json.loads(report.read_text("utf-8"))
    with Catalog.open(url, create=False) as store:
        kept: dict[str, Any] = {
            "catalog: sightings": sorted(map(_text, records.asset_sightings(store))),
            "catalog: identifiers and flows": sorted(map(_text, records.asset_records(store))),
            "catalog: flows": sorted(map(_text, records.asset_flows(store))),
            "catalog: records": sorted(map(_text, records.record_facts(store))),
            "catalog: skips": sorted(map(_text, records.skipped_assets(store))),
            "catalog: sources": sorted(map(_text, query.source_summaries(store))),
        }
    return kept | {f"report: {part}": _sorted(told[part]) for part in PARTS}


def differences(expected: Outcome, found: Outcome) -> Iterator[str]:
    """Say where two outcomes differ, with an example of each side."""
    for part, value in expected.items():
        other = found[part]
        if value == other:
            continue
        if isinstance(value, list) and isinstance(other, list):
            missing = _without(value, other)
            added = _without(other, value)
            yield (
                f"{part}: {len(missing)} missing, {len(added)} more;"
                f" missing {missing[:1]}, more {added[:1]}"
            )
        else:
            yield f"{part}: {value!r:.500} is now {other!r:.500}"


def _text(value: object) -> str:
    """Write a value; UTC has another name where a server tells the time."""
    return repr(value).replace("zoneinfo.ZoneInfo(key='Etc/UTC')", "datetime.timezone.utc")


def _without(entries: list[Any], others: list[Any]) -> list[str]:
    known = {repr(each) for each in others}
    return [text for each in entries if (text := repr(each)) not in known]


def _sorted(value: object) -> object:
    return sorted(value, key=repr) if isinstance(value, list) else value
