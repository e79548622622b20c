"""Passport and driving licence numbers of the Nordic countries and the United Kingdom.

Authority: ICAO Doc 9303-4 (nine characters at most); Directive 2006/126/EC, annex I, field 5 of the
licence; the issuing authorities' own descriptions of their numbers.

Structure: Finland two letters and seven digits; Sweden eight digits, since 2022 two letters and
seven digits; Norway eight digits, since 2020 three letters and six digits; Denmark and the United
Kingdom nine digits; elsewhere one to three letters and six to eight digits. Licences: up to 16
letters and digits, in groups; in Sweden and Finland often the holder's national number, which is
then reported as that.

No check digit is printed with them, so they are nothing without a word or a column's name that says
what they are.

Invented examples: passport no. FA0000001; førerkort nr. 82 03 114527 6.
"""

import re
from collections.abc import Callable
from functools import partial

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card
from detectors.digits import is_whole

_PASSPORT = re.compile(r"[A-Z]{1,2} ?\d{6,7}|[A-Z]{3} ?\d{6}|[A-Z]\d{8}|\d{8,9}", re.IGNORECASE)
_LICENCE = re.compile(
    r"[A-Z][A-Z9]{4} ?\d{6} ?[A-Z9]{2} ?\d?[A-Z\d]{2,3}|\d\d ?\d\d ?\d{6} ?\d|\d{8,10}"
    r"|\d{3}-?\d{6,7}|[A-Z]{1,3}\d{6,9}",
    re.IGNORECASE,
)
_NUMBER = r"(?: ?[-,;]? ?(?:n(?:umme)?ro?n?|n(?:umme)?r|number|no|num)\b\.?)?"
_CLASS = r"(?:AM|A[12]?|B(?:E|96)?|C1?E?|D1?E?|T|S)"
_CLASSES = (
    r"(?:[:,]? ?\(?(?:kl(?:asse[nr]?|ass|\.)?|luok(?:ka|at)|kategori\w{0,3}|class(?:es)?"
    rf"|cat(?:egory)?\.?)? ?{_CLASS}(?:(?: ?[+,/&] ?| (?:och|og|ja|and) ){_CLASS})*\b\)?,?)?"
)
"""What a licence allows to drive may stand before its number."""
_GAP = re.compile(
    rf"[a-zåäöæø]{{0,6}}{_CLASSES}{_NUMBER}"
    r"\.?[ \t]{0,12}(?:\([^)\d\n]{0,30}\))?[ \t]{0,4}[:=#|-]?\s{0,12}"
    r"(?:(?:on|är|er|is|har|with|med|nr|no|number|numero|nummer|issued|fi|se|dk|uk|gb)\.?:? ){0,3}",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_CONFIDENCE = 0.85
_CONFIDENCE_FIELD = 0.2


def is_valid(text: str) -> bool:
    """Check the shape of a passport number; there is no more to check.

    >>> is_valid("FA0000001"), is_valid("FA001")
    (True, False)
    """
    return _PASSPORT.fullmatch(text) is not None


def _confirm_after(shape: re.Pattern[str], match: re.Match[str]) -> Evidence | None:
    """Look for the number that the matched word announces."""
    text = match.string
    if text[match.start() - 1 : match.start()].isalnum():
        return None
    gap = _GAP.match(text, match.end())
    number = shape.match(text, gap.end() if gap else match.end())
    if number is None or not is_whole(text, number.start(), number.end()):
        return None
    if _DAY.fullmatch(number.group()):
        return None
    codes = ("context", "pattern")
    return Evidence(_CONFIDENCE, codes, _value(number.group()), number.start(), number.end())


def _confirm_field(shape: re.Pattern[str], match: re.Match[str]) -> Evidence | None:
    """Look at a field, whose name must say what it holds."""
    text = match.string
    number = shape.match(text, match.start())
    if number is None or not is_whole(text, number.start(), number.end()):
        return None
    if text[: number.start()].strip() or text[number.end() :].strip():
        return None
    if _DAY.fullmatch(number.group()):
        return None
    return Evidence(
        _CONFIDENCE_FIELD, ("pattern",), _value(number.group()), number.start(), number.end()
    )


def _value(written: str) -> str:
    return re.sub(r"[ -]", "", written).upper()


def _pair(
    name: str,
    entity: str,
    shape: re.Pattern[str],
    words: tuple[str, ...],
    labels: tuple[str, ...],
) -> tuple[PatternRecognizer, PatternRecognizer]:
    after: Callable[[re.Match[str]], Evidence | None] = partial(_confirm_after, shape)
    field: Callable[[re.Match[str]], Evidence | None] = partial(_confirm_field, shape)
    return (
        PatternRecognizer(name=name, entity=entity, patterns=words, confirm=after),
        PatternRecognizer(
            name=f"{name}_field",
            entity=entity,
            patterns=(r"\b[a-z]{0,5} ?\d[\d -]{4,13}[a-z\d]{0,6}",),
            confirm=field,
            context=labels,
            context_gain=0.6,
            context_reach=0,
            needs_context=True,
        ),
    )


_PASSPORTS = _pair(
    "generic.passport",
    "PASSPORT",
    _PASSPORT,
    (
        r"\bpassi(?:ni|nsa|a|n?n?umero|n?nro|n)?\b",
        r"passport",
        r"\bpass ?-?(?:nummer|nr)",
        r"\bpass\b",
        r"\bpas ?-?(?:nummer|nr)",
    ),
    ("passport", "passi", "passnummer", "passnr", "pass nr", "pasnummer", "pasnr", "pas nr"),
)
_LICENCES = _pair(
    "generic.driving_licence",
    "DRIVING_LICENCE",
    _LICENCE,
    (
        *(r"ajokort", r"körkort", r"f[øo]rarkort", r"f[øo]rerkort", r"k[øo]rekort"),
        r"driv(?:ing|er'?s?|ers'?) licen[cs]e",
    ),
    ("ajokort", "körkort", "førerkort", "forerkort", "førarkort", "kørekort", "korekort", "driv"),
)

PASSPORT = Card(
    recognizers=_PASSPORTS,
    category="identity.document",
    identifies="strong",
    owner="document",
    owner_words=r"\bpassi|passport|\bpass ?-?n|\bpas ?-?n",
)
DRIVING_LICENCE = Card(
    recognizers=_LICENCES,
    category="identity.document",
    identifies="strong",
    owner="document",
    owner_words=r"ajokort|körkort|førerkort|førarkort|kørekort|driv\w+ licen",
)
