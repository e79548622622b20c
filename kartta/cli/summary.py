"""What `kartta scan` prints for people: what was not looked at, what is where, what breaks, next.

Made to be understood in ten seconds at 80 columns: the riskiest first, the rest counted, and
nothing called clean that was not looked at. The reports have all of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kartta.baseline import Baseline, is_held
from kartta.cli.table import table
from reports import order
from reports.base import AuditResult
from reports.place import place_in_words
from reports.ranking import NATIONAL_ID, RiskyPlace, significance
from reports.text import visible
from reports.wording import wording
from ropa.observed import is_personal
from rules.model import Severity, Violation
from scanner.model import SkipReason
from scanner.summary import CategorySummary

BY_LIMIT = (
    SkipReason.TOO_LARGE,
    SkipReason.LIMIT,
    SkipReason.SAMPLED,
    SkipReason.TIMEOUT,
    SkipReason.MEMORY,
    SkipReason.CRASHED,
    SkipReason.DETECTOR,
    SkipReason.IO,
    SkipReason.SPACE,
)
"""What the scan itself left out, by a limit or a fault."""
PLACES = 5
KINDS = 12
RULES = 8
SHOWN_CATEGORIES = 3
SHOWN_READERS = 2
_YEAR = 365

_STYLE = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
_UNDECLARED = "by the rules that need no register"
_WORDS = wording("en")


def show_scan(result: AuditResult, known: Baseline | None = None) -> None:
    """Print what a scan saw, what it did not see, and what breaks; `known` is held back."""
    console = Console(highlight=False)
    skipped = Counter(entry.skip.reason for entry in result.skips)
    for warning in _left_out(result, skipped):
        # A pipeline reads lines: what was left out is all in the first.
        console.print(warning, soft_wrap=not console.is_terminal)
    console.print(_examined(result))
    if len(result.sources) > 1:
        console.print(_sources(result))
    is_whole = not skipped and not any(summary.error for summary in result.sources)
    _show_found(console, result, is_whole=is_whole)
    broken = _broken(result)
    if broken:
        console.print(_breaks(broken, is_declared=result.is_declared))
    for line in _verdict(result, broken, is_whole=is_whole):
        console.print(line)
    overdue = sum(
        each.due is not None and each.due < result.run.judged_on for each in result.violations
    )
    if overdue:
        console.print(Text.assemble(("Overdue: ", "bold red"), f"{overdue:,}."))
    if since := _since(result):
        console.print(since)
    if known:
        held = sum(is_held(known, entry) for entry in order.violated(result.violations))
        console.print(f"Held back by the baseline: {held:,} of its {len(known):,}.")
    console.print(
        "Next: 'kartta report -o findings.html', 'kartta ropa export register.xlsx'.",
        style="dim",
    )


def _left_out(result: AuditResult, skipped: Counter[SkipReason]) -> Iterator[Text]:
    by_limit = [reason for reason in BY_LIMIT if skipped[reason]]
    others = sorted(set(skipped) - set(BY_LIMIT))
    if by_limit:
        yield Text.assemble(
            ("Left out or cut short: ", "bold red"),
            (_counted(skipped, by_limit), "bold red"),
            ". 'kartta coverage' lists it; --fail-on-incomplete makes a pipeline fail on it.",
        )
    if others:
        listed = "" if by_limit else " ('kartta coverage', --fail-on-incomplete)"
        yield Text.assemble(
            ("Not examined: ", "yellow"),
            f"{_counted(skipped, others)}{listed}.",
        )
    for summary in order.sorted_sources(result.sources):
        if summary.error:
            yield Text.assemble(
                ("Not scanned to its end: ", "bold red"),
                f"{visible(summary.source.name)}: {visible(summary.error)}",
            )


def _counted(skipped: Counter[SkipReason], reasons: Iterable[SkipReason]) -> str:
    return ", ".join(f"{skipped[each]:,} {_WORDS.label('reason', each)}" for each in reasons)


def _examined(result: AuditResult) -> Text:
    assets, whole, partial, skipped = (
        sum(getattr(summary, name) for summary in result.sources)
        for name in ("assets", "examined", "partial", "skipped")
    )
    characters = sum(summary.characters for summary in result.sources)
    parts = [f"{whole:,} whole"]
    parts += [f"{partial:,} in part"] if partial else []
    parts += [f"{skipped:,} not at all"] if skipped else []
    return Text.assemble(
        ("Examined: ", "bold"),
        f"{', '.join(parts)}, of {assets:,} {_plural('asset', assets)} in "
        f"{len(result.sources)} {_plural('source', len(result.sources))} "
        f"({characters:,} characters of text).",
    )


def _sources(result: AuditResult) -> Table:
    shown = table("Sources", "Source", "Kind", "Assets", "In part", "Not", "Sightings")
    for summary in order.sorted_sources(result.sources):
        shown.add_row(
            Text(visible(summary.source.name), "red" if summary.error else ""),
            summary.source.kind,
            f"{summary.assets:,}",
            f"{summary.partial:,}",
            f"{summary.skipped:,}",
            f"{summary.sightings:,}",
        )
    return shown


def _show_found(console: Console, result: AuditResult, *, is_whole: bool) -> None:
    groups: dict[str, list[CategorySummary]] = {}
    for entry in order.sorted_categories(result.categories):
        if is_personal(entry.category):
            groups.setdefault(entry.category, []).append(entry)
    if not groups:
        console.print(
            "No personal data was found."
            if is_whole
            else "No personal data was found in what was examined; the rest may hold any.",
            style="bold",
        )
        return
    console.print(_kinds(groups))
    console.print(Text("Riskiest places", "bold"))
    for number, place in enumerate(result.places[:PLACES], start=1):
        within = place_in_words(place.hit, place.asset, _WORDS)
        asset = f"{number}. {visible(place.source)}: {visible(place.asset)}"
        console.print(Text.assemble(asset, (f", {within}" if within else "", "dim")))
        console.print(Padding(_what(place), (0, 0, 0, 3)))
    console.print()


def _kinds(groups: Mapping[str, list[CategorySummary]]) -> Table:
    shown = table("Found, what weighs most first", "What", "Assets", "Values", "Distinct", "Sample")
    ranked = sorted(groups, key=lambda key: (significance(key), -_assets(groups[key])[0], key))
    for category in ranked[:KINDS]:
        entries = groups[category]
        assets, is_least = _assets(entries)
        distinct = sum(entry.distinct for entry in entries)
        shown.add_row(
            Text(_WORDS.category(category), "" if significance(category) else "bold"),
            f"{assets:,}{'+' if is_least else ''}",
            f"{sum(entry.count for entry in entries):,}",
            f"{distinct:,}" if distinct else "",
            Text(visible(entries[0].sample)),
        )
    if len(ranked) > KINDS:
        shown.caption = f"and {len(ranked) - KINDS:,} more kinds of personal data"
    return shown


def _assets(entries: list[CategorySummary]) -> tuple[int, bool]:
    """Count the assets of a category, and say whether there may be more.

    Two entities of it may stand in the same assets or in different ones.
    """
    by_entity: Counter[str] = Counter()
    for entry in entries:
        by_entity[entry.entity] += entry.assets
    return max(by_entity.values()), len(by_entity) > 1


def _what(place: RiskyPlace) -> Text:
    codes = {NATIONAL_ID: f" ({place.national_ids:,})"} if place.national_ids else {}
    labels = [_WORDS.category(key) + codes.get(key, "") for key in place.categories]
    more = f" and {len(labels) - SHOWN_CATEGORIES} more" if len(labels) > SHOWN_CATEGORIES else ""
    parts = [Text(", ".join(labels[:SHOWN_CATEGORIES]) + more, "bold" if place.special else "")]
    if place.people:
        parts.append(Text(f"about {place.people:,} {'person' if place.people == 1 else 'people'}"))
    parts.append(_readers(place))
    if place.age_days is not None:
        parts.append(Text(_age(place.age_days)))
    return Text(" · ").join(parts)


def _readers(place: RiskyPlace) -> Text:
    if place.everyone:
        return Text("everyone can read it", "bold red")
    if not place.readers:
        return Text("who can read it is not known", "dim")
    more = len(place.readers) - SHOWN_READERS
    named = ", ".join(visible(reader) for reader in place.readers[:SHOWN_READERS])
    return Text(f"read by {named}" + (f" and {more:,} more" if more > 0 else ""))


def _age(days: int) -> str:
    if days < _YEAR:
        return f"changed {days} {_plural('day', days)} ago" if days > 0 else "changed today"
    years = days // _YEAR
    return f"not changed for {years} {_plural('year', years)}"


def _broken(result: AuditResult) -> list[tuple[Violation, int]]:
    """Give each rule's first violation, and how many there are of it."""
    first: dict[str, Violation] = {}
    numbers: Counter[str] = Counter()
    for violation in order.violated(result.violations):
        first.setdefault(violation.rule, violation)
        numbers[violation.rule] += 1
    return [(violation, numbers[rule]) for rule, violation in first.items()]


