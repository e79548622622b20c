"""What the name model sees of each token: the word, its shape, its neighbours, its text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from detectors.names.forms import look_up
from detectors.names.likeness import likeness
from detectors.names.tokens import LINE, PARAGRAPH, TAB, Token

_DIGIT = re.compile(r"\d")
_ENDINGS = re.compile(
    r"(?:n|ta|tä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|in|en|an|on|hin|seen|s|:[a-zäö]+)$"
)
_MISREAD = str.maketrans("01", "ol")
"""What optical recognition makes of letters."""
END_MARKS = frozenset(".!?")
STARTERS = frozenset('.!?:"\u201d\u2013-')
BREAKS = frozenset({LINE, PARAGRAPH})
FAR_GAPS = frozenset({LINE, PARAGRAPH, TAB})
FAR = "^"
"""Marks what a break parts from the word."""
WORDS = frozenset("CA")
CAPITALS = frozenset("CAI")
_INSIDE = frozenset("l,")
SHORTEST = 3
BEGINNING, END, SENTENCE = "BOS", "EOS", "sent"


class Word(NamedTuple):
    """What is known of a word by itself."""

    own: tuple[str, ...]
    near: tuple[str, ...]
    """What its neighbours are told of it."""
    kind: str
    """Capitals: `C` first, `A` all, `I` initial, `l` none, `d` digits, `@`, or the mark itself."""
    like: str
    """Short summary of its likeness to names."""
    stem: str
    """Roughly the same for all cases of a name."""


def features(tokens: Sequence[Token], memory: "Memory") -> list[list[str]]:
    """Give the signs of each token of a run, as the model is trained on them."""
    words = [word_of(token.text) for token in tokens]
    between = ["", *(token.gap for token in tokens[1:]), PARAGRAPH]
    rows = []
    line = 0
    for at, word in enumerate(words):
        row = [*word.own, gaps(between[at], between[at + 1])]
        if between[at] in BREAKS:
            line = at
        elif at > line:
            row += on_line(words[line])
        far_before = FAR if between[at] in FAR_GAPS else ""
        far_after = FAR if between[at + 1] in FAR_GAPS else ""
        row += _said_before(words, at, far_before)
        row += _said_after(words, at, far_after)
        if word.kind in CAPITALS:
            row += capital(
                "" if not at or far_before else words[at - 1].like,
                word.like,
                "" if far_after else words[at + 1].like,
                begins=not at or bool(far_before) or words[at - 1].kind in STARTERS,
            )
        if word.kind in WORDS and len(tokens[at].text) >= SHORTEST:
            row += memory.told(word)
        rows.append(row)
    return rows


def _said_before(words: Sequence["Word"], at: int, far: str) -> list[str]:
    """Give what stands before a word; `far` marks a break between."""
    if not at:
        return [BEGINNING]
    word, previous = words[at], words[at - 1]
    row = [*before(previous, far), kind_before(far, previous.kind, word.kind)]
    if word.kind in CAPITALS:
        row.append(like_before(previous.like, word.like))
    if at > 1:
        row += two_before(words[at - 2])
        row.append(kinds_before(words[at - 2].kind, previous.kind, word.kind))
    if at > 2:  # noqa: PLR2004 - three before
        row += three_before(words[at - 3])
    if previous.kind in END_MARKS:
        row.append(SENTENCE)
    return row


def _said_after(words: Sequence["Word"], at: int, far: str) -> list[str]:
    """Give what stands after a word; `far` marks a break between."""
    if at + 1 == len(words):
        return [END]
    word, following = words[at], words[at + 1]
    row = [*after(following, far), kind_after(far, following.kind, word.kind)]
    if word.kind in CAPITALS:
        row.append(like_after(word.like, following.like))
    if at + 2 < len(words):
        row += two_after(words[at + 2])
        row.append(kinds_after(words[at + 2].kind, following.kind, word.kind))
    return row


# Each sign is written here and nowhere else: `crf` sums them by word and by pair.


def before(word: "Word", far: str) -> list[str]:
    """Give what a word says to the next."""
    return [f"-{far}{each}" for each in word.near]


def after(word: "Word", far: str) -> list[str]:
    """Give what a word says to the one before."""
    return [f"+{far}{each}" for each in word.near]


def two_before(word: "Word") -> list[str]:
    """Give what a word says to the next but one."""
    return [f"--{each}" for each in word.near]


def three_before(word: "Word") -> list[str]:
    """Give what a word says to the third after it."""
    return [f"---{word.near[0]}"]


def on_line(word: "Word") -> list[str]:
    """Give what the first word of a line says to the others: a label, a bullet, a heading."""
    return [f"0{word.near[0]}"]


def two_after(word: "Word") -> list[str]:
    """Give what a word says to the last but one."""
    return [f"++{each}" for each in word.near]


def gaps(before_it: str, behind_it: str) -> str:
    """Write what parts a word from its neighbours."""
    return f"g={before_it}/{behind_it}"


def kind_before(far: str, previous: str, kind: str) -> str:
    """Write the kinds of a word and of the one before."""
    return f"-k{far}{previous}{kind}"


def kind_after(far: str, following: str, kind: str) -> str:
    """Write the kinds of a word and of the next."""
    return f"+k{far}{following}{kind}"


def kinds_before(second: str, previous: str, kind: str) -> str:
    """Write the kinds of a word and of two before."""
    return f"--k{second}{previous}{kind}"


def kinds_after(second: str, following: str, kind: str) -> str:
    """Write the kinds of a word and of the next two."""
    return f"++k{second}{following}{kind}"


def like_before(previous: str, like: str) -> str:
    """Write the likeness to names of a word and of the one before."""
    return f"-l{previous}{like}"


def like_after(like: str, following: str) -> str:
    """Write the likeness to names of a word and of the next."""
    return f"+l{like}{following}"


def capital(left: str, like: str, right: str, *, begins: bool) -> list[str]:
    """Write the likenesses around a capitalised word; `begins` where anything has a capital."""
    return [f"b{'s' if begins else 'm'}{like}", f"t{left}/{like}/{right}"]


class Memory:
    """What the rest of a text says of a word: a name once is a name everywhere."""

    def __init__(self, runs: Sequence[Sequence[Token]]) -> None:
        self._lower: set[str] = set()
        self._inside: dict[str, int] = {}
        self._paired: dict[str, int] = {}
        for run in runs:
            previous: Word | None = None
            for token in run:
                word = word_of(token.text)
                if word.kind == "l":
                    self._lower.add(token.text)
                elif previous is not None and token.gap not in BREAKS:
                    self._note(word, previous)
                previous = word

    def _note(self, word: "Word", previous: "Word") -> None:
        if word.kind not in WORDS or len(word.own[0]) < SHORTEST + len("w="):
            return
        stem = word.stem
        if previous.kind in _INSIDE:
            self._inside[stem] = self._inside.get(stem, 0) + 1
        elif previous.kind in WORDS and previous.like[0] in "23":
            self._paired[stem] = self._paired.get(stem, 0) + 1

    def told(self, word: Word) -> list[str]:
        """Give the features that the text's other places add to a capitalised word."""
        row = []
        if word.stem in self._inside:
            row.append("d=in2" if self._inside[word.stem] > 1 else "d=in")
        if word.stem in self._paired:
            row.append("d=pair2" if self._paired[word.stem] > 1 else "d=pair")
        if word.own[0][2:] in self._lower:
            row.append("d=low")
        return row


