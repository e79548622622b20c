"""A notice is checked: complete ones are left alone, and each gap is found and quoted."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ropa.notice.check import notice_subject
from ropa.notice.checks.storage import days_of
from ropa.notice.read import as_data, declared
from ropa.notice.sections import notice_of
from ropa.notice.text import NoticeText
from ropa.subjects import Subject
from rules.evaluate import evaluate
from rules.load import RuleSet, load_packs
from rules.model import Answer, Certainty, Violation
from rules.vocabulary import problems

COMPLETE = Path(__file__).parent / "complete"
LANGUAGES = ("fi", "sv", "no", "da", "en")
TODAY = date(2026, 11, 22)
CERTAIN = {"statute", "case", "declared", "policy", "heuristic"}
CONTROLLER, PROVISION, RIGHTS, OBJECTION, COMPLAINT = 5, 31, 47, 59, 63
"""Lines on which the parts of every complete notice begin: they are alike in all languages."""

GAPS: Mapping[str, tuple[str, ...]] = {
    "G01 complaint": ("TRN-01",),
    "G02 controller": ("TRN-10",),
    "G03 tests": ("LB-16",),
    "G04 other sources": ("TRN-11", "LB-17"),
    "G05 place": ("TRF-09",),
    "G06 transfers": ("TRF-10", "TRF-11"),
    "G07 duty to provide": ("TRN-12",),
    "G08 talent pool": ("RET-13",),
    "G09 periods": ("RET-14", "RET-15"),
    "G10 bases": ("LB-15",),
    "G11 Article 9": ("SC-10",),
    "G12 objection": ("TRN-07",),
    "G13 categories": ("TRN-15",),
    "G14 customers": ("TRN-09",),
    "G15 twice": ("TRN-16",),
    "G16 names": ("PRC-06",),
    "G17 age": ("TRN-04", "TRN-17"),
    "G18 withdrawal": ("TRN-14",),
    "G19 answers": ("RGT-08",),
    "G20 links": ("TRN-18",),
    "G21 guards": ("TRN-22",),
}
"""The seed's findings, and the rules that tell of them."""
LINES: Mapping[str, set[int]] = {
    "LB-16": {15, 31},
    "TRN-11": {9},
    "TRF-09": {25, 58},
    "TRF-11": {58},
    "RET-13": {82},
    "SC-10": {20},
    "TRN-07": {73, 75},
    "TRN-15": {23, 38, 100},
    "TRN-09": {42, 47, 53},
    "TRN-16": {98, 106},
    "PRC-06": {54, 104},
    "TRN-04": {121},
    "TRN-14": {33, 82},
    "RGT-08": {64},
    "TRN-22": {38},
}
SATISFIED = {"TRN-03", "TRN-13", "TRN-19", "TRN-20", "TRF-12", "TRF-13", "TRF-16"}


@cache
def _rules() -> RuleSet:
    return load_packs()


def _read(text: str) -> tuple[NoticeText, Subject]:
    notice = notice_of("notice.txt", text)
    return notice, notice_subject(notice, as_data(declared(notice)), TODAY)


def _judged(subject: Subject) -> tuple[Violation, ...]:
    return tuple(evaluate(_rules().rules, [subject], today=TODAY))


def _found(text: str) -> set[str]:
    _, subject = _read(text)
    return {one.rule for one in _judged(subject) if one.answer is Answer.VIOLATED}


def _complete(language: str) -> str:
    return (COMPLETE / f"{language}.txt").read_text("utf-8")


