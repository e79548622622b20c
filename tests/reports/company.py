"""An invented company's audit. No people: samples are masks, and addresses are roles."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from reports import order
from reports.base import Declarations, Judged, RetentionSummary, RunInfo
from reports.ranking import RiskyPlace, ranked
from ropa.graph import Graph, GraphEdge, GraphNode
from ropa.model import Register
from ropa.subjects import Origin
from rules.model import Rule, Violation
from scanner.locator import Locator
from scanner.model import Coverage, Sighting, Skip, SkipReason, Source, SourceId
from scanner.summary import (
    AssetHoldings,
    AssetSighting,
    CategorySummary,
    FlowSummary,
    SkippedAsset,
    SourceSummary,
)
from tests.reports.company_findings import rules, violations
from tests.reports.company_register import register
from tests.reports.paths import HOSTILE_PATH, LONG_PATH, SURROGATE_PATH


@dataclass(frozen=True)
class HeldAudit:
    """An audit that is small enough to be held whole."""

    run: RunInfo
    register: Register
    sources: tuple[SourceSummary, ...]
    categories: tuple[CategorySummary, ...]
    flows: tuple[FlowSummary, ...]
    sightings: tuple[AssetSighting, ...]
    skips: tuple[SkippedAsset, ...]
    retention: tuple[RetentionSummary, ...]
    violations: tuple[Violation, ...]
    rules: tuple[Rule, ...]
    graph: Graph
    declarations: Declarations
    places: tuple[RiskyPlace, ...] = ()
    is_declared: bool = True
    trend: tuple[Judged, ...] = ()


def audit(copies: int = 27) -> HeldAudit:
    """Build the audit; `copies` is how many subjects break the retention rule."""
    return HeldAudit(
        run=RunInfo(
            id=14,
            started_at=datetime(2026, 11, 22, 6, 0, tzinfo=UTC),
            finished_at=datetime(2026, 11, 22, 6, 41, 12, tzinfo=UTC),
            judged_on=date(2026, 11, 22),
            version="0.1.0",
            rule_packs=("eu 2026.11", "fi 2026.11"),
        ),
        register=register(),
        sources=_sources(),
        categories=_categories(),
        flows=_flows(),
        sightings=tuple(sorted(_sightings(), key=order.of_sighting)),
        skips=tuple(sorted(_skips(), key=order.of_skip)),
        retention=(
            RetentionSummary("jobs-mailbox", 412, 27, 2, 3, 61, 743),
            RetentionSummary("hr-share", 96, 14, 0, 0, 118, 1_902),
            RetentionSummary("ats", 388, 0, 2, 11, 0, 0),
        ),
        violations=tuple(sorted(violations(copies), key=order.of_violation)),
        rules=rules(),
        graph=_graph(),
        places=_places(),
        trend=(
            Judged(13, date(2026, 11, 15), ("eu 2026.11",), "0a", 31, 1, 1, 2, 0, 4),
            Judged(14, date(2026, 11, 22), ("eu 2026.11", "fi 2026.11"), "0b", 32, 1, 1, 3, 1, 2),
        ),
        declarations=Declarations(
            "audit/register.yaml",
            {
                "controller": ("audit/register.yaml", 2),
                "activities.recruitment": ("audit/register.yaml", 31),
                "recipients.talentgrove": ("audit/recipients.yaml", 4),
            },
        ),
    )


def _source(key: str, kind: str, name: str, location: str) -> Source:
    return Source(SourceId(key), kind, name, location)


def _sources() -> tuple[SourceSummary, ...]:
    mailbox = _source("jobs-mailbox", "mbox", "Recruitment mailbox", "/srv/mail/jobs.mbox")
    share = _source("hr-share", "folder", "HR file share", "/srv/hr")
    ats = _source("ats", "greenhouse", "Recruiting system", "https://ats.example/export")
    database = _source("test-db", "database", "+Aptitude tests", "postgresql://db.example/tests")
    laptop = _source("laptop", "folder", "Recruiter's laptop", "D:\\recruiting")
    return (
        SourceSummary(mailbox, 5_210, 5_174, 24, 12, 18_344, 41_300_222),
        SourceSummary(share, 1_388, 1_301, 40, 47, 6_120, 18_220_010),
        SourceSummary(ats, 904, 904, 0, 0, 9_960, 5_004_871),
        SourceSummary(database, 14, 12, 2, 0, 212, 900_100),
        SourceSummary(
            laptop, 33, 30, 0, 3, 41, 80_000, error="the listing ended early: <timed out>"
        ),
    )


def _category(source: str, category: str, entity: str, *rest: object) -> CategorySummary:
    assets, count, distinct, confidence, example, sample = rest
    return CategorySummary(
        source,
        category,
        entity,
        int(str(assets)),
        int(str(count)),
        int(str(distinct)),
        float(str(confidence)),
        str(example),
        str(sample),
    )


def _categories() -> tuple[CategorySummary, ...]:
    row = _category
    return (
        row(
            "jobs-mailbox", "identity.name", "PERSON", 4_980, 12_903, 911, 0.91, "2025/3", "A…o V…n"
        ),
        row(
            "jobs-mailbox", "contact.email", "EMAIL_ADDRESS", 5_100, 9_400, 950, 0.99, "2", "a…@…e"
        ),
        row("jobs-mailbox", "recruitment.cv", "CV", 640, 655, 0, 0.88, "2025/7", "cv"),
        row("jobs-mailbox", "special.health", "HEALTH", 31, 44, 0, 0.74, "2024/19", "s…rausloma"),
        row(
            "hr-share",
            "identity.national_id",
            "FI_PERSONAL_IDENTITY_CODE",
            57,
            61,
            55,
            0.999,
            LONG_PATH,
            "01••••-•••X",
        ),
        row("hr-share", "identity.name", "PERSON", 1_100, 2_870, 640, 0.9, "a.docx", "M…i N…n"),
        row("hr-share", "security.clearance", "SECURITY_CLEARANCE", 4, 4, 0, 0.81, "c.pdf", "t…s"),
        row("hr-share", "technical.url", "URL", 200, 300, 90, 0.99, "a.docx", "h…m"),
        row("ats", "identity.name", "PERSON", 904, 904, 880, 0.99, "candidates/1", "A…o V…n"),
        row("ats", "contact.phone", "PHONE_NUMBER", 870, 871, 860, 0.97, "candidates/1", "+358…12"),
        row("test-db", "recruitment.test", "TEST_RESULT", 1, 212, 0, 0.93, "results", "=SUM(…)"),
        row("laptop", "contact.email", "EMAIL_ADDRESS", 9, 17, 15, 0.99, HOSTILE_PATH, "k…@…i"),
    )


def _flows() -> tuple[FlowSummary, ...]:
    first, last = datetime(2024, 1, 9, tzinfo=UTC), datetime(2026, 10, 30, tzinfo=UTC)
    cv = ("contact.email", "identity.name", "recruitment.cv")
    return (
        FlowSummary("jobs-mailbox", "mail.talentgrove.example", "mail", 188, cv, first, last, "7"),
        FlowSummary("jobs-mailbox", "headhunt.example", "mail", 23, cv, first, last, "8"),
        FlowSummary("jobs-mailbox", "pohjantahti.example", "mail", 900, cv[:1], first, last, "9"),
        FlowSummary("laptop", "=drive.example", "link", 2, (), None, None, HOSTILE_PATH),
    )


def _sightings() -> tuple[AssetSighting, ...]:
    return tuple(
        AssetSighting(
            source,
            asset,
            datetime(2025, 3, 1, 12, tzinfo=UTC),
            Sighting(
                Locator.of(locator),
                "Nimi",
                entity,
                category,
                3,
                2,
                0.9,
                "names",
                ("name_model",),
                ("A…o V…n",),
            ),
        )
        for source, asset, locator, entity, category in (
            ("hr-share", LONG_PATH, ("page:2",), "PERSON", "identity.name"),
            ("laptop", HOSTILE_PATH, (), "EMAIL_ADDRESS", "contact.email"),
            ("laptop", SURROGATE_PATH, (), "EMAIL_ADDRESS", "contact.email"),
            ("jobs-mailbox", "2025/7", ("part:cv.docx", "page:1"), "PERSON", "identity.name"),
        )
    )


def _places() -> tuple[RiskyPlace, ...]:
    held = (
        AssetHoldings(
            "laptop",
            HOSTILE_PATH,
            datetime(2019, 3, 1, tzinfo=UTC),
            ("everyone",),
            ("contact.email", "special.health", "time"),
            (("EMAIL_ADDRESS", 15), ("PERSON", 4)),
        ),
        AssetHoldings(
            "hr-share",
            LONG_PATH,
            datetime(2026, 3, 1, tzinfo=UTC),
            ("user hr", "group hr"),
            ("identity.name", "identity.national_id"),
            (("FI_PERSONAL_IDENTITY_CODE", 55), ("PERSON", 60)),
        ),
    )
    return ranked(held, date(2026, 11, 22))


def _skips() -> tuple[SkippedAsset, ...]:
    def skip(source: str, asset: str, coverage: Coverage, reason: SkipReason) -> SkippedAsset:
        return SkippedAsset(
            source, asset, coverage, Skip(reason, f"=because {reason}", Locator().part("a"))
        )

    return (
        *(
            skip("hr-share", f"scans/{number:03}.tif", Coverage.SKIPPED, SkipReason.NO_TEXT)
            for number in range(47)
        ),
        skip("hr-share", LONG_PATH, Coverage.PARTIAL, SkipReason.ENCRYPTED),
        skip("jobs-mailbox", "2025/71", Coverage.PARTIAL, SkipReason.TOO_LARGE),
        skip("test-db", "results", Coverage.PARTIAL, SkipReason.SAMPLED),
        skip("laptop", HOSTILE_PATH, Coverage.SKIPPED, SkipReason.UNSUPPORTED),
        skip("laptop", SURROGATE_PATH, Coverage.SKIPPED, SkipReason.CRASHED),
        skip("laptop", "", Coverage.SKIPPED, SkipReason.SOURCE),
    )


def _graph() -> Graph:
    declared, observed, both = Origin.DECLARED, Origin.OBSERVED, Origin.BOTH
    node, edge = GraphNode, GraphEdge
    return Graph(
        nodes=(
            node("controller:self", "controller", "Pohjantähti Hälytys Oy & <Partners>", declared),
            node("subject:applicants", "subject", "Job applicants", declared),
            node("category:identity", "category", "Personal details", both),
            node("category:contact", "category", "Contact details", both),
            node("category:recruitment", "category", "Application data", both),
            node("category:special.health", "category", "Health", observed, "not declared"),
            node("activity:recruitment", "activity", "Recruitment", both),
            node("activity:aptitude", "activity", "=1+1 aptitude tests", declared),
            node("system:ats", "system", "Recruiting system", declared),
            node("system:mail", "system", "Recruitment mailbox", declared),
            node("system:share", "system", "HR file share", declared),
            node("source:ats", "source", "ats", both),
            node("source:jobs-mailbox", "source", "jobs-mailbox", both),
            node("source:hr-share", "source", "hr-share", both),
            node("source:laptop", "source", "Recruiter's laptop", observed, "no system claims it"),
            node("recipient:ats-vendor", "recipient", "Talentgrove Software, Inc.", both),
            node("recipient:group-parent", "recipient", "Pohjantähti Group AS", declared),
            node(
                "recipient:headhunt.example", "recipient", "headhunt.example", observed, "unknown"
            ),
            node("country:FI", "country", "Finland", declared),
            node("country:NO", "country", "Norway", declared),
            node("country:US", "country", "United States", both, "old clauses"),
        ),
        edges=(
            edge("controller:self", "activity:recruitment", "performs", declared),
            edge("controller:self", "activity:aptitude", "performs", declared),
            edge("activity:recruitment", "subject:applicants", "about", declared),
            edge("activity:aptitude", "subject:applicants", "about", declared),
            edge("activity:recruitment", "category:identity", "holds", both),
            edge("activity:recruitment", "category:contact", "holds", both),
            edge("activity:recruitment", "category:recruitment", "holds", both),
            edge(
                "activity:recruitment",
                "category:special.health",
                "holds",
                observed,
                "44 hits",
                "observed, not declared",
            ),
            edge("activity:aptitude", "category:recruitment", "holds", declared),
            edge("activity:recruitment", "system:ats", "runs_in", declared),
            edge("activity:recruitment", "system:mail", "runs_in", declared),
            edge("activity:recruitment", "system:share", "runs_in", declared),
            edge("system:ats", "source:ats", "scanned_as", both),
            edge("system:mail", "source:jobs-mailbox", "scanned_as", both),
            edge("system:share", "source:hr-share", "scanned_as", both),
            edge("source:laptop", "category:contact", "holds", observed),
            edge("recipient:ats-vendor", "system:ats", "operates", declared),
            edge("recipient:ats-vendor", "activity:recruitment", "receives", both),
            edge("recipient:group-parent", "activity:recruitment", "receives", declared),
            edge(
                "source:jobs-mailbox",
                "recipient:headhunt.example",
                "sends",
                observed,
                "23 messages",
                "recipient not declared",
            ),
            edge("recipient:ats-vendor", "country:US", "located_in", both, "", "2010/87/EU"),
            edge("recipient:group-parent", "country:NO", "located_in", declared),
            edge("system:mail", "country:FI", "located_in", declared),
            edge("system:share", "country:FI", "located_in", declared),
        ),
    )
