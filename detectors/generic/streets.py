"""How streets, flats and towns are written in the Nordic countries."""

import re
from dataclasses import dataclass
from importlib.resources import files

import yaml

_WORDS: dict[str, str] = yaml.safe_load(
    files("detectors.generic").joinpath("streets.yaml").read_text("utf-8")
)
_ADJECTIVES, _LABELS, _NOT_STREETS, _TOWN_BEGINNINGS, _TOWN_ENDINGS = (
    frozenset(_WORDS[key].split())
    for key in ("adjectives", "labels", "not_streets", "town_beginnings", "town_endings")
)

_UPPER = "A-ZÅÄÖÆØÉÜ"
_LOWER = "a-zåäöæøéü"
_WORD = rf"[{_UPPER}][\w.:'\u2019-]*"
_ENDING = "|".join(sorted(_WORDS["endings"].split(), key=len, reverse=True))
_KNOWN = re.compile(rf"(?:.*[\w-])?(?:{_ENDING})", re.IGNORECASE)
_ALONE = re.compile(rf"(?:puisto|ranta|lato)?(?:{_ENDING})", re.IGNORECASE)
_ROADS = re.compile(
    r"(?:valta|kanta|seutu|yhdys|moottori|maan|rauta|tulli|kierto|riks|lands|motor|järn|europa)"
    r"(?:tie|väg|vägen|vei|veien|vej)",
    re.IGNORECASE,
)
"""Numbered roads: nobody lives at highway 4."""

_NUMBER = r"\d{1,4}(?:[ ]?[-/][ ]?\d{1,4}(?!\d))?(?:[ ]?[A-Za-zÅÄÖ](?![\w.:]))?"
_DOOR = r"(?:tv|th|mf|ög|og|nb|[A-H]|\d{1,3})(?!\w)\.?"
_LEVEL = (
    rf"(?:\d{{1,2}}\.?[ ]?(?:krs|kerros|tr|trp|våning|vån|etg|etasje|sal|th|tv|mf)(?!\w)\.?"
    rf"|\d{{1,2}}\.,?[ ]?{_DOOR}|(?:st|kl)(?:\.,?|,)?[ ]{_DOOR}|(?:st|kl)(?!\w)\.?"
    rf"|krs[ ]\d{{1,2}})(?:,?[ ]?(?:tv|th|mf|ög|nb)(?!\w)\.?)?"
)
_FLAT = (
    r"(?:(?:as|bst|lgh|lejl|leil|lok|apt|bostad|port|ingång|entré|asunto|huoneisto|porras|rappu|lägenhet|leilighet"
    r"|lejlighed|oppgang|opgang|uppgång|uppg|opg|dør|hus|talo)(?!\w)\.?[ ]?[A-Z]?[ ]?\d{0,5}[a-z]?"
    rf"|H\d{{4}}|[{_UPPER}]{{1,2}}[ ]?\d{{1,4}}[a-z]?(?!\w)|[A-H](?![\w.])"
    rf"|\d{{1,4}}[a-z]?(?!\w|[./]\d)|{_LEVEL})"
)
_TAIL = rf"(?:,?[ ]?{_FLAT}){{0,3}}"
_NAME = rf"(?:{_WORD}[ ]){{0,3}}(?:{_WORD}|[{_LOWER}][\w-]*)"
_STREET = re.compile(rf"(?<![\w.@/-])(?P<name>{_NAME})[ ]{{1,2}}{_NUMBER}{_TAIL}")
_BEFORE_POSTCODE = re.compile(
    rf"{_STREET.pattern}(?P<gap>\.?(?:[ ]{{0,3}}[,;|·•/-][ ]{{0,3}}|[ \t\r]{{0,9}}\n){{0,3}}"
    rf"(?P<place>{_WORD}(?:[ ]{_WORD})?,[ \n])?[ \t]{{0,9}})\Z"
)
_BOX = re.compile(
    r"(?<!\w)(?:PL|PB|P\.L\.|Pb\.?|Postilokero|Box|Postboks|Postbox|Boks|P\.?[ ]?O\.?[ ]?[Bb]ox)"
    rf"[ ]?\d{{1,5}}(?:[ ]{_WORD})?(?P<gap>[,;|]?\s{{1,4}})\Z"
)

