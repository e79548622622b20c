"""What mails say beside their text: who wrote to whom, what left the house, who was told.

Only domains and keyed hashes leave this module; addresses stay in the worker.
"""

from collections.abc import Collection, Iterator

from detectors.letters.post import Post, Said
from detectors.letters.read import Way
from detectors.mask import keyed_hash
from detectors.taxonomy import taxonomy
from scanner.locator import Locator
from scanner.model import Detection, Flow, Identifier, Message, Milestone, MilestoneKind, Segment
from scanner.relations import Reference, ReferenceKind

ADDRESS = "EMAIL_ADDRESS"
_EVENTS = {
    "told": (MilestoneKind.TOLD, "selection notice"),
    "rejected_early": (MilestoneKind.DECLINED, "early no"),
    "acknowledged": (MilestoneKind.ACKNOWLEDGED, "acknowledgement"),
    "invited": (MilestoneKind.INVITED, "invitation"),
    "shortlisted": (MilestoneKind.SHORTLISTED, "shortlist"),
    "on_hold": (MilestoneKind.POSTPONED, "postponement"),
    "cancelled": (MilestoneKind.CANCELLED, "cancellation"),
    "offered": (MilestoneKind.OFFERED, "offer"),
    "withdrawn": (MilestoneKind.WITHDRAWN, "withdrawal"),
    "consent_asked": (MilestoneKind.CONSENT_ASKED, "consent asked"),
    "consent_given": (MilestoneKind.CONSENT_GIVEN, "consent given"),
    "consent_withdrawn": (MilestoneKind.CONSENT_WITHDRAWN, "consent withdrawn"),
    "erasure_requested": (MilestoneKind.ERASURE_REQUESTED, "erasure asked"),
    "access_requested": (MilestoneKind.ACCESS_REQUESTED, "access asked"),
    "request_answered": (MilestoneKind.ANSWERED, "request answered"),
}
"""What letters say and is an event of a candidacy, and how the evidence names it."""
_SURE = 0.75
"""Of what is rarer among mails than among the letters that were learnt from."""


def is_own(address: str, own_domains: tuple[str, ...]) -> bool:
    """Say whether an address is in one of the domains (lower case, without @) or below one."""
    domain = _domain(address)
    return any(domain == own or domain.endswith(f".{own}") for own in own_domains)


def is_header(segment: Segment) -> bool:
    """Say whether a segment is a message's header: the envelope speaks for the people in it."""
    return segment.locator.has("header")


