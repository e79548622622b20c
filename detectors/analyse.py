"""The tiers: one pass, confirm, context, names; resolve overlaps, mask, hash, count.

This module holds matched text, and drops it: what leaves is masks, keyed hashes and counts. (The
beginnings of documents are held by `detectors.documents.parts`, until their type is known.)
Text that was seen before is not analysed again, but its detections are given for every place.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TypeVar

from detectors.allow import AllowList
from detectors.base import DetectorSettings, Evidence, PatternRecognizer, Span, TextRecognizer
from detectors.bullets import HIDDEN
from detectors.candidate import OWN_DOMAIN, Candidate, is_statement, resolve
from detectors.context import context_codes
from detectors.cues import claim
from detectors.documents.classify import RECOGNIZER
from detectors.documents.parts import Documents
from detectors.engine import PatternEngine
from detectors.gather import Gathering
from detectors.headings import Headings
from detectors.keys import PERSON, parts_of
from detectors.mail import ADDRESS, is_own
from detectors.mask import keyed_hash, mask
from detectors.names.known import KnownPeople
from detectors.people import RECOGNIZER as KNOWN_PEOPLE
from detectors.people import People, joined
from detectors.recognizers import recognizers
from detectors.strict import hidden, least
from detectors.taxonomy import taxonomy
from detectors.text import Prepared, prepare
from scanner.errors import AuditError
from scanner.locator import WHOLE, Locator
from scanner.model import (
    MOST_NAMED,
    Content,
    Detection,
    Examination,
    NamedPerson,
    Segment,
    Skip,
    SkipReason,
)

logger = logging.getLogger(__name__)

BATCH_SEGMENTS = 256
BATCH_CHARACTERS = 500_000
REMEMBERED_TEXTS = 4_096
REMEMBERED_DETECTIONS = 200
"""A text with more of them is analysed again rather than remembered."""

_HIGHEST = 0.99
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one segment gave."""

    detections: tuple[Detection, ...]
    broken: frozenset[str] = frozenset()
    """Recognizers that failed on it."""


@dataclass(slots=True)
class _Work:
    """A segment on its way through the tiers."""

    segment: Segment
    prepared: Prepared
    memory: bytes
    candidates: list[Candidate] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


