"""A first register from a privacy notice (GDPR Art. 30(1)), for a person to confirm.

Every entry says on which line and by which words the notice declares it. What the notice does not
say stays empty, what is concluded is filled in, and both are named in the entry's `confirm`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

import yaml

from detectors.taxonomy import taxonomy
from ropa.model import (
    Activity,
    Article6,
    Article9,
    Category,
    Contact,
    Controller,
    Notice,
    Provenance,
    Purpose,
    Recipient,
    Register,
    Retention,
    Role,
    Status,
    System,
    Text,
    Tool,
    Transfer,
    Trigger,
)
from ropa.notice.base import Evidence
from ropa.notice.checks.base import Checked
from ropa.notice.checks.storage import trigger_of
from ropa.notice.text import NoticeText
from ropa.notice.view import Category as DeclaredCategory
from ropa.notice.view import Organisation, RecipientGroup, View
from ropa.notice.view import Purpose as DeclaredPurpose
from ropa.notice.view import Retention as DeclaredRetention
from ropa.places import places

MAIN, MARKETING = "recruitment", "marketing"
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
_NO_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 48
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


@dataclass
class _Ids:
    """Ids that are given once."""

    taken: set[str] = field(default_factory=set)

    def of(self, name: str, otherwise: str) -> str:
        """Make an id of a name."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        start = _NO_ID.sub("-", plain).strip("-")[:_LONGEST_ID].strip("-") or otherwise
        key, number = start, 2
        while key in self.taken:
            key, number = f"{start}-{number}", number + 1
        self.taken.add(key)
        return key


