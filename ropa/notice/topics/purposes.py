"""For which purposes the notice says that data are processed, and on which basis.

GDPR Art. 13(1)(c) and (d), Arts. 6(1), 7, 9(2). A purpose whose basis the notice leaves out has
none here; a basis that is stated for several purposes at once is that of each.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Any, Literal

from ropa.model import Article6, Article9
from ropa.notice.base import Item, Stated
from ropa.notice.bases import Basis, bases, word
from ropa.notice.content import with_content
from ropa.notice.durations import durations
from ropa.notice.mentioned import Categories
from ropa.notice.text import Line, NoticeText, Section, Sentence
from ropa.notice.wording import joined, raw_words

_OWN = ("purposes", "lawful_basis")
_ELSEWHERE = (
    "recipients", "transfers", "cookies", "security", "contacts", "changes", "complaint",
    "controller", "version", "sources",
)  # fmt: skip
"""Roles of sections whose bases are those of something else, a disclosure or a transfer."""
_OF_THE_PERSON = ("rights", "automated")
"""Roles of sections that name bases only to say which right goes with them."""
_NOT_OWN = (*_OWN, *_ELSEWHERE, *_OF_THE_PERSON, "retention")
_UNTOLD = ("", "introduction", "recruiting_system")
"""Roles of sections in which a purpose counts once a basis is told for it."""
_MOST_WORDS = 14
_WORDS_OF_BASIS = 5
_WORDS_BEFORE = 3
_LEAST_CELLS = 2
_WORD_OF_SUBJECT = 25
_MOST_SENTENCES = 100
"""That tell of one purpose; a hostile notice repeats itself without end."""
_FARTHEST = 100
"""Purposes between one and the sentence that tells more of it."""
_NEAR = 2
"""Lines, an empty one between them too."""
_FINNISH_ENDS = ("seksi", "kseen", "varten", "ksemme")
_LABEL = re.compile(r"^\W*([^:|]{2,70}):\s+(?=\S)")
_CELLS = re.compile(r"[|\t]|(?<=\S)\s{3,}(?=\S)")
_CLAUSE_END = re.compile(
    r"(?<!stk)(?<!\bnr)(?<!\bart)(?<!\bjf)[.]\s|[;)]\s|[.;)]$|,\s+(?:jf|ks|cf|jfr)\b|\s\((?:art|GDPR|6)|"
    r",\s+(?:eivätkä|eikä|mutta|and (?:your|these|such|our)|och (?:din|våra)|og (?:din|vores|våre)|"
    r"which|vilket|hvilket|noe som)\b",
    re.IGNORECASE,
)
_UNTICKED = re.compile(r"\s*[-*\u2022|]?\s*(?:[\u2610\u25a1\u25fb]|\[\s*\])")
"""A box of a form that nobody has ticked: what stands beside it does not apply."""
_TICK = re.compile(r"^\s*(?:[\u2611\u2612\u2713\u2714\u25a0]|\[[xX]\])\s*")
_COMPLIANCE = "dpv:LegalCompliance"
_CONTROLLER = "-controller"
"""DPV's suffix for an interest of the controller itself, not of a third party."""


class Consent(Item):
    """How consent is asked for and withdrawn (Art. 7)."""

    prior: bool | None = None
    written: bool | None = None
    withdrawable: Literal["any_time", "yes"] | None = None
    withdrawal_channel: str | None = None


class Purpose(Stated):
    """One purpose, with one basis."""

    id: str = ""
    name: str
    lawful_basis: Article6 | None = None
    dpv_basis: str | None = None
    dpv_purpose: str | None = None
    legitimate_interest: str | None = None
    """In the notice's words: Art. 13(1)(d)."""
    consent: Consent | None = None
    statute_named: str | None = None
    art9_condition: Article9 | None = None
    data_categories: tuple[str, ...] = ()
    """Ids of the categories that it names."""
    profiling: bool | None = None


@dataclass(frozen=True)
class _Kind:
    """A purpose that is often declared."""

    name: str
    dpv: str | None
    dpv_in_recruiting: str | None
    anywhere: bool
    """Its words tell of a purpose outside the sections on purposes, too."""
    is_special: bool
    """Named in a section on purposes, it is one, even without "in order to"."""
    words: re.Pattern[str]


