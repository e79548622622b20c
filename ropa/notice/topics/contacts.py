"""Whom a notice names: the data protection officer, the controller's contacts, the authority.

Art. 13(1)(a), (b) and (2)(d). Each line gives its own contacts; the role is what the words nearest
before the address say, else the label or heading above.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from ropa.notice.base import Evidence, Stated
from ropa.notice.lexicon import raw, words
from ropa.notice.text import Line, NoticeText, sentences_of

_FILE = "contacts"
_AUTHORITY = "supervisory_authority"
_OFFICER = "data_protection_officer"
_GENERAL = "general"
_WEBSITE = "website"
_DOMAIN_CLAIM = "email_domain_claim"
_OF_PEOPLE = frozenset({_OFFICER, "contact_person", "representative", "human_resources"})
_LABEL_REACH = 4
"""Lines above an address among which its label is looked for."""
_LABEL_LENGTH = 60
_CONTACT_ROLES = frozenset({"controller", "contacts", "complaint", "rights", "introduction"})
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")
_PROTECTED = re.compile(
    r"[\w.-]+\s?(?:\(at\)|\[at\]|\(a\)|\[a\]|\(ät\)|\[ät\])\s?(?:[\w-]+\s?(?:\.|\(dot\))\s?)+[a-z]{2,}",
    re.IGNORECASE,
)
_DOMAIN_ONLY = re.compile(r"(?<![\w.])@(?:[\w-]+\.)+[^\W\d_]{2,}")
_URL = re.compile(
    r"https?://[^\s<>()\"'”»\]]+|(?<![\w@.-])(?:www\.)?(?:[a-zåäöæø0-9-]+\.)+"
    r"(?:fi|se|no|dk|com|eu|net|org|io|uk|ie|example|test|ax|is|ee|de)"
    r"(?:/[^\s<>()\"'”»\]]*)?(?![\w@.-]\w)"
)
_PHONE = re.compile(r"(?<![\w/.,:-])(?:\+\s?|00\s?)?\(?\d[\d ()/-]{4,18}\d(?![\w/]|[-.,]\d)")
_NOT_PHONE_FORM = re.compile(
    r"\(?\d{1,4}/\d{1,4}\)?|(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{7}-\d|\d{6}-\d{4}"
)
_NAME = re.compile(
    r"[^\W\d_a-zåäöæø](?:[\w'\u2019-]|\.(?=\w))+"
    r"(?:\s+(?:&|og|och|ja|and|von|af|de|van)"
    r"(?=\s+[^\W\d_a-zåäöæø]))?"
    r"(?:\s+[^\W\d_a-zåäöæø](?:[\w'\u2019/-]|\.(?=\w))*(?:\s+&)?){1,5}"
)
_AFTER_ROLE = re.compile(
    r"\W{0,3}(?:(?:vårt|vår|vores|our|meidän)\s+)?(?:(?:on|är|er|is|heter|heiter|hedder|som er)\s+"
    r")?"
    r"(?:(?:nimi|navn|namn|name)\W+)?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:EU|GDPR|Art|Yhteys|Puhelin|Telefon|E-post|Email|Sähköposti|Personvern|Datatilsynet)\b"
)
_IN_PAIRS = re.compile(r"\d\d(?: \d\d){3}")
"""Danish and Norwegian numbers, as they are mostly written."""
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15


class Contact(Stated):
    """One way to reach somebody."""

    role: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    url: str | None = None
    address: str | None = None
    domain: str | None = None
    """That the organisation's own mail is said to come from."""
    value: str | None = None
    """Name of the authority."""
    name_outdated: bool = False
    """The authority bears another name now."""
    purpose: str | None = None

    @model_serializer(mode="wrap")
    def _without_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        values: dict[str, Any] = handler(self)
        shown = {"name", "email", "phone"} if self.role == _OFFICER else set()
        if self.role == _AUTHORITY:
            shown = {"value"}
        always = {"role", "evidence", "inferred", "purpose"} | shown
        return {
            key: value
            for key, value in values.items()
            if key in always or value not in (None, False)
        }


