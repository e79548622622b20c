"""`kartta graph`: the processing graph as a picture or as data, and questions to it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.report import write_whole
from kartta.cli.say import give, say
from kartta.cli.workspace import (
    Workspace,
    form_option,
    language_option,
    options,
    today_option,
)
from reports.registry import drawing, find, suffixes

if TYPE_CHECKING:
    from reports.wording import Wording
    from ropa.graph import Graph
    from ropa.model import Language
    from ropa.questions import Difference, Reach, Share

QUESTIONS = ("reaches", "undeclared", "unobserved", "shares")
NAMES = 6
"""Categories named in a line of a table; JSON has them all."""


@click.group(invoke_without_command=True)
@options
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"File to write; its suffix decides: {suffixes('graph')}.",
)
@today_option
@language_option
@click.pass_context
def graph(
    context: click.Context,
    config_file: Path | None,
    catalog: str | None,
    output: Path | None,
    today: datetime,
    lang: "Language",
) -> None:
    """Draw what is declared and what was observed.

    \b
    Examples:
      kartta graph -o processing.svg
      kartta graph -o processing.graphml
      kartta graph ask reaches --country US
    """
    if context.invoked_subcommand:
        return
    if output is None:
        raise click.UsageError("Missing option '-o' / '--output'.")
    draw = drawing(find(output, "graph"))
    content = draw(_drawn(config_file, catalog, today, lang), lang)
    write_whole(output, lambda out: out.write(content))


@graph.command
@click.argument("question", type=click.Choice(QUESTIONS))
@options
@click.option("--country", help="Only what reaches this country: ISO 3166-1, as US.")
@click.option("--of", "recipient", help="The recipient, for 'shares': its id, domain or name.")
@form_option
@today_option
@language_option
def ask(
    question: str,
    config_file: Path | None,
    catalog: str | None,
    country: str | None,
    recipient: str | None,
    form: str,
    today: datetime,
    lang: "Language",
) -> None:
    """Ask the graph: every answer with its path and its evidence.

    \b
    reaches     what reaches which country by which path, under which safeguard
    undeclared  what was observed and is not declared
    unobserved  what is declared and was not observed
    shares      who else holds what a recipient holds

    \b
    Examples:
      kartta graph ask reaches --country US
      kartta graph ask shares --of payroll --format json
    """
    from reports.wording import wording
    from ropa import questions
    from scanner.errors import ReportError

    drawn, day = _drawn(config_file, catalog, today, lang), today.date()
    if drawn.note:
        say(drawn.note, err=True)
    answers: Sequence[Reach | Difference | Share]
    if question == "reaches":
        answers = questions.reaches(drawn, day, country.upper() if country else None)
    elif question == "undeclared":
        answers = questions.undeclared(drawn)
    elif question == "unobserved":
        answers = questions.unobserved(drawn)
    else:
        try:
            answers = questions.shares(drawn, recipient or "")
        except KeyError as error:
            raise ReportError(
                f"the graph has no recipient '{recipient or ''}'",
                hint="name one with --of: its id in the register, its domain or its name",
            ) from error
    if form == "json":
        _print_json(question, day, answers, drawn.note)
    else:
        show_answers(question, answers, wording(lang))


def _drawn(
    config_file: Path | None, catalog: str | None, today: datetime, lang: "Language"
) -> "Graph":
    with Workspace.open(config_file, catalog).audit(today.date(), lang) as result:
        return result.graph


def _print_json(
    question: str, day: date, answers: "Sequence[Reach | Difference | Share]", note: str
) -> None:
    from reports.text import json_text

    answered = {
        "question": question,
        "today": day.isoformat(),
        **({"interrupted": note} if note else {}),
        "answers": [asdict(answer) for answer in answers],
    }
    give(json_text(answered, indent=2))


def show_answers(
    question: str, answers: "Sequence[Reach | Difference | Share]", words: "Wording"
) -> None:
    """Print a table of the answers to a question."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from reports.text import visible

    heads, row = _COLUMNS[question]
    table = Table(title_justify="left", header_style="dim", show_lines=True)
    for head in heads:
        table.add_column(head, overflow="fold")
    for answer in answers:
        table.add_row(*(Text(visible(cell)) for cell in row(answer, words)))
    Console(highlight=False).print(table)
    click.echo(f"{len(answers)} answers", err=True)


def _reach(answer: "Reach", words: "Wording") -> tuple[str, ...]:
    return (
        answer.country,
        " → ".join(answer.path[:-1]),
        _several(answer.categories),
        words.label("origin", answer.origin),
        answer.safeguard or "-",
        ": ".join(filter(None, (answer.answer.replace("_", " "), answer.why))),
        "\n".join(answer.evidence),
    )


def _difference(answer: "Difference", words: "Wording") -> tuple[str, ...]:
    kind = words.label("relation" if len(answer.what) > 1 else "kind", answer.kind)
    why = words.label("conflict", answer.why).replace("_", " ")
    return (kind, " → ".join(answer.what), why or "-", "\n".join(answer.evidence))


def _share(answer: "Share", words: "Wording") -> tuple[str, ...]:
    return (
        answer.holder,
        words.label("kind", answer.kind),
        _several(answer.categories),
        " → ".join(answer.path),
        words.label("origin", answer.origin),
        "\n".join(answer.evidence),
    )


def _several(names: Sequence[str]) -> str:
    more = f" (+{len(names) - NAMES})" if len(names) > NAMES else ""
    return ", ".join(names[:NAMES]) + more


_DIFFERENCE = (("Kind", "What", "Why", "Evidence"), _difference)
_COLUMNS: dict[str, tuple[tuple[str, ...], Callable[..., tuple[str, ...]]]] = {
    "reaches": (
        ("Country", "Path", "Categories", "Origin", "Safeguard", "On the day", "Evidence"),
        _reach,
    ),
    "undeclared": _DIFFERENCE,
    "unobserved": _DIFFERENCE,
    "shares": (("Holder", "Kind", "Categories", "Path", "Origin", "Evidence"), _share),
}
