"""How telephone numbers are dialled: which groups of digits in a text make one number.

Groups are joined as long as a national plan, or the international form, has such a number; the
language of the text says which country is meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from detectors.generic.numbering import Number, international, national
from detectors.language import guess_language

_FIRST = re.compile(r"\(?(?:\+ ?|00 ?(?=[1-9]))?\(?(?P<digits>\d{1,13})(?!\d)", re.ASCII)
_NEXT = re.compile(r"(?P<gap>\)? ?[-/.]? ?\(?)(?P<digits>\d{1,10})(?!\d)", re.ASCII)
_NOT_PHONES = re.compile(
    r"\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}-\d{2}-\d{2}.*|(?:19|20)?\d{6} ?[-+] ?\d{3,4}"
    r"|\d{1,3}(?:\.\d{1,3}){3}|\d{1,2}[.:]\d{2} ?- ?\d{1,2}[.:]\d{2}"
    r"|\d{1,2}\.\d{1,2}\.? ?- ?\d{1,2}\.\d{1,2}\.?(?:\d{4})?|(?:19|20)\d\d[ -](?:19|20)\d\d"
    r"|[0-3]\d[01]\d\d\d ?\d{5}|\d{6} \d{4}"
    r"|[0-2]\d[0-5]\d ?- ?[0-2]\d[0-5]\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])|0[1-9]/\d{4}.*",
    re.ASCII,
)
_SHORT_REST = re.compile(r" [1-9]\d{0,3}(?![\d.,:/-])", re.ASCII)
"""A group that belongs to the number before it, or the whole is no number."""
_HOME = {
    "fi": ("FI", "SE"),
    "sv": ("SE", "FI"),
    "no": ("NO", "DK"),
    "da": ("DK", "NO"),
    "en": ("GB", "US", "FI"),
}
"""Countries whose numbers a text of the language writes without country code, likeliest first."""
_NORSE = re.compile(r"\b(?:og|[Jj]eg|[Ee]g)\b|[æøÆØ]")
_DANISH = re.compile(r"\b(?:af|efter|blev|hvad|nu|mig|uge)\b")
_ENOUGH = 2
_LOOKED_AT = 1_000
_MOST_GROUPS = 8
_MOST_DIGITS = 18
_FEWEST_DIGITS = 7
_DOTTED_GROUP = 3


@dataclass(frozen=True, slots=True)
class Written:
    """A number in a text."""

    end: int
    number: Number


def read_number(text: str, start: int, regions: tuple[str, ...]) -> Written | None:
    """Read the number that begins here, as many of the groups as make one."""
    possible: Written | None = None
    for end in _ends(text, start):
        written = text[start:end]
        if _NOT_PHONES.fullmatch(written):
            return None
        abroad = written.lstrip("(").startswith(("+", "00"))
        number = number_of(written, () if abroad else _at_home(text, regions))
        if number is not None and number.is_allocated:
            return Written(end, number)
        if number is not None and possible is None:
            possible = Written(end, number)
    return possible


def _ends(text: str, start: int) -> list[int]:
    """Give the places where the number may end, the farthest first."""
    first = _FIRST.match(text, start)
    if first is None:
        return []
    ends = list(_ends_of_groups(text, first))
    if text[start] not in "0+(":
        ends = ends[-1:]  # a piece of so long a number would be one by chance
    if not ends:
        return []
    after = text[ends[-1] : ends[-1] + 2]
    if after[:1].isalnum() or after[:1] == "_" or (after[:1] in "-.:," and after[1:].isdigit()):
        ends.pop()
    if text[start] != "+":
        ends = [*(end for end in ends[:-1] if not _SHORT_REST.match(text, end)), *ends[-1:]]
    return ends[::-1]


def _ends_of_groups(text: str, first: re.Match[str]) -> Iterator[int]:
    digits = len(first["digits"])
    end = first.end()
    for count in range(1, _MOST_GROUPS + 1):
        following = _NEXT.match(text, end)
        gap = following["gap"] if following else ""
        if not gap or " " in gap or "/" in gap:
            yield end
        if following is None or not _may_join(gap, count, first.group(), following["digits"]):
            return
        digits += len(following["digits"])
        if digits > _MOST_DIGITS:
            return
        end = following.end()
    yield end


def _may_join(gap: str, count: int, first: str, digits: str) -> bool:
    """Say whether a group after such a gap is still of the same number."""
    if "/" in gap:
        return count == 1 and gap == "/" and first.lstrip("(").startswith("0")
    if "." in gap:
        return len(digits) >= _DOTTED_GROUP or first.startswith("+")
    if " - " in gap:
        return count == 1
    if "(" in gap:
        return first.lstrip("(").startswith(("+", "00")) and count == 1
    return True


@lru_cache(maxsize=16)
def _language(beginning: str) -> str:
    """Name the language; Norwegian and Danish are too alike for the guess by small words."""
    if len(_NORSE.findall(beginning)) >= _ENOUGH:
        return "da" if _DANISH.search(beginning) else "no"
    return guess_language(beginning)


def language_of(text: str) -> str:
    """Guess the language, which tells the country of national numbers."""
    return _language(text[:_LOOKED_AT])


@lru_cache(maxsize=16)
def _home(beginning: str, regions: tuple[str, ...]) -> tuple[str, ...]:
    likely = _HOME.get(_language(beginning), ())
    first = tuple(region for region in likely if region in regions)
    return first + tuple(region for region in regions if region not in first)


def _at_home(text: str, regions: tuple[str, ...]) -> tuple[str, ...]:
    return _home(text[:_LOOKED_AT], regions)


@lru_cache(maxsize=4_096)
def number_of(written: str, regions: tuple[str, ...]) -> Number | None:
    """Read the digits of a number, in the first of the countries whose plan has it."""
    digits = re.sub(r"[^\d+]", "", written.replace("(0)", ""))
    if len(digits) < _FEWEST_DIGITS:
        return None
    if digits.startswith("+"):
        return international(digits[1:])
    if digits.startswith("00"):
        return international(digits[2:])
    possible: Number | None = None
    for region in regions:
        number = national(digits, region)
        if number is not None and number.is_allocated:
            return number
        possible = possible or number
    return possible
