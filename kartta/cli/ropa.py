"""`kartta ropa`: the record of processing activities, out in several forms and back in."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.report import write_whole
from kartta.cli.say import say
from kartta.cli.workspace import Workspace, language_option, options, today_option
from reports.registry import by_name, find, outputs

if TYPE_CHECKING:
    from typing import BinaryIO

    from kartta.decided import Taken
    from kartta.waivers import Decisions
    from reports.workbook.differences import Change
    from reports.workbook.lines import Refusal
    from reports.workbook.model import Opened
    from ropa.model import Language, Register

_MOST_REFUSALS = 20
"""Refused cells that are named; mending those often mends the rest."""
_SUFFIX = ".xlsx"


@click.group
def ropa() -> None:
    """Work on the record of processing activities."""


@ropa.command
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--profile",
    default="default",
    show_default=True,
    metavar="NAME",
    help="Form to write: default, ico, cnil, datatilsynet (Norway), datatilsynet-dk (Denmark).",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([output.name for output in outputs("record")]),
    help="What to write. Default: what the file's suffix says.",
)
@options
@today_option
@language_option
def export(
    output: Path,
    profile: str,
    format_: str | None,
    config_file: Path | None,
    catalog: str | None,
    today: datetime,
    lang: "Language",
) -> None:
    """Write the Art. 30 record: as a workbook, declared beside observed, or in another form.

    The default workbook is the one that can be read back. The form of an authority has its columns,
    filled as far as the register says; as CSV there is one file for each table. JSON-LD is in the
    Data Privacy Vocabulary.

    \b
    Examples:
      kartta ropa export register.xlsx
      kartta ropa export seloste.xlsx --lang fi
      kartta ropa export ico.xlsx --profile ico
      kartta ropa export register.jsonld
    """
    form = find(f"record.{format_}" if format_ else output, "record")
    space = Workspace.open(config_file, catalog)
    if form.name == "jsonld":
        _refuse_profile(profile)
        _write_linked(space, output)
    elif (form.name, profile) == ("xlsx", "default"):
        _write_workbook(space, output, today, lang)
    else:
        _write_form(space, output, profile, form.name, today, lang)


def _write_workbook(space: Workspace, output: Path, today: datetime, lang: "Language") -> None:
    with space.audit(today.date(), lang) as result:
        write_whole(output, lambda out: by_name("xlsx").write(result, out, lang))


def _refuse_profile(profile: str) -> None:
    """Say that linked data has no columns to put in order.

    Raises:
        ReportError: a profile was asked.
    """
    from scanner.errors import ReportError

    if profile != "default":
        raise ReportError("linked data has no profile", hint="leave out --profile")


def _write_linked(space: Workspace, output: Path) -> None:
    from reports.dpv.graph import write as write_linked

    register = space.register()
    write_whole(output, lambda out: write_linked(register, out))


def _write_form(
    space: Workspace, output: Path, name: str, kind: str, today: datetime, lang: "Language"
) -> None:
    """Write the register in a form; the first table of CSV has the name that was asked."""
    from reports.profiles.profile import left_out, profile
    from reports.profiles.write import csv_tables, write_xlsx

    form, register = profile(name), space.register()
    if kind == "xlsx":
        write_whole(output, lambda out: write_xlsx(form, register, out, lang, today))
    else:
        for number, (table, text) in enumerate(csv_tables(form, register, lang)):
            path = output.with_stem(f"{output.stem}-{table.key}") if number else output
            write_whole(path, partial(_put, text))
    if missing := left_out(form, register):
        click.echo(f"the form has no table for Art. 30(2): {missing} entries left out", err=True)


def _put(text: bytes, out: "BinaryIO") -> None:
    out.write(text)


@ropa.command("import")
@click.argument("workbook", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "-c",
    "--config",
    "config_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Audit file. Default: kartta.yaml in the working folder, if there is one.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def import_(workbook: Path, config_file: Path | None, dry_run: bool, yes: bool) -> None:
    """Read an edited workbook back: the register, and what was decided of findings.

    Owner, due day and decision of a finding go to waivers.yaml beside the audit file. What would
    change is shown first. Nothing is written unless every cell can be read and nothing has changed
    in the same places since the export.

    \b
    Examples:
      kartta ropa import register.xlsx --dry-run
      kartta ropa import seloste.xlsx
    """
    from kartta.waivers import save as save_decisions
    from reports.workbook.merge import merge
    from reports.xlsx import opened
    from ropa.declared import load_register
    from ropa.save import plan, save
    from scanner.errors import ConfigError

    space = Workspace.open(config_file, None)
    path = space.config.register_file
    if path is None:
        raise ConfigError(
            "there is no register to import into", hint="name one in kartta.yaml: 'register:'"
        )
    before, decisions, book = load_register(path), space.decisions(), opened(workbook)
    merged = merge(book, before)
    findings = _findings(space, book, decisions)
    _stop_at((*merged.refusals, *findings.refusals), workbook)
    show_changes((*merged.changes, *findings.changes))
    if not merged.changes and not findings.changes:
        return
    files = plan(before, merged.register, path)
    if findings.changes:
        say(f"{'would write' if dry_run else 'to write'}: {space.waivers_file}", err=True)
    for each in files:
        lost = "; its comments will be lost" if each.loses_comments else ""
        say(f"{'would write' if dry_run else 'to write'}: {each.path}{lost}", err=True)
    if dry_run:
        return
    if not yes:
        click.confirm("Write these changes?", abort=True, err=True)
    save(files)
    for each in files:
        say(f"wrote {each.path}", err=True)
    if findings.changes:
        save_decisions(space.waivers_file, decisions, findings.decisions)
        say(f"wrote {space.waivers_file}", err=True)


def _findings(space: Workspace, book: "Opened", decisions: "Decisions") -> "Taken":
    """Read what was decided of findings; the catalog is asked only where anything was."""
    from kartta.decided import Taken, taken
    from kartta.waivers import expect_key
    from reports.workbook.decided import edits
    from reports.workbook.lines import exported
    from rules.identity import form_of, key_mark
    from scanner.catalog.key import current

    words, _ = exported(book)
    rows, refusals = edits(book, words)
    if refusals or not rows:
        return Taken(decisions, refusals=list(refusals))
    with space.catalog() as catalog:
        key = key_mark(current(catalog).encode("ascii"))
    expect_key(decisions, key, space.waivers_file)
    forms = {rule.id: form_of(rule) for rule in space.rules().rules}
    today = datetime.now().astimezone().date()
    return taken(rows, decisions, key, forms, today, words)


@ropa.command
@click.argument("first", type=click.Path(exists=True, path_type=Path))
@click.argument("second", type=click.Path(exists=True, path_type=Path))
@language_option
def diff(first: Path, second: Path, lang: "Language") -> None:
    """Show what differs between two registers or workbooks, by entry and field.

    \b
    Examples:
      kartta ropa diff register.yaml register.xlsx
      kartta ropa diff last-year.xlsx register.xlsx --lang fi
    """
    from reports.wording import wording
    from reports.workbook.differences import differences
    from ropa.model import Register

    # A workbook shows less than a register holds: what it does not show is taken from the other.
    before, after = _declared(first), _declared(second)
    if before is None:
        before = _edited(first, after or Register.empty(""))
    if after is None:
        after = _edited(second, before)
    show_changes(differences(before, after, wording(lang)))


def _declared(path: Path) -> "Register | None":
    from ropa.declared import load_register

    return None if path.suffix.lower() == _SUFFIX else load_register(path)


def _edited(path: Path, onto: "Register") -> "Register":
    from reports.workbook.merge import merge
    from reports.xlsx import opened

    merged = merge(opened(path), onto, is_import=False)
    _stop_at(merged.refusals, path)
    return merged.register


def _stop_at(refusals: "tuple[Refusal, ...]", workbook: Path) -> None:
    """Name the cells that cannot be read.

    Raises:
        RegisterError: there are any.
    """
    from scanner.errors import RegisterError

    if not refusals:
        return
    for each in refusals[:_MOST_REFUSALS]:
        say(f"{each.place}: {each.reason}", err=True)
    first, count = refusals[0], len(refusals)
    raise RegisterError(
        f"{workbook}: {first.place}: {first.reason}"
        + (f" (and {count - 1} more)" if count > 1 else ""),
        hint="mend the cells and import again; nothing was written",
    )


def show_changes(changes: "Iterable[Change]") -> None:
    """Print a table of the changes."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from reports.text import visible

    rows = tuple(changes)
    if not rows:
        click.echo("Nothing differs.")
        return
    table = Table(title=f"Changes: {len(rows):,}", title_justify="left", header_style="dim")
    for name in ("Entry", "Field", "Old", "New", "Cell"):
        table.add_column(name, overflow="fold")
    for each in rows:
        cells = (f"{each.sheet}: {each.entry}", each.field or "(removed)", each.old, each.new)
        table.add_row(*(Text(visible(text)) for text in (*cells, each.place)))
    Console(highlight=False).print(table)
