"""What people really write: cases that a law does not reach."""

import pytest

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.generic.selection_notice import is_valid
from scanner.model import Segment

ANALYSER = Analyser(DetectorSettings(disable=("names.lexicon",)), b"k" * 16)


def _found(entity: str, text: str) -> list[str]:
    return [
        text[detection.start : detection.end]
        for _, detection in ANALYSER.detect([Segment((), text)])
        if detection.entity == entity
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Puh. 040 123 4567.", "040 123 4567"),
        ("Puh:0401234567", "0401234567"),
        ("+358 (0)40 123 4567", "+358 (0)40 123 4567"),
        ("soita (09) 123 4567 nyt", "(09) 123 4567"),
        ("+47 22 12 34 56", "+47 22 12 34 56"),
        ("tlf. 22 12 34 56", "22 12 34 56"),
        ("tel. 0708-12 34 56", "0708-12 34 56"),
        ("tel +358 9 1234567 ext. 12", "+358 9 1234567 ext. 12"),
        ("0400-123456, työ", "0400-123456"),
    ],
)
def test_telephone_numbers(text: str, value: str) -> None:
    assert _found("PHONE_NUMBER", text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Päivämäärä 01.02.1985 ja 2020-01-02",
        "Tilausnumero 0401234567",
        "FI21 1234 5600 0007 85",
        "FI99 0400 1234 5600 00",
        "hetu 010190-900P",
        "010190-9001",
        "klo 12.30-14.00",
        "192.168.100.100",
        "Y-tunnus 0123456-7",
        "04012345678901234567",
        "https://example.org/0401234567",
        "12 345 678 euroa",
    ],
)
def test_what_is_no_telephone_number(text: str) -> None:
    assert _found("PHONE_NUMBER", text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Maija (s. 1.2.1985)", "1.2.1985"),
        ("Syntymäaika: 1.2.-85", "1.2.-85"),
        ("SYNTYMÄAIKA\n01.02.1985", "01.02.1985"),
        ("Olen syntynyt Turussa 3. helmikuuta 1985.", "3. helmikuuta 1985"),
        ("Född: 1985-02-01", "1985-02-01"),
        ("Jag är född den 1 februari 1985", "1 februari 1985"),
        ("Fødselsdato 01.02.1985", "01.02.1985"),
        ("Født d. 1. februar 1985", "1. februar 1985"),
        ("born on March 3, 1985 in Turku", "March 3, 1985"),
        ("DOB: 03/04/1985", "03/04/1985"),
        ("syntymäpäivä 1.2.", "1.2."),
    ],
)
def test_birth_dates(text: str, value: str) -> None:
    assert _found("BIRTH_DATE", text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Ks. s. 12 ja s. 1.2",
        "Haastattelu 1.2.1985",
        "syntynyt 31.2.1985",
        "born in 1985",
        "s. 1.2.1685",
    ],
)
def test_what_is_no_birth_date(text: str) -> None:
    assert _found("BIRTH_DATE", text) == []


@pytest.mark.parametrize(
    "text", ["versio 10.2.3.4", "v1.20.3.4", "1.2.3.4.5", "300.1.1.1", "12:30:45"]
)
def test_what_is_no_ip_address(text: str) -> None:
    assert _found("IP_ADDRESS", text) == []


@pytest.mark.parametrize(
    "text", ["logo@2x.png", "maija@localhost", "Message-ID: <1234@mail.example.org>", "a@b@c.fi"]
)
def test_what_is_no_mail_address(text: str) -> None:
    assert _found("EMAIL_ADDRESS", text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(ks. https://example.org/a_(b)).", "https://example.org/a_(b)"),
        ("<a href='http://example.org/x'>", "http://example.org/x"),
        ("www.example.org, ja", "www.example.org"),
    ],
)
def test_web_addresses(text: str, value: str) -> None:
    assert _found("URL", text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "https://github.com/owner/project",
        "facebook.com/events/1",
        "https://www.linkedin.com/jobs/x",
    ],
)
def test_what_is_no_profile(text: str) -> None:
    assert _found("PROFILE_URL", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tehtävään on valittu toinen henkilö.",
        "Valitettavasti valintamme ei tällä kertaa kohdistunut sinuun.",
        "Ikävä kyllä et tullut tällä kertaa valituksi.",
        "Valitsimme tehtävään toisen hakijan.",
        "Jatkamme prosessia muiden hakijoiden kanssa.",
        "Vi har gått vidare med andra sökande.",
        "Tjänsten är nu tillsatt.",
        "Stillingen er besat.",
        "Vi har valgt å gå videre med andre søkere.",
        "Vi har valgt at gå videre med en anden kandidat.",
        "We have decided to proceed with other candidates.",
        "The position has been filled.",
        "You have not been selected for this role.",
    ],
)
def test_selection_notices(text: str) -> None:
    assert is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ilmoitamme, kun tehtävään on valittu henkilö.",
        "Jos et tullut valituksi, säilytämme hakemuksesi kaksi vuotta.",
        "Tehtävään valittavalta edellytetään ajokorttia.",
        "Haku päättyy, kun paikkaan on valittu sopiva henkilö.",
        "We will inform you when the position has been filled.",
        "If you have not been selected, we delete your data.",
        "Vi meddelar när tjänsten är tillsatt.",
        "Vi giver besked, når stillingen er besat.",
        "You have not selected a file.",
        "> Tehtävään on valittu toinen henkilö.",
    ],
)
def test_what_is_no_selection_notice(text: str) -> None:
    assert not is_valid(text)


def test_a_card_number_without_context_is_less_sure_than_with_it() -> None:
    texts = ["4111111111111111", "kortin numero: visa 4111111111111111"]
    found = [
        detection.confidence
        for text in texts
        for _, detection in ANALYSER.detect([Segment((), text)])
    ]

    assert found == [0.45, 0.8]
