"""Place the nodes of the processing graph in columns, without two boxes ever overlapping.

The method is Sugiyama's, small: columns by kind, long edges led through free lanes of the columns
between, order within a column by the mean place of the neighbours.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reports.text import wrap
from ropa.graph import Graph, GraphEdge, GraphNode

COLUMNS: tuple[tuple[str, ...], ...] = (
    ("subject", "category"),
    ("controller", "customer", "activity", "processing", "purpose"),
    ("system", "source", "host"),
    (
        "processor", "joint_controller", "group_company", "recipient", "authority", "domain",
        "transfer",
    ),
    ("sub_processor",),
    ("country",),
)  # fmt: skip
WIDTH = 208
GAP = 64
WIDEST_GAP = 150
TRACK = 6
"""Between two edges that run beside each other in a gap."""
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
SMALL = 11.5
"""Size of the names in a list."""
MEMBERS = 9
"""Names in a list, and a line for the rest."""
SWEEPS = 8
_PARENTS = {
    "activity": ("controller",),
    "processing": ("controller",),
    "host": ("system", "source"),
    "source": ("system",),
}


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
    items: tuple[str, ...] = ()
    """Of a box that stands for many: their names, one a line."""


@dataclass(frozen=True, slots=True)
class Route:
    """One edge, placed: the points that it passes; in a gap it is a curve, in a column a line."""

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
    left: tuple[float, ...] = ()
    """Where each column begins."""


@dataclass(frozen=True, slots=True)
class _Lane:
    column: int
    right: str
    kind: tuple[str, bool]


_TRACKS = 12
_MOST_ENDS = 40
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
    left = _left(len(used), edges, column)
    shapes = {
        key: _box(node, _ends(key, chains), indented=key in parent) for key, node in nodes.items()
    }
    boxes, lanes, height = _stack(order, shapes, left)
    return Layout(
        width=(left[-1] if left else 0) + WIDTH + _beside(edges, column, len(used) - 1) + MARGIN,
        height=height,
        columns=tuple(_kinds_present(COLUMNS[index], nodes) for index in used),
        boxes=tuple(boxes.values()),
        routes=tuple(_routes(edges, chains, (boxes, lanes), parent, left)),
        left=left,
    )


def _left(columns: int, edges: Sequence[GraphEdge], column: Mapping[str, int]) -> tuple[float, ...]:
    """Give each column's left side; a gap is as wide as the edges in it need."""
    left = [float(MARGIN)]
    for index in range(1, columns):
        crossing = sum(
            min(column[edge.source], column[edge.target]) < index
            <= max(column[edge.source], column[edge.target])
            for edge in edges
        )  # fmt: skip
        gap = min(GAP + crossing, WIDEST_GAP) + _beside(edges, column, index - 1)
        left.append(left[-1] + WIDTH + gap)
    return tuple(left[:columns])


def _beside(edges: Sequence[GraphEdge], column: Mapping[str, int], index: int) -> float:
    """Give the room that the edges within a column take on its right."""
    inside = sum(column[edge.source] == column[edge.target] == index for edge in edges)
    return min(inside, _TRACKS) * TRACK + (2 * TRACK if inside else 0)


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
            fits = nodes[other].kind in _PARENTS.get(nodes[child].kind, ())
            if fits and other not in parent and child not in parent.values():
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
    columns: list[list[_Unit]], shapes: Mapping[str, Box], left: Sequence[float]
) -> tuple[dict[str, Box], dict[_Lane, float], float]:
    heights = [sum(_room(key, shapes) for unit in units for key in unit) for units in columns]
    tallest = max(heights, default=0)
    boxes: dict[str, Box] = {}
    lanes: dict[_Lane, float] = {}
    for index, units in enumerate(columns):
        y = TOP + (tallest - heights[index]) / 2
        for key in (key for unit in units for key in unit):
            if isinstance(key, _Lane):
                lanes[key] = y + LANE / 2
            else:
                shape = shapes[key]
                boxes[key] = replace(shape, column=index, x=left[index] + shape.x, y=y)
            y += _room(key, shapes)
    return boxes, lanes, TOP + tallest + MARGIN


