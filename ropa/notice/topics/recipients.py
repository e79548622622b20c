"""Who receives the data: conditions for all, and groups of recipients (GDPR Art. 13(1)(e)).

A group is named where the notice shares data, lists recipients or says who processes for it. Its
role is what the notice says of it there, or in the sentences that go on about it on that line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from ropa.notice.base import Item, Stated, Value
from ropa.notice.text import Line, NoticeText, Section, Sentence, sentences_of
from ropa.notice.topics.organisations import Organisation
from ropa.notice.wording import words

Role = Literal[
    "processor",
    "processor_if_on_behalf",
    "controller",
    "joint_controller",
    "group_company",
    "authority",
]
Direction = Literal["inbound", "outbound"]
_Named = Mapping[int, Mapping[int, Organisation]]
"""Organisations by line, and by the place in it."""

_PACKAGE = "ropa.notice.topics"
_SUPPLYING = frozenset(
    {
        "it_suppliers",
        "assessment_providers",
        "background_check",
        "marketing",
        "analytics",
        "payment",
    }
)
"""Suppliers in general give way to them in the same sentence."""
_GENERAL = frozenset({"suppliers", "partners", "processors", "third_parties"})
_ROLE_OF_KIND: Mapping[str, Role] = {
    "processors": "processor",
    "group_companies": "group_company",
    "authorities": "authority",
}
"""What a group is by its name, where the notice says nothing else of it."""
_TABLE = "|"
_OF_GROUP = frozenset({"group parent", "group company"})
"""What says whose company it is, not that it gets data."""
_LONGEST_HEADING = 4
_LONGEST_ITEM = 8
_ELSEWHERE = frozenset(
    {"rights", "complaint", "retention", "sources", "data_categories", "cookies", "lawful_basis",
     "purposes", "automated", "changes", "version", "contacts", "controller", "data_subjects"}
)  # fmt: skip
"""Sections that speak of others than recipients, unless a sentence there shares data."""
_CONDITIONS: Mapping[str, str] = {
    "no_sale": "no sale of personal data",
    "only_when_necessary": "shared only when necessary, agreed or required by law",
    "agreements": "appropriate agreements or confidentiality undertakings in place",
    "no_disclosure": "no disclosure to third parties",
}
_NAMES: Mapping[str, str] = {
    "group_it": "Group companies: group IT department",
    "group_companies": "Group companies",
    "recruitment_agencies": "Recruitment agencies",
    "assessment_providers": "Assessment providers",
    "background_check": "Background checks",
    "references": "References",
    "professional_advisers": "Professional advisers",
    "marketing": "Marketing services",
    "social_media": "Social-media platforms",
    "analytics": "Analytics services",
    "it_suppliers": "Suppliers: IT providers",
    "payment": "Banks and payment services",
    "insurance_and_pension": "Insurers and pension institutions",
    "occupational_health": "Occupational health care",
    "trade_unions": "Trade unions and staff representatives",
    "buyers": "Buyers of the business",
    "authorities": "Authorities",
    "public": "The public, on access requests",
    "own_staff": "Own staff",
    "partners": "Partners",
    "suppliers": "Suppliers in general",
    "processors": "Processors in general",
    "third_parties": "Third parties, not named closer",
}


class Group(Stated):
    """A category of recipients."""

    id: str
    kind: str
    name: str
    as_written: str | None = None
    """The notice's own word; null where the group is inferred."""
    role: Role | None = None
    """What the notice says of it, or what its name says: an authority, a group company."""
    agreement: str | None = None
    direction: Direction | None = None
    """Whether the data go to it or come from it."""


class Condition(Value):
    """A condition for every disclosure."""

    kind: str


