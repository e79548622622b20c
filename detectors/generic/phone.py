"""Telephone number.

Authority: ITU-T E.164 (2010) and E.123 (2001) for how numbers are written; national plans as
Google's libphonenumber knows them. The library looks at candidates only, never at running text.

A bare run of digits is seldom sure: plausible grouping, the international form, the language of
the text or words around it decide. Dates, personal identity codes and pieces of longer numbers are
not telephone numbers; several numbers in a row are told apart.

Invented examples: +358 40 012 3456, (09) 123 4567, 0400-123456, 22 12 34 56.
"""

import re
from collections.abc import Callable
from functools import cache

from detectors.base import DetectorSettings, Evidence, PatternRecognizer
from detectors.bullets import HIDDEN
from detectors.card import Card
from detectors.generic.dialling import Written, language_of, number_of, read_number
from detectors.text import by_first_letter, lowered

_AREA = re.compile(r"\+?\d{1,5}\)")
_EXTENSION = re.compile(
    r",? ?\(?(?:ext\.?|extension|x|alanumero|ankn\.?|anknytning|lokal|linjenr\.?|int\.)[ :]?"
    r"\d{1,5}\b\)?",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    by_first_letter(
        r"viite|viittee|tilau|lasku|asiakasn|ord(?:er|re)(?:[nsi]|\b)|invoice|faktura"
        r"|\bref\b[.: ]{0,3}(?![a-zåäöæø]{2})|\brefnr|seddel|sertifi|certifi|\bmål\b|bil(?:l|j)ett"
        r"|referen[cs]\w{0,2}[ -]?n|referensnum|y-tunnu|isbn|issn|tuote|artikk|\bid\b|tracking"
        r"|seuranta|sarjan|serial|diaari|dnro|diarie|ärende|saksn|sagsn|journaln|org\.? ?n|orgn|cvr"
        r"|kundn|\bkonto(?:nr|nummer)?\b|tilinumero|\bbic\b|bankgiro|plusgiro|\bgiro|\bkid\b|varen"
        r"|hetu|henkilötunnu|personn|fødselsn|\bcpr|\bssn\b|passi|passport|pass\b|koodi|\bcode|kode\b"
        r"|\bkod(?:en)?\b|licen[cs]e|case n|company n|ticket|tunnist"
    )
)
_NUMBERED = re.compile(
    r"(?:\w(?:nummer|numero|number|nro|nr)|\b(?:ocr|sku|s/n|batch|lot|artikel\w*|serie\w*))\w{0,3}\b"
    r"\.?[ :#]{0,3}\Z"
)
_OF_PHONE = re.compile(
    r"puh|tel|tlf|gsm|mob|fax|phone|matka|suora|työ|direkt|jobb|arbe|hem|kännyk|soit|vaihde|växel"
    r"|päivyst|reserv|kontakt|contact|yhteys|vakt|handy"
)
"""A compound that ends in a word for number, and none of these, is another kind of number."""
_LINE_OR_DIGIT = re.compile(r"[\n\d]")
_REACH = 28
_CUE = re.compile(r"puh|\btel|tlf|gsm|mob|phone|\bcall|\bring|soita|\bsms|fax", re.IGNORECASE)
_DOUBTFUL = re.compile(r"(?:\bnro|\bnr)[. :]{0,3}$", re.IGNORECASE)
_MONEY_BEFORE = re.compile(r"(?:[€$£]|\b(?:kr|eur|nok|sek|dkk|usd|gbp))\.? ?$", re.IGNORECASE)
_UNIT = re.compile(
    r" ?(?:[€$£%]|,-|:-"
    r"|(?:eur|euro\w*|kr|kroner|kronor|nok|sek|dkk|usd|gbp|kpl|stk|kg|km|m2|mk)\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?<![\d.,-])\d{1,3}(?:[ .,]?\d{3})*[.,]\d\d(?![\d.,-])")
_LINE = 160
_GLUED = frozenset("/=_#&%@\\$€£+")
_JOINT = re.compile(r"\d\)?(?:[-.:]| ?[/(]? ?|,)\Z", re.ASCII)
_RUN_BEFORE = re.compile(r"(?:\+ ?)?\(?\d[\d ()./+-]{0,58}\Z", re.ASCII)
_BETWEEN = re.compile(r" ?[/,;]? {0,2}")
_NATIONAL_EIGHT = frozenset({"NO", "DK"})

