"""`kartta diff`: which findings came and went between two runs, and what each run came to."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.say import give, say
from kartta.cli.workspace import Workspace, form_option, options

if TYPE_CHECKING:
    from scanner.catalog.standing import Difference, Judgement
    from scanner.catalog.store import Catalog

SHOWN = 200
"""Findings in the table; JSON has all of them."""
_ORDER = ("new", "back", "changed", "gone")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("runs", nargs=-1, metavar="[RUN RUN]")
@click.option("--trend", is_flag=True, help="Show what each run came to instead.")
@options
@form_option
def diff(
    runs: tuple[str, ...], config_file: Path | None, catalog: str | None, form: str, *, trend: bool
) -> None:
    """Show which findings are new, back, gone or changed between two runs.

    RUN is a number, `last`, `previous`, or -1 for the run before the last, -2 for the one before
    that. Without any the last two runs are compared. A finding is gone when its place was looked at
    and it was not there: what could not be read stands as before. Findings also come and go by the
    day and the rules that a run is judged by; the table of --trend has both.

    \b
    Examples:
      kartta diff
      kartta diff 4 last
      kartta diff 4 previous --format json
      kartta diff --trend
    """
    from scanner.catalog import standing
    from scanner.errors import ConfigError

    with Workspace.open(config_file, catalog).catalog() as store:
        judged = standing.judged(store)
        if not judged:
            raise ConfigError(
                "no run was judged yet by a version that remembers findings",
                hint="run 'kartta scan'",
            )
        if trend:
            _trend(judged, form)
            return
        if len(runs) not in {0, 2}:
            raise ConfigError("two runs are compared", hint="name both, or none: 'kartta diff 4 7'")
        first, second = (_the_run(name, judged) for name in runs or ("previous", "last"))
        if first.run >= second.run:
            raise ConfigError(
                f"run {first.run} is not before run {second.run}", hint="name the earlier run first"
            )
        if first.key != second.key:
            raise ConfigError(
                f"runs {first.run} and {second.run} are of two keys: no finding has the same id",
                hint="compare runs since the key was changed",
            )
        _compare(store, first, second, form)


def _the_run(name: str, judged: "Sequence[Judgement]") -> "Judgement":
    """Give the judged run that is meant.

    Raises:
        ConfigError: there is none.
    """
    from scanner.errors import ConfigError

    back = {"last": 0, "previous": 1}.get(name)
    if back is None and name.startswith("-") and name[1:].isdecimal():
        back = int(name[1:])
    if back is not None and back < len(judged):
        return judged[-1 - back]
    found = [each for each in judged if str(each.run) == name]
    if back is not None or not found:
        known = ", ".join(str(each.run) for each in judged[-10:])
        raise ConfigError(f"there is no judged run '{name}'", hint=f"the last ones: {known}")
    return found[0]


def _compare(store: "Catalog", first: "Judgement", second: "Judgement", form: str) -> None:
    from scanner.catalog import standing

    found = sorted(
        standing.differences(store, first.run, second.run),
        key=lambda each: (_ORDER.index(each.change), _rank(each), each.rule, each.finding),
    )
    alike, unseen = standing.count_alike(store, first.run, second.run)
    counts = Counter(str(each.change) for each in found)
    counts["still_there"] = alike
    if form == "json":
        give(_as_json(first, second, found, {**counts, "not_looked_at": unseen}))
        return
    _show(found)
    numbers = ", ".join(f"{counts[change]:,} {change}" for change in _ORDER)
    say(f"From run {first.run} to run {second.run}: {numbers}, {alike:,} still there.")
    if unseen:
        say(f"Of these {unseen:,} stand where run {second.run} could not look.")
    if first.forms != second.forms:
        say("The rules are others than then: findings may have come and gone by that alone.")


def _rank(each: "Difference") -> int:
    from rules.model import Severity

    return -Severity(each.severity).rank


def _as_json(
    first: "Judgement",
    second: "Judgement",
    found: "Sequence[Difference]",
    counts: dict[str, int],
) -> str:
    from dataclasses import asdict

    from reports.text import json_text

    return json_text(
        {
            "first": _run(first),
            "second": _run(second),
            "counts": {name: counts.get(name, 0) for name in (*_ORDER, *counts)},
            "findings": [asdict(each) for each in found],
        },
        indent=1,
    )


def _run(judgement: "Judgement") -> dict[str, object]:
    from dataclasses import asdict

    told = asdict(judgement)
    days = {name: told[name].isoformat() for name in ("judged_at", "judged_on")}
    return {**told, **days, "rules": list(judgement.rules)}


def _show(found: "Sequence[Difference]") -> None:
    from rich.console import Console
    from rich.text import Text

    from kartta.cli.table import table
    from reports.text import visible

    if not found:
        return
    shown = table("What differs", "Change", "Severity", "Finding", "State")
    for each in found[:SHOWN]:
        state = each.after or each.before
        if each.change == "changed" and each.before != each.after:
            state = f"{each.before} → {each.after}"
        cells = (each.change, each.severity, each.finding, state)
        shown.add_row(*(Text(visible(cell)) for cell in cells))
    if len(found) > SHOWN:
        shown.caption = f"and {len(found) - SHOWN:,} more (--format json)"
    Console(highlight=False).print(shown)


def _trend(judged: "Sequence[Judgement]", form: str) -> None:
    from rich.console import Console

    from kartta.cli.table import table
    from reports.text import json_text

    if form == "json":
        give(json_text([_run(each) for each in judged], indent=1))
        return
    names = ("Run", "Judged on", "Open", "Unknown", "Waived", "New", "Back", "Gone", "Rules")
    shown = table("Findings by run", *names)
    before = judged[0]
    for each in judged:
        numbers = (each.violated, each.unknown, each.waived, each.new, each.back, each.gone)
        packs = ", ".join(each.rules) if each is before or each.forms != before.forms else ""
        shown.add_row(
            str(each.run), str(each.judged_on), *(f"{number:,}" for number in numbers), packs
        )
        before = each
    Console(highlight=False).print(shown)
