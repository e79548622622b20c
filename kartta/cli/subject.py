"""`kartta subject`: one person, everywhere."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.asking import asking, who
from kartta.cli.erasure import erasure
from kartta.cli.say import give, say
from kartta.cli.workspace import Workspace, form_option, language_option, options, today_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.wording import Wording
    from ropa.data_subject.found import Answer, FoundCopy, OtherPerson
    from ropa.model import Language
    from scanner.summary import Unexamined

_MOST_PLACES = 5
"""Of somebody else that are shown in a table."""


@click.group
def subject() -> None:
    """Find one person's data, for their request. Nothing is changed or deleted by any of it."""


subject.add_command(erasure)


@subject.command
@options
@today_option
@language_option
@form_option
@who
@click.option(
    "--linked/--index",
    "link",
    default=None,
    help="Tie all records together, or ask the index alone. Default: what the catalog's size asks.",
)
def find(
    config_file: Path | None,
    catalog: str | None,
    today: datetime,
    lang: "Language",
    form: str,
    link: bool | None,
    **given: tuple[str, ...],
) -> None:
    """Show where one person's data lie in all sources, grouped by how sure it is.

    Several values mean one person; where they do not, that is said, and nothing is mixed. Others of
    the same name are listed apart. The values are compared as keyed hashes, and are nowhere in what
    is printed. A shell may keep them in its history.

    \b
    Examples:
      kartta subject find --email maija@example.fi
      kartta subject find --name "Maija Keksitty" --born 1990-12-31 --lang fi
      kartta subject find --phone "+358 40 0123456" --format json | jq '.copies[].asset'
    """
    from reports.wording import wording

    words = wording(lang)
    space = Workspace.open(config_file, catalog)
    with asking(space, given, today, words, link=link) as asked:
        answer, unexamined, note = asked.answer, asked.unexamined, asked.note
    if form == "json":
        _json(answer, unexamined, note)
    else:
        _table(answer, unexamined, note, words)


def _json(answer: "Answer", unexamined: "Sequence[Unexamined]", note: str) -> None:
    from reports.streamed import streamed

    counts = Counter(each.strength.name.lower() for each in answer.copies)
    entries = {
        "interrupted": note or None,
        "is_linked": answer.is_linked,
        "not_examined": [
            {
                "id": each.source,
                "skipped": each.skipped,
                "partial": each.partial,
                "error": each.error,
            }
            for each in unexamined
        ],
        "persons": list(answer.persons),
        "contradictions": list(answer.contradictions),
        "counts": dict(sorted(counts.items())),
        "copies": [_fields(each) for each in answer.copies],
        "others": [
            {
                "person": each.person or None,
                "why": each.why.value,
                "places": [": ".join(filter(None, place)) for place in each.places],
            }
            for each in answer.others
        ],
    }
    for text in streamed(entries):
        give(text, end="")
    give("")


def _fields(copy: "FoundCopy") -> dict[str, object]:
    return {
        "source": copy.source,
        "asset": copy.asset,
        "locator": copy.locator,
        "strength": copy.strength.name.lower(),
        "by": list(copy.by),
        "categories": list(copy.categories),
        "candidacy": copy.candidacy or None,
        "state": copy.state.value if copy.state else None,
        "due": copy.due.isoformat() if copy.due else None,
    }


def _table(
    answer: "Answer", unexamined: "Sequence[Unexamined]", note: str, words: "Wording"
) -> None:
    from rich.console import Console
    from rich.text import Text

    from kartta.cli.table import table

    if note:
        say(note)
    for each in unexamined:
        numbers = {"skipped": words.number(each.skipped), "partial": words.number(each.partial)}
        said = words("subject.found.unexamined", source=each.source, **numbers)
        say(f"{said} {each.error}".rstrip())
    say(words("subject.found.linked" if answer.is_linked else "subject.found.index"))
    for by in answer.contradictions:
        say(words("subject.found.contradiction", by=by))
    console = Console(highlight=False)
    if answer.copies:
        headings = ("sure", "copy", "by", "categories", "state", "due")
        shown = table(
            words("subject.found.title"), *(words(f"subject.found.{each}") for each in headings)
        )
        for copy in answer.copies:
            shown.add_row(*map(Text, _cells(copy, words)))
        console.print(shown)
    if answer.others:
        about = ("who", "why", "where")
        shown = table(
            words("subject.others.title"), *(words(f"subject.others.{each}") for each in about)
        )
        for other in answer.others:
            shown.add_row(*map(Text, _other(other, words)))
        console.print(shown)
    _conclude(answer, words)


def _conclude(answer: "Answer", words: "Wording") -> None:
    if answer.copies:
        counts = Counter(copy.strength for copy in answer.copies)
        total = ", ".join(
            f"{words(f'subject.found.{strength.name.lower()}')} {words.number(count)}"
            for strength, count in sorted(counts.items(), reverse=True)
        )
        say(f"{words.many('subject.found.copies', len(answer.copies))}: {total}")
        return
    say(words("subject.found.apart" if answer.others else "subject.found.nothing"))


def _cells(copy: "FoundCopy", words: "Wording") -> "Iterator[str]":
    from detectors.taxonomy import taxonomy

    yield words(f"subject.found.{copy.strength.name.lower()}")
    yield _where((copy.source, copy.asset, copy.locator), words)
    yield "\n".join(copy.by) or words("subject.found.row")
    yield ", ".join(taxonomy().label(each, words.language) for each in copy.categories)
    yield words(f"clock.state.{copy.state.value}") if copy.state else ""
    yield words.day(copy.due)


def _other(other: "OtherPerson", words: "Wording") -> "Iterator[str]":
    places = [_where(each, words) for each in other.places[:_MOST_PLACES]]
    more = len(other.places) - len(places)
    yield other.person
    yield words(f"subject.others.{other.why.value}")
    yield "\n".join([*places, *([words("subject.others.more", count=more)] if more else [])])


def _where(place: tuple[str, str, str], words: "Wording") -> str:
    from reports.place import place_in_words
    from reports.text import visible
    from scanner.locator import Locator

    source, asset, record = place
    within = place_in_words(Locator.parse(record), asset, words)
    return f"{visible(source)}: {visible(asset)}" + (f"\n{within}" if within else "")
