"""Who is named by what stands beside a text: a label, a column, a mail's header, a file's name.

Such names are believed without a model, so that they may be looked for elsewhere. What is nobody's
name must not get through: a department under "name", a shared mailbox, a file about a project.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from detectors.context import words_of
from detectors.labels import meaning_of
from detectors.mail import is_header
from detectors.names.forms import look_up
from detectors.names.lexicon import labelled_names
from detectors.names.likeness import likeness
from detectors.names.stopwords import is_stopword
from detectors.names.tidy import COMPANY
from scanner.locator import Locator
from scanner.model import Segment

MOST_HALVES = 4_096
"""Records of tables of which one half of a name is kept until the other comes."""

_FEWEST, _MOST = 2, 4
_SHORTEST = 2
_LONGEST_CELL = 80
_GIVEN = re.compile(
    r"(?:.* )?(?:first ?names?|given ?names?|forenames?|fname|etunim(?:i|et)|kutsumanimi|förnamn"
    r"|fornavn)"
)
_SURNAME = re.compile(
    r"(?:.* )?(?:last ?name|surname|family ?name|lname|sukunimi|efternamn|etternavn|efternavn)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
_CELL = re.compile(rf"{_WORD.pattern}\.?(?:,? {_WORD.pattern}\.?){{0,3}}")
_ADDRESS = re.compile(r"\"?\s*<([^<>@\s]{1,64})@")
_JOINED = re.compile(r"(?<=[a-zåäöøæ])(?=[A-ZÅÄÖØÆ])|[_+.]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_ABOUT_SOMEBODY = frozenset(
    re.findall(
        r"\w+",
        "cv resume résumé curriculum vitae hakemus työhakemus ansioluettelo hakemuskirje ansökan "
        "meritförteckning søknad ansøgning letter työtodistus todistus "
        "arbetsintyg attest reference suositus",
    )
)
"""In a file's name beside two other words: those are somebody's name."""
_ABOUT_FILES = frozenset(
    re.findall(
        r"\w+",
        "sample basic example copy template final draft version schema kopia malli pohja luonnos "
        "mall utkast mal kladde skabelon",
    )
)
_RATHER_ORDINARY = 2
_UNMARKED = str.maketrans("åäáàöóøæéèüúíñç", "aaaaoooaeeuuinc")
_MOSTLY = 1 / 3
"""A column called "name" holds people if so many of its values are known names."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody's name, or a half of it, and the record that it stands in."""

    words: tuple[str, ...] = field(repr=False)
    record: str = ""
    """As in `Segment.records`; empty for the whole asset."""

    @property
    def is_whole(self) -> bool:
        """Say whether it may be looked for outside of its asset."""
        return len(self.words) >= _FEWEST


class Naming:
    """Reads the labels of one asset; halves of names wait for each other."""

    def __init__(self) -> None:
        self._halves: OrderedDict[tuple[Locator, str], tuple[str, tuple[str, ...]]] = OrderedDict()

    def names_in(self, segment: Segment) -> Iterator[Named]:
        """Give the people whom a labelled segment names."""
        if is_header(segment):
            yield from (Named(words) for words in _on_envelope(segment))
        elif segment.label and meaning_of(segment.label).speaks_for("PERSON"):
            half = half_of(segment.label)
            for named in _in_cells(segment):
                yield named
                if half and named.record:
                    yield from self._joined(segment, half, named)

    def _joined(self, segment: Segment, half: str, named: Named) -> Iterator[Named]:
        """Join given name and surname of one record, in whatever order they come."""
        place = table_of(segment), named.record
        other, words = self._halves.get(place, (half, ()))
        if other == half:
            self._halves[place] = half, named.words
            if len(self._halves) > MOST_HALVES:
                self._halves.popitem(last=False)
            return
        del self._halves[place]
        whole = (*named.words, *words) if half == "given" else (*words, *named.words)
        if len(whole) <= _MOST:
            yield Named(whole, named.record)


