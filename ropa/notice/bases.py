"""Lawful bases in a sentence: Art. 6(1) and Art. 9(2), cited in any way or told in words.

Notices write "kohta 6. (1) f", "artikel 6.1 f", "art. 6 nr. 1 bokstav f", "artikel 6, stk. 1,
litra f" or "Article 6(1)(f)" for one and the same thing. A basis that is denied or only supposed
is none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from ropa.model import Article6, Article9
from ropa.notice.wording import joined, raw_words

_ARTICLE = (
    r"(?:art(?:icles?|ikl\w*|ikkel\w*|ikel\w*|\.)?|kohda\w*|kohta|GDPR|DSGVO|TSA|"
    r"(?:tietosuoja-?)?asetu\w+|\w*f[öo]rordning\w*|forordning\w*)"
)
_NOTHING = r"[\s.,:;(§'\u2019]*"
_PARAGRAPH = (
    r"(?:(?:nr|no|stk|st|mom|avsnitt|kohta|paragraph|para|punkt|pkt|ledd|subsection)\.?\s*)?"
    r"\(?(?:1|2|first|första|første|fyrste|ensimmäi\w+)\)?"
    r"(?:\s*(?:kohda\w*|kohta|momenti\w*|stycket|första stycket|første ledd|ledd|paragraph))?"
)
_MARK = (
    r"(?:bokstav(?:en)?|litra|litera|lit|led|letter|point|punkt|pkt|"
    r"alakohta|alakohda\w*|underpunkt)"
)
_LETTER = r"\(?['\"\u2019\u201d]?(?P<letter>[a-j])['\"\u2019\u201d]?\)?(?![\w])"
_CITED = re.compile(
    rf"(?<![\w.])(?:{_ARTICLE}{_NOTHING}(?P<after>6|9)|(?P<before>6|9)\.?\s*art(?:\.|ik\w*))"
    rf"{_NOTHING}{_PARAGRAPH}{_NOTHING}(?:{_MARK}\.?\s*)?{_LETTER}",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w.])(?P<after>6|9)\s*\((?:1|2)\){_NOTHING}{_LETTER}", re.IGNORECASE)
_REVERSED = re.compile(
    rf"(?<!\w){_MARK}\.?\s*{_LETTER}\s+(?:of|i|av|af|under|in)\s+{_ARTICLE}{_NOTHING}"
    r"(?P<after>6|9)(?!\d)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"\s*-?(?:alakohda\w*|alakohta|kohta|kohda\w*)?\s*(?:,|&|/|and|or|og|och|ja|sekä|eller|samt|tai)"
    rf"\s*(?:{_MARK}\.?\s*)?{_LETTER}",
    re.IGNORECASE,
)
_LETTERS = {"6": "abcdef", "9": "abcdefghij"}
_REACH = 80
"""Characters before a basis in which a negation denies it."""


@dataclass(frozen=True, slots=True)
class Basis:
    """One basis, and the words that give it."""

    name: str
    """As DPV calls it: `A6-1-f`, `A9-2-b`."""
    start: int
    end: int
    is_cited: bool
    """By article, not only in words."""


def bases(text: str) -> tuple[Basis, ...]:
    """Find the bases that a sentence rests on, each once, in its order.

    >>> [basis.name for basis in bases("Perusteena on oikeutettu etu (ks. kohta 6. (1) f).")]
    ['A6-1-f']
    >>> [basis.name for basis in bases("Behandlingen grundas inte på samtycke utan på avtal.")]
    []
    """
    if word("hypothetical").search(text):
        return ()
    found: dict[str, Basis] = {}
    for basis in (*_cited(text), *_in_words(text)):
        if not _is_denied(text, basis):
            found.setdefault(basis.name, basis)
    return tuple(sorted(found.values(), key=lambda basis: basis.start))


def word(name: str) -> re.Pattern[str]:
    """Give a pattern of `topics/purposes.yaml`."""
    return _words()[name]


def _cited(text: str) -> Iterator[Basis]:
    for pattern in (_CITED, _BARE, _REVERSED):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            article = groups.get("after") or groups.get("before") or ""
            yield from _letters(article, text, match)


def _letters(article: str, text: str, match: re.Match[str]) -> Iterator[Basis]:
    """Give the basis of a citation and those listed after it: "(b), (c) and (f)"."""
    following: re.Match[str] | None = match
    while following:
        letter = following["letter"].lower()
        if letter not in _LETTERS[article]:
            return
        paragraph = "1" if article == "6" else "2"
        yield Basis(
            f"A{article}-{paragraph}-{letter}", match.start(), following.end(), is_cited=True
        )
        following = _NEXT.match(text, following.end())


def _in_words(text: str) -> Iterator[Basis]:
    is_special = word("special").search(text) is not None
    for name in (*get_args(Article6), *get_args(Article9)):
        if name not in _words() or (name.startswith("A9") and not is_special):
            continue
        for match in word(name).finditer(text):
            yield Basis(name, match.start(), match.end(), is_cited=False)


def _is_denied(text: str, basis: Basis) -> bool:
    """Say whether the clause before a basis, or the words right after it, deny it."""
    before = text[max(0, basis.start - _REACH) : basis.start]
    clause = max((match.end() for match in word("but").finditer(before)), default=0)
    if word("denied").search(before[clause:]):
        return True
    return word("denied_after").match(text[basis.end :]) is not None


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    words = raw_words("ropa.notice.topics", "purposes")["words"]
    return {name: joined(by_language) for name, by_language in words.items()}