class Mail:
    """The messages of one asset and what was detected in each."""

    def __init__(self, own_domains: tuple[str, ...], key: bytes) -> None:
        self._key = key
        self._own = own_domains
        self._messages: dict[Locator, Message] = {}
        self._categories: dict[Locator, set[str]] = {}
        self._post = Post()
        self._headers: dict[tuple[Locator, str], Locator] = {}
        """Where the hash of an address stands on an envelope."""

    def add_message(self, message: Message) -> None:
        """Keep an envelope."""
        self._messages[message.locator] = message
        self._post.enter(message, self._way(message))

    def add(self, segment: Segment) -> None:
        """Read what a message says."""
        self._post.add(segment)

    def add_detection(self, segment: Segment, detection: Detection) -> None:
        """Note what a message's body or attachments hold; its headers do not count."""
        if is_header(segment):
            if detection.entity == ADDRESS:
                whose = segment.locator.outer, detection.key
                self._headers.setdefault(whose, segment.locator)
            return
        category = taxonomy().categories.get(detection.category)
        if category is None or category.personal:
            self._categories.setdefault(segment.locator, set()).add(detection.category)

    def add_category(self, locator: Locator, category: str) -> None:
        """Note what a message's body or an attachment as a whole is."""
        self._categories.setdefault(locator, set()).add(category)

    def people(self) -> Iterator[Identifier]:
        """Give who is on the envelopes."""
        for message in self._messages.values():
            roles = [("sender", message.sender), *(("recipient", to) for to in message.recipients)]
            for role, address in roles:
                if "@" in address:
                    hashed = keyed_hash(self._key, ADDRESS, _address(address))
                    named = "own" if self._is_own(address) else role
                    place = self._headers.get((message.locator, hashed), message.locator)
                    yield Identifier(ADDRESS, hashed, _record(message), named, place)

    def own_senders(self) -> frozenset[str]:
        """Give the records of the messages that the organisation sent."""
        return frozenset(
            _record(each) for each in self._messages.values() if self._is_own(each.sender)
        )

    def references(self) -> Iterator[Reference]:
        """Give which messages these are, and which ones they answer."""
        for message in self._messages.values():
            record = _record(message)
            if message.id:
                yield Reference(ReferenceKind.ANSWERS, f"message:{message.id}", record)
            for before in message.answers:
                yield Reference(ReferenceKind.ANSWERS, f"message:{before}", record)

    def flows(self) -> tuple[Flow, ...]:
        """Give one flow for each message and outside domain that personal data went to."""
        if not self._own:
            return ()
        held: dict[Locator, set[str]] = {}
        for locator, categories in self._categories.items():
            for message in self._around(locator):
                held.setdefault(message.locator, set()).update(categories)
        flows = [
            Flow(
                domain,
                "mail",
                tuple(sorted(held[message.locator])),
                message.sent_at,
                self._hashes(message, domain),
            )
            for message in self._messages.values()
            if message.locator in held and self._is_own(message.sender)
            for domain in self._outside(message)
        ]
        return tuple(sorted(flows, key=lambda flow: (flow.domain, str(flow.at), flow.categories)))

    def milestones(self, papers: Collection[str] = ()) -> tuple[Milestone, ...]:
        """Give an event for each thing that a letter tells an applicant, or an applicant tells.

        `papers` are the records that are CVs and the like: what they say is told to nobody.
        """
        said = self._post.said()
        letters = (each for each in said if not each.attached or str(each.attached) not in papers)
        found = (self._event(each) for each in letters)
        return tuple(
            dict.fromkeys(
                sorted(
                    (each for each in found if each is not None),
                    key=lambda each: (each.record, each.kind, each.evidence),
                )
            )
        )

    def _event(self, said: Said) -> Milestone | None:
        kind, evidence = _EVENTS.get(said.reading.kind, (None, ""))
        message = said.message
        if kind is None or message.sent_at is None:
            return None
        if kind is not MilestoneKind.TOLD and said.reading.confidence < _SURE:
            return None
        if said.way is Way.INSIDE:
            if kind is not MilestoneKind.TOLD or not said.is_call:
                return None
            evidence = "note of a call"
        elif said.way is not Way.IN and not self._outside(message):
            return None
        source = "notes.EMAIL" if _is_note(message) else "mail"
        place = "" if said.attached is None else f" in {said.attached.below(message.locator)}"
        return Milestone(
            kind, message.sent_at, f"{source}: {evidence}{place}", record=_record(message)
        )

    def _way(self, message: Message) -> Way:
        """Say which way a message went; a copy to somebody outside went out."""
        if not self._own:
            return Way.UNKNOWN
        if not self._is_own(message.sender):
            return Way.IN
        is_inside = message.recipients and not self._outside(message)
        return Way.INSIDE if is_inside else Way.OUT

    def _around(self, locator: Locator) -> Iterator[Message]:
        """Give the messages that hold a place, the innermost first."""
        for place in locator.outwards():
            message = self._messages.get(place)
            if message is not None:
                yield message

    def _outside(self, message: Message) -> list[str]:
        domains = {_domain(each) for each in message.recipients if not self._is_own(each)}
        return sorted(domains - {""})

    def _hashes(self, message: Message, domain: str) -> tuple[str, ...]:
        addresses = {_address(each) for each in message.recipients if _domain(each) == domain}
        return tuple(sorted(keyed_hash(self._key, ADDRESS, each) for each in addresses))

    def _is_own(self, address: str) -> bool:
        return is_own(address, self._own)


def _is_note(message: Message) -> bool:
    """Say whether a recruiting system keeps the mail among its notes."""
    return any(name.startswith("note:") for name in message.locator.names("entry"))


def _record(message: Message) -> str:
    return str(message.locator)


def _address(address: str) -> str:
    return address.strip().strip("<>").casefold()


def _domain(address: str) -> str:
    return _address(address).rpartition("@")[2] if "@" in address else ""
