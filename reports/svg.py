"""Draw the processing graph as one picture that a person can read, with or without colour.

Declared is a solid line, observed a dashed one, both a double one, what is only concluded a dotted
one; a conflict is thick and carries an exclamation mark. The picture stands alone as a file and
inline in a page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import hypot
from textwrap import wrap
from typing import BinaryIO, ClassVar

from reports.base import AuditResult
from reports.fold import folded
from reports.layout import CAPTION, LINE, MARGIN, PADDING, Box, Layout, Route, place
from reports.text import ems, xml
from reports.wording import Wording, wording
from ropa.graph import Graph, GraphEdge, GraphNode
from ropa.model import Language
from ropa.subjects import Origin

LEGEND = 22
"""Height of a line of the legend."""
NARROWEST = 640
MARK = 8
"""Radius of a conflict's mark."""
_NOTE_EM = 7.5
"""Width of a letter of the note, on the safe side."""
_APART = 2.0 * MARK + 3
_NAMED = 12
"""Conflicts that the description names."""
_Point = tuple[float, float]


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
    layout = place(folded(graph, words))
    width = max(layout.width, NARROWEST)
    names = {box.node.id: box.node.name or ", ".join(box.node.members) for box in layout.boxes}
    legend = _legend(layout.height + 12, width, words)
    note = wrap(graph.note, int(width / _NOTE_EM))
    top = LEGEND * len(note)
    height = layout.height + 12 + LEGEND * legend[1] + 8 + top
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kg" role="img" lang="{language}"'
        f' viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
        ' aria-labelledby="kg-title kg-desc">'
    )
    parts = [
        opening,
        f'<title id="kg-title">{xml(words("graph.title"))}</title>',
        f'<desc id="kg-desc">{xml(_described(graph, words))}</desc>',
        f"<style>\n{_style()}</style>",
        f'<rect class="kg-paper" width="{width:g}" height="{height:g}" rx="6"/>',
        *_noted(note),
        f'<g transform="translate(0 {top})">' if note else "",
        *_headings(layout, words),
        *(_edge(route, words, names) for route in _conflicts_last(layout.routes)),
        *(_node(box, words) for box in layout.boxes),
        *_marks(layout),
        *legend[0],
        "</g>" if note else "",
        "</svg>",
    ]
    return "\n".join(filter(None, parts))


def _noted(lines: Sequence[str]) -> Iterator[str]:
    """Write what readers must know first above everything else."""
    for number, line in enumerate(lines, 1):
        y = LEGEND * number
        yield (
            f'<text class="kg-key" font-weight="700" x="{MARGIN:g}" y="{y:g}">{xml(line)}</text>'
        )


@cache
def _style() -> str:
    return files("reports").joinpath("templates/picture.css").read_text("utf-8")


def _headings(layout: Layout, words: Wording) -> Iterator[str]:
    for index, kinds in enumerate(layout.columns):
        text = words(f"graph.column.{kinds[0]}") if kinds else ""
        yield f'<text class="kg-head" x="{layout.left[index]:g}" y="26">{xml(text)}</text>'


def _described(graph: Graph, words: Wording) -> str:
    """Say in a sentence or two what the picture shows, for those who do not see it."""
    odd = [node.name for node in graph.nodes if node.conflict]
    origins = [node.origin for node in graph.nodes] + [edge.origin for edge in graph.edges]
    said = words(
        "graph.description",
        nodes=len(graph.nodes),
        edges=len(graph.edges),
        observed=origins.count(Origin.OBSERVED),
        conflicts=len(odd) + sum(bool(edge.conflict) for edge in graph.edges),
    )
    names = ", ".join(sorted(odd)[:_NAMED]) + (" …" if len(odd) > _NAMED else "")
    return f"{said} {words('graph.disagree', names=names)}" if odd else said


