"""`kartta requests`: the clock of each request of a data subject."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.say import give, say
from kartta.cli.workspace import Workspace, form_option, language_option, options, today_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.wording import Wording
    from ropa.data_subject.requests import Request
    from ropa.model import Language


@click.command
@options
@today_option
@language_option
@form_option
def requests(
    config_file: Path | None, catalog: str | None, today: datetime, lang: "Language", form: str
) -> None:
    """Show when each request of a data subject must be answered, the most urgent first.

    Requests are those of the list that 'lists:' names in kartta.yaml, and those that letters in the
    scanned mail make; one that stands in both is shown once. Nobody is named.

    \b
    Examples:
      kartta requests
      kartta requests --format json | jq '.requests[] | select(.answered == null)'
    """
    from reports.interruption import interruption
    from reports.wording import wording
    from ropa.data_subject.public_holidays import is_known
    from ropa.data_subject.requests import requests as known

    words = wording(lang)
    with Workspace.open(config_file, catalog).audit(today.date(), lang) as audit:
        note = interruption(audit.run.started_at, audit.run.finished_at, audit.sources, words)
        country = audit.register.controller.country
        found = known(audit.linking, country)
    notes = [*([note] if note else [])]
    if not is_known(country):
        notes.append(words("requests.weekends", country=country or "?"))
    if form == "json":
        _json(found, today.date(), notes)
        return
    for each in notes:
        say(each)
    _table(found, today.date(), words)


def _json(found: "Sequence[Request]", today: date, notes: list[str]) -> None:
    from reports.streamed import streamed

    entries = {"notes": notes, "requests": [_fields(each, today) for each in found]}
    for text in streamed(entries):
        give(text, end="")
    give("")


def _fields(request: "Request", today: date) -> dict[str, object]:
    days = ("received", "confirmed", "extended", "answered", "due", "due_identified")
    return {
        "right": request.right,
        "source": request.source,
        "asset": request.asset,
        "locator": request.locator,
        "person": request.person or None,
        **{each: day.isoformat() if (day := getattr(request, each)) else None for each in days},
        "days_left": request.days_left(today),
    }


def _table(found: "Sequence[Request]", today: date, words: "Wording") -> None:
    from rich.console import Console
    from rich.text import Text

    from kartta.cli.table import table

    if not found:
        say(words("requests.none"))
        return
    headings = (
        "request", "where", "person", "received", "confirmed", "extended", "answered", "due",
        "identified", "left",
    )  # fmt: skip
    shown = table(words("requests.title"), *(words(f"requests.{each}") for each in headings))
    for request in found:
        shown.add_row(*map(Text, _cells(request, today, words)))
    Console(highlight=False).print(shown)
    over = sum(request.answered is None and request.days_left(today) < 0 for request in found)
    if over:
        say(words.many("requests.over", over))


def _cells(request: "Request", today: date, words: "Wording") -> "Iterator[str]":
    from reports.place import place_in_words
    from reports.text import visible
    from scanner.locator import Locator

    within = place_in_words(Locator.parse(request.locator), request.asset, words)
    yield words(f"requests.right.{request.right}")
    yield f"{visible(request.source)}: {visible(request.asset)}" + (f"\n{within}" if within else "")
    yield request.person
    for day in (
        request.received,
        request.confirmed,
        request.extended,
        request.answered,
        request.due,
        request.due_identified,
    ):
        yield words.day(day)
    yield words.number(request.days_left(today))
