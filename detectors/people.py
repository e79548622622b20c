"""People who are known by name: remembers who an asset names, and finds them in its texts.

Works on what the recognizers gave, so that a text that was analysed before need not be again. A
whole name is found however it is written; a part of one, inside the asset that names its bearer,
where it has a capital.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from detectors.candidate import SURE, Candidate, is_phrase
from detectors.columns import record_at
from detectors.names.forms import look_up
from detectors.names.known import (
    PARTICLES,
    KnownPeople,
    NearbyNames,
    find,
    hashed,
    keep_newest,
    nominatives,
)
from detectors.names.likeness import likeness
from detectors.names.named import Named, Naming, named_by_file, table_of
from detectors.names.stopwords import ORGANISATION_AFTER, is_stopword
from detectors.names.tidy import COMPANY
from detectors.names.tokens import UPPER
from scanner.locator import WHOLE, Locator
from scanner.model import MOST_NAMED, Detection, NamedPerson, Segment

RECOGNIZER = "names.known"
KNOWN = "known"
"""Evidence: a label, a column, a header or a file name names this person, here or elsewhere."""
SAME_ASSET = "same_asset"
"""Evidence: a part of the name of somebody whom this asset names."""

_RULES = frozenset({KNOWN, SAME_ASSET})
"""They know the name in its nominative."""
_CONFIDENCE = {KNOWN: 0.9, SAME_ASSET: 0.7}
_MOST_PARTS = 200
"""Parts of names that are remembered for an asset, the newest."""
_MOST_RECORDS = 4_096
"""Rows that have names of their own, the newest."""
_SHORTEST = 3
_PERSON = "PERSON"
_LABEL = "label"
_Row = tuple[Locator, str]
"""Place of a table, and one of its records."""
_REPLACED = frozenset({"PERSON", "LOCATION"})
_CAPITALISED = re.compile(
    rf"(?<![\w@./-])[{UPPER}][\w]+(?:[-'\u2019][^\W\d_]+)*(?::[a-zäö]{{1,5}})?(?![\w@-]|\.\w)"
)
_GENITIVE = re.compile(r"['\u2019]s$")
_STARTS = re.compile(r"(?:^|[.!?:•*\"”»]|\n|- )\s*$")
_NEXT_WORD = re.compile(r" ([\w/&]+)")


class People:
    """Whom one asset names. Lives as long as it is read."""

    def __init__(self, known: KnownPeople, key: bytes, path: str = "") -> None:
        self._known = known
        self._key = key
        self._nearby = NearbyNames()
        self._naming = Naming()
        self._parts: OrderedDict[str, None] = OrderedDict()
        self._records: OrderedDict[_Row, set[str]] = OrderedDict()
        self._files: set[str] = set()
        self._named: dict[NamedPerson, None] = {}
        self.is_full = False
        """Whether more people are named than are remembered."""
        self._add_file(path)

    def enter(self, segment: Segment) -> None:
        """Remember whom the files that a segment stands in are called after."""
        for name in segment.locator.names("part"):
            self._add_file(name)

    def meet(self, segment: Segment, detections: Sequence[Detection]) -> None:
        """Remember whom a segment's label or its form fields name."""
        if segment.label:
            for named in self._naming.names_in(segment):
                self._add(named, table_of(segment))
            return
        for detection in detections:
            if detection.entity == _PERSON and _LABEL in detection.evidence:
                words = segment.text[detection.start : detection.end].split()
                named = Named(tuple(words), record_at(segment, detection.start))
                self._remember(named, table_of(segment))

    def named(self) -> tuple[NamedPerson, ...]:
        """Give who may be looked for elsewhere, sorted."""
        return tuple(sorted(self._named, key=lambda each: (each.key, each.outline)))

    def may_be_in(self, segment: Segment, detections: Sequence[Detection]) -> bool:
        """Say whether it is worth to look: a label that names people is believed by itself."""
        is_believed = segment.label and any(
            each.entity == _PERSON and _LABEL in each.evidence for each in detections
        )
        return not is_believed and bool(self._known or self._nearby or self._parts or self._records)

    def seen_in(self, segment: Segment, text: str) -> Iterator[Candidate]:
        """Find known people in a segment's prepared text: whole names, then parts."""
        by_line = bool(segment.records)
        for names in (self._known, self._nearby):
            if names:
                for known in find(text, names, by_line=by_line):
                    yield _person(known.start, known.end, known.value, KNOWN)
        if self._parts or self._records:
            yield from self._parts_in(segment, text)

    def _parts_in(self, segment: Segment, text: str) -> Iterator[Candidate]:
        table = table_of(segment)
        for match in _CAPITALISED.finditer(text):
            word = _GENITIVE.sub("", match.group())
            bases = nominatives(word)
            record = self._records.get((table, record_at(segment, match.start())), set())
            base = next((each for each in bases if each in self._parts or each in record), "")
            if base and _is_name_here(text, match.start(), match.start() + len(word)):
                end = match.start() + len(word)
                yield _person(match.start(), end, base, SAME_ASSET)

    def _add_file(self, path: str) -> None:
        if path not in self._files and len(self._files) < _MOST_RECORDS:
            self._files.add(path)
            if words := named_by_file(path):
                self._add(Named(words), WHOLE)

    def _add(self, named: Named, table: Locator) -> None:
        """Remember a name, for other assets too if it is a whole one."""
        self._remember(named, table)
        if named.is_whole:
            if len(self._named) < MOST_NAMED:
                self._named |= dict.fromkeys(hashed(self._key, named.words))
            else:
                self.is_full = True

    def _remember(self, named: Named, table: Locator) -> None:
        if named.is_whole:
            self._nearby.add(named.words)
        parts = list(filter(None, map(_part_of_name, named.words)))
        if named.record:
            self._records.setdefault((table, named.record), set()).update(parts)
            if len(self._records) > _MOST_RECORDS:
                self._records.popitem(last=False)
            return
        for part in parts:
            keep_newest(self._parts, part, _MOST_PARTS)


