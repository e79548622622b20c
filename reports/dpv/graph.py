"""The register as linked data: JSON-LD in the W3C Data Privacy Vocabulary 2.3.

One object with `@context` and `@graph`. Each entry of the register is a node whose name follows
from the organisation's domain and the entry's id, so that the same entry has the same name in each
export. The terms are the vocabulary's; `urn:kartta:terms:` has the few that it lacks. Where the
register is silent there is no statement: nothing is said to be absent, unknown or not applicable.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, ClassVar

from reports.base import AuditResult
from reports.dpv.parts import (
    Node,
    agreement,
    assessment,
    contact,
    country,
    day,
    described,
    in_languages,
    labels,
    name_of,
    name_of_part,
    origin,
    period,
    personal_data,
    pruned,
    quoted,
    ref,
    refs,
)
from reports.dpv.terms import terms
from reports.text import json_text
from ropa.model import (
    Activity,
    Category,
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
    out.write(f"{json_text(document(register), indent=1)}\n".encode())


def document(register: Register) -> Node:
    """Give the whole graph as values."""
    context: Node = {
        prefix: {"@id": iri, "@prefix": True}
        for prefix, iri in {**terms().namespaces, "reg": _base(register)}.items()
    }
    nodes = sorted(map(pruned, _nodes(register)), key=lambda node: str(node["@id"]))
    return {"@context": {"@version": 1.1, **context}, "@graph": nodes}


def _base(register: Register) -> str:
    """Give the start of all names: the organisation's domain, else its number or its name."""
    who = register.controller
    return f"urn:kartta:register:{quoted(next(iter(who.domains), who.business_id or who.name))}:"


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
        yield from _all_personal_data(activity)
    for processing in register.processing:
        yield _processing(processing)
        yield from (
            {**contact(each), "@id": f"{name_of(processing)}/controller/{number}"}
            for number, each in enumerate(processing.controllers, start=1)
        )


# --- the register and its parties


def _record(register: Register) -> Node:
    entries: list[Activity | Processing] = [*register.activities, *register.processing]
    return {
        "@id": "reg:record",
        "@type": "dpv:ROPA",
        "dct:conformsTo": ref(terms().version),
        "dpv:hasDataController": ref("reg:controller"),
        "dpv:hasPersonalDataProcess": [ref(name_of(each)) for each in entries],
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
            personal_data(key, f"reg:notice/{quoted(key)}") for key in notice.categories
        ],
        "dpv:hasThirdCountry": [country(code) for code in notice.countries],
    }


def _parties(register: Register) -> Iterator[Node]:
    who = register.controller
    yield {
        **contact(who),
        "@id": "reg:controller",
        "@type": "dpv:DataController",
        "dpv:hasIdentifier": who.business_id,
        "dpv:hasCountry": country(who.country),
        "dpv:hasRepresentative": ref("reg:representative") if who.representative else None,
        "dpv:hasDataProtectionOfficer": ref("reg:dpo") if who.dpo else None,
    }
    if who.representative:
        yield {
            **contact(who.representative),
            "@id": "reg:representative",
            "@type": "dpv:Representative",
        }
    if who.dpo:
        yield {**contact(who.dpo), "@id": "reg:dpo", "@type": "dpv:DataProtectionOfficer"}


def _recipient(entry: Recipient) -> Node:
    return {
        "@id": name_of(entry),
        "@type": ["dpv:Recipient", terms().role(entry.role).type],
        "dpv:hasName": entry.name,
        "dpv:hasAddress": entry.address,
        "dpv:hasContact": entry.contact,
        "dpv:hasCountry": country(entry.country),
        "kartta:domain": list(entry.domains),
        "dpv:hasLegalMeasure": agreement(entry.agreement, terms().agreement(entry.role)),
        "dpv:hasDataProcessor": refs("recipient", entry.sub_processors),
        "dpv:isSubsidiaryOf": refs("recipient", filter(None, [entry.parent])),
        **origin(entry),
    }


def _system(entry: System) -> Node:
    return {
        "@id": name_of(entry),
        "@type": "dpv:Technology",
        "dct:title": entry.name,
        "kartta:kind": entry.kind,
        "dpv:hasCountry": country(entry.country),
        "dpv:isImplementedByEntity": refs("recipient", filter(None, [entry.operator])),
        **origin(entry),
    }


