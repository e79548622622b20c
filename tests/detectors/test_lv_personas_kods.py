"""The Latvian personal code, old and new: the register's rule, and what only looks like one."""

from datetime import date, timedelta

import pytest
import stdnum.lv.pvn
from hypothesis import given
from hypothesis import strategies as st

from detectors.countries import lv
from detectors.testing import RecognizerLaws
from tests.detectors.national_ids import seen_in, seen_in_column


@st.composite
def dated(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1900, 1, 1), date(2017, 6, 30)))
    ten = f"{day:%d%m%y}{day.year // 100 - 18}{draw(st.integers(0, 999)):03}"
    return f"{ten[:6]}-{ten[6:]}{stdnum.lv.pvn.calc_check_digit_pers(ten)}"


undated = st.integers(0, 999_999_999).map(lambda n: f"32{n // 100_000:04}-{n % 100_000:05}")


class TestPersonasKods(RecognizerLaws):
    """Codes with a date, and those given out since 2017."""

    card = lv.PERSONAS_KODS
    codes = st.one_of(dated(), undated)
    chance_rate = 0.002


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("030303-10012", True),
        ("03030310012", True),
        ("329999-99901", True),
        ("32999999902", True),
        ("030303-10013", False),
        ("031303-10012", False),
        ("310203-10012", False),
        ("030303-30012", False),
        ("339999-99901", False),
        ("030303-1001", False),
        ("030303 10012", False),
        ("LV03030310012", False),
    ],
)
def test_which_codes_are_valid(code: str, valid: bool) -> None:
    assert valid == lv.is_valid(code)


@given(st.from_regex(r"[0-3][0-9](0[0-9]|1[0-3])[0-9]{2}-[12][0-9]{4}", fullmatch=True))
def test_it_agrees_with_stdnum_on_codes_with_a_date(code: str) -> None:
    assert code.startswith("32") or lv.is_valid(code) == stdnum.lv.pvn.is_valid(code)


@given(dated())
def test_a_code_gives_the_date_it_was_made_of(code: str) -> None:
    read = lv.reading(code)

    assert read is not None
    assert stdnum.lv.pvn.get_birth_date(code) == read.born


@pytest.mark.parametrize(
    "text",
    [
        "Mans personas kods ir {} un es dzīvoju Rīgā.",
        "Personas kods: {}",
        "p.k. {}",
        "{} ir viņas personas kods.",
        "Hakijan latvialainen henkilötunnus on {}.",
        "Latvian personal code {}",
        "Lettiskt personnummer: {}",
    ],
)
@pytest.mark.parametrize("code", ["030303-10012", "03030310012", "329999-99901", "32999999901"])
def test_it_is_found_where_a_word_names_it(text: str, code: str) -> None:
    found = seen_in(text.format(code))

    assert {code: "LV_PERSONAS_KODS"} == {each: found[each].entity for each in found}
    assert found[code].confidence >= 0.9


def test_with_its_dash_and_date_it_is_likely_without_a_word() -> None:
    (found,) = seen_in("Anna Izdomāta, 030375-10017, dzīvo Rīgā.").values()

    assert (found.entity, found.confidence) == ("LV_PERSONAS_KODS", 0.7)


def test_a_new_code_without_a_check_digit_needs_a_word_and_is_less_sure() -> None:
    assert seen_in("Anna Izdomāta, 329999-99902, dzīvo Rīgā.") == {}

    (found,) = seen_in("Personas kods 329999-99902").values()
    assert (found.entity, found.confidence) == ("LV_PERSONAS_KODS", 0.8)


def test_all_its_forms_have_one_key() -> None:
    forms = ("030303-10012", "03030310012", "030303 - 10012", "030303\u201310012")
    found = [each for form in forms for each in seen_in(f"Personas kods {form}").values()]

    assert len(found) == len(forms)
    assert len({each.key for each in found}) == 1


@pytest.mark.parametrize("heading", ["personas_kods", "Personas kods", "national_id"])
def test_it_is_found_in_a_column(heading: str) -> None:
    days = [date(1960, 1, 1) + timedelta(days=300 * number) for number in range(40)]
    tens = [f"{day:%d%m%y}1{number:03}" for number, day in enumerate(days)]
    values = [f"{ten[:6]}-{ten[6:]}{stdnum.lv.pvn.calc_check_digit_pers(ten)}" for ten in tens]

    found = seen_in_column(heading, values)["LV_PERSONAS_KODS"]
    assert found.confidence >= 0.9
    assert found.share is not None
    assert found.share > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "03030310012",
        "32999999901",
        "Pasūtījums 329999-99901",
        "Tilausnumero 030303-10012",
        "Invoice no. 030303-10012",
        "Rēķins Nr. 329999-99901",
        "export 030303-100123",
        "Personas kods 030303-10013",
        "PVN LV03030310012",
        "tel. +371 3030 3100",
        "log 030303-1001.txt",
        "12 030303-10012 34",
        "Fødselsnummer 010190-99713",
        "60001019906 on isikukood",
        "Bestillingsnr. 32999999901",
    ],
)
def test_what_is_none(text: str) -> None:
    assert "LV_PERSONAS_KODS" not in {each.entity for each in seen_in(text).values()}


def test_a_norwegian_number_with_a_dash_stays_norwegian() -> None:
    """Where both checks hold, a number in a text of neither is the neighbour's."""
    both = "010150-13504"

    (found,) = seen_in(f"Number {both} of the person.").values()
    assert found.entity == "NO_FODSELSNUMMER"
    (found,) = seen_in(f"Personas kods {both}").values()
    assert found.entity == "LV_PERSONAS_KODS"
