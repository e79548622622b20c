"""What a part is: its bytes decide, its name only where they say nothing."""

import re
import zipfile
import zlib
from typing import BinaryIO

from scanner.errors import Encrypted, Unsupported
from scanner.extract import faults, ole, plain
from scanner.extract.base import Part
from scanner.extract.registry import BUILTIN, BY_NAME, BY_SUFFIX, Format, added

HEAD = 16_384

GENERAL = frozenset({"text", "json", "xml", "zip"})
"""What says little about what is in it: a plug-in may know better."""
FOREIGN = (
    (b"{\\rtf", "a Rich Text (RTF) document"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"BM", "an image (BMP)"),
    (b"8BPS", "an image (Photoshop)"),
    (b"\0\0\1\0", "an image (icon)"),
    (b"\xd7\xcd\xc6\x9a", "an image (WMF)"),
    (b"\1\0\0\0", "an image (EMF)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"MSCF", "a cabinet archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x04\x22\x4d\x18", "an LZ4 archive"),
    (b"!<arch>", "an ar archive or package"),
    (b"!BDN", "an Outlook mailbox (PST/OST)"),
    (b"\x78\x9f\x3e\x22", "an Outlook TNEF attachment (winmail.dat)"),
    (b"\0\1\0\0Standard", "an Access database"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "a OneNote section"),
    (b"ITSF", "a compiled help file (CHM)"),
    (b"\xffWPC", "a WordPerfect document"),
    (b"%!PS", "a PostScript document"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript document"),
    (b"PAR1", "a Parquet table"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"wOF", "a font"),
    (b"OTTO", "a font"),
    (b"\0\1\0\0\0", "a font"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"\x1a\x45\xdf\xa3", "a video"),
    (b"\x00\x05\x16\x07", "macOS file attributes"),
)
PACKED = (
    ("Index/Document.iwa", "an Apple iWork document"),
    ("Index.zip", "an Apple iWork document"),
    ("FixedDocSeq.fdseq", "an XPS document"),
    ("FixedDocumentSequence.fdseq", "an XPS document"),
)
MEDIA_TYPES = {
    "text/html": "html",
    "text/csv": "csv",
    "text/xml": "xml",
    "application/xml": "xml",
    "application/json": "json",
    "message/rfc822": "eml",
}
PRETTY_SURE = frozenset(
    b"received message-id mime-version return-path delivered-to x-mozilla-status".split()
)
USUAL = frozenset(b"from to cc subject date reply-to sender content-type".split())
PDF = re.compile(rb"%PDF-[12]\.\d")
HEADER = re.compile(rb"([!-9;-~]{1,60}):(?: |\t|\r?\n)")
ENVELOPED = bytes.fromhex("06092a864886f70d010703")
SIGNED = bytes.fromhex("06092a864886f70d010702")
HTML = re.compile(
    r"\s*(?>(?:<!--.*?-->|<\?xml.{0,200}?\?>)\s*)*+<(?:!doctype html|html|head|body|meta|div|p|"
    r"table|span|br|h[1-6]|font|title|a|ul|ol|center|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
XML = re.compile(r"\s*<(?:\?xml\b|!DOCTYPE \w|!ENTITY|svg\b|kml\b|rss\b|feed\b)", re.IGNORECASE)
JSON = re.compile(r'\s*(?:\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*(?:\{\s*"|\[\s*["\d\[]|"))')
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\b\x1a\x0b"))


def sniff(part: Part) -> Format:
    """Find the format; the stream stays where it was.

    Raises:
        Unsupported: the bytes are of a format that no extractor reads; the message names it.
        Encrypted: the bytes can only be read with a key.
    """
    start = part.stream.tell()
    head = part.stream.read(HEAD)
    try:
        name = _by_bytes(part.stream, head) or _by_syntax(part, head)
        own = BY_NAME[name] if name else _by_name(part, head)
    except Unsupported:
        other = _by_plugin(part, head)
        if other is None:
            raise
        return other
    finally:
        part.stream.seek(start)
    return (_by_plugin(part, head) if own.name in GENERAL else None) or own


def _by_plugin(part: Part, head: bytes) -> Format | None:
    """Ask the formats of installed packages: bytes first, then a suffix that is none of ours."""
    formats = added()
    start, suffix = head.removeprefix(b"\xef\xbb\xbf"), suffix_of(part.name)
    for form in formats:
        if form.magic and start.startswith(form.magic):
            return form
    if suffix in BY_SUFFIX:
        return None
    return next((form for form in formats if suffix in form.suffixes), None)


def suffix_of(name: str) -> str:
    """Give the last suffix, lower case, with its dot."""
    _stem, dot, suffix = name.rpartition(".")
    return dot + suffix.strip().lower() if dot else ""


def _by_bytes(stream: BinaryIO, head: bytes) -> str:
    """Decide by magic numbers."""
    for form in BUILTIN:
        if form.magic and head.startswith(form.magic):
            return form.name
    if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        return _packed(stream)
    if head.startswith(ole.MAGIC):
        return _compound(stream)
    if head[257:262] == b"ustar" or _is_old_tar(head):
        return "tar"
    if PDF.search(head[:1024]) and b" obj" in head and not _mail(head, strong=True):
        return "pdf"
    _refuse(head)
    return ""


def _refuse(head: bytes) -> None:
    """Name a format that is known and not read."""
    if head.startswith((b"-----BEGIN PGP MESSAGE", b"-----BEGIN ENCRYPTED")):
        raise Encrypted("encrypted with PGP or a password")
    if head[:1] == b"0" and ENVELOPED in head[:64]:
        raise Encrypted("encrypted mail (S/MIME)")
    if head[:1] == b"0" and SIGNED in head[:64]:
        raise Unsupported("a signed container (S/MIME, PKCS #7) is not read")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise Unsupported("an image (WebP) is not read")
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        raise Unsupported("a sound recording, video or photo is not read")
    for magic, name in FOREIGN:
        if head.startswith(magic) and (len(magic) > 2 or _is_binary(head)):  # noqa: PLR2004 - words too
            raise Unsupported(f"{name} is not read")


def _packed(stream: BinaryIO) -> str:
    """Tell the documents that are zip archives apart."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = frozenset(archive.namelist())
            kind = b""
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    kind = member.read(80)
    except (
        zlib.error,
        zipfile.BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ) as error:
        faults.expect_none(error)
        return "zip"
    for name, title in PACKED:
        if name in names:
            raise Unsupported(f"{title} is not read")
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "xlsx"
    if kind.startswith((b"application/vnd.oasis.opendocument", b"application/vnd.sun.xml")):
        return "odf"
    if any(name.endswith("[Content_Types].xml") for name in names):
        for folder, form in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(name.lower().replace("\\", "/").startswith(folder) for name in names):
                return form
    return "zip"


def _compound(stream: BinaryIO) -> str:
    """Tell the documents in OLE containers apart."""
    names = ole.names(stream)
    if {"encryptedpackage", "encryptioninfo"} & set(map(str.lower, names)):
        raise Encrypted("an Office document protected with a password")
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "xlsx"
    if "WordDocument" in names:
        raise Unsupported("a Word 97-2003 document (.doc) is not read")
    if "PowerPoint Document" in names:
        raise Unsupported("a PowerPoint 97-2003 document (.ppt) is not read")
    if "__properties_version1.0" in names:
        raise Unsupported("an Outlook message (.msg) is not read")
    raise Unsupported("an OLE container of an unknown kind is not read")


def _is_old_tar(head: bytes) -> bool:
    """Verify the checksum of a tar header that has no magic."""
    header = head[:512]
    field = header[148:156].strip(b" \0")
    if len(header) < 512 or not re.fullmatch(rb"[0-7]{1,7}", field):  # noqa: PLR2004 - tar's block
        return False
    return sum(header[:148]) + 256 + sum(header[156:]) == int(field, 8)


def _by_syntax(part: Part, head: bytes) -> str:
    """Decide by the syntax of a text."""
    if _is_binary(head):
        return ""
    if mail := _mail(head, strong=suffix_of(part.name) in BY_SUFFIX):
        return mail
    text = plain.head_text(head).lstrip("\ufeff")
    if HTML.match(text):
        return "html"
    if XML.match(text):
        return "html" if re.search(r"<html\b", text, re.IGNORECASE) else "xml"
    return "json" if JSON.match(text) else ""


def _mail(head: bytes, *, strong: bool) -> str:
    """Recognise a mail or a mailbox; `strong` asks for headers that only mail servers write."""
    block = head.lstrip(b"\xef\xbb\xbf\r\n")
    first, _newline, rest = block.partition(b"\n")
    if first.startswith(b"From ") and HEADER.match(rest):
        return "mbox"
    names = set()
    for line in block.splitlines()[:100]:
        found = HEADER.match(line + b"\n")
        if found:
            names.add(found[1].lower())
        elif not line.startswith((b" ", b"\t")):
            break
    if names & PRETTY_SURE and (names & USUAL or len(names & PRETTY_SURE) > 1):
        return "eml"
    return "eml" if not strong and b"from" in names and len(names & USUAL) > 1 else ""


def _by_name(part: Part, head: bytes) -> Format:
    """Decide by name and declared type, where the bytes are text that could be anything."""
    if _is_binary(head):
        raise Unsupported("binary content of an unknown format is not read")
    by_type = BY_NAME.get(MEDIA_TYPES.get(part.media_type, ""))
    found = BY_SUFFIX.get(suffix_of(part.name)) or by_type
    textual = {"text", "html", "eml", "csv", "json", "xml"}
    return found if found is not None and found.name in textual else BY_NAME["text"]


def _is_binary(head: bytes) -> bool:
    """Tell whether bytes are no text in any encoding."""
    if plain.marked(head) or plain.head_text(head) != head.decode("latin-1"):
        return False
    controls = len(head) - len(head.translate(None, CONTROLS))
    return controls * 50 > len(head)
