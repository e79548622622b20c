"""The text of a notice: lines as they stand, sentences and sections in them.

Offsets in a line's `text` are those of its `raw`: only kinds of spaces and dashes are made alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ropa.notice.base import Evidence

_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_ABBREVIATIONS = re.compile(
    r"(?:^|[\s(])(?:esim|mm|ks|ns|jne|yms|ym|tms|eli|nro|puh|eKr|v|s|tai vast|bl\.a|t\.ex|dvs|m\.m"
    r"|osv|s\.k|f\.d|ev|jfr|t\.d|bla|f\.eks|eks|mv|pga|jf|pkt|ca|nr|kl|art|artikl|st|stk|avs|kap"
    r"|org\.nr|orgnr|cvr-nr|org-nr|reg\.nr|tfn|postb|jnr|jf|dvs|resp|inkl|ekskl|kv|kl|e\.g|i\.e|etc|approx|no|inc|ltd|co|corp|llc|mr|ms|dr|sec|para|vs|tlf|tel|p|eng|(?:eu-)?u\.s|u\.k)$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?](?=[\s\"'”»)\]]*(?:\s|$))")
_CLOSING = re.compile(r"[\"'”»)\]]*\s*")
_BULLET = re.compile(r"\s*(?:[•●▪◦‣·*\u2013\u2014-]|\(?(?:[a-zA-Z]|\d{1,2})[.)])\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line."""

    number: int
    raw: str
    text: str
    """The same length; every space a plain one."""

    @property
    def is_empty(self) -> bool:
        """Say whether it has no words."""
        return not self.text.strip()

    @property
    def is_bullet(self) -> bool:
        """Say whether it is an item of a list."""
        return _BULLET.match(self.text) is not None

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence:
        """Quote a part of the line, without the white space around it."""
        part = self.raw[start:end]
        return Evidence(line=self.number, quote=part.strip())


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; sentences do not cross lines, as notices put a paragraph on each."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """Give its words, with plain spaces."""
        return self.line.text[self.start : self.end]

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence:
        """Quote a part of the sentence, offsets within it."""
        last = self.end if end is None else self.start + end
        return self.line.evidence(self.start + start, last)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading, and what they are about."""

    id: str
    role: str
    """A key of `sections.yaml`; empty where nothing tells."""
    heading: str
    """Empty before the first heading."""
    heading_line: int
    """0 without a heading."""
    first: int
    """Number of the first line under the heading; the last one is included."""
    last: int

    def holds(self, line: Line) -> bool:
        """Say whether a line stands in it, its heading apart."""
        return self.first <= line.number <= self.last


@dataclass(frozen=True)
class NoticeText:
    """A notice ready to be read."""

    name: str
    language: str
    """fi, sv, no, da or en; empty if none is clear."""
    lines: tuple[Line, ...]
    sections: tuple[Section, ...] = ()
    title_line: int = 0
    """Number of the line that is the notice's title; 0 if none is."""
    sha256: str = ""
    """Of the file's bytes; of the text where it came without a file."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Give all sentences in order, headings too."""
        return tuple(sentence for line in self.lines for sentence in sentences_of(line))

    def section_of(self, line: Line) -> Section | None:
        """Give the section that a line stands in."""
        return next((section for section in self.sections if section.holds(line)), None)

    def in_roles(self, *roles: str) -> Iterator[Sentence]:
        """Give the sentences of the sections of some roles."""
        for sentence in self.sentences:
            section = self.section_of(sentence.line)
            if section is not None and section.role in roles:
                yield sentence


def lines_of(text: str) -> tuple[Line, ...]:
    r"""Cut a text into its lines.

    >>> [line.text for line in lines_of("a\u202fb\n\nc")]
    ['a b', '', 'c']
    """
    return tuple(
        Line(number, raw, _SPACES.sub(" ", raw))
        for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1)
    )


def sentences_of(line: Line) -> Iterator[Sentence]:
    """Cut a line into sentences; abbreviations and numbers end none.

    >>> line, = lines_of("Ks. kohta 6. (1) f. Poistamme tiedot vuoden kuluttua, esim. CV:n.")
    >>> [sentence.text for sentence in sentences_of(line)]
    ['Ks. kohta 6. (1) f.', 'Poistamme tiedot vuoden kuluttua, esim. CV:n.']
    """
    text = line.text
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else len(text) - len(text.lstrip())
    for found in _END.finditer(text, start):
        if _goes_on(text, start, found.start()):
            continue
        closing = _CLOSING.match(text, found.end())
        end = closing.end() if closing else found.end()
        stop = end if end < len(text) else len(text.rstrip())
        yield Sentence(line, start, start + len(text[start:stop].rstrip()))
        start = end
    if text[start:].strip():
        yield Sentence(line, start, len(text.rstrip()))


def _goes_on(text: str, start: int, mark: int) -> bool:
    """Say whether a mark ends no sentence: after an abbreviation, before a small letter."""
    if text[mark] != ".":
        return False
    rest = text[mark + 1 :].lstrip(" \"'”»)]")
    if rest and (rest[0].islower() or (rest[0] in "(§" and text[mark - 1].isdigit())):
        return True
    return _ABBREVIATIONS.search(text[start:mark]) is not None
