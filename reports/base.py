"""What a report gets, and what it is.

A report is deterministic: sorted, without a clock or a locale. It never asks a source. It shows
what was skipped, what is unknown and what is waived as prominently as what is violated.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO, Protocol, runtime_checkable

from reports.ranking import RiskyPlace
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
    key: str = ""
    """Names the key of the findings' ids: those of another key are not compared with them."""


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
class Judged:
    """What a run came to when it was judged."""

    run: int
    judged_on: date
    rule_packs: tuple[str, ...]
    forms: str
    """Names what the rules asked: where it is another one, findings come and go by that too."""
    open: int
    """Violated, and not waived."""
    unknown: int
    waived: int
    new: int
    back: int
    gone: int


class AuditResult(Protocol):
    """Everything that a report may show; what it does not ask for is not loaded.

    Violations, skips and sightings may be more than memory holds: take them one by one. They come
    in the order of `reports.order`, and can be read again.
    """

    @property
    def run(self) -> RunInfo:
        """The run, and the day on which it was judged."""
        ...

    @property
    def register(self) -> Register:
        """What is declared."""
        ...

    @property
    def declarations(self) -> Declarations:
        """Where what is declared stands in files."""
        ...

    @property
    def is_declared(self) -> bool:
        """Whether there was a register to compare with; without one nothing was compared."""
        ...

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that were judged."""
        ...

    @property
    def sources(self) -> tuple[SourceSummary, ...]:
        """How much of each source was examined."""
        ...

    @property
    def categories(self) -> tuple[CategorySummary, ...]:
        """What was found, by source and entity."""
        ...

    @property
    def flows(self) -> tuple[FlowSummary, ...]:
        """What was seen going out, by source and domain."""
        ...

    @property
    def retention(self) -> tuple[RetentionSummary, ...]:
        """The clocks, by source."""
        ...

    @property
    def graph(self) -> Graph:
        """The processing graph, declared and observed."""
        ...

    @property
    def places(self) -> tuple[RiskyPlace, ...]:
        """The riskiest places, the worst first; no more than `reports.ranking.KEPT`."""
        ...

    @property
    def trend(self) -> tuple[Judged, ...]:
        """What each judged run came to, the oldest first."""
        ...

    @property
    def violations(self) -> Collection[Violation]:
        """Both violated and unknown, waived ones included."""
        ...

    @property
    def skips(self) -> Collection[SkippedAsset]:
        """What was not examined, and why."""
        ...

    @property
    def sightings(self) -> Iterable[AssetSighting]:
        """Everything that recognizers saw."""
        ...


@runtime_checkable
class Report(Protocol):
    """One form of output."""

    @property
    def name(self) -> str:
        """What users call it."""
        ...

    @property
    def suffix(self) -> str:
        """How its files' names end: `.html`."""
        ...

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the whole report.

        Raises:
            ReportError: it could not be written.
        """
        ...
