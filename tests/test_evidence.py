"""From a real mail with a real CV attached to every report: each names attachment and page."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from reportlab.pdfgen.canvas import Canvas
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import ROOT

CODE = "131052-308T"
PLACE = "attachment CV.pdf, page 2, line 3"
PAIKKA = "liite CV.pdf, sivu 2, rivi 3"
REGISTER = """
controller: {name: Firma Oy, country: FI, domains: [firma.example]}
activities:
  - id: recruitment
    name: Recruitment
    categories: [contact, recruitment]
    retention: [{id: y, duration: P1Y, trigger: selection_told}]
    systems: [mailbox]
systems: [{id: mailbox, name: Role mailbox, kind: mailbox, sources: [mailbox]}]
"""
AUDIT = """
organisation: {name: Firma Oy, domains: [firma.example]}
register: register.yaml
sources: [{id: mailbox, kind: maildir, name: Role mailbox, path: mailbox}]
"""


def _cv() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    pages = (
        ("Ansioluettelo", "Maija Keksitty", "maija.keksitty@posti.example"),
        ("Henkilötiedot", "Kielitaito: suomi, ruotsi", f"Henkilötunnus: {CODE}"),
    )
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 24 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scan the mail, and leave every report in the folder."""
    folder = tmp_path_factory.mktemp("audit")
    for name in ("cur", "new", "tmp"):
        (folder / "mailbox" / name).mkdir(parents=True)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Maija Keksitty <maija.keksitty@posti.example>"
    mail["To"] = "rekry@firma.example"
    mail["Subject"] = "Hakemus"
    mail["Date"] = "Mon, 05 Jan 2026 10:00:00 +0200"
    mail.set_content("Hei!\n\nHakemukseni on liitteenä.\n")
    mail.add_attachment(_cv(), maintype="application", subtype="pdf", filename="CV.pdf")
    (folder / "mailbox" / "cur" / "1767600000.M1P1.posti").write_bytes(bytes(mail))
    (folder / "kartta.yaml").write_text(AUDIT, "utf-8")
    (folder / "register.yaml").write_text(REGISTER, "utf-8")
    (folder / "printed.txt").write_text(_kartta(folder, "scan", "--workers", "1"), "utf-8")
    for arguments in (
        ("report", "-o", "en.html"),
        ("report", "-o", "fi.html", "--lang", "fi"),
        ("report", "-o", "findings.sarif"),
        ("report", "-o", "findings.json"),
        ("report", "-o", "findings.csv"),
        ("ropa", "export", "register.xlsx"),
    ):
        _kartta(folder, *arguments)
    return folder


def _kartta(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kartta", *arguments, "--today", "2026-11-22"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def _findings(audit: Path) -> list[dict[str, Any]]:
    """Give what the rules say of the identity code."""
    told = json.loads((audit / "findings.json").read_text("utf-8"))
    found = [
        each
        for each in told["violations"]
        if each["rule"] == "LB-09" or each["subject_id"] == "mailbox/identity.national_id"
    ]
    assert {each["rule"] for each in found} == {"LB-09", "MIN-01"}
    return found


def test_the_terminal_names_the_place_of_what_weighs_most(audit: Path) -> None:
    printed = " ".join((audit / "printed.txt").read_text("utf-8").split())

    assert f"1. mailbox: 1767600000.M1P1.posti, {PLACE}" in printed


def test_json_names_the_page_for_programs_and_for_people(audit: Path) -> None:
    for finding in _findings(audit):
        (item,) = finding["evidence"]
        assert item["locator"].startswith("part:CV.pdf/page:2/line:3/offset:")
        assert item["place"] == {"en": PLACE, "fi": PAIKKA}


@pytest.mark.parametrize(("page", "place"), [("en.html", PLACE), ("fi.html", PAIKKA)])
def test_the_page_names_the_place_in_the_finding(audit: Path, page: str, place: str) -> None:
    tree = LexborHTMLParser((audit / page).read_text("utf-8"))

    for finding in _findings(audit):
        digest = hashlib.sha256(finding["fingerprint"].encode()).hexdigest()[:12]
        (breach,) = tree.css(f"li[id='{finding['rule']}-{digest}']")
        assert [each.text() for each in breach.css(".evidence .place")] == [place]


def test_sarif_names_the_place_in_the_result(audit: Path) -> None:
    (run,) = json.loads((audit / "findings.sarif").read_text("utf-8"))["runs"]
    told = {each["partialFingerprints"]["karttaSubject/v1"]: each for each in run["results"]}

    for finding in _findings(audit):
        (location,) = told[finding["fingerprint"]]["locations"]
        (logical,) = location["logicalLocations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": finding["evidence"][0]["asset"], "uriBaseId": "mailbox"}
        assert logical["name"] == PLACE
        assert "/part:CV.pdf/page:2/line:3/" in logical["fullyQualifiedName"]
        assert location["message"]["text"].startswith(PLACE)


def test_the_tables_name_the_place_in_the_row(audit: Path) -> None:
    rows = list(csv.DictReader((audit / "findings.csv").read_text("utf-8-sig").splitlines()))
    sheet = load_workbook(audit / "register.xlsx", read_only=True)["Violations"]
    cells = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]

    for finding in _findings(audit):
        (row,) = (each for each in rows if each["fingerprint"] == finding["fingerprint"])
        assert f" | {PLACE} | " in row["evidence"]
        (told,) = (each for each in cells if finding["fingerprint"] in each)
        assert any(PLACE in cell for cell in told)
