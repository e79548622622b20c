"""The name model: what it finds by itself, where its spans lie, and that it gets no worse."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.names.model import NameModel, calibrated
from scanner.locator import WHOLE
from scanner.model import Segment
from tools.names.corpora import DEV
from tools.names.measure import f1, split_scores

SHARED = Path(__file__).parents[3] / "shared/data/ner_unified"
NOISE = 0.02


def _found(text: str, label: str = "", entity: str = "PERSON") -> list[str]:
    return [
        text[span.start : span.end]
        for span in NameModel().recognize([Segment(WHOLE, text, label)])
        if span.entity == entity
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Eilen tapasimme Maija Virtasen ja Ahmed Hassanin.", ["Maija Virtasen", "Ahmed Hassanin"]),
        ("Hej Karin,\nJohan Ekström ringer dig i morgon.", ["Karin", "Johan Ekström"]),
        ("Vi har snakket med Ingrid Solbakken om stillingen.", ["Ingrid Solbakken"]),
        ("Eg har snakka med Synnøve Vik i dag.", ["Synnøve Vik"]),
        ("Vi har talt med Mette Kjærgaard om stillingen.", ["Mette Kjærgaard"]),
        ("I spoke to Priya Raman about Oliver Stone's reference.", ["Priya Raman", "Oliver Stone"]),
        ("CURRICULUM VITAE\n\nMAIJA VIRTANEN\nHelsinki", ["MAIJA VIRTANEN"]),
        ("pöytäkirja ilman nimiä", []),
        ("Laskun numero 12-34. Toimitus maanantaina.", []),
    ],
)
def test_names_in_six_languages(text: str, names: list[str]) -> None:
    assert _found(text) == names


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Asun nykyään Tampereella.", ["Tampereella"]),
        ("Hon bor i Göteborg.", ["Göteborg"]),
        ("Han flyttet til Trondheim i fjor.", ["Trondheim"]),
        ("She moved to Bristol last year.", ["Bristol"]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert _found(text, entity="LOCATION") == places


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ref: Mr Brown called.", ["Brown"]),
        ("Full name   BROWN, Jonathan Mark\nRole   Fitter", ["BROWN, Jonathan Mark"]),
        ("Toimittaja Virtanen & Pojat Oy laskutti.", []),
        ("Han jobber i Hansen Bygg AS nå.", []),
        ("We hired Emma Brown as a fitter.", ["Emma Brown"]),
        ("We spoke to Emma Lane today.", ["Emma Lane"]),
        ("Industriveien 33, 2069 Jessheim", []),
    ],
)
def test_neighbours_say_where_a_name_ends_and_what_is_none(text: str, names: list[str]) -> None:
    assert _found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("hej anders,\nkan du ringa karin lindström i morgon?", ["anders", "karin lindström"]),
        ("moi, soita maija virtaselle huomenna", ["maija virtaselle"]),
        ("the mark will grow in the field", []),
        ("kari", []),
    ],
)
def test_hurried_mails_have_names_without_capitals(text: str, names: list[str]) -> None:
    assert _found(text) == names


def test_labels_and_headers_are_believed_without_the_model() -> None:
    assert _found("xyro qwertz", "hakijan_nimi") == ["xyro qwertz"]
    assert _found('"Qwertz, Xyro" <x@example.org>', "header:to") == ["Qwertz, Xyro"]


def test_forms_and_orders_of_a_name_have_one_value() -> None:
    text = "Hakija: Maija Virtanen\nTapasin eilen Maija Virtasen.\n\nVirtanen, Maija\n"
    spans = NameModel().recognize([Segment(WHOLE, text)])

    assert {"maija virtanen"} == {span.value for span in spans if span.entity == "PERSON"}


def test_a_language_of_a_pipeline_is_left_to_it() -> None:
    finnish = "Hän on ollut meillä ja se on hyvä. Tapasin Maija Virtasen."
    swedish = "Hon har varit hos oss och det är bra. Jag mötte Karin Ekström."
    spans = list(NameModel(("fi",)).recognize([Segment(WHOLE, finnish), Segment(WHOLE, swedish)]))

    assert {1} == {span.segment for span in spans}


def test_segments_do_not_influence_each_other() -> None:
    texts = ["Maija Virtanen tuli.", "Terveisin Anders Berg", "no names", "Virtanen"]
    together = list(NameModel().recognize([Segment(WHOLE, text) for text in texts]))
    apart = [
        (index, span.start, span.end)
        for index, text in enumerate(texts)
        for span in NameModel().recognize([Segment(WHOLE, text)])
    ]

    assert apart == [(span.segment, span.start, span.end) for span in together]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(st.sampled_from("MaijVtn .,-:'\n\t@\u00e4\u00c4Mß\u0130<>"), max_size=80))
def test_spans_lie_inside_the_text(text: str) -> None:
    for span in NameModel().recognize([Segment(WHOLE, text)]):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert 0 <= span.confidence < 1


def test_no_span_shows_its_value() -> None:
    assert all(
        "virtanen" not in repr(span).casefold()
        for span in NameModel().recognize([Segment(WHOLE, "Maija Virtanen")])
    )


@pytest.mark.parametrize("kind", ["PER", "LOC"])
def test_confidence_rises_with_probability(kind: str) -> None:
    shares = [calibrated(kind, step / 100) for step in range(101)]

    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] < 1


@pytest.mark.parametrize(
    "piece", ["Aa ", "A", "A. ", "Aa-", "M'", "Maija Virtanen ", "von ", "Å:a"]
)
def test_time_is_bounded_on_adversarial_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    _found(text)

    assert time.process_time() - began < 20


def test_the_product_gives_the_names() -> None:
    analyser = Analyser(DetectorSettings(), b"k" * 16)
    text = "Tapasin Maija Virtasen eilen."
    found = [each for _, each in analyser.detect([Segment(WHOLE, text)]) if each.entity == "PERSON"]

    assert ["Maija Virtasen"] == [text[each.start : each.end] for each in found]


FIGURES = {"fi": 0.728, "da": 0.847, "nb": 0.926, "nn": 0.869, "en": 0.643}
"""Exact span F1 of PERSON on the dev splits, as measured for the shipped model."""


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")
@pytest.mark.parametrize("language", sorted(FIGURES))
def test_the_model_gets_no_worse(language: str) -> None:
    scores = split_scores(SHARED / f"{DEV[language]}.jsonl")

    assert f1(scores["PER"]) >= FIGURES[language] - NOISE
