"""Write a company into a folder, scan it with the product, and compare."""

import subprocess
import sys
import time
from pathlib import Path

from bench.companies.score import DAY, Score, read, score
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
  country: "{country}"
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
- {{id: all, name: All, kind: file_share, sources: [{ids}], country: "{country}"}}
"""


def measure(company: Company, folder: Path) -> tuple[Truth, Score, float]:
    """Give what is true of a company, how well it is read, and the seconds that a scan took."""
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
    lines = read(_kartta(folder, "clock", "--format", "jsonl"))
    return truth, score(truth, lines, folder / ".kartta" / "catalog.sqlite"), seconds


def _kartta(folder: Path, command: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kartta", command, "-c", folder / "kartta.yaml",
         "--today", DAY, *arguments],
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode not in {0, 1, 3}:
        raise RuntimeError(f"kartta {command}: {done.returncode}: {done.stderr.decode()[-800:]}")
    return done.stdout.decode()
