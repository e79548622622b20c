"""Lists as people have them: their headings, their files, and what is wrong in them."""

from datetime import date
from pathlib import Path

import pytest

from kartta.config import ListEntry
from kartta.lists.read import read
from scanner.errors import ConfigError
from scanner.model import MilestoneKind as Kind
from tests.lists.office import KEYS, Cell, read_text, workbook

AINO = "aino.lumpokka@posti.example"
CONSENTS = {
    "fi": f"Nimi;Sähköposti;Hakunumero;Annettu;Voimassa asti;Peruttu\n"
    f"Aino Lumpokka;{AINO};2025-002;1.2.2025;31.12.2027;5.6.2026\n",
    "sv": f"Namn;E-post;Rekryteringskod;Lämnat;Giltigt till;Återkallat\n"
    f"Aino Lumpokka;{AINO};2025-002;2025-02-01;2027-12-31;2026-06-05\n",
    "nb": f"Navn;E-postadresse;Stillingskode;Gitt;Gyldig til;Trukket tilbake\n"
    f"Aino Lumpokka;{AINO};2025-002;1.2.2025;31.12.2027;5.6.2026\n",
    "da": f"Navn;E-mail;Stillingskode;Afgivet;Gyldig til;Trukket tilbage\n"
    f"Aino Lumpokka;{AINO};2025-002;1.2.2025;31.12.2027;5.6.2026\n",
    "en": f"Name,E-mail,Position code,Given,Valid until,Withdrawn\n"
    f"Aino Lumpokka,{AINO},2025-002,2025-02-01,2027-12-31,2026-06-05\n",
}
HOLDS = {
    "fi": f"Nimi;Sähköposti;Hakunumero;Peruste;Alkaen;Päättynyt;Tarkistus\n"
    f"Aino Lumpokka;{AINO};2025-002;kanne;1.2.2026;1.9.2026;1.8.2026\n",
    "sv": f"Namn;E-post;Rekryteringskod;Skäl;Från;Upphört;Översyn\n"
    f"Aino Lumpokka;{AINO};2025-002;tvist;2026-02-01;2026-09-01;2026-08-01\n",
    "en": f"Name,E-mail,Position,Reason,From,Released,Review\n"
    f"Aino Lumpokka,{AINO},2025-002,claim,2026-02-01,2026-09-01,2026-08-01\n",
}
REQUESTS = {
    "fi": f"Nimi;Entinen nimi;Sähköposti;Syntymäaika;Laji;Saapunut;Vastattu\n"
    f"Aino Lumpokka;Aino Kroszak;{AINO};13.10.1952;poisto;1.2.2026;1.3.2026\n",
    "nb": f"Navn;Tidligere navn;E-post;Fødselsdato;Type;Mottatt;Besvart\n"
    f"Aino Lumpokka;Aino Kroszak;{AINO};13.10.1952;sletting;1.2.2026;1.3.2026\n",
    "en": f"name,former_name,emails,birth_date,kind,received_at,answered_at\n"
    f"Aino Lumpokka,Aino Kroszak,{AINO},1952-10-13,erasure,2026-02-01,2026-03-01\n",
}
POSITIONS = {
    "fi": "Hakunumero;Nimike;Avattu;Päättynyt;Tila\n2025-002;Vartija;1.12.2024;1.2.2025;Täytetty\n",
    "sv": "Nummer;Titel;Öppnad;Avslutad;Status\n2025-002;Vakt;2024-12-01;2025-02-01;Tillsatt\n",
    "da": "Kode;Stilling;Åbnet;Lukket;Status\n2025-002;Vagt;1.12.2024;1.2.2025;Besat\n",
    "en": "code,title,opened,closed,status\n2025-002,Guard,2024-12-01,2025-02-01,filled\n",
}


def days(found: object) -> dict[Kind, date | None]:
    facts = found.facts[0]  # type: ignore[attr-defined]
    return {each.kind: each.at.date() if each.at else None for each in facts.events}


