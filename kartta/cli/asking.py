"""How a command asks for one person: by which options, and what the catalog answers."""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from kartta.cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detectors.asked import AskedBy
    from reports.wording import Wording
    from ropa.data_subject.found import Answer
    from ropa.model import Register
    from scanner.catalog.store import Catalog
    from scanner.summary import Unexamined


@dataclass(frozen=True, slots=True)
class Asking:
    """One question and its answer, while the catalog is open."""

    catalog: "Catalog"
    register: "Register"
    answer: "Answer"
    unexamined: "tuple[Unexamined, ...]"
    note: str
    """What the last scan did not come to; empty at its end."""


def who(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add by what somebody is asked for."""
    for option in (
        click.option("--born", multiple=True, help="The date of birth; beside a name."),
        click.option("--name", multiple=True, help="A whole name; a former one too."),
        click.option(
            "--id",
            "id_",
            multiple=True,
            help="An identity code or a passport's number; any country's.",
        ),
        click.option("--phone", multiple=True, help="Their telephone; may be given several times."),
        click.option(
            "--email", multiple=True, help="Their e-mail address; may be given several times."
        ),
    ):
        command = option(command)
    return command


@contextmanager
def asking(
    space: Workspace,
    given: Mapping[str, tuple[str, ...]],
    today: datetime,
    words: "Wording",
    *,
    link: bool | None,
) -> "Iterator[Asking]":
    """Ask the catalog for the person.

    Raises:
        ConfigError: nobody is asked for, nothing was scanned, or a value cannot be read.
    """
    from kartta import subject
    from reports.interruption import interruption
    from scanner.catalog import query
    from scanner.errors import ConfigError

    values = list(_given(given))
    if not values or all(by == "born" for by, _ in values):
        raise ConfigError(
            "nobody is asked for", hint="give --email, --phone or --id, or --name and --born"
        )
    register = space.register()
    settings = space.config.settings(register.controller.domains)
    with space.catalog() as store:
        run = query.last_run(store)
        if run is None:
            raise ConfigError(
                "the catalog is empty: nothing was scanned yet", hint="run 'kartta scan'"
            )
        wanted = subject.read(space.config, space.folder, store, settings, values)
        unexamined = tuple(filter(None, query.unexamined(store)))
        note = ""
        if run.finished_at is None:
            sources = query.source_summaries(store, with_sightings=False)
            note = interruption(run.started_at, None, sources, words)
        answer = subject.find(
            store, register, wanted, today.date(), space.lists_of(store), link=link
        )
        yield Asking(store, register, answer, unexamined, note)


def _given(given: Mapping[str, tuple[str, ...]]) -> "Iterator[tuple[AskedBy, str]]":
    from detectors.asked import AskedBy

    for option, values in given.items():
        for value in values:
            yield AskedBy(option.rstrip("_")), value
