"""The organisations that a notice names, the controller apart (GDPR Art. 13(1)(e), (f)).

A name is known by the catalogue, by the form of a company (`Oy`, `A/S`, `Inc.`), or by the word
before it ("the recruiting system …"). Country, role and function are what the notice says of it;
what only the catalogue says is in the fields that end in `inferred`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from ropa.countries import CountryMention, countries_in
from ropa.notice.base import Evidence, Stated
from ropa.notice.names import Names
from ropa.notice.text import Line, NoticeText, Sentence, sentences_of
from ropa.notice.wording import words
from ropa.places import places
from ropa.processors import Catalogue, Named, Processor, catalogue

Kind = Literal["company", "platform", "unit", "authority"]

_PACKAGE = "ropa.notice.topics"
_REACH = 160
_SHORTEST = 2
_ALL_OVER = 4
"""Lines in which a known service is named where it is the controller itself."""
_CAPITALS = 0.8
"""Characters after a name in which its address and its short name stand."""
_FORM = (
    r"(?:Oy\s+Ab|Oyj|Oy|OY|Ab|AB|ASA|AS|A/S|ApS|APS|I/S|K/S|P/S|Inc\.?|LLC|L\.L\.C\.|Ltd\.?|Limited"
    r"|LLP|PLC|plc|Corp(?!orate)\.?|Corporation|GmbH(?:\s+&\s+Co\.?\s+KG)?|AG|SE|B\.V\.|BV|N\.V\.|NV|S\.A\."
    r"|SAS|SARL|S\.à\s?r\.l\.|S\.r\.l\.|S\.p\.A\.|Sp\.\s?z\s?o\.o\.|OÜ|UAB|SIA|ry|r\.y\.|rf|HB|Ky"
    r"|Osk|ANS|KS|NUF|IKS|KF|AmbA|A\.m\.b\.a\.?|DAC|Pvt\.?\s+Ltd\.?|Pty\s+Ltd\.?|Pte\.?\s+Ltd\.?|PTE\.\s+LTD\.|Unlimited\s+Company|UC)"
)
_NAME_PART = r"[A-ZÅÄÖÆØÜÉ][\w&.+\u2019'-]*"
_LEGAL = re.compile(
    rf"(?<![\w@/])(?P<name>{_NAME_PART}(?:\s+(?:(?:&|and|och|og|ja|of|for|i)\s+)?"
    rf"(?:{_NAME_PART}|\d+|\([A-Z]+\))){{0,5}}?,?\s+{_FORM})(?P<ending>:?[a-zäö]{{1,5}})?(?![\w/@])"
)
_COUNTRY_OF_FORM = (
    (re.compile(r"\b(?:Oyj?|OY|ry|Osk|Ky)$"), "FI"),
    (re.compile(r"\b(?:AB|HB)$"), "SE"),
    (re.compile(r"\b(?:ASA?|ANS|NUF)$"), "NO"),
    (re.compile(r"\b(?:A/S|ApS|APS)$"), "DK"),
    (re.compile(r"\b(?:GmbH.*)$"), "DE"),
    (re.compile(r"\b(?:LLC|Inc\.?|Corp\.?)$"), "US"),
    (re.compile(r"\bB\.?V\.?$"), "NL"),
    (re.compile(r"\bOÜ$"), "EE"),
)
_BEGIN = re.compile(r"(?<![\w@/.-])\S")
_ENDING = re.compile(r"(?:[:\u2019']?[a-zåäöæø]{1,4})?(?![\w-])")
"""The case ending of a short name."""
_FORM_AT_END = re.compile(rf",?\s+{_FORM}$")
_COMPOUND = re.compile(
    r"(?<![\w@/.-])(?P<name>[A-ZÅÄÖ][\w.]*[a-zåäöæø][\w.]*)-(?:rekrytointi)?"
    r"(?:järjestelm|ohjelmisto|alusta|sovellu)\w*"
)
_NEXT_NAME = re.compile(
    r"[\"\u201c\u201d\u2019']?(?P<name>[A-ZÅÄÖÆØ][\w-]+(?:\s+[A-ZÅÄÖÆØ][\w-]+)?)"
)
_QUOTED_ALIAS = re.compile(
    r"\s*[^()]{0,120}?\(\s*(?P<said>[^()\"\u201c\u201d\u00ab\u00bb\u2019']{0,60}?)"
    r"[\"\u201c\u201d\u00ab\u00bb\u2019'](?P<alias>[^()\"\u201c\u201d\u00ab\u00bb\u2019']{2,50})"
    r"[\"\u201c\u201d\u00ab\u00bb\u2019']"
)
_ADDRESS_WORD = (
    r"(?:[A-ZÅÄÖÆØ0-9#][\w.\u2019'/&-]*|in|i|på|at|and|og|och|of|the|rd|th|st|floor|located|based"
    r"|registered|seat|office|med|hovedkontor|säte|sæte|sete|sijaitseva|kotipaikka|is|er|är|a|company)"
)
_ADDRESS = re.compile(rf"(?:[\s,(]+{_ADDRESS_WORD})*[\s,(]+")
_BRACKETS = re.compile(r"\s*\(([^()]{1,80})\)(?:,\s+)?")
_DASH = re.compile(r"\s*(?:\([^()]*\)\s*)?[,:\u2010-\u2015-]\s")
_URL = re.compile(r"https?://[^\s<>()\]]+|\bwww\.[^\s<>()\]]+")
_ACRONYM = re.compile(r"[A-ZÅÄÖÆØ]{1,4}\d?")
_PROFILE = re.compile(r"[\u2019'a-zäöå]{0,4}[\s-]*(?:profi|CV\b)", re.IGNORECASE)
"""The applicant's own page: data, not a recipient."""
_BEFORE = re.compile(r"\s+(?:(?:[a-zåäöæø-]+\s+){0,2})?")


