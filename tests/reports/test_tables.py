"""JSON, CSV, the registry and the words."""

import csv
import io
import json
import re
import string
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reports.comparison import Outcome
from reports.order import natural
from reports.registry import by_name, by_suffix, outputs
from reports.text import is_formula_like, visible, wrap
from reports.wording import wording
from reports.workbook.vocabulary import CODES, choices, code, duration
from ropa.model import Language
from ropa.subjects import Kind, Origin
from rules.model import Answer, Certainty, Severity
from scanner.errors import ReportError
from scanner.model import Coverage, SkipReason
from tests.reports.company import HeldAudit
from tests.reports.rendering import rendered, same_as_golden, shuffled

ROOT = Path(__file__).parent.parent.parent
RAW = yaml.safe_load((ROOT / "reports/wording.yaml").read_text("utf-8"))
LANGUAGES: tuple[Language, ...] = ("en", "fi")


def test_json_is_as_reviewed(result: HeldAudit) -> None:
    same_as_golden("audit.json", rendered("json", result))


def test_json_holds_everything_in_a_stable_order(result: HeldAudit) -> None:
    whole = json.loads(rendered("json", result))

    assert list(whole) == [
        "format", "run", "interrupted", "register", "sources", "categories", "flows", "retention",
        "trend", "violations", "rules", "graph", "places", "skips", "sightings",
    ]  # fmt: skip
    assert len(whole["violations"]) == len(result.violations)
    assert len(whole["skips"]) == len(result.skips)
    assert {entry["fingerprint"] for entry in whole["violations"]} == {
        violation.fingerprint for violation in result.violations
    }


@pytest.mark.parametrize("name", [output.name for output in outputs("audit")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_order_of_the_result_makes_no_difference(
    result: HeldAudit, name: str, language: Language
) -> None:
    once = rendered(name, result, language)

    assert rendered(name, result, language) == once
    assert rendered(name, shuffled(result, 7), language) == once


def test_json_is_the_same_in_each_language(result: HeldAudit) -> None:
    assert rendered("json", result, "fi") == rendered("json", result, "en")


def test_csv_is_as_reviewed(result: HeldAudit) -> None:
    same_as_golden("violations.fi.csv", rendered("csv", result, "fi"))


def test_csv_has_one_row_a_violation_and_no_formula(result: HeldAudit) -> None:
    text = rendered("csv", result).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))

    assert len(rows) == len(result.violations) + 1
    assert not any(is_formula_like(cell) for row in rows for cell in row)
    assert any(cell == "'=1+1 aptitude tests" for row in rows for cell in row)


def test_csv_neutralises_every_start_of_a_formula(result: HeldAudit) -> None:
    odd = tuple(
        replace(result.violations[0], subject_name=f"{start}x", subject_id=f"{start}x")
        for start in "=+-@\t\r"
    )
    text = rendered("csv", replace(result, violations=odd)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]

    assert not any(is_formula_like(cell) for cell in cells)


def test_suffix_finds_its_report() -> None:
    for output in outputs("audit"):
        report = by_suffix(f"out/x.y{output.suffix.upper()}")
        assert (report.name, report.suffix) == (output.name, output.suffix)


def test_sarif_may_be_called_json() -> None:
    assert by_suffix("findings.sarif.json").name == "sarif"


@pytest.mark.parametrize("path", ["report", "report.docx", ".html.bak", ""])
def test_unknown_suffix_lists_the_valid_ones(path: str) -> None:
    with pytest.raises(ReportError) as caught:
        by_suffix(path)

    assert all(output.suffix in caught.value.hint for output in outputs("audit"))


def test_unknown_name_lists_the_valid_ones() -> None:
    with pytest.raises(ReportError) as caught:
        by_name("pdf")

    assert "html" in caught.value.hint


@pytest.mark.parametrize("key", sorted(RAW))
def test_both_languages_say_the_same_thing(key: str) -> None:
    """YAML cuts an unquoted phrase at its first comma; four Finnish sentences were lost so."""
    entry = RAW[key]
    placeholders = [
        {name for _, name, _, _ in string.Formatter().parse(entry[language]) if name}
        for language in LANGUAGES
    ]

    assert set(entry) == {"en", "fi"}
    assert all(isinstance(text, str) and text.strip() for text in entry.values())
    assert placeholders[0] == placeholders[1]


@pytest.mark.parametrize(
    ("vocabulary", "values"),
    [
        ("severity", Severity),
        ("certainty", Certainty),
        ("kind", Kind),
        ("origin", Origin),
        ("coverage", Coverage),
        ("reason", SkipReason),
        ("difference", Outcome),
        ("legend", Outcome),
        ("answer", (Answer.VIOLATED, Answer.UNKNOWN)),
        *CODES.items(),
    ],
)
def test_every_value_has_a_word(vocabulary: str, values: tuple[str, ...]) -> None:
    assert {f"{vocabulary}.{value}" for value in values} <= set(RAW)


def test_every_phrase_that_the_templates_use_exists() -> None:
    templates = (ROOT / "reports/templates").glob("*.j2")
    used = {
        key
        for template in templates
        for key in re.findall(
            r'\("([a-z_0-9]+\.[a-z_.0-9]*[a-z_0-9])"', template.read_text("utf-8")
        )
    }

    assert {key for key in used if key not in RAW and f"{key}.one" not in RAW} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_lead_back_to_their_codes(language: Language) -> None:
    words = wording(language)
    for vocabulary, codes in CODES.items():
        told = choices(words, vocabulary)

        assert len(set(told)) == len(told)
        assert tuple(code(vocabulary, word) for word in told) == codes


@pytest.mark.parametrize(
    ("period", "en", "fi"),
    [
        ("P1Y", "1 year", "1 vuosi"),
        ("P1Y6M", "1 year 6 months", "1 vuosi 6 kuukautta"),
        ("P30D", "30 days", "30 päivää"),
        ("P2W", "2 weeks", "2 viikkoa"),
        (None, "", ""),
    ],
)
def test_periods_are_told_in_words(period: str | None, en: str, fi: str) -> None:
    assert (duration(wording("en"), period), duration(wording("fi"), period)) == (en, fi)


def test_numbers_in_names_sort_as_numbers() -> None:
    assert sorted(["b10", "b9", "b010", "a"], key=natural) == ["a", "b9", "b010", "b10"]


@given(st.text(alphabet=st.characters(), max_size=40))
def test_visible_text_can_be_written_anywhere(text: str) -> None:
    shown = visible(text)

    shown.encode()
    assert not any(ord(character) < 32 or character in "\u202e\u2028\ufffe" for character in shown)


@given(st.text(max_size=200), st.floats(4, 40), st.integers(1, 4))
def test_wrapped_text_keeps_its_bounds(text: str, width: float, lines: int) -> None:
    wrapped = wrap(text, width, lines)

    assert 1 <= len(wrapped) <= lines
