"""What is kept of a value: the least that a report needs, and with `privacy: strict` nothing."""

import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.mask import mask
from scanner.locator import WHOLE
from scanner.model import Segment
from tests.conftest import ROOT

NAME = "Onni Lahti"
MEMBER = "Onni_Lahti_CV.TXT"


@pytest.mark.parametrize(
    ("entity", "texts"),
    [
        ("PERSON", ("Li Wu", "Maija Keksitty", "Anna-Kaarina Väätäinen")),
        ("FI_PERSONAL_IDENTITY_CODE", ("010190-900P", "020290-900T")),
        ("PHONE_NUMBER", ("040 123 4512", "09 123")),
        ("EMAIL_ADDRESS", ("a@b.fi", "maija.keksitty@posti.example.fi")),
        ("BIRTH_DATE", ("1.1.1990", "31. joulukuuta 1989")),
        ("CREDIT_CARD", ("4111 1111 1111 1111", "5555555555554444")),
        ("LOCATION", ("Ii", "Jyväskylä")),
        ("OWN_WORD", ("Hanke Kuu", "Hanke Kuunari")),
    ],
)
def test_a_mask_tells_no_values_apart(entity: str, texts: tuple[str, ...]) -> None:
    """Initials, the length of a name and an identity code's last character were stored."""
    assert 1 == len({mask(entity, text) for text in texts})


def test_strict_finds_the_same_and_keeps_no_sample() -> None:
    segment = Segment(WHOLE, f"{NAME}, hetu 010190-900P, onni.lahti@posti.example")
    settings = DetectorSettings()
    kept = Analyser(settings, b"k" * 32).examine([segment])
    strict = settings.model_copy(update={"privacy": "strict"})
    least = Analyser(strict, b"k" * 32).examine([segment])

    assert any(each.samples for each in kept.sightings)
    assert not any(each.samples for each in least.sightings)
    assert kept.identifiers == least.identifiers
    assert [(each.entity, each.count) for each in kept.sightings] == [
        (each.entity, each.count) for each in least.sightings
    ]


def kartta(folder: Path, *words: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "kartta", *words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def _plant(folder: Path) -> None:
    """Make a mail with a mail, a member of an archive and a broken file in it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr(MEMBER, f"{NAME}\nonni.lahti@posti.example\nhetu 010190-900P\n" * 5)
    inner, outer = EmailMessage(), EmailMessage()
    for message in (inner, outer):
        message["From"], message["To"] = f"{NAME} <onni.lahti@posti.example>", "rekry@example.fi"
        message["Date"] = "Mon, 05 Jan 2026 10:00:00 +0200"
        message.set_content("Hakemus liitteenä.")
    for name, content in ((MEMBER + ".zip", archive.getvalue()), (MEMBER + ".pdf", b"%PDF-1.4\n")):
        inner.add_attachment(content, maintype="application", subtype="x", filename=name)
    outer.add_attachment(inner, filename="Onni_Lahti_hakemus.eml")
    (folder / "files").mkdir()
    (folder / "files" / "mail.eml").write_bytes(bytes(outer))


def test_no_name_of_a_part_is_stored_and_inspect_shows_the_same(tmp_path: Path) -> None:
    _plant(tmp_path)
    sources = "sources: [{id: files, kind: folder, path: files}]\n"
    (tmp_path / "kartta.yaml").write_text(sources)
    kartta(tmp_path, "scan")
    catalog = tmp_path / ".kartta" / "catalog.sqlite"
    assert b"Onni_Lahti" in _dump(catalog)

    (tmp_path / "kartta.yaml").write_text(f"privacy: strict\n{sources}")
    kartta(tmp_path, "scan")
    kartta(tmp_path, "report", "-o", "findings.html")
    with sqlite3.connect(catalog) as connection:
        query = "select locator from sightings union select locator from skips"
        stored = {tuple(json.loads(text)) for (text,) in connection.execute(query)}
        (samples,) = connection.execute("select count(*) from sightings where samples != '[]'")
    connection.close()
    seen = {
        json.loads(line)["locator"]
        for line in kartta(tmp_path, "inspect", "--jsonl", "files").splitlines()
    }

    assert (0,) == samples
    assert b"Onni" not in _dump(catalog) + (tmp_path / "findings.html").read_bytes()
    assert {"/".join(place) for place in stored if place[-1][-4:] == ".txt"} <= seen
    suffixes = {step.rpartition(".")[2] for place in stored for step in place if "part:" in step}
    assert {"zip", "txt", "pdf", "eml"} == suffixes


def _dump(catalog: Path) -> bytes:
    with sqlite3.connect(catalog) as connection:
        text = "\n".join(connection.iterdump())
    connection.close()
    return text.encode()
