"""Fold a processing graph until a person can read it: what is alike shares a box with a list.

Nothing that disagrees is hidden among what agrees: boxes join only nodes of one kind that are
declared, observed or in conflict in the same way.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace

from reports.layout import COLUMNS
from reports.wording import Wording
from ropa.graph import Graph, GraphEdge, GraphNode
from ropa.subjects import Origin

ALONE = 6
"""Up to so many nodes of a kind each have a box of their own."""
MOST = 12
"""Boxes in a column, before its largest classes are bundled."""
HUBS = 8
"""Boxes of activities, systems or categories in a column that is bundled."""
_HUBS = frozenset({"activity", "system", "category"})
_FOLDED = tuple(
    kind for kinds in COLUMNS for kind in kinds if kind not in {"controller", "activity", "system"}
)
_NOTE = 600
"""Characters of an edge's joined evidence."""


def folded(graph: Graph, words: Wording) -> Graph:
    """Give the graph that is drawn: alike nodes joined, then branches, then what is left over."""
    nodes = sorted(graph.nodes, key=lambda node: node.id)
    shown = Graph(tuple(nodes), _joined(graph.edges, {}))
    for kind in _FOLDED:
        if _count(shown, {kind}) > ALONE:
            ways = [_group(shown, kind, _likeness(shown))]
            if kind == "category" and _count(ways[0], {kind}) > MOST:
                ways.append(_group(shown, kind, _branch, words.category))
            shown = min(ways, key=lambda way: len(way.nodes))
    for kinds in COLUMNS:
        shown = _bundled(shown, kinds)
    return shown


def _count(graph: Graph, kinds: set[str]) -> int:
    return sum(node.kind in kinds for node in graph.nodes)


def _likeness(graph: Graph) -> Callable[[GraphNode], Hashable]:
    """Call nodes alike that have the same neighbours in the same way."""
    around: dict[str, set[tuple[str, str, str, bool, bool]]] = defaultdict(set)
    for edge in graph.edges:
        how = (edge.relation, str(edge.origin), bool(edge.conflict), edge.inferred)
        around[edge.source].add((f">{edge.target}", *how))
        around[edge.target].add((f"<{edge.source}", *how))
    return lambda node: frozenset(around[node.id])


def _branch(node: GraphNode) -> Hashable:
    return node.id.rpartition(":")[2].partition(".")[0]


def _group(
    graph: Graph,
    kind: str,
    key: Callable[[GraphNode], Hashable],
    name: Callable[[str], str] = lambda _: "",
) -> Graph:
    groups: dict[Hashable, list[GraphNode]] = defaultdict(list)
    for node in graph.nodes:
        if node.kind == kind:
            groups[key(node), node.origin, node.conflict, node.inferred].append(node)
    stands: dict[str, GraphNode] = {}
    for together in groups.values():
        if len(together) > 1:
            stands |= _merged(together, name(str(key(together[0]))))
    return _replaced(graph, stands)


def _bundled(graph: Graph, kinds: tuple[str, ...]) -> Graph:
    """Bundle a column's largest class, then the next, until it is short enough.

    Who has trouble is no class with who has none. Of what the picture hangs on (activities,
    systems, categories) the best connected stay alone.
    """
    degree = Counter(end for edge in graph.edges for end in (edge.source, edge.target))
    troubled = {edge.source for edge in graph.edges if edge.conflict}
    classes: dict[tuple[Hashable, ...], list[GraphNode]] = defaultdict(list)
    for node in sorted(graph.nodes, key=lambda node: (-degree[node.id], node.id)):
        if node.kind in kinds:
            trouble = node.id in troubled and node.kind not in _HUBS
            key = (node.kind, str(node.origin), node.conflict, node.inferred, trouble)
            classes[key].append(node)
    left = _count(graph, set(kinds))
    stands: dict[str, GraphNode] = {}
    hubs = sum(len(nodes) for key, nodes in classes.items() if key[0] in _HUBS)
    for together in sorted(classes.values(), key=lambda nodes: (-len(nodes), nodes[0].id)):
        is_hub = together[0].kind in _HUBS
        rest = together[max(1, HUBS * len(together) // hubs) :] if is_hub else together
        if left > MOST and len(rest) > 1:
            stands |= _merged(rest, "")
            left -= len(rest) - 1
    return _replaced(graph, stands)


def _merged(together: list[GraphNode], name: str) -> dict[str, GraphNode]:
    first = min(together, key=lambda node: node.id)
    members = sorted(member for node in together for member in node.members or (node.name,))
    group = replace(first, id=f"{first.id}~", name=name, members=tuple(members))
    return {node.id: group for node in together}


def _replaced(graph: Graph, stands: Mapping[str, GraphNode]) -> Graph:
    nodes = {stands.get(node.id, node).id: stands.get(node.id, node) for node in graph.nodes}
    return Graph(
        tuple(nodes[key] for key in sorted(nodes)),
        _joined(graph.edges, {key: node.id for key, node in stands.items()}),
    )


def _joined(edges: Iterable[GraphEdge], stands: Mapping[str, str]) -> tuple[GraphEdge, ...]:
    """Draw one line between two boxes, however much it stands for."""
    together: dict[tuple[str, str], list[GraphEdge]] = defaultdict(list)
    for edge in sorted(edges, key=lambda edge: (edge.relation, edge.note, edge.origin)):
        source, target = stands.get(edge.source, edge.source), stands.get(edge.target, edge.target)
        if source != target:
            together[source, target].append(edge)
    return tuple(
        GraphEdge(
            source,
            target,
            " ".join(dict.fromkeys(part for edge in same for part in edge.relation.split())),
            _common(edge.origin for edge in same),
            _said(edge.note for edge in same),
            _said(part for edge in same for part in edge.conflict.split("; ")),
            all(edge.inferred for edge in same),
        )
        for (source, target), same in sorted(together.items())
    )


def _said(parts: Iterable[str]) -> str:
    text = "; ".join(dict.fromkeys(part for part in parts if part))
    return text if len(text) <= _NOTE else f"{text[:_NOTE]}…"


def _common(origins: Iterable[Origin]) -> Origin:
    different = set(origins)
    return different.pop() if len(different) == 1 else Origin.BOTH
