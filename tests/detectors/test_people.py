"""Whom an asset names is found in its other texts, and what is no name stays what it is."""

from collections.abc import Iterable

import pytest

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.names.known import hashed
from detectors.people import KNOWN, RECOGNIZER, SAME_ASSET, joined
from scanner.locator import WHOLE, Locator
from scanner.model import Detection, Segment

KEY = b"k" * 32
SENDER = Segment(
    Locator.parse("header:from"), "Ywenna Kroszak <ywenna.kroszak@example.fi>", "header:from"
)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(DetectorSettings(), KEY)


def people(
    analyser: Analyser, segments: Iterable[Segment], name: str = "", code: str = ""
) -> list[str]:
    return [
        segment.text[each.start : each.end]
        for segment, each in analyser.detect(segments, name)
        if each.entity == "PERSON" and (not code or code in each.evidence)
    ]


def body(text: str) -> Segment:
    return Segment(Locator.parse("body:1"), text)


def test_a_part_of_a_sender_s_name_is_a_name_in_the_body(analyser: Analyser) -> None:
    text = body("siitä puhuttiin; viimeksi Kroszakille ja Ywennan kanssa, eikä kroszak vastannut")

    assert ["Kroszakille", "Ywennan"] == people(analyser, [SENDER, text], code=SAME_ASSET)
    assert [] == people(analyser, [text], code=SAME_ASSET)


def test_a_sender_s_whole_name_is_found_in_any_letters(analyser: Analyser) -> None:
    text = body("siitä puhuttiin ja terveisin ywenna kroszak")

    assert ["ywenna kroszak"] == people(analyser, [SENDER, text], code=KNOWN)


def test_nothing_is_known_of_the_asset_before(analyser: Analyser) -> None:
    """Texts are remembered for all assets; what an asset's names add to them is not."""
    text = body("siitä puhuttiin viimeksi Kroszakille ja terveisin ywenna kroszak")
    assert len(people(analyser, [SENDER, text], code="")) == 3

    assert [] == [each for each in people(analyser, [text]) if each == "ywenna kroszak"]


def test_a_file_s_name_names_its_text(analyser: Analyser) -> None:
    text = Segment(WHOLE, "tästä on sovittu ywenna kroszakin kanssa")

    assert ["ywenna kroszakin"] == people(analyser, [text], "cv/CV_Ywenna_Kroszak.txt")
    attached = Segment(Locator.parse("part:CV_Ywenna_Kroszak.txt"), text.text)
    assert ["ywenna kroszakin"] == people(analyser, [body("liitteenä"), attached])


def test_a_row_s_name_speaks_for_its_own_row_only(analyser: Analyser) -> None:
    rows = ((0, "row:1"), (7, "row:2"))
    given = Segment(Locator.parse("column:etunimi"), "Ywenna\nPjorka", "etunimi", rows)
    notes = "asiasta kysyttiin Ywennalta\nasiasta kysyttiin Ywennalta"
    starts = ((0, "row:1"), (notes.index("\n") + 1, "row:2"))
    found = analyser.detect([given, Segment(Locator.parse("column:notes"), notes, "notes", starts)])

    hits = [each.start for _, each in found if SAME_ASSET in each.evidence]
    assert [notes.index("Ywennalta")] == hits


@pytest.mark.parametrize(
    "text",
    [
        "ja sopimuksen teki Kroszak Oy",
        "ja osoite on www.Kroszak.example",
        "ja se on kroszak",
        "ja Kroszak-projekti",
    ],
)
def test_what_is_called_like_a_person_is_none(analyser: Analyser, text: str) -> None:
    assert [] == people(analyser, [SENDER, body(text)], code=SAME_ASSET)


def test_an_ordinary_word_at_the_beginning_of_a_sentence_is_none(analyser: Analyser) -> None:
    sender = Segment(
        Locator.parse("header:from"), "Grant Virtanen <grant.virtanen@example.fi>", "header:from"
    )
    texts = body("Well. Grant us time. Then we asked Grant again.")

    assert len(people(analyser, [sender, texts], code=SAME_ASSET)) <= 1


def test_who_is_known_is_told_with_the_recognizer_and_its_evidence(analyser: Analyser) -> None:
    own = Analyser(DetectorSettings(), KEY)
    own.know(hashed(KEY, ("Ywenna", "Kroszak")))
    text = body("siitä puhuttiin ywenna kroszakin kanssa")

    ((_, found),) = own.detect([text])
    assert (RECOGNIZER, (KNOWN,), 0.9) == (found.recognizer, found.evidence, found.confidence)
    assert [found.key] == sorted({each.key for each in hashed(KEY, ("Kroszak", "Ywenna"))})


@pytest.mark.parametrize(
    "settings",
    [
        DetectorSettings(disable=(RECOGNIZER,)),
        DetectorSettings(min_confidence=0.95),
        DetectorSettings(allow=("ywenna kroszak",)),
    ],
)
def test_the_settings_hold_for_known_people_too(settings: DetectorSettings) -> None:
    analyser = Analyser(settings, KEY)
    analyser.know(hashed(KEY, ("Ywenna", "Kroszak")))

    assert [] == list(analyser.detect([body("siitä puhuttiin ywenna kroszak mukana")]))


def test_an_asset_gives_hashes_of_whom_it_names_and_no_names(analyser: Analyser) -> None:
    found = analyser.examine([SENDER, body("Hei")])

    assert set(hashed(KEY, ("Ywenna", "Kroszak"))) == set(found.named)
    assert "rosza" not in repr(found)


def seen(start: int, end: int, confidence: float, entity: str = "PERSON") -> Detection:
    return Detection(entity, "identity.name", start, end, confidence, "r", ("c",), "key", "•")


def test_of_overlapping_finds_the_surer_and_then_the_longer_stays() -> None:
    known = Detection("PERSON", "identity.name", 5, 20, 0.9, RECOGNIZER, (KNOWN,), "right", "•")

    assert joined([seen(5, 10, 0.95)], [known]) == (known,)
    assert joined([seen(0, 20, 0.6)], [known]) == (known,)
    assert joined([seen(0, 20, 0.9)], [known]) == (seen(0, 20, 0.9),)
    longer = seen(0, 30, 0.9, "EMAIL_ADDRESS")
    assert joined([longer], [known]) == (longer,)
    phrase = seen(0, 30, 0.9, "HEALTH")
    assert joined([phrase], [known]) == (phrase, known)
    ((both,),) = [joined([seen(5, 20, 0.95)], [known])]
    assert (0.95, ("c", KNOWN), "right") == (both.confidence, both.evidence, both.key)
