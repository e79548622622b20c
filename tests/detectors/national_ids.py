"""Valid numbers of invented people, for laws: strategies that know the rules by themselves."""

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from scanner.extract.rows import columns
from scanner.locator import WHOLE
from scanner.model import Detection, Segment, Sighting

_DIGITS = "0123456789"
_BORN = st.dates(date(1940, 1, 1), date(2008, 12, 31))
_ANALYSER = Analyser(DetectorSettings(disable=("names.model",)), b"k" * 16)


def seen_in(text: str, label: str = "") -> dict[str, Detection]:
    """Give the national numbers that all recognizers together see in a text, as written."""
    return {
        text[each.start : each.end]: each
        for _, each in _ANALYSER.detect([Segment(WHOLE, text, label)])
        if each.category == "identity.national_id"
    }


def seen_in_column(heading: str, values: Sequence[str]) -> dict[str, Sighting]:
    """Give what is reported of a column of a table, by entity."""
    segments = columns(WHOLE, [heading], [[value] for value in values])
    return {each.entity: each for each in _ANALYSER.examine(segments).sightings}


@st.composite
def swedish(draw: st.DrawFn) -> str:
    """Ten or twelve digits, with `-`, or `+` and a birth in 1900-1925; coordination numbers."""
    day = draw(_BORN)
    separator = "-"
    if draw(st.integers(0, 5)) == 0:
        day = draw(st.dates(date(1900, 1, 1), date(1925, 12, 31)))
        separator = "+"
    ten = f"{day:%y%m}{day.day + 60 * draw(st.booleans()):02}{draw(st.integers(980, 999))}"
    ten += luhn_digit(ten)
    if separator == "-" and draw(st.booleans()):
        return f"{day.year // 100}{ten[:6]}-{ten[6:]}"
    return f"{ten[:6]}{separator}{ten[6:]}"


@st.composite
def norwegian(draw: st.DrawFn) -> str:
    """Eleven digits in two groups; D-numbers too."""
    day = draw(_BORN)
    first = draw(st.integers(900, 999))
    for individual in (*range(first, 1000), *range(900, first)):
        nine = f"{day.day + 40 * draw(st.just(0) | st.just(1)):02}{day:%m%y}{individual}"
        digits = norwegian_digits(nine)
        if digits:
            return f"{nine[:6]} {nine[6:]}{digits}"
    raise AssertionError(day)


@st.composite
def danish(draw: st.DrawFn) -> str:
    """Numbers that satisfy modulus 11."""
    day = draw(_BORN)
    serials = range(4000, 5000) if day.year >= 2000 else range(4000)
    first = draw(st.sampled_from(serials))
    for serial in (*range(first, serials.stop), *range(serials.start, first)):
        code = f"{day:%d%m%y}{serial:04}"
        if (
            not sum(int(a) * b for a, b in zip(code, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True))
            % 11
        ):
            return f"{code[:6]}-{code[6:]}"
    raise AssertionError(day)


@st.composite
def business_ids(draw: st.DrawFn, weights: tuple[int, ...], first: str, dash: str = "") -> str:
    """Digits and a check digit by modulus 11."""
    size = len(weights) - 1
    for _ in range(50):
        body = draw(st.sampled_from(first)) + draw(st.text(_DIGITS, min_size=size, max_size=size))
        check = -sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11
        if check < 10:
            return f"{body}{dash}{check}"
    raise AssertionError(weights)


@st.composite
def swedish_organisations(draw: st.DrawFn) -> str:
    """Organisation numbers, of which the third digit is 2 or more."""
    body = f"{draw(st.integers(10, 99))}{draw(st.integers(2000000, 9999999))}"
    return f"{body[:6]}-{body[6:]}{luhn_digit(body)}"


def luhn_digit(body: str) -> str:
    """Give the digit that makes a number pass Luhn."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-2])
    return str(-(doubled + sum(map(int, body[-2::-2]))) % 10)


def norwegian_digits(nine: str) -> str:
    """Give both check digits; empty where the rule gives none."""
    first = -sum(int(a) * b for a, b in zip(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True)) % 11
    if first == 10:
        return ""
    ten = f"{nine}{first}"
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    second = -sum(int(a) * b for a, b in zip(ten, weights, strict=True)) % 11
    return "" if second == 10 else f"{first}{second}"
