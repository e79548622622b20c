"""Draw the processing graph as one picture that a person can read, with or without colour.

Declared is a solid line, observed a dashed one, both a double one; a conflict is thick and carries
an exclamation mark. The picture stands alone as a file and inline in a page.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import BinaryIO, ClassVar

from reports.base import AuditResult
from reports.layout import CAPTION, GAP, LINE, MARGIN, PADDING, WIDTH, Box, Layout, Route, place
from reports.text import ems, xml
from reports.wording import Wording, wording
from ropa.graph import Graph, GraphEdge, GraphNode
from ropa.model import Language
from ropa.subjects import Origin

GROUP_ABOVE = 12
"""More categories than this are drawn as their branches of the taxonomy."""
KEEP = 20
"""Of any other kind at most so many boxes, and one for the rest."""
LEGEND = 42


class SvgReport:
    """The picture alone."""

    name: ClassVar[str] = "svg"
    suffix: ClassVar[str] = ".svg"

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the picture as a file of its own."""
        out.write(draw(result.graph, language).encode())


def draw(graph: Graph, language: Language) -> str:
    """Draw the graph as one `<svg>` element, legend included."""
    words = wording(language)
    layout = place(simplified(graph, words))
    width = max(layout.width, 640)
    height = layout.height + LEGEND
    summary = words("graph.description", nodes=len(graph.nodes), edges=len(graph.edges))
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kg" role="img" lang="{language}"'
        f' viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
        ' aria-labelledby="kg-title kg-desc">'
    )
    parts = [
        opening,
        f'<title id="kg-title">{xml(words("graph.title"))}</title>',
        f'<desc id="kg-desc">{xml(summary)}</desc>',
        f"<style>\n{_style()}</style>",
        f'<rect class="kg-paper" width="{width:g}" height="{height:g}" rx="6"/>',
        *_headings(layout, words),
        *(_edge(route, words) for route in _conflicts_last(layout.routes)),
        *(_node(box, words) for box in layout.boxes),
        *_marks(layout.routes),
        *_legend(layout.height + 12, words),
        "</svg>",
    ]
    return "\n".join(parts)


def simplified(graph: Graph, words: Wording) -> Graph:
    """Fold what a person could not read: many categories into branches, the rest into one box."""
    folded: dict[str, GraphNode] = {}
    by_kind: dict[str, list[GraphNode]] = defaultdict(list)
    degree = Counter(end for edge in graph.edges for end in (edge.source, edge.target))
    for node in sorted(graph.nodes, key=lambda node: node.id):
        by_kind[node.kind].append(node)
    for kind, nodes in by_kind.items():
        if kind == "category" and len(nodes) > GROUP_ABOVE:
            folded |= _branches(nodes, words)
        elif len(nodes) > KEEP + 1:
            nodes.sort(key=lambda node: (not node.conflict, -degree[node.id], node.id))
            rest = nodes[KEEP:]
            name = words.many("graph.more", len(rest))
            more = _merged(GraphNode(f"{kind}:~more", kind, name, Origin.BOTH), rest)
            folded |= {node.id: more for node in rest}
    shown = {folded.get(node.id, node).id: folded.get(node.id, node) for node in graph.nodes}
    return Graph(tuple(shown.values()), _folded_edges(graph.edges, folded))


def _branches(nodes: list[GraphNode], words: Wording) -> dict[str, GraphNode]:
    branches: dict[str, list[GraphNode]] = defaultdict(list)
    for node in nodes:
        branches[node.id.rpartition(":")[2].partition(".")[0]].append(node)
    folded: dict[str, GraphNode] = {}
    for branch, members in branches.items():
        name = f"{words.category(branch)} ({len(members)})"
        group = GraphNode(f"category:{branch}", "category", name, Origin.BOTH)
        folded |= {node.id: _merged(group, members) for node in members}
    return folded


def _merged(group: GraphNode, members: list[GraphNode]) -> GraphNode:
    conflicts = sorted({node.conflict for node in members if node.conflict})
    origin = _common(node.origin for node in members)
    return replace(group, origin=origin, conflict="; ".join(conflicts))


def _folded_edges(
    edges: Iterable[GraphEdge], folded: dict[str, GraphNode]
) -> tuple[GraphEdge, ...]:
    together: dict[tuple[str, str, str], list[GraphEdge]] = defaultdict(list)
    for edge in sorted(edges, key=lambda edge: (edge.source, edge.target, edge.note)):
        source = folded[edge.source].id if edge.source in folded else edge.source
        target = folded[edge.target].id if edge.target in folded else edge.target
        if source != target:
            together[source, target, edge.relation].append(edge)
    return tuple(
        GraphEdge(
            source,
            target,
            relation,
            _common(edge.origin for edge in same),
            "; ".join(sorted({edge.note for edge in same if edge.note})),
            "; ".join(sorted({edge.conflict for edge in same if edge.conflict})),
        )
        for (source, target, relation), same in sorted(together.items())
    )


def _common(origins: Iterable[Origin]) -> Origin:
    different = set(origins)
    return different.pop() if len(different) == 1 else Origin.BOTH


@cache
def _style() -> str:
    return files("reports").joinpath("templates/picture.css").read_text("utf-8")


def _headings(layout: Layout, words: Wording) -> Iterator[str]:
    for index, kinds in enumerate(layout.columns):
        x = MARGIN + index * (WIDTH + GAP)
        text = words(f"graph.column.{kinds[0]}") if kinds else ""
        yield f'<text class="kg-head" x="{x:g}" y="26">{xml(text)}</text>'


