"""Which place is about which position."""

from dataclasses import replace
from datetime import date

from scanner.model import MilestoneKind
from tests.ropa.linking.company import (
    about,
    applied,
    clock_of,
    event,
    facts,
    linked,
    mail_of,
    of,
    position,
    row,
    told,
)

OLD = position("", "väktar", "malmö", opened="2024-03-04", closed="2024-05-20")
NEW = position("", "väktar", "malmö", opened="2026-05-04", closed="2026-06-29", key="new")


def test_of_two_positions_of_one_title_the_year_of_the_folder_tells() -> None:
    """Both were opened under one title, and what lay in their folders belonged to neither."""
    chosen = event(MilestoneKind.FILLED, "2024-05-20")
    letters = [
        facts("mail", day, "", mail_of("tove@posti.example", "recipient"), told(day),
              words=about("väktar", "malmö"), sent=day)
        for day in ("2024-05-22", "2026-07-01")
    ]  # fmt: skip
    folder = facts(
        "share", "2024", "", mail_of("tove@posti.example"),
        path=(*about("väktar", "malmö"), "@2024"), documents=("recruitment.cv",),
    )  # fmt: skip
    found = clock_of(
        linked(replace(OLD, events=(*OLD.events, chosen)), NEW, *letters, folder), "share", "2024"
    )

    assert found is not None
    assert found.due == date(2025, 5, 22)


def test_a_year_in_a_title_need_not_be_said_in_a_mail() -> None:
    listed = position("", "väktar", "malmö", opened="2024-03-04", closed="2024-05-20")
    vacancy = listed.position
    assert vacancy is not None
    listed = replace(listed, position=replace(vacancy, title=(*vacancy.title, "@2024")))
    mail = facts(
        "mail", "1", "", mail_of("tove@posti.example", "recipient"), told("2024-05-22"),
        words=about("väktar", "malmö"), sent="2024-05-22",
    )  # fmt: skip

    linking = linked(listed, mail)

    assert [each.position for each in linking.candidacies] == [0]


def test_a_number_that_only_documents_name_is_no_position() -> None:
    """The postal code of a town stood in many CVs, and was taken for a position's number."""
    cvs = [
        facts("share", f"{each}.pdf", "", mail_of(f"{each}@posti.example"),
              words=about("5003", "bergen"), documents=("recruitment.cv",))
        for each in ("tove", "urban", "viveka")
    ]  # fmt: skip
    mails = [
        facts("mail", each, "", mail_of(f"{each}@posti.example", "sender"), sent="2025-02-03",
              words=about("REQ-0412"))
        for each in ("tove", "urban", "viveka")
    ]  # fmt: skip

    assert len(linked(*cvs).positions.openings) == 0
    assert len(linked(*cvs, *mails).positions.openings) == 1


def test_whoever_was_told_of_a_position_that_was_given_up_was_not_told_of_a_choice() -> None:
    """A date in a column "notified" started the clock of a position that nobody got."""
    given_up = position("2025-004", "väktar", opened="2025-01-01", closed="2025-03-01",
                        outcome="cancelled", key="position")  # fmt: skip
    applicant = row(
        "applications", 1, of("position"), mail_of("tove@posti.example"), applied("2025-01-10"),
        told("2025-03-02", "applications.notified_at"),
    )  # fmt: skip
    hired = row("applications", 2, of("position"), mail_of("urban@posti.example"),
                event(MilestoneKind.HIRED, None))  # fmt: skip

    for records, state in (((), "unknown"), ((hired,), "past")):
        found = clock_of(linked(given_up, applicant, *records), "db", "applications", "row:1")
        assert found is not None
        assert found.state.value == state
