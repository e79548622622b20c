"""Transfers to third countries: claims, safeguards and flows (GDPR Arts. 13(1)(f), 44 to 49).

A claim that data stay in the EEA and a sentence that they are elsewhere are a contradiction only
where the second is no stated exception to the first. A flow is to somebody: an organisation that
the sentence names, or that the sentence before it named.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from ropa.countries import countries_in
from ropa.notice.base import Evidence, Item, Stated, Value
from ropa.notice.text import NoticeText, Section, Sentence
from ropa.notice.topics.organisations import Mention, Organisation, mentions_of
from ropa.notice.wording import words
from ropa.places import places

_ByLine = Mapping[int, Sequence[tuple[str, int]]]
Offer = Literal["link", "on_request"]

_PACKAGE = "ropa.notice.topics"
_FILE = "transfers"
_ELSEWHERE = frozenset({"rights", "complaint", "version", "title", "cookies"})
"""Sections whose talk of countries is of courts, authorities or cookies."""
_NOT_RECEIVING = _ELSEWHERE | {
    "sources",
    "data_categories",
    "data_subjects",
    "controller",
    "contacts",
}
_CLAUSES = "standard_contractual_clauses"
_DPF = "data_privacy_framework"
_ENDED = frozenset({"privacy_shield", "safe_harbor"})
"""Annulled by the Court; notices name them also to say that they no longer rely on them."""
_NEAR = 40
_SHORT_ANSWER = 6
_REFUSAL = re.compile(r"\W*(?:no|nej|nei|ei|emme)\W*", re.IGNORECASE)
_ACT = re.compile(r"\b(\d{4}/\d{2,4})(?:/E[CGUY])?\b")
_MECHANISM_OF_ACT: Mapping[str, str] = {
    "2021/914": "standard_contractual_clauses",
    "2010/87": "standard_contractual_clauses",
    "2004/915": "standard_contractual_clauses",
    "2001/497": "standard_contractual_clauses",
    "2002/16": "standard_contractual_clauses",
    "2016/1250": "privacy_shield",
    "2023/1795": _DPF,
    "2000/520": "safe_harbor",
}
_DEROGATIONS = ("art49_contract_necessity", "art49_consent", "art49_legal_claims")
_PARENT = "group parent"
_DPV: Mapping[str, str] = {
    "adequacy_decision": "eu-gdpr:A45-3",
    _DPF: "eu-gdpr:A45-3",
    "privacy_shield": "eu-gdpr:A45-3",
    "binding_corporate_rules": "eu-gdpr:A46-2-b",
    "standard_contractual_clauses": "eu-gdpr:A46-2-c",
    "code_of_conduct": "eu-gdpr:A46-2-e",
    "certification": "eu-gdpr:A46-2-f",
    "art49_consent": "eu-gdpr:A49-1-a",
    "art49_contract_necessity": "eu-gdpr:A49-1-b",
    "art49_legal_claims": "eu-gdpr:A49-1-e",
}
_URL = re.compile(r"https?://[^\s<>()\]]+|\bwww\.[^\s<>()\]]+")


class Mechanism(Stated):
    """What transfers rest on, as the notice lists it."""

    id: str
    dpv: str | None = None
    version: str | None = None
    """The act, if the notice says which."""


class Derogation(Stated):
    """An exception of Art. 49(1) that the notice relies on."""

    id: str
    dpv: str | None = None
    case_by_case: bool = False


class Supplementary(Stated):
    """Measures beyond the tool (C-311/18)."""

    promised: bool = True
    described: bool
    dpv: str = "eu-gdpr:SupplementaryMeasure"


class CopyOfSafeguards(Stated):
    """Where a copy of the safeguards can be had (Art. 13(1)(f))."""

    offered: bool = True
    how: Offer | None = None
    url: str | None = None


class Claim(Value):
    """A claim about where data are."""

    value: str


class Contradiction(Item):
    """Two claims of which one is not true."""

    claim: Evidence
    against: Evidence


class Flow(Stated):
    """Data that go to somebody."""

    id: str
    to: tuple[str, ...]
    """Ids of organisations."""
    country: str | None = None
    third_country: bool | None = None
    """True also where the notice says only that it is outside the EEA."""
    mechanism: str | None = None
    scc_version: str | None = None
    """The act of the standard contractual clauses, if the notice says which."""
    dpf_mentioned: bool = False


class Transfers(Item):
    """All that a notice says of transfers."""

    default_claim: Claim | None = None
    contradicting_claim: Claim | None = None
    contradiction: Contradiction | None = None
    exception_claim: Claim | None = None
    third_countries: tuple[Value, ...] = ()
    mechanisms_listed: tuple[Mechanism, ...] = ()
    derogations_listed: tuple[Derogation, ...] = ()
    supplementary_measures: Supplementary | None = None
    copy_of_safeguards: CopyOfSafeguards | None = None
    flows: tuple[Flow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What one sentence says of places."""

    sentence: Sentence
    role: str
    section: Section | None
    outside: bool
    inside: bool
    third: tuple[str, ...]
    """Third countries that it names."""
    handles: bool
    denies: bool
    hedged: bool

    @property
    def goes_out(self) -> bool:
        """Say whether data leave the EEA by it, or may."""
        named = self.outside or bool(self.third)
        return named and self.handles and not self.denies

    @property
    def stays(self) -> bool:
        """Say whether it claims that data stay in the EEA."""
        stays = self.inside and self.handles and not (self.outside or self.third)
        return (self.denies and self.outside) or (stays and not self.denies)


