"""What rules look at: every fact is in the vocabulary, and says what was declared and seen."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice

import pytest

from reports.registry import drawing, outputs
from ropa.compare import Comparison
from ropa.copies import Copies
from ropa.graph import Graph
from ropa.graph_build import build
from ropa.linking.candidacies import Linking
from ropa.model import Register, Text
from ropa.observed import FlowTally, Observed
from ropa.subjects import EvidenceItem, Kind, Origin, Subject
from rules.vocabulary import problems
from scanner.locator import Locator
from scanner.model import Flow, Identifier, MilestoneKind, Source, SourceId
from scanner.summary import (
    AssetRecord,
    CategorySummary,
    DatedEvent,
    Occurrence,
    RecordFacts,
    SourceSummary,
)

TODAY = date(2026, 11, 22)
REGISTER = Register.model_validate(
    {
        "controller": {"name": "Us", "country": "FI", "domains": ["us.example"]},
        "notice": {"year": 2025, "categories": ["identity"], "countries": ["US"]},
        "activities": [
            {
                "id": "hiring",
                "name": {"en": "Hiring", "fi": "Rekrytointi"},
                "purposes": [{"id": "choose", "name": "Choose", "basis": "A6-1-f"}],
                "data_subjects": ["Applicants"],
                "categories": ["identity", "contact"],
                "recipients": ["ats"],
                "transfers": ["ats-us"],
                "retention": [{"id": "y", "duration": "P1Y", "trigger": "selection_told"}],
                "systems": ["ats", "mail"],
            }
        ],
        "recipients": [
            {"id": "ats", "name": "ATS Inc", "role": "processor", "country": "US",
             "domains": ["ats.example"]},
            {"id": "lab", "name": "Lab Ltd", "role": "processor", "country": "IN"},
        ],
        "transfers": [{"id": "ats-us", "recipient": "ats", "country": "US", "tool": "scc"}],
        "systems": [
            {"id": "ats", "name": "ATS", "kind": "recruiting_system", "sources": ["ats"],
             "operator": "ats", "country": "US"},
            {"id": "mail", "name": "Mailbox", "kind": "mailbox", "sources": ["mail-*"]},
        ],
    }
)  # fmt: skip
SOURCES = tuple(
    SourceSummary(Source(SourceId(key), kind, key.title(), f"/{key}"), 3, 3, 0, 0, 5, 99)
    for key, kind in (("ats", "greenhouse"), ("mail-hr", "maildir"), ("share", "folder"))
)
TOLD = datetime(2025, 10, 1, tzinfo=UTC)


def person(key: str, record: str = "", role: str = "subject") -> Identifier:
    return Identifier("EMAIL_ADDRESS", key, record, role)


def asset(source: str, path: str, *people: Identifier, flows: tuple[Flow, ...] = ()) -> AssetRecord:
    entities = (("contact.email", "EMAIL_ADDRESS", 1), ("identity.national_id", "X", 2))
    return AssetRecord(source, path, TOLD, ("everyone",), entities, people, flows)


RECORDS = (
    asset("ats", "candidates/1", person("one", "candidate:1")),
    asset("mail-hr", "in/1", person("one", role="sender"), person("us", role="own")),
    asset("mail-hr", "out/1", person("us", role="own"), person("one", role="recipient"),
          flows=(Flow("posti.example", "mail", ("contact.email",), TOLD, ("one",)),)),
    asset("mail-hr", "out/2", person("us", role="own"), person("else", role="recipient"),
          flows=(Flow("tests.example", "mail", ("identity.national_id",), TOLD, ("else",)),)),
    asset("mail-hr", "in/2", person("stranger")),
    asset("share", "left.xlsx", person("departed", "row:1"), person("one", "row:2")),
    asset("share", "gone.docx", person("departed")),
)  # fmt: skip
APPLIED = DatedEvent(MilestoneKind.APPLIED, datetime(2025, 5, 1, tzinfo=UTC), "ats", "7")
TOLD_BY = DatedEvent(MilestoneKind.TOLD, TOLD, "mail: selection notice", "7")


def linked(records: Iterable[AssetRecord], *more: RecordFacts) -> Linking:
    """Link what the assets hold; the candidate's record knows what happened."""
    facts = []
    for record in records:
        is_candidate = record.path == "candidates/1"
        by_record: dict[str, list[Identifier]] = {}
        for each in record.people:
            by_record.setdefault(each.record, []).append(each)
        for name, people in by_record.items():
            events = tuple(
                replace(event, source=record.source, asset=record.path, record=name)
                for event in ((APPLIED, TOLD_BY) if is_candidate else ())
            )
            facts.append(
                RecordFacts(record.source, record.path, name, TOLD, tuple(people), events=events)
            )
    return Linking((*facts, *more), UTC)


