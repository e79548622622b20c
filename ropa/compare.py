"""Declared against observed: the subjects that rules judge, with the facts of `rules/vocabulary`.

Here are the few: activities, purposes, recipients, transfers, systems, sources, categories, the
notice. The many, which stream, are in `ropa.copies`.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from detectors.taxonomy import taxonomy
from ropa import notes
from ropa.model import Activity, Recipient, Register, System, Text
from ropa.observed import (
    Observed,
    activities_of,
    belongs,
    is_personal,
    recipient_of,
    systems_of,
)
from ropa.places import places
from ropa.subjects import EvidenceItem, Kind, Subject, Value
from scanner.summary import CategorySummary, FlowSummary, SourceSummary

Facts = dict[str, Value]

REGISTER = "register"
"""Source of the evidence that is a declaration."""


class Comparison:
    """Builds every subject of one register and one scan."""

    def __init__(self, register: Register, observed: Observed, today: date) -> None:
        self._register = register
        self._observed = observed
        self._today = today
        self._recipients = {
            entry.id: self._declared_recipient(entry) for entry in register.recipients
        }
        self._undeclared = {
            domain: self._undeclared_recipient(domain)
            for domain in sorted({flow.domain for flow in observed.flows})
            if recipient_of(register, domain) is None
            and not belongs(domain, register.controller.domains)
        }
        self._transfers = {subject.id: subject for subject in self._declared_transfers()}

    def subjects(self) -> Iterator[Subject]:
        """Give every subject of the few kinds, in a stable order."""
        yield self._controller()
        yield from self._notice()
        for activity in self._register.activities:
            yield from self._purposes(activity)
            yield self._activity(activity)
        yield from self._recipients.values()
        yield from self._undeclared.values()
        yield from self._transfers.values()
        yield from self._places_of_systems()
        yield from (self._system(system) for system in self._register.systems)
        yield from (self._source(summary) for summary in self._observed.sources)
        yield from self._categories()

    def _controller(self) -> Subject:
        controller = self._register.controller
        dpo, agent = controller.dpo, controller.representative
        facts: Facts = {
            "address": controller.address or None,
            "email": controller.email or None,
            "phone": controller.phone or None,
            "business_id": controller.business_id or None,
            "country": controller.country,
            "domains": controller.domains,
            "dpo": dpo.name if dpo else None,
            "dpo_email": (dpo.email or None) if dpo else None,
            "representative": agent.name if agent else None,
        }
        return Subject(
            Kind.CONTROLLER, "controller", controller.name, facts, _declared("controller")
        )

    def _notice(self) -> Iterator[Subject]:
        notice = self._register.notice
        if not notice.is_given:
            return
        months = None
        if notice.year is not None:
            months = max((self._today.year - notice.year - 1) * 12 + self._today.month, 0)
        facts: Facts = {
            "file": notice.file or None,
            "version": notice.version or None,
            "year": notice.year,
            "age_months": months,
            "categories": notice.categories,
            "countries": notice.countries,
        }
        yield Subject(
            Kind.NOTICE, "notice", notice.file or "privacy notice", facts, _declared("notice")
        )

    def _purposes(self, activity: Activity) -> Iterator[Subject]:
        for purpose in activity.purposes:
            facts: Facts = {
                "activity": _text(activity.name),
                "basis": purpose.basis,
                "statute": purpose.statute or None,
                "legitimate_interest": _text(purpose.legitimate_interest) or None,
            }
            yield Subject(
                Kind.PURPOSE,
                f"{activity.id}/{purpose.id}",
                _text(purpose.name),
                facts,
                _declared(f"activities.{activity.id}.purposes.{purpose.id}"),
            )

    def _activity(self, activity: Activity) -> Subject:
        special = tuple(
            category.key for category in activity.categories if _is_special(category.key)
        )
        transfers = [entry for entry in self._register.transfers if entry.id in activity.transfers]
        facts: Facts = {
            "purposes": tuple(purpose.id for purpose in activity.purposes),
            "data_subjects": tuple(_text(words) for words in activity.data_subjects),
            "categories": tuple(category.key for category in activity.categories),
            "special_categories": special,
            "article9": activity.article9,
            "bases": tuple(sorted({str(p.basis) for p in activity.purposes if p.basis})),
            "statutes": tuple(purpose.statute for purpose in activity.purposes if purpose.statute),
            "recipients": activity.recipients,
            "transfers": activity.transfers,
            "countries": tuple(sorted({transfer.country for transfer in transfers})),
            "retention": len(activity.retention),
            "periods": tuple(policy.duration for policy in activity.retention if policy.duration),
            "has_measures": bool(_text(activity.measures)),
            "systems": activity.systems,
            "missing_art30": self._missing(activity),
            "observed": any(
                summary.findings and activity in activities_of(self._register, summary.source.id)
                for summary in self._observed.sources
            ),
        }
        return Subject(
            Kind.ACTIVITY,
            activity.id,
            _text(activity.name),
            facts,
            _declared(f"activities.{activity.id}"),
            {
                "purposes": tuple(self._purposes(activity)),
                "recipients": tuple(self._recipients[key] for key in activity.recipients),
                "transfers": tuple(self._transfers[key] for key in activity.transfers),
                "systems": tuple(
                    self._system(system)
                    for system in self._register.systems
                    if system.id in activity.systems
                ),
            },
        )

    def _missing(self, activity: Activity) -> tuple[str, ...]:
        """List the mandatory elements of Art. 30(1) that are empty; transfers only if any."""
        controller = self._register.controller
        present = {
            "controller": bool(controller.address and (controller.email or controller.phone)),
            "purposes": bool(activity.purposes),
            "data_subjects": bool(activity.data_subjects),
            "categories": bool(activity.categories),
            "recipients": bool(activity.recipients),
            "retention": bool(activity.retention),
            "measures": bool(_text(activity.measures)),
        }
        return tuple(name for name, is_there in present.items() if not is_there)

    def _declared_recipient(self, recipient: Recipient) -> Subject:
        flows = [flow for flow in self._observed.flows if belongs(flow.domain, recipient.domains)]
        facts: Facts = {
            "role": recipient.role,
            "country": recipient.country,
            "eea": _eea(recipient.country),
            "third_country": _third(recipient.country),
            "declared": True,
            "in_notice": recipient.in_notice,
            "agreement_signed": recipient.agreement.signed if recipient.agreement else None,
            "domain": recipient.domains[0] if recipient.domains else None,
            "public_mail": False,
            "activities": tuple(
                _text(activity.name)
                for activity in self._register.activities
                if recipient.id in activity.recipients
            ),
            **_flow_facts(flows),
        }
        return Subject(
            Kind.RECIPIENT,
            recipient.id,
            recipient.name,
            facts,
            _declared(f"recipients.{recipient.id}") + _seen(flows),
        )

    def _undeclared_recipient(self, domain: str) -> Subject:
        flows = [flow for flow in self._observed.flows if flow.domain == domain]
        facts: Facts = {
            "declared": False,
            "in_notice": False,
            "domain": domain,
            "public_mail": domain in places().public_mail,
            "activities": tuple(
                sorted({name for flow in flows for name in self._activity_names(flow.source)})
            ),
            **_flow_facts(flows),
        }
        return Subject(Kind.RECIPIENT, f"domain:{domain}", domain, facts, _seen(flows))

    def _declared_transfers(self) -> Iterator[Subject]:
        for transfer in self._register.transfers:
            recipient = self._recipients[transfer.recipient]
            seen = recipient.facts.get("observed_messages")
            facts: Facts = {
                **self._country(transfer.country),
                "recipient": recipient.name,
                "declared": True,
                "observed": bool(seen),
                "observed_messages": seen,
                "tool": transfer.tool,
                "version": transfer.version or None,
                "module": transfer.module or None,
                "signed": transfer.signed,
                "assessed": transfer.assessed,
                "activities": tuple(
                    _text(activity.name)
                    for activity in self._register.activities
                    if transfer.id in activity.transfers
                ),
            }
            yield Subject(
                Kind.TRANSFER,
                transfer.id,
                f"{recipient.name} ({transfer.country})",
                facts,
                _declared(f"transfers.{transfer.id}"),
                {"recipient": (recipient,)},
            )

    def _places_of_systems(self) -> Iterator[Subject]:
        """Give a transfer for each third country that a recipient or system implies undeclared."""
        declared = {(entry.recipient, entry.country) for entry in self._register.transfers}
        for recipient in self._register.recipients:
            country = recipient.country
            if country is None or _eea(country) or (recipient.id, country) in declared:
                continue
            subject = self._recipients[recipient.id]
            if not (subject.facts["activities"] or subject.facts["observed"]):
                continue
            facts: Facts = {
                **self._country(country),
                "recipient": recipient.name,
                "declared": False,
                "observed": subject.facts["observed"],
                "observed_messages": subject.facts["observed_messages"],
                "activities": subject.facts["activities"],
            }
            yield Subject(
                Kind.TRANSFER,
                f"{recipient.id}:{country}",
                f"{recipient.name} ({country})",
                facts,
                subject.evidence,
                {"recipient": (subject,)},
            )

    def _country(self, country: str) -> Facts:
        decision = places().adequacy(country, self._today)
        notice = self._register.notice
        return {
            "country": country,
            "eea": _eea(country),
            "adequacy": decision.scope if decision else "none",
            "adequacy_until": decision.valid_until if decision else None,
            "in_notice": country in notice.countries if notice.is_given else None,
        }

    def _system(self, system: System) -> Subject:
        operator = self._recipients.get(system.operator or "")
        sources = tuple(
            summary.source.id
            for summary in self._observed.sources
            if system in systems_of(self._register, summary.source.id)
        )
        facts: Facts = {
            "kind": system.kind,
            "country": system.country,
            "eea": _eea(system.country),
            "operator": operator.name if operator else "",
            "sources": sources,
            "activities": tuple(
                _text(activity.name)
                for activity in self._register.activities
                if system.id in activity.systems
            ),
            "scanned": bool(sources),
        }
        return Subject(
            Kind.SYSTEM,
            system.id,
            system.name,
            facts,
            _declared(f"systems.{system.id}"),
            {"operator": (operator,) if operator else ()},
        )

    def _source(self, summary: SourceSummary) -> Subject:
        categories = sorted(
            {
                entry.category
                for entry in self._observed.categories
                if entry.source == summary.source.id and is_personal(entry.category)
            }
        )
        systems = systems_of(self._register, summary.source.id)
        activities = activities_of(self._register, summary.source.id)
        facts: Facts = {
            "kind": summary.source.kind,
            "personal_data": bool(categories),
            "activities": tuple(_text(activity.name) for activity in activities),
            "system": systems[0].name if systems else None,
            "categories": tuple(categories),
            "assets": summary.assets,
            "findings": summary.findings,
            "examined_share": summary.examined / summary.assets if summary.assets else 1.0,
        }
        evidence = (EvidenceItem(summary.source.id, summary.source.location, "", notes.SCANNED),)
        return Subject(
            Kind.SOURCE,
            summary.source.id,
            summary.source.name,
            facts,
            evidence,
            {"activities": tuple(self._activity(activity) for activity in activities)},
        )

    def _categories(self) -> Iterator[Subject]:
        """Give one subject for each category in each source."""
        groups: dict[tuple[str, str], list[CategorySummary]] = {}
        for entry in self._observed.categories:
            groups.setdefault((entry.source, entry.category), []).append(entry)
        names = {str(summary.source.id): summary.source.name for summary in self._observed.sources}
        for (source, category), entries in sorted(groups.items()):
            yield self._category(source, names.get(source, source), category, entries)

    def _category(
        self, source: str, name: str, category: str, entries: Sequence[CategorySummary]
    ) -> Subject:
        activities = activities_of(self._register, source)
        known = taxonomy().categories.get(category)
        statutes = [purpose.statute for activity in activities for purpose in activity.purposes]
        declared = activities or self._register.activities
        notice = self._register.notice
        facts: Facts = {
            "category": category,
            "source": name,
            "activity": ", ".join(_text(activity.name) for activity in activities) or None,
            "declared_in_register": _covered(
                category, [entry.key for activity in declared for entry in activity.categories]
            ),
            "declared_in_notice": _covered(category, notice.categories)
            if notice.is_given
            else None,
            "article9": next((a.article9 for a in activities if a.article9), None),
            "statute": next((statute for statute in statutes if statute), None),
            "special": known.special if known else False,
            "criminal": known.criminal if known else False,
            "personal": is_personal(category),
            "assets": max(entry.assets for entry in entries),
            "count": sum(entry.count for entry in entries),
            "distinct": sum(entry.distinct for entry in entries),
            "confidence": max(entry.confidence for entry in entries),
        }
        evidence = tuple(
            EvidenceItem(
                source,
                entry.example,
                "",
                notes.found(entry.entity, entry.count, entry.assets, entry.sample),
            )
            for entry in entries
        )
        return Subject(
            Kind.CATEGORY,
            f"{source}/{category}",
            taxonomy().label(category, "en"),
            facts,
            evidence,
            {"activities": tuple(self._activity(activity) for activity in activities)},
        )

    def _activity_names(self, source: str) -> tuple[str, ...]:
        return tuple(_text(activity.name) for activity in activities_of(self._register, source))


def _declared(place: str) -> tuple[EvidenceItem, ...]:
    return (EvidenceItem(REGISTER, place, "", notes.DECLARED),)


def _seen(flows: Sequence[FlowSummary]) -> tuple[EvidenceItem, ...]:
    return tuple(
        EvidenceItem(
            flow.source,
            flow.example,
            "",
            notes.sent(flow.messages, flow.domain, flow.last.date() if flow.last else None),
        )
        for flow in flows
    )


def _flow_facts(flows: Sequence[FlowSummary]) -> Facts:
    return {
        "observed": bool(flows),
        "observed_messages": sum(flow.messages for flow in flows),
        "observed_categories": tuple(sorted({key for flow in flows for key in flow.categories})),
    }


def _covered(category: str, declared: Sequence[str]) -> bool:
    return any(taxonomy().covers(key, category) for key in declared)


def _is_special(key: str) -> bool:
    known = taxonomy().categories.get(key)
    return known is not None and known.special


def _eea(country: str | None) -> bool | None:
    return None if country is None else country in places().eea


def _third(country: str | None) -> bool | None:
    return None if country is None else country not in places().eea


def _text(words: Text) -> str:
    return words.in_language("en")