def _box(node: GraphNode, ends: int, *, indented: bool) -> Box:
    """Shape a node's box: wide enough for its words, high enough for its edges to end apart."""
    indent = INDENT if indented else 0
    width = WIDTH - indent
    room = width - 2 * PADDING - 10
    lines = wrap(node.name, room / FONT, 3) if node.name or not node.members else ()
    shown = node.members if len(node.members) <= MEMBERS + 1 else node.members[:MEMBERS]
    items = [wrap(name, room / SMALL, 1)[0] for name in shown]
    if len(shown) < len(node.members):
        items.append(f"+ {len(node.members) - len(shown)}")
    written = CAPTION + LINE * (len(lines) + len(items))
    height = 2 * PADDING + max(written, min(ends, _MOST_ENDS) * TRACK)
    return Box(node, 0, indent, 0, width, height, lines, tuple(items))


def _ends(key: str, chains: Sequence[tuple[_Key, ...]]) -> int:
    """Count the edges at the busier side of a box."""
    return max(sum(chain[0] == key for chain in chains), sum(chain[-1] == key for chain in chains))


def _room(key: _Key, shapes: Mapping[str, Box]) -> float:
    return LANE if isinstance(key, _Lane) else shapes[key].height + SPACE


def _routes(
    edges: Sequence[GraphEdge],
    chains: Sequence[tuple[_Key, ...]],
    placed: tuple[Mapping[str, Box], Mapping[_Lane, float]],
    parent: Mapping[str, str],
    left: Sequence[float],
) -> Iterator[Route]:
    boxes, lanes = placed
    ports = _ports(chains, boxes, lanes)
    tracks: Counter[int] = Counter()
    for index, (edge, chain) in enumerate(zip(edges, chains, strict=True)):
        first, last = boxes[str(chain[0])], boxes[str(chain[-1])]
        if first.column != last.column:
            points = _across(chain, left, lanes, (first, ports[index, 0]), (last, ports[index, 1]))
            yield Route(edge, points, inside=False)
        elif parent.get(edge.target) == edge.source:
            yield Route(edge, _down(boxes[edge.source], boxes[edge.target]), inside=True)
        else:
            points = _beside_boxes(
                boxes[edge.source], boxes[edge.target], tracks[first.column] % _TRACKS
            )
            tracks[first.column] += 1
            yield Route(edge, points, inside=True)


def _across(
    chain: Sequence[_Key],
    left: Sequence[float],
    lanes: Mapping[_Lane, float],
    start: tuple[Box, float],
    end: tuple[Box, float],
) -> tuple[tuple[float, float], ...]:
    points = [(start[0].x + start[0].width, start[1])]
    for lane in chain:
        if isinstance(lane, _Lane):
            points += [(left[lane.column], lanes[lane]), (left[lane.column] + WIDTH, lanes[lane])]
    points.append((left[end[0].column], end[1]))
    if end[0].x > left[end[0].column]:  # an indented box: straight on, past its neighbours
        points.append((end[0].x, end[1]))
    return tuple(points)


def _down(upper: Box, lower: Box) -> tuple[tuple[float, float], ...]:
    """Lead from a box to one that is indented below it, down beside the left edge and in."""
    x, y = upper.x + INDENT / 2, lower.y + lower.height / 2
    return ((x, upper.y + upper.height), (x, y), (lower.x, y))


def _beside_boxes(source: Box, target: Box, track: int) -> tuple[tuple[float, float], ...]:
    """Lead from one box of a column to another, on the right of them all."""
    right = source.x + source.width
    out, back = source.y + source.height * 0.62, target.y + target.height * 0.38
    x = right + 2 * TRACK + track * TRACK
    return ((right, out), (x, out), (x, back), (right, back))


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