@pytest.fixture(scope="module")
def copies() -> Copies:
    departed = frozenset({("EMAIL_ADDRESS", "departed")})
    return Copies(REGISTER, SOURCES, linked(RECORDS), departed, {"greenhouse"}, TODAY)


@pytest.fixture(scope="module")
def many(copies: Copies) -> dict[tuple[Kind, str], Subject]:
    return {(subject.kind, subject.id): subject for subject in copies.subjects(RECORDS)}


@pytest.fixture(scope="module")
def observed() -> Observed:
    places = {(record.source, record.path): record.places for record in RECORDS}
    tally = FlowTally(linked(RECORDS).keys, REGISTER.controller.domains)
    for record in RECORDS:
        for flow in record.flows:
            tally.add(record.source, record.path, flow)
    categories = tuple(
        CategorySummary(source, category, "X", 1, 2, 1, 0.9, "a", "•")
        for source, category in (
            ("ats", "contact.email"),
            ("mail-hr", "special.health"),
            ("share", "identity.national_id"),
        )
    )
    return Observed(
        SOURCES, categories, tally.summaries(lambda source, asset: places[source, asset])
    )


@pytest.fixture(scope="module")
def few(observed: Observed) -> dict[tuple[Kind, str], Subject]:
    subjects = Comparison(REGISTER, observed, TODAY).subjects()
    return {(subject.kind, subject.id): subject for subject in subjects}


def test_every_subject_keeps_to_the_vocabulary(
    many: dict[tuple[Kind, str], Subject], few: dict[tuple[Kind, str], Subject]
) -> None:
    for subject in (*many.values(), *few.values()):
        assert problems(subject) == (), subject.id
    assert {kind for kind, _ in many} | {kind for kind, _ in few} == set(Kind)


def test_every_copy_of_a_person_has_the_persons_clock(
    many: dict[tuple[Kind, str], Subject],
) -> None:
    for place in ("ats:candidates/1", "mail-hr:in/1", "mail-hr:out/1", "share:left.xlsx"):
        facts = many[Kind.COPY, place].facts
        assert ("past", 52, date(2026, 10, 1)) == (facts["clock"], facts["days_past"], facts["due"])
    assert many[Kind.COPY, "share:left.xlsx"].facts["ats_state"] == "present"


def test_somebody_of_whom_nothing_is_known_has_no_clock_and_is_not_passed_over(
    many: dict[tuple[Kind, str], Subject],
) -> None:
    facts = many[Kind.COPY, "mail-hr:in/2"].facts

    assert facts["clock"] is None
    assert facts["ats_state"] == "not_linked"


def test_who_may_have_been_deleted_under_an_earlier_key_is_called_unknown_by_nobody() -> None:
    """Somebody deleted before a change of the key was said to have no record in the system."""
    copies = Copies(
        REGISTER, SOURCES, linked(RECORDS), frozenset(), {"greenhouse"}, TODAY,
        has_unmatched=True,
    )  # fmt: skip
    states = {
        subject.id: subject.facts["ats_state"]
        for subject in copies.subjects(RECORDS)
        if subject.kind is Kind.COPY
    }

    assert "present" == states["share:left.xlsx"]
    assert states["mail-hr:in/2"] is None


def test_letters_to_applicants_are_no_disclosure(few: dict[tuple[Kind, str], Subject]) -> None:
    assert (Kind.RECIPIENT, "domain:posti.example") not in few
    undeclared = few[Kind.RECIPIENT, "domain:tests.example"].facts
    assert (False, True, 1) == (
        undeclared["declared"], undeclared["observed"], undeclared["observed_messages"],
    )  # fmt: skip


