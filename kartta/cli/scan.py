"""`kartta scan`: crawl, detect, reconcile, judge."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from kartta.cli.main import EXIT_INCOMPLETE, EXIT_VIOLATIONS
from kartta.cli.workspace import Workspace, form_option, options, today_option
from kartta.version import __version__

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from reports.base import AuditResult
    from scanner.connectors.base import SourceConfig
    from scanner.extract.base import Limits
    from scanner.pool import Workers

SEVERITIES = ["info", "low", "medium", "high", "critical"]


@click.command
@click.argument("targets", nargs=-1, metavar="[TARGET]…")
@options
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: max(2, len(os.sched_getaffinity(0))),
    show_default="the processors, at least 2",
    help="Worker processes; 1 works in this process, where a crash in a library ends the scan.",
)
@click.option("--full", is_flag=True, help="Read again what has not changed.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 from this severity on.")
@click.option(
    "--fail-on-incomplete", is_flag=True, help="Exit with 3 if anything was not examined."
)
@form_option
@today_option
def scan(
    targets: tuple[str, ...],
    config_file: Path | None,
    catalog: str | None,
    workers: int,
    fail_on: str | None,
    form: str,
    today: datetime,
    *,
    full: bool,
    fail_on_incomplete: bool,
) -> None:
    """Look for personal data, compare it with the register, and judge.

    Without TARGET the sources of kartta.yaml are scanned. A TARGET is a path or a database URL:
    a folder, a mail file or Maildir, a Greenhouse export, a SQLite file. What has not changed
    since the last scan is not read again, and an interrupted scan goes on where it was.

    \b
    Examples:
      kartta scan ~/recruitment
      kartta scan -c audit/kartta.yaml --fail-on high
      kartta scan 'postgresql://reader:${env:PGPASSWORD}@db.example/hr' --workers 4
      kartta scan --format json --fail-on-incomplete > scan.json

    \b
    Exit status: 0 clean, 1 violations at or above --fail-on, 2 usage or configuration,
    3 something was not examined and --fail-on-incomplete was asked, 4 internal error.
    """
    from detectors.examiner import Detectors
    from kartta import config
    from kartta.cli.progress import progress
    from rules.model import Answer, Severity
    from scanner import plugins
    from scanner.engine import Plan, run_scan
    from scanner.errors import ConfigError
    from scanner.scratch import scratch

    space = Workspace.open(config_file, catalog)
    sources = _sources(targets) if targets else space.config.sources
    if not sources:
        raise ConfigError(
            "nothing to scan: no TARGET, and no sources in kartta.yaml",
            hint="name a folder ('kartta scan ~/recruitment'), or run 'kartta init'",
        )
    register = space.register()  # a slip in it is told before the scan and not after
    space.rules()
    version = "+".join((__version__, *plugins.check()))
    key = config.hash_key(space.config, space.folder)
    plan = Plan(
        sources,
        Detectors(space.config.settings(register.controller.domains), version, key),
        space.config.limits,
        key,
        __version__,
        full=full,
        whole=not targets,
    )
    signal.signal(signal.SIGTERM, _end)
    with (
        scratch(),
        space.catalog(create=True) as store,
        store.writing(),
        progress() as observer,
        _workers(workers, plan.limits) as pool,
    ):
        run = run_scan(plan, store, pool, observer, datetime.now(UTC))
        store.finish_run(run, datetime.now(UTC))
    result = space.audit(today.date())
    _show(result, form, space)
    if all(summary.error and not summary.assets for summary in result.sources):
        raise ConfigError(
            "no source could be scanned", hint="'kartta doctor' says what is wrong with each"
        )
    worst = [
        violation.severity.rank
        for violation in result.violations
        if violation.answer is Answer.VIOLATED and violation.waiver is None
    ]
    if fail_on and max(worst, default=-1) >= Severity(fail_on).rank:
        raise SystemExit(EXIT_VIOLATIONS)
    if fail_on_incomplete and (result.skips or any(s.error for s in result.sources)):
        raise SystemExit(EXIT_INCOMPLETE)


def _end(number: int, frame: FrameType | None) -> None:
    """End as after an exception, so that workers are stopped and temporary files removed."""
    del frame
    raise SystemExit(128 + number)


def _sources(targets: tuple[str, ...]) -> tuple["SourceConfig", ...]:
    """Configure what was named; two targets of one name get a number."""
    from kartta.config import expand, refuse_password
    from scanner.connectors.targets import config_for

    sources: list[SourceConfig] = []
    for target in targets:
        refuse_password(target, "TARGET")
        source = config_for(expand(target, "TARGET"))
        taken = {other.id for other in sources}
        number, name = 2, source.id
        while name in taken:
            name, number = f"{source.id}-{number}", number + 1
        sources.append(source.model_copy(update={"id": name}))
    return tuple(sources)


def _workers(number: int, limits: "Limits") -> "AbstractContextManager[Workers]":
    from contextlib import nullcontext

    from scanner.pool import InProcess, Processes

    return nullcontext(InProcess()) if number == 1 else Processes(number, limits)


def _show(result: "AuditResult", form: str, space: Workspace) -> None:
    if form == "json":
        import sys

        from reports.registry import by_suffix

        by_suffix(Path("out.json")).write(result, sys.stdout.buffer, "en")
    else:
        from kartta.cli.table import show_scan

        show_scan(result, is_judged=space.config.register_file is not None)
