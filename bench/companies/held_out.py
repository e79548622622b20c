"""A Finnish company that is held out: a recruiting export, an HR database, folders of persons.

It has no mailbox: letters are notes of the recruiting system, or files in the folders. Nothing may
be tuned on it; only its figures are read.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bench.companies.letters import Letters
from bench.companies.mails import EVENTS, CurriculumVitae, Desk, Mail, correspondence
from bench.companies.plot import Cast, candidacies
from bench.companies.tree import named, put
from bench.companies.world import Candidacy, Company, Fate, Outcome, Post, Truth
from demo.documents import docx, pdf

_NAMES = """
Aapeli Rautasuo|Birgitta Hölttälä|Cia Lindroosvuo|Danila Kekrinen|Eero Pohjankallio|Fanni Utriala
Gunvor Sandelius|Heljä Korvensuu|Iivari Tuomikumpu|Jalmari Hepokorpi|Kaneli Viitasaarelma
Leija Sumukoski|Mauno Parkkulainen|Nette Ahometsä|Oiva Jänkälampi|Pihla Suvisalmi
Quentin Marlborne:en|Raisa Ketunmaa|Sylvi Hallavuo|Taisto Mäkikangas|Ulpu Vesiluoto
Veikko Salmirinne|Wanda Brightwater:en|Xenia Halloway:en|Yrjänä Louhiniitty
Zelda Pemberly:en|Åke Strömsholm|Äijä Korpijoki|Alistair Dunmore:en|Bettina Crossfield:en
Cedric Eastlake:en|Delphine Moorcroft:en
Edgar Winterbourne:en|Flora Hathersage:en|Gilbert Northwood:en|Harriet Kingsmere:en
Ilpo Lehtokangas|Jouko Vaarasmäki|Kerttu Nummipuro|Linnea Kivisaari|Mirja Hongikko|Nestori Lampinsuo
Orvokki Tervaluoma|Pentti Varisniemi|Ritva Sorsaputaa|Seppo Juurikkala|Tuovi Mesikämmen
Unto Harjuselkä
"""


def _titles(fi: str, en: str) -> dict[str, str]:
    return {"en": en, "fi": fi}


_CAST = Cast(
    seed=1917,
    names=named(_NAMES, "fi"),
    married="Kaislaranta",
    relative="Touko",
    titles=(
        _titles("Huoltomies, Oulu", "Caretaker, Oulu"),
        _titles("Palkanlaskija", "Payroll clerk"),
        _titles("Varastopäällikkö", "Warehouse manager"),
        _titles("Ohjelmistokehittäjä", "Software developer"),
        _titles("Huoltomies, Oulu", "Caretaker, Oulu"),
        _titles("Myyntisihteeri", "Sales secretary"),
        _titles("Kuljetussuunnittelija", "Transport planner"),
        _titles("Laborantti", "Laboratory assistant"),
    ),
    codes=("R1042", "R1077", "R1131", "R1166", "R1189", "R1103", "R1201", "R1060"),
    mail_domains=("kirjelaatikko-esim.fi", "postireitti-esim.fi", "letterbox-sample.org"),
    phone="+358 44 000 71{:02d}",
    shift=17,
)
_CV = CurriculumVitae(
    lines=(
        "ANSIOLUETTELO", "{name}", "{street}, 90100 Oulu", "Puh. {phone}", "{email}",
        "Syntynyt {born}", "Työkokemus", "2017-2024 Kiinteistönhoitaja, Pohjan Huolto",
        "2013-2017 Varastotyöntekijä, Meritavara", "Koulutus", "2010-2013 Ammattikoulu, Kemi",
        "Kielet: suomi, englanti",
    ),
    file="CV_{family}",
    day="%d.%m.%Y",
    street="Rantakatu {number}",
)  # fmt: skip
_IN_SYSTEM = frozenset({"post2", "post3", "post4", "post6"})
_STATES = {1: "New", 2: "In review", 3: "Rejected", 4: "Hired", 5: "Withdrawn by applicant"}
_STATE = {
    Fate.HIRED: 4, Fate.TOLD: 3, Fate.EARLY: 3, Fate.SPOKEN: 3, Fate.WITHDREW: 5,
    Fate.CANCELLED: 2, Fate.WAITS: 1,
}  # fmt: skip
_OPENING_STATES = {1: "Open", 2: "Filled", 3: "Cancelled"}
_OPENING_STATE = {Outcome.OPEN: 1, Outcome.FILLED: 2, Outcome.NEVER: 3}
_SCHEMA = """
CREATE TABLE ApplicationStateCode (code INTEGER PRIMARY KEY, label TEXT);
CREATE TABLE OpeningStateCode (code INTEGER PRIMARY KEY, label TEXT);
CREATE TABLE JobOpening (openingId INTEGER PRIMARY KEY, jobTitle TEXT, requisitionCode TEXT,
  openedOn TEXT, closedOn TEXT, openingState INTEGER);
