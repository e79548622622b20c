"""From the catalog to the verdicts: declared ↔ observed ↔ lawful, as far as somebody asks."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Self

from kartta.lists.read import Lists
from kartta.spool import Spool
from kartta.standing import remember, with_status
from reports import order
from reports.base import Declarations, Judged, RetentionSummary, RunInfo
from reports.interruption import interruption
from reports.ranking import POINTED, RiskyPlace, ranked
from reports.wording import wording
from ropa.category_clock import CategoryClocks
from ropa.claims import BY_COUNTRY
from ropa.clock import Clocks, ClockState
from ropa.clock_report import ClockReport
from ropa.compare import Comparison
from ropa.copies import Copies, Counts
from ropa.graph import Graph
from ropa.graph_build import build
from ropa.linking.candidacies import Linking
from ropa.model import Language, Register
from ropa.observed import FlowTally, Observed
from ropa.periods import Periods
from rules import identity
from rules.duties import Duties
from rules.evaluate import evaluate
from rules.load import RuleSet
from rules.model import Rule, Violation, Waiver
from rules.waivers import Mark, Marks
from scanner.catalog import query, records, standing
from scanner.catalog.holdings import asset_holdings
from scanner.catalog.key import current
from scanner.catalog.standing import Judgement
from scanner.catalog.store import Catalog
from scanner.connectors.registry import recruiting_systems
from scanner.errors import ConfigError
from scanner.summary import (
    AssetSighting,
    CategorySummary,
    FlowSummary,
    SkippedAsset,
    SourceSummary,
)

_NOWHERE = Declarations()
_NO_LISTS = Lists()


class Audit:
    """What the last run left in the catalog, and what comes of it.

    Each part is loaded when it is first asked for; what is many is a stream that is in order and
    can be read again. Use it in a `with`, and keep the catalog open as long.
    """

    def __init__(
        self,
        catalog: Catalog,
        register: Register,
        rules: RuleSet,
        waivers: Sequence[Waiver],
        today: date,
        language: Language = "en",
        *,
        marks: Sequence[Mark] = (),
        lists: Lists = _NO_LISTS,
        duties: Duties | None = None,
        declarations: Declarations = _NOWHERE,
        is_declared: bool = True,
    ) -> None:
        """Take what is judged, and by what; `marks` are the waivers of single findings.

        `duties` say who deals with a finding.

        Where nothing is declared (`is_declared`), nothing is compared: an empty register would
        only say of everything that it is missing.

        Raises:
            ConfigError: nothing was scanned yet.
            CatalogError: the catalog cannot be read (so too from each part).
        """
        last = query.last_run(catalog)
        if last is None:
            raise ConfigError(
                "the catalog is empty: nothing was scanned yet", hint="run 'kartta scan'"
            )
        self._key = current(catalog).encode("ascii")
        self.run = RunInfo(
            last.id,
            last.started_at,
            last.finished_at,
            today,
            last.version,
            rules.labels,
            identity.key_mark(self._key),
        )
        self.register = register
        self.declarations = declarations
        self.is_declared = is_declared
        self._catalog = catalog
        self._rules = rules
        self._waivers = waivers
        self._lists = lists
        self._duties = duties or Duties(register, (), {})
        self._marks = Marks(marks, rules.rules, today)
        self._language: Language = language
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are judged."""
        return self._rules.rules

    @cached_property
    def sources(self) -> tuple[SourceSummary, ...]:
        """The sources of the last run."""
        return query.source_summaries(self._catalog)

    @cached_property
    def categories(self) -> tuple[CategorySummary, ...]:
        """What was found, by source and entity."""
        return query.category_summaries(self._catalog)

    @cached_property
    def flows(self) -> tuple[FlowSummary, ...]:
        """What was seen going out, by source and domain."""
        tally = FlowTally(self._applicant_keys, self.register.controller.domains)
        for source, asset, flow in records.asset_flows(self._catalog):
            tally.add(source, asset, flow)
        return tally.summaries(
            lambda source, asset: records.asset_places(self._catalog, source, asset)
        )

    @cached_property
    def graph(self) -> Graph:
        """The processing graph, declared and observed."""
        if self.is_declared:
            drawn = build(self.register, self._observed, self._language, self.run.judged_on)
        else:
            drawn = _neutral(build(self.register, self._observed, self._language))
        run, words = self.run, wording(self._language)
        note = interruption(run.started_at, run.finished_at, self.sources, words)
        return replace(drawn, note=note)

    @cached_property
    def places(self) -> tuple[RiskyPlace, ...]:
        """The riskiest places, the worst first."""
        sources = [str(each.source.id) for each in self.sources]
        places = ranked(asset_holdings(self._catalog, sources), self.run.judged_on)
        return (*map(self._pointed, places[:POINTED]), *places[POINTED:])

    @property
    def sightings(self) -> Iterable[AssetSighting]:
        """Everything that recognizers saw."""
        return _Sightings(self._catalog)

    @cached_property
    def skips(self) -> Collection[SkippedAsset]:
        """What was not examined, and why."""
        skipped = chain(records.skipped_assets(self._catalog), self._lists.skips)
        return self._open.enter_context(Spool(skipped, order.of_skip))

    @property
    def violations(self) -> Collection[Violation]:
        """What the rules say, waived and unknown included."""
        return self._judgement[0]

    @cached_property
    def clocks(self) -> ClockReport:
        """The state of every copy of every candidacy."""
        periods = Periods(self.register, [str(each.source.id) for each in self.sources])
        today, zone = self.run.judged_on, self.register.controller.zone
        holdings = (
            records.category_records(self._catalog, periods.categories)
            if periods.categories
            else ()
        )
        own = CategoryClocks(self.linking.ties, holdings, periods.of_categories, today, zone)
        clocks = Clocks(self.linking, periods.of, today)
        claims = BY_COUNTRY.get(self.register.controller.country)
        return ClockReport(self.linking, clocks, own, claims)

    @property
    def retention(self) -> tuple[RetentionSummary, ...]:
        """The clocks, by source."""
        return self._judgement[1]

    @cached_property
    def trend(self) -> tuple[Judged, ...]:
        """What each judged run came to, the oldest first."""
        return tuple(_in_trend(each) for each in standing.judged(self._catalog))

    def remember(self, catalog: Catalog) -> None:
        """Write down which findings stand, for the runs to come; once for a run."""
        remember(catalog, self, self._key)

    @property
    def outdated(self) -> tuple[Mark, ...]:
        """False alarms that are judged again, since their rule is another now."""
        return self._marks.outdated

    def fingerprint_of(self, source: str, asset: str) -> str:
        """Give the fingerprint that an asset had when it was read."""
        return records.fingerprint_of(self._catalog, source, asset)

    def place_of(self, violation: Violation) -> str:
        """Name the asset that a finding is about, as waivers know it; empty for no single one."""
        return identity.place_of(self._key, violation)

    def values_of(self, violation: Violation) -> frozenset[str]:
        """Name the values that a finding rests on: in its asset, all of the entities it points to.

        Empty where it is about no single asset, or about nothing that can be known again.
        """
        if not self.place_of(violation):
            return frozenset()
        source, asset = violation.evidence[0].source, violation.evidence[0].asset
        cited = {
            item.locator
            for item in violation.evidence
            if (item.source, item.asset) == (source, asset)
        }
        held = records.asset_identifiers(self._catalog, source, asset)
        seen = records.asset_places(self._catalog, source, asset)
        entities = {each.entity for each in held if each.hit in cited}
        entities |= {each.entity for each in seen if each.locator in cited}
        return frozenset(
            identity.value(self._key, each.entity, each.key)
            for each in held
            if each.role == "subject" and each.entity in entities
        )

    @cached_property
    def linking(self) -> Linking:
        """Who is who, and what belongs to which application."""
        facts = chain(records.record_facts(self._catalog), self._lists.facts)
        return Linking(facts, self.register.controller.zone, self._lists.staff)

    def _pointed(self, place: RiskyPlace) -> RiskyPlace:
        category = place.categories[0]
        hit = records.surest(self._catalog, place.source, place.asset, category)
        return replace(place, hit=hit)

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Rows of the lists that are about nobody whose data were found."""
        return self.linking.unmatched

    @property
    def _applicant_keys(self) -> frozenset[str]:
        return self.linking.keys

    @property
    def _observed(self) -> Observed:
        return Observed(self.sources, self.categories, self.flows)

    @cached_property
    def _judgement(self) -> tuple[Spool[Violation], tuple[RetentionSummary, ...]]:
        """Judge everything in one pass over the assets, which also counts the clocks."""
        recruiting = recruiting_systems()
        copies = Copies(
            self.register,
            self.sources,
            self.linking,
            query.departed_keys(self._catalog, recruiting),
            recruiting,
            self.run.judged_on,
            self._language,
            has_unmatched=query.has_unmatched(self._catalog, recruiting),
        )
        named = (
            self._marks.named(self._key, entry, self.values_of) for entry in self._judged(copies)
        )
        dated = with_status(self._catalog, self.run, named)
        owned = map(self._duties.named, dated)
        spool = self._open.enter_context(Spool(owned, order.of_violation))
        return spool, tuple(_summary(*each) for each in sorted(copies.counts.items()))

    def _judged(self, copies: Copies) -> Iterator[Violation]:
        today = self.run.judged_on
        many = copies.subjects(records.asset_records(self._catalog))
        yield from evaluate(self.rules, many, self._waivers, today=today)
        if self.is_declared:
            few = Comparison(self.register, self._observed, today, self._language).subjects()
            yield from evaluate(self.rules, few, self._waivers, today=today)


class _Sightings:
    """Sightings as often as somebody reads them, straight from the catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __iter__(self) -> Iterator[AssetSighting]:
        return order.in_order_of_assets(records.asset_sightings(self._catalog))


def _in_trend(each: Judgement) -> Judged:
    return Judged(
        each.run,
        each.judged_on,
        each.rules,
        each.forms,
        each.violated,
        each.unknown,
        each.waived,
        each.new,
        each.back,
        each.gone,
    )


def _summary(source: str, counts: Counts) -> RetentionSummary:
    return RetentionSummary(
        source,
        counts.states[ClockState.WITHIN],
        counts.states[ClockState.PAST],
        counts.states[ClockState.HELD],
        counts.states[ClockState.CONSENT],
        counts.states[ClockState.UNKNOWN],
        counts.longest_past,
    )


def _neutral(graph: Graph) -> Graph:
    """Draw without conflicts: where nothing was declared, nothing disagrees."""
    return Graph(
        tuple(replace(node, conflict="") for node in graph.nodes),
        tuple(replace(edge, conflict="") for edge in graph.edges),
    )
