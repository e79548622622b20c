"""The console on which tables are printed."""

from rich.console import Console


class Pages(Console):
    """Says of a reader that left what everything else says: it is no violation.

    rich ends with status 1 itself, which is the scan's word for violations, so that
    `kartta scan | head` failed a pipeline.
    """

    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which ends with 0."""
        raise BrokenPipeError
