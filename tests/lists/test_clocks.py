"""What a list says, a clock knows: from files to `kartta clock`."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.lists.office import Office

AINO = ("Aino Lumpokka", "aino.lumpokka@posti.example")
ONNI = ("Onni Kroszak", "onni.kroszak@posti.example")
POSITIONS = """\
Hakunumero;Nimike;Avattu;Päättynyt;Tila
2025-002;Vartija;1.12.2024;15.1.2025;Täytetty
2025-003;Kokki;1.12.2024;15.1.2025;Täytetty
"""

CLEARANCE = """\
SUPO
Suppea turvallisuusselvitys
Selvityksen kohde: {} ({})
Turvallisuusselvityksen tulos: Suojelupoliisi on laatinut henkilöturvallisuusselvityksen.
Rekisteritarkistuksessa ei ilmennyt merkintöjä.
"""
TOLD = """\
From: Rekrytointi <rekrytointi@toimisto.example>
To: {0} <{1}>
Date: Wed, 10 Dec 2025 10:00:00 +0200
Subject: 2025-002 Vartija, valintapäätös
Message-ID: <told-1@toimisto.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Hei,

kiitos hakemuksestasi vartijan tehtävään (2025-002). Olemme tehneet valinnan, ja tehtävään valittiin
toinen hakija. Valinta ei valitettavasti tällä kertaa kohdistunut sinuun.

Ystävällisin terveisin
Rekrytointi
"""
WITHDRAWAL = """\
From: {0} <{1}>
To: Rekrytointi <rekrytointi@toimisto.example>
Date: Mon, 1 Jun 2026 10:00:00 +0300
Subject: Suostumuksen peruuttaminen
Message-ID: <withdrawn-1@posti.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Hei,

perun suostumukseni tietojeni säilyttämiseen tulevia rekrytointeja varten.

Terveisin
{0}
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    for position in ("2025-002_vartija", "2025-003_kokki"):
        for person in (AINO, ONNI):
            made.cv(position, *person)
    made.list("positions", "positions.csv", POSITIONS)
    return made


GUARD, COOK = "2025-002_vartija/CV_Aino_Lumpokka.txt", "2025-003_kokki/CV_Aino_Lumpokka.txt"


def test_without_consent_or_hold_everything_is_past(office: Office) -> None:
    clocks = office.clocks()

    assert {"past"} == {each["state"] for each in clocks.values()}
    assert ("2026-01-15", "positions.csv, row 2") == (
        clocks[GUARD]["due"],
        clocks[GUARD]["anchor_evidence"],
    )
    assert {"cvs"} == {each["source"] for each in clocks.values()}


def test_a_consent_keeps_the_candidacy_that_it_names(office: Office) -> None:
    office.list(
        "consents",
        "suostumukset.csv",
        "Nimi;Sähköposti;Hakunumero;Annettu;Voimassa asti\n"
        "Aino Lumpokka;AINO.Lumpokka@posti.example;2025-002;1.2.2025;31.12.2027\n",
        "cp1252",
    )

    clocks = office.clocks()

    assert ("consent", "2027-12-31", "suostumukset.csv, row 2") == (
        clocks[GUARD]["state"],
        clocks[GUARD]["due"],
        clocks[GUARD]["anchor_evidence"],
    )
    assert "past" == clocks[COOK]["state"]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        # By name alone, in whatever order; there is one of that name.
        ("Lumpokka, Aino;;1.2.2025;;", "consent"),
        # Until it is withdrawn.
        ("Aino Lumpokka;;1.2.2025;31.12.2027;1.6.2026", "past"),
        # No end: open.
        (";aino.lumpokka@posti.example;1.2.2025;;", "consent"),
        (";aino.lumpokka@posti.example;1.2.2025;1.6.2026;", "past"),
        # Somebody else's.
        ("Aino Lumpokanen;;1.2.2025;;", "past"),
    ],
)
def test_a_consent_without_a_position_is_for_all_candidacies(
    office: Office, row: str, state: str
) -> None:
    heading = "Nimi;Sähköposti;Annettu;Voimassa asti;Peruttu"
    office.list("consents", "consents.csv", f"{heading}\n{row}\n")

    clocks = office.clocks()

    assert (state, state) == (clocks[GUARD]["state"], clocks[COOK]["state"])


