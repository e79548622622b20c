"""Reads what a letter says about somebody's application, and how sure that is.

The kinds are those of `KINDS`. What the text says and what the envelope shows go together: nobody
outside the house tells an applicant the house's choice, and nobody inside withdraws.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from detectors.letters.model import model
from detectors.letters.newtext import Sentence, sentences
from detectors.letters.signs import signs_of, words_of

LONGEST = 12_000
"""Characters of a document that may be a letter."""
_LONGEST_SUBJECT = 300
PROSE = frozenset({"", "body", "text", "content", "note", "message"})
"""Labels of texts that may be letters."""
SURE = 0.5
"""The confidence from which a letter is said to be of a kind."""


class Way(StrEnum):
    """Which way a letter went, as its envelope shows."""

    OUT = "out"
    """From the house to somebody outside."""
    IN = "in"
    """From outside."""
    INSIDE = "inside"
    """From the house to the house: to a manager, or a note."""
    UNKNOWN = "unknown"
    """The house's domains are not known, or the letter is a document of its own."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, a letter that was attached, or a note."""

    text: str = field(repr=False)
    """All of it; what it quotes is not read."""
    subject: str = field(default="", repr=False)
    way: Way = Way.UNKNOWN
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one letter says of one kind."""

    kind: str
    confidence: float
    start: int
    """Where the sentence stands that says it best; -1 for the subject."""
    end: int


FROM_HOUSE = frozenset(
    {
        "told",
        "rejected_early",
        "acknowledged",
        "invited",
        "shortlisted",
        "on_hold",
        "cancelled",
        "offered",
        "consent_asked",
        "request_answered",
    }
)
FROM_OUTSIDE = frozenset(
    {
        "withdrawn",
        "consent_given",
        "consent_withdrawn",
        "erasure_requested",
        "access_requested",
    }
)
ELSEWHERE, OTHER = "told_elsewhere", "other"
KINDS = tuple(sorted({*FROM_HOUSE, *FROM_OUTSIDE, ELSEWHERE, OTHER}))
_POSSIBLE = {
    Way.OUT: FROM_HOUSE | {ELSEWHERE},
    Way.IN: FROM_OUTSIDE | {ELSEWHERE},
    Way.INSIDE: FROM_HOUSE | {ELSEWHERE},
    Way.UNKNOWN: frozenset(KINDS) - {OTHER},
}
REPLY = "reply"
CIRCUMSTANCES = (*(str(way) for way in Way), REPLY)


def read(letter: Letter) -> tuple[Reading, ...]:
    """Give what a letter says, the surest first; nothing for a letter about other things."""
    own = list(sentences(letter.text))
    if not is_worth_reading(letter.subject, own):
        return ()
    signs = signs_of((each.text for each in own), letter.subject)
    sure = model().confidences(model().scores(signs), circumstances(letter))
    found = [
        (confidence, kind)
        for kind, confidence in sure.items()
        if confidence >= max(SURE, sure[OTHER]) and kind in _POSSIBLE[letter.way]
    ]
    return tuple(
        Reading(kind, round(confidence, 3), *_place(kind, own))
        for confidence, kind in sorted(found, key=lambda each: (-each[0], each[1]))
    )


def circumstances(letter: Letter) -> tuple[str, ...]:
    """Give what is known about a letter beside its text."""
    return (str(letter.way), *((REPLY,) if letter.is_reply else ()))


def speaks_of_call(letter: Letter) -> bool:
    """Say whether a letter says that somebody was called."""
    return "c:phoned" in words_of(f"{letter.subject} {letter.text[:LONGEST]}")


def is_worth_reading(subject: str, own: list[Sentence]) -> bool:
    """Say whether a letter is about applications at all: most mail is not, and costs little."""
    text = " ".join([subject[:_LONGEST_SUBJECT], *(each.text for each in own)])
    return model().about(words_of(text)) >= model().gate


def _place(kind: str, own: list[Sentence]) -> tuple[int, int]:
    """Find the sentence that speaks most for a kind."""
    if not own:
        return -1, -1
    column = model().kinds.index(kind)
    best = max(own, key=lambda each: float(model().scores(signs_of([each.text]))[column]))
    return best.start, best.start + len(best.text)
