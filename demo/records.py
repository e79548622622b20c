"""The two structured stores: a recruiter's own database and the recruiting system's export."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from demo.letters import cv_file, interview_note, selection_notice
from demo.people import CANDIDACIES, VACANCIES, Candidacy, Person, candidacies_in

POOL_UNTIL = date(2027, 11, 30)
"""End of the consent of the one person in the talent pool."""
IN_POOL = "obrien"
_STAFF = ((501, "Outi", "Hanhijärvi"), (502, "Petri", "Kallio-Aho"))
_SCORED = ("lahti", "nguyen", "salo", "naatanen", "halla")
_ORDERS = (
    ("9999001-1", "Kaapeli Oy", "Ovikytkin", 12, "2026-01-14"),
    ("9999002-2", "Putki Oy", "Savuilmaisin", 40, "2026-02-20"),
    ("9999003-3", "Lauta Oy", "Keskusyksikkö", 3, "2026-09-08"),
)

Row = dict[str, Any]


def write_database(path: Path) -> None:
    """Write the SQLite database: applicants, interviews, and orders without a person in them."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            """
            create table hakijat (id integer primary key, nimi text, sahkoposti text,
                puhelin text, tehtava text, haettu date, paatos_ilmoitettu date);
            create table haastattelut (id integer primary key,
                hakija_id integer references hakijat (id), pidetty date, muistio text);
            create table tilaukset (id integer primary key, y_tunnus text, asiakas text,
                tuote text, maara integer, tilattu date);
            """
        )
        for number, candidacy in enumerate(candidacies_in("db"), start=1):
            person, vacancy = candidacy.person, candidacy.vacancy
            told = vacancy.told if candidacy.outcome == "rejected" else None
            connection.execute(
                "insert into hakijat values (?, ?, ?, ?, ?, ?, ?)",
                (number, person.name, person.email, person.phone, vacancy.fi,
                 candidacy.applied.isoformat(), told.isoformat() if told else None),
            )  # fmt: skip
            held = candidacy.applied + timedelta(days=30)
            note = "\n".join(interview_note(candidacy, held)[2:5])
            connection.execute(
                "insert into haastattelut values (?, ?, ?, ?)",
                (number, number, held.isoformat(), note),
            )
        connection.executemany(
            "insert into tilaukset (y_tunnus, asiakas, tuote, maara, tilattu)"
            " values (?, ?, ?, ?, ?)",
            _ORDERS,
        )
    path.chmod(0o600)


def write_export(out: Path) -> None:
    """Write the recruiting system's export: one JSON array for each resource, newest id first."""
    files = out / "files"
    files.mkdir(parents=True, exist_ok=True)
    for candidacy in candidacies_in("ats"):
        name, content = cv_file(candidacy)
        folder = files / str(_attachment_id(candidacy))
        folder.mkdir(exist_ok=True)
        _write(folder / name, content)
    for resource, rows in _resources().items():
        newest_first = sorted(rows, key=lambda row: -int(row["id"]))
        text = json.dumps(newest_first, ensure_ascii=False, indent=1) + "\n"
        _write(out / f"{resource}.json", text.encode())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)


