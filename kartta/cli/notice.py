"""`kartta notice`: what a privacy notice declares, and what it lacks."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.main import EXIT_VIOLATIONS
from kartta.cli.say import give
from kartta.cli.workspace import Workspace, form_option, language_option, today_option

if TYPE_CHECKING:
    from ropa.model import Language

SEVERITIES = ["info", "low", "medium", "high", "critical"]


@click.group
def notice() -> None:
    """Read a privacy notice, and check what it says."""


@notice.command
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "yaml"]),
    default="yaml",
    show_default=True,
    help="What is printed.",
)
def read(file: Path, form: str) -> None:
    """Read a notice into what it declares, each item with its line and its words.

    Text, Markdown, HTML, PDF and DOCX are read, in Finnish, Swedish, Norwegian, Danish and English.
    What the notice does not say is null; what is concluded and not said is marked as inferred.
    A text of more than 200 000 characters is none, and is refused.

    \b
    Examples:
      kartta notice read notice.txt
      kartta notice read notice.pdf --format json | jq '.retention'
    """
    from kartta.notices import contained, declared_in

    data = contained(file, declared_in)
    if form == "json":
        from reports.text import json_text

        give(json_text(data, indent=2))
        return
    from reports.yaml import yaml_text

    give(yaml_text(data), end="")


@notice.command
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "-c",
    "--config",
    "config_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Audit file, for rules of your own and waivers. Default: kartta.yaml, if there is one.",
)
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 from this severity on.")
@form_option
@language_option
@today_option
def check(
    file: Path,
    config_file: Path | None,
    fail_on: str | None,
    form: str,
    lang: "Language",
    today: datetime,
) -> None:
    """Say what a notice lacks of Articles 13 and 14 and of national law.

    Each finding cites the law, and the lines and words that it rests on. What is open to argument
    says so; what a notice cannot tell is no finding.

    \b
    Examples:
      kartta notice check notice.txt
      kartta notice check notice.pdf --language fi
      kartta notice check notice.html --format json --fail-on high > findings.json

    \b
    Exit status: 0 no finding at or above --fail-on, 1 such a finding, 2 usage or configuration,
    4 internal error.
    """
    from kartta.cli.findings import findings_data, in_order, show_findings
    from kartta.notices import contained, subject_of
    from rules.evaluate import evaluate
    from rules.model import Answer, Severity

    space = Workspace.open(config_file, None)
    rules = space.rules()
    language, subject = contained(file, partial(subject_of, on=today.date()))
    found = in_order(evaluate(rules.rules, [subject], space.waivers(), today=today.date()))
    if form == "json":
        from reports.text import json_text

        data = {
            "file": file.name,
            "language": language or None,
            "country": subject.facts["country"],
            "judged_on": today.date().isoformat(),
            "rule_packs": rules.labels,
            "findings": findings_data(found, lang),
        }
        give(json_text(data, indent=2))
    else:
        show_findings(found, file.name, lang)
    worst = [
        one.severity.rank for one in found if one.answer is Answer.VIOLATED and one.waiver is None
    ]
    if fail_on and max(worst, default=-1) >= Severity(fail_on).rank:
        raise SystemExit(EXIT_VIOLATIONS)
