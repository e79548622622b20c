"""The words around a number that claim it: what it is, or what it is not.

The word nearest before a number decides. `PatternRecognizer.context` looks eighty characters both
ways, which is right for what is rare by itself; one in ten numbers passes a check digit, so for
numbers the nearest word must speak, and the word for another kind of number speaks against.
"""

import re
from functools import lru_cache
from typing import Literal

from detectors.text import by_first_letter, lowered

Owner = Literal[
    "FI", "SE", "NO", "DK", "personnummer", "person", "organisation", "other", "passport", ""
]
"""Whose number a word announces: a nation's own word, the word that three Nordic nations share, a
word of any nation; or an organisation, a passport or licence, or something else. Empty: nobody."""

PERSONAL: frozenset[Owner] = frozenset({"FI", "SE", "NO", "DK", "personnummer", "person"})

_WORDS: dict[Owner, str] = {
    "organisation": (
        r"y-?tunnu|business id|\borg[.]? ?-?n|organis|organiz|foretak|\bcvr|\bvat\b|\balv\b"
        r"|\bmoms|\bmva\b|företags|\bfo-n|\bse-n|virksomhedsn"
    ),
    "FI": (
        r"henkil[öo]tunnu|\bhetu|\bsotu\b|sosiaaliturvatunnu|personbeteckning"
        r"|personal identity code"
    ),
    "SE": r"samordnings|coordination n|swedish (?:person|social|id)",
    "NO": (
        r"f[øo]dselsn|\bfnr|\bf[.]nr|\bd-?nummer|\bd-nr"
        r"|norwegian (?:nation|person|birth)|birth number"
    ),
    "DK": r"\bcpr|danish (?:civil|person)|civil registration",
    "personnummer": r"person-?(?:n(?:um|r)|/|- )|\bpers[.]? ?nr|\bpnr|\bp[.]nr",
    "person": (
        r"national id|identity n|identification n|identity code|social security|personal id"
        r"|personal n|\bssn\b|\bid-?(?:n|kod)|identitetsn|henkilönumero|\bfødt|\bfödd|syntymäaika"
    ),
    "passport": (
        r"\bpassi|passport|\bpass ?-?n|\bpas ?-?n|ajokort|körkort|førerkort|førarkort|kørekort"
        r"|driv\w+ licen"
    ),
    "other": (
        r"viite|viitte|tilau|lasku|asiakasn|asiakasnro|\border|invoice|\bref|faktur|\bocr|kundn"
        r"|kunden|customer|beställ|bestill|\bordre|isbn|issn|\bean\b|gtin|imei|seri[ae]|sarja"
        r"|tracking|seuranta|sporing|spårning|kolli|lähety|sändning|forsendelse|shipment|levera"
        r"|levering|tuote|artik|artic|\bvare|varun|produ[ck]|kontonu|konton|\bkonto\b|tilin|account"
        r"|iban|bankgiro|plusgiro|\bgiro|\bkid\b|version|versio|commit|\bbuild|diaari|diarie"
        r"|\bdnro|ärende|saksn|journaln|ticket|uuid|guid|hash|timestamp|aikaleima|\bovt|tidsst"
        r"|\bimg|\bdsc|screenshot|\bexport|\blog\b"
        r"|medlemsn|jäsenn|membership|anställningsn|henkilöstön|employee (?:n|id)"
        r"|ansattn|medarbejdern"
        r"|sopimus|avtalsn|kontrakt|contract|vakuutus|försäkring|forsikring|policy n"
        r"|\bpuh|\btel\b|telefo|puhelin|\btlf|phone|\bmob|matkap|\bgsm|\bfax|kännykk|soita"
    ),
}
_CUES = re.compile(by_first_letter("|".join(_WORDS.values())))
_OWNERS = {owner: re.compile(words) for owner, words in _WORDS.items()}
_BEFORE = 80
_AFTER = 40
_CLOSE = 30
_NEXT_NUMBER = re.compile(r"\w*[\s.:#=-]{0,4}\d")


def claim(text: str, start: int, end: int) -> Owner:
    """Say whose number stands at a place, by the nearest word before it, else soon after it.

    >>> claim("Personnummer 850201-1235, viite 8502011235", 32, 42)
    'other'
    """
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    return _claim(lowered(before), lowered(after))


@lru_cache(maxsize=1_024)
def _claim(window: str, after: str) -> Owner:
    """Remember what the words around say: several nations' recognizers ask at the same place."""
    found: re.Match[str] | None = None
    for found in _CUES.finditer(window):  # noqa: B007 - the last one counts
        pass
    if found is not None:
        owner = _owner(found)
        between = window[found.end() :]
        if not _is_spent(between) and (owner in PERSONAL or _is_close(between)):
            return owner
    after = after.partition("\n")[0]
    found = _CUES.search(after)
    if found is None or _NEXT_NUMBER.match(after, found.end()):
        return ""
    owner = _owner(found)
    return owner if owner in PERSONAL and not re.search(r"\d", after[: found.start()]) else ""


def _is_spent(between: str) -> bool:
    """Say whether a word had its number on a line before."""
    return "\n" in between and re.search(r"\d{4}", between) is not None


def _is_close(between: str) -> bool:
    """Say whether a word's own number is still to come: words for other numbers are common."""
    return len(between) <= _CLOSE and "\n" not in between and not re.search(r"\d\d", between)


def _owner(found: re.Match[str]) -> Owner:
    return next(
        owner for owner, words in _OWNERS.items() if words.match(found.string, found.start())
    )


def is_whole(text: str, start: int, end: int, *, bare: bool = False) -> bool:
    """Say whether a number stands alone: not a piece of a longer number, a date or an identifier.

    A bare run of digits may not even be joined to letters: that is how GUIDs end.
    """
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:].isalnum() or after[:1].isalnum() or "@" in (before[-1:], after[:1]):
        return False
    joined = str.isalnum if bare else str.isdigit
    if before[-1:] in {"-", "+", ".", "/", "\\"} and joined(before[:-1]):
        return False
    if after[:1] in {"-", "+", ".", "/"} and joined(after[1:]):
        return not bare and after[0] == "." and not after[1:].isdigit()
    return not (bare and before[-1:] in {"_", "#", "$", "€", "£", "&", "%"})


def stands_between_groups(text: str, start: int, end: int) -> bool:
    """Say whether groups of digits stand on either side, as in `12 850201 1234 56`."""
    return bool(re.search(r"\d $", text[max(0, start - 2) : start])) or bool(
        re.match(r" \d", text[end : end + 2])
    )


def luhn(digits: str) -> bool:
    """Check a Luhn digit (ISO/IEC 7812-1, annex B); one number in ten passes by chance.

    >>> luhn("8112189876"), luhn("8112189875")
    (True, False)
    """
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    """Sum digits times weights.

    >>> weighted("123", (3, 2, 1))
    10
    """
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