# --- transfers (Chapter V)


def _transfer(entry: Transfer) -> Node:
    found = terms().tool(entry)
    return {
        "@id": name_of(entry),
        "@type": ["dpv:Process", "kartta:Transfer"],
        "dpv:hasProcessing": ref("dpv:CrossBorderTransfer"),
        "dpv:hasDataExporter": ref("reg:controller"),
        "dpv:hasDataImporter": refs("recipient", [entry.recipient]),
        "dpv:hasCountry": country(entry.country),
        "dpv:hasThirdCountry": None if entry.country in places().eea else country(entry.country),
        "dpv:hasLegalBasis": ref(found.basis) if found.basis else None,
        "dpv:hasOrganisationalMeasure": [
            _tool(entry, found.type),
            described("eu-gdpr:SupplementaryMeasure", entry.supplementary),
        ],
        "dpv:hasAssessment": {
            "@type": "dpv:DataTransferImpactAssessment",
            "dct:date": day(entry.assessed),
        }
        if entry.assessed
        else None,
        "dct:references": entry.documents,
        **origin(entry),
    }


def _tool(entry: Transfer, kind: str | None) -> Node | None:
    if entry.tool is None:
        return None
    return {
        "@type": ["dpv:OrganisationalMeasure", *filter(None, [kind])],
        "skos:prefLabel": labels("tool", entry.tool),
        "dct:hasVersion": entry.version,
        "kartta:module": entry.module,
        "dct:issued": day(entry.signed),
    }


# --- activities (Art. 30(1))


def _activity(entry: Activity, register: Register) -> Node:
    return {
        "@id": name_of(entry),
        "@type": ["dpv:Process", "dpv:PersonalDataProcess", "kartta:Activity"],
        "skos:prefLabel": in_languages(entry.name),
        "dpv:hasDataController": ref("reg:controller"),
        "dpv:hasJointDataControllers": refs("recipient", entry.joint_controllers),
        "dpv:hasPurpose": [ref(name_of_part(entry, "purpose", each.id)) for each in entry.purposes],
        "dpv:hasLegalBasis": list(_bases(entry)),
        "dpv:hasDataSubject": [_subject(each) for each in entry.data_subjects],
        "dpv:hasPersonalData": [
            ref(name_of_part(entry, "data", each.key)) for each in entry.categories
        ],
        **_recipients(entry, register),
        "dpv:hasProcess": refs("transfer", entry.transfers),
        "dpv:hasStorageCondition": [
            *(ref(name_of_part(entry, "retention", each.id)) for each in entry.retention),
            described("dpv:StorageLocation", entry.location),
        ],
        "dpv:hasTechnicalOrganisationalMeasure": described(
            "dpv:TechnicalOrganisationalMeasure", entry.measures
        ),
        "dpv:isImplementedUsingTechnology": refs("system", entry.systems),
        **_further(entry),
        **origin(entry),
    }


def _bases(entry: Activity) -> Iterator[Node]:
    """Give the bases of its purposes, and the condition of Art. 9(2)."""
    for basis in {each.basis for each in entry.purposes} | {entry.article9}:
        if basis:
            yield ref(f"eu-gdpr:{basis}")


def _recipients(entry: Activity, register: Register) -> Mapping[str, list[Node]]:
    roles = {each.id: each.role for each in register.recipients}
    found: dict[str, list[Node]] = {}
    for key in entry.recipients:
        found.setdefault(terms().role(roles.get(key)).property, []).extend(refs("recipient", [key]))
    return found


def _subject(text: Text) -> Node | None:
    if not in_languages(text):
        return None
    kind = terms().subject(text.en, text.fi)
    return {
        "@type": ["dpv:DataSubject", *filter(None, [kind])],
        "skos:prefLabel": in_languages(text),
    }


