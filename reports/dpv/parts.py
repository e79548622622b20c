"""What the nodes of the linked data are made of: names, values, and parts that several share.

A name follows from the entry's id. A part that says nothing is left out when a node is pruned.
"""

import json
import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from detectors.taxonomy import taxonomy
from reports.wording import wording
from reports.workbook.vocabulary import LANGUAGES, word
from ropa.model import (
    Activity,
    Agreement,
    Assessment,
    Contact,
    Declaration,
    Processing,
    Recipient,
    System,
    Text,
    Transfer,
)

Node = dict[str, object]
"""A JSON-LD node; keys and types are compact IRIs."""
_WEEKS = re.compile(r"P(\d+)W")


# --- names


def name_of(entry: Activity | Processing | Recipient | Transfer | System) -> str:
    """Give the name of an entry."""
    kind = type(entry).__name__.lower()
    return f"reg:{kind}/{quoted(entry.id)}"


def name_of_part(activity: Activity, kind: str, key: str) -> str:
    """Give the name of what belongs to an activity."""
    return f"{name_of(activity)}/{kind}/{quoted(key)}"


def quoted(text: str) -> str:
    """Write a text as a name may hold it."""
    return quote(text, safe="", errors="backslashreplace")


def ref(iri: str) -> Node:
    """Point to a node."""
    return {"@id": iri}


def refs(kind: str, ids: Iterable[str]) -> list[Node]:
    """Point to entries of one kind, each once."""
    return [ref(f"reg:{kind}/{quoted(each)}") for each in sorted(set(ids))]


def country(code: str | None) -> Node | None:
    """Point to a country."""
    return ref(f"loc:{code}") if code else None


# --- values


def in_languages(text: Text) -> list[object]:
    """Give the text in each language; words that are the same in all have none that we know of."""
    found = {language: getattr(text, language) for language in LANGUAGES}
    if len(set(found.values())) == 1:
        return [value for value in (text.en,) if value]
    return [{"@language": language, "@value": value} for language, value in found.items() if value]


def labels(vocabulary: str, value: str) -> list[object]:
    """Give what a value of a vocabulary is called, in each language."""
    return in_languages(
        Text(**{each: word(wording(each), vocabulary, value) for each in LANGUAGES})
    )


def day(value: date | None) -> Node | None:
    """Write a date."""
    return {"@type": "xsd:date", "@value": value.isoformat()} if value else None


def period(value: str) -> Node:
    """Write a period; XML Schema has no weeks."""
    weeks = _WEEKS.fullmatch(value)
    days = f"P{int(weeks[1]) * 7}D" if weeks else value
    return {"@type": "xsd:duration", "@value": days}


def described(types: str | list[str], text: Text) -> Node | None:
    """Tell a thing that is only described."""
    description = in_languages(text)
    return {"@type": types, "dct:description": description} if description else None


def pruned(node: Node) -> Node:
    """Leave out what says nothing, and put in order what has none."""
    kept = {key: _kept(value) for key, value in node.items()}
    return {key: value for key, value in sorted(kept.items()) if _says(value)}


def _kept(value: object) -> object:
    if isinstance(value, dict):
        return pruned(value)
    if isinstance(value, list):
        kept = {json.dumps(each, sort_keys=True): each for each in map(_kept, value) if _says(each)}
        return [kept[key] for key in sorted(kept)]
    return value


def _says(value: object) -> bool:
    return value is not None and value not in ("", [], {})


# --- parts that several nodes have


def origin(entry: Declaration) -> Node:
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


def contact(who: Contact) -> Node:
    """Tell who someone is and how to reach them."""
    return {
        "@type": "dpv:DataController",
        "dpv:hasName": who.name,
        "dpv:hasAddress": who.address,
        "dpv:hasContact": [who.email, who.phone],
        **origin(who),
    }


def agreement(held: Agreement | None, kind: str) -> Node | None:
    """Tell an agreement."""
    if held is None:
        return None
    return {
        "@type": kind,
        "dct:identifier": held.reference,
        "dct:issued": day(held.signed),
        "dct:modified": day(held.reviewed),
        "kartta:ends": day(held.ends),
    }


def assessment(kind: str, held: Assessment | None) -> Node | None:
    """Tell an assessment that was made."""
    if held is None:
        return None
    return {
        "@type": kind,
        "dct:date": day(held.done),
        "dct:identifier": held.reference,
        "dct:description": in_languages(held.outcome),
    }


def personal_data(key: str, name: str) -> Node:
    """Tell a category of personal data."""
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
        "skos:prefLabel": in_languages(Text(en=known.en, fi=known.fi)) if known else [key],
    }
