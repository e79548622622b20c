"""Place the nodes of the processing graph in columns, without two boxes ever overlapping.

The method is Sugiyama's, small: columns by kind, long edges led through free lanes of the columns
between, order within a column by the mean place of the neighbours.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.text import wrap
from ropa.graph import Graph, GraphEdge, GraphNode

COLUMNS: tuple[tuple[str, ...], ...] = (
    ("subject", "category"),
    ("controller", "activity", "purpose"),
    ("system", "source"),
    ("recipient", "domain", "transfer"),
    ("country",),
)
WIDTH = 182
GAP = 74
MARGIN = 20
TOP = 46
"""Room for the columns' headings."""
LINE = 15
CAPTION = 12
PADDING = 8
SPACE = 12
INDENT = 16
LANE = 12
FONT = 12.5
SWEEPS = 8
_PARENTS = {"activity": "controller", "source": "system"}


@dataclass(frozen=True, slots=True)
class Box:
    """One node, placed."""

    node: GraphNode
    column: int
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """One edge, placed: the points that it passes from left to right; a pair of them is a curve."""

    edge: GraphEdge
    points: tuple[tuple[float, float], ...]
    inside: bool
    """Whether it joins two boxes of one column."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture."""

    width: float
    height: float
    columns: tuple[tuple[str, ...], ...]
    """The kinds in each column that is drawn."""
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class _Lane:
    column: int
    right: str
    kind: tuple[str, bool]


_Key = str | _Lane
_Unit = tuple[_Key, ...]
"""What keeps together in a column: a system with its sources, or one lane."""


def place(graph: Graph) -> Layout:
    """Lay the graph out; the same graph gives the same picture."""
    nodes = {node.id: node for node in sorted(graph.nodes, key=lambda node: node.id)}
    used = sorted({_column(node.kind) for node in nodes.values()})
    column = {key: used.index(_column(node.kind)) for key, node in nodes.items()}
    edges = sorted(
        (edge for edge in graph.edges if edge.source in nodes and edge.target in nodes),
        key=lambda edge: (edge.source, edge.target, edge.relation, edge.origin),
    )
    chains = [_chain(edge, column) for edge in edges]
    parent = _parents(nodes, edges)
    order = _ordered(_units(nodes, column, chains, parent), chains)
    boxes, lanes, height = _stack(order, nodes, parent)
    kinds = tuple(_kinds_present(COLUMNS[index], nodes) for index in used)
    count = len(used)
    return Layout(
        width=2 * MARGIN + count * WIDTH + max(count - 1, 0) * GAP,
        height=height,
        columns=kinds,
        boxes=tuple(boxes.values()),
        routes=tuple(_routes(edges, chains, boxes, lanes)),
    )


def _column(kind: str) -> int:
    return next((index for index, kinds in enumerate(COLUMNS) if kind in kinds), 1)


def _kinds_present(kinds: tuple[str, ...], nodes: Mapping[str, GraphNode]) -> tuple[str, ...]:
    there = {node.kind for node in nodes.values()}
    return tuple(kind for kind in kinds if kind in there)


def _chain(edge: GraphEdge, column: Mapping[str, int]) -> tuple[_Key, ...]:
    left, right = sorted((edge.source, edge.target), key=lambda key: (column[key], key))
    kind = (str(edge.origin), bool(edge.conflict))
    between = range(column[left] + 1, column[right])
    return (left, *(_Lane(index, right, kind) for index in between), right)


def _parents(nodes: Mapping[str, GraphNode], edges: Sequence[GraphEdge]) -> dict[str, str]:
    parent: dict[str, str] = {}
    for edge in edges:
        for child, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if _PARENTS.get(nodes[child].kind) == nodes[other].kind:
                parent.setdefault(child, other)
    return parent


def _units(
    nodes: Mapping[str, GraphNode],
    column: Mapping[str, int],
    chains: Sequence[tuple[_Key, ...]],
    parent: Mapping[str, str],
) -> list[list[_Unit]]:
    children = defaultdict(list)
    for child, key in parent.items():
        children[key].append(child)
    columns: list[list[_Unit]] = [[] for _ in range(max(column.values(), default=-1) + 1)]

    def by_kind(key: str) -> tuple[int, str, str]:
        kinds = COLUMNS[_column(nodes[key].kind)]
        rank = kinds.index(nodes[key].kind) if nodes[key].kind in kinds else len(kinds)
        return (rank, nodes[key].name, key)

    for key in sorted(nodes, key=by_kind):
        if key not in parent:
            columns[column[key]].append((key, *sorted(children[key], key=by_kind)))
    lanes = {key for chain in chains for key in chain if isinstance(key, _Lane)}
    for lane in sorted(lanes, key=lambda lane: (lane.column, lane.right, lane.kind)):
        columns[lane.column].append((lane,))
    return columns


def _ordered(columns: list[list[_Unit]], chains: Sequence[tuple[_Key, ...]]) -> list[list[_Unit]]:
    neighbours: dict[_Key, set[_Key]] = defaultdict(set)
    for chain in chains:
        for left, right in pairwise(chain):
            neighbours[left].add(right)
            neighbours[right].add(left)
    for _ in range(SWEEPS):
        for index, units in enumerate(columns):
            where = _positions(columns)
            columns[index] = _by_barycentre(units, where, neighbours)
    return columns


