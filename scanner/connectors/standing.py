"""What a status says in the words that systems use: hired, rejected, filled, given up.

The words are ours, in Finnish, Swedish, Norwegian, Danish and English; a configuration can say
what others mean. A word that is not known says nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeVar

from scanner.model import MilestoneKind

Standing = Literal["hired", "rejected", "withdrawn", "filled", "cancelled", "open"]
"""What a status may mean: the first three of an application, the others of a position."""
_OF_APPLICATIONS = frozenset({"hired", "rejected", "withdrawn"})

_Kind = TypeVar("_Kind")
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"[,;:.()/\u2013\u2014]| - ")

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
_NEGATIONS = frozenset(
    [
        *("not", "no", "nobody", "none", "without", "un"),
        *("ei", "eikä", "kukaan", "ketään", "ilman"),
        *("ej", "inte", "ingen", "inget", "utan"),
        *("ikke", "ikkje", "intet", "ingenting", "uten", "uden"),
    ]
)


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


@dataclass(frozen=True, slots=True)
class Statuses:
    """What the words of one organisation mean; of others, what they mean elsewhere.

    >>> statuses = Statuses.of({"Nekad": "rejected", "Hylätty": "withdrawn"})
    >>> statuses.of_application("nekad"), statuses.of_application("hylätty")
    (<MilestoneKind.REJECTED: 'rejected'>, <MilestoneKind.WITHDRAWN: 'withdrawn'>)
    """

    own: Mapping[str, Standing] = field(default_factory=dict)
    """Word, in lower case → meaning."""

    @classmethod
    def of(cls, said: Mapping[str, Standing]) -> "Statuses":
        """Take the words as they are configured."""
        return cls({_plain(word): meaning for word, meaning in said.items()})

    def of_application(self, status: str) -> MilestoneKind | None:
        """Give the event that a status of an application stands for."""
        own = self.own.get(_plain(status))
        if own is None:
            return of_application(status)
        return MilestoneKind(own) if own in _OF_APPLICATIONS else None

    def of_position(self, status: str) -> str:
        """Give `open`, `filled` or `cancelled`; empty where a status of a position says none."""
        own = self.own.get(_plain(status))
        if own is None:
            return of_position(status)
        return "" if own in _OF_APPLICATIONS else own


def _plain(word: str) -> str:
    return " ".join(word.casefold().split())


def _meaning(status: str, meanings: Mapping[_Kind, str]) -> _Kind | None:
    """Give the meaning whose phrase is the longest that stands in the text as whole words.

    Each part between commas is denied by its own words: "cancelled, nobody hired".
    """
    found: list[tuple[int, _Kind]] = []
    for part in _PARTS.split(status.casefold()):
        text = f" {' '.join(_WORD.findall(part))} "
        said = [
            (len(phrase), kind, bool(_NEGATIONS & set(phrase.split())))
            for kind, phrases in meanings.items()
            for phrase in phrases.split("|")
            if f" {phrase} " in text
        ]
        longest, kind, says_no = max(said, key=lambda each: each[0], default=(0, None, False))
        is_denied = any(f" {word} " in text for word in _NEGATIONS)
        if kind is not None and (says_no or not is_denied):
            found.append((longest, kind))
    return max(found, key=lambda each: each[0])[1] if found else None