def _is_name_here(text: str, start: int, end: int) -> bool:
    """Say whether a word that is part of a name is one in its place: `Will`, `Kroszak Oy`."""
    word = text[start:end]
    following = _NEXT_WORD.match(text, end)
    if is_stopword(word) or ORGANISATION_AFTER.match(text, end):
        return False
    if following is not None and following[1] in COMPANY:
        return False
    known = look_up(word)
    if known.personal and not known.listed.ambiguous and not word.isupper():
        return True
    if likeness(word.casefold().rpartition("-")[2])[-1] < 0 and not known.listed.ambiguous:
        return True
    return not word.isupper() and not _STARTS.search(text, max(0, start - 4), start)


def joined(detections: Sequence[Detection], added: Iterable[Detection]) -> tuple[Detection, ...]:
    """Add known people to what was found: the surer stays, and of two equal ones the longer.

    One in the same place gives its evidence to the other; phrases are kept beside names.
    """
    kept = list(detections)
    for each in added:
        rivals = [
            other
            for other in kept
            if other.start < each.end and each.start < other.end and not is_phrase(other.entity)
        ]
        same = next((r for r in rivals if r.entity == _PERSON and _span(r) == _span(each)), None)
        if same is not None:
            kept[kept.index(same)] = _stronger(same, each)
        elif all(_gives_way(rival, each) for rival in rivals):
            kept = [other for other in kept if other not in rivals]
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: (each.start, each.end, each.entity)))


@lru_cache(maxsize=65_536)
def _part_of_name(word: str) -> str:
    """Give the nominative by which a name's word is recognised; empty for `von` and `May`."""
    base = (look_up(word).base or word).casefold()
    return "" if len(base) < _SHORTEST or base in PARTICLES or is_stopword(base) else base


def _person(start: int, end: int, value: str, code: str) -> Candidate:
    confidence = _CONFIDENCE[code]
    return Candidate(_PERSON, start, end, confidence, (code,), RECOGNIZER, value)


def _span(detection: Detection) -> tuple[int, int]:
    return detection.start, detection.end


def _stronger(found: Detection, known: Detection) -> Detection:
    """Join two detections of one person in one place; who is known tells the key."""
    better = known if known.confidence > found.confidence else found
    named = better if _RULES.isdisjoint(known.evidence) else known
    return replace(
        better,
        evidence=tuple(sorted({*found.evidence, *known.evidence})),
        key=named.key,
        parts=named.parts,
    )


def _gives_way(rival: Detection, known: Detection) -> bool:
    if known.confidence >= SURE > rival.confidence:
        return True
    covers = known.start <= rival.start and rival.end <= known.end
    return rival.entity in _REPLACED and covers and known.confidence >= SURE
