"""The processing graph as a file: one function for each form, all called alike.

Names in it are as others have written them. What cannot be seen, or is no character of XML, is
written as an escape; what is syntax of a form, the form escapes.
"""

from collections.abc import Iterable
from dataclasses import replace

from reports.svg import draw
from reports.text import json_text, visible
from ropa import graph as forms
from ropa.graph import Graph, GraphEdge, GraphNode
from ropa.model import Language


def svg(graph: Graph, language: Language) -> bytes:
    """Draw the picture."""
    return draw(graph, language).encode()


def graphml(graph: Graph, language: Language) -> bytes:
    """Write GraphML; the language makes no difference."""
    del language
    return forms.graphml(_visible(graph))


def json(graph: Graph, language: Language) -> bytes:
    """Write node-link JSON; the language makes no difference."""
    del language
    return json_text(forms.node_link(graph), indent=2, sort_keys=True).encode()


def mermaid(graph: Graph, language: Language) -> bytes:
    """Write a Mermaid flowchart; the language makes no difference."""
    del language
    return forms.mermaid(_visible(graph)).encode()


def dot(graph: Graph, language: Language) -> bytes:
    """Write Graphviz's language; the language makes no difference."""
    del language
    return forms.dot(_visible(graph)).encode()


def _visible(graph: Graph) -> Graph:
    """Give the same graph with every text visible, and as many nodes."""
    ids = _ids(node.id for node in graph.nodes)
    return Graph(
        tuple(_node(node, ids[node.id]) for node in graph.nodes),
        tuple(_edge(edge, ids[edge.source], ids[edge.target]) for edge in graph.edges),
        visible(graph.note),
    )


def _ids(keys: Iterable[str]) -> dict[str, str]:
    """Make ids visible; one that another has already gets a mark."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        shown = visible(key)
        while shown in taken:
            shown += "~"
        taken.add(shown)
        ids[key] = shown
    return ids


def _node(node: GraphNode, key: str) -> GraphNode:
    return replace(node, id=key, name=visible(node.name), conflict=visible(node.conflict))


def _edge(edge: GraphEdge, source: str, target: str) -> GraphEdge:
    guard = edge.safeguard
    return replace(
        edge,
        source=source,
        target=target,
        note=visible(edge.note),
        conflict=visible(edge.conflict),
        carries=tuple(map(visible, edge.carries)),
        safeguard=guard
        and replace(guard, version=visible(guard.version), module=visible(guard.module)),
    )
