"""Whether a notice is clear, consistent and current: GDPR Arts. 5(1)(a), 12(1) and 24(1)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from ropa.notice.base import Evidence
from ropa.notice.checks.base import Checked, Found, quotes_of, words
from ropa.notice.view import Category, Item, Source

_MONTHS = 12
_LEAST_CUSTOMER_LINES = 2
"""One word of commerce may stand in any notice; two lines of it are another notice's text."""
_NO_LISTS = frozenset({"sources", "recipients", "contacts", "rights", "complaint", "retention"})
"""Roles of sections in which data are named and not listed."""
_SHORTEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of law that makes a notice of earlier days old."""

    key: str
    since: date
    country: str | None = None
    """Only where it is the notice's own."""
    words: str | None = None
    tool: str | None = None


def age(notice: Checked) -> Iterator[Found]:
    """Say how old the version is, and which changes of law are younger."""
    version = notice.view.meta.version
    yield Found("version", version.text or None)
    written = _written(version.exact_date, version.year)
    yield Found("year", written.year if written else None)
    months = None
    if written:
        months = (notice.on.year - written.year) * _MONTHS + notice.on.month - written.month
    yield Found("age_months", None if months is None else max(months, 0), version.evidence)
    yield Found("has_date", written is not None, version.evidence)
    changes = tuple(_changes(notice, written)) if written else None
    yield Found("law_changes", changes, version.evidence)


def _written(exact: str, year: int | None) -> date | None:
    """Give the day of the version; the last of its year where only that is known."""
    if exact:
        return date.fromisoformat(exact)
    return date(year, 12, 31) if year else None


def _changes(notice: Checked, written: date) -> Iterator[str]:
    """Name the changes after the version that the notice's country or words make matter."""
    for change in _table():
        concerned = change.country in (None, notice.country)
        spoken_of = change.words is None or bool(notice.says("says", change.words))
        relied_on = change.tool is None or change.tool in _tools(notice)
        if written < change.since <= notice.on and concerned and spoken_of and relied_on:
            yield change.key


def _tools(notice: Checked) -> Iterator[str]:
    said = notice.view.transfers
    yield from (tool.id for tool in said.mechanisms_listed)
    yield from (flow.mechanism for flow in said.flows)


def categories(notice: Checked) -> Iterator[Found]:
    """Find data that the notice tells of outside its list of categories."""
    outside = []
    listed = {
        name.lower()
        for category in notice.view.data_categories
        if not category.not_in_main_list
        for name in (category.name, category.name_fi)
    }
    for category in notice.view.data_categories:
        if _is_no_list(notice, category):
            continue
        marked = [item for item in category.items if item.not_in_main_list]
        names = [item.words for item in marked if not _is_listed(item, listed)]
        if names or (category.not_in_main_list and not marked):
            outside.append((category, names))
    names = [name for category, items in outside for name in items or (category.label,)]
    evidence = quotes_of(*(category.evidence[:1] for category, _ in outside))
    yield Found("categories_outside_list", tuple(dict.fromkeys(names)), evidence)


def _is_no_list(notice: Checked, category: Category) -> bool:
    """Say whether data are named only to tell who gives, gets or must provide them."""
    roles = {part.role for one in category.evidence if (part := notice.section(one.line))}
    told = notice.matches(notice.paragraph(category.evidence), "present", "provision")
    return told or (bool(roles) and roles <= _NO_LISTS)


def _is_listed(item: Item, listed: set[str]) -> bool:
    """Say whether an item is a category of the list by its own name."""
    return item.en.lower() in listed or item.words.lower() in listed


def special(notice: Checked) -> Iterator[Found]:
    """Find special categories for which no condition of Art. 9(2) is told."""
    view = notice.view
    told = {key for entry in view.purposes if entry.art9_condition for key in entry.data_categories}
    bare = [
        category
        for category in view.data_categories
        if category.is_special
        and not category.art9_condition
        and category.id not in told
        and not _is_unwanted(notice, category)
        and not notice.matches(notice.paragraph(category.evidence), "says", "statute")
    ]
    any_condition = any(
        entry.art9_condition for entry in view.purposes if not entry.data_categories
    )
    if any_condition or notice.contains("article9")[0]:
        bare = []
    evidence = quotes_of(*(category.evidence for category in bare))
    yield Found("special_without_condition", tuple(entry.label for entry in bare), evidence)


