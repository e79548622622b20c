"""What people really write: cases that a law does not reach."""

import pytest

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from scanner.locator import WHOLE
from scanner.model import Segment

ANALYSER = Analyser(DetectorSettings(disable=("names.model",)), b"k" * 16)


def _found(entity: str, text: str) -> list[str]:
    return [
        text[detection.start : detection.end]
        for _, detection in ANALYSER.detect([Segment(WHOLE, text)])
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
        ("00 358 40 123 4567", "00 358 40 123 4567"),
        ("(+45) 20 12 34 56", "(+45) 20 12 34 56"),
        ("(0047) 911 40 286", "(0047) 911 40 286"),
        ("Jeg kan nås på 912 34 567.", "912 34 567"),
        ("Mobil 12 34 56 78", "12 34 56 78"),
        ("Ring 4012 3456", "4012 3456"),
        ("call 07700 900123", "07700 900123"),
        ("number is (01632) 960 114.", "(01632) 960 114"),
        ("tekstarilla, numero 050 123 45 67", "050 123 45 67"),
        ("Puh: 040 - 123 4567", "040 - 123 4567"),
        ("+358.40.123.4567", "+358.40.123.4567"),
        ("Org.nr. 912 345 678, tlf. 22 12 34 56", "22 12 34 56"),
    ],
)
def test_telephone_numbers(text: str, value: str) -> None:
    assert _found("PHONE_NUMBER", text) == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Puh. 040 123 4567 / 09 123 4567", ["040 123 4567", "09 123 4567"]),
        ("040 123 4567 050 765 4321", ["040 123 4567", "050 765 4321"]),
        ("040 123 4567/050 765 4321", ["040 123 4567", "050 765 4321"]),
        ("Puh. 040 123 4567\n050 765 4321", ["040 123 4567", "050 765 4321"]),
        ("040-1234567, 050-7654321", ["040-1234567", "050-7654321"]),
        ("+47 22 12 34 56 / 912 34 567", ["+47 22 12 34 56", "912 34 567"]),
    ],
)
def test_several_telephone_numbers_in_a_row(text: str, values: list[str]) -> None:
    assert _found("PHONE_NUMBER", text) == values


def test_eight_digits_are_a_number_in_a_danish_or_norwegian_text() -> None:
    danish = "Jeg har været værkfører i ti år og søger nu noget nyt. Bjarne Skov, 86541277"

    assert _found("PHONE_NUMBER", danish) == ["86541277"]
    assert _found("PHONE_NUMBER", "Erä 86541277 on myyty, ja se on poistettu.") == []


@pytest.mark.parametrize(
    "text",
    [
        "CVR 12345678",
        "Faktura 22123456",
        "22 123 456 kr",
        "vikakoodi 0409-771-220",
        "Kortti 5200 8282 8282 8210",
        "010285-1234",
        "klo 09.00-17.00",
        "01/2015 - 12/2019",
        "vuosina 2010 2015",
        "0.1.2 ja 06.5-7",
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
        ("| Syntymäaika | 1.2.1985 |", "1.2.1985"),
        ("1.2.1985 syntynyt hakija", "1.2.1985"),
        ("12.3.1990 Turussa syntynyt", "12.3.1990"),
        ("född 850201", "850201"),
        ("(f. 19/4 1978)", "19/4 1978"),
        ("f. 1. februar 1985", "1. februar 1985"),
        ("(* 1.2.1985)", "1.2.1985"),
        ("b. 3 March 1985", "3 March 1985"),
        ("Date of birth 12-Mar-1990", "12-Mar-1990"),
        ("Fødselsdag: 1. marts", "1. marts"),
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
        "syntynyt Turussa ja aloitti työt 1.2.2019",
        "born in Turku and graduated on 1.2.2019",
    ],
)
def test_what_is_no_birth_date(text: str) -> None:
    assert _found("BIRTH_DATE", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "versio 10.2.3.4",
        "v1.20.3.4",
        "1.2.3.4.5",
        "300.1.1.1",
        "12:30:45",
        "Chrome/120.0.0.0",
        "uppgradering till 12.2.0.1",
        "std::string",
        "::1",
    ],
)
def test_what_is_no_ip_address(text: str) -> None:
    assert _found("IP_ADDRESS", text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("IP 2001:db8::1", "2001:db8::1"),
        ("fe80::1", "fe80::1"),
        ("192.0.2.0/24", "192.0.2.0"),
        ("http 10.0.0.17.", "10.0.0.17"),
    ],
)
def test_ip_addresses(text: str, value: str) -> None:
    assert _found("IP_ADDRESS", text) == [value]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mac 00:00:5E:00:53:17", ["00:00:5E:00:53:17"]),
        ("00-00-5e-00-53-17", ["00-00-5e-00-53-17"]),
        ("0000.5e00.5317", ["0000.5e00.5317"]),
        ("ff:ff:ff:ff:ff:ff", []),
        ("00:00:5E:00:53:17:18", []),
        ("12-34-56-78-90-12", []),
    ],
)
def test_mac_addresses(text: str, found: list[str]) -> None:
    assert _found("MAC_ADDRESS", text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("maija@example.fi-osoitteesta", "maija@example.fi"),
        ("<MAIJA@EI-OLE.KEKSITTY>", "MAIJA@EI-OLE.KEKSITTY"),
        ("mailto:a+b@xn--4ca.example,", "a+b@xn--4ca.example"),
    ],
)
def test_mail_addresses(text: str, value: str) -> None:
    assert _found("EMAIL_ADDRESS", text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://hr:Kesae2031@db.example/hr",
        "logo@2x.png",
        "maija@localhost",
        "Message-ID: <1234@mail.example.org>",
        "a@b@c.fi",
    ],
)
def test_what_is_no_mail_address(text: str) -> None:
    assert _found("EMAIL_ADDRESS", text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(ks. https://example.org/a_(b)).", "https://example.org/a_(b)"),
        ("<a href='http://example.org/x'>", "http://example.org/x"),
        ("www.example.org, ja", "www.example.org"),
        ("sftp://files.example.org/x.", "sftp://files.example.org/x"),
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


def test_a_card_number_without_context_is_less_sure_than_with_it() -> None:
    texts = ["4111111111111111", "kortin numero: visa 4111111111111111"]
    found = [
        detection.confidence
        for text in texts
        for _, detection in ANALYSER.detect([Segment(WHOLE, text)])
    ]

    assert found == [0.45, 0.8]
