"""The cues of document types, and where they stand in a text.

A cue is a few words in a row; the last letters of a word may be left open (`*`). It is looked up by
its longest word, so that a text costs a dictionary look-up a word however many cues there are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

import yaml

OTHER = "OTHER"
MAIL = "RECRUITMENT_MAIL"
LANGUAGES = ("fi", "sv", "nb", "nn", "da", "en")

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_LINE_END = re.compile(r"\n|\t| {2,}|[|\u2022\u00b7]")
"""Tables and lists of a PDF's or an old word processor's text often come in one line."""
_STEM = 4
"""An open cue is looked up by so many letters."""


class Group(IntEnum):
    """How a cue speaks, the weakest way first."""

    HINTS = 0
    PHRASES = 1
    HEADINGS = 2
    TITLES = 3


class Position(IntEnum):
    """Where a cue stands, the least telling place first."""

    TEXT = 0
    KEY = 1
    """At the beginning of a line, before a colon."""
    LINE = 2
    """A line of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words."""

    words: Sequence[str]
    """Lower case."""
    colon: int
    """How many of them stand before a colon; all if there is none."""
    has_colon: bool


_VAGUE = 4
"""Letters."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Some words and the types that they speak for."""

    words: tuple[str, ...]
    """Lower case, an open one with its `*`."""
    types: Mapping[str, Group]
    key: int
    """Which of the words it is looked up by."""

    @property
    def letters(self) -> int:
        """Give its length, the spaces between words included."""
        return len(" ".join(self.words).replace("*", ""))

    @property
    def is_vague(self) -> bool:
        """Say whether it is the beginning of many words: too little for a name by itself."""
        return len(self.words) == 1 and self.words[0][-1] == "*" and self.letters <= _VAGUE

    def stands_at(self, line: Sequence[str], start: int) -> bool:
        """Say whether a line's words from `start` on are the cue's."""
        if start < 0 or start + len(self.words) > len(line):
            return False
        return all(
            word.startswith(wanted[:-1]) if wanted[-1] == "*" else word == wanted
            for wanted, word in zip(self.words, line[start:], strict=False)
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a text."""

    cue: Cue
    line: int
    """Number of the line among those with words."""
    position: Position
    opens: bool
    """Whether its line begins with it."""
    length: int
    """Words in its line."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues of all languages: documents of one house are written in several."""

    exact: Mapping[str, tuple[Cue, ...]]
    open: Mapping[str, tuple[Cue, ...]]

    def find(self, lines: Sequence[Line]) -> Iterator[Hit]:
        """Give every cue in a text."""
        for number, line in enumerate(lines):
            words = line.words
            for position, word in enumerate(words):
                for cue in self._candidates(word):
                    start = position - cue.key
                    if cue.stands_at(words, start):
                        end = start + len(cue.words)
                        where = _position(start, end, line.colon, len(words))
                        yield Hit(cue, number, where, start == 0, len(words))

    def _candidates(self, word: str) -> tuple[Cue, ...]:
        exact, stem = self.exact.get(word), self.open.get(word[:_STEM])
        if exact is None or stem is None:
            return exact or stem or ()
        return exact + stem


def words_of(text: str) -> list[str]:
    """Give the words of a text, in lower case.

    >>> words_of("Työkokemus: - B-ajokortti, CV_2")
    ['työkokemus', 'b-ajokortti', 'cv', '2']
    """
    return _WORD.findall(text.lower())


def lines_of(text: str) -> list[Line]:
    """Give the lines of a text that have words.

    >>> lines_of("Kieli: suomi")
    [Line(words=['kieli', 'suomi'], colon=1, has_colon=True)]
    """
    lines = []
    for line in _LINE_END.split(text):
        if words := words_of(line):
            before, colon, _ = line.partition(":")
            lines.append(Line(words, len(words_of(before) if colon else words), bool(colon)))
    return lines


@cache
def lexicon() -> Lexicon:
    """Read the cues of all languages once."""
    types: dict[tuple[str, ...], dict[str, Group]] = {}
    for language in LANGUAGES:
        source = files("detectors.documents").joinpath(f"cues.{language}.yaml")
        for kind, groups in yaml.load(source.read_text("utf-8"), yaml.CSafeLoader).items():
            for name, cues in groups.items():
                group = Group[name.upper()]
                for cue in cues:
                    known = types.setdefault(_cue_words(cue), {})
                    known[kind] = max(group, known.get(kind, group))
    exact: dict[str, list[Cue]] = {}
    open_: dict[str, list[Cue]] = {}
    for words, kinds in types.items():
        key = max(range(len(words)), key=lambda at: (words[at][-1] != "*", len(words[at])))
        cue = Cue(words, kinds, key)
        if words[key][-1] == "*":
            open_.setdefault(words[key][:_STEM], []).append(cue)
        else:
            exact.setdefault(words[key], []).append(cue)
    return Lexicon(
        {word: tuple(cues) for word, cues in exact.items()},
        {stem: tuple(cues) for stem, cues in open_.items()},
    )


def _cue_words(cue: str) -> tuple[str, ...]:
    words = []
    for piece in cue.split():
        found = words_of(piece)
        if piece.endswith("*"):
            found[-1] += "*"
        words += found
    return tuple(words)


def _position(start: int, end: int, colon: int, length: int) -> Position:
    if (start, end) == (0, length):
        return Position.LINE
    if start == 0 and end == colon:
        return Position.KEY
    return Position.LINE if start == colon and end == length else Position.TEXT
