"""No scanned value in logs, output, errors, catalog or reports.

Unique fake values are planted in every kind of source and in the places from which they might
leak: headings, keys, subjects, broken files, primary keys. Everything that a scan and its reports
write is then searched for them.
"""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).parent.parent
MARKER = "zqmarker"
CODES = ("010190-901R", "131052-308T")
"""Valid personal identity codes: one of the range that nobody gets, and the authority's example."""
PHONE = "0409170555"
SPACED = "040 917 0555"


class Planter:
    """Makes unique values."""

    def __init__(self) -> None:
        self.number = 0

    def text(self) -> str:
        """Give a line with a name, an address, a number and a code in it."""
        self.number += 1
        n = self.number
        return (
            f"Matti {MARKER.title()}{n}, {MARKER}{n}@values.example, puh. {SPACED}, "
            f"hetu {CODES[0]}, syntynyt 1.1.1990, https://linkedin.com/in/{MARKER}{n}"
        )


def plant_files(folder: Path, plant: Planter) -> None:
    folder.mkdir()
    (folder / "plain.txt").write_text(plant.text())
    (folder / "latin.txt").write_bytes(("Äiti " + plant.text()).encode("cp1252"))
    (folder / "page.html").write_text(
        f"<title>{plant.text()}</title><a href='mailto:{MARKER}x@values.example'>x</a>"
    )
    # Without headings the first row is data, and so are an object's keys.
    rows = "\n".join(plant.text().replace(", ", ";") for _ in range(5))
    (folder / "headless.csv").write_text(rows)
    (folder / "headed.csv").write_text(f"{MARKER}9@values.example,nimi\n{plant.text()},x\n")
    (folder / "keys.json").write_text(
        json.dumps({f"{MARKER}7@values.example": {"note": plant.text(), CODES[0]: "x"}})
    )
    (folder / "tags.xml").write_text(f"<a b='{MARKER}8@values.example'><c>{plant.text()}</c></a>")
    (folder / "broken.json").write_text('{"a": "' + plant.text())
    (folder / "broken.xml").write_text(f"<a><b>{plant.text()}</a>")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\n" + plant.text().encode())
    (folder / "broken.docx").write_bytes(b"PK\x03\x04" + plant.text().encode())
    (folder / "unknown.bin").write_bytes(bytes(range(256)) + plant.text().encode())
    with zipfile.ZipFile(folder / "bundle.zip", "w") as bundle:
        bundle.writestr("inner.txt", plant.text())
        bundle.writestr("deeper.csv", f"email\n{plant.text()}\n")
    (folder / "mail.eml").write_bytes(bytes(mail(plant)))
    book = Workbook()
    book.create_sheet(CODES[0]).append([f"{MARKER}6@values.example", "pisteet"])
    book.create_sheet(f"Matti {MARKER.title()}")["B2"] = plant.text()
    book.save(folder / "sheets.xlsx")
    plant_database(folder / "inside.sqlite", plant, CODES[0])
    (folder / "matrix.csv").write_text(
        f"kriteeri,Matti {MARKER.title()},Maija Virtanen\nkieli,3,4\n"
    )
    (folder / "people.json").write_text(json.dumps({f"Matti {MARKER.title()}": {"email": "x"}}))


def mail(plant: Planter) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"Matti {MARKER.title()} <{MARKER}from@values.example>"
    message["To"] = f'"{MARKER.title()} To" <{MARKER}to@values.example>'
    message["Subject"] = plant.text()
    message["Date"] = "Mon, 05 Jan 2026 10:00:00 +0200"
    message["Message-ID"] = f"<{MARKER}.id@values.example>"
    message.set_content(plant.text() + "\n\nTehtävään on valittu toinen hakija.\n")
    message.add_attachment(
        plant.text().encode(), maintype="text", subtype="plain", filename="a.txt"
    )
    return message


def plant_mail(folder: Path, plant: Planter) -> None:
    for name in ("cur", "new", "tmp"):
        (folder / "maildir" / name).mkdir(parents=True)
    (folder / "maildir" / "cur" / "1.a.host:2,S").write_bytes(bytes(mail(plant)))
    body = bytes(mail(plant)).replace(b"\r\n", b"\n")
    (folder / "box.mbox").write_bytes(
        f"From {MARKER}env@values.example Mon Jan  5 10:00:00 2026\n".encode() + body + b"\n"
    )


def plant_database(path: Path, plant: Planter, table: str = "muu") -> None:
    with sqlite3.connect(path) as database:
        database.execute("create table hakijat (hetu text primary key, nimi text, valittu text)")
        database.executemany(
            "insert into hakijat values (?, ?, '2024-01-01')",
            [(code, plant.text()) for code in CODES],
        )
        database.execute(f'create table "{table}" (nimi text)')
        database.execute(f'insert into "{table}" values (?)', (plant.text(),))  # noqa: S608
        # A name that breaks a query if not quoted.
        database.execute('create table \'from "x"\' ("select" text)')
        database.execute("insert into 'from \"x\"' values (?)", (plant.text(),))
    database.close()