def _further(entry: Activity) -> Node:
    """Tell what the authorities' templates ask beyond Art. 30(1)."""
    status = terms().status.get(entry.status)
    return {
        "kartta:function": in_languages(entry.function),
        "dct:created": day(entry.created),
        "dct:modified": day(entry.updated),
        "dpv:hasActivityStatus": ref(status) if status else None,
        "dpv:hasResponsibleEntity": {"@type": "dpv:Entity", "dpv:hasName": entry.owner}
        if entry.owner
        else None,
        "dpv:hasDataSource": [described("dpv:DataSource", each) for each in entry.sources],
        "dpv:hasRight": described("dpv:DataSubjectRight", entry.rights),
        "dpv:hasContext": described("dpv:AutomatedDecisionMaking", entry.automated_decisions),
        "dpv:hasImpactAssessment": assessment("dpv:DPIA", entry.dpia),
        "dpv:hasAssessment": assessment("dpv:LegitimateInterestAssessment", entry.lia),
        "kartta:consentRecord": entry.consent_record,
        "kartta:breachRecord": entry.breach_record,
        "skos:note": in_languages(entry.notes),
    }


def _purpose(entry: Purpose, activity: Activity) -> Node:
    return {
        "@id": name_of_part(activity, "purpose", entry.id),
        "@type": "dpv:Purpose",
        "skos:prefLabel": in_languages(entry.name),
        "dpv:hasLegalBasis": ref(f"eu-gdpr:{entry.basis}") if entry.basis else None,
        "dpv:hasApplicableLaw": {"@type": "dpv:Law", "dct:title": entry.statute}
        if entry.statute
        else None,
        "dpv:hasJustification": described("dpv:Justification", entry.legitimate_interest),
        **origin(entry),
    }


def _retention(entry: Retention, activity: Activity) -> Node:
    """Tell one time limit: how long, and from which event."""
    return {
        "@id": name_of_part(activity, "retention", entry.id),
        "@type": ["dpv:StorageCondition", "dpv:StorageDuration"],
        "dpv:hasDuration": {"@type": "dpv:TemporalDuration", "rdf:value": period(entry.duration)}
        if entry.duration
        else None,
        "kartta:runsFrom": ref(_trigger(entry.trigger)) if entry.trigger else None,
        "dpv:hasLegalBasis": ref(f"eu-gdpr:{entry.basis}") if entry.basis else None,
        "dpv:hasPersonalData": [
            ref(name_of_part(activity, "data", key)) for key in entry.categories
        ],
        "dct:description": in_languages(entry.exception),
        **origin(entry),
    }


def _trigger(value: str) -> str:
    return f"kartta:event/{value}"


def _triggers(register: Register) -> Iterator[Node]:
    limits = (each for activity in register.activities for each in activity.retention)
    for trigger in sorted({str(each.trigger) for each in limits if each.trigger}):
        yield {
            "@id": _trigger(trigger),
            "@type": "kartta:Event",
            "skos:prefLabel": labels("trigger", trigger),
        }


def _all_personal_data(activity: Activity) -> Iterator[Node]:
    declared: dict[str, list[Category]] = {}
    for entry in activity.categories:
        declared.setdefault(entry.key, []).append(entry)
    limited = {key for each in activity.retention for key in each.categories}
    for key in sorted(declared.keys() | limited):
        entries = declared.get(key, [])
        origins = [origin(each) for each in entries]
        yield {
            **personal_data(key, name_of_part(activity, "data", key)),
            "dct:description": [text for each in entries for text in in_languages(each.condition)],
            "dct:provenance": [each["dct:provenance"] for each in origins],
        }


# --- what is done for others (Art. 30(2))


def _processing(entry: Processing) -> Node:
    count = len(entry.controllers)
    return {
        "@id": name_of(entry),
        "@type": ["dpv:Process", "dpv:PersonalDataProcess", "kartta:ProcessingForOthers"],
        "skos:prefLabel": in_languages(entry.name),
        "dpv:hasDataProcessor": [
            ref("reg:controller"),
            *refs("recipient", entry.sub_processors),
        ],
        "dpv:hasDataController": [
            ref(f"{name_of(entry)}/controller/{number}") for number in range(1, count + 1)
        ],
        "dpv:hasProcessing": [
            {"@type": "dpv:Processing", "skos:prefLabel": in_languages(each)}
            for each in entry.categories
            if in_languages(each)
        ],
        "dpv:hasProcess": refs("transfer", entry.transfers),
        "dpv:hasTechnicalOrganisationalMeasure": described(
            "dpv:TechnicalOrganisationalMeasure", entry.measures
        ),
        "dpv:isImplementedUsingTechnology": refs("system", entry.systems),
        "dpv:hasLegalMeasure": agreement(entry.agreement, terms().agreements["processor"]),
        **origin(entry),
    }
