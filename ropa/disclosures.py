"""Who receives personal data, and in which country: declared, observed, or only implied."""

from collections.abc import Iterator, Sequence
from datetime import date

from ropa import notes
from ropa.model import Language, Recipient, Register
from ropa.observed import Observed, activities_of, belongs, recipient_of
from ropa.places import places
from ropa.subjects import EvidenceItem, Kind, Subject, Value
from scanner.locator import WHOLE
from scanner.summary import FlowSummary

Facts = dict[str, Value]

REGISTER = "register"
"""Source of the evidence that is a declaration."""


class Disclosures:
    """The recipients and transfers of one register and one scan."""

    def __init__(
        self, register: Register, observed: Observed, today: date, language: Language
    ) -> None:
        self._register = register
        self._observed = observed
        self._today = today
        self._language: Language = language
        self.recipients = {
            entry.id: self._declared_recipient(entry) for entry in register.recipients
        }
        self._undeclared = [
            self._undeclared_recipient(domain)
            for domain in sorted({flow.domain for flow in observed.flows})
            if recipient_of(register, domain) is None
        ]
        self.transfers = {subject.id: subject for subject in self._declared_transfers()}

    def subjects(self) -> Iterator[Subject]:
        """Give recipients, then transfers, declared ones first."""
        yield from self.recipients.values()
        yield from self._undeclared
        yield from self.transfers.values()
        yield from self._implied_transfers()

    def _declared_recipient(self, recipient: Recipient) -> Subject:
        flows = [flow for flow in self._observed.flows if belongs(flow.domain, recipient.domains)]
        facts: Facts = {
            "role": recipient.role,
            "country": recipient.country,
            "eea": is_eea(recipient.country),
            "third_country": _third(recipient.country),
            "declared": True,
            "in_notice": recipient.in_notice,
            "agreement_signed": recipient.agreement.signed if recipient.agreement else None,
            "domain": recipient.domains[0] if recipient.domains else None,
            "public_mail": False,
            "activities": tuple(
                activity.name.in_language(self._language)
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
            declared(f"recipients.{recipient.id}") + _seen(flows),
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
            recipient = self.recipients[transfer.recipient]
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
                    activity.name.in_language(self._language)
                    for activity in self._register.activities
                    if transfer.id in activity.transfers
                ),
            }
            yield Subject(
                Kind.TRANSFER,
                transfer.id,
                f"{recipient.name} ({transfer.country})",
                facts,
                declared(f"transfers.{transfer.id}"),
                {"recipient": (recipient,)},
            )

    def _implied_transfers(self) -> Iterator[Subject]:
        """Give a transfer for each third country of a recipient or system that is not declared."""
        declared_in = {(entry.recipient, entry.country) for entry in self._register.transfers}
        for recipient in self._register.recipients:
            subject = self.recipients[recipient.id]
            is_used = subject.facts["activities"] or subject.facts["observed"]
            if is_used and (recipient.id, recipient.country) not in declared_in:
                yield from self._implied(recipient.id, recipient.name, recipient.country, subject)
        for system in self._register.systems:
            operator = self.recipients.get(system.operator or "")
            told = system.operator and (
                (system.operator, system.country) in declared_in
                or (operator and operator.facts["country"] == system.country)
            )
            if not told:
                yield from self._implied(system.id, system.name, system.country, operator)

    def _implied(
        self, key: str, name: str, country: str | None, recipient: Subject | None
    ) -> Iterator[Subject]:
        if country is None or is_eea(country):
            return
        seen = recipient.facts if recipient else {}
        facts: Facts = {
            **self._country(country),
            "recipient": name,
            "declared": False,
            "observed": seen.get("observed", False),
            "observed_messages": seen.get("observed_messages", 0),
            "activities": seen.get("activities", ()),
        }
        yield Subject(
            Kind.TRANSFER,
            f"{key}:{country}",
            f"{name} ({country})",
            facts,
            recipient.evidence if recipient else declared(f"systems.{key}"),
            {"recipient": (recipient,)} if recipient else {},
        )

    def _country(self, country: str) -> Facts:
        decision = places().adequacy(country, self._today)
        notice = self._register.notice
        return {
            "country": country,
            "eea": is_eea(country),
            "adequacy": decision.scope if decision else "none",
            "adequacy_until": decision.valid_until if decision else None,
            "in_notice": country in notice.countries if notice.is_given else None,
        }

    def _activity_names(self, source: str) -> tuple[str, ...]:
        return tuple(
            activity.name.in_language(self._language)
            for activity in activities_of(self._register, source)
        )


def declared(place: str) -> tuple[EvidenceItem, ...]:
    """Point to a place in the register."""
    return (EvidenceItem(REGISTER, place, WHOLE, notes.DECLARED),)


def is_eea(country: str | None) -> bool | None:
    """Say whether a country is in the European Economic Area; None where none is given."""
    return None if country is None else country in places().eea


def _seen(flows: Sequence[FlowSummary]) -> tuple[EvidenceItem, ...]:
    return tuple(
        EvidenceItem(
            flow.source,
            flow.example,
            flow.place,
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


def _third(country: str | None) -> bool | None:
    return None if country is None else country not in places().eea
