"""Requests of data subjects in mails and in the organisation's list: found once, with a clock."""

from datetime import date

from ropa.data_subject.requests import Request, requests
from scanner.model import MilestoneKind
from scanner.summary import LISTED, RecordFacts
from tests.ropa.linking.company import TODAY, answers, event, facts, linked, mail_of, name

ASKED = event(MilestoneKind.ERASURE_REQUESTED, "2026-10-09", "mail: request")


def letter(number: int, *parts: object) -> RecordFacts:
    return facts(
        "mail", f"box#{number}", "", name("Aino Lahtinen", "sender"),
        mail_of("aino@posti.example", "sender"), *answers("<1@posti>"), *parts,  # type: ignore[arg-type]  # as the helper takes them
    )  # fmt: skip


def row(*parts: object) -> RecordFacts:
    return facts(
        f"{LISTED}requests", "requests.csv", "row:2", mail_of("aino@posti.example"), *parts,  # type: ignore[arg-type]  # as the helper takes them
    )  # fmt: skip


def found(*records: RecordFacts) -> tuple[Request, ...]:
    return requests(linked(*records), "FI")


def test_a_mail_s_request_has_a_clock() -> None:
    (request,) = found(letter(1, ASKED))

    assert (request.right, request.asset) == ("erasure", "box#1")
    assert request.person.startswith("p-")
    assert request.due == date(2026, 11, 9)
    assert request.answered is None
    assert request.days_left(TODAY) == -13


def test_an_answer_in_its_thread_ends_it() -> None:
    reply = facts(
        "mail", "box#2", "", mail_of("aino@posti.example", "recipient"),
        *answers("<1@posti>"), event(MilestoneKind.ANSWERED, "2026-10-20", "mail: answer"),
    )  # fmt: skip

    (request,) = found(letter(1, ASKED), reply)

    assert request.answered == date(2026, 10, 20)
    assert request.days_left(TODAY) == 20


def test_an_answer_elsewhere_does_not_end_it() -> None:
    other = facts(
        "mail", "box#2", "", mail_of("aino@posti.example", "recipient"), *answers("<9@posti>"),
        event(MilestoneKind.ANSWERED, "2026-10-20", "mail: answer"),
    )  # fmt: skip

    assert found(letter(1, ASKED), other)[0].answered is None


def test_a_request_in_the_list_and_in_a_mail_is_one() -> None:
    listed = row(
        event(MilestoneKind.ERASURE_REQUESTED, "2026-10-10", "requests.csv, row 2"),
        event(MilestoneKind.IDENTITY_CONFIRMED, "2026-10-12", "requests.csv, row 2"),
    )

    (request,) = found(letter(1, ASKED), listed)

    assert request.asset == "requests.csv"
    assert (request.due, request.due_identified) == (date(2026, 11, 10), date(2026, 11, 12))


def test_another_right_or_a_later_request_is_another_one() -> None:
    listed = row(
        event(MilestoneKind.ACCESS_REQUESTED, "2026-10-10", "requests.csv, row 2"),
        event(MilestoneKind.ERASURE_REQUESTED, "2026-12-10", "requests.csv, row 2"),
    )

    assert len(found(letter(1, ASKED), listed)) == 3


def test_only_an_extension_in_time_extends() -> None:
    """Art. 12(3): the data subject is told within one month of receipt."""
    received = event(MilestoneKind.ACCESS_REQUESTED, "2026-10-09", "list")
    in_time = row(received, event(MilestoneKind.EXTENDED, "2026-11-09", "list"))
    late = row(received, event(MilestoneKind.EXTENDED, "2026-11-10", "list"))

    assert found(in_time)[0].due == date(2027, 1, 11)
    assert found(late)[0].due == date(2026, 11, 9)


def test_open_requests_come_first() -> None:
    done = row(
        event(MilestoneKind.ACCESS_REQUESTED, "2026-09-01", "list"),
        event(MilestoneKind.ANSWERED, "2026-09-02", "list"),
    )

    assert [each.answered for each in found(done, letter(1, ASKED))] == [None, date(2026, 9, 2)]
