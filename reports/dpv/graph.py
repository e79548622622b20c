"""The register as linked data: JSON-LD in the W3C Data Privacy Vocabulary 2.3.

One object with `@context` and `@graph`. Each entry of the register is a node whose name follows
from the organisation's domain and the entry's id, so that the same entry has the same name in each
export. The terms are the vocabulary's; `urn:kartta:terms:` has the few that it lacks. Where the
register is silent there is no statement: nothing is said to be absent, unknown or not applicable.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import BinaryIO, ClassVar
from urllib.parse import quote

from detectors.taxonomy import taxonomy
from reports.base import AuditResult
from reports.dpv.terms import terms
from reports.wording import wording
from reports.workbook.vocabulary import LANGUAGES, word
from ropa.model import (
    Activity,
    Agreement,
    Assessment,
    Category,
    Contact,
    Declaration,
    Language,
    Processing,
    Purpose,
    Recipient,
    Register,
    Retention,
    System,
    Text,
    Transfer,
)
from ropa.places import places

Node = dict[str, object]
"""A JSON-LD node; keys and types are compact IRIs."""
_WEEKS = re.compile(r"P(\d+)W")


class JsonLdReport:
    """The declared side for programs that read linked data."""

    name: ClassVar[str] = "jsonld"
    suffix: ClassVar[str] = ".jsonld"

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the register; the language makes no difference, since both are in it."""
        del language
        write(result.register, out)


def write(register: Register, out: BinaryIO) -> None:
    """Write the register; the same register gives the same bytes."""
    text = json.dumps(document(register), ensure_ascii=False, indent=1)
    out.write(text.encode("utf-8", "backslashreplace") + b"\n")


def document(register: Register) -> Node:
    """Give the whole graph as values."""
    context: Node = {
        prefix: {"@id": iri, "@prefix": True}
        for prefix, iri in {**terms().namespaces, "reg": _base(register)}.items()
    }
    nodes = sorted(map(_pruned, _nodes(register)), key=lambda node: str(node["@id"]))
    return {"@context": {"@version": 1.1, **context}, "@graph": nodes}


def _base(register: Register) -> str:
    """Give the start of all names: the organisation's domain, else its number or its name."""
    who = register.controller
    return f"urn:kartta:register:{_quoted(next(iter(who.domains), who.business_id or who.name))}:"


def _nodes(register: Register) -> Iterator[Node]:
    yield _record(register)
    yield from _parties(register)
    yield from (_recipient(each) for each in register.recipients)
    yield from (_system(each) for each in register.systems)
    yield from (_transfer(each) for each in register.transfers)
    yield from _triggers(register)
    for activity in register.activities:
        yield _activity(activity, register)
        yield from (_purpose(each, activity) for each in activity.purposes)
        yield from (_retention(each, activity) for each in activity.retention)
        yield from _personal_data(activity)
    for processing in register.processing:
        yield _processing(processing)
        yield from (
            {**_contact(each), "@id": f"{_id(processing)}/controller/{number}"}
            for number, each in enumerate(processing.controllers, start=1)
        )


# --- names


def _id(entry: Activity | Processing | Recipient | Transfer | System) -> str:
    kind = type(entry).__name__.lower()
    return f"reg:{kind}/{_quoted(entry.id)}"


def _part(activity: Activity, kind: str, key: str) -> str:
    return f"{_id(activity)}/{kind}/{_quoted(key)}"


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="backslashreplace")


def _ref(iri: str) -> Node:
    return {"@id": iri}


def _refs(kind: str, ids: Iterable[str]) -> list[Node]:
    return [_ref(f"reg:{kind}/{_quoted(each)}") for each in sorted(set(ids))]


def _country(code: str | None) -> Node | None:
    return _ref(f"loc:{code}") if code else None


# --- values


def _text(text: Text) -> list[object]:
    """Give the text in each language; words that are the same in all have none that we know of."""
    found = {language: getattr(text, language) for language in LANGUAGES}
    if len(set(found.values())) == 1:
        return [value for value in (text.en,) if value]
    return [{"@language": language, "@value": value} for language, value in found.items() if value]


def _labels(vocabulary: str, value: str) -> list[object]:
    return _text(Text(**{each: word(wording(each), vocabulary, value) for each in LANGUAGES}))


def _day(value: date | None) -> Node | None:
    return {"@type": "xsd:date", "@value": value.isoformat()} if value else None


def _period(value: str) -> Node:
    """Write a period; XML Schema has no weeks."""
    weeks = _WEEKS.fullmatch(value)
    days = f"P{int(weeks[1]) * 7}D" if weeks else value
    return {"@type": "xsd:duration", "@value": days}


