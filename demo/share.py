"""The file share: a folder for each vacancy, lists, an export of the old system, an old folder."""

import csv
import io
import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from demo.documents import docx, png, xlsx
from demo.letters import application, cv_file, interview_note
from demo.people import CANDIDACIES, Candidacy, candidacies_in

SHORTLIST = "Rekry/2025 Asentaja/kärkiehdokkaat.xlsx"
OPEN_TO_ALL = "Rekry/2025 Asentaja/CV_nguyen.docx"
"""The one file that everybody on the machine can read."""
_FOLDERS = {
    "VA21": "Rekry/2021 Vartija (vanha)",
    "HP24": "Rekry/2024 Hälytyspäivystäjä",
    "AS25": "Rekry/2025 Asentaja",
    "MY26": "Rekry/2026 Myynti",
}
_INTERVIEWED = {"suo": 21, "lahti": 40, "salo": 30, "naatanen": 45, "rautio": 44}


def write(out: Path) -> None:
    """Write the share; times and rights are set for each file."""
    for candidacy in candidacies_in("share"):
        folder = _FOLDERS[candidacy.vacancy.code]
        name, content = cv_file(candidacy)
        _put(out, f"{folder}/{name}", content, candidacy.applied)
        days = _INTERVIEWED.get(candidacy.person.key)
        if days:
            _put_note(out, folder, candidacy, candidacy.applied + timedelta(days=days))
    letter = next(entry for entry in CANDIDACIES if entry.person.key == "laine")
    _put(
        out, f"{_FOLDERS['HP24']}/hakemus_laine.txt", application(letter).encode("cp1252"),
        letter.applied,
    )  # fmt: skip
    _put(out, SHORTLIST, xlsx("Kärki", _shortlist()), date(2025, 10, 1))
    _put(out, "Rekry/vanha järjestelmä/vienti.csv", _export().encode("latin-1"), date(2024, 4, 2))
    _put(out, f"{_FOLDERS['VA21']}/skannattu_todistus.png", png(), date(2021, 5, 4))
    _put(
        out, "Ohjeet/haastattelun kulku.docx",
        docx(("Haastattelun kulku", "1. Esittely", "2. Tehtävä", "3. Kysymykset", "4. Lopetus")),
        date(2025, 1, 15),
    )  # fmt: skip
    _put(out, "Ohjeet/tyhjä.txt", b"", date(2025, 1, 15))
    (out / OPEN_TO_ALL).chmod(0o644)


def _put_note(out: Path, folder: str, candidacy: Candidacy, at: date) -> None:
    lines = interview_note(candidacy, at)
    name = f"{folder}/haastattelu_{candidacy.person.key}"
    if candidacy.person.number % 2:
        _put(out, f"{name}.docx", docx(lines), at)
    else:
        _put(out, f"{name}.txt", "\n".join(lines).encode(), at)


def _put(out: Path, name: str, content: bytes, day: date) -> None:
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o600)
    stamp = datetime.combine(day, time(12), UTC).timestamp()
    os.utime(path, (stamp, stamp))


def _shortlist() -> list[list[str | int]]:
    rows: list[list[str | int]] = [["Nimi", "Sähköposti", "Puhelin", "Henkilötunnus", "Pisteet"]]
    for candidacy in CANDIDACIES:
        if candidacy.vacancy.code == "AS25":
            person = candidacy.person
            points = 10 - person.number % 4
            rows.append([person.name, person.email, person.phone, person.identity_code, points])
    return rows


def _export() -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(("hakija", "sahkoposti", "puhelin", "osoite", "tehtava", "haettu"))
    for candidacy in CANDIDACIES:
        if candidacy.vacancy.code == "HP24":
            person = candidacy.person
            writer.writerow(
                (person.name, person.email, person.phone, person.address, candidacy.vacancy.fi,
                 candidacy.applied.isoformat())
            )  # fmt: skip
    return buffer.getvalue()
