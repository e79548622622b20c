"""Weighs what speaks for and against a fact, beside the rules.

Rules see the words that somebody thought of. How facts and mere mentions are worded in general is
learnt from invented sentences (`tools.special`): a weight for each sign, in `weights.json`. What is
written here about a sign is what the weights are for; nothing of a text is in them.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detectors.base import Evidence
from detectors.names.stopwords import is_stopword
from detectors.special.judge import Mention, is_trade
from detectors.special.lexicon import Cues

_WORD = re.compile(r"[^\W_][\w'\u2019-]*")
_LENGTHS = (4, 8, 13, 20)
_NEAR = 4
_ENDING = 3
_MANY = 4
FEW = 6
"""Words of a sentence that has too little to weigh: there the rules decide."""
_SUREST = 0.8
THRESHOLD = 0.55
"""Log-odds from which on a mention states a fact."""
_RULED_OUT = -1.0
"""Log-odds below which even what the rules hold for a fact is none."""
HOPELESS = 0.0
"""What the signs of a sentence weigh at least if it holds a fact: one in a hundred weighs less."""
_HOPELESS_WORDS = 0.0
"""The same of the words alone."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention and what the rules say of it."""

    mention: Mention
    evidence: Evidence | None

    @property
    def place(self) -> tuple[str, int, int]:
        """Give the entity and where it stands."""
        mention, evidence = self.mention, self.evidence
        start = evidence.start if evidence else None
        end = evidence.end if evidence else None
        return (
            mention.term.entity,
            mention.start if start is None else start,
            mention.end if end is None else end,
        )


@dataclass(frozen=True, slots=True)
class Company:
    """What of each entity a sentence holds: the best rank, and at how many places."""

    ranks: Mapping[str, int]
    counts: Mapping[str, int]
    shared: float
    """What the signs of the sentence weigh together."""
    words: int
    """Length of the sentence."""


def weight_of_sentence(mention: Mention) -> tuple[float, int]:
    """Say what the signs of the sentence weigh together, and how many words it has."""
    words = len(_WORD.findall(mention.sentence))
    shared = _sum(_of_words(mention))
    if shared >= _HOPELESS_WORDS or words < FEW:
        shared += _sum(_of_cues(mention))
    return shared, words


def company(sightings: Sequence[Sighting], shared: float, words: int) -> Company:
    """Sum up the mentions of one sentence."""
    ranks: dict[str, int] = {}
    places: dict[str, set[int]] = {}
    for each in sightings:
        entity = each.mention.term.entity
        ranks[entity] = max(ranks.get(entity, 0), _rank(each))
        places.setdefault(entity, set()).add(each.mention.start)
    counts = {entity: len(starts) for entity, starts in places.items()}
    return Company(ranks, counts, shared, words)


def weighed(sighting: Sighting, around: Company) -> Evidence | None:
    """Say what speaks for a fact if it outweighs what speaks against it."""
    if sighting.evidence is not None and around.words < FEW:
        return sighting.evidence
    score = around.shared + _sum(_of_company(sighting, around)) + _sum(_of_mention(sighting))
    if sighting.evidence is not None:
        return sighting.evidence if score >= _RULED_OUT else None
    if score < THRESHOLD:
        return None
    likely = 1 / (1 + math.exp(-score))
    codes = ("person", "statement") if sighting.mention.has_person else ("statement",)
    return Evidence(round(min(likely, _SUREST), 2), codes)


def signs(sighting: Sighting, around: Company) -> Iterator[str]:
    """Give all signs of a sighting, to learn from."""
    yield from _of_sentence(sighting.mention)
    yield from _of_company(sighting, around)
    yield from _of_mention(sighting)


def _of_sentence(mention: Mention) -> Iterator[str]:
    """Give the signs that all mentions in a sentence share."""
    yield from _of_words(mention)
    yield from _of_cues(mention)


def _of_words(mention: Mention) -> Iterator[str]:
    """Give the signs that lie in the words of a sentence."""
    sentence, family = mention.sentence, mention.term.family
    yield ""
    words = _WORD.findall(sentence)
    length = f"length {sum(len(words) > each for each in _LENGTHS)}"
    yield length
    yield f"{family} {length}"
    lower = [word.lower() for word in words]
    for word in dict.fromkeys(lower):  # in one order: the sum of fractions depends on it
        yield f"{family} has {word}"
    if lower:
        yield f"{family} begins {lower[0]}"
        yield f"{family} begins -{lower[0][-_ENDING:]}"


