"""Capitalised words that are not part of a name, and words that make a place an organisation."""

import re
from functools import cache
from importlib.resources import files

ORGANISATION_AFTER = re.compile(
    r" (?:yliopist|ammattikorkea|kaupung|kunta|kunna|sairaal|käräjäoik|hovioik|seurakun|opisto"
    r"|universitet|kommun|högskol|tingsrätt|sjukhus|sykehus|tingrett|byret"
    r"|University|City|Universit|Kommun|Hospital|Oy\b|Oyj\b|AB\b|AS\b|A/S\b|Ltd\b)"
)


def is_stopword(word: str) -> bool:
    """Say whether a capitalised word is an ordinary one: a title, a greeting, a month."""
    return word.casefold() in _stopwords()


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(files("detectors.names").joinpath("stopwords.txt").read_text("utf-8").split())
