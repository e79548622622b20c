"""What a report gets, and what it is.

A report is deterministic: sorted, without a clock or a locale. It never asks a source or the
catalog. It shows what was skipped, what is unknown and what is waived as prominently as what is
violated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO, ClassVar, Protocol

from reports.ranking import Place
from ropa.graph import Graph
from ropa.model import Language, Register
from rules.model import Rule, Violation
from scanner.summary import (
    AssetSighting,
    CategorySummary,
    FlowSummary,
    SkippedAsset,
    SourceSummary,
)


@dataclass(frozen=True, slots=True)
class Declarations:
    """Where the register stands in files, for reports that point to a line."""

    file: str = ""
    """The register; the audit file where there is none; empty where there is neither. Relative to
    where the command runs, else to the audit file."""
    lines: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Entry of the register, as evidence names it → its file and line."""

    def at(self, entry: str) -> tuple[str, int]:
        """Give file and line of an entry, or of the nearest thing around it that is known."""
        while entry and entry not in self.lines:
            entry = entry.rpartition(".")[0]
        return self.lines.get(entry, (self.file, 1))


@dataclass(frozen=True, slots=True)
class RunInfo:
    """The run that the result is about."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    """None while it was interrupted."""
    judged_on: date
    """The day on which deadlines were judged."""
    version: str
    """Of the tool."""
    rule_packs: tuple[str, ...]
    """`eu 2026.11`."""


@dataclass(frozen=True, slots=True)
class RetentionSummary:
    """The clock of candidacies, by source: how many copies stand where."""

    source: str
    within: int
    past: int
    on_hold: int
    on_consent: int
    unknown: int
    longest_past: int
    """Days past of the oldest copy; 0 where none is past."""


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Everything that a report may show, frozen whole."""

    run: RunInfo
    register: Register
    sources: tuple[SourceSummary, ...]
    categories: tuple[CategorySummary, ...]
    flows: tuple[FlowSummary, ...]
    sightings: tuple[AssetSighting, ...]
    skips: tuple[SkippedAsset, ...]
    retention: tuple[RetentionSummary, ...]
    violations: tuple[Violation, ...]
    """Both violated and unknown, waived ones included."""
    rules: tuple[Rule, ...]
    """The rules that were judged."""
    graph: Graph
    is_declared: bool = True
    """Whether there was a register to compare with; without one nothing was compared."""
    places: tuple[Place, ...] = ()
    """The riskiest places, the worst first; no more than `reports.ranking.KEPT`."""
    declarations: Declarations = Declarations()


class Report(Protocol):
    """One form of output."""

    name: ClassVar[str]
    suffix: ClassVar[str]

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the whole report.

        Raises:
            ReportError: it could not be written.
        """
        ...
