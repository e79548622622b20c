"""What an erasure would have to do, copy by copy, and what speaks against it. Nothing is deleted.

The list proposes; a person decides. A ground to keep is an exception of Art. 17(3) GDPR, with the
state of the copy's retention clock as what it rests on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ropa.clock import ClockState
from ropa.data_subject.found import FoundCopy
from ropa.linking.persons import Strength
from ropa.model import Recipient, Register
from ropa.observed import activities_of, recipient_of, systems_of
from scanner.locator import Locator
from scanner.model import Flow


class Store(StrEnum):
    """What kind of store a source is, as far as erasing goes."""

    MAIL = "mail"
    ROWS = "rows"
    RECRUITING = "recruiting"
    FILES = "files"


class Action(StrEnum):
    """What is to be done to a copy."""

    DELETE_MESSAGE = "delete_message"
    DELETE_ROW = "delete_row"
    DELETE_RECORD = "delete_record"
    """In the recruiting system, by its own erasure."""
    DELETE_FILE = "delete_file"
    DELETE_PART = "delete_part"
    """An attachment, a file in an archive, a row of a workbook."""
    REDACT = "redact"
    """Somebody else's data stand in it too: only this person's are taken out."""


class Decision(StrEnum):
    """What the state of the clock says."""

    ERASE = "erase"
    KEEP = "keep"
    DECIDE = "decide"
    """A ground to keep may hold: somebody must judge how much is needed for it."""


CITED: Mapping[ClockState | None, tuple[Decision, tuple[str, ...]]] = {
    ClockState.PAST: (Decision.ERASE, ("GDPR Art. 17(1)(a)",)),
    ClockState.CONSENT: (Decision.ERASE, ("GDPR Art. 17(1)(b)",)),
    ClockState.WITHIN: (Decision.DECIDE, ("GDPR Art. 17(3)(e)",)),
    ClockState.HELD: (Decision.KEEP, ("GDPR Art. 17(3)(e)",)),
    ClockState.EMPLOYEE: (Decision.DECIDE, ("GDPR Art. 17(3)(b)",)),
    ClockState.UNKNOWN: (Decision.DECIDE, ("GDPR Art. 17(1)", "GDPR Art. 17(3)")),
    None: (Decision.DECIDE, ("GDPR Art. 17(1)", "GDPR Art. 17(3)")),
}
"""By where the clock of a copy stands: what is proposed, and the clauses that it rests on."""


_OWN_DOCUMENTS = frozenset({"recruitment.cv", "recruitment.application"})
"""What is the person's as a whole, though it names referees."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One copy and what is to be done to it."""

    copy: FoundCopy
    action: Action
    decision: Decision
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of the erasure (Art. 19)."""

    name: str
    """Of a declared recipient; else the domain to which data went."""
    is_declared: bool
    domains: tuple[str, ...]
    """To which these copies were seen going."""


def erasures(copies: Iterable[FoundCopy], stores: Mapping[str, Store]) -> tuple[Erasure, ...]:
    """Propose what is done to each copy."""
    return tuple(_erasure(each, stores.get(each.source, Store.FILES)) for each in copies)


def told(
    register: Register, sources: Iterable[str], flows: Iterable[Flow], own: frozenset[str]
) -> tuple[Told, ...]:
    """Give the recipients of these sources' activities, and where the copies were seen going.

    `own` are the person's own keyed addresses: a letter to them is no disclosure.
    """
    seen: dict[str, None] = {}
    for flow in flows:
        if not (flow.addresses and own.issuperset(flow.addresses)):
            seen[flow.domain] = None
    declared = {
        name for each in sources for activity in activities_of(register, each)
        for name in activity.recipients
    }  # fmt: skip
    by_recipient: dict[str, list[str]] = {}
    unknown = []
    for domain in sorted(seen):
        recipient = recipient_of(register, domain)
        if recipient is None:
            unknown.append(Told(domain, is_declared=False, domains=(domain,)))
        else:
            by_recipient.setdefault(recipient.id, []).append(domain)
    known = [
        Told(each.name, is_declared=True, domains=tuple(by_recipient.get(each.id, ())))
        for each in _in_order(register.recipients)
        if each.id in declared or each.id in by_recipient
    ]
    return (*known, *unknown)


def backed_up(register: Register, sources: Iterable[str]) -> tuple[str, ...]:
    """Name the systems whose backups hold the copies too, until they are written over."""
    found = (each.name for source in sorted(set(sources)) for each in systems_of(register, source))
    return tuple(dict.fromkeys(found))


def _erasure(copy: FoundCopy, store: Store) -> Erasure:
    decision, references = CITED[copy.state]
    if decision is Decision.ERASE and copy.strength is Strength.WEAK:
        decision = Decision.DECIDE  # whether it is this person's comes first
    return Erasure(copy, _action(copy, store), decision, references)


def _action(copy: FoundCopy, store: Store) -> Action:
    locator = Locator.parse(copy.locator)
    if store is Store.ROWS:
        return Action.DELETE_ROW
    if store is Store.RECRUITING:
        return Action.DELETE_RECORD
    if copy.is_shared and _OWN_DOCUMENTS.isdisjoint(copy.categories):
        return Action.REDACT
    if locator:
        return Action.DELETE_PART
    return Action.DELETE_MESSAGE if store is Store.MAIL else Action.DELETE_FILE


def _in_order(recipients: Sequence[Recipient]) -> Sequence[Recipient]:
    return sorted(recipients, key=lambda each: each.name)
