"""The clock of a candidacy: from the right event, for every copy, and never silently fine."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.candidacy import Applicant, ClockState, applicants, end_of_period, people_in
from ropa.model import Retention, Trigger
from scanner.model import Identifier, MilestoneKind
from scanner.summary import CandidateRecord, DatedEvent

TODAY = date(2026, 11, 22)
YEAR = Retention(id="li", duration="P1Y", trigger=Trigger.SELECTION_TOLD, basis="A6-1-f")
POLICIES = {"": YEAR}
EMAIL = ("EMAIL_ADDRESS", "e1", "subject")


def event(
    kind: MilestoneKind, day: str, application: str = "", evidence: str = "ats"
) -> DatedEvent:
    return DatedEvent(kind, datetime.fromisoformat(day).replace(tzinfo=UTC), evidence, application)


def record(
    *events: DatedEvent,
    keys: tuple[tuple[str, str, str], ...] = (EMAIL,),
    source: str = "ats",
    asset: str = "candidates/1",
) -> CandidateRecord:
    return CandidateRecord(source, asset, "", keys, events)


def only(*records: CandidateRecord) -> Applicant:
    people, _ = applicants(records)
    assert len(people) == 1
    return people[0]


@pytest.mark.parametrize(
    ("events", "state", "days"),
    [
        # The strongest evidence wins, even where it is the later one.
        (
            [(MilestoneKind.REJECTED, "2025-01-10"), (MilestoneKind.TOLD, "2025-02-01")],
            ClockState.PAST,
            294,
        ),
        ([(MilestoneKind.REJECTED, "2025-11-22")], ClockState.WITHIN, 0),
        ([(MilestoneKind.REJECTED, "2025-11-21")], ClockState.PAST, 1),
        ([(MilestoneKind.FILLED, "2025-01-10")], ClockState.PAST, 316),
        # That a position was closed says nothing of a choice.
        ([(MilestoneKind.CLOSED, "2025-01-10")], ClockState.UNKNOWN, None),
        # An application that is going on has no due day; one that went silent cannot be told.
        ([(MilestoneKind.ACTIVITY, "2026-10-01")], ClockState.WITHIN, None),
        ([(MilestoneKind.ACTIVITY, "2024-10-01")], ClockState.UNKNOWN, None),
        (
            [(MilestoneKind.REJECTED, "2024-01-10"), (MilestoneKind.CONSENT_UNTIL, "2027-01-01")],
            ClockState.ON_CONSENT,
            None,
        ),
        (
            [(MilestoneKind.REJECTED, "2024-01-10"), (MilestoneKind.CONSENT_UNTIL, "2026-11-01")],
            ClockState.PAST,
            21,
        ),
        (
            [(MilestoneKind.REJECTED, "2024-01-10"), (MilestoneKind.HOLD, "2024-05-01")],
            ClockState.ON_HOLD,
            None,
        ),
    ],
)
def test_the_clock_of_one_candidacy(
    events: list[tuple[MilestoneKind, str]], state: ClockState, days: int | None
) -> None:
    applied = event(MilestoneKind.APPLIED, "2023-12-01", "7")
    person = only(record(applied, *(event(kind, day, "7") for kind, day in events)))

    clock = person.clock(POLICIES, TODAY)
    assert clock is not None
    assert (state, days) == (clock.state, clock.days_past)


def test_the_letter_in_the_mailbox_is_stronger_than_the_date_in_the_system() -> None:
    ats = record(
        event(MilestoneKind.APPLIED, "2025-01-01", "7"),
        event(MilestoneKind.REJECTED, "2025-03-01", "7"),
    )
    letter = record(
        event(MilestoneKind.TOLD, "2025-12-01", evidence="mail: selection notice"),
        keys=(("EMAIL_ADDRESS", "e1", "recipient"),),
        source="mail",
        asset="sent/9",
    )

    clock = only(ats, letter).clock(POLICIES, TODAY)
    assert clock is not None
    assert (ClockState.WITHIN, date(2026, 12, 1)) == (clock.state, clock.due)


def test_a_letter_before_an_application_says_nothing_about_it() -> None:
    letter = record(event(MilestoneKind.TOLD, "2023-05-01"), source="mail", asset="sent/1")
    again = record(event(MilestoneKind.APPLIED, "2026-09-01", "8"))

    clock = only(letter, again).clock(POLICIES, TODAY)
    assert clock is not None
    assert clock.state is ClockState.WITHIN


def test_of_several_candidacies_the_latest_anchor_decides() -> None:
    person = only(
        record(event(MilestoneKind.REJECTED, "2023-01-01", "1")),
        record(event(MilestoneKind.REJECTED, "2026-01-01", "2"), asset="candidates/1b"),
    )

    clock = person.clock(POLICIES, TODAY)
    assert clock is not None
    assert (ClockState.WITHIN, date(2027, 1, 1)) == (clock.state, clock.due)


def test_somebody_who_was_hired_has_no_clock_of_an_applicant() -> None:
    person = only(record(event(MilestoneKind.HIRED, "2020-01-01", "1")))

    assert person.clock(POLICIES, TODAY) is None


def test_without_a_declared_period_nothing_can_be_told() -> None:
    person = only(record(event(MilestoneKind.REJECTED, "2020-01-01", "1")))

    clock = person.clock({"": Retention(id="none")}, TODAY)
    assert clock is not None
    assert clock.state is ClockState.UNKNOWN


def test_a_shared_name_does_not_join_two_people() -> None:
    name = ("PERSON", "n1", "subject")
    people, numbers = applicants(
        [
            record(event(MilestoneKind.REJECTED, "2024-01-01", "1"), keys=(EMAIL, name)),
            record(
                event(MilestoneKind.REJECTED, "2026-01-01", "2"),
                keys=(("EMAIL_ADDRESS", "e2", "subject"), name),
                asset="candidates/2",
            ),
        ]
    )

    assert len(people) == 2
    assert numbers[EMAIL[:2]] != numbers["EMAIL_ADDRESS", "e2"]


def test_the_switchboards_number_joins_nobody() -> None:
    phone = ("PHONE_NUMBER", "p", "subject")
    records = [
        record(
            event(MilestoneKind.REJECTED, "2024-01-01", str(n)),
            keys=(("EMAIL_ADDRESS", f"e{n}", "subject"), phone),
            asset=f"candidates/{n}",
        )
        for n in range(40)
    ]

    people, numbers = applicants(records)
    assert len(people) == 40
    assert phone[:2] not in numbers


def test_strangers_in_an_asset_are_counted() -> None:
    _, numbers = applicants([record(event(MilestoneKind.REJECTED, "2024-01-01", "1"))])

    found, strangers = people_in(
        [
            Identifier("EMAIL_ADDRESS", "e1", "row:3", "subject"),
            Identifier("EMAIL_ADDRESS", "other", "row:4", "subject"),
            Identifier("EMAIL_ADDRESS", "us", "", "recipient"),
            Identifier("PERSON", "n", "", "subject"),
        ],
        numbers,
    )
    assert {0: ["row:3"]} == {who: [each.record for each in by] for who, by in found.items()}
    assert ["row:4"] == [each.record for each in strangers]


def test_an_event_says_where_it_was_seen() -> None:
    """A database knew when the applicant was told, and the recruiting system was cited for it."""
    key = ("EMAIL_ADDRESS", "e1", "subject")
    applied = event(MilestoneKind.APPLIED, "2024-01-01", "1")
    told = event(MilestoneKind.TOLD, "2024-03-18", evidence="applicants.told")
    (applicant,), _ = applicants(
        [
            CandidateRecord("ats", "candidates/1", "candidate", (key,), (applied,)),
            CandidateRecord("db", "main.applicants", "row:4", (key,), (told,)),
        ]
    )

    seen = applicant.candidacies[0].anchor(Trigger.SELECTION_TOLD)
    assert seen is not None
    assert ("db", "main.applicants", "row:4") == (seen.source, seen.asset, seen.record)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 600), st.integers(0, 400))
def test_periods_grow_with_their_parts(start: date, months: int, days: int) -> None:
    end = end_of_period(start, f"P{months}M{days}D")

    assert end_of_period(start, f"P{months + 1}M{days}D") >= end
    assert (end_of_period(start, f"P{months}M{days + 1}D") - end).days == 1


@given(st.permutations(list(range(6))))
def test_the_order_of_records_changes_nothing(order: list[int]) -> None:
    records = [
        record(
            event(MilestoneKind.REJECTED, f"202{n}-01-01", str(n)),
            keys=(("EMAIL_ADDRESS", f"e{n // 2}", "subject"), ("PHONE_NUMBER", f"p{n}", "subject")),
            asset=f"candidates/{n}",
        )
        for n in range(6)
    ]
    people, _ = applicants([records[n] for n in order])

    due = sorted(str(person.clock(POLICIES, TODAY)) for person in people)
    straight = sorted(str(p.clock(POLICIES, TODAY)) for p in applicants(records)[0])
    assert straight == due


@given(st.permutations(list(range(4))))
def test_a_candidacy_has_the_same_name_whatever_was_read_first(order: list[int]) -> None:
    """It was named after the record that was written first, and workers end in any order.

    The finding had another fingerprint then: baselines and waivers did not know it again. The law
    above gave each event the id of an application, which the name then follows.
    """
    records = [
        record(event(MilestoneKind.APPLIED, "2024-01-01"), source="db", asset=f"table_{number}")
        for number in range(4)
    ]

    [candidacy] = only(*(records[number] for number in order)).candidacies
    assert ("db", "table_0") == (candidacy.source, candidacy.asset)


def test_of_two_letters_without_an_application_the_later_decides() -> None:
    letters = [
        record(event(MilestoneKind.TOLD, day), source="mail", asset=day)
        for day in ("2020-03-01", "2026-10-01")
    ]

    clock = only(*letters).clock(POLICIES, TODAY)
    assert clock is not None
    assert (ClockState.WITHIN, date(2027, 10, 1)) == (clock.state, clock.due)


def test_a_letter_about_one_application_says_nothing_about_another() -> None:
    ats = record(
        event(MilestoneKind.APPLIED, "2024-01-01", "1"),
        event(MilestoneKind.REJECTED, "2024-03-01", "1"),
        event(MilestoneKind.APPLIED, "2024-02-01", "2"),
        event(MilestoneKind.REJECTED, "2026-09-01", "2"),
    )
    letter = record(event(MilestoneKind.TOLD, "2024-03-02"), source="mail", asset="sent/1")

    clock = only(ats, letter).clock(POLICIES, TODAY)
    assert clock is not None
    assert (ClockState.WITHIN, date(2027, 9, 1)) == (clock.state, clock.due)


def test_one_letter_to_ten_applicants_does_not_make_them_one() -> None:
    keys = tuple(("EMAIL_ADDRESS", f"e{n}", "recipient") for n in range(10))
    own = (("EMAIL_ADDRESS", "hr", "own"), ("PHONE_NUMBER", "switchboard", "subject"))

    people, _ = applicants([record(event(MilestoneKind.TOLD, "2024-01-01"), keys=keys + own)])
    assert len(people) == 10


def test_the_day_is_that_of_the_controllers_time_zone() -> None:
    late = DatedEvent(MilestoneKind.TOLD, datetime(2025, 11, 21, 22, 30, tzinfo=UTC), "mail", "1")
    people, _ = applicants([record(late)], ZoneInfo("Europe/Helsinki"))

    clock = people[0].clock(POLICIES, TODAY)
    assert clock is not None
    assert (ClockState.WITHIN, TODAY) == (clock.state, clock.due)
