"""The organisation's own words are found like everything else."""

import pytest
from pydantic import ValidationError

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from scanner.locator import WHOLE
from scanner.model import Segment


def _found(text: str, **terms: tuple[str, ...]) -> list[tuple[str, str]]:
    settings = DetectorSettings(terms=terms, disable=("names.model", "special"))
    segment = Segment(WHOLE, text)
    return [
        (detection.entity, text[detection.start : detection.end])
        for _, detection in Analyser(settings, bytes(32)).detect([segment])
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Siirrä hanke kuun arkistoon.", ["hanke kuun"]),
        ("HANKE\nKUU alkoi", ["HANKE\nKUU"]),
        ("alihanke Kuu", []),
        ("Ärjy-14 on varattu", ["Ärjy-14"]),
        ("ÄRJY-14 ja Ärjy-145", ["ÄRJY-14"]),
    ],
)
def test_terms_are_whole_words_in_any_case(text: str, found: list[str]) -> None:
    assert _found(text, PROJECT=("Hanke Kuu*", "Ärjy-14")) == [("PROJECT", each) for each in found]


def test_a_known_entity_gives_its_category() -> None:
    settings = DetectorSettings(terms={"HEALTH": ("ryhmä B",)}, disable=("names.model",))
    ((_, detection),) = Analyser(settings, bytes(32)).detect([Segment(WHOLE, "Kuuluu: ryhmä B")])

    assert detection.category == "special.health"
    assert detection.evidence == ("term",)


@pytest.mark.parametrize("terms", [{"project": ("Kuu",)}, {"PROJECT": ("ab",)}])
def test_names_of_entities_and_terms_too_short_are_refused(terms: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        DetectorSettings.model_validate({"terms": terms})
