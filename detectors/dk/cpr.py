"""Danish civil registration number (CPR-nummer).

Authority: CPR-kontoret, "Personnummeret i CPR" (2008) and "Personnumre uden kontrolciffer"
(2007); Act on the Civil Registration System, LBK 1010 of 23 June 2023, section 3.

Structure `DDMMYY-NNNN`: date of birth and a serial number whose first digit gives the century.
Numbers given out before October 2007 satisfy modulus 11; later ones need not. Replacement numbers,
which hospitals give to people without one, have 61-91 as the day.

Chance: 3.7 % of random `dddddd-dddd` have a date (7.4 % with replacement numbers), and one in
eleven of those satisfies modulus 11. So modulus 11 and the separator make it likely; without
either, a word must say what the number is.

Invented examples: 010190-0002, 610190-9008.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer
from detectors.card import ANY_NATION, Card, Reading
from detectors.digits import is_whole, stands_between_groups, weighted

_SHAPE = re.compile(r"(\d\d)(\d\d)(\d\d) ?-? ?(\d)(\d{3})", re.ASCII)
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_MODULUS = 11
_REPLACEMENT = 60
_OLDEST = 1900
_STRENGTH_WITHOUT_MODULUS_11 = 0.05
_REPLACEMENTS = 0.002
"""Share of replacement numbers."""
_PLAUSIBLE = range(1930, 2010)
"""Outside, `DDMMYY-HHMM` is likelier a time; who is so old or young needs a word."""

_CONFIDENCE_CUE = 0.95
_CONFIDENCE_CUE_ALONE = 0.8
_CONFIDENCE_SEPARATOR = 0.55
_CONFIDENCE_BARE = 0.2
_CONFIDENCE_SETTLED = 0.5


def is_valid(text: str) -> bool:
    """Check the date with the century of the seventh digit; modulus 11 is not asked for.

    >>> is_valid("010190-0002"), is_valid("310290-0002")
    (True, False)
    """
    return born(text) is not None


def born(text: str) -> date | None:
    """Read the date of birth; none if the text is not a number."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    day, month, year, serial, _ = map(int, shape.groups())
    try:
        return date(_century(year, serial) + year, month, day - _REPLACEMENT * (day > _REPLACEMENT))
    except ValueError:
        return None


def _century(year: int, serial: int) -> int:
    if serial in {0, 1, 2, 3}:
        return 1900
    if serial in {4, 9}:
        return 2000 if year <= 36 else 1900  # noqa: PLR2004 - the authority's table
    return 2000 if year <= 57 else 1800  # noqa: PLR2004 - as above


def satisfies_modulus_11(text: str) -> bool:
    """Check what held for every number until 2007; one in eleven passes by chance.

    >>> satisfies_modulus_11("010190-0002"), satisfies_modulus_11("010190-0003")
    (True, False)
    """
    return weighted(re.sub(r"\D", "", text), _WEIGHTS) % _MODULUS == 0


def _reading(code: str) -> Reading | None:
    day = born(code)
    if day is None or day.year < _OLDEST:
        return None
    strength = _MODULUS if satisfies_modulus_11(code) else _STRENGTH_WITHOUT_MODULUS_11
    return Reading(strength * (_REPLACEMENTS if int(code[:2]) > _REPLACEMENT else 1.0), day)


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    written = match.group()
    bare = written.isdigit()
    day = born(written) if is_whole(text, start, end, bare=bare) else None
    if day is None or (" " in written and stands_between_groups(text, start, end)):
        return None
    checked = satisfies_modulus_11(written)
    is_likely = "-" in written and checked and _is_plausible(day, written)
    return Evidence(
        _CONFIDENCE_SEPARATOR if is_likely else _CONFIDENCE_BARE,
        ("checksum", "date", "pattern") if checked else ("date", "pattern"),
        re.sub(r"\D", "", written),
        claimed=_CONFIDENCE_CUE if checked else _CONFIDENCE_CUE_ALONE,
        disclaimed=_CONFIDENCE_BARE,
    )


def _is_plausible(day: date, written: str) -> bool:
    return day.year in _PLAUSIBLE and int(written[:2]) < _REPLACEMENT


_RECOGNIZER = PatternRecognizer(
    name="dk.cpr",
    entity="DK_CPR",
    patterns=(r"\d{6}(?: ?- ?)?\d{4}", r"\b\d{6} \d{4}\b"),
    confirm=_confirm,
    context=(
        *("cpr", "personnummer", "personnr", "person nummer", "person nr", "pnr", "national id"),
        *("civil registration", "social security", "ssn"),
    ),
    context_gain=0.7,
    context_reach=0,
)

CPR = Card(
    recognizers=(_RECOGNIZER,),
    category="identity.national_id",
    identifies="strong",
    headings=("cpr", "cpr-nummer", "cpr nummer", "cprnr", "cpr-nr", "personnummer", *ANY_NATION),
    is_strict=True,
    owner="person",
    owner_words=r"\bcpr|danish (?:civil|person)|civil registration",
    shared_words=5.0,
    reading=_reading,
    spoken=r"\b(?:og|at|er|jeg|ikke|med|fra|har|for|som|hendes|hans|af|til)\b|[øæ]",
    # A number of today need not satisfy modulus 11: alone it says too little.
    least_settled=_CONFIDENCE_SETTLED,
)
