"""The invented companies say what is true of them, and their scorer sees what is wrong."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.companies.audit import measure
from bench.companies.companies import COMPANIES
from bench.companies.world import TODAY, Company, Consent, Fate, Hold, State, state_of

EVERY = tuple(COMPANIES.values())


def ids(company: Company) -> str:
    return company.domain


@pytest.mark.parametrize("company", EVERY, ids=ids)
def test_a_company_is_the_same_each_time_and_all_its_copies_are_there(
    company: Company, tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = (company.write(company, tmp_path / each) for each in ("one", "two"))

    assert one == two
    assert 40 <= len(company.candidacies) <= 80
    assert {each.key for copy in one.copies for each in copy.candidacies} == {
        each.key for each in company.candidacies
    }
    assert len({copy.place for copy in one.copies}) > 200
    assert one.decoys


@pytest.mark.parametrize("company", EVERY, ids=ids)
def test_a_company_has_every_state_and_both_days_at_the_edge(company: Company) -> None:
    states = [state_of(each) for each in company.candidacies]

    assert {each.name for each in states} == {
        "within", "past", "held", "consent", "unknown", "employee",
    }  # fmt: skip
    assert State("within", TODAY) in states
    assert State("past", TODAY - timedelta(1)) in states


def test_a_hold_goes_before_a_consent_and_what_ended_later_moves_the_last_day() -> None:
    told = next(each for each in EVERY[0].candidacies if each.fate is Fate.TOLD)
    old = replace(told, told=date(2025, 1, 1), consent=None, hold=None)
    ended = Consent(date(2025, 2, 1), None, date(2026, 3, 4))
    lasting = Consent(date(2025, 2, 1))

    assert state_of(old) == State("past", date(2026, 1, 1))
    assert state_of(replace(old, consent=ended)) == State("past", date(2026, 3, 4))
    assert state_of(replace(old, consent=lasting)) == State("consent")
    assert state_of(replace(old, consent=lasting, hold=Hold(TODAY))) == State("held")
    released = Hold(date(2025, 1, 1), date(2025, 6, 1))
    assert state_of(replace(old, hold=released)) == State("past", date(2026, 1, 1))


def test_a_small_company_is_written_scanned_and_compared(tmp_path: Path) -> None:
    company = replace(EVERY[0], candidacies=EVERY[0].candidacies[:14])

    read = measure(company, tmp_path / "company")
    found = read.found

    assert found.states.whole == len(read.truth.copies)
    assert found.precision.whole > 0
    assert found.decoys.part == 0
    assert found.states.part == found.states.whole - len(found.wrong)
    assert read.given.states.share > 0.9
    assert read.given.notices_found.part == len(read.truth.notices)
