"""The signs of a letter: what its sentences say in words that mean the same in every language.

A sign is a short text: the model knows a weight for it. Names and numbers leave none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d[\d.,:/\u2013-]*|[?!]")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_TOKENS = 60
"""Of a sentence; the rest of a longer one is read as the next."""
_MOST = 1_500
"""Tokens of a letter."""
_APOSTROPHE = {0x2019: "'"}
NAME, NUMBER = "<name>", "<number>"
_STEM = 5
_SHORTEST_NAME = 2
_NEAR = 6
"""How far apart two concepts of one sentence may stand to be taken together."""
_MOST_NEAR = 12
_LONGEST_SUBJECT = 300


@cache
def concepts() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], int]:
    """Read the concepts: by whole word, by beginning, and the longest beginning."""
    whole: dict[str, list[str]] = {}
    begins: dict[str, list[str]] = {}
    text = files("detectors.letters").joinpath("concepts.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        concept, *words = line.split()
        for word in words:
            into = begins if word.endswith("*") else whole
            known = into.setdefault(word.rstrip("*"), [])
            if concept not in known:
                known.append(concept)
    longest = max(map(len, begins))
    return (
        {word: tuple(known) for word, known in whole.items()},
        {word: tuple(known) for word, known in begins.items()},
        longest,
    )


@lru_cache(maxsize=20_000)
def meant(word: str) -> tuple[str, ...]:
    """Give the concepts of a word in lower case: its own, or those of its longest beginning."""
    whole, begins, longest = concepts()
    known = whole.get(word)
    if known is not None:
        return known
    for length in range(min(len(word), longest), 1, -1):
        known = begins.get(word[:length])
        if known is not None:
            return known
    return ()


def tokens(sentence: str) -> list[str]:
    """Give a sentence's words in lower case; names and numbers are masked.

    >>> tokens("Valitsimme Maija Virtasen 3.4.2025.")
    ['valitsimme', '<name>', '<number>']
    """
    found: list[str] = []
    is_first = True
    words = _TOKEN.findall(sentence)
    for at, word in enumerate(words):
        if word[0].isdigit():
            mask = NUMBER
        elif (
            word[0].isupper()
            and not meant(word.lower().translate(_APOSTROPHE))
            and (not is_first or _is_name(words, at))
        ):
            mask = NAME if len(word) >= _SHORTEST_NAME else word.lower()
        else:
            mask = word.lower().translate(_APOSTROPHE)
        is_first = word in "?!"
        if mask[0] != "<" or not found or found[-1] != mask:
            found.append(mask)
    return found


def _is_name(words: Sequence[str], at: int) -> bool:
    """Say whether the first word of a sentence is a name: another follows it."""
    if at + 1 >= len(words):
        return False
    after = words[at + 1]
    return after[0].isupper() and len(after) > 1 and not meant(after.lower())


def signs_of(sentences: Iterable[str], subject: str = "") -> set[str]:
    """Give the signs of a letter by the sentences of its new text; a subject is a sentence too."""
    signs: set[str] = set()
    left = _MOST
    for sentence in sentences:
        words = tokens(sentence)
        for start in range(0, min(len(words), left), _MOST_TOKENS):
            signs.update(signs_in(words[start : start + _MOST_TOKENS]))
        left -= len(words)
        if left <= 0:
            break
    if subject:
        of_subject = set(signs_in(tokens(subject[:_LONGEST_SUBJECT])))
        signs |= of_subject
        signs.update(f"s:{sign}" for sign in of_subject if not sign.startswith("cc:"))
    if "c:you" not in signs and "c:your" not in signs:
        signs.add("d:nobody addressed")
    return signs


def words_of(text: str) -> set[str]:
    """Give the signs of single words, at little cost: they say whether the rest is worth it."""
    signs: set[str] = set()
    for word in {each.lower() for each in _WORD.findall(text)}:
        signs.add(f"w:{word}")
        signs.update(f"c:{meaning}" for meaning in meant(word))
    return signs


def signs_in(words: Sequence[str]) -> Iterator[str]:
    """Give the signs of a sentence: words, their beginnings, pairs, and what they mean together."""
    known = [meant(word) for word in words]
    unit_before = "^"
    for word, concepts_of in zip(words, known, strict=True):
        yield f"w:{word}"
        if len(word) > _STEM:
            yield f"p:{word[:_STEM]}"
        unit = concepts_of[0] if concepts_of else word[:_STEM]
        yield f"u:{unit_before} {unit}"
        unit_before = unit
    meanings = [
        (at, meaning)
        for at, concepts_of in enumerate(known)
        for meaning in (concepts_of or ((words[at],) if words[at][0] == "<" else ()))
    ]
    for number, (at, meaning) in enumerate(meanings):
        yield f"c:{meaning}"
        for then, other in meanings[number + 1 : number + 1 + _MOST_NEAR]:
            if then - at > _NEAR:
                break
            if then > at:
                yield f"cc:{meaning}>{other}"
