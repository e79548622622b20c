"""What a notice says of itself: its title, version, language, the laws it names, its sections."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ropa.notice.base import Evidence, Item, Value
from ropa.notice.lexicon import Words, raw, words, words_of
from ropa.notice.text import NoticeText, Section, Sentence, sentences_of

_FILE = "document"
_REACH = 40
"""Characters after the word for a version in which its date stands."""
_YEARS = range(1990, 2101)
_LONGEST_SCOPE = 40
_VERSION_LINE = 120
"""A sentence with a version is short; a longer one speaks about versions."""
_EDGE = 15
"""Lines with words at either end in which the version is looked for."""
_NUMBER = re.compile(r"\b(?:v(?:er)?\.?\s*)?(\d{1,2}(?:\.\d{1,3}){1,2})\b(?!\.\d{2,4})")
_NUMBER_ALONE = re.compile(r"\A\W{0,3}(?:nr\.?\s*)?v?(\d{1,3})\b(?![./-]\d)")
_NUMBERED = re.compile(r"ver|utg|issue", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?((?:19|20)\d\d)\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d{2})-(\d{2})\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_ORDINAL = r"(?:st|nd|rd|th)?\.?(?:\s+of)?\s+"


class Version(Value):
    """Which version this is, and from when."""

    value: str | None = None
    """Its number, as written."""
    year: int | None = None
    exact_date: date | None = None


class Meta(Item):
    """Facts of the document."""

    source_file: str
    sha256: str
    lines: int
    language: str | None
    document_type: str | None
    audience: str | None
    title: Value | None
    version: Version | None
    laws_cited: tuple[Value, ...]
    national_laws_cited: tuple[Value, ...]
    country_scope: Value | None


class SectionOf(Item):
    """One section, with the numbers of its first and last line of content."""

    id: str
    heading: str | None
    heading_line: int | None
    role: str | None
    """The second section with a heading and a role of an earlier one says so: `…_duplicate`."""
    lines: tuple[int, int]


def read_document(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the facts of the document, and its sections."""
    del found
    meta = Meta(
        source_file=notice.name,
        sha256=notice.sha256,
        lines=len(notice.lines),
        language=notice.language or None,
        document_type=_kind(notice),
        audience=_audience(notice),
        title=_title(notice),
        version=_version(notice),
        laws_cited=tuple(_laws(notice, "laws")),
        national_laws_cited=tuple(_national_laws(notice)),
        country_scope=_country_scope(notice),
    )
    return {"meta": meta, "sections": tuple(_sections(notice))}


def _title(notice: NoticeText) -> Value | None:
    if not notice.title_line:
        return None
    line = notice.lines[notice.title_line - 1]
    start = len(line.text) - len(line.text.lstrip("# *_\ufeff"))
    evidence = line.evidence(start, len(line.text.rstrip("# *_")))
    return Value(value=evidence.quote, evidence=(evidence,))


def _kind(notice: NoticeText) -> str | None:
    pattern = words(_FILE, "kinds", "privacy_notice")
    text = "\n".join(line.text for line in notice.lines[:20])
    return "privacy_notice" if pattern.search(text, notice.language) else None


def _audience(notice: NoticeText) -> str | None:
    """Say for whom the notice is: what its title says, else what its text says most often."""
    title = notice.lines[notice.title_line - 1].text if notice.title_line else ""
    audiences = {name: words_of(node) for name, node in raw(_FILE)["audiences"].items()}
    for name, pattern in audiences.items():
        if pattern.search(title, notice.language):
            return str(name)
    counts = {
        name: sum(1 for line in notice.lines for _ in pattern.find(line.text, notice.language))
        for name, pattern in audiences.items()
    }
    best = max(counts, key=counts.__getitem__)
    return str(best) if counts[best] else None


def _version(notice: NoticeText) -> Version | None:
    """Put together what the notice says of its version: a number, and the latest date."""
    found = list(_versions(notice))
    if not found:
        return None
    number = next((each for each in found if each.value), None)
    effective = [each for each in found if each.year and _is_effective(each, notice.language)]
    dated = max(effective or [each for each in found if each.year], key=_age, default=None)
    chosen = [each for each in (number, dated) if each is not None]
    return Version(
        value=number.value if number else None,
        year=dated.year if dated else None,
        exact_date=dated.exact_date if dated else None,
        evidence=tuple(dict.fromkeys(piece for each in chosen for piece in each.evidence)),
    )


def _is_effective(version: Version, language: str) -> bool:
    """Say whether the day is that from which the notice holds."""
    quote = version.evidence[0].quote
    return words(_FILE, "effective").search(quote, language) is not None


def _age(version: Version) -> date:
    return version.exact_date or date(version.year or 1, 1, 1)


def _versions(notice: NoticeText) -> Iterator[Version]:
    """Give the versions that short sentences tell of, at the beginning and the end."""
    full = [line for line in notice.lines if not line.is_empty]
    for line in dict.fromkeys((*full[:_EDGE], *full[-_EDGE:])):
        for sentence in sentences_of(line):
            if len(sentence.text) > _VERSION_LINE:
                continue
            for match in words(_FILE, "version").find(sentence.text, notice.language):
                version = _version_at(sentence, match, notice.language)
                if version is not None:
                    yield version


