"""Every built-in recognizer keeps the laws; python-stdnum is the oracle where it is right."""
# ruff: noqa: D101 - the class names the recognizer

from datetime import date
from importlib import import_module
from pathlib import Path

import stdnum.fi.hetu
import stdnum.iban
import stdnum.luhn
from hypothesis import given
from hypothesis import strategies as st

from detectors.fi import henkilotunnus
from detectors.generic import birth_date, email, iban, ip, mac, phone, url
from detectors.generic import card as payment
from detectors.registry import names
from detectors.testing import RecognizerLaws

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SEPARATORS = sorted(henkilotunnus.CENTURIES)


@st.composite
def hetus(draw: st.DrawFn) -> str:
    """Make codes of invented people: individual numbers from the temporary range."""
    separator = draw(st.sampled_from(_SEPARATORS))
    first = henkilotunnus.CENTURIES[separator]
    day = draw(st.dates(date(first, 1, 1), date(first + 99, 12, 31)))
    digits = f"{day:%d%m}{day.year % 100:02}{draw(st.integers(900, 999))}"
    check = henkilotunnus.CHECK_CHARACTERS[int(digits) % 31]
    return f"{digits[:6]}{separator}{digits[6:]}{check}"


@st.composite
def ibans(draw: st.DrawFn) -> str:
    country = draw(st.sampled_from(sorted(iban.LENGTHS)))
    account = draw(st.text("0123456789", min_size=(n := iban.LENGTHS[country] - 4), max_size=n))
    number = int("".join(str(int(char, 36)) for char in f"{account}{country}00"))
    code = f"{country}{98 - number % 97:02}{account}"
    if draw(st.booleans()):
        return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
    return code


@st.composite
def cards(draw: st.DrawFn) -> str:
    beginning = draw(st.sampled_from(["4", "51", "2221", "6011", "3528"]))
    body = beginning + draw(st.text("0123456789", min_size=(n := 15 - len(beginning)), max_size=n))
    code = body + stdnum.luhn.calc_check_digit(body)
    if draw(st.booleans()):
        return " ".join(code[at : at + 4] for at in range(0, 16, 4))
    return code


emails = st.builds(
    "{}.{}@{}.{}".format,
    st.text(_LETTERS, min_size=1, max_size=12),
    st.text(_LETTERS + "0123456789_-", min_size=1, max_size=12).filter(lambda t: t[-1] not in "_-"),
    st.text(_LETTERS, min_size=1, max_size=12),
    st.sampled_from(["fi", "test", "example", "org", "co.uk"]),
)
phones = st.one_of(
    st.integers(1_000_000, 9_999_999).map(lambda n: f"+358 40 {n}"),
    st.integers(1_000_000, 9_999_999).map(lambda n: f"040 {str(n)[:3]} {str(n)[3:]}"),
    st.integers(1_000_000, 9_999_999).map(lambda n: f"040-{n}"),
    st.integers(1_000_000, 9_999_999).map(lambda n: f"050{n}"),
    st.integers(100_000, 999_999).map(lambda n: f"+46 70 1{n}"),
    st.integers(2_000_000, 4_999_999).map(lambda n: f"(09) {n}"),
)
days = st.dates(date(1930, 1, 1), date(2010, 12, 31))


class TestHenkilotunnus(RecognizerLaws):
    card = henkilotunnus.HENKILOTUNNUS
    codes = hetus()


class TestIban(RecognizerLaws):
    card = iban.IBAN
    codes = ibans()


class TestCard(RecognizerLaws):
    card = payment.PAYMENT_CARD
    codes = cards()
    chance_rate = 0.02


class TestEmail(RecognizerLaws):
    card = email.EMAIL
    codes = emails


class TestPhone(RecognizerLaws):
    card = phone.PHONE
    codes = phones
    chance_rate = 0.12


class TestIp4(RecognizerLaws):
    card = ip.IP
    codes = st.ip_addresses(v=4).map(str)


class TestIp6(RecognizerLaws):
    card = ip.IP
    codes = st.tuples(*[st.integers(0x1000, 0xFFFF)] * 3).map(
        lambda parts: "2001:db8:{:x}:{:x}::{:x}".format(*parts)
    )


class TestMac(RecognizerLaws):
    card = mac.MAC
    codes = st.builds(
        str.join,
        st.sampled_from([":", "-"]),
        st.lists(st.sampled_from(["0a", "1b", "C2", "d3", "4E", "5f"]), min_size=6, max_size=6),
    )


class TestUrl(RecognizerLaws):
    card = url.URL
    codes = st.text(_LETTERS, min_size=2, max_size=9).map(lambda t: f"https://{t}.example/{t}?q=1")


class TestProfileUrl(RecognizerLaws):
    card = url.PROFILE_URL
    codes = st.builds(
        "{}{}".format,
        st.sampled_from(["https://www.linkedin.com/in/", "linkedin.com/in/", "github.com/"]),
        st.text(_LETTERS, min_size=9, max_size=20),
    )


class TestBirthDate(RecognizerLaws):
    card = birth_date.BIRTH_DATE
    codes = st.one_of(
        days.map(date.isoformat),
        days.map(lambda day: f"{day.day}.{day.month}.{day.year}"),
        days.map(lambda day: f"{day.day}.{day.month}.-{day.year % 100:02}"),
    )
    cue = "syntynyt "
    may_be_disguised = False


class TestBirthDateCell(RecognizerLaws):
    card = birth_date.BIRTH_DATE
    number = 1
    codes = days.map(lambda day: f"{day:%d.%m.%Y}")
    cue = "Nimi | Syntynyt\nAi | "
    may_be_disguised = False


class TestBirthDateField(RecognizerLaws):
    card = birth_date.BIRTH_DATE
    number = 2
    codes = days.map(lambda day: f"{day:%d.%m.%Y}")
    label = "date_of_birth"
    chance_rate = 0.02


def test_each_built_in_recognizer_has_its_laws() -> None:
    """Whoever wrote the laws, in whichever file: run alone, this test saw its own file's only."""
    for path in Path(__file__).parent.glob("test_*.py"):
        import_module(f"tests.detectors.{path.stem}")
    tested = {laws.card.recognizers[laws.number].name for laws in RecognizerLaws.__subclasses__()}

    assert names() <= tested


@given(hetus(), st.sampled_from(henkilotunnus.CHECK_CHARACTERS))
def test_hetu_agrees_with_stdnum(code: str, check: str) -> None:
    code = code[:-1] + check

    expected = stdnum.fi.hetu.is_valid(code, allow_temporary=True)
    assert expected == henkilotunnus.is_valid(code)


@given(hetus(), st.sampled_from(henkilotunnus.CHECK_CHARACTERS))
def test_hetu_with_another_check_character_is_not_found(code: str, check: str) -> None:
    assert henkilotunnus.is_valid(code[:-1] + check) == (code[-1] == check)


@given(ibans(), st.integers(0, 99))
def test_iban_agrees_with_stdnum(code: str, check: int) -> None:
    code = f"{code[:2]}{check:02}{code[4:]}"
    if code[:2] not in {"FI", "SE", "NO", "DK", "DE", "EE", "PL"}:
        return  # stdnum also knows where national account numbers have letters

    assert stdnum.iban.is_valid(code, check_country=False) == iban.is_valid(code)


@given(cards(), st.sampled_from("0123456789"))
def test_card_agrees_with_luhn(code: str, check: str) -> None:
    code = code[:-1] + check

    assert stdnum.luhn.is_valid(code.replace(" ", "")) == payment.is_valid(code)
