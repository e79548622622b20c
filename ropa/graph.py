"""The one door to networkx: declared and observed processing in one directed multigraph.

Nodes are what Art. 30 speaks of; each edge says whether it was declared, observed or both, and
what it rests on. Rules work on subjects (`ropa.compare`); this is for questions (`ropa.questions`)
and pictures.
"""

import io
import json
from dataclasses import dataclass
from datetime import date

import networkx as nx  # noqa: TID251 - the door

from ropa.places import Judgement, places
from ropa.subjects import Origin

RECIPIENTS = frozenset(
    {"recipient", "processor", "joint_controller", "group_company", "authority", "sub_processor"}
)
"""The kinds of those who receive."""
FLOWS = frozenset(
    {
        "holds", "runs_in", "receives", "links_to", "jointly_with", "engages", "hosted_at",
        "belongs_to", "on_behalf_of", "located_in", "processes_in", "transfers_to",
    }
)  # fmt: skip
"""Relations along which data go."""
AGAINST = frozenset({"operates"})
"""Relations against which data go: who operates a system holds what is in it."""


@dataclass(frozen=True, slots=True)
class Safeguard:
    """What a transfer to a third country rests on, as declared (GDPR Art. 30(1)(e))."""

    tool: str = ""
    """A `ropa.model.Tool`; empty where none is declared."""
    version: str = ""
    module: str = ""
    signed: date | None = None
    assessed: date | None = None

    def judged(self, country: str, on: date) -> Judgement:
        """Judge it by the law of a day.

        An adequacy decision without conditions carries the transfer whatever else was declared
        (Art. 45(1)); without a tool nothing else does.
        """
        if places().is_eea(country, on):
            return Judgement("not_needed", (), "the country is in the EEA")
        decision = places().adequacy(country, on)
        if decision and decision.scope == "full":
            return Judgement("valid", (decision.act,), decision.condition)
        if self.tool:
            return places().tool_valid(self.tool, self.version, country, on, self.signed)
        acts = (decision.act,) if decision else ()
        return Judgement("unknown" if decision else "invalid", acts, "no tool is declared")

    def __str__(self) -> str:
        module = f"module {self.module}" if self.module else ""
        signed = self.signed.isoformat() if self.signed else ""
        return " ".join(part for part in (self.tool, self.version, module, signed) if part)


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One node of the processing graph."""

    id: str
    kind: str
    """`controller`, `subject`, `activity`, `category`, `system`, `source`, `processor` …"""
    name: str
    origin: Origin
    conflict: str = ""
    """Why declared and observed disagree here; empty where they do not."""
    inferred: bool = False
    """Neither declared nor seen, but concluded from general knowledge."""
    members: tuple[str, ...] = ()
    """Names of the nodes that it stands for, in a picture."""


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """One edge of the processing graph."""

    source: str
    target: str
    relation: str
    """`runs_in`, `holds`, `about`, `receives`, `located_in`, `operates` …"""
    origin: Origin
    note: str = ""
    """The evidence: the place in the register, or what was seen."""
    conflict: str = ""
    inferred: bool = False
    carries: tuple[str, ...] = ()
    """Keys of the categories that were seen on it; empty where nobody saw any."""
    safeguard: Safeguard | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """The processing graph as values, sorted by id."""

    nodes: tuple[GraphNode, ...] = ()
    edges: tuple[GraphEdge, ...] = ()
    note: str = ""
    """What readers must know first, in every form: that the scan it rests on did not end."""


def graphml(graph: Graph) -> bytes:
    """Write the graph as GraphML; texts hold no control characters, which XML refuses."""
    out = io.BytesIO()
    nx.write_graphml(_network(graph), out)
    return out.getvalue()


def node_link(graph: Graph) -> object:
    """Give the graph as values for node-link JSON."""
    return nx.node_link_data(_network(graph), edges="edges")


def mermaid(graph: Graph) -> str:
    """Write the graph as a Mermaid flowchart, kinds by shape and class; texts are one line each.

    Observed edges are dotted, conflicts thick with an exclamation mark.
    """
    number = {node.id: f"n{index}" for index, node in enumerate(graph.nodes)}
    # In front of the diagram a renderer takes a title from YAML, of which JSON is a part.
    title = ["---", f"title: {json.dumps(graph.note, ensure_ascii=False)}", "---"]
    lines = [*(title if graph.note else ()), "flowchart LR"]
    for node in graph.nodes:
        opening, closing = _SHAPES.get(node.kind, ("[", "]"))
        name = ("! " if node.conflict else "") + node.name
        lines.append(f'  {number[node.id]}{opening}"{_entities(name)}"{closing}:::{node.kind}')
    for edge in graph.edges:
        dotted = edge.origin is Origin.OBSERVED or edge.inferred
        arrow = "==>" if edge.conflict else "-.->" if dotted else "-->"
        label = _entities(_label(edge))
        lines.append(f'  {number[edge.source]} {arrow}|"{label}"| {number[edge.target]}')
    kinds = sorted({node.kind for node in graph.nodes})
    lines += [f"  classDef {kind} fill:#fff,stroke:#45566b,color:#1c2530" for kind in kinds]
    return "\n".join(lines) + "\n"


def dot(graph: Graph) -> str:
    """Write the graph in Graphviz's language; texts are one line each."""
    lines = ["digraph processing {", "  rankdir=LR;", "  node [shape=box];"]
    if graph.note:
        lines.append(f'  labelloc=t; label="{_escaped(graph.note)}";')
    for node in graph.nodes:
        style = _style(node.origin, inferred=node.inferred)
        name = ("! " if node.conflict else "") + node.name
        shape = _DOT_SHAPES.get(node.kind, "box")
        lines.append(
            f'  "{_quoted(node.id)}" [label="{_escaped(name)}" shape={shape} style={style}];'
        )
    for edge in graph.edges:
        colour = ' color="#b3261e" penwidth=2' if edge.conflict else ""
        tooltip = f' tooltip="{_escaped(edge.note)}"' if edge.note else ""
        lines.append(
            f'  "{_quoted(edge.source)}" -> "{_quoted(edge.target)}"'
            f' [label="{_escaped(_label(edge))}"'
            f" style={_style(edge.origin, inferred=edge.inferred)}{colour}{tooltip}];"
        )
    return "\n".join([*lines, "}"]) + "\n"


