"""With and without hyperscan the matches are those of `re.finditer`."""

import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.base import DetectorSettings, Evidence, PatternRecognizer
from detectors.engine import FLAGS, PatternEngine, spell_out
from detectors.recognizers import recognizers
from detectors.text import prepare

PATTERNS = (
    r"\d{3}-\d{2,4}",
    r"\bs\. ?\d",
    r"[^\s@]@[^\s@.]",
    r"syntymä(?:aika|päivä)",
    r"a{2,4}b?",
    r"\w{1,3}\W\w",
    r"\bid\b",
    r"x\s{1,2}y",
    r"ß|œ|€\d",
)
PIECES = ["a", "aa", "b", "12", "345-6", "s. 1", "@", "Ä", "SYNTYMÄAIKA", "syntymäPÄIVÄ", "id", "x"]
PIECES += [
    " ",
    "\n",
    "y",
    "_",
    "日",
    "\U0001f600",
    "€5",
    "?",
    "ß",
    "Œ",
    "\u212a",
    "\u017f",
    "\x00",
    "é",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=20).map("".join)


def _recognizer(*patterns: str) -> PatternRecognizer:
    return PatternRecognizer("test.any", "ANY", patterns, lambda _: Evidence(0.5, ("pattern",)))


ANY = _recognizer(*PATTERNS)
WITH = PatternEngine([ANY])
WITHOUT = PatternEngine([ANY], use_hyperscan=False)
ALL = recognizers(DetectorSettings())[0]
ALL_WITH = PatternEngine(ALL)
ALL_WITHOUT = PatternEngine(ALL, use_hyperscan=False)


def _found(engine: PatternEngine, text: str) -> list[tuple[str, str, int, int]]:
    return sorted(
        (recognizer.name, match.re.pattern, *match.span())
        for recognizer, match in engine.scan(text)
    )


@given(texts)
def test_the_engine_matches_as_finditer_does(text: str) -> None:
    expected = sorted(
        ("test.any", pattern, *match.span())
        for pattern in map(spell_out, PATTERNS)
        for match in re.finditer(pattern, text, FLAGS)
    )

    assert expected == _found(WITHOUT, text)
    assert expected == _found(WITH, text)


@given(texts)
def test_the_built_in_patterns_match_alike_with_and_without_hyperscan(text: str) -> None:
    text = prepare(text).text

    assert _found(ALL_WITHOUT, text) == _found(ALL_WITH, text)


@pytest.mark.parametrize(
    "pattern", [r"\d", r"\w", r"\s", r"\W", r"\D", r"\S", r"[^a]", "k", "[a-z]"]
)
def test_each_class_means_the_same_in_both(pattern: str) -> None:
    text = "".join(map(chr, range(0x250))) + "\u2028\u212a\u017f日"
    recognizer = _recognizer(pattern)

    without = _found(PatternEngine([recognizer], use_hyperscan=False), text)
    assert without == _found(PatternEngine([recognizer]), text)


def test_hyperscan_takes_every_built_in_pattern() -> None:
    assert ALL_WITH._built.slow == ()


def test_a_pattern_too_large_for_hyperscan_is_run_by_re() -> None:
    recognizer = _recognizer(r"(?:[^\s.]{1,40}\s{1,9}){0,9}loppu(?:[^\s.]{1,40}\s){0,9}x")
    engine = PatternEngine([recognizer])

    assert [match.group() for _, match in engine.scan("alku ja loppuu x")] == ["alku ja loppuu x"]
    assert engine._built.slow


def test_a_negated_class_with_a_question_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="negated class"):
        PatternEngine([_recognizer(r"a[^b?]")])


def test_threads_share_an_engine() -> None:
    found: list[int] = []

    def work() -> None:
        found.extend(len(_found(WITH, "aa 123-456 " * 200)) for _ in range(20))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 80
    assert len(set(found)) == 1


@given(st.text(st.sampled_from("ab \u00ad\u200b\u00a0\u2013é日"), max_size=30), st.data())
def test_spans_of_prepared_text_lead_back_to_the_same_characters(
    text: str, data: st.DataObject
) -> None:
    prepared = prepare(text)
    if not prepared.text:
        return
    start = data.draw(st.integers(0, len(prepared.text) - 1))
    end = data.draw(st.integers(start + 1, len(prepared.text)))

    first, last = prepared.span(start, end)
    assert prepare(text[first:last]).text == prepared.text[start:end]
