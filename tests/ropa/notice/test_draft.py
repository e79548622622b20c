"""A register is drafted from a notice: loadable, quoted, and open where the notice is silent."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.declared import load_register
from ropa.model import Declaration, Record, Register, Role, Status, Tool
from ropa.notice.draft import NOWHERE, UNSAID, as_yaml, draft_register
from ropa.notice.read import as_data, declared
from ropa.notice.sections import notice_of
from ropa.notice.text import NoticeText

COMPLETE = Path(__file__).parent / "complete"
LANGUAGES = ("fi", "sv", "no", "da", "en")
TODAY = date(2026, 11, 22)


def _drafted(text: str) -> tuple[NoticeText, Register]:
    notice = notice_of("notice.txt", text)
    return notice, draft_register(notice, as_data(declared(notice)), TODAY)


@cache
def _complete(language: str) -> tuple[NoticeText, Register]:
    return _drafted((COMPLETE / f"{language}.txt").read_text("utf-8"))


def _entries(value: object) -> Iterator[Declaration]:
    """Give every entry that can say where it comes from."""
    if isinstance(value, tuple):
        for item in value:
            yield from _entries(item)
    elif isinstance(value, Record):
        if isinstance(value, Declaration):
            yield value
        for name in type(value).model_fields:
            yield from _entries(getattr(value, name))


def _check(notice: NoticeText, register: Register) -> None:
    """Every quote is on its line, and every field to be confirmed is one."""
    for entry in _entries(register):
        assert set(entry.confirm) <= set(type(entry).model_fields)
        for origin in entry.provenance:
            number = int(origin.place.removeprefix("line "))
            assert origin.quote in notice.lines[number - 1].raw


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_loads_as_it_was_written(tmp_path: Path, language: str) -> None:
    _, register = _complete(language)
    path = tmp_path / "register.yaml"
    path.write_text(as_yaml(register, "notice.txt"), "utf-8")

    assert load_register(path) == register


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_quotes_the_notice(language: str) -> None:
    _check(*_complete(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_purpose_has_its_basis_and_where_it_is_said(language: str) -> None:
    _, register = _complete(language)
    purposes = register.activities[0].purposes

    assert {"A6-1-f", "A6-1-a"} <= {purpose.basis for purpose in purposes}
    assert all(purpose.provenance for purpose in purposes)


@pytest.mark.parametrize(
    ("language", "name", "country", "period"),
    [
        ("fi", "Lumikki Leipomot Oy", "FI", "P1Y"),
        ("sv", "Björkverkstan i Umeå AB", "SE", "P2Y"),
        ("no", "Fjellbakeriet AS", "NO", "P6M"),
        ("da", "Havreværket ApS", "DK", "P6M"),
    ],
)
def test_the_controller_and_the_period_are_those_of_the_notice(
    language: str, name: str, country: str, period: str
) -> None:
    _, register = _complete(language)
    activity = register.activities[0]

    assert (register.controller.name, register.controller.country) == (name, country)
    assert register.controller.address
    assert register.controller.dpo is not None
    assert activity.status is Status.DRAFT
    assert period in {limit.duration for limit in activity.retention}


def test_silence_stays_empty_and_is_named() -> None:
    _, register = _drafted("Privacy notice\n\nWe are glad that you apply to us.\n")
    controller, activity = register.controller, register.activities[0]

    assert (controller.name, controller.country) == (UNSAID, NOWHERE)
    assert {"name", "country", "address", "business_id"} <= set(controller.confirm)
    assert (activity.purposes, activity.categories, activity.retention) == ((), (), ())
    assert (register.recipients, register.transfers, register.systems) == ((), (), ())
    assert {"purposes", "categories", "recipients"} <= set(activity.confirm)


def test_the_comments_say_what_to_do_next() -> None:
    _, register = _complete("en")
    comments = [line for line in as_yaml(register, "n.txt").splitlines() if line.startswith("#")]

    assert "n.txt" in comments[0]
    assert any("`confirm`" in line for line in comments)
    assert any("kartta doctor" in line for line in comments)


@given(st.text(max_size=300))
def test_any_text_gives_a_register_that_loads(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    notice, register = _drafted(text)
    path = tmp_path_factory.mktemp("draft") / "register.yaml"
    path.write_text(as_yaml(register, "notice.txt"), "utf-8")

    assert load_register(path) == register
    _check(notice, register)


@pytest.fixture(scope="module")
def seed(shared: Path) -> tuple[NoticeText, Register]:
    path = shared.parent / "seed" / "notice.fi.txt"
    if not path.is_file():
        pytest.skip("the seed notice is not there")
    return _drafted(path.read_text("utf-8"))


@pytest.mark.shared
def test_the_seed_keeps_applicants_a_year_from_when_they_are_told(
    seed: tuple[NoticeText, Register],
) -> None:
    limits = seed[1].activities[0].retention
    year: list[Any] = [limit for limit in limits if limit.duration == "P1Y"]

    assert [(limit.trigger, limit.basis) for limit in year] == [("selection_told", "A6-1-f")]
    assert "recruitment.cv" in year[0].categories
    assert {origin.place for origin in year[0].provenance} == {"line 80"}


@pytest.mark.shared
def test_the_seeds_recruiting_system_is_a_transfer_on_clauses(
    seed: tuple[NoticeText, Register],
) -> None:
    _, register = seed
    transfer = next(entry for entry in register.transfers if "greenhouse" in entry.recipient)

    assert (transfer.country, transfer.tool) == ("US", Tool.SCC)
    assert {"version", "signed", "assessed"} <= set(transfer.confirm)
    assert register.systems[0].operator == transfer.recipient
    assert register.recipient(transfer.recipient).role in (Role.PROCESSOR, None)


@pytest.mark.shared
def test_the_seeds_draft_quotes_the_seed(seed: tuple[NoticeText, Register]) -> None:
    _check(*seed)


@pytest.mark.shared
def test_the_seed_names_no_legal_entity_and_the_draft_none(
    seed: tuple[NoticeText, Register],
) -> None:
    controller = seed[1].controller

    assert {"name", "business_id", "address"} <= set(controller.confirm)
    assert (controller.business_id, controller.address) == ("", "")