def _network(graph: Graph) -> "nx.MultiDiGraph[str]":
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    if graph.note:
        network.graph["note"] = graph.note
    for node in graph.nodes:
        network.add_node(
            node.id, kind=node.kind, name=node.name, origin=node.origin.value,
            conflict=node.conflict, inferred=node.inferred,
        )  # fmt: skip
    for edge in graph.edges:
        network.add_edge(
            edge.source, edge.target, key=edge.relation, relation=edge.relation,
            origin=edge.origin.value, note=edge.note, conflict=edge.conflict,
            inferred=edge.inferred, categories=" ".join(edge.carries),
            safeguard=str(edge.safeguard or ""),
        )  # fmt: skip
    return network


_SHAPES = {
    "controller": ("([", "])"),
    "activity": ("(", ")"),
    "processing": ("(", ")"),
    "system": ("[(", ")]"),
    "source": ("[(", ")]"),
    "host": ("[(", ")]"),
    "country": ("{{", "}}"),
}
_DOT_SHAPES = {
    "controller": "oval",
    "system": "cylinder",
    "source": "cylinder",
    "host": "cylinder",
    "country": "hexagon",
}


def _style(origin: Origin, *, inferred: bool) -> str:
    return "dotted" if inferred else "dashed" if origin is Origin.OBSERVED else "solid"


def _label(edge: GraphEdge) -> str:
    guard = f" ({edge.safeguard})" if edge.safeguard and edge.safeguard.tool else ""
    return f"{'! ' if edge.conflict else ''}{edge.relation}{guard}"


_PLAIN = frozenset(" .,:!?()+-_*/='\N{EN DASH}→·…")
"""Beside letters and digits, what is no syntax of Mermaid's inside a quoted text.

It looks for directives (`%%{init…}%%`), markup and Markdown within quotes too.
"""


def _entities(text: str) -> str:
    """Write a text between Mermaid's quotation marks; an empty one is a syntax error."""
    return "".join(
        character if character.isalnum() or character in _PLAIN else f"#{ord(character)};"
        for character in text or "-"
    )


def _quoted(text: str) -> str:
    """Write an id between Graphviz's quotation marks."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _escaped(text: str) -> str:
    """Write a text there: its escapes and its entities are none of Graphviz's."""
    return _quoted(text).replace("&", "&amp;")
