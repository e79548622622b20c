"""Small office documents made by hand, byte for byte the same at each run."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from html import escape

from openpyxl import Workbook

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(members: Mapping[str, bytes], *, locked: bool = False) -> bytes:
    """Pack a ZIP archive; a locked one says that its members are encrypted."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    data = buffer.getvalue()
    if locked:
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data = re.sub(
                re.escape(mark) + b".{%d}" % (at - 4) + b"(.)",
                lambda found: found[0][:-1] + bytes([found[1][0] | 1]),
                data,
                flags=re.DOTALL,
            )
    return data


def docx(paragraphs: Sequence[str]) -> bytes:
    """Write a text document."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    )
    return archive(
        {
            "[Content_Types].xml": _CONTENT_TYPES.encode(),
            "_rels/.rels": _RELATIONSHIPS.encode(),
            "word/document.xml": document.encode(),
        }
    )


def pdf(lines: Sequence[str], *, locked: bool = False) -> bytes:
    """Write one page of text in Windows-1252; a locked one asks for a password that nobody has."""
    rows = "\n".join(f"({_literal(line)}) Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 60 780 Td\n{rows}\nET".encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    trailer = b"/Root 1 0 R"
    if locked:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"4b" * 32, b"6f" * 32)
        )
        trailer += b" /Encrypt 6 0 R /ID [<%s> <%s>]" % (b"3a" * 16, b"3a" * 16)
    data, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d %s >>\n"
        % (
            size,
            table,
            size,
            trailer,
        )
        + b"startxref\n%d\n%%%%EOF\n" % len(data)
    )


def xlsx(title: str, rows: Sequence[Sequence[str | int]]) -> bytes:
    """Write a workbook of one sheet, without the clock that openpyxl puts into it."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    workbook.save(buffer)
    with zipfile.ZipFile(buffer) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    core = "docProps/core.xml"
    members[core] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2025-10-01T09:00:00Z", members[core])
    return archive(members)


def png(width: int = 240, height: int = 320) -> bytes:
    """Draw grey lines that look like a scanned page: there is no text in it to examine."""
    paper, ink = (
        b"\0" + b"\xf4" * width,
        b"\0" + b"\xf4" * 20 + b"\x60" * (width - 60) + b"\xf4" * 40,
    )
    raw = b"".join(ink if row % 16 in {0, 1, 2} else paper for row in range(height))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))
        for tag, body in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            (b"IDAT", zlib.compress(raw, 9)),
            (b"IEND", b""),
        )
    )


def _literal(line: str) -> str:
    return re.sub(r"([\\()])", r"\\\1", line)
