"""Counts the detections of one asset into sightings, and says who is behind them.

Memory is bounded: places are as many as the asset has parts and columns, and distinct values are
counted up to a limit, beyond which a skip says so.
"""

from dataclasses import dataclass, field, replace

from detectors.candidate import OWN_DOMAIN
from detectors.columns import Columns, column_of, record_at
from detectors.documents.classify import RECOGNIZER, Verdict
from detectors.documents.lexicon import OTHER
from detectors.documents.parts import Documents
from detectors.hits import Lines
from detectors.mail import Mail, is_header
from detectors.mask import keyed_hash
from detectors.taxonomy import taxonomy
from detectors.topics import Topics, code_of, hashed, words_of
from scanner.locator import WHOLE, Locator
from scanner.model import (
    Content,
    Detection,
    Flow,
    Identifier,
    Message,
    Milestone,
    Segment,
    Sighting,
    Skip,
    SkipReason,
)
from scanner.relations import Link, Position, Reference, Topic, Vacancy

_ROLES = {
    "from": "sender",
    "sender": "sender",
    "reply-to": "sender",
    "to": "recipient",
    "cc": "recipient",
    "bcc": "recipient",
}
"""Of the names on an envelope."""
_LETTER = "RECRUITMENT_MAIL"
"""The type of document that tells an applicant something."""
MOST_IDENTIFIERS = 200_000
MOST_PLACED = 10_000
"""Identifiers of which the place is kept: an asset with more is a list."""
SAMPLES = 3
DOCUMENT_TYPE = "DOCUMENT_TYPE"
COLUMN = "column"
"""Evidence: the column's heading and all its values were looked at together."""

_PLACE = tuple[Locator, str, str]
"""Locator, label, entity."""
_COLUMN = tuple[Locator, str]
"""Locator of a column, entity."""


@dataclass(slots=True)
class _Tally:
    """The detections of one entity in one place, so far."""

    best: Detection
    count: int = 0
    keys: set[str] = field(default_factory=set)
    evidence: set[str] = field(default_factory=set)
    samples: set[str] = field(default_factory=set)
    column: Locator | None = None
    hit: Locator = WHOLE


