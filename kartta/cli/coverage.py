"""`kartta coverage`: the ledger of what was not examined."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.say import give, say
from kartta.cli.workspace import Workspace, form_option, options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.catalog.store import Catalog
    from scanner.summary import SkippedAsset, SourceSummary


@click.command
@options
@form_option
def coverage(config_file: Path | None, catalog: str | None, form: str) -> None:
    """Show what the last scan did not examine, and why.

    \b
    Examples:
      kartta coverage
      kartta coverage --format json | jq '.skips[] | select(.reason == "encrypted")'
    """
    from kartta.cli.table import show_skips
    from reports.streamed import streamed

    with Workspace.open(config_file, catalog).catalog() as store:
        sources, skips = ledger(store)
        note = interrupted(store, sources)
        if form == "json":
            entries = {
                "interrupted": note or None,
                "sources": map(_source, sources),
                "skips": map(_skip, skips),
            }
            for text in streamed(entries):
                give(text, end="")
            give("")
            return
        if note:
            say(note)
        show_skips(skips)
    for summary in sources:
        say(
            f"{summary.source.id}: {summary.assets} assets, {summary.examined} examined, "
            f"{summary.partial} in part, {summary.skipped} skipped"
            + (f"; {summary.error}" if summary.error else "")
        )


def interrupted(store: "Catalog", sources: "tuple[SourceSummary, ...]") -> str:
    """Say how far the last scan came, if it has not ended."""
    from reports.interruption import interruption
    from reports.wording import wording
    from scanner.catalog import query

    run = query.last_run(store)
    return interruption(run.started_at, run.finished_at, sources, wording("en")) if run else ""


def ledger(store: "Catalog") -> "tuple[tuple[SourceSummary, ...], Iterator[SkippedAsset]]":
    """Give how much of each source was examined, and one by one what was not."""
    from scanner.catalog import query, records

    return query.source_summaries(store, with_sightings=False), records.skipped_assets(store)


def _source(summary: "SourceSummary") -> dict[str, object]:
    return {
        "source": summary.source.id,
        "assets": summary.assets,
        "examined": summary.examined,
        "partial": summary.partial,
        "skipped": summary.skipped,
        "error": summary.error,
    }


def _skip(entry: "SkippedAsset") -> dict[str, object]:
    return {
        "source": entry.source,
        "asset": entry.asset,
        "locator": list(entry.skip.locator.texts),
        "coverage": entry.coverage,
        "reason": entry.skip.reason,
        "detail": entry.skip.detail,
    }
