"""What `kartta notice check` prints: a table for people, data for programs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.text import visible
from rules.model import Answer, Severity, Violation

if TYPE_CHECKING:
    from ropa.model import Language

_STYLE = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
MOST = 3
"""Quotes shown beside a finding; JSON has all of them."""
LONGEST = 120
"""Characters of a quote in the table."""
_HEADINGS: dict[str, tuple[str, str, str, str]] = {
    "en": ("Rule", "Severity", "Lines", "Finding and remedy"),
    "fi": ("Sääntö", "Vakavuus", "Rivit", "Havainto ja korjaus"),
}
_WIDTHS = {"Lines": 10, "Rivit": 10}
_SUMMARY = {
    "en": "Findings: {found}. Open to argument: {arguable}. Cannot be told: {gaps}.",
    "fi": "Havaintoja: {found}. Tulkinnanvaraisia: {arguable}. Ei arvioitavissa: {gaps}.",
}


def in_order(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Put the worst first, and what is open to argument or cannot be told behind it."""
    return tuple(
        sorted(
            violations,
            key=lambda one: (
                one.answer is Answer.UNKNOWN,
                one.certainty == "arguable",
                -one.severity.rank,
                one.rule,
            ),
        )
    )


def show_findings(violations: tuple[Violation, ...], title: str, language: "Language") -> None:
    """Print a table: what each rule says, on which lines, and what to do."""
    console = Console(highlight=False)
    table = Table(
        title=Text(visible(title)), title_justify="left", title_style="bold", header_style="dim"
    )
    for heading in _HEADINGS[language]:
        table.add_column(heading, overflow="fold", max_width=_WIDTHS.get(heading))
    for one in violations:
        judged = one.answer is Answer.VIOLATED
        table.add_row(
            one.rule,
            Text.assemble(
                (one.severity.value, _STYLE[one.severity] if judged else "dim"),
                (f"\n{one.certainty.value}" if judged else "\n?", "dim"),
            ),
            ", ".join(dict.fromkeys(str(line) for line, _ in _quotes(one))),
            Text.assemble(
                (visible(one.title.in_language(language)), "bold"),
                f"\n{visible(one.message.in_language(language))}",
                *(
                    (f"\n{line}: “{visible(_short(quote))}”", "italic")
                    for line, quote in _quotes(one)[:MOST]
                ),
                (f"\n→ {visible(one.remedy.in_language(language))}" if judged else "", "dim"),
                (f"\n{visible('; '.join(one.references))}" if judged else "", "dim"),
            ),
            end_section=True,
        )
    if violations:
        console.print(table)
    gaps = sum(one.answer is Answer.UNKNOWN for one in violations)
    arguable = sum(
        one.certainty == "arguable" and one.answer is Answer.VIOLATED for one in violations
    )
    found = len(violations) - gaps - arguable
    console.print(_SUMMARY[language].format(found=found, arguable=arguable, gaps=gaps))


def findings_data(violations: tuple[Violation, ...], language: "Language") -> list[dict[str, Any]]:
    """Give the findings as plain values."""
    return [
        {
            "rule": one.rule,
            "title": one.title.in_language(language),
            "answer": one.answer.value,
            "severity": one.severity.value,
            "certainty": one.certainty.value,
            "message": one.message.in_language(language),
            "remedy": one.remedy.in_language(language),
            "references": list(one.references),
            "missing_facts": list(one.missing),
            "waived_until": _until(one),
            "evidence": [{"line": line, "quote": quote} for line, quote in _quotes(one)],
        }
        for one in violations
    ]


def _until(one: Violation) -> str | None:
    until = one.waiver.until if one.waiver else None
    return until.isoformat() if until else None


def _quotes(one: Violation) -> tuple[tuple[int, str], ...]:
    """Give the lines that are quoted; where something is missing there may be none."""
    return tuple(
        (int(line), item.note.en) for item in one.evidence for line in item.locator.names("line")
    )


def _short(quote: str) -> str:
    return quote if len(quote) <= LONGEST else f"{quote[:LONGEST].rstrip()}…"
