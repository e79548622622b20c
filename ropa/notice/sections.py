"""Where the parts of a notice begin, and what each is about.

A heading is a short line that ends like none of the sentences, or one that the words of
`sections.yaml` know; many notices put no empty line before it, or the text on the next line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

import yaml

from detectors.language import guess_language
from ropa.notice.text import Line, NoticeText, Section, lines_of

INTRODUCTION = "introduction"
_LONGEST = 110
_MOST_WORDS = 14
_MOST_OF_LABEL = 5
"""Words of a heading that ends in a colon; longer ones announce a list."""
_NUMBER = re.compile(r"\s*(?:#{1,6}\s+|(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|§ ?\d+)[.)]?\s+)?")
_NO_HEADING = re.compile(r"[.;,]\s*$|[.!]\s+\S|https?://|@|\d{5,}")


def notice_of(name: str, text: str) -> NoticeText:
    """Cut a text into lines and sections."""
    lines = lines_of(text)
    notice = NoticeText(name, guess_language(" ".join(line.text for line in lines)), lines)
    return replace(notice, sections=tuple(_sections(notice)))


def role_of(heading: str, language: str) -> str:
    """Say what a heading announces; empty if its words tell nothing.

    >>> role_of("Kuinka kauan säilytämme henkilötietojasi?", "fi")
    'retention'
    """
    lower = _NUMBER.sub("", heading, count=1).lower()
    for words in (_words().get(language, {}), *_words().values()):
        for role, pattern in words.items():
            if pattern.search(lower):
                return role
    return ""


def _sections(notice: NoticeText) -> Iterator[Section]:
    starts = [line for line in notice.lines if _is_heading(line, notice)]
    last = len(notice.lines)
    first = starts[0].number - 1 if starts else last
    number = 1
    if any(not line.is_empty for line in notice.lines[:first]):
        yield Section(f"S{number:02}", INTRODUCTION, "", 0, 1, first)
        number += 1
    for at, line in enumerate(starts):
        end = starts[at + 1].number - 1 if at + 1 < len(starts) else last
        heading = line.text.strip().lstrip("# ")
        role = role_of(heading, notice.language)
        yield Section(f"S{number:02}", role, heading, line.number, line.number + 1, end)
        number += 1


def _is_heading(line: Line, notice: NoticeText) -> bool:
    text = line.text.strip()
    if not text or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    if text.startswith("#"):
        return True
    if text.endswith(":") and len(text.split()) > _MOST_OF_LABEL:
        return False
    numbered = _NUMBER.match(text)
    if _NO_HEADING.search(text) or (line.is_bullet and not (numbered and numbered.group())):
        return False
    before = notice.lines[line.number - 2] if line.number > 1 else None
    stands_apart = before is None or before.is_empty
    known = role_of(text, notice.language) != ""
    return known if not stands_apart else known or (text[:1].isupper() and ":" not in text)


@cache
def _words() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Read the words of headings: language → role → pattern."""
    raw = yaml.safe_load(files("ropa.notice").joinpath("sections.yaml").read_text("utf-8"))
    return {
        language: {role: re.compile(pattern) for role, pattern in roles.items()}
        for language, roles in raw.items()
    }
