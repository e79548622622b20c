"""The gold of the invented notices is exact: the figures of the notice reader rest on it."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from stdnum.dk import cvr
from stdnum.fi import ytunnus
from stdnum.no import orgnr
from stdnum.se import orgnr as orgnummer

from kartta.notices import open_notice
from ropa.model import Article6, Role
from ropa.notice.text import lines_of
from tests.corpus.notices.load import Notice, evidence_in, notices

NOTICES = tuple(notices())
LANGUAGES = ("da", "en", "fi", "no", "sv")
FORMS = {".txt": 20, ".html": 2, ".md": 1, ".pdf": 1, ".docx": 1}
DURATION = re.compile(r"P\d+[YMWD]")
MECHANISMS = {
    "adequacy_decision",
    "binding_corporate_rules",
    "standard_contractual_clauses",
    "data_privacy_framework",
    "art49_contract_necessity",
}
RIGHTS = [
    "informed",
    "access",
    "rectification",
    "portability",
    "erasure",
    "object",
    "object_direct_marketing",
    "restriction",
    "automated_decisions",
    "withdraw_consent",
    "complaint_to_supervisory_authority",
]
CHECK_DIGITS: Mapping[str, Callable[[str], bool]] = {
    "fi": ytunnus.is_valid,
    "sv": orgnummer.is_valid,
    "no": orgnr.is_valid,
    "da": cvr.is_valid,
    "en-01": ytunnus.is_valid,
    "en-02": cvr.is_valid,
}

each_notice = pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.name)


def test_there_are_five_notices_in_each_language_and_one_is_held_out() -> None:
    count = Counter((notice.language, notice.is_held_out) for notice in NOTICES)

    assert {(lang, out): 1 if out else 4 for lang in LANGUAGES for out in (True, False)} == count


def test_the_notices_come_in_five_forms() -> None:
    assert Counter(notice.source.suffixes[0] for notice in NOTICES) == FORMS


@each_notice
def test_every_quote_stands_on_its_line(notice: Notice, tmp_path: Path) -> None:
    lines = _lines(notice, tmp_path)

    wrong = [
        (path, line, quote)
        for path, line, quote in evidence_in(notice.gold)
        if quote not in lines[line - 1]
    ]
    assert wrong == []
    assert notice.gold["meta"]["lines"] == len(lines)


@each_notice
def test_every_item_of_data_stands_in_the_words_of_its_category(notice: Notice) -> None:
    wrong = [
        (item, category["name"])
        for category in notice.gold["data_categories"]
        for item in category["items"]
        if not any(item[notice.language] in each["quote"] for each in category["evidence"])
    ]

    assert wrong == []


@each_notice
def test_values_are_of_the_kinds_that_the_register_knows(notice: Notice) -> None:
    gold = notice.gold
    durations = [entry["duration"] for entry in gold["retention"]]
    durations.append((gold["rights"]["deadline"] or {}).get("value"))
    mechanisms = [each["id"] for each in gold["transfers"]["mechanisms_listed"]]
    mechanisms += [each["mechanism"] for each in gold["transfers"]["flows"]]
    countries = [each["country"] for each in (*gold["organisations"], *gold["transfers"]["flows"])]

    assert [each for each in durations if each and not DURATION.fullmatch(each)] == []
    assert set(mechanisms) <= {*MECHANISMS, None}
    assert [each for each in countries if each and not re.fullmatch("[A-Z]{2}", each)] == []
    assert {each["lawful_basis"] for each in gold["purposes"]} <= {*get_args(Article6), None}
    assert {each["role"] for each in gold["recipients"]["groups"]} <= {*map(str, Role), None}
    assert [each["id"] for each in gold["rights"]["list"]] == RIGHTS


@each_notice
def test_only_what_is_stated_has_evidence(notice: Notice) -> None:
    wrong = [each["id"] for each in notice.gold["rights"]["list"] if each["stated"] != _told(each)]
    facts = [
        *notice.gold["contacts"],
        *notice.gold["sources"],
        *notice.gold["purposes"],
        *notice.gold["organisations"],
        *notice.gold["retention"],
    ]

    assert wrong == []
    assert [each for each in facts if not _told(each)] == []


@each_notice
def test_the_business_id_has_the_right_check_digit(notice: Notice) -> None:
    number = notice.gold["controller"]["business_id"]
    is_valid = CHECK_DIGITS.get(notice.name) or CHECK_DIGITS.get(notice.language)

    if number is None or is_valid is None:
        pytest.skip("no number with a check digit")
    assert is_valid(number["value"])


@each_notice
def test_the_language_of_a_notice_is_recognised(notice: Notice, tmp_path: Path) -> None:
    assert notice.language == open_notice(notice.file(tmp_path)).language


def _told(fact: Mapping[str, Any]) -> bool:
    return bool(fact["evidence"])


def _lines(notice: Notice, folder: Path) -> list[str]:
    """Give the lines that the gold counts: of the file if it is text, else as it is read."""
    if notice.source.suffix == ".html":
        return [line.raw for line in open_notice(notice.file(folder)).lines]
    text = notice.source.read_text(encoding="utf-8")
    return [line.raw for line in lines_of(text)]
