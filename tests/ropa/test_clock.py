"""The clock of a candidacy: from the right event, for every copy, and never silently fine."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.clock import ClockState, Grade, end_of_period
from scanner.model import MilestoneKind
from scanner.summary import DatedEvent, RecordFacts
from tests.ropa.linking.company import (
    about,
    answers,
    applied,
    clock_of,
    event,
    facts,
    is_,
    linked,
    mail_of,
    name,
    of,
    position,
    row,
    told,
)

M = MilestoneKind
EMAIL = mail_of("aino@posti.example")
AINO = row("candidates", 1, is_("candidate 1"), name("Aino Lumpokka"), EMAIL)
FILLED = position("2025-004", "vartija", opened="2024-12-01", closed="2025-03-01", outcome="filled")
GIVEN_UP = position(
    "2025-009", "pomo", opened="2024-12-01", closed="2025-03-01", outcome="cancelled"
)
OPEN = position("2026-001", "kokki", opened="2026-10-01", outcome="open")


def application(number: int, code: str, *events: DatedEvent) -> RecordFacts:
    links = (is_(f"application {number}"), of("candidate 1"), of(f"position {code}"))
    return row("applications", number, *links, *events)


@pytest.mark.parametrize(
    ("events", "state", "days", "grade"),
    [
        # The strongest evidence wins, even where it is the later one.
        ([event(M.REJECTED, "2025-01-10"), told("2025-02-01")], "past", 294, "strong"),
        # A column that says it is weaker than the message, and stronger than a rejection.
        ([event(M.REJECTED, "2025-01-10"), told("2025-02-02", "applications.notified")], "past",
         293, "fair"),
        # Of several messages the first counts.
        ([told("2025-02-01"), told("2025-06-01")], "past", 294, "strong"),
        # The last permitted day, and the day after.
        ([told("2025-11-22")], "within", 0, "strong"),
        ([told("2025-11-21")], "past", 1, "strong"),
        # A stamp in UTC is the next day in Helsinki.
        ([told("2025-11-21T22:30:00+00:00")], "within", 0, "strong"),
        ([event(M.REJECTED, "2025-11-22")], "within", 0, "fair"),
        ([event(M.FILLED, "2025-01-10")], "past", 316, "weak"),
        # The position's own closing is the last that counts, as somebody was chosen.
        ([], "past", 266, "weak"),
        # The applicant withdrew: what the system calls a rejection is none.
        ([event(M.WITHDRAWN, "2025-01-10")], "past", 266, "weak"),
        # An early no, an invitation and a postponement are no such message.
        ([event(M.DECLINED, "2025-01-10"), event(M.POSTPONED, "2025-02-10")], "past", 266, "weak"),
    ],
)  # fmt: skip
def test_the_event_from_which_the_period_runs(
    events: list[DatedEvent], state: str, days: int, grade: str
) -> None:
    linking = linked(FILLED, AINO, application(1, "2025-004", applied("2024-12-10"), *events))

    clock = clock_of(linking, "db", "applications", "row:1")

    assert clock is not None
    assert (ClockState(state), days, Grade(grade)) == (clock.state, clock.days_past, clock.grade)


@pytest.mark.parametrize(
    ("listed", "code", "reason"),
    [
        (GIVEN_UP, "2025-009", "nobody was chosen"),
        (OPEN, "2026-001", "still open"),
        (position("2025-5", "x", opened="2025-01-01"), "2025-5", "nothing says"),
    ],
)
def test_where_nobody_was_chosen_the_clock_is_unknown_and_says_what_is_missing(
    listed: RecordFacts, code: str, reason: str
) -> None:
    rejected = event(M.REJECTED, "2025-01-10")
    linking = linked(listed, AINO, application(1, code, applied("2024-12-10"), rejected))

    clock = clock_of(linking, "db", "applications", "row:1")

    assert clock is not None
    assert clock.state is ClockState.UNKNOWN
    assert reason in clock.why.en


def test_an_open_application_is_unknown() -> None:
    letter = facts(
        "mail", "1", "", mail_of("aino@posti.example", "sender"), words=("*",), sent="2025-12-16"
    )

    clock = clock_of(linked(letter), "mail", "1")

    assert clock is not None
    assert (ClockState.UNKNOWN, True) == (clock.state, "open application" in clock.why.en)


@pytest.mark.parametrize(
    ("events", "state", "due"),
    [
        ([event(M.HOLD, "2025-05-01")], "held", None),
        ([event(M.HOLD, "2025-05-01"), event(M.HOLD_RELEASED, "2026-10-01")], "past", "2026-10-01"),
        ([event(M.HIRED, None)], "employee", None),
        ([event(M.OFFERED, "2025-02-01")], "employee", None),
        ([event(M.CONSENT_UNTIL, "2027-01-01")], "consent", "2027-01-01"),
        ([event(M.CONSENT_UNTIL, "2026-11-01")], "past", "2026-11-01"),
        ([event(M.CONSENT_GIVEN, "2025-05-01")], "consent", None),
        (
            [event(M.CONSENT_UNTIL, "2027-01-01"), event(M.CONSENT_WITHDRAWN, "2026-09-01")],
            "past",
            "2026-09-01",
        ),
        # A claim goes before everything, being hired before a consent.
        ([event(M.HOLD, "2025-05-01"), event(M.HIRED, None)], "held", None),
        ([event(M.HIRED, None), event(M.CONSENT_UNTIL, "2027-01-01")], "employee", None),
    ],
)
def test_grounds_to_keep(events: list[DatedEvent], state: str, due: str | None) -> None:
    made = (applied("2024-12-10"), told("2025-02-01"), *events)
    linking = linked(FILLED, AINO, application(1, "2025-004", *made))

    clock = clock_of(linking, "db", "applications", "row:1")

    assert clock is not None
    assert (ClockState(state), date.fromisoformat(due) if due else None) == (clock.state, clock.due)


def test_each_candidacy_has_its_own_clock_and_a_copy_that_of_its_place() -> None:
    """The newest application of a person excused the older CV."""
    newer = position(
        "2026-002", "vartija", opened="2026-05-01", closed="2026-08-01", outcome="filled"
    )
    old_cv = facts("share", "old.pdf", "", EMAIL, path=about("2025-004"))
    new_cv = facts("share", "new.pdf", "", EMAIL, path=about("2026-002"))

    linking = linked(
        FILLED, newer, AINO, old_cv, new_cv,
        application(1, "2025-004", applied("2024-12-10"), told("2025-02-01")),
        application(2, "2026-002", applied("2026-05-10"), told("2026-07-01")),
    )  # fmt: skip

    states = {
        asset: clock.state
        for asset, record in (("old.pdf", ""), ("new.pdf", ""))
        if (clock := clock_of(linking, "share", asset, record))
    }
    assert {"old.pdf": ClockState.PAST, "new.pdf": ClockState.WITHIN} == states
    whole = clock_of(linking, "db", "candidates", "row:1")
    assert whole is not None
    assert (ClockState.WITHIN, date(2027, 7, 1)) == (whole.state, whole.due)


def test_hired_for_one_position_is_not_hired_for_another() -> None:
    other = position(
        "2026-002", "vartija", opened="2026-05-01", closed="2026-08-01", outcome="filled"
    )
    linking = linked(
        FILLED, other, AINO,
        application(1, "2025-004", applied("2024-12-10"), event(M.HIRED, None)),
        application(2, "2026-002", applied("2026-05-10"), told("2026-07-01")),
    )  # fmt: skip

    clock = clock_of(linking, "db", "applications", "row:2")

    assert clock is not None
    assert clock.state is ClockState.WITHIN


def test_a_letter_without_a_number_is_about_what_its_thread_is_about() -> None:
    asked = facts(
        "mail", "1", "", mail_of("aino@posti.example", "sender"), *answers("m1"),
        words=about("2025-004"), sent="2024-12-10",
    )  # fmt: skip
    letter = facts(
        "mail", "2", "", mail_of("aino@posti.example", "recipient"), *answers("m2", "m1"),
        told("2025-02-01"), sent="2025-02-01",
    )  # fmt: skip
    linking = linked(FILLED, asked, letter)

    clock = clock_of(linking, "mail", "1")

    assert clock is not None
    assert (ClockState.PAST, date(2026, 2, 1), "strong") == (clock.state, clock.due, clock.grade)


def test_a_consent_without_a_position_is_the_newest_candidacys() -> None:
    newer = position(
        "2026-002", "kokki", opened="2026-01-01", closed="2026-04-01", outcome="filled"
    )
    register = row("consents", 1, EMAIL, event(M.CONSENT_GIVEN, "2025-03-01"),
                   event(M.CONSENT_UNTIL, "2027-03-01"))  # fmt: skip
    linking = linked(
        FILLED, newer, AINO, register,
        application(1, "2025-004", applied("2024-12-10"), told("2025-02-01")),
        application(2, "2026-002", applied("2026-01-10"), told("2026-03-01")),
    )  # fmt: skip

    first, second = (clock_of(linking, "db", "applications", f"row:{n}") for n in (1, 2))

    assert first is not None
    assert second is not None
    assert (ClockState.CONSENT, ClockState.WITHIN) == (first.state, second.state)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.tuples(*(st.integers(0, most) for most in (5, 30, 60, 400))),
)
def test_periods_end_on_a_day_that_is_there(start: date, parts: tuple[int, int, int, int]) -> None:
    years, months, weeks, days = parts
    end = end_of_period(start, f"P{years}Y{months}M{weeks}W{days}D")

    least = 365 * years + 28 * months + 7 * weeks + days
    assert least - 3 <= (end - start).days <= 366 * years + 31 * months + 7 * weeks + days


def test_what_is_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        end_of_period(date(2024, 1, 1), "one year")