def _breaks(broken: list[tuple[Violation, int]], *, is_declared: bool) -> Table:
    """Give one line for each rule: how bad, how many, what."""
    title = "What breaks, the worst first" if is_declared else f"What breaks {_UNDECLARED}"
    shown = table(title, "Severity", "Rule", "Subjects", "What")
    worst = sorted(broken, key=lambda each: (-each[0].severity.rank, -each[1]))
    for first, number in worst[:RULES]:
        shown.add_row(
            Text(first.severity, _STYLE[first.severity]),
            first.rule,
            f"{number:,}",
            Text.assemble(_WORDS.text(first.title), (f"\n{_which(first, number)}", "dim")),
        )
    if len(worst) > RULES:
        shown.caption = f"and {len(worst) - RULES:,} more rules"
    return shown


def _since(result: AuditResult) -> str:
    """Say what has come and gone since the judged run before."""
    if len(result.trend) < 2 or result.trend[-1].run != result.run.id:  # noqa: PLR2004 - two runs
        return ""
    before, now = result.trend[-2:]
    still = now.open + now.unknown + now.waived - now.new - now.back
    rules = "" if now.forms == before.forms else "; the rules are others than then"
    return (
        f"Since run {before.run}: {now.new:,} new, {now.back:,} back, {still:,} still there, "
        f"{now.gone:,} gone{rules} ('kartta diff')."
    )


