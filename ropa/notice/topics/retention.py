"""For how long the notice says that data are kept: GDPR Art. 13(2)(a).

Each period is an entry of its own, and two that conflict are both kept. A statement without a
number is one of the criteria that the article allows instead, and has no duration.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args

from ropa.model import Duration as IsoDuration
from ropa.model import Trigger
from ropa.notice.base import Stated
from ropa.notice.content import with_content
from ropa.notice.durations import Duration, durations
from ropa.notice.mentioned import Categories
from ropa.notice.text import Line, NoticeText, Section, Sentence
from ropa.notice.wording import words

Action = Literal["delete", "anonymise", "archive"]
Criterion = Literal[
    "not_kept", "self_service", "until_withdrawal", "longer", "case_by_case",
    "statutory", "relationship", "as_needed", "permanent", "at_once", "moved", "event",
]  # fmt: skip

_CRITERIA = get_args(Criterion)
_STRONGEST: tuple[Criterion, ...] = ("not_kept", "self_service", "until_withdrawal", "longer")
"""Of several in one sentence; else the first."""
_TRIGGERS = (
    Trigger.SELECTION_TOLD, Trigger.EMPLOYMENT_END, Trigger.LAST_ACTIVITY, Trigger.APPLICATION,
    Trigger.DECISION, Trigger.CONSENT, Trigger.RECEIVED, Trigger.CREATED,
)  # fmt: skip
_ALL_DATA = "personal data"
_OF_OTHER_THINGS = ("cookies", "changes", "version", "contacts")
"""Roles of sections whose times are no retention of what the notice is about."""
_LONGEST_SUBJECT = 120
_SHORTEST_SUBJECT = 2
_WORDS_OF_FRAGMENT = 10
_LABEL = re.compile(r"^[^:|]{2,80}:(?=\s)")
_CLAUSE = re.compile(r"[,;:(]\s|\s[\u2013\u2014-]\s")
_CELL_END = re.compile(r"\s*[|\t]\s*|\s{3,}")
_LEAST_COLUMNS = 2
_WORDS_BEFORE = 2
_NEAR = 80
"""Characters beside a period in which words say that it is none of keeping."""
_REACH = 400
"""Characters of the clause on either side of a period."""
_EDGE = " \t,;:.|*\u2013\u2014-()"


class Period(Stated):
    """One time limit, or one criterion by which it is set."""

    id: str = ""
    applies_to: str = _ALL_DATA
    """The notice's own words; `personal data` where it speaks of all."""
    data_categories: tuple[str, ...] = ()
    """Ids of the categories that it names."""
    duration: IsoDuration | None = None
    criterion: Criterion | None = None
    """Without a duration: what decides instead."""
    words: str | None = None
    """The period or criterion as the notice puts it."""
    trigger: str | None = None
    """The event from which it runs, in the notice's words."""
    trigger_event: Trigger | None = None
    """The same, where it is one that the register knows."""
    counting: str | None = None
    action: Action | None = None
    exception: str | None = None


class _Event(NamedTuple):
    words: str
    known: Trigger | None


def read_retention(
    notice: NoticeText, found: Mapping[str, Any]
) -> Mapping[str, tuple[Period, ...]]:
    """Find the periods for which data are kept."""
    notice = with_content(
        notice, "retention", _tells_period, _is_enough, but=("rights", *_OF_OTHER_THINGS)
    )
    periods: list[Period] = []
    categories = Categories(found)
    headings = {section.heading_line for section in notice.sections}
    for sentence, section in _units(notice):
        is_heading = sentence.line.number in headings and not durations(sentence.text)
        if is_heading or _is_of_other_things(sentence, section):
            continue
        new = tuple(_periods(sentence, section)) or tuple(_criteria(sentence, section))
        named = categories.named_in(sentence.text)
        if new:
            periods += [each.model_copy(update={"data_categories": named}) for each in new]
        elif periods and _is_about_last(sentence, periods[-1], named):
            periods[-1] = _with_more(periods[-1], sentence, named)
    numbered = enumerate(_together(periods), start=1)
    return {"retention": tuple(p.model_copy(update={"id": f"RT{at}"}) for at, p in numbered)}


def _tells_period(line: Line) -> bool:
    """Say whether a line gives a length of time, and keeps or lists something."""
    if not durations(line.text) or _says(line.text, "cookies", "answers"):
        return False
    is_row = len(_cells(line)) > 1 or _LABEL.match(line.text) is not None
    return line.is_bullet or is_row or _says(line.text, "keep", "delete", "anonymise")


