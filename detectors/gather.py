"""Counts the detections of one asset into findings, and says who is behind them.

Memory is bounded: places are as many as the asset has parts and columns, and distinct values are
counted up to a limit, beyond which a skip says so.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from detectors.candidate import OWN_DOMAIN
from detectors.mail import Mail, is_header
from detectors.taxonomy import taxonomy
from scanner.model import (
    Content,
    Detection,
    Finding,
    Flow,
    Identifier,
    Locator,
    Message,
    Milestone,
    Segment,
    Skip,
    SkipReason,
)

MOST_IDENTIFIERS = 200_000
SAMPLES = 3

_PLACE = tuple[Locator, str, str]
"""Locator, label, entity."""


@dataclass(slots=True)
class _Tally:
    """The detections of one entity in one place, so far."""

    best: Detection
    count: int = 0
    keys: set[str] = field(default_factory=set)
    evidence: set[str] = field(default_factory=set)
    samples: set[str] = field(default_factory=set)


class Gathering:
    """What one asset has given so far. Lives as long as the asset is read."""

    def __init__(self, own_domains: tuple[str, ...], key: bytes) -> None:
        self._tallies: dict[_PLACE, _Tally] = {}
        self._identifiers: set[Identifier] = set()
        self._distinct = 0
        self._full = False
        self._milestones: list[Milestone] = []
        self._skips: dict[Skip, None] = {}
        self._mail = Mail(own_domains, key)
        self.characters = 0

    def note(self, content: Content) -> None:
        """Keep what is no text."""
        if isinstance(content, Message):
            self._mail.add_message(content)
        elif isinstance(content, Milestone):
            self._milestones.append(content)
        elif isinstance(content, Skip):
            self._skips[content] = None

    def add(self, segment: Segment, detections: tuple[Detection, ...]) -> None:
        """Count the detections of one segment."""
        self.characters += len(segment.text)
        for detection in detections:
            self._tally(segment, detection)
            self._mail.add_detection(segment, detection)
            known = taxonomy().entities.get(detection.entity)
            if detection.key and known is not None and known.identifies != "no":
                self._identify(segment, detection)

    def findings(self) -> tuple[Finding, ...]:
        """Give one finding for each entity in each place, sorted."""
        return tuple(
            Finding(
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
            )
            for (locator, label, entity), tally in sorted(
                self._tallies.items(), key=lambda item: item[0]
            )
        )

    def identifiers(self) -> tuple[Identifier, ...]:
        """Give the keyed hashes of who is named in the text and on the envelopes, sorted."""
        return tuple(
            sorted(
                self._identifiers.union(self._mail.people()),
                key=lambda each: (each.record, each.role, each.entity, each.key),
            )
        )

    def flows(self) -> tuple[Flow, ...]:
        """Give what went to outside domains."""
        return self._mail.flows()

    def milestones(self) -> tuple[Milestone, ...]:
        """Give the source's milestones and those that mails state."""
        return (*self._milestones, *self._mail.milestones())

    def skips(self) -> tuple[Skip, ...]:
        """Give what was not examined, each once."""
        return tuple(self._skips)

    def _tally(self, segment: Segment, detection: Detection) -> None:
        place = (segment.locator, segment.label, detection.entity)
        tally = self._tallies.get(place)
        if tally is None:
            tally = self._tallies[place] = _Tally(detection)
        if (detection.confidence, tally.best.recognizer) > (
            tally.best.confidence,
            detection.recognizer,
        ):
            tally.best = detection
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
        if is_header(segment):
            return  # the envelope says it, with the right role
        role = "own" if OWN_DOMAIN in detection.evidence else "subject"
        identifier = Identifier(
            detection.entity, detection.key, _record(segment, detection.start), role
        )
        if identifier in self._identifiers:
            return
        if len(self._identifiers) < MOST_IDENTIFIERS:
            self._identifiers.add(identifier)
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


def _record(segment: Segment, offset: int) -> str:
    """Name the record in which an offset lies; empty for the whole asset."""
    index = bisect_right(segment.records, offset, key=lambda record: record[0])
    return segment.records[index - 1][1] if index else ""
