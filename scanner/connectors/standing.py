"""What a status says in the words that systems use: hired, rejected, filled, given up.

The words are ours, in Finnish, Swedish, Norwegian, Danish and English; a configuration can say
what others mean. A word that is not known says nothing.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from scanner.model import MilestoneKind

_Kind = TypeVar("_Kind")
_WORD = re.compile(r"[^\W\d_]+")

_APPLICATION: Mapping[MilestoneKind, str] = {
    MilestoneKind.HIRED: (
        "hired|palkattu|rekrytoitu|anställd|ansatt|tilsatt|ansat|tilsat|employed"
        "|nimitetty|otettu|valittu tehtävään|accepted offer|offer accepted|contract signed"
    ),
    MilestoneKind.WITHDRAWN: (
        "withdrawn|withdrew|perunut|peruutettu hakijan|vetäytynyt|veti hakemuksensa"
        "|återkallad|återtagen|tillbakadragen|dragit tillbaka|trukket|trukket seg|trukket sig"
        "|tilbaketrukket|tilbagetrukket|candidate declined|declined offer"
    ),
    MilestoneKind.REJECTED: (
        "rejected|declined|not selected|unsuccessful|regret|hylätty|hylättiin|ei valittu"
        "|karsittu|avslag|avslått|avvisad|avböjd|ej antagen|ej vald|inte vald|ikke valgt"
        "|ikkje vald|avvist|afslag|afvist|afslået"
    ),
}
_POSITION: Mapping[str, str] = {
    "filled": (
        "filled|hired|täytetty|täytettiin|henkilö valittu|valittu|valinta tehty|palkattu|tillsatt"
        "|besatt|besat|ansatt|tilsatt|ansat|tilsat|anställd|rekryterad|recruited|appointed"
    ),
    "cancelled": (
        "cancelled|canceled|withdrawn|not filled|unfilled|peruttu|peruutettu|keskeytetty"
        "|ei täytetty|jätetty täyttämättä|inställd|avbruten|avbruden|ej tillsatt|inte tillsatt"
        "|återkallad|avlyst|avbrutt|trukket|ikke besatt|ikkje tilsett|annulleret|aflyst|ikke besat"
    ),
    "open": (
        "open|active|ongoing|avoin|auki|käynnissä|avoinna|kesken|öppen|pågående|pågår|aktiv"
        "|åpen|åpent|pågår|open|åben|åbent|i gang|ledig|draft"
    ),
}
_NEGATIONS = frozenset({"not", "ei", "ej", "inte", "ikke", "ikkje", "un"})


@lru_cache(maxsize=4_096)
def of_application(status: str) -> MilestoneKind | None:
    """Give the event that a status of an application stands for.

    >>> of_application("Ei valittu"), of_application("in process")
    (<MilestoneKind.REJECTED: 'rejected'>, None)
    """
    return _meaning(status, _APPLICATION)


@lru_cache(maxsize=4_096)
def of_position(status: str) -> str:
    """Give `open`, `filled` or `cancelled`; empty where a status of a position says none.

    >>> of_position("täytetty"), of_position("Tjänsten ej tillsatt"), of_position("?")
    ('filled', 'cancelled', '')
    """
    return _meaning(status, _POSITION) or ""


def _meaning(status: str, meanings: Mapping[_Kind, str]) -> _Kind | None:
    """Give the meaning whose phrase is the longest that stands in the text as whole words."""
    text = f" {' '.join(_WORD.findall(status.casefold()))} "
    found = [
        (len(phrase), kind)
        for kind, phrases in meanings.items()
        for phrase in phrases.split("|")
        if f" {phrase} " in text
    ]
    longest, meaning = max(found, key=lambda each: each[0], default=(0, None))
    is_denied = any(f" {word} " in text for word in _NEGATIONS)
    known = {phrase for phrases in meanings.values() for phrase in phrases.split("|")}
    said = any(len(each) == longest and _NEGATIONS & set(each.split()) for each in known)
    return None if is_denied and not said else meaning
