"""A small company of four kinds of source, in which two people bear one name."""

import json
import mailbox
import sqlite3
from contextlib import chdir, closing
from email.message import EmailMessage
from pathlib import Path

from click.testing import CliRunner, Result

from kartta.cli.main import cli

TODAY = "2026-12-01"
AINO = "aino.lahtinen@posti.example"
NAMESAKE = "aino.toinen@posti.example"
PHONE = "+358 44 000 5611"
CODE = "131052-308T"
REFEREE = "Pirkko Suosittelija"
VALUES = (AINO, NAMESAKE, "000 5611", "0005611", CODE, "Lahtinen", "Suosittelija", "1952-10-13")
"""What none of our files and outputs may hold."""
AUDIT = """\
register: register.yaml
sources:
  - {id: share, kind: folder, path: share}
  - {id: mail, kind: mbox, path: jobs.mbox}
  - {id: db, kind: database, url: "sqlite:///hr.sqlite"}
  - {id: ats, kind: greenhouse, path: export}
"""
REGISTER = """\
version: 1
controller: {name: Esimerkki Oy, country: FI, email: tietosuoja@yritys.example,
             domains: [yritys.example], timezone: Europe/Helsinki}
activities:
- id: recruitment
  name: {en: Recruitment, fi: Rekrytointi}
  purposes:
  - {id: selection, name: {en: Choosing a person, fi: Valinta}, basis: A6-1-f,
     legitimate_interest: {en: To fill the vacancy, fi: Paikan täyttäminen}}
  data_subjects: [{en: Applicants, fi: Työnhakijat}]
  categories: [identity.name, contact.email, contact.phone, recruitment.cv]
  recipients: [supplier]
  transfers: [supplier-us]
  retention: [{id: year, duration: P1Y, trigger: selection_told, basis: A6-1-f}]
  systems: [mailbox, share, database, recruiting]
recipients:
- {id: supplier, name: Pilvi Ltd, role: processor, country: US, domains: [pilvi.example]}
transfers:
- {id: supplier-us, recipient: supplier, country: US, tool: scc, version: 2021/914, module: "2",
   signed: 2024-01-01, assessed: 2024-01-01}
systems:
- {id: mailbox, name: Role mailbox, kind: mailbox, sources: [mail], country: FI}
- {id: share, name: Share, kind: file_share, sources: [share], country: FI}
- {id: database, name: HR database, kind: database, sources: [db], country: FI}
- {id: recruiting, name: Pilvi, kind: recruiting_system, sources: [ats], operator: supplier,
   country: US}
"""
CV = f"""\
Curriculum vitae

Aino Lahtinen
s. 13.10.1952
{AINO}
{PHONE}

Työkokemus
2019-2024 vartija, Esimerkki Oy
Koulutus
2018 merkonomi
Suosittelija: {REFEREE}, pirkko@muu.example
"""


class SmallCompany:
    """One folder with an audit file, a register and four sources."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "kartta.yaml").write_text(AUDIT, "utf-8")
        (folder / "register.yaml").write_text(REGISTER, "utf-8")
        _share(folder / "share")
        _mail(folder / "jobs.mbox")
        _database(folder / "hr.sqlite")
        _export(folder / "export")

    def run(self, *arguments: str) -> Result:
        """Run a command there, in this process."""
        with chdir(self.folder):
            return CliRunner().invoke(cli, arguments, env={"COLUMNS": "200"})

    def scan(self) -> None:
        """Scan; what is not examined is told."""
        done = self.run("scan", "--workers", "1", "--today", TODAY)
        assert done.exit_code in {0, 1}, done.output


def _share(share: Path) -> None:
    share.mkdir()
    (share / "cv.txt").write_text(CV, "utf-8")
    (share / "code.txt").write_text(f"Henkilötunnus: {CODE}\n", "utf-8")
    other = f"Ansioluettelo\n\nAino Lahtinen\ns. 1.2.1990\n{NAMESAKE}\n\nTyökokemus\n2020 vartija\n"
    (share / "other-cv.txt").write_text(other, "utf-8")
    (share / "menu.txt").write_text("Keitto 9,50\n", "utf-8")
    (share / "sealed.pdf").write_bytes(b"%PDF-1.7 nothing")


def _mail(file: Path) -> None:
    box = mailbox.mbox(file)
    for sender, recipient, subject, body in (
        (f"Aino Lahtinen <{AINO}>", "rekry@yritys.example", "Hakemus: vartija",
         f"Hei,\n\nhaen vartijaksi. Suosittelijani on {REFEREE}.\n\nAino Lahtinen\n{PHONE}\n"),
        ("rekry@yritys.example", f"Aino Lahtinen <{AINO}>", "Valinta: vartija",
         "Hei Aino,\n\ntehtävään on valittu toinen hakija. Kiitos.\n\nRekrytointi\n"),
        (f"Aino Lahtinen <{NAMESAKE}>", "rekry@yritys.example", "Hakemus",
         "Hei,\n\nhaen kesätöitä.\n\nAino Lahtinen\n"),
    ):  # fmt: skip
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, recipient, subject
        message["Date"] = "Mon, 3 Mar 2025 10:00:00 +0200"
        message["Message-ID"] = f"<{len(box)}@posti.example>"
        message.set_content(body)
        box.add(message)
    box.close()


def _database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.executescript(
            "CREATE TABLE hakijat (id INTEGER PRIMARY KEY, nimi TEXT, email TEXT, puhelin TEXT,"
            " kunta TEXT);"
            "CREATE TABLE huomiot (id INTEGER PRIMARY KEY, huomio TEXT,"
            " hakija_id INTEGER REFERENCES hakijat(id));"
        )
        rows = [
            (1, "Aino Lahtinen", AINO, PHONE, "Tampere"),
            (2, "Aino Lahtinen", NAMESAKE, "+358 44 000 1111", "Oulu"),
            (3, "Veikko Vieras", "veikko@posti.example", "+358 44 000 2222", "Oulu"),
        ]
        database.executemany("INSERT INTO hakijat VALUES (?, ?, ?, ?, ?)", rows)
        notes = [(1, "Puhui hyvin.", 1), (2, "Myöhästyi.", 3)]
        database.executemany("INSERT INTO huomiot VALUES (?, ?, ?)", notes)


def _export(export: Path) -> None:
    export.mkdir()
    tables = {
        "candidates": [
            {"id": 102, "first_name": "Aino", "last_name": "Lahtinen",
             "email_addresses": [{"value": AINO, "type": "personal"}]},
        ],
        "applications": [{"id": 17, "candidate_id": 102, "status": "active"}],
        "notes": [{"id": 41, "candidate_id": 102, "body": "Soitettu."}],
    }  # fmt: skip
    for name, entries in tables.items():
        (export / f"{name}.json").write_text(json.dumps(entries), "utf-8")
