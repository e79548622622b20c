"""Say something to people, or give something to programs.

What others have named is made harmless for people; for programs it is the same in every locale.
"""

import click

from reports.text import visible


def say(text: str, *, err: bool = False) -> None:
    """Print one line, on standard error if asked to."""
    click.echo(visible(text), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a page whose lines are ours."""
    click.echo("\n".join(map(visible, text.split("\n"))), err=err)


def give(text: str, *, end: str = "\n") -> None:
    """Write JSON or YAML, whose encoding is UTF-8 whatever that of the terminal is."""
    click.echo(f"{text}{end}".encode(), nl=False)
