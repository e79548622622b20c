"""Files of every kind about invented people, made on the spot."""

import csv
import io
import json
import sqlite3
import tarfile
import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
from openpyxl.comments import Comment
from reportlab.pdfgen.canvas import Canvas

from scanner.errors import AssetError
from scanner.extract.base import Budget, Limits, part_of
from scanner.extract.dispatch import extract, skip_of
from scanner.model import Content, Segment, Skip

NAME = "Aino Esimerkkilä"
EMAIL = "aino@example.org"
PHONE = "+358 40 000 0000"
TEXT = f"Hei,\nolen {NAME}, {EMAIL}, {PHONE}.\n"

MAIL = f"""\
Return-Path: <{EMAIL}>
From: =?utf-8?Q?Aino_Esimerkkil=C3=A4?= <Aino@Example.org>
To: Rekry <rekry@yritys.example>, "Toinen, Testi" <toinen@yritys.example>
Cc: kolmas@yritys.example
Subject: =?iso-8859-1?B?SGFrZW11cyAtIOTk5A==?=
Date: Tue, 03 Mar 2026 10:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{TEXT}
--inner
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

<p>{TEXT}</p>
--inner--
--outer
Content-Type: text/plain; charset=iso-8859-1
Content-Disposition: attachment; filename*=utf-8''cv%20%C3%A4.txt
Content-Transfer-Encoding: base64

QWlubyBFc2ltZXJra2ls5A==
--outer
Content-Type: message/rfc822

From: sisu@example.org
To: aino@example.org
Subject: edelleen
Date: Mon, 02 Mar 2026 08:00:00 -0000

Sisempi viesti Veikolta.
--outer--
"""


def pdf(*pages: str) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setAuthor(NAME)
    canvas.setTitle("Ansioluettelo")
    for text in pages:
        for number, line in enumerate(text.splitlines()):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.linkURL(f"mailto:{EMAIL}", (72, 700, 200, 720))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.core_properties.author = NAME
    document.add_paragraph(TEXT)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "puhelin", PHONE
    document.sections[0].header.paragraphs[0].text = "Ylätunniste"
    document.sections[0].footer.paragraphs[0].text = "Alatunniste"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def slides() -> bytes:
    presentation = pptx.Presentation()
    for title in (NAME, "Toinen"):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
        slide.notes_slide.notes_text_frame.text = f"Muistiinpano {title}"
    target = io.BytesIO()
    presentation.save(target)
    return target.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Hakijat"
    for row in (("nimi", "puhelin"), (NAME, PHONE), ("Veikko Testinen", "0400000001")):
        sheet.append(row)
    sheet["A2"].comment = Comment("Muista soittaa Veikolle", "HR")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def odt() -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<text:p>Olen <text:span>Aino</text:span><text:s/>Esimerkkilä<text:tab/>{PHONE}</text:p>"
        "</office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": mimetype.encode(), "content.xml": content.encode()})


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return target.getvalue()


def database(folder: Path) -> bytes:
    path = folder / "made.sqlite"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute('CREATE TABLE "hakijat" (nimi TEXT, puhelin TEXT, cv BLOB)')
    rows = [(NAME, PHONE, pdf(TEXT)), ("Veikko", "1", None)]
    connection.executemany("INSERT INTO hakijat VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.close()
    return path.read_bytes()


def table() -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerows([("nimi", "puhelin"), (NAME, PHONE), ("Veikko\nTestinen", "0400000001")])
    return target.getvalue().encode()


def tree() -> bytes:
    people = [{"name": NAME, "email": EMAIL}, {"name": "Veikko", "email": "veikko@example.org"}]
    return json.dumps({"candidates": people}).encode()


def read(name: str, content: bytes, limits: Limits | None = None) -> list[Content]:
    """Read bytes as the scanner does; a failure of the whole as the `Skip` that it becomes."""
    part = part_of(name, content)
    try:
        return list(extract(part, Budget(limits or Limits())))
    except AssetError as error:
        return [skip_of(error, part)]


def text(contents: list[Content]) -> str:
    return "\n".join(each.text for each in contents if isinstance(each, Segment))


def skips(contents: list[Content]) -> list[Skip]:
    return [each for each in contents if isinstance(each, Skip)]


def labelled(contents: list[Content]) -> dict[str, str]:
    return {each.label: each.text for each in contents if isinstance(each, Segment)}