class _Draft:
    """One draft: recipients first, since activities and transfers name them."""

    def __init__(self, notice: Checked) -> None:
        self._notice = notice
        self._view = notice.view
        self._recipient_of: dict[str, str] = {}
        self._ids = _Ids()

    def register(self) -> Register:
        """Put the parts together."""
        recipients = tuple(self._recipients())
        transfers = tuple(self._transfers())
        systems = tuple(self._systems())
        return Register(
            controller=self._controller(),
            notice=self._about_the_notice(),
            activities=tuple(self._activities(recipients, transfers, systems)),
            recipients=recipients,
            transfers=transfers,
            systems=systems,
        )

    def _provenance(self, *parts: Iterable[Evidence]) -> tuple[Provenance, ...]:
        quotes = dict.fromkeys(one for part in parts for one in part)
        name = self._notice.text.name
        return tuple(
            Provenance(source=name, place=f"line {one.line}", quote=one.quote) for one in quotes
        )

    def _words(self, text: str) -> Text:
        """Keep a text in the notice's own language where the register has it."""
        return Text(fi=text) if self._notice.text.language == "fi" else Text(en=text)

    def _controller(self) -> Controller:
        said = self._view.controller
        name = said.legal_entity.text or said.name_as_written.text
        country = self._notice.country
        scope = any(fact.text and not fact.inferred for fact in self._view.meta.country_scope)
        own = [entry for entry in self._view.contacts if entry.role in _OWN_CONTACTS - {"website"}]
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
            provenance=self._provenance(
                said.legal_entity.evidence or said.name_as_written.evidence,
                said.business_id.evidence,
                said.postal_address.evidence,
            ),
            confirm=confirm,
        )

    def _officer(self) -> Contact | None:
        for entry in self._view.contacts:
            if entry.role == "data_protection_officer" and (entry.email or entry.phone):
                return Contact(
                    name=entry.name or UNSAID,
                    email=entry.email,
                    phone=entry.phone,
                    provenance=self._provenance(entry.evidence),
                    confirm=() if entry.name else ("name",),
                )
        return None

    def _domains(self) -> Iterator[str]:
        for entry in self._view.contacts:
            for text in (entry.email, entry.domain, entry.url):
                found = _DOMAIN.match(text.strip()) if entry.role in _OWN_CONTACTS else None
                if found and found[1].lower() not in places().public_mail:
                    yield found[1].lower()

    def _about_the_notice(self) -> Notice:
        version = self._view.meta.version
        keys = (key for entry in self._view.data_categories for key in _keys(entry))
        countries = (flow.country for flow in self._view.transfers.flows)
        return Notice(
            file=self._notice.text.name,
            version=version.text,
            year=version.year or (int(version.exact_date[:4]) if version.exact_date else None),
            categories=tuple(dict.fromkeys(keys)),
            countries=tuple(dict.fromkeys(key for key in countries if _is_third(key))),
        )

    def _recipients(self) -> Iterator[Recipient]:
        for organisation in self._view.organisations:
            key = self._ids.of(organisation.name, "recipient")
            self._recipient_of[organisation.id] = key
            yield self._organisation(key, organisation)
        for group in self._view.recipients.groups:
            if group.direction != "inbound":
                key = self._ids.of(group.name, "recipients")
                self._recipient_of[group.id] = key
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
            provenance=self._provenance(entry.evidence),
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
            provenance=self._provenance(entry.evidence),
            confirm=(
                "name",  # a group is a promise of names
                *(() if role and not entry.inferred else ("role",)),
                "country",
                *(("agreement",) if role is Role.PROCESSOR else ()),
            ),
        )

    def _transfers(self) -> Iterator[Transfer]:
        """Give one transfer for each recipient and country, that with a tool before one without."""
        ids = _Ids()
        done: set[tuple[str, str]] = set()
        flows = sorted(self._view.transfers.flows, key=lambda flow: not flow.mechanism)
        for flow in flows:
            if flow.third_country is False:
                continue
            for target in flow.to:
                organisation = self._notice.organisation(target)
                recipient = self._recipient_of.get(target)
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
                    provenance=self._provenance(flow.evidence),
                    confirm=(
                        *(() if stated else ("country",)),
                        *(() if tool else ("tool",)),
                        *(("version",) if tool is Tool.SCC and not flow.scc_version else ()),
                        *(("signed", "assessed") if tool in (Tool.SCC, Tool.BCR) else ()),
                    ),
                )

    def _systems(self) -> Iterator[System]:
        """Give the recruiting system, if the notice names who runs it."""
        for organisation in self._view.organisations:
            if self._notice.matches(organisation.function, "says", "recruiting_system"):
                yield System(
                    id=_Ids().of(f"{self._recipient_of[organisation.id]}-system", "system"),
                    name=organisation.alias or organisation.name,
                    kind="recruiting_system",
                    operator=self._recipient_of[organisation.id],
                    provenance=self._provenance(organisation.evidence),
                    confirm=("kind", "country", "sources"),
                )

    def _activities(
        self,
        recipients: tuple[Recipient, ...],
        transfers: tuple[Transfer, ...],
        systems: tuple[System, ...],
    ) -> Iterator[Activity]:
        """Give the main activity, and marketing apart where the notice has purposes of it."""
        for_marketing = [entry for entry in self._view.purposes if self._is_marketing(entry)]
        others = [entry for entry in self._view.purposes if entry not in for_marketing]
        promoting = {
            self._recipient_of[entry.id]
            for entry in self._view.organisations
            if for_marketing and self._promotes(entry)
        } | {
            self._recipient_of[group.id]
            for group in self._view.recipients.groups
            if for_marketing and group.id in self._recipient_of and self._is_promotion(group)
        }
        yield self._activity(
            MAIN,
            others,
            [entry for entry in recipients if entry.id not in promoting],
            transfers,
            systems,
        )
        if for_marketing:
            yield self._activity(
                MARKETING,
                for_marketing,
                [entry for entry in recipients if entry.id in promoting],
                transfers,
                (),
            )

    def _activity(
        self,
        key: str,
        purposes: list[DeclaredPurpose],
        recipients: list[Recipient],
        transfers: tuple[Transfer, ...],
        systems: tuple[System, ...],
    ) -> Activity:
        is_main = key == MAIN
        names = {entry.id for entry in recipients}
        categories = tuple(self._categories()) if is_main else ()
        special = any(
            known.special
            for entry in categories
            if (known := taxonomy().categories.get(entry.key)) is not None
        )
        conditions = [_article9(entry.art9_condition) for entry in purposes]
        article9 = next((one for one in conditions if one), None)
        ids = _Ids()
        return Activity(
            id=key,
            name=_NAMES[key] if not is_main or self._notice.is_for_applicants else _NAMES[""],
            purposes=tuple(self._purpose(ids, entry) for entry in purposes),
            data_subjects=tuple(
                Text(en=entry.name, fi=entry.name) for entry in self._view.data_subjects if is_main
            ),
            categories=categories,
            article9=article9,
            recipients=tuple(entry.id for entry in recipients),
            transfers=tuple(entry.id for entry in transfers if entry.recipient in names),
            retention=tuple(self._retention()) if is_main else (),
            measures=self._words(self._measures()) if is_main else Text(),
            systems=tuple(entry.id for entry in systems),
            joint_controllers=tuple(
                entry.id for entry in recipients if entry.role is Role.JOINT_CONTROLLER
            ),
            status=Status.DRAFT,
            sources=tuple(self._words(quote) for quote in self._sources()) if is_main else (),
            automated_decisions=self._words(self._decisions()) if is_main else Text(),
            confirm=(
                "name",
                "purposes",
                "recipients",
                *(("data_subjects",) if any(e.inferred for e in self._view.data_subjects) else ()),
                *(() if categories else ("categories",)),
                *(("article9",) if special and not article9 else ()),
                "measures",
                "systems",
                *(() if is_main else ("retention",)),
            ),
        )

    def _purpose(self, ids: _Ids, entry: DeclaredPurpose) -> Purpose:
        known = entry.lawful_basis if entry.lawful_basis in get_args(Article6) else None
        basis: Any = known
        needs_statute = basis in ("A6-1-c", "A6-1-e") and not entry.statute_named
        return Purpose(
            id=ids.of(entry.name, "purpose"),
            name=Text(en=entry.name, fi=entry.name),
            basis=basis,
            statute=entry.statute_named,
            legitimate_interest=self._words(entry.legitimate_interest),
            provenance=self._provenance(entry.evidence),
            confirm=(
                *(() if basis and not entry.inferred else ("basis",)),
                *(("statute",) if needs_statute else ()),
                *(
                    ("legitimate_interest",)
                    if basis == "A6-1-f" and not entry.legitimate_interest
                    else ()
                ),
            ),
        )

    def _categories(self) -> Iterator[Category]:
        found: dict[str, list[DeclaredCategory]] = {}
        for entry in self._view.data_categories:
            for key in _keys(entry):
                found.setdefault(key, []).append(entry)
        for key, entries in found.items():
            denied = all(entry.processed.lower().startswith("false") for entry in entries)
            yield Category(
                key=key,
                condition=self._words(
                    "; ".join(dict.fromkeys(e.condition for e in entries if e.condition))
                ),
                provenance=self._provenance(*(entry.evidence[:1] for entry in entries)),
                confirm=("key",) if denied else (),
            )

    def _retention(self) -> Iterator[Retention]:
        ids = _Ids()
        for entry in self._view.retention:
            trigger = trigger_of(self._notice, entry)
            if entry.period or trigger is Trigger.CONSENT:
                yield self._limit(ids, entry, trigger)

    def _limit(self, ids: _Ids, entry: DeclaredRetention, trigger: Trigger | None) -> Retention:
        by_id = {category.id: category for category in self._view.data_categories}
        keys = [
            key for name in entry.data_categories if name in by_id for key in _keys(by_id[name])
        ]
        basis = self._basis_of(entry, trigger)
        return Retention(
            id=ids.of(entry.id, "limit"),
            categories=tuple(dict.fromkeys(keys)),
            duration=entry.period or None,
            trigger=trigger,
            basis=basis,
            provenance=self._provenance(entry.evidence),
            confirm=(
                *(() if entry.period else ("duration",)),
                *(("trigger",) if trigger is None or entry.trigger != trigger.value else ()),
                *(() if keys else ("categories",)),
                "basis",
            ),
        )

    def _basis_of(self, entry: DeclaredRetention, trigger: Trigger | None) -> Article6 | None:
        """Conclude the basis for which a limit holds, as its words tell."""
        quotes = " ".join(one.quote for one in entry.evidence)
        if trigger is Trigger.CONSENT:
            return "A6-1-a"
        if self._notice.matches(quotes, "says", "legitimate_interest"):
            return "A6-1-f"
        return None

    def _measures(self) -> str:
        return "\n".join(one.quote for entry in self._view.security for one in entry.evidence[:1])

    def _sources(self) -> Iterator[str]:
        for entry in self._view.sources:
            yield from dict.fromkeys(one.quote for one in entry.evidence)

    def _decisions(self) -> str:
        said = self._view.automated_decision_making.decisions
        return " ".join(one.quote for one in said.evidence) if said.value is True else ""

    def _is_marketing(self, entry: DeclaredPurpose) -> bool:
        return self._notice.matches(entry.name, "says", "marketing") or (
            "Marketing" in entry.dpv_purpose or "Advertising" in entry.dpv_purpose
        )

    def _promotes(self, entry: Organisation) -> bool:
        """Say whether an organisation is named for marketing or as a social platform."""
        about = f"{entry.function} {entry.kind}"
        return entry.kind == "platform" or self._notice.matches(about, "says", "marketing")

    def _is_promotion(self, entry: RecipientGroup) -> bool:
        return self._notice.matches(entry.name, "says", "promotion")


_NAMES = {
    MAIN: Text(en="Recruitment", fi="Rekrytointi"),
    MARKETING: Text(en="Marketing and social media", fi="Markkinointi ja sosiaalinen media"),
    "": Text(en="Processing that the notice describes", fi="Selosteen kuvaama käsittely"),
}


def _keys(entry: DeclaredCategory) -> Iterator[str]:
    """Give the keys of the taxonomy of a category's items: the reader's own, else by DPV's term."""
    known = taxonomy().categories
    for item in entry.items:
        if item.key in known:
            yield item.key
        elif item.dpv in _by_dpv():
            yield _by_dpv()[item.dpv]


def _by_dpv() -> dict[str, str]:
    """Map DPV's terms to keys, the narrowest first."""
    entries = taxonomy().categories.items()
    return {entry.dpv: key for key, entry in entries if entry.dpv and "." in key}


def _country(text: str) -> str | None:
    return text if _COUNTRY.fullmatch(text) else None


def _is_third(country: str) -> bool:
    return _country(country) is not None and country not in places().eea


def _article9(text: str) -> Article9 | None:
    known: tuple[Article9, ...] = get_args(Article9)
    return next((one for one in known if one in text), None)