@pytest.mark.parametrize(
    ("row", "guard", "cook"),
    [
        ("aino.lumpokka@posti.example;;;;", "held", "held"),
        ("aino.lumpokka@posti.example;2025-003;2026-02-01;;", "past", "held"),
        ("aino.lumpokka@posti.example;Kokki;2026-02-01;;", "past", "held"),
        ("aino.lumpokka@posti.example;;2026-02-01;2026-10-01;", "past", "past"),
        ("aino.lumpokka@posti.example;;2026-02-01;2027-10-01;", "held", "held"),
    ],
)
def test_a_hold_keeps_what_it_is_about_until_it_is_released(
    office: Office, row: str, guard: str, cook: str
) -> None:
    office.list("holds", "holds.csv", f"e-mail;position;from;released;review\n{row}\n")

    clocks = office.clocks()

    assert (guard, cook) == (clocks[GUARD]["state"], clocks[COOK]["state"])


def test_a_review_that_is_due_is_told(office: Office) -> None:
    office.list("holds", "holds.csv", f"e-mail;from;review\n{AINO[1]};1.2.2026;1.8.2026\n")

    reason = office.clocks()[GUARD]["reason"]

    assert "a claim is pending; its review was due on 2026-08-01" == reason


def test_staff_and_shared_mailboxes_are_no_applicants(office: Office) -> None:
    office.list("staff", "henkilosto.csv", f"Nimi;Sähköposti\n{ONNI[0]};{ONNI[1]}\n")
    office.list("mailboxes", "mailboxes.csv", f"address\n{AINO[1]}\n", columns={"email": "address"})

    assert {} == office.clocks()


def test_a_row_that_is_not_used_is_told_and_in_the_ledger(office: Office) -> None:
    office.list("holds", "holds.csv", f"e-mail;from\n{AINO[1]};03/04/2026\n{ONNI[1]};1.2.2026\n")

    clocks = office.clocks()
    shown = office.run("clock").stderr
    office.run("report", "-o", str(office.folder / "out.json"))
    skips = json.loads((office.folder / "out.json").read_text())["skips"]

    assert ("past", "held") == (
        clocks[GUARD]["state"],
        clocks[GUARD.replace(*("Aino_Lumpokka", "Onni_Kroszak"))]["state"],
    )
    why = "column 'from': may be one of two days: write 2026-12-31 or 31.12.2026"
    assert f"not used: holds.csv, row 2: {why}" in shown
    assert [("lists:holds", "holds.csv", ["row:2"], why)] == [
        (each["source"], each["asset"], each["skip"]["locator"], each["skip"]["detail"])
        for each in skips
    ]


def test_doctor_shows_which_heading_is_taken_for_what(office: Office) -> None:
    office.list("staff", "henkilosto.csv", f"Nimi;Sähköposti;Huone\n{ONNI[0]};{ONNI[1]};B2\n")
    office.list("holds", "holds.csv", f"e-mail;from\n{AINO[1]};03/04/2026\n")

    shown = office.run("doctor", code=2).stdout

    staff = "staff, 1 rows; name ← Nimi, email ← Sähköposti; not used: Huone"
    assert f"ok    list henkilosto.csv: {staff}" in shown
    assert "FAIL  list holds.csv: holds, 0 rows; email ← e-mail, begins ← from" in shown
    assert "Not used: holds.csv, row 2" in shown
    assert AINO[1] not in shown


def test_a_list_that_cannot_be_read_stops_before_the_scan(office: Office) -> None:
    office.lists.append({"kind": "holds", "path": "gone.csv"})

    result = office.run("scan", code=2)

    assert "gone.csv: No such file" in result.stderr
    assert not (office.folder / ".kartta" / "catalog.sqlite").exists()


