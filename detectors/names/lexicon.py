"""Names that a label says are names: columns, fields, headers of mail.

They are believed without the model, whether a list knows them or not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from detectors.base import Span
from detectors.context import words_of
from detectors.names.forms import Known, look_up, name_value
from detectors.names.stopwords import is_stopword
from scanner.model import Segment

_CAPITAL = "A-ZÀ-ÖØ-ÞŠŽŁĆĘŚŻČĐ"
_WORD = (
    rf"[{_CAPITAL}][\w'\u2019]+(?:-[{_CAPITAL}]?[\w'\u2019]+)*(?::[a-zäö]{{1,5}})?"
    rf"|[{_CAPITAL}]\.?(?![\w.])"
)
_PARTICLE = r"(?:von|af|van|de|der|den|da|di|du|bin|al|el|la)"
_ANY_WORD = re.compile(r"[\w'\u2019-]+\.?")
_ENGLISH_GENITIVE = re.compile(r"['\u2019]s$")
_NAME_WORDS = (
    r"nimi|etunimet?|sukunimi|kutsumanimi|hakija|kandidaatti|name|surname|candidate|applicant"
    r"|namn|förnamn|efternamn|sökande|navn|fornavn|etternavn|søker|ansøger"
)
_NOT_A_PERSON = r"(?:company|file|user|product|domain|tiedosto|yritys|käyttäjä|tuote|fil|firma) ?"
_NAME_LABEL = re.compile(rf"(?!{_NOT_A_PERSON})(?:.* )?(?:{_NAME_WORDS})$")
_HEADER_LABEL = re.compile(r"^header:(?:from|to|cc|bcc|reply-to|sender)$")
_DISPLAY_NAME = re.compile(
    r"(?:^|[,;\n])\s*\"?([^\"<>,;@\n]{2,60}(?:, [^\"<>,;@\n]{2,30})?)\"?\s*<"
)
_CELL = re.compile(r"[^\n]+")
_CELL_NAME = re.compile(
    rf"(?:{_WORD})(?:,? (?:{_PARTICLE} ){{0,2}}(?:{_WORD})){{0,4}}"
    r"|[^\W\d_]{2,20}(?: [^\W\d_]{2,20}){0,3}"
)

_FULL = 0.85
_LABELLED = 0.8


@dataclass(frozen=True, slots=True)
class _Token:
    text: str = field(repr=False)
    start: int
    end: int
    known: Known


@dataclass(frozen=True, slots=True)
class _Name:
    tokens: tuple[_Token, ...]
    confidence: float


def labelled_names(segment: Segment) -> Iterator[_Name]:
    """Read a column or header that holds names."""
    if _HEADER_LABEL.match(segment.label):
        places = (match.span(1) for match in _DISPLAY_NAME.finditer(segment.text))
    elif segment.label and _NAME_LABEL.match(words_of(segment.label).strip()):
        places = (match.span() for match in _CELL.finditer(segment.text))
    else:
        return
    for start, end in places:
        name = _CELL_NAME.match(segment.text, start, end)
        if name is None:
            continue
        rest = segment.text[name.end() : end].strip()
        if rest and not rest.startswith("("):
            continue
        tokens = tuple(_tokens(segment.text, name.start(), name.end()))
        if not tokens or all(is_stopword(token.text) for token in tokens):
            continue
        known = any(token.known.personal for token in tokens)
        yield _Name(tokens, _FULL if known else _LABELLED)


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    for match in _ANY_WORD.finditer(text, start, end):
        word = match.group()
        shortened = _ENGLISH_GENITIVE.sub("", word)
        yield _Token(shortened, match.start(), match.start() + len(shortened), look_up(shortened))


def span_of(index: int, name: _Name) -> Span:
    """Give a name as what a recognizer saw."""
    return Span(
        segment=index,
        entity="PERSON",
        start=name.tokens[0].start,
        end=name.tokens[-1].end,
        confidence=name.confidence,
        codes=("label",),
        value=name_value(token.known.base or token.text for token in name.tokens),
    )
