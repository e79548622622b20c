"""What can fill a column of a form, by name: only what the register says, and blank otherwise.

A form never shows that something was not recorded with words of its own: an authority's template
has no such word, and an empty cell says the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from detectors.taxonomy import taxonomy
from reports.text import visible
from reports.workbook import kinds
from reports.workbook.form import PARTIES
from reports.workbook.kinds import CellKind, Context, lines
from reports.workbook.model import Content
from reports.workbook.names import bracketed
from reports.workbook.vocabulary import duration, word
from ropa.model import (
    Activity,
    Agreement,
    Assessment,
    Contact,
    Processing,
    Recipient,
    Register,
    Retention,
    Role,
    Tool,
    Transfer,
)
from ropa.places import places

Table = Literal["parties", "activities", "processing"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a field needs to know of the cell that it fills."""

    known: Context
    keys: tuple[str, ...]
    """Branches of the taxonomy that belong in the column; empty for all."""
    elsewhere: tuple[str, ...]
    """Branches that belong in other columns: the nearest one decides."""
    words: Mapping[str, str]
    """The form's own words."""

    def label(self, key: str) -> str:
        """Give a word of the form, else ours."""
        return self.words.get(key) or self.known.words(key)


@dataclass(frozen=True, slots=True)
class Party:
    """The controller, its representative or its data protection officer, with its role."""

    role: str
    who: Contact


Source = Callable[[Any, Asked], Content]
"""Fills a cell from an entry of the table that it belongs to."""


def entries_of(register: Register, table: Table) -> tuple[Party | Activity | Processing, ...]:
    """Give the entries of a table in the order of a form's rows."""
    if table == "parties":
        who = register.controller
        found = zip(PARTIES, (who, who.representative, who.dpo), strict=True)
        return tuple(Party(role, contact) for role, contact in found if contact is not None)
    if table == "activities":
        return tuple(sorted(register.activities, key=lambda each: each.id))
    return tuple(sorted(register.processing, key=lambda each: each.id))


# --- parts that several fields share


def _shown(path: str, kind: CellKind[Any], entry: object, asked: Asked) -> Content:
    """Show a field of the register as the workbook does."""
    held: Any = entry
    for step in path.split("."):
        held = getattr(held, step, None)
    return "" if held is None else kind.show(held, asked.known)


def _field(path: str, kind: CellKind[Any]) -> Source:
    return partial(_shown, path, kind)


def _chosen(entries: Iterable[Any], ids: Iterable[str]) -> Iterator[Any]:
    known = {entry.id: entry for entry in entries}
    yield from (known[key] for key in ids if key in known)


def _recipients(entry: Activity, asked: Asked) -> Iterator[Recipient]:
    yield from _chosen(asked.known.register.recipients, entry.recipients)


def _transfers(entry: Activity | Processing, asked: Asked) -> Iterator[Transfer]:
    yield from _chosen(asked.known.register.transfers, entry.transfers)


def _reference(name: str, agreement: Agreement) -> str:
    return f"{visible(name)}: {visible(agreement.reference) or agreement.signed.isoformat()}"


def _period(policy: Retention, asked: Asked) -> str:
    words = asked.known.words
    what = ", ".join(words.category(key) for key in policy.categories)
    period = duration(words, policy.duration)
    start = word(words, "trigger", policy.trigger)
    limit = period + bracketed(start) if period else start
    limit = limit + bracketed(words.text(policy.exception))
    return f"{what}: {limit.strip()}" if what and limit else limit.strip()


def _assessment(held: Assessment | None, asked: Asked) -> str:
    """Tell how far an assessment is: the day on which it was done, and its outcome."""
    if held is None:
        return ""
    done = asked.known.words.day(held.done)
    return lines((done, asked.known.words.text(held.outcome)))


# --- fields of an activity


def _joint_controllers(entry: Activity, asked: Asked) -> str:
    found: Iterator[Recipient] = _chosen(asked.known.register.recipients, entry.joint_controllers)
    return lines(
        "; ".join(visible(part) for part in (each.name, each.address, each.contact) if part)
        for each in found
    )


def _purposes(entry: Activity, asked: Asked) -> str:
    return lines(asked.known.words.text(each.name) for each in entry.purposes)


def _bases(entry: Activity, asked: Asked) -> str:
    words = asked.known.words
    return lines(
        f"{words.text(each.name)}: {word(words, 'basis', each.basis)}"
        + bracketed(visible(each.statute))
        for each in entry.purposes
        if each.basis
    )


def _interests(entry: Activity, asked: Asked) -> str:
    return lines(asked.known.words.text(each.legitimate_interest) for each in entry.purposes)


def _nearest(key: str, branches: Iterable[str]) -> str:
    """Give the branch that holds a category most closely; nothing where none does."""
    holding = (branch for branch in branches if taxonomy().covers(branch, key))
    return max(holding, key=len, default="")


def _categories(entry: Activity, asked: Asked) -> str:
    mine = tuple(
        each
        for each in entry.categories
        if not asked.keys or _nearest(each.key, (*asked.keys, *asked.elsewhere)) in asked.keys
    )
    return str(kinds.CATEGORIES.show(mine, asked.known))