class _Table:
    """The section of the rows of one table: that of its first row."""

    def __init__(self) -> None:
        self._line = 0
        self._section: Section | None = None

    def section(self, row: Sentence, found: Section | None) -> Section | None:
        """Give the section of a sentence; a row goes on with the row just before it."""
        if len(_cells(row.line.body)) < _LEAST_CELLS:
            return found
        if row.line.number - self._line != 1:
            self._section = found
        self._line = row.line.number
        return self._section


@dataclass(frozen=True)
class _Announced:
    """What the sentence before a list says of its items."""

    bases: tuple[Basis, ...] = ()
    is_of_purposes: bool = False


@dataclass(frozen=True)
class _Draft:
    """What one sentence says; drafts that go together become one purpose."""

    sentences: tuple[Sentence, ...]
    section: Section | None
    kind: _Kind | None
    own_words: str
    """What the notice calls it; empty where the sentence names no purpose."""
    basis: str | None
    article9: str | None
    is_inferred: bool = False
    only_goes_on: bool = False
    """It adds to a purpose before it, and is none by itself."""
    is_listed: bool = False
    """It is an item of a list of purposes."""
    categories: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """Give the line of the last sentence."""
        return self.sentences[-1].line.number

    @property
    def names_purpose(self) -> bool:
        """Say whether it tells what is done, not only on which basis."""
        return self.kind is not None or bool(self.own_words)

    @property
    def text(self) -> str:
        """Give all its words."""
        return " ".join(sentence.text for sentence in self.sentences)

    def plus(self, other: "_Draft") -> "_Draft":
        """Take up another draft of the same purpose."""
        sentences = tuple(dict.fromkeys((*self.sentences, *other.sentences)))
        return replace(
            self,
            sentences=sentences[:_MOST_SENTENCES],
            kind=self.kind or other.kind,
            own_words=self.own_words or other.own_words,
            basis=self.basis or other.basis,
            article9=self.article9 or other.article9,
            categories=self.categories or other.categories,
        )


def read_purposes(
    notice: NoticeText, found: Mapping[str, Any]
) -> Mapping[str, tuple[Purpose, ...]]:
    """Find the purposes and their bases."""
    notice = with_content(notice, "lawful_basis", _tells_basis, _is_enough, but=_NOT_OWN)
    drafts = _joined(_drafts(notice, found))
    drafts = _with_common_basis(drafts)
    purposes = (_purpose(draft) for draft in _same_together(drafts))
    return {
        "purposes": tuple(
            each.model_copy(update={"id": f"P{at}"}) for at, each in enumerate(purposes, start=1)
        )
    }


def _tells_basis(line: Line) -> bool:
    """Say whether a line cites an article of lawful bases, or speaks of "the legal basis"."""
    return any(basis.is_cited for basis in bases(line.text)) or bool(
        word("basis").search(line.text)
    )


def _is_enough(run: Sequence[Line]) -> bool:
    return sum(_tells_basis(line) for line in run) > 1


# --- what one sentence says --------------------------------------------------------------------


def _drafts(notice: NoticeText, found: Mapping[str, Any]) -> Iterator[_Draft]:
    headings = {section.heading_line for section in notice.sections}
    announced = _Announced()
    categories = Categories(found)
    table = _Table()
    for sentence in _units(notice):
        section = table.section(sentence, notice.section_of(sentence.line))
        if sentence.line.number in headings:
            announced = _Announced()
            continue
        if _UNTICKED.match(sentence.line.text):
            continue
        listed = announced if sentence.line.is_bullet else _Announced()
        stated = _stated_bases(sentence, section, is_listed=listed.is_of_purposes)
        if sentence.text.rstrip().endswith(":") and not sentence.line.is_bullet:
            announced = _announced(sentence, section, stated)
            if announced != _Announced():
                continue
        elif not sentence.line.is_bullet:
            announced = _Announced()
        if not stated and _only_goes_on(sentence, section):
            yield _Draft((sentence,), section, None, "", None, None, only_goes_on=True)
            continue
        yield from _of_sentence(
            sentence, section, stated or listed.bases, categories, is_listed=listed.is_of_purposes
        )


