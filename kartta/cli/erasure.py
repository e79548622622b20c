"""`kartta subject erasure`: what an erasure has to do, copy by copy."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.asking import Asking, asking, who
from kartta.cli.say import give, say
from kartta.cli.workspace import Workspace, language_option, options, today_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.wording import Wording
    from ropa.data_subject.erasure import Erasure, Told
    from ropa.model import Language


@click.command
@options
@today_option
@language_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="What is printed on standard output.",
)
@who
def erasure(
    config_file: Path | None,
    catalog: str | None,
    today: datetime,
    lang: "Language",
    form: str,
    **given: tuple[str, ...],
) -> None:
    """List what an erasure has to do for one person, copy by copy. Nothing is deleted.

    Each copy with its place, what is to be done to it, and whether a ground to keep it may hold,
    with its clause; then who must be told (Art. 19), and whose backups hold it too. The person is
    asked for as in 'kartta subject find', and all records are tied together.

    \b
    Examples:
      kartta subject erasure --email maija@example.fi
      kartta subject erasure --email maija@example.fi --format csv > erasure.csv
    """
    from kartta import subject
    from reports.wording import wording
    from ropa.data_subject.erasure import backed_up, erasures

    words = wording(lang)
    space = Workspace.open(config_file, catalog)
    with asking(space, given, today, words, link=True) as asked:
        listed = erasures(asked.answer.copies, subject.stores(asked.catalog))
        told = subject.recipients(asked.catalog, asked.register, asked.answer)
        backups = backed_up(asked.register, (each.copy.source for each in listed))
    notes = list(_notes(asked, words))
    if form == "json":
        _json(listed, told, backups, notes)
        return
    for each in notes:
        say(each, err=form == "csv")
    if form == "csv":
        _csv(listed, words)
    else:
        _table(listed, told, backups, words)


def _notes(asked: Asking, words: "Wording") -> "Iterator[str]":
    if asked.note:
        yield asked.note
    for each in asked.unexamined:
        numbers = {"skipped": words.number(each.skipped), "partial": words.number(each.partial)}
        yield words("subject.found.unexamined", source=each.source, **numbers)
    for by in asked.answer.contradictions:
        yield words("subject.found.contradiction", by=by)
    if asked.answer.others:
        yield words("subject.erasure.others", count=len(asked.answer.others))


def _fields(each: "Erasure") -> dict[str, str]:
    copy = each.copy
    return {
        "source": copy.source,
        "asset": copy.asset,
        "locator": copy.locator,
        "strength": copy.strength.name.lower(),
        "action": each.action.value,
        "decision": each.decision.value,
        "state": copy.state.value if copy.state else "",
        "due": copy.due.isoformat() if copy.due else "",
        "references": "; ".join(each.references),
    }


def _json(
    listed: "Sequence[Erasure]", told: "Sequence[Told]", backups: "Sequence[str]", notes: list[str]
) -> None:
    from reports.streamed import streamed

    entries = {
        "notes": notes,
        "copies": [_fields(each) for each in listed],
        "recipients": [
            {"name": each.name, "declared": each.is_declared, "domains": list(each.domains)}
            for each in told
        ],
        "backups": list(backups),
    }
    for text in streamed(entries):
        give(text, end="")
    give("")


def _csv(listed: "Sequence[Erasure]", words: "Wording") -> None:
    import csv
    import io

    from reports.text import is_formula_like, visible

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for number, each in enumerate(listed):
        fields = _fields(each)
        fields["proposed"] = words(f"subject.erasure.why.{fields['state'] or 'unknown'}")
        if not number:
            writer.writerow(fields)
        cells = map(visible, fields.values())
        writer.writerow(f"'{cell}" if is_formula_like(cell) else cell for cell in cells)
    give(buffer.getvalue(), end="")


def _table(
    listed: "Sequence[Erasure]", told: "Sequence[Told]", backups: "Sequence[str]", words: "Wording"
) -> None:
    from rich.console import Console
    from rich.text import Text

    from kartta.cli.table import table
    from reports.text import visible

    if not listed:
        say(words("subject.found.nothing"))
        return
    console = Console(highlight=False)
    headings = ("copy", "action", "decision", "why")
    shown = table(
        words("subject.erasure.title"), *(words(f"subject.erasure.{each}") for each in headings)
    )
    for each in listed:
        shown.add_row(*map(Text, _cells(each, words)))
    console.print(shown)
    for other in told:
        domains = f" ({', '.join(map(visible, other.domains))})" if other.domains else ""
        key = "told" if other.is_declared else "undeclared"
        say(words(f"subject.erasure.{key}", name=f"{other.name}{domains}"))
    for name in backups:
        say(words("subject.erasure.backup", name=name))
    say(words("subject.erasure.nothing_deleted"))


def _cells(each: "Erasure", words: "Wording") -> "Iterator[str]":
    from reports.place import place_in_words
    from reports.text import visible
    from scanner.locator import Locator

    copy = each.copy
    within = place_in_words(Locator.parse(copy.locator), copy.asset, words)
    yield f"{visible(copy.source)}: {visible(copy.asset)}" + (f"\n{within}" if within else "")
    yield words(f"subject.erasure.action.{each.action.value}")
    yield words(f"subject.erasure.decision.{each.decision.value}")
    why = words(f"subject.erasure.why.{copy.state.value if copy.state else 'unknown'}")
    due = f" {words.day(copy.due)}" if copy.due else ""
    yield f"{why}{due} ({', '.join(each.references)})"
