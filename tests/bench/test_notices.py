"""The bench of notices measures what it says: gold against itself is all right, errors are seen."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.notice_facts import Fact, facts_of
from bench.notice_matches import Score, matches, score
from bench.notices import gold_facts
from kartta.notices import open_notice
from tests.corpus.notices.load import Notice, notices

NOTICES = tuple(notices())


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.name)
def test_gold_against_itself_is_all_right(notice: Notice, tmp_path: Path) -> None:
    gold = tuple(gold_facts(notice, open_notice(notice.file(tmp_path))))

    counted = score(matches(gold, gold))
    assert (counted.gold, counted.gold, counted.gold) == (
        counted.found,
        counted.value,
        counted.line,
    )
    assert counted.invented == 0
    assert counted.nulls == counted.null_right
    assert counted.gold > 40


def test_a_wrong_period_an_invented_one_and_a_missed_one_are_seen() -> None:
    gold = _periods({1: ("P1Y", "poistetaan vuoden kuluttua"), 2: ("P6M", "kuusi kuukautta")})
    read = _periods({1: ("P2Y", "poistetaan vuoden kuluttua"), 9: ("P90D", "90 päivän välein")})

    counted = score(matches(gold, read))
    assert Score(gold=2, found=1, invented=1) == counted


def test_a_year_is_twelve_months_and_a_week_seven_days() -> None:
    gold = _periods({1: ("P1Y", "one year after"), 2: ("P2W", "a fortnight later")})
    read = _periods({1: ("P12M", "one year after"), 2: ("P14D", "a fortnight later")})

    assert score(matches(gold, read)).line == 2


def test_a_value_where_the_notice_is_silent_is_invented() -> None:
    gold = facts_of({"controller": {"business_id": None}}, "fi")
    number = {"value": "8714203-5", "evidence": [{"line": 1, "quote": "8714203-5"}]}
    read = facts_of({"controller": {"business_id": number}}, "fi")

    left_open, invented = score(matches(gold, ())), score(matches(gold, read))
    assert left_open.nulls - 1 == invented.null_right
    assert (0, 1) == (left_open.invented, invented.invented)


def test_what_is_said_twice_and_read_twice_is_not_invented() -> None:
    gold = _periods({1: ("P1Y", "poistetaan vuoden kuluttua")})
    twice = (*gold, replace(gold[0], places=((1, "poistetaan vuoden"),)))

    assert score(matches(gold, twice)).invented == 0


def _periods(periods: dict[int, tuple[str, str]]) -> tuple[Fact, ...]:
    entries = [
        {"duration": duration, "evidence": [{"line": line, "quote": quote}]}
        for line, (duration, quote) in periods.items()
    ]
    facts = facts_of({"retention": entries}, "fi")
    return tuple(fact for fact in facts if fact.topic == "retention")
