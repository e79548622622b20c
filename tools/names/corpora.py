"""Read the token corpora as texts with labels, cut as the product cuts its texts."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from detectors.names.tokens import LINE, NONE, SPACE, Token, tokens_of

TRAIN = (
    "fi_turku.train",
    "sv_klintan.train",
    "sv_uner.train",
    "da_uner.train",
    "no_nob.train",
    "no_nno.train",
    "en_wnut17.train",
    "en_btc_b.train",
    "en_btc_e.train",
    "en_btc_f.train",
    "en_btc_g.train",
    "en_uner_ewt.dev#first",
)
DEV = {
    "fi": "fi_turku.dev",
    "da": "da_uner.dev",
    "nb": "no_nob.dev",
    "nn": "no_nno.dev",
    "sv": "sv_uner.dev",
    "en": "en_uner_ewt.dev#rest",
    "en (tweets)": "en_wnut17.dev",
}
KEPT = frozenset({"PER", "LOC", "ORG"})
_NO_SPACE_BEFORE = frozenset(",.;:!?)]%")
_NO_SPACE_AFTER = frozenset("([")
_ROLES = frozenset({"borrower", "lender", "bank", "god", "gud", "guds", "jumala", "jumalan"})
"""What some of the corpora call a person and LABELS.md does not."""
_SENTENCES = 20
"""Sentences that are taken for one text; the corpora do not say where their texts end."""

Sentence = list[tuple[Token, str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text's runs of tokens, each token with its tag in IOB2."""

    runs: tuple[tuple[Sequence[Token], Sequence[str]], ...]


def sentences(path: Path) -> Iterator[Sentence]:
    """Give the sentences of a corpus; offsets count in the words joined by single spaces.

    A name that ends in `#first` or `#rest` is the first 60 % of a file or the rest of it.
    """
    name, _, part = path.name.removesuffix(".jsonl").partition("#")
    lines = path.with_name(f"{name}.jsonl").read_text("utf-8").splitlines()
    cut = len(lines) * 6 // 10
    for line in lines[:cut] if part == "first" else lines[cut:] if part else lines:
        row = json.loads(line)
        yield sentence_of(row["tokens"], row["tags"])


def sentence_of(words: Sequence[str], tags: Sequence[str]) -> Sentence:
    """Cut the words of a sentence into our tokens."""
    sentence: Sentence = []
    offset = 0
    before = ""
    inside = ""
    for word, tag in zip(words, tags, strict=True):
        kind = tag[2:] if tag[2:] in KEPT else ""
        if word.startswith(("@", "#")) or before == "@" or word.lower() in _ROLES:
            kind = ""
        begins = tag.startswith("B") or kind != inside
        for at, token in enumerate(tokens_of(word)):
            tight = word[0] in _NO_SPACE_BEFORE or (before and before[-1] in _NO_SPACE_AFTER)
            tight = tight or word in {"'s", "\u2019s"}
            gap = token.gap if at else NONE if tight else SPACE
            label = "O" if not kind else ("B-" if begins and at == 0 else "I-") + kind
            moved = Token(token.text, offset + token.start, offset + token.end, gap)
            sentence.append((moved, label))
        offset += len(word) + 1
        before = word
        inside = kind
    return sentence


def texts(path: Path, chance: random.Random | None) -> Iterator[Labelled]:
    """Join sentences to texts; with chance, several to a run and some in other capitals."""
    pending = [sentence for sentence in sentences(path) if sentence]
    for first in range(0, len(pending), _SENTENCES):
        group = pending[first : first + _SENTENCES]
        runs: list[tuple[list[Token], list[str]]] = []
        while group:
            count = 1 if chance is None else chance.choice((1, 1, 1, 2, 3))
            run: list[Token] = []
            tags: list[str] = []
            for number, sentence in enumerate(group[:count]):
                tokens = [token for token, _ in sentence]
                if number and chance is not None:
                    gap = chance.choice((SPACE, SPACE, SPACE, LINE))
                    tokens[0] = tokens[0]._replace(gap=gap)
                if chance is not None:
                    tokens = _recased(tokens, chance)
                run += tokens
                tags += [tag for _, tag in sentence]
            del group[:count]
            runs.append((run, tags))
        yield Labelled(tuple(runs))


def _recased(tokens: list[Token], chance: random.Random) -> list[Token]:
    drawn = chance.random()
    if drawn < 0.02:
        return [token._replace(text=token.text.upper()) for token in tokens]
    if drawn < 0.03:
        return [token._replace(text=token.text.lower()) for token in tokens]
    return tokens


def spans(tokens: Sequence[Token], tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Give the labelled spans by their offsets."""
    found = set()
    start = end = -1
    kind = ""
    for token, tag in zip(tokens, tags, strict=True):
        if kind and tag != "I-" + kind:
            found.add((start, end, kind))
            kind = ""
        if tag != "O" and not kind:
            kind, start = tag[2:], token.start
        end = token.end
    if kind:
        found.add((start, end, kind))
    return found
