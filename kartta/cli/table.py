"""What is printed for people: short tables, widest facts first, nothing personal."""

from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detectors.taxonomy import taxonomy
from reports.base import AuditResult
from rules.model import Answer, Severity, Violation
from scanner.summary import SkippedAsset

_STYLE = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
MOST_EXAMPLES = 3


def show_scan(result: AuditResult, *, is_judged: bool) -> None:
    """Print what a scan saw and what breaks."""
    console = Console(highlight=False)
    console.print(_sources(result))
    for summary in result.sources:
        if summary.error:
            console.print(Text(f"Not scanned: {summary.source.name}: {summary.error}", "bold red"))
    console.print(_categories(result))
    if result.violations:
        console.print(_violations(result.violations))
    _say_next(console, result, is_judged=is_judged)


def show_skips(skips: tuple[SkippedAsset, ...]) -> None:
    """Print the coverage ledger."""
    console = Console(highlight=False)
    table = _table("Not examined", "Source", "Asset", "Reason", "Detail")
    for entry in skips:
        place = "/".join((entry.asset, *entry.skip.locator.texts))
        table.add_row(
            Text(entry.source), Text(place), entry.skip.reason.value, Text(entry.skip.detail)
        )
    console.print(table)


def _sources(result: AuditResult) -> Table:
    table = _table(
        "Examined", "Source", "Kind", "Assets", "Whole", "In part", "Skipped", "Sightings", "Text"
    )
    for summary in result.sources:
        name = Text(summary.source.name, "red" if summary.error else "")
        table.add_row(
            name,
            summary.source.kind,
            f"{summary.assets:,}",
            f"{summary.examined:,}",
            f"{summary.partial:,}",
            f"{summary.skipped:,}",
            f"{summary.sightings:,}",
            f"{summary.characters / 1e6:,.1f} MB",
        )
    return table


def _categories(result: AuditResult) -> Table:
    table = _table("Found", "Category", "Source", "Assets", "Values", "Distinct", "Best", "Sample")
    for entry in result.categories:
        table.add_row(
            Text.assemble(taxonomy().label(entry.category, "en"), (f" {entry.entity}", "dim")),
            Text(entry.source),
            f"{entry.assets:,}",
            f"{entry.count:,}",
            f"{entry.distinct:,}",
            f"{entry.confidence:.2f}",
            Text(entry.sample),
        )
    return table


def _violations(violations: tuple[Violation, ...]) -> Table:
    """Give one line for each rule: how many break it, and where to look first."""
    table = _table("What breaks", "Rule", "Severity", "Subjects", "What", "For example")
    groups: dict[tuple[str, Answer], list[Violation]] = {}
    for violation in violations:
        groups.setdefault((violation.rule, violation.answer), []).append(violation)
    for (rule, answer), group in groups.items():
        first = group[0]
        waived = sum(violation.waiver is not None for violation in group)
        number = f"{len(group):,}" + (f" ({waived} waived)" if waived else "")
        is_gap = answer is Answer.UNKNOWN
        examples = "\n".join(violation.subject_name for violation in group[:MOST_EXAMPLES])
        table.add_row(
            rule,
            Text(
                "cannot tell" if is_gap else first.severity,
                "dim" if is_gap else _STYLE[first.severity],
            ),
            number,
            Text(first.title.en),
            Text(examples, overflow="ellipsis"),
        )
    return table


def _say_next(console: Console, result: AuditResult, *, is_judged: bool) -> None:
    counts = Counter(
        violation.severity
        for violation in result.violations
        if violation.answer is Answer.VIOLATED and not violation.waiver
    )
    gaps = sum(violation.answer is Answer.UNKNOWN for violation in result.violations)
    parts = [f"{counts[level]:,} {level}" for level in reversed(Severity) if counts[level]]
    console.print(f"Violations: {', '.join(parts) or 'none'}. Cannot be told: {gaps:,}.")
    failed = sum(bool(summary.error) for summary in result.sources)
    if failed:
        console.print(f"Sources that were not scanned to their end: {failed}.")
    if result.skips:
        console.print(f"Not examined, whole or in part: {len(result.skips):,} ('kartta coverage').")
    if not is_judged:
        console.print("No register was compared: 'kartta init' begins one.")
    console.print("Next: 'kartta report -o findings.html', 'kartta ropa export register.xlsx'.")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim")
    for column in columns:
        is_number = column in {
            "Assets", "Whole", "In part", "Skipped", "Sightings", "Text", "Values", "Distinct",
            "Best", "Subjects",
        }  # fmt: skip
        table.add_column(column, justify="right" if is_number else "left", overflow="fold")
    return table