def _described(types: str | list[str], text: Text) -> Node | None:
    told = _text(text)
    return {"@type": types, "dct:description": told} if told else None


def _origin(entry: Declaration) -> Node:
    """Tell where an entry comes from, and which of its fields no person has confirmed."""
    return {
        "dct:provenance": [
            {
                "@type": "dct:ProvenanceStatement",
                "dct:title": each.source,
                "dct:identifier": each.place,
                "rdf:value": each.quote,
            }
            for each in entry.provenance
        ],
        "kartta:unconfirmed": sorted(entry.confirm),
    }


def _pruned(node: Node) -> Node:
    """Leave out what says nothing, and put in order what has none."""
    kept = {key: _kept(value) for key, value in node.items()}
    return {key: value for key, value in sorted(kept.items()) if _says(value)}


def _kept(value: object) -> object:
    if isinstance(value, dict):
        return _pruned(value)
    if isinstance(value, list):
        kept = {json.dumps(each, sort_keys=True): each for each in map(_kept, value) if _says(each)}
        return [kept[key] for key in sorted(kept)]
    return value


def _says(value: object) -> bool:
    return value is not None and value not in ("", [], {})


# --- the register and its parties


def _record(register: Register) -> Node:
    entries: list[Activity | Processing] = [*register.activities, *register.processing]
    return {
        "@id": "reg:record",
        "@type": "dpv:ROPA",
        "dct:conformsTo": _ref(terms().version),
        "dpv:hasDataController": _ref("reg:controller"),
        "dpv:hasPersonalDataProcess": [_ref(_id(each)) for each in entries],
        "dpv:hasNotice": _notice(register),
    }


def _notice(register: Register) -> Node | None:
    notice = register.notice
    if not notice.is_given:
        return None
    return {
        "@id": "reg:notice",
        "@type": "dpv:PrivacyNotice",
        "dct:identifier": notice.file,
        "dct:hasVersion": notice.version,
        "dct:date": {"@type": "xsd:gYear", "@value": f"{notice.year:04}"} if notice.year else None,
        "dpv:hasPersonalData": [
            _data(key, f"reg:notice/{_quoted(key)}") for key in notice.categories
        ],
        "dpv:hasThirdCountry": [_country(code) for code in notice.countries],
    }


def _parties(register: Register) -> Iterator[Node]:
    who = register.controller
    yield {
        **_contact(who),
        "@id": "reg:controller",
        "@type": "dpv:DataController",
        "dpv:hasIdentifier": who.business_id,
        "dpv:hasCountry": _country(who.country),
        "dpv:hasRepresentative": _ref("reg:representative") if who.representative else None,
        "dpv:hasDataProtectionOfficer": _ref("reg:dpo") if who.dpo else None,
    }
    if who.representative:
        yield {
            **_contact(who.representative),
            "@id": "reg:representative",
            "@type": "dpv:Representative",
        }
    if who.dpo:
        yield {**_contact(who.dpo), "@id": "reg:dpo", "@type": "dpv:DataProtectionOfficer"}


def _contact(who: Contact) -> Node:
    return {
        "@type": "dpv:DataController",
        "dpv:hasName": who.name,
        "dpv:hasAddress": who.address,
        "dpv:hasContact": [who.email, who.phone],
        **_origin(who),
    }


def _recipient(entry: Recipient) -> Node:
    return {
        "@id": _id(entry),
        "@type": ["dpv:Recipient", terms().role(entry.role).type],
        "dpv:hasName": entry.name,
        "dpv:hasAddress": entry.address,
        "dpv:hasContact": entry.contact,
        "dpv:hasCountry": _country(entry.country),
        "kartta:domain": list(entry.domains),
        "dpv:hasLegalMeasure": _agreement(entry.agreement, terms().agreement(entry.role)),
        "dpv:hasDataProcessor": _refs("recipient", entry.sub_processors),
        "dpv:isSubsidiaryOf": _refs("recipient", filter(None, [entry.parent])),
        **_origin(entry),
    }


def _agreement(agreement: Agreement | None, kind: str) -> Node | None:
    if agreement is None:
        return None
    return {
        "@type": kind,
        "dct:identifier": agreement.reference,
        "dct:issued": _day(agreement.signed),
        "dct:modified": _day(agreement.reviewed),
        "kartta:ends": _day(agreement.ends),
    }


def _system(entry: System) -> Node:
    return {
        "@id": _id(entry),
        "@type": "dpv:Technology",
        "dct:title": entry.name,
        "kartta:kind": entry.kind,
        "dpv:hasCountry": _country(entry.country),
        "dpv:isImplementedByEntity": _refs("recipient", filter(None, [entry.operator])),
        **_origin(entry),
    }


