"""What a person asks the processing graph, as pure functions over it.

Each answer names the way by which it was found and carries the evidence of every edge on it. A
silent register never answers "valid": what nobody declared is `missing`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal

from detectors.taxonomy import taxonomy
from ropa import places
from ropa.graph import AGAINST, FLOWS, RECIPIENTS, Graph, GraphEdge, GraphNode, Safeguard
from ropa.subjects import Origin

Answer = places.Answer | Literal["missing"]
Certainty = Literal["declared", "observed", "both", "inferred"]

HOLDERS = frozenset({"activity", "processing", "source"})
"""Where a path begins: what holds the data at home."""
LONGEST = 7
"""Nodes of a path; a longer one says nothing that a shorter one does not."""


@dataclass(frozen=True, slots=True)
class Reach:
    """One path on which personal data come to a country (GDPR Art. 44)."""

    country: str
    """ISO 3166-1 alpha-2."""
    path: tuple[str, ...]
    """Names of the nodes, from the holder to the country."""
    relations: tuple[str, ...]
    categories: tuple[str, ...]
    """Names of the categories that may come there; on observed edges only those that were seen."""
    origin: Certainty
    """The weakest of the path: one concluded edge makes it `inferred`."""
    safeguard: str
    """As declared; empty where none is."""
    answer: Answer
    """Whether it carries the transfer on the day."""
    why: str
    acts: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What only one side knows."""

    kind: str
    """Of the node, or the relation of the edge."""
    what: tuple[str, ...]
    """Name of the node, or of both ends of the edge."""
    why: str
    """The conflict; of what was not seen `not_seen`, or `no_source` where nothing was scanned."""
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody else who holds what one recipient holds."""

    holder: str
    kind: str
    categories: tuple[str, ...]
    """Names of the categories that both hold."""
    path: tuple[str, ...]
    """From the one whom both have it from."""
    origin: Certainty
    evidence: tuple[str, ...]


def reaches(graph: Graph, today: date, country: str | None = None) -> tuple[Reach, ...]:
    """Say what reaches which country, by which path and under which safeguard.

    One answer for each path of different nodes; with a `country` only its paths.
    """
    web = _Web(graph)
    target = f"country:{country}" if country else None
    found = [
        _reach(web, path, today)
        for path in web.paths("country")
        if target is None or path[-1] == target
    ]
    return tuple(sorted(found, key=lambda entry: (entry.country, entry.path)))


def undeclared(graph: Graph) -> tuple[Difference, ...]:
    """Say what was observed and not declared; what is only concluded is not observed."""
    web = _Web(graph)
    seen = [edge for edge in graph.edges if edge.origin is Origin.OBSERVED and not edge.inferred]
    told = {end for edge in seen for end in (edge.source, edge.target)}
    found = [
        Difference(
            edge.relation, (web.name(edge.source), web.name(edge.target)),
            edge.conflict or web.conflict(edge), _evidence((edge,)),
        )
        for edge in seen
    ] + [
        Difference(node.kind, (node.name,), node.conflict, ())
        for node in graph.nodes
        if node.origin is Origin.OBSERVED and not node.inferred and node.id not in told
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda entry: (not entry.why, entry.kind, entry.what)))


def unobserved(graph: Graph) -> tuple[Difference, ...]:
    """Say what is declared and was not observed, of the things that a scan could see."""
    web = _Web(graph)
    visible = {"category", "system"} | RECIPIENTS
    found = [
        Difference(
            node.kind,
            (node.name,),
            "no_source" if node.kind == "system" else "not_seen",
            _evidence(web.around(node.id)),
        )
        for node in graph.nodes
        if node.origin is Origin.DECLARED and node.kind in visible and not web.is_seen(node.id)
    ]
    found += [
        Difference(
            edge.relation, (web.name(edge.source), web.name(edge.target)), "not_seen",
            _evidence((edge,)),
        )
        for edge in graph.edges
        if edge.origin is Origin.DECLARED
        and edge.relation in {"holds", "receives"}
        and all(web.nodes[end].origin is not Origin.DECLARED for end in _inner(web, edge))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda entry: (entry.kind, entry.what)))


def shares(graph: Graph, recipient: str) -> tuple[Share, ...]:
    """Say who else holds what a recipient holds; it is named by id, with or without its kind.

    Raises:
        KeyError: no such recipient.
    """
    web = _Web(graph)
    own = _find(web, recipient)
    held = {category for path in web.paths_to(own) for category in _categories(web, path)}
    best: dict[str, Share] = {}
    for path in sorted(web.paths_to_holders(), key=lambda path: (len(path), path)):
        other = web.nodes[path[-1]]
        common = _common(held, _categories(web, path))
        if other.id == own or other.id in best or not common or own in path:
            continue
        edges = web.along(path)
        best[other.id] = Share(
            other.name, other.kind, web.names(common), tuple(map(web.name, path)),
            _certainty(edges), _evidence(edges),
        )  # fmt: skip
    return tuple(sorted(best.values(), key=lambda share: (-len(share.categories), share.holder)))


class _Web:
    """The graph by neighbours, in the direction in which data go."""

    def __init__(self, graph: Graph) -> None:
        self._edges = sorted(
            graph.edges,
            key=lambda edge: (
                edge.source, edge.target, edge.relation, edge.origin, edge.note,
                str(edge.safeguard or ""),
            ),
        )  # fmt: skip
        self.nodes: Mapping[str, GraphNode] = {node.id: node for node in graph.nodes}

    @cached_property
    def _next(self) -> Mapping[str, Mapping[str, tuple[GraphEdge, ...]]]:
        found: dict[str, dict[str, list[GraphEdge]]] = defaultdict(lambda: defaultdict(list))
        for edge in self._edges:
            if edge.relation in FLOWS:
                found[edge.source][edge.target].append(edge)
            elif edge.relation in AGAINST:
                found[edge.target][edge.source].append(edge)
        return {
            key: {other: tuple(edges) for other, edges in sorted(ends.items())}
            for key, ends in found.items()
        }

    @cached_property
    def _held(self) -> Mapping[str, tuple[GraphEdge, ...]]:
        held: dict[str, list[GraphEdge]] = defaultdict(list)
        for edge in self._edges:
            if edge.relation == "holds":
                held[edge.target].append(edge)
        return {key: tuple(edges) for key, edges in held.items()}

    def held(self, key: str, *, declared: bool = False) -> frozenset[str]:
        """Give the ids of the categories that an activity or a source holds, or declares."""
        return frozenset(
            edge.source
            for edge in self._held.get(key, ())
            if not declared or edge.origin is not Origin.OBSERVED
        )

    def name(self, key: str) -> str:
        """Give a node's name."""
        return self.nodes[key].name

    def names(self, keys: frozenset[str] | set[str]) -> tuple[str, ...]:
        """Name categories; one that was only seen on its way has no node, and is its key."""
        named = (
            self.nodes[key].name if key in self.nodes else key.partition(":")[2] for key in keys
        )
        return tuple(sorted(named))

    def conflict(self, edge: GraphEdge) -> str:
        """Give what is odd at either end of an edge."""
        ends = (self.nodes[edge.source].conflict, self.nodes[edge.target].conflict)
        return next(filter(None, ends), "")

    def is_seen(self, key: str) -> bool:
        """Say whether somebody was seen by a system that they operate."""
        return any(
            self.nodes[edge.target].origin is not Origin.DECLARED
            for edge in self.around(key)
            if edge.relation in AGAINST and edge.source == key
        )

    def around(self, key: str) -> tuple[GraphEdge, ...]:
        """Give the edges at a node."""
        return tuple(edge for edge in self._edges if key in {edge.source, edge.target})

    def along(self, path: tuple[str, ...]) -> tuple[GraphEdge, ...]:
        """Give all edges of a path, those of one step together."""
        return tuple(edge for step in pairwise(path) for edge in self.step(*step))

    def step(self, one: str, other: str) -> tuple[GraphEdge, ...]:
        """Give the edges of one step."""
        return self._next.get(one, {}).get(other, ())

    def paths(self, kind: str) -> Iterator[tuple[str, ...]]:
        """Give the paths from a holder to nodes of a kind, each node once."""
        for path in self._walks():
            if self.nodes[path[-1]].kind == kind:
                yield path

    def paths_to(self, key: str) -> Iterator[tuple[str, ...]]:
        """Give the paths from a holder to one node."""
        return (path for path in self._walks() if path[-1] == key)

    def paths_to_holders(self) -> Iterator[tuple[str, ...]]:
        """Give the paths to recipients, systems and hosts, and the holders themselves."""
        kinds = RECIPIENTS | {"system", "host", "source"}
        return (path for path in self._walks() if self.nodes[path[-1]].kind in kinds)

    def _walks(self) -> Iterator[tuple[str, ...]]:
        starts = sorted(key for key, node in self.nodes.items() if node.kind in HOLDERS)
        waiting: list[tuple[str, ...]] = [(start,) for start in reversed(starts)]
        while waiting:
            path = waiting.pop()
            yield path
            if len(path) < LONGEST and self.nodes[path[-1]].kind != "country":
                waiting += [
                    (*path, other)
                    for other in sorted(self._next.get(path[-1], {}), reverse=True)
                    if other not in path and self.nodes[other].kind not in HOLDERS
                ]