def _is_unwanted(notice: Checked, category: Category) -> bool:
    """Say whether the notice only says that it does not want such data."""
    refused = category.declared_default == "not_collected" or any(
        notice.matches(one.quote, "says", "unwanted") for one in category.evidence
    )
    return refused and not category.condition


def sources(notice: Checked) -> Iterator[Found]:
    """Art. 14(2)(f): the sources of data that do not come from the applicant."""
    unnamed = tuple(
        one
        for one in notice.says("says", "other_sources")
        if not notice.matches(_after(notice, one), "says", "examples")
    )
    yield Found("sources_unnamed", tuple(one.quote for one in unnamed), unnamed)
    elsewhere = [entry for entry in notice.view.sources if _is_elsewhere(notice, entry)]
    bare = [entry for entry in elsewhere if not _has_consent(notice, entry)]
    agreed = all(notice.matches(notice.line(one.line), "says", "consent") for one in unnamed)
    quotes = quotes_of(unnamed, *(entry.evidence for entry in bare))
    yield Found("sources_elsewhere", bool(unnamed or elsewhere))
    yield Found("source_consent_told", agreed and not bare, quotes)


def _has_consent(notice: Checked, entry: Source) -> bool:
    """Say whether consent of the person stands beside a source."""
    return bool(entry.consent_mentioned) or (
        entry.consent_mentioned is None
        and notice.matches(notice.paragraph(entry.evidence), "says", "consent")
    )


def _after(notice: Checked, one: Evidence) -> str:
    """Give what a sentence says after the words for other sources, where examples would stand."""
    found = words("says", "other_sources").search(one.quote, notice.text.language)
    return one.quote[found.end() :] if found else one.quote


def _is_elsewhere(notice: Checked, entry: Source) -> bool:
    text = " ".join((entry.name, *(one.quote for one in entry.evidence)))
    return not entry.inferred and not notice.matches(text, "says", "from_subject")


def sections(notice: Checked) -> Iterator[Found]:
    """Find headings that stand twice."""
    places: dict[str, list[Evidence]] = defaultdict(list)
    for entry in notice.view.sections:
        key = " ".join(entry.heading.lower().split()).rstrip(":")
        if len(key) >= _SHORTEST_HEADING and entry.heading_line:
            places[key].append(Evidence(line=entry.heading_line, quote=entry.heading))
    twice = [quotes for quotes in places.values() if len(quotes) > 1]
    yield Found(
        "repeated_sections",
        tuple(quotes[0].quote for quotes in twice),
        quotes_of(*twice),
    )


def references(notice: Checked) -> Iterator[Found]:
    """Find links without a target and references to parts that are not there."""
    for name, found in (
        ("lost_links", notice.view.unresolved_links),
        ("dangling_references", notice.view.dangling_references),
    ):
        quotes = tuple(Evidence(line=place.line, quote=place.quote) for place in found)
        yield Found(name, len(found), quotes)


def names(notice: Checked) -> Iterator[Found]:
    """Find organisations under a name that they no longer have."""
    old = [entry for entry in notice.view.organisations if entry.name_outdated]
    evidence = quotes_of(*(entry.evidence for entry in old))
    yield Found("outdated_names", tuple(dict.fromkeys(entry.name for entry in old)), evidence)


def boilerplate(notice: Checked) -> Iterator[Found]:
    """Find the text of a notice for customers in one for applicants."""
    yield Found("for_applicants", notice.is_for_applicants)
    quotes = notice.says("says", "customer_text") if notice.is_for_applicants else ()
    if len({one.line for one in quotes}) < _LEAST_CUSTOMER_LINES:
        quotes = ()
    yield Found("customer_text", len(quotes), quotes)


@cache
def _table() -> tuple[_Change, ...]:
    raw = yaml.safe_load(files("ropa.notice.checks").joinpath("changes.yaml").read_text("utf-8"))
    return tuple(_Change(key, **entry) for key, entry in raw.items())


CHECKS = (age, categories, special, sources, sections, references, names, boilerplate)