def _by_barycentre(
    units: list[_Unit], where: Mapping[_Key, float], neighbours: Mapping[_Key, set[_Key]]
) -> list[_Unit]:
    def mean(keys: _Unit) -> float:
        places = [
            where[other] for key in keys for other in neighbours.get(key, ()) if other not in keys
        ]
        return sum(sorted(places)) / len(places) if places else where[keys[0]]

    inner = [(unit[0], *sorted(unit[1:], key=lambda key: mean((key,)))) for unit in units]
    return sorted(inner, key=lambda unit: (not str(unit[0]).startswith("subject:"), mean(unit)))


def _positions(columns: list[list[_Unit]]) -> dict[_Key, float]:
    where: dict[_Key, float] = {}
    for units in columns:
        keys = [key for unit in units for key in unit]
        where |= {key: (index + 0.5) / len(keys) for index, key in enumerate(keys)}
    return where


def _stack(
    columns: list[list[_Unit]], nodes: Mapping[str, GraphNode], parent: Mapping[str, str]
) -> tuple[dict[str, Box], dict[_Lane, float], float]:
    heights = [
        sum(_room(key, nodes, parent) for unit in units for key in unit) for units in columns
    ]
    tallest = max(heights, default=0)
    boxes: dict[str, Box] = {}
    lanes: dict[_Lane, float] = {}
    for index, units in enumerate(columns):
        y = TOP + (tallest - heights[index]) / 2
        for key in (key for unit in units for key in unit):
            if isinstance(key, _Lane):
                lanes[key] = y + LANE / 2
            else:
                boxes[key] = _box(nodes[key], index, y, indented=key in parent)
            y += _room(key, nodes, parent)
    return boxes, lanes, TOP + tallest + MARGIN


def _box(node: GraphNode, column: int, y: float, *, indented: bool) -> Box:
    indent = INDENT if indented else 0
    width = WIDTH - indent
    lines = wrap(node.name, (width - 2 * PADDING - 10) / FONT, 3)
    height = 2 * PADDING + CAPTION + LINE * len(lines)
    x = MARGIN + column * (WIDTH + GAP) + indent
    return Box(node, column, x, y, width, height, lines)


def _room(key: _Key, nodes: Mapping[str, GraphNode], parent: Mapping[str, str]) -> float:
    if isinstance(key, _Lane):
        return LANE
    return _box(nodes[key], 0, 0, indented=key in parent).height + SPACE


def _routes(
    edges: Sequence[GraphEdge],
    chains: Sequence[tuple[_Key, ...]],
    boxes: Mapping[str, Box],
    lanes: Mapping[_Lane, float],
) -> list[Route]:
    ports = _ports(chains, boxes, lanes)
    routes: list[Route] = []
    for index, (edge, chain) in enumerate(zip(edges, chains, strict=True)):
        first, last = boxes[str(chain[0])], boxes[str(chain[-1])]
        if first.column == last.column:
            routes.append(Route(edge, _inside(first, last), inside=True))
            continue
        points = [(first.x + first.width, ports[index, 0])]
        for lane in chain[1:-1]:
            if isinstance(lane, _Lane):
                x = MARGIN + lane.column * (WIDTH + GAP)
                points += [(x, lanes[lane]), (x + WIDTH, lanes[lane])]
        points.append((last.x, ports[index, 1]))
        routes.append(Route(edge, tuple(points), inside=False))
    return routes


def _inside(first: Box, second: Box) -> tuple[tuple[float, float], ...]:
    upper, lower = sorted((first, second), key=lambda box: box.y)
    if lower.x > upper.x:  # an indented child: down beside the left edge and in
        x = upper.x + INDENT / 2
        y = lower.y + lower.height / 2
        return ((x, upper.y + upper.height), (x, y), (lower.x, y))
    right = upper.x + upper.width
    middle = (upper.y + upper.height / 2, lower.y + lower.height / 2)
    return (
        (right, middle[0]),
        (right + INDENT, middle[0]),
        (right + INDENT, middle[1]),
        (right, middle[1]),
    )


def _ports(
    chains: Sequence[tuple[_Key, ...]], boxes: Mapping[str, Box], lanes: Mapping[_Lane, float]
) -> dict[tuple[int, int], float]:
    """Spread the ends of edges over each box's side, in the order of where they go."""
    sides: dict[tuple[str, int], list[tuple[float, int]]] = defaultdict(list)
    for index, chain in enumerate(chains):
        for end, near, far in ((0, chain[0], chain[1]), (1, chain[-1], chain[-2])):
            y = lanes[far] if isinstance(far, _Lane) else boxes[far].y + boxes[far].height / 2
            sides[str(near), end].append((y, index))
    ports: dict[tuple[int, int], float] = {}
    for (key, end), ends in sides.items():
        box = boxes[key]
        step = (box.height - 2 * PADDING) / (len(ends) + 1)
        for place_in_order, (_, index) in enumerate(sorted(ends), start=1):
            ports[index, end] = box.y + PADDING + step * place_in_order
    return ports