def _sensitive(entry: Activity, asked: Asked) -> str:
    """Say yes or no where the activity declares categories; silence is no answer."""
    if not entry.categories:
        return ""
    known = taxonomy().categories
    special = tuple(
        each for each in entry.categories if each.key in known and known[each.key].special
    )
    if not special:
        return asked.label("bool.no")
    return lines((asked.label("bool.yes"), str(kinds.CATEGORIES.show(special, asked.known))))


def _processors(entry: Activity, asked: Asked) -> str:
    found = _recipients(entry, asked)
    return lines(visible(each.name) for each in found if each.role is Role.PROCESSOR)


def _other_recipients(entry: Activity, asked: Asked) -> str:
    return lines(
        kinds.recipient_and_role(each.id, asked.known)
        for each in _recipients(entry, asked)
        if each.role is not Role.PROCESSOR
    )


def _contracts(entry: Activity, asked: Asked) -> str:
    return lines(
        _reference(each.name, each.agreement)
        for each in _recipients(entry, asked)
        if each.role is Role.PROCESSOR and each.agreement
    )


def _third_countries(entry: Activity | Processing, asked: Asked) -> str:
    countries = {each.country for each in _transfers(entry, asked)}
    return lines(sorted(countries - places().eea))


def _safeguards(entry: Activity | Processing, asked: Asked) -> str:
    return lines(
        f"{asked.known.names.labels['transfers'].get(each.id, each.id)}: "
        + word(asked.known.words, "tool", each.tool)
        + bracketed(visible(each.version))
        for each in _transfers(entry, asked)
        if each.tool
    )


def _exceptional_safeguards(entry: Activity | Processing, asked: Asked) -> str:
    """Tell the documentation of transfers under Art. 49(1) second subparagraph, and of no other."""
    words = asked.known.words
    return lines(
        lines((visible(each.documents), words.text(each.supplementary)))
        for each in _transfers(entry, asked)
        if each.tool is Tool.DEROGATION
    )


def _limits(entry: Activity, asked: Asked) -> str:
    return lines(_period(each, asked) for each in entry.retention)


def _location(entry: Activity, asked: Asked) -> str:
    """Tell where the data lie: the activity's own words, and the countries of its systems."""
    found = _chosen(asked.known.register.systems, entry.systems)
    told = (f"{visible(each.name)} ({each.country})" for each in found if each.country)
    return lines((asked.known.words.text(entry.location), *told))


def _dpia(entry: Activity, asked: Asked) -> str:
    return _assessment(entry.dpia, asked)


def _lia(entry: Activity, asked: Asked) -> str:
    return _assessment(entry.lia, asked)


# --- fields of what is done for others, and of the parties


def _contract(entry: Processing, asked: Asked) -> str:
    name = asked.known.words.text(entry.name)
    return _reference(name, entry.agreement) if entry.agreement else ""


def _role(entry: Party, asked: Asked) -> str:
    return asked.label(f"party.{entry.role}")


_SHARED: Mapping[str, Source] = {
    "name": _field("name", kinds.WORDS),
    "third_countries": _third_countries,
    "safeguards": _safeguards,
    "exceptional_safeguards": _exceptional_safeguards,
    "measures": _field("measures", kinds.WORDS),
    "systems": _field("systems", kinds.many_of("systems")),
}
FIELDS: Mapping[Table, Mapping[str, Source]] = {
    "parties": {
        "role": _role,
        "name": _field("who.name", kinds.TEXT),
        "address": _field("who.address", kinds.TEXT),
        "email": _field("who.email", kinds.TEXT),
        "phone": _field("who.phone", kinds.TEXT),
    },
    "activities": {
        **_SHARED,
        "article9": _field("article9", kinds.chosen("article9")),
        "automated_decisions": _field("automated_decisions", kinds.WORDS),
        "bases": _bases,
        "breach_record": _field("breach_record", kinds.TEXT),
        "categories": _categories,
        "consent_record": _field("consent_record", kinds.TEXT),
        "contracts": _contracts,
        "created": _field("created", kinds.DAY),
        "dpia": _dpia,
        "dpia_reference": _field("dpia.reference", kinds.TEXT),
        "function": _field("function", kinds.WORDS),
        "interests": _interests,
        "joint_controllers": _joint_controllers,
        "lia": _lia,
        "lia_reference": _field("lia.reference", kinds.TEXT),
        "location": _location,
        "notes": _field("notes", kinds.WORDS),
        "other_recipients": _other_recipients,
        "owner": _field("owner", kinds.TEXT),
        "processors": _processors,
        "purposes": _purposes,
        "recipients": _field("recipients", kinds.many_of("recipients", kinds.recipient_and_role)),
        "retention": _limits,
        "rights": _field("rights", kinds.WORDS),
        "sensitive": _sensitive,
        "sources": _field("sources", kinds.WORDLIST),
        "status": _field("status", kinds.STATUS),
        "subjects": _field("data_subjects", kinds.WORDLIST),
        "updated": _field("updated", kinds.DAY),
    },
    "processing": {
        **_SHARED,
        "categories": _field("categories", kinds.WORDLIST),
        "contract": _contract,
        "controllers": _field("controllers", kinds.CONTACTS),
        "sub_processors": _field("sub_processors", kinds.many_of("recipients")),
    },
}
