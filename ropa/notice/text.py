"""The text of a notice: lines as they stand, sentences and sections in them.

Offsets in a line's `text` are those of its `raw`: only kinds of spaces and dashes are made alike.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ropa.notice.base import Evidence

_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_ABBREVIATIONS = re.compile(
    r"(?:^|[\s(])(?:esim|mm|ks|ns|jne|yms|ym|tms|eli|nro|puh|eKr|v|s|tai vast|bl\.a|t\.ex|dvs|m\.m"
    r"|osv|s\.k|f\.d|ev|jfr|t\.d|bla|f\.eks|eks|mv|pga|jf|pkt|ca|nr|kl|art|artikl|st|stk|avs|kap"
    r"|org\.nr|orgnr|cvr-nr|org-nr|reg\.nr|tfn|postb|jnr|jf|dvs|resp|inkl|ekskl|kv|kl|e\.g|i\.e|etc|approx|no|inc|ltd|co|corp|llc|mr|ms|dr|sec|para|vs|tlf|tel|p|eng|(?:eu-)?u\.s|u\.k)$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 12
_END = re.compile(r"[.!?](?=[\s\"'”»)\]]*(?:\s|$))")
_CLOSING = re.compile(r"[\"'”»)\]]*\s*")
_CELLS = re.compile(r"[|\t]|\S\s{3,}\S")
_NEAR = 40
"""Characters after a mark in which the next word begins."""
_NO_WORD = re.compile(r"\w{121,}")
"""Words are matched to their ends and back: the time grows with the square of their length."""
_BLOT = "~"
_LONGEST_LINE = 4_000
"""Characters of a line; no notice has longer paragraphs, and a hostile one must not cost hours."""
_LONGEST_SENTENCE = 2_000
"""Characters of a sentence, for the same reason."""
_NARROWEST, _WIDEST = 50, 110
"""Characters of the lines of a text that is broken at a width."""
_FULL = 0.65
"""Of that width: a line as long may go on in the next."""
_BULLET = re.compile(r"\s*(?:[•●▪◦‣·*\u2013\u2014-]|\(?(?:[a-zA-Z]|\d{1,2})[.)])\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line."""

    number: int
    raw: str
    text: str
    """The same length; every space a plain one, and no word of endless length."""

    @property
    def is_empty(self) -> bool:
        """Say whether it has no words."""
        return not self.text.strip()

    @property
    def is_bullet(self) -> bool:
        """Say whether it is an item of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def body(self) -> str:
        """Give the raw line without the mark of a list's item; four spaces may follow it."""
        mark = _BULLET.match(self.text)
        return self.raw[mark.end() :] if mark else self.raw

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence:
        """Quote a part of the line, without the white space around it."""
        part = self.raw[start:end]
        return Evidence(line=self.number, quote=part.strip())


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: on one line, as notices put a paragraph on each, or on several of a mail."""

    line: Line
    """The one on which it begins."""
    start: int
    end: int
    rest: tuple["Sentence", ...] = ()
    """Its parts on the lines that follow, in a text that is broken at a width."""

    @property
    def text(self) -> str:
        """Give its words, with plain spaces."""
        return " ".join((self.line.text[self.start : self.end], *(part.text for part in self.rest)))

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence:
        """Quote a part of the sentence, offsets within it; no quote goes on in the next line."""
        at, part = self._part(start)
        last = part.end if end is None else min(part.end, part.start + end - at)
        return part.line.evidence(part.start + start - at, last)

    def evidence_at(self, offset: int) -> Evidence:
        """Quote what stands on the line that carries an offset within the sentence."""
        return self.evidence(self._part(offset)[0])

    def quotes(self) -> tuple[Evidence, ...]:
        """Quote the whole sentence, line by line."""
        own = self.line.evidence(self.start, self.end)
        return (own, *(quote for part in self.rest for quote in part.quotes()))

    def _part(self, offset: int) -> tuple[int, "Sentence"]:
        """Give the part that carries an offset, and the offset at which it begins."""
        at, found = 0, self
        following = self.end - self.start + 1
        for part in self.rest:
            if following > offset:
                break
            at, found = following, part
            following += part.end - part.start + 1
        return at, found


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
    def _sentences_by_line(self) -> Mapping[int, Sequence[Sentence]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.line.number, []).append(sentence)
        return found

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Give all sentences in order, headings too."""
        return tuple(
            sentence for paragraph in self._paragraphs() for sentence in _sentences_over(paragraph)
        )

    def _paragraphs(self) -> Iterator[list[Line]]:
        """Give the lines, those together over which a paragraph is broken."""
        width = _width(self.lines)
        apart = {self.title_line, *(section.heading_line for section in self.sections)}
        paragraph: list[Line] = []
        length = 0
        for line in self.lines:
            length += len(line.text) + 1
            if paragraph and not (
                length <= _LONGEST_LINE
                and line.number not in apart
                and paragraph[-1].number not in apart
                and _is_broken(paragraph[-1], line, width)
            ):
                yield paragraph
                paragraph, length = [], len(line.text) + 1
            paragraph.append(line)
        if paragraph:
            yield paragraph

    def sentence_at(self, line: Line, offset: int) -> Sentence | None:
        """Give the sentence that begins on a line and goes over an offset in it."""
        beginning = self._sentences_by_line.get(line.number, ())
        return next((each for each in beginning if each.start <= offset < each.end), None)

    def section_of(self, line: Line) -> Section | None:
        """Give the section that a line stands in; of several the first."""
        return self._section_by_line.get(line.number)

    @cached_property
    def _section_by_line(self) -> Mapping[int, Section]:
        return {
            number: section
            for section in reversed(self.sections)
            for number in range(section.first, section.last + 1)
        }

    def in_roles(self, *roles: str) -> Iterator[Sentence]:
        """Give the sentences of the sections of some roles."""
        for sentence in self.sentences:
            section = self.section_of(sentence.line)
            if section is not None and section.role in roles:
                yield sentence


