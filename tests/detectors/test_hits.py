"""A sighting and an identifier name the row or the line in which they stand."""

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from scanner.extract.base import segments
from scanner.extract.rows import columns
from scanner.locator import WHOLE, Locator
from scanner.model import Examination, Message, Segment

HETU, OTHER = "131052-308T", "020290-900T"
PAGE = Locator().part("cv.pdf").page(2)


def _seen(*contents: Segment | Message) -> Examination:
    return Analyser(DetectorSettings(), b"k" * 32).examine(contents)


def _hit(found: Examination, entity: str = "FI_PERSONAL_IDENTITY_CODE") -> str:
    return next(str(each.place) for each in found.sightings if each.entity == entity)


def test_a_hit_in_prose_names_its_line_and_its_characters() -> None:
    found = _seen(Segment(PAGE, f"Ansioluettelo\n\nhenkilötunnus {HETU}\n"))

    assert _hit(found) == "part:cv.pdf/page:2/line:3/offset:29-40"
    (code,) = (each for each in found.identifiers if each.entity.startswith("FI_"))
    assert str(code.hit) == _hit(found)


def test_lines_go_on_in_the_next_piece_of_a_long_text() -> None:
    text = "a b c\n" * 60_000 + f"henkilötunnus {HETU}\n"
    pieces = list(segments(text, WHOLE))
    start = text.index(HETU)

    assert len(pieces) > 1
    assert _hit(_seen(*pieces)) == f"line:60001/offset:{start}-{start + len(HETU)}"


def test_a_piece_that_follows_nothing_has_no_line() -> None:
    assert _hit(_seen(Segment(PAGE, f"hetu {HETU}", offset=500))) == f"{PAGE}/offset:505-516"


def test_a_hit_in_a_table_names_its_row() -> None:
    table = columns(Locator().sheet("Hakijat"), ["hetu"], [["-"], [HETU], [OTHER]])

    assert _hit(_seen(*table)) == "sheet:Hakijat/column:hetu/row:2"


def test_an_address_on_an_envelope_names_its_header() -> None:
    found = _seen(
        Message(WHOLE, None, "hakija@posti.example", ("hr@firma.example",)),
        Segment(Locator().header("from"), "Hakija <hakija@posti.example>", "header:from"),
        Segment(Locator().header("cc"), "hr@firma.example", "header:cc"),
    )

    assert {each.role: str(each.hit) for each in found.identifiers} == {
        "sender": "header:from",
        "recipient": "header:cc",
    }
