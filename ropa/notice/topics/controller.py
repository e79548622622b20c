"""Who the controller is, as the notice says it (Art. 13(1)(a))."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ropa.notice.base import Item, Stated, Value
from ropa.notice.lexicon import raw, words
from ropa.notice.text import Line, NoticeText, Sentence, sentences_of

_FILE = "controller"
_LABEL_WORDS = 4
_OPENING = 12
"""Lines at the beginning, where a name that stands once is enough."""
_ADDRESS = 90
"""Characters after a name in which its address ends."""
_REACH = 6
"""Lines below the controller's name among which its number and address are looked for."""
_UPPER = "[A-ZÅÄÖÆØÉÜ]"
_WORD = rf"{_UPPER}[\w&'\u2019.-]*"
_MIDDLE = rf"(?:{_WORD}|&|og|och|ja|and|of|von|de|i|\d+)"
_COUNTRY = (
    r"(?:,\s*(?:Suomi|Finland|Sverige|Sweden|Norge|Noreg|Norway|Danmark|Denmark|Ireland"
    r"|(?:the\s+)?United Kingdom|UK|England))?"
)
_STREET = re.compile(
    rf"(?<!\w){_UPPER}[\w'\u2019.-]*(?:\s{_UPPER}[\w'\u2019.-]*){{0,2}}\s\d+(?:\s?[A-Za-z]\b)?(?:[-\u2013]\d+)?$"
)
_CITY = rf"{_UPPER}[\w'\u2019-]*(?:\s{_UPPER}[\w'\u2019-]*){{0,3}}"
_POSTAL = re.compile(
    rf"(?P<code>(?<![\d-])(?:(?:FI|SE|SF|S|NO|N|DK|AX|FIN)-)?(?:\d{{3}}\s?\d{{2}}|\d{{4}})(?![\d-]))"
    rf"\s+(?P<city>{_CITY}){_COUNTRY}"
)
_BRITISH = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")
_BOX = re.compile(r"\b(?:PL|PB|P\.?\s?O\.?\s?Box|[Bb]ox|[Pp]ostboks|[Pp]ostbox)\s\d")
_LABEL = re.compile(r"^.*?(?:osoite|adress\w*|adresse\w*|address)\s*:\s*", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:registered (?:office|address)|(?:postal|business|office) address|address|postiosoite"
    r"|käyntiosoite|osoite|postadress|besöksadress|adress|post?adresse|besøksadresse|adresse)\s*:\s*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\W{0,4}(?P<id>(?:[A-Z]{2}\s?)?\d[\d\s-]{4,12}\d)(?![\d-])")
_JUNK = re.compile(
    r"^(?:Tämä|Tässä|Me|Vi|We|The|This|Our|Denna|Denne|Dette|Detta|Rekisterinpitäjä"
    r"|Personuppgiftsansvarig|Dataansvarlig|Behandlingsansvarlig|Behandlingsansvarleg|Controller"
    r"|Yhtiön|Yrityksen|Om|In|For|At|Hos|Når|När|Jos|Kun|If|When|I|Den|Det|Der|Name|Nimi|Navn|Namn)"
    r"\s+"
)
_CALLS_ITSELF = re.compile(
    r"[^.]{0,40}\((?:[^)]{0,40}[\"\u201c\u201d'\u2018\u2019«»])?\s*(?:we|us|vi|oss|me|jäljempänä"
    r"|nedan|hereafter|heretter|herefter)?",
    re.IGNORECASE,
)


class Group(Stated):
    """The group of undertakings that the controller belongs to (Art. 4(19))."""

    name: str | None = None
    parent: str | None = None
    parent_country: str | None = None
    """ISO 3166-1 alpha-2, where the notice says it."""


class ControllerOf(Item):
    """The controller, fact by fact."""

    name_as_written: Value | None = None
    legal_entity: Value | None = None
    business_id: Value | None = None
    postal_address: Value | None = None
    controller_statement: Value | None = None
    """The sentence, or the label, that says who the controller is."""
    group: Group | None = None
    representative_art27: Value | None = None


