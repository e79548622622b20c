"""A value that is asked for has the hash under which a scan stores it, however it is written."""

import pytest

from detectors.analyse import Analyser
from detectors.asked import AskedBy, asked
from detectors.base import DetectorSettings
from scanner.errors import ConfigError
from scanner.locator import WHOLE
from scanner.model import Segment

KEY = b"k" * 32
SETTINGS = DetectorSettings()


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(SETTINGS, KEY)


@pytest.mark.parametrize(
    ("by", "given", "stored"),
    [
        ("email", " Aino.Lahtinen@Posti.Example ", "Kirjoita: aino.lahtinen@posti.example"),
        ("phone", "+358 44 000 5611", "Puh. 044 000 5611"),
        ("phone", "044-0005611", "Soita +358 (0)44 000 5611"),
        ("id", "131052-308T", "Henkilötunnus: 131052-308T"),
        ("id", "811218-9876", "Personnummer: 19811218-9876"),
        ("id", "070761-4285", "CPR-nummer: 070761-4285"),
        ("id", "44051401359", "PESEL: 44051401359"),
        ("id", "37605030299", "Isikukood: 37605030299"),
        ("born", "1990-02-01", "Syntymäaika: 1.2.1990"),
        ("born", "1.2.1990", "Date of birth: 1990-02-01"),
        ("name", "Aino Lahtinen", "Hakija Aino Lahtinen kertoi."),
        ("name", "Lahtinen, Aino", "Soitin Aino Lahtiselle eilen."),
        ("name", "Åsa von Döbeln", "Hej Åsa von Döbeln, tack."),
        ("name", "aino lahtinen", "Nimi: AINO LAHTINEN"),
    ],
)
def test_a_value_is_found_however_it_is_written(
    analyser: Analyser, by: str, given: str, stored: str
) -> None:
    keys = {(each.entity, each.key) for _, each in analyser.detect([Segment(WHOLE, stored)])}

    assert keys & asked(SETTINGS, KEY, AskedBy(by), given).keys


@pytest.mark.parametrize(
    ("by", "given"),
    [("email", "aino"), ("phone", "12"), ("id", "131052-308A"), ("born", "spring"),
     ("name", "Aino"), ("name", "")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_without_the_value(by: str, given: str) -> None:
    with pytest.raises(ConfigError) as raised:
        asked(SETTINGS, KEY, AskedBy(by), given)

    assert f"--{by} cannot be read" in raised.value.message
    assert not given or given not in f"{raised.value.message} {raised.value.hint}".split()


def test_what_is_never_looked_for_is_not_said_to_be_nowhere() -> None:
    """It was found nowhere, as was everything on the allow list."""
    settings = DetectorSettings(allow=("vaihde@yritys.example",))

    with pytest.raises(ConfigError) as raised:
        asked(settings, KEY, AskedBy.EMAIL, "vaihde@yritys.example")

    assert "detect.allow" in (raised.value.hint or "")


def test_words_of_a_name_are_those_of_the_stored_name(analyser: Analyser) -> None:
    (found,) = [each.parts for _, each in analyser.detect([Segment(WHOLE, "Nimi: Aino Lahtinen")])]

    assert frozenset(found) in asked(SETTINGS, KEY, AskedBy.NAME, "Aino Lahtinen").names
