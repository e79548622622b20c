"""Build the processing graph of a register and a scan.

Declared first; what is seen again becomes `both`; what follows only from the catalogue of
processors or a cloud's region is marked as inferred.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from detectors.taxonomy import taxonomy
from ropa import notes
from ropa.graph import Graph, GraphEdge, GraphNode, Safeguard
from ropa.hosts import country_name, host_of
from ropa.model import (
    Activity,
    Declaration,
    Language,
    Processing,
    Recipient,
    Register,
    Role,
    System,
    Text,
    Transfer,
)
from ropa.observed import (
    Observed,
    activities_of,
    belongs,
    is_personal,
    recipient_of,
    systems_of,
)
from ropa.places import places
from ropa.processors import Processor, catalogue
from ropa.subjects import Origin
from scanner.summary import FlowSummary, SourceSummary

NO_SYSTEM = "belongs to no declared system"
NOT_DECLARED = "found and not declared"
NO_ACTIVITY = "in a source that no activity declares"
UNKNOWN_RECIPIENT = "receives data and is not declared"
UNKNOWN_DOMAIN = "its domain is not in the register"
UNKNOWN_HOST = "an outside host that is not declared"
OTHER_COUNTRY = "in another country than declared"
NO_TOOL = "no tool is declared for the transfer"
BAD_TOOL = "the tool does not carry the transfer on this day"
_KINDS = {
    Role.PROCESSOR: "processor",
    Role.JOINT_CONTROLLER: "joint_controller",
    Role.GROUP_COMPANY: "group_company",
    Role.AUTHORITY: "authority",
}
_CHANNELS = {
    "mail": Text(en="by mail", fi="sähköpostitse"),
    "link": Text(en="by links and forms", fi="linkkien ja lomakkeiden kautta"),
}
_REGION = Text(en="region", fi="alue")
_CATALOGUE = Text(en="by the catalogue of processors, of", fi="käsittelijäluettelon mukaan")
_REGISTER = Text(en="register", fi="seloste")
_FOUND = Text(en="values found in", fi="löydettyjä arvoja lähteessä")


def build(
    register: Register, observed: Observed, language: Language = "en", today: date | None = None
) -> Graph:
    """Draw declared and observed together; what only one side knows is marked.

    With a day, transfers whose tool does not carry them on it are marked too.
    """
    builder = _Builder(register, observed, language, today)
    builder.declared()
    builder.observed()
    builder.concluded()
    return builder.graph()


class _Builder:
    """Adds nodes and edges, declared first; what is seen again becomes `both`."""

    def __init__(
        self, register: Register, seen: Observed, language: Language, today: date | None
    ) -> None:
        self._register = register
        self._seen = seen
        self._language: Language = language
        self._today = today
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
            self._declared_recipient(recipient)
        for system in register.systems:
            key, note = f"system:{system.id}", self._place("systems", system.id, system)
            self._node(key, "system", system.name, Origin.DECLARED)
            if system.operator:
                self._edge(
                    f"recipient:{system.operator}", key, "operates", Origin.DECLARED, note=note
                )
            if system.country:
                self._country(key, system.country, note)
        for activity in register.activities:
            self._declared_activity(activity)
        for processing in register.processing:
            self._declared_processing(processing)
        for transfer in register.transfers:
            self._declared_transfer(transfer)

    def observed(self) -> None:
        """Add what the scan saw."""
        for summary in self._seen.sources:
            self._observed_source(summary)
        for entry in self._seen.categories:
            if is_personal(entry.category):
                note = f"{self._say(_FOUND)} {entry.source}: {entry.count}"
                self._observed_category(entry.source, entry.category, note)
        for flow in self._seen.flows:
            self._observed_flow(flow)

    def concluded(self) -> None:
        """Add the countries in which the catalogue knows declared recipients to process."""
        for recipient in self._register.recipients:
            entry = self._entry_of(recipient)
            if entry:
                self._processes_in(f"recipient:{recipient.id}", entry)

    def _declared_recipient(self, recipient: Recipient) -> None:
        key, note = (
            f"recipient:{recipient.id}", self._place("recipients", recipient.id, recipient),
        )  # fmt: skip
        self._node(key, self._kind(recipient), recipient.name, Origin.DECLARED)
        if recipient.country:
            self._country(key, recipient.country, note)
        for other in recipient.sub_processors:
            self._edge(key, f"recipient:{other}", "engages", Origin.DECLARED, note=note)
        if recipient.parent:
            parent = f"recipient:{recipient.parent}"
            self._edge(key, parent, "controlled_by", Origin.DECLARED, note=note)

    def _kind(self, recipient: Recipient) -> str:
        if recipient.role in {None, Role.PROCESSOR} and self._is_only_engaged(recipient.id):
            return "sub_processor"
        return _KINDS.get(recipient.role, "recipient") if recipient.role else "recipient"

    def _is_only_engaged(self, key: str) -> bool:
        register = self._register
        engaged = any(key in entry.sub_processors for entry in register.recipients) or any(
            key in entry.sub_processors for entry in register.processing
        )
        used = any(
            key in (*activity.recipients, *activity.joint_controllers)
            for activity in register.activities
        ) or any(key == system.operator for system in register.systems)
        return engaged and not used

    def _declared_activity(self, activity: Activity) -> None:
        key, place = f"activity:{activity.id}", self._place("activities", activity.id, activity)
        name = activity.name.in_language(self._language)
        self._node(key, "activity", name, Origin.DECLARED)
        self._edge("controller", key, "carries_out", Origin.DECLARED, note=place)
        for words in activity.data_subjects:
            name = words.in_language(self._language)
            self._node(f"subject:{name}", "subject", name, Origin.DECLARED)
            self._edge(f"subject:{name}", key, "about", Origin.DECLARED, note=place)
        for category in activity.categories:
            self._category(category.key, Origin.DECLARED)
            note = self._place("activities", f"{activity.id}.categories", category)
            self._edge(f"category:{category.key}", key, "holds", Origin.DECLARED, note=note)
        for relation, targets in (
            ("runs_in", (f"system:{entry}" for entry in activity.systems)),
            ("receives", (f"recipient:{entry}" for entry in activity.recipients)),
            ("jointly_with", (f"recipient:{entry}" for entry in activity.joint_controllers)),
        ):
            for target in targets:
                self._edge(key, target, relation, Origin.DECLARED, note=place)

    def _declared_processing(self, processing: Processing) -> None:
        key = f"processing:{processing.id}"
        place = self._place("processing", processing.id, processing)
        name = processing.name.in_language(self._language)
        self._node(key, "processing", name, Origin.DECLARED)
        self._edge("controller", key, "carries_out", Origin.DECLARED, note=place)
        for contact in processing.controllers:
            customer = f"customer:{contact.name}"
            self._node(customer, "customer", contact.name, Origin.DECLARED)
            self._edge(customer, key, "on_behalf_of", Origin.DECLARED, note=place)
        for entry in processing.sub_processors:
            self._edge(key, f"recipient:{entry}", "engages", Origin.DECLARED, note=place)
        for entry in processing.systems:
            self._edge(key, f"system:{entry}", "runs_in", Origin.DECLARED, note=place)

    def _declared_transfer(self, transfer: Transfer) -> None:
        recipient, place = (
            f"recipient:{transfer.recipient}", self._place("transfers", transfer.id, transfer),
        )  # fmt: skip
        for activity in self._register.activities:
            if transfer.id in activity.transfers:
                key = f"activity:{activity.id}"
                self._edge(key, recipient, "receives", Origin.DECLARED, note=place)
        guard = Safeguard(
            transfer.tool or "", transfer.version, transfer.module, transfer.signed,
            transfer.assessed,
        )  # fmt: skip
        target = self._country_node(transfer.country, Origin.DECLARED)
        note = f"{place}: {guard}" if guard.tool else place
        self._edge(
            recipient, target, "transfers_to", Origin.DECLARED, note=note,
            conflict=self._transfer_conflict(guard, transfer.country), safeguard=guard,
        )  # fmt: skip

    def _transfer_conflict(self, guard: Safeguard, country: str) -> str:
        if self._today is None:
            return ""
        answer = guard.judged(country, self._today).answer
        if not guard.tool and answer in {"unknown", "invalid"}:
            return NO_TOOL
        return BAD_TOOL if answer == "invalid" else ""

    def _observed_source(self, summary: SourceSummary) -> None:
        source = str(summary.source.id)
        systems = systems_of(self._register, source)
        for system in systems:
            self._node(f"system:{system.id}", "system", system.name, Origin.OBSERVED)
        if summary.findings:
            self._observed_systems(systems, summary)
        holders = [f"system:{system.id}" for system in systems]
        if not systems and summary.findings:
            key, name = f"source:{source}", summary.source.name
            self._node(key, "source", name, Origin.OBSERVED, NO_SYSTEM)
            holders = [key]
        for holder in holders:
            self._observed_host(holder, summary.source.location)

    def _observed_systems(self, systems: Iterable[System], summary: SourceSummary) -> None:
        source = str(summary.source.id)
        note = f"{self._say(_FOUND)} {source}: {summary.findings}"
        seen = {entry.category for entry in self._seen.categories if entry.source == source}
        for system in systems:
            for activity in self._register.activities:
                if system.id in activity.systems:
                    self._edge(
                        f"activity:{activity.id}", f"system:{system.id}", "runs_in",
                        Origin.OBSERVED, note=note, carries=filter(is_personal, seen),
                    )  # fmt: skip

    def _observed_host(self, holder: str, location: str) -> None:
        host = host_of(location)
        own = self._register.controller.domains
        if host is None or belongs(host.name, own):
            return
        key, known = f"host:{host.name}", recipient_of(self._register, host.name)
        entry = None if known else catalogue().by_domain(host.name)
        operator = known or next(
            (each for each in self._register.recipients if entry and self._entry_of(each) == entry),
            None,
        )
        conflict = "" if operator else UNKNOWN_HOST
        name = f"{host.name} ({entry.label})" if entry else host.name
        self._node(key, "host", name, Origin.OBSERVED, conflict)
        self._edge(holder, key, "hosted_at", Origin.OBSERVED, note=host.name, conflict=conflict)
        if operator:
            self._edge(
                f"recipient:{operator.id}", key, "operates", Origin.OBSERVED, note=host.name,
                inferred=known is None,
            )  # fmt: skip
        elif entry and not host.country:
            self._processes_in(key, entry)
        if host.country:
            note = f"{self._say(_REGION)} {host.region}"
            target = self._country_node(host.country, Origin.OBSERVED)
            self._edge(
                key, target, "located_in", Origin.OBSERVED, note=note,
                conflict=self._elsewhere(holder, host.country), inferred=True,
            )  # fmt: skip

    def _elsewhere(self, holder: str, country: str) -> str:
        declared = {
            entry.country for entry in self._register.systems if f"system:{entry.id}" == holder
        } - {None}
        return OTHER_COUNTRY if declared and country not in declared else ""

    def _observed_category(self, source: str, category: str, note: str) -> None:
        activities = activities_of(self._register, source)
        for activity in activities:
            target = f"activity:{activity.id}"
            covering = [
                entry.key for entry in activity.categories if taxonomy().covers(entry.key, category)
            ]
            for key in covering:
                self._category(key, Origin.OBSERVED)
                self._edge(f"category:{key}", target, "holds", Origin.OBSERVED, note=note)
            if not covering:
                self._category(category, Origin.OBSERVED, NOT_DECLARED)
                self._edge(
                    f"category:{category}", target, "holds", Origin.OBSERVED, note=note,
                    conflict=NOT_DECLARED,
                )  # fmt: skip
        if not activities:
            self._category(category, Origin.OBSERVED)
            self._edge(
                f"category:{category}", f"source:{source}", "holds", Origin.OBSERVED, note=note,
                conflict=NO_ACTIVITY,
            )  # fmt: skip

    def _observed_flow(self, flow: FlowSummary) -> None:
        if flow.domain in places().public_mail:
            return
        recipient = recipient_of(self._register, flow.domain)
        if recipient:
            key, conflict = f"recipient:{recipient.id}", ""
            self._node(key, "recipient", recipient.name, Origin.OBSERVED)
        else:
            key, conflict = self._undeclared(flow.domain)
        senders = [f"activity:{entry.id}" for entry in activities_of(self._register, flow.source)]
        relation = "links_to" if flow.channel == "link" else "receives"
        for sender in senders or [f"source:{flow.source}"]:
            self._edge(
                sender, key, relation, Origin.OBSERVED, note=self._seen_on(flow),
                conflict=conflict, carries=flow.categories,
            )  # fmt: skip

    def _undeclared(self, domain: str) -> tuple[str, str]:
        key, entry = f"recipient:domain:{domain}", catalogue().by_domain(domain)
        known = next(
            (each for each in self._register.recipients if entry and self._entry_of(each) == entry),
            None,
        )
        conflict = UNKNOWN_DOMAIN if known else UNKNOWN_RECIPIENT
        name = f"{domain} ({entry.label})" if entry else domain
        self._node(key, "recipient", name, Origin.OBSERVED, conflict)
        if known:
            target = f"recipient:{known.id}"
            note = self._of_catalogue(entry) if entry else ""
            self._edge(key, target, "belongs_to", Origin.OBSERVED, note=note, inferred=True)
        elif entry:
            self._processes_in(key, entry)
        return key, conflict

    def _processes_in(self, key: str, entry: Processor) -> None:
        known = {target for source, target, _ in self._edges if source == key}
        seats = () if entry.seat is None else (entry.seat,)
        for country in dict.fromkeys((*seats, *entry.processing)):
            if f"country:{country}" not in known:
                target = self._country_node(country, Origin.OBSERVED, inferred=True)
                self._edge(
                    key, target, "processes_in", Origin.OBSERVED,
                    note=self._of_catalogue(entry), inferred=True,
                )  # fmt: skip

    def _entry_of(self, recipient: Recipient) -> Processor | None:
        if recipient.catalogue:
            return next(
                (entry for entry in catalogue().entries if entry.id == recipient.catalogue), None
            )
        found = (catalogue().by_domain(domain) for domain in recipient.domains)
        by_domain = next((entry for entry in found if entry), None)
        named = catalogue().by_name(recipient.name, self._today or date.max)
        return by_domain or (named.processor if named else None)

    def _seen_on(self, flow: FlowSummary) -> str:
        last = flow.last.date() if flow.last else None
        said = self._say(notes.sent(flow.messages, flow.domain, last))
        channel = self._say(_CHANNELS.get(flow.channel, Text(en=flow.channel)))
        return f"{said}, {channel}: {self._say(notes.categories(flow.categories))}"

    def _of_catalogue(self, entry: Processor) -> str:
        return f"{entry.label}, {self._say(_CATALOGUE)} {entry.as_of.isoformat()}"

    def _place(self, part: str, key: str, declaration: Declaration) -> str:
        said = [f"{self._say(_REGISTER)} {part}.{key}"]
        said += [f"{each.source} {each.place}".strip() for each in declaration.provenance]
        return ", ".join(said)

    def _say(self, words: Text) -> str:
        return words.in_language(self._language)

    def _category(self, key: str, origin: Origin, conflict: str = "") -> None:
        name = taxonomy().label(key, self._language)
        self._node(f"category:{key}", "category", name, origin, conflict)

    def _country(self, of: str, country: str, note: str) -> None:
        target = self._country_node(country, Origin.DECLARED)
        self._edge(of, target, "located_in", Origin.DECLARED, note=note)

    def _country_node(self, country: str, origin: Origin, *, inferred: bool = False) -> str:
        key, name = f"country:{country}", country_name(country, self._language)
        if not inferred or key not in self._nodes:
            self._node(key, "country", name, origin, inferred=inferred)
        return key

    def _node(
        self,
        key: str,
        kind: str,
        name: str,
        origin: Origin,
        conflict: str = "",
        *,
        inferred: bool = False,
    ) -> None:
        known = self._nodes.get(key)
        if known and known.inferred and not inferred:
            known = None  # what was only concluded is now known
        if known:
            merged = known.origin if known.origin is origin else Origin.BOTH
            self._nodes[key] = replace(known, origin=merged)
        else:
            self._nodes[key] = GraphNode(key, kind, name, origin, conflict, inferred)

    def _edge(
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
