"""People who are known already, looked for in any text: in other cases, orders and letters.

What is known are keyed hashes, never names. A text's words are brought to what may be their
nominatives, and two that stand together are hashed and looked up. The hash of their beginnings
comes first: it says of nearly all words in one step that they are nobody who is known.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Protocol

from detectors.mask import keyed_hash
from detectors.names.forms import ENDINGS, VOWELS, look_up, name_value, stems_of
from detectors.names.likeness import likeness
from detectors.names.stopwords import is_stopword
from scanner.model import NamedPerson

MOST_NAMES = 4_096
"""Names of one asset that are remembered by themselves, the newest."""

_OUTLINE = "PERSON_OUTLINE"
_BEGINNING = 3
_SHORTEST_STEM = 3
_LONGEST_ENDING = 6
_REMEMBERED = 400_000
_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*(?::[a-zäö]{1,5}(?!\w))?")
_GENITIVE = re.compile(r"['\u2019]s$")
_TAIL = re.compile(r"(?::[a-zäö]{1,5}|['\u2019][a-zäö]{1,3})$")
_GAPS = frozenset({" ", "  ", ", ", ",", "\t", "_"})
_LINES = frozenset({"\n", "\r\n", ",\n"})
PARTICLES = frozenset({"von", "af", "av", "van", "de", "der", "den", "da", "di", "du", "la"})
_STRONG = (
    ("ng", "nk"),
    ("nn", "nt"),
    ("ll", "lt"),
    ("rr", "rt"),
    ("mm", "mp"),
    ("k", "kk"),
    ("p", "pp"),
    ("t", "tt"),
    ("v", "p"),
    ("d", "t"),
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """Where a known person stands in a text, and the name's normalised value."""

    start: int
    end: int
    value: str


class Names(Protocol):
    """Names that can be asked for."""

    def may_hold(self, outline: str) -> bool:
        """Say whether a name may have this outline."""
        ...

    def holds(self, value: str) -> bool:
        """Say whether there is a name of this value."""
        ...


class KnownPeople:
    """Keyed hashes of names. The key says what they were hashed with."""

    def __init__(self, key: bytes, people: Iterable[NamedPerson] = ()) -> None:
        known = list(people)
        self._key = key
        self._keys = frozenset(person.key for person in known)
        self._outlines = frozenset(person.outline for person in known)
        self._seen: dict[str, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._keys)

    def may_hold(self, outline: str) -> bool:
        """Say whether a name may have this outline; answers are remembered."""
        found = self._seen.get(outline)
        if found is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            found = keyed_hash(self._key, _OUTLINE, outline) in self._outlines
            self._seen[outline] = found
        return found

    def holds(self, value: str) -> bool:
        """Say whether there is a name of this value."""
        return keyed_hash(self._key, "PERSON", value) in self._keys


class NearbyNames:
    """The names of one asset, in plain words: they live as long as it is read."""

    def __init__(self) -> None:
        self._values: OrderedDict[str, None] = OrderedDict()
        self._outlines: OrderedDict[str, None] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._values)

    def add(self, words: tuple[str, ...]) -> None:
        """Keep a name; of too many the oldest is forgotten."""
        for value, outline in described(words):
            keep_newest(self._values, value, MOST_NAMES)
            keep_newest(self._outlines, outline, 4 * MOST_NAMES)

    def may_hold(self, outline: str) -> bool:
        """Say whether a name may have this outline."""
        return outline in self._outlines

    def holds(self, value: str) -> bool:
        """Say whether there is a name of this value."""
        return value in self._values


