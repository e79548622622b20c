"""Who deals with a finding, and by when."""

from dataclasses import replace
from datetime import date

import pytest

from ropa.model import Activity, Controller, Register, System, Text
from ropa.subjects import EvidenceItem, Kind
from rules.duties import Assignment, Duties
from rules.model import Answer, Certainty, Severity, Violation, Waiver

DAYS = {Severity.HIGH: 30, Severity.INFO: None}
FOUND = Violation(
    "RET-01", Text(en="Late"), Answer.VIOLATED, Severity.HIGH, Certainty.DECLARED, (), Kind.COPY,
    "share:cv.txt", "cv.txt", Text(), Text(), (EvidenceItem("share", "cv.txt"),),
    id="RET-01-0123456789ab", first_seen=date(2026, 12, 1),
)  # fmt: skip


@pytest.fixture
def register() -> Register:
    def activity(key: str, owner: str, system: str) -> Activity:
        return Activity(id=key, name=Text(en=key), owner=owner, systems=(system,))

    return Register(
        controller=Controller(name="Kuusi Oy", country="FI"),
        activities=(activity("hiring", "Aino", "files"), activity("payroll", "Veikko", "pay")),
        systems=(
            System(id="files", name="Files", kind="file_share", sources=("share",)),
            System(id="pay", name="Pay", kind="other"),
        ),
    )


def test_the_register_and_the_severity_say_it_where_nobody_does(register: Register) -> None:
    named = Duties(register, (), DAYS).named(FOUND)

    assert (named.owner, named.due) == ("Aino", date(2026, 12, 31))


def test_what_somebody_said_goes_first(register: Register) -> None:
    said = Assignment(FOUND.id, "Ilmari", date(2027, 6, 1))
    only_day = Assignment(FOUND.id, due=date(2027, 6, 1))

    named = Duties(register, [said], DAYS).named(FOUND)
    assert (named.owner, named.due) == ("Ilmari", date(2027, 6, 1))
    assert Duties(register, [only_day], DAYS).named(FOUND).owner == "Aino"


def test_a_waived_finding_is_its_waiver_s_and_has_no_day(register: Register) -> None:
    waiver = Waiver("RET-01", "*", "Board", "Until the move in May", date(2027, 5, 31))

    named = Duties(register, (), DAYS).named(replace(FOUND, waiver=waiver))
    assert (named.owner, named.due) == ("Board", None)


@pytest.mark.parametrize(
    ("kind", "subject", "owner"),
    [
        (Kind.ACTIVITY, "payroll", "Veikko"),
        (Kind.PURPOSE, "payroll/wages", "Veikko"),
        (Kind.SYSTEM, "pay", "Veikko"),
        (Kind.CONTROLLER, "controller", ""),
    ],
)
def test_a_declaration_is_its_activity_s(
    register: Register, kind: Kind, subject: str, owner: str
) -> None:
    declared = replace(FOUND, subject_kind=kind, subject_id=subject, severity=Severity.INFO)
    declared = replace(declared, evidence=(EvidenceItem("register", subject),))

    named = Duties(register, (), DAYS).named(declared)
    assert (named.owner, named.due) == (owner, None)
