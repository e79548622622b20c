"""Put the nodes and edges of a processing graph together, and the words of their notes.

What is added again is joined with what is there. Nothing here decides what belongs in a graph.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from detectors.taxonomy import taxonomy
from ropa import notes
from ropa.graph import Graph, GraphEdge, GraphNode, Safeguard
from ropa.hosts import country_name
from ropa.model import Declaration, Language, Recipient, Register, Text
from ropa.observed import Observed
from ropa.processors import Processor, catalogue
from ropa.subjects import Origin
from scanner.summary import FlowSummary

_CHANNELS = {
    "mail": Text(en="by mail", fi="sähköpostitse"),
    "link": Text(en="by links and forms", fi="linkkien ja lomakkeiden kautta"),
}
_CATALOGUE = Text(en="by the catalogue of processors, of", fi="käsittelijäluettelon mukaan")
_REGISTER = Text(en="register", fi="seloste")


class GraphParts:
    """Nodes and edges, each kept once; what is seen again becomes `both`."""

    def __init__(
        self, register: Register, seen: Observed, language: Language, today: date | None
    ) -> None:
        self.register = register
        self.seen = seen
        self.language: Language = language
        self.today = today
        self._nodes: dict[str, GraphNode] = {}
        self._edges: dict[tuple[str, str, str], GraphEdge] = {}

    def graph(self) -> Graph:
        """Give what was added, sorted."""
        nodes = tuple(self._nodes[key] for key in sorted(self._nodes))
        return Graph(nodes, tuple(self._edges[key] for key in sorted(self._edges)))

    def processes_in(self, key: str, entry: Processor) -> None:
        """Add the countries in which the catalogue knows a processor to be, if not known."""
        known = {target for source, target, _ in self._edges if source == key}
        seats = () if entry.seat is None else (entry.seat,)
        for country in dict.fromkeys((*seats, *entry.processing)):
            if f"country:{country}" not in known:
                target = self.country_node(country, Origin.OBSERVED, inferred=True)
                self.edge(
                    key, target, "processes_in", Origin.OBSERVED,
                    note=self.of_catalogue(entry), inferred=True,
                )  # fmt: skip

    def entry_of(self, recipient: Recipient) -> Processor | None:
        """Find a recipient in the catalogue: by what it declares, its domains, its name."""
        if recipient.catalogue:
            return next(
                (entry for entry in catalogue().entries if entry.id == recipient.catalogue), None
            )
        found = (catalogue().by_domain(domain) for domain in recipient.domains)
        by_domain = next((entry for entry in found if entry), None)
        named = catalogue().by_name(recipient.name, self.today or date.max)
        return by_domain or (named.processor if named else None)

    def seen_on(self, flow: FlowSummary) -> str:
        """Say what was sent, and by which channel."""
        last = flow.last.date() if flow.last else None
        said = self.say(notes.sent(flow.messages, flow.domain, last))
        channel = self.say(_CHANNELS.get(flow.channel, Text(en=flow.channel)))
        return f"{said}, {channel}: {self.say(notes.categories(flow.categories))}"

    def of_catalogue(self, entry: Processor) -> str:
        """Name an entry of the catalogue, and the catalogue's day."""
        return f"{entry.label}, {self.say(_CATALOGUE)} {entry.as_of.isoformat()}"

    def place(self, part: str, key: str, declaration: Declaration) -> str:
        """Say where the register declares an entry, and what it is taken from."""
        said = [f"{self.say(_REGISTER)} {part}.{key}"]
        said += [f"{each.source} {each.place}".strip() for each in declaration.provenance]
        return ", ".join(said)

    def say(self, words: Text) -> str:
        """Give words in the language of the graph."""
        return words.in_language(self.language)

    def category(self, key: str, origin: Origin, conflict: str = "") -> None:
        """Add a category of data."""
        name = taxonomy().label(key, self.language)
        self.node(f"category:{key}", "category", name, origin, conflict)

    def country(self, of: str, country: str, note: str) -> None:
        """Add a declared country and what is in it."""
        target = self.country_node(country, Origin.DECLARED)
        self.edge(of, target, "located_in", Origin.DECLARED, note=note)

    def country_node(self, country: str, origin: Origin, *, inferred: bool = False) -> str:
        """Add a country; one that is only concluded changes nothing that is there."""
        key, name = f"country:{country}", country_name(country, self.language)
        if not inferred or key not in self._nodes:
            self.node(key, "country", name, origin, inferred=inferred)
        return key

    def node(
        self,
        key: str,
        kind: str,
        name: str,
        origin: Origin,
        conflict: str = "",
        *,
        inferred: bool = False,
    ) -> None:
        """Add a node, or join it with the one that is there."""
        known = self._nodes.get(key)
        if known and known.inferred and not inferred:
            known = None  # what was only concluded is now known
        if known:
            merged = known.origin if known.origin is origin else Origin.BOTH
            self._nodes[key] = replace(known, origin=merged)
        else:
            self._nodes[key] = GraphNode(key, kind, name, origin, conflict, inferred)

    def edge(
        self,
        source: str,
        target: str,
        relation: str,
        origin: Origin,
        *,
        note: str,
        conflict: str = "",
        inferred: bool = False,
        carries: Iterable[str] = (),
        safeguard: Safeguard | None = None,
    ) -> None:
        """Add an edge, or join it with the one that is there."""
        edge = GraphEdge(
            source, target, relation, origin, note, conflict, inferred, tuple(sorted(carries)),
            safeguard,
        )  # fmt: skip
        known = self._edges.get((source, target, relation))
        self._edges[source, target, relation] = _joined(known, edge) if known else edge


def _joined(known: GraphEdge, new: GraphEdge) -> GraphEdge:
    """Take two statements of one relation together; the first conflict and safeguard stay."""
    said = dict.fromkeys(part for part in (known.note, new.note) if part)
    return replace(
        known,
        origin=known.origin if known.origin is new.origin else Origin.BOTH,
        note="; ".join(said),
        conflict=known.conflict or new.conflict,
        inferred=known.inferred and new.inferred,
        carries=tuple(sorted({*known.carries, *new.carries})),
        safeguard=known.safeguard or new.safeguard,
    )
