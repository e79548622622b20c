"""Where the parts of a notice begin, and what each is about.

Notices are pasted from web pages: headings lose their marks, the empty line before them, or the
one after. So a heading is what is marked as one (Markdown, a number), or a short line that stands
as headings do; the words of `sections.yaml` tell what it announces. A heading that announces
nothing of its own and stands on its text is a sub-heading: the section goes on.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files

import yaml

from detectors.language import guess_language
from ropa.notice.durations import durations
from ropa.notice.text import Line, NoticeText, Section, lines_of

INTRODUCTION = "introduction"
_LANGUAGE = "language"
_TITLE = "title"
_LABELS = "labels"
_NO_ROLES = frozenset({_LANGUAGE, _TITLE, _LABELS})
_LONGEST = 110
_MOST_WORDS = 14
_MOST_OF_LABEL = 5
"""Words of a heading that ends in a colon, or of a label; longer ones announce a list."""
_FIRST_LINES = 10
"""Lines with words among which the title is looked for."""
_BROKEN = 45
"""Characters of a line that may be the first part of a sentence."""
_LONG = 60
"""Characters of a line that is text and no item of a list."""
_RELATED: Mapping[str, tuple[str, ...]] = {
    "fi": ("fi",),
    "sv": ("sv",),
    "no": ("no", "da"),
    "da": ("da", "no"),
    "en": ("en",),
}
"""Languages whose words may announce a section; in a text of none, all of them."""
_MARKS = "#*_ \t\ufeff"
_MARKDOWN = re.compile(r"\s*(#{1,6})\s+\S")
_BOLD = re.compile(r"\s*(\*\*|__)\S.*\1:?\s*$")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*$")
_NUMBER = re.compile(
    r"\s*(?:(?P<digits>\d{1,2}(?:\.\d{1,2})*)(?P<point>[.)]?)\s+|[IVX]{1,5}[.)]\s+|§\s?\d+\.?\s+"
    r"|(?P<letter>[A-Z])[.)]\s+)(?=[^\W\d])"
)
_NO_HEADING = re.compile(r"[.;,]\s*$|[.!]\s+\S|https?://|\bwww\.|@|\d{5,}|\t|\|")
_LISTS = re.compile(r":\s+\S.*,")
_LABEL = re.compile(r"\s*+\|?\s*+([^\W\d][^:\t|.]{2,60}?)\s*(?::\s|\t|\|)\s*(?=\S)")
_ENDED = re.compile(r"[.!?:;)\"”»]\s*$")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b[Vv]ersi\w+:?\s+\d")
_URL_ONLY = re.compile(r"\s*https?://\S+\s*$")
_FRONT_TITLE = re.compile(r"\s*title:\s*\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Start:
    """A line at which a section may begin."""

    line: Line
    role: str
    level: int
    """Of Markdown or of its number; 0 for a plain line."""
    is_sub: bool = False
    """It announces nothing of its own."""
    is_content: bool = False
    """`Label: text`, which is content and begins a section."""


def notice_of(name: str, text: str) -> NoticeText:
    """Cut a text into lines and sections."""
    lines = lines_of(text)
    language = _language_of(lines)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    title = _title(lines, language)
    notice = NoticeText(name, language, lines, title_line=title, sha256=digest)
    return replace(notice, sections=tuple(_sections(notice)))


def _language_of(lines: Sequence[Line]) -> str:
    """Name the language: by the commonest small words, else by those of notices.

    Danish and Norwegian share most small words, so their own words decide between them.
    """
    text = " ".join(line.text for line in lines)
    guessed = guess_language(text)
    if guessed in ("fi", "en", "sv"):
        return guessed
    lower = text.lower()
    counts = {
        language: len(words[_LANGUAGE].findall(lower)) for language, words in _words().items()
    }
    best = max(counts, key=counts.__getitem__)
    if guessed and guessed in counts and counts[guessed] == counts[best]:
        return guessed
    return best if counts[best] > 1 else guessed


def role_of(heading: str, language: str) -> str:
    """Say what a heading announces; empty if its words tell nothing.

    >>> role_of("Kuinka kauan säilytämme henkilötietojasi?", "fi")
    'retention'
    >>> role_of("3.1 Recipients", "en")
    'recipients'
    """
    lower = _bare(heading).lower()
    for each in _RELATED.get(language, tuple(_words())):
        for role, pattern in _words()[each].items():
            if role not in _NO_ROLES and pattern.search(lower):
                return role.rstrip("_")
    return ""


def _bare(heading: str) -> str:
    """Take marks and number off a heading."""
    return _NUMBER.sub("", heading.strip(_MARKS), count=1)


def _title(lines: Sequence[Line], language: str) -> int:
    """Give the number of the title's line: it names the document, or is first and no section."""
    first = [line for line in lines if not line.is_empty][:_FIRST_LINES]
    for at, line in enumerate(first):
        marked = _MARKDOWN.match(line.text)
        if _FRONT_TITLE.match(line.text) or (at == 0 and marked and len(marked[1]) == 1):
            return line.number
        short = len(line.text) <= _LONGEST and not _NO_HEADING.search(line.text)
        if short and _known(_TITLE, line.text, language):
            return line.number
    rest = [line for line in first if not _URL_ONLY.match(line.text)]
    if rest and _could_head(rest[0]) and ":" not in rest[0].text:
        return 0 if role_of(rest[0].text, language) or _numbered(rest[0]) else rest[0].number
    return 0


