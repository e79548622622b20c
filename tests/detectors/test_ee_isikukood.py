"""The Estonian personal identification code: the register's rule, and what only looks like one."""

from datetime import date

import pytest
import stdnum.ee.ik
from hypothesis import given
from hypothesis import strategies as st

from detectors.countries import ee
from detectors.testing import RecognizerLaws
from tests.detectors.national_ids import seen_in, seen_in_column

BOTH = "30109092505"
"""Valid in Estonia and in Norway."""


@st.composite
def codes(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    first = draw(st.sampled_from("34" if day.year < 2000 else "56"))
    ten = f"{first}{day:%y%m%d}{draw(st.integers(0, 999)):03}"
    return ten + stdnum.ee.ik.calc_check_digit(f"{ten}0")


class TestIsikukood(RecognizerLaws):
    """Codes of everybody who may be alive."""

    card = ee.ISIKUKOOD
    codes = codes()
    chance_rate = 0.001


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("60001019906", True),
        ("30303039914", True),
        ("60001019907", False),
        ("60013019906", False),
        ("60002309906", False),
        ("6000101990", False),
        ("600010199060", False),
        ("600010-19906", False),
        ("EE60001019906", False),
    ],
)
def test_which_codes_are_valid(code: str, valid: bool) -> None:
    assert valid == ee.is_valid(code)


@given(st.from_regex(r"[1-8][0-9]{2}(0[0-9]|1[0-3])[0-3][0-9]{5}", fullmatch=True))
def test_it_agrees_with_stdnum_on_who_may_be_alive(code: str) -> None:
    assert ee.is_valid(code) == (code[0] in "3456" and stdnum.ee.ik.is_valid(code))


@given(codes())
def test_a_code_gives_the_date_it_was_made_of(code: str) -> None:
    assert stdnum.ee.ik.get_birth_date(code) == ee.born(code)


@pytest.mark.parametrize(
    "text",
    [
        "Minu isikukood on 60001019906 ja elan Tartus.",
        "Isikukood: 60001019906",
        "60001019906 on kandidaadi isikukood.",
        "Hakijan virolainen henkilötunnus on 60001019906.",
        "Estonian personal code 60001019906",
        "Estniskt personnummer: 60001019906",
    ],
)
def test_it_is_found_where_a_word_names_it(text: str) -> None:
    found = seen_in(text)

    assert {"60001019906": "EE_ISIKUKOOD"} == {each: found[each].entity for each in found}
    assert found["60001019906"].confidence >= 0.9
    assert found["60001019906"].mask == "•••"


@pytest.mark.parametrize("heading", ["isikukood", "Isiku kood", "national_id", "SSN"])
def test_it_is_found_in_a_column(heading: str) -> None:
    codes = [f"5{day:%y%m%d}001" for day in map(date.fromordinal, range(732_000, 732_040))]

    found = seen_in_column(heading, [f"{code}{ee.check_digit(code)}" for code in codes])
    assert {"EE_ISIKUKOOD"} == set(found)
    assert found["EE_ISIKUKOOD"].confidence >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "60001019906",
        "Tellimus 60001019906 on teel.",
        "Viitenumero 60001019906",
        "Invoice no. 60001019906",
        "Isikukood 60001019907",
        "tel. +372 6000 101 9906",
        "Tel: 60001019906",
        "export 50101011234567",
        "a3f-60001019906-b7",
        "EE382200221060001019906",
        "isikukood 600010199061",
        "Fødselsnummer 01019099713",
        "PESEL 02270803624",
    ],
)
def test_what_is_none(text: str) -> None:
    assert "EE_ISIKUKOOD" not in {each.entity for each in seen_in(text).values()}


def test_where_a_norwegian_number_is_valid_too_the_word_decides() -> None:
    """Without a word of one country it is the neighbour's: Estonian codes come with a word."""
    (found,) = seen_in(f"Id-nummer {BOTH}").values()
    assert (found.entity, "ambiguous" in found.evidence) == ("NO_FODSELSNUMMER", False)

    (found,) = seen_in(f"Isikukood {BOTH}").values()
    assert (found.entity, "ambiguous" in found.evidence) == ("EE_ISIKUKOOD", False)