def _reach(web: _Web, path: tuple[str, ...], today: date) -> Reach:
    edges, code = web.along(path), path[-1].partition(":")[2]
    guard = _safeguard(web, path)
    judged = guard.judged(code, today)
    missing = not guard.tool and judged.answer in {"invalid", "unknown"}
    return Reach(
        code,
        tuple(map(web.name, path)),
        tuple(edge.relation for edge in edges),
        web.names(_categories(web, path)),
        _certainty(edges),
        str(guard),
        "missing" if missing else judged.answer,
        judged.why,
        judged.acts,
        _evidence(edges),
    )


def _safeguard(web: _Web, path: tuple[str, ...]) -> Safeguard:
    """Find what the last step rests on: its own tool, or that of whoever operates the place."""
    country, place = path[-1], path[-2]
    operators = [edge.source for edge in web.around(place) if edge.relation in AGAINST]
    for holder in (place, *operators):
        for edge in web.step(holder, country):
            if edge.safeguard:
                return edge.safeguard
    return Safeguard()


def _categories(web: _Web, path: tuple[str, ...]) -> frozenset[str]:
    """Narrow what the holder has: to what was seen on an observed step, to what is declared else.

    What was found and is not declared is in a system, or goes to somebody, only where it was seen.
    """
    carried = web.held(path[0])
    for step in pairwise(path):
        edges = web.step(*step)
        seen = {key for edge in edges for key in edge.carries}
        if seen and all(edge.origin is Origin.OBSERVED for edge in edges):
            carried = frozenset(key for each in seen for key in _covering(carried, each))
        elif any(edge.relation in {"receives", "jointly_with", "runs_in"} for edge in edges):
            carried &= web.held(path[0], declared=True).union(
                *(_covering(carried, each) for each in seen)
            )
    return carried