def _version_at(line: Sentence, match: re.Match[str], language: str) -> Version | None:
    after = line.text[match.end() : match.end() + _REACH]
    dated = _date_in(after, language)
    number = _NUMBER.search(after[: dated[1]] if dated else after)
    number = number or (_NUMBER_ALONE.search(after) if _NUMBERED.search(match.group()) else None)
    if number is not None and dated is not None and _overlap(number, dated):
        number = None
    if number is None and dated is None:
        return None
    year = dated[0].year if dated and isinstance(dated[0], date) else (dated[0] if dated else None)
    last = match.end() + max(number.end() if number else 0, dated[2] if dated else 0)
    while last < len(line.text) and line.text[last] == ")":
        last += 1
    return Version(
        value=number[1] if number else None,
        year=year,
        exact_date=dated[0] if dated and isinstance(dated[0], date) else None,
        evidence=(line.evidence(match.start(), last),),
    )


def _overlap(number: re.Match[str], dated: tuple[date | int, int, int]) -> bool:
    return number.start() < dated[2] and dated[1] < number.end()


def _date_in(text: str, language: str) -> tuple[date | int, int, int] | None:
    """Find a day or a year, and where it begins and ends.

    >>> _date_in(" 6.7.2022.", "fi")
    (datetime.date(2022, 7, 6), 1, 9)
    >>> _date_in(": May 3, 2024", "en")[0], _date_in(" 3. kesäkuuta 2024", "fi")[0]
    (datetime.date(2024, 5, 3), datetime.date(2024, 6, 3))
    """
    found = _numeric_date(text) or _date_in_words(text, language)
    if found:
        return found
    year = _YEAR.search(text)
    return (int(year[1]), year.start(), year.end()) if year and int(year[1]) in _YEARS else None


def _numeric_date(text: str) -> tuple[date, int, int] | None:
    for pattern, order in ((_ISO, (1, 2, 3)), (_NUMERIC, (3, 2, 1))):
        match = pattern.search(text)
        if match is None:
            continue
        day = _day(*(int(match[group]) for group in order))
        if day is not None:
            return day, match.start(), match.end()
    return None


def _date_in_words(text: str, language: str) -> tuple[date, int, int] | None:
    months = raw(_FILE)["months"]
    for key in [language] if language in months else list(months):
        for number, month in enumerate(months[key], start=1):
            name = rf"{month}\w*"
            for form in (
                rf"\b(?P<day>\d{{1,2}}){_ORDINAL}{name}\s+(?P<year>(?:19|20)\d\d)\b",
                rf"\b{name}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b",
            ):
                match = re.search(form, text, re.IGNORECASE)
                day = _day(int(match["year"]), number, int(match["day"])) if match else None
                if match and day:
                    return day, match.start(), match.end()
    return None


def _day(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS or month not in range(1, 13):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _laws(notice: NoticeText, key: str) -> Iterator[Value]:
    """Give each law that is named, quoted where it is named most fully."""
    for name, node in raw(_FILE)[key].items():
        mentions = list(_mentions(notice, words_of(node)))
        if mentions:
            longest = max(mentions[:20], key=lambda evidence: len(evidence.quote))
            yield Value(value=name, evidence=(longest,))


def _national_laws(notice: NoticeText) -> Iterator[Value]:
    known = list(_laws(notice, "national_laws"))
    yield from known
    quoted = " ".join(evidence.quote for law in known for evidence in law.evidence)
    numbers = {str(law.value).partition(" ")[2] for law in known}
    seen: set[str] = set()
    for line in notice.lines:
        for match in words(_FILE, "numbered_act").find(line.text, notice.language):
            if match[1] not in seen | numbers and match[1] not in quoted:
                seen.add(match[1])
                yield Value(value=match[1], evidence=(line.evidence(match.start(), match.end()),))


def _mentions(notice: NoticeText, pattern: Words) -> Iterator[Evidence]:
    for line in notice.lines:
        spans: list[tuple[int, int]] = []
        for match in pattern.find(line.text, notice.language):
            if spans and match.start() <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], max(match.end(), spans[-1][1]))
            elif match.group().strip():
                spans.append(match.span())
        for start, end in spans:
            yield line.evidence(start, end)


def _country_scope(notice: NoticeText) -> Value | None:
    """Find the one country to which a heading limits the notice."""
    national = words(_FILE, "national")
    scopes: dict[str, Evidence] = {}
    for line in notice.lines:
        text = line.text.strip("# *:")
        if not text or len(text) > _LONGEST_SCOPE or line.is_bullet:
            continue
        for country, names in raw(_FILE)["countries"].items():
            match = re.search(rf"\b(?:{names})\b", text)
            rest = re.sub(r"\W+", " ", text[: match.start()] + text[match.end() :]) if match else ""
            if match and all(national.search(f" {word} ", "") for word in rest.split()):
                scopes.setdefault(country, line.evidence())
    if len(scopes) != 1:
        return None
    country, evidence = next(iter(scopes.items()))
    return Value(value=country, evidence=(evidence,))


def _sections(notice: NoticeText) -> Iterator[SectionOf]:
    seen: set[tuple[str, str]] = set()
    for section in notice.sections:
        lines = _content(notice, section)
        role = section.role
        if (section.heading.lower(), role) in seen and section.heading:
            role = f"{role}_duplicate" if role else "duplicate"
        seen.add((section.heading.lower(), section.role))
        yield SectionOf(
            id=section.id,
            heading=section.heading or None,
            heading_line=section.heading_line or None,
            role=role or None,
            lines=lines,
        )


def _content(notice: NoticeText, section: Section) -> tuple[int, int]:
    full = [
        line.number
        for line in notice.lines[section.first - 1 : section.last]
        if not line.is_empty and line.number != notice.title_line
    ]
    return (full[0], full[-1]) if full else (section.heading_line, section.heading_line)
