"""What a scan leaves in a catalog, to compare two scans."""

from pathlib import Path

from scanner.catalog import query, records
from scanner.catalog.store import Catalog


def content(catalog: Path) -> dict[str, object]:
    """Give everything that a scan leaves, but for the numbers of rows and runs."""
    with Catalog.open(f"sqlite:///{catalog}") as store:
        return {
            "sightings": sorted(map(repr, records.asset_sightings(store))),
            "records": sorted(map(repr, records.asset_records(store))),
            "facts": sorted(map(repr, records.record_facts(store))),
            "skips": list(records.skipped_assets(store)),
            "sources": query.source_summaries(store),
        }
