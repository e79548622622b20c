"""`kartta report`: the findings, in every form that the registry of outputs has."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.say import say
from kartta.cli.workspace import Workspace, language_option, options, today_option
from reports.registry import by_suffix, suffixes

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from ropa.model import Language


@click.command
@options
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"File to write; its suffix decides: {suffixes('audit')}, or a package's.",
)
@today_option
@language_option
def report(
    config_file: Path | None, catalog: str | None, output: Path, today: datetime, lang: "Language"
) -> None:
    """Write the findings of the last scan.

    \b
    Examples:
      kartta report -o findings.html
      kartta report -o havainnot.html --lang fi
      kartta report -o kartta.sarif
    """
    write(Workspace.open(config_file, catalog), output, today, lang)


def write(space: Workspace, output: Path, today: datetime, lang: "Language") -> None:
    """Judge and write one report; the file appears whole or not at all.

    Raises:
        ReportError: the suffix is unknown, or the file cannot be written.
    """
    form = by_suffix(output)
    with space.audit(today.date(), lang) as result:
        write_whole(output, lambda out: form.write(result, out, lang))


def write_whole(output: Path, fill: "Callable[[BinaryIO], object]") -> None:
    """Write a file that appears whole or not at all, and that its owner alone may read.

    Raises:
        ReportError: it cannot be written.
    """
    from scanner import private
    from scanner.errors import ReportError

    unfinished = output.with_name(f".{output.name}.part")
    try:
        private.folder(output.parent)
        unfinished.unlink(missing_ok=True)  # of a command that was killed
        with os.fdopen(private.new(unfinished), "wb") as out:
            fill(out)
        unfinished.replace(output)
    except OSError as error:
        raise ReportError(
            f"{output} cannot be written ({error.strerror})", hint="choose another place with -o"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    say(f"wrote {output}", err=True)