@dataclass(slots=True)
class _Draft:
    """A flow while it is gathered."""

    to: dict[str, None] = field(default_factory=dict)
    country: str | None = None
    third: bool | None = None
    mechanism: str | None = None
    version: str | None = None
    inferred: bool = False
    evidence: list[Evidence] = field(default_factory=list)


def read_transfers(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the transfers, and complete the organisations by the countries that they name."""
    organisations: tuple[Organisation, ...] = tuple(found.get("organisations") or ())
    told = tuple(_told(notice, _addresses(organisations)))
    flows = tuple(_numbered(_flows(notice, found, told, organisations)))
    transfers = _transfers(told, flows)
    countries: dict[str, str] = {}
    for flow in flows:
        if flow.third_country and flow.country and not flow.inferred:
            countries |= {key: flow.country for key in flow.to if key not in countries}
    completed = tuple(
        each.model_copy(update={"transfers_to": countries[each.id]})
        if each.id in countries
        else each
        for each in organisations
    )
    is_silent = transfers == Transfers()
    return {"transfers": None if is_silent else transfers, "organisations": completed}


def _transfers(told: tuple[_Told, ...], flows: tuple[Flow, ...]) -> Transfers:
    default = _default_claim(told)
    against = _contradicting(told, default)
    return Transfers(
        default_claim=_claim_of(default),
        contradicting_claim=_against(against),
        contradiction=_contradiction(default, against),
        exception_claim=_exception(told, against),
        third_countries=tuple(_third_countries(told)),
        mechanisms_listed=tuple(_mechanisms(told)),
        derogations_listed=tuple(_derogations(told)),
        supplementary_measures=_supplementary(told),
        copy_of_safeguards=_copy(told),
        flows=flows,
    )


def _told(notice: NoticeText, addresses: frozenset[tuple[int, str]]) -> Iterator[_Told]:
    vocabulary = words(_PACKAGE, _FILE)
    home = _home(notice)
    asked: Section | None = None
    for sentence in notice.sentences:
        section = notice.section_of(sentence.line)
        if section is None or vocabulary["explains"].search(sentence.text):
            continue
        if sentence.text.endswith("?"):
            asked = section if vocabulary["outside"].search(sentence.text) else None
            continue
        is_asked = asked == section or _is_asked(section)
        about = is_asked or section.role == "transfers"
        refuses = is_asked and _REFUSAL.fullmatch(sentence.text) is not None
        if section.role in _ELSEWHERE and not _is_of_transfers(sentence.text):
            continue
        text = sentence.text
        third = tuple(
            code
            for code in _third_in(text)
            if code != home and (sentence.line.number, code) not in addresses
        )
        spoken = about and bool(third)
        yield _Told(
            sentence,
            "transfers" if about else section.role,
            section,
            outside=refuses
            or vocabulary["outside"].search(text) is not None
            or _answers(section, text),
            inside=_is_inside(text),
            third=third,
            handles=spoken or vocabulary["handles"].search(text) is not None,
            denies=refuses or _denies(text),
            hedged=vocabulary["hedged"].search(text) is not None,
        )


def _is_asked(section: Section) -> bool:
    """Say whether a heading asks whether data leave the EEA."""
    outside = words(_PACKAGE, _FILE)["outside"].search(section.heading)
    return outside is not None and section.heading.rstrip().endswith("?")


def _home(notice: NoticeText) -> str | None:
    """Give the country whose own law the notice is under, if that is not of the EEA."""
    british = words(_PACKAGE, _FILE)["british_law"]
    return "GB" if any(british.search(line.text) for line in notice.lines) else None


def _answers(section: Section, text: str) -> bool:
    """Say whether a short denial answers the heading: "Transfers outside the EEA: none"."""
    outside = words(_PACKAGE, _FILE)["outside"].search(section.heading)
    return bool(outside) and len(text.split()) <= _SHORT_ANSWER and _denies(text)


def _is_inside(text: str) -> bool:
    """Say whether a sentence puts data in the EEA: in so many words, or stored in one country."""
    vocabulary = words(_PACKAGE, _FILE)
    if vocabulary["inside"].search(text):
        return True
    today = date.today()  # noqa: DTZ011 - membership changes by years
    return vocabulary["stored"].search(text) is not None and any(
        not country.adjective and places().is_eea(country.code, today)
        for country in countries_in(text)
    )


def _is_of_transfers(text: str) -> bool:
    vocabulary = words(_PACKAGE, _FILE)
    return bool(vocabulary["outside"].search(text) or bool(_mechanisms_in(text)))


def _addresses(organisations: tuple[Organisation, ...]) -> frozenset[tuple[int, str]]:
    """Give the lines in which a country is part of an address, where nothing is sent."""
    return frozenset(
        (evidence.line, each.country)
        for each in organisations
        if each.country and each.address
        for evidence in each.evidence
        if each.address in evidence.quote
    )


def _third_in(text: str) -> Iterator[str]:
    today = date.today()  # noqa: DTZ011 - membership changes by years
    for country in countries_in(text):
        if not country.adjective and not places().is_eea(country.code, today):
            yield country.code


def _denies(text: str) -> bool:
    """Say whether a sentence denies that something is done with data, not whether it says "not".

    >>> _denies("Vi överför inte uppgifter utanför EU.")
    True
    >>> _denies("If the law does not protect you, we process less outside the EEA.")
    False
    """
    vocabulary = words(_PACKAGE, _FILE)
    if vocabulary["only"].search(text) and re.search(
        r"\b(?:not only|ei vain|inte bara|ikke (?:bare|kun))", text
    ):
        return False
    handles = [handled.span() for handled in vocabulary["handles"].finditer(text)]
    for negation in vocabulary["negation"].finditer(text):
        for handled in handles:
            first, second = sorted((negation.span(), handled))
            near = second[0] - first[1] <= _NEAR
            if near and not re.search(r"[,;:]", text[first[1] : second[0]]):
                return True
    return False


def _default_claim(told: tuple[_Told, ...]) -> list[_Told]:
    claims = [each for each in told if each.stays]
    return sorted(claims, key=lambda each: (each.role != "transfers", not each.denies))


def _is_absolute(each: _Told) -> bool:
    vocabulary = words(_PACKAGE, _FILE)
    return not each.hedged and not vocabulary["by_default"].search(each.sentence.text)


def _claim_of(claims: list[_Told]) -> Claim | None:
    if not claims:
        return None
    best = claims[0]
    by_default = words(_PACKAGE, _FILE)["by_default"].search(best.sentence.text)
    value = "no transfers outside the EU/EEA" if best.denies else "processing in the EEA"
    if best.denies and words(_PACKAGE, _FILE)["unless"].search(best.sentence.text):
        value += " unless conditions are met"
    same = [each for each in claims if each.denies == best.denies]
    return Claim(
        value=f"{value} by default" if by_default else value,
        evidence=tuple(each.sentence.evidence() for each in same),
    )


def _contradicting(told: tuple[_Told, ...], default: list[_Told]) -> list[_Told]:
    """Find what cannot be true beside the claim: data only outside, or outside in spite of it."""
    if not default:
        return []
    only = [each for each in told if each.goes_out and _only_outside(each.sentence.text)]
    if only or not _is_absolute(default[0]):
        return only
    return [each for each in told if each.goes_out and not each.hedged]


def _only_outside(text: str) -> bool:
    vocabulary = words(_PACKAGE, _FILE)
    if bool(_mechanisms_in(text)):
        return False
    for only in vocabulary["only"].finditer(text):
        outside = vocabulary["outside"].search(text, only.end())
        if outside and outside.start() - only.end() <= _NEAR:
            between = text[only.end() : outside.start()]
            return not re.search(r"\b(?:if|when|jos|kun|om|hvis|dersom|när|når)\b", between)
    return False


def _against(against: list[_Told]) -> Claim | None:
    if not against:
        return None
    only = _only_outside(against[0].sentence.text)
    return Claim(
        value="processed only outside the EU/EEA" if only else "processed outside the EU/EEA",
        evidence=tuple(each.sentence.evidence() for each in against),
    )


def _contradiction(default: list[_Told], against: list[_Told]) -> Contradiction | None:
    if not default or not against:
        return None
    return Contradiction(
        claim=default[0].sentence.evidence(), against=against[0].sentence.evidence()
    )


def _exception(told: tuple[_Told, ...], against: list[_Told]) -> Claim | None:
    said = [each for each in told if each.goes_out and each not in against]
    said = [each for each in said if each.hedged and each.outside] or said
    if not said:
        return None
    said.sort(key=lambda each: each.role != "transfers")
    return Claim(
        value="some processing outside the EU/EEA",
        evidence=tuple(each.sentence.evidence() for each in said),
    )


def _third_countries(told: tuple[_Told, ...]) -> Iterator[Value]:
    said: dict[str, list[Evidence]] = {}
    for each in told:
        relies = bool(_mechanisms_in(each.sentence.text))
        if each.goes_out or (relies and not each.denies):
            for code in dict.fromkeys(each.third):
                said.setdefault(code, []).append(each.sentence.evidence())
    for code, evidence in said.items():
        yield Value(value=code, evidence=tuple(evidence))


@lru_cache(maxsize=4096)
def _mechanisms_in(text: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """Give the mechanisms that a sentence relies on, not those that it says are missing."""
    return tuple(_relied_on(text))


def _relied_on(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    vocabulary = words(_PACKAGE, _FILE)
    for mechanism, pattern in words(_PACKAGE, "mechanisms").items():
        for found in pattern.finditer(text):
            if mechanism == "adequacy_decision" and (
                _is_lacking(text, found) or _is_of_framework(text, found)
            ):
                continue
            if mechanism in _ENDED and vocabulary["ended"].search(text):
                continue
            yield mechanism, found
            break
        else:
            if mechanism == "adequacy_decision":
                yield from (("adequacy_decision", found) for found in _adequate(text))


def _adequate(text: str) -> Iterator[re.Match[str]]:
    vocabulary = words(_PACKAGE, _FILE)
    found = vocabulary["adequate_level"].search(text)
    decided = vocabulary["commission_decides"].search(text)
    if found and decided and not _is_lacking(text, found) and not _is_of_framework(text, found):
        near = min(abs(found.start() - decided.end()), abs(decided.start() - found.end()))
        if near <= 2 * _NEAR:
            yield found


def _is_lacking(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 2 * _NEAR) : found.start()]
    return words(_PACKAGE, _FILE)["lacks"].search(before.rpartition(",")[2]) is not None


def _is_of_framework(text: str, found: re.Match[str]) -> bool:
    """Say whether the decision is that on the EU-US framework, which is told by its own name."""
    framework = words(_PACKAGE, "mechanisms")[_DPF].search(text, found.end())
    between = text[found.end() : framework.start()] if framework else None
    return between is not None and len(between) <= _NEAR and not re.search(r"[,;.]", between)


def _version(text: str, mechanism: str) -> str | None:
    for act in _ACT.finditer(text):
        if _MECHANISM_OF_ACT.get(act[1]) == mechanism:
            return act[1]
    return None


def _mechanisms(told: tuple[_Told, ...]) -> Iterator[Mechanism]:
    said: dict[str, list[Evidence]] = {}
    versions: dict[str, str] = {}
    for each in told:
        for mechanism, found in _mechanisms_in(each.sentence.text):
            quote = each.sentence.evidence(found.start(), found.end())
            said.setdefault(mechanism, []).append(quote)
            version = _version(each.sentence.text, mechanism)
            if version is not None:
                versions.setdefault(mechanism, version)
    for mechanism, evidence in said.items():
        yield Mechanism(
            id=mechanism,
            dpv=_DPV.get(mechanism),
            version=versions.get(mechanism),
            evidence=tuple(evidence),
        )


def _derogations(told: tuple[_Told, ...]) -> Iterator[Derogation]:
    vocabulary = words(_PACKAGE, _FILE)
    for derogation in _DEROGATIONS:
        said = [
            (each, found)
            for each in told
            if each.handles and (each.outside or each.third or each.role == "transfers")
            if (found := vocabulary[derogation].search(each.sentence.text))
        ]
        if said:
            yield Derogation(
                id=derogation,
                dpv=_DPV[derogation],
                case_by_case=any(
                    vocabulary["case_by_case"].search(each.sentence.text) for each, _ in said
                ),
                evidence=tuple(each.sentence.evidence() for each, _ in said),
            )


def _of_transfers(told: tuple[_Told, ...]) -> Iterator[_Told]:
    """Give the sentences about transfers: of their section, or of a place or a mechanism."""
    for each in told:
        spoken = each.outside or bool(_mechanisms_in(each.sentence.text))
        if each.role == "transfers" or spoken:
            yield each


def _supplementary(told: tuple[_Told, ...]) -> Supplementary | None:
    vocabulary = words(_PACKAGE, _FILE)
    said = [
        each.sentence
        for each in _of_transfers(told)
        if vocabulary["supplementary"].search(each.sentence.text)
    ]
    if not said:
        return None
    return Supplementary(
        described=any(vocabulary["described"].search(sentence.text) for sentence in said),
        evidence=tuple(sentence.evidence() for sentence in said),
    )


def _copy(told: tuple[_Told, ...]) -> CopyOfSafeguards | None:
    vocabulary = words(_PACKAGE, _FILE)
    for each in _of_transfers(told):
        text = each.sentence.text
        if not vocabulary["copy"].search(text):
            continue
        url = _URL.search(text)
        how: Offer | None = None
        if url or vocabulary["link"].search(text):
            how = "link"
        elif vocabulary["on_request"].search(text):
            how = "on_request"
        return CopyOfSafeguards(
            how=how,
            url=url.group().rstrip(".,;:") if url else None,
            evidence=(each.sentence.evidence(),),
        )
    return None


def _flows(
    notice: NoticeText,
    found: Mapping[str, Any],
    told: tuple[_Told, ...],
    organisations: tuple[Organisation, ...],
) -> Iterator[_Draft]:
    by_id = {each.id: each for each in organisations}
    mentions = {key: at for key, at in mentions_of(notice, found).items() if key in by_id}
    drafts: dict[tuple[str | None, str | None, bool | None, str | None], _Draft] = {}
    for each, to in _addressed(told, _by_line(mentions), by_id):
        for said in _said_of(each, to, by_id):
            whose = None if to and each.third and said.mechanism is None else ",".join(said.to)
            draft = drafts.setdefault((said.country, said.mechanism, said.third, whose), said)
            draft.to |= said.to
            if draft is not said:
                draft.evidence += said.evidence
    yield from _joined(list(drafts.values()))
    reached = {key for draft in drafts.values() for key in draft.to}
    yield from _untold(notice, mentions, by_id, reached)


def _joined(drafts: list[_Draft]) -> Iterator[_Draft]:
    """Leave out a flow if others tell of all of its organisations on what theirs rest."""
    counts = Counter(key for draft in drafts for key in draft.to)
    by_rarest: dict[str, list[_Draft]] = {}
    for draft in drafts:
        if draft.to:
            by_rarest.setdefault(min(draft.to, key=counts.__getitem__), []).append(draft)
    for draft in drafts:
        near = (other for key in draft.to for other in by_rarest.get(key, ()))
        fuller = [other for other in near if _is_fuller(other, draft)]
        told = {key for other in fuller for key in other.to}
        if not fuller or set(draft.to) != told:
            yield draft
            continue
        for other in fuller:
            other.evidence += draft.evidence
            other.country = other.country or draft.country
            other.third = other.third or draft.third


def _is_fuller(other: _Draft, draft: _Draft) -> bool:
    """Say whether a flow is part of another and has what that lacks: the tool."""
    return (
        draft.mechanism is None
        and other.mechanism is not None
        and bool(other.to)
        and set(other.to) <= set(draft.to)
        and (None in {draft.country, other.country} or draft.country == other.country)
    )


def _addressed(
    told: tuple[_Told, ...],
    named_on: _ByLine,
    by_id: Mapping[str, Organisation],
) -> Iterator[tuple[_Told, tuple[str, ...]]]:
    """Give the sentences that send data to somebody, and to whom.

    A sentence on the safeguards alone goes on about the country of the one before it.
    """
    parents = tuple(key for key, each in by_id.items() if each.function == _PARENT)
    before: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    section, last = None, None
    sent: dict[str, tuple[str, ...]] = {}
    for each in told:
        if each.section != section:
            section, before, listed, sent = each.section, (), (), {}
        said = (*_named_in(each.sentence, named_on), *_parent_in(each.sentence, parents))
        named = tuple(dict.fromkeys(said))
        adjacent = last is not None and last.sentence.line == each.sentence.line
        to = named
        if not to and _is_of_these(each.sentence.text):
            to = listed or before
        elif not to and adjacent and not each.hedged and not (each.third and _basis_of(each)):
            to = before
        relies = bool(_mechanisms_in(each.sentence.text))
        if each.goes_out:
            sent |= dict.fromkeys(to, each.third)
        if to and (each.goes_out or (relies and not each.denies)):
            third = each.third or next((sent[key] for key in to if sent.get(key)), ())
            yield replace(each, third=third), to
        elif each.goes_out and each.third and _basis_of(each):
            yield each, ()
        before = named
        listed = named or listed
        last = each


def _by_line(mentions: Mapping[str, tuple[Mention, ...]]) -> _ByLine:
    """Give the organisations that each line names, in the organisations' order, and where."""
    found: dict[int, list[tuple[str, int]]] = {}
    for key, places_of in mentions.items():
        for at in places_of:
            found.setdefault(at.line.number, []).append((key, at.start))
    return found


def _named_in(sentence: Sentence, named: _ByLine) -> tuple[str, ...]:
    on_line = named.get(sentence.line.number, ())
    inside = (key for key, start in on_line if sentence.start <= start < sentence.end)
    return tuple(dict.fromkeys(inside))


def _parent_in(sentence: Sentence, parents: tuple[str, ...]) -> tuple[str, ...]:
    """Give the parent company where a sentence speaks of it without its name."""
    said = words(_PACKAGE, "functions")[_PARENT].search(sentence.text)
    return parents if said and len(parents) == 1 else ()


def _basis_of(each: _Told) -> str | None:
    """Say on what a transfer rests: the first tool that is named, else a derogation."""
    text = each.sentence.text
    tool = min(_mechanisms_in(text), key=lambda pair: pair[1].start(), default=None)
    if tool is not None:
        return tool[0]
    if not each.goes_out:
        return None
    return next((key for key in _DEROGATIONS if words(_PACKAGE, _FILE)[key].search(text)), None)


def _is_of_these(text: str) -> bool:
    return words(_PACKAGE, _FILE)["these"].search(text[: 2 * _NEAR]) is not None


def _said_of(
    each: _Told, to: tuple[str, ...], by_id: Mapping[str, Organisation]
) -> Iterator[_Draft]:
    """Give what a sentence says of a flow; one for each country, unless it goes to several."""
    if each.third and len(to) <= 1:
        for code in dict.fromkeys(each.third):
            yield _draft(each, to, code, third=True)
        return
    there = tuple(key for key in to if by_id[key].country in each.third)
    to = there or to
    stated = by_id[to[0]].country if len(to) == 1 else None
    in_eea = stated is not None and places().is_eea(stated, date.today())  # noqa: DTZ011
    needless = in_eea and bool(_mechanisms_in(each.sentence.text))
    country = each.third[0] if each.third else (None if needless else stated)
    third = True if each.outside or each.third else None
    if third is None and country is not None:
        third = not in_eea
    yield _draft(each, to, country, third=third)


def _draft(each: _Told, to: tuple[str, ...], country: str | None, *, third: bool | None) -> _Draft:
    mechanism = _basis_of(each)
    return _Draft(
        dict.fromkeys(to),
        country,
        third,
        mechanism,
        _version(each.sentence.text, mechanism) if mechanism == _CLAUSES else None,
        evidence=[each.sentence.evidence()],
    )


def _untold(
    notice: NoticeText,
    mentions: Mapping[str, tuple[Mention, ...]],
    by_id: Mapping[str, Organisation],
    reached: set[str],
) -> Iterator[_Draft]:
    """Conclude the flows of which the notice tells only the recipient and its country."""
    grouped: dict[tuple[int, int, str | None], _Draft] = {}
    for key, at in mentions.items():
        each, sentence = by_id[key], notice.sentence_at(at[0].line, at[0].start)
        country = each.country or each.country_inferred
        if key in reached or country is None or sentence is None or each.kind == "authority":
            continue
        in_eea = places().is_eea(country, date.today())  # noqa: DTZ011
        if each.country is None and (in_eea or each.catalogue is None):
            continue
        if not _receives(notice, sentence):
            continue
        place = (sentence.line.number, sentence.start, each.country)
        draft = grouped.setdefault(place, _Draft(country=each.country, inferred=True))
        draft.to[key] = None
        draft.third = not in_eea if each.country else None
        draft.mechanism = "not_needed_eea" if in_eea else None
        draft.evidence = [sentence.evidence()]
    yield from grouped.values()


def _receives(notice: NoticeText, sentence: Sentence) -> bool:
    """Say whether an organisation is named as somebody who gets data, not as a source."""
    section = notice.section_of(sentence.line)
    if words(_PACKAGE, "recipients")["inbound"].search(sentence.text):
        return False
    return section is not None and section.role not in _NOT_RECEIVING


def _numbered(drafts: Iterator[_Draft]) -> Iterator[Flow]:
    for number, draft in enumerate(drafts, start=1):
        yield Flow(
            id=f"T{number}",
            to=tuple(draft.to),
            country=draft.country,
            third_country=draft.third,
            mechanism=draft.mechanism,
            scc_version=draft.version,
            dpf_mentioned=draft.mechanism == _DPF,
            inferred=draft.inferred,
            evidence=tuple(draft.evidence),
        )
