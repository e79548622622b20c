"""Measure national numbers: recall, precision, false hits. Deterministic; prints Markdown.

    python -m bench.identifiers          # some ten minutes
    python -m bench.identifiers --fast   # seconds, small samples

Positives are valid numbers of invented people born 1940-2008, in sentences of five languages.
Negatives are what `lookalikes` makes. Random groups have 6 to 12 digits.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bench import lookalikes
from bench.lookalikes import NEGATIVES, Chance, Written
from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.engine import PatternEngine
from detectors.recognizers import recognizers
from detectors.registry import cards
from scanner.locator import WHOLE
from scanner.model import Segment

FI, SE, NO, DK = (
    "FI_PERSONAL_IDENTITY_CODE",
    "SE_PERSONNUMMER",
    "NO_FODSELSNUMMER",
    "DK_CPR",
)
DK_NEW = "DK_CPR (new)"
MAKERS: dict[str, Callable[[Chance], Written]] = {
    FI: lookalikes.henkilotunnus,
    SE: lookalikes.personnummer,
    NO: lookalikes.fodselsnummer,
    DK: lookalikes.cpr,
    DK_NEW: partial(lookalikes.cpr, modulus_11=False),
}
"""New Danish numbers need not satisfy modulus 11."""
IN_CATEGORY = {
    category: frozenset(card.entity for card in cards() if card.category == category)
    for category in ("identity.national_id", "identity.document", "organisation.business_id")
}
NATIONAL = IN_CATEGORY["identity.national_id"]
DOCUMENTS = IN_CATEGORY["identity.document"]
BUSINESS = IN_CATEGORY["organisation.business_id"]
SETTINGS = DetectorSettings(disable=("names.model",))

PLAIN = {
    FI: ("Hakija {} on ollut meillä töissä ja hän oli tyytyväinen.", "Lähetin sen: {}, kiitos."),
    SE: ("Anna Keksitty, {}, har arbetat hos oss och det var bra.", "Hon är född {} i Umeå."),
    NO: ("Kari Oppdiktet, {}, har jobbet hos oss og det var bra.", "Søkeren ({}) er ikke her."),
    DK: ("Søren Opdigtet, {}, har arbejdet hos os, og det var godt.", "Ansøgeren ({}) er her."),
}
WORDS = {
    FI: ("Henkilötunnus: {}", "hetu {} ja osoite alla", "personbeteckning {}", "SOTU {}"),
    SE: ("Personnummer: {}", "pnr {}", "Pers.nr. {} enligt ovan", "personal identity number {}"),
    NO: ("Fødselsnummer: {}", "fnr. {}", "Fødselsnr {} er registrert", "national ID {}"),
    DK: (
        "CPR-nr.: {}",
        "cpr {}",
        "hendes CPR-nummer er {}",
        "CPR number {}",
        "Ansøgerens personnummer er {}, og det er rigtigt",
    ),
}
LABELS = {FI: "hetu", SE: "personnummer", NO: "fnr", DK: "CPR_nr"}
FOREIGN = (
    "Employee record of the person: {} and this is all that we have for it.",
    "Hakijan ulkomainen tunnus on {} ja se on tarkistettu.",
    "Kopia av handlingen finns, {}, och den är inte med här.",
)
SHAPES = (
    *("d" * size for size in range(6, 13)),
    *("dddddd-dddd", "dddddd dddd", "dddddddd-dddd", "dddddd ddddd", "dddddd+dddd"),
    *("ddddddd-d", "ddd ddd ddd", "dd dd dd dd", "ddd-ddd dd dd"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    positives: int
    """For each entity and surrounding."""
    negatives: int
    groups: int


FULL = Size(positives=2_000, negatives=100_000, groups=10_000_000)
FAST = Size(positives=150, negatives=2_000, groups=20_000)


@dataclass(slots=True)
class Score:
    """What was found of what was planted."""

    planted: int = 0
    found: int = 0
    false: int = 0
    """National numbers reported elsewhere in the same texts."""

    @property
    def recall(self) -> float:
        """Give the share of the planted that was found."""
        return self.found / self.planted

    @property
    def precision(self) -> float:
        """Give the share of the found that was planted."""
        return self.found / max(self.found + self.false, 1)


def positives(size: Size) -> dict[tuple[str, str], Score]:
    """Plant valid numbers, with a look-alike in each text that has room for one."""
    chance = random.Random(20260901)  # noqa: S311 - not for secrets
    analyser = Analyser(SETTINGS, b"k" * 16)
    scores: dict[tuple[str, str], Score] = {}
    for entity, make in MAKERS.items():
        nation = entity.removesuffix(" (new)")
        for surrounding, text_of in SURROUNDINGS:
            if not _fits(entity, text_of):
                continue
            score = scores[entity, surrounding] = Score()
            for _ in range(size.positives):
                segment, code = text_of(nation, chance, make(chance))
                _judge(analyser, segment, code, nation, score)
    return scores


def negatives(size: Size) -> tuple[Counter[str], int]:
    """Count national numbers reported among realistic look-alikes, by kind and entity."""
    chance = random.Random(20260902)  # noqa: S311 - not for secrets
    analyser = Analyser(SETTINGS, b"k" * 16)
    false: Counter[str] = Counter()
    for number in range(size.negatives):
        kind, text = _negative(chance, number)
        for _, detection in analyser.detect([Segment(WHOLE, text)]):
            if detection.entity in NATIONAL | DOCUMENTS:
                false[f"{detection.entity} in {kind}"] += 1
    return false, size.negatives


def random_groups(size: Size) -> tuple[Counter[str], Counter[str]]:
    """Count what the patterns would report among random groups of digits, without any word.

    By entity, and by the shape of those of national numbers.
    """
    chance = random.Random(20260903)  # noqa: S311 - not for secrets
    patterns, _ = recognizers(SETTINGS)
    engine = PatternEngine([each for each in patterns if each.entity in NATIONAL | BUSINESS])
    entities: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    for text in _group_texts(chance, size.groups):
        for recognizer, match in engine.scan(text):
            evidence = recognizer.confirm(match)
            if evidence is not None and evidence.confidence >= SETTINGS.min_confidence:
                entities[recognizer.entity] += 1
                if recognizer.entity in NATIONAL:
                    shapes["".join("d" if c.isdigit() else c for c in match.group())] += 1
    return entities, shapes


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--fast", action="store_true", help="small samples, in seconds")
    size = FAST if parser.parse_args().fast else FULL
    scores = positives(size)
    print("| Entity | Surroundings | Planted | Recall | Precision |")
    print("|---|---|---:|---:|---:|")
    for (entity, surrounding), score in scores.items():
        print(
            f"| {entity} | {surrounding} | {score.planted} | {score.recall:.4f}"
            f" | {score.precision:.4f} |"
        )
    false, count = negatives(size)
    print(f"\nFalse hits in {count} realistic negatives: {false.total()}\n")
    print("| Entity in kind | False hits |\n|---|---:|")
    for kind, hits in false.most_common():
        print(f"| {kind} | {hits} |")
    entities, shapes = random_groups(size)
    print(f"\nReported in {size.groups} random groups of digits\n")
    print("| Entity or shape | Hits |\n|---|---:|")
    for name, hits in (*entities.most_common(), *shapes.most_common()):
        print(f"| {name} | {hits} |")


TextOf = Callable[[str, Chance, Written], tuple[Segment, str]]


def _in_sentence(nation: str, chance: Chance, written: Written) -> tuple[Segment, str]:
    text = chance.choice(PLAIN[nation]).format(written.separated)
    return Segment(WHOLE, text), written.separated


def _separated_with_word(nation: str, chance: Chance, written: Written) -> tuple[Segment, str]:
    return _with_word(nation, chance, written.separated)


def _bare_with_word(nation: str, chance: Chance, written: Written) -> tuple[Segment, str]:
    return _with_word(nation, chance, written.bare)


def _with_word(nation: str, chance: Chance, code: str) -> tuple[Segment, str]:
    own = chance.choice(WORDS[nation]).format(code)
    other = _negative(chance, chance.randrange(1_000))[1]
    return Segment(WHOLE, f"{own}\n{other}" if chance.random() < 0.5 else f"{other}\n{own}"), code


def _in_field(nation: str, _: Chance, written: Written) -> tuple[Segment, str]:
    return Segment(WHOLE, written.bare, LABELS[nation]), written.bare


def _alone(_: str, __: Chance, written: Written) -> tuple[Segment, str]:
    return Segment(WHOLE, written.separated), written.separated


def _with_shared_word(_: str, __: Chance, written: Written) -> tuple[Segment, str]:
    return Segment(WHOLE, f"Personnummer: {written.bare}"), written.bare


def _abroad(_: str, chance: Chance, written: Written) -> tuple[Segment, str]:
    text = chance.choice(FOREIGN).format(written.separated)
    return Segment(WHOLE, text), written.separated


SURROUNDINGS: tuple[tuple[str, TextOf], ...] = (
    ("separator, own language, no word", _in_sentence),
    ("separator, a word, a look-alike", _separated_with_word),
    ("no separator, a word, a look-alike", _bare_with_word),
    ("no separator, a column's name", _in_field),
    ("separator, nothing around", _alone),
    ("no separator, only the word Personnummer", _with_shared_word),
    ("separator, another language, no word", _abroad),
)
_WITHOUT_WORD = frozenset({_in_sentence, _alone, _abroad})


def _fits(entity: str, text_of: TextOf) -> bool:
    """New Danish numbers need a word; Finns do not say personnummer."""
    if entity == FI:
        return text_of is not _with_shared_word
    return entity != DK_NEW or text_of not in _WITHOUT_WORD


def _judge(analyser: Analyser, segment: Segment, code: str, entity: str, score: Score) -> None:
    start = segment.text.index(code)
    score.planted += 1
    for _, detection in analyser.detect([segment]):
        if detection.entity not in NATIONAL:
            continue
        if (detection.entity, detection.start, detection.end) == (entity, start, start + len(code)):
            score.found += 1
        else:
            score.false += 1


def _negative(chance: Chance, number: int) -> tuple[str, str]:
    """Make one look-alike, three times in four with a word that says what it is."""
    kind, words, make = NEGATIVES[number % len(NEGATIVES)]
    code = make(chance)
    if chance.random() < 0.75:
        gap = chance.choice([" ", ": ", "\t", " on "])
        return kind, f"{chance.choice(words)}{gap}{code}"
    return kind, chance.choice(["Ks. {}", "{}", "Rivi 7\t{}\t12,50", "se {}."]).format(code)


def _group_texts(chance: Chance, count: int) -> Iterator[str]:
    """Give texts of a thousand lines, each line a random group of digits."""
    for _ in range(0, count, 1_000):
        digits = iter(f"{chance.getrandbits(43_000):x}")
        decimal = (digit for digit in digits if digit.isdigit())
        lines: list[str] = []
        while len(lines) < 1_000:
            shape = chance.choice(SHAPES)
            line = "".join(next(decimal, "") if sign == "d" else sign for sign in shape)
            if len(line) < len(shape):
                digits = iter(f"{chance.getrandbits(43_000):x}")
                decimal = (digit for digit in digits if digit.isdigit())
                continue
            lines.append(line)
        yield "\n".join(lines)


if __name__ == "__main__":
    main()