def _node(box: Box, words: Wording) -> str:
    node = box.node
    kind = words.label("kind", node.kind)
    count = f" \N{MIDDLE DOT} {len(node.members)}" if node.members else ""
    nature = ", ".join(filter(None, (kind, _origin(node, words), _conflict(node, words))))
    mark = ' <tspan font-weight="700">!</tspan>' if node.conflict else ""
    radius = 11 if node.kind in _ROUND else 3
    frame = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
    inner = ""
    if node.origin is Origin.BOTH:
        inner = (
            f'<rect class="kg-inner" x="{box.x + 2.6:g}" y="{box.y + 2.6:g}"'
            f' width="{box.width - 5.2:g}" height="{box.height - 5.2:g}" rx="{radius - 2}"/>'
        )
    left, top = box.x + PADDING + 2, box.y + PADDING + CAPTION
    written = "".join(
        f'<text class="kg-{role}">{_lines(lines, left, top + LINE * above)}</text>'
        for role, lines, above in (("name", box.lines, 0), ("item", box.items, len(box.lines)))
        if lines
    )
    name = ": ".join(filter(None, (node.name, ", ".join(node.members))))
    return (
        f'<g class="{_classes(node.kind, node)}">'
        f"<title>{xml(f'{name} ({nature})')}</title>"
        f'<rect class="kg-box" {frame} rx="{radius}"/>{inner}'
        f'<text class="kg-kind" x="{left:g}" y="{box.y + PADDING + 8:g}">'
        f"{xml(kind + count)}{mark}</text>{written}</g>"
    )


_ROUND = frozenset({"activity", "controller", "purpose", "processing", "customer"})


def _lines(lines: Sequence[str], left: float, top: float) -> str:
    return "".join(
        f'<tspan x="{left:g}" y="{top + LINE * (index + 0.78):.6g}">{xml(line)}</tspan>'
        for index, line in enumerate(lines)
    )


def _edge(route: Route, words: Wording, names: Mapping[str, str]) -> str:
    edge, path = route.edge, _path(route.points, inside=route.inside)
    relation = ", ".join(words.label("relation", part) for part in edge.relation.split())
    ends = f"{names[edge.source]} \N{RIGHTWARDS ARROW} {names[edge.target]}"
    title = ": ".join(
        filter(None, (ends, relation, _origin(edge, words), edge.note, _conflict(edge, words)))
    )
    gap = f'<path class="kg-gap" d="{path}"/>' if edge.origin is Origin.BOTH else ""
    head = _head(route.points) if route.inside and len(route.points) > _CHILD else ""
    return (
        f'<g class="{_classes("flow", edge)}"><title>{xml(title)}</title>'
        f'<path class="kg-edge" d="{path}"/>{gap}{head}</g>'
    )


_CHILD = 3
"""Points of the line from a controller to its activity; it needs no arrow."""


def _head(points: Sequence[_Point]) -> str:
    x, y = points[-1]
    return f'<path class="kg-tip" d="M{x:.6g} {y:.6g} l7 -4 v8 z"/>'


def _path(points: Sequence[_Point], *, inside: bool) -> str:
    if inside:
        return "M" + " L".join(f"{x:.6g} {y:.6g}" for x, y in points)
    path = f"M{points[0][0]:.6g} {points[0][1]:.6g}"
    for index in range(1, len(points)):
        (x0, y0), (x1, y1) = points[index - 1], points[index]
        bend = (x1 - x0) * 0.5
        if index % 2:
            path += f" C{x0 + bend:.6g} {y0:.6g} {x1 - bend:.6g} {y1:.6g} {x1:.6g} {y1:.6g}"
        else:
            path += f" L{x1:.6g} {y1:.6g}"
    return path


def _marks(layout: Layout) -> Iterator[str]:
    """Put each conflict's mark on its line, where no box and no other mark is.

    Where lines are too close for that, one mark stands for those that begin or end together.
    """
    taken: list[_Point] = []
    marked: set[tuple[str, str]] = set()
    for route in layout.routes:
        if not route.edge.conflict:
            continue
        places = [place for place in _places(route) if _is_free(place, layout.boxes)]
        places = places or list(_places(route))
        x, y = max(places, key=lambda place: _distance(place, taken))
        ends = {("from", route.edge.source), ("to", route.edge.target)}
        if _distance((x, y), taken) < _APART and ends & marked:
            continue
        taken.append((x, y))
        marked |= ends
        yield _mark(x, y)