def _covering(held: frozenset[str], seen: str) -> set[str]:
    """Give the held categories that a seen one belongs to, or itself."""
    found = {key for key in held if taxonomy().covers(key.partition(":")[2], seen)}
    return found or {f"category:{seen}"}


def _common(one: Collection[str], other: Collection[str]) -> set[str]:
    """Give what both hold, by the narrower of two names where one is a branch of the other's."""
    known = taxonomy()
    pairs = [
        (first, second, first.partition(":")[2], second.partition(":")[2])
        for first in one
        for second in other
    ]
    return {second for _, second, wide, narrow in pairs if known.covers(wide, narrow)} | {
        first for first, _, narrow, wide in pairs if known.covers(wide, narrow)
    }


def _certainty(edges: tuple[GraphEdge, ...]) -> Certainty:
    if any(edge.inferred for edge in edges):
        return "inferred"
    origins = {edge.origin for edge in edges}
    if origins == {Origin.BOTH}:
        return "both"
    # a path without an edge is a source that nobody declared
    return "declared" if origins and Origin.OBSERVED not in origins else "observed"


def _evidence(edges: tuple[GraphEdge, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(edge.note for edge in edges if edge.note))


def _inner(web: _Web, edge: GraphEdge) -> tuple[str, ...]:
    """Give the end that a scan could see: whoever is unseen is told of by itself."""
    ends = (edge.source, edge.target)
    return tuple(end for end in ends if web.nodes[end].kind in {"category"} | RECIPIENTS)


def _find(web: _Web, recipient: str) -> str:
    named = recipient.casefold()
    for key, node in web.nodes.items():
        tail = key.removeprefix("recipient:").removeprefix("domain:")
        if node.kind in RECIPIENTS and named in {key, tail, node.name.casefold()}:
            return key
    raise KeyError(recipient)