class Organisation(Stated):
    """One organisation as the notice names it."""

    id: str
    name: str
    alias: str | None = None
    kind: Kind = "company"
    catalogue: str | None = None
    """Its entry in the catalogue of processors."""
    country: str | None = None
    country_inferred: str | None = None
    """From the catalogue or the form of the company; null where the notice says it."""
    eea: bool | None = None
    """Of the country that the notice says."""
    address: str | None = None
    function: str | None = None
    function_inferred: str | None = None
    role_stated: str | None = None
    role_inferred: str | None = None
    policy_url: str | None = None
    name_outdated: bool = False
    """On the day of the notice it was no longer the company's name, by the catalogue."""
    name_current: str | None = None
    transfers_to: str | None = None
    """The third country to which the notice says that its data go."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an organisation is named."""

    key: str
    name: str
    line: Line
    start: int
    end: int
    named: Named | None
    kind: Kind


@dataclass(slots=True)
class _Draft:
    """What is gathered of one organisation."""

    mentions: list[Mention] = field(default_factory=list)
    alias: str | None = None


def read_organisations(
    notice: NoticeText, found: Mapping[str, Any]
) -> Mapping[str, tuple[Organisation, ...]]:
    """Read the organisations that a notice names."""
    on = day_of(found)
    grouped = _grouped(notice, found, on)
    return {
        "organisations": tuple(
            _organisation(f"O{number}", draft, on)
            for number, draft in enumerate(grouped.values(), start=1)
        )
    }


def mentions_of(notice: NoticeText, found: Mapping[str, Any]) -> dict[str, tuple[Mention, ...]]:
    """Give the places where each organisation is named: id → mentions, in the ids' order."""
    grouped = _grouped(notice, found, day_of(found))
    return {
        f"O{number}": tuple(draft.mentions)
        for number, draft in enumerate(grouped.values(), start=1)
    }


def day_of(found: Mapping[str, Any]) -> date:
    """Give the day by which names are judged: the notice's own, the end of its year, or the newest.

    A notice without a date is taken for one that is in use.
    """
    version = getattr(found.get("meta"), "version", None)
    exact = getattr(version, "exact_date", None)
    year = getattr(version, "year", None)
    if isinstance(exact, date):
        return exact
    return date(year, 12, 31) if isinstance(year, int) else date.max


