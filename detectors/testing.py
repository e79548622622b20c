"""The laws that every pattern recognizer keeps, for ours and for those of plug-in authors.

    class TestMyRegister(RecognizerLaws):
        recognizer = MY_REGISTER
        codes = st.from_regex(...)      # values that must be found

Needs pytest and hypothesis.
"""
# ruff: noqa: S101, D102 - laws are tests that live in the package, for others to import

import random
import re
import time
from collections.abc import Callable
from functools import cache
from typing import ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detectors.base import DetectorSettings, Evidence, PatternRecognizer
from detectors.card import Card
from detectors.context import context_codes
from detectors.engine import PatternEngine
from detectors.settle import settled
from detectors.taxonomy import taxonomy
from detectors.text import prepare

Hit = tuple[int, int, str]
"""Start and end in the original text, normalised value."""

DASHES = "-\u2010\u2011\u2012\u2013\u2212"
SPACES = " \u00a0\u2009\u202f"
INVISIBLE = "\u00ad\u200b\ufeff"

surroundings = st.sampled_from(
    [
        ("", ""),
        ("Hei, ", " kiitos."),
        ("(", ")"),
        ("Ä\u00a0", "\u00a0ö"),
        ("日本語 ", ", 日本"),
        ("a\n", "\nb"),
        ("\U0001f600 ", " \U0001f600"),
        ('"', '"'),
        ("\u00ad\u00ad ", "."),
    ]
)
"""What may stand around a value in a text."""


def hits(
    recognizer: PatternRecognizer, text: str, label: str = "", *, use_hyperscan: bool = True
) -> list[Hit]:
    """Run one recognizer over one text, through the engine and back to the original's offsets."""
    prepared = prepare(text)
    engine = _engine(recognizer, use_hyperscan=use_hyperscan)
    found = set()
    for _, match in engine.scan(prepared.text):
        evidence = recognizer.confirm(match)
        if evidence is None:
            continue
        start, end = _place(match, evidence)
        if recognizer.needs_context and not context_codes(
            recognizer, prepared.text, start, end, label
        ):
            continue
        found.add((*prepared.span(start, end), evidence.value))
    return sorted(found)


def disguised(code: str, chance: random.Random) -> str:
    """Write a code with other dashes and spaces, and perhaps something invisible inside."""
    written = "".join(
        chance.choice(DASHES) if char == "-" else chance.choice(SPACES) if char == " " else char
        for char in code
    )
    if chance.random() < 1 / 2:
        middle = len(written) // 2
        written = written[:middle] + chance.choice(INVISIBLE) + written[middle:]
    return written


