"""The shipped rules: each tested, cited, in two languages; and what is generated from them."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # has no types of its own
import pytest
import yaml

from rules import manual, schema
from rules.load import RuleSet, load_packs
from rules.message import placeholders
from rules.model import AllOf, AnyOf, Condition, Linked, Not, Rule, Test
from rules.testing import run_cases, run_folder
from rules.vocabulary import PLACEHOLDERS, vocabulary

ROOT = Path(__file__).parent.parent.parent
CASES = ROOT / "tests" / "cases" / "rules"
PACKS = ROOT / "rules" / "packs"
CUSTOM = ROOT / "examples" / "custom-pack"

ACTS: Mapping[str, str] = {
    "GDPR": r"Art\. \d{1,2}(\(\d\))?(\([a-j]\))?",
    "FI 759/2004": r"s\. \d{1,2}a?(\(\d\))?",
    "FI 1050/2018": r"s\. \d{1,2}(\(\d\))?",
    "FI 1085/2015": r"s\. \d{1,2}(\(\d\))?",
    "FI 1325/2014": r"s\. \d{1,2}(\(\d\))?",
    "FI 609/1986": r"s\. \d{1,2}(\(\d\))?",
    "FI 726/2014": r"s\. \d{1,2}(\(\d\))?",
    "Decision (EU) 2021/914": r"(Art\. \d|Annex)",
    "CJEU": r"C-\d{1,3}/\d{2}",
    "EDPB Recommendations": r"\d{2}/\d{4}",
    "Garante": r"\d{1,2} [A-Z][a-z]{2} \d{4}, \w+",
    "DPC": r"\d{1,2} [A-Z][a-z]{2} \d{4}, \w+",
    "LfD Niedersachsen": r"\d{1,2} [A-Z][a-z]{2} \d{4}, \w+",
}
"""Every act, court and authority that a rule may cite, and how its places are written."""


@cache
def _builtin() -> RuleSet:
    return load_packs(installed=False)


def _ids() -> tuple[str, ...]:
    return tuple(rule.id for rule in _builtin().rules)


def test_every_rule_answers_its_cases() -> None:
    assert [str(failure) for failure in run_folder(_builtin(), CASES)] == []


def test_the_packs_cover_the_groups_of_the_draft() -> None:
    groups = {rule.group for rule in _builtin().rules}

    assert {"RET", "LB", "SC", "MIN", "TRF", "PRC", "ROP", "SEC", "TRN", "RGT"} == groups
    assert set(manual.GROUPS) == groups


@pytest.mark.parametrize("key", _ids())
def test_a_rule_speaks_both_languages(key: str) -> None:
    rule = _builtin().rule(key)

    for text in (rule.title, rule.message, rule.remedy, rule.rationale):
        assert text.en
        assert text.fi
        assert text.en != text.fi
    assert set(placeholders(rule.message.en)) == set(placeholders(rule.message.fi)) | _only_en(rule)


def _only_en(rule: Rule) -> set[str]:
    """Allow the state's words to be spelt out in one language, where they do not inflect."""
    return {"ats_state"} if rule.id == "RET-04" else set()


@pytest.mark.parametrize("key", _ids())
def test_a_rule_cites_what_there_is(key: str) -> None:
    for reference in _builtin().rule(key).references:
        matching = [
            act
            for act, place in ACTS.items()
            if re.fullmatch(f"{re.escape(act)} {place}", reference)
        ]

        assert matching, reference


@pytest.mark.parametrize("key", _ids())
def test_placeholders_are_facts_of_the_subject(key: str) -> None:
    rule = _builtin().rule(key)
    known = {*PLACEHOLDERS, *vocabulary()[rule.applies_to].facts}

    for text in (rule.message, rule.remedy):
        assert set(placeholders(text.en)) | set(placeholders(text.fi)) <= known


@pytest.mark.parametrize("key", _ids())
def test_a_fact_that_a_rule_tests_has_a_name_for_people(key: str) -> None:
    """It can be missing, and then the report names it in both languages."""
    rule = _builtin().rule(key)
    facts = vocabulary()[rule.applies_to].facts
    tested = [name for part in (rule.when, rule.require) if part for name in _tested(part)]

    for name in tested:
        assert facts[name].label.en != name or "_" not in name
        assert facts[name].label.fi != name


def _tested(condition: Condition) -> Iterator[str]:
    match condition:
        case Test():
            yield condition.field
        case AllOf():
            for part in condition.all:
                yield from _tested(part)
        case AnyOf():
            for part in condition.any:
                yield from _tested(part)
        case Not():
            yield from _tested(condition.not_)
        case Linked():
            return


def test_finnish_rules_lie_in_the_finnish_pack() -> None:
    for rule in _builtin().rules:
        pack = "fi" if rule.jurisdiction == "FI" else "eu"

        assert (PACKS / pack / f"{rule.id}.yaml").is_file()


def test_the_example_of_a_customers_pack_tests_itself() -> None:
    assert run_cases(CUSTOM) == []


def test_the_schema_is_current() -> None:
    """Rewrite it with `python -m rules.schema`."""
    assert schema.SCHEMA_FILE.read_text("utf-8") == schema.text()


@pytest.mark.parametrize("key", _ids())
def test_the_schema_takes_every_shipped_rule(key: str) -> None:
    made = json.loads(schema.text())
    path = next(PACKS.glob(f"*/{key}.yaml"))

    jsonschema.Draft202012Validator(made).validate(yaml.safe_load(path.read_text("utf-8")))


def test_the_schema_refuses_a_misspelt_operator() -> None:
    rule = yaml.safe_load((PACKS / "eu" / "RET-01.yaml").read_text("utf-8"))
    rule["require"]["op"] = "at_mots"

    assert not jsonschema.Draft202012Validator(schema.schema()).is_valid(rule)


def test_the_manual_is_current() -> None:
    """Rewrite it with `python -m rules.manual`."""
    folder = ROOT / manual.FOLDER
    checked_in = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}

    assert checked_in == manual.pages(_builtin())


def test_a_page_is_in_one_language() -> None:
    rule = _builtin().rule("RET-01")

    assert "Vakavuus: high" in manual.page(rule, "fi")
    assert "Severity: high" in manual.page(rule, "en")
    assert rule.title.fi not in manual.page(rule, "en")


def test_rewriting_the_manual_removes_the_pages_of_lost_rules(tmp_path: Path) -> None:
    (tmp_path / "OLD-01.md").write_text("old", "utf-8")

    manual.write(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == set(manual.pages(_builtin()))