def _resources() -> dict[str, list[Row]]:
    held = candidacies_in("ats")
    jobs = [vacancy for vacancy in VACANCIES.values() if vacancy.id > 100]  # noqa: PLR2004 - 100 is older than the system
    return {
        "candidates": [_candidate(candidacy.person, candidacy) for candidacy in held],
        "applications": [_application(candidacy) for candidacy in held] + [_prospect(held)],
        "attachments": [_attachment(candidacy) for candidacy in held],
        "rejection_details": [
            {
                "id": 60_000 + candidacy.person.number,
                "application_id": _application_id(candidacy),
                "rejected_at": _stamp(candidacy.vacancy.told),
                "rejected_by_id": 501,
                "rejection_reason_id": 1,
                "rejection_note_id": None,
                "created_at": _stamp(candidacy.vacancy.told),
                "updated_at": _stamp(candidacy.vacancy.told),
            }
            for candidacy in held
            if candidacy.outcome == "rejected"
        ],
        "notes": [note for candidacy in held for note in _notes(candidacy)],
        "scorecards": [_scorecard(entry) for entry in held if entry.person.key in _SCORED],
        "jobs": [
            {
                "id": vacancy.id,
                "name": vacancy.fi,
                "requisition_id": vacancy.code,
                "status": "closed" if vacancy.closed else "open",
                "opened_at": _stamp(vacancy.opened),
                "closed_at": _stamp(vacancy.closed),
                "confidential": False,
                "is_template": False,
                "notes": None,
                "created_at": _stamp(vacancy.opened),
                "updated_at": _stamp(vacancy.closed or vacancy.opened),
            }
            for vacancy in jobs
        ],
        "openings": [_opening(vacancy.id) for vacancy in jobs],
        "close_reasons": [
            {"id": 1, "name": "Hire - New Headcount"},
            {"id": 2, "name": "Position cancelled"},
        ],
        "rejection_reasons": [
            {
                "id": 1,
                "name": "Another candidate was chosen",
                "type": {"id": 1, "key": "WE_REJECTED_THEM", "name": "We rejected them"},
            }
        ],
        "users": [
            {
                "id": number,
                "first_name": first,
                "last_name": last,
                "name": f"{first} {last}",
                "primary_email": f"{_ascii(first)}.{_ascii(last)}@tahtivahti.example",
                "deactivated": False,
                "site_admin": number == _STAFF[0][0],
            }
            for number, first, last in _STAFF
        ],
    }


def _candidate(person: Person, candidacy: Candidacy) -> Row:
    in_pool = person.key == IN_POOL
    consent = {"name": "Talent pool consent until", "type": "date", "value": str(POOL_UNTIL)}
    return {
        "id": 20_000 + person.number,
        "first_name": person.first,
        "last_name": person.last,
        "preferred_name": None,
        "company": person.work.partition(", ")[2],
        "title": person.work.partition(", ")[0],
        "private": False,
        "can_email": True,
        "tags": ["talent pool"] if in_pool else [],
        "time_zone": "Europe/Helsinki",
        "created_at": _stamp(candidacy.applied),
        "updated_at": _stamp(candidacy.vacancy.told or candidacy.applied),
        "last_activity_at": _stamp(candidacy.vacancy.told or candidacy.applied),
        "linked_user_ids": [],
        "email_addresses": [{"type": "personal", "value": person.email}],
        "phone_numbers": [{"type": "mobile", "value": person.phone}],
        "addresses": [{"type": "home", "value": person.address}],
        "website_addresses": [],
        "social_media_addresses": [],
        "custom_fields": {"talent_pool_consent_until": consent} if in_pool else {},
    }


def _application(candidacy: Candidacy) -> Row:
    status = {"hired": "hired", "rejected": "rejected", "undecided": "in_process"}
    rejected = candidacy.outcome == "rejected"
    return {
        "id": _application_id(candidacy),
        "candidate_id": 20_000 + candidacy.person.number,
        "job_id": candidacy.vacancy.id or None,
        "prospect": not candidacy.vacancy.id,
        "prospective_job_ids": [],
        "status": status[candidacy.outcome],
        "created_at": _stamp(candidacy.applied),
        "updated_at": _stamp(candidacy.vacancy.told or candidacy.applied),
        "last_activity_at": _stamp(candidacy.vacancy.told or candidacy.applied),
        "rejected_at": _stamp(candidacy.vacancy.told) if rejected else None,
        "rejection_reason_id": 1 if rejected else None,
        "stage_name": "Application Review" if candidacy.outcome == "undecided" else "Offer",
        "recruiter_id": 501,
        "location_address": candidacy.person.address,
        "answers": [{"question": "Milloin voit aloittaa?", "answer": "Kuukauden kuluttua"}],
        "custom_fields": {},
    }


