"""The processing graph: what is declared, what was seen, and what follows from the catalogue."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.registry import drawing, outputs
from ropa.declared import load_register
from ropa.graph import Graph, GraphEdge, GraphNode, Safeguard
from ropa.graph_build import (
    BAD_TOOL,
    NO_TOOL,
    OTHER_COUNTRY,
    UNKNOWN_DOMAIN,
    UNKNOWN_HOST,
    UNKNOWN_RECIPIENT,
    build,
)
from ropa.hosts import host_of
from ropa.model import Register
from ropa.observed import Observed
from ropa.questions import undeclared
from ropa.subjects import Origin
from scanner.model import Source, SourceId
from scanner.summary import CategorySummary, FlowSummary, SourceSummary

TODAY = date(2026, 11, 22)
DEMO = Path(__file__).parents[2] / "demo" / "declared" / "register.yaml"
REGISTER = Register.model_validate(
    {
        "controller": {"name": "Us", "country": "FI", "domains": ["us.example"]},
        "activities": [
            {
                "id": "hiring", "name": "Hiring", "categories": ["identity", "contact"],
                "recipients": ["ats"], "transfers": ["ats-us"], "systems": ["ats"],
                "joint_controllers": ["twin"],
                "provenance": [{"source": "notice.txt", "place": "line 8"}],
            }
        ],
        "processing": [
            {
                "id": "payroll", "name": "Payroll for others", "sub_processors": ["cloud"],
                "controllers": [{"name": "Client Ltd"}], "systems": ["ats"],
            }
        ],
        "recipients": [
            {"id": "ats", "name": "ATS Inc", "role": "processor", "country": "US",
             "domains": ["ats.example"], "sub_processors": ["cloud"], "parent": "group"},
            {"id": "cloud", "name": "Cloud Ltd", "role": "processor", "country": "IN"},
            {"id": "group", "name": "Group AS", "role": "group_company", "country": "NO"},
            {"id": "twin", "name": "Twin Oy", "role": "joint_controller", "country": "FI"},
            {"id": "hr", "name": "Our recruiting system", "role": "processor",
             "catalogue": "teamtailor"},
        ],
        "transfers": [
            {"id": "ats-us", "recipient": "ats", "country": "US", "tool": "scc",
             "version": "2010/87/EU", "signed": "2019-02-11"},
            {"id": "cloud-in", "recipient": "cloud", "country": "IN"},
        ],
        "systems": [
            {"id": "ats", "name": "ATS", "kind": "recruiting_system", "sources": ["ats"],
             "operator": "ats", "country": "FI"},
        ],
    }
)  # fmt: skip


def source(key: str, location: str) -> SourceSummary:
    return SourceSummary(Source(SourceId(key), "database", key, location), 3, 3, 0, 0, 5, 99)


def flow(key: str, domain: str, channel: str = "mail") -> FlowSummary:
    last = datetime(2026, 5, 1, tzinfo=UTC)
    return FlowSummary(key, domain, channel, 4, ("contact.email",), None, last, "a")


OBSERVED = Observed(
    (
        source("ats", "postgresql://hr.eu-north-1.rds.amazonaws.com/ats"),
        source("own", "postgresql://db.us.example/own"),
    ),
    (CategorySummary("ats", "special.health", "X", 1, 2, 1, 0.9, "a", "•"),),
    (flow("ats", "ats.example"), flow("ats", "stranger.example"), flow("ats", "greenhouse.io"),
     flow("ats", "teamtailor.com"), flow("ats", "forms.example", "link")),
)  # fmt: skip


@pytest.fixture(scope="module")
def edges() -> dict[tuple[str, str, str], GraphEdge]:
    graph = build(REGISTER, OBSERVED, today=TODAY)
    return {(edge.source, edge.target, edge.relation): edge for edge in graph.edges}


@pytest.fixture(scope="module")
def nodes() -> dict[str, GraphNode]:
    return {node.id: node for node in build(REGISTER, OBSERVED, today=TODAY).nodes}


def test_every_role_has_a_kind_of_node(nodes: dict[str, GraphNode]) -> None:
    kinds = {key.partition(":")[2]: node.kind for key, node in nodes.items()}

    assert kinds["ats"] != kinds["cloud"] == "sub_processor"
    assert ("group_company", "joint_controller") == (kinds["group"], kinds["twin"])
    assert ("processing", "customer") == (kinds["payroll"], kinds["Client Ltd"])


@pytest.mark.parametrize(
    "edge",
    [
        ("recipient:ats", "recipient:cloud", "engages"),
        ("recipient:ats", "recipient:group", "controlled_by"),
        ("activity:hiring", "recipient:twin", "jointly_with"),
        ("customer:Client Ltd", "processing:payroll", "on_behalf_of"),
        ("processing:payroll", "recipient:cloud", "engages"),
        ("recipient:ats", "country:US", "transfers_to"),
        ("system:ats", "host:hr.eu-north-1.rds.amazonaws.com", "hosted_at"),
        ("activity:hiring", "recipient:domain:forms.example", "links_to"),
    ],
)
def test_declared_and_observed_relations_are_edges(
    edges: dict[tuple[str, str, str], GraphEdge], edge: tuple[str, str, str]
) -> None:
    assert edge in edges
    assert edges[edge].note


def test_a_declared_edge_names_its_place_and_its_provenance(
    edges: dict[tuple[str, str, str], GraphEdge],
) -> None:
    note = edges["controller", "activity:hiring", "carries_out"].note

    assert note == "register activities.hiring, notice.txt line 8"


def test_a_seen_flow_tells_how_many_and_what_and_never_who(
    edges: dict[tuple[str, str, str], GraphEdge],
) -> None:
    edge = edges["activity:hiring", "recipient:ats", "receives"]

    assert (edge.origin, edge.carries) == (Origin.BOTH, ("contact.email",))
    assert "4 messages" in edge.note
    assert "@" not in edge.note


def test_transfers_are_judged_on_the_day(edges: dict[tuple[str, str, str], GraphEdge]) -> None:
    assert edges["recipient:ats", "country:US", "transfers_to"].conflict == BAD_TOOL
    assert edges["recipient:cloud", "country:IN", "transfers_to"].conflict == NO_TOOL
    undated = {edge.conflict for edge in build(REGISTER, OBSERVED).edges}
    assert undated.isdisjoint({BAD_TOOL, NO_TOOL})


def test_a_cloud_region_is_a_country_and_one_s_own_host_is_none(
    nodes: dict[str, GraphNode], edges: dict[tuple[str, str, str], GraphEdge]
) -> None:
    host = "host:hr.eu-north-1.rds.amazonaws.com"

    assert nodes[host].conflict == UNKNOWN_HOST
    located = edges[host, "country:SE", "located_in"]
    assert (located.inferred, located.conflict) == (True, OTHER_COUNTRY)
    assert "host:db.us.example" not in nodes


def test_a_domain_of_the_catalogue_is_resolved_and_said_to_be_concluded(
    nodes: dict[str, GraphNode], edges: dict[tuple[str, str, str], GraphEdge]
) -> None:
    known = "recipient:domain:greenhouse.io"

    assert nodes[known].conflict == UNKNOWN_RECIPIENT
    assert nodes[known].name == "greenhouse.io (Greenhouse)"
    assert edges[known, "country:US", "processes_in"].inferred
    assert nodes["recipient:domain:stranger.example"].name == "stranger.example"


def test_a_domain_of_a_declared_recipient_belongs_to_it(
    nodes: dict[str, GraphNode], edges: dict[tuple[str, str, str], GraphEdge]
) -> None:
    known = "recipient:domain:teamtailor.com"

    assert nodes[known].conflict == UNKNOWN_DOMAIN
    assert edges[known, "recipient:hr", "belongs_to"].inferred
    assert nodes["country:SE"].origin is Origin.OBSERVED
    assert edges["recipient:hr", "country:IE", "processes_in"].inferred
    assert nodes["country:IE"].inferred


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/srv/share", None),
        ("sqlite:////srv/hr.sqlite", None),
        ("postgresql://127.0.0.1/hr", None),
        ("postgresql://10.1.2.3:5432/hr", None),
        ("postgresql://db.internal/hr", None),
        ("postgresql://intranet/hr", None),
        ("https://[broken", None),
        ("postgresql://db.provider.example/hr", ("db.provider.example", None)),
        ("https://s3.eu-central-1.amazonaws.com/cv", ("s3.eu-central-1.amazonaws.com", "DE")),
        ("https://s3-eu-west-1.amazonaws.com/cv", ("s3-eu-west-1.amazonaws.com", "IE")),
        ("s3://cv-archive?region=us-east-1", ("cv-archive", "US")),
        ("https://hel1.your-objectstorage.com/cv", ("hel1.your-objectstorage.com", "FI")),
        ("https://eu-north-1.example/cv", ("eu-north-1.example", None)),
    ],
)
def test_a_host_is_told_from_a_location(
    location: str, expected: tuple[str, str | None] | None
) -> None:
    host = host_of(location)

    assert (host and (host.name, host.country)) == expected


@pytest.mark.parametrize(
    ("guard", "country", "on", "answer"),
    [
        (Safeguard(), "SE", TODAY, "not_needed"),
        (Safeguard(), "GB", TODAY, "valid"),
        (Safeguard(), "US", TODAY, "unknown"),
        (Safeguard(), "IN", TODAY, "invalid"),
        (Safeguard("scc", "2021/914"), "IN", TODAY, "conditional"),
        (Safeguard("scc", "2010/87/EU"), "IN", TODAY, "invalid"),
        (Safeguard("scc", "2010/87/EU"), "IN", date(2020, 1, 1), "conditional"),
        (Safeguard("dpf"), "IN", TODAY, "invalid"),
        (Safeguard("scc", "2010/87/EU"), "GB", TODAY, "valid"),
    ],
)
def test_a_safeguard_is_judged_by_the_law_of_the_day(
    guard: Safeguard, country: str, on: date, answer: str
) -> None:
    assert guard.judged(country, on).answer == answer


def test_the_demo_register_gives_a_graph_in_both_languages() -> None:
    register = load_register(DEMO)
    english, finnish = (build(register, OBSERVED, language, TODAY) for language in ("en", "fi"))

    assert len(english.nodes) == len(finnish.nodes)
    assert {"Finland (FI)", "India (IN)"} <= {node.name for node in english.nodes}
    assert {"Suomi (FI)", "Intia (IN)"} <= {node.name for node in finnish.nodes}


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    names = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
    keys = draw(st.lists(st.from_regex(r"[a-z]{1,5}:[a-z]{1,3}", fullmatch=True), unique=True))
    nodes = [
        GraphNode(key, key.partition(":")[0], draw(names), draw(st.sampled_from(Origin)))
        for key in keys
    ]
    ends = st.sampled_from(keys) if keys else st.nothing()
    relations = st.sampled_from(["holds", "engages", "receives"])
    edges = draw(st.lists(st.builds(GraphEdge, ends, ends, relations, st.sampled_from(Origin))))
    return Graph(tuple(nodes), tuple(dict.fromkeys(edges)) if keys else ())


def written(graph: Graph) -> Iterator[bytes]:
    for output in outputs("graph"):
        if output.name != "svg":
            yield drawing(output)(graph, "fi")


def test_a_source_in_a_system_of_no_activity_is_there() -> None:
    """What was found in it hung on a source that was not drawn, and every question broke."""
    register = REGISTER.model_copy(update={"activities": ()})
    graph = build(register, OBSERVED, today=TODAY)
    ends = {end for edge in graph.edges for end in (edge.source, edge.target)}

    assert ends <= {node.id for node in graph.nodes}
    assert undeclared(graph)


@given(graphs())
def test_every_form_is_well_formed_and_always_the_same(graph: Graph) -> None:
    first, again = tuple(written(graph)), tuple(written(graph))

    assert first == again
    etree.fromstring(first[0])
    assert len(json.loads(first[1])["nodes"]) == len(graph.nodes)
    assert first[2].decode().count(":::") == len(graph.nodes)
    assert first[3].decode().count(" -> ") == len(graph.edges)


def test_the_order_of_what_was_seen_makes_no_difference() -> None:
    turned = Observed(OBSERVED.sources[::-1], OBSERVED.categories[::-1], OBSERVED.flows[::-1])

    assert build(REGISTER, turned, today=TODAY) == build(REGISTER, OBSERVED, today=TODAY)
