"""Who is who: by evidence, and rather nobody than somebody else."""

from scanner.model import MilestoneKind
from tests.ropa.linking.company import (
    about,
    answers,
    applied,
    born,
    code,
    event,
    facts,
    is_,
    linked,
    mail_of,
    name,
    of,
    people_in,
    phone,
    position,
    row,
)

AINO = row(
    "candidates", 1, is_("candidate 1"), name("Aino"), name("Lumpokka"),
    mail_of("aino@posti.example"), phone("040 1"), born("1990-01-02"), applied("2025-01-10"),
)  # fmt: skip
PERTTI = row(
    "candidates", 2, is_("candidate 2"), name("Pertti"), name("Lumpokka"),
    mail_of("pertti@posti.example"), phone("040 1"), born("1988-07-07"), applied("2025-01-11"),
)  # fmt: skip
GUARD = position("2025-004", "vartija", "turku", opened="2025-01-01", closed="2025-03-01")
FOLDER = about("2025-004", "rekrytointi")


def test_keys_of_one_row_are_one_person_in_every_store() -> None:
    cv = facts("share", "cv.pdf", "", phone("040 9"), documents=("recruitment.cv",))
    known = row("candidates", 1, mail_of("a@b.example"), phone("040 9"), applied("2025-01-10"))
    inbox = facts("mail", "1", "", mail_of("a@b.example", "sender"), sent="2025-01-10")

    linking = linked(known, cv, inbox)

    assert people_in(linking, "cv.pdf") == people_in(linking, "1")
    assert people_in(linking, "1") == people_in(linking, "candidates", "row:1") != set()


def test_a_telephone_that_a_family_shares_links_nobody() -> None:
    note = facts("share", "note.txt", "", phone("040 1"))

    linking = linked(AINO, PERTTI, note)

    assert people_in(linking, "note.txt") == set()
    assert people_in(linking, "candidates", "row:1") != people_in(linking, "candidates", "row:2")


def test_who_took_another_name_and_address_keeps_the_telephone() -> None:
    before = row(
        "candidates", 1, name("Katri Suvi"), mail_of("suvi@x.example"), phone("050 5"),
        born("1982-03-08"), applied("2025-01-10"),
    )  # fmt: skip
    after = row(
        "candidates", 2, name("Katri Niemi"), mail_of("niemi@x.example"), phone("050 5"),
        born("1982-03-08"), applied("2026-01-10"),
    )  # fmt: skip

    linking = linked(before, after)

    assert people_in(linking, "candidates", "row:1") == people_in(linking, "candidates", "row:2")


def test_the_telephone_of_a_referee_is_not_the_applicants() -> None:
    cv = facts(
        "share", "cv.docx", "", name("Aino Lumpokka"), mail_of("aino@posti.example", line=5),
        phone("040 7", 4), phone("09 77", 23), name("Rauha Esimies"),
        documents=("recruitment.cv",),
    )  # fmt: skip
    other = facts(
        "share", "other.docx", "", mail_of("olli@posti.example", line=5), phone("040 8", 4),
        phone("09 77", 30), documents=("recruitment.cv",),
    )  # fmt: skip

    linking = linked(cv, other)

    assert len(people_in(linking, "cv.docx")) == len(people_in(linking, "other.docx")) == 1
    assert people_in(linking, "cv.docx") != people_in(linking, "other.docx")


def test_a_name_alone_links_only_where_the_place_has_one_of_that_name() -> None:
    links = (of("candidate 1"), of("position 2025-004"))
    application = row("applications", 1, is_("application 1"), *links, applied("2025-01-10"))
    evaluation = facts("share", "a.docx", "", name("Aino Lumpokka"), path=FOLDER)
    customer = row("alarms", 1, name("Aino Lumpokka"), phone("03 33"))
    minutes = facts("share", "menu.txt", "", name("Aino Lumpokka"))

    linking = linked(GUARD, AINO, application, evaluation, customer, minutes)

    assert people_in(linking, "a.docx") == people_in(linking, "candidates", "row:1") != set()
    assert people_in(linking, "alarms", "row:1") == set()
    assert people_in(linking, "menu.txt") == set()