@dataclass(frozen=True, slots=True)
class _Hit:
    """An address in a line."""

    field: str
    value: str
    start: int
    end: int


def read_contacts(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the contacts; an authority that is not named is an entry without a value."""
    del found
    own = _own_domains(notice)
    every = [
        contact
        for line in notice.lines
        if not line.is_empty
        for contact in _of_line(line, notice, own)
    ]
    contacts = _merged(every)
    if not any(contact.role == _AUTHORITY for contact in contacts):
        contacts.append(Contact(role=_AUTHORITY))
    return {"contacts": tuple(contacts)}


def _merged(contacts: list[Contact]) -> list[Contact]:
    """Put together what is named twice."""
    merged: list[Contact] = []
    quotes: list[dict[Evidence, None]] = []
    places: dict[object, list[int]] = {}
    for contact in contacts:
        near = sorted({at for key in _keys(contact) for at in places.get(key, ())})
        same = next((at for at in near if _is_same(merged[at], contact)), len(merged))
        if same == len(merged):
            merged.append(contact)
            quotes.append(dict.fromkeys(contact.evidence))
        else:
            quotes[same] |= dict.fromkeys(contact.evidence)
            fields = {
                name: getattr(contact, name)
                for name in ("name", "email", "phone", "url", "address")
                if getattr(merged[same], name) is None and getattr(contact, name) is not None
            }
            merged[same] = merged[same].model_copy(update=fields)
        for key in _keys(merged[same]):
            if same not in places.setdefault(key, []):
                places[key].append(same)
    return [
        contact.model_copy(update={"evidence": tuple(said)})
        for contact, said in zip(merged, quotes, strict=True)
    ]


def _keys(contact: Contact) -> Iterator[object]:
    """Give what a contact must share with another to be the same."""
    if contact.role == _AUTHORITY:
        yield _AUTHORITY
    for name in ("email", "phone", "domain", "url"):
        value = getattr(contact, name)
        if value is not None:
            yield name, value


def _is_same(one: Contact, other: Contact) -> bool:
    if one.role == other.role == _AUTHORITY:
        return one.value == other.value or None in (one.value, other.value)
    pairs = ((one.email, other.email), (one.phone, other.phone), (one.domain, other.domain))
    if any(a is not None and a == b for a, b in pairs):
        return one.role == other.role or _GENERAL in (one.role, other.role)
    return one.role == other.role == _WEBSITE and one.url == other.url


def _of_line(line: Line, notice: NoticeText, own: frozenset[str]) -> Iterator[Contact]:
    authority = _authority(line)
    claimed = _claim(line, notice.language)
    if claimed is not None:
        yield claimed
    groups: dict[str, list[_Hit]] = {}
    for hit in _hits(line, notice, own):
        role = _role(hit, line, notice)
        groups.setdefault(role, []).append(hit)
    named = _named(line, notice)
    for role, name in named.items():
        groups.setdefault(role, [])
        del name
    for role, hits in groups.items():
        if role == _AUTHORITY:
            continue
        yield _contact(role, hits, named.get(role), line, notice.language)
    if authority is not None:
        yield _of_authority(authority, groups.get(_AUTHORITY, []), line, notice.language)


def _contact(role: str, hits: list[_Hit], named: _Hit | None, line: Line, language: str) -> Contact:
    fields = {hit.field: hit.value for hit in reversed(hits)}
    spans = [*hits, *([named] if named else [])]
    if named is not None:
        fields["name"] = named.value
    evidence = _evidence(line, min(hit.start for hit in spans), max(hit.end for hit in spans))
    purpose = _purpose(line, min(hit.start for hit in spans), language)
    return Contact(role=role, purpose=purpose, evidence=(evidence,), **fields)


def _of_authority(
    found: tuple[str, bool, re.Match[str]], hits: list[_Hit], line: Line, language: str
) -> Contact:
    name, outdated, match = found
    fields = {hit.field: hit.value for hit in reversed(hits)}
    end = max([match.end(), *(hit.end for hit in hits)])
    return Contact(
        role=_AUTHORITY,
        name=name,
        value=name,
        name_outdated=outdated,
        purpose=_purpose(line, match.start(), language),
        evidence=(_evidence(line, match.start(), end),),
        **fields,
    )


def _evidence(line: Line, start: int, end: int) -> Evidence:
    """Quote the sentences from the one that holds the start to the one that holds the end."""
    spans = [each for each in sentences_of(line) if each.end > start and each.start < end]
    first = min([start, *(span.start for span in spans)])
    last = max([end, *(span.end for span in spans)])
    return line.evidence(first, last)


def _hits(line: Line, notice: NoticeText, own: frozenset[str]) -> Iterator[_Hit]:
    for pattern in (_EMAIL, _PROTECTED):
        for match in pattern.finditer(line.text):
            yield _Hit("email", match.group().rstrip("."), match.start(), match.end())
    yield from _phones(line, notice)
    yield from _urls(line, notice, own)


def _phones(line: Line, notice: NoticeText) -> Iterator[_Hit]:
    section = notice.section_of(line)
    of_contacts = section is not None and section.role in _CONTACT_ROLES
    for match in _PHONE.finditer(line.text):
        number = match.group().strip()
        if number.count("(") != number.count(")"):
            number = number.lstrip("(")
        digits = sum(map(str.isdigit, number))
        before = line.text[max(0, match.start() - 45) : match.start()]
        if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS or _NOT_PHONE_FORM.fullmatch(number):
            continue
        if re.search(raw(_FILE)["not_phone"], before, re.IGNORECASE):
            continue
        cued = words(_FILE, "phone").search(before, notice.language) is not None
        beside = _EMAIL.search(before) is not None and number.startswith("0")
        official = number.startswith("0") and _authority(line) is not None
        plain = number[0] in "+(" or _IN_PAIRS.fullmatch(number) is not None
        if cued or (plain and of_contacts) or beside or official:
            start = line.text.index(number, match.start())
            yield _Hit("phone", number, start, start + len(number))


def _urls(line: Line, notice: NoticeText, own: frozenset[str]) -> Iterator[_Hit]:
    """Give the organisation's own addresses, and those of authorities."""
    text = _EMAIL.sub(lambda match: " " * len(match.group()), line.text)
    section = notice.section_of(line)
    ours = section is not None and section.role in ("changes", "controller", "contacts")
    told = ours and words(_FILE, "website").search(text, notice.language) is not None
    for match in _URL.finditer(text):
        url = match.group().rstrip(".,;:")
        host = re.sub(r"^https?://|^www\.|[/?#].*$", "", re.sub(r"^https?://", "", url)).lower()
        base = ".".join(host.split(".")[-2:])
        if base in own or host in _authority_domains() or told:
            yield _Hit("url", url, match.start(), match.start() + len(url))


def _own_domains(notice: NoticeText) -> frozenset[str]:
    """Give the domains of the addresses in the notice, authorities' apart."""
    domains = {
        ".".join(match.group().rpartition("@")[2].lower().split(".")[-2:])
        for line in notice.lines
        for pattern in (_EMAIL, _DOMAIN_ONLY)
        for match in pattern.finditer(line.text)
    }
    return frozenset(domains - _authority_domains())


def _authority_domains() -> frozenset[str]:
    return frozenset(domain for entry in raw(_FILE)["authorities"] for domain in entry["domains"])


def _role(hit: _Hit, line: Line, notice: NoticeText) -> str:
    """Say whose an address is."""
    domain = re.sub(r"^https?://|^www\.", "", hit.value.rpartition("@")[2].lower())
    if any(domain.removeprefix("www.").startswith(each) for each in _authority_domains()):
        return _AUTHORITY
    if hit.field == "email":
        for role, pattern in raw(_FILE)["mailboxes"].items():
            if re.search(pattern, hit.value, re.IGNORECASE):
                return str(role)
    near = _nearest_role(line.text, notice.language, hit.start)
    if hit.field == "url":
        return near if near in (_AUTHORITY, _OFFICER) and _same_clause(line, hit) else _WEBSITE
    if near and (hit.field == "email" or near != _AUTHORITY):
        return near
    return near or _role_above(line, notice) or _GENERAL


def _same_clause(line: Line, hit: _Hit) -> bool:
    return "." not in line.text[max(0, hit.start - 40) : hit.start].rstrip(" .")


def _nearest_role(text: str, language: str, before: int | None = None) -> str:
    """Give the role whose word stands last in a text, or last before a place in it."""
    stop = len(text) if before is None else before
    found = (each for each in _roles_in(text, language) if each[1] <= stop)
    return max(found, key=lambda each: each[0], default=(0, 0, ""))[2]


@lru_cache(maxsize=1024)
def _roles_in(text: str, language: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (match.start(), match.end(), role)
        for role in raw(_FILE)["roles"]
        for match in words(_FILE, "roles", role).find(text, language)
    )


def _role_above(line: Line, notice: NoticeText) -> str:
    """Give the role that a label or a heading above a line tells."""
    for number in range(line.number - 1, max(0, line.number - 1 - _LABEL_REACH), -1):
        above = notice.lines[number - 1]
        if above.is_empty:
            break
        short = above.text if len(above.text) <= _LABEL_LENGTH else ""
        role = _nearest_role(short, notice.language)
        if role and role not in (_AUTHORITY, "switchboard"):
            return role
    section = notice.section_of(line)
    role = _nearest_role(section.heading, notice.language) if section else ""
    return role if role in (_OFFICER, "contact_person", "representative") else ""


def _named(line: Line, notice: NoticeText) -> dict[str, _Hit]:
    """Give the names that stand beside the word for a role."""
    named: dict[str, _Hit] = {}
    for role in sorted(_OF_PEOPLE):
        for match in words(_FILE, "roles", role).find(line.text, notice.language):
            after = _AFTER_ROLE.match(line.text, match.end())
            name = _NAME.match(line.text, after.end() if after else match.end())
            if name and not _NO_NAME.search(name.group()):
                value = name.group().rstrip(".,")
                named.setdefault(
                    role, _Hit("name", value, match.start(), name.start() + len(value))
                )
    section = notice.section_of(line)
    if not named and section and section.role == "contacts" and not line.text.strip().isupper():
        name = _NAME.fullmatch(line.text.strip())
        role = _nearest_role(section.heading, notice.language)
        if name and role in _OF_PEOPLE and not _NO_NAME.search(name.group()):
            start = line.text.index(name.group())
            named[role] = _Hit("name", name.group(), start, start + len(name.group()))
    return named


@lru_cache(maxsize=1024)
def _authority(line: Line) -> tuple[str, bool, re.Match[str]] | None:
    for entry in raw(_FILE)["authorities"]:
        match = re.search(entry["pattern"], line.text)
        if match:
            return entry["name"], bool(entry.get("outdated")), match
    return None


def _claim(line: Line, language: str) -> Contact | None:
    """Read the claim that mail of the organisation comes from one domain."""
    for sentence in sentences_of(line):
        domain = _DOMAIN_ONLY.search(sentence.text)
        if domain and words(_FILE, "mail_claim").search(sentence.text, language):
            return Contact(
                role=_DOMAIN_CLAIM, domain=domain.group(), evidence=(sentence.evidence(),)
            )
    return None


def _purpose(line: Line, at: int, language: str) -> str | None:
    """Say what a contact is for: what its sentence says, else the sentence before it."""
    sentences = [each for each in sentences_of(line) if each.start <= at]
    for sentence in reversed(sentences[-2:]):
        for name in raw(_FILE)["purposes"]:
            if words(_FILE, "purposes", name).search(sentence.text, language):
                return str(name)
    return None
