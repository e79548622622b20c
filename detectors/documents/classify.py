"""Says what a document is, from its words, its layout and its name.

Each cue gives its type a weight, less where several types share it; the type with most wins, if it
has enough and other kinds of paper have less. Nothing is learnt: every answer can be retraced.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from detectors.documents.lexicon import MAIL, OTHER, Group, Hit, Place, lexicon, words_of

RECOGNIZER = "documents.cues"
LOOKED_AT = 8_000
"""Characters of a part that are looked at."""

_TOP = 8
"""Lines at the top of a document in which its title stands."""
_HEADER_LINES = 12
_SHORT_LINE = 12
"""Words."""

# The weights were set by hand and then fitted, near to it, on the odd-numbered documents of
# tests/corpus/hr and the odd half of the third-party material (bench/documents.py).
_TITLE = 3.5
"""A title that is a line at the top."""
_TITLE_OPENS = 3.3
_TITLE_IN_LINE = 1.6
_NAMED = 2.5
"""A title in the file's name or the mail's subject."""
_VAGUE_TITLE = 0.7
_VAGUE = 7
"""Titles of one word with fewer letters are vague; a CV is not."""
_ELSEWHERE = {Group.TITLES: (0.28, 0.95), Group.HEADINGS: (0.2, 1.5)}
"""What a title and a section's heading weigh inside a line and as one."""
_PHRASE_LEAST, _PHRASE_LETTER, _PHRASE_MOST = 0.35, 0.07, 1.0
"""A longer phrase says more."""
_HINT = 0.33
_SHARING = 0.5
"""A cue of n types speaks for each of them by 1 / n to this power."""
_ENOUGH = 3.5
_ENOUGH_MORE = {"CV": 0.55}
_ENOUGH_MORE_ELSE = 0.85
"""What the best type needs, and how much more for each 1,000 characters: letters are short."""
_OTHER_GAIN = 1.2
_DOUBT = 1.5
_LEAST, _MOST = 0.5, 0.97
_MAIL_HEADERS = 2
_MAIL_GAIN, _NO_MAIL_LOSS = 2.0, 0.5

_PERIOD = re.compile(
    r"\b(?:19|20)\d\d ?(?:[-\u2013\u2014]|to|till) ?(?:[^\W\d_]{3,9}\.? |\d{1,2}[./]){0,2}"
    r"(?:(?:19|20)\d\d\b|\d\d\b|[^\W\d_]{2,12}\b|$)",
    re.MULTILINE,
)
_LEAST_PERIODS = 2
_MOST_PERIODS = 5
_PERIOD_GAIN = 0.5
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|\+?\d[\d ()-]{6,14}\d")
_CONTACT_REACH = 1_000
_CONTACT_GAIN = 0.5
_FIRST_PERSON = frozenset(
    words_of(
        "minä mä minun mun minua minulla mulla mul minulle olen oon olisin haluan voin jag mig mej "
        "mitt min mina jeg meg mig eg my me i mine"
    )
)
_THIRD_PERSON = frozenset(
    words_of(
        "hän hänen häntä hänellä hon han hennes hans henne honom hun ho hennar henne ham hende "
        "hendes she he her his him"
    )
)
_MUCH_FIRST, _MUCH_THIRD, _LEAST_THIRD, _MOST_TIMES = 0.05, 0.03, 0.01, 1.5
"""Shares of the words."""
_PERSON_GAINS = {"APPLICATION_LETTER": 0.3, "REFERENCE_LETTER": 0.85, "WORK_CERTIFICATE": 0.43}
_NAME_PARTS = re.compile(r"[_\-.+%()\d]+")


