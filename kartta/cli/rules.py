"""`kartta rules`: what is judged, and by which law."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kartta.cli.say import say, say_lines
from kartta.cli.workspace import Workspace, language_option, options

if TYPE_CHECKING:
    from ropa.model import Language
    from rules.load import RuleSet


@click.group
def rules() -> None:
    """Look at the rules, or test a pack of your own."""


def _loaded(config_file: Path | None, catalog: str | None) -> "RuleSet":
    return Workspace.open(config_file, catalog).rules()


@rules.command(name="list")
@options
@language_option
def list_(config_file: Path | None, catalog: str | None, lang: "Language") -> None:
    """List the rules.

    \b
    Example:
      kartta rules list --lang fi
    """
    loaded = _loaded(config_file, catalog)
    for rule in loaded.rules:
        title = rule.title.in_language(lang)
        say(f"{rule.id:8} {rule.severity.value:9} {rule.jurisdiction:4} {title}")
    say(f"{len(loaded.rules)} rules in {', '.join(loaded.labels)}", err=True)


@rules.command
@click.argument("rule_id", metavar="ID")
@options
@language_option
def show(rule_id: str, config_file: Path | None, catalog: str | None, lang: "Language") -> None:
    """Show one rule: what the law asks, where it says so, and what to do.

    \b
    Example:
      kartta rules show RET-01
    """
    from rules.manual import page

    say_lines(page(_loaded(config_file, catalog).rule(rule_id.upper()), lang))


@rules.command
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
def test(path: Path) -> None:
    """Run the cases of a rule pack: each rule needs one that passes and one that fails.

    \b
    Example:
      kartta rules test our-rules/
    """
    from rules.testing import run_cases

    failures = run_cases(path)
    for failure in failures:
        say_lines(str(failure))
    if failures:
        raise SystemExit(1)
    click.echo("all cases hold", err=True)
