"""Scan real third-party material in one run: `python bench/real.py [DATA]`.

The material lies in `../shared/data` and is not part of the project: hostile mail, broken and
encrypted documents, CVs, sample databases, tables of a recruiting system. The run must end by
itself, account for every asset, and name a reason for everything that was not examined.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from bench.measure import Usage, run
from scanner.catalog import query, records
from scanner.catalog.store import Catalog
from scanner.model import Coverage
from scanner.summary import SkippedAsset, SourceSummary

ROOT = Path(__file__).resolve().parent.parent
INTERNAL_ERROR = 4
FOLDERS = ("cv_dotin", "docs_tika", "docs_pypdf", "mail_nasty_mikel", "greenhouse_seeds")
DATABASES = {
    "db_chinook": "Chinook_Sqlite.sqlite",
    "db_employee": "employee_small.sqlite",
}


def main() -> None:
    """Scan everything once and print what came of it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--keep", type=Path, help="folder for configuration and catalog")
    given = parser.parse_args()
    data: Path = given.data.resolve()
    with tempfile.TemporaryDirectory(prefix="kartta-real-") as scratch:
        folder: Path = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder, data)
        usage = run((Path(sys.executable).parent / "kartta", "scan"), folder)
        sys.stderr.write((folder / "stderr.txt").read_text(encoding="utf-8", errors="replace"))
        if usage.code == INTERNAL_ERROR:
            raise SystemExit(f"the scan broke: {usage}")
        with Catalog.open(f"sqlite:///{folder / '.kartta' / 'catalog.sqlite'}") as catalog:
            sources, skipped = (
                query.source_summaries(catalog),
                tuple(records.skipped_assets(catalog)),
            )
    print(_table(sources, skipped, usage))
    if problems := _problems(sources, skipped):
        raise SystemExit("\n".join(problems))


def _write(folder: Path, data: Path) -> None:
    sources: list[dict[str, Any]] = [
        {"id": name, "kind": "folder", "path": str(data / name)} for name in FOLDERS
    ]
    for name, file in DATABASES.items():
        sources += [
            {"id": name, "kind": "database", "url": f"sqlite:///{data / name / file}"},
            {
                "id": f"{name}-files",
                "kind": "folder",
                "path": str(data / name),
                "exclude": ["*.sqlite"],
            },
        ]
    config = {
        "organisation": {"name": "Third-party material", "domains": ["own.example"]},
        "register": "register.yaml",
        "sources": sources,
    }
    register = {"controller": {"name": "Third-party material", "country": "FI"}}
    for name, document in (("kartta.yaml", config), ("register.yaml", register)):
        (folder / name).write_text(yaml.safe_dump(document), encoding="utf-8")


def _problems(sources: tuple[SourceSummary, ...], skipped: tuple[SkippedAsset, ...]) -> list[str]:
    """Say where the ledger does not add up."""
    problems = []
    explained = {(entry.source, entry.asset) for entry in skipped}
    for source in sources:
        name = source.source.id
        whole = source.examined + source.partial + source.skipped
        if source.assets != whole:
            problems.append(f"{name}: {source.assets} assets, {whole} accounted for")
        if source.error:
            problems.append(f"{name}: not listed to its end: {source.error}")
        if not source.assets:
            problems.append(f"{name}: nothing was listed")
        reasons = sum(entry[0] == name for entry in explained)
        if reasons != source.partial + source.skipped:
            problems.append(f"{name}: {source.partial + source.skipped} gaps, {reasons} reasons")
    return problems


def _table(
    sources: tuple[SourceSummary, ...], skipped: tuple[SkippedAsset, ...], usage: Usage
) -> str:
    rows = [
        "| source | assets | examined | partial | skipped | findings | characters |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {source.source.id} | {source.assets} | {source.examined} | {source.partial}"
        f" | {source.skipped} | {source.sightings} | {source.characters:,} |"
        for source in sources
    ]
    total = [
        sum(getattr(source, name) for source in sources)
        for name in ("assets", "examined", "partial", "skipped", "sightings")
    ]
    rows.append(
        f"| **all** | {' | '.join(map(str, total))}"
        f" | {sum(source.characters for source in sources):,} |"
    )
    rows += ["", "| reason | parts of examined assets | whole assets |", "|---|---|---|"]
    parts = Counter(e.skip.reason for e in skipped if e.coverage is not Coverage.SKIPPED)
    wholes = Counter(e.skip.reason for e in skipped if e.coverage is Coverage.SKIPPED)
    rows += [
        f"| {reason.value} | {parts[reason]} | {wholes[reason]} |"
        for reason in sorted(parts | wholes)
    ]
    return "\n".join((*rows, "", f"One run: {usage}."))


if __name__ == "__main__":
    main()
