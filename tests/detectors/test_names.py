"""Names that labels tell, and the forms of names."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.base import Span
from detectors.names.forms import look_up
from detectors.names.lexicon import labelled_names, span_of
from scanner.locator import WHOLE
from scanner.model import Segment


def _spans(text: str, label: str) -> list[Span]:
    return [span_of(0, name) for name in labelled_names(Segment(WHOLE, text, label))]


def _found(text: str, label: str) -> list[str]:
    return [text[span.start : span.end] for span in _spans(text, label)]


def test_a_column_of_names_needs_no_list() -> None:
    assert _found("Xyro Qwertz\nmatti\nEi", "hakijan_nimi") == ["Xyro Qwertz", "matti"]


def test_a_column_of_other_names_is_no_column_of_people() -> None:
    assert _found("Xyro Qwertz", "company_name") == []


def test_display_names_of_headers() -> None:
    text = '"Qwertz, Xyro" <x@example.org>, Matti <m@example.org>, hr@example.org'

    assert _found(text, "header:to") == ["Qwertz, Xyro", "Matti"]


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("Virtasen", "Virtanen"),
        ("Matille", "Matti"),
        ("Lahdessa", "Lahti"),
        ("Markuksen", "Markus"),
        ("Turussa", "Turku"),
        ("Järven", "Järvi"),
        ("Svenssons", "Svensson"),
        ("Smithin", "Smith"),
        ("Tampereella", "Tampere"),
    ],
)
def test_cases_lead_to_the_listed_name(form: str, base: str) -> None:
    assert look_up(form).base == base


@given(st.text(st.sampled_from("MaijaVirtanen .,-:'\n\u00e4\u00c4M"), max_size=60))
def test_spans_lie_inside_the_text(text: str) -> None:
    for span in _spans(text, "nimi"):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert 0.4 <= span.confidence <= 0.85


@pytest.mark.parametrize("piece", ["Aa ", "A", "A. ", "Aa-", "Nimi: ", "Maija Virtanen ", "von "])
def test_time_is_bounded_on_adversarial_text(piece: str) -> None:
    began = time.process_time()
    _found(piece * (100_000 // len(piece)), "nimi")

    assert time.process_time() - began < 10
