"""Questions to the processing graph, and that each answer can be followed."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.graph import Graph, GraphEdge, GraphNode, Safeguard
from ropa.graph_build import build
from ropa.model import Register
from ropa.observed import Observed
from ropa.questions import Reach, reaches, shares, undeclared, unobserved
from ropa.subjects import Origin
from scanner.model import Source, SourceId
from scanner.summary import CategorySummary, FlowSummary, SourceSummary

TODAY = date(2026, 11, 22)
REGISTER = Register.model_validate(
    {
        "controller": {"name": "Us", "country": "FI", "domains": ["us.example"]},
        "activities": [
            {"id": "hiring", "name": "Hiring", "categories": ["identity", "contact"],
             "recipients": ["ats", "lab"], "transfers": ["ats-us"], "systems": ["ats", "mail"]},
            {"id": "pay", "name": "Pay", "categories": ["identity"], "recipients": ["bank"]},
        ],
        "recipients": [
            {"id": "ats", "name": "ATS Inc", "role": "processor", "country": "US",
             "sub_processors": ["cloud"]},
            {"id": "cloud", "name": "Cloud Ltd", "role": "processor", "country": "IN"},
            {"id": "lab", "name": "Lab Ltd", "role": "processor", "country": "SE",
             "domains": ["lab.example"]},
            {"id": "bank", "name": "Bank", "role": "controller", "country": "FI"},
        ],
        "transfers": [
            {"id": "ats-us", "recipient": "ats", "country": "US", "tool": "scc",
             "version": "2010/87/EU"},
        ],
        "systems": [
            {"id": "ats", "name": "ATS", "kind": "recruiting_system", "sources": ["ats"],
             "operator": "ats", "country": "US"},
            {"id": "mail", "name": "Mailbox", "kind": "mailbox", "sources": ["mail"],
             "country": "FI"},
        ],
    }
)  # fmt: skip
OBSERVED = Observed(
    tuple(
        SourceSummary(Source(SourceId(key), "folder", key, f"/{key}"), 3, 3, 0, 0, 5, 99)
        for key in ("ats", "mail", "laptop")
    ),
    tuple(
        CategorySummary(source, category, "X", 1, 2, 1, 0.9, "a", "•")
        for source, category in (
            ("ats", "contact.email"), ("mail", "special.health"), ("laptop", "contact.email"),
        )
    ),
    (
        FlowSummary("mail", "test.example", "mail", 2, ("contact.email",), None, None, "a"),
        FlowSummary("mail", "lab.example", "mail", 2, ("special.health",), None, None, "a"),
    ),
)  # fmt: skip
GRAPH = build(REGISTER, OBSERVED, today=TODAY)


def by_path(found: tuple[Reach, ...]) -> dict[tuple[str, ...], Reach]:
    return {entry.path[:-1]: entry for entry in found}


def test_every_path_to_a_country_is_told_with_its_safeguard() -> None:
    found = by_path(reaches(GRAPH, TODAY, "US"))

    assert set(found) == {("Hiring", "ATS"), ("Hiring", "ATS", "ATS Inc"), ("Hiring", "ATS Inc")}
    for answer in found.values():
        assert (answer.safeguard, answer.answer) == ("scc 2010/87/EU", "invalid")
        assert any("transfers.ats-us" in part for part in answer.evidence) or "ATS" in answer.path


def test_an_answer_depends_on_the_day() -> None:
    found = reaches(GRAPH, date(2021, 1, 1), "US")

    assert {answer.answer for answer in found} == {"conditional"}


def test_sub_processors_are_reached_and_a_silent_register_is_missing() -> None:
    found = by_path(reaches(GRAPH, TODAY, "IN"))

    assert found["Hiring", "ATS Inc", "Cloud Ltd"].answer == "missing"
    assert found["Hiring", "ATS Inc", "Cloud Ltd"].relations == (
        "receives", "engages", "located_in",
    )  # fmt: skip


def test_inside_the_eea_no_safeguard_is_needed() -> None:
    answers = {a.answer for a in reaches(GRAPH, TODAY) if a.country in {"FI", "SE"}}

    assert answers == {"not_needed"}


def test_what_was_found_at_home_is_not_said_to_be_everywhere() -> None:
    """Health data lie in the mailbox and were sent to the laboratory; nowhere else."""
    holders = {answer.path[1] for answer in reaches(GRAPH, TODAY) if "Health" in answer.categories}

    assert holders == {"Mailbox", "Lab Ltd"}


def test_observed_and_not_declared() -> None:
    found = {entry.what: entry for entry in undeclared(GRAPH)}

    assert found["Health", "Hiring"].why == "found and not declared"
    assert found["Hiring", "test.example"].why == "receives data and is not declared"
    assert all(entry.evidence for entry in found.values())
    assert ("Hiring", "Lab Ltd") not in found


def test_declared_and_not_observed() -> None:
    found = {entry.what: entry.why for entry in unobserved(GRAPH)}

    assert found["Bank",] == "not_seen"
    assert found["Personal details",] == "not_seen"
    assert ("Lab Ltd",) not in found
    assert ("ATS Inc",) not in found  # its system was seen


def test_who_else_holds_the_same() -> None:
    found = {share.holder: share for share in shares(GRAPH, "bank")}

    assert "Bank" not in found
    assert found["ATS Inc"].categories == ("Personal details",)
    assert found["Cloud Ltd"].path == ("Hiring", "ATS Inc", "Cloud Ltd")
    assert "test.example" not in found  # it was only sent addresses


@pytest.mark.parametrize("name", ["test.example", "recipient:domain:test.example", "TEST.example"])
def test_a_recipient_is_found_by_any_of_its_names(name: str) -> None:
    assert "laptop" in {share.holder for share in shares(GRAPH, name)}


def test_an_unknown_recipient_is_an_error() -> None:
    with pytest.raises(KeyError):
        shares(GRAPH, "nobody")


KINDS = ("activity", "category", "system", "processor", "sub_processor", "country", "source")
RELATIONS = ("holds", "runs_in", "receives", "operates", "engages", "located_in", "transfers_to")


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=9))
    nodes = tuple(
        GraphNode(f"{kind}:{n}", kind, f"{kind} {n}", draw(st.sampled_from(Origin)))
        for n, kind in enumerate(kinds)
    )
    ends = st.sampled_from([node.id for node in nodes])
    edges = st.builds(
        GraphEdge, ends, ends, st.sampled_from(RELATIONS), st.sampled_from(Origin),
        st.just("seen"), safeguard=st.sampled_from([None, Safeguard("scc", "2021/914")]),
    )  # fmt: skip
    return Graph(nodes, tuple(draw(st.lists(edges, max_size=14))))


@given(graphs())
def test_every_answer_can_be_followed(graph: Graph) -> None:
    joined = {(edge.source, edge.target) for edge in graph.edges}
    joined |= {(edge.target, edge.source) for edge in graph.edges if edge.relation == "operates"}
    key = {node.name: node.id for node in graph.nodes}

    for answer in reaches(graph, TODAY):
        path = [key[name] for name in answer.path]
        assert len(set(path)) == len(path)
        assert all(step in joined for step in pairwise(path))
        assert answer.evidence


@given(graphs())
def test_questions_are_answered_the_same_whatever_the_order(graph: Graph) -> None:
    turned = Graph(graph.nodes[::-1], graph.edges[::-1])

    assert reaches(turned, TODAY) == reaches(graph, TODAY)
    assert {entry.what for entry in undeclared(turned)} == {
        entry.what for entry in undeclared(graph)
    }
    assert unobserved(turned) == unobserved(graph)