_TOWN_WORD = rf"[{_UPPER}][\w'\u2019-]*"
_TOWN = re.compile(
    rf"{_TOWN_WORD}(?:[ ](?:i|på|in|av)[ ]{_TOWN_WORD})?(?P<more>(?:[ ]{_TOWN_WORD}){{0,2}})"
)
_DISTRICT = re.compile(r"K|V|N|S|Ø|C|F|M|B|NV|SV|NØ|SØ|J|Ø\.?")


@dataclass(frozen=True, slots=True)
class Street:
    """The part of an address before its postcode."""

    start: int
    end: int
    is_known: bool
    """The name ends like the names of streets do, or it is a post-office box."""


def street_before(text: str, end: int) -> Street | None:
    """Find the street, or the box, that ends directly before a postcode.

    >>> text = "Maija Keksitty, Iso Roobertinkatu 12 A 3, 00120 Helsinki"
    >>> found = street_before(text, text.index("00120"))
    >>> text[found.start : found.end]
    'Iso Roobertinkatu 12 A 3'
    """
    window = text[max(0, end - 110) : end]
    offset = end - len(window)
    box = _BOX.search(window)
    if box is not None:
        return Street(offset + box.start(), offset + box.start("gap"), is_known=True)
    for found in _starting_at_words(window):
        read = _read(window, found, anchored=True)
        if read is not None and found.group("gap"):
            start, is_known = read
            if found.group("place") and not is_known:
                continue
            return Street(offset + start, offset + found.start("gap"), is_known)
    return None


def street_at(text: str, number: int) -> Street | None:
    """Find the street whose house number begins here, by the ending of its name."""
    begin = max(text.rfind("\n", 0, number) + 1, number - 60)
    for found in _STREET.finditer(text, begin, number + 40):
        if found.end("name") < number <= found.end():
            read = _read(text, found, anchored=False)
            return None if read is None else Street(read[0], found.end(), read[1])
    return None


def town_at(text: str, start: int) -> int | None:
    """Find where the name of a town ends that begins here.

    >>> town_at("København K, Danmark", 0), town_at("Helsinki Puh. 040", 0)
    (11, 8)
    """
    found = _TOWN.match(text, start, start + 60)
    if found is None:
        return None
    end = found.start("more")
    first = text[start:end].lower()
    for word in re.finditer(r"\S+", found.group("more")):
        lower = word.group().lower()
        if not (
            _DISTRICT.fullmatch(word.group())
            or lower in _TOWN_ENDINGS
            or (first in _TOWN_BEGINNINGS and lower not in _LABELS)
        ):
            break
        end = found.start("more") + word.end()
    return _without_joint(text, start, end)


def _without_joint(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in "-'\u2019":
        end -= 1
    return end


def _starting_at_words(window: str) -> list[re.Match[str]]:
    found = _BEFORE_POSTCODE.search(window)
    return [] if found is None else [found]


def _read(text: str, found: re.Match[str], *, anchored: bool) -> tuple[int, bool] | None:
    """Say where the name begins and whether it is a known kind of street; None if it is no street.

    Words before a compound ("Keskuskatu") belong to it only if they are adjectives, those before a
    word of its own ("gate", "tie") always.
    """
    words = [(each.group(), each.start()) for each in re.finditer(r"\S+", found.group("name"))]
    while words and words[0][0].strip(".:").lower() in _LABELS:
        words.pop(0)
    if not words:
        return None
    last = words[-1][0]
    if _ROADS.fullmatch(last):
        return None
    is_known = _KNOWN.fullmatch(last) is not None
    alone = _ALONE.fullmatch(last) is not None
    if not _may_be_street(words, is_known=is_known, alone=alone, anchored=anchored):
        return None
    first = len(words) - 1
    at_beginning = words[0][1] == 0 and _begins_a_part(text, found.start())
    while first > 0 and (
        alone or words[first - 1][0].lower() in _ADJECTIVES or (at_beginning and not is_known)
    ):
        first -= 1
    return found.start() + words[first][1], is_known


def _may_be_street(
    words: list[tuple[str, int]], *, is_known: bool, alone: bool, anchored: bool
) -> bool:
    last = words[-1][0]
    if is_known:
        if alone and len(words) == 1:
            return anchored and last[0].isupper()
        return last[0].isupper() or anchored or alone
    return anchored and last[0].isupper() and last.strip(".:").lower() not in _NOT_STREETS


def _begins_a_part(text: str, start: int) -> bool:
    """Say whether nothing but a separator stands before."""
    before = text[:start].rstrip(" ")
    return not before or before[-1] in "\n\t,:;|(·•-"