def _of_cues(mention: Mention) -> Iterator[str]:
    """Give the signs that lie in the cues of a sentence, and in whom it is about."""
    cues, sentence, family = mention.cues, mention.sentence, mention.term.family
    kinds = [kind for kind in _SENTENCE_KINDS if _kind(cues, kind).search(sentence)]
    if sentence.rstrip().endswith("?"):
        kinds.append("question")
    if _names(sentence):
        kinds.append("name")
    if "own" in kinds:
        about = "own"
    else:
        about = "person" if "person" in kinds or "name" in kinds else "nobody"
    yield about
    for kind in kinds:
        yield kind
        yield f"{family} {kind}"
        yield f"{about} {kind}"


def _rank(sighting: Sighting) -> int:
    """Say how much the manner alone speaks for a fact."""
    if sighting.evidence is not None:
        return 3
    return {"hint": 0, "topic": 1}.get(sighting.mention.term.manner, 2)


def _of_company(sighting: Sighting, around: Company) -> Iterator[str]:
    """Give the signs that lie in what else the sentence holds."""
    entity = sighting.mention.term.entity
    own, best = _rank(sighting), around.ranks[entity]
    others = max((rank for each, rank in around.ranks.items() if each != entity), default=-1)
    yield f"rank {own} best {best}"
    yield f"rank {own} others {others}"
    yield f"best {best} others {others}"
    yield f"rank {own} count {min(around.counts[entity], _MANY)}"
    yield f"entities {min(len(around.ranks), _MANY)}"
    if own == 0:
        yield f"{entity} hint"


def _of_mention(sighting: Sighting) -> Iterator[str]:
    """Give the signs of one mention."""
    mention = sighting.mention
    term, family = mention.term, mention.term.family
    rule = "rule" if sighting.evidence else "no rule"
    yield term.entity
    yield f"{term.manner} {rule}"
    yield f"{family} {rule}"
    yield f"{term.entity} {rule}"
    yield f"{family} {term.entity} {term.phrase}"
    yield f"{term.entity} {term.manner}"
    yield from _of_clause(mention)
    text = mention.text[mention.start : mention.end]
    yield f"{family} ends -{text.lower()[-_ENDING:]}"
    yield f"{family} ends -{text.lower()[-2:]}"
    if text[:1].isupper():
        yield "capital"
    yield from _of_neighbours(mention)


def _of_clause(mention: Mention) -> Iterator[str]:
    """Give the signs that lie in the cues of the mention's own clause."""
    before, after = mention.clause
    for kind in _LOCAL_KINDS:
        pattern = _kind(mention.cues, kind)
        if pattern.search(before):
            yield f"{kind} before"
        if pattern.search(after):
            yield f"{kind} after"
    close = " ".join(_WORD.findall(mention.before)[-3:])
    for kind in _NEAR_KINDS:
        if _kind(mention.cues, kind).search(close):
            yield f"{kind} near"
    if is_trade(mention):
        yield "trade"


def _of_neighbours(mention: Mention) -> Iterator[str]:
    """Give the signs that lie in the words around the mention, and in its place."""
    family = mention.term.family
    left = [word.lower() for word in _WORD.findall(mention.before)]
    right = [word.lower() for word in _WORD.findall(mention.after)]
    if not mention.before.strip():
        yield "first"
    if not right:
        yield "last"
    for at, word in enumerate(reversed(left[-_NEAR:])):
        yield f"{family} near {word}"
        if at < 2:  # noqa: PLR2004 - the two words before
            yield f"{family} {at} before {word}"
    for at, word in enumerate(right[:2]):
        yield f"{family} {at} behind {word}"
    if mention.before.rstrip().endswith(("s", "n")) and _names(mention.before[-30:]):
        yield "of name"


_SENTENCE_KINDS = (
    "own", "person", "never", "unless_own", "hypothetical", "plural", "negation", "work", "future"
)  # fmt: skip
_NEAR_KINDS = ("have", "be", "own", "negation", "work", "after")
_LOCAL_KINDS = ("have", "be", "negation", "plural", "work", "future", "person", "hypothetical")


def _kind(cues: Cues, kind: str) -> re.Pattern[str]:
    pattern: re.Pattern[str] = getattr(cues, kind).pattern
    return pattern


def _names(text: str) -> bool:
    """Say whether a capitalised word stands there that is no usual one and begins no sentence."""
    return any(
        found.start() and found.group()[0].isupper() and not found.group().isupper()
        and not is_stopword(found.group())
        for found in _WORD.finditer(text.lstrip())
    )  # fmt: skip


def _sum(signs: Iterator[str]) -> float:
    weights = _weights()
    return sum(weights.get(sign, 0.0) for sign in signs)


@cache
def _weights() -> dict[str, float]:
    source = files("detectors.special").joinpath("weights.json")
    weights: dict[str, float] = json.loads(source.read_text("utf-8"))
    return weights
