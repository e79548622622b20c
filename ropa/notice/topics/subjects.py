"""Whose data the notice is about (Art. 30(1)(c))."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from ropa.notice.base import Stated
from ropa.notice.lexicon import raw, words_of
from ropa.notice.lexicon import words as lexicon
from ropa.notice.statements import is_denied, role_of
from ropa.notice.text import NoticeText, Sentence
from ropa.notice.topics.categories import DataCategory

_FILE = "subjects"
_SECTION = "data_subjects"
_APPLICANTS = "job applicants"
_REFEREES = "referees"
_VISITORS = "visitors of online services"
_FOLLOWERS = "social-media followers/commenters"
_LANGUAGES = ("fi", "sv", "no", "da", "en")
_OPENING = frozenset({"introduction", "data_categories", "purposes", ""})
_FOR_ALL = frozenset({_APPLICANTS, "employees", "members", "students", "patients", "volunteers"})
"""Groups that an opening sentence may name; of others it speaks for other reasons."""
_NEAR = 240
"""Characters from the beginning of a sentence within which its subject is named."""


class DataSubject(Stated):
    """One group of people."""

    id: str
    name: str
    dpv: str | None = None


def read_subjects(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the groups of people; referees are concluded from references that are collected."""
    named: dict[str, dict[str, Sentence]] = {}
    for name, sentence in _named(notice):
        named.setdefault(name, {}).setdefault(sentence.text, sentence)
    subjects = [
        DataSubject(
            id=f"DS{number}",
            name=name,
            dpv=raw(_FILE)["kinds"][name]["dpv"],
            evidence=tuple(each.evidence() for each in islice(sentences.values(), 3)),
        )
        for number, (name, sentences) in enumerate(named.items(), start=1)
    ]
    inferred = None if _REFEREES in named else _inferred(found.get("data_categories", ()))
    if inferred is not None:
        subjects.append(inferred.model_copy(update={"id": f"DS{len(subjects) + 1}"}))
    return {"data_subjects": tuple(subjects)}


def _inferred(categories: tuple[DataCategory, ...]) -> DataSubject | None:
    """Conclude that there are referees where references are collected."""
    for category in categories:
        if any(item.kind == "references" for item in category.items):
            return DataSubject(id="", name=_REFEREES, inferred=True, evidence=category.evidence[:1])
    return None


def _named(notice: NoticeText) -> Iterator[tuple[str, Sentence]]:
    kinds = {
        name: words_of({key: node[key] for key in _LANGUAGES})
        for name, node in raw(_FILE)["kinds"].items()
    }
    for sentence in notice.sentences:
        role = role_of(notice, sentence)
        if role is None or sentence.text.rstrip().endswith("?"):
            continue
        for name, pattern in kinds.items():
            match = pattern.search(sentence.text, notice.language)
            if match and _is_subject(name, match, sentence, role, notice.language):
                yield name, sentence


def _is_subject(
    name: str, match: re.Match[str], sentence: Sentence, role: str, language: str
) -> bool:
    """Say whether a sentence says that the group's data is processed."""
    text = sentence.text
    if is_denied(text, language):
        return False
    if role == _SECTION:
        return name not in (_VISITORS, _FOLLOWERS) or _visits(text, language)
    processed = lexicon(_FILE, "processed").search(text, language) is not None
    if name == _VISITORS:
        return _visits(text, language) and processed and role not in ("changes", "rights")
    if name == _FOLLOWERS:
        return role == "social_media" and _is_address(text, match)
    if name == _REFEREES:
        return lexicon(_FILE, "referee_data").search(text, language) is not None
    return name in _FOR_ALL and role in _OPENING and processed and match.start() < _NEAR


def _visits(text: str, language: str) -> bool:
    return lexicon(_FILE, "visiting").search(text, language) is not None


def _is_address(text: str, match: re.Match[str]) -> bool:
    """Say whether a sentence speaks to those who do it: `if you like or share`."""
    before = text[: match.start()].lower()
    return (
        re.search(r"\b(?:jos|kun|om|når|när|hvis|if|when)\b", before + text[:20].lower())
        is not None
    )
