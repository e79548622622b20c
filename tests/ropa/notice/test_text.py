"""Lines and sentences of a notice, and the headings of its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.notice.sections import notice_of, role_of

BROKEN = (
    "We process the data of those who apply for work with us in order to assess\n"
    "how well they would do in it. The data are kept for as long as it takes to\n"
    "fill the post."
)


def test_a_text_broken_at_a_width_has_whole_sentences() -> None:
    sentences = notice_of("notice.txt", BROKEN).sentences

    assert [sentence.text for sentence in sentences] == [
        (
            "We process the data of those who apply for work with us in order to assess "
            "how well they would do in it."
        ),
        "The data are kept for as long as it takes to fill the post.",
    ]
    assert [quote.line for quote in sentences[0].quotes()] == [1, 2]


def test_a_quote_stays_on_the_line_that_carries_the_value() -> None:
    sentence = notice_of("notice.txt", BROKEN).sentences[0]
    at = sentence.text.index("how well")

    assert sentence.evidence_at(at).line == 2
    assert sentence.evidence_at(at).quote == "how well they would do in it."
    assert sentence.evidence(at, at + 8).quote == "how well"


def test_items_without_marks_are_not_put_together() -> None:
    text = (
        "to assess the suitability of the applicants for the work in question\n"
        "to communicate with the applicants about interviews and the outcome"
    )

    assert len(notice_of("notice.txt", text).sentences) == 2


def test_paragraphs_on_one_line_each_stay_apart() -> None:
    text = f"{'We keep it all. ' * 20}\nwhat else we do with the data that you have given to us"

    assert all(not sentence.rest for sentence in notice_of("notice.txt", text).sentences)


@given(st.lists(st.text("ab c.,(|•1-", max_size=80), max_size=8))
def test_every_quote_stands_on_its_line(lines: list[str]) -> None:
    notice = notice_of("notice.txt", "\n".join(lines))

    for sentence in notice.sentences:
        for at in range(len(sentence.text)):
            quote = sentence.evidence_at(at)
            assert quote.quote in notice.lines[quote.line - 1].raw


@pytest.mark.parametrize(
    ("heading", "language", "role"),
    [
        ("Rettane dine", "no", "rights"),
        ("Andre frister", "da", "retention"),
        ("Computers making decisions", "en", "automated"),
        ("Bestämmer en dator?", "sv", "automated"),
        ("Valitun hakemusasiakirjat", "fi", ""),
    ],
)
def test_plain_headings_tell_their_part(heading: str, language: str, role: str) -> None:
    assert role_of(heading, language) == role


def test_a_line_that_goes_on_in_the_next_is_no_heading() -> None:
    text = (
        "Retention\n\nThe application is kept in our recruiting system until\nthe end of the year."
    )

    assert [section.role for section in notice_of("notice.txt", text).sections] == ["retention"]
