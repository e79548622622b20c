"""A customer's regular expression may not hold up an audit."""

import logging
import time
from datetime import date
from pathlib import Path

import pytest

from ropa.subjects import Kind, Subject
from rules.evaluate import evaluate
from rules.load import load_rule
from rules.model import Answer, Rule
from rules.patterns import SECONDS, Pattern
from scanner.errors import RuleError

CATASTROPHIC = "^(a|b|ab)*c$"
STUCK = "ab" * 40 + "dc"
RULE = """\
id: OWN-02
title: Named badly
severity: low
certainty: policy
references: ["House rule 2"]
applies_to: notice
when: {field: file, op: matches, value: '%s'}
require: {field: read, op: equals, value: false}
message: "{name} is named badly"
remedy: Give it another name
"""


def _rule(folder: Path, pattern: str) -> Rule:
    path = folder / "OWN-02.yaml"
    path.write_text(RULE % pattern, encoding="utf-8")
    return load_rule(path)


def _notice(number: int, file: str) -> Subject:
    return Subject(Kind.NOTICE, f"n{number}", file, {"file": file, "read": True})


def test_an_expression_that_takes_too_long_is_not_waited_for() -> None:
    """`matches` once ran Python's `re` without a limit: this text took longer than a night."""
    begin = time.process_time()

    assert Pattern(CATASTROPHIC).found_in(["harmless", STUCK, "abc"]) is None
    assert time.process_time() - begin < SECONDS + 1


def test_texts_share_one_time() -> None:
    begin = time.process_time()

    assert Pattern(CATASTROPHIC).found_in([STUCK] * 100) is None
    assert time.process_time() - begin < SECONDS + 1


def test_an_expression_that_is_late_again_and_again_is_given_up() -> None:
    pattern = Pattern(CATASTROPHIC)
    before = [pattern.found_in(["abc"]), *(pattern.found_in([STUCK]) for _ in range(3))]
    begin = time.process_time()

    assert before == [True, None, None, None]
    assert all(pattern.found_in([STUCK]) is None for _ in range(1_000))
    assert time.process_time() - begin < SECONDS


def test_what_it_cannot_tell_is_unknown_and_the_rule_is_named_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rule = _rule(tmp_path, CATASTROPHIC)
    subjects = [_notice(1, "abc"), *(_notice(number, STUCK) for number in range(2, 8))]

    with caplog.at_level(logging.WARNING):
        found = list(evaluate([rule], subjects, today=date(2026, 12, 1)))

    assert [each.answer for each in found] == [Answer.VIOLATED, *[Answer.UNKNOWN] * 6]
    assert {each.missing for each in found[1:]} == {("file",)}
    assert len(caplog.records) == 1
    assert "OWN-02" in caplog.text
    assert STUCK not in caplog.text


@pytest.mark.parametrize("pattern", ["(", "(" * 2_000 + ")" * 2_000, "a{99999999999}"])
def test_what_is_no_expression_is_refused_with_its_line(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(RuleError, match=r"OWN-02\.yaml:7: .*regular expression"):
        _rule(tmp_path, pattern)
