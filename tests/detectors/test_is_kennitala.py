"""The Icelandic identification number: the register's rule, its rivals, its look-alikes."""

from datetime import date, timedelta

import pytest
import stdnum.is_.kennitala
from hypothesis import given
from hypothesis import strategies as st

from detectors.countries import is_
from detectors.testing import RecognizerLaws
from tests.detectors.national_ids import seen_in, seen_in_column

CODE = "010130-2989"


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Make numbers with a check digit; where none fits, the next serial number is taken."""
    return coded(draw(st.dates(date(1940, 1, 1), date(2026, 2, 17))), draw(st.integers(20, 97)))


def coded(day: date, serial: int) -> str:
    for number in range(serial, serial + 3):
        eight = f"{day:%d%m%y}{number:02}"
        rest = -stdnum.is_.kennitala.checksum(f"{eight}00") % 11
        if rest < 10:
            return f"{eight[:6]}-{eight[6:]}{rest}{'9' if day.year < 2000 else '0'}"
    raise AssertionError(day)


class TestKennitala(RecognizerLaws):
    """Numbers of before February 2026."""

    card = is_.KENNITALA
    codes = codes()
    chance_rate = 0.005


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        (CODE, True),
        ("0101302989", True),
        ("010130-3019", True),
        ("010130-2979", True),
        ("010126-2340", True),
        ("010130-2988", False),
        ("010130-2985", False),
        ("310230-2989", False),
        ("011330-2989", False),
        ("410130-2989", False),
        ("892350-1739", False),
        ("010190-2980", False),
        ("010130-298", False),
        ("010130A2989", False),
    ],
)
def test_which_numbers_are_a_persons(code: str, valid: bool) -> None:
    assert valid == is_.is_valid(code)


@given(st.from_regex(r"[0-7][0-9](0[0-9]|1[0-3])[0-9]{5}[09]", fullmatch=True))
def test_with_the_check_digit_it_agrees_with_stdnum_on_people(code: str) -> None:
    """Stdnum knows organisations and years to come as well."""
    is_persons = code[0] < "4" and (code[-1] == "9" or int(code[4:6]) < 40)

    expected = is_persons and stdnum.is_.kennitala.is_valid(code)
    assert expected == (is_.is_valid(code) and is_.has_check_digit(code))


@given(st.dates(date(1900, 1, 1), date(2039, 12, 31)), st.integers(20, 97))
def test_a_number_gives_the_date_it_was_made_of(day: date, serial: int) -> None:
    assert day == is_.born(coded(day, serial))


@pytest.mark.parametrize(
    "text",
    [
        "Kennitala mín er {} og ég bý í Reykjavík.",
        "Kennitala: {}",
        "kt. {}",
        "{} er kennitala hennar.",
        "Hakijan islantilainen henkilötunnus on {}.",
        "Icelandic ID {}",
        "Isländskt personnummer: {}",
        "Ansøgerens islandske personnummer er {}, og det er rigtigt.",
    ],
)
@pytest.mark.parametrize("code", [CODE, "0101302989", "010130 2989"])
def test_it_is_found_where_a_word_names_it(text: str, code: str) -> None:
    found = seen_in(text.format(code))

    assert {code: "IS_KENNITALA"} == {each: found[each].entity for each in found}
    assert found[code].confidence >= 0.9
    assert "ambiguous" not in found[code].evidence


def test_it_is_found_without_a_word_where_icelandic_is_spoken() -> None:
    text = f"Jóna Uppspuni, {coded(date(1975, 3, 3), 20)}, hefur unnið hér og það var gott."

    (found,) = seen_in(text).values()
    assert found.entity == "IS_KENNITALA"


def test_a_number_of_today_without_check_digit_needs_a_word_and_is_less_sure() -> None:
    assert seen_in("Jóna, 010175-2979, hefur unnið hér og það var gott.") == {}

    (found,) = seen_in("Kennitala 010175-2979").values()
    assert (found.entity, found.confidence) == ("IS_KENNITALA", 0.8)


def test_all_its_forms_have_one_key() -> None:
    forms = (CODE, "0101302989", "010130 2989", "010130\u20132989")
    found = [each for form in forms for each in seen_in(f"Kennitala {form}").values()]

    assert len(found) == len(forms)
    assert len({each.key for each in found}) == 1


@pytest.mark.parametrize("heading", ["kennitala", "Kennitala", "kt"])
def test_it_is_found_in_a_column(heading: str) -> None:
    days = [date(1960, 1, 1) + timedelta(days=300 * number) for number in range(40)]

    found = seen_in_column(heading, [coded(day, 20) for day in days])
    assert found["IS_KENNITALA"].confidence >= 0.9
    assert found["IS_KENNITALA"].count == len(days)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        (f"CPR-nr. {CODE}", "DK_CPR"),
        (f"Ansøgeren har sendt {CODE} og er ikke her, men hun er på vej.", "DK_CPR"),
        ("Hendes CPR-nummer er 120174-3399", "DK_CPR"),
    ],
)
def test_a_danish_number_stays_danish(text: str, entity: str) -> None:
    """Every Icelandic number has the form and the date of a Danish one."""
    found = seen_in(text)

    assert {entity} == {each.entity for each in found.values()}


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        "0101302989",
        f"Pöntun {CODE}",
        f"Reikningur nr. {CODE}",
        f"Tilausnumero {CODE}",
        f"Invoice no. {CODE}",
        "Kennitala félagsins 450401-3150",
        "Kennitala 310230-2989",
        "sími +354 510 2989",
        "export-010126-1230.txt",
        "kennitala 010130-29891",
        "12.010130-2989",
        "Hetu: 010190-900P",
        "Personnummer 900102-9819",
    ],
)
def test_what_is_none(text: str) -> None:
    assert "IS_KENNITALA" not in {each.entity for each in seen_in(text).values()}
