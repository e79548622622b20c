"""`kartta clock`: where each copy of each applicant's data stands."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.say import give, say
from kartta.cli.workspace import Workspace, language_option, options, today_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.wording import Wording
    from ropa.clock_report import CopyState, PersonState
    from ropa.model import Language

_TOLD = 5
"""Rows of lists that are named."""


@click.command
@options
@today_option
@language_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="What is printed on standard output.",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(["within", "past", "held", "consent", "unknown", "employee"]),
    help="Only copies in this state; may be given several times.",
)
def clock(
    config_file: Path | None,
    catalog: str | None,
    today: datetime,
    lang: "Language",
    form: str,
    states: tuple[str, ...],
) -> None:
    """Show where each copy of each applicant's data stands, by person. Nobody is named.

    \b
    Examples:
      kartta clock
      kartta clock --state past --state unknown
      kartta clock --format jsonl | jq 'select(.state == "past")'
      kartta clock --format csv --today 2027-01-01 > clock.csv
    """
    from reports.interruption import interruption
    from reports.wording import wording

    with Workspace.open(config_file, catalog).audit(today.date(), lang) as audit:
        run = audit.run
        note = interruption(run.started_at, run.finished_at, audit.sources, wording(lang))
        if note:
            say(note, err=form != "table")
        _tell_unmatched(audit.unmatched)
        people = list(_chosen(audit.clocks.people(), states))
        if form == "table":
            _table(people, lang)
        elif form == "csv":
            _csv(people, lang)
        elif form == "jsonl":
            _lines(people, lang)
        else:
            _json(people, lang, note)


def _tell_unmatched(rows: "Sequence[str]") -> None:
    """Tell the rows that change nothing: somebody is spelt otherwise there, or is gone."""
    if rows:
        more = f" and {len(rows) - _TOLD} more" if len(rows) > _TOLD else ""
        named = "; ".join(rows[:_TOLD])
        say(f"about nobody whose data were found: {named}{more}", err=True)


def _chosen(people: "Iterable[PersonState]", states: tuple[str, ...]) -> "Iterable[PersonState]":
    from dataclasses import replace

    for person in people:
        copies = tuple(each for each in person.copies if not states or each.state in states)
        if copies:
            yield replace(person, copies=copies)


def _lines(people: "Iterable[PersonState]", language: "Language") -> None:
    import json

    for person in people:
        for copy in person.copies:
            give(json.dumps(copy.fields(language), ensure_ascii=False))


def _json(people: "list[PersonState]", language: "Language", note: str) -> None:
    from reports.streamed import streamed

    counts = Counter(copy.state.value for person in people for copy in person.copies)
    entries = {
        "interrupted": note or None,
        "counts": dict(sorted(counts.items())),
        "people": (
            {
                "person": person.person,
                "number": person.number,
                "sources": list(person.stores),
                "first_due": person.first_due.isoformat() if person.first_due else None,
                "copies": [copy.fields(language) for copy in person.copies],
            }
            for person in people
        ),
    }
    for text in streamed(entries):
        give(text, end="")
    give("")


def _csv(people: "Iterable[PersonState]", language: "Language") -> None:
    import csv
    import io

    from reports.text import is_formula_like, visible

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for number, copy in enumerate(copy for person in people for copy in person.copies):
        fields = copy.fields(language)
        if not number:
            writer.writerow(fields)
        cells = ["" if each is None else visible(_flat(each)) for each in fields.values()]
        writer.writerow(f"'{each}" if is_formula_like(each) else each for each in cells)
    give(buffer.getvalue(), end="")


def _flat(value: object) -> str:
    """Write a value in one cell."""
    if not isinstance(value, list):
        return str(value)
    return "; ".join(f"{each['category']} {each['state']} {each['due'] or ''}" for each in value)


def _table(people: "list[PersonState]", language: "Language") -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from reports.wording import wording

    words = wording(language)
    if not people:
        say(words("clock.nobody"))
        return
    counts: Counter[str] = Counter()
    console = Console(highlight=False)
    for person in people:
        console.print(Text(_headline(person, words), style="bold"))
        shown = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        for ratio in (4, 1, 1, 4):
            shown.add_column(ratio=ratio, overflow="fold")
        for copy in person.copies:
            counts[copy.state.value] += 1
            shown.add_row(*map(Text, _cells(copy, words)))
        console.print(Padding(shown, (0, 0, 1, 2)))
    total = ", ".join(
        f"{words(f'clock.state.{state}')} {count}" for state, count in sorted(counts.items())
    )
    say(f"{words.many('clock.people', len(people))}: {total}")


def _headline(person: "PersonState", words: "Wording") -> str:
    """Say of somebody what they are judged by, without a name."""
    parts = [
        words("clock.person", number=person.number),
        words.many("clock.copies", len(person.copies)),
        words.many("clock.stores", len(person.stores)),
    ]
    if person.first_due:
        parts.append(words("clock.first_due", day=words.day(person.first_due)))
    return ", ".join(parts)


def _cells(copy: "CopyState", words: "Wording") -> "Iterator[str]":
    from detectors.taxonomy import taxonomy
    from reports.place import place_in_words
    from reports.text import visible
    from scanner.locator import Locator

    within = place_in_words(Locator.parse(copy.locator), copy.asset, words)
    yield f"{visible(copy.source)}: {visible(copy.asset)}" + (f"\n{within}" if within else "")
    state = words(f"clock.state.{copy.state.value}")
    past = "" if copy.days is None else words.many("clock.days", copy.days)
    yield f"{state}\n{past}".rstrip()
    yield words.day(copy.due)
    reason = visible(copy.reason.in_language(words.language))
    event = ""
    if copy.anchor and copy.anchor_kind:
        kind = words.label("clock.event", copy.anchor_kind)
        event = f"{kind} {words.day(copy.anchor)} ({visible(copy.anchor_evidence or '')})"
    own = [
        f"{taxonomy().label(each.category, words.language)}: "
        f"{words(f'clock.state.{each.state}')} {words.day(each.due)}"
        for each in copy.categories
    ]
    yield "; ".join(filter(None, (reason, event, *own)))