def plant_recruiting(folder: Path, plant: Planter) -> None:
    folder.mkdir()
    tables = {
        "candidates": [
            {
                "id": 1,
                "first_name": "Matti",
                "last_name": f"{MARKER.title()}",
                "email_addresses": [{"type": "personal", "value": f"{MARKER}@values.example"}],
                "phone_numbers": [{"type": "mobile", "value": SPACED}],
                "custom_fields": {plant.text(): {"name": plant.text(), "value": plant.text()}},
            }
        ],
        "applications": [
            {
                "id": 7,
                "candidate_id": 1,
                "status": "rejected",
                "created_at": "2024-01-01T00:00:00Z",
                "rejected_at": "2024-02-01T00:00:00Z",
                "answers": [{"question": plant.text(), "answer": plant.text()}],
            }
        ],
        "notes": [{"id": 3, "candidate_id": 1, "type": "NOTE", "body": f"<p>{plant.text()}</p>"}],
        "jobs": [{"id": 5, "name": plant.text(), "status": "open"}],
    }
    for name, rows in tables.items():
        (folder / f"{name}.json").write_text(json.dumps(rows))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plant, scan with every log line, write every report; give the folder of what was written."""
    plant = Planter()
    sources = tmp_path_factory.mktemp("sources")
    plant_files(sources / "files", plant)
    plant_mail(sources, plant)
    plant_database(sources / "hr.sqlite", plant)
    plant_recruiting(sources / "recruiting", plant)
    out = tmp_path_factory.mktemp("out")
    (out / "kartta.yaml").write_text(
        f"""
organisation: {{name: Us, domains: [us.example]}}
register: register.yaml
sources:
  - {{id: files, kind: folder, path: "{sources}/files"}}
  - {{id: maildir, kind: maildir, path: "{sources}/maildir"}}
  - {{id: box, kind: mbox, path: "{sources}/box.mbox"}}
  - {{id: hr, kind: database, url: "sqlite:///{sources}/hr.sqlite",
      milestones: {{hakijat.valittu: told}}}}
  - {{id: gone, kind: database, url: "sqlite:///{sources}/not-there.sqlite"}}
  - {{id: ats, kind: greenhouse, path: "{sources}/recruiting"}}
"""
    )
    (out / "register.yaml").write_text(
        """
controller: {name: Us, country: FI}
activities:
  - id: hiring
    name: Hiring
    retention: [{id: year, duration: P1Y, trigger: selection_told}]
    systems: [all]
systems: [{id: all, name: All, kind: other, sources: ["*"]}]
"""
    )
    run(out, "scan", "--workers", "2", "--format", "json")
    run(out, "scan", "--full", "--workers", "1")
    for name in ("a.html", "a.sarif", "a.json", "a.csv", "a.xlsx"):
        run(out, "report", "-o", name)
    for name in ("g.svg", "g.graphml", "g.json", "g.mmd", "g.dot"):
        run(out, "graph", "-o", name)
    run(out, "coverage")
    run(out, "doctor", expect=None)
    run(out, "inspect", str(sources / "files"))
    run(out, "inspect", "--jsonl", str(sources / "files"))
    run(out, "diff", "--format", "json")
    run(out, "diff", "--trend")
    for source in ("files", "maildir", "hr", "ats"):
        run(out, "show", late(out, source), "--context", "9")
    why = ("--reason", "They look alike", "--kind", "false-alarm")
    run(out, "waive", late(out, "hr"), *why, "--scope", "value")
    run(out, "scan", "--workers", "1", "--write-baseline", "known.json")
    return out


def late(folder: Path, source: str) -> str:
    """Give the finding of a copy that is kept too long in a source."""
    violations = json.loads((folder / "a.json").read_text())["violations"]
    return next(
        str(each["id"])
        for each in violations
        if each["rule"] == "RET-01" and each["evidence"][0]["source"] == source
    )


def run(folder: Path, *arguments: str, expect: int | None = 0) -> None:
    """Run one command and keep what it printed beside what it wrote."""
    done = subprocess.run(
        [sys.executable, "-m", "kartta", "--debug", "--log-format", "json", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "400"},
        capture_output=True,
        check=False,
    )
    with (folder / "printed.txt").open("ab") as printed:
        printed.write(done.stdout + done.stderr)
    if expect is not None:
        assert done.returncode == expect, done.stderr.decode()[-2_000:]


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Give everything that was written, workbooks and the catalog unpacked."""
    for path in folder.rglob("*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    yield f"{path.name}/{name}", book.read(name).decode("utf-8", "replace")
        elif path.is_file() and path.name != "key":
            yield path.name, path.read_bytes().decode("utf-8", "replace")


def test_the_planted_values_were_found(written: Path) -> None:
    """A scan that found nothing would leak nothing."""
    result = json.loads((written / "a.json").read_text())
    seen = {(entry["source"], entry["entity"]) for entry in result["categories"]}

    for source in ("files", "maildir", "box", "hr", "ats"):
        assert (source, "EMAIL_ADDRESS") in seen
        assert (source, "FI_PERSONAL_IDENTITY_CODE") in seen


def test_findings_are_shown_masked_and_have_ids_of_their_own(written: Path) -> None:
    """Commands that printed nothing would leak nothing."""
    printed = (written / "printed.txt").read_text("utf-8")
    ids = [each["id"] for each in json.loads((written / "a.json").read_text())["violations"]]

    assert printed.count("»") >= 4
    assert "values:" in (written / "waivers.yaml").read_text()
    assert len(set(ids)) == len(ids)


def test_no_planted_value_is_written_anywhere(written: Path) -> None:
    forbidden = (MARKER, PHONE, SPACED, PHONE[1:], *CODES)

    leaks = {
        (name, value)
        for name, text in contents(written)
        for value in forbidden
        if value in text.lower() or value in text
    }
    assert leaks == set()