def _which(first: Violation, number: int) -> str:
    """Name the first finding of a rule, for 'kartta show' and 'kartta waive'."""
    name = visible(first.id)
    return f"{name} and {number - 1:,} more" if number > 1 else name


def _verdict(
    result: AuditResult, broken: list[tuple[Violation, int]], *, is_whole: bool
) -> Iterator[Text | str]:
    counts: Counter[Severity] = Counter()
    for violation, number in broken:
        counts[violation.severity] += number
    levels = ", ".join(
        f"{counts[level]:,} {level}" for level in reversed(Severity) if counts[level]
    )
    gaps = sum(1 for _ in order.unknown(result.violations))
    waived = sum(1 for _ in order.waived(result.violations))
    if not result.is_declared:
        yield Text.assemble(
            ("Not judged: no register was compared.", "bold yellow"),
            " 'kartta init' begins one.",
        )
        if levels:
            yield f"{_UNDECLARED.capitalize()}: {levels}."
    elif levels:
        yield Text.assemble(("Violations: ", "bold"), f"{levels}.")
    elif is_whole and not gaps:
        yield Text.assemble(("Violations: ", "bold"), "none.")
    else:
        yield Text.assemble(
            ("Violations: ", "bold"), "none in what was examined and could be told."
        )
    if gaps:
        yield f"Cannot be told: {gaps:,}, because a fact was never recorded."
    if waived:
        yield f"Waived: {waived:,}."


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
