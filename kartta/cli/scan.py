"""`kartta scan`: crawl, detect, reconcile, judge."""

import os
import signal
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from kartta.cli.main import EXIT_INCOMPLETE, EXIT_VIOLATIONS
from kartta.cli.say import say
from kartta.cli.workspace import Workspace, form_option, options, today_option
from kartta.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from kartta.audit import Audit
    from kartta.baseline import Baseline
    from reports.base import AuditResult
    from scanner.connectors.base import SourceConfig
    from scanner.pool import Workers

ANY = "any"
"""For `--fail-on-found`: whatever is personal data by itself."""
SEVERITIES = ["info", "low", "medium", "high", "critical"]


def _categories(
    context: click.Context, option: click.Parameter, value: str | None
) -> tuple[str, ...]:
    """Take the keys apart; refuse what no taxonomy has, since nothing would ever fail on it."""
    from detectors.taxonomy import taxonomy
    from scanner.yamlfile import did_you_mean

    known = (*taxonomy().categories, ANY)
    keys = tuple(key.strip() for key in (value or "").split(",")) if value is not None else ()
    for key in keys:
        if key not in known:
            message = f"there is no category '{key}'; {did_you_mean(key, known)}"
            raise click.BadParameter(message, context, option)
    return keys


@click.command
@click.argument("targets", nargs=-1, metavar="[TARGET]…")
@options
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Worker processes; 1 works in this process, where a crash in a library ends the scan."
    "  [default: the processors, at least 2]",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Who reads: this machine, or your own Dask cluster.",
)
@click.option("--scheduler", metavar="ADDR", help="Of the Dask cluster: tls://HOST:PORT.")
@click.option("--full", is_flag=True, help="Read again what has not changed.")
@click.option(
    "--verify-content",
    is_flag=True,
    help="Compare the bytes of what its source calls unchanged with those of the last such scan; "
    "what cannot be compared (the first time everything, rows of databases always) is read again.",
)
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 from this severity on.")
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Findings that do not count for --fail-on: what --write-baseline wrote, or a report in "
    "JSON.",
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the open findings of this scan to a file for --baseline.",
)
@click.option(
    "--fail-on-found",
    metavar="CATEGORY,…",
    callback=_categories,
    help="Exit with 1 if such data were found: keys of the register's categories, a branch for "
    "all below it ('special' for 'special.health'), or 'any'. Needs no register.",
)
@click.option(
    "--fail-on-incomplete", is_flag=True, help="Exit with 3 if anything was not examined."
)
@form_option
@today_option
def scan(
    targets: tuple[str, ...],
    config_file: Path | None,
    catalog: str | None,
    workers: int | None,
    engine: str,
    scheduler: str | None,
    fail_on: str | None,
    baseline: Path | None,
    write_baseline: Path | None,
    fail_on_found: tuple[str, ...],
    form: str,
    today: datetime,
    *,
    full: bool,
    verify_content: bool,
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
      kartta scan build/ --fail-on-found special,identity.national_id
      kartta scan -c audit/kartta.yaml --engine dask --scheduler tls://10.0.0.5:8786
      kartta scan -c audit/kartta.yaml --verify-content
      kartta scan --format json --fail-on-incomplete > scan.json
      kartta scan --write-baseline known.json
      kartta scan --baseline known.json --fail-on medium

    \b
    Exit status: 0 clean, 1 violations at or above --fail-on or data of --fail-on-found,
    2 usage or configuration, 3 something was not examined and --fail-on-incomplete was asked,
    4 a damaged catalog or an internal error. Where several hold, 2 goes before 1 and 1 before 3;
    standard error says which option failed and on what.
    """
    from detectors.examiner import Detectors
    from kartta.cli.progress import progress
    from kartta.key import hash_key
    from scanner import plugins
    from scanner.engine import Plan, run_scan
    from scanner.errors import ConfigError
    from scanner.scratch import scratch

    space = Workspace.open(config_file, catalog)
    folder = Path.cwd() if engine == "dask" else Path()  # its workers are in other folders
    sources = _sources(targets, folder) if targets else space.config.sources
    if not sources:
        raise ConfigError(
            "nothing to scan: no TARGET, and no sources in kartta.yaml",
            hint="name a folder ('kartta scan ~/recruitment'), or run 'kartta init'",
        )
    register = space.register()  # a slip in it is told before the scan and not after
    space.rules()
    space.lists()
    space.decisions()
    version = "+".join((__version__, *plugins.check()))
    key = hash_key(space.config, space.folder)
    known = _known(baseline, key)
    plan = Plan(
        sources,
        Detectors(space.config.settings(register.controller.domains), version, key),
        space.config.limits,
        key,
        __version__,
        full=full,
        verify=verify_content,
        whole=not targets,
    )
    reading = _workers(engine, scheduler, workers)
    signal.signal(signal.SIGTERM, _end)
    with (
        scratch(space.config.scratch),
        space.catalog(create=True) as store,
        store.writing(),
        progress() as observer,
        reading as pool,
    ):
        run = run_scan(plan, store, pool, observer, datetime.now(UTC))
        store.finish_run(run, datetime.now(UTC))
    with _settled(space), space.audit(today.date()) as result:
        remember(space, result)
        _show(result, form, known)
        if write_baseline is not None:
            _write(result, write_baseline)
        if all(summary.error and not summary.assets for summary in result.sources):
            raise ConfigError(
                "no source could be scanned", hint="'kartta doctor' says what is wrong with each"
            )
        breaches = [*_violated(result, fail_on, known), *_found(result, fail_on_found)]
        gaps = [*_unexamined(result)] if fail_on_incomplete else []
        for reason in (*breaches, *gaps):
            say(f"Failed by {reason}", err=True)
        if breaches:
            raise SystemExit(EXIT_VIOLATIONS)
        if gaps:
            raise SystemExit(EXIT_INCOMPLETE)


@contextmanager
def _settled(space: Workspace) -> "Iterator[None]":
    """Leave the catalog whole in its own file.

    SQLite puts what was written into it when the last connection closes, and a reader cannot.
    """
    from scanner.errors import CatalogError

    try:
        yield
    finally:
        with suppress(CatalogError), space.catalog(create=True):
            pass


def remember(space: Workspace, result: "Audit") -> None:
    """Write down which findings stand, for the runs to come; what was found is told anyway."""
    from scanner.errors import CatalogError

    try:
        with space.catalog(create=True) as store, store.writing():
            result.remember(store)
    except CatalogError as error:  # another scan has begun in the meantime, or the disk is full
        say(f"the findings of this run are not remembered: {error.message}", err=True)


def _known(path: Path | None, key: bytes) -> "Baseline":
    """Read the baseline before the scan and not after it."""
    from kartta import baseline
    from rules.identity import key_mark
    from scanner.catalog.key import check_of

    return {} if path is None else baseline.read(path, key_mark(check_of(key).encode("ascii")))


def _write(result: "AuditResult", path: Path) -> None:
    from kartta import baseline
    from kartta.cli.report import write_whole

    text = baseline.text(result.violations, result.run.key)
    write_whole(path, lambda out: out.write(text.encode()))


def _violated(result: "AuditResult", severity: str | None, known: "Baseline") -> "Iterator[str]":
    """Say which violations a pipeline is to fail on."""
    from kartta.baseline import is_held
    from reports import order
    from rules.model import Severity

    if severity is None:
        return
    least = Severity(severity).rank
    number = sum(
        entry.severity.rank >= least and not is_held(known, entry)
        for entry in order.violated(result.violations)
    )
    if number:
        yield f"--fail-on {severity}: {number:,} violated"


def _found(result: "AuditResult", keys: tuple[str, ...]) -> "Iterator[str]":
    """Say which categories a pipeline is to fail on; a key covers its branch."""
    from detectors.taxonomy import taxonomy
    from ropa.observed import is_personal

    for key in keys:
        found = sorted(
            {
                entry.category
                for entry in result.categories
                if (
                    is_personal(entry.category)
                    if key == ANY
                    else taxonomy().covers(key, entry.category)
                )
            }
        )
        if found:
            yield f"--fail-on-found {key}: {', '.join(found)}"


def _unexamined(result: "AuditResult") -> "Iterator[str]":
    """Say what was not examined, if anything was not."""
    failed = sum(bool(summary.error) for summary in result.sources)
    if result.skips or failed:
        yield (
            f"--fail-on-incomplete: {len(result.skips):,} not examined whole, "
            f"{failed:,} sources not scanned to their end ('kartta coverage')"
        )


def _end(number: int, frame: FrameType | None) -> None:
    """End as after an exception, so that workers are stopped and temporary files removed."""
    del frame
    raise SystemExit(128 + number)


def _sources(targets: tuple[str, ...], folder: Path) -> tuple["SourceConfig", ...]:
    """Configure what was named; two targets of one name get a number."""
    from kartta.config import by_reference, refuse_password
    from scanner.connectors.targets import config_for
    from scanner.references import expand

    sources: list[SourceConfig] = []
    for target in targets:
        refuse_password(target, "TARGET")
        named = config_for(expand(target, "TARGET")).anchored(folder)
        source = by_reference(named, {"url": target})
        taken = {other.id for other in sources}
        number, name = 2, source.id
        while name in taken:
            name, number = f"{source.id}-{number}", number + 1
        sources.append(source.model_copy(update={"id": name}))
    return tuple(sources)


def _workers(
    engine: str, scheduler: str | None, number: int | None
) -> "AbstractContextManager[Workers]":
    """Say who reads.

    Raises:
        ConfigError: the options do not go together, or Dask is not installed.
    """
    from contextlib import nullcontext

    from scanner.errors import ConfigError
    from scanner.pool import InProcess, Processes

    if engine == "local":
        if scheduler is not None:
            raise ConfigError("--scheduler is for --engine dask", hint="name both or neither")
        number = number or max(2, len(os.sched_getaffinity(0)))
        return nullcontext(InProcess()) if number == 1 else Processes(number)
    if number is not None:
        raise ConfigError(
            "--workers is for --engine local", hint="a cluster has as many as it has: leave it out"
        )
    if scheduler is None:
        raise ConfigError(
            "--engine dask needs a scheduler", hint="name it: --scheduler tls://HOST:8786"
        )
    try:
        from kartta.cluster import Cluster
    except ImportError as error:
        raise ConfigError(
            f"--engine dask needs a library that is not installed ({error.name})",
            hint="pip install 'kartta[dask]', here and on the cluster",
        ) from error
    return Cluster(scheduler)


def _show(result: "AuditResult", form: str, known: "Baseline") -> None:
    if form == "json":
        import sys

        from reports.registry import by_name

        by_name("json").write(result, sys.stdout.buffer, "en")
    else:
        from kartta.cli.summary import show_scan

        show_scan(result, known)
