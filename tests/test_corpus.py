"""The labelled corpus keeps its own format, since every figure of detection rests on it."""

from collections import Counter
from collections.abc import Callable

import pytest
from stdnum import iban, luhn
from stdnum.dk import cpr
from stdnum.fi import hetu
from stdnum.no import fodselsnummer

from detectors.taxonomy import taxonomy
from tests.corpus.load import (
    CORPUS,
    DOCUMENT_TYPES,
    ENTITIES,
    SPECIAL_CATEGORIES,
    UNSEEN,
    Document,
    MarkupError,
    Sentence,
    Span,
    documents,
    parse,
    read_document,
    sentences,
)

LANGUAGES = ("fi", "en", "sv", "da", "nb", "nn")
LEAST_DOCUMENTS = {"fi": 26, "en": 22}
LEAST_SENTENCES = {"fi": 300, "en": 300}
LEAST_OF_A_CATEGORY = 10
LEAST_UNSEEN_DOCUMENTS = 20
LEAST_UNSEEN_SENTENCES = 150


def _is_finnish(code: str) -> bool:
    """900 to 999, the numbers that nobody has for good."""
    return hetu.is_valid(code, allow_temporary=True) and code[7] == "9"


def _is_swedish(code: str) -> bool:
    return luhn.is_valid("".join(filter(str.isdigit, code))[-10:])


CHECKSUMS: dict[str, Callable[[str], bool]] = {
    "IBAN_CODE": lambda code: iban.is_valid(code, check_country=False),
    "CREDIT_CARD": lambda code: luhn.is_valid(code.replace(" ", "").replace("-", "")),
    "FI_PERSONAL_IDENTITY_CODE": _is_finnish,
    "SE_PERSONNUMMER": _is_swedish,
    "NO_FODSELSNUMMER": fodselsnummer.is_valid,
    "DK_CPR": cpr.is_valid,
}


def _documents(language: str) -> list[Document]:
    found = list(documents(language))
    if not found and language not in LEAST_DOCUMENTS:
        pytest.skip(f"no documents in {language} yet")
    return found


def _sentences(language: str) -> list[Sentence]:
    found = list(sentences(language))
    if not found and language not in LEAST_SENTENCES:
        pytest.skip(f"no sentences in {language} yet")
    return found


def _everything(language: str) -> list[Document | Sentence]:
    return [
        each
        for corpus in (CORPUS, UNSEEN)
        for kind in (documents, sentences)
        for each in kind(language, corpus)
    ]


def test_every_language_of_the_corpus_is_tested() -> None:
    folders = {path.name for path in (CORPUS / "hr").iterdir() if path.is_dir()}
    files = {path.stem for path in (CORPUS / "special").glob("*.txt")}

    assert folders | files <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_texts_by_other_hands_that_nobody_tunes_by(language: str) -> None:
    types = Counter(document.type for document in documents(language, UNSEEN))
    facts = [
        any(span.entity in SPECIAL_CATEGORIES for span in sentence.spans)
        for sentence in sentences(language, UNSEEN)
    ]

    assert types.keys() == DOCUMENT_TYPES
    assert types.total() >= LEAST_UNSEEN_DOCUMENTS
    assert len(facts) >= LEAST_UNSEEN_SENTENCES
    assert 0.4 <= sum(facts) / len(facts) <= 0.6


def test_the_product_knows_every_entity() -> None:
    assert ENTITIES <= set(taxonomy().entities)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_documents_and_a_quarter_is_other(language: str) -> None:
    types = Counter(document.type for document in _documents(language))

    assert types.total() >= LEAST_DOCUMENTS.get(language, 1)
    assert types["OTHER"] * 4 >= types.total()
    assert types.keys() == DOCUMENT_TYPES


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_are_named_after_their_type(language: str) -> None:
    wrong = [
        document.name
        for document in _documents(language)
        if document.name.partition("-")[0] != document.type.lower().partition("_")[0]
    ]

    assert [] == wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_of_type_other_state_no_special_category(language: str) -> None:
    found = [
        (document.name, span.entity)
        for document in _documents(language)
        if document.type == "OTHER"
        for span in document.spans
        if span.entity in SPECIAL_CATEGORIES
    ]

    assert [] == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_half_of_the_sentences_state_a_category_and_each_is_there(language: str) -> None:
    found = _sentences(language)
    categories = [
        {span.entity for span in sentence.spans} & SPECIAL_CATEGORIES for sentence in found
    ]
    counts = Counter(category for each in categories for category in each)
    share = sum(map(bool, categories)) / len(found)

    assert len(found) >= LEAST_SENTENCES.get(language, 1)
    assert 0.4 <= share <= 0.6
    assert counts.keys() == SPECIAL_CATEGORIES
    assert min(counts.values()) >= LEAST_OF_A_CATEGORY


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_there_twice(language: str) -> None:
    counts = Counter(sentence.text for sentence in _sentences(language))

    assert [] == [text for text, times in counts.items() if times > 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_have_no_white_space_around_them(language: str) -> None:
    wrong = [
        (each.name, value)
        for each in _everything(language)
        for span in each.spans
        if (value := each.text[span.start : span.end]) != value.strip()
    ]

    assert [] == wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_special_categories_hold_other_labels(language: str) -> None:
    wrong = [
        (each.name, outer.entity, inner.entity)
        for each in _everything(language)
        for outer in each.spans
        for inner in each.spans
        if outer != inner
        and outer.start <= inner.start
        and inner.end <= outer.end
        and outer.entity not in SPECIAL_CATEGORIES
    ]

    assert [] == wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_labelled_codes_pass_their_checksum(language: str) -> None:
    wrong = [
        (each.name, span.entity, value)
        for each in _everything(language)
        for span in each.spans
        if span.entity in CHECKSUMS
        and not CHECKSUMS[span.entity](value := each.text[span.start : span.end])
    ]

    assert [] == wrong


def test_nested_labels_are_read() -> None:
    text, spans = parse("a", "Ja {{HEALTH|{{PERSON|Annan}} flunssa}}.")

    assert text == "Ja Annan flunssa."
    assert spans == (Span(3, 16, "HEALTH"), Span(3, 8, "PERSON"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("# type: CVV\n\nx", "a:1: '# type: CVV' is not '# type: ' with a type"),
        ("# type: CV\nx\n", "a:2: 'x' should be empty"),
        ("# type: CV\n\nx\n {{PERSON|Ai", "a:4:2: PERSON is not closed"),
        ("# type: CV\n\nx}}", "a:3:2: }} closes nothing"),
        ("# type: CV\n\n{{NAME|Ai}}", "a:3:1: '{{NAME|Ai}}' opens no known entity"),
        ("# type: CV\n\n{{PERSON Ai}}", "a:3:1: '{{PERSON Ai}}' opens no known entity"),
        ("# type: CV\n\n{{PERSON|}}", "a:3:10: PERSON is empty"),
    ],
)
def test_malformed_markup_is_told_with_its_place(content: str, message: str) -> None:
    with pytest.raises(MarkupError) as raised:
        read_document("a", content)

    assert str(raised.value).startswith(message)