def _announced(
    sentence: Sentence, section: Section | None, stated: tuple[Basis, ...]
) -> _Announced:
    """Say what a sentence before a list says of its items: "we use your data to:"."""
    role = section.role if section else ""
    aims = word("aim").search(sentence.text) is not None
    if role in (*_ELSEWHERE, *_OF_THE_PERSON, "retention", "data_categories"):
        return _Announced()
    uses = word("we_use").search(sentence.text) is not None
    denied = word("no_purpose").search(sentence.text) is not None
    of_bases = word("basis").search(sentence.text) is not None and not aims
    return _Announced(
        stated if aims or role in _OWN else (),
        is_of_purposes=(role in _OWN and not of_bases) or (uses and aims and not denied),
    )


def _only_goes_on(sentence: Sentence, section: Section | None) -> bool:
    """Say whether a sentence tells more of a basis before it: how consent is withdrawn."""
    text = sentence.text
    kind = _kind_of(sentence, section, has_basis=False)
    if _is_header(sentence) or (kind is not None and kind.is_special):
        return False
    consents = word("A6-1-a").search(text) and word("withdraw").search(text)
    return consents is not None or word("basis").search(text) is not None


def _units(notice: NoticeText) -> Iterator[Sentence]:
    """Give the sentences; a row of a table is one."""
    rows: set[int] = set()
    for sentence in notice.sentences:
        line = sentence.line
        if len(_cells(line.body)) > 1:
            if line.number not in rows:
                rows.add(line.number)
                yield Sentence(line, len(line.text) - len(line.text.lstrip()), len(line.text))
        else:
            yield sentence


def _of_sentence(
    sentence: Sentence,
    section: Section | None,
    stated: Sequence[Basis],
    categories: Categories,
    *,
    is_listed: bool,
) -> Iterator[_Draft]:
    kind = _kind_of(sentence, section, has_basis=bool(stated))
    own = _own_words(sentence, section, stated, is_listed=is_listed)
    sixth = [basis.name for basis in stated if basis.name.startswith("A6")]
    ninth = next((basis.name for basis in stated if basis.name.startswith("A9")), None)
    if not (sixth or ninth or is_listed or _is_purpose(sentence, section, kind)):
        return
    named = categories.named_in(sentence.text)
    for basis in sixth or (None,):
        yield _Draft(
            (sentence,), section, kind, own, basis, ninth, is_listed=is_listed, categories=named
        )


def _stated_bases(
    sentence: Sentence, section: Section | None, *, is_listed: bool
) -> tuple[Basis, ...]:
    """Give the bases of processing that a sentence states."""
    text = sentence.text
    role = section.role if section else ""
    found = bases(text)
    label = _LABEL.match(text)
    labelled = bases(label[1]) if label else ()
    if labelled and role not in ("rights", "cookies", "transfers", "retention"):
        return labelled
    says_so = word("basis").search(text) is not None
    if word("withdraw").search(text) and not says_so:
        return ()
    if role in _OF_THE_PERSON or (role in _ELSEWHERE and not says_so):
        return ()
    if role == "retention" and not says_so:
        return _of_talent_pool(text, found)
    is_item = sentence.line.is_bullet or len(_cells(sentence.line.body)) > 1
    is_short = is_listed or (role in _OWN and is_item)
    return tuple(
        basis
        for basis in found
        if basis.is_cited or says_so or is_short or _is_stated(basis, text, role)
    )


def _is_bare(text: str, stated: Sequence[Basis]) -> bool:
    """Say whether a line is the name of a basis and nothing else: a cell, an item, a label."""
    is_short = len(text.split()) <= _WORDS_OF_BASIS and not text.rstrip().endswith(".")
    return bool(stated) and is_short


def _of_talent_pool(text: str, found: Sequence[Basis]) -> tuple[Basis, ...]:
    """Take the consent on which somebody stays for future vacancies; no other basis of keeping."""
    if any(kind.words.search(text) for kind in _kinds()[:1]):
        return tuple(basis for basis in found if basis.name == "A6-1-a")
    return ()


def _is_stated(basis: Basis, text: str, role: str) -> bool:
    """Say whether words of a basis are said of processing, and not by the way."""
    if role in _OWN:
        return True
    if role in ("", "introduction") and basis.name in ("A6-1-f", "A6-1-a"):
        return word("rests").search(text) is not None
    return word("process").search(text) is not None


# --- what a purpose looks like -----------------------------------------------------------------