class Recipients(Item):
    """All that a notice says of its recipients."""

    general_conditions: tuple[Condition, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(slots=True)
class _Draft:
    kind: str
    written: str
    sentences: list[Sentence] = field(default_factory=list)


def read_recipients(
    notice: NoticeText, found: Mapping[str, Any]
) -> Mapping[str, Recipients | None]:
    """Read who receives the data; None where the notice tells of nobody."""
    sharing = tuple(_sharing(notice))
    conditions = tuple(_conditions(sharing))
    groups = tuple(_groups(notice, sharing, _named(notice, found)))
    if not conditions and not groups:
        return {"recipients": None}
    return {"recipients": Recipients(general_conditions=conditions, groups=groups)}


def _sharing(notice: NoticeText) -> Iterator[Sentence]:
    """Give the sentences about recipients: of their sections, and those that share data."""
    vocabulary = words(_PACKAGE, "recipients")
    listing = False
    asked: tuple[Section, str] | None = None
    for sentence in notice.sentences:
        section = notice.section_of(sentence.line)
        role = _role_of_section(section) if section else ""
        if section is None or sentence.line.number == notice.title_line:
            listing = False
            continue
        if sentence.text.endswith("?"):
            asked = (section, _asked(sentence.text))
        elif asked is not None and asked[0] == section and asked[1]:
            role = asked[1]
        shares = vocabulary["share"].search(sentence.text) is not None
        listing = (listing and sentence.line.is_bullet) or (
            shares and sentence.text.endswith(":") and role not in _ELSEWHERE
        )
        if (
            role in {"recipients", "social_media"}
            or (role == "transfers" and (shares or _kinds_but_general(sentence)))
            or listing
            or (shares and role not in _ELSEWHERE and _is_of_others(sentence.text))
        ):
            yield sentence


def _role_of_section(section: Section) -> str:
    """Give a section's role; that of its heading's question where no list of words knows it."""
    is_question = section.heading.rstrip().endswith("?")
    return section.role or (_asked(section.heading) if is_question else "")


def _asked(text: str) -> str:
    """Say of whom a question is that stands for a heading: of recipients, of transfers."""
    if words(_PACKAGE, "transfers")["outside"].search(text):
        return "transfers"
    return "recipients" if words(_PACKAGE, "recipients")["who_else"].search(text) else ""


def _named(notice: NoticeText, found: Mapping[str, Any]) -> _Named:
    """Give the organisations that the notice names, by line and place."""
    organisations: tuple[Organisation, ...] = tuple(found.get("organisations") or ())
    named: dict[int, dict[int, Organisation]] = {}
    for each in organisations:
        for evidence in each.evidence:
            line = notice.lines[evidence.line - 1]
            if each.kind != "unit":
                named.setdefault(line.number, {})[line.raw.find(evidence.quote)] = each
    return named


def _is_of_others(text: str) -> bool:
    """Say whether a sentence outside the sections is of third parties, processors or duties."""
    vocabulary = words(_PACKAGE, "recipients")
    named = {kind for kind, _ in _kinds(text)} - {"own_staff", "references", "partners", "public"}
    return bool(named) or vocabulary["third_parties"].search(text) is not None


def _conditions(sharing: tuple[Sentence, ...]) -> Iterator[Condition]:
    for kind, value in _CONDITIONS.items():
        said = tuple(sentence.evidence() for sentence in sharing if _is_condition(kind, sentence))
        if said:
            yield Condition(kind=kind, value=value, evidence=said)


def _is_condition(kind: str, sentence: Sentence) -> bool:
    vocabulary, text = words(_PACKAGE, "recipients"), sentence.text
    if kind == "no_disclosure":
        return _denies(text) and vocabulary["third_parties"].search(text) is not None
    if kind == "no_sale":
        return vocabulary["no_sale"].search(text) is not None
    if kind == "agreements":
        return bool(vocabulary["agreements"].search(text) and vocabulary["always"].search(text))
    shares = vocabulary["share"].search(text)
    return bool(shares and vocabulary["only_when_necessary"].search(text))


def _denies(text: str) -> bool:
    """Say whether a sentence denies sharing, without an exception."""
    vocabulary = words(_PACKAGE, "recipients")
    return bool(
        vocabulary["share"].search(text)
        and vocabulary["negation"].search(text)
        and not vocabulary["exception"].search(text)
        and not words(_PACKAGE, "organisations")["not_processor"].search(text)
    )


def _kinds(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Give the groups that a text names; the closer name before the general one."""
    hits = [
        (kind, hit)
        for kind, pattern in words(_PACKAGE, "recipient_groups").items()
        if (hit := pattern.search(text))
    ]
    kinds = {kind for kind, _ in hits}
    for kind, hit in hits:
        if kind in {"processors", "third_parties"} and len(kinds) > 1:
            continue
        if kind == "suppliers" and kinds & _SUPPLYING:
            continue
        if kind == "group_companies" and "group_it" in kinds and _overlap(hits, hit):
            continue
        yield kind, hit


def _overlap(hits: list[tuple[str, re.Match[str]]], hit: re.Match[str]) -> bool:
    other = dict(hits)["group_it"]
    return other.start() < hit.end() and hit.start() < other.end()


def _gathered(
    notice: NoticeText,
    sharing: tuple[Sentence, ...],
    named: _Named,
) -> dict[str, _Draft]:
    """Gather what is said of each group, in the order of the notice."""
    drafts: dict[str, _Draft] = {}
    of_recipients = frozenset(_of_recipients(notice))
    named = {line: each for line, each in named.items() if line in of_recipients}
    current: list[str] = []
    intro: list[str] = []
    section = None
    for sentence in sharing:
        line = sentence.line
        if not _is_item(line):
            intro = []
        if notice.section_of(line) != section:
            section, current = notice.section_of(line), []
            heading = _heading(notice, section)
            if heading is not None:
                current = _gather(heading, [], drafts, ())
                intro = [kind for kind in current if kind in _GENERAL]
        if _denies(sentence.text):
            continue
        if intro and _is_member(sentence, named):
            drafts[intro[0]].sentences.append(sentence)
            continue
        current = _gather(sentence, current, drafts, _who(sentence, named))
        if line.text.rstrip().endswith(":") and not _is_item(line):
            intro = [kind for kind in current if kind in _GENERAL]
    return drafts


def _heading(notice: NoticeText, section: Section | None) -> Sentence | None:
    """Give a heading that announces a list: "We use these processors:"."""
    if section is None or not section.heading.rstrip().endswith(":"):
        return None
    return next(sentences_of(notice.lines[section.heading_line - 1]), None)


def _is_member(sentence: Sentence, named: _Named) -> bool:
    """Say whether an item is one of those that the line above the list tells of: a name alone."""
    begins = _begin(sentence) in named.get(sentence.line.number, {})
    alone = begins or (_who(sentence, named) and not _kinds_but_general(sentence))
    return bool(alone) and not _role(sentence.text)


def _groups(
    notice: NoticeText,
    sharing: tuple[Sentence, ...],
    named: _Named,
) -> Iterator[Group]:
    listed = frozenset(_listed(notice))
    drafts = _gathered(notice, sharing, named)
    number = count(1)
    for draft in drafts.values():
        yield _group(f"RG{next(number)}", draft, listed)
    for draft in _others(notice, listed):
        yield _group(f"RG{next(number)}", draft, listed)
    inferred = () if "authorities" in drafts else tuple(_by_duty(sharing))
    if inferred:
        yield Group(
            id=f"RG{next(number)}",
            kind="authorities",
            name=f"{_NAMES['authorities']} (legal obligation)",
            inferred=True,
            evidence=tuple(sentence.evidence() for sentence in inferred),
        )


def _gather(
    sentence: Sentence,
    current: list[str],
    drafts: dict[str, _Draft],
    who: tuple[Organisation, ...],
) -> list[str]:
    """Add a sentence to the groups that it names, or to those that it goes on about."""
    named = [each for each in _kinds(sentence.text) if not _is_only_rule(each[0], sentence)]
    if who and _is_entry(sentence, {kind for kind, _ in named}, drafts):
        key = f"{sentence.line.number}:{sentence.start}"
        drafts[key] = _Draft("organisation", who[0].name, [sentence])
        return [key]
    if current and _goes_on(sentence, [drafts[kind] for kind in current], named):
        for kind in current:
            drafts[kind].sentences.append(sentence)
        return current
    for kind, hit in named:
        draft = drafts.setdefault(kind, _Draft(kind, hit.group()))
        draft.sentences.append(sentence)
    return [kind for kind, _ in named] or current


def _is_entry(sentence: Sentence, kinds: set[str], drafts: Mapping[str, _Draft]) -> bool:
    """Say whether a sentence that names somebody is an entry of its own: nothing else fits it.

    What it says in general of suppliers or processors is then about the one that it names.
    """
    if _is_item(sentence.line):
        return kinds <= _GENERAL
    if kinds:
        again = any(kind in drafts for kind in kinds)
        return again and kinds <= _GENERAL and _role(sentence.text) is not None
    functions = words(_PACKAGE, "functions")
    does = {name for name, said in functions.items() if said.search(sentence.text)}
    shares = words(_PACKAGE, "recipients")["share"].search(sentence.text) is not None
    of_group = bool(does) and does <= _OF_GROUP
    return not of_group or shares or _role(sentence.text) is not None


def _is_item(line: Line) -> bool:
    return line.is_bullet or _TABLE in line.text


def _begin(sentence: Sentence) -> int:
    """Give the place of the first word, after the line of a table."""
    return sentence.start + len(sentence.text) - len(sentence.text.lstrip(f" {_TABLE}"))


def _kinds_but_general(sentence: Sentence) -> bool:
    return any(kind not in _GENERAL for kind, _ in _kinds(sentence.text))


def _who(sentence: Sentence, named: _Named) -> tuple[Organisation, ...]:
    on_line = named.get(sentence.line.number, {})
    return tuple(each for at, each in on_line.items() if sentence.start <= at < sentence.end)


def _of_recipients(notice: NoticeText) -> Iterator[int]:
    """Give the lines under a heading on recipients, or under a question that stands for one."""
    asked: tuple[Section, str] | None = None
    for line in notice.lines:
        section = notice.section_of(line)
        if section is None:
            continue
        if line.text.rstrip().endswith("?"):
            asked = (section, _asked(line.text))
        by_question = asked[1] if asked is not None and asked[0] == section else ""
        of = by_question or _role_of_section(section)
        if of == "recipients":
            yield line.number


def _goes_on(
    sentence: Sentence, about: list[_Draft], named: list[tuple[str, re.Match[str]]]
) -> bool:
    """Say whether a sentence goes on about parties: on their line, or by a word for them below."""
    vocabulary = words(_PACKAGE, "recipients")
    if not vocabulary["goes_on"].match(sentence.text) or vocabulary["things"].match(sentence.text):
        return False
    on_line = any(draft.sentences[-1].line == sentence.line for draft in about)
    return on_line or any(kind in _GENERAL for kind, _ in named)


def _is_only_rule(kind: str, sentence: Sentence) -> bool:
    """Say whether a sentence speaks of third parties only to say when they get nothing."""
    if kind != "third_parties":
        return False
    vocabulary = words(_PACKAGE, "recipients")
    if vocabulary["negation"].search(sentence.text):
        return True
    shares = vocabulary["share"].search(sentence.text)
    return not shares or any(_is_condition(each, sentence) for each in _CONDITIONS)


def _others(notice: NoticeText, listed: frozenset[int]) -> Iterator[_Draft]:
    """Give the items of lists of recipients for which there is no word here."""
    vocabulary = words(_PACKAGE, "recipients")
    for number in sorted(listed):
        line = notice.lines[number - 1]
        section, sentence = notice.section_of(line), next(iter(sentences_of(line)), None)
        if sentence is None or section is None or section.role != "recipients":
            continue
        text = sentence.text.strip(" .;,:")
        is_short = len(text.split()) <= _LONGEST_ITEM
        said = vocabulary["negation"].search(text) or vocabulary["reason"].match(text)
        if is_short and not said and not any(True for _ in _kinds(text)):
            yield _Draft("other", text, [sentence])


def _listed(notice: NoticeText) -> Iterator[int]:
    """Give the numbers of the items below a line such as "We share your data with:"."""
    share, listing = words(_PACKAGE, "recipients")["share"], False
    for line in notice.lines:
        if listing and line.is_bullet:
            yield line.number
        elif not line.is_empty:
            listing = line.text.rstrip().endswith(":") and share.search(line.text) is not None


def _group(key: str, draft: _Draft, listed: frozenset[int]) -> Group:
    roles = [role for sentence in draft.sentences if (role := _role(sentence.text))]
    vocabulary = words(_PACKAGE, "recipients")
    dpa = any(vocabulary["dpa"].search(sentence.text) for sentence in draft.sentences)
    firm = [role for role in roles if role != "processor_if_on_behalf"]
    return Group(
        id=key,
        kind=draft.kind,
        name=_NAMES.get(draft.kind, draft.written),
        as_written=draft.written,
        role=_role_of(draft, (*firm, *roles)),
        agreement="DPA" if dpa else None,
        direction=_direction(draft, listed),
        evidence=tuple(sentence.evidence() for sentence in _telling(draft.sentences)),
    )


def _role_of(draft: _Draft, said: tuple[Role, ...]) -> Role | None:
    """Give the role that is said, else what the group is by its own word, if that tells."""
    role = _ROLE_OF_KIND.get(draft.kind)
    if said and role != "processor":
        return said[0]
    if role == "group_company":
        hit = words(_PACKAGE, "recipient_groups")[draft.kind].search(
            _telling(draft.sentences)[0].text
        )
        named = words(_PACKAGE, "recipients")["company"].search(hit.group() if hit else "")
        return role if named else None
    return role


def _telling(sentences: list[Sentence]) -> list[Sentence]:
    """Leave out lines that are only a heading, if others say more."""
    more = [
        each
        for each in sentences
        if each.line.is_bullet
        or len(each.line.text.split()) > _LONGEST_HEADING
        or re.search(r"[.:;]\s*$", each.line.text)
    ]
    return more or sentences


def _role(text: str) -> Role | None:
    vocabulary = words(_PACKAGE, "organisations")
    if vocabulary["joint"].search(text):
        return "joint_controller"
    if vocabulary["not_processor"].search(text):
        return "controller"
    if vocabulary["processor"].search(text):
        on_behalf = words(_PACKAGE, "recipients")["if_on_behalf"].search(text)
        return "processor_if_on_behalf" if on_behalf else "processor"
    return "controller" if vocabulary["controller"].search(text) else None


def _direction(draft: _Draft, listed: frozenset[int]) -> Direction | None:
    vocabulary = words(_PACKAGE, "recipients")
    texts = [sentence.text for sentence in draft.sentences]
    if any(vocabulary["inbound"].search(text) for text in texts):
        return "inbound"
    in_list = any(sentence.line.number in listed for sentence in draft.sentences)
    shares = in_list or any(vocabulary["share"].search(text) for text in texts)
    return "outbound" if shares else None


def _by_duty(sharing: tuple[Sentence, ...]) -> Iterator[Sentence]:
    """Find disclosures that a legal duty asks for: authorities receive them, without a word."""
    vocabulary = words(_PACKAGE, "recipients")
    for sentence in sharing:
        shares = vocabulary["share"].search(sentence.text)
        if shares and vocabulary["legal_duty"].search(sentence.text):
            yield sentence
