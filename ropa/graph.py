"""The one door to networkx: declared and observed processing in one directed multigraph.

Nodes are what Art. 30 speaks of; each edge says whether it was declared, observed or both, and
what it rests on. Rules work on subjects (`ropa.compare`); this is for questions and pictures.
"""

import io
import json
from dataclasses import dataclass

import networkx as nx  # noqa: TID251 - the door

from detectors.taxonomy import taxonomy
from ropa.model import Activity, Language, Register
from ropa.observed import Observed, activities_of, is_personal, recipient_of, systems_of
from ropa.places import places
from ropa.subjects import Origin


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One node of the processing graph."""

    id: str
    kind: str
    """`controller`, `subject`, `activity`, `category`, `system`, `source`, `recipient` …"""
    name: str
    origin: Origin
    conflict: str = ""
    """Why declared and observed disagree here; empty where they do not."""


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """One edge of the processing graph."""

    source: str
    target: str
    relation: str
    """`runs_in`, `holds`, `about`, `receives`, `located_in`, `operates` …"""
    origin: Origin
    note: str = ""
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """The processing graph as values, sorted by id."""

    nodes: tuple[GraphNode, ...] = ()
    edges: tuple[GraphEdge, ...] = ()


def build(register: Register, observed: Observed, language: Language = "en") -> Graph:
    """Draw declared and observed together; what only one side knows is marked."""
    builder = _Builder(register, observed, language)
    builder.declared()
    builder.observed()
    return builder.graph()


def export(graph: Graph, form: str) -> bytes:
    """Write the graph as `graphml` or as node-link `json`."""
    network = _network(graph)
    if form == "graphml":
        out = io.BytesIO()
        nx.write_graphml(network, out)
        return out.getvalue()
    return json.dumps(
        nx.node_link_data(network, edges="edges"), indent=2, ensure_ascii=False, sort_keys=True
    ).encode()


def mermaid(graph: Graph) -> str:
    """Write the graph as a Mermaid flowchart: observed edges dotted, conflicts thick."""
    number = {node.id: f"n{index}" for index, node in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    lines += [f'  {number[node.id]}["{_quoted(node.name)}"]' for node in graph.nodes]
    for edge in graph.edges:
        arrow = "==>" if edge.conflict else "-.->" if edge.origin is Origin.OBSERVED else "-->"
        lines.append(
            f"  {number[edge.source]} {arrow}|{_quoted(edge.relation)}| {number[edge.target]}"
        )
    return "\n".join(lines) + "\n"


def dot(graph: Graph) -> str:
    """Write the graph in Graphviz's language."""
    lines = ["digraph processing {", "  rankdir=LR;", "  node [shape=box];"]
    lines += [f'  "{_quoted(node.id)}" [label="{_quoted(node.name)}"];' for node in graph.nodes]
    for edge in graph.edges:
        style = "dashed" if edge.origin is Origin.OBSERVED else "solid"
        colour = ' color="#b3261e" penwidth=2' if edge.conflict else ""
        lines.append(
            f'  "{_quoted(edge.source)}" -> "{_quoted(edge.target)}"'
            f' [label="{_quoted(edge.relation)}" style={style}{colour}];'
        )
    return "\n".join([*lines, "}"]) + "\n"


