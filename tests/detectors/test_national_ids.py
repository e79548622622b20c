"""National numbers and their look-alikes: laws, the oracle, and whose number it is."""
# ruff: noqa: D101 - the class names the recognizer

import random

import pytest
import stdnum.dk.cpr
import stdnum.dk.cvr
import stdnum.fi.hetu
import stdnum.fi.ytunnus
import stdnum.no.fodselsnummer
import stdnum.no.orgnr
import stdnum.se.orgnr
import stdnum.se.personnummer
from hypothesis import given
from hypothesis import strategies as st

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.dk import cpr, cvr
from detectors.fi import henkilotunnus, y_tunnus
from detectors.generic import passport
from detectors.no import fodselsnummer, organisasjonsnummer
from detectors.se import organisationsnummer, personnummer
from detectors.testing import RecognizerLaws
from scanner.locator import WHOLE
from scanner.model import Segment
from tests.detectors.national_ids import (
    business_ids,
    danish,
    luhn_digit,
    norwegian,
    norwegian_digits,
    swedish,
    swedish_organisations,
)

ANALYSER = Analyser(DetectorSettings(disable=("names.model",)), b"k" * 16)
NATIONAL = {"FI_PERSONAL_IDENTITY_CODE", "SE_PERSONNUMMER", "NO_FODSELSNUMMER", "DK_CPR"}

passports = st.one_of(
    st.integers(0, 9_999_999).map(lambda n: f"FA{n:07}"),
    st.integers(0, 999_999).map(lambda n: f"FHC{n:06}"),
    st.integers(200_000_000, 999_999_999).map(str),
)
licences = st.one_of(
    st.integers(30_000_000, 99_999_999).map(str),
    st.integers(0, 9_999_999).map(lambda n: f"82 03 {n // 10:06} {n % 10}"),
)


class TestPersonnummer(RecognizerLaws):
    card = personnummer.PERSONNUMMER
    codes = swedish()
    chance_rate = 0.003


class TestFodselsnummer(RecognizerLaws):
    card = fodselsnummer.FODSELSNUMMER
    codes = norwegian()
    chance_rate = 0.001


class TestCpr(RecognizerLaws):
    card = cpr.CPR
    codes = danish()
    chance_rate = 0.01


class TestYTunnus(RecognizerLaws):
    card = y_tunnus.Y_TUNNUS
    codes = business_ids((7, 9, 10, 5, 8, 4, 2), "0123", "-")


class TestOrganisationsnummer(RecognizerLaws):
    card = organisationsnummer.ORGANISATIONSNUMMER
    codes = swedish_organisations()
    chance_rate = 0.02


class TestOrganisasjonsnummer(RecognizerLaws):
    card = organisasjonsnummer.ORGANISASJONSNUMMER
    codes = business_ids((3, 2, 7, 6, 5, 4, 3, 2), "89")
    chance_rate = 0.005


class TestCvr(RecognizerLaws):
    card = cvr.CVR
    codes = business_ids((2, 7, 6, 5, 4, 3, 2), "123456789")
    chance_rate = 0.02


class TestPassport(RecognizerLaws):
    card = passport.PASSPORT
    codes = passports
    cue = "passport no. "
    may_be_disguised = False


class TestPassportField(RecognizerLaws):
    card = passport.PASSPORT
    number = 1
    codes = passports
    label = "passport_no"
    may_be_disguised = False

    def test_what_is_planted_is_found_at_its_offsets(self) -> None:
        """Look at whole fields: a passport's number is a field's only text."""
        for code in ("FA0000001", "FHC000001", "200000001"):
            assert self._spans(code) == [(0, len(code))]


class TestDrivingLicence(RecognizerLaws):
    card = passport.DRIVING_LICENCE
    codes = licences
    cue = "førerkort nr. "
    may_be_disguised = False


