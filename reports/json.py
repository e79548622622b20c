"""Everything that an audit knows, for programs.

One object with these keys, in this order; each list is sorted and has one entry a line:

`format` (`kartta/1`), `run`, `interrupted` (null where the run ended), `register`, `sources`,
`categories`, `flows`, `retention`, `trend`, `violations`, `rules`, `graph` (`nodes`, `edges`),
`places` (the riskiest first, at most 1,000), `skips`, `sightings`.

An entry has the fields of the class that it comes from (`reports.base`, `reports.ranking`,
`scanner.summary`, `ropa.model`, `rules.model`); a violation also has its `fingerprint`, and a
piece of evidence its `place` in words. Times are ISO 8601. Text for people is
`{"en": …, "fi": …}`, so that the file is the same in every language.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO, ClassVar, get_args

from pydantic import BaseModel

from reports import order
from reports.base import AuditResult
from reports.interruption import interruption
from reports.place import place_in_words
from reports.text import json_text
from reports.wording import wording
from ropa.model import Language
from ropa.subjects import EvidenceItem
from rules.model import Violation
from scanner.locator import Locator

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMAT = "kartta/1"


class JsonReport:
    """The whole result."""

    name: ClassVar[str] = "json"
    suffix: ClassVar[str] = ".json"

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the result; the language makes no difference."""
        del language
        out.writelines(text.encode() for text in _document(result))


def _document(result: AuditResult) -> Iterator[str]:
    yield f'{{\n"format": "{FORMAT}",\n'
    yield f'"run": {_line(result.run)},\n'
    yield f'"interrupted": {_line(_interrupted(result))},\n'
    yield f'"register": {_line(result.register)},\n'
    yield from _list("sources", order.sorted_sources(result.sources))
    yield from _list("categories", order.sorted_categories(result.categories))
    yield from _list("flows", order.sorted_flows(result.flows))
    yield from _list("retention", sorted(result.retention, key=attrgetter("source")))
    yield from _list("trend", result.trend)
    yield from _list("violations", result.violations)
    yield from _list("rules", sorted(result.rules, key=attrgetter("id")))
    yield '"graph": {\n'
    yield from _list("nodes", sorted(result.graph.nodes, key=attrgetter("id")))
    edges = sorted(
        result.graph.edges, key=lambda edge: (edge.source, edge.target, edge.relation, edge.origin)
    )
    yield from _list("edges", edges, last=True)
    yield "},\n"
    yield from _list("places", result.places)
    yield from _list("skips", result.skips)
    yield from _list("sightings", result.sightings, last=True)
    yield "}\n"


def _interrupted(result: AuditResult) -> dict[str, str] | None:
    run = result.run
    if run.finished_at is not None:
        return None
    return {
        language: interruption(
            run.started_at, None, order.sorted_sources(result.sources), wording(language)
        )
        for language in get_args(Language)
    }


def _list(key: str, entries: Iterable[object], *, last: bool = False) -> Iterator[str]:
    yield f'"{key}": ['
    comma = ""
    for entry in entries:
        yield f"{comma}\n{_line(entry)}"
        comma = ","
    yield "\n]" if comma else "]"
    yield "\n" if last else ",\n"


def _line(value: object) -> str:
    return json_text(_plain(value))


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Locator):
        value = value.texts
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    return value


def _fields(value: "DataclassInstance") -> dict[str, object]:
    shape = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Violation):
        return {"fingerprint": value.fingerprint, **shape}
    if isinstance(value, EvidenceItem):
        shape["locator"] = str(value.locator)
        shape["place"] = {
            language: place_in_words(value.locator, value.asset, wording(language))
            for language in get_args(Language)
        }
    return shape
