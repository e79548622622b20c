"""Postal addresses of five countries: one span, from the street to the postcode and the town."""
# ruff: noqa: D101 - the class names the recognizer

import pytest
from hypothesis import strategies as st

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.generic.postal_address import POSTAL_ADDRESS
from detectors.testing import RecognizerLaws
from scanner.locator import WHOLE
from scanner.model import Segment

ANALYSER = Analyser(DetectorSettings(disable=("names.lexicon", "names.model")), b"k" * 16)


class TestPostalAddress(RecognizerLaws):
    card = POSTAL_ADDRESS
    codes = st.one_of(
        st.builds(
            "Keksi{} {}, {:05} Helsinki".format,
            st.sampled_from(["katu", "tie", "kuja", "polku", "raitti"]),
            st.integers(1, 199),
            st.integers(100, 99_999),
        ),
        st.integers(1, 99).map(lambda number: f"Påhittsgatan {number}, 123 45 Storstad"),
        st.integers(1, 99).map(lambda number: f"Fantasiveien {number} B, 0123 Oslo"),
        st.integers(1, 99).map(lambda number: f"Fantasivej {number}, 2. tv, 1234 Odense"),
        st.integers(1, 99).map(lambda number: f"{number} Imagined Street, Leeds LS1 4AP"),
    )
    may_be_disguised = False


def _found(text: str) -> list[str]:
    return [
        text[detection.start : detection.end]
        for _, detection in ANALYSER.detect([Segment(WHOLE, text)])
        if detection.entity == "POSTAL_ADDRESS"
    ]


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("Maija Keksitty, ", "Keskuskatu 12 A 3, 00100 Helsinki", ""),
        ("Maija Keksitty\n", "Keskuskatu 12 A 3\n00100 Helsinki", "\nPuh. 040 123 4567"),
        ("Osoite: ", "Iso Roobertinkatu 5 as. 3, FI-00120 HELSINKI", ""),
        ("Osoite | ", "Keskuskatu 12 B | 00100 Helsinki", " |"),
        ("Asun osoitteessa ", "Yrjö Liipolan tie 12-14 C 25, 04200 Kerava", "."),
        ("", "Aleksis Kiven katu 5 B 12, 3. krs\n00500 Helsinki", ", Suomi"),
        ("", "Puistotie 3, 20100 Turku", ""),
        ("Oy Keksi Ab, ", "PL 12, 00101 Helsinki", ""),
        ("c/o Virtanen, ", "Mannerheimvägen 3 bst 5, 10300 Karis", ""),
        ("", "Storgatan 12 lgh 1102, 123 45 Storstad", ""),
        ("", "Södra Vägen 5 A, 2 tr\n412 54 Göteborg", "\nSverige"),
        ("Adress: ", "Västra Hamngatan 3, SE-411 17 Göteborg", ""),
        ("", "Drottning Kristinas väg 5, 114 28 Stockholm", ""),
        ("", "Box 123, 111 22 Stockholm", ""),
        ("Kari Nordmann, ", "Karl Johans gate 5, 0154 Oslo", ""),
        ("Bor i ", "Storgata 3B, 7010 Trondheim", ", Norge"),
        ("", "Brekka 3, H0201, 1234 Mo i Rana", ""),
        ("", "Postboks 123 Sentrum, 0101 Oslo", ""),
        ("", "Nørregade 5, 2. tv, 1165 København K", ""),
        ("", "H.C. Andersens Boulevard 12, 3. th., 1553 København V", ""),
        ("", "Nørre Allé 5, st. th\nDK-8000 Aarhus C", ""),
        ("", "Vestergade 5, Lind, 7400 Herning", ""),
        ("at ", "12 High Street, Leeds LS1 4AP", "."),
        ("", "Flat 3, 12 Church Lane, Headingley, Leeds, LS6 3AA", ", UK"),
        ("Maija\n", "12 High Street\nHarrogate\nHG1 1AA", "\n"),
        ("12 June 2025\n", "Abbey Walk, Exeter EX4 0DZ", "\n"),
        ("", "Rose Cottage, Church Lane, Otley LS21 1AA", ""),
        ("", "123 Main Street, Apt 4B, Springfield, IL 62704", ""),
        ("He lives at ", "12 High Street, Leeds", "."),
        ("", "Keskuskatu 12 A 3, Helsinki", ""),
        ("Osoite ", "Keskuskatu 12", ""),
    ],
)
def test_addresses(before: str, address: str, after: str) -> None:
    assert _found(before + address + after) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Haastattelu 12.3. 2019 Helsinki",
        "Tammikuu 12, 2019 Helsinki",
        "Valtatie 4, 40100 Jyväskylä",
        "vuosina 2015 - 2019 Helsingin kaupungilla",
        "Kokemus 5 vuotta, 2020 Nokia",
        "Excel 2016, 2019 Oslo",
        "It took place on 12 March 2024, and we went our way.",
        "Kokous on Keskuskadulla kello 12.",
        "on 12 May Road works began",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert _found(text) == []