@lru_cache(maxsize=4_096)
def described(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Give value and outline under which a name of two or more words is known.

    A name of more words is known by its first and last one too. A name has more than one outline
    where its cases begin differently (Satu, Sadun).
    """
    bases = [look_up(word).base or word for word in words]
    ends = bases[0], bases[-1]
    beginnings = [{stem.casefold()[:_BEGINNING] for stem in _stems(base)} for base in ends]
    return tuple(
        (value, _outline(first, last))
        for value in dict.fromkeys((name_value(bases), name_value(ends)))
        for first, last in product(*map(sorted, beginnings))
    )


def hashed(key: bytes, words: tuple[str, ...]) -> Iterator[NamedPerson]:
    """Give a name as it may be stored."""
    for value, outline in described(words):
        yield NamedPerson(keyed_hash(key, "PERSON", value), keyed_hash(key, _OUTLINE, outline))


def keep_newest(kept: OrderedDict[str, None], new: str, most: int) -> None:
    """Add a value, or make it the newest; of too many the oldest is left out."""
    kept[new] = None
    kept.move_to_end(new)
    if len(kept) > most:
        kept.popitem(last=False)


def find(text: str, names: Names, *, by_line: bool = False) -> Iterator[KnownName]:
    """Find names in a text, in order; with `by_line` none that goes on in the next line."""
    end = -1
    for found in _candidates(text, names, by_line=by_line):
        words = [_GENITIVE.sub("", each.group()) for each in found]
        if found[0].start() < end or not _is_written_as_name(words):
            continue
        value = _value(words, names)
        if value:
            end = found[-1].start() + len(words[-1])
            yield KnownName(found[0].start(), end, value)


@lru_cache(maxsize=65_536)
def nominatives(word: str) -> tuple[str, ...]:
    """Give what a word may be a case of, in lower case; itself first.

    >>> nominatives("Kroszakille"), nominatives("Virtasen"), nominatives("Maria")
    (('kroszakille', 'kroszaki', 'kroszakki', 'kroszak'), ('virtasen', 'virtanen'), ('maria',))
    """
    bare = _TAIL.sub("", word)
    lower = bare.casefold()
    known = look_up(bare.title())
    found = dict.fromkeys((lower, known.base.casefold() or lower))
    if not known.base or known.typical:
        for cut in range(1, min(_LONGEST_ENDING, len(lower) - _SHORTEST_STEM) + 1):
            found |= dict.fromkeys(_before(lower[:-cut], lower[-cut:]))
    return tuple(found)


def _stems(base: str) -> Iterator[str]:
    return stems_of(base, e_stem=True)


def _outline(first: str, last: str) -> str:
    return f"{first} {last}" if first <= last else f"{last} {first}"


def _candidates(text: str, names: Names, *, by_line: bool) -> Iterator[tuple[re.Match[str], ...]]:
    """Give two or three words that stand together and whose ends have a known outline."""
    gaps = _GAPS if by_line else _GAPS | _LINES
    near: tuple[tuple[re.Match[str], str], ...] = ()
    for match in _WORD.finditer(text):
        here = match, match.group()[:_BEGINNING].casefold()
        if near and _touch(text, near[-1][0], match, gaps):
            *_, (before, outline) = near
            if names.may_hold(_outline(outline, here[1])):
                yield before, match
            if len(near) > 1 and _is_middle(before.group()):
                older, outline = near[0]
                if names.may_hold(_outline(outline, here[1])):
                    yield older, before, match
            near = (near[-1], here)
        else:
            near = (here,)


def _touch(text: str, before: re.Match[str], match: re.Match[str], gaps: frozenset[str]) -> bool:
    gap = text[before.end() : match.start()]
    return gap in gaps or (gap == ". " and before.end() - before.start() == 1)


def _is_middle(word: str) -> bool:
    """Say whether a word may stand inside a name: another name, an initial, a particle."""
    return word[0].isupper() or word in PARTICLES


def _is_written_as_name(words: Sequence[str]) -> bool:
    """Say whether letters and words are those of a name: `grant may` are words, `Grant May` is one.

    In lower case, one of the words must look like nothing but a name.
    """
    ends = words[0], words[-1]
    if all(word[0].isupper() for word in ends):
        return True
    if any(word[0].isupper() or is_stopword(word) for word in ends):
        return False
    return any(_is_unusual(word) for word in ends)


def _is_unusual(word: str) -> bool:
    known = look_up(word.title())
    if known.personal and not known.listed.ambiguous:
        return True
    return likeness(word.rpartition("-")[2])[-1] < 0


def _value(words: Sequence[str], names: Names) -> str:
    """Give the known value that the words are a form of; empty where there is none."""
    for first, last in product(nominatives(words[0]), nominatives(words[-1])):
        middle = [nominatives(word)[-1] for word in words[1:-1]]
        for bases in (first, *middle, last), (first, last):
            if names.holds(value := name_value(bases)):
                return value
    return ""


def _before(stem: str, ending: str) -> Iterator[str]:
    """Give the nominatives that an ending may have been put to."""
    if ending not in ENDINGS:
        return
    if ending in {"s", "ta", "tä"}:
        yield stem
    if ending == "s" or stem[-1] not in VOWELS:
        return
    for base in _unstemmed(stem):
        yield base
        yield from _strengthened(base)


def _unstemmed(stem: str) -> Iterator[str]:
    """Give the names that a stem may belong to: the way of `stems_of` backwards."""
    yield stem
    if stem.endswith("kse"):
        yield stem[:-3] + "s"
    elif stem.endswith("se"):
        yield stem[:-2] + "nen"
    elif stem.endswith(("aa", "ää")):
        yield stem[:-1] + "s"
    elif stem.endswith("i"):
        yield stem[:-1]
    elif stem.endswith("e"):
        yield stem[:-1] + "i"
        if stem.endswith("ee"):
            yield stem[:-1]


def _strengthened(base: str) -> Iterator[str]:
    """Give the strong grade of the last consonants: Lumpokan → Lumpokka."""
    body, vowel = base[:-1], base[-1]
    if vowel not in VOWELS:
        return
    if body[-1] in VOWELS:
        yield f"{body}k{vowel}"
    for weak, strong in _STRONG:
        if body.endswith(weak):
            yield body[: -len(weak)] + strong + vowel
            return
