"""Postal address, from the street to the postcode and the town, on one line or over several.

Authority: Universal Postal Union, S42 international addressing standard, templates of Finland,
Sweden, Norway, Denmark, the United Kingdom and the United States, as people write them in letters,
CVs and signatures. Nothing is looked up: the shape and the endings of street names decide.

Invented examples: Keksikatu 12 A 3, 00100 Helsinki; Påhittsgatan 5 lgh 1102, 123 45 Storstad;
Fantasiveien 7 B, 0123 Oslo; Fantasivej 5, 2. tv, 1234 Byen; 12 Made Up Street, Leeds LS1 4AP.
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card
from detectors.generic.english_address import british_start, street_around
from detectors.generic.streets import street_at, street_before, town_at

_STATES = re.compile(
    r"a[klrz]|c[aot]|d[ce]|fl|ga|hi|i[adln]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]|pa|ri|s[cd]"
    r"|t[nx]|ut|v[at]|w[aivy]",
    re.IGNORECASE,
)
_NORDIC_CODE = re.compile(
    r"(?P<country>(?:FI|FIN|SE|S|NO|N|DK|AX)[ -]{1,3})?"
    r"(?<!\d)(?<!\d[.,:/-])(?:\d{3} \d\d|\d{5}|\d{4})\Z"
)
_BRITISH_CODE = re.compile(r"[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}(?!\w)")
_AMERICAN_CODE = re.compile(r"(?P<state>[A-Z]{2}),? \d{5}(?:-\d{4})?(?!\w)")
_TOWN_AFTER = re.compile(r",[ ](?=[A-ZÅÄÖÆØ])|[ \t]?\n[ \t]*(?=[A-ZÅÄÖÆØ]{2})")
_ENDS_A_STREET = re.compile(
    r"(?:[,;|·•/\n-]|\d[A-Za-zÅÄÖ]?|\b[A-ZÅÄÖ]|\b(?:krs|kerros|trp?|våning|vån|etg|etasje|sal|t[hv]"
    r"|mf|ög|og|nb|st|kl|bst|lgh|hus|talo|leil|lejl|lok|apt|dør)|\b[Bb]ox[ ]\w+)\.?[ \t]{0,9}\Z"
)
"""What stands directly before a postcode; most years in running text follow a word."""
_YEARS = range(1900, 2035)

# A whole address is sure (`candidate.SURE`): it wins over the town and the name inside it.
_KNOWN = 0.92
_UNKNOWN = 0.82
_WITH_TOWN = 0.82
_STREET_ONLY = 0.35
_ENGLISH_STREET_ONLY = 0.45


def is_valid(text: str) -> bool:
    """Say whether a text is one whole address with its postcode.

    >>> is_valid("Keksikatu 12 A 3, 00100 Helsinki"), is_valid("Haastattelu 12, 2019 Helsinki")
    (True, False)
    """
    return any(
        evidence is not None and (evidence.start, evidence.end) == (0, len(text))
        for pattern in _RECOGNIZER.patterns
        for evidence in map(_confirm, re.finditer(pattern, text, re.IGNORECASE))
    )


def _confirm(match: re.Match[str]) -> Evidence | None:
    written = match.group()
    last = written[-1]
    if written[0].isdigit():
        return _by_nordic_code(match)
    if last.isdigit():
        if re.match(r"[A-Z]{2},? \d{5}\Z", written):
            return _by_american_code(match)
        return _by_street(match)
    if written[-3:-2].isdigit():
        return _by_british_code(match)
    return _by_english_street(match)


def _by_nordic_code(match: re.Match[str]) -> Evidence | None:
    text = match.string
    town = match.end() - 1
    if not (text[town].isupper() or text[max(0, town - 20) : town].islower()):
        return None
    written = text[max(0, town - 14) : town].rstrip()
    code = _NORDIC_CODE.search(written)
    if code is None:
        return None
    start = max(0, town - 14) + code.start()
    if _ENDS_A_STREET.search(text, max(0, start - 12), start) is None:
        return None
    end = town_at(text, town)
    street = None if end is None else street_before(text, start)
    if end is None or street is None:
        return None
    digits = code.group()[len(code["country"] or "") :]
    if not street.is_known and digits.isdigit() and int(digits) in _YEARS:
        return None
    return _evidence(text, street.start, end, _KNOWN if street.is_known else _UNKNOWN)


def _by_street(match: re.Match[str]) -> Evidence | None:
    text = match.string
    street = street_at(text, match.end() - 1)
    if street is None:
        return None
    town = _TOWN_AFTER.match(text, street.end)
    end = town_at(text, town.end()) if town and "\n" not in town.group() else None
    if end is None:
        return _evidence(text, street.start, street.end, _STREET_ONLY)
    return _evidence(text, street.start, end, _WITH_TOWN)


def _by_british_code(match: re.Match[str]) -> Evidence | None:
    text, first = match.string, match.start()
    while first > 0 and text[first - 1].isalpha() and first > match.start() - 2:
        first -= 1
    code = _BRITISH_CODE.match(text, first)
    if code is None or text[first - 1 : first].isalnum():
        return None
    start = british_start(text, first)
    return None if start is None else _evidence(text, start, code.end(), _KNOWN)


def _by_american_code(match: re.Match[str]) -> Evidence | None:
    text = match.string
    code = _AMERICAN_CODE.match(text, match.start())
    if code is None or _STATES.fullmatch(code["state"]) is None:
        return None
    start = british_start(text, match.start())
    return None if start is None else _evidence(text, start, code.end(), _KNOWN)


def _by_english_street(match: re.Match[str]) -> Evidence | None:
    position = match.start() + 2
    if not match.string[position].isupper():
        return None
    found = street_around(match.string, position)
    if found is None:
        return None
    start, end, has_town = found
    return _evidence(match.string, start, end, _WITH_TOWN if has_town else _ENGLISH_STREET_ONLY)


def _evidence(text: str, start: int, end: int, confidence: float) -> Evidence:
    value = " ".join(re.findall(r"\w+", text[start:end].casefold()))
    return Evidence(confidence, ("pattern",), value, start, end)


_RECOGNIZER = PatternRecognizer(
    name="generic.postal_address",
    entity="POSTAL_ADDRESS",
    patterns=(
        r"\d\d ?\d\d {1,2}[a-zåäöæø]",
        (
            r"(?:katu|tie|kuja|polku|kaari|väylä|ranta|puisto|aukio|rinne|raitti|mäki|kulma|penger"
            r"|piha|tori|linja|esplanadi|bulevardi|taival|kierto|ahde|harju) \d"
        ),
        (
            r"(?:gatan|gata|gaten|gate|gade|vägen|väg|veien|vegen|vejen|vei|vej|gränd|stigen|stien"
            r"|allén?|stræde|torget|torvet?|plads|plass|backen|bakken|bulevarden|boulevard) \d"
        ),
        r"\b[a-z][a-z],? \d{5}",
        r"\b[a-z]?[a-z]\d[0-9a-z]? ?\d[a-z][a-z]\b",
        (
            r"[a-z] (?:street|road|avenue|lane|drive|close|court|terrace|crescent|gardens|grove"
            r"|square)\b"
        ),
    ),
    confirm=_confirm,
    context=(
        *("osoite", "osoitte", "asuu", "asun", "adress", "bor ", "bosatt", "bopæl", "bopel"),
        *("address", "lives", "living at", "c/o", "residing", "folkbokf"),
    ),
    context_gain=0.3,
    context_reach=30,
)

POSTAL_ADDRESS = Card(
    recognizers=(_RECOGNIZER,),
    category="contact.postal_address",
    identifies="weak",
    headings=(
        *("katuosoite", "postiosoite", "lähiosoite", "kotiosoite", "gatuadress", "postadress"),
        *("hemadress", "gateadresse", "postadresse", "hjemmeadresse", "street address"),
        *("home address", "postal address", "street"),
    ),
    perhaps_headings=("osoite", "adress", "adresse", "address"),
)
