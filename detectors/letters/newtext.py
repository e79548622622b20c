"""What a letter itself says: without the mail that it answers or forwards, and its small print."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LOOKED_AT = 12_000
"""Characters of a letter that are read: what it is about stands before."""
_LONGEST_LINE = 400
_HEADERS_WITHIN = 5

_EARLIER = re.compile(
    r"original|ursprung|oprindelig|opprinnelig|opphavl|alkuper|välite|edelleen|forward"
    r"|vidarebef|videresend|vidaresend|weitergel",
    re.IGNORECASE,
)
_LONGEST_RULE = 100
_BEGIN = re.compile(
    r"begin forwarded message|välitetty viesti alkaa|vidarebefordrat (?:brev|meddelande)"
    r"|videresendt (?:melding|besked|e-post)",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r".{0,300}\b(?:wrote|kirjoitti|skrev|skreiv|schrieb|écrit)\b.{0,90}:", re.IGNORECASE
)
_HAS_ADDRESS_OR_DATE = re.compile(r"[\d@]")
_FROM = re.compile(r"\*?(?:from|från|fra|frå|lähettäjä|von|de)\*?\s?:", re.IGNORECASE)
_OTHER_HEADER = re.compile(
    r"\s*\*?(?:sent|skickat|sendt|send|lähetetty|date|dato|datum|päivä|päiväys|pvm|to|till|til"
    r"|vastaanottaja|cc|kopio|kopia|kopi|subject|ämne|emne|aihe)\*?\s?:",
    re.IGNORECASE,
)
_QUOTES, _DASHES = frozenset(">|"), frozenset("-_=*\u2013\u2014")
_SMALL_PRINT = re.compile(
    r"confidential|luottamuksel|konfidenti|fortrolig|salassa pid|sekretess|taushetsplikt"
    r"|teieplikt|tavshedspligt|intended (?:solely|only) for|think before you print"
    r"|innan du skriver ut|ennen kuin tulostat",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…]+[)\"'”»]*(?=\s)|:[)(D](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the new text, or a line without an end."""

    text: str
    start: int
    """In the letter's whole text."""


def sentences(text: str) -> Iterator[Sentence]:
    r"""Give the sentences of the new text, in order.

    >>> [each.text for each in sentences("Thanks. We chose you.\n> We chose another.")]
    ['Thanks.', 'We chose you.']
    """
    for start, end in _paragraphs(text):
        if _SMALL_PRINT.search(text, start, end):
            continue
        at = start
        for found in _SENTENCE_END.finditer(text, start, end):
            if found[0] == "\n" and not _ends_line(text, at, found.start()):
                continue
            yield from _sentence(text, at, found.end())
            at = found.end()
        yield from _sentence(text, at, end)


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    bare = text[start:end].lstrip()
    if bare:
        yield Sentence(bare.rstrip(), end - len(bare))


def _ends_line(text: str, at: int, newline: int) -> bool:
    """Say whether a line's end ends a sentence: the line is short, or a list goes on below."""
    line = max(at, text.rfind("\n", at, newline) + 1)
    after = text[newline + 1 : newline + 3]
    return newline - line < 45 or after[:1] in "•-*▪●·"  # noqa: PLR2004


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the runs of lines that are the writer's own."""
    begin = None
    at = 0
    for start, end, line in new_lines(text):
        if begin is not None and (start > at or not line.strip()):
            yield begin, at
            begin = None
        if line.strip() and begin is None:
            begin = start
        at = end
    if begin is not None:
        yield begin, at


def new_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the lines above and between what is quoted, with where they stand."""
    lines = text[:LOOKED_AT].splitlines(keepends=True)
    at = 0
    for number, line in enumerate(lines):
        start, at = at, at + len(line)
        if len(line) <= _LONGEST_LINE:
            bare = line.strip()
            if bare[:1] in _QUOTES:
                continue
            if bare[:1] in _DASHES and _rules_off(bare):
                return
            if ":" in bare and _introduces(bare, lines, number):
                if _is_quoted_below(lines, number):
                    continue
                return
        yield start, at, line


def _rules_off(bare: str) -> bool:
    """Say whether a line with a dash first divides a letter from its signature or another mail."""
    is_rule = bare[1:2] in _DASHES and len(bare) <= _LONGEST_RULE
    return bare == "--" or (is_rule and _EARLIER.search(bare) is not None)


def _introduces(bare: str, lines: list[str], number: int) -> bool:
    """Say whether a line stands above an earlier mail."""
    if bare[-1] == ":" and _WROTE.fullmatch(bare):
        before = lines[number - 1] if number else ""
        return _HAS_ADDRESS_OR_DATE.search(f"{before[-_LONGEST_LINE:]}{bare}") is not None
    if _BEGIN.match(bare):
        return True
    below = lines[number + 1 : number + 1 + _HEADERS_WITHIN]
    return _FROM.match(bare) is not None and any(
        _OTHER_HEADER.match(each[:_LONGEST_LINE]) for each in below
    )


def _is_quoted_below(lines: list[str], number: int) -> bool:
    below = (each.lstrip()[:1] for each in lines[number + 1 : number + 4])
    return next((each in _QUOTES for each in below if each), False)
