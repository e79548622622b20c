"""Mail: headers, bodies, attachments and forwarded mails, however broken.

Parsed with the `compat32` policy, which never raises on a header; headers are decoded by
`scanner.extract.header`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mail
from email.parser import BytesParser
from email.policy import compat32
from io import BytesIO
from itertools import count

from scanner.errors import LimitReached
from scanner.extract import header, html, plain
from scanner.extract.base import Budget, Part, part_of, segments
from scanner.extract.dispatch import member, skip_of
from scanner.locator import PREAMBLE, Locator
from scanner.model import Content, Message, Skip, SkipReason

HEADERS = (
    "from",
    "sender",
    "to",
    "cc",
    "bcc",
    "reply-to",
    "resent-from",
    "resent-to",
    "subject",
    "organization",
    "comments",
    "keywords",
)
WORD = re.compile(r"\w+")
SIGNATURES = ("pkcs7-signature", "pgp-signature")
"""Detached: they sign the text beside them and hold none."""
MAX_PARTS = 100
MOST_ANSWERED = 50
"""Messages before one in its thread that are kept."""
PGP = "-----BEGIN PGP MESSAGE-----"


@dataclass(slots=True)
class _Reading:
    """One mail being read."""

    budget: Budget
    locator: Locator
    numbers: Iterator[int]
    depth: int = 0


def extract(part: Part, budget: Budget) -> Iterator[Content]:
    """Yield the envelope, then headers, bodies, attachments and nested mails."""
    content = part.read(budget).lstrip(b"\r\n\t ").removeprefix(b"\xef\xbb\xbf")
    mail = BytesParser(policy=compat32).parsebytes(content)
    yield from _mail(mail, part.locator, budget)


def _mail(mail: Mail, locator: Locator, budget: Budget) -> Iterator[Content]:
    sender = header.addresses(header.raw(mail, "from")) or header.addresses(
        header.raw(mail, "sender")
    )
    to = [value for name in ("to", "cc", "bcc") for value in header.raw(mail, name)]
    sent_at = header.sent_at(mail)
    before = [each for name in ("in-reply-to", "references") for each in header.ids(mail, name)]
    yield Message(
        locator,
        sent_at,
        sender[0] if sender else "",
        header.addresses(to),
        next(header.ids(mail, "message-id"), ""),
        tuple(dict.fromkeys(before))[:MOST_ANSWERED],
    )
    for name in HEADERS:
        text = "\n".join(header.text(value) for value in header.raw(mail, name))
        place = locator.header(name)
        yield from segments(text, place, str(place.last))
    yield from _entity(mail, _Reading(budget, locator, count(1)))


def _entity(mail: Mail, reading: _Reading) -> Iterator[Content]:
    """Yield one node of the tree of parts."""
    kind = mail.get_content_type()
    if kind == "multipart/encrypted":
        yield Skip(SkipReason.ENCRYPTED, "an encrypted mail", reading.locator)
    elif kind == "message/rfc822":
        yield from _nested(mail, reading)
    elif mail.is_multipart():
        if reading.depth > MAX_PARTS:
            raise LimitReached("the parts of the mail are nested too deeply")
        reading.depth += 1
        yield from _multipart(mail, kind, reading)
        reading.depth -= 1
    else:
        yield from _leaf(mail, reading)


def _multipart(mail: Mail, kind: str, reading: _Reading) -> Iterator[Content]:
    children = _children(mail)
    for text in (mail.preamble, mail.epilogue):
        if text and len(text) > 200:  # noqa: PLR2004 - longer than any "this is a MIME message"
            yield from segments(_unescaped(text), reading.locator.called(PREAMBLE))
    if kind.startswith("message/"):
        lines = [f"{name}: {value}" for child in children for name, value in child.raw_items()]
        text = "\n".join(map(header.text, lines))
        yield from segments(text, reading.locator.part(next(reading.numbers)))
        return
    if kind == "multipart/alternative":
        children = list(_chosen(children))
    for child in children:
        yield from _entity(child, reading)


def _children(mail: Mail) -> list[Mail]:
    payload = mail.get_payload()
    return [each for each in payload if isinstance(each, Mail)] if isinstance(payload, list) else []


def _chosen(children: list[Mail]) -> Iterator[Mail]:
    """Leave out an alternative whose every word another says: the same text is read once."""
    bodies = {
        kind: next((each for each in children if each.get_content_type() == kind), None)
        for kind in ("text/plain", "text/html")
    }
    plain_body, html_body = bodies["text/plain"], bodies["text/html"]
    left_out: Mail | None = None
    if plain_body is not None and html_body is not None:
        page = html.page_of(html.decode(_payload(html_body), _charset(html_body)))
        rich = _words(f"{page.text}\n{page.links}\n{page.attributes}")
        poor = _words(plain.decode(_payload(plain_body), _charset(plain_body)))
        if rich <= poor:
            left_out = html_body
        elif poor <= rich:
            left_out = plain_body
    for child in children:
        if child is not left_out:
            yield child


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))


def _nested(mail: Mail, reading: _Reading) -> Iterator[Content]:
    """Read a forwarded mail; one that was encoded against the rules is decoded first."""
    name = header.filename(mail) or str(next(reading.numbers))
    place = reading.locator.part(name)
    for child in _children(mail):
        body = child.get_payload()
        encoding = str(mail.get("content-transfer-encoding", "")).strip().lower()
        if not child.keys() and isinstance(body, str) and encoding == "base64":
            content = header.unbase64(body.encode("ascii", "ignore"))
            yield from member(part_of(name, content, place), reading.budget)
            continue
        try:
            reading.budget.enter()
        except LimitReached as error:
            if reading.budget.is_exhausted:
                raise
            yield skip_of(error, part_of(name, b"", place))
            continue
        yield from _mail(child, place, reading.budget)
        reading.budget.leave()


def _leaf(mail: Mail, reading: _Reading) -> Iterator[Content]:
    number = next(reading.numbers)
    kind = mail.get_content_type()
    name = header.filename(mail)
    content = _payload(mail)
    is_attached = "attachment" in str(mail.get("content-disposition", "")).lower()[:40]
    if kind in {"text/plain", "text/html"} and not is_attached and not name:
        yield from _body(mail, content, reading.locator.then("body", number))
    elif content.strip() and not kind.endswith(SIGNATURES):
        reading.budget.spend(len(content))
        place = reading.locator.part(name or number)
        part = Part(name, BytesIO(content), place, kind, _charset(mail))
        yield from member(part, reading.budget)


def _body(mail: Mail, content: bytes, place: Locator) -> Iterator[Content]:
    if mail.get_content_type() == "text/html":
        yield from html.contents(html.page_of(html.decode(content, _charset(mail))), place)
        return
    text = plain.decode(content, _charset(mail))
    if text.lstrip().startswith(PGP):
        yield Skip(SkipReason.ENCRYPTED, "encrypted with PGP", place)
        return
    yield from segments(text, place)


def _charset(mail: Mail) -> str:
    return next((header.parameter(v, "charset") for v in header.raw(mail, "content-type")), "")


def _payload(mail: Mail) -> bytes:
    """Decode the transfer encoding; what it does not fit stays as it is."""
    body = mail.get_payload()
    if not isinstance(body, str):
        return b""
    encoding = str(mail.get("content-transfer-encoding", "")).strip().lower()
    if encoding.startswith("base64"):
        return _unbase64(body)
    try:
        decoded = mail.get_payload(decode=True)
    except (ValueError, IndexError, LookupError, TypeError):
        decoded = None
    return decoded if isinstance(decoded, bytes) else _raw(body)


def _unbase64(body: str) -> bytes:
    """Decode base64, block by block where it ends and begins again; text is left as text."""
    content = _raw(body)
    words = content.split()
    if words and any(re.fullmatch(rb"[A-Za-z0-9+/=]+", word) is None for word in words[:1]):
        return content
    blocks = re.split(rb"(?<==)(?=[^=\s])|(?<==)\s+(?=[^=\s])", content)
    return b"".join(map(header.unbase64, blocks))


def _raw(body: str) -> bytes:
    return body.encode("utf-8", "surrogateescape")


def _unescaped(text: str) -> str:
    return plain.decode(text.encode("utf-8", "surrogateescape"))
