"""Weighs the cues of a document for each type, as people would who leaf through a pile of paper.

Each cue gives its type a weight, less where several types share it; a title at the top weighs most.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detectors.documents.lexicon import (
    MAIL,
    OTHER,
    Group,
    Hit,
    Line,
    Position,
    lexicon,
    lines_of,
    words_of,
)

_TOP = 8
"""Lines at the top of a document in which its title stands."""
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
_OTHER_GAIN = 1.2
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
_SECOND_PERSON = frozenset(
    words_of(
        "sinä sä sinun sun sinut sut sinua sua sinulle sulle sinulla sulla olet voit voisitko du "
        "dig deg din ditt dina dine dit you your"
    )
)
_ADDRESSED = frozenset(
    words_of("te teidän teitä teille teillä teiltä ni er era ert dere deres dykk dykkar jer jeres")
)
_WE = frozenset(
    words_of("meidän meille meillä meiltä olemme vi oss vår vårt våre våra os vores we our us")
)
_MUCH_FIRST, _MUCH_THIRD, _LEAST_THIRD, _MOST_TIMES = 0.05, 0.03, 0.01, 1.5
"""Shares of the words."""
_PERSON_GAINS = {"APPLICATION_LETTER": 0.3, "REFERENCE_LETTER": 0.85, "WORK_CERTIFICATE": 0.43}

_Best = dict[tuple[str, ...], dict[str, tuple[float, str]]]
"""Words of a cue → type → the most that it weighed, and why."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the cues and the layout say for a type."""

    total: float = 0.0
    title: float = 0.0
    heading: float = 0.0
    words: float = 0.0
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """What needs no cues: periods of years, an address at the top, who speaks of whom."""

    periods: int
    has_contact: bool
    first: float
    """Share of the words that are the writer's."""
    second: float
    addressed: float
    """The same of several people who are spoken to."""
    we: float
    third: float


def layout_of(text: str, lines: Sequence[Line]) -> Layout:
    """Look at a text without its cues."""
    counts = Counter(word for line in lines for word in line.words)
    total = max(counts.total(), 1)
    contacts = {"@" in found for found in _CONTACT.findall(text[:_CONTACT_REACH])}
    persons = (_FIRST_PERSON, _SECOND_PERSON, _ADDRESSED, _WE, _THIRD_PERSON)
    return Layout(
        len(_PERIOD.findall(text)),
        len(contacts) > 1,
        *(sum(counts[word] for word in counts.keys() & person) / total for person in persons),
    )


def weighed(
    lines: Sequence[Line], names: Sequence[str], layout: Layout | None, *, is_mail: bool
) -> dict[str, Weighed]:
    """Weigh the cues of a text, its names (file, subject) and, unless it is a table, its layout."""
    best: _Best = {}
    mail_headers = set()
    for hit, in_name in _hits(lines, names):
        if not in_name and _is_mail_header(hit):
            mail_headers.add(hit.cue.words)
        else:
            _take(best, hit, in_name=in_name)
    groups: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for kinds in best.values():
        for kind, (weight, code) in kinds.items():
            groups[kind][code] += weight / len(kinds) ** _SHARING
    gains = _gains(layout) if layout else {}
    return {
        kind: _sum(groups[kind], _factor(kind, is_mail or len(mail_headers) >= _MAIL_HEADERS), gain)
        for kind, gain in {**dict.fromkeys(groups, 0.0), **gains}.items()
    }


_SHORT = 40
"""Words of a text that is no whole document yet."""


def _hits(lines: Sequence[Line], names: Sequence[str]) -> Iterator[tuple[Hit, bool]]:
    is_short = sum(len(line.words) for line in lines) < _SHORT
    for hit in lexicon().find(lines):
        if not (is_short and hit.cue.is_vague):
            yield hit, False
    for name in names:
        for hit in lexicon().find(lines_of(name)):
            if hit.cue.is_vague:
                continue  # a mail is called "Testing"
            yield hit, True


def _sum(by_code: dict[str, float], factor: float, gain: float) -> Weighed:
    return Weighed(
        sum(by_code.values()) * factor + gain,
        by_code.get("title", 0.0) + by_code.get("name", 0.0),
        by_code.get("heading", 0.0),
        by_code.get("lexicon", 0.0),
        frozenset({*by_code, "layout"} if gain else by_code),
    )


def _factor(kind: str, is_mail: bool) -> float:
    if kind == MAIL:
        return _MAIL_GAIN if is_mail else _NO_MAIL_LOSS
    return _OTHER_GAIN if kind == OTHER else 1.0


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
        is_heading = hit.position is not Position.TEXT and not in_name
        return (as_line, "heading") if is_heading else (in_line, "lexicon")
    weight, code = (in_line, "lexicon") if hit.position is Position.TEXT else (as_line, "heading")
    if in_name:
        weight, code = _NAMED, "name"
    elif hit.line < _TOP and hit.position is not Position.TEXT:
        weight, code = _TITLE, "title"
    elif hit.line < _TOP and hit.length <= _SHORT_LINE:
        weight, code = (_TITLE_OPENS if hit.opens else _TITLE_IN_LINE), "title"
    words = hit.cue.words
    is_vague = len(words) == 1 and hit.cue.letters < _VAGUE and words != ("cv",)
    return (weight * _VAGUE_TITLE if is_vague else weight), code


def _is_mail_header(hit: Hit) -> bool:
    return (
        hit.position is Position.KEY
        and hit.line < _TOP
        and hit.cue.types.get(MAIL) is Group.HEADINGS
    )


def _gains(layout: Layout) -> dict[str, float]:
    gains: defaultdict[str, float] = defaultdict(float)
    if layout.periods >= _LEAST_PERIODS:
        gains["CV"] += _PERIOD_GAIN * min(layout.periods, _MOST_PERIODS)
    if layout.has_contact:
        gains["CV"] += _CONTACT_GAIN
    third = min(layout.third / _MUCH_THIRD, _MOST_TIMES) * (layout.third > _LEAST_THIRD)
    times = {
        "APPLICATION_LETTER": min(layout.first / _MUCH_FIRST, _MOST_TIMES),
        "REFERENCE_LETTER": third,
        "WORK_CERTIFICATE": third,
    }
    for kind, much in times.items():
        if much:
            gains[kind] += _PERSON_GAINS[kind] * much
    return gains
