"""Asks the catalog for one person: reads what is given, and chooses how far to look."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from detectors.asked import Asked, AskedBy, asked
from detectors.base import DetectorSettings
from kartta.config import Config
from kartta.key import hash_key, is_there
from kartta.lists.read import Lists
from ropa.clock import Clocks
from ropa.clock_report import ClockReport
from ropa.data_subject.erasure import Store, Told, told
from ropa.data_subject.find import by_index, by_linking, is_strong
from ropa.data_subject.found import Answer, FoundCopy
from ropa.linking.candidacies import Linking
from ropa.model import Register
from ropa.periods import Periods
from scanner.catalog import holders, query, records
from scanner.catalog.key import check_of, current
from scanner.catalog.store import Catalog
from scanner.connectors.registry import kinds
from scanner.errors import ConfigError
from scanner.locator import Locator

MOST_LINKED = 50_000
"""Values that name people: with more, tying all records together takes longer than people wait."""


def read(
    config: Config,
    folder: Path,
    catalog: Catalog,
    settings: DetectorSettings,
    given: Iterable[tuple[AskedBy, str]],
) -> tuple[Asked, ...]:
    """Turn what is given into the keyed hashes of the catalog.

    Raises:
        ConfigError: the key is another than the catalog's, or a value cannot be read.
    """
    key = hash_key(config, folder) if is_there(config, folder) else b""
    if not key or current(catalog) not in {"", check_of(key)}:
        raise ConfigError(
            "the key of the hashes is not the one that the catalog was made with: nobody would be "
            "found",
            hint="name it under 'key' in kartta.yaml, or put it back beside the catalog",
        )
    return tuple(asked(settings, key, by, value) for by, value in given)


def find(
    catalog: Catalog,
    register: Register,
    wanted: Sequence[Asked],
    today: date,
    lists: Lists,
    *,
    link: bool | None = None,
) -> Answer:
    """Find one person; `link` says whether all records are tied together, None that it depends."""
    if link is None:
        link = not holders.has_more_than(catalog, MOST_LINKED)
    answer = (
        by_linking(wanted, *_tied(catalog, register, today, lists))
        if link
        else (_by_index(catalog, wanted))
    )
    return replace(answer, copies=tuple(_with_categories(catalog, answer.copies)))


def _tied(
    catalog: Catalog, register: Register, today: date, lists: Lists
) -> tuple[Linking, ClockReport]:
    facts = chain(records.record_facts(catalog), lists.facts)
    linking = Linking(facts, register.controller.zone, lists.staff)
    periods = Periods(register, [each.source for each in query.unexamined(catalog)])
    return linking, ClockReport(linking, Clocks(linking, periods.of, today))


def _by_index(catalog: Catalog, wanted: Sequence[Asked]) -> Answer:
    keys = frozenset(key for each in wanted for key in each.keys)
    held = [
        each
        for each in holders.holders(catalog, {key for _, key in keys})
        if (each.entity, each.key) in keys
    ]
    surely = {each.place for each in held if is_strong(each.entity)}
    by_name = {(each.place, each.role) for each in held if each.place not in surely}
    rivals: defaultdict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for each in holders.others_in(catalog, {place for place, _ in by_name}):
        if is_strong(each.entity) and (each.place, each.role) in by_name:
            rivals[each.place].add((each.entity, each.key))
    return by_index(
        wanted,
        ((each.place, each.entity) for each in held),
        {place: frozenset(found) for place, found in rivals.items()},
    )


def _with_categories(catalog: Catalog, copies: Sequence[FoundCopy]) -> Iterable[FoundCopy]:
    """Say of each copy what was seen there: of a row, what its table's columns hold."""
    places = {(each.source, each.asset) for each in copies}
    seen: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for source, asset, record, category in holders.categories_in(catalog, places):
        seen[source, asset][record].add(category)
    for each in copies:
        yield replace(each, categories=_categories(seen[each.source, each.asset], each.locator))


def _categories(seen: Mapping[str, set[str]], record: str) -> tuple[str, ...]:
    table = str(Locator.parse(record).without("row"))
    return tuple(sorted(seen.get(record, set()) | seen.get(table, set())))


def stores(catalog: Catalog) -> Mapping[str, Store]:
    """Say of each source what kind of store it is."""
    known = kinds()
    return {
        str(each.source.id): Store(known[each.source.kind].role.name.lower())
        for each in query.source_summaries(catalog, with_sightings=False)
        if each.source.kind in known
    }


def recipients(catalog: Catalog, register: Register, answer: Answer) -> Sequence[Told]:
    """Give who is told of an erasure."""
    places = {(each.source, each.asset) for each in answer.copies}
    flows = [
        flow for source, asset, flow in records.asset_flows(catalog) if (source, asset) in places
    ]
    return told(register, sorted({source for source, _ in places}), flows, answer.keys)
