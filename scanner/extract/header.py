"""Mail headers as people read them: encoded words, raw bytes, addresses and dates.

The standard library's decoders raise on hostile headers and lose raw 8-bit text; these do neither.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime
from quopri import decodestring
from urllib.parse import unquote_to_bytes

from scanner.extract import plain

LONGEST = 100_000
"""Characters of a header of addresses that are parsed as such; the rest is searched for them."""

WORD = re.compile(r"=\?([^?*\s]{1,60})(?:\*[^?]{0,20})?\?([bBqQ])\?([^?]*)\?=")
WORDS = re.compile(rf"{WORD.pattern}(?:\s*{WORD.pattern})*")
FOLD = re.compile(r"\r?\n[ \t]*|\r")
ADDRESS = re.compile(r"[\w.+'%=/-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
ID = re.compile(r"<([^<>\s]{3,250})>")
PARAMETER = re.compile(
    r";\s*([\w!#$&+.^`|~-]+?)(\*\d+)?(\*)?\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^;\s\"]*))"
)


def raw(mail: Mail, name: str) -> list[str]:
    """Give the raw values of a header, unfolded; bytes above ASCII are surrogates."""
    return [FOLD.sub(" ", str(value)) for key, value in mail.raw_items() if key.lower() == name]


def text(value: str) -> str:
    """Decode a raw header value.

    >>> text("=?iso-8859-1?Q?Aino_M=E4kinen?= <aino@example.org>")
    'Aino Mäkinen <aino@example.org>'
    """
    if not value.isascii():
        value = plain.decode(value.encode("utf-8", "surrogateescape"))
    return WORDS.sub(lambda found: _words(found[0]), value).strip()


def filename(mail: Mail) -> str:
    """Give an attachment's name, from either header that may tell it; empty without one."""
    for header, key in (("content-disposition", "filename"), ("content-type", "name")):
        for value in raw(mail, header):
            if name := parameter(value, key):
                return re.sub(r"\s+", " ", name.replace("\0", "")).strip()[:255]
    return ""


def parameter(value: str, key: str) -> str:
    """Give a parameter of a raw header value (RFC 2231 pieces joined and decoded)."""
    pieces: list[tuple[int, str, bool]] = []
    for found in PARAMETER.finditer(value):
        name, number, star, quoted, bare = found.groups()
        if name.lower() != key:
            continue
        content = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else bare
        if number is None and star is None:
            return text(content)
        pieces.append((int(number[1:]) if number else 0, content, bool(star)))
    if not pieces:
        return ""
    charset, joined = "", b""
    for position, (_number, piece, is_encoded) in enumerate(sorted(pieces)):
        content = piece
        if is_encoded and position == 0 and piece.count("'") > 1:
            charset, _language, content = piece.split("'", 2)
        octets = content.encode("utf-8", "surrogateescape")
        joined += unquote_to_bytes(octets) if is_encoded else octets
    return plain.decode(joined, charset)


def addresses(values: list[str]) -> tuple[str, ...]:
    """List the addresses in raw header values, lower case, each once."""
    found: dict[str, None] = {}
    for value in values:
        try:
            parsed = [address for _name, address in getaddresses([value[:LONGEST]])]
        except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
            parsed = []
        proper = [address for address in parsed if ADDRESS.fullmatch(address)]
        for address in proper or ADDRESS.findall(value):
            found[address.lower()] = None
    return tuple(found)


def ids(mail: Mail, name: str) -> Iterator[str]:
    """Give the message ids in a header, without their brackets."""
    for value in raw(mail, name):
        for found in ID.finditer(value[:LONGEST]):
            yield found[1]


def sent_at(mail: Mail) -> datetime | None:
    """Parse the date header; a date without zone is taken for UTC."""
    for value in raw(mail, "date"):
        try:
            parsed = parsedate_to_datetime(value)
            return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            continue
    return None


def _words(run: str) -> str:
    """Decode a run of encoded words; letters cut in two by the words' ends come together."""
    decoded = ""
    pending, charset = b"", ""
    for found in WORD.finditer(run):
        if found[1].lower() != charset:
            decoded += plain.decode(pending, charset)
            pending, charset = b"", found[1].lower()
        pending += _bytes(found[2].lower(), found[3])
    return decoded + plain.decode(pending, charset)


def _bytes(kind: str, word: str) -> bytes:
    content = word.encode("utf-8", "surrogateescape")
    if kind == "q":
        return decodestring(content, header=True)
    return unbase64(content)


def unbase64(content: bytes) -> bytes:
    """Decode base64, whatever else stands in it and wherever it is cut."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    clean = clean[: len(clean) - (len(clean) % 4 == 1)]
    try:
        return b64decode(clean + b"=" * (-len(clean) % 4))
    except binascii.Error:
        return b""
