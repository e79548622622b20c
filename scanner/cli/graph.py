"""`kartta graph`: the processing graph as a picture or as data."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.workspace import Workspace, language_option, options, today_option

if TYPE_CHECKING:
    from ropa.model import Language

FORMS = (".svg", ".graphml", ".json", ".mmd", ".dot")


@click.command
@options
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; its suffix decides: .svg, .graphml, .json, .mmd, .dot.",
)
@today_option
@language_option
def graph(
    config_file: Path | None, catalog: str | None, output: Path, today: datetime, lang: "Language"
) -> None:
    """Draw what is declared and what was observed.

    \b
    Examples:
      kartta graph -o processing.svg
      kartta graph -o processing.graphml
    """
    from reports.svg import draw
    from ropa.graph import dot, export, mermaid
    from scanner.errors import ReportError

    suffix = output.suffix.lower()
    if suffix not in FORMS:
        raise ReportError(
            f"no form of the graph has the suffix '{suffix}'", hint=f"use {', '.join(FORMS)}"
        )
    drawn = Workspace.open(config_file, catalog).audit(today.date(), lang).graph
    if suffix == ".svg":
        content = draw(drawn, lang).encode()
    elif suffix == ".mmd":
        content = mermaid(drawn).encode()
    elif suffix == ".dot":
        content = dot(drawn).encode()
    else:
        content = export(drawn, suffix[1:])
    try:
        output.write_bytes(content)
    except OSError as error:
        raise ReportError(
            f"{output} cannot be written ({error.strerror})", hint="choose another place with -o"
        ) from error
    click.echo(f"wrote {output}", err=True)