def _known(name: str, text: str, language: str) -> bool:
    languages = [language] if language in _words() else list(_words())
    return any(_words()[each][name].search(text.lower()) for each in languages)


def _sections(notice: NoticeText) -> Iterator[Section]:
    starts = list(_starts(notice))
    last = len(notice.lines)
    first = starts[0].line.number - 1 if starts else last
    number = 1
    opening = [line for line in notice.lines[notice.title_line : first] if not line.is_empty]
    if opening:
        yield Section(f"S{number:02}", INTRODUCTION, "", 0, notice.title_line + 1, first)
        number += 1
    for at, start in enumerate(starts):
        end = starts[at + 1].line.number - 1 if at + 1 < len(starts) else last
        line = start.line
        if start.is_content:
            yield Section(f"S{number:02}", start.role, "", 0, line.number, end)
        else:
            heading = line.text.strip(_MARKS)
            yield Section(f"S{number:02}", start.role, heading, line.number, line.number + 1, end)
        number += 1


def _starts(notice: NoticeText) -> Iterator[_Start]:
    """Give the lines at which sections begin, sub-headings left out."""
    found = (_start(line, notice) for line in notice.lines[notice.title_line :])
    every = [start for start in found if start is not None]
    contents = _contents(every)
    current: _Start | None = None
    for start in every:
        if start.line.number in contents or _belongs_to(start, current):
            continue
        if current is not None and _is_first_item(start, current, notice):
            continue
        current = start
        yield start


def _is_first_item(start: _Start, current: _Start, notice: NoticeText) -> bool:
    """Say whether a plain line right under the heading of the data is the first of its list."""
    between = notice.lines[current.line.number : start.line.number - 1]
    return (
        current.role == "data_categories"
        and start.level == 0
        and not start.is_content
        and not start.line.text.rstrip().endswith("?")
        and all(line.is_empty for line in between)
    )


def _contents(every: Sequence[_Start]) -> frozenset[int]:
    """Give the lines of a table of contents: headings next to others, that stand again later."""
    numbers = {start.line.number for start in every}
    last = {_bare(start.line.text).lower(): start.line.number for start in every}
    return frozenset(
        number
        for start in every
        if {(number := start.line.number) - 1, number + 1} & numbers
        and number < last[_bare(start.line.text).lower()]
    )


def _belongs_to(start: _Start, current: _Start | None) -> bool:
    """Say whether a heading is a part of the section that it stands in."""
    if current is None:
        return start.is_sub
    deeper = start.level > current.level > 0 or (current.level > 0 and start.level == 0)
    if start.is_content:
        if start.role == "version":
            return False
        return start.role in (current.role, "") or (
            start.role == "contacts" and current.role in ("data_categories", "controller")
        )
    if start.role and start.role != current.role:
        return False
    return start.is_sub or deeper