@lru_cache(maxsize=65_536)
def word_of(text: str) -> Word:
    """Look at one word."""
    kind = _kind(text)
    if kind == "@" or (not text[0].isalnum() and kind != "l"):
        return Word((f"w={text if kind != '@' else '@'}",), (f"w={kind}",), kind, "-", text)
    lower = text.lower()
    if kind != "d":
        lower = lower.translate(_MISREAD)
    shown = lower if kind != "d" else _DIGIT.sub("0", lower)
    own = [f"w={shown}", f"s={_shape(text)}"]
    like = "-"
    near = [f"w={shown}", f"e={shown[-3:]}"]
    if kind == "d":
        return Word(tuple(own), tuple(near), kind, "-", lower)
    own += [f"p{shown[:size]}" for size in (2, 3, 4, 5) if len(shown) > size]
    own += [f"e{shown[-size:]}" for size in (1, 2, 3, 4, 5) if len(shown) > size]
    own.append("k=" + kind)
    given, surname, word = likeness(lower.rpartition("-")[2] if "-" in lower else lower)
    own += [f"G{kind}{given}", f"S{kind}{surname}", f"W{kind}{word}"]
    own += [f"GS{kind}{given}{surname}", f"GSW{kind}{given}{surname}{word}"]
    if kind in WORDS:
        known = look_up(text)
        listed = known.listed
        flags = "".join(
            "1" if each else "0" for each in (listed.given, listed.surname, listed.place)
        )
        if listed.ambiguous or known.typical or known.local:
            own.append(f"L{flags}{listed.ambiguous}{known.typical}{known.local}")
        own.append(f"L{kind}{flags}")
        near.append(f"L{flags}")
    if "-" in lower:
        own.append(f"H{kind}{likeness(lower.partition('-')[0])}")
    like = f"{max(0, given)}{max(0, surname)}{1 if word > 0 else 0}"
    near += [f"l={like}{kind}"]
    return Word(tuple(own), tuple(near), kind, like, stem_of(lower))


def stem_of(lower: str) -> str:
    """Cut a word so that most of its case forms become equal."""
    bare = _ENDINGS.sub("", lower)
    return bare[:5] if len(bare) >= 5 else bare if len(bare) >= SHORTEST else lower  # noqa: PLR2004


def _kind(text: str) -> str:
    first = text[0]
    if "@" in text or "://" in text or text.startswith("www."):
        return "@"
    if not first.isalnum():
        return first if len(text) == 1 or first not in "'\u2019" else "'"
    if first.isupper() and text[1:2] in {"", "."}:
        return "I"
    digits = sum(map(str.isdigit, text))
    if digits and (first.isdigit() or len(text) - digits < SHORTEST):
        return "d"
    if first.isupper():
        return "A" if text.isupper() else "C"
    return "l"


def _shape(text: str) -> str:
    shape = ""
    for char in text:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "0" if char.isdigit() else char
        if not shape.endswith(kind * 2):
            shape += kind
    return shape[:8]