def _without(text: str, first: int, last: int) -> str:
    """Take out a part: its heading and its lines."""
    lines = text.split("\n")
    return "\n".join(lines[: first - 1] + lines[last:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_complete_notice_gives_no_certain_finding(language: str) -> None:
    _, subject = _read(_complete(language))
    certain = [
        one.rule
        for one in _judged(subject)
        if one.certainty in CERTAIN and one.answer is Answer.VIOLATED
    ]

    assert certain == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_facts_are_those_of_the_vocabulary(language: str) -> None:
    _, subject = _read(_complete(language))

    assert problems(subject) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("first", "last", "rule"),
    [
        (CONTROLLER, CONTROLLER + 3, "TRN-10"),
        (PROVISION, PROVISION + 3, "TRN-12"),
        (OBJECTION, OBJECTION + 3, "TRN-07"),
        (COMPLAINT, COMPLAINT + 3, "TRN-01"),
        (RIGHTS, OBJECTION - 1, "TRN-19"),
    ],
)
def test_a_part_that_is_taken_out_is_missed(
    language: str, first: int, last: int, rule: str
) -> None:
    assert rule in _found(_without(_complete(language), first, last))


def _changes() -> list[dict[str, str]]:
    changes: list[dict[str, str]] = yaml.safe_load((COMPLETE / "changes.yaml").read_text("utf-8"))
    return changes


@pytest.mark.parametrize(
    "change", _changes(), ids=lambda change: f"{change['rule']}-{change['language']}"
)
def test_a_changed_sentence_is_found(change: dict[str, str]) -> None:
    text = _complete(change["language"])
    assert change["old"] in text

    assert change["rule"] in _found(text.replace(change["old"], change.get("new", "")))


def test_a_repeated_section_is_found_with_both_places() -> None:
    text = _complete("en")
    _, subject = _read(f"{text}\nComplaints\n\nYou may complain to our customer service too.\n")
    found = next(one for one in _judged(subject) if one.rule == "TRN-16")

    assert [str(item.locator) for item in found.evidence] == ["line:63", "line:71"]


def test_national_rules_are_those_of_the_notices_country() -> None:
    added = " • Test results: results of personality tests\n"
    text = _complete("en").replace(" • Interview data", f"{added} • Interview data")

    assert "LB-16" not in _found(text)


def test_tests_with_consent_are_no_finding() -> None:
    added = (
        "Soveltuvuusarviointi tehdään vain suostumuksellasi, ja saat siitä kirjallisen lausunnon."
    )
    text = _complete("fi").replace("Mistä tiedot saadaan", f"{added}\n\nMistä tiedot saadaan")

    assert "LB-16" not in _found(text)


@given(st.text(max_size=300))
def test_any_text_has_facts_and_quotes_its_own_lines(text: str) -> None:
    notice, subject = _read(text)

    assert problems(subject) == ()
    _quotes_are_exact(notice, subject)


def test_silence_is_missing_and_nothing_else() -> None:
    """Nothing that is not said is held against what is said."""
    found = _found("Privacy notice\n\nWe are glad that you apply to us.\n")

    assert found >= {"TRN-01", "TRN-03", "TRN-10", "TRN-12", "TRN-19"}
    assert not {rule for rule in found if rule.startswith(("TRF", "RET", "LB", "SC", "MIN"))}


def test_days_are_counted_at_their_most() -> None:
    assert [days_of(text) for text in ("P1M", "P30D", "P1Y6M", "")] == [31, 30, 551, None]


def _quotes_are_exact(notice: NoticeText, subject: Subject) -> None:
    for evidence in subject.fact_evidence.values():
        for item in evidence:
            number = int(next(item.locator.names("line")))
            assert item.note.en in notice.lines[number - 1].raw


@pytest.fixture(scope="module")
def seed(shared: Path) -> Path:
    folder = shared.parent / "seed"
    if not folder.is_dir():
        pytest.skip("the seed notice is not there")
    return folder


def _seed_text(seed: Path) -> NoticeText:
    return notice_of("notice.fi.txt", (seed / "notice.fi.txt").read_text("utf-8"))


class _Loader(yaml.SafeLoader):
    """YAML in which NO is Norway."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@pytest.fixture(scope="module", params=["gold", "reader"])
def seed_findings(seed: Path, request: pytest.FixtureRequest) -> Mapping[str, Violation]:
    text = _seed_text(seed)
    data: dict[str, Any]
    if request.param == "gold":
        raw = (seed / "notice.fi.gold.yaml").read_text("utf-8")
        data = yaml.load(raw, _Loader)  # noqa: S506 - a safe loader
    else:
        data = as_data(declared(text))
    found = _judged(notice_subject(text, data, TODAY))
    return {one.rule: one for one in found if one.answer is Answer.VIOLATED}


@pytest.mark.shared
@pytest.mark.parametrize("gap", GAPS)
def test_the_seeds_gaps_are_found(seed_findings: Mapping[str, Violation], gap: str) -> None:
    assert set(GAPS[gap]) <= set(seed_findings)


@pytest.mark.shared
@pytest.mark.parametrize("gap", [gap for gap in GAPS if not gap.startswith("G21")])
def test_the_seeds_certain_gaps_are_certain(
    seed_findings: Mapping[str, Violation], gap: str
) -> None:
    certainties = {seed_findings[rule].certainty for rule in GAPS[gap]}

    assert Certainty.ARGUABLE not in certainties


@pytest.mark.shared
def test_what_the_seed_satisfies_is_not_flagged(
    seed_findings: Mapping[str, Violation],
) -> None:
    assert SATISFIED.isdisjoint(seed_findings)


@pytest.mark.shared
def test_what_is_beyond_the_seeds_gaps_is_arguable(
    seed_findings: Mapping[str, Violation],
) -> None:
    known = {rule for rules in GAPS.values() for rule in rules}
    others = {key: one.certainty for key, one in seed_findings.items() if key not in known}

    assert set(others.values()) <= {Certainty.ARGUABLE}


@pytest.mark.shared
@pytest.mark.parametrize("rule", LINES)
def test_the_seeds_findings_quote_their_lines(
    seed_findings: Mapping[str, Violation], rule: str
) -> None:
    quoted = {int(next(item.locator.names("line"))) for item in seed_findings[rule].evidence}

    assert quoted >= LINES[rule]


@pytest.mark.shared
def test_the_seeds_quotes_are_exact(seed: Path) -> None:
    text = _seed_text(seed)

    _quotes_are_exact(text, notice_subject(text, as_data(declared(text)), TODAY))


@pytest.mark.parametrize(
    ("entity", "country"),
    [("Oatfield Bakeries Oy", "FI"), ("Oatfield AB", "SE"), ("Oatfield ApS", "DK"), ("", None)],
)
def test_an_english_notice_is_at_home_where_its_controller_is(
    entity: str, country: str | None
) -> None:
    text = _complete("en").replace("Oatfield Bakeries Ltd", entity or "Oatfield Bakeries Ltd")
    _, subject = _read(text)

    assert subject.facts["country"] == country