def named_by_file(path: str) -> tuple[str, ...]:
    """Give the name in a file's name; nothing where it may be anything else.

    >>> named_by_file("inbox/CV_Meri_Laine.pdf"), named_by_file("annual-report-2025.docx")
    (('Meri', 'Laine'), ())
    """
    name = _ENDING.sub("", path.rpartition("/")[2])
    found = _WORD.findall(_JOINED.sub(" ", name).replace("-", " "))
    rest = [word for word in found if word.casefold() not in _ABOUT_SOMEBODY]
    words = tuple(word.title() if word.islower() or word.isupper() else word for word in rest)
    if not _FEWEST <= len(words) < _MOST or not _ABOUT_FILES.isdisjoint(map(str.casefold, words)):
        return ()
    if min(map(len, words)) < _SHORTEST or not all(map(_may_be_name, words)):
        return ()
    return words if len(rest) < len(found) or _is_known(words) else ()


def table_of(segment: Segment) -> Locator:
    """Give the place of the table, or of the list of objects, that a column belongs to."""
    return segment.locator.without("column", "rows").renamed(
        lambda step: step.name.rpartition(".")[0] if step.kind == "path" else step.name
    )


def _on_envelope(segment: Segment) -> Iterator[tuple[str, ...]]:
    """Give the names beside addresses; an unknown one must be spelt by its address."""
    for name in labelled_names(segment):
        start, end = name.tokens[0].start, name.tokens[-1].end
        words = ordered(segment.text[start:end])
        address = _ADDRESS.match(segment.text, end)
        is_believed = _is_known(words) or (address is not None and _spells(address[1], words))
        if words and is_believed and all(map(_may_be_name, words)):
            yield words


def _in_cells(segment: Segment) -> Iterator[Named]:
    """Give the names in a field or a column; a heading that says less needs known names in it."""
    cells: list[Named] = []
    offset, record = 0, ""
    records = dict(segment.records)
    for line in segment.text.split("\n"):
        record = records.get(offset, record)
        if len(line) <= _LONGEST_CELL and _CELL.fullmatch(line.strip()):
            words = ordered(line)
            if words and len(words) <= _MOST and all(map(_may_be_name, words)):
                cells.append(Named(words, record))
        offset += len(line) + 1
    is_sure = "PERSON" in meaning_of(segment.label).surely
    known = [cell for cell in cells if _is_known(cell.words)]
    yield from cells if is_sure or len(known) > _MOSTLY * len(cells) else known


def half_of(label: str) -> str:
    """Say which half of a name a column holds; empty for whole ones."""
    words = words_of(label).strip()
    return "given" if _GIVEN.fullmatch(words) else "surname" if _SURNAME.fullmatch(words) else ""


def ordered(text: str) -> tuple[str, ...]:
    """Give the words of a name without initials, the given name first."""
    before, comma, after = text.partition(",")
    words = _WORD.findall(f"{after} {before}" if comma else text)
    return tuple(word for word in words if len(word) >= _SHORTEST)


@lru_cache(maxsize=65_536)
def _may_be_name(word: str) -> bool:
    if is_stopword(word) or word in COMPANY:
        return False
    known = look_up(word.title())
    if known.listed.place and not known.personal:
        return False
    return known.personal or likeness(word.casefold().rpartition("-")[2])[-1] < _RATHER_ORDINARY


def _is_known(words: Sequence[str]) -> bool:
    """Say whether the lists know a name: one word that is nothing else, or two."""
    listed = [look_up(word.title()) for word in words]
    personal = [each for each in listed if each.personal and not each.typical]
    return len(personal) > 1 or any(not each.listed.ambiguous for each in personal)


def _spells(local: str, words: Sequence[str]) -> bool:
    """Say whether an address is made of a name: `y.kroszak`, `ywenna.kroszak`, `kroszaky`."""
    plain = _plain(local)
    parts = [_plain(word) for word in words]
    return len(parts) >= _FEWEST and any(
        whole in plain
        for whole in (
            *(first[0] + other for first, other in pairwise(parts)),
            *("".join(pair) for pair in pairwise(parts)),
            parts[-1] + parts[0],
            parts[-1] + parts[0][0],
        )
    )


def _plain(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.casefold().translate(_UNMARKED))