def lines_of(text: str) -> tuple[Line, ...]:
    r"""Cut a text into its lines; one that is too long goes on in the next, from a sentence's end.

    >>> [line.text for line in lines_of("a\u202fb\n\nc")]
    ['a b', '', 'c']
    """
    raws = (part for raw in re.split(r"\r\n|\r|\n", text) for part in _pieces(raw))
    return tuple(Line(number, raw, _plain(raw)) for number, raw in enumerate(raws, start=1))


def _plain(raw: str) -> str:
    """Make the kinds of spaces alike, and blot out what is too long for a word."""
    return _NO_WORD.sub(lambda found: _BLOT * len(found.group()), _SPACES.sub(" ", raw))


def _pieces(raw: str) -> Iterator[str]:
    """Cut what is too long for a line, at the end of a sentence or else of a word."""
    start = 0
    while len(raw) - start > _LONGEST_LINE:
        last = start + _LONGEST_LINE
        at = max(raw.rfind(f"{mark} ", start, last) for mark in ".!?")
        at = at + 1 if at >= 0 else raw.rfind(" ", start, last)
        end = at + 1 if at >= 0 else last
        yield raw[start:end]
        start = end
    yield raw[start:]


def sentences_of(line: Line) -> Iterator[Sentence]:
    """Cut a line into sentences; abbreviations and numbers end none.

    >>> line, = lines_of("Ks. kohta 6. (1) f. Poistamme tiedot vuoden kuluttua, esim. CV:n.")
    >>> [sentence.text for sentence in sentences_of(line)]
    ['Ks. kohta 6. (1) f.', 'Poistamme tiedot vuoden kuluttua, esim. CV:n.']
    """
    for start, end in _spans(line.text):
        yield Sentence(line, start, end)


@lru_cache(maxsize=4096)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_cuts(text))


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Give where the sentences of a text begin and end."""
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else len(text) - len(text.lstrip())
    for found in _END.finditer(text, start):
        if _goes_on(text, start, found.start()):
            continue
        closing = _CLOSING.match(text, found.end())
        end = closing.end() if closing else found.end()
        stop = end if end < len(text) else len(text.rstrip())
        yield from _bounded(text, start, start + len(text[start:stop].rstrip()))
        start = end
    if text[start:].strip():
        yield from _bounded(text, start, len(text.rstrip()))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence, at the end of a word."""
    while end - start > _LONGEST_SENTENCE:
        space = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        stop = space + 1 if space >= 0 else start + _LONGEST_SENTENCE
        yield start, stop
        start = stop
    yield start, end


def _sentences_over(lines: Sequence[Line]) -> Iterator[Sentence]:
    """Cut the lines of one paragraph into sentences."""
    if len(lines) == 1:
        yield from sentences_of(lines[0])
        return
    indents = [0, *(len(line.text) - len(line.text.lstrip()) for line in lines[1:])]
    parts = [line.text[indent:].rstrip() for line, indent in zip(lines, indents, strict=True)]
    for start, end in _cuts(" ".join(parts)):
        found: list[Sentence] = []
        at = 0
        for line, indent, part in zip(lines, indents, parts, strict=True):
            first, last = max(start - at, 0), min(end - at, len(part))
            if first < last:
                found.append(Sentence(line, indent + first, indent + last))
            at += len(part) + 1
        yield replace(found[0], rest=tuple(found[1:]))


def _width(lines: Sequence[Line]) -> int:
    """Give the width at which the lines of a text are broken; 0 where they are not."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if not line.is_empty)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    return width if _NARROWEST <= width <= _WIDEST else 0


def _is_broken(line: Line, after: Line, width: int) -> bool:
    """Say whether a line breaks off in a sentence that the next one goes on with."""
    text, following = line.text.strip(), after.text.strip()
    if not width or not following or len(line.text.rstrip()) < _FULL * width:
        return False
    if (
        _CELLS.search(line.body)
        or _CELLS.search(following)
        or after.is_bullet
        or text[-1] in ".!?:;"
    ):
        return False
    first = following[0]
    return (first.islower() or first.isdigit() or first in "(§") and not _begin_alike(
        text, following
    )


def _begin_alike(text: str, following: str) -> bool:
    """Say whether two lines are items of a list without marks: "to assess ...", "to contact"."""
    return text.split(maxsplit=1)[0] == following.split(maxsplit=1)[0]


def _goes_on(text: str, start: int, mark: int) -> bool:
    """Say whether a mark ends no sentence: after an abbreviation, before a small letter."""
    if text[mark] != ".":
        return False
    rest = text[mark + 1 : mark + _NEAR].lstrip(" \"'”»)]")
    if rest and (rest[0].islower() or (rest[0] in "(§" and text[mark - 1].isdigit())):
        return True
    word = text[max(start, mark - _LONGEST_ABBREVIATION) : mark]
    return _ABBREVIATIONS.search(word) is not None
