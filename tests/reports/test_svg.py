"""The picture of the processing graph."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.fold import ALONE, MOST, folded
from reports.layout import COLUMNS, Box, Route, place
from reports.svg import draw
from reports.wording import wording
from ropa.graph import Graph, GraphEdge, GraphNode
from ropa.subjects import Origin
from tests.reports.company import HeldAudit
from tests.reports.rendering import rendered, same_as_golden, shuffled
from tests.reports.sizes import company

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
            f"{kind}:{index}",
            kind,
            draw_(names),
            draw_(origins),
            draw_(conflicts),
            draw_(st.booleans()),
        )
        for index, kind in enumerate(kinds)
    )
    ids = st.sampled_from([node.id for node in nodes]) if nodes else st.nothing()
    edge = st.builds(
        GraphEdge, ids, ids, st.sampled_from(["holds", "receives"]), origins, names, conflicts,
        st.booleans(),
    )  # fmt: skip
    edges = draw_(st.lists(edge, max_size=60)) if nodes else []
    return Graph(nodes, tuple(edges))


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_picture_is_as_reviewed(result: HeldAudit) -> None:
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
def test_order_of_nodes_and_edges_makes_no_difference(result: HeldAudit, seed: int) -> None:
    assert draw(shuffled(result, seed).graph, "en") == draw(result.graph, "en")


def test_every_node_and_edge_says_what_it_is(result: HeldAudit) -> None:
    root = etree.fromstring(draw(result.graph, "en").encode())
    titles = [title.text for title in root.iter(f"{SVG}title")]

    assert len(titles) == 1 + len(result.graph.nodes) + len(result.graph.edges)
    assert "Health (Personal data, observed, not declared)" in titles


def test_origins_and_conflicts_differ_without_colour(result: HeldAudit) -> None:
    text = draw(result.graph, "en")

    assert "stroke-dasharray" in text
    assert text.count('class="kg-gap"') == 1 + sum(
        edge.origin is Origin.BOTH for edge in result.graph.edges
    )
    assert text.count('class="kg-mark"') == 1 + sum(
        bool(edge.conflict) for edge in result.graph.edges
    )


def _points(route: Route) -> Iterator[tuple[float, float]]:
    """Follow a line: straight in a column, a curve in a gap."""
    for index, ((x0, y0), (x1, y1)) in enumerate(pairwise(route.points)):
        for step in range(1, 12):
            t = step / 12
            s = 1 - t
            if route.inside or index % 2:
                yield x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            else:
                x = x0 + (x1 - x0) * (1.5 * s * s * t + 1.5 * s * t * t + t**3)
                yield x, y0 * (s**3 + 3 * s * s * t) + y1 * (3 * s * t * t + t**3)


def _crossed(graph: Graph) -> list[tuple[str, str, str]]:
    layout = place(graph)
    return [
        (route.edge.source, route.edge.target, box.node.id)
        for route in layout.routes
        for x, y in _points(route)
        for box in layout.boxes
        if box.x + 1 < x < box.x + box.width - 1 and box.y + 1 < y < box.y + box.height - 1
    ]


@given(graphs())
def test_no_line_runs_through_a_box(graph: Graph) -> None:
    assert _crossed(folded(graph, wording("en"))) == []


@given(graphs())
def test_a_random_graph_is_drawn_the_same_whatever_its_order(graph: Graph) -> None:
    again = Graph(graph.nodes[::-1], graph.edges[::-1])

    assert draw(again, "en") == draw(graph, "en")


@pytest.mark.parametrize("scale", [0.1, 1, 4])
def test_a_company_of_any_size_is_drawn_without_overlap(scale: float) -> None:
    graph = folded(company(scale), wording("en"))
    layout = place(graph)

    assert not any(_overlap(one, other) for one, other in combinations(layout.boxes, 2))
    assert _crossed(graph) == []


@pytest.mark.parametrize("scale", [1, 4, 9])
def test_a_large_graph_is_folded_to_what_a_person_can_read(scale: float) -> None:
    graph = company(scale)
    shown = folded(graph, wording("en")).nodes

    for kinds in COLUMNS:
        classes = {(n.kind, n.origin, n.conflict, n.inferred) for n in shown if n.kind in kinds}
        assert sum(node.kind in kinds for node in shown) <= max(MOST, 2 * len(classes)) + MOST
    assert sum(len(node.members) or 1 for node in shown) == len(graph.nodes)


@given(graphs())
def test_folding_loses_no_node_and_no_conflict(graph: Graph) -> None:
    shown = folded(graph, wording("en"))

    assert sum(len(node.members) or 1 for node in shown.nodes) == len(graph.nodes)
    assert {n.conflict for n in shown.nodes} == {n.conflict for n in graph.nodes}
    conflicts = any(edge.conflict for edge in graph.edges if edge.source != edge.target)
    assert any(edge.conflict for edge in shown.edges) <= conflicts


def test_what_is_alike_shares_a_box_and_what_disagrees_does_not() -> None:
    odd = ALONE // 2
    nodes = tuple(
        GraphNode(f"category:c{n}", "category", f"c{n}", Origin.BOTH, "odd" if n < odd else "")
        for n in range(2 * ALONE)
    )
    edges = tuple(GraphEdge(node.id, "activity:a", "holds", Origin.BOTH) for node in nodes)
    activity = GraphNode("activity:a", "activity", "a", Origin.DECLARED)
    shown = folded(Graph((*nodes, activity), edges), wording("en"))

    groups = {node.conflict: node.members for node in shown.nodes if node.members}
    assert {key: len(members) for key, members in groups.items()} == {
        "odd": odd,
        "": 2 * ALONE - odd,
    }
    assert len(shown.edges) == 2


def test_categories_with_too_many_neighbourhoods_become_their_branches() -> None:
    keys = [f"contact.a{n}" for n in range(MOST)] + ["special.health", "special.religion"]
    nodes = tuple(GraphNode(f"category:{key}", "category", key, Origin.DECLARED) for key in keys)
    activities = tuple(
        GraphNode(f"activity:{n}", "activity", str(n), Origin.DECLARED) for n in range(len(keys))
    )
    edges = tuple(
        GraphEdge(node.id, activity.id, "holds", Origin.DECLARED)
        for node, activity in zip(nodes, activities, strict=True)
    )
    shown = folded(Graph((*nodes, *activities), edges), wording("en")).nodes

    categories = {node.name: len(node.members) for node in shown if node.kind == "category"}
    assert categories == {"Contact details": MOST, "Special categories": 2}


def test_undeclared_domains_are_bundled_and_counted() -> None:
    nodes = tuple(
        GraphNode(f"recipient:{n:03}", "recipient", f"r{n}", Origin.OBSERVED, "x")
        for n in range(99)
    )
    text = draw(Graph(nodes), "fi")

    assert "Vastaanottaja \N{MIDDLE DOT} 99" in text
    assert ">+ 90<" in text


def test_every_form_of_statement_has_a_line_of_its_own(result: HeldAudit) -> None:
    root = etree.fromstring(draw(result.graph, "en").encode())
    legend = [part.get("class") for part in root.iter() if "kg-legend" in part.get("class", "")]

    assert legend == [
        f"kg-legend kg-{how}" for how in ("declared", "observed", "both", "inferred", "conflict")
    ]


def test_the_description_says_what_disagrees(result: HeldAudit) -> None:
    root = etree.fromstring(draw(result.graph, "en").encode())
    described = root.findtext(f"{SVG}desc")

    assert described is not None
    assert "21 nodes and 24 edges" in described
    assert "headhunt.example" in described
