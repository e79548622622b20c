"""One audit in which everything that others have named is hostile."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any, TypeVar

from pydantic import BaseModel

from reports import order
from ropa.graph import Graph
from scanner.locator import Locator
from tests.reports.company import HeldAudit, audit
from tests.reports.declared import full

Value = TypeVar("Value")

HOSTILE = (
    "\x1b]0;owned\x07\x1b[2J\x9b31m",
    "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\\x1b]52;c;ZXZpbA==\x07\x1bPq#0\x1b\\\x90q\x9c",
    "\u202egpj.\u2066exe\u2028\u2029\u200e\u061c",
    "nul\x00\x01\x0b\x0c\x1f\x7f\x85\ufffe\uffff",
    "\ud800\udc80\udfff",
    "'\"><script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]></title></style></script><!-- ${alert(1)} {{ 7*7 }} {% raw %}",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "\t=1+1\r\n-2+3",
    '"]; x -> y [URL="javascript:alert(1)"]; "',
    "<<b>bold</b>> \\N \\G \\l &lt; trailing\\",
    '"] --> z\nclick n0 "javascript:alert(1)"\n%%{init: {"securityLevel": "loose"}}%%',
    "`**md**` #quot;#35; end; subgraph x %% style n0:#f00;",
    "[bold red]rich[/] [link=https://evil.example]x[/link]",
    "zero\u200bwidth\u2060\ufeff\u00ad\U000e0041\u200d",
    "x" * 40_000,
    "",
    "suomi, äö \N{EN DASH} 'tavallinen' 😀",
)
"""Escape sequences, directions, control characters, and the syntax of each form of output."""
FREE = frozenset(
    {
        "name", "location", "error", "example", "sample", "label", "evidence", "samples", "asset",
        "path", "readers", "domain", "channel", "note", "title", "references", "message", "remedy",
        "subject_id", "subject_name", "missing", "owner", "reason", "detail", "conflict", "members",
        "version", "module", "en", "fi", "email", "phone", "address", "business_id", "contact",
        "reference", "statute", "documents", "consent_record", "breach_record", "file", "outcome",
        "rationale", "rule_packs", "id",
    }
)  # fmt: skip
"""Fields that hold what somebody else has written."""
_BOUND = frozenset(
    {
        "Category", "Rule", "Retention", "Purpose", "Activity", "Processing", "System",
        "Recipient", "Transfer", "RunInfo", "Source",
    }
)  # fmt: skip
"""Classes whose ids bind: the loader lets only plain ones through."""


def poisoned(texts: tuple[str, ...]) -> HeldAudit:
    """Give an audit of the same shape in which every free text is one of these."""
    base = audit(3)
    supply = cycle(texts)
    graph = _graph(base.graph, supply)
    plain = replace(base, graph=Graph(), register=full(), places=())
    poison = _poisoned(plain, supply)
    return replace(
        poison,
        graph=graph,
        places=_poisoned(base.places, supply),
        violations=tuple(sorted(poison.violations, key=order.of_violation)),
        skips=tuple(sorted(poison.skips, key=order.of_skip)),
        sightings=tuple(sorted(poison.sightings, key=order.of_sighting)),
    )


def moving(text: str, allowed: str = "\n") -> set[str]:
    """Give the characters of a text that are not seen as themselves, or move others."""
    return {
        character
        for character in set(text) - set(allowed)
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character)
        in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        or character in "\u061c\u200e\u200f\ufffe\uffff"
    }


def _graph(graph: Graph, supply: Iterator[str]) -> Graph:
    ids = {node.id: f"{node.id}{next(supply)}" for node in graph.nodes}
    nodes = tuple(replace(_poisoned(node, supply), id=ids[node.id]) for node in graph.nodes)
    edges = tuple(
        replace(_poisoned(edge, supply), source=ids[edge.source], target=ids[edge.target])
        for edge in graph.edges
    )
    return Graph(nodes, edges)


def _poisoned(value: Value, supply: Iterator[str]) -> Value:
    """Replace each free text in a value, however deep."""
    made: Any = value
    if isinstance(value, Locator):
        made = value.part(next(supply)) if value else value
    elif isinstance(value, tuple):
        made = tuple(_poisoned(each, supply) for each in value)
    elif isinstance(value, BaseModel):
        made = value.model_copy(update=_fields(value, dict(value), supply))
    elif is_dataclass(value) and not isinstance(value, type):
        held = {field.name: getattr(value, field.name) for field in fields(value)}
        made = replace(value, **_fields(value, held, supply))
    return made  # type: ignore[no-any-return]  # of the same class as the value


def _fields(of: object, held: Mapping[str, object], supply: Iterator[str]) -> dict[str, object]:
    is_bound = type(of).__name__ in _BOUND
    return {
        name: _text(each, supply)
        if name in FREE and not (name == "id" and is_bound)
        else _poisoned(each, supply)
        for name, each in held.items()
    }


def _text(value: object, supply: Iterator[str]) -> object:
    if type(value) is str:
        return next(supply)
    if isinstance(value, tuple) and all(type(each) is str for each in value):
        return tuple(next(supply) for _ in value)
    return _poisoned(value, supply)
