"""What a register says of how its periods run, and what must be kept for a claim."""

from datetime import date
from pathlib import Path

import pytest

from ropa.clock import Clocks
from ropa.declared import load_register
from ropa.model import Retention, Sign, Trigger
from scanner.errors import RegisterError
from scanner.model import MilestoneKind as Kind
from scanner.summary import DatedEvent
from tests.ropa.linking.company import (
    TODAY,
    applied,
    event,
    is_,
    linked,
    mail_of,
    name,
    of,
    position,
    row,
    told,
)

AINO = row(
    "candidates", 1, is_("candidate 1"), name("Aino Lumpokka"), mail_of("aino@posti.example")
)
FILLED = position("2025-004", "vartija", opened="2024-12-01", closed="2025-03-01", outcome="filled")
GIVEN_UP = position(
    "2025-004", "vartija", opened="2024-12-01", closed="2025-03-01", outcome="cancelled"
)
BY_MAIL = told("2025-02-01")
BY_NOTE = told("2025-01-20", "notes.EMAIL")
BY_RECORD = told("2025-01-15", "applications.notified")
REJECTED = event(Kind.REJECTED, "2025-01-10")


def due(policy: Retention, *events: DatedEvent, is_filled: bool = True) -> date | None:
    """Give the last day of one application."""
    links = (is_("application 1"), of("candidate 1"), of("position 2025-004"))
    application = row("applications", 1, *links, applied("2024-12-10"), *events)
    linking = linked(FILLED if is_filled else GIVEN_UP, AINO, application)
    clocks = Clocks(linking, lambda _: policy, TODAY)
    return clocks.of(linking.candidacies[0].number).due


def policy(**more: object) -> Retention:
    return Retention.model_validate(
        {"id": "year", "duration": "P1Y", "trigger": Trigger.SELECTION_TOLD, **more}
    )


@pytest.mark.parametrize(
    ("evidence", "start"),
    [
        ((), "2025-01-20"),
        ((Sign.TOLD_BY_MAIL, Sign.TOLD_BY_NOTE), "2025-02-01"),
        ((Sign.TOLD_BY_NOTE, Sign.TOLD_BY_MAIL), "2025-01-20"),
        ((Sign.TOLD_BY_RECORD, Sign.TOLD_BY_MAIL), "2025-01-15"),
        ((Sign.REJECTED,), "2025-01-10"),
        ((Sign.CLOSED,), "2025-03-01"),
    ],
)
def test_the_register_orders_the_evidence(evidence: tuple[Sign, ...], start: str) -> None:
    found = due(policy(evidence=evidence), BY_MAIL, BY_NOTE, BY_RECORD, REJECTED)

    assert date.fromisoformat(start).replace(year=2026) == found


def test_what_the_register_does_not_name_counts_for_nothing() -> None:
    assert due(policy(evidence=(Sign.TOLD_BY_MAIL,)), BY_RECORD, REJECTED) is None


def test_the_last_of_several_messages_counts_where_the_register_says_so() -> None:
    messages = told("2025-02-01"), told("2025-06-01")

    assert date(2026, 2, 1) == due(policy(), *messages)
    assert date(2026, 6, 1) == due(policy(first=False), *messages)


def test_a_period_may_run_though_nobody_was_chosen() -> None:
    assert due(policy(), REJECTED, is_filled=False) is None
    assert date(2026, 1, 10) == due(policy(condition="none"), REJECTED, is_filled=False)


@pytest.mark.parametrize(
    ("retention", "why"),
    [
        ("{id: a, duration: P1Y, trigger: application, condition: none}", "trigger must be"),
        ("{id: a, duration: P1Y, trigger: received, evidence: [closed]}", "trigger must be"),
        (
            "{id: a, duration: P1Y, trigger: decision, evidence: [closed, closed]}",
            "the same sign twice",
        ),
        ("{id: a, duration: P1Y, trigger: decision, evidence: [told_by_post]}", "told_by_mail"),
    ],
)
def test_a_policy_that_says_nothing_is_refused_with_its_line(
    tmp_path: Path, retention: str, why: str
) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(
        "version: 1\n"
        "controller: {name: Toimisto Oy, country: FI}\n"
        "activities:\n"
        "  - id: recruitment\n"
        "    name: Rekrytointi\n"
        f"    retention:\n      - {retention}\n"
    )

    with pytest.raises(RegisterError, match=rf"register\.yaml:7: .*{why}"):
        load_register(path)