def test_a_category_is_compared_with_its_own_activity(
    few: dict[tuple[Kind, str], Subject],
) -> None:
    health = few[Kind.CATEGORY, "mail-hr/special.health"].facts
    email = few[Kind.CATEGORY, "ats/contact.email"].facts

    assert (False, True, False) == (
        health["declared_in_register"], health["special"], health["declared_in_notice"],
    )  # fmt: skip
    assert email["declared_in_register"] is True


def test_a_country_that_only_a_recipient_implies_is_a_transfer(
    few: dict[tuple[Kind, str], Subject],
) -> None:
    """The lab is named by no activity and was not seen, so that only the ATS's is one."""
    transfers = {key: subject for (kind, key), subject in few.items() if kind is Kind.TRANSFER}

    assert set(transfers) == {"ats-us"}
    assert transfers["ats-us"].facts["adequacy"] == "conditional"


def test_the_graph_says_what_is_declared_observed_and_in_conflict(observed: Observed) -> None:
    graph = build(REGISTER, observed)
    edges = {(edge.source, edge.target): edge for edge in graph.edges}

    declared = edges["category:contact", "activity:hiring"]
    assert (Origin.BOTH, "") == (declared.origin, declared.conflict)
    found = edges["category:special.health", "activity:hiring"]
    assert (Origin.OBSERVED, True) == (found.origin, bool(found.conflict))
    assert edges["activity:hiring", "recipient:domain:tests.example"].conflict
    assert edges["category:identity.national_id", "source:share"].conflict


def forms(graph: Graph) -> Iterator[bytes]:
    for output in outputs("graph"):
        if output.name != "svg":
            yield drawing(output)(graph, "fi")


def test_every_form_of_the_graph_names_every_node(observed: Observed) -> None:
    graph = build(REGISTER, observed, "fi")

    for form in forms(graph):
        text = form.decode()
        assert all(node.name in text for node in graph.nodes)
    assert list(forms(graph)) == list(forms(build(REGISTER, observed, "fi")))


def test_evidence_names_the_place_and_the_event_where_each_was_seen() -> None:
    """The identity code of a mail's attachment was judged by the retention evidence alone."""
    page = Locator().part("cv.pdf").page(2)
    record = AssetRecord(
        "mail-hr", "in/1", TOLD, (),
        (("identity.national_id", "FI_PERSONAL_IDENTITY_CODE", 1),),
        (
            Identifier("EMAIL_ADDRESS", "one", "", "sender", Locator().header("from")),
            Identifier("EMAIL_ADDRESS", "one", "", "subject", page.line(3)),
            Identifier("FI_PERSONAL_IDENTITY_CODE", "code", "", "subject", page.line(9)),
        ), (),
        (Occurrence("identity.national_id", "FI_PERSONAL_IDENTITY_CODE", page.line(9), 1),),
    )  # fmt: skip
    copies = Copies(
        REGISTER, SOURCES, linked((RECORDS[0], record)), frozenset(), frozenset(), TODAY
    )

    asset, copy = islice(copies.subjects([record]), 2)

    assert [
        (each.source, each.asset, str(each.locator), each.note.en) for each in copy.evidence
    ] == [
        (
            "mail-hr", "in/1", "part:cv.pdf/page:2/line:3",
            "1 of 1 applicants in it are past the period: E-mail address",
        ),
        (
            "mail-hr", "in/1", "part:cv.pdf/page:2/line:9",
            "the applicant's data: National identity number",
        ),
        ("mail-hr", "in/1", "header:from", "the applicant's data: E-mail address"),
        (
            "ats", "candidates/1", "candidate:1",
            "told of the selection 2025-10-01 (mail: selection notice)",
        ),
    ]  # fmt: skip
    code = EvidenceItem(
        "mail-hr", "in/1", page.line(9),
        Text(en="National identity number: 1", fi="Henkilötunnus: 1"),
    )  # fmt: skip
    assert copy.fact_evidence["categories:identity.national_id"] == (code,)
    assert asset.fact_evidence["national_ids"] == (code,)
