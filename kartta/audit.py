"""From the catalog to the verdicts: declared ↔ observed ↔ lawful, as one frozen result."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reports.base import AuditResult, Declarations, RetentionSummary, RunInfo
from reports.ranking import ranked
from ropa.candidacy import ClockState, applicants
from ropa.compare import Comparison
from ropa.copies import Copies
from ropa.graph import Graph
from ropa.graph_build import build
from ropa.model import Language, Register
from ropa.observed import Observed
from rules.evaluate import evaluate
from rules.load import RuleSet
from rules.model import Violation, Waiver
from scanner.catalog import query
from scanner.catalog.holdings import asset_holdings
from scanner.catalog.store import Catalog
from scanner.connectors.registry import recruiting_systems
from scanner.errors import ConfigError

_NOWHERE = Declarations()


def audit(
    catalog: Catalog,
    register: Register,
    rules: RuleSet,
    waivers: Sequence[Waiver],
    today: date,
    language: Language = "en",
    *,
    declarations: Declarations = _NOWHERE,
    is_declared: bool = True,
) -> AuditResult:
    """Judge what the last run left in the catalog.

    Where nothing is declared (`is_declared`), nothing is compared: an empty register would
    only say of everything that it is missing.

    Raises:
        ConfigError: nothing was scanned yet.
        CatalogError: the catalog cannot be read.
    """
    run = query.last_run(catalog)
    if run is None:
        raise ConfigError("the catalog is empty: nothing was scanned yet", hint="run 'kartta scan'")
    sources = query.source_summaries(catalog)
    people = applicants(query.candidate_records(catalog), register.controller.zone)
    recruiting = recruiting_systems()
    departed = query.departed_keys(catalog, recruiting)
    copies = Copies(register, sources, people, departed, recruiting, today, language)
    many = evaluate(
        rules.rules, copies.subjects(query.asset_records(catalog)), waivers, today=today
    )
    violations: list[Violation] = list(many)
    observed = Observed(sources, query.category_summaries(catalog), copies.flows.summaries())
    if is_declared:
        few = Comparison(register, observed, today, language).subjects()
        violations.extend(evaluate(rules.rules, few, waivers, today=today))
    return AuditResult(
        RunInfo(run.id, run.started_at, run.finished_at, today, run.version, rules.labels),
        register,
        sources,
        observed.categories,
        observed.flows,
        tuple(query.asset_sightings(catalog)),
        query.skipped_assets(catalog),
        tuple(
            RetentionSummary(
                source,
                counts.states[ClockState.WITHIN],
                counts.states[ClockState.PAST],
                counts.states[ClockState.ON_HOLD],
                counts.states[ClockState.ON_CONSENT],
                counts.states[ClockState.UNKNOWN],
                counts.longest_past,
            )
            for source, counts in sorted(copies.counts.items())
        ),
        tuple(sorted(violations, key=lambda v: (-v.severity.rank, v.rule, v.subject_id))),
        rules.rules,
        build(register, observed, language, today)
        if is_declared
        else _neutral(build(register, observed, language)),
        is_declared,
        ranked(asset_holdings(catalog, [str(each.source.id) for each in sources]), today),
        declarations,
    )


def _neutral(graph: Graph) -> Graph:
    """Draw without conflicts: where nothing was declared, nothing disagrees."""
    return Graph(
        tuple(replace(node, conflict="") for node in graph.nodes),
        tuple(replace(edge, conflict="") for edge in graph.edges),
    )
