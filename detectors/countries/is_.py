"""Icelandic identification number (kennitala) of a person.

Authority: Registers Iceland (Þjóðskrá); Act 140/2019 on the registration of individuals.

Structure `DDMMYY-NNCX`: date of birth, two digits, a check digit by modulus 11 (weights 3 2 7 6 5 4
3 2), and the century (9: 1900s, 0: 2000s). Numbers given out from 18 February 2026 on have no check
digit, so it is not asked for, and counts where it is right.

Not among them: organisations, whose day is 41-71; system numbers of people who are not resident,
which begin with 8 or 9 and hold no date; and the 1800s, of which nobody is alive.

Chance: 0.5 % of random `dddddd-dddd` have a date and a century, one in eleven of those the check
digit as well. Every such string is a Danish number too, and may be a Finnish or Swedish one: it is
taken for Icelandic where a word, a column's name or the language says so.

Invented examples, from the register's own (gervimenn): 010130-2989, 010130-3019.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer
from detectors.card import ANY_NATION, Card, Reading
from detectors.digits import is_whole, stands_between_groups, weighted

_SHAPE = re.compile(r"(\d\d)(\d\d)(\d\d)-?\d{3}([09])", re.ASCII)
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_MODULUS = 11
_CENTURIES = {"9": 1900, "0": 2000}
_LAST = 2040
"""Whoever is born from then on has none yet."""
_PLAUSIBLE = range(1930, 2010)
"""Outside, `DDMMYY-HHMM` is likelier a time; who is so old or young needs a word."""
_STRENGTH = 50.0
_STRENGTH_UNCHECKED = 0.5

_CONFIDENCE_CUE = 0.95
_CONFIDENCE_CUE_ALONE = 0.8
_CONFIDENCE_DASH = 0.55
_CONFIDENCE_BARE = 0.2


def is_valid(text: str) -> bool:
    """Check date and century; the check digit is not asked for.

    >>> is_valid("010130-2989"), is_valid("310230-2989"), is_valid("410130-2989")
    (True, False, False)
    """
    return born(text) is not None


def born(text: str) -> date | None:
    """Read the date of birth; none if the text is no person's number."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    day, month, year = map(int, shape.groups()[:3])
    whole = _CENTURIES[shape[4]] + year
    try:
        return date(whole, month, day) if whole < _LAST else None
    except ValueError:
        return None


def has_check_digit(text: str) -> bool:
    """Check what holds for every number until February 2026; one in eleven passes by chance.

    >>> has_check_digit("010130-2989"), has_check_digit("010130-2979")
    (True, False)
    """
    return weighted(text.replace("-", "")[:9], _WEIGHTS) % _MODULUS == 0


def _reading(code: str) -> Reading | None:
    day = born(code)
    if day is None:
        return None
    return Reading(_STRENGTH if has_check_digit(code) else _STRENGTH_UNCHECKED, day)


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    written = match.group().replace(" ", "")
    bare = match.group().isdigit()
    day = born(written) if is_whole(text, start, end, bare=bare) else None
    if day is None or (" " in match.group() and stands_between_groups(text, start, end)):
        return None
    is_checked = has_check_digit(written)
    is_likely = "-" in written and is_checked and day.year in _PLAUSIBLE
    return Evidence(
        _CONFIDENCE_DASH if is_likely else _CONFIDENCE_BARE,
        ("checksum", "date", "pattern") if is_checked else ("date", "pattern"),
        written.replace("-", ""),
        claimed=_CONFIDENCE_CUE if is_checked else _CONFIDENCE_CUE_ALONE,
        disclaimed=_CONFIDENCE_BARE,
    )


KENNITALA = Card(
    recognizers=(
        PatternRecognizer(
            name="is.kennitala",
            entity="IS_KENNITALA",
            patterns=(r"\b[0-3]\d[01]\d{3}(?: ?- ?| )?\d{3}[09]\b",),
            confirm=_confirm,
            context=("kennital", "kennitöl", "kt", "national id", "social security", "ssn"),
            context_gain=0.7,
            context_reach=0,
        ),
    ),
    category="identity.national_id",
    identifies="strong",
    headings=("kennitala", "kennitölur", "kt", "icelandic id", *ANY_NATION),
    is_strict=True,
    owner="person",
    owner_words=(
        r"kennital|kennitöl|\bkt[.:]|icelandic (?:person|nation|id\b)|islannin henkil"
        r"|islantilai\w+ henkil|isländsk\w* person-?n|islandsk\w* person-?n"
    ),
    shared_words=0.05,
    reading=_reading,
    spoken=r"\b(?:sem|hún|hann|það|þetta|ekki|við|fyrir|frá|mín)\b|[ðþ]|[.]is\b|[+]354|\bísland",
    is_met_abroad=False,
)