_COUNTRY_CODE = re.compile(r"\+(?:358|4[4-7]|\d)")
_VALUE = re.compile(r"\+?\(?\d[\d ()/.-]{4,18}\d")
_SMALLEST_GROUP = 2

_INTERNATIONAL = 0.85
_INTERNATIONAL_00 = 0.7
_GROUPED = 0.65
_MOBILE_RUN = 0.55
_RUN_ONLY = 0.35
_EIGHT_AT_HOME = 0.5
_EIGHT_RUN_AT_HOME = 0.42
_EIGHT_DIGITS = 0.25
_DOUBT = 0.3


def is_valid(text: str, region: str = "FI") -> bool:
    """Ask the numbering plan.

    >>> is_valid("+358 40 0123456"), is_valid("040 0123456"), is_valid("+358 1")
    (True, True, False)
    """
    number = number_of(text, (region,))
    return number is not None and number.is_allocated


@cache
def phone(regions: tuple[str, ...]) -> PatternRecognizer:
    """Make the recognizer for the countries whose national formats are read."""
    patterns = [
        r"\+ ?\(?[1-9]\d{0,2}\)?[ ()./-]{0,3}\d",
        r"\b00 ?[1-9]\d{0,2}[ ()/-]{0,2}\d{2}",
        r"\b0[1-9]\d{0,3}\)?[ /.-]{0,3}\d{2}",
    ]
    if _NATIONAL_EIGHT.intersection(regions):
        patterns += [
            r"\b[1-9]\d \d\d \d\d \d\d",
            r"\b[2-9]\d\d \d\d \d\d\d",
            r"\b[2-9]\d{3} ?\d{4}",
            r"\b[2-9]\d \d{3} \d{3}",
        ]
    if "US" in regions:
        patterns += [r"[2-9]\d\d\)? ?[-.]? ?\d{3}[-.]\d{4}"]
    return PatternRecognizer(
        name="generic.phone",
        entity="PHONE_NUMBER",
        patterns=tuple(patterns),
        confirm=_confirmed_in(regions),
        context=(
            *("puh", "tel", "gsm", "mob", "tlf", "matkapuh", "kännyk", "soita", "soitt", "sms"),
            *("numerost", "phone", "call", "ring", "fax", "telefon", "whatsapp", "mobiil", "mobil"),
            *("vaihde", "växel", "sentralbord", "omstilling", "switchboard", "tavoit", "nås på"),
            *("treffes på", "træffes på", "reach", "rang "),
        ),
        context_gain=0.3,
        context_reach=40,
    )


def _confirmed_in(regions: tuple[str, ...]) -> Callable[[re.Match[str]], Evidence | None]:
    def confirm(match: re.Match[str]) -> Evidence | None:
        text = match.string
        start = match.start()
        if text[start - 1 : start] == "(" and _AREA.match(text, start):
            start -= 1
        if not _begins(text, start, regions):
            return None
        written = read_number(text, start, regions)
        if written is None or _is_other(text, start, written.end):
            return None
        return _evidence(text, start, written)

    return confirm


def _begins(text: str, start: int, regions: tuple[str, ...]) -> bool:
    """Say whether a number begins here, and not in the middle of another."""
    before = text[start - 1 : start]
    if not before:
        return True
    if before.isalnum():
        return False
    if _is_joined(text, start):
        if before in "-.:" or (text[start] not in "0+(" and text[start - 2].isdigit()):
            return False  # groups of a longer number, a date, a time
        return _follows_another(text, start, regions)
    return before not in _GLUED


def _is_joined(text: str, start: int) -> bool:
    return _JOINT.search(text, max(0, start - 5), start) is not None