def _grouped(notice: NoticeText, found: Mapping[str, Any], on: date) -> dict[str, _Draft]:
    own = _own_names(notice, found)
    seen = [
        mention
        for line in notice.lines
        if not line.is_empty
        for mention in _in_line(line, on)
        if not _is_own(mention, own) and not _is_former(mention)
    ]
    drafts: dict[str, _Draft] = {}
    for mention in seen:
        drafts.setdefault(mention.key, _Draft()).mentions.append(mention)
    _merge_brands(drafts)
    aliases = {key: _alias(draft.mentions) for key, draft in drafts.items()}
    counts = Counter(aliases.values())
    for key, draft in drafts.items():
        draft.alias = aliases[key] if counts[aliases[key]] == 1 else None
    _add_aliases(notice, drafts)
    return dict(sorted(drafts.items(), key=lambda pair: _place(pair[1].mentions[0])))


def _place(mention: Mention) -> tuple[int, int]:
    return mention.line.number, mention.start


@lru_cache(maxsize=4096)
def _in_line(line: Line, on: date) -> Sequence[Mention]:
    """Find the names of a line; of overlapping ones the longest."""
    known = list(_by_catalogue(line, on))
    starts = {mention.start for mention in known}
    introduced = (each for each in _by_introduction(line) if each.start not in starts)
    every = [*known, *_by_form(line, known), *introduced, *_units(line)]
    kept: list[Mention] = []
    for mention in sorted(every, key=lambda each: (each.start - each.end, each.named is None)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda each: each.start)


def _by_catalogue(line: Line, on: date) -> Iterator[Mention]:
    urls = [found.span() for found in _URL.finditer(line.text)]
    for seen in catalogue().mentions(line.text, on):
        if any(start <= seen.start < end for start, end in urls):
            continue
        if _PROFILE.match(line.text, seen.name_end):
            continue
        if seen.named.form == "word" and not _is_service(line, seen.start):
            continue
        written = line.text[seen.start : seen.name_end]
        entry = seen.named.processor
        kind: Kind = "authority" if entry.kind == "authority" else "company"
        key, name = entry.id, seen.named.name
        if seen.named.form == "legal":
            key, name = f"{entry.id}/{seen.named.name}", written
        elif seen.named.form == "platform":
            key, kind = f"{entry.id}#{seen.named.name.replace(' ', '').lower()}", "platform"
        yield Mention(key, name, line, seen.start, seen.end, seen.named, kind)


def _is_service(line: Line, at: int) -> bool:
    """Say whether a common word stands for a service: within a sentence that speaks of one."""
    for sentence in sentences_of(line):
        if sentence.start < at < sentence.end:
            around = line.text[max(sentence.start, at - 80) : at + 80]
            return words(_PACKAGE, "organisations")["service"].search(around) is not None
    return False


def _by_form(line: Line, known: list[Mention]) -> Iterator[Mention]:
    for found, last in _legal_names(line):
        start = found.start("name") + _lead(found["name"])
        end = found.end("name")
        name = line.text[start:end].rstrip("." if end == last else "")
        if start >= end or not _is_legal(name) or _shouts(line, start):
            continue
        inside = [each for each in known if start <= each.start and each.end <= found.end()]
        same = next((each for each in inside if each.start == start), None)
        if same is not None and same.named is not None and same.named.form == "legal":
            continue
        named = same.named if same else None
        yield Mention(_bare(name), name, line, start, found.end(), named, "company")


def _legal_names(line: Line) -> Iterator[tuple[re.Match[str], int]]:
    """Find names with the form of a company in each sentence, and say where the sentence ends."""
    for sentence in sentences_of(line):
        for found in _LEGAL.finditer(line.text, sentence.start, sentence.end):
            yield found, sentence.end


def _shouts(line: Line, at: int) -> bool:
    """Say whether all is in capitals around a place, where any word could be a form: `AS`."""
    around = [each for each in line.text[max(0, at - 60) : at + 60] if each.isalpha()]
    return sum(each.isupper() for each in around) > len(around) * _CAPITALS


def _lead(name: str) -> int:
    """Count the characters of words before a name that only begin the sentence."""
    skipped = 0
    for token in re.finditer(r"\S+\s+", name):
        word = token.group().strip().strip(",.:")
        if token.start() != skipped:
            break
        if not re.fullmatch(
            words(_PACKAGE, "organisations")["no_name"].pattern, word, re.IGNORECASE
        ):
            break
        skipped = token.end()
    return skipped + _nationality(name[skipped:]) if skipped else 0


def _nationality(name: str) -> int:
    """Count the characters of an adjective as in "the Norwegian …", which is part of no name."""
    first, space, rest = name.partition(" ")
    whose = any(found.adjective and found.end == len(first) for found in countries_in(first))
    return len(first) + len(space) if whose and not re.fullmatch(_FORM, rest) else 0