class Analyser:
    """Says what personal data contents hold. One for each process; not shared by threads."""

    def __init__(
        self, settings: DetectorSettings, key: bytes, *, use_hyperscan: bool = True
    ) -> None:
        self._settings = settings
        self._key = key
        self._is_strict = settings.privacy == "strict"
        self._own = tuple(domain.casefold().lstrip("@") for domain in settings.own_domains)
        patterns, self._readers = recognizers(settings)
        self._fields = PatternEngine(patterns, use_hyperscan=use_hyperscan)
        # What only a label can confirm is not looked for in prose.
        in_prose = [each for each in patterns if each.context_reach or not each.needs_context]
        self._prose = PatternEngine(in_prose, use_hyperscan=use_hyperscan)
        self._allowed = AllowList(settings.allow, self._values)
        self._memory: OrderedDict[bytes, _Reading] = OrderedDict()
        self._known = KnownPeople(key)
        self.headings = self._headings()

    def know(self, people: Iterable[NamedPerson]) -> None:
        """Look for these people in whatever is examined from now on."""
        self._known = KnownPeople(self._key, people)
        self.headings = self._headings()

    def _headings(self) -> Headings:
        return Headings(lambda text: any(self.detect([Segment(WHOLE, text)])))

    def examine(self, contents: Iterable[Content], name: str = "") -> Examination:
        """Consume the contents of one asset, lazily, and say what they hold.

        `name` is the asset's path: a file's name is evidence of what it is.
        """
        documents = Documents(name) if self.sees_documents else None
        gathering = Gathering(self._own, self._key, self._settings.min_confidence, documents, name)
        people = People(self._known, self._key, name)
        for batch in _batches(self._noting(contents, gathering)):
            for segment, reading in self._readings(batch):
                detections = self._with_people(people, segment, reading.detections)
                stored = replace(
                    segment,
                    label=self.headings.shown(segment.label),
                    locator=self.headings.place(segment.locator),
                )
                gathering.add(stored, detections)
                for broken in sorted(reading.broken):
                    gathering.note(
                        Skip(
                            SkipReason.DETECTOR, f"The recognizer {broken} failed.", stored.locator
                        )
                    )
        if people.is_full:
            detail = f"More than {MOST_NAMED} people are named: not all are looked for elsewhere."
            gathering.note(Skip(SkipReason.LIMIT, detail))
        found = Examination(
            sightings=gathering.sightings(),
            identifiers=gathering.identifiers(),
            named=people.named(),
            flows=gathering.flows(),
            milestones=gathering.milestones(),
            links=gathering.links(),
            topics=gathering.topics(),
            positions=gathering.positions(),
            skips=gathering.skips(),
            characters=gathering.characters,
        )
        return least(found, self._key) if self._is_strict else found

    def place(self, locator: Locator) -> Locator:
        """Give a locator as it is stored."""
        stored = self.headings.place(locator)
        return hidden(stored, self._key) if self._is_strict else stored

    @property
    def sees_documents(self) -> bool:
        """Say whether the types of documents are told."""
        return RECOGNIZER not in self._settings.disable

    def detect(
        self, segments: Iterable[Segment], name: str = ""
    ) -> Iterator[tuple[Segment, Detection]]:
        """Give each detection in one asset with its segment, in order; `name` as in `examine`."""
        people = People(self._known, self._key, name)
        for batch in _batches(segments):
            for segment, reading in self._readings(batch):
                for detection in self._with_people(people, segment, reading.detections):
                    yield segment, detection

    def _with_people(
        self, people: People, segment: Segment, found: tuple[Detection, ...]
    ) -> tuple[Detection, ...]:
        """Add people who are known before this segment, and remember whom it names."""
        if KNOWN_PEOPLE in self._settings.disable:
            return found
        people.enter(segment)
        prepared = prepare(segment.text) if people.may_be_in(segment, found) else Prepared("")
        added = [
            self._detection(candidate, prepared)
            for candidate in people.seen_in(segment, prepared.text)
            if self._is_wanted(candidate, prepared.text)
        ]
        people.meet(segment, found)
        return joined(found, added) if added else found

    def _noting(self, contents: Iterable[Content], gathering: Gathering) -> Iterator[Segment]:
        """Hand on the segments; keep what is no text."""
        for content in contents:
            if isinstance(content, Segment):
                yield content
            elif isinstance(content, Skip):
                gathering.note(replace(content, locator=self.headings.place(content.locator)))
            else:
                gathering.note(content)

    def _values(self, text: str) -> Iterator[str]:
        """Give the normalised values that the patterns find in an entry of the allow list."""
        for candidate in self._by_pattern(prepare(text).text, "", set()):
            yield candidate.value.casefold()

    def _readings(self, batch: Sequence[Segment]) -> Iterator[tuple[Segment, _Reading]]:
        """Analyse the texts of a batch that are new; equal ones among them once."""
        keys = [_memory_key(segment) for segment in batch]
        fresh: dict[bytes, Segment] = {}
        readings: dict[bytes, _Reading] = {}
        for memory, segment in zip(keys, batch, strict=True):
            known = self._memory.get(memory)
            if known is None:
                fresh.setdefault(memory, segment)
            else:
                self._memory.move_to_end(memory)
                readings[memory] = known
        readings |= self._analysed(fresh)
        for memory, segment in zip(keys, batch, strict=True):
            yield segment, readings[memory]

    def _analysed(self, fresh: dict[bytes, Segment]) -> dict[bytes, _Reading]:
        works = [_Work(segment, prepare(segment.text), memory) for memory, segment in fresh.items()]
        for work in works:
            work.candidates.extend(
                self._by_pattern(work.prepared.text, work.segment.label, work.broken)
            )
        segments = [replace(work.segment, text=work.prepared.text) for work in works]
        for reader in self._readers:
            self._read(reader, segments, works)
        return {work.memory: self._finished(work) for work in works}

    def _by_pattern(self, text: str, label: str, broken: set[str]) -> Iterator[Candidate]:
        engine = self._fields if label else self._prose
        for recognizer, match in engine.scan(text):
            evidence = _sheltered(recognizer.name, broken, lambda: recognizer.confirm(match))  # noqa: B023 - called at once
            if evidence is None:
                continue
            start = match.start() if evidence.start is None else evidence.start
            end = match.end() if evidence.end is None else evidence.end
            if not 0 <= start < end <= len(text):
                broken.add(recognizer.name)
                continue
            candidate = _in_context(recognizer, evidence, (start, end), text, label)
            if candidate is not None:
                yield candidate

    def _read(
        self, reader: TextRecognizer, segments: Sequence[Segment], works: Sequence[_Work]
    ) -> None:
        """Let a text recognizer look at a batch; if it fails, at each segment alone."""
        broken: set[str] = set()
        spans = _sheltered(reader.name, broken, lambda: list(reader.recognize(segments)))
        if spans is None and len(segments) > 1:
            for segment, work in zip(segments, works, strict=True):
                self._read(reader, [segment], [work])
            return
        for work in works:
            work.broken |= broken
        for span in spans or ():
            _accept(span, reader.name, works)

    def _finished(self, work: _Work) -> _Reading:
        text = work.prepared.text
        wanted = (each for each in work.candidates if self._is_wanted(each, text))
        detections = tuple(
            self._detection(candidate, work.prepared) for candidate in resolve(wanted)
        )
        reading = _Reading(detections, frozenset(work.broken))
        if not reading.broken and len(detections) <= REMEMBERED_DETECTIONS:
            self._memory[work.memory] = reading
            if len(self._memory) > REMEMBERED_TEXTS:
                self._memory.popitem(last=False)
        return reading

    def _is_wanted(self, candidate: Candidate, text: str) -> bool:
        return candidate.confidence >= self._settings.min_confidence and not self._allowed.holds(
            candidate.value, text[candidate.start : candidate.end]
        )

    def _detection(self, candidate: Candidate, prepared: Prepared) -> Detection:
        start, end = prepared.span(candidate.start, candidate.end)
        codes = candidate.codes
        if candidate.entity == ADDRESS and is_own(candidate.value, self._own):
            codes = tuple(sorted({*codes, OWN_DOMAIN}))
        matched = prepared.text[candidate.start : candidate.end]
        return Detection(
            entity=candidate.entity,
            category=taxonomy().category_of(candidate.entity),
            start=start,
            end=end,
            confidence=round(candidate.confidence, 3),
            recognizer=candidate.recognizer,
            evidence=codes,
            key=keyed_hash(self._key, candidate.entity, candidate.value),
            parts=parts_of(self._key, candidate.value) if candidate.entity == PERSON else (),
            mask=HIDDEN if is_statement(candidate) else mask(candidate.entity, matched),
        )


