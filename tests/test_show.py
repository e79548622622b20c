"""What `kartta show` reads again, of each kind of source, and what it leaves in nobody's hands."""

import json
import mailbox
import re
import sqlite3
import zipfile
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from kartta.cli.main import EXIT_INCOMPLETE
from tests.forking import forking
from tests.lasting import Company, code, letter

SOURCES = """\
rules: [own]
sources:
  - {id: share, kind: folder, path: share}
  - {id: mail, kind: mbox, path: jobs.mbox}
  - {id: db, kind: database, url: "sqlite:///hr.sqlite"}
  - {id: ats, kind: greenhouse, path: export}
"""
NUMBERS = {
    "cv.txt": 301, "old.zip": 302, "body": 303, "header": 304, "attachment": 305, "rows": 306,
    "note": 307,
}  # fmt: skip


def mail(subject: str, body: str, attached: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "onni@posti.example", "rekry@yritys.example"
    message["Subject"], message["Message-ID"] = subject, f"<{subject[:4].strip()}@posti.example>"
    message["Date"] = "Mon, 2 Mar 2026 10:00:00 +0000"
    message.set_content(body)
    if attached:
        message.add_attachment(attached, filename="hakemus.txt")
    return message


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Scan a small company with a planted code in each kind of source."""
    folder = tmp_path_factory.mktemp("company")
    company = Company(folder)
    (folder / "kartta.yaml").write_text(SOURCES)
    rule = folder / "own" / "OWN-01.yaml"
    asked = "{not: {field: categories, op: contains, value: identity.national_id}}"
    rule.write_text(re.sub("(?<=require: ).*", asked, rule.read_text()))
    company.write("cv.txt", letter(NUMBERS["cv.txt"], above=3) + "Terveisin\n")
    with zipfile.ZipFile(company.share / "old.zip", "w") as archive:
        archive.writestr("2024/kirje.txt", letter(NUMBERS["old.zip"], above=1))
    box = mailbox.mbox(folder / "jobs.mbox")
    box.add(mail("Body", letter(NUMBERS["body"], above=2).replace("\n", "\r\n")))
    box.add(mail(f"Head {code(NUMBERS['header'])}", "Hei!"))
    box.add(mail("Attached", "Liitteenä.", letter(NUMBERS["attachment"])))
    box.close()
    with closing(sqlite3.connect(folder / "hr.sqlite")) as database, database:
        database.execute("CREATE TABLE hakija (id INTEGER PRIMARY KEY, huomio TEXT)")
        rows = [(f"Kysyi palkasta {number}.",) for number in range(5)]
        rows[3] = (f"Henkilötunnus: {code(NUMBERS['rows'])}",)
        database.executemany("INSERT INTO hakija (huomio) VALUES (?)", rows)
    export = folder / "export"
    export.mkdir()
    tables = {
        "candidates": [{"id": 102, "first_name": "Aino", "last_name": "Esimerkki"}],
        "applications": [{"id": 17, "candidate_id": 102, "status": "active"}],
        "notes": [{"id": 41, "candidate_id": 102, "body": letter(NUMBERS["note"])}],
    }
    for name, entries in tables.items():
        (export / f"{name}.json").write_text(json.dumps(entries))
    return company


@pytest.fixture(scope="module")
def ids(company: Company) -> dict[str, str]:
    """Give each planted code's finding."""
    told = company.scan("--format", "json")
    found = [each for each in json.loads(told.stdout)["violations"] if each["rule"] == "OWN-01"]
    by_place = {
        each["evidence"][0]["source"] + "/" + each["evidence"][0]["locator"]: each["id"]
        for each in found
    }
    starts = {
        "cv.txt": "share/line:4", "old.zip": "share/part:2024/kirje.txt", "body": "mail/body",
        "header": "mail/header:subject", "attachment": "mail/part:hakemus.txt", "rows": "db/",
        "note": "ats/",
    }  # fmt: skip
    return {
        name: next(id_ for place, id_ in by_place.items() if place.startswith(start))
        for name, start in starts.items()
    }


@pytest.mark.parametrize(
    ("name", "shows"),
    [
        ("cv.txt", ["share: cv.txt, line 4", "  3 | Hyvää päivää.", "> 4 | ", "  5 | Terveisin"]),
        ("old.zip", ["share: old.zip, file 2024/kirje.txt, line 2", "  1 | Hyvää", "> 2 | "]),
        ("body", ["mail: ", ", line 3", "  1 | Hyvää", "> 3 | "]),
        ("header", ["subject", "Subject: FI_PERSONAL_IDENTITY_CODE", "Head »"]),
        ("attachment", ["attachment hakemus.txt, line 1", "> 1 | "]),
        ("rows", ["db: main.hakija", "huomio", "  2 | Kysyi palkasta 1.", "> 4 | ", "  5 | Kysyi"]),
        ("note", ["ats: ", "note"]),
    ],
)
def test_a_hit_is_shown_in_its_context_and_masked(
    company: Company, ids: dict[str, str], name: str, shows: list[str]
) -> None:
    done = company.run("show", ids[name])
    assert done.exit_code == 0, done.output
    for each in (ids[name], "OWN-01", "»•••«", *shows):
        assert each.casefold() in done.stdout.casefold(), done.stdout
    assert code(NUMBERS[name]) not in done.output
    assert "\\r" not in done.output
    assert done.stderr == ""


def test_what_is_revealed_goes_to_a_terminal_and_nowhere_else(
    company: Company, ids: dict[str, str]
) -> None:
    value = code(NUMBERS["body"]).encode()
    line = ["show", ids["body"], "--reveal", "--today", "2026-12-01"]
    with forking(company.folder) as started:
        shown = started.in_terminal(["--debug", *line])
        piped = started.in_pipe(line)
    stored = b"".join(path.read_bytes() for path in (company.folder / ".kartta").iterdir())

    assert shown.status == 0, shown.out
    assert value in shown.out
    assert piped.status == 2
    assert b"--reveal writes to a terminal only" in piped.err
    assert value not in stored


def test_hostile_text_moves_no_terminal(tmp_path: Path) -> None:
    company = Company(tmp_path)
    plenty = "Hyvää päivää.\n" * 40  # a file with many controls is no text
    company.write(
        "a.txt", plenty + f"\x1b]0;owned\x07\x1b[2J {code(311)} \x9b31m \u202e\u2066 evil\r\x08\n"
    )
    found = company.findings()["a.txt"]["id"]

    with forking(company.folder) as started:
        plain = started.in_terminal(["show", found], {"NO_COLOR": "1", "TERM": "dumb"})
        revealed = started.in_terminal(["show", found, "--reveal"], {"TERM": "dumb"})
    for done in (plain, revealed):
        assert done.status == 0, done.out
        text = done.out.decode()
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\x08"} & set(text)
        assert "\\x1b]0;owned" in text
    assert (code(311) in plain.out.decode(), code(311) in revealed.out.decode()) == (False, True)


def test_what_has_moved_changed_or_gone_is_said(tmp_path: Path) -> None:
    company = Company(tmp_path)
    company.write("a.txt", letter(311))
    found = company.findings()["a.txt"]["id"]
    company.write("a.txt", letter(311, above=6))
    moved = company.run("show", found)
    company.write("a.txt", "Hyvää päivää.\n")
    emptied = company.run("show", found)
    (company.share / "a.txt").unlink()
    gone = company.run("show", found)

    assert moved.exit_code == 0
    assert "a.txt has changed since it was scanned" in moved.stderr
    assert "not at its old place" in moved.stderr
    assert "> 7 | Henkilötunnus: »•••«" in moved.stdout
    assert "nothing is recognized here any more" in emptied.stderr
    assert (gone.exit_code, "is no longer there" in gone.stderr) == (EXIT_INCOMPLETE, True)


def test_a_target_without_configuration_is_read_again(tmp_path: Path) -> None:
    company = Company(tmp_path)
    (company.folder / "kartta.yaml").write_text("rules: [own]\n")
    company.write("a.txt", letter(311))
    found = company.findings("share")["a.txt"]["id"]

    done = company.run("show", found[:-2])
    assert "> 1 | Henkilötunnus: »•••«" in done.stdout
