"""`kartta coverage`: the ledger of what was not examined."""

import json
from pathlib import Path

import click

from kartta.cli.workspace import Workspace, form_option, options


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
    from scanner.catalog import query

    with Workspace.open(config_file, catalog).catalog() as store:
        sources = query.source_summaries(store)
        skips = query.skipped_assets(store)
    if form == "json":
        ledger = {
            "sources": [
                {
                    "source": summary.source.id,
                    "assets": summary.assets,
                    "examined": summary.examined,
                    "partial": summary.partial,
                    "skipped": summary.skipped,
                    "error": summary.error,
                }
                for summary in sources
            ],
            "skips": [
                {
                    "source": entry.source,
                    "asset": entry.asset,
                    "locator": list(entry.skip.locator.texts),
                    "coverage": entry.coverage,
                    "reason": entry.skip.reason,
                    "detail": entry.skip.detail,
                }
                for entry in skips
            ],
        }
        click.echo(json.dumps(ledger, indent=2, ensure_ascii=False))
        return
    from kartta.cli.table import show_skips

    show_skips(skips)
    for summary in sources:
        click.echo(
            f"{summary.source.id}: {summary.assets} assets, {summary.examined} examined, "
            f"{summary.partial} in part, {summary.skipped} skipped"
            + (f"; {summary.error}" if summary.error else "")
        )