@pytest.mark.parametrize("language", CONSENTS)
def test_consents_are_read_by_their_headings(tmp_path: Path, language: str) -> None:
    found = read_text(tmp_path / "list.csv", "consents", CONSENTS[language])

    assert {
        Kind.CONSENT_GIVEN: date(2025, 2, 1),
        Kind.CONSENT_UNTIL: date(2027, 12, 31),
        Kind.CONSENT_WITHDRAWN: date(2026, 6, 5),
    } == days(found)
    assert found.facts[0].path
    assert {"PERSON", "EMAIL_ADDRESS"} == {each.entity for each in found.facts[0].people}
    assert "list.csv, row 2" == found.facts[0].events[0].evidence


@pytest.mark.parametrize("language", HOLDS)
def test_holds_are_read_by_their_headings(tmp_path: Path, language: str) -> None:
    found = read_text(tmp_path / "list.csv", "holds", HOLDS[language])

    assert {
        Kind.HOLD: date(2026, 2, 1),
        Kind.HOLD_RELEASED: date(2026, 9, 1),
        Kind.HOLD_REVIEW: date(2026, 8, 1),
    } == days(found)


@pytest.mark.parametrize("language", REQUESTS)
def test_requests_are_read_by_their_headings(tmp_path: Path, language: str) -> None:
    found = read_text(tmp_path / "list.csv", "requests", REQUESTS[language])

    assert {
        Kind.ERASURE_REQUESTED: date(2026, 2, 1),
        Kind.ANSWERED: date(2026, 3, 1),
    } == days(found)
    entities = sorted(each.entity for each in found.facts[0].people)
    assert ["BIRTH_DATE", "EMAIL_ADDRESS", "PERSON", "PERSON"] == entities


