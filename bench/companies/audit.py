"""Write a company into a folder, scan it with the product, and compare."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from bench.companies.score import DAY, Line, Score, read, score
from bench.companies.world import Company, Truth

_CONFIG = """organisation:
  name: "{name}"
  domains: [{domain}]
register: register.yaml
sources:
{sources}
"""
_REGISTER = """version: 1
controller:
  name: "{name}"
  address: "1"
  country: {country}
  email: privacy@{domain}
  domains: [{domain}]
  timezone: {zone}
  dpo: {{name: DPO, email: privacy@{domain}}}
activities:
- id: recruitment
  name: {{en: Recruitment}}
  purposes:
  - {{id: selection, name: {{en: Choosing}}, basis: A6-1-f, legitimate_interest: {{en: Choosing}}}}
  - {{id: pool, name: {{en: Later vacancies}}, basis: A6-1-a}}
  data_subjects: [{{en: Applicants}}]
  categories: [identity.name, contact.email, contact.phone, recruitment.cv]
  retention:
  - {{id: after-decision, duration: P1Y, trigger: selection_told, basis: A6-1-f}}
  - {{id: talent-pool, trigger: consent, basis: A6-1-a}}
  measures: {{en: Roles}}
  systems: [all]
systems:
- {{id: all, name: All, kind: file_share, sources: [{ids}], country: {country}}}
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A company, what is true of it, and how well it was read."""

    truth: Truth
    found: Score
    given: Score
    """The same with what the letters say given, as if each had been understood."""
    seconds: float


def measure(company: Company, folder: Path) -> Measured:
    """Write a company, scan it and compare."""
    folder.mkdir(parents=True)
    truth = company.write(company, folder)
    texts = {
        "name": company.name,
        "domain": company.domain,
        "zone": company.zone,
        "country": company.country,
        "sources": company.sources.format(folder=folder),
        "ids": ", ".join(company.source_ids),
    }
    (folder / "kartta.yaml").write_text(_CONFIG.format(**texts), "utf-8")
    (folder / "register.yaml").write_text(_REGISTER.format(**texts), "utf-8")
    began = time.perf_counter()
    _kartta(folder, "scan", "--format", "json")
    seconds = time.perf_counter() - began
    catalog = folder / ".kartta" / "catalog.sqlite"
    found = score(truth, _clock(folder), catalog)
    _give(truth, catalog)
    return Measured(truth, found, score(truth, _clock(folder), catalog), seconds)


def _clock(folder: Path) -> Sequence[Line]:
    return read(_kartta(folder, "clock", "--format", "jsonl"))


def _give(truth: Truth, catalog: Path) -> None:
    """Put what the letters say into the catalog instead of what was read of it."""
    with closing(sqlite3.connect(catalog)) as connection:
        ids = {
            (source, path): number
            for source, path, number in connection.execute("SELECT source_id, path, id FROM assets")
        }
        for place in truth.letters:
            connection.execute(
                "DELETE FROM milestones WHERE asset_id = ? AND (evidence LIKE 'mail%'"
                " OR evidence LIKE 'notes.%' OR evidence LIKE 'letter%')",
                (ids[place],),
            )
        for source, asset, record, kind, at in truth.events:
            connection.execute(
                "INSERT INTO milestones (asset_id, kind, at, evidence, application, record)"
                " VALUES (?, ?, ?, 'mail: given', '', ?)",
                (
                    ids[source, asset],
                    kind,
                    f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}.000000",
                    record,
                ),
            )
        connection.commit()


def _kartta(folder: Path, command: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kartta", command, "-c", folder / "kartta.yaml",
         "--today", DAY, *arguments],
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode not in {0, 1, 3}:
        raise RuntimeError(f"kartta {command}: {done.returncode}: {done.stderr.decode()[-800:]}")
    return done.stdout.decode()
