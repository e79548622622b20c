"""Four kinds of source full of invented people, the same for the same number of assets.

The documents are small: what counts is how many assets there are, and that every kind of source
and the usual formats are among them. All of them can be read, so a scan that says it is complete
has read them all.
"""

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from demo import documents
from tests.servers import PostgreSQL

REGISTER = Path(__file__).parent.parent / "demo" / "declared" / "register.yaml"
PASSWORD = "SOAK_PASSWORD"  # noqa: S105 - the name of a variable
_TABLES = 15
"""One asset in so many is a table, which costs more to read than any other."""
_FIRST = ("Aino", "Väinö", "Meri", "Onni", "Åsa", "Sean", "Helmi", "Toivo", "Signe", "Lempi")
_LAST = ("Kuusikoski", "Mäki-Petäjä", "Öhman", "Virtanen", "Sjöblom", "Halla", "Niemi", "Taivas")
_ILL = "Oli sairauslomalla keväällä selkäkivun vuoksi. Kuuluu ammattiliittoon."
_AUDIT = """\
organisation: {{name: Tähtivahti Oy, domains: [tahtivahti.example]}}
register: register.yaml
sources:
  - {{id: recruiting, kind: greenhouse, path: recruiting}}
  - {{id: mailbox-rekry, kind: maildir, path: mailbox}}
  - {{id: share-hr, kind: folder, path: share}}
  - id: db-hr
    kind: database
    url: postgresql://postgres:${{env:{password}}}@127.0.0.1:{port}/{database}
    milestones: {{{milestones}}}
"""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who does not exist."""

    number: int

    @property
    def name(self) -> str:
        """Give first and last name."""
        return f"{_FIRST[self.number % len(_FIRST)]} {_LAST[self.number // 7 % len(_LAST)]}"

    @property
    def email(self) -> str:
        """Give an address that nobody else has."""
        return f"hakija{self.number:05}@posti.example"

    @property
    def phone(self) -> str:
        """Give a telephone number."""
        return f"+358 40 {self.number:07}"

    @property
    def applied(self) -> date:
        """Give the day on which they applied."""
        return date(2023, 1, 2) + timedelta(days=self.number % 1200)

    @property
    def told(self) -> date | None:
        """Give the day on which they were told that somebody else was chosen."""
        return self.applied + timedelta(days=60) if self.number % 3 else None

    @property
    def lines(self) -> Sequence[str]:
        """Give a short CV."""
        return (
            "ANSIOLUETTELO", self.name, f"Sähköposti: {self.email}", f"Puhelin: {self.phone}",
            "Työkokemus: Asentaja, Kipinä Oy 2015-2023", _ILL if self.number % 5 == 0 else "",
        )  # fmt: skip


def build(folder: Path, assets: int, server: PostgreSQL, database: str) -> None:
    """Make the four stores, and the audit file that names them."""
    people = [Applicant(number) for number in range(assets)]
    tables = assets // _TABLES
    _export(folder / "recruiting", people[tables::3])
    _mailbox(folder / "mailbox", people[tables + 1 :: 3])
    _share(folder / "share", people[tables + 2 :: 3])
    milestones = _tables(server, database, people[:tables])
    shutil.copyfile(REGISTER, folder / "register.yaml")
    (folder / "kartta.yaml").write_text(
        _AUDIT.format(
            password=PASSWORD, port=server.port, database=database, milestones=milestones
        ),
        encoding="utf-8",
    )


def _export(folder: Path, people: Sequence[Applicant]) -> None:
    folder.mkdir(parents=True)
    rows = {
        "candidates": [
            {
                "id": 20_000 + each.number,
                "first_name": each.name.split()[0],
                "last_name": each.name.split()[1],
                "email_addresses": [{"type": "personal", "value": each.email}],
                "phone_numbers": [{"type": "mobile", "value": each.phone}],
                "updated_at": _stamp(each.applied),
            }
            for each in people
        ],
        "applications": [
            {
                "id": 30_000 + each.number,
                "candidate_id": 20_000 + each.number,
                "job_id": 5,
                "status": "rejected" if each.told else "in_process",
                "created_at": _stamp(each.applied),
                "rejected_at": _stamp(each.told),
            }
            for each in people
        ],
        "notes": [
            {
                "id": 70_000 + each.number,
                "candidate_id": 20_000 + each.number,
                "type": "NOTE",
                "body": _ILL,
                "created_at": _stamp(each.applied),
            }
            for each in people
            if each.number % 5 == 0
        ],
        "jobs": [{"id": 5, "name": "Asentaja", "closed_at": _stamp(date(2026, 2, 2))}],
    }
    for name, table in rows.items():
        (folder / f"{name}.json").write_text(json.dumps(table, indent=1), encoding="utf-8")


def _mailbox(folder: Path, people: Sequence[Applicant]) -> None:
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True)
    for each in people:
        at = datetime.combine(each.applied, time(9), UTC)
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = f"{each.name} <{each.email}>", "rekry@tahtivahti.example"
        mail["Subject"], mail["Date"] = "Hakemus: Asentaja", format_datetime(at)
        if each.number % 11 == 0:
            mail["Cc"] = "tulokset@soveltuvuustesti.example"
        mail["Message-ID"] = f"<{each.number:05}@tahtivahti.example>"
        mail.set_content("\n".join(("Hei,", "haen paikkaa.", *each.lines)), cte="quoted-printable")
        if each.number % 4 == 0:
            name, content = _file(each)
            mail.add_attachment(
                content, maintype="application", subtype="octet-stream", filename=name
            )
            mail.set_boundary(f"=-=-{each.number:05}-=-=")
        stamp = int(at.timestamp())
        path = folder / "cur" / f"{stamp}.M{each.number:06}P1.soak:2,S"
        _write(path, mail.as_bytes(policy=SMTP), each)


def _share(folder: Path, people: Sequence[Applicant]) -> None:
    for each in people:
        name, content = _file(each)
        path = folder / f"{each.applied:%Y}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content, each)


def _file(person: Applicant) -> tuple[str, bytes]:
    suffix = tuple(_MADE)[person.number % len(_MADE)]
    return f"cv-{person.number:05}.{suffix}", _MADE[suffix](person)


def _html(person: Applicant) -> bytes:
    return ("<!DOCTYPE html><p>" + "<p>".join(person.lines)).encode()


def _csv(person: Applicant) -> bytes:
    return f"nimi;sähköposti;puhelin\n{person.name};{person.email};{person.phone}\n".encode()


def _json(person: Applicant) -> bytes:
    fields = {"name": person.name, "email": person.email, "phone": person.phone}
    return json.dumps({"candidates": [fields]}).encode()


def _zip(person: Applicant) -> bytes:
    return documents.archive({"cv.txt": _text(person), "cv.docx": documents.docx(person.lines)})


def _text(person: Applicant) -> bytes:
    return "\n".join(person.lines).encode()


_MADE: dict[str, Callable[[Applicant], bytes]] = {
    "txt": _text,
    "docx": lambda person: documents.docx(person.lines),
    "html": _html,
    "pdf": lambda person: documents.pdf(person.lines),
    "csv": _csv,
    "json": _json,
    "zip": _zip,
}


def _tables(server: PostgreSQL, database: str, people: Sequence[Applicant]) -> str:
    """Make a table for each person, which holds the next two as well; give the milestones."""
    statements, milestones = [], []
    for first in people:
        table = f"hakijat_{first.number:05}"
        statements.append(
            f"CREATE TABLE {table} (id integer PRIMARY KEY, nimi text, sahkoposti text,"
            " puhelin text, haettu date, muistio text)"
        )
        rows = ", ".join(
            f"({each.number}, '{each.name}', '{each.email}', '{each.phone}',"
            f" '{each.applied}', '{_ILL if each.number % 5 == 0 else ''}')"
            for each in map(Applicant, range(first.number, first.number + 3))
        )
        statements.append(f"INSERT INTO {table} VALUES {rows}")  # noqa: S608 - our own words
        milestones.append(f"{table}.haettu: applied")
    server.psql(database, "BEGIN", *statements, "COMMIT")
    return ", ".join(milestones)


def _write(path: Path, content: bytes, person: Applicant) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    at = datetime.combine(person.applied, time(9), UTC).timestamp()
    os.utime(path, (at, at))


def _stamp(day: date | None) -> str | None:
    return f"{day}T10:00:00.000Z" if day else None