def _follows_another(text: str, start: int, regions: tuple[str, ...]) -> bool:
    """Say whether the digits before are telephone numbers that end where this one begins."""
    run = _RUN_BEFORE.search(text, max(0, start - 60), start)
    if run is None or text[run.start() - 1 : run.start()].isalnum():
        return False
    position = run.start()
    while position < start:
        written = read_number(text, position, regions)
        if written is None or not written.number.is_allocated:
            return False
        gap = _BETWEEN.match(text, written.end)
        position = gap.end() if gap else written.end
    return position == start


def _is_other(text: str, start: int, end: int) -> bool:
    """Say whether words directly around the digits make them a number of another kind."""
    if text.startswith(("+", "(+", "00", "(00"), start):
        return _UNIT.match(text, end) is not None
    before = _LINE_OR_DIGIT.split(text[max(0, start - _REACH) : start])[-1]
    if _names_another(lowered(before)) or _is_priced(text, start, end):
        return True
    return text[start] not in "0(" and (
        _UNIT.match(text, end) is not None
        or _MONEY_BEFORE.search(text, max(0, start - 8), start) is not None
    )


def _is_priced(text: str, start: int, end: int) -> bool:
    """Say whether the line is one of an order or invoice: two amounts, and no word for a phone."""
    begin = text.rfind("\n", max(0, start - _LINE), start) + 1
    stop = text.find("\n", end, end + _LINE)
    line = text[max(begin, start - _LINE) : stop if stop >= 0 else end + _LINE]
    return len(_AMOUNT.findall(line)) > 1 and _CUE.search(line) is None


def _names_another(before: str) -> bool:
    """Say whether the words on the line before the digits name another kind of number."""
    if len(before) <= 1:
        return False
    other = _OTHER_NUMBER.search(before)
    if other is not None and not _CUE.search(before, other.end()):
        return True
    return _NUMBERED.search(before) is not None and _OF_PHONE.search(before) is None


def _evidence(text: str, start: int, written: Written) -> Evidence:
    confidence = _confidence(text[start : written.end], text)
    if _is_joined(text, start):
        confidence = max(confidence, _EIGHT_AT_HOME)  # after another number
    cued = _CUE.search(text, max(0, start - 14), start) is not None
    if (
        not written.number.is_allocated or _DOUBTFUL.search(text, max(0, start - 12), start)
    ) and not cued:
        confidence -= _DOUBT
    extension = _EXTENSION.match(text, written.end)
    return Evidence(
        max(confidence, 0.0),
        ("library", "pattern"),
        written.number.e164,
        start,
        extension.end() if extension else written.end,
    )


def _confidence(written: str, text: str) -> float:
    groups = re.findall(r"\d+", written)
    plausible = all(len(group) >= _SMALLEST_GROUP for group in groups[1:])
    written = written.removeprefix("(")
    if written.startswith("+"):
        return _INTERNATIONAL if plausible or "(0)" in written else _GROUPED
    if written.startswith("00"):
        return _INTERNATIONAL_00
    if not written.startswith("0"):
        is_amount = [len(group) for group in groups] == [2, 3, 3]
        if is_amount or language_of(text) not in {"no", "da"}:
            return _EIGHT_DIGITS
        return _EIGHT_AT_HOME if len(groups) > 1 else _EIGHT_RUN_AT_HOME
    if len(groups) > 1:
        return _GROUPED if plausible else _RUN_ONLY
    return _MOBILE_RUN if written.startswith(("04", "050", "07")) else _RUN_ONLY


def _fitted(settings: DetectorSettings) -> tuple[PatternRecognizer, ...]:
    return (phone(settings.regions),)


def _mask(number: str) -> str:
    country = _COUNTRY_CODE.match(number)
    return f"{country[0] if country else ''}{HIDDEN}"


def _is_shaped(value: str) -> bool:
    return _VALUE.fullmatch(value) is not None


PHONE = Card(
    recognizers=_fitted(DetectorSettings()),
    fitted=_fitted,
    category="contact.phone",
    identifies="strong",
    mask=_mask,
    headings=(
        *("puhelin*", "puh", "puhnro", "puhelinnro", "gsm", "matkapuhelin*", "kännykkä", "tel"),
        *("telefon*", "tlf", "tfn", "mobil*", "phone*", "telephone", "cell", "cellphone"),
        "mobile",
    ),
    is_shaped=_is_shaped,
)
