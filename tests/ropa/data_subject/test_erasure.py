"""What is proposed of each copy, by its store, its state and whose data stand in it."""

from datetime import date

import pytest

from ropa.clock import ClockState
from ropa.data_subject.erasure import CITED, Action, Decision, Store, erasures
from ropa.data_subject.found import FoundCopy
from ropa.linking.persons import Strength

STORES = {each.value: each for each in Store}


def copy(
    store: str,
    locator: str = "",
    *,
    state: ClockState | None = ClockState.PAST,
    strength: Strength = Strength.STRONG,
    categories: tuple[str, ...] = (),
    is_shared: bool = False,
) -> FoundCopy:
    return FoundCopy(
        store, "a", locator, strength, (), categories, state, date(2026, 3, 3), "", is_shared
    )


@pytest.mark.parametrize(
    ("found", "action"),
    [
        (copy("mail"), Action.DELETE_MESSAGE),
        (copy("mail", "part:cv.pdf"), Action.DELETE_PART),
        (copy("files"), Action.DELETE_FILE),
        (copy("files", "sheet:A/row:3", is_shared=False), Action.DELETE_PART),
        (copy("files", is_shared=True), Action.REDACT),
        (copy("files", is_shared=True, categories=("recruitment.cv",)), Action.DELETE_FILE),
        (copy("rows", "row:3", is_shared=True), Action.DELETE_ROW),
        (copy("recruiting", "note:41"), Action.DELETE_RECORD),
    ],
)
def test_what_is_done_depends_on_the_store_and_on_others(found: FoundCopy, action: Action) -> None:
    assert erasures([found], STORES)[0].action is action


@pytest.mark.parametrize(
    ("state", "decision", "clause"),
    [
        (ClockState.PAST, Decision.ERASE, "17(1)(a)"),
        (ClockState.CONSENT, Decision.ERASE, "17(1)(b)"),
        (ClockState.WITHIN, Decision.DECIDE, "17(3)(e)"),
        (ClockState.HELD, Decision.KEEP, "17(3)(e)"),
        (ClockState.EMPLOYEE, Decision.DECIDE, "17(3)(b)"),
        (ClockState.UNKNOWN, Decision.DECIDE, "17(3)"),
        (None, Decision.DECIDE, "17(3)"),
    ],
)
def test_a_ground_to_keep_is_cited(
    state: ClockState | None, decision: Decision, clause: str
) -> None:
    (found,) = erasures([copy("mail", state=state)], STORES)

    assert found.decision is decision
    assert any(clause in each for each in found.references)


def test_every_state_has_a_proposal() -> None:
    assert set(CITED) == {*ClockState, None}


def test_a_weak_link_is_erased_by_nobody_s_rule() -> None:
    """Whose it is must be seen first: a namesake's copy would be gone."""
    (found,) = erasures([copy("mail", strength=Strength.WEAK)], STORES)

    assert found.decision is Decision.DECIDE
