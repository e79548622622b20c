"""Names of people and places by simple means: lists of ours, capitals, labels, case endings.

A name on a list is not yet a person (Onni, Aalto and Lahti are words): a second name, a label or a
header must speak for it. The confidence says how much did. `detectors.names.model` sees more in
prose and asks this module for labels, headers and what stands clearly on the lists.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detectors.base import Span
from detectors.context import words_of
from detectors.names.forms import Known, look_up, name_value
from detectors.names.stopwords import ORGANISATION_AFTER, is_stopword
from scanner.model import Segment

_CAPITAL = "A-ZÀ-ÖØ-ÞŠŽŁĆĘŚŻČĐ"
_WORD = (
    rf"[{_CAPITAL}][\w'\u2019]+(?:-[{_CAPITAL}]?[\w'\u2019]+)*(?::[a-zäö]{{1,5}})?"
    rf"|[{_CAPITAL}]\.?(?![\w.])"
)
_PARTICLE = r"(?:von|af|van|de|der|den|da|di|du|bin|al|el|la)"
_SEQUENCE = re.compile(
    rf"(?<![\w@./-])(?:{_WORD})(?:[ ]{{1,2}}(?:{_PARTICLE}[ ]){{0,2}}(?:{_WORD})){{0,11}}"
    r"(?!\w|[.-]?@|[._]\w)"
)
_WORDS = re.compile(_WORD)
_ANY_WORD = re.compile(r"[\w'\u2019-]+\.?")
_ENGLISH_GENITIVE = re.compile(r"['\u2019]s$")
_NAME_WORDS = (
    r"nimi|etunimet?|sukunimi|kutsumanimi|hakija|kandidaatti|name|surname|candidate|applicant"
    r"|namn|förnamn|efternamn|sökande|navn|fornavn|etternavn|søker|ansøger"
)
_LABEL_BEFORE = re.compile(
    rf"\b(?:{_NAME_WORDS}|yhteyshenkilö|haastattelija|suosittelija|lähettäjä|vastaanottaja"
    r"|referee|reference|signed|allekirjoittanut)[ \t]*[:=][ \t]*$",
    re.IGNORECASE,
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
_POSTCODE = re.compile(r"\b(?:FI-|SE-|S-|N-|DK-)?\d{3} ?\d{1,2} $")
_SENTENCE_START = re.compile(r"(?:^|[.!?:•*\"”»]|\n|- )\s*$")

_FULL = 0.85
_LABELLED = 0.8
_CAPITALS = 0.75
_REVERSED = 0.75
_KNOWN_GIVEN = 0.65
_KNOWN_SURNAME = 0.6
_REPEATED = 0.55
_SINGLE = 0.5
_SINGLE_FIRST = 0.42
_AMBIGUOUS_PAIR = 0.5
_PLACE = 0.65
_PLACE_LOCAL = 0.6


@dataclass(frozen=True, slots=True)
class _Token:
    text: str = field(repr=False)
    start: int
    end: int
    known: Known

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 or (len(self.text) == len("M.") and self.text[1] == ".")


@dataclass(frozen=True, slots=True)
class _Name:
    tokens: tuple[_Token, ...]
    confidence: float
    entity: str = "PERSON"
    codes: tuple[str, ...] = ("lexicon",)


class NameLexicon:
    """PERSON and LOCATION by lists and rules."""

    name = "names.lexicon"
    entities = frozenset({"PERSON", "LOCATION"})

    def recognize(self, segments: Sequence[Segment]) -> Iterator[Span]:
        """Look at each segment; its label and its own clear names help with the rest."""
        for index, segment in enumerate(segments):
            names = [span_of(index, name) for name in labelled_names(segment)]
            yield from names
            if not names and not segment.text.islower():
                yield from self.in_prose(index, segment.text)

    def in_prose(self, index: int, text: str) -> Iterator[Span]:
        """Give what the lists know in a text whose label says nothing."""
        return (span_of(index, name) for name in _in_prose(text))


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
        tokens = tuple(_tokens(segment.text, name.start(), name.end(), _ANY_WORD))
        if not tokens or all(is_stopword(token.text) for token in tokens):
            continue
        known = any(token.known.personal for token in tokens)
        yield _Name(tokens, _FULL if known else _LABELLED, codes=("label",))


def _in_prose(text: str) -> Iterator[_Name]:
    sequences = [
        list(_tokens(text, match.start(), match.end())) for match in _SEQUENCE.finditer(text)
    ]
    sure: dict[str, str] = {}
    left: list[_Token] = []
    for tokens in sequences:
        used: set[int] = set()
        for name in _names(text, tokens):
            yield name
            used.update(token.start for token in name.tokens)
            if name.entity == "PERSON" and len(name.tokens) > 1:
                for token in name.tokens:
                    sure[token.known.base or token.text] = token.text
        left.extend(token for token in tokens if token.start not in used)
    for token in left if sure else ():
        if token.known.plausible and (token.known.base or token.text) in sure:
            yield _Name((token,), _REPEATED, codes=("lexicon", "repeated"))


def _names(text: str, tokens: list[_Token]) -> Iterator[_Name]:
    """Read the names in a sequence of capitalised words."""
    if tokens and text[max(0, tokens[0].start - 2) : tokens[0].start].strip() in {":", "="}:
        before = text[max(0, tokens[0].start - 40) : tokens[0].start]
        named = [token for token in tokens if token.known.plausible or token.is_initial]
        if _LABEL_BEFORE.search(before) and named == tokens:
            yield _Name(tuple(tokens), _LABELLED, codes=("label",))
            return
    if not any(token.known.base or token.is_initial for token in tokens):
        return
    position = 0
    while position < len(tokens):
        name = _name_at(text, tokens, position)
        if name is None:
            position += 1
            continue
        yield name
        position = next(index for index, token in enumerate(tokens) if token is name.tokens[-1]) + 1


def _name_at(text: str, tokens: list[_Token], position: int) -> _Name | None:
    token = tokens[position]
    listed = token.known.listed
    if token.is_initial:
        return _with_initial(tokens, position)
    if is_stopword(token.text):
        return None
    name = None
    if listed.given and not token.known.inflected:
        name = _given_first(tokens, position)
    if name is None and listed.surname:
        name = _surname_first(tokens, position)
    if not token.known.personal:
        name = _unknown_first(text, tokens, position)
    if name is None:
        name = _place(text, token) if listed.place else _single(text, token)
    return name


def _given_first(tokens: list[_Token], position: int) -> _Name | None:
    """Maija Keksitty; Maija K. Keksitty; MAIJA KEKSITTY."""
    end = position + 1
    while end < len(tokens) and (
        tokens[end].is_initial
        or (tokens[end].known.listed.given and not tokens[end].known.listed.surname)
    ):
        end += 1
        if tokens[end - 1].known.inflected:
            break
    first = tokens[position]
    if end < len(tokens) and tokens[end].known.plausible and not tokens[end - 1].known.inflected:
        last = tokens[end]
        whole = tuple(tokens[position : end + 1])
        if last.known.personal:
            return _Name(whole, _CAPITALS if first.text.isupper() else _FULL)
        if first.text.isupper() == last.text.isupper():
            doubtful = first.known.listed.ambiguous or first.text.isupper()
            return _Name(whole, _AMBIGUOUS_PAIR if doubtful else _KNOWN_GIVEN)
    if end - position > 1:
        return _Name(tuple(tokens[position:end]), _KNOWN_GIVEN)
    return None


def _surname_first(tokens: list[_Token], position: int) -> _Name | None:
    """Keksitty Maija, as in lists."""
    if position + 1 < len(tokens) and not tokens[position].known.inflected:
        following = tokens[position + 1]
        if following.known.listed.given and not is_stopword(following.text):
            end = position + 2
            while end < len(tokens) and tokens[end].known.listed.given:
                end += 1
            return _Name(tuple(tokens[position:end]), _REVERSED)
    return None


def _unknown_first(text: str, tokens: list[_Token], position: int) -> _Name | None:
    """Read an unknown word before a known surname: Keijukka Virtanen."""
    if position + 1 >= len(tokens) or not tokens[position].known.plausible:
        return None
    last = tokens[position + 1]
    if not last.known.listed.surname or last.known.listed.ambiguous:
        return None
    if tokens[position].text.isupper() != last.text.isupper():
        return None
    if tokens[position].start and _begins_sentence(text, tokens[position].start):
        return None
    return _Name(tuple(tokens[position : position + 2]), _KNOWN_SURNAME)


def _with_initial(tokens: list[_Token], position: int) -> _Name | None:
    """M. Keksitty."""
    end = position
    while end < len(tokens) and tokens[end].is_initial:
        end += 1
    if end == len(tokens) or not tokens[end - 1].text.endswith("."):
        return None
    last = tokens[end]
    if not last.known.plausible or last.text.isupper():
        return None
    known = last.known.listed.surname
    return _Name(tuple(tokens[position : end + 1]), _KNOWN_GIVEN if known else _SINGLE_FIRST)


def _single(text: str, token: _Token) -> _Name | None:
    listed = token.known.listed
    if not token.known.personal or listed.ambiguous:
        return None
    if token.text.isupper() or text[token.end : token.end + 1] == "-":
        return None
    first = _begins_sentence(text, token.start)
    if first and token.known.typical:
        return None
    return _Name((token,), _SINGLE_FIRST if first else _SINGLE)


def _place(text: str, token: _Token) -> _Name | None:
    listed = token.known.listed
    if _POSTCODE.search(text, max(0, token.start - 12), token.start):
        return None
    if ORGANISATION_AFTER.match(text, token.end):
        return None
    if (token.known.personal or listed.ambiguous) and not token.known.local:
        return None
    doubtful = token.known.personal or listed.ambiguous
    return _Name((token,), _PLACE_LOCAL if doubtful else _PLACE, "LOCATION")


def _begins_sentence(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text, max(0, start - 4), start) is not None or start == 0


def _tokens(text: str, start: int, end: int, words: re.Pattern[str] = _WORDS) -> Iterator[_Token]:
    for match in words.finditer(text, start, end):
        word = match.group()
        shortened = _ENGLISH_GENITIVE.sub("", word)
        yield _Token(shortened, match.start(), match.start() + len(shortened), look_up(shortened))


def span_of(index: int, name: _Name) -> Span:
    """Give a name as what a recognizer saw."""
    return Span(
        segment=index,
        entity=name.entity,
        start=name.tokens[0].start,
        end=name.tokens[-1].end,
        confidence=name.confidence,
        codes=name.codes,
        value=name_value(token.known.base or token.text for token in name.tokens)
        if name.entity == "PERSON"
        else "",
    )