def _is_enough(run: Sequence[Line]) -> bool:
    timed = [line for line in run if _tells_period(line)]
    return len(timed) > 1 and any(_says(line.text, "keep", "delete", "anonymise") for line in run)


def _cells(line: Line) -> list[str]:
    return [cell.strip() for cell in re.split(r"[|\t]|\s{3,}", line.body.strip()) if cell.strip()]


def _units(notice: NoticeText) -> Iterator[tuple[Sentence, Section | None]]:
    """Give the sentences with their sections; of a table with a column of periods, that cell."""
    columns = _columns(notice)
    given: set[int] = set()
    for sentence in notice.sentences:
        number = sentence.line.number
        if number not in columns:
            yield sentence, notice.section_of(sentence.line)
        elif number not in given:
            given.add(number)
            cell = columns[number]
            if cell.text.strip():
                yield cell, Section("", "retention", "", 0, number, number)


def _columns(notice: NoticeText) -> Mapping[int, Sentence]:
    """Give the cell that tells the period, for each line of a table whose head names its column."""
    found: dict[int, Sentence] = {}
    column: int | None = None
    for line in notice.lines:
        spans = _spans(line)
        if len(spans) < _LEAST_COLUMNS:
            column = None
            continue
        head = _head(line, spans)
        column = head if head is not None else column
        if column is not None and column < len(spans):
            start, end = spans[column]
            found[line.number] = Sentence(line, start, start if head is not None else end)
    return found


def _head(line: Line, spans: Sequence[tuple[int, int]]) -> int | None:
    """Give the number of the column whose head tells of periods; a first cell is a row's label."""
    for at, (start, end) in enumerate(spans):
        if at > 0 and _says(line.text[start:end], "period_column"):
            return at
    return None


def _spans(line: Line) -> list[tuple[int, int]]:
    """Give the places of the cells of a row, empty ones too."""
    if not line.text.strip():
        return []
    first = len(line.raw) - len(line.body.lstrip(" |"))
    cuts = [*_CELL_END.finditer(line.raw.rstrip(" |"), first)]
    starts = [first, *(cut.end() for cut in cuts)]
    return list(zip(starts, [*(cut.start() for cut in cuts), len(line.raw)], strict=True))


def _words() -> Mapping[str, re.Pattern[str]]:
    return words("ropa.notice.topics", "retention")


@lru_cache(maxsize=4096)
def _says(text: str, *names: str) -> bool:
    return any(_words()[name].search(text) for name in names)


def _is_of_other_things(sentence: Sentence, section: Section | None) -> bool:
    if section is not None and section.role in _OF_OTHER_THINGS:
        return True
    return _says(sentence.line.text, "cookies") and not _is_retention(section)


def _is_retention(section: Section | None) -> bool:
    return section is not None and section.role == "retention"


# --- periods with a number ---------------------------------------------------------------------


def _periods(sentence: Sentence, section: Section | None) -> Iterator[Period]:
    text = sentence.text
    seen: set[str] = set()
    before = 0
    found = [each for each in durations(text) if _is_kept_for(sentence, each, section)]
    for at, duration in enumerate(found):
        stop = found[at + 1].start if at + 1 < len(found) else len(text)
        if duration.iso not in seen:
            seen.add(duration.iso)
            yield _period(sentence, section, duration, text[before : duration.start], stop)
        before = duration.end


def _is_kept_for(sentence: Sentence, duration: Duration, section: Section | None) -> bool:
    """Say whether a length of time is one of retention."""
    text = sentence.text
    kept = _says(text, "keep", "delete", "anonymise")
    listed = _is_retention(section) and _is_listed(sentence, duration)
    if not kept and not listed:
        return False
    before = text[max(0, duration.start - _NEAR) : duration.start]
    after = text[duration.end : duration.end + _NEAR]
    if _words()["not_before"].search(before) or _words()["not_after"].search(after):
        return False
    clause = _clause(text, duration)
    if _says(clause, "limitation") and not _says(clause, "keep", "delete"):
        return False
    if _says(clause, "not_about_data", "cookies"):
        return False
    return listed or not _is_answer(text, section)


def _is_listed(sentence: Sentence, duration: Duration) -> bool:
    """Say whether a period is given without a verb: "CVs: six months", "others a year from ...".

    Such a line stands in a list or table, begins with the period, or tells from when it runs.
    """
    if sentence.line.is_bullet or _label(sentence) or _says(sentence.text, "valid"):
        return True
    text = sentence.text
    if len(text.split()) <= _WORDS_OF_FRAGMENT and not _says(text, "verb", "answers"):
        return True
    first = text[: durations(text)[0].start]
    begins = len(first.split()) <= _WORDS_BEFORE and not _says(first, "verb")
    runs = duration.end <= _last_trigger(text) or (
        _event_after(text[duration.end : duration.end + _REACH]) is not None
    )
    return (begins or runs) and not _says(text, "answers")