_Best = dict[tuple[str, ...], dict[str, tuple[float, str]]]
"""Words of a cue → type → the most that it weighed, and why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a part is."""

    type: str
    """As in `taxonomy.yaml`, `documents`; `OTHER` for everything else."""
    confidence: float
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a part."""

    text: str = field(repr=False)
    name: str = ""
    """Its file name."""
    subject: str = field(default="", repr=False)
    """The subject of the mail whose body it is."""
    is_mail: bool = False
    is_table: bool = False
    """It has rows and columns, so it is no letter."""


def classify(document: Document) -> Verdict:
    r"""Say what a document is.

    >>> classify(Document("TYÖTODISTUS\nTodistamme, että hän on ollut palveluksessamme.")).type
    'WORK_CERTIFICATE'
    """
    text = document.text[:LOOKED_AT]
    best: _Best = {}
    mail_headers = set()
    for hit in lexicon().find(text):
        if _is_mail_header(hit):
            mail_headers.add(hit.cue.words)
        else:
            _take(best, hit)
    for title in (document.subject, _NAME_PARTS.sub(" ", document.name.rpartition(".")[0])):
        for hit in lexicon().find(title) if title else ():
            _take(best, hit, in_name=True)
    scores: defaultdict[str, float] = defaultdict(float)
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for weighed in best.values():
        for kind, (weight, code) in weighed.items():
            scores[kind] += weight / len(weighed) ** _SHARING
            codes[kind].add(code)
    is_mail = document.is_mail or len(mail_headers) >= _MAIL_HEADERS
    scores[MAIL] *= _MAIL_GAIN if is_mail else _NO_MAIL_LOSS
    scores[OTHER] *= _OTHER_GAIN
    if not document.is_table:
        for kind, weight in _layout(text).items():
            scores[kind] += weight
            codes[kind].add("layout")
    return _verdict(scores, codes, len(text), _TABULAR if document.is_table else None)


_TABULAR = frozenset({"INTERVIEW_EVALUATION", "APTITUDE_TEST_RESULT", "CLEARANCE_OR_CREDIT_REPORT"})
"""What may come as a sheet; a list of people with their languages is no CV."""


def _take(best: _Best, hit: Hit, *, in_name: bool = False) -> None:
    """Note what a hit weighs, if it weighs more than the cue did elsewhere."""
    weighed = best.setdefault(hit.cue.words, {})
    for kind, group in hit.cue.types.items():
        weight, code = _weight(hit, group, in_name=in_name)
        if weight > weighed.get(kind, (0.0, ""))[0]:
            weighed[kind] = weight, code


def _weight(hit: Hit, group: Group, *, in_name: bool) -> tuple[float, str]:
    if group is Group.HINTS:
        return _HINT, "lexicon"
    if group is Group.PHRASES:
        weight = _PHRASE_LEAST + _PHRASE_LETTER * hit.cue.letters
        return min(weight, _PHRASE_MOST), "lexicon"
    in_line, as_line = _ELSEWHERE[group]
    if group is Group.HEADINGS:
        is_heading = hit.place is not Place.TEXT and not in_name
        return (as_line, "heading") if is_heading else (in_line, "lexicon")
    weight, code = (in_line, "lexicon") if hit.place is Place.TEXT else (as_line, "heading")
    if in_name:
        weight, code = _NAMED, "name"
    elif hit.line < _TOP and hit.place is not Place.TEXT:
        weight, code = _TITLE, "title"
    elif hit.line < _TOP and hit.length <= _SHORT_LINE:
        weight, code = (_TITLE_OPENS if hit.opens else _TITLE_IN_LINE), "title"
    words = hit.cue.words
    is_vague = len(words) == 1 and hit.cue.letters < _VAGUE and words != ("cv",)
    return (weight * _VAGUE_TITLE if is_vague else weight), code


def _is_mail_header(hit: Hit) -> bool:
    return hit.place is Place.KEY and hit.line < _TOP and hit.cue.types.get(MAIL) is Group.HEADINGS


def _layout(text: str) -> dict[str, float]:
    """Weigh what needs no cues: periods of years, an address at the top, who speaks of whom."""
    gains: defaultdict[str, float] = defaultdict(float)
    periods = len(_PERIOD.findall(text))
    if periods >= _LEAST_PERIODS:
        gains["CV"] += _PERIOD_GAIN * min(periods, _MOST_PERIODS)
    if len({"@" in found for found in _CONTACT.findall(text[:_CONTACT_REACH])}) > 1:
        gains["CV"] += _CONTACT_GAIN
    words = words_of(text)
    first = sum(word in _FIRST_PERSON for word in words) / max(len(words), 1)
    third = sum(word in _THIRD_PERSON for word in words) / max(len(words), 1)
    times = {
        "APPLICATION_LETTER": min(first / _MUCH_FIRST, _MOST_TIMES),
        "REFERENCE_LETTER": min(third / _MUCH_THIRD, _MOST_TIMES) * (third > _LEAST_THIRD),
    }
    times["WORK_CERTIFICATE"] = times["REFERENCE_LETTER"]
    for kind, much in times.items():
        if much:
            gains[kind] += _PERSON_GAINS[kind] * much
    return gains


def _verdict(
    scores: defaultdict[str, float],
    codes: defaultdict[str, set[str]],
    length: int,
    among: frozenset[str] | None,
) -> Verdict:
    ranked = sorted(
        (
            (score, kind)
            for kind, score in scores.items()
            if among is None or kind in among | {OTHER}
        ),
        reverse=True,
    )
    score, kind = next((each for each in ranked if each[1] != OTHER), (0.0, OTHER))
    enough = _ENOUGH + _ENOUGH_MORE.get(kind, _ENOUGH_MORE_ELSE) * length / 1_000
    if ranked[0][1] == OTHER or score < enough:
        confidence = min(max(1 - score / (2 * enough), _LEAST), _MOST)
        return Verdict(OTHER, round(confidence, 3), ())
    rival = ranked[1][0] if len(ranked) > 1 else 0.0
    confidence = min(max(score / (score + rival + _DOUBT), _LEAST), _MOST)
    return Verdict(kind, round(confidence, 3), tuple(sorted(codes[kind])))
