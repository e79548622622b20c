"""Lists of names and words that the models are trained from; none of them ships."""

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.names.corpora import TRAIN, Sentence, sentences
from tools.names.inflect import any_case

_OURS = Path("detectors/names")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
LANGUAGES = ("fi", "sv", "nb", "nn", "da", "en")


@dataclass(frozen=True, slots=True)
class Lists:
    """Given names and surnames by language (`world` for the rest), places, ordinary words."""

    given: Mapping[str, tuple[str, ...]]
    surnames: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[str, ...]]
    organisations: Mapping[str, tuple[str, ...]]
    words: Mapping[str, int]
    """Lower-case words of the corpora with their counts."""
    words_of: Mapping[str, Mapping[str, int]]
    """The same by language."""


def read_lists(shared: Path) -> Lists:
    """Read every list: ours, those of `names_fi` and `names_world`, those in the corpora."""
    given: dict[str, list[str]] = defaultdict(list)
    surnames: dict[str, list[str]] = defaultdict(list)
    places: dict[str, set[str]] = defaultdict(set)
    organisations: dict[str, set[str]] = defaultdict(set)
    words: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    for language in LANGUAGES:
        short = "nb" if language == "nn" else language
        given[language] += _ours(f"given_{short}") * 2
        surnames[language] += _ours(f"surnames_{'no' if short == 'nb' else short}") * 2
    given["dvv"] = _lines(shared / "names_fi/given_names_FI.txt")
    surnames["dvv"] = _lines(shared / "names_fi/surnames_FI.txt")
    given["world"] = _column(shared / "names_world/common-forenames-by-country.csv")
    surnames["world"] = _column(shared / "names_world/common-surnames-by-country.csv")
    places["fi"] |= set(_ours("places"))
    for name in TRAIN:
        language = {"no_nob.train": "nb", "no_nno.train": "nn"}.get(name, name[:2])
        for sentence in sentences(shared / "ner_unified" / f"{name}.jsonl"):
            for token, tag in sentence:
                if token.text.islower() and token.text.isalpha() and tag == "O":
                    words[language][token.text] += 1
            for kind, parts in _entities(sentence):
                plain = all(_WORD.fullmatch(part) and part.istitle() for part in parts)
                if kind == "PER" and plain and len(parts) == 2 and language != "fi":
                    given[language].append(parts[0])
                    if not parts[1].endswith("s"):
                        surnames[language].append(parts[1])
                elif kind == "LOC" and plain and len(parts) == 1 and language != "fi":
                    places[language].add(parts[0])
                elif kind == "ORG" and len(parts) <= 4:
                    organisations[language].add(" ".join(parts))
    return Lists(
        {language: tuple(each) for language, each in given.items()},
        {language: tuple(each) for language, each in surnames.items()},
        {language: tuple(sorted(each)) for language, each in places.items()},
        {language: tuple(sorted(each)) for language, each in organisations.items()},
        sum(words.values(), Counter()),
        words,
    )


def likeness_examples(lists: Lists, chance: random.Random) -> Iterable[tuple[str, set[str]]]:
    """Give lower-case words and what they are: given names, surnames, ordinary words."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for kind, source in (("given", lists.given), ("surname", lists.surnames)):
        for language in ("dvv", "world"):
            for name in sorted(set(source[language])):
                kinds[name.lower()].add(kind)
                for _ in range(3 if language == "dvv" else 1):
                    kinds[any_case(name, chance).lower()].add(kind)
        for language in LANGUAGES:
            listed = source[language]
            common = {name for name, count in Counter(listed).items() if count > 1}
            for name in sorted(common):
                kinds[name.lower()].add(kind)
                if language != "en":
                    kinds[name.lower() + "s"].add(kind)
    for word, count in lists.words.items():
        if count > 1 or word not in kinds:
            kinds[word].add("word")
    return sorted(kinds.items())


def _entities(sentence: Sentence) -> Iterable[tuple[str, list[str]]]:
    parts: list[str] = []
    kind = ""
    for token, tag in [*sentence, (None, "O")]:
        if parts and tag != "I-" + kind:
            yield kind, parts
            parts, kind = [], ""
        if tag != "O":
            kind = tag[2:]
            parts.append(token.text)


def _ours(name: str) -> list[str]:
    return (_OURS / f"{name}.txt").read_text("utf-8").split()


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]


def _column(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        name.strip().title() if name.isupper() else name.strip()
        for row in rows
        for column in ("Romanized Name", "Localized Name")
        for name in re.split(r"[/,(]", row.get(column) or "")
        if _WORD.fullmatch(name.strip()) and name.strip()[0] < "\u0250"
    ]
