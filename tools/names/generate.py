"""Texts such as recruitment has, written by us and filled by chance, with their labels.

A corpus of news teaches what news looks like: a model trained on it alone finds half of the names
in a CV. The templates are in `templates/`; `{G1.n}` is the first person's given name in the
genitive, and a block that begins with `# type:` is a whole document.
"""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from detectors.names.tokens import Token, runs_of
from tools.names.corpora import Labelled
from tools.names.inflect import any_case, inflected
from tools.names.packs import PACKS
from tools.names.wordlists import Lists

_SLOT = re.compile(r"\{([A-Za-z])(\d?)(?:\.(\w+))?\}")
_TEMPLATES = Path(__file__).with_name("templates")
_FINNISH_CASES = frozenset({"n", "a", "ssa", "sta", "lla", "lta", "lle", "seen", "ksi"})
Tagged = tuple[Sequence[Token], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people of a text."""

    given: str
    surname: str


class Generator:
    """Writes labelled texts of one language."""

    def __init__(
        self,
        language: str,
        lists: Lists,
        prose: Sequence[Sequence[Tagged]],
        chance: random.Random,
    ) -> None:
        self._chance = chance
        self._finnish = language == "fi"
        self._pack = PACKS[language]
        self._prose = prose
        self._blocks = [*blocks_of(language), *blocks_of("any")]
        words = lists.words_of[language]
        capital = {word.capitalize() for word, count in words.items() if count > 2}
        self._given = [_clean(lists.given[language]), _clean(lists.given["world"])]
        self._surnames = [_clean(lists.surnames[language]), _clean(lists.surnames["world"])]
        more = (lists.given["dvv"], lists.surnames["dvv"])
        self._given.append(_clean(more[0]) if self._finnish else self._given[0])
        self._surnames.append(_clean(more[1]) if self._finnish else self._surnames[0])
        own = (set(self._given[0]) | set(self._given[2]), set(self._surnames[0]))
        if self._finnish:
            own[1].update(self._surnames[2])
        self._given.append(sorted(own[0] & capital))
        self._surnames.append(sorted(own[1] & capital))
        self._words = sorted(word for word, count in words.items() if count > 2 and len(word) > 2)
        self._places = [*self._pack.towns] * 3 + [
            place for place in lists.places[language] if len(place) > 2
        ]
        self._organisations = list(lists.organisations[language]) or ["Kone"]
        self._cast: list[Person] = []

    def texts(self, count: int) -> Iterator[Labelled]:
        """Give so many texts, of several blocks each."""
        for _ in range(count):
            yield self._text()

    def _text(self) -> Labelled:
        chance = self._chance
        self._cast = [self._person() for _ in range(4)]
        runs: list[Tagged] = []
        for _ in range(chance.randint(2, 5)):
            if chance.random() < 0.25 and self._prose:
                runs += chance.choice(self._prose)[: chance.randint(1, 3)]
                continue
            text, labels = self._block(chance.choice(self._blocks))
            runs += tagged(text, labels)
        return Labelled(tuple(runs))

    def _block(self, template: str) -> tuple[str, list[tuple[int, int, str]]]:
        """Fill a block; sometimes only its first lines, sometimes wrapped, sometimes in capitals."""
        lines = template.split("\n")
        if self._chance.random() < 0.3:
            lines = lines[self._chance.randrange(len(lines)) :]
        template = "\n".join(lines)
        pieces: list[str] = []
        labels: list[tuple[int, int, str]] = []
        length = position = 0
        for match in _SLOT.finditer(template):
            before = template[position : match.start()]
            value, kind = self._value(match[1], int(match[2] or 1), match[3] or "")
            pieces += [before, value]
            length += len(before)
            if kind:
                labels.append((length, length + len(value), kind))
            length += len(value)
            position = match.end()
        pieces.append(template[position:])
        text = "".join(pieces)
        drawn = self._chance.random()
        if drawn < 0.03 and len(text.upper()) == len(text):
            text = text.upper()
        elif drawn < 0.2:
            text = _wrapped(text, self._chance.choice((50, 70, 90)))
        elif drawn < 0.25:
            text = text.replace(": ", ":\t")
        return text, labels

    def _value(self, slot: str, number: int, form: str) -> tuple[str, str]:
        if slot in "PGSRIUCVg":
            return self._name(slot, self._cast[(number - 1) % 4], form), "PER"
        if slot in "Ll":
            place = self._chance.choice(self._places)
            if self._finnish and form and " " not in place:
                place = self._formed(place, form)
            return (place.lower() if slot == "l" else place), "LOC"
        if slot == "O":
            return self._organisation(), "ORG"
        return self._plain(slot, number), ""

    def _name(self, slot: str, person: Person, form: str) -> str:
        given, surname = person.given, person.surname
        chance = self._chance
        if slot in "Gg" and chance.random() < 0.8:
            given = given.split()[0]
        if slot in "Gg":
            name = self._formed(given, form)
        elif slot == "S":
            name = self._formed(surname, form)
        elif slot == "R":
            comma = chance.choice((", ", " ", " ", ", "))
            name = f"{surname}{comma}{given}"
        elif slot == "V":
            name = f"{surname}, {given}".upper()
        elif slot == "C":
            name = f"{surname}, {given}"
        elif slot == "I":
            initial = chance.choice((f"{given[0]}.", f"{given[0]}.", f"{given[0]}. {surname[0]}."))
            if "-" in given:
                initial = f"{given[0]}.-{given.split('-')[1][:1] or 'A'}."
            name = f"{initial} {self._formed(surname, form)}"
        else:
            middle = ""
            drawn = chance.random()
            if drawn < 0.06:
                middle = f"{chance.choice('ABEHIJKLMNPRSTV')}. "
            elif drawn < 0.12:
                middle = f"{chance.choice(self._given[0])} "
            name = f"{given} {middle}{self._formed(surname, form)}"
            if slot == "P" and not form and drawn > 0.95:
                name = f"{given} {surname.upper()}"
        return name.lower() if slot == "g" else name.upper() if slot == "U" else name

    def _formed(self, name: str, form: str) -> str:
        if not form:
            return name
        if form == "s":
            return name if name.endswith(("s", "x", "z")) else name + "s"
        if self._chance.random() < 0.2:
            return any_case(name, self._chance)
        return inflected(name, form) if form in _FINNISH_CASES else name

    def _person(self) -> Person:
        chance = self._chance
        kinds = (0, 0, 0, 0, 2, 2, 1, 3, 3)
        given_kind, surname_kind = chance.choice(kinds), chance.choice(kinds)
        if chance.random() < 0.1:
            given_kind = surname_kind = 1
        given = chance.choice(self._given[given_kind] or self._given[0])
        surname = chance.choice(self._surnames[surname_kind] or self._surnames[0])
        drawn = chance.random()
        if drawn < 0.05 and "-" not in given:
            given = f"{given}-{chance.choice(self._given[0]).split('-')[0]}"
        elif drawn < 0.09 and "-" not in given:
            given = f"{given} {chance.choice(self._given[0])}"
        elif drawn < 0.13 and "-" not in surname:
            surname = f"{surname}-{chance.choice(self._surnames[0])}"
        elif drawn < 0.15:
            surname = f"{chance.choice(('von', 'af', 'van', 'de', 'De', 'De la', 'al', 'van der', 'El'))} {surname}"
        elif drawn < 0.2 and not self._finnish:
            surname = f"{chance.choice(self._surnames[0])} {surname}"
        return Person(given, surname)

    def _organisation(self) -> str:
        if self._chance.random() < 0.3:
            return self._chance.choice(self._organisations)
        return self._patterned(self._chance.choice(self._pack.companies))

    def _patterned(self, pattern: str) -> str:
        chance = self._chance

        def fill(match: re.Match[str]) -> str:
            if match[1] == "S":
                return chance.choice(self._surnames[chance.choice((0, 0, 3))] or ["Berg"])
            if match[1] == "G":
                return chance.choice(self._given[chance.choice((0, 0, 3))] or ["Linda"])
            if match[1] == "L":
                return chance.choice(self._pack.towns).split(",")[0]
            return chance.choice(self._words).capitalize()

        return _SLOT.sub(fill, pattern)

    def _plain(self, slot: str, number: int) -> str:
        chance = self._chance
        pack = self._pack
        person = self._cast[(number - 1) % 4]
        digits = "".join(chance.choice("0123456789") for _ in range(9))
        if slot == "T":
            return chance.choice(pack.titles).capitalize()
        if slot == "t":
            return chance.choice(pack.titles)
        if slot == "X":
            return chance.choice(pack.headings)
        if slot == "W":
            return chance.choice(self._words).capitalize()
        if slot == "w":
            return chance.choice(self._words)
        if slot == "Y":
            return str(chance.randint(1985, 2026))
        if slot == "N":
            return f"{digits[:3]}-{digits[3:6]}"
        if slot == "H":
            return chance.choice((f"+{digits[:2]} {digits[2:5]} {digits[5:]}", digits))
        if slot == "D":
            day, month, year = (
                chance.randint(1, 28),
                chance.randint(1, 12),
                chance.randint(1960, 2026),
            )
            return chance.choice(
                (
                    f"{day}.{month}.{year}",
                    f"{day}. {chance.choice(pack.months)} {year}",
                    f"{year}-{month:02}-{day:02}",
                )
            )
        if slot == "E":
            name = f"{person.given}.{person.surname}".lower().replace(" ", "")
            return f"{_ascii(name)}@{chance.choice(self._words)}.example"
        town = chance.choice(pack.towns).split(",")[0]
        street = self._patterned(chance.choice(pack.streets))
        return f"{street} {chance.randint(1, 99)} {chance.choice(('', 'A 4', 'B', 'c/o'))}, {digits[:5]} {town}".replace(
            "  ", " "
        )


def blocks_of(language: str) -> Iterator[str]:
    """Give the blocks of a file of templates, without the lines that say what they are."""
    for block in (_TEMPLATES / f"{language}.txt").read_text("utf-8").split("\n%%\n"):
        yield re.sub(r"\A# type: .*\n+", "", block)


def tagged(text: str, labels: Sequence[tuple[int, int, str]]) -> Iterator[Tagged]:
    """Tag the runs of a text."""
    for run in runs_of(text):
        tags = []
        for token in run:
            tag = "O"
            for start, end, kind in labels:
                if token.start < end and start < token.end:
                    tag = ("B-" if token.start <= start else "I-") + kind
                    break
            tags.append(tag)
        yield run, tags


def _clean(names: Sequence[str]) -> list[str]:
    counts = Counter(names)
    return sorted(
        name for name in counts if len(name) > 1 and name[0].isupper() and name.isprintable()
    )


def _ascii(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def _wrapped(text: str, width: int) -> str:
    """Break lines at spaces without moving anything."""
    chars = list(text)
    column = 0
    for at, char in enumerate(chars):
        column = 0 if char == "\n" else column + 1
        if char == " " and column > width:
            chars[at] = "\n"
            column = 0
    return "".join(chars)