def _start(line: Line, notice: NoticeText) -> _Start | None:
    text = line.text.strip()
    role = role_of(text, notice.language)
    marked = _MARKDOWN.match(line.text)
    if marked:
        return _Start(line, role, len(marked[1])) if len(text) <= 2 * _LONGEST else None
    label = _label(line, notice)
    if label is not None or not _could_head(line) or _breaks_off(line, notice):
        return label
    if _DATED.search(text) and _known(_LABELS, text, notice.language):
        return None if line.is_bullet else _Start(line, "version", 0, is_content=True)
    if _UNDERLINE.match(_after(notice, line, 1)):
        return _Start(line, role, 1 if "=" in _after(notice, line, 1) else 2)
    if _numbered(line):
        return _after_number(line, role, notice)
    return None if line.is_bullet else _plain(line, role, notice)


def _after_number(line: Line, role: str, notice: NoticeText) -> _Start | None:
    """Judge a numbered line: next to another one it is an item, unless its words announce."""
    is_item = _numbered_text(_after(notice, line, 1)) or _numbered_text(_before(notice, line))
    return None if is_item and not role else _Start(line, role, _numbered(line))


def _plain(line: Line, role: str, notice: NoticeText) -> _Start | None:
    """Judge a line without marks by how it stands."""
    text = line.text.strip()
    before, after = _before(notice, line), _after(notice, line, 1)
    if role and not before.strip():
        return _Start(line, role, 0)
    follows = _next(notice, line)
    is_text = len(follows) >= _LONG or _ENDED.search(follows) is not None
    if role:
        ended = _ENDED.search(before) is not None or _is_bullet(notice, line.number - 1)
        return _Start(line, role, 0) if (ended and is_text) or text.isupper() else None
    if before.strip() or not (text[:1].isupper() or _BOLD.match(line.text)) or ":" in text:
        return None
    if durations(text) or not (is_text or _is_bullet(notice, line.number + 1)):
        return None
    return _Start(line, "", 0, is_sub=bool(after.strip()))


def _label(line: Line, notice: NoticeText) -> _Start | None:
    """Judge a line `Label: text`, or a row of a form whose first cell is the label."""
    before = _before(notice, line)
    if line.is_bullet or (before.strip() and not _LABEL.match(before)):
        return None
    match = _LABEL.match(line.text)
    if match is None or len(match[1].split()) > _MOST_OF_LABEL:
        return None
    if not _known(_LABELS, match[1], notice.language):
        return None
    role = "version" if _DATED.search(line.text) else role_of(match[1], notice.language)
    return _Start(line, role, 0, is_content=True)


def _could_head(line: Line) -> bool:
    text = line.text.strip()
    if not text or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    if text.endswith(":") and len(text.split()) > _MOST_OF_LABEL:
        return False
    if _LISTS.search(text):
        return False
    return _NO_HEADING.search(_bare(text)) is None and any(map(str.isalpha, text))


def _breaks_off(line: Line, notice: NoticeText) -> bool:
    """Say whether the next line goes on with a sentence that began on this one."""
    after = _after(notice, line, 1).strip()
    is_long = len(line.text.strip()) >= _BROKEN
    return is_long and after[:1].islower() and not _is_bullet(notice, line.number + 1)


def _numbered(line: Line) -> int:
    """Give the depth of a heading's number; 0 without one."""
    return _numbered_text(line.text.lstrip("*_ "))


def _numbered_text(text: str) -> int:
    match = _NUMBER.match(text)
    if match is None or not text[match.end() :][:1].isupper():
        return 0
    return match["digits"].count(".") + 1 if match["digits"] else 1


def _before(notice: NoticeText, line: Line) -> str:
    return notice.lines[line.number - 2].text if line.number > 1 else ""


def _after(notice: NoticeText, line: Line, distance: int) -> str:
    at = line.number - 1 + distance
    return notice.lines[at].text if at < len(notice.lines) else ""


def _next(notice: NoticeText, line: Line) -> str:
    """Give the next line with words."""
    rest = notice.lines[line.number : line.number + 4]
    return next((each.text for each in rest if not each.is_empty), "")


def _is_bullet(notice: NoticeText, number: int) -> bool:
    return 1 <= number <= len(notice.lines) and notice.lines[number - 1].is_bullet


@cache
def _words() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Read the words of headings: language → role → pattern."""
    raw = yaml.safe_load(files("ropa.notice").joinpath("sections.yaml").read_text("utf-8"))
    return {
        language: {role: re.compile(pattern) for role, pattern in roles.items()}
        for language, roles in raw.items()
    }
