"""Sentences that say one of the things on a list: what several topics look for."""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.notice.lexicon import raw, words
from ropa.notice.text import NoticeText, Sentence

_DENIED = ("statements", "denied")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, and what it says."""

    name: str
    """Key in the topic's word list."""
    sentence: Sentence
    start: int
    """Where in the sentence the words stand."""
    end: int
    role: str
    """Of its section."""


def statements(notice: NoticeText, file: str, group: str) -> Iterator[Statement]:
    """Give every sentence that says a thing on the list, in the order of the text."""
    for sentence in notice.sentences:
        role = role_of(notice, sentence)
        if role is None:
            continue
        for name in raw(file)[group]:
            match = words(file, group, name).search(sentence.text, notice.language)
            if match:
                yield Statement(name, sentence, match.start(), match.end(), role)


def role_of(notice: NoticeText, sentence: Sentence) -> str | None:
    """Give the role of a sentence's section; None for titles and headings."""
    section = notice.section_of(sentence.line)
    if section is None or sentence.line.number == notice.title_line:
        return None
    return section.role


def is_denied(text: str, language: str) -> bool:
    """Say whether a sentence denies something."""
    return words(*_DENIED).search(text, language) is not None