def _kind_of(sentence: Sentence, section: Section | None, *, has_basis: bool) -> _Kind | None:
    """Name the purpose by its words; of several kinds the first of the list."""
    cells = _cells(sentence.line.body)
    text = cells[0] if len(cells) > 1 else sentence.text
    found = next((kind for kind in _kinds() if kind.words.search(text)), None)
    if section is not None and section.role == "social_media" and (found or has_basis):
        return next(kind for kind in _kinds() if kind.dpv == "dpv:SocialMediaMarketing")
    if found is not None:
        return found
    if has_basis and section is not None:
        return next((kind for kind in _kinds() if kind.words.search(section.heading)), None)
    return None


def _is_purpose(sentence: Sentence, section: Section | None, kind: _Kind | None) -> bool:
    """Say whether a sentence without a basis tells of a purpose."""
    text = sentence.text
    is_other = word("no_purpose").search(text) or text.rstrip().endswith("?")
    if is_other or durations(text):
        return False
    if section is not None and section.role in _OWN:
        return _is_purpose_in_own(sentence, section.role, kind)
    named = next((each for each in _kinds() if each.words.search(text)), None)
    return named is not None and _is_done(text, section.role if section else "", named)


def _is_purpose_in_own(sentence: Sentence, role: str, kind: _Kind | None) -> bool:
    """Say the same of a sentence in a section on purposes or bases."""
    is_row = len(_cells(sentence.line.body)) > 1
    is_law = kind is None and word("statute").search(sentence.text) is not None
    names_aim = (role == "purposes" and not is_law) or (
        kind is not None and kind.dpv != _COMPLIANCE
    )
    if is_row or (sentence.line.is_bullet and names_aim):
        return not _is_header(sentence)
    if kind is not None and kind.is_special:
        return word("denied").search(sentence.text) is None
    aims = word("aim").search(sentence.text) is not None
    if role == "purposes" and names_aim and kind is not None and not aims:
        return word("process").search(sentence.text) is not None
    return aims and (role == "purposes" or word("we_use").search(sentence.text) is not None)


def _is_done(text: str, role: str, kind: _Kind) -> bool:
    """Say whether a sentence elsewhere says that we do it, or to what end."""
    uses = word("we_use").search(text) is not None
    aims = word("aim").search(text) is not None
    if role in _UNTOLD:
        return uses and aims
    return kind.anywhere and (uses or (aims and role not in _OF_THE_PERSON))


def _is_header(sentence: Sentence) -> bool:
    return any(
        word(label).search(cell)
        for cell in _cells(sentence.line.body)
        for label in ("label_purpose", "label_basis")
    )


def _own_words(
    sentence: Sentence, section: Section | None, stated: Sequence[Basis], *, is_listed: bool
) -> str:
    """Give what the notice itself calls the purpose."""
    cells = _cells(sentence.line.body)
    if len(cells) > 1:
        return "" if _is_header(sentence) else _cut(cells[0])
    label = _LABEL.match(sentence.text)
    if label:
        return _labelled(label[1], sentence.text[label.end() :])
    if not is_listed and _is_bare(sentence.text, stated):
        return ""
    role = section.role if section else ""
    if sentence.line.is_bullet and (role == "purposes" or is_listed):
        stop = min((basis.start for basis in stated), default=len(sentence.text))
        return _cut(sentence.text[:stop]) or _cut(sentence.text)
    aim = word("aim").search(sentence.text)
    return _aim(sentence.text, aim) if aim and role in _OWN else ""


def _labelled(label: str, rest: str) -> str:
    """Take the words after "Purpose:", none after "Legal basis:", else the label itself."""
    if word("label_basis").search(label):
        return ""
    return _cut(rest if word("label_purpose").search(label) else label)


def _aim(text: str, aim: re.Match[str]) -> str:
    """Give the words of an end; in Finnish its object stands before it."""
    if not aim.group().lower().endswith(_FINNISH_ENDS):
        return _cut(text[aim.start() :])
    before = re.split(r"[,;:]", text[: aim.start()])[-1].split()[-_WORDS_BEFORE:]
    return _cut(" ".join((*before, text[aim.start() :])))


def _cut(text: str) -> str:
    """Take the first words, to the end of the clause."""
    end = _CLAUSE_END.search(text)
    clause = _TICK.sub("", text[: end.start() if end else len(text)])
    words = clause.strip(" \t.,;:(|•●▪*\u2013\u2014-").split()
    return " ".join(words[:_MOST_WORDS])


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in _CELLS.split(line)]
    return [cell for cell in cells if cell]


# --- drafts that go together -------------------------------------------------------------------


