"""What a text says it is about: the words by which a position may be recognised, keyed.

A mail about a position names it in its subject or its first lines, by its number or its title.
Which positions there are is known elsewhere and often later, so the words themselves are kept:
their beginnings, by which `vartijan` and `vartija` are one, as short keyed hashes.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from detectors.marks import CODE, UNPROMPTED, YEAR
from detectors.mask import keyed_hash
from detectors.names.known import nominatives
from detectors.names.stopwords import is_stopword
from scanner.locator import Locator
from scanner.model import Message, Segment
from scanner.relations import Topic

_LENGTH = 8
"""Of a hash: equal by chance once in four thousand million."""
_FIRST = 400
"""Characters of a text that may say what it is about."""
_MOST_WORDS = 64
_NAMING = 4_000
"""Characters of a text in which surnames are looked for."""
_MOST_NAMES = 200
_MOST_RECORDS = 20_000
_SUBJECTS = frozenset({"subject"})
ABOUT = re.compile(
    r"position|vacanc|\bjob|requisition|tehtäv|paikka|rekryt|haku|tjänst|befattning|rekryter"
    r"|stilling|annons|utlysning|opslag|kod|code",
    re.IGNORECASE,
)
"""Headings of columns that say which position a row is about."""
_CODE = re.compile(r"(?<![\w-])(?:[A-Za-zÅÄÖÆØåäöæø]{1,6}[-/]?)?\d+(?:[-/._]\d+)*(?![\w-])")
_NO_CODE = re.compile(
    r"\+\d[\d ().-]{6,}\d|(?<![\w.-])\d{2,4}(?:[ ./-]\d{2,4}){3,}(?![\w-])"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}([./-])\d{1,2}\1(?:\d\d)?\d\d\b"
)
"""Telephone numbers and dates: people write them in many places, as they do a position's number."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNPROMPTED = re.compile(
    r"avoi(?:n|me[nt]\w*) (?:työ)?hakemu|open application|speculative application|unsolicited appl"
    r"|spontanansök|öppen ansökan|öppna ansökning|intresseanmälan|åpen søknad|open søknad"
    r"|åpne søknad|uoppfordret søknad|uopfordret ansøgning|uopfordrede",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?<![\w@.])[^\W\d_a-zåäöæø][^\W\d_]{3,}(?![\w@])")
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 7
"""Letters: shorter than that, a word loses its last one, which a case may change."""
_SHORT = 5


def words_of(text: str) -> tuple[str, ...]:
    """Give what is compared of a text: stems of words and numbers, each once, in order.

    >>> words_of("vartijan tehtävä (2026-006)")
    ('vartija', 'tehtäv', '2026006')
    >>> words_of("Väktare 2024")
    ('väktar', '@2024')
    >>> words_of("26/031, 14.03.2025, +47 22 00 00 11, 040 000 44 55, 2025-03-14")
    ('26031',)
    """
    found: dict[str, None] = {}
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if not is_stopword(word):
            found[stem(word)] = None
    if _UNPROMPTED.search(text):
        found[UNPROMPTED] = None
    for match in _CODE.finditer(_NO_CODE.sub(" ", text)):
        if _YEAR.fullmatch(match.group()):
            found[YEAR + match.group()] = None
        elif code := code_of(match.group()):
            found[code] = None
    return tuple(found)


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """Give the beginning of a word that its cases share, mostly."""
    return word[:_STEM] if len(word) > _STEM else word[: max(_SHORT - 1, len(word) - 1)]


def code_of(text: str) -> str:
    """Give a requisition's number without what people write differently in it.

    >>> code_of("2024-017"), code_of("REQ12/2024"), code_of("17")
    ('2024017', 'req122024', '')
    """
    code = "".join(each for each in text.casefold() if each.isalnum())
    return code if len(code) >= 4 and not _YEAR.fullmatch(code) else ""  # noqa: PLR2004 - a shorter one is any number


@lru_cache(maxsize=16_384)
def _forms(key: bytes, word: str) -> tuple[str, ...]:
    return tuple(keyed_hash(key, "PERSON", base) for base in nominatives(word))


class Topics:
    """The topics of one asset, while it is read."""

    def __init__(self, key: bytes, path: str = "") -> None:
        self._key = key
        self._path = path
        self._words: dict[str, dict[str, None]] = {}
        self._names: dict[str, dict[str, None]] = {}
        self._sent: dict[str, datetime] = {}

    def enter(self, message: Message) -> None:
        """Remember when a message was sent."""
        if message.sent_at is not None:
            self._sent[str(message.locator.record)] = message.sent_at

    def add(self, segment: Segment) -> None:
        """Keep the words of a subject, or of the beginning of a text."""
        if segment.records and ABOUT.search(segment.label):
            self._rows(segment)
        if segment.records or segment.offset >= _NAMING:
            return
        name = str(segment.locator.record)
        if not segment.label:
            self._name(name, segment.text[:_NAMING])
        if segment.offset >= _FIRST:
            return
        last = segment.locator.last
        if segment.label and (last is None or last.name not in _SUBJECTS):
            return
        if name not in self._words and len(self._words) >= _MOST_RECORDS:
            return
        words = self._words.setdefault(name, {})
        if len(words) < _MOST_WORDS:
            words |= dict.fromkeys(words_of(segment.text[:_FIRST]))

    def _rows(self, segment: Segment) -> None:
        """Keep the words of a column that says which position each row is about."""
        starts = [*(start for start, _ in segment.records), len(segment.text) + 1]
        for (start, row), end in zip(segment.records, starts[1:], strict=True):
            place = segment.locator.record
            record = Locator.parse(row)
            name = str(place if place.last == record.last else place.inside(record))
            if name in self._words or len(self._words) < _MOST_RECORDS:
                words = self._words.setdefault(name, {})
                words |= dict.fromkeys(words_of(segment.text[start : end - 1][:_FIRST]))

    def _name(self, record: str, text: str) -> None:
        """Keep what capitalised words may be cases of: a surname in a summary of interviews."""
        names = self._names.setdefault(record, {})
        for match in _CAPITALISED.finditer(text):
            if len(names) >= _MOST_NAMES:
                return
            word = match.group()
            if not is_stopword(word.casefold()):
                names |= dict.fromkeys(_forms(self._key, word))

    def topics(self) -> Iterator[Topic]:
        """Give what was kept."""
        for record, words in sorted({"": {}, **self._words}.items()):
            inner = " / ".join(Locator.parse(record).names("part"))
            whole = f"{self._path}/{inner}"
            path = words_of(whole.replace("_", " ").replace("/", " | "))
            if words or path:
                kept = hashed(self._key, list(words)[:_MOST_WORDS])
                at = self._sent.get(record)
                where = hashed(self._key, path[:_MOST_WORDS])
                names: tuple[str, ...] = ()
                if any(each.startswith((UNPROMPTED, CODE, YEAR)) for each in (*kept, *where)):
                    names = tuple(self._names.get(record, ()))
                yield Topic(record, kept, where, at, names)


def hashed(key: bytes, words: Iterable[str]) -> tuple[str, ...]:
    """Give words as they may be stored."""
    return tuple(_hashed(key, word) for word in words)


def _hashed(key: bytes, word: str) -> str:
    if word.startswith((UNPROMPTED, YEAR)):
        return word
    sign = CODE if word[-1].isdigit() else ""
    return sign + keyed_hash(key, "TOPIC", word)[:_LENGTH]