def _sheltered(name: str, broken: set[str], call: Callable[[], Result]) -> Result | None:
    """Call a recognizer, which may be somebody else's; note that it failed, never on what."""
    try:
        return call()
    except (AuditError, MemoryError):
        raise  # the worker's limits of time and memory, which strike anywhere
    except Exception as error:  # noqa: BLE001 - a recognizer must not stop the others
        # The exception's message may hold scanned text; only its class is told.
        logger.warning(
            "a recognizer failed", extra={"recognizer": name, "error": type(error).__name__}
        )
        broken.add(name)
        return None


def _in_context(
    recognizer: PatternRecognizer, evidence: Evidence, span: tuple[int, int], text: str, label: str
) -> Candidate | None:
    spoken = context_codes(recognizer, text, *span, label)
    if spoken and evidence.disclaimed is not None and claim(text, *span).owner == "other":
        spoken = ()  # the word beside a number says more of it than the name of its column
    if recognizer.needs_context and not spoken:
        return None
    confidence = evidence.confidence
    if spoken:
        confidence = max(confidence, min(confidence + recognizer.context_gain, _HIGHEST))
    return Candidate(
        entity=recognizer.entity,
        start=span[0],
        end=span[1],
        confidence=confidence,
        codes=tuple(sorted({*evidence.codes, *spoken})),
        recognizer=recognizer.name,
        value=evidence.value,
    )


def _accept(span: Span, name: str, works: Sequence[_Work]) -> None:
    work = works[span.segment] if 0 <= span.segment < len(works) else None
    if work is None or not 0 <= span.start < span.end <= len(work.prepared.text):
        for each in works if work is None else [work]:
            each.broken.add(name)
        return
    work.candidates.append(
        Candidate(
            entity=span.entity,
            start=span.start,
            end=span.end,
            confidence=span.confidence,
            codes=tuple(sorted(set(span.codes))),
            recognizer=name,
            value=span.value,
        )
    )


def _memory_key(segment: Segment) -> bytes:
    digest = blake2b(segment.label.encode("utf-8", "surrogatepass"), digest_size=16)
    digest.update(b"\0")
    digest.update(segment.text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def _batches(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Cut a stream of segments into lists of bounded size."""
    batch: list[Segment] = []
    characters = 0
    for segment in segments:
        batch.append(segment)
        characters += len(segment.text)
        if len(batch) >= BATCH_SEGMENTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch = []
            characters = 0
    if batch:
        yield batch
