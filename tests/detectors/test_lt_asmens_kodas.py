"""The Lithuanian personal code, which is built as the Estonian one: whose is it?"""

from datetime import date, timedelta

import pytest
import stdnum.ee.ik
import stdnum.lt.asmens
from hypothesis import given
from hypothesis import strategies as st

from detectors.countries import lt
from detectors.testing import RecognizerLaws
from tests.detectors.national_ids import seen_in, seen_in_column

CODE = "40504040001"


@st.composite
def codes(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    return coded(day, draw(st.integers(0, 999)), draw(st.booleans()))


def coded(day: date, serial: int, is_woman: bool) -> str:
    ten = f"{3 + (day.year >= 2000) * 2 + is_woman}{day:%y%m%d}{serial:03}"
    return ten + stdnum.ee.ik.calc_check_digit(f"{ten}0")


class TestAsmensKodas(RecognizerLaws):
    """Codes of everybody who may be alive."""

    card = lt.ASMENS_KODAS
    codes = codes()
    chance_rate = 0.001


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        (CODE, True),
        ("30303039914", True),
        ("40504040002", False),
        ("40513040001", False),
        ("40502300001", False),
        ("4050404000", False),
        ("90504040001", False),
        ("405040-40001", False),
        ("LT40504040001", False),
    ],
)
def test_which_codes_are_valid(code: str, valid: bool) -> None:
    assert valid == lt.is_valid(code)


@given(st.from_regex(r"[1-9][0-9]{2}(0[0-9]|1[0-3])[0-3][0-9]{5}", fullmatch=True))
def test_it_agrees_with_stdnum_on_who_may_be_alive(code: str) -> None:
    assert lt.is_valid(code) == (code[0] in "3456" and stdnum.lt.asmens.is_valid(code))


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(0, 999), st.booleans())
def test_a_code_gives_the_date_it_was_made_of(day: date, serial: int, is_woman: bool) -> None:
    assert lt.ASMENS_KODAS.reading is not None
    read = lt.ASMENS_KODAS.reading(coded(day, serial, is_woman))

    assert read is not None
    assert day == read.born


@pytest.mark.parametrize(
    "text",
    [
        f"Mano asmens kodas yra {CODE} ir gyvenu Vilniuje.",
        f"Asmens kodas: {CODE}",
        f"a. k. {CODE}",
        f"{CODE} yra jo asmens kodas.",
        f"Hakijan liettualainen henkilötunnus on {CODE}.",
        f"Lithuanian personal code {CODE}",
        f"Litauiskt personnummer: {CODE}",
    ],
)
def test_it_is_found_where_a_word_names_it(text: str) -> None:
    found = seen_in(text)

    assert {CODE: "LT_ASMENS_KODAS"} == {each: found[each].entity for each in found}
    assert found[CODE].confidence >= 0.9
    assert "ambiguous" not in found[CODE].evidence


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        (f"Identity number {CODE}, jonas@imone.lt, +370 600 00000", "LT_ASMENS_KODAS"),
        (f"Identity number {CODE}, jaan@firma.ee, +372 5000 0000", "EE_ISIKUKOOD"),
        (
            f"Kandidatė gyvena Vilniuje ir yra pasirengusi. Identity number {CODE}",
            "LT_ASMENS_KODAS",
        ),
        (
            f"Kandidaat elab Tallinnas, kus õpib ja töötab või puhkab. Identity number {CODE}",
            "EE_ISIKUKOOD",
        ),
    ],
)
def test_language_and_domain_tell_whose_it_is(text: str, entity: str) -> None:
    found = seen_in(text)[CODE]

    assert (found.entity, "ambiguous" in found.evidence) == (entity, False)


def test_where_nothing_tells_it_says_that_it_is_ambiguous() -> None:
    found = seen_in(f"Identity number {CODE}")[CODE]

    assert "ambiguous" in found.evidence
    assert found.confidence <= 0.7


@pytest.mark.parametrize("heading", ["asmens_kodas", "Asmens kodas"])
def test_it_is_found_in_a_column(heading: str) -> None:
    days = [date(1960, 1, 1) + timedelta(days=400 * number) for number in range(40)]

    found = seen_in_column(heading, [coded(day, 1, is_woman=False) for day in days])
    assert {"LT_ASMENS_KODAS"} == set(found)
    assert found["LT_ASMENS_KODAS"].confidence >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        f"Užsakymas {CODE}",
        f"Sąskaita faktūra Nr. {CODE}",
        f"Viitenumero {CODE}",
        f"Invoice no. {CODE}",
        "Asmens kodas 40504040002",
        f"Tel: {CODE}",
        "tel. +370 4050 4040",
        "LT121000011101001000",
        f"a3f-{CODE}-b7",
        f"asmens kodas {CODE}1",
        f"Isikukood {CODE}",
        "Personas kods 030303-10012",
    ],
)
def test_what_is_none(text: str) -> None:
    assert "LT_ASMENS_KODAS" not in {each.entity for each in seen_in(text).values()}
