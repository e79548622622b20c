"""The processing graph as a file: one function for each form, all called alike."""

from reports.svg import draw
from ropa import graph as forms
from ropa.graph import Graph
from ropa.model import Language


def svg(graph: Graph, language: Language) -> bytes:
    """Draw the picture."""
    return draw(graph, language).encode()


def graphml(graph: Graph, language: Language) -> bytes:
    """Write GraphML; the language makes no difference."""
    del language
    return forms.export(graph, "graphml")


def json(graph: Graph, language: Language) -> bytes:
    """Write node-link JSON; the language makes no difference."""
    del language
    return forms.export(graph, "json")


def mermaid(graph: Graph, language: Language) -> bytes:
    """Write a Mermaid flowchart; the language makes no difference."""
    del language
    return forms.mermaid(graph).encode()


def dot(graph: Graph, language: Language) -> bytes:
    """Write Graphviz's language; the language makes no difference."""
    del language
    return forms.dot(graph).encode()