class TestDrivingLicenceField(RecognizerLaws):
    card = passport.DRIVING_LICENCE
    number = 1
    codes = licences
    label = "driving_licence"
    may_be_disguised = False

    def test_what_is_planted_is_found_at_its_offsets(self) -> None:
        """Look at whole fields, as above."""
        for code in ("30000001", "82 03 114527 6"):
            assert self._spans(code) == [(0, len(code))]


@given(swedish(), st.sampled_from("0123456789"))
def test_personnummer_agrees_with_stdnum(code: str, check: str) -> None:
    """Stdnum knows no coordination numbers: with 60 taken from the day it checks the date."""
    code = code[:-1] + check
    digits = code.replace("-", "").replace("+", "")[-10:]
    if int(digits[4:6]) > 60:
        assert not stdnum.se.personnummer.is_valid(code)
        assert personnummer.is_valid(code) == (luhn_digit(digits[:-1]) == check)
    else:
        assert stdnum.se.personnummer.is_valid(code) == personnummer.is_valid(code)


def test_a_published_coordination_number_is_valid_though_stdnum_refuses_it() -> None:
    assert not stdnum.se.personnummer.is_valid("701063-2391")
    assert personnummer.is_valid("701063-2391")


@given(norwegian(), st.sampled_from("0123456789"))
def test_fodselsnummer_agrees_with_stdnum(code: str, check: str) -> None:
    code = code.replace(" ", "")[:-1] + check

    assert stdnum.no.fodselsnummer.is_valid(code) == fodselsnummer.is_valid(code)


@pytest.mark.parametrize("nine", ["014190901", "128290903", "800000001", "912345678"])
def test_hospital_and_synthetic_numbers_are_no_fodselsnummer(nine: str) -> None:
    """H-numbers add 40 to the month, which stdnum takes; FH-numbers begin with 8 or 9."""
    for last in range(10):
        digits = norwegian_digits(nine[:-1] + str(last))
        assert not digits or not fodselsnummer.is_valid(nine[:-1] + str(last) + digits)


@given(st.from_regex(r"[0-3][0-9][01][0-9]{3}-[0-9]{4}", fullmatch=True))
def test_cpr_agrees_with_stdnum_on_days_that_have_been(code: str) -> None:
    """Stdnum reads the serials 5-8 as we do; it refuses days to come, which need a clock."""
    day = cpr.born(code)
    if day is None or day.year < 2026:
        assert stdnum.dk.cpr.is_valid(code) == (day is not None)


def test_a_replacement_cpr_is_valid_though_stdnum_refuses_it() -> None:
    assert not stdnum.dk.cpr.is_valid("610190-9008")
    assert cpr.is_valid("610190-9008")


def test_a_temporary_henkilotunnus_is_valid_though_stdnum_refuses_it() -> None:
    assert not stdnum.fi.hetu.is_valid("010190-900P")
    assert henkilotunnus.is_valid("010190-900P")


@given(st.integers(10_000_000, 999_999_999))
def test_business_ids_agree_with_stdnum(number: int) -> None:
    text = str(number)

    dashed = f"{text[:7]}-{text[7]}"
    assert stdnum.fi.ytunnus.is_valid(dashed) == y_tunnus.is_valid(dashed)
    assert stdnum.dk.cvr.is_valid(text[:8]) == cvr.is_valid(text[:8])
    if len(text) == 9:
        expected = text[0] in "89" and stdnum.no.orgnr.is_valid(text)
        assert expected == organisasjonsnummer.is_valid(text)


@given(swedish_organisations(), st.sampled_from("0123456789"))
def test_organisationsnummer_agrees_with_stdnum(code: str, check: str) -> None:
    code = code[:-1] + check

    assert stdnum.se.orgnr.is_valid(code) == organisationsnummer.is_valid(code)


