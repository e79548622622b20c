"""Forms of listed names: Finnish cases by rule, the Scandinavian genitive.

A name is stored by the stems that its cases are built on (`Virtanen`: `Virtase`, `Virtas`), a word
is looked up by cutting known endings off. Rules and lists are ours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from detectors.names.stopwords import is_stopword

VOWELS = "aeiouyäöåé"
_WEAK = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("mp", "mm"),
    ("k", ""),
    ("p", "v"),
    ("t", "d"),
)
ENDINGS = frozenset(
    re.findall(
        r"\w+",
        "n a ä ta tä ssa ssä sta stä lla llä lta ltä lle na nä ksi an en in on un yn än ön seen "
        "hen hin han hun nkin ssakin llekin kin nsa nsä s",
    )
)
_LONGEST_ENDING = 6
_LOCAL = frozenset({"ss", "st", "ll", "lt"})
_COLON = re.compile(r"[:'\u2019][a-zäö]{1,5}$")
_TYPICAL_SURNAME = re.compile(
    r"([A-ZÅÄÖ][a-zåäö]{2,}(?<!lli)(?<![aä]i)(?<!k))(nen|sen|selle|sella|selta|sesta|sessa|seen)"
)
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """The lists that a name stands on."""

    given: bool = False
    surname: bool = False
    place: bool = False
    ambiguous: bool = False
    """Also an ordinary word: not a name by itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a word."""

    listed: Listed
    base: str
    """In the nominative, as listed."""
    inflected: bool = False
    local: bool = False
    """In a case that says where: a town rather than a person."""
    typical: bool = False
    """Not listed, but formed like a Finnish surname: no name at a sentence's beginning."""
    plausible: bool = True
    """No list speaks against its being a name."""

    @property
    def personal(self) -> bool:
        """Whether it is a given name or a surname."""
        return self.listed.given or self.listed.surname


@lru_cache(maxsize=65_536)
def look_up(word: str) -> Known:
    """Say what a word may be, in any of its cases and in capitals.

    >>> look_up("Virtasen").base, look_up("Matille").base, look_up("HELSINGISSÄ").base
    ('Virtanen', 'Matti', 'Helsinki')
    """
    known = _in_lists(word.title() if word.isupper() else word)
    plausible = (
        len(word) > _SHORTEST_STEM
        and not is_stopword(word)
        and not any(char.isdigit() for char in word)
        and (known.personal or not known.listed.place)
    )
    return replace(known, plausible=plausible)


def name_value(words: Iterable[str]) -> str:
    """Give what is equal for a name's forms: in any order, without capitals and commas."""
    return " ".join(sorted(word.casefold() for word in words if word != ","))


def stems_of(name: str, *, e_stem: bool) -> Iterator[str]:
    """Give what the cases of a name are built on; `e_stem` for Lahti: Lahde- and the like."""
    yield name
    if name.endswith("nen"):
        yield name[:-3] + "se"
        yield name[:-3] + "s"
    elif name.endswith(("us", "ys", "os", "is", "es")):
        yield name[:-1] + "kse"
        yield name + "i"
    elif name.endswith(("as", "äs")):
        yield name[:-1] + name[-2]
        yield name + "i"
    elif name[-1] not in VOWELS:
        yield name + "i"
    else:
        bodies = [name] + ([name[:-1] + "e"] if e_stem and name.endswith("i") else [])
        if name.endswith("e"):
            bodies.append(name + "e")
        for body in bodies:
            yield body
            yield from _weakened(body)


def _in_lists(word: str) -> Known:
    names, stems = _lexicon()
    if word in names:
        return Known(names[word], word)
    bare = _COLON.sub("", word)
    if bare != word and bare in names:
        return Known(names[bare], bare, inflected=True)
    first, _, last = word.rpartition("-")
    if first in names:  # Anna-Kaisa, Virtanen-Laine
        known = _in_lists(last)
        either = Listed(
            names[first].given or known.listed.given, names[first].surname or known.listed.surname
        )
        return Known(either, f"{first}-{known.base or last}")
    for cut in range(1, min(_LONGEST_ENDING, len(word) - _SHORTEST_STEM) + 1):
        stem, ending = word[:-cut], word[-cut:]
        if ending in ENDINGS and stem in stems and _fits(stem, ending, names):
            local = ending[:2] in _LOCAL or ending == f"{stem[-1]}n"
            return Known(names[stems[stem]], stems[stem], inflected=True, local=local)
    typical = _TYPICAL_SURNAME.fullmatch(word)
    if typical is not None:
        return Known(
            Listed(surname=True), f"{typical[1]}nen", inflected=typical[2] != "nen", typical=True
        )
    return Known(Listed(), "")


def _fits(stem: str, ending: str, names: Mapping[str, Listed]) -> bool:
    """Say whether an ending may follow a stem: a vowel before most, the name itself before -s."""
    if ending == "s":
        return stem in names
    if ending in {"ta", "tä"}:
        return True
    return stem[-1] in VOWELS


@cache
def _lexicon() -> tuple[dict[str, Listed], dict[str, str]]:
    """Read the lists once: name → its lists, stem → name."""
    given = _words(*(f"given_{language}" for language in ("fi", "sv", "nb", "da", "en")))
    surnames = _words(*(f"surnames_{language}" for language in ("fi", "sv", "no", "da", "en")))
    places = _words("places")
    ambiguous = _words("ambiguous")
    names = {
        name: Listed(name in given, name in surnames, name in places, name in ambiguous)
        for name in sorted(given | surnames | places)
    }
    stems: dict[str, str] = {}
    for name, listed in names.items():
        for stem in stems_of(name, e_stem=listed.surname or listed.place):
            stems.setdefault(stem, name)
    return names, stems


def _words(*lists: str) -> frozenset[str]:
    folder = files("detectors.names")
    return frozenset(
        word for name in lists for word in folder.joinpath(f"{name}.txt").read_text("utf-8").split()
    )


def _weakened(stem: str) -> Iterator[str]:
    """Give the weak grade of the last consonants: Turku → Turu, Matti → Mati."""
    body, vowel = stem[:-1], stem[-1]
    for strong, weak in _WEAK:
        if body.endswith(strong) and len(body) > len(strong):
            yield body[: -len(strong)] + weak + vowel
            return