def _is_answer(text: str, section: Section | None) -> bool:
    """Say whether a sentence tells when a request is answered (Art. 12(3))."""
    return _says(text, "answers") and not (_is_retention(section) or _trigger(text))


def _clause(text: str, duration: Duration) -> str:
    first, last = max(0, duration.start - _REACH), duration.end + _REACH
    start = max((m.end() for m in _CLAUSE.finditer(text, first, duration.start)), default=first)
    stop = next((m.start() for m in _CLAUSE.finditer(text, duration.end, last)), last)
    return text[start:stop]


def _period(
    sentence: Sentence, section: Section | None, duration: Duration, before: str, stop: int
) -> Period:
    text = sentence.text
    event = _event_after(text[duration.end : stop]) or _event_of(text)
    return Period(
        applies_to=_subject(sentence, section, before),
        duration=duration.iso,
        words=text[duration.start : duration.end],
        trigger=event.words if event else None,
        trigger_event=event.known if event else None,
        counting=_part(text, "counting"),
        action=_action(text),
        exception=_part(text, "unless"),
        evidence=(sentence.evidence_at(duration.start),),
    )


def _event_after(text: str) -> _Event | None:
    """Find the event in the words after a period; they tell it best."""
    known = _trigger(text)
    if known is None and _says(text, "event"):
        clause = _to_end_of_clause(text, 0)
        is_law = _says(clause.partition(",")[0], "law")
        return _Event(clause, None) if clause and not is_law else None
    return known


@lru_cache(maxsize=1024)
def _event_of(text: str) -> _Event | None:
    """Find the event in a whole sentence; "Recordings:" is what is kept, and no event."""
    event = _trigger(text)
    label = _LABEL.match(text)
    if event is not None and event.known is Trigger.CREATED and label:
        return _trigger(text[label.end() :])
    return event


def _trigger(text: str) -> _Event | None:
    """Find an event that the register knows."""
    for trigger in _TRIGGERS:
        match = _words()[trigger.value].search(text)
        if match:
            event = _to_end_of_clause(text, match.start())
            unless = _words()["unless"].search(event)
            return _Event(event[: unless.start() if unless else None].strip(_EDGE), trigger)
    return None


@lru_cache(maxsize=1024)
def _last_trigger(text: str) -> int:
    """Give where the last event begins that the register knows; -1 without one."""
    found = (match for each in _TRIGGERS for match in _words()[each.value].finditer(text))
    return max((match.start() for match in found), default=-1)


def _to_end_of_clause(text: str, start: int) -> str:
    stop = next((m.start() for m in re.finditer(r"[.;|]", text[start:])), len(text) - start)
    return text[start : start + stop].strip(_EDGE)


@lru_cache(maxsize=1024)
def _part(text: str, name: str) -> str | None:
    match = _words()[name].search(text)
    return _to_end_of_clause(text, match.start()) if match else None


def _action(text: str) -> Action | None:
    for action in ("anonymise", "delete", "archive"):
        if _says(text, action):
            return action
    return None


# --- statements without a number ---------------------------------------------------------------


def _criteria(sentence: Sentence, section: Section | None) -> Iterator[Period]:
    text = sentence.text
    end = _end_of_keeping(sentence, section)
    told = _is_retention(section) and _says(text, "the_period")
    if end is None and not told and not _says(text, "keep", "delete", "anonymise", "moved"):
        return
    if _says(text, "right") and not _says(text, "self_service"):
        return
    matches = {each: _words()[each].search(text) for each in _CRITERIA if each != "event"}
    matched: dict[Criterion, int] = {
        criterion: match.start()
        for criterion, match in matches.items()
        if match and _is_criterion(criterion, text, section)
    }
    if not matched and end is not None:
        matched["event"] = end
    announces = text.rstrip().endswith(":") and set(matched) <= {"statutory", "case_by_case"}
    if not matched or announces:
        return
    first = min(matched, key=lambda each: matched[each])
    criterion = next((each for each in _STRONGEST if each in matched), first)
    start = matched[first]
    yield Period(
        applies_to=_subject(sentence, section, text[:start]),
        criterion=criterion,
        words=_to_end_of_clause(text, start),
        trigger_event=_asked(criterion, text),
        action=_action(text),
        exception=_part(text, "unless"),
        evidence=(sentence.evidence_at(start),),
    )


