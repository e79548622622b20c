"""Places in people's words."""

from typing import get_args

import pytest

from reports.place import place_in_words
from reports.wording import wording
from scanner.locator import Kind, Locator


@pytest.mark.parametrize(
    ("text", "asset", "english", "finnish"),
    [
        ("", "cv.pdf", "", ""),
        ("part:cv.pdf/page:2", "17.eml", "attachment cv.pdf, page 2", "liite cv.pdf, sivu 2"),
        (
            "part:cv.pdf/page:2/line:7/offset:3-14", "new/1.M1P1",
            "attachment cv.pdf, page 2, line 7", "liite cv.pdf, sivu 2, rivi 7",
        ),
        (
            "part:a.zip/part:b/cv.docx/footnotes", "1.eml",
            "attachment a.zip, file b/cv.docx, footnotes",
            "liite a.zip, tiedosto b/cv.docx, alaviitteet",
        ),
        ("part:cv.pdf", "old.TAR", "file cv.pdf", "tiedosto cv.pdf"),
        ("message:3/body:1", "mbox", "message 3, text of the message", "viesti 3, viestin teksti"),
        (
            "sheet:Kärki/column:hetu/rows:1-40", "a.xlsx",
            "sheet Kärki, column hetu, rows 1\N{EN DASH}40",
            "välilehti Kärki, sarake hetu, rivit 1\N{EN DASH}40",
        ),
        ("candidate:17/field:notes", "", "candidate 17, field notes", "candidate 17, kenttä notes"),
        ("attachment:31/part:cv.pdf", "", "attachment cv.pdf", "liite cv.pdf"),
        ("header:subject", "1.eml", "header subject", "otsake subject"),
        ("part:\u202efdp.exe", "1.eml", "attachment \\u202efdp.exe", "liite \\u202efdp.exe"),
    ],
)  # fmt: skip
def test_a_place_is_named_in_words(text: str, asset: str, english: str, finnish: str) -> None:
    place = Locator.of(text.replace("b/cv", "b\0cv").split("/") if text else ())
    place = place.renamed(lambda step: step.name.replace("\0", "/"))

    assert english == place_in_words(place, asset, wording("en"))
    assert finnish == place_in_words(place, asset, wording("fi"))


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("language", ["en", "fi"])
def test_every_kind_of_step_has_words(kind: Kind, language: str) -> None:
    said = place_in_words(
        Locator().then(kind, "7"), "", wording("fi" if language == "fi" else "en")
    )

    assert bool(said) == (kind != "offset")