@pytest.mark.parametrize(
    ("entity", "forms"),
    [
        (
            "SE_PERSONNUMMER",
            ["900102-9819", "9001029819", "19900102-9819", "199001029819", "19900102 9819"],
        ),
        ("NO_FODSELSNUMMER", ["01019099713", "010190 99713", "010190-99713"]),
        ("DK_CPR", ["010190-0002", "0101900002", "010190 0002", "010190 - 0002"]),
        ("FI_PERSONAL_IDENTITY_CODE", ["010190-900P", "010190 - 900p", "010190\u2013900P"]),
    ],
)
def test_one_number_in_all_its_forms_has_one_key(entity: str, forms: list[str]) -> None:
    cues = {
        "SE_PERSONNUMMER": "personnummer",
        "NO_FODSELSNUMMER": "fødselsnummer",
        "DK_CPR": "CPR-nr.",
        "FI_PERSONAL_IDENTITY_CODE": "hetu",
    }
    found = [
        detection
        for form in forms
        for _, detection in ANALYSER.detect([Segment(WHOLE, f"{cues[entity]} {form}")])
    ]

    assert [entity] * len(forms) == [each.entity for each in found]
    assert len({each.key for each in found}) == 1


BOTH = "120381-9036"
"""A number that is valid in Finland and Denmark, in Denmark by modulus 11 too."""


@pytest.mark.parametrize(
    ("text", "label", "entity"),
    [
        ("Hetu: {}", "", "FI_PERSONAL_IDENTITY_CODE"),
        ("CPR-nr. {}", "", "DK_CPR"),
        ("{}", "cpr_nr", "DK_CPR"),
        ("{}", "hetu", "FI_PERSONAL_IDENTITY_CODE"),
        ("{}", "", "FI_PERSONAL_IDENTITY_CODE"),
        (
            "Hakija on lähettänyt tunnuksen {} ja hän on täysi-ikäinen.",
            "",
            "FI_PERSONAL_IDENTITY_CODE",
        ),
        ("Ansøgeren har sendt {} og er ikke her, men hun er på vej.", "", "DK_CPR"),
    ],
)
def test_what_stands_around_decides_whose_number_it_is(text: str, label: str, entity: str) -> None:
    assert {entity} == NATIONAL & set(_found(text.format(BOTH), label))


def test_an_undecided_number_says_that_it_is_ambiguous() -> None:
    (detection,) = (each for _, each in ANALYSER.detect([Segment(WHOLE, BOTH)]))

    assert "ambiguous" in detection.evidence
    assert detection.confidence < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Tilausnumero 9001029819",
        "9001029819",
        "Viitenumero 900102-9819",
        "Ordernr: 900102-9819",
        "OCR 0101900002",
        "01019099713",
        "KID: 01019099713",
        "20240115-1234",
        "log-240117-0911.txt",
        "1900102-98191",
        "12.900102-9819",
        "900102-9819-3",
        "3f2b8c1e-9a4d-4e2f-8b1a-199001029819",
        "Org.nr 999999-9999",
        "Y-tunnus 9999999-2",
        "CVR-nr. 99999993",
        "Puh. 0401029814",
        "010190-0003",
        "FI21 1234 5600 0007 85",
        "versio 900102.9819",
    ],
)
def test_what_is_no_national_number(text: str) -> None:
    assert set() == NATIONAL & set(_found(text))


