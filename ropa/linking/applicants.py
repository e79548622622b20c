"""Who has applied, as far as something says so, and whom an event of a record concerns."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from ropa.linking.candidacy import in_mail
from ropa.linking.persons import WHOLE, Mention, Persons, bears, has_role, name_of
from ropa.linking.positions import Positions
from ropa.linking.tied import Tied, Ties
from scanner.model import MilestoneKind
from scanner.summary import DatedEvent

DOCUMENTS = frozenset(
    {
        "recruitment.application",
        "recruitment.cv",
        "recruitment.certificate",
        "recruitment.interview",
        "recruitment.test",
        "security.clearance",
    }
)
"""What is an applicant's, or about one."""
_FROM_SENDER = frozenset(
    {
        MilestoneKind.WITHDRAWN,
        MilestoneKind.CONSENT_GIVEN,
        MilestoneKind.CONSENT_WITHDRAWN,
        MilestoneKind.ERASURE_REQUESTED,
        MilestoneKind.ACCESS_REQUESTED,
        MilestoneKind.RIGHT_USED,
    }
)
"""What a mail's sender says of themselves; everything else is said to its recipients."""
_OF_APPLICANTS = frozenset(MilestoneKind) - {
    MilestoneKind.CLOSED,
    MilestoneKind.FILLED,
    MilestoneKind.ACTIVITY,
    MilestoneKind.ERASURE_REQUESTED,
    MilestoneKind.ACCESS_REQUESTED,
    MilestoneKind.RIGHT_USED,
    MilestoneKind.IDENTITY_CONFIRMED,
    MilestoneKind.EXTENDED,
    MilestoneKind.ANSWERED,
}
"""Whoever has one of these has applied."""


class Applicants:
    """Looks for applicants among the people of a scan's records."""

    def __init__(
        self,
        ties: Ties,
        positions: Positions,
        persons: Persons,
        mentions: list[dict[int, Mention]],
    ) -> None:
        self._ties = ties
        self._positions = positions
        self._persons = persons
        self._mentions = mentions

    def found(self) -> frozenset[int]:
        """Give those of whom something says that they have applied."""
        found: set[int] = set()
        senders: defaultdict[int, set[int]] = defaultdict(set)
        for each in self._ties.records:
            mentions = self._mentions[each.number]
            if not mentions:
                continue
            for event in each.facts.events:
                if event.kind in _OF_APPLICANTS and self._is_said_of_applicants(each, event):
                    found.update(self.whom(each, event.kind))
            if each.is_row:
                if self._positions.of(each) is not None:
                    found.update(self._own(each))
            elif any(has_role(one, "sender") for one in mentions.values()):
                self._note_sender(each, senders)
            elif DOCUMENTS.intersection(each.facts.documents):
                found.update(self._authors(each))
        others = self._spoken_of(senders.keys() - found, found)
        found.update(
            number
            for number, records in senders.items()
            if number in found or (records and len(others[number]) == 0)
        )
        return frozenset(found)

    def whom(self, record: Tied, kind: MilestoneKind) -> Iterator[int]:
        """Give whom an event of a record concerns."""
        mentions = self._mentions[record.number]
        recipients = [n for n, each in mentions.items() if has_role(each, "recipient")]
        senders = [n for n, each in mentions.items() if has_role(each, "sender")]
        if kind in _FROM_SENDER and senders:
            yield from senders
        elif recipients and kind not in _FROM_SENDER:
            yield from recipients
        elif not senders and not recipients:
            subjects = list(mentions)
            if record.is_row or len(subjects) == 1:
                yield from subjects[:1] if record.is_row else subjects

    def absorb(self, applicants: frozenset[int]) -> frozenset[int]:
        """Let who is known by an identity number alone be the applicant of that name there.

        A certificate names somebody by name and number, the application by name and address.
        """
        applied: defaultdict[int, set[int]] = defaultdict(set)
        for each in self._ties.records:
            position = self._positions.of(each)
            if position is not None and each.facts.position is None:
                applied[position].update(applicants & self._mentions[each.number].keys())
        for each in self._ties.records:
            position = self._positions.of(each)
            for number in list(self._mentions[each.number]) if position is not None else ():
                if not self._persons.is_bare(number):
                    continue
                found = {
                    other
                    for name in self._persons.people[number].names
                    for other in self._persons.bearing(name)
                    if not self._persons.is_bare(other)
                } & applied[position if position is not None else -1]
                if len(found) == 1:
                    self._become(number, found.pop())
                    applicants -= {number}
        return applicants

    def _become(self, one: int, other: int) -> None:
        self._persons.alias(one, other)
        for mentions in self._mentions:
            if one in mentions:
                mention = replace(mentions.pop(one), person=other)
                mentions.setdefault(other, mention)

    def _is_said_of_applicants(self, record: Tied, event: DatedEvent) -> bool:
        """Say whether an event makes somebody an applicant.

        A mail alone does not: the sentence that a choice was made stands in many a letter that is
        about no position, to customers and suppliers.
        """
        if not in_mail(event):
            return True
        is_letter = bool(DOCUMENTS.intersection(record.facts.documents))
        return is_letter or self._brings(record)

    def _note_sender(self, record: Tied, senders: defaultdict[int, set[int]]) -> None:
        """Note who sends mails about positions."""
        for number, mention in self._mentions[record.number].items():
            if has_role(mention, "sender"):
                about = self._brings(record) or DOCUMENTS.intersection(record.facts.documents)
                senders[number].update([record.number] if about else [])

    def _spoken_of(self, senders: Iterable[int], known: Collection[int]) -> Mapping[int, set[int]]:
        """Give who else is named in the mails of these senders, and in what they bring.

        Whoever writes about others is a head-hunter, a system, a referee: no applicant.
        """
        wanted = set(senders)
        found: defaultdict[int, set[int]] = defaultdict(set)
        for each in self._ties.records:
            mentions = self._mentions[each.number]
            outer = next(self._ties.outwards(each), each)
            sent = self._mentions[outer.number]
            for number in wanted & sent.keys():
                if has_role(sent[number], "sender"):
                    found[number].update(
                        other
                        for other, one in mentions.items()
                        if other != number and (not one.by or has_role(one, "subject"))
                    )
                    found[number].update(
                        bearer
                        for one in each.facts.people
                        if one.role == "subject" and len(name := name_of(one) or ()) >= WHOLE
                        for bearer in self._persons.bearing(frozenset(name)).intersection(known)
                        if not bears(self._persons.people[number], frozenset(name))
                    )
        return found

    def _own(self, record: Tied) -> Iterator[int]:
        """Give the one person whom a row is about."""
        mentions = self._mentions[record.number]
        if len(mentions) == 1:
            yield from mentions

    def _authors(self, record: Tied) -> Iterator[int]:
        """Give whose a document is: the only person in it, or a mail's sender."""
        mentions = self._mentions[record.number]
        senders = [number for number, each in mentions.items() if has_role(each, "sender")]
        if senders:
            yield from senders
            return
        subjects = [
            number for number, each in mentions.items() if not each.by or has_role(each, "subject")
        ]
        if len(subjects) == 1:
            yield from subjects

    def _brings(self, record: Tied) -> bool:
        """Say whether a mail brings somebody's documents, or is about a position."""
        if self._positions.of(record) is not None or self._positions.is_unprompted(record):
            return True
        return any(
            "recruitment.cv" in other.facts.documents
            for number in self._ties.assets[record.place]
            if (other := self._ties.records[number]).outer == record.number
        )