class RecognizerLaws:
    """Subclass it, name the card, and give it values that must be found."""

    card: ClassVar[Card]
    number: ClassVar[int] = 0
    """Which of the card's recognizers."""
    codes: ClassVar[st.SearchStrategy[str]]
    cue: ClassVar[str] = ""
    """Written directly before each code, where a code alone is not found."""
    label: ClassVar[str] = ""
    chance_rate: ClassVar[float] = 0.0
    """How often a random run of digits may be taken for a code."""
    may_be_disguised: ClassVar[bool] = True

    @property
    def recognizer(self) -> PatternRecognizer:
        """Give the recognizer as it is used: it heeds words and rivals."""
        return _used(self.card, self.number)

    def test_its_category_is_one_of_the_taxonomy(self) -> None:
        assert self.card.category in taxonomy().categories

    def test_what_is_planted_is_found_at_its_offsets(self) -> None:
        def law(data: st.DataObject) -> None:
            code = data.draw(self.codes)
            before, after = data.draw(surroundings)
            text = f"{before}{self.cue}{code}{after}"
            start = len(before) + len(self.cue)

            assert (start, start + len(code)) in self._spans(text)

        _for_all(law)

    def test_other_dashes_and_spaces_and_invisible_characters_change_nothing(self) -> None:
        if not self.may_be_disguised:
            return

        def law(data: st.DataObject) -> None:
            code = disguised(data.draw(self.codes), data.draw(st.randoms(use_true_random=False)))
            text = f"Ks. {self.cue}{code} loppu"
            start = len("Ks. ") + len(self.cue)

            assert (start, start + len(code)) in self._spans(text)

        _for_all(law)

    def test_engine_and_fallback_find_the_same(self) -> None:
        def law(data: st.DataObject) -> None:
            text = data.draw(self._texts())

            fallback = hits(self.recognizer, text, self.label, use_hyperscan=False)
            assert fallback == hits(self.recognizer, text, self.label)

        _for_all(law)

    def test_offsets_lie_inside_the_text_and_the_same_text_gives_the_same(self) -> None:
        def law(data: st.DataObject) -> None:
            text = data.draw(self._texts())

            found = hits(self.recognizer, text, self.label)
            assert found == hits(self.recognizer, text, self.label)
            assert all(0 <= start < end <= len(text) for start, end, _ in found)
            assert all(text[start:end] == text[start:end].strip() for start, end, _ in found)

        _for_all(law)

    def test_random_digits_stay_below_the_stated_rate(self) -> None:
        chance = random.Random(7)  # noqa: S311 - not for secrets
        drawn = 5_000
        taken = sum(
            bool(hits(self.recognizer, f"nro {_digits(chance)} kpl", self.label))
            for _ in range(drawn)
        )

        assert taken <= self.chance_rate * drawn

    def test_time_is_bounded_on_adversarial_text(self) -> None:
        for piece in (
            "0",
            "a",
            "1 ",
            "+",
            "(0",
            "a@",
            "1.",
            ":a",
            "http://",
            "FI21 ",
            "s. 1",
            "-0",
        ):
            text = piece * (100_000 // len(piece))
            began = time.process_time()
            hits(self.recognizer, text)

            assert time.process_time() - began < _SECONDS, piece

    def test_neither_evidence_nor_recognizer_shows_text(self) -> None:
        assert "marker" not in repr(Evidence(0.5, ("pattern",), "marker"))
        assert "marker" not in repr(prepare("marker\u00ad"))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        return [hit[:2] for hit in hits(self.recognizer, text, self.label)]

    def _texts(self) -> st.SearchStrategy[str]:
        pieces = st.one_of(
            self.codes.map(lambda code: f"{self.cue}{code}"),
            st.text(max_size=8),
            st.sampled_from(
                [" ", "\n", "-", "\u2013", "\u00ad", "Ä", "?", "\ud7ff", "0", "@", "日"]
            ),
        )
        return st.lists(pieces, max_size=8).map("".join)


_SECONDS = 10.0
_ENGINES: dict[tuple[str, bool], tuple[PatternRecognizer, PatternEngine]] = {}


def _for_all(law: Callable[[st.DataObject], None]) -> None:
    """Run a law over drawn data; a law that subclasses share cannot be decorated itself."""
    settings(suppress_health_check=[HealthCheck.too_slow], database=None)(given(st.data())(law))()


@cache
def _used(card: Card, number: int) -> PatternRecognizer:
    return settled(card, DetectorSettings())[number]


def _engine(recognizer: PatternRecognizer, *, use_hyperscan: bool) -> PatternEngine:
    """Build each recognizer's engine once; a database takes a while."""
    kept = _ENGINES.get((recognizer.name, use_hyperscan))
    if kept is None or kept[0] is not recognizer:
        kept = (recognizer, PatternEngine([recognizer], use_hyperscan=use_hyperscan))
        _ENGINES[recognizer.name, use_hyperscan] = kept
    return kept[1]


def _place(match: re.Match[str], evidence: Evidence) -> tuple[int, int]:
    return (
        match.start() if evidence.start is None else evidence.start,
        match.end() if evidence.end is None else evidence.end,
    )


def _digits(chance: random.Random) -> str:
    return "".join(chance.choice("0123456789") for _ in range(chance.randint(6, 19)))
