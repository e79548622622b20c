"""`kartta waive`: say who answers for a finding, why and until when."""

from dataclasses import dataclass
from datetime import date, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.finding import the_one
from kartta.cli.say import say
from kartta.cli.workspace import Workspace, options, today_option

if TYPE_CHECKING:
    from kartta.audit import Audit
    from kartta.waivers import Decisions, WaiverEntry
    from rules.model import Scope, Violation


_KINDS = {"waiver": "a waiver", "accepted-risk": "an accepted risk", "false-alarm": "a false alarm"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody answers for."""

    reason: str
    until: date | None
    owner: str
    kind: str
    scope: "Scope"


@click.command
@click.argument("finding", required=False, metavar="[ID]")
@click.option("--reason", help="Why; at least ten characters.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day on which it holds. Only a false alarm may have none.",
)
@click.option("--owner", help="Who answers for it. Default: who runs the command.")
@click.option(
    "--kind",
    type=click.Choice(list(_KINDS)),
    default="waiver",
    show_default=True,
    help="A false alarm is judged again when its rule changes.",
)
@click.option(
    "--scope",
    type=click.Choice(["finding", "place", "value"]),
    default="finding",
    show_default=True,
    help="What it holds on: this finding; its rule in the same asset; its rule wherever nothing "
    "but the values of this finding speaks for it.",
)
@click.option("--list", "listed", is_flag=True, help="Show who answers for what.")
@click.option("--remove", is_flag=True, help="Take the waiver of ID back.")
@options
@today_option
def waive(
    finding: str | None,
    reason: str | None,
    until: datetime | None,
    owner: str | None,
    kind: str,
    scope: "Scope",
    config_file: Path | None,
    catalog: str | None,
    today: datetime,
    *,
    listed: bool,
    remove: bool,
) -> None:
    """Answer for a finding of the last scan until a day.

    It is written to waivers.yaml beside the audit file, and shown in every report as waived. ID may
    be cut short as long as one finding begins with it. The file holds ids and keyed hashes only.

    \b
    Examples:
      kartta waive RET-01-7f3a2c9b41d0 --reason "The appeal is pending" --until 2027-03-31
      kartta waive SEC-02-91be --kind accepted-risk --reason "Moves in May" --until 2027-05-31
      kartta waive MIN-01-04aa --kind false-alarm --scope value --reason "Our customer numbers"
      kartta waive --list
      kartta waive --remove RET-01-7f3a
    """
    from scanner.errors import ConfigError

    space = Workspace.open(config_file, catalog)
    if listed:
        _list(space, today.date())
        return
    if not finding:
        raise ConfigError("no finding is named", hint="give its ID as reports show it, or --list")
    if remove:
        _remove(space, finding)
        return
    asked = _Asked(
        (reason or "").strip(), until.date() if until else None, owner or getuser(), kind, scope
    )
    _refuse(asked, today.date())
    _add(space, finding, asked, today.date())


def _refuse(asked: _Asked, today: date) -> None:
    """Refuse what nobody could answer for.

    Raises:
        ConfigError: a reason or a last day is missing, or the day is over.
    """
    from kartta.waivers import LEAST_REASON
    from scanner.errors import ConfigError

    if len(asked.reason) < LEAST_REASON:
        raise ConfigError(
            f"--reason needs at least {LEAST_REASON} characters",
            hint="say why, so that whoever reads the report next year understands it",
        )
    if asked.until is None and asked.kind != "false-alarm":
        raise ConfigError(
            f"--until is missing: {_KINDS[asked.kind]} ends on some day",
            hint="give its last day: --until 2027-05-31",
        )
    if asked.until is not None and asked.until < today:
        raise ConfigError(f"--until {asked.until} is over already", hint="give a day to come")


def _add(space: Workspace, finding: str, asked: _Asked, today: date) -> None:
    from kartta.waivers import expect_key, replaced, save

    before = space.decisions()
    with space.audit(today) as audit:
        expect_key(before, audit.run.key, space.waivers_file)
        entry = _entry(audit, the_one(audit, finding), asked)
        save(space.waivers_file, before, replaced(before, [entry], audit.run.key))
    end = f"until {asked.until}" if asked.until else "until its rule changes"
    say(f"{entry.finding} is waived {end} ({asked.kind}, {asked.owner})", err=True)


def _entry(audit: "Audit", violation: "Violation", asked: _Asked) -> "WaiverEntry":
    """Say how what is waived is known again.

    Raises:
        ConfigError: it cannot be, in the scope that was asked.
    """
    from kartta.waivers import WaiverEntry
    from rules.identity import form_of
    from rules.model import WaiverKind
    from scanner.errors import ConfigError

    place = audit.place_of(violation) if asked.scope == "place" else ""
    values = sorted(audit.values_of(violation)) if asked.scope == "value" else []
    if (asked.scope, place) == ("place", ""):
        raise ConfigError(
            f"{violation.id} is about no single asset", hint="leave out --scope place"
        )
    if (asked.scope, values) == ("value", []):
        raise ConfigError(
            f"{violation.id} rests on no value that can be known again",
            hint="use --scope place, or leave it out",
        )
    kind = WaiverKind(asked.kind)
    rule = next(rule for rule in audit.rules if rule.id == violation.rule)
    return WaiverEntry(
        finding=violation.id,
        kind=kind,
        scope=asked.scope,
        owner=asked.owner,
        reason=asked.reason,
        until=asked.until,
        place=place,
        values=tuple(values),
        form=form_of(rule) if kind is WaiverKind.FALSE_ALARM else "",
    )


def _remove(space: Workspace, finding: str) -> None:
    from kartta.waivers import save
    from scanner.errors import ConfigError

    before = space.decisions()
    found = [entry for entry in before.waivers if entry.finding.startswith(finding)]
    if len(found) != 1:
        raise ConfigError(
            f"{len(found) or 'none'} of the waivers in {space.waivers_file.name} is of {finding}",
            hint="'kartta waive --list' shows them; those in kartta.yaml are taken out there",
        )
    kept = tuple(entry for entry in before.waivers if entry not in found)
    save(space.waivers_file, before, before.model_copy(update={"waivers": kept}))
    say(f"{found[0].finding} is no longer waived", err=True)


def _list(space: Workspace, today: date) -> None:
    from rich.console import Console
    from rich.text import Text

    from kartta.cli.table import table
    from reports.text import visible

    shown = table("Waivers", "Finding", "Kind", "Holds on", "Owner", "Until", "Reason")
    for cells in [*_of_rules(space, today), *_of_findings(space.decisions(), today)]:
        shown.add_row(*(Text(visible(cell)) for cell in cells))
    Console(highlight=False).print(shown)


def _of_rules(space: Workspace, today: date) -> list[tuple[str, ...]]:
    return [
        (each.rule, str(each.kind), each.subject, each.owner, _end(each.until, today), each.reason)
        for each in space.waivers()
    ]


def _of_findings(decisions: "Decisions", today: date) -> list[tuple[str, ...]]:
    return [
        (each.finding, str(each.kind), each.scope, each.owner, _end(each.until, today), each.reason)
        for each in decisions.waivers
    ]


def _end(until: date | None, today: date) -> str:
    if until is None:
        return "its rule changes"
    return f"{until} (over)" if until < today else str(until)