CREATE TABLE Applicant (applicantId INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT,
  emailAddress TEXT, mobilePhone TEXT, dateOfBirth TEXT);
CREATE TABLE JobApplication (applicationId INTEGER PRIMARY KEY, applicantId INTEGER,
  openingId INTEGER, receivedOn TEXT, applicationState INTEGER, notifiedOn TEXT);
CREATE TABLE TalentPoolConsent (consentId INTEGER PRIMARY KEY, applicantId INTEGER,
  grantedOn TEXT, expiresOn TEXT);
CREATE TABLE LegalHold (holdId INTEGER PRIMARY KEY, applicantId INTEGER, reason TEXT,
  heldFrom TEXT, releasedOn TEXT);
CREATE TABLE CustomerContact (contactId INTEGER PRIMARY KEY, fullName TEXT, contractType TEXT);
"""


def write(company: Company, folder: Path) -> Truth:
    """Write all sources."""
    truth = Truth()
    everybody = tuple(company.candidacies)
    desk = Desk(
        Letters("held_out", company.name, "Outi Karhunen"),
        ("Jobs", f"jobs@{company.domain}"),
        ("Matti Ylönen", f"matti.ylonen@{company.domain}"),
        ("Sanna Torvi", "sanna.torvi@paahunters-esim.fi"),
        "Hei, ehdolla voisi olla {name} ({title}). CV liitteenä.",
        "Hei Sanna, valitsimme toisen ({title}). Kertoisitko tämän, {name} odottaa.",
        _CV,
        "{at:%d.%m.%Y} {name} kirjoitti:",
    )
    numbers = {each.key: number for number, each in enumerate(everybody)}
    noted: dict[str, list[Mail]] = {}
    saved: list[Mail] = []
    for mail in correspondence(everybody, desk):
        one = mail.about
        is_note = mail.is_sent and mail.to[1] == one.person.email
        if is_note and is_in_system(one) and numbers[one.key] % 2 == 0:
            noted.setdefault(one.key, []).append(mail)
        elif mail.to[1] != desk.manager[1]:
            saved.append(mail)
    _database(folder / "hr.sqlite", everybody, truth)
    _System(everybody, noted, truth).write(folder / "export")
    _share(folder / "files", everybody, saved, truth)
    return truth


def is_in_system(candidacy: Candidacy) -> bool:
    """Say whether the recruiting system has a candidacy."""
    return candidacy.post is not None and candidacy.post.key in _IN_SYSTEM


def _rejected(candidacy: Candidacy) -> date | None:
    """Give the day on which the recruiting system says somebody was rejected."""
    if not is_in_system(candidacy):
        return None
    if candidacy.fate is Fate.TOLD and candidacy.told:
        return candidacy.told - timedelta(1)
    closed = candidacy.post.closed if candidacy.post else None
    return {Fate.EARLY: candidacy.early, Fate.SPOKEN: closed}.get(candidacy.fate)


def _by_applicant(everybody: Iterable[Candidacy]) -> Iterator[tuple[int, list[Candidacy]]]:
    found: dict[str, list[Candidacy]] = {}
    for each in everybody:
        found.setdefault(each.person.email, []).append(each)
    yield from enumerate(found.values(), 1)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _stamp(day: date | None) -> str | None:
    return f"{day.isoformat()}T09:30:00.000Z" if day else None


def _database(file: Path, everybody: Sequence[Candidacy], truth: Truth) -> None:
    posts: dict[str, Post] = {each.post.key: each.post for each in everybody if each.post}
    numbers = {key: number for number, key in enumerate(posts, 11)}
    with closing(sqlite3.connect(file)) as base:
        base.executescript(_SCHEMA)
        base.executemany("INSERT INTO ApplicationStateCode VALUES (?, ?)", _STATES.items())
        base.executemany("INSERT INTO OpeningStateCode VALUES (?, ?)", _OPENING_STATES.items())
        for key, post in posts.items():
            base.execute(
                "INSERT INTO JobOpening VALUES (?, ?, ?, ?, ?, ?)",
                (numbers[key], post.title, post.code, _iso(post.opened), _iso(post.closed),
                 _OPENING_STATE[post.outcome]),
            )  # fmt: skip
        count = 0
        for applicant, own in _by_applicant(everybody):
            person = own[0].person
            base.execute(
                "INSERT INTO Applicant VALUES (?, ?, ?, ?, ?, ?)",
                (applicant, person.given, person.family, person.email, person.phone,
                 _iso(person.born)),
            )  # fmt: skip
            truth.add("hr", "main.Applicant", f"row:{applicant}", *own)
            for each in own:
                count += 1
                base.execute(
                    "INSERT INTO JobApplication VALUES (?, ?, ?, ?, ?, ?)",
                    (count, applicant, numbers[each.post.key] if each.post else None,
                     _iso(each.applied), _STATE[each.fate], _iso(each.noted)),
                )  # fmt: skip
                truth.add("hr", "main.JobApplication", f"row:{count}", each)
                _registers(base, applicant, each, truth)
        for number, each in enumerate(everybody[2:14], 1):
            base.execute(
                "INSERT INTO CustomerContact VALUES (?, ?, 'Lease')", (number, each.person.name)
            )
        truth.decoys.add(("hr", "main.CustomerContact"))
        base.commit()


def _registers(base: sqlite3.Connection, applicant: int, each: Candidacy, truth: Truth) -> None:
    consent, hold = each.consent, each.hold
    if consent and consent.is_registered:
        found = base.execute(
            "INSERT INTO TalentPoolConsent VALUES (NULL, ?, ?, ?)",
            (applicant, _iso(consent.given), _iso(consent.until)),
        )
        truth.add("hr", "main.TalentPoolConsent", f"row:{found.lastrowid}", each)
    if hold:
        found = base.execute(
            "INSERT INTO LegalHold VALUES (NULL, ?, 'Equality claim', ?, ?)",
            (applicant, _iso(hold.since), _iso(hold.released)),
        )
        truth.add("hr", "main.LegalHold", f"row:{found.lastrowid}", each)


Row = Mapping[str, object]


class _System:
    """The export of the recruiting system."""

    def __init__(
        self, everybody: Sequence[Candidacy], noted: Mapping[str, Sequence[Mail]], truth: Truth
    ) -> None:
        self._inside = [each for each in everybody if is_in_system(each)]
        self._noted = noted
        self._truth = truth
        self._rows: dict[str, list[Row]] = {}

    def _add(self, resource: str, **row: object) -> None:
        self._rows.setdefault(resource, []).append(row)

    def write(self, folder: Path) -> None:
        """Write every resource, and the files of the attachments."""
        folder.mkdir(parents=True)
        posts = {each.post.key: each.post for each in self._inside if each.post}
        jobs = {key: 700 + number for number, key in enumerate(posts)}
        for key, post in posts.items():
            self._job(jobs[key], post)
        self._add("close_reasons", id=1, name="Hire - Backfill")
        for number, key in ((1, "WE_REJECTED_THEM"), (2, "THEY_REJECTED_US")):
            kind = {"id": number, "key": key, "name": key.title()}
            self._add("rejection_reasons", id=number, name=key.title(), type=kind)
        count = 0
        for number, own in _by_applicant(self._inside):
            candidate = 8_000 + number
            self._candidate(candidate, own)
            for each in own:
                count += 1
                self._application(folder, candidate, 90_000 + count, each, jobs)
        for resource, rows in self._rows.items():
            rows.sort(key=lambda row: -int(str(row["id"])))
            text = json.dumps(rows, ensure_ascii=False, indent=1)
            (folder / f"{resource}.json").write_text(text, "utf-8")

    def _job(self, number: int, post: Post) -> None:
        closed = _stamp(post.closed)
        self._add(
            "jobs", id=number, name=post.title, requisition_id=post.code,
            status="closed" if closed else "open", opened_at=_stamp(post.opened),
            closed_at=closed,
        )  # fmt: skip
        self._add(
            "openings", id=number + 100, job_id=number, opening_id=f"{post.code}-1",
            open=closed is None, opened_at=_stamp(post.opened), closed_at=closed,
            close_reason_id=1 if closed else None,
        )  # fmt: skip

    def _candidate(self, number: int, own: Sequence[Candidacy]) -> None:
        person = own[0].person
        self._add(
            "candidates", id=number, first_name=person.given, last_name=person.family,
            created_at=_stamp(own[0].applied), updated_at=_stamp(own[-1].applied),
            email_addresses=[{"type": "personal", "value": person.email}],
            phone_numbers=[{"type": "mobile", "value": person.phone}],
        )  # fmt: skip
        self._truth.add("ats", f"candidates/{number}", f"candidate:{number}", *own)

    def _application(
        self, folder: Path, candidate: int, number: int, each: Candidacy, jobs: Mapping[str, int]
    ) -> None:
        asset = f"candidates/{candidate}"
        withdrew = each.fate is Fate.WITHDREW
        rejected = each.applied + timedelta(12) if withdrew else _rejected(each)
        status = "rejected" if rejected else "hired" if each.fate is Fate.HIRED else "active"
        self._add(
            "applications", id=number, candidate_id=candidate,
            job_id=jobs[each.post.key] if each.post else None, prospect=False, status=status,
            created_at=_stamp(each.applied), applied_at=_stamp(each.applied),
            rejected_at=_stamp(rejected),
            rejection_reason_id=(2 if withdrew else 1) if rejected else None,
            last_activity_at=_stamp(rejected or each.applied),
        )  # fmt: skip
        self._truth.add("ats", asset, f"application:{number}", each)
        name, content = _CV.of(each)
        (folder / "attachments").mkdir(exist_ok=True)
        (folder / "attachments" / f"{number}-{name}").write_bytes(content)
        self._add(
            "attachments", id=number, application_id=number, candidate_id=candidate,
            filename=name, type="resume", url=f"attachments/{number}-{name}",
            created_at=_stamp(each.applied),
        )  # fmt: skip
        self._truth.add("ats", asset, f"attachment:{number}/part:{name}", each)
        self._truth.letters.add(("ats", asset))
        for index, mail in enumerate(self._noted.get(each.key, ())):
            self._note(asset, candidate, number, number * 10 + index, mail)

    def _note(self, asset: str, candidate: int, application: int, number: int, mail: Mail) -> None:
        self._add(
            "notes", id=number, candidate_id=candidate, application_id=application, type="EMAIL",
            subject=mail.subject, body=mail.text, email_from=mail.sender[1], email_to=mail.to[1],
            created_at=f"{mail.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
        )  # fmt: skip
        self._truth.add("ats", asset, f"note:{number}", mail.about)
        _letter(self._truth, "ats", asset, f"note:{number}", mail)


def _letter(truth: Truth, source: str, asset: str, record: str, mail: Mail) -> None:
    if mail.kind in EVENTS:
        truth.events.append((source, asset, record, EVENTS[mail.kind], mail.at))
    if mail.kind == "told":
        truth.notices.add((source, asset))


def _share(
    folder: Path, everybody: Sequence[Candidacy], saved: Sequence[Mail], truth: Truth
) -> None:
    places = {each.key: _place(each) for each in everybody}
    whole: dict[str, list[Candidacy]] = {}
    for each in everybody:
        whole.setdefault(each.person.who, []).append(each)
    for number, each in enumerate(everybody):
        name, content = _CV.of(each)
        path = f"{places[each.key]}/{name}"
        if number % 4 != 3 and not (folder / path).exists():
            put(folder, path, content, each.applied, moved=number % 7 == 0)
            truth.add("files", path, "", *whole[each.person.who])
    for number, mail in enumerate(saved):
        what = "letter" if mail.kind else "mail"
        stem = f"{places[mail.about.key]}/{mail.at:%y%m%d} {what} {number}"
        path, content = _saved(stem, mail)
        put(folder, path, content, mail.at.date(), moved=number % 7 == 0)
        truth.add("files", path, "", mail.about)
        if path.endswith(".eml"):
            for name, _ in mail.files:
                truth.add("files", path, f"part:{name}", mail.about)
        truth.letters.add(("files", path))
        _letter(truth, "files", path, "", mail)
    guests = "\n".join(each.person.name for each in everybody[6:20])
    put(folder, "Sales/Guest list.txt", f"Customer evening\n{guests}\n".encode(), date(2025, 9, 9))
    truth.decoys.add(("files", "Sales/Guest list.txt"))


def _place(candidacy: Candidacy) -> str:
    person = candidacy.person
    second = " (2)" if person.who == "namesake" else ""
    return f"People/{person.family} {person.given}{second}"


def _saved(stem: str, mail: Mail) -> tuple[str, bytes]:
    """Save a letter: what the company sent as a document, as a print, or as the mail itself."""
    form = len(mail.text) % 3 if mail.is_sent and mail.kind else 2
    if form == 2:
        return f"{stem}.eml", mail.message().as_bytes()
    person = mail.about.person
    day = datetime.combine(mail.at.astimezone(UTC).date(), time(12), UTC)
    lines = [
        f"{day:%d.%m.%Y}", person.name, person.email, "", mail.subject, "",
        *mail.text.splitlines(),
    ]  # fmt: skip
    return (f"{stem}.docx", docx(lines)) if form else (f"{stem}.pdf", pdf(lines))


def _held(everybody: Iterable[Candidacy]) -> tuple[Candidacy, ...]:
    return tuple(replace(each, rejected=_rejected(each)) for each in everybody)


COMPANY = Company(
    name="Rantapelto Oy",
    title="Held out, Finnish and English: recruiting export, own database, folders of persons",
    domain="rantapelto-esim.fi",
    zone="Europe/Helsinki",
    country="FI",
    sources="""  - {{id: ats, kind: greenhouse, name: ATS, path: {folder}/export}}
  - {{id: hr, kind: database, url: "sqlite:///{folder}/hr.sqlite"}}
  - {{id: files, kind: folder, path: {folder}/files}}""",
    candidacies=_held(candidacies(_CAST)),
    write=write,
    is_held_out=True,
)
