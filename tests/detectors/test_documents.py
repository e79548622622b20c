"""Documents of a recruitment are told from each other and from other papers."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.documents import classify as classifier
from detectors.documents import parts
from detectors.documents.classify import LOOKED_AT, Document, classify
from detectors.documents.lexicon import LANGUAGES, OTHER, lexicon
from detectors.documents.model import Model, packed, unpacked
from detectors.documents.parts import Documents, part_of
from detectors.taxonomy import taxonomy
from scanner.locator import WHOLE, Locator
from scanner.model import Message, Segment
from tests.corpus.load import CORPUS, DOCUMENT_TYPES, UNSEEN, documents

KEY = b"k" * 16
LEAST_F1, LEAST_F1_UNSEEN = 0.97, 0.89
CERTIFICATE = (
    "TYÖTODISTUS\n\nTodistamme, että Maija Keksitty on ollut palveluksessamme 1.2.2020-31.5.2023.\n"
    "Työtehtävät: varaston hoito\nTyötaito: kiitettävä\nTyösuhde päättyi omasta pyynnöstä."
)
CV = (
    "Ansioluettelo\nMaija Keksitty\nmaija@example.org, 040 123 4567\n\nTyökokemus\n"
    "2019 - 2023 Varasto Oy\n2015 - 2019 Kauppa Oy\n\nKoulutus\n2012 - 2015 Lukio\n\nKielitaito\n"
)
NEWS = "Kaupunginvaltuusto kokoontui maanantaina. Sää jatkuu sateisena koko viikon."


def _types(name: str, *segments: Segment) -> dict[str, str]:
    collected = Documents(name)
    for segment in segments:
        collected.add(segment)
    return {str(place): verdict.type for place, verdict in collected.verdicts()}


@pytest.mark.parametrize(("corpus", "least"), [(CORPUS, LEAST_F1), (UNSEEN, LEAST_F1_UNSEEN)])
def test_the_corpus_is_classified_as_its_readers_did(corpus: Path, least: float) -> None:
    """Macro F1 over all languages. The model learnt from the one and nobody from the unseen."""
    right: defaultdict[str, int] = defaultdict(int)
    said: defaultdict[str, int] = defaultdict(int)
    true: defaultdict[str, int] = defaultdict(int)
    for language in LANGUAGES:
        for document in documents(language, corpus):
            kind = classify(Document(document.text)).type
            said[kind] += 1
            true[document.type] += 1
            right[kind] += kind == document.type

    scores = [2 * right[kind] / (said[kind] + true[kind]) for kind in true]
    assert sum(scores) / len(scores) >= least


def test_a_model_is_read_as_it_was_written() -> None:
    """Weights are rounded to the step that the largest of them allows."""
    known = Model(("CV", OTHER), {"taito": 0}, np.array([[1.27, -0.5], [0.0, 0.25]], np.float32))

    read = unpacked(packed(known))
    assert (read.types, read.rows) == (known.types, known.rows)
    assert np.abs(read.weights - known.weights).max() <= 0.005 + 1e-6


def test_the_model_does_not_answer_without_cues(monkeypatch: pytest.MonkeyPatch) -> None:
    certain = Model(("CV", OTHER), {}, np.array([[9.0, 0.0]], np.float32))
    monkeypatch.setattr(classifier, "model", lambda: certain)

    assert classify(Document("Zzx")).type == OTHER
    assert classify(Document(CV)).type == "CV"


@pytest.mark.parametrize(
    ("text", "kind"), [(CERTIFICATE, "WORK_CERTIFICATE"), (CV, "CV"), (NEWS, OTHER), ("", OTHER)]
)
def test_documents_are_told_by_their_words(text: str, kind: str) -> None:
    assert classify(Document(text)).type == kind


def test_every_type_has_cues_in_every_language_and_a_category() -> None:
    kinds = {kind for cues in lexicon().exact.values() for cue in cues for kind in cue.types}

    assert kinds == DOCUMENT_TYPES
    assert set(taxonomy().documents) == DOCUMENT_TYPES - {OTHER}
    assert set(taxonomy().documents.values()) <= set(taxonomy().categories)


def test_pages_of_a_file_are_one_document() -> None:
    first, second = CV.split("\n\n", 1)
    found = _types(
        "x.pdf", Segment(Locator.parse("page:1"), first), Segment(Locator.parse("page:2"), second)
    )

    assert found == {"": "CV"}


def test_attachments_and_bodies_are_documents_of_their_own() -> None:
    found = _types(
        "1.eml",
        Segment(Locator.parse("header:subject"), "Kutsu haastatteluun", "header:subject"),
        Segment(
            Locator.parse("body:1"),
            "Hei! Kiitos hakemuksestasi. Kutsumme sinut haastatteluun tiistaina.",
        ),
        Segment(Locator.parse("part:CV.pdf/page:1"), CV),
        Segment(Locator.parse("part:todistus.docx"), CERTIFICATE),
        Segment(Locator.parse("part:uutinen.txt"), NEWS),
    )

    assert found == {
        "body:1": "RECRUITMENT_MAIL",
        "part:CV.pdf": "CV",
        "part:todistus.docx": "WORK_CERTIFICATE",
        "part:uutinen.txt": OTHER,
    }


def test_long_lists_are_no_documents() -> None:
    records = tuple((index * 3, f"row:{index}") for index in range(parts.FORM_ROWS + 1))
    segment = Segment(Locator.parse("column:cv/rows:1-31"), CV, "cv", records)

    assert _types("hakijat.csv", segment) == {"": OTHER}


def test_only_the_beginning_is_looked_at() -> None:
    found = _types("x.txt", Segment(WHOLE, NEWS * (LOOKED_AT // len(NEWS) + 1)), Segment(WHOLE, CV))

    assert found == {"": OTHER}


def test_few_parts_are_open_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_OPEN", 2)
    segments = [Segment(Locator.parse(f"part:{number}"), CV) for number in range(9)]

    assert _types("x.zip", *segments) == {f"part:{number}": "CV" for number in range(9)}


def test_findings_tell_the_documents_and_what_speaks_for_them() -> None:
    analyser = Analyser(DetectorSettings(own_domains=("firma.example",)), KEY)
    found = analyser.examine(
        [
            Message(WHOLE, None, "rekry@firma.example", ("x@muu.example",)),
            Segment(Locator.parse("part:a.txt"), CV),
            Segment(Locator.parse("part:b.txt"), NEWS),
        ],
        "mail.eml",
    )

    told = [each for each in found.sightings if each.entity == "DOCUMENT_TYPE"]
    assert [(each.locator.texts, each.category) for each in told] == [
        (("part:a.txt",), "recruitment.cv")
    ]
    assert "heading" in told[0].evidence
    assert "recruitment.cv" in found.flows[0].categories


def test_document_types_can_be_switched_off() -> None:
    analyser = Analyser(DetectorSettings(disable=("documents.cues",)), KEY)

    found = analyser.examine([Segment(WHOLE, CV)]).sightings
    assert [each for each in found if each.entity == "DOCUMENT_TYPE"] == []


def test_a_verdict_shows_no_text() -> None:
    assert "Maija" not in repr(Document(CV, subject="Maija"))
    assert "Maija" not in repr(classify(Document(CV)))


@given(st.text(max_size=300))
def test_any_text_has_a_type_and_a_confidence(text: str) -> None:
    verdict = classify(Document(text))

    assert verdict.type in DOCUMENT_TYPES
    assert 0.5 <= verdict.confidence <= 1.0


@given(st.integers(1, len(CV) - 1))
def test_where_a_text_is_cut_into_lines_of_segments_makes_no_difference(cut: int) -> None:
    lines = CV.split("\n")
    at = cut % len(lines)
    pieces = ("\n".join(lines[:at]), "\n".join(lines[at:]))

    assert _types(
        "x", *(Segment(Locator.parse(f"page:{n}"), piece) for n, piece in enumerate(pieces))
    ) == {"": "CV"}


def test_a_part_is_what_a_step_names() -> None:
    assert (
        str(part_of(Locator.of(("part:a.zip", "part:b.docx", "header1"))))
        == "part:a.zip/part:b.docx"
    )
    assert str(part_of(Locator.of(("message:3", "body:1")))) == "message:3/body:1"
    assert str(part_of(Locator.of(("sheet:1", "column:a", "rows:1-9")))) == ""


@pytest.mark.parametrize("text", ["Testing.", "Test\n\nThis is only a test of the system."])
def test_a_mail_that_tries_the_system_is_no_test_result(text: str) -> None:
    assert classify(Document(text, subject="Testing", is_mail=True)).type == OTHER
