"""The Polish personal number: the register's rule, its rivals, its look-alikes."""

from datetime import date, timedelta

import pytest
import stdnum.pl.pesel
from hypothesis import given
from hypothesis import strategies as st

from detectors.countries import pl
from detectors.testing import RecognizerLaws
from tests.detectors.national_ids import seen_in, seen_in_column

CODE = "90010100009"
IN_NORWAY_TOO = "31010291014"
IN_ESTONIA_TOO = "53112109127"


def coded(day: date, serial: int) -> str:
    ten = f"{day:%y}{day.month + 20 * (day.year >= 2000):02}{day:%d}{serial:04}"
    return ten + stdnum.pl.pesel.calc_check_digit(ten)


days = st.dates(date(1900, 1, 1), date(2026, 12, 31))


class TestPesel(RecognizerLaws):
    """Numbers of everybody who may be alive."""

    card = pl.PESEL
    codes = st.builds(coded, days, st.integers(0, 9_999))
    chance_rate = 0.002


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        (CODE, True),
        ("02270812343", True),
        ("90010100008", False),
        ("90013200009", False),
        ("90130100009", False),
        ("02810812343", False),
        ("9001010000", False),
        ("900101000090", False),
        ("900101-00009", False),
        ("PL90010100009", False),
    ],
)
def test_which_numbers_are_valid(code: str, valid: bool) -> None:
    assert valid == pl.is_valid(code)


@given(st.from_regex(r"[0-9]{2}[0-9]{2}[0-3][0-9]{6}", fullmatch=True))
def test_it_agrees_with_stdnum_on_who_may_be_alive(code: str) -> None:
    assert pl.is_valid(code) == (code[2] in "0123" and stdnum.pl.pesel.is_valid(code))


@given(days, st.integers(0, 9_999))
def test_a_number_gives_the_date_it_was_made_of(day: date, serial: int) -> None:
    assert day == pl.born(coded(day, serial))


@pytest.mark.parametrize(
    "text",
    [
        f"Mój numer PESEL to {CODE} i mieszkam w Krakowie.",
        f"PESEL: {CODE}",
        f"nr PESEL {CODE}",
        f"{CODE} to jego PESEL.",
        f"Hakijan puolalainen henkilötunnus on {CODE}.",
        f"Polish national ID {CODE}",
        f"Polskt personnummer: {CODE}",
    ],
)
def test_it_is_found_where_a_word_names_it(text: str) -> None:
    found = seen_in(text)

    assert {CODE: "PL_PESEL"} == {each: found[each].entity for each in found}
    assert found[CODE].confidence >= 0.9


@pytest.mark.parametrize("heading", ["pesel", "Nr PESEL", "national_id"])
def test_it_is_found_in_a_column(heading: str) -> None:
    born = [date(1960, 1, 1) + timedelta(days=300 * number) for number in range(40)]

    found = seen_in_column(heading, [coded(day, 17) for day in born])["PL_PESEL"]
    assert found.confidence >= 0.9
    assert found.share is not None
    assert found.share > 0.9


@pytest.mark.parametrize("both", [IN_NORWAY_TOO, IN_ESTONIA_TOO])
def test_its_own_word_wins_over_every_other_reading(both: str) -> None:
    (found,) = seen_in(f"PESEL {both}").values()

    assert (found.entity, "ambiguous" in found.evidence) == ("PL_PESEL", False)


def test_what_reads_as_norwegian_too_is_norwegian_without_a_polish_word() -> None:
    (found,) = seen_in(f"Fødselsnummer {IN_NORWAY_TOO}").values()

    assert (found.entity, "ambiguous" in found.evidence) == ("NO_FODSELSNUMMER", False)


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        f"Zamówienie {CODE}",
        f"Faktura nr {CODE}",
        f"Tilausnumero {CODE}",
        f"Viitenumero {CODE}",
        f"Invoice no. {CODE}",
        "PESEL 90010100008",
        f"Tel: {CODE}",
        "tel. +48 900 101 000",
        "export 20240115093011",
        f"a3f-{CODE}-b7",
        f"PESEL {CODE}1",
        "NIP 1234563218",
        "PL61109010140000071219812874",
        "Isikukood 60001019906",
        "Asmens kodas 40504040001",
    ],
)
def test_what_is_none(text: str) -> None:
    assert "PL_PESEL" not in {each.entity for each in seen_in(text).values()}
