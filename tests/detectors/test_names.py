"""Names by simple means: what speaks for a name, and where it begins and ends."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.names.forms import look_up
from detectors.names.lexicon import NameLexicon
from scanner.model import Segment


def _found(text: str, label: str = "", entity: str = "PERSON") -> list[str]:
    return [
        text[span.start : span.end]
        for span in NameLexicon().recognize([Segment((), text, label)])
        if span.entity == entity
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Terveisin Maija Virtanen", ["Maija Virtanen"]),
        ("tapasin Matti Meikäläisen eilen", ["Matti Meikäläisen"]),
        ("hakija oli Anna-Kaisa Mäkinen.", ["Anna-Kaisa Mäkinen"]),
        ("JUHA KORHONEN", ["JUHA KORHONEN"]),
        ("ohjaaja J. Nieminen", ["J. Nieminen"]),
        ("lista: Virtanen Matti", ["Virtanen Matti"]),
        ("johtaja tohtori Liisa Koskinen", ["Liisa Koskinen"]),
        ("we met Emma Brown's team", ["Emma Brown"]),
        ("det är Anders Svenssons bil", ["Anders Svenssons"]),
        ("Nimi: Xyro Qwertz", ["Xyro Qwertz"]),
        ("kysyin Koivuselta asiasta", ["Koivuselta"]),
        ("hakija Onni Aalto", ["Onni Aalto"]),
        ("Pekka Vuorinen ja sitten Vuorisen auto", ["Pekka Vuorinen", "Vuorisen"]),
        ("Onni on meri ja aalto. Meri on sininen.", []),
        ("Anna palautetta. Ennen sitä Suomen Pankki tuli.", []),
        ("mail Matti.Virtanen@example.org", []),
    ],
)
def test_names_in_prose(text: str, names: list[str]) -> None:
    assert _found(text) == names


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("asun Helsingissä", ["Helsingissä"]),
        ("muutin Lahteen", ["Lahteen"]),
        ("Lahti soitti", []),
        ("katu 1, 00100 Helsinki", []),
        ("Turun yliopisto", []),
        ("I live in London", ["London"]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert _found(text, entity="LOCATION") == places


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
    for span in NameLexicon().recognize([Segment((), text)]):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert 0.4 <= span.confidence <= 0.85


@pytest.mark.parametrize("piece", ["Aa ", "A", "A. ", "Aa-", "Nimi: ", "Maija Virtanen ", "von "])
def test_time_is_bounded_on_adversarial_text(piece: str) -> None:
    began = time.process_time()
    _found(piece * (100_000 // len(piece)))

    assert time.process_time() - began < 10
