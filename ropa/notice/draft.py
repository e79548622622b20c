"""A first register from a privacy notice (GDPR Art. 30(1)), for a person to confirm.

Every entry says on which line and by which words the notice declares it. What the notice does not
say stays empty, what is concluded is filled in, and both are named in the entry's `confirm`.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from ropa.model import (
    Contact,
    Controller,
    Notice,
    Recipient,
    Register,
    Role,
    System,
    Tool,
    Transfer,
)
from ropa.notice.checks.base import Checked
from ropa.notice.draft_activities import ActivityDraft, Ids, keys_of
from ropa.notice.text import NoticeText
from ropa.notice.view import Organisation, RecipientGroup, View
from ropa.places import places

UNSAID = "?"
"""Name of what has to have one and has none in the notice."""
NOWHERE = "XX"
"""ISO 3166-1 leaves it free: a country that has to be filled in."""
_ZONES = {"SE": "Europe/Stockholm", "NO": "Europe/Oslo", "DK": "Europe/Copenhagen"}
_ROLES = {role.value: role for role in Role}
_TOOLS = {
    "standard_contractual_clauses": Tool.SCC,
    "binding_corporate_rules": Tool.BCR,
    "adequacy_decision": Tool.ADEQUACY,
    "data_privacy_framework": Tool.DPF,
    "code_of_conduct": Tool.CODE_OF_CONDUCT,
    "certification": Tool.CERTIFICATION,
} | {tool.value: tool for tool in Tool}
_DOMAIN = re.compile(
    r"(?:[^@\s]*@|https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})", re.IGNORECASE
)
_COUNTRY = re.compile(r"[A-Z]{2}")
_DIRECT_CONTACTS = frozenset({"controller", "general"})
_OWN_CONTACTS = _DIRECT_CONTACTS | {"data_protection_officer", "email_domain_claim", "website"}
_BEHIND = ("confirm", "provenance")
_HEADER = """\
# A draft of the record of processing activities (GDPR Art. 30(1)), made from {file}.
#
# Nothing here is more than what the notice says: `provenance` has the line and the words of each
# entry, and what the notice does not say is empty. What to do next:
#   1. Go through each `confirm`: the fields that were concluded or left open. Put them right, and
#      take the name out of the list.
#   2. Add what a notice never tells: contracts (`agreement`), days of signature and assessment of
#      transfers, the security measures, and to which scanned sources each system belongs.
#   3. 'kartta doctor' checks this file, 'kartta scan' compares it with what is there, and
#      'kartta notice check' says what the notice itself lacks.
# docs/register.md names every key and the categories of data.
"""


def draft_register(notice: NoticeText, declared: dict[str, Any], on: date) -> Register:
    """Draft the register; `declared` is in the plain shape of `ropa.notice.read.as_data`."""
    return _Draft(Checked(notice, View.model_validate(declared), on)).register()


def as_yaml(register: Register, file: str) -> str:
    """Write a drafted register, with what to do next as comments."""
    data = _ordered(register.model_dump(mode="json", exclude_defaults=True))
    body = yaml.safe_dump(
        {"version": register.version, **data}, allow_unicode=True, sort_keys=False, width=96
    )
    return _HEADER.format(file=file) + body


def _ordered(value: Any) -> Any:  # noqa: ANN401 - plain values of any depth
    """Put where an entry comes from behind what it says."""
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _ordered(item) for key, item in value.items() if key not in _BEHIND}
    return kept | {key: value[key] for key in _BEHIND if key in value}


class _Draft(ActivityDraft):
    """One draft: recipients first, since activities and transfers name them."""

    def __init__(self, notice: Checked) -> None:
        super().__init__(notice)
        self._ids = Ids()

    def register(self) -> Register:
        """Put the parts together."""
        recipients = tuple(self._recipients())
        transfers = tuple(self._transfers())
        systems = tuple(self._systems())
        return Register(
            controller=self._controller(),
            notice=self._about_the_notice(),
            activities=tuple(self.activities(recipients, transfers, systems)),
            recipients=recipients,
            transfers=transfers,
            systems=systems,
        )

    def _controller(self) -> Controller:
        said = self.view.controller
        name = said.legal_entity.text or said.name_as_written.text
        country = self.notice.country
        scope = any(fact.text and not fact.inferred for fact in self.view.meta.country_scope)
        own = [entry for entry in self.view.contacts if entry.role in _OWN_CONTACTS - {"website"}]
        direct = [entry for entry in own if entry.role in _DIRECT_CONTACTS]
        email = next((entry.email for entry in direct if entry.email), "")
        phone = next((entry.phone for entry in direct if entry.phone), "")
        domains = tuple(dict.fromkeys(self._domains()))
        values = {
            "name": said.legal_entity.text,
            "business_id": said.business_id.text,
            "address": said.postal_address.text,
            "email": email,
            "phone": phone,
            "country": country if scope else None,
        }
        confirm = (
            *(key for key, value in values.items() if not value),
            "domains",
            *(("timezone",) if country in _ZONES or not country else ()),
        )
        return Controller(
            name=name or UNSAID,
            business_id=said.business_id.text,
            address=said.postal_address.text,
            email=email,
            phone=phone,
            country=country or NOWHERE,
            domains=domains,
            timezone=_ZONES.get(country or "", "Europe/Helsinki"),
            dpo=self._officer(),
            provenance=self.provenance(
                said.legal_entity.evidence or said.name_as_written.evidence,
                said.business_id.evidence,
                said.postal_address.evidence,
            ),
            confirm=confirm,
        )

    def _officer(self) -> Contact | None:
        for entry in self.view.contacts:
            if entry.role == "data_protection_officer" and (entry.email or entry.phone):
                return Contact(
                    name=entry.name or UNSAID,
                    email=entry.email,
                    phone=entry.phone,
                    provenance=self.provenance(entry.evidence),
                    confirm=() if entry.name else ("name",),
                )
        return None

    def _domains(self) -> Iterator[str]:
        for entry in self.view.contacts:
            for text in (entry.email, entry.domain, entry.url):
                found = _DOMAIN.match(text.strip()) if entry.role in _OWN_CONTACTS else None
                if found and found[1].lower() not in places().public_mail:
                    yield found[1].lower()

    def _about_the_notice(self) -> Notice:
        version = self.view.meta.version
        keys = (key for entry in self.view.data_categories for key in keys_of(entry))
        countries = (flow.country for flow in self.view.transfers.flows)
        return Notice(
            file=self.notice.text.name,
            version=version.text,
            year=version.year or (int(version.exact_date[:4]) if version.exact_date else None),
            categories=tuple(dict.fromkeys(keys)),
            countries=tuple(dict.fromkeys(key for key in countries if _is_third(key))),
        )

    def _recipients(self) -> Iterator[Recipient]:
        for organisation in self.view.organisations:
            key = self._ids.of(organisation.name, "recipient")
            self.recipient_of[organisation.id] = key
            yield self._organisation(key, organisation)
        for group in self.view.recipients.groups:
            if group.direction != "inbound":
                key = self._ids.of(group.name, "recipients")
                self.recipient_of[group.id] = key
                yield self._group(key, group)

    def _organisation(self, key: str, entry: Organisation) -> Recipient:
        role = _ROLES.get(entry.role_stated) or _ROLES.get(entry.role_inferred)
        country = _country(entry.country) or _country(entry.country_inferred)
        return Recipient(
            id=key,
            name=entry.name,
            role=role,
            country=country,
            address=entry.address,
            provenance=self.provenance(entry.evidence),
            confirm=(
                *(() if entry.role_stated in _ROLES else ("role",)),
                *(() if _country(entry.country) else ("country",)),
                *(("name",) if entry.name_outdated else ()),
                *(("agreement",) if role in (Role.PROCESSOR, Role.JOINT_CONTROLLER) else ()),
            ),
        )

    def _group(self, key: str, entry: RecipientGroup) -> Recipient:
        role = _ROLES.get(entry.role)
        return Recipient(
            id=key,
            name=entry.name,
            role=None if entry.inferred else role,
            provenance=self.provenance(entry.evidence),
            confirm=(
                "name",  # a group is a promise of names
                *(() if role and not entry.inferred else ("role",)),
                "country",
                *(("agreement",) if role is Role.PROCESSOR else ()),
            ),
        )

    def _transfers(self) -> Iterator[Transfer]:
        """Give one transfer for each recipient and country, that with a tool before one without."""
        ids = Ids()
        done: set[tuple[str, str]] = set()
        flows = sorted(self.view.transfers.flows, key=lambda flow: not flow.mechanism)
        for flow in flows:
            if flow.third_country is False:
                continue
            for target in flow.to:
                organisation = self.notice.organisation(target)
                recipient = self.recipient_of.get(target)
                stated = _country(flow.country)
                known = (
                    _country(organisation.country or organisation.country_inferred)
                    if (organisation)
                    else None
                )
                country = stated or known
                if not (recipient and country and _is_third(country)) or (
                    (recipient, country) in done
                ):
                    continue
                done.add((recipient, country))
                tool = _TOOLS.get(flow.mechanism)
                yield Transfer(
                    id=ids.of(f"{recipient}-{country}", "transfer"),
                    recipient=recipient,
                    country=country,
                    tool=tool,
                    version=flow.scc_version,
                    provenance=self.provenance(flow.evidence),
                    confirm=(
                        *(() if stated else ("country",)),
                        *(() if tool else ("tool",)),
                        *(("version",) if tool is Tool.SCC and not flow.scc_version else ()),
                        *(("signed", "assessed") if tool in (Tool.SCC, Tool.BCR) else ()),
                    ),
                )

    def _systems(self) -> Iterator[System]:
        """Give the recruiting system, if the notice names who runs it."""
        for organisation in self.view.organisations:
            if self.notice.matches(organisation.function, "says", "recruiting_system"):
                yield System(
                    id=Ids().of(f"{self.recipient_of[organisation.id]}-system", "system"),
                    name=organisation.alias or organisation.name,
                    kind="recruiting_system",
                    operator=self.recipient_of[organisation.id],
                    provenance=self.provenance(organisation.evidence),
                    confirm=("kind", "country", "sources"),
                )


def _country(text: str) -> str | None:
    return text if _COUNTRY.fullmatch(text) else None


def _is_third(country: str) -> bool:
    return _country(country) is not None and country not in places().eea
