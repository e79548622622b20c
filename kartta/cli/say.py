"""Say something to people: whatever others have named is made harmless before it is printed."""

import click

from reports.text import visible


def say(text: str, *, err: bool = False) -> None:
    """Print one line, on standard error if asked to."""
    click.echo(visible(text), err=err)
