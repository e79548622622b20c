"""Whatever others have written: nothing of it runs, hides or breaks a form, in any output."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import ParamSpec
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kartta.cli.findings import findings_data, show_findings
from kartta.cli.graph import show_answers
from kartta.cli.ropa import show_changes
from kartta.cli.summary import show_scan
from kartta.cli.table import show_skips
from reports.profiles.profile import names as profiles
from reports.profiles.profile import profile
from reports.profiles.write import csv_tables, write_xlsx
from reports.registry import drawing, outputs
from reports.text import FORMULA_STARTS, json_text
from reports.wording import wording
from reports.workbook.differences import differences
from reports.workbook.merge import merge
from reports.xlsx import HEADER, opened
from reports.yaml import yaml_text
from ropa import questions
from ropa.graph import Graph
from tests.reports.company import HeldAudit
from tests.reports.declared import full
from tests.reports.hostile import HOSTILE, moving, poisoned
from tests.reports.rendering import rendered

P = ParamSpec("P")
TODAY = date(2026, 11, 22)
LONGEST = 32_767
VIOLATIONS = 14
"""The sheet of violations, counted from one."""

texts = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec=None), max_size=40)),
    min_size=1,
    max_size=23,
).map(tuple)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.breaches = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}
        self.breaches += ("class", "breach") in attrs


def _html(content: bytes, result: HeldAudit) -> None:
    page = _Tags()
    page.feed(content.decode())

    assert moving(content.decode()) == set()
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert not [name for name in page.attributes if name.startswith("on")]
    assert all(link.startswith(("#", "data:,")) for link in page.links)
    assert page.breaches == len(result.violations)


def _xlsx(content: bytes, result: HeldAudit) -> None:
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert "f" not in {cell.data_type for cell in cells}
    assert {character for cell in cells for character in moving(str(cell.value))} == set()
    assert all(len(cell.value) <= LONGEST for cell in cells if isinstance(cell.value, str))
    rows = book.worksheets[VIOLATIONS - 1].max_row
    assert rows == HEADER + len(result.violations)


def _json(content: bytes, result: HeldAudit) -> None:
    data = json.loads(content)

    assert moving(content.decode()) == set()
    assert [entry["subject_name"] for entry in data["violations"]] == _as_read(
        [entry.subject_name for entry in result.violations]
    )
    assert len(data["skips"]) == len(result.skips)


def _as_read(texts: list[str]) -> list[str]:
    """Give texts as JSON knows them: two halves of a surrogate pair are one character."""
    read: list[str] = json.loads(json.dumps(texts))
    return read


def _sarif(content: bytes, result: HeldAudit) -> None:
    assert moving(content.decode()) == set()
    assert len(json.loads(content)["runs"][0]["results"]) == len(result.violations)


def _csv(content: bytes, result: HeldAudit) -> None:
    assert len(_table(content)) == 1 + len(result.violations)


def _svg(content: bytes, result: HeldAudit) -> None:
    del result
    tree = ET.fromstring(content)  # noqa: S314 - our own
    names = [re.sub("{.*}", "", each.tag) for each in tree.iter()]

    assert moving(content.decode()) == set()
    assert set(names) <= {
        "svg", "title", "desc", "style", "rect", "text", "tspan", "g", "path", "circle"
    }  # fmt: skip
    assert not [key for each in tree.iter() for key in each.attrib if key.startswith("on")]


def _jsonld(content: bytes, result: HeldAudit) -> None:
    nodes = json.loads(content)["@graph"]

    assert moving(content.decode()) == set()
    assert len(nodes) > len(result.register.recipients) + len(result.register.activities)


def _graphml(content: bytes, graph: Graph) -> None:
    tree = ET.fromstring(content)  # noqa: S314 - our own
    space = "{http://graphml.graphdrawing.org/xmlns}"

    assert moving(content.decode()) == set()
    assert len({each.get("id") for each in tree.iter(f"{space}node")}) == len(graph.nodes)
    assert len([*tree.iter(f"{space}edge")]) == len(graph.edges)


def _graph_json(content: bytes, graph: Graph) -> None:
    data = json.loads(content)

    assert moving(content.decode()) == set()
    assert [node["id"] for node in data["nodes"]] == _as_read([node.id for node in graph.nodes])
    assert len(data["edges"]) == len(graph.edges)


_TEXT = r'"[^"#;%`<>{}\[\]|\\]*(?:#\d+;[^"#;%`<>{}\[\]|\\]*)*"'
_MERMAID = (
    re.compile("flowchart LR"),
    re.compile(rf"  n\d+(?:\(\[|\(|\[\(|\[|\{{\{{){_TEXT}(?:\]\)|\)|\)\]|\]|\}}\}}):::[a-z_]+"),
    re.compile(rf"  n\d+ (?:==>|-\.->|-->)\|{_TEXT}\| n\d+"),
    re.compile("  classDef [a-z_]+ [a-z0-9:#,]+"),
)


def _mermaid(content: bytes, graph: Graph) -> None:
    lines = content.decode().splitlines()
    kinds = [
        next((index for index, form in enumerate(_MERMAID) if form.fullmatch(line)), line)
        for line in lines
    ]

    assert moving(content.decode()) == set()
    assert [each for each in kinds if isinstance(each, str)] == []
    assert kinds.count(1) == len(graph.nodes)
    assert kinds.count(2) == len(graph.edges)


_ID = r'"(?:[^"\\]|\\\\|\\")*"'
_ATTRIBUTES = rf"\[(?:[a-z]+=(?:{_ID}|[a-z0-9]+) ?)+\];"
_DOT = (
    re.compile(rf"  ({_ID}) {_ATTRIBUTES}"),
    re.compile(rf"  ({_ID}) -> ({_ID}) {_ATTRIBUTES}"),
    re.compile(r"digraph processing \{|  rankdir=LR;|  node \[shape=box\];|\}"),
)


def _dot(content: bytes, graph: Graph) -> None:
    lines = content.decode().splitlines()
    nodes = [match[1] for line in lines if (match := _DOT[0].fullmatch(line))]
    edges = [match.groups() for line in lines if (match := _DOT[1].fullmatch(line))]

    assert moving(content.decode()) == set()
    assert len(nodes) + len(edges) + 4 == len(lines)
    assert all(any(form.fullmatch(line) for form in _DOT) for line in lines)
    assert len(set(nodes)) == len(graph.nodes)
    assert len(edges) == len(graph.edges)
    assert {end for ends in edges for end in ends} <= set(nodes)


def _table(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    rows = [*csv.reader(io.StringIO(text, newline=""), strict=True)]

    assert moving(text, "\r\n") == set()
    assert not [cell for row in rows for cell in row if cell[:1] in FORMULA_STARTS and cell]
    return rows


REPORTS = {
    "html": _html, "xlsx": _xlsx, "sarif": _sarif, "json": _json, "csv": _csv, "svg": _svg,
    "jsonld": _jsonld,
}  # fmt: skip
DRAWINGS = {
    "graphml": _graphml, "json": _graph_json, "mermaid": _mermaid, "dot": _dot,
}  # fmt: skip


def test_a_hostile_register_comes_back_from_its_workbook_as_it_was(tmp_path: Path) -> None:
    """The controller's address and the law's names kept marks that turn the direction."""
    result = poisoned(HOSTILE)
    workbook = tmp_path / "register.xlsx"
    workbook.write_bytes(rendered("xlsx", result))

    merged = merge(opened(workbook), result.register)

    assert ((), ()) == (merged.refusals, merged.changes)
    assert merged.register == result.register


def test_every_output_is_looked_at() -> None:
    assert set(REPORTS) == {output.name for output in outputs("audit")}
    assert {*DRAWINGS, "svg"} == {output.name for output in outputs("graph")}


@pytest.mark.parametrize("name", REPORTS)
@settings(max_examples=8)
@given(texts=texts)
def test_a_report_shows_hostile_text_and_is_whole(name: str, texts: tuple[str, ...]) -> None:
    result = poisoned(texts)
    for language in ("en", "fi"):
        REPORTS[name](rendered(name, result, "fi" if language == "fi" else "en"), result)


@given(texts=texts)
def test_a_drawing_shows_hostile_names_and_is_whole(texts: tuple[str, ...]) -> None:
    """Names went into GraphML, DOT and Mermaid as they were: XML refuses what they may hold."""
    graph = poisoned(texts).graph
    for output in outputs("graph"):
        content = drawing(output)(graph, "en")
        if output.name in DRAWINGS:
            DRAWINGS[output.name](content, graph)


@settings(max_examples=8)
@given(texts=texts)
def test_a_record_shows_hostile_text_and_is_whole(texts: tuple[str, ...]) -> None:
    register = poisoned(texts).register
    for name in profiles():
        out = io.BytesIO()
        write_xlsx(profile(name), register, out, "fi", datetime(2026, 11, 22, tzinfo=UTC))
        assert "f" not in {
            cell.data_type for sheet in load_workbook(out) for row in sheet for cell in row
        }
        for table, content in csv_tables(profile(name), register, "en"):
            assert {len(row) for row in _table(content)} == {len(table.columns)}


def _printed(result: HeldAudit) -> Iterator[str]:
    graph, words = result.graph, wording("en")
    shares = questions.shares(graph, graph.nodes[15].name)
    yield _output(show_scan, result)
    yield _output(show_skips, result.skips)
    yield _output(show_findings, result.violations, result.violations[0].subject_name, "fi")
    yield _output(show_changes, differences(full(), result.register, words))
    yield _output(show_answers, "reaches", questions.reaches(graph, TODAY), words)
    yield _output(show_answers, "undeclared", questions.undeclared(graph), words)
    yield _output(show_answers, "unobserved", questions.unobserved(graph), words)
    yield _output(show_answers, "shares", shares, words)
    yield json_text(findings_data(result.violations, "en"), indent=2)


def _output(show: Callable[P, None], *arguments: P.args, **options: P.kwargs) -> str:
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        show(*arguments, **options)
    return out.getvalue()


@settings(max_examples=8)
@given(texts=texts)
def test_a_terminal_shows_hostile_text_and_is_not_moved(texts: tuple[str, ...]) -> None:
    for text in _printed(poisoned(texts)):
        assert moving(text) == set()


@given(st.recursive(st.text(st.characters(exclude_categories=["Cs"])), st.lists))
def test_yaml_and_json_hold_the_same_values_with_nothing_hidden(value: object) -> None:
    for text in (yaml_text({"a": value}), json_text({"a": value})):
        assert moving(text) == set()
        assert yaml.safe_load(text) == {"a": value}