def _by_introduction(line: Line) -> Iterator[Mention]:
    for found in _COMPOUND.finditer(line.text):
        if not _ACRONYM.fullmatch(found["name"]):
            yield _plain(line, found["name"], found.start("name"), found.end())
    for found in words(_PACKAGE, "organisations")["introducer"].finditer(line.text):
        name = _NEXT_NAME.match(line.text, found.end())
        if name is None or _ACRONYM.fullmatch(name["name"]) or _begins(line, name.start("name")):
            continue
        first = name["name"].split()[0]
        if re.fullmatch(words(_PACKAGE, "organisations")["no_name"].pattern, first, re.IGNORECASE):
            continue
        yield _plain(line, name["name"], name.start("name"), name.end("name"))


def _begins(line: Line, at: int) -> bool:
    """Say whether a sentence begins here, where any word has a capital."""
    return any(sentence.start == at for sentence in sentences_of(line))


def _plain(line: Line, name: str, start: int, end: int) -> Mention:
    return Mention(_bare(name), name, line, start, end, None, "company")


def _units(line: Line) -> Iterator[Mention]:
    for found in words(_PACKAGE, "organisations")["unit"].finditer(line.text):
        name = found.group()
        yield Mention(
            f"unit:{name.lower()[:12]}", name, line, found.start(), found.end(), None, "unit"
        )


def _bare(name: str) -> str:
    """Give a name without its form, for comparison.

    >>> _bare("Malliyritys Oy") == _bare("MALLIYRITYS")
    True
    """
    return " ".join(_FORM_AT_END.sub("", name).casefold().split())


def _own_names(notice: NoticeText, found: Mapping[str, Any]) -> frozenset[str]:
    """Give the controller's names: those that were read, else those at the word for it."""
    names = {name for name in _read_names(found.get("controller")) if _is_told(notice, name)}
    if not names:
        names = set(_named_as_controller(notice))
    return frozenset(names)


def _is_told(notice: NoticeText, name: str) -> bool:
    """Say whether a name may be the controller's: that of a known service must be all over it."""
    known = catalogue().by_name(name, date.max)
    if known is None or known.form == "legal":
        return True
    return sum(name in line.text for line in notice.lines) >= _ALL_OVER


def _read_names(controller: object) -> Iterator[str]:
    for key in ("name_as_written", "legal_entity", "name"):
        value = controller.get(key) if isinstance(controller, Mapping) else None
        value = value if value is not None else getattr(controller, key, None)
        value = getattr(value, "value", value)
        if isinstance(value, str):
            yield value


def _named_as_controller(notice: NoticeText) -> Iterator[str]:
    vocabulary = words(_PACKAGE, "organisations")
    for sentence in notice.sentences:
        said = vocabulary["this_controller"].search(sentence.text)
        section = notice.section_of(sentence.line)
        in_section = section is not None and section.role == "controller"
        another = vocabulary["joint"].search(sentence.text) or vocabulary["independent"].search(
            sentence.text
        )
        if another or not (said or in_section):
            continue
        found = _LEGAL.search(sentence.text)
        if found:
            yield found["name"][_lead(found["name"]) :]
            return


def _is_own(mention: Mention, own: frozenset[str]) -> bool:
    """Say whether a mention is of the controller; a holding company of like name is another."""
    legal = {each.casefold() for each in own if _FORM_AT_END.search(each)}
    if legal and _FORM_AT_END.search(mention.name):
        return mention.name.casefold() in legal
    return _bare(mention.name) in {_bare(each) for each in own}


def _is_former(mention: Mention) -> bool:
    """Say whether it is only what somebody was called before: `formerly Lumo Oy`."""
    before = mention.line.text[max(0, mention.start - _REACH) : mention.start]
    return words(_PACKAGE, "organisations")["formerly"].search(before) is not None