@pytest.mark.parametrize("language", POSITIONS)
def test_positions_are_read_by_their_headings(tmp_path: Path, language: str) -> None:
    found = read_text(tmp_path / "list.csv", "positions", POSITIONS[language])

    position = found.facts[0].position
    assert position is not None
    assert position.code
    assert position.title
    assert position.opened
    assert position.closed
    assert (date(2024, 12, 1), date(2025, 2, 1), "filled") == (
        position.opened.date(),
        position.closed.date(),
        position.outcome,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_list_is_the_same_in_every_encoding_and_with_every_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = CONSENTS["fi"].replace(";", delimiter).replace("\n", "\r\n")

    found = read_text(tmp_path / "list.csv", "consents", text, encoding)

    same = read_text(tmp_path / "list.csv", "consents", CONSENTS["fi"])
    assert same.facts == found.facts


def test_a_sheet_of_the_registers_workbook_is_a_list(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "register.xlsx",
        Activities=[["Id", "Name"], ["hiring", "Recruitment"]],
        Consents=[
            ["Consents of 2025, kept by HR"],
            [],
            ["Name", "E-mail", "Given", "Valid until"],
            ["Aino Lumpokka", AINO, date(2025, 2, 1), date(2027, 12, 31)],
            ["Onni Kroszak", "onni@posti.example", date(2025, 3, 1), None],
        ],
    )

    found = read(ListEntry(kind="consents", path=path), KEYS)

    assert "register.xlsx, sheet 'Consents', row 4" == found.facts[0].events[0].evidence
    assert date(2027, 12, 31) == days(found)[Kind.CONSENT_UNTIL]
    assert [Kind.CONSENT_GIVEN] == [each.kind for each in found.facts[1].events]


def test_two_sheets_that_could_be_meant_are_asked_about(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["Name", "From"], ["Aino Lumpokka", date(2026, 2, 1)]]
    path = workbook(tmp_path / "holds.xlsx", Old=rows, New=rows)

    with pytest.raises(ConfigError, match="'Old', 'New' may all be a list of holds"):
        read(ListEntry(kind="holds", path=path), KEYS)

    named = read(ListEntry(kind="holds", path=path, sheet="New"), KEYS)
    assert "holds.xlsx, sheet 'New', row 2" == named.facts[0].events[0].evidence
    with pytest.raises(ConfigError, match="no sheet 'Newer'"):
        read(ListEntry(kind="holds", path=path, sheet="Newer"), KEYS)


def test_columns_say_what_headings_do_not(tmp_path: Path) -> None:
    text = f"Kuka;Mistä;Mihin\n{AINO};1.2.2025;1.2.2027\n"
    columns = {"email": "Kuka", "given": "Mistä", "until": "Mihin"}

    found = read_text(tmp_path / "list.csv", "consents", text, columns=columns)

    assert "email ← Kuka, given ← Mistä, until ← Mihin" == str(found.columns)
    with pytest.raises(ConfigError, match="there is no heading 'Minne'"):
        read_text(tmp_path / "list.csv", "consents", text, columns={**columns, "until": "Minne"})


def test_whoever_keeps_the_list_is_nobody_whom_it_is_about(tmp_path: Path) -> None:
    text = (
        "Käsittelijän sähköposti;Nimi;Sähköposti;Alkaen\n"
        f"hr@muualla.example;Aino Lumpokka;{AINO};1.2.2025\n"
    )

    found = read_text(tmp_path / "list.csv", "holds", text)

    assert 1 == sum(each.entity == "EMAIL_ADDRESS" for each in found.facts[0].people)
    assert ("Käsittelijän sähköposti",) == found.columns.unused


def test_a_bad_row_costs_itself_and_says_where_and_why(tmp_path: Path) -> None:
    text = (
        "name;email;given;until\n"
        "Aino Lumpokka;;03/04/2025;\n"
        ";;2025-02-01;2026-02-01\n"
        "Aino Lumpokka;not an address;2025-02-01;\n"
        "Aino Lumpokka;;;\n"
        "Aino Lumpokka;;2026-02-01;2025-02-01\n"
        "\n"
        "Onni Kroszak;;2025-02-01;\n"
    )

    found = read_text(tmp_path / "list.csv", "consents", text)

    assert ["list.csv, row 8"] == [each.events[0].evidence for each in found.facts]
    assert [
        "list.csv, row 2: column 'given': may be one of two days: write 2026-12-31 or 31.12.2026",
        "list.csv, row 3: names nobody: no name, e-mail address or telephone is in it",
        "list.csv, row 4: column 'email': is no e-mail address",
        "list.csv, row 5: has neither the day when the consent was given nor the day it ends",
        "list.csv, row 6: column 'until': is before the day when it was given",
    ] == list(map(str, found.problems))
    assert not any("Lumpokka" in str(each) for each in found.problems)


def test_a_quote_that_is_never_closed_swallows_nothing_silently(tmp_path: Path) -> None:
    """Everything after it became one cell, and the rows in it were gone."""
    text = 'name,from\n"Aino Lumpokka,2026-02-01\nOnni Kroszak,2026-02-01\n'

    found = read_text(tmp_path / "list.csv", "holds", text)

    assert () == found.facts
    assert ["list.csv, row 2: a quote is not closed, or stands where none may"] == list(
        map(str, found.problems)
    )


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("list.csv", b"", "none of its first 20 rows is the heading"),
        ("list.csv", b"Aino Lumpokka;1.2.2025;1.2.2027\n", "none of its first 20 rows"),
        ("list.csv", bytes(range(256)) * 40, "none of its first 20 rows"),
        ("list.xlsx", b"PK\x03\x04 no workbook at all", "list.xlsx"),
        ("list.xlsx", b"", "list.xlsx"),
        ("list.docx", b"PK", "is no list"),
    ],
)
def test_a_file_that_is_no_list_is_refused_without_its_content(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(ConfigError, match=why) as told:
        read(ListEntry(kind="consents", path=path), KEYS)

    assert "Lumpokka" not in f"{told.value.message} {told.value.hint}"


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        read(ListEntry(kind="holds", path=tmp_path / "gone.csv"), KEYS)


def test_a_heading_that_is_a_text_is_told_by_its_beginning(tmp_path: Path) -> None:
    heading = "voimassa asti " + "x" * 5_000

    found = read_text(tmp_path / "list.csv", "consents", f"nimi;{heading}\nAino Lumpokka;soon\n")

    assert 1 == len(found.problems)
    assert len(str(found.problems[0])) < 200