class _Builder:
    """Adds nodes and edges, declared first; what is seen again becomes `both`."""

    def __init__(self, register: Register, seen: Observed, language: Language) -> None:
        self._register = register
        self._seen = seen
        self._language: Language = language
        self._nodes: dict[str, GraphNode] = {}
        self._edges: dict[tuple[str, str, str], GraphEdge] = {}

    def graph(self) -> Graph:
        """Give what was added, sorted."""
        nodes = tuple(self._nodes[key] for key in sorted(self._nodes))
        return Graph(nodes, tuple(self._edges[key] for key in sorted(self._edges)))

    def declared(self) -> None:
        """Add the register."""
        register = self._register
        self._node("controller", "controller", register.controller.name, Origin.DECLARED)
        for recipient in register.recipients:
            self._node(f"recipient:{recipient.id}", "recipient", recipient.name, Origin.DECLARED)
            if recipient.country:
                self._country(f"recipient:{recipient.id}", recipient.country)
        for system in register.systems:
            self._node(f"system:{system.id}", "system", system.name, Origin.DECLARED)
            if system.operator:
                self._edge(
                    f"recipient:{system.operator}", f"system:{system.id}", "operates",
                    Origin.DECLARED,
                )  # fmt: skip
            if system.country:
                self._country(f"system:{system.id}", system.country)
        for activity in register.activities:
            self._declared_activity(activity)

    def observed(self) -> None:
        """Add what the scan saw."""
        for summary in self._seen.sources:
            source = str(summary.source.id)
            systems = systems_of(self._register, source)
            for system in systems:
                self._node(f"system:{system.id}", "system", system.name, Origin.OBSERVED)
            if not systems and summary.findings:
                self._node(
                    f"source:{source}", "source", summary.source.name, Origin.OBSERVED,
                    "belongs to no declared system",
                )  # fmt: skip
        for entry in self._seen.categories:
            if is_personal(entry.category):
                self._observed_category(entry.source, entry.category)
        for flow in self._seen.flows:
            self._observed_flow(flow.source, flow.domain, flow.messages)

    def _declared_activity(self, activity: Activity) -> None:
        key = f"activity:{activity.id}"
        name = activity.name.in_language(self._language)
        self._node(key, "activity", name, Origin.DECLARED)
        self._edge("controller", key, "carries_out", Origin.DECLARED)
        for words in activity.data_subjects:
            name = words.in_language(self._language)
            self._node(f"subject:{name}", "subject", name, Origin.DECLARED)
            self._edge(f"subject:{name}", key, "about", Origin.DECLARED)
        for category in activity.categories:
            self._category(category.key, Origin.DECLARED)
            self._edge(f"category:{category.key}", key, "holds", Origin.DECLARED)
        for system_id in activity.systems:
            self._edge(key, f"system:{system_id}", "runs_in", Origin.DECLARED)
        for recipient_id in activity.recipients:
            self._edge(key, f"recipient:{recipient_id}", "receives", Origin.DECLARED)

    def _observed_category(self, source: str, category: str) -> None:
        activities = activities_of(self._register, source)
        for activity in activities:
            covering = [
                entry.key for entry in activity.categories if taxonomy().covers(entry.key, category)
            ]
            for key in covering:
                self._category(key, Origin.OBSERVED)
                self._edge(f"category:{key}", f"activity:{activity.id}", "holds", Origin.OBSERVED)
            if not covering:
                self._category(category, Origin.OBSERVED, "found and not declared")
                self._edge(
                    f"category:{category}", f"activity:{activity.id}", "holds", Origin.OBSERVED,
                    conflict="found and not declared",
                )  # fmt: skip
        if not activities:
            self._category(category, Origin.OBSERVED)
            self._edge(
                f"category:{category}", f"source:{source}", "holds", Origin.OBSERVED,
                conflict="in a source that no activity declares",
            )  # fmt: skip

    def _observed_flow(self, source: str, domain: str, messages: int) -> None:
        if domain in places().public_mail:
            return
        recipient = recipient_of(self._register, domain)
        conflict = "" if recipient else "receives data and is not declared"
        key = f"recipient:{recipient.id}" if recipient else f"recipient:domain:{domain}"
        name = recipient.name if recipient else domain
        self._node(key, "recipient", name, Origin.OBSERVED, conflict)
        senders = [f"activity:{a.id}" for a in activities_of(self._register, source)]
        for sender in senders or [f"source:{source}"]:
            self._edge(sender, key, "receives", Origin.OBSERVED, f"{messages} messages", conflict)

    def _category(self, key: str, origin: Origin, conflict: str = "") -> None:
        name = taxonomy().label(key, self._language)
        self._node(f"category:{key}", "category", name, origin, conflict)

    def _country(self, of: str, country: str) -> None:
        self._node(f"country:{country}", "country", country, Origin.DECLARED)
        self._edge(of, f"country:{country}", "located_in", Origin.DECLARED)

    def _node(self, key: str, kind: str, name: str, origin: Origin, conflict: str = "") -> None:
        known = self._nodes.get(key)
        if known:
            origin = known.origin if known.origin is origin else Origin.BOTH
            name, conflict = known.name, known.conflict
        self._nodes[key] = GraphNode(key, kind, name, origin, conflict)

    def _edge(
        self,
        source: str,
        target: str,
        relation: str,
        origin: Origin,
        note: str = "",
        conflict: str = "",
    ) -> None:
        known = self._edges.get((source, target, relation))
        if known:
            origin = known.origin if known.origin is origin else Origin.BOTH
            note, conflict = note or known.note, conflict or known.conflict
        self._edges[source, target, relation] = GraphEdge(
            source, target, relation, origin, note, conflict
        )


def _network(graph: Graph) -> "nx.MultiDiGraph[str]":
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in graph.nodes:
        network.add_node(
            node.id, kind=node.kind, name=node.name, origin=node.origin.value,
            conflict=node.conflict,
        )  # fmt: skip
    for edge in graph.edges:
        network.add_edge(
            edge.source, edge.target, key=edge.relation, relation=edge.relation,
            origin=edge.origin.value, note=edge.note, conflict=edge.conflict,
        )  # fmt: skip
    return network


def _quoted(text: str) -> str:
    return text.replace("\\", "/").replace('"', "'").replace("\n", " ")
