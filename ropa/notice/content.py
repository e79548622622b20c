"""What lines are about by what they say, where no heading tells it.

Many notices have headings that no list of words knows, or none at all. Lines that stand together
and speak of one thing are read like a section on it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ropa.notice.text import Line, NoticeText, Section

_GAP = 3
"""Lines between two that still stand together; an empty one is a line, too."""


def with_content(
    notice: NoticeText,
    role: str,
    tells: Callable[[Line], bool],
    is_enough: Callable[[Sequence[Line]], bool],
    *,
    but: Sequence[str] = (),
    after: int = 0,
) -> NoticeText:
    """Give the notice with sections of a role where enough lines together tell of it.

    `is_enough` is given the lines, with those before them that may announce them, a heading too.
    Sections of the role itself and those of the roles in `but` stay as they are. A new section
    takes the line before it, which announces it, and as many lines after it as `after` says.
    """
    added = []
    for run in _runs(notice, role, tells, but):
        if is_enough((*_before(notice, run[0]), *run)):
            first = max(1, run[0].number - 1)
            last = min(len(notice.lines), run[-1].number + after)
            added.append(Section("", role, "", 0, first, last))
    return replace(notice, sections=(*added, *notice.sections)) if added else notice


def _before(notice: NoticeText, line: Line) -> Sequence[Line]:
    """Give the lines before one, as far as they stand together with it."""
    first = max(0, line.number - 1 - _GAP)
    return [each for each in notice.lines[first : line.number - 1] if not each.is_empty]


def _runs(
    notice: NoticeText, role: str, tells: Callable[[Line], bool], but: Sequence[str]
) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in notice.lines:
        if line.is_empty or not tells(line):
            continue
        section = notice.section_of(line)
        if section is not None and section.role in (role, *but):
            continue
        if run and line.number - run[-1].number > _GAP:
            yield run
            run = []
        run.append(line)
    if run:
        yield run