# --- transfers (Chapter V)


def _transfer(entry: Transfer) -> Node:
    found = terms().tool(entry)
    return {
        "@id": _id(entry),
        "@type": ["dpv:Process", "kartta:Transfer"],
        "dpv:hasProcessing": _ref("dpv:CrossBorderTransfer"),
        "dpv:hasDataExporter": _ref("reg:controller"),
        "dpv:hasDataImporter": _refs("recipient", [entry.recipient]),
        "dpv:hasCountry": _country(entry.country),
        "dpv:hasThirdCountry": None if entry.country in places().eea else _country(entry.country),
        "dpv:hasLegalBasis": _ref(found.basis) if found.basis else None,
        "dpv:hasOrganisationalMeasure": [
            _tool(entry, found.type),
            _described("eu-gdpr:SupplementaryMeasure", entry.supplementary),
        ],
        "dpv:hasAssessment": {
            "@type": "dpv:DataTransferImpactAssessment",
            "dct:date": _day(entry.assessed),
        }
        if entry.assessed
        else None,
        "dct:references": entry.documents,
        **_origin(entry),
    }


def _tool(entry: Transfer, kind: str | None) -> Node | None:
    if entry.tool is None:
        return None
    return {
        "@type": ["dpv:OrganisationalMeasure", *filter(None, [kind])],
        "skos:prefLabel": _labels("tool", entry.tool),
        "dct:hasVersion": entry.version,
        "kartta:module": entry.module,
        "dct:issued": _day(entry.signed),
    }


# --- activities (Art. 30(1))


def _activity(entry: Activity, register: Register) -> Node:
    return {
        "@id": _id(entry),
        "@type": ["dpv:Process", "dpv:PersonalDataProcess", "kartta:Activity"],
        "skos:prefLabel": _text(entry.name),
        "dpv:hasDataController": _ref("reg:controller"),
        "dpv:hasJointDataControllers": _refs("recipient", entry.joint_controllers),
        "dpv:hasPurpose": [_ref(_part(entry, "purpose", each.id)) for each in entry.purposes],
        "dpv:hasLegalBasis": list(_bases(entry)),
        "dpv:hasDataSubject": [_subject(each) for each in entry.data_subjects],
        "dpv:hasPersonalData": [_ref(_part(entry, "data", each.key)) for each in entry.categories],
        **_recipients(entry, register),
        "dpv:hasProcess": _refs("transfer", entry.transfers),
        "dpv:hasStorageCondition": [
            *(_ref(_part(entry, "retention", each.id)) for each in entry.retention),
            _described("dpv:StorageLocation", entry.location),
        ],
        "dpv:hasTechnicalOrganisationalMeasure": _described(
            "dpv:TechnicalOrganisationalMeasure", entry.measures
        ),
        "dpv:isImplementedUsingTechnology": _refs("system", entry.systems),
        **_further(entry),
        **_origin(entry),
    }


def _bases(entry: Activity) -> Iterator[Node]:
    """Give the bases of its purposes, and the condition of Art. 9(2)."""
    for basis in {each.basis for each in entry.purposes} | {entry.article9}:
        if basis:
            yield _ref(f"eu-gdpr:{basis}")


def _recipients(entry: Activity, register: Register) -> Mapping[str, list[Node]]:
    roles = {each.id: each.role for each in register.recipients}
    found: dict[str, list[Node]] = {}
    for key in entry.recipients:
        found.setdefault(terms().role(roles.get(key)).property, []).extend(
            _refs("recipient", [key])
        )
    return found


def _subject(text: Text) -> Node | None:
    if not _text(text):
        return None
    kind = terms().subject(text.en, text.fi)
    return {
        "@type": ["dpv:DataSubject", *filter(None, [kind])],
        "skos:prefLabel": _text(text),
    }


def _further(entry: Activity) -> Node:
    """Tell what the authorities' templates ask beyond Art. 30(1)."""
    status = terms().status.get(entry.status)
    return {
        "kartta:function": _text(entry.function),
        "dct:created": _day(entry.created),
        "dct:modified": _day(entry.updated),
        "dpv:hasActivityStatus": _ref(status) if status else None,
        "dpv:hasResponsibleEntity": {"@type": "dpv:Entity", "dpv:hasName": entry.owner}
        if entry.owner
        else None,
        "dpv:hasDataSource": [_described("dpv:DataSource", each) for each in entry.sources],
        "dpv:hasRight": _described("dpv:DataSubjectRight", entry.rights),
        "dpv:hasContext": _described("dpv:AutomatedDecisionMaking", entry.automated_decisions),
        "dpv:hasImpactAssessment": _assessment("dpv:DPIA", entry.dpia),
        "dpv:hasAssessment": _assessment("dpv:LegitimateInterestAssessment", entry.lia),
        "kartta:consentRecord": entry.consent_record,
        "kartta:breachRecord": entry.breach_record,
        "skos:note": _text(entry.notes),
    }