def test_lists_of_another_key_are_refused_and_not_taken_for_nobodys(office: Office) -> None:
    office.list("holds", "holds.csv", f"e-mail\n{AINO[1]}\n", columns={"email": "e-mail"})
    office.lists[-1] = {"kind": "staff", "path": "holds.csv"}
    office.clocks()
    (office.folder / ".kartta" / "key").write_text("f" * 64)

    result = office.run("clock", code=2)

    assert "cannot be tied to the catalog" in result.stderr


def test_what_has_a_period_of_its_own_has_a_clock_of_its_own(office: Office) -> None:
    """A clearance report goes six months after it came, and what tells of health at once."""
    office.register["activities"][0]["retention"] = [
        {
            "id": "clearance",
            "categories": ["security.clearance"],
            "duration": "P6M",
            "trigger": "received",
        },
        {
            "id": "health",
            "categories": ["special.health"],
            "duration": "P0D",
            "trigger": "received",
        },
        *office.register["activities"][0]["retention"],
    ]
    report = office.folder / "cvs" / "2025-002_vartija" / "Turvallisuusselvitys_Lumpokka.txt"
    report.write_text(CLEARANCE.format(*AINO), encoding="utf-8")
    came = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()
    os.utime(report, (came, came))

    clocks = office.clocks()

    assert ("past", "2026-01-15") == (clocks[GUARD]["state"], clocks[GUARD]["due"])
    assert [] == clocks[GUARD]["category_clocks"]
    own = clocks[report.relative_to(office.folder / "cvs").as_posix()]["category_clocks"]
    assert [("security.clearance", "past", "2026-03-01", "2026-09-01", 82)] == [
        (each["category"], each["state"], each["received"], each["due"], each["days"])
        for each in own
        if each["category"] == "security.clearance"
    ]


def test_a_claim_bounds_what_may_be_deleted(office: Office) -> None:
    office.list(
        "consents", "consents.csv", f"e-mail;given;until\n{AINO[1]};2025-02-01;2025-03-01\n"
    )
    notice = office.folder / "cvs" / "2025-002_vartija" / "told.eml"
    notice.write_text(TOLD.format(*AINO), encoding="utf-8")

    clocks = office.clocks()

    assert ("2026-12-10", "Act 1325/2014 s. 26(2); Act 609/1986 s. 12(2)") == (
        clocks[GUARD]["keep_until"],
        clocks[GUARD]["keep_citation"],
    )
    assert clocks[COOK]["keep_until"] is None


def test_a_row_about_nobody_who_was_found_is_told(office: Office) -> None:
    text = f"name;e-mail;from\n;{AINO[1]};1.2.2026\nVeera Tuntematon;;1.2.2026\n"
    office.list("holds", "holds.csv", text)
    office.clocks()

    told = office.run("clock").stderr

    assert "about nobody whose data were found: holds.csv, row 3\n" in told
    assert "Tuntematon" not in told


def test_whoever_asks_for_a_person_is_told_of_the_hold(office: Office) -> None:
    office.list("holds", "holds.csv", f"e-mail;from\n{AINO[1]};1.2.2026\n")
    office.clocks()

    asked = office.run("subject", "find", "--email", AINO[1], "--format", "json").stdout
    copies = json.loads(asked)["copies"]

    assert {GUARD: "held", COOK: "held"} == {each["asset"]: each["state"] for each in copies}


def test_a_withdrawal_by_mail_ends_what_a_list_keeps(office: Office) -> None:
    """The mail names no position, and only the newest candidacy lost its consent."""
    office.list("consents", "consents.csv", f"e-mail;given\n{AINO[1]};1.2.2025\n")
    mail = office.folder / "cvs" / "withdrawal.eml"
    mail.write_text(WITHDRAWAL.format(*AINO), encoding="utf-8")

    clocks = office.clocks()

    assert ("past", "past") == (clocks[GUARD]["state"], clocks[COOK]["state"])