def _merge_brands(drafts: dict[str, _Draft]) -> None:
    """Add what is said of a brand to the company that bears it, if the notice names one."""
    known = [key for key, draft in drafts.items() if draft.mentions[0].named is not None]
    for key in [key for key in drafts if "/" not in key and "#" not in key]:
        brand, named = drafts[key].mentions[0].name, drafts[key].mentions[0].named
        company = next(
            (
                other
                for other in known
                if other.startswith(f"{key}/") and _share_a_word(brand, drafts[other])
            ),
            None,
        )
        if company is None and named is None:
            company = next(
                (other for other in known if other != key and _resolves(drafts[other], key)), None
            )
        if company is not None:
            drafts[company].mentions.extend(drafts.pop(key).mentions)
            known = [other for other in known if other != key]
            drafts[company].mentions.sort(key=_place)


def _share_a_word(brand: str, company: _Draft) -> bool:
    """Say whether a brand is told by the company's name: `Google Analytics`, not `Firebase`."""
    first = brand.casefold().split()[0]
    return any(first in mention.name.casefold() for mention in company.mentions)


def _resolves(draft: _Draft, key: str) -> bool:
    named = draft.mentions[0].named
    return named is not None and key in {named.processor.id, named.name.casefold()}


def _alias(mentions: Iterable[Mention]) -> str | None:
    hereafter = words(_PACKAGE, "organisations")["hereafter"]
    for mention in mentions:
        after = mention.line.text[mention.end : mention.end + _REACH]
        found = _QUOTED_ALIAS.match(after)
        if found is None:
            continue
        said, alias = found["said"].strip(), found["alias"].strip()
        if hereafter.search(said) or (not said and _is_short_for(alias, mention.name)):
            return alias
    return None


def _is_short_for(alias: str, name: str) -> bool:
    """Say whether a name in brackets can be that of the organisation before it.

    >>> _is_short_for("Lumo", "Lumo Palvelut Oy"), _is_short_for("the Service", "Lumo Palvelut Oy")
    (True, False)
    """
    shared = set(alias.casefold().split()) & set(name.casefold().split())
    return bool(shared) or _ACRONYM.fullmatch(alias) is not None


def _add_aliases(notice: NoticeText, drafts: dict[str, _Draft]) -> None:
    """Find the places where an organisation goes by the short name that the notice gave it."""
    bearers: dict[str, list[tuple[str, Mention]]] = {}
    for key, draft in drafts.items():
        first = next((each for each in draft.mentions if _is_legal(each.name)), draft.mentions[0])
        short = draft.alias or (_FORM_AT_END.sub("", first.name) if first.named is None else "")
        if len(short) >= _SHORTEST:
            bearers.setdefault(short, []).append((key, first))
    taken = {
        (key, each.line.number, at)
        for key, draft in drafts.items()
        for each in draft.mentions
        for at in _covers(each)
    }
    for line, start, end, short in _short_names(notice, Names(bearers)):
        for key, first in bearers[short]:
            if (key, line.number, start) not in taken:
                mention = Mention(key, short, line, start, end, first.named, first.kind)
                drafts[key].mentions.append(mention)
    for draft in drafts.values():
        draft.mentions.sort(key=_place)


def _short_names(notice: NoticeText, names: Names) -> Iterator[tuple[Line, int, int, str]]:
    for line in notice.lines:
        ends: dict[str, int] = {}
        for begin in _BEGIN.finditer(line.text):
            for short in names.at(line.text, begin.start()):
                ending = _ENDING.match(line.text, begin.start() + len(short))
                if ending and begin.start() >= ends.get(short, 0):
                    ends[short] = ending.end()
                    yield line, begin.start(), ending.end(), short


def _covers(mention: Mention) -> range:
    return range(mention.start, mention.end)


def _is_legal(name: str) -> bool:
    return _FORM_AT_END.search(name) is not None


def _organisation(key: str, draft: _Draft, on: date) -> Organisation:
    best = next((each for each in draft.mentions if _FORM_AT_END.search(each.name)), None)
    first = best or draft.mentions[0]
    named = first.named
    located = next((place for each in draft.mentions if (place := _located(each))), None)
    country = located.country if located else None
    role = next((said for each in draft.mentions if (said := _role(each))), None)
    policy = _policy(draft.mentions)
    return Organisation(
        id=key,
        name=first.name,
        alias=draft.alias,
        kind=first.kind,
        catalogue=named.processor.id if named else None,
        country=country,
        country_inferred=None if country else _likely_country(first, catalogue()),
        eea=places().is_eea(country, min(on, date.today())) if country else None,  # noqa: DTZ011
        address=located.address if located else None,
        function=_function(draft.mentions),
        function_inferred=named.processor.kind.replace("_", " ") if named else None,
        role_stated=role,
        role_inferred=_likely_role(role, named),
        policy_url=policy.quote if policy else None,
        name_outdated=named is not None and named.outdated,
        name_current=named.current if named else None,
        evidence=tuple(_evidence(draft.mentions, located, policy)),
    )


