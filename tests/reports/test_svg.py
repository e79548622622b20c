"""The picture of the processing graph."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.base import AuditResult
from reports.layout import COLUMNS, Box, place
from reports.svg import GROUP_ABOVE, KEEP, draw, simplified
from reports.wording import wording
from ropa.graph import Graph, GraphEdge, GraphNode
from ropa.subjects import Origin
from tests.reports.rendering import rendered, same_as_golden, shuffled

KINDS = (*(kind for column in COLUMNS for kind in column), "surprise")
SVG = "{http://www.w3.org/2000/svg}"

names = st.text(min_size=0, max_size=60)
origins = st.sampled_from(list(Origin))
conflicts = st.sampled_from(["", "x"])


@st.composite
def graphs(draw_: st.DrawFn) -> Graph:
    kinds = draw_(st.lists(st.sampled_from(KINDS), max_size=40))
    nodes = tuple(
        GraphNode(
            f"{kind}:{index}", kind, draw_(names), draw_(origins), draw_(st.sampled_from(["", "x"]))
        )
        for index, kind in enumerate(kinds)
    )
    ids = st.sampled_from([node.id for node in nodes]) if nodes else st.nothing()
    edge = st.builds(
        GraphEdge, ids, ids, st.sampled_from(["holds", "receives"]), origins, names, st.just("")
    )
    edges = draw_(st.lists(edge, max_size=60)) if nodes else []
    return Graph(nodes, tuple(edges))


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_picture_is_as_reviewed(result: AuditResult) -> None:
    same_as_golden("graph.en.svg", rendered("svg", result))


@given(graphs())
def test_no_two_boxes_overlap_and_all_lie_inside(graph: Graph) -> None:
    layout = place(graph)

    assert len(layout.boxes) == len({node.id for node in graph.nodes})
    assert not any(_overlap(one, other) for one, other in combinations(layout.boxes, 2))
    assert all(
        0 <= box.x and box.x + box.width <= layout.width and box.y + box.height <= layout.height
        for box in layout.boxes
    )


@given(graphs())
def test_picture_is_well_formed_whatever_it_shows(graph: Graph) -> None:
    root = etree.fromstring(draw(graph, "fi").encode())

    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None


@pytest.mark.parametrize("seed", range(3))
def test_order_of_nodes_and_edges_makes_no_difference(result: AuditResult, seed: int) -> None:
    assert draw(shuffled(result, seed).graph, "en") == draw(result.graph, "en")


def test_every_node_and_edge_says_what_it_is(result: AuditResult) -> None:
    root = etree.fromstring(draw(result.graph, "en").encode())
    titles = [title.text for title in root.iter(f"{SVG}title")]

    assert len(titles) == 1 + len(result.graph.nodes) + len(result.graph.edges)
    assert "Health (Personal data, observed, not declared)" in titles


def test_origins_and_conflicts_differ_without_colour(result: AuditResult) -> None:
    text = draw(result.graph, "en")

    assert "stroke-dasharray" in text
    assert text.count('class="kg-gap"') == 1 + sum(
        edge.origin is Origin.BOTH for edge in result.graph.edges
    )
    assert text.count('class="kg-mark"') == 1 + sum(
        bool(edge.conflict) for edge in result.graph.edges
    )


def test_many_categories_become_their_branches() -> None:
    keys = [f"contact.a{index}" for index in range(GROUP_ABOVE)] + ["special.health"]
    nodes = tuple(GraphNode(f"category:{key}", "category", key, Origin.DECLARED) for key in keys)
    edges = tuple(
        GraphEdge(node.id, "activity:a", "holds", Origin.OBSERVED, conflict="odd") for node in nodes
    )
    activity = GraphNode("activity:a", "activity", "a", Origin.DECLARED)
    graph = simplified(Graph((*nodes, activity), edges), wording("en"))

    assert {node.name for node in graph.nodes} == {
        "a",
        "Contact details (12)",
        "Special categories (1)",
    }
    assert len(graph.edges) == 2
    assert {edge.conflict for edge in graph.edges} == {"odd"}


def test_too_many_recipients_become_one_box_and_conflicts_stay() -> None:
    nodes = tuple(
        GraphNode(f"recipient:{index:03}", "recipient", "r", Origin.OBSERVED, "x" * (index == 99))
        for index in range(100)
    )
    shown = simplified(Graph(nodes), wording("fi")).nodes

    assert len(shown) == KEEP + 1
    assert "recipient:099" in {node.id for node in shown}
    assert f"{100 - KEEP} muuta" in {node.name for node in shown}