def _distance(place: _Point, taken: Iterable[_Point]) -> float:
    """Give the room around a place; more than a mark needs is no better."""
    return min((_APART, *(hypot(place[0] - x, place[1] - y) for x, y in taken)))


def _is_free(place: _Point, boxes: Iterable[Box]) -> bool:
    x, y = place
    return not any(
        box.x - MARK < x < box.x + box.width + MARK and box.y - MARK < y < box.y + box.height + MARK
        for box in boxes
    )


def _places(route: Route) -> Iterator[_Point]:
    """Give points of a line, the best ones for a mark first."""
    if route.inside:
        (x, y0), (_, y1) = route.points[1:3] if len(route.points) > _CHILD else route.points[:2]
        yield from ((x, y0 + (y1 - y0) * share) for share in (0.5, 0.35, 0.65, 0.2, 0.8))
        return
    points = route.points
    curves = list(zip(points[::2], points[1::2], strict=False))
    for (x0, y0), (x1, y1) in reversed(curves):
        for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8):
            s = 1 - t
            x = x0 + (x1 - x0) * (1.5 * s * s * t + 1.5 * s * t * t + t**3)
            yield x, y0 * (s**3 + 3 * s * s * t) + y1 * (3 * s * t * t + t**3)


def _mark(x: float, y: float) -> str:
    return (
        f'<g class="kg-mark" aria-hidden="true"><circle cx="{x:.6g}" cy="{y:.6g}" r="{MARK}"/>'
        f'<text x="{x:.6g}" y="{y + 4:.6g}">!</text></g>'
    )


def _legend(y: float, width: float, words: Wording) -> tuple[tuple[str, ...], int]:
    """Draw what the lines mean; give it and how many lines it takes."""
    parts: list[str] = []
    x, rows = float(MARGIN), 1
    for key in ("declared", "observed", "both", "inferred", "conflict", ""):
        text = words(f"graph.legend.{key}" if key else "graph.reading")
        room = (56 if key else 0) + ems(text) * 11.5 + 20
        if x + room > width and x > MARGIN:
            x, rows = float(MARGIN), rows + 1
        parts.append(_key(key, x, y + LEGEND * (rows - 1) + 6, text))
        x += room
    return tuple(parts), rows


def _key(key: str, x: float, y: float, text: str) -> str:
    if not key:
        return f'<text class="kg-key" x="{x:g}" y="{y + 4:g}">{xml(text)}</text>'
    path = f"M{x:g} {y:g} h46"
    gap = f'<path class="kg-gap" d="{path}"/>' if key == Origin.BOTH else ""
    mark = _mark(x + 23, y) if key == "conflict" else ""
    return (
        f'<g class="kg-legend kg-{key}"><path class="kg-edge" d="{path}"/>'
        f'{gap}{mark}<text class="kg-key" x="{x + 56:g}" y="{y + 4:g}">{xml(text)}</text></g>'
    )


def _origin(of: GraphNode | GraphEdge, words: Wording) -> str:
    return words.label("origin", "inferred" if of.inferred else of.origin)


def _conflict(of: GraphNode | GraphEdge, words: Wording) -> str:
    return "; ".join(words.label("conflict", part) for part in of.conflict.split("; ") if part)


def _classes(kind: str, of: GraphNode | GraphEdge) -> str:
    safe = "".join(character for character in kind if character.isalnum())
    how = "inferred" if of.inferred else of.origin
    return f"kg-{safe} kg-{how}" + (" kg-conflict" if of.conflict else "")


def _conflicts_last(routes: Iterable[Route]) -> list[Route]:
    return sorted(routes, key=lambda route: bool(route.edge.conflict))