def _node(box: Box, words: Wording) -> str:
    node = box.node
    kind = words.label("kind", node.kind)
    told = ", ".join(
        filter(None, (kind, words.label("origin", node.origin), _conflict(node, words)))
    )
    mark = ' <tspan font-weight="700">!</tspan>' if node.conflict else ""
    radius = 11 if node.kind in {"activity", "controller", "purpose"} else 3
    frame = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
    inner = ""
    if node.origin is Origin.BOTH:
        inner = (
            f'<rect class="kg-inner" x="{box.x + 2.6:g}" y="{box.y + 2.6:g}"'
            f' width="{box.width - 5.2:g}" height="{box.height - 5.2:g}" rx="{radius - 2}"/>'
        )
    left = box.x + PADDING + 2
    lines = "".join(
        f'<tspan x="{left:g}" y="{box.y + PADDING + CAPTION + LINE * (index + 0.78):.4g}">'
        f"{xml(line)}</tspan>"
        for index, line in enumerate(box.lines)
    )
    return (
        f'<g class="{_classes(node.kind, node.origin, node.conflict)}">'
        f"<title>{xml(f'{node.name} ({told})')}</title>"
        f'<rect class="kg-box" {frame} rx="{radius}"/>{inner}'
        f'<text class="kg-kind" x="{left:g}" y="{box.y + PADDING + 8:g}">{xml(kind)}{mark}</text>'
        f'<text class="kg-name">{lines}</text></g>'
    )


def _edge(route: Route, words: Wording) -> str:
    edge = route.edge
    path = _path(route)
    told = ": ".join(
        filter(
            None,
            (
                words.label("relation", edge.relation),
                words.label("origin", edge.origin),
                edge.note,
                _conflict(edge, words),
            ),
        )
    )
    gap = f'<path class="kg-gap" d="{path}"/>' if edge.origin is Origin.BOTH else ""
    return (
        f'<g class="{_classes("flow", edge.origin, edge.conflict)}"><title>{xml(told)}</title>'
        f'<path class="kg-edge" d="{path}"/>{gap}</g>'
    )


def _path(route: Route) -> str:
    points = route.points
    if route.inside:
        return "M" + " L".join(f"{x:.5g} {y:.5g}" for x, y in points)
    path = f"M{points[0][0]:.5g} {points[0][1]:.5g}"
    for index in range(1, len(points)):
        (x0, y0), (x1, y1) = points[index - 1], points[index]
        bend = (x1 - x0) * 0.5
        if index % 2:
            path += f" C{x0 + bend:.5g} {y0:.5g} {x1 - bend:.5g} {y1:.5g} {x1:.5g} {y1:.5g}"
        else:
            path += f" L{x1:.5g} {y1:.5g}"
    return path


def _marks(routes: Iterable[Route]) -> Iterator[str]:
    conflicts = [route for route in routes if route.edge.conflict and not route.inside]
    for index, route in enumerate(conflicts):
        yield _mark(route, 0.5 + 0.09 * (index % 3))


def _mark(route: Route, t: float) -> str:
    (x0, y0), (x1, y1) = route.points[-2:]
    s = 1 - t
    x = x0 + (x1 - x0) * (1.5 * s * s * t + 1.5 * s * t * t + t**3)
    y = y0 * (s**3 + 3 * s * s * t) + y1 * (3 * s * t * t + t**3)
    return (
        f'<g class="kg-mark" aria-hidden="true"><circle cx="{x:.5g}" cy="{y:.5g}" r="8"/>'
        f'<text x="{x:.5g}" y="{y + 4:.5g}">!</text></g>'
    )


def _legend(y: float, words: Wording) -> Iterator[str]:
    x: float = MARGIN
    for key, origin, conflict in (
        ("declared", Origin.DECLARED, ""),
        ("observed", Origin.OBSERVED, ""),
        ("both", Origin.BOTH, ""),
        ("conflict", Origin.DECLARED, "!"),
    ):
        path = f"M{x:g} {y + 6:g} h46"
        gap = f'<path class="kg-gap" d="{path}"/>' if origin is Origin.BOTH else ""
        mark = (
            f'<g class="kg-mark"><circle cx="{x + 23:g}" cy="{y + 6:g}" r="8"/>'
            f'<text x="{x + 23:g}" y="{y + 10:g}">!</text></g>'
            if conflict
            else ""
        )
        text = words(f"graph.legend.{key}")
        yield (
            f'<g class="{_classes("legend", origin, conflict)}"><path class="kg-edge" d="{path}"/>'
            f'{gap}{mark}<text class="kg-key" x="{x + 56:g}" y="{y + 10:g}">{xml(text)}</text></g>'
        )
        x += 56 + ems(text) * 11.5 + 20


def _conflict(of: GraphNode | GraphEdge, words: Wording) -> str:
    return "; ".join(words.label("conflict", part) for part in of.conflict.split("; ") if part)


def _classes(kind: str, origin: Origin, conflict: str) -> str:
    safe = "".join(character for character in kind if character.isalnum())
    return f"kg-{safe} kg-{origin}" + (" kg-conflict" if conflict else "")


def _conflicts_last(routes: Iterable[Route]) -> list[Route]:
    return sorted(routes, key=lambda route: bool(route.edge.conflict))
