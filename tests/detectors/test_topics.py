"""The words by which a position may be recognised."""

import pytest

from detectors.topics import words_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("26/031", ("26031",)),
        ("(2026-006)", ("2026006",)),
        ("REQ-0412", ("req", "req0412")),
        ("+44 7700 900 101", ()),
        ("040 000 44 55", ()),
        ("2025-03-14", ()),
        ("14.3.2025", ()),
        ("Rekry 2025", ("rekr", "@2025")),
    ],
)
def test_telephone_numbers_and_dates_are_no_requisition_numbers(
    text: str, said: tuple[str, ...]
) -> None:
    """Parts of a telephone number that all mails had were taken for a position's number."""
    assert words_of(text) == said