def _end_of_keeping(sentence: Sentence, section: Section | None) -> int | None:
    """Find an end that is told where a period is expected: "CVs: until the post is filled"."""
    if not _is_retention(section):
        return None
    label = _LABEL.match(sentence.text)
    start = label.end() if label else 0
    is_short = len(sentence.text[start:].split()) <= _WORDS_OF_FRAGMENT
    is_listed = sentence.line.is_bullet or len(_cells(sentence.line)) > 1 or label is not None
    if not (is_short or is_listed or _says(sentence.text, "keep", "delete")):
        return None
    match = _words()["until_end"].search(sentence.text[start:].lstrip())
    shift = len(sentence.text) - len(sentence.text[start:].lstrip())
    return match.start() + shift if match else None


def _is_criterion(criterion: Criterion, text: str, section: Section | None) -> bool:
    """Outside a section on retention, a law that is named or an end is not yet a criterion."""
    if _is_retention(section):
        return True
    if criterion in ("statutory", "case_by_case", "relationship"):
        return _says(text, "keep") and _says(text, "temporal")
    return criterion in ("until_withdrawal", "longer", "as_needed")


def _asked(criterion: Criterion, text: str) -> Trigger | None:
    if criterion == "until_withdrawal" or (criterion == "longer" and _says(text, "asks")):
        return Trigger.CONSENT
    return None


# --- what a period is about --------------------------------------------------------------------


def _subject(sentence: Sentence, section: Section | None, before: str) -> str:
    """Say to which data a period applies, in the notice's words."""
    label = _label(sentence)
    in_rights = section is not None and section.role == "rights"
    if label and not in_rights:
        return label
    verbs = [*_words()["keep"].finditer(before), *_words()["delete"].finditer(before)]
    last = max(verbs, key=lambda match: match.end(), default=None)
    parts = [before[: last.start()], before[last.end() :]] if last else [before]
    if _words()["condition"].search(_clean(parts[0])):
        parts.reverse()
    for part in parts:
        subject = _clean(part)
        if len(subject) > _SHORTEST_SUBJECT and not _words()["nobody"].search(subject):
            return subject[:_LONGEST_SUBJECT]
    if section is not None and section.role == "" and section.heading:
        return section.heading
    return _ALL_DATA


def _label(sentence: Sentence) -> str:
    """Give the words before a colon, or the first cell of a row."""
    cells = _cells(sentence.line)
    if len(cells) > 1:
        return cells[0]
    match = _LABEL.search(sentence.text)
    label = match.group().strip(_EDGE) if match else ""
    return "" if _words()["period_label"].search(label) else label


def _clean(part: str) -> str:
    """Take off the words that belong to the sentence: `and`, `will be`, `for up to`."""
    text = part.strip(_EDGE)
    first = re.compile(rf"(?:{_words()['before_subject'].pattern})\s+", re.IGNORECASE)
    last = re.compile(rf"(?:^|\s+)(?:{_words()['after_subject'].pattern})$", re.IGNORECASE)
    while match := first.match(text):
        text = text[match.end() :].strip(_EDGE)
    while match := last.search(text):
        text = text[: match.start()].strip(_EDGE)
    return text


# --- sentences that go together ----------------------------------------------------------------


def _is_about_last(sentence: Sentence, last: Period, named: Sequence[str]) -> bool:
    """Say whether a sentence goes on about the last period: its start, or what it covers."""
    far = sentence.line.number - last.evidence[-1].line
    if last.duration is None or not 0 <= far <= 1:
        return False
    counts = last.counting is None and _says(sentence.text, "counting")
    return counts or (far == 0 and len(named) > 1)


def _with_more(last: Period, sentence: Sentence, named: tuple[str, ...]) -> Period:
    event = _trigger(sentence.text) if _says(sentence.text, "counting") else None
    return last.model_copy(
        update={
            "counting": last.counting or _part(sentence.text, "counting"),
            "trigger": event.words if event else last.trigger,
            "trigger_event": event.known if event else last.trigger_event,
            "data_categories": last.data_categories or named,
            "evidence": (*last.evidence, sentence.evidence()),
        }
    )


def _together(periods: Sequence[Period]) -> Iterator[Period]:
    """Make one of statements that only say the same thing again; periods stay as they are."""
    same: dict[tuple[object, ...], Period] = {}
    for at, period in enumerate(periods):
        key: tuple[object, ...] = (at,)
        if period.duration is None and period.applies_to == _ALL_DATA:
            key = ("criterion", period.criterion)
        elif period.duration is not None:
            key = (period.duration, period.applies_to, period.trigger)
        first = same.get(key)
        if first is None:
            same[key] = period
        else:
            evidence = (*first.evidence, *period.evidence)
            same[key] = first.model_copy(update={"evidence": evidence})
    yield from same.values()
