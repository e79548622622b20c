"""Progress on a terminal: what is being scanned, how much is done, how fast."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from reports.text import visible
from scanner.engine import Observer


@contextmanager
def progress() -> Iterator[Observer]:
    """Show progress on standard error where it is a terminal; elsewhere stay silent."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.completed:,.0f} assets", markup=False),
        _Speed(),
        TextColumn("{task.fields[detail]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as shown:
        yield _Terminal(shown)


class _Speed(ProgressColumn):
    """Assets a second, once there is anything to measure."""

    def render(self, task: Task) -> Text:
        """Write the speed; nothing at the first moment."""
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", "dim")


class Silent:
    """Tells nobody."""

    def source_started(self, name: str) -> None:
        """Do nothing."""

    def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
        """Do nothing."""

    def source_ended(self, name: str, error: str) -> None:
        """Do nothing."""


class _Terminal:
    """Shows one line for each source."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._task = TaskID(0)
        self._unchanged = 0
        self._skipped = 0

    def source_started(self, name: str) -> None:
        """Begin a line."""
        self._unchanged = self._skipped = 0
        self._task = self._shown.add_task(visible(name), total=None, detail="")

    def assets_done(self, examined: int, unchanged: int, skipped: int) -> None:
        """Count on."""
        self._unchanged += unchanged
        self._skipped += skipped
        self._shown.update(
            self._task,
            advance=examined + unchanged + skipped,
            detail=f"{self._unchanged:,} unchanged, {self._skipped:,} skipped",
        )

    def source_ended(self, name: str, error: str) -> None:
        """End the line."""
        self._shown.stop_task(self._task)
        if error:
            self._shown.console.print(Text(visible(f"{name}: {error}"), "red"))
