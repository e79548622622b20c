"""How the notice changes, what it says of cookies, where its links and references lead.

Also whether the person must give data (Art. 13(2)(e)). A link whose target is lost in the text is
told, since what it promised to show cannot be read; so is a reference to a part that is not there.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ropa.notice.base import Evidence, Stated, Value
from ropa.notice.lexicon import raw, words
from ropa.notice.statements import is_denied, role_of
from ropa.notice.text import NoticeText, Sentence

_FILE = "changes"
_URL = re.compile(
    r"https?://|www\.|\]\(|\S@\S|\b[\w-]+\.(?:fi|se|no|dk|com|eu|org|net|io|example)\b"
)
_NUMBERED = re.compile(r"\s*(?:#{1,6}\s*)?\W{0,2}(?:§\s?)?(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+\S")
_SEVERAL = 2
_LONGEST_LIST = 200
"""Lines below a sentence in which the countries that it announces are listed."""
_OTHER_MATTERS = frozenset(
    {"rights", "retention", "security", "cookies", "transfers", "recipients", "automated"}
)
"""Sections in which only the words for a duty tell of one."""


class ChangePolicy(Stated):
    """How changes are made known."""

    where: str | None = None
    material_changes_notified: bool | None = None
    """Whether the person is told of changes; None where nothing is said."""


class Cookies(Stated):
    """What the notice says of cookies."""

    policy: str | None = None
    """`separate cookie policy` where it points to one."""
    url: str | None = None


def read_changes(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the change policy, cookies, obligations, links and references."""
    del found
    return {
        "change_policy": _change_policy(notice),
        "cookies": _cookies(notice),
        "statutory_or_contractual_requirement": _obligation(notice),
        "unresolved_links": tuple(_unresolved(notice)),
        "dangling_references": tuple(_dangling(notice)),
    }


def _sentences(notice: NoticeText) -> Iterator[tuple[Sentence, str]]:
    for sentence in notice.sentences:
        role = role_of(notice, sentence)
        if role is not None:
            yield sentence, role


def _change_policy(notice: NoticeText) -> ChangePolicy | None:
    language = notice.language
    about = [
        sentence
        for sentence, role in _sentences(notice)
        if words(_FILE, "changes").search(sentence.text, language)
        and role not in ("rights", "version", "security", "retention")
        and (role == "changes" or _announces(sentence, language))
    ]
    lines = {sentence.line.number for sentence in about if _in_changes(notice, sentence)}
    chosen = [each for each, _ in _sentences(notice) if each.line.number in lines] or about
    if not chosen:
        return None
    told = next(
        (each for each in chosen if words(_FILE, "notified").search(each.text, language)), None
    )
    where = next(filter(None, (_where(each, language) for each in chosen)), None)
    quoted = told or (where[1] if where else chosen[0])
    return ChangePolicy(
        where=where[0] if where else None,
        material_changes_notified=not is_denied(told.text, language) if told else None,
        evidence=(quoted.evidence(),),
    )


def _announces(sentence: Sentence, language: str) -> bool:
    """Say whether a sentence outside the section says how changes are made known."""
    told = words(_FILE, "notified").search(sentence.text, language)
    return told is not None or _where(sentence, language) is not None


def _in_changes(notice: NoticeText, sentence: Sentence) -> bool:
    return role_of(notice, sentence) == "changes"


def _where(sentence: Sentence, language: str) -> tuple[str, Sentence] | None:
    address = words(_FILE, "where").search(sentence.text, language)
    match = address if address and _URL.search(sentence.text) else None
    match = match or words(_FILE, "where_words").search(sentence.text, language)
    return (match.group().rstrip("."), sentence) if match else None


def _cookies(notice: NoticeText) -> Cookies | None:
    """Find what the section says, else the first sentence that points to a cookie policy."""
    language = notice.language
    every = [
        (sentence, role)
        for sentence, role in _sentences(notice)
        if words(_FILE, "cookies").search(sentence.text, language)
    ]
    own = [sentence for sentence, role in every if role == "cookies"]
    pointing = [
        sentence
        for sentence in (*own, *(each for each, _ in every))
        if words(_FILE, "cookie_policy").search(sentence.text, language)
    ]
    chosen = pointing[0] if pointing else (own[0] if own else None)
    if chosen is None:
        return None
    address = words(_FILE, "where").search(chosen.text, language)
    return Cookies(
        policy="separate cookie policy" if pointing else None,
        url=address.group() if address and _URL.search(chosen.text) else None,
        evidence=(chosen.evidence(),),
    )


def _obligation(notice: NoticeText) -> Value | None:
    """Find whether data must be given, and what follows where it is not."""
    language = notice.language
    told = [each for each in _sentences(notice) if not each[0].text.rstrip().endswith("?")]
    own = [sentence for sentence, role in told if role == "obligation"]
    chosen = [each for each in own if words(_FILE, "obligation").search(each.text, language)]
    chosen = chosen or own
    if not chosen:
        chosen = [
            sentence
            for sentence, role in told
            if words(_FILE, "obligation").search(sentence.text, language)
            and (role not in _OTHER_MATTERS or words(_FILE, "duty").search(sentence.text, language))
            and _is_about_giving(sentence, language)
        ][:1]
    if not chosen:
        return None
    return Value(
        value=chosen[0].text, evidence=tuple(each.evidence() for each in chosen[:_SEVERAL])
    )


def _is_about_giving(sentence: Sentence, language: str) -> bool:
    """Leave out consent that is voluntary, and obligations of the controller, as to appoint."""
    text = sentence.text
    return not any(words(_FILE, each).search(text, language) for each in ("consent", "appoint"))


def _unresolved(notice: NoticeText) -> Iterator[Evidence]:
    """Give the words that were links, where no address stands beside them."""
    for sentence, _ in _sentences(notice):
        text = sentence.text
        if _URL.search(text):
            continue
        link = words(_FILE, "link").search(text, notice.language)
        policy = words(_FILE, "cookie_policy").search(text, notice.language)
        if link:
            yield sentence.evidence(0, link.end())
        elif policy:
            yield sentence.evidence(policy.start(), policy.end())


def _dangling(notice: NoticeText) -> Iterator[Evidence]:
    """Give references to numbered parts that the notice does not have."""
    numbers = _numbers(notice)
    for sentence, _ in _sentences(notice):
        for match in words(_FILE, "reference").find(sentence.text, notice.language):
            around = sentence.text[max(0, match.start() - 40) : match.end() + 30]
            if words(_FILE, "of_law").search(around, notice.language) or match[1] is None:
                continue
            if match[1] not in numbers:
                yield sentence.evidence(0, match.end())
        several = words(_FILE, "countries_below").search(sentence.text, notice.language)
        if several and len(_countries_after(sentence, notice)) < _SEVERAL:
            yield sentence.evidence()


def _numbers(notice: NoticeText) -> frozenset[str]:
    """Give the numbers that lines of the notice begin with."""
    found = (_NUMBERED.match(line.text) for line in notice.lines)
    return frozenset(match[1] for match in found if match)


def _countries_after(sentence: Sentence, notice: NoticeText) -> set[str]:
    """Give the countries named in the section after a sentence."""
    section = notice.section_of(sentence.line)
    last = section.last if section else len(notice.lines)
    lines = notice.lines[sentence.line.number : min(last, sentence.line.number + _LONGEST_LIST)]
    return set().union(*(_countries_on(line.text) for line in lines))


@lru_cache(maxsize=4096)
def _countries_on(text: str) -> frozenset[str]:
    countries: Mapping[str, str] = raw("document")["countries"]
    return frozenset(country for country, names in countries.items() if re.search(names, text))
