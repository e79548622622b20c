"""Build the processing graph of a register and a scan.

Declared first; what is seen again becomes `both`; what follows only from the catalogue of
processors or a cloud's region is marked as inferred.
"""

from collections.abc import Iterable
from datetime import date

from detectors.taxonomy import taxonomy
from ropa.graph import Graph, Safeguard
from ropa.graph_parts import GraphParts
from ropa.hosts import host_of
from ropa.model import (
    Activity,
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
from ropa.processors import catalogue
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
_REGION = Text(en="region", fi="alue")
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


class _Builder(GraphParts):
    """Adds the register, then the scan, then what follows from the catalogue."""

    def declared(self) -> None:
        """Add the register."""
        register = self.register
        self.node("controller", "controller", register.controller.name, Origin.DECLARED)
        for recipient in register.recipients:
            self._declared_recipient(recipient)
        for system in register.systems:
            key, note = f"system:{system.id}", self.place("systems", system.id, system)
            self.node(key, "system", system.name, Origin.DECLARED)
            if system.operator:
                self.edge(
                    f"recipient:{system.operator}", key, "operates", Origin.DECLARED, note=note
                )
            if system.country:
                self.country(key, system.country, note)
        for activity in register.activities:
            self._declared_activity(activity)
        for processing in register.processing:
            self._declared_processing(processing)
        for transfer in register.transfers:
            self._declared_transfer(transfer)

    def observed(self) -> None:
        """Add what the scan saw."""
        for summary in self.seen.sources:
            self._observed_source(summary)
        for entry in self.seen.categories:
            if is_personal(entry.category):
                note = f"{self.say(_FOUND)} {entry.source}: {entry.count}"
                self._observed_category(entry.source, entry.category, note)
        for flow in self.seen.flows:
            self._observed_flow(flow)

    def concluded(self) -> None:
        """Add the countries in which the catalogue knows declared recipients to process."""
        for recipient in self.register.recipients:
            entry = self.entry_of(recipient)
            if entry:
                self.processes_in(f"recipient:{recipient.id}", entry)

    def _declared_recipient(self, recipient: Recipient) -> None:
        key, note = (
            f"recipient:{recipient.id}", self.place("recipients", recipient.id, recipient),
        )  # fmt: skip
        self.node(key, self._kind(recipient), recipient.name, Origin.DECLARED)
        if recipient.country:
            self.country(key, recipient.country, note)
        for other in recipient.sub_processors:
            self.edge(key, f"recipient:{other}", "engages", Origin.DECLARED, note=note)
        if recipient.parent:
            parent = f"recipient:{recipient.parent}"
            self.edge(key, parent, "controlled_by", Origin.DECLARED, note=note)

    def _kind(self, recipient: Recipient) -> str:
        if recipient.role in {None, Role.PROCESSOR} and self._is_only_engaged(recipient.id):
            return "sub_processor"
        return _KINDS.get(recipient.role, "recipient") if recipient.role else "recipient"

    def _is_only_engaged(self, key: str) -> bool:
        register = self.register
        engaged = any(key in entry.sub_processors for entry in register.recipients) or any(
            key in entry.sub_processors for entry in register.processing
        )
        used = any(
            key in (*activity.recipients, *activity.joint_controllers)
            for activity in register.activities
        ) or any(key == system.operator for system in register.systems)
        return engaged and not used

    def _declared_activity(self, activity: Activity) -> None:
        key, place = f"activity:{activity.id}", self.place("activities", activity.id, activity)
        name = activity.name.in_language(self.language)
        self.node(key, "activity", name, Origin.DECLARED)
        self.edge("controller", key, "carries_out", Origin.DECLARED, note=place)
        for words in activity.data_subjects:
            name = words.in_language(self.language)
            self.node(f"subject:{name}", "subject", name, Origin.DECLARED)
            self.edge(f"subject:{name}", key, "about", Origin.DECLARED, note=place)
        for category in activity.categories:
            self.category(category.key, Origin.DECLARED)
            note = self.place("activities", f"{activity.id}.categories", category)
            self.edge(f"category:{category.key}", key, "holds", Origin.DECLARED, note=note)
        for relation, targets in (
            ("runs_in", (f"system:{entry}" for entry in activity.systems)),
            ("receives", (f"recipient:{entry}" for entry in activity.recipients)),
            ("jointly_with", (f"recipient:{entry}" for entry in activity.joint_controllers)),
        ):
            for target in targets:
                self.edge(key, target, relation, Origin.DECLARED, note=place)

    def _declared_processing(self, processing: Processing) -> None:
        key = f"processing:{processing.id}"
        place = self.place("processing", processing.id, processing)
        name = processing.name.in_language(self.language)
        self.node(key, "processing", name, Origin.DECLARED)
        self.edge("controller", key, "carries_out", Origin.DECLARED, note=place)
        for contact in processing.controllers:
            customer = f"customer:{contact.name}"
            self.node(customer, "customer", contact.name, Origin.DECLARED)
            self.edge(customer, key, "on_behalf_of", Origin.DECLARED, note=place)
        for entry in processing.sub_processors:
            self.edge(key, f"recipient:{entry}", "engages", Origin.DECLARED, note=place)
        for entry in processing.systems:
            self.edge(key, f"system:{entry}", "runs_in", Origin.DECLARED, note=place)

    def _declared_transfer(self, transfer: Transfer) -> None:
        recipient, place = (
            f"recipient:{transfer.recipient}", self.place("transfers", transfer.id, transfer),
        )  # fmt: skip
        for activity in self.register.activities:
            if transfer.id in activity.transfers:
                key = f"activity:{activity.id}"
                self.edge(key, recipient, "receives", Origin.DECLARED, note=place)
        guard = Safeguard(
            transfer.tool or "", transfer.version, transfer.module, transfer.signed,
            transfer.assessed,
        )  # fmt: skip
        target = self.country_node(transfer.country, Origin.DECLARED)
        note = f"{place}: {guard}" if guard.tool else place
        self.edge(
            recipient, target, "transfers_to", Origin.DECLARED, note=note,
            conflict=self._transfer_conflict(guard, transfer.country), safeguard=guard,
        )  # fmt: skip

    def _transfer_conflict(self, guard: Safeguard, country: str) -> str:
        if self.today is None:
            return ""
        answer = guard.judged(country, self.today).answer
        if not guard.tool and answer in {"unknown", "invalid"}:
            return NO_TOOL
        return BAD_TOOL if answer == "invalid" else ""

    def _observed_source(self, summary: SourceSummary) -> None:
        source = str(summary.source.id)
        systems = systems_of(self.register, source)
        for system in systems:
            self.node(f"system:{system.id}", "system", system.name, Origin.OBSERVED)
        if summary.sightings:
            self._observed_systems(systems, summary)
        holders = [f"system:{system.id}" for system in systems]
        if summary.sightings and not activities_of(self.register, source):
            # Categories and flows hang on the source where no activity has it.
            key, name = f"source:{source}", summary.source.name
            self.node(key, "source", name, Origin.OBSERVED, "" if systems else NO_SYSTEM)
            holders = holders or [key]
        for holder in holders:
            self._observed_host(holder, summary.source.location)

    def _observed_systems(self, systems: Iterable[System], summary: SourceSummary) -> None:
        source = str(summary.source.id)
        note = f"{self.say(_FOUND)} {source}: {summary.sightings}"
        seen = {entry.category for entry in self.seen.categories if entry.source == source}
        for system in systems:
            for activity in self.register.activities:
                if system.id in activity.systems:
                    self.edge(
                        f"activity:{activity.id}", f"system:{system.id}", "runs_in",
                        Origin.OBSERVED, note=note, carries=filter(is_personal, seen),
                    )  # fmt: skip

    def _observed_host(self, holder: str, location: str) -> None:
        host = host_of(location)
        own = self.register.controller.domains
        if host is None or belongs(host.name, own):
            return
        key, known = f"host:{host.name}", recipient_of(self.register, host.name)
        entry = None if known else catalogue().by_domain(host.name)
        operator = known or next(
            (each for each in self.register.recipients if entry and self.entry_of(each) == entry),
            None,
        )
        conflict = "" if operator else UNKNOWN_HOST
        name = f"{host.name} ({entry.label})" if entry else host.name
        self.node(key, "host", name, Origin.OBSERVED, conflict)
        self.edge(holder, key, "hosted_at", Origin.OBSERVED, note=host.name, conflict=conflict)
        if operator:
            self.edge(
                f"recipient:{operator.id}", key, "operates", Origin.OBSERVED, note=host.name,
                inferred=known is None,
            )  # fmt: skip
        elif entry and not host.country:
            self.processes_in(key, entry)
        if host.country:
            note = f"{self.say(_REGION)} {host.region}"
            target = self.country_node(host.country, Origin.OBSERVED)
            self.edge(
                key, target, "located_in", Origin.OBSERVED, note=note,
                conflict=self._elsewhere(holder, host.country), inferred=True,
            )  # fmt: skip

    def _elsewhere(self, holder: str, country: str) -> str:
        declared = {
            entry.country for entry in self.register.systems if f"system:{entry.id}" == holder
        } - {None}
        return OTHER_COUNTRY if declared and country not in declared else ""

    def _observed_category(self, source: str, category: str, note: str) -> None:
        activities = activities_of(self.register, source)
        for activity in activities:
            target = f"activity:{activity.id}"
            covering = [
                entry.key for entry in activity.categories if taxonomy().covers(entry.key, category)
            ]
            for key in covering:
                self.category(key, Origin.OBSERVED)
                self.edge(f"category:{key}", target, "holds", Origin.OBSERVED, note=note)
            if not covering:
                self.category(category, Origin.OBSERVED, NOT_DECLARED)
                self.edge(
                    f"category:{category}", target, "holds", Origin.OBSERVED, note=note,
                    conflict=NOT_DECLARED,
                )  # fmt: skip
        if not activities:
            self.category(category, Origin.OBSERVED)
            self.edge(
                f"category:{category}", f"source:{source}", "holds", Origin.OBSERVED, note=note,
                conflict=NO_ACTIVITY,
            )  # fmt: skip

    def _observed_flow(self, flow: FlowSummary) -> None:
        if flow.domain in places().public_mail:
            return
        recipient = recipient_of(self.register, flow.domain)
        if recipient:
            key, conflict = f"recipient:{recipient.id}", ""
            self.node(key, "recipient", recipient.name, Origin.OBSERVED)
        else:
            key, conflict = self._undeclared(flow.domain)
        senders = [f"activity:{entry.id}" for entry in activities_of(self.register, flow.source)]
        relation = "links_to" if flow.channel == "link" else "receives"
        for sender in senders or [f"source:{flow.source}"]:
            self.edge(
                sender, key, relation, Origin.OBSERVED, note=self.seen_on(flow),
                conflict=conflict, carries=flow.categories,
            )  # fmt: skip

    def _undeclared(self, domain: str) -> tuple[str, str]:
        key, entry = f"recipient:domain:{domain}", catalogue().by_domain(domain)
        known = next(
            (each for each in self.register.recipients if entry and self.entry_of(each) == entry),
            None,
        )
        conflict = UNKNOWN_DOMAIN if known else UNKNOWN_RECIPIENT
        name = f"{domain} ({entry.label})" if entry else domain
        self.node(key, "recipient", name, Origin.OBSERVED, conflict)
        if known:
            target = f"recipient:{known.id}"
            note = self.of_catalogue(entry) if entry else ""
            self.edge(key, target, "belongs_to", Origin.OBSERVED, note=note, inferred=True)
        elif entry:
            self.processes_in(key, entry)
        return key, conflict
