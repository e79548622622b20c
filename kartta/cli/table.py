"""Tables for people; whatever others have named is made harmless before it is printed."""

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.place import place_in_words
from reports.text import visible
from reports.wording import wording
from scanner.summary import SkippedAsset

_NUMBERS = frozenset(
    {
        *("Assets", "In part", "Not", "Sightings", "Values", "Distinct", "Subjects"),
        *("Run", "Open", "Unknown", "Waived", "New", "Back", "Gone"),
    }
)


def show_skips(skips: Iterable[SkippedAsset]) -> None:
    """Print the coverage ledger."""
    shown = table("Not examined", "Source", "Asset", "Reason", "Detail")
    for entry in skips:
        within = place_in_words(entry.skip.locator, entry.asset, wording("en"))
        shown.add_row(
            Text(visible(entry.source)),
            Text(f"{visible(entry.asset)}\n{within}".rstrip()),
            entry.skip.reason.value,
            Text(visible(entry.skip.detail)),
        )
    Console(highlight=False).print(shown)


def table(title: str, *columns: str) -> Table:
    """Begin a table; the names of the columns say which hold numbers."""
    begun = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        pad_edge=False,
        header_style="dim",
        caption_justify="left",
    )
    for column in columns:
        begun.add_column(column, justify="right" if column in _NUMBERS else "left", overflow="fold")
    return begun