def read_controller(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read who the controller is."""
    del found
    statement = _statement(notice)
    entity = _entity(notice, statement)
    name = entity or _trade_name(notice)
    near = _near(notice, entity)
    return {
        "controller": ControllerOf(
            name_as_written=name,
            legal_entity=entity,
            business_id=_first(_business_id(line) for line in near),
            postal_address=_address(near, notice) if near else None,
            controller_statement=statement,
            group=_group(notice),
            representative_art27=_representative(notice),
        )
    }


def _first(values: Iterator[Value | None]) -> Value | None:
    return next((value for value in values if value is not None), None)


def _statement(notice: NoticeText) -> Value | None:
    """Find the sentence that says who the controller is."""
    for sentence in _own_sentences(notice):
        text = sentence.text
        if not words(_FILE, "controller").search(text, notice.language):
            continue
        entity = _entity_in(text)
        if entity is not None and not words(_FILE, "definition").search(text, notice.language):
            return Value(value=text, evidence=(sentence.evidence(),))
    section = next((each for each in notice.sections if each.role == "controller"), None)
    if section is None:
        return None
    for line in notice.lines[section.first - 1 : section.last]:
        if _entity_in(line.text) is not None:
            return Value(value=line.text.strip(), evidence=(line.evidence(),))
    return None


def _own_sentences(notice: NoticeText) -> Iterator[Sentence]:
    """Give the sentences that may say who the controller is, not those about others."""
    for sentence in notice.sentences:
        section = notice.section_of(sentence.line)
        role = section.role if section else ""
        if role in ("recipients", "social_media", "transfers", "rights", "sources", "cookies"):
            continue
        match = words(_FILE, "controller").search(sentence.text, notice.language)
        if match is None:
            continue
        around = sentence.text[max(0, match.start() - 25) : match.end() + 12]
        if not words(_FILE, "not_controller").search(around, notice.language):
            yield sentence


def _entity(notice: NoticeText, statement: Value | None) -> Value | None:
    """Find the legal entity: in the statement, in the section, else where it calls itself we."""
    if statement is not None and statement.evidence:
        line = notice.lines[statement.evidence[0].line - 1]
        offset = line.raw.find(statement.evidence[0].quote)
        span = _entity_in(line.text[max(0, offset) :])
        if span is not None:
            start, end = span[0] + max(0, offset), span[1] + max(0, offset)
            return _value_of(line, start, end)
    return (
        _heading_entity(notice)
        or _introduced(notice)
        or _labelled(notice)
        or _subject(notice)
        or _first_name(notice)
    )


def _subject(notice: NoticeText) -> Value | None:
    """Take the name that a sentence calls the controller, a body without a form of company."""
    name = rf"(?P<name>{_WORD}(?:\s{_MIDDLE}){{0,6}})"
    verbs = r"(?:on|toimii|är|er|is|acts)"
    for sentence in _own_sentences(notice):
        text = sentence.text
        said = words(_FILE, "controller").search(text, notice.language)
        if said is None or words(_FILE, "definition").search(text, notice.language):
            continue
        before = re.match(rf"{name}(?=,|\s\(|\s{verbs}\b)", text)
        after = re.match(rf"[\w\s]{{0,60}}?\b{verbs}\s+{name}", text[said.end() :])
        for match, offset in ((before, 0), (after, said.end())):
            if match and " " in match["name"] and not _JUNK.match(match["name"]):
                start = sentence.start + offset + match.start("name")
                return _value_of(sentence.line, start, start + len(match["name"]))
    return None


def _first_name(notice: NoticeText) -> Value | None:
    """Take the first line of the controller's section, where it is a name and nothing else."""
    section = next((each for each in notice.sections if each.role == "controller"), None)
    lines = notice.lines[section.first - 1 : section.last] if section else ()
    line = next((each for each in lines if not each.is_empty), None)
    if line is None or not re.fullmatch(rf"\W*{_WORD}(?:\s{_MIDDLE}){{0,5}}\W*", line.text):
        return None
    return _value_of(line, len(line.text) - len(line.text.lstrip(" *-")), len(line.text))


def _labelled(notice: NoticeText) -> Value | None:
    """Take what stands after the label `Controller:`, a body without a form of company."""
    for line in notice.lines:
        label, mark, rest = line.raw.partition("\t" if "\t" in line.raw else ":")
        if not mark or len(label.split()) > _LABEL_WORDS or not rest.strip():
            continue
        if not words(_FILE, "controller").search(label, notice.language):
            continue
        match = re.match(rf"\s*({_WORD}(?:\s{_MIDDLE}){{0,6}})", line.text[len(label) + 1 :])
        if match:
            start = len(label) + 1 + match.start(1)
            return _value_of(line, start, start + len(match[1]))
    return None


def _value_of(line: Line, start: int, end: int) -> Value:
    name = line.text[start:end].strip()
    sentence = next(
        (each for each in sentences_of(line) if each.start <= start and end <= each.end), None
    )
    evidence = sentence.evidence() if sentence else line.evidence(start, end)
    return Value(value=name, evidence=(evidence,))


def _heading_entity(notice: NoticeText) -> Value | None:
    """Look for a company beside a label for the controller, or above its number."""
    for line in notice.lines:
        number = words(_FILE, "business_id").search(line.text, notice.language)
        span = _entity_in(line.text)
        if number is not None and span is None and line.number > 1:
            line = notice.lines[line.number - 2]  # noqa: PLW2901 - the name is the line above
            span = _entity_in(line.text)
        section = notice.section_of(line)
        if number is None or span is None or (section and section.role == "recipients"):
            continue
        return _value_of(line, *span)
    return None


def _introduced(notice: NoticeText) -> Value | None:
    """Look for `X Oy ("we")`, or a company that the first lines name as the one that processes."""
    for line in [each for each in notice.lines if not each.is_empty][:12]:
        span = _entity_in(line.text)
        if span is None:
            continue
        after = line.text[span[1] :]
        if _CALLS_ITSELF.match(after) and "(" in after[:60]:
            return _value_of(line, *span)
        if re.match(rf"\s+(?:{_does(notice)})", after):
            return _value_of(line, *span)
        if not line.text[: span[0]].strip(" *#") and _has_address(after):
            return _value_of(line, *span)
        alone = not line.text[: span[0]].strip(" *#") and not after.strip(" *.")
        if line.number == notice.title_line or alone:
            return _value_of(line, *span)
    return None


def _has_address(after: str) -> bool:
    """Say whether a name goes on with its address: `Lumo Oy, Rantatie 3, 00100 Helsinki`."""
    found = _POSTAL.search(after[:_ADDRESS]) or _BRITISH.search(after[:_ADDRESS])
    return found is not None and after.startswith(",") and ". " not in after[: found.start()]


def _does(notice: NoticeText) -> str:
    does: Mapping[str, str] = raw(_FILE)["does"]
    return does.get(notice.language) or "|".join(does.values())


def _entity_in(text: str) -> tuple[int, int] | None:
    """Find the first name with the form of a company or a public body."""
    forms = raw(_FILE)["forms"]
    pattern = rf"(?<![\w&]){_WORD}(?:\s{_MIDDLE}){{0,6}}?,?\s{forms}(?![\w-]|\.\w)"
    spans = (*re.finditer(pattern, text), *re.finditer(raw(_FILE)["bodies"], text))
    for match in sorted(spans, key=lambda each: each.start()):
        start = match.start()
        while junk := _JUNK.match(text[start : match.end()]):
            start += junk.end()
        if start < match.end() and " " in text[start : match.end()]:
            return start, match.end()
    return None


def _trade_name(notice: NoticeText) -> Value | None:
    """Find the name that the notice gives to whoever collects and processes."""
    names: Counter[str] = Counter()
    places: dict[str, tuple[Sentence, int, int]] = {}
    pattern = re.compile(rf"({_WORD}(?:\s{_WORD}){{0,4}})\s+(?:{_does(notice)})")
    for sentence in notice.sentences:
        if sentence.line.number == notice.title_line:
            continue
        for match in pattern.finditer(sentence.text):
            name, start = match[1], match.start()
            while junk := _JUNK.match(name):
                name, start = name[junk.end() :], start + junk.end()
            if start == 0 and " " not in name and not _stands_inside(name, notice):
                continue
            if len(name) > 1 and name not in {"GDPR", "EU", "ETA", "EEA", "Google"}:
                names[name] += 1
                places.setdefault(name, (sentence, start, start + len(name)))
    if not names:
        return None
    name = max(names, key=lambda each: (names[each], -places[each][0].line.number))
    sentence, _, end = places[name]
    late = sentence.line.number > max(_OPENING, len(notice.lines) // 2)
    if late and names[name] == 1:
        return None
    clause = max(sentence.text.rfind(", ", 0, end - len(name)), 0)
    start = clause + 2 if clause else 0
    verb = re.match(r"\s+\w+", sentence.text[end:])
    last = end + (verb.end() if verb else 0)
    return Value(value=name, evidence=(sentence.evidence(start, last),))


def _stands_inside(name: str, notice: NoticeText) -> bool:
    """Say whether a word has its capital within sentences too: then it is a name."""
    inside = re.compile(rf"[a-zåäöæø,]\s+{re.escape(name)}\b")
    return any(inside.search(line.text) for line in notice.lines)


def _near(notice: NoticeText, entity: Value | None) -> tuple[Line, ...]:
    """Give the lines about the controller: its section's, or those from its name on."""
    numbers: list[int] = []
    if entity is not None:
        first = entity.evidence[0].line
        numbers += range(first, first + _REACH + 1)
    for section in notice.sections:
        if section.role == "controller":
            numbers += range(section.first, section.last + 1)
    if entity is not None:
        numbers += [
            line.number
            for line in notice.lines
            if str(entity.value) in line.text and line.number not in numbers
        ]
    unique = dict.fromkeys(number for number in numbers if number <= len(notice.lines))
    return tuple(notice.lines[number - 1] for number in unique)


def _business_id(line: Line) -> Value | None:
    for cue in words(_FILE, "business_id").find(line.text, ""):
        match = _DIGITS.match(line.text, cue.end())
        if match:
            number = re.sub(r"\s", "", match["id"])
            return Value(value=number, evidence=(line.evidence(cue.start(), match.end()),))
    bare = re.search(r"(?<![\d-])(\d{7}-\d|\d{6}-\d{4})(?![\d-])", line.text)
    if bare:
        return Value(value=bare[1], evidence=(line.evidence(bare.start(1), bare.end(1)),))
    return None


def _address(near: tuple[Line, ...], notice: NoticeText) -> Value | None:
    """Find a street or a box with its postal code, on one line or on two."""
    for line in near:
        for match in (*_POSTAL.finditer(line.text), *_BRITISH.finditer(line.text)):
            before = line.raw[: match.start()].rstrip(" ,;\t|")
            start = _street_start(before) if "code" in match.groupdict() else _british_start(before)
            if start < len(before.rstrip()) and before[start:].strip():
                return _address_value(line, start, match.end())
            above = notice.lines[line.number - 2] if line.number > 1 else None
            if above is not None and _is_street(above.text):
                street, end = above.evidence(), line.evidence(match.start(), match.end())
                value = f"{above.text.strip(' ,')}, {line.text[match.start() : match.end()]}"
                return Value(value=value, evidence=(street, end))
    return _labelled_address(near)


def _labelled_address(near: tuple[Line, ...]) -> Value | None:
    """Take what stands after the label of an address without a code that is known here."""
    for sentence in (each for line in near for each in sentences_of(line)):
        label = _OFFICE.search(sentence.text)
        rest = sentence.text[label.end() :].rstrip(" .") if label else ""
        parts = rest.split(",")
        short = len(parts) > 2 and all(len(part.split()) <= 5 for part in parts)  # noqa: PLR2004
        if label and short and re.search(r"\d", rest):
            evidence = sentence.evidence(label.start(), label.end() + len(rest))
            return Value(value=rest, evidence=(evidence,))
    return None


def _address_value(line: Line, start: int, end: int) -> Value:
    return Value(value=line.text[start:end].strip(), evidence=(line.evidence(start, end),))


def _street_start(before: str) -> int:
    """Give where the street begins: after the comma, the colon or the bracket before it."""
    cut = max(before.rfind(mark) for mark in (",", ";", ":", "(", ")", "|", "\t", ". "))
    start = cut + 1 if cut >= 0 else 0
    street = _STREET.search(before, start)
    if street and before[start : street.start()].strip():
        return street.start()
    return start + len(before[start:]) - len(before[start:].lstrip(" ."))


def _british_start(before: str) -> int:
    """Give where an address without a code before the town begins: at its number, if near."""
    start = max(before.rfind(mark) for mark in (":", "|", "\t", ". ")) + 1
    parts = list(re.finditer(r"[^,]+", before[start:]))
    numbered = [part for part in parts[-4:] if any(map(str.isdigit, part.group()))]
    chosen = numbered[0] if numbered else (parts[-1] if parts else None)
    if chosen is None:
        return start
    return start + chosen.start() + len(chosen.group()) - len(chosen.group().lstrip())


def _is_street(text: str) -> bool:
    short = len(text.split()) <= 6 and len(text.strip()) > 3  # noqa: PLR2004 - words of a street
    has_number = re.search(r"[^\W\d]\s+\d{1,4}\s?[A-Za-z]?(?:\s|,|$)", text) is not None
    return short and (has_number or _BOX.search(text) is not None)


def _group(notice: NoticeText) -> Group | None:
    """Read which group the controller belongs to, and who is at its head."""
    for sentence in notice.sentences:
        text = sentence.text
        if not words(_FILE, "group").search(text, notice.language):
            continue
        parent = words(_FILE, "parent").search(text, notice.language)
        named = words(_FILE, "group_name").search(text, notice.language)
        span = _entity_after(text, parent.end()) if parent else None
        if span is None and (named is None or not _is_of_us(text, notice.language)):
            continue
        name = next((each for each in named.groups() if each), None) if named else None
        start = parent.start() if parent and span else (named.start() if named else 0)
        end = span[1] if span else (named.end() if named else len(text))
        return Group(
            name=name.strip() if name else None,
            parent=text[span[0] : span[1]] if span else None,
            parent_country=_country_of(text[start:end]) if span else None,
            evidence=(sentence.evidence(start if span else 0, end),),
        )
    return None


def _is_of_us(text: str, language: str) -> bool:
    """Say whether a sentence says that we are a part of the group."""
    part = {
        "fi": r"\b(?:osa|kuuluu|kuulumme)\b",
        "sv": r"\b(?:del av|ingår i|tillhör)\b",
        "no": r"\b(?:del av|ein del av|tilhører|høyrer til|inngår i)\b",
        "da": r"\b(?:del af|hører til|indgår i|tilhører)\b",
    }
    pattern = part.get(language, r"\b(?:part|member) of\b|\bbelongs? to\b")
    return re.search(pattern, text, re.IGNORECASE) is not None


def _entity_after(text: str, start: int) -> tuple[int, int] | None:
    span = _entity_in(text[start:])
    return (span[0] + start, span[1] + start) if span else None


def _country_of(text: str) -> str | None:
    for country, names in raw(_FILE)["countries"].items():
        if re.search(rf"(?<!\w)(?:{names})(?!\w)", text):
            return str(country)
    return None


def _representative(notice: NoticeText) -> Value | None:
    for sentence in notice.sentences:
        if words(_FILE, "representative").search(sentence.text, notice.language):
            span = _entity_in(sentence.text)
            name = sentence.text[span[0] : span[1]] if span else sentence.text
            return Value(value=name, evidence=(sentence.evidence(),))
    return None