def _joined(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Put the sentences of a paragraph together that speak of one purpose."""
    done: list[_Draft] = []
    for draft in drafts:
        at = _joins(done, draft)
        if at is None:
            if not draft.only_goes_on:
                done.append(draft)
        else:
            done[at] = done[at].plus(_on_consent(draft, done[at]))
    return done


def _on_consent(draft: _Draft, before: _Draft) -> _Draft:
    """Take the withdrawal of consent for the basis of what stands before it."""
    withdraws = draft.only_goes_on and word("withdraw").search(draft.text)
    return replace(draft, basis="A6-1-a") if withdraws and before.basis is None else draft


def _joins(done: Sequence[_Draft], draft: _Draft) -> int | None:
    """Find the draft before it that a draft goes on with."""
    withdraws = draft.only_goes_on and word("withdraw").search(draft.text) is not None
    for at in range(len(done) - 1, max(-1, len(done) - 1 - _FARTHEST), -1):
        before = done[at]
        if before.section != draft.section:
            return None
        if draft.only_goes_on:
            if _is_told_more(before, draft, withdraws=withdraws):
                return at
            continue
        if draft.line - before.line > _NEAR:
            return None
        if _goes_on(before, draft):
            return at
    return None


def _is_told_more(before: _Draft, draft: _Draft, *, withdraws: bool) -> bool:
    """Say whether a sentence that is no purpose by itself is about a purpose before it."""
    if not withdraws:
        return before.line == draft.line and before.basis is not None
    return before.basis == "A6-1-a" or (before.line == draft.line and before.basis is None)


def _goes_on(before: _Draft, draft: _Draft) -> bool:
    sentence = draft.sentences[0]
    same_line = before.line == draft.line
    is_row = len(_cells(sentence.line.body)) > 1
    is_bare = not draft.is_listed and _is_bare(sentence.text, bases(sentence.text))
    is_item = sentence.line.is_bullet and not same_line and not is_bare
    if is_row or is_item or sentence in before.sentences:
        return False
    label = _LABEL.match(sentence.text)
    if label and word("label_basis").search(label[1]):
        return before.basis is None
    if is_bare:
        return before.basis is None and before.names_purpose
    only_basis = before.basis is None and _is_of_processing(draft)
    return (same_line or only_basis) and _is_one_purpose(before, draft)


def _is_of_processing(draft: _Draft) -> bool:
    """Say whether a sentence gives the basis of what stands before it: "The processing is ..."."""
    if draft.basis is None or draft.names_purpose:
        return False
    subject = word("process").search(draft.text, 0, _WORD_OF_SUBJECT)
    return subject is not None or word("basis").search(draft.text) is not None


def _is_one_purpose(before: _Draft, draft: _Draft) -> bool:
    """Say whether two sentences of a paragraph agree on the basis and on what is done."""
    if before.basis and draft.basis and before.basis != draft.basis:
        return False
    if before.basis is None and draft.basis and word("basis").search(draft.text):
        return True
    return before.kind is None or draft.kind is None or before.kind == draft.kind


def _with_common_basis(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Give the one basis that a section states by itself to its purposes that have none.

    Those of the sections on purposes are under a section on bases, too.
    """
    done = list(drafts)
    told: dict[Section | None, set[str]] = defaultdict(set)
    own: dict[Section, list[int]] = defaultdict(list)
    others: dict[Section, list[int]] = defaultdict(list)
    for at, each in enumerate(drafts):
        if each.basis:
            told[each.section].add(each.basis)
        elif each.names_purpose and each.section is not None:
            (own if each.section.role == "purposes" else others)[each.section].append(at)
    given: set[int] = set()
    for place, general in enumerate(drafts):
        section = general.section
        if section is None or not _is_general(general) or len(told[section]) > 1:
            continue
        under = [*own.pop(section, ()), *others.pop(section, ())]
        if section.role == "lawful_basis":
            under += chain.from_iterable(own.values())
            own.clear()
        for at in under:
            far = done[at].section != section
            done[at] = replace(done[at].plus(general), is_inferred=far)
            given.add(place)
    return [each for at, each in enumerate(done) if at not in given]


def _is_general(draft: _Draft) -> bool:
    is_item = draft.sentences[0].line.is_bullet
    return draft.basis is not None and not draft.names_purpose and not is_item


def _same_together(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Make one of what two places say alike: the same kind on the same basis."""
    done: list[_Draft] = []
    alike: dict[tuple[str, str | None, str], dict[Section | None, int]] = defaultdict(dict)
    for draft in _without_weaker(drafts):
        anywhere = draft.section is None or draft.kind == _kinds()[0]
        heading = draft.section.heading if draft.section and not anywhere else ""
        key = (draft.kind.name if draft.kind else "", draft.basis, heading)
        # In one section they are the same or none of them is: the first stands for all.
        same = (at for at in alike[key].values() if _is_same(done[at], draft))
        at = next(same, None) if draft.kind else None
        if at is None:
            alike[key].setdefault(draft.section, len(done))
            done.append(draft)
        else:
            done[at] = done[at].plus(draft)
    return done


def _without_weaker(drafts: Sequence[_Draft]) -> Iterator[_Draft]:
    """Leave out what no basis makes a purpose: words in passing, what a period is for."""
    for draft in drafts:
        role = draft.section.role if draft.section else ""
        is_weak = role in _UNTOLD and not draft.is_listed
        if is_weak and draft.kind is not None:
            is_weak = not draft.kind.anywhere
        in_pool = role == "retention" and draft.kind == _kinds()[0]
        if draft.basis or draft.article9 or not (is_weak or in_pool):
            yield draft


def _is_same(one: _Draft, other: _Draft) -> bool:
    if one.kind is None or one.kind != other.kind or one.basis != other.basis:
        return False
    if one.kind == _kinds()[0]:
        return True
    headings = {each.section.heading for each in (one, other) if each.section}
    return one.section != other.section and len(headings) == 1


# --- the purpose -------------------------------------------------------------------------------


def _purpose(draft: _Draft) -> Purpose:
    text = draft.text
    basis, article9 = draft.basis, draft.article9
    kind = draft.kind
    return Purpose(
        name=kind.name if kind else draft.own_words or _cut(text),
        lawful_basis=basis,
        dpv_basis=_dpv(basis),
        dpv_purpose=_dpv_purpose(kind, text),
        legitimate_interest=_interest(text) if basis == "A6-1-f" else None,
        consent=_consent(text) if basis == "A6-1-a" else None,
        statute_named=_statute(text),
        art9_condition=article9,
        data_categories=draft.categories,
        profiling=True if word("profiling").search(text) else None,
        evidence=tuple(quote for sentence in draft.sentences for quote in sentence.quotes()),
        inferred=draft.is_inferred,
    )


def _dpv(basis: str | None) -> str | None:
    if basis is None:
        return None
    return f"eu-gdpr:{basis}{_CONTROLLER if basis == 'A6-1-f' else ''}"


def _dpv_purpose(kind: _Kind | None, text: str) -> str | None:
    if kind is None:
        return None
    recruiting = next(each for each in _kinds() if each.dpv == "dpv:RecruitmentManagement")
    if kind.dpv_in_recruiting and recruiting.words.search(text):
        return kind.dpv_in_recruiting
    return kind.dpv


def _interest(text: str) -> str | None:
    """Give the interest in the notice's words: "our legitimate interest is to ..."."""
    match = word("interest").search(text)
    return _cut_interest(text[match.end() :]) if match else None


def _cut_interest(text: str) -> str | None:
    end = _CLAUSE_END.search(text)
    words = text[: end.start() if end else len(text)].strip(" .,;:")
    return words or None


def _statute(text: str) -> str | None:
    match = word("statute").search(text)
    if match is None:
        return None
    name = match.group().strip()
    return name if "(" in name else name.rstrip(")")


def _consent(text: str) -> Consent | None:
    """Say what a paragraph tells of consent; `None` where nothing."""
    withdraw = word("withdraw").search(text)
    channel = word("withdrawal_channel").search(text) if withdraw else None
    any_time = withdraw and word("any_time").search(text)
    consent = Consent(
        prior=True if word("prior").search(text) else None,
        written=True if word("written").search(text) else None,
        withdrawable="any_time" if any_time else "yes" if withdraw else None,
        withdrawal_channel=channel.group().strip() if channel else None,
    )
    return consent if consent != Consent() else None


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(
            name=kind["name"],
            dpv=kind["dpv"],
            dpv_in_recruiting=kind.get("recruiting"),
            anywhere=kind.get("anywhere", False),
            is_special=kind.get("special", False),
            words=joined(kind["words"]),
        )
        for kind in raw_words("ropa.notice.topics", "purposes")["kinds"]
    )
