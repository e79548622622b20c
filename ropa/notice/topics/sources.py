"""Where the data comes from (Art. 14(2)(f))."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ropa.notice.base import Evidence, Stated
from ropa.notice.lexicon import words
from ropa.notice.statements import Statement, is_denied, role_of, statements
from ropa.notice.text import NoticeText, Sentence

_FILE = "sources"
_SECTION = "sources"
_MOST_WORDS = 8
"""Of an item of the list that names a source."""
_SUBJECT = "the data subject"
_LOGGING = "automatic server logging"
_PLATFORMS = "social-media platforms"
_PARTNERS = "partners that share data with us"
_ANYWHERE = frozenset({_LOGGING, _PARTNERS})
"""The words themselves say that data comes from there."""
_OF_SUBJECT = frozenset({_SECTION, "data_categories", "introduction", ""})
_PLACES = _OF_SUBJECT | {"purposes", "lawful_basis"}
_OTHER_MATTERS = frozenset(
    {"rights", "retention", "transfers", "security", "cookies", "automated", "complaint", "changes"}
)
_REACH = 160
"""Characters before a source in which `from` stands, with others listed between."""
_REFEREES = "referees"
_WHERE_ASKED = frozenset({"recipients", "data_categories", "introduction", ""})
_AUTHORITIES = "authorities and registers"
_FROM = re.compile(
    r"\b(?:from|från|fra|frå|hos|look at|tittar på|ser på)\s+(?:[^,.;:()]{2,30},\s+){0,6}"
    r"(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_ELATIVE = re.compile(r"(?:lta|ltä|sta|stä)(?:mme|si)?$")
"""Finnish endings that mean `from`."""
_NAMED = re.compile(
    r"(?:\b(?:från|frå|fra|from|of|by|hos)\s+)?(?P<name>[A-ZÅÄÖÆØ][\w&'\u2019-]*(?:\s[A-ZÅÄÖÆØ&][\w&'\u2019-]*){0,4}"
    r"\s(?:Oyj|Oy|AB|Ab|ASA|AS|A/S|ApS|Ltd|Inc|GmbH))(?![\w-])"
)


class Source(Stated):
    """One source."""

    id: str
    name: str
    qualifier: str | None = None
    """What limits it, in the notice's words."""
    consent_mentioned: bool = False


def read_sources(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the sources; each kind once, with every sentence that names it."""
    del found
    named: dict[str, dict[Evidence, str]] = {}
    for name, sentence in _named(notice):
        named.setdefault(name, {}).setdefault(sentence.evidence(), sentence.text)
    return {
        "sources": tuple(
            Source(
                id=f"SRC{number}",
                name=name,
                qualifier=_qualifier(next(iter(said.values())), notice.language),
                consent_mentioned=any(
                    words(_FILE, "consent").search(text, notice.language) for text in said.values()
                ),
                evidence=tuple(said),
            )
            for number, (name, said) in enumerate(named.items(), start=1)
        )
    }


def _named(notice: NoticeText) -> Iterator[tuple[str, Sentence]]:
    for statement in statements(notice, _FILE, "kinds"):
        if not _is_source(statement, notice.language):
            continue
        text = statement.sentence.text
        company = [match.span("name") for match in _NAMED.finditer(text)]
        if any(start <= statement.start < end for start, end in company):
            continue
        if statement.name == _AUTHORITIES:
            for name in _proper_names(statement, notice.language):
                yield name, statement.sentence
        else:
            yield statement.name, statement.sentence
    yield from _own_words(notice)


def _own_words(notice: NoticeText) -> Iterator[tuple[str, Sentence]]:
    """Give companies that the section names, and items of its list that no word list knows."""
    known = {
        (each.sentence.line.number, each.sentence.start)
        for each in statements(notice, _FILE, "kinds")
    }
    for sentence in notice.sentences:
        if role_of(notice, sentence) != _SECTION or is_denied(sentence.text, notice.language):
            continue
        names = [match["name"] for match in _NAMED.finditer(sentence.text)]
        place = (sentence.line.number, sentence.start)
        short = sentence.line.is_bullet and len(sentence.text.split()) <= _MOST_WORDS
        if short and not names and place not in known:
            names = [sentence.text.strip(" .;,")]
        for name in names:
            yield name, sentence


def _proper_names(statement: Statement, language: str) -> Iterator[str]:
    """Give the names of authorities as they stand, or the kind where none is named."""
    found = words(_FILE, "kinds", _AUTHORITIES).find(statement.sentence.text, language)
    names = [match.group() for match in found if match.group()[:1].isupper()]
    yield from names or [_AUTHORITIES]


def _is_source(statement: Statement, language: str) -> bool:
    text = statement.sentence.text
    if is_denied(_clause(statement), language) or text.rstrip().endswith("?"):
        return False
    if statement.name == _PLATFORMS:
        return statement.role == "social_media"
    if statement.name in _ANYWHERE:
        of_partners = statement.name == _PARTNERS and statement.role == "recipients"
        return of_partners or statement.role not in (
            "rights",
            "retention",
            "automated",
            "recipients",
        )
    return statement.role == _SECTION or _is_told_elsewhere(statement, language)


def _is_told_elsewhere(statement: Statement, language: str) -> bool:
    """Say whether a sentence outside the section says that data comes from there."""
    text = statement.sentence.text
    collected = words(_FILE, "collected").search(text, language) is not None
    if statement.name == _SUBJECT:
        return statement.role in _OF_SUBJECT and collected
    contacted = words(_FILE, "contacted").search(text, language) is not None
    if statement.name == _REFEREES and contacted and statement.role in _WHERE_ASKED:
        return True
    obtained = words(_FILE, "obtained").search(text, language) is not None
    told = obtained and statement.role not in _OTHER_MATTERS
    return (told or (statement.role in _PLACES and collected)) and _stands_as_source(statement)


def _clause(statement: Statement) -> str:
    """Give the part of the sentence, between commas, that holds the words."""
    text = statement.sentence.text
    start = text.rfind(", ", 0, statement.start) + 1
    end = text.find(", ", statement.end)
    return text[start : end if end > 0 else len(text)]


def _stands_as_source(statement: Statement) -> bool:
    """Say whether the words come after `from`, or have the case that means it."""
    text = statement.sentence.text
    before = text[max(0, statement.start - _REACH) : statement.start]
    said = text[statement.start : statement.end]
    return _FROM.search(before) is not None or _ELATIVE.search(said) is not None


def _qualifier(text: str, language: str) -> str | None:
    match = words(_FILE, "qualifier").search(text, language)
    return match.group().strip(" ,") if match else None
