"""What a recognizer proposes while its text is at hand, and which of two rivals stays."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from detectors.taxonomy import taxonomy

SURE = 0.8
"""From here on a candidate beats longer ones that are less sure."""

OWN_DOMAIN = "own_domain"
"""Evidence of an address in one of the organisation's own domains: it leads to no applicant."""

_STATEMENTS = ("recruitment", "special", "criminal", "security", "financial.credit")
"""Categories whose entities are phrases: they may hold names and dates, and rival nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A detection to be, with its value. Never leaves `detectors.analyse`."""

    entity: str
    start: int
    end: int
    confidence: float
    codes: tuple[str, ...]
    recognizer: str
    value: str = field(repr=False)


_STRETCH = 128
"""Characters; only what lies near can overlap."""


def resolve(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep one of those that overlap: the sure one, else the longer, else the more confident.

    Phrases are kept beside what they hold. A value that identifies a person is kept inside a URL.
    """
    kept: list[Candidate] = []
    taken: defaultdict[int, list[Candidate]] = defaultdict(list)  # by the stretch of text
    for candidate in sorted(_unique(candidates), key=_rank):
        if not is_statement(candidate):
            stretches = range(candidate.start // _STRETCH, candidate.end // _STRETCH + 1)
            if any(_rivals(candidate, other) for at in stretches for other in taken[at]):
                continue
            for at in stretches:
                taken[at].append(candidate)
        kept.append(candidate)
    return sorted(kept, key=lambda each: (each.start, each.end, each.entity))


def _unique(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Join candidates of one entity in one place: the best of them, with everybody's evidence."""
    unique: dict[tuple[str, int, int], Candidate] = {}
    for candidate in candidates:
        place = (candidate.entity, candidate.start, candidate.end)
        other = unique.get(place)
        if other is None:
            unique[place] = candidate
            continue
        best = min(candidate, other, key=lambda each: (-each.confidence, each.recognizer))
        codes = tuple(sorted({*candidate.codes, *other.codes}))
        unique[place] = replace(best, codes=codes)
    return list(unique.values())


def _rank(candidate: Candidate) -> tuple[object, ...]:
    return (
        candidate.confidence < SURE,
        candidate.start - candidate.end,
        -candidate.confidence,
        candidate.start,
        candidate.entity,
        candidate.recognizer,
    )


def is_statement(candidate: Candidate) -> bool:
    """Say whether a candidate is a phrase that states a fact rather than a value."""
    return is_phrase(candidate.entity)


def is_phrase(entity: str) -> bool:
    """Say whether what is of an entity is a phrase that states a fact."""
    category = taxonomy().category_of(entity)
    return category in _STATEMENTS or category.split(".")[0] in _STATEMENTS


def _rivals(candidate: Candidate, other: Candidate) -> bool:
    if candidate.end <= other.start or other.end <= candidate.start:
        return False
    return not (_identifies_inside(candidate, other) or _identifies_inside(other, candidate))


def _identifies_inside(candidate: Candidate, url: Candidate) -> bool:
    known = taxonomy().entities.get(candidate.entity)
    return (
        url.entity == "URL"
        and candidate.entity != "PROFILE_URL"
        and known is not None
        and known.identifies == "strong"
        and (candidate.start, candidate.end) != (url.start, url.end)
    )
