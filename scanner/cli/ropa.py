"""`kartta ropa`: the record of processing activities as a workbook."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.report import write
from scanner.cli.workspace import Workspace, language_option, options, today_option

if TYPE_CHECKING:
    from ropa.model import Language


@click.group
def ropa() -> None:
    """Work on the record of processing activities."""


@ropa.command
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@options
@today_option
@language_option
def export(
    output: Path, config_file: Path | None, catalog: str | None, today: datetime, lang: "Language"
) -> None:
    """Write the Art. 30(1) record as a workbook, declared beside observed.

    \b
    Examples:
      kartta ropa export register.xlsx
      kartta ropa export seloste.xlsx --lang fi
    """
    from scanner.errors import ReportError

    if output.suffix.lower() != ".xlsx":
        raise ReportError(f"{output} is no workbook", hint="give the file the suffix .xlsx")
    write(Workspace.open(config_file, catalog), output, today, lang)