@pytest.mark.parametrize("label", ["", "ssn", "national_id", "personal id"])
@pytest.mark.parametrize(
    "text",
    [
        "KID-nummer:\t32324134843",
        "Bestillingsnr. 32419230823",
        "Bestillingsnr. 80022647164",
        "Order\t54607131547",
        "KID: 01019099713",
        "Viitenumero 900102-9819",
        "puh. 0401029814",
    ],
)
def test_the_word_beside_a_number_outweighs_the_name_of_its_column(text: str, label: str) -> None:
    """A reference number in a column called so was a Latvian or a Polish code."""
    assert set() == NATIONAL & set(_found(text, label))


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("personnummer 9001029819", "SE_PERSONNUMMER"),
        ("Samordningsnummer: 19900162-9816", "SE_PERSONNUMMER"),
        ("Enskild firma, org.nr 9001029819", "SE_PERSONNUMMER"),
        ("barnet, personnummer 240115-1234", "SE_PERSONNUMMER"),
        ("hennes nummer är 900102-9819.", "SE_PERSONNUMMER"),
        ("Fødselsnummer (11 siffer): 01019099713", "NO_FODSELSNUMMER"),
        ("01019099713 er fødselsnummeret mitt", "NO_FODSELSNUMMER"),
        ("D-nr. 41019099898", "NO_FODSELSNUMMER"),
        ("CPR 0101900003", "DK_CPR"),
        ("cpr.nr.: 610190-9008", "DK_CPR"),
        ("Org.nr 999999-9999", "SE_ORGANISATIONSNUMMER"),
        ("Y-tunnus: 9999999-2", "FI_BUSINESS_ID"),
        ("Org.nr. 999 999 999 MVA", "NO_ORGANISASJONSNUMMER"),
        ("CVR-nr. 99 99 99 93", "DK_CVR"),
        ("Passi: FA0000001", "PASSPORT"),
        ("passin numero on FA0000001", "PASSPORT"),
        ("Pas nr. 208000001", "PASSPORT"),
        ("Passnummer AA0000001", "PASSPORT"),
        ("Førerkort nr. 82 03 114527 6", "DRIVING_LICENCE"),
        ("ajokortin numero 12345678", "DRIVING_LICENCE"),
        ("Driving licence number: MORGA657054SM9IJ", "DRIVING_LICENCE"),
    ],
)
def test_numbers_with_a_word_that_names_them(text: str, entity: str) -> None:
    assert [entity] == _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ajokortti: B, vuodesta 2004",
        "Körkort B sedan 19980512",
        "passport valid until 2031",
        "Pass på! 12345678",
        "passive 12345678",
    ],
)
def test_what_is_no_document_number(text: str) -> None:
    assert not {"PASSPORT", "DRIVING_LICENCE"} & set(_found(text))


@pytest.mark.parametrize(
    ("label", "text", "entity"),
    [
        ("passport_no", "FA0000001", "PASSPORT"),
        ("Körkortsnummer", "12345678", "DRIVING_LICENCE"),
        ("personnummer", "199001029819", "SE_PERSONNUMMER"),
        ("fnr", "01019099713", "NO_FODSELSNUMMER"),
        ("CPR-nr", "0101900003", "DK_CPR"),
        ("org_nr", "999999999", "NO_ORGANISASJONSNUMMER"),
    ],
)
def test_a_columns_name_is_word_enough(label: str, text: str, entity: str) -> None:
    assert [entity] == _found(text, label)


def test_random_digits_with_separators_stay_below_the_stated_rates() -> None:
    """The docstrings state how many look-alikes `dddddd-dddd` pass."""
    chance = random.Random(11)  # noqa: S311 - not for secrets
    codes = [f"{chance.randrange(10**6):06}-{chance.randrange(10**4):04}" for _ in range(40_000)]

    rates = {
        "FI": sum(map(henkilotunnus.is_valid, codes)) / len(codes),
        "SE": sum(map(personnummer.is_valid, codes)) / len(codes),
        "DK": sum(map(cpr.is_valid, codes)) / len(codes),
        "DK11": sum(cpr.is_valid(c) and cpr.satisfies_modulus_11(c) for c in codes) / len(codes),
    }
    assert rates["FI"] < 0.002
    assert rates["SE"] < 0.01
    assert rates["DK"] < 0.08
    assert rates["DK11"] < 0.008


def _found(text: str, label: str = "") -> list[str]:
    return [detection.entity for _, detection in ANALYSER.detect([Segment(WHOLE, text, label)])]
