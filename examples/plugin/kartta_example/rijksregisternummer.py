"""A recognizer's card: the Belgian national register number (rijksregisternummer).

Authority: Act of 8 August 1983 organising a National Register of natural persons; Royal Decree of
3 April 1984 on the composition of its numbers.

Structure `YYMMDDNNNCC`, printed `YY.MM.DD-NNN.CC`: date of birth, serial number, and 97 less the
remainder of the nine digits modulo 97; for who was born from 2000 on with a 2 before them.

Chance: 0.1 % of random runs of eleven digits have a date and check digits that agree.

Invented example: 90.01.02-998.63.
"""

import re
from datetime import date

from detectors.base import Evidence, PatternRecognizer
from detectors.card import ANY_NATION, Card, Reading
from detectors.digits import is_whole

_SHAPE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)[-.]?(\d{3})\.?(\d\d)", re.ASCII)
_MODULUS = 97


def check_digits(nine: str, century: int) -> str:
    """Compute the last two digits from the nine before them."""
    whole = f"2{nine}" if century == 2000 else nine  # noqa: PLR2004 - the decree's
    return f"{_MODULUS - int(whole) % _MODULUS:02}"


def reading(code: str) -> Reading | None:
    """Read a number as one of those whose checks it passes; none if it passes none.

    >>> reading("90.01.02-998.63").born, reading("90.01.02-998.64")
    (datetime.date(1990, 1, 2), None)
    """
    shape = _SHAPE.fullmatch(code)
    if shape is None:
        return None
    year, month, day, serial, check = shape.groups()
    for century in (1900, 2000):
        if check == check_digits(year + month + day + serial, century):
            try:
                return Reading(_MODULUS, date(century + int(year), int(month), int(day)))
            except ValueError:
                return None
    return None


def _confirm(match: re.Match[str]) -> Evidence | None:
    written = match.group()
    bare = written.isdigit()
    if not is_whole(match.string, match.start(), match.end(), bare=bare) or not reading(written):
        return None
    return Evidence(
        0.2 if bare else 0.9,
        ("checksum", "date", "pattern"),
        re.sub(r"\D", "", written),
        claimed=0.95,
        disclaimed=0.2,
    )


RIJKSREGISTERNUMMER = Card(
    recognizers=(
        PatternRecognizer(
            name="be.rijksregisternummer",
            entity="BE_RIJKSREGISTERNUMMER",
            patterns=(r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d", r"\d{6}-?\d{3}[.-]?\d\d"),
            confirm=_confirm,
            context=("rijksregister", "registre national", "insz", "niss", "national id"),
            context_gain=0.7,
            context_reach=0,
        ),
    ),
    category="identity.national_id",
    identifies="strong",
    headings=("rijksregisternummer", "insz", "numéro national", "niss", *ANY_NATION),
    is_strict=True,
    owner="person",
    owner_words=r"rijksregister|registre national|\binsz\b|\bniss\b|belgian (?:nation|person)",
    reading=reading,
    spoken=r"\b(?:het|een|niet|naar|les|est|une|avec)\b|\.be\b",
    is_met_abroad=False,
)
