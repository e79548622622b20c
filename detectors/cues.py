"""The words around a number that claim it: what it is, or what it is not.

The word nearest before a number decides. `PatternRecognizer.context` looks eighty characters both
ways, which is right for what is rare by itself; one in ten numbers passes a check digit, so for
numbers the nearest word must speak, and the word for another kind of number speaks against.

A number's own words are on its card. Here are those that belong to no single one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from detectors.card import Owner
from detectors.registry import cards
from detectors.text import by_first_letter, lowered


@dataclass(frozen=True, slots=True)
class Claim:
    """What the words around a number say of it."""

    owner: Owner = ""
    entity: str = ""
    """The identifier whose own word it is; empty for a word of several."""
    is_shared: bool = False
    """It is the word that several nations have for theirs."""


_NOBODYS = Claim()
_SHARED: tuple[tuple[Claim, str], ...] = (
    (Claim("organisation"), r"\borg[.]? ?-?n|organis|organiz|\bvat\b"),
    (Claim("person", is_shared=True), r"person-?(?:n(?:um|r)|/|- )|\bpers[.]? ?nr|\bpnr|\bp[.]nr"),
    (
        Claim("person"),
        (
            r"national id|identity n|identification n|identity code|social security|personal id"
            r"|personal n|\bssn\b|\bid-?(?:n|kod)|identitetsn|henkilönumero|\bfødt|\bfödd"
            r"|syntymäaika"
        ),
    ),
    (
        Claim("other"),
        (
            r"viite|viitte|tilau|lasku|asiakasn|asiakasnro|\border|invoice|\bref|faktur|\bocr"
            r"|kundn|kunden|customer|beställ|bestill|\bordre|isbn|issn|\bean\b|gtin|imei|seri[ae]"
            r"|sarja|tracking|seuranta|sporing|spårning|kolli|lähety|sändning|forsendelse|shipment"
            r"|levera|levering|tuote|artik|artic|\bvare|varun|produ[ck]|kontonu|konton|\bkonto\b"
            r"|tilin|account|iban|bankgiro|plusgiro|\bgiro|\bkid\b|version|versio|commit|\bbuild"
            r"|diaari|diarie|\bdnro|ärende|saksn|journaln|ticket|uuid|guid|hash|timestamp|aikaleima"
            r"|\bovt|tidsst|\bimg|\bdsc|screenshot|\bexport|\blog\b"
            r"|medlemsn|jäsenn|membership|anställningsn|henkilöstön|employee (?:n|id)"
            r"|ansattn|medarbejdern"
            r"|sopimus|avtalsn|kontrakt|contract|vakuutus|försäkring|forsikring|policy n"
            r"|\bpuh|\btel\b|telefo|puhelin|\btlf|phone|\bmob|matkap|\bgsm|\bfax|kännykk|soita"
        ),
    ),
)
_BEFORE = 80
_AFTER = 40
_CLOSE = 30
_NEXT_NUMBER = re.compile(r"\w*[\s.:#=-]{0,4}\d")


def claim(text: str, start: int, end: int) -> Claim:
    """Say whose number stands at a place, by the nearest word before it, else soon after it.

    >>> claim("Personnummer 850201-1235, viite 8502011235", 32, 42).owner
    'other'
    """
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    return _claim(lowered(before), lowered(after))


@lru_cache(maxsize=1_024)
def _claim(window: str, after: str) -> Claim:
    """Remember what the words around say: several recognizers ask at the same place."""
    words = _words()
    found: re.Match[str] | None = None
    for found in words.finditer(window):  # noqa: B007 - the last one counts
        pass
    if found is not None:
        said = _said(found)
        between = window[found.end() :]
        if not _is_spent(between) and (said.owner == "person" or _is_close(between)):
            return said
    after = after.partition("\n")[0]
    found = words.search(after)
    if found is None or _NEXT_NUMBER.match(after, found.end()):
        return _NOBODYS
    said = _said(found)
    is_next = said.owner == "person" and not re.search(r"\d", after[: found.start()])
    return said if is_next else _NOBODYS


def _is_spent(between: str) -> bool:
    """Say whether a word had its number on a line before."""
    return "\n" in between and re.search(r"\d{4}", between) is not None


def _is_close(between: str) -> bool:
    """Say whether a word's own number is still to come: words for other numbers are common."""
    return len(between) <= _CLOSE and "\n" not in between and not re.search(r"\d\d", between)


def _said(found: re.Match[str]) -> Claim:
    return next(
        said for said, words in _claims().items() if words.match(found.string, found.start())
    )


@cache
def _claims() -> Mapping[Claim, re.Pattern[str]]:
    """Give the words of each claim: a number's own before those of several."""
    own = [
        (Claim(card.owner, card.entity), card.owner_words) for card in cards() if card.owner_words
    ]
    return {said: re.compile(words) for said, words in (*own, *_SHARED)}


@cache
def _words() -> re.Pattern[str]:
    return re.compile(by_first_letter("|".join(each.pattern for each in _claims().values())))