@dataclass(frozen=True, slots=True)
class _Located:
    """The country that stands at a name."""

    mention: Mention
    country: str
    start: int
    end: int
    address: str | None


def _located(mention: Mention) -> _Located | None:
    text = mention.line.text
    after = text[mention.end : mention.end + _REACH]
    for country in countries_in(after):
        if country.adjective:
            continue
        between = after[: country.start]
        if _ADDRESS.fullmatch(between) and not _names_another(mention, country):
            address = after[: country.end].lstrip(" ,(")
            whole = address if re.search(r"\d", between) else None
            end = mention.end + country.end
            return _Located(mention, country.code, mention.start, end, whole)
        break
    return _in_brackets(mention) or _in_entry(mention) or _by_adjective(mention) or _said(mention)


def _in_brackets(mention: Mention) -> _Located | None:
    """Find a country at the end of the brackets after a name: `(payroll, Norway)`, or after."""
    after = mention.line.text[mention.end : mention.end + _REACH]
    brackets = _BRACKETS.match(after)
    if brackets is None:
        return None
    for country in countries_in(after):
        last = brackets.start(1) + brackets[1].rfind(",") + 1
        inside = last <= country.start and country.end == brackets.end(1)
        behind = country.start == brackets.end()
        alone = not after[last : country.start].strip(" ,")
        if not country.adjective and ((inside and alone) or behind):
            end = mention.end + country.end
            return _Located(mention, country.code, mention.start, end, None)
    return None


def _in_entry(mention: Mention) -> _Located | None:
    """Find the country in the entry of a table or a list on one organisation alone."""
    line = mention.line
    if any(not mention.start <= other.start < mention.end for other in _in_line(line, date.max)):
        return None
    named = [each for each in countries_in(line.text) if each.start >= mention.end]
    for country in named:
        before, after = line.text[: country.start].rstrip(), line.text[country.end :].strip()
        cell = before.endswith("|") and (not after or after.startswith("|"))
        entry = _DASH.match(line.text[mention.end :]) is not None and len(named) == 1
        ends = not country.adjective and not after.strip(" .;,")
        is_its = country.adjective and words(_PACKAGE, "organisations")["firm"].match(after)
        if (cell and not country.adjective) or (entry and (ends or is_its)):
            return _Located(mention, country.code, country.start, country.end, None)
    return None


def _said(mention: Mention) -> _Located | None:
    """Find the country in which a sentence says that the organisation is, or keeps the data."""
    vocabulary, line = words(_PACKAGE, "organisations"), mention.line
    state = vocabulary["american_state"].match(line.text, mention.end)
    if state:
        return _Located(mention, "US", mention.start, state.end(), None)
    for sentence in sentences_of(line):
        if not sentence.start <= mention.start < sentence.end:
            continue
        named = [each for each in countries_in(sentence.text) if not each.adjective]
        others = [
            each
            for each in _in_line(line, date.max)
            if sentence.start <= each.start < sentence.end and each.start != mention.start
        ]
        at = sentence.start + named[0].start if len(named) == 1 else 0
        if at > mention.end and not others:
            between = line.text[mention.end : at]
            if vocabulary["is_in"].match(between) and not re.search(r"[;:]", between):
                end = sentence.start + named[0].end
                return _Located(mention, named[0].code, mention.start, end, None)
    return None


def _names_another(mention: Mention, country: CountryMention) -> bool:
    """Say whether another organisation stands between a name and a country."""
    start, end = mention.end, mention.end + country.start
    return any(start <= other.start < end for other in _in_line(mention.line, date.max))


def _by_adjective(mention: Mention) -> _Located | None:
    offset = max(0, mention.start - 60)
    before = mention.line.text[offset : mention.start]
    for country in reversed(list(countries_in(before))):
        located = country.adjective or re.match(
            r"\s+(?:sijaitseva|toimiva|kotipaikkaansa)", before[country.end :]
        )
        if located and _BEFORE.fullmatch(before[country.end :]):
            return _Located(mention, country.code, offset + country.start, mention.end, None)
        break
    return None


