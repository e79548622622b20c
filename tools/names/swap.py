"""Other names in the corpora's sentences, so that the model learns their surroundings by heart."""

import random
import re
from collections.abc import Sequence

from detectors.names.likeness import likeness
from detectors.names.tokens import Token
from tools.names.corpora import Labelled
from tools.names.inflect import inflected
from tools.names.wordlists import Lists

_CASES = {
    "sen": "n",
    "selle": "lle",
    "sella": "lla",
    "selta": "lta",
    "sesta": "sta",
    "sessa": "ssa",
    "sta": "a",
    "seen": "seen",
}
_FINNISH = re.compile(r"\w{2,}?n?(sen|selle|sella|selta|sesta|sessa|seen)")


class Swap:
    """Replaces a share of the names that the lists know, alike in the whole of a text."""

    def __init__(self, language: str, lists: Lists, chance: random.Random, share: float) -> None:
        self._chance = chance
        self._share = share
        self._finnish = language == "fi"
        dvv = ("dvv",) if self._finnish else ()
        sources = (language, language, "world", *dvv)
        self._given = [lists.given[source] for source in sources]
        self._surnames = [lists.surnames[source] for source in sources]
        self._known = {name for names in (*self._given, *self._surnames) for name in names}

    def __call__(self, text: Labelled) -> Labelled:
        """Give the text with other names."""
        chosen: dict[str, str] = {}
        runs = []
        for tokens, tags in text.runs:
            swapped: list[Token] = []
            for at, token in enumerate(tokens):
                word = token.text
                if tags[at].endswith("PER") and word.istitle() and word.isalpha():
                    if word not in chosen:
                        chosen[word] = word
                        if self._chance.random() < self._share:
                            chosen[word] = self._other(word, self._is_given(word, tags, at))
                    swapped.append(token._replace(text=chosen[word]))
                else:
                    swapped.append(token)
            runs.append((swapped, tags))
        return Labelled(tuple(runs))

    def _is_given(self, word: str, tags: Sequence[str], at: int) -> bool:
        if tags[at].startswith("I-"):
            return False
        if at + 1 < len(tags) and tags[at + 1].startswith("I-"):
            return True
        given, surname, _ = likeness(word.lower())
        return given >= surname

    def _other(self, word: str, given: bool) -> str:
        new = self._chance.choice(self._chance.choice(self._given if given else self._surnames))
        if word in self._known:
            return new
        if self._finnish:
            case = _FINNISH.fullmatch(word)
            return inflected(new, _CASES[case[1]]) if case else word
        if word.endswith("s") and word[:-1] in self._known:
            return new + "s"
        return word
