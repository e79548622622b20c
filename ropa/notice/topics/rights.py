"""Which rights the notice tells of, and how they are used.

GDPR Art. 13(2)(b)-(d): access, rectification, erasure, restriction, objection, portability, the
withdrawal of consent, the complaint; Art. 12(2), (3), (6): channel, time limit, identity. The list
has every right; one of which the notice is silent is `stated: false`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from ropa.model import Duration as IsoDuration
from ropa.notice.base import Evidence, Item, Stated, Value
from ropa.notice.content import with_content
from ropa.notice.durations import durations
from ropa.notice.text import Line, NoticeText, Section, Sentence
from ropa.notice.wording import words

_RIGHTS: tuple[tuple[str, str], ...] = (
    ("informed", "13/14"),
    ("access", "15"),
    ("rectification", "16"),
    ("portability", "20"),
    ("erasure", "17"),
    ("object", "21(1)"),
    ("object_direct_marketing", "21(2)"),
    ("restriction", "18"),
    ("automated_decisions", "22"),
    ("withdraw_consent", "7(3)"),
    ("complaint_to_supervisory_authority", "13(2)(d), 77"),
)
_COMPLAINT = "complaint_to_supervisory_authority"
_PATTERNS = {_COMPLAINT: "complaint"}
_SPEAK_FOR_THEMSELVES = ("automated_decisions", "withdraw_consent", "object_direct_marketing")
"""Rights whose words give them in any section; the others need "you have the right" beside them."""
_OWN = ("rights", "complaint", "automated")
_NOT_HERE = ("cookies", "security", "changes", "version", "transfers", "recipients")
_MOST_LINES = 5
_CORE = ("access", "rectification", "erasure", "restriction", "object", "portability")
_ENOUGH_RIGHTS = 3
_NUMBERS = {
    "access": 15, "rectification": 16, "erasure": 17, "restriction": 18, "portability": 20,
    "object": 21, "automated_decisions": 22,
}  # fmt: skip
"""The articles of the rights, for notices that cite only "Articles 15-22"."""
_RANGE = re.compile(
    r"\bart\w*\.?\s*(\d\d)\s*(?:[\u2013\u2014-]|to|till|til|through)\s*(\d\d)\b"
    r"|\b(\d\d)\s*[\u2013\u2014-]\s*(\d\d)\.?\s*artikl",
    re.IGNORECASE,
)
_LINES_AFTER = 4
_REACH = 150
"""Characters from "you have the right" to the words of the right, outside sections on rights."""


class IdentityCheck(Stated):
    """Whether it is checked who asks (Art. 12(6))."""

    required: Literal["always", "if_needed"] = "always"


class AnswerTime(Stated):
    """The time in which a request is answered (Art. 12(3))."""

    value: IsoDuration | None = None
    qualifier: str | None = None
    starts: str | None = None


class Extension(Stated):
    """By how much that time may be extended."""

    value: IsoDuration | None = None


class Right(Stated):
    """One right, stated or not."""

    id: str
    article: str
    stated: bool = False
    consequence: str | None = None
    """Of an objection, as the notice tells it."""
    separate: bool | None = None
    """Whether objection stands apart from the other information: Art. 21(4)."""
    prior_lawfulness_clause: bool | None = None
    """Whether withdrawal is told not to touch what was lawful before it: Art. 7(3)."""
    authority: str | None = None
    """The supervisory authority, as the notice calls it."""


class Rights(Item):
    """The rights, and how they are used."""

    channel: Value | None = None
    identity_check: IdentityCheck | None = None
    deadline: AnswerTime | None = None
    extension: Extension | None = None
    list: tuple[Right, ...]


def read_rights(notice: NoticeText, _found: Mapping[str, Any]) -> Mapping[str, Rights | None]:
    """Find the rights; nothing at all is none."""
    notice = with_content(notice, "rights", _tells_right, _is_list, but=_OWN, after=_LINES_AFTER)
    listed = tuple(_right(notice, name, article) for name, article in _RIGHTS)
    rights = Rights(
        channel=_channel(notice),
        identity_check=_identity(notice),
        deadline=_deadline(notice),
        extension=_extension(notice),
        list=listed,
    )
    silent = rights == Rights(list=listed) and not any(right.stated for right in listed)
    return {"rights": None if silent else rights}


def _tells_right(line: Line) -> bool:
    return bool(_core_rights(line.text)) and not _says("not_about_data", line.text)


def _is_list(lines: Sequence[Line]) -> bool:
    """Say whether lines together are a list of rights."""
    named = {name for line in lines for name in _core_rights(line.text)}
    gives = any(_says("gives", line.text) for line in lines)
    return len(named) >= _ENOUGH_RIGHTS and gives


def _core_rights(text: str) -> frozenset[str]:
    return frozenset(name for name in _CORE if _says(name, text))


def _says(name: str, text: str) -> re.Match[str] | None:
    return words("ropa.notice.topics", "rights")[name].search(text)


# --- one right ---------------------------------------------------------------------------------


def _right(notice: NoticeText, name: str, article: str) -> Right:
    said = _sentences_of(notice, name)
    if not said:
        return Right(id=name, article=article)
    text = " ".join(sentence.text for sentence in said)
    right = Right(
        id=name,
        article=article,
        stated=True,
        evidence=_evidence(notice, said),
    )
    return right.model_copy(update=_more(notice, name, said, text))


def _more(
    notice: NoticeText, name: str, said: Sequence[Sentence], text: str
) -> Mapping[str, object]:
    """Give what the law asks of one right in particular."""
    if name == "object":
        told = _says("consequence", _line_texts(said))
        return {
            "separate": _stands_apart(notice, said),
            "consequence": told.group().strip() if told else None,
        }
    if name == "withdraw_consent":
        clause = any(_says("prior_lawfulness", s.line.text) for s in said)
        return {"prior_lawfulness_clause": clause or _clause_follows(notice, said)}
    if name == _COMPLAINT:
        authority = _says("authority", text) or _says("authority", _line_texts(said))
        return {"authority": authority.group().strip() if authority else None}
    return {}


def _line_texts(said: Sequence[Sentence]) -> str:
    return " ".join(dict.fromkeys(sentence.line.text for sentence in said))


def _clause_follows(notice: NoticeText, said: Sequence[Sentence]) -> bool:
    after = {sentence.line.number + 1 for sentence in said}
    return any(
        _says("prior_lawfulness", line.text) for line in notice.lines if line.number in after
    )


def _sentences_of(notice: NoticeText, name: str) -> Sequence[Sentence]:
    """Give the sentences that tell of a right: those on rights, else those elsewhere."""
    every = list(_everywhere(notice, name))
    own = [sentence for sentence in every if _role(notice, sentence) in _OWN]
    return every if name in _SPEAK_FOR_THEMSELVES or not own else own


def _role(notice: NoticeText, sentence: Sentence) -> str:
    section = notice.section_of(sentence.line)
    return section.role if section else ""


def _everywhere(notice: NoticeText, name: str) -> Iterator[Sentence]:
    pattern = _PATTERNS.get(name, name)
    headings = {section.heading_line for section in notice.sections}
    for sentence in notice.sentences:
        text = sentence.text
        section = notice.section_of(sentence.line)
        if not _tells(pattern, text, section) or _is_question(
            text, sentence.line.number in headings
        ):
            continue
        if name == "object" and _is_only_of_marketing(text):
            continue
        if name == _COMPLAINT and not _is_complaint(text, section):
            continue
        if _gives(notice, sentence, section, name):
            yield sentence


def _tells(pattern: str, text: str, section: Section | None) -> bool:
    """Say whether a sentence speaks of a right, and does not say that there is none."""
    in_own = section is not None and section.role == "automated"
    if pattern == "automated_decisions" and in_own:
        pattern = "automated"
    found = _says(pattern, text)
    if found is None:
        return _is_cited(pattern, text)
    if _says("not_given", text[found.end() :]):
        return False
    clause = re.split(r"[,;:]\s", text[: found.start()])[-1]
    return pattern in _SPEAK_FOR_THEMSELVES or _says("not_given_before", clause) is None


def _is_cited(name: str, text: str) -> bool:
    """Say whether a right is given by a range of articles only: "the rights of Arts. 15-22"."""
    cited = _RANGE.search(text)
    if cited is None or name not in _NUMBERS or not _says("gives", text):
        return False
    first, last = (int(number) for number in cited.groups() if number)
    return first <= _NUMBERS[name] <= last and _says("not_given", text) is None


def _is_question(text: str, is_heading: bool) -> bool:
    asks = is_heading and text.rstrip().endswith("?")
    return asks and _says("own_question", text) is None


def _is_only_of_marketing(text: str) -> bool:
    """Say whether an objection is that of Art. 21(2) only."""
    match = _says("object_direct_marketing", text)
    if match is None or _says("in_particular", match.group()):
        return False
    return _says("object", text.replace(match.group(), "")) is None


def _is_complaint(text: str, section: Section | None) -> bool:
    """A complaint to an authority, not one about a product."""
    in_own = section is not None and section.role in ("rights", "complaint")
    return _says("authority", text) is not None or in_own


def _gives(notice: NoticeText, sentence: Sentence, section: Section | None, name: str) -> bool:
    role = section.role if section else ""
    if role == "rights" or (role == "automated" and name == "automated_decisions"):
        return True
    if role == "complaint" and name == _COMPLAINT:
        return True
    if name in _SPEAK_FOR_THEMSELVES:
        return role not in ("cookies", "version") or name != "object_direct_marketing"
    if role in _NOT_HERE and not _says("complaint", sentence.text):
        return False
    asked = _says("own_question", sentence.text) is not None
    return asked or _is_given_in(sentence.text, name) or _is_announced(notice, sentence)


def _is_given_in(text: str, name: str) -> bool:
    """Say whether "you may ask" stands before the words of the right, and of data."""
    if _says("not_about_data", text):
        return False
    right = _says(_PATTERNS.get(name, name), text)
    gives = _says("gives", text)
    return bool(right and gives and gives.start() <= right.end() <= gives.end() + _REACH)


def _is_announced(notice: NoticeText, sentence: Sentence) -> bool:
    """Say whether an item of a list stands under "you have the right to"."""
    if not sentence.line.is_bullet:
        return False
    for line in reversed(notice.lines[: sentence.line.number - 1]):
        if line.is_empty or line.is_bullet:
            continue
        return line.text.rstrip().endswith(":") and _says("gives", line.text) is not None
    return False


def _stands_apart(notice: NoticeText, said: Sequence[Sentence]) -> bool:
    """Say whether objection has a heading of its own (Art. 21(4))."""
    sections = [notice.section_of(sentence.line) for sentence in said]
    return any(section is not None and _is_of_objection(section) for section in sections)


def _is_of_objection(section: Section) -> bool:
    others = ("access", "rectification", "erasure", "restriction", "portability")
    heading = section.heading
    return _says("object", heading) is not None and not any(_says(o, heading) for o in others)


def _evidence(notice: NoticeText, said: Sequence[Sentence]) -> tuple[Evidence, ...]:
    """Quote the sentences of the first lines; headings only where there is nothing else."""
    headings = {section.heading_line for section in notice.sections}
    below = [sentence for sentence in said if sentence.line.number not in headings] or said
    full = [sentence for sentence in below if _says("gives", sentence.text)] or below
    lines = list(dict.fromkeys(sentence.line.number for sentence in full))[:_MOST_LINES]
    shown = (sentence for sentence in full if sentence.line.number in lines)
    return tuple(quote for sentence in shown for quote in sentence.quotes())


# --- how rights are used -----------------------------------------------------------------------


def _in_rights(notice: NoticeText) -> Iterator[Sentence]:
    yield from notice.in_roles("rights", "contacts", "complaint", "", "introduction")


def _channel(notice: NoticeText) -> Value | None:
    """Find the address to which requests go: in the sections on rights."""
    for sentence in notice.in_roles("rights"):
        address = _says("address", sentence.text)
        if address and _says("exercise", sentence.text) and not _says("authority", sentence.text):
            return Value(value=address.group().rstrip(".,;"), evidence=(sentence.evidence(),))
    for sentence in _in_rights(notice):
        address = _says("address", sentence.text)
        asks = _says("exercise", sentence.text) and _says("gives", sentence.text)
        if address and asks and not _says("authority", sentence.text):
            return Value(value=address.group().rstrip(".,;"), evidence=(sentence.evidence(),))
    return None


def _identity(notice: NoticeText) -> IdentityCheck | None:
    for sentence in _in_rights(notice):
        if _says("identity", sentence.text) and not sentence.text.rstrip().endswith(":"):
            doubt = _says("in_doubt", sentence.text)
            return IdentityCheck(
                required="if_needed" if doubt else "always", evidence=(sentence.evidence(),)
            )
    return None


def _deadline(notice: NoticeText) -> AnswerTime | None:
    sentences = [s for s in _in_rights(notice) if _is_answer(s, notice)]
    timed = next((s for s in sentences if durations(s.text)), None)
    if timed is None:
        return None
    qualifiers = words("ropa.notice.topics", "rights")["normally"].finditer(timed.text)
    starts = _says("starts", timed.text)
    return AnswerTime(
        value=durations(timed.text)[0].iso,
        qualifier=", ".join(dict.fromkeys(match.group() for match in qualifiers)) or None,
        starts=starts.group().strip() if starts else None,
        evidence=(timed.evidence(),),
    )


def _is_answer(sentence: Sentence, notice: NoticeText) -> bool:
    text = sentence.text
    if not _says("answers", text) or _says("no_answer", text):
        return False
    section = notice.section_of(sentence.line)
    in_rights = section is not None and section.role == "rights"
    return in_rights or (_says("request", text) is not None and _says("gives", text) is not None)


def _extension(notice: NoticeText) -> Extension | None:
    """Find what is said of a longer time; its length is null where none is given."""
    for sentence in _in_rights(notice):
        section = notice.section_of(sentence.line)
        in_rights = section is not None and section.role == "rights"
        if not in_rights or not _says("extends", sentence.text):
            continue
        found = durations(sentence.text)
        answers = _says("answers", sentence.text) or _says("request", sentence.text)
        if found or answers:
            return Extension(value=_added(sentence.text), evidence=(sentence.evidence(),))
    return None


def _added(text: str) -> IsoDuration | None:
    """Give by how much the time is extended; `None` where only the delay is told."""
    match = _says("by", text)
    if match is None:
        return None
    found = durations(text)
    after = [each.iso for each in found if each.start >= match.start()]
    return next(iter((*after, *(each.iso for each in found))), None)