def test_of_two_namesakes_for_one_position_a_name_is_neither() -> None:
    records = [GUARD]
    for number in (1, 2):
        records += [
            row("candidates", number, is_(f"candidate {number}"), name("Elina Keto"),
                mail_of(f"{number}@x.example"), applied("2025-01-10")),
            row("applications", number, of(f"candidate {number}"), of("position 2025-004")),
        ]  # fmt: skip
    evaluation = facts("share", "a.docx", "", name("Elina Keto"), path=FOLDER)

    assert people_in(linked(*records, evaluation), "a.docx") == set()


def test_a_surname_links_where_nobody_else_for_the_position_has_it() -> None:
    ties = [
        row("applications", 1, of("candidate 1"), of("position 2025-004")),
        row("candidates", 3, is_("candidate 3"), name("Olavi"), name("Kivikangas"),
            mail_of("o@x.example"), applied("2025-01-12")),
        row("applications", 3, of("candidate 3"), of("position 2025-004")),
    ]  # fmt: skip
    summary = facts(
        "mail", "7", "", words=about("2025-004"), sent="2025-02-01",
        surnames=("Kivikankaalla", "Kivikangas"),
    )  # fmt: skip

    linking = linked(GUARD, AINO, *ties, summary)

    assert people_in(linking, "7") == people_in(linking, "candidates", "row:3") != set()


def test_a_given_name_alone_links_in_its_thread_only() -> None:
    ties = row("applications", 1, of("candidate 1"), of("position 2025-004"))
    first = facts("mail", "1", "", mail_of("aino@posti.example", "sender"), *answers("m1"))
    second = facts("mail", "2", "", name("Aino", given=True), *answers("m2", "m1"))
    elsewhere = facts(
        "mail", "3", "", name("Aino", given=True), *answers("m9"), words=about("2025-004")
    )

    linking = linked(GUARD, AINO, ties, first, second, elsewhere)

    assert people_in(linking, "2") == people_in(linking, "1") != set()
    assert people_in(linking, "3") == set()


def test_a_certificate_with_a_number_is_the_applicants_of_that_name_there() -> None:
    ties = row("applications", 1, of("candidate 1"), of("position 2025-004"))
    clearance = facts(
        "share", "c.pdf", "", name("Aino Lumpokka"), code("020190-900X"), path=FOLDER,
        documents=("security.clearance",),
    )  # fmt: skip

    linking = linked(GUARD, AINO, ties, clearance)

    assert people_in(linking, "c.pdf") == people_in(linking, "candidates", "row:1") != set()


def test_rows_belong_to_the_person_that_their_keys_lead_to() -> None:
    application = row("applications", 1, is_("application 1"), of("candidate 1"))
    note = row("notes", 9, of("application 1"), name("Rauha Esimies"))

    linking = linked(AINO, application, note)

    assert people_in(linking, "notes", "row:9") == people_in(linking, "candidates", "row:1")


def test_who_writes_about_applicants_is_none() -> None:
    """A head-hunter, the recruiting system and a referee write of positions too."""
    ties = row("applications", 1, of("candidate 1"), of("position 2025-004"))
    hunter = facts(
        "mail", "1", "", mail_of("jarkko@hunters.example", "sender"), mail_of("aino@posti.example"),
        words=about("2025-004"), sent="2025-01-20",
    )  # fmt: skip

    linking = linked(GUARD, AINO, ties, hunter)

    assert people_in(linking, "1") == people_in(linking, "candidates", "row:1")


def test_the_organisations_own_are_no_applicants() -> None:
    manager = facts(
        "mail", "1", "", mail_of("boss@us.example", "own"), name("Pomo Iso", "own"),
        words=about("2025-004"), sent="2025-01-20", documents=("recruitment.interview",),
    )  # fmt: skip

    assert linked(GUARD, manager).applicants == frozenset()


def test_an_employee_known_by_name_is_the_applicant_who_was_hired() -> None:
    hired = row(
        "applications", 1, of("candidate 1"), of("position 2025-004"),
        event(MilestoneKind.HIRED, None, "applications.status"),
    )  # fmt: skip
    employee = row("employees", 5, name("Aino Lumpokka"), mail_of("aino@us.example", "own"))

    linking = linked(GUARD, AINO, hired, employee)

    assert people_in(linking, "employees", "row:5") == people_in(linking, "candidates", "row:1")