def _assessment(kind: str, held: Assessment | None) -> Node | None:
    if held is None:
        return None
    return {
        "@type": kind,
        "dct:date": _day(held.done),
        "dct:identifier": held.reference,
        "dct:description": _text(held.outcome),
    }


def _purpose(entry: Purpose, activity: Activity) -> Node:
    return {
        "@id": _part(activity, "purpose", entry.id),
        "@type": "dpv:Purpose",
        "skos:prefLabel": _text(entry.name),
        "dpv:hasLegalBasis": _ref(f"eu-gdpr:{entry.basis}") if entry.basis else None,
        "dpv:hasApplicableLaw": {"@type": "dpv:Law", "dct:title": entry.statute}
        if entry.statute
        else None,
        "dpv:hasJustification": _described("dpv:Justification", entry.legitimate_interest),
        **_origin(entry),
    }


def _retention(entry: Retention, activity: Activity) -> Node:
    """Tell one time limit: how long, and from which event."""
    return {
        "@id": _part(activity, "retention", entry.id),
        "@type": ["dpv:StorageCondition", "dpv:StorageDuration"],
        "dpv:hasDuration": {"@type": "dpv:TemporalDuration", "rdf:value": _period(entry.duration)}
        if entry.duration
        else None,
        "kartta:runsFrom": _ref(_trigger(entry.trigger)) if entry.trigger else None,
        "dpv:hasLegalBasis": _ref(f"eu-gdpr:{entry.basis}") if entry.basis else None,
        "dpv:hasPersonalData": [_ref(_part(activity, "data", key)) for key in entry.categories],
        "dct:description": _text(entry.exception),
        **_origin(entry),
    }


def _trigger(value: str) -> str:
    return f"kartta:event/{value}"


def _triggers(register: Register) -> Iterator[Node]:
    limits = (each for activity in register.activities for each in activity.retention)
    for trigger in sorted({str(each.trigger) for each in limits if each.trigger}):
        yield {
            "@id": _trigger(trigger),
            "@type": "kartta:Event",
            "skos:prefLabel": _labels("trigger", trigger),
        }


def _personal_data(activity: Activity) -> Iterator[Node]:
    declared: dict[str, list[Category]] = {}
    for entry in activity.categories:
        declared.setdefault(entry.key, []).append(entry)
    limited = {key for each in activity.retention for key in each.categories}
    for key in sorted(declared.keys() | limited):
        entries = declared.get(key, [])
        origins = [_origin(each) for each in entries]
        yield {
            **_data(key, _part(activity, "data", key)),
            "dct:description": [text for each in entries for text in _text(each.condition)],
            "dct:provenance": [each["dct:provenance"] for each in origins],
        }


def _data(key: str, name: str) -> Node:
    known = taxonomy().categories.get(key)
    kinds = ["dpv:PersonalData"]
    if known and known.dpv:
        kinds.append(known.dpv)
    if known and known.special:
        kinds.append("dpv:SpecialCategoryPersonalData")
    return {
        "@id": name,
        "@type": sorted(set(kinds)),
        "skos:notation": key,
        "skos:prefLabel": _text(Text(en=known.en, fi=known.fi)) if known else [key],
    }


# --- what is done for others (Art. 30(2))


def _processing(entry: Processing) -> Node:
    count = len(entry.controllers)
    return {
        "@id": _id(entry),
        "@type": ["dpv:Process", "dpv:PersonalDataProcess", "kartta:ProcessingForOthers"],
        "skos:prefLabel": _text(entry.name),
        "dpv:hasDataProcessor": [
            _ref("reg:controller"),
            *_refs("recipient", entry.sub_processors),
        ],
        "dpv:hasDataController": [
            _ref(f"{_id(entry)}/controller/{number}") for number in range(1, count + 1)
        ],
        "dpv:hasProcessing": [
            {"@type": "dpv:Processing", "skos:prefLabel": _text(each)}
            for each in entry.categories
            if _text(each)
        ],
        "dpv:hasProcess": _refs("transfer", entry.transfers),
        "dpv:hasTechnicalOrganisationalMeasure": _described(
            "dpv:TechnicalOrganisationalMeasure", entry.measures
        ),
        "dpv:isImplementedUsingTechnology": _refs("system", entry.systems),
        "dpv:hasLegalMeasure": _agreement(entry.agreement, terms().agreements["processor"]),
        **_origin(entry),
    }