def _prospect(held: tuple[Candidacy, ...]) -> Row:
    pooled = next(candidacy for candidacy in held if candidacy.person.key == IN_POOL)
    return _application(pooled) | {
        "id": 39_999,
        "job_id": None,
        "prospect": True,
        "status": "in_process",
        "created_at": _stamp(date(2025, 11, 12)),
        "updated_at": _stamp(date(2025, 11, 12)),
        "last_activity_at": _stamp(date(2025, 11, 12)),
        "rejected_at": None,
        "rejection_reason_id": None,
        "answers": [],
    }


def _attachment(candidacy: Candidacy) -> Row:
    number, name = _attachment_id(candidacy), cv_file(candidacy)[0]
    return {
        "id": number,
        "application_id": _application_id(candidacy),
        "candidate_id": 20_000 + candidacy.person.number,
        "filename": name,
        "type": "resume",
        "url": f"files/{number}/{name}",
        "created_at": _stamp(candidacy.applied),
        "updated_at": _stamp(candidacy.applied),
    }


def _notes(candidacy: Candidacy) -> list[Row]:
    person, told = candidacy.person, candidacy.vacancy.told
    common = {
        "candidate_id": 20_000 + person.number,
        "application_id": _application_id(candidacy),
        "visibility": "publicly_visible",
        "user_id": 501,
        "email_cc": [],
    }
    notes: list[Row] = []
    if told and candidacy.outcome == "rejected":
        text = selection_notice(candidacy)
        notes.append(
            {"id": 70_000 + person.number, "type": "EMAIL", "subject": "Rekrytointi: päätös",
             "body": text, "body_with_tags": text, "email_from": "rekry@tahtivahti.example",
             "email_to": person.email, "created_at": _stamp(told)} | common
        )  # fmt: skip
    if person.key in _SCORED:
        text = "Soitettu hakijalle, haastattelu sovittu."
        notes.append(
            {"id": 71_000 + person.number, "type": "NOTE", "subject": None, "body": text,
             "body_with_tags": text, "email_from": None, "email_to": None,
             "created_at": _stamp(candidacy.applied + timedelta(days=7))} | common
        )  # fmt: skip
    return notes


def _scorecard(candidacy: Candidacy) -> Row:
    held = _stamp(candidacy.applied + timedelta(days=14))
    return {
        "id": 80_000 + candidacy.person.number,
        "application_id": _application_id(candidacy),
        "interview_kit_id": 1,
        "interviewer_id": 502,
        "submitter_id": 502,
        "status": "complete",
        "candidate_rating": "yes",
        "interviewed_at": held,
        "submitted_at": held,
        "notes": f"{candidacy.person.first} vastasi selkeästi. Osaamisen arviointi: hyvä.",
        "public_notes": None,
        "private_notes": None,
    }


def _opening(job: int) -> Row:
    vacancy = next(entry for entry in VACANCIES.values() if entry.id == job)
    hired = [
        _application_id(entry)
        for entry in CANDIDACIES
        if entry.vacancy.id == job and entry.outcome == "hired"
    ]
    reason = (1 if hired else 2) if vacancy.closed else None
    return {
        "id": 90_000 + job,
        "job_id": job,
        "opening_id": vacancy.code,
        "open": vacancy.closed is None,
        "opened_at": _stamp(vacancy.opened),
        "closed_at": _stamp(vacancy.closed),
        "application_id": hired[0] if hired else None,
        "close_reason_id": reason,
    }


def _application_id(candidacy: Candidacy) -> int:
    return 30_000 + candidacy.person.number


def _attachment_id(candidacy: Candidacy) -> int:
    return 50_000 + candidacy.person.number


def _stamp(day: date | None) -> str | None:
    return f"{datetime.combine(day, time(10), UTC):%Y-%m-%dT%H:%M:%S}.000Z" if day else None


def _ascii(name: str) -> str:
    return name.lower().replace("ä", "a").replace("ö", "o")