def _likely_country(mention: Mention, known: Catalogue) -> str | None:
    if mention.named is not None:
        entry = known[mention.named.processor.id]
        return mention.named.country or entry.seat
    for form, country in _COUNTRY_OF_FORM:
        if form.search(mention.name):
            return country
    return None


def _likely_role(stated: str | None, named: Named | None) -> str | None:
    if stated not in {None, "service_provider"}:
        return None
    if named is not None:
        return named.processor.role.value
    return "processor" if stated else None


def _sentence(mention: Mention) -> str:
    for sentence in sentences_of(mention.line):
        if sentence.start <= mention.start < sentence.end:
            return sentence.text
    return mention.line.text


def _role(mention: Mention) -> str | None:
    """Say what the sentence calls it; a joint controller before everything else."""
    said, vocabulary = _sentence(mention), words(_PACKAGE, "organisations")
    if vocabulary["joint"].search(said):
        return "joint_controller"
    if vocabulary["not_processor"].search(said):
        return "controller"
    if vocabulary["processor"].search(said):
        return "processor"
    if vocabulary["controller"].search(said):
        return "controller"
    return "service_provider" if vocabulary["provider"].search(said) else None


def _function(mentions: Iterable[Mention]) -> str | None:
    """Say what it does: the word for it that stands nearest, in most of its sentences."""
    counts: Counter[str] = Counter()
    for mention in mentions:
        nearest = min(_functions_at(mention), default=None)
        if nearest is not None:
            counts[nearest[1]] += 1
    return counts.most_common(1)[0][0] if counts else None


def _functions_at(mention: Mention) -> Iterator[tuple[int, str]]:
    """Give the functions that the mention's sentence speaks of, and how far from it."""
    for sentence in sentences_of(mention.line):
        if not sentence.start <= mention.start < sentence.end:
            continue
        for start, end, name in _functions_in(sentence):
            yield max(start - mention.end, mention.start - end, 0), name


@lru_cache(maxsize=1024)
def _functions_in(sentence: Sentence) -> tuple[tuple[int, int, str], ...]:
    """Give the words for what somebody does, and where in the sentence's line they stand."""
    return tuple(
        (*found.span(), name)
        for name, pattern in words(_PACKAGE, "functions").items()
        for found in pattern.finditer(sentence.line.text, sentence.start, sentence.end)
    )


def _policy(mentions: Iterable[Mention]) -> Evidence | None:
    """Find the address of its privacy policy: in its sentence, or of its own domain."""
    for mention in mentions:
        for start, url, owner, told in _addresses(mention.line.text):
            own = mention.named is not None and owner == mention.named.processor
            near = start > mention.start and start - mention.end < _REACH
            if (own or near) and told >= min(mention.end, start):
                return mention.line.evidence(start, start + len(url))
    return None


@lru_cache(maxsize=1024)
def _addresses(text: str) -> tuple[tuple[int, str, Processor | None, int], ...]:
    """Give the addresses in a text, whose they are, and where the last word for a policy begins."""
    addresses = []
    policy = words(_PACKAGE, "organisations")["policy"]
    told = [found.start() for found in policy.finditer(text)]
    for found in _URL.finditer(text):
        url = found.group().rstrip(".,;:)")
        end = found.start() + len(url)
        last = max((at for at in told if at < end), default=-1)
        addresses.append((found.start(), url, catalogue().by_domain(_host(url)), last))
    return tuple(addresses)


def _host(url: str) -> str:
    return re.sub(r"^https?://|/.*$", "", url)


def _evidence(
    mentions: Iterable[Mention], located: _Located | None, policy: Evidence | None
) -> Iterator[Evidence]:
    """Quote the name once on each line, with the address where that is what is quoted."""
    lines: set[int] = set()
    if located is not None:
        lines.add(located.mention.line.number)
        yield located.mention.line.evidence(located.start, located.end)
    for mention in sorted(mentions, key=lambda each: not _FORM_AT_END.search(each.name)):
        if mention.line.number not in lines:
            lines.add(mention.line.number)
            yield mention.line.evidence(mention.start, mention.end)
    if policy is not None:
        yield policy