class Gathering:
    """What one asset has given so far. Lives as long as the asset is read."""

    def __init__(
        self,
        own_domains: tuple[str, ...],
        key: bytes,
        least_confidence: float = 0.0,
        documents: Documents | None = None,
        path: str = "",
    ) -> None:
        self._least_confidence = least_confidence
        self._documents = documents
        self._tallies: dict[_PLACE, _Tally] = {}
        self._columns = Columns()
        self._identifiers: dict[_COLUMN | None, set[Identifier]] = {}
        self._identified = 0
        self._distinct = 0
        self._full = False
        self._milestones: list[Milestone] = []
        self._links: dict[Link, None] = {}
        self._positions: list[Position] = []
        self._topics = Topics(key, path)
        self._key = key
        self._skips: dict[Skip, None] = {}
        self._mail = Mail(own_domains, key)
        self._lines = Lines()
        self.characters = 0

    def note(self, content: Content) -> None:
        """Keep what is no text."""
        if isinstance(content, Message):
            self._mail.add_message(content)
            self._topics.enter(content)
        elif isinstance(content, Milestone):
            self._milestones.append(content)
        elif isinstance(content, Reference):
            self._links[Link(content.kind, self._hashed(content.target), content.record)] = None
        elif isinstance(content, Vacancy):
            self._positions.append(self._position(content))
        elif isinstance(content, Skip):
            self._skips[content] = None

    def add(self, segment: Segment, detections: tuple[Detection, ...]) -> None:
        """Count the detections of one segment."""
        self.characters += len(segment.text)
        self._columns.add(segment, detections)
        self._lines.enter(segment)
        self._topics.add(segment)
        self._mail.add(segment)
        if self._documents is not None:
            self._documents.add(segment)
        for detection in detections:
            self._tally(segment, detection)
            self._mail.add_detection(segment, detection)
            known = taxonomy().entities.get(detection.entity)
            if detection.key and known is not None and known.identifies != "no":
                self._identify(segment, detection)

    def sightings(self) -> tuple[Sighting, ...]:
        """Give one sighting for each entity in each place, sorted; columns judge theirs."""
        refuted = self._refuted()
        sightings = [
            self._judged(
                Sighting(
                    locator=locator,
                    label=label,
                    entity=entity,
                    category=tally.best.category,
                    count=tally.count,
                    distinct=len(tally.keys),
                    confidence=tally.best.confidence,
                    recognizer=tally.best.recognizer,
                    evidence=tuple(sorted(tally.evidence)),
                    samples=tuple(sorted(tally.samples)),
                    hit=tally.hit,
                ),
                tally.column,
            )
            for (locator, label, entity), tally in self._tallies.items()
            if (tally.column, entity) not in refuted
        ]
        sightings += self._columns.unseen()
        sightings += [_document(place, verdict) for place, verdict in self._classified()]
        return tuple(
            sorted(sightings, key=lambda each: (each.locator.texts, each.label, each.entity))
        )

    def identifiers(self) -> tuple[Identifier, ...]:
        """Give the keyed hashes of who is named in the text and on the envelopes, sorted."""
        refuted = self._refuted()
        ours = self._mail.own_senders()
        return tuple(
            sorted(
                set(self._mail.people()).union(
                    *(
                        (_named(each, ours) for each in identifiers)
                        for column, identifiers in self._identifiers.items()
                        if column not in refuted
                    )
                ),
                key=lambda each: (each.record, each.role, each.entity, each.key),
            )
        )

    def flows(self) -> tuple[Flow, ...]:
        """Give what went to outside domains."""
        for place, verdict in self._classified():
            self._mail.add_category(place, taxonomy().documents[verdict.type])
        return self._mail.flows()

    def milestones(self) -> tuple[Milestone, ...]:
        """Give the source's milestones and those that mails state."""
        papers = {str(place.record) for place, each in self._classified() if each.type != _LETTER}
        return (*self._milestones, *self._mail.milestones(papers))

    def links(self) -> tuple[Link, ...]:
        """Give what ties records together: the sources' own ties, and those of mails."""
        mail = (
            Link(each.kind, self._hashed(each.target), each.record)
            for each in self._mail.references()
        )
        return tuple(dict.fromkeys((*self._links, *mail)))

    def topics(self) -> tuple[Topic, ...]:
        """Give what the asset's texts say they are about."""
        return tuple(self._topics.topics())

    def positions(self) -> tuple[Position, ...]:
        """Give the positions that the source lists."""
        return tuple(self._positions)

    def _hashed(self, target: str) -> str:
        return keyed_hash(self._key, "REFERENCE", target)

    def _position(self, vacancy: Vacancy) -> Position:
        code = code_of(vacancy.code)
        return Position(
            vacancy.record,
            hashed(self._key, [code])[0] if code else "",
            hashed(self._key, words_of(vacancy.title)),
            vacancy.opened,
            vacancy.closed,
            vacancy.outcome,
        )

    def skips(self) -> tuple[Skip, ...]:
        """Give what was not examined, each once."""
        return tuple(self._skips)

    def _classified(self) -> list[tuple[Locator, Verdict]]:
        """Give the parts that are documents of a recruitment."""
        return [
            (place, verdict)
            for place, verdict in (self._documents.verdicts() if self._documents else ())
            if verdict.type != OTHER and verdict.confidence >= self._least_confidence
        ]

    def _refuted(self) -> set[tuple[Locator | None, str] | None]:
        """Columns and entities that the column as a whole speaks against: chance hits."""
        best: dict[tuple[Locator, str], float] = {}
        for (_, _, entity), tally in self._tallies.items():
            if tally.column is not None:
                column = (tally.column, entity)
                best[column] = max(tally.best.confidence, best.get(column, 0.0))
        return {
            (place, entity)
            for (place, entity), confidence in best.items()
            if self._columns.confidence(place, entity, confidence) < self._least_confidence
        }

    def _judged(self, sighting: Sighting, column: Locator | None) -> Sighting:
        if column is None:
            return sighting
        share = self._columns.share(column, sighting.entity)
        confidence = self._columns.confidence(column, sighting.entity, sighting.confidence)
        return replace(
            sighting,
            confidence=round(confidence, 3),
            evidence=tuple(sorted({*sighting.evidence, COLUMN})),
            share=round(share.share, 4),
            share_at_least=round(share.at_least, 4),
            sample=share.sample,
        )

    def _tally(self, segment: Segment, detection: Detection) -> None:
        place = (segment.locator, segment.label, detection.entity)
        tally = self._tallies.get(place)
        if tally is None:
            tally = self._tallies[place] = _Tally(
                detection, column=column_of(segment), hit=self._lines.place(segment, detection)
            )
        elif (detection.confidence, tally.best.recognizer) > (
            tally.best.confidence,
            detection.recognizer,
        ):
            tally.best = detection
            tally.hit = self._lines.place(segment, detection)
        tally.count += 1
        tally.evidence.update(detection.evidence)
        if detection.key and detection.key not in tally.keys:
            if self._distinct < MOST_IDENTIFIERS:
                tally.keys.add(detection.key)
                self._distinct += 1
            else:
                self._limit()
        tally.samples.add(detection.mask)
        if len(tally.samples) > SAMPLES:
            tally.samples.remove(max(tally.samples))

    def _identify(self, segment: Segment, detection: Detection) -> None:
        role = "own" if OWN_DOMAIN in detection.evidence else "subject"
        if is_header(segment):
            if detection.entity != "PERSON":
                return  # the envelope says it, with the right role
            last = segment.locator.last
            role = _ROLES.get(last.name if last else "", "subject")
        column = column_of(segment)
        identifier = Identifier(
            detection.entity,
            detection.key,
            _record(segment, detection.start),
            role,
            parts=detection.parts,
        )
        known = self._identifiers.setdefault(
            None if column is None else (column, detection.entity), set()
        )
        if identifier in known:
            return
        if self._identified < MOST_IDENTIFIERS:
            if self._identified < MOST_PLACED:
                identifier = replace(identifier, hit=self._lines.place(segment, detection))
            known.add(identifier)
            self._identified += 1
        else:
            self._limit()

    def _limit(self) -> None:
        if not self._full:
            self._full = True
            self.note(
                Skip(
                    SkipReason.LIMIT,
                    f"More than {MOST_IDENTIFIERS} different values: the rest are counted, but "
                    "not told apart and not linked to persons.",
                )
            )


def _record(segment: Segment, start: int) -> str:
    """Name the record that a text stands in: its file, its sheet and row, its entry."""
    place = segment.locator.record
    record = Locator.parse(record_at(segment, start))
    return str(place if not record or place.last == record.last else place.inside(record))


def _named(person: Identifier, ours: frozenset[str]) -> Identifier:
    """Mark who writes for the organisation as its own."""
    is_ours = person.role == "sender" and person.record in ours
    return replace(person, role="own") if is_ours else person


def _document(place: Locator, verdict: Verdict) -> Sighting:
    return Sighting(
        locator=place,
        label="",
        entity=DOCUMENT_TYPE,
        category=taxonomy().documents[verdict.type],
        count=1,
        distinct=0,
        confidence=verdict.confidence,
        recognizer=RECOGNIZER,
        evidence=verdict.codes,
        samples=(),
    )
