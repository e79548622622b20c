"""A sentence that tells an applicant the outcome of a selection.

Authority: none; the phrases are ours, in Finnish, Swedish, Norwegian, Danish and English. A mail
with one starts the time limit in which a claim about the selection may be brought (Act on Equality
between Women and Men 609/1986, section 12; Non-discrimination Act 1325/2014, section 26).

Job advertisements, promises ("we will inform you when …"), conditions and quoted mail are not
notices.

Invented examples: "Tehtävään on valittu toinen hakija."; "The position has been filled."
"""

import re
from importlib.resources import files

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card

_SPACE = r"\s{1,2}"
_GAP = r"[^.!;]{0,30}"

_NOT_YET = re.compile(
    r"\b(?:kun|jos|mikäli|kunnes|ennen|heti|jälkeen|vasta|ilmoitamme|ilmoitetaan|tiedotamme|valitaan"
    r"|when|once|if|until|unless|after|before|whether|as soon as"
    r"|när|om|så snart|innan|tills|efter att|ifall"
    r"|når|hvis|dersom|innen|inden|før|efter at|etter at)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n\s*\n")
_REST_OF_WORD = re.compile(r"\w*")
_LONGEST_SENTENCE = 240
_CONFIDENCE = 0.85


def is_valid(text: str) -> bool:
    """Say whether a text tells the outcome of a selection.

    >>> is_valid("Tehtävään on valittu toinen hakija.")
    True
    >>> is_valid("Ilmoitamme, kun tehtävään on valittu henkilö.")
    False
    """
    return any(
        _confirm(match) is not None
        for pattern in _RECOGNIZER.patterns
        for match in re.finditer(pattern, text, re.IGNORECASE)
    )


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, start = match.string, match.start()
    if text[start - 1 : start].isalnum():
        return None
    line = text.rfind("\n", 0, start) + 1
    if text[line : line + 8].lstrip().startswith((">", "|")):
        return None
    sentence = _sentence_before(text, start)
    if _NOT_YET.search(sentence):
        return None
    rest = _REST_OF_WORD.match(text, match.end())
    return Evidence(_CONFIDENCE, ("lexicon",), end=rest.end() if rest else match.end())


def _sentence_before(text: str, start: int) -> str:
    before = text[max(0, start - _LONGEST_SENTENCE) : start]
    ends = [found.end() for found in _SENTENCE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def _patterns() -> tuple[str, ...]:
    """Read the phrases of `selection_notice.txt`."""
    lines = files("detectors.generic").joinpath("selection_notice.txt").read_text("utf-8")
    return tuple(
        line.replace(" ", _SPACE).replace("~", _GAP)
        for line in lines.splitlines()
        if line and not line.startswith("#")
    )


_RECOGNIZER = PatternRecognizer(
    name="generic.selection_notice",
    entity="SELECTION_NOTICE",
    patterns=_patterns(),
    confirm=_confirm,
)

SELECTION_NOTICE = Card(
    recognizers=(_RECOGNIZER,),
    category="recruitment.decision",
)
