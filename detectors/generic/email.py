"""E-mail address.

Authority: IETF, RFC 5321 (October 2008) section 4.1.2 and RFC 6531 for letters outside ASCII, as
addresses are written in practice: no quoted local parts, no address literals. A domain needs a
dot; reserved (`example.org`, `.test`) and unknown endings count. Nothing is looked up.

Invented examples: maija.keksitty@example.org, rekry+it@yritys.test.
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.bullets import HIDDEN, ending
from detectors.card import Card

_LOCAL = re.compile(r"[\w.!#$%&'*+?^`{|}~-]{1,64}$")
_TRIMMED = ".!#$%&'*?^`{|}~-"
_DOMAIN = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}(?:xn--[a-z0-9-]{1,58}[a-z0-9]|[^\W\d_]{2,63})"
)
_SECRET = re.compile(r"://[^\s/@]{0,64}:[^\s/@]{0,64}$")
"""Before the `@` of a connection string is a password."""
_WHOLE = re.compile(rf"[\w.!#$%&'*+?^`{{|}}~-]{{1,64}}@{_DOMAIN.pattern}")
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp"})
"""`logo@2x.png` is a file."""
_MESSAGE_ID = re.compile(r"[>\s]{0,9}(?:message-id|in-reply-to|references):", re.IGNORECASE)
_LONGEST_LOCAL = 64
_LONGEST_DOMAIN = 255
_CONFIDENCE = 0.95


def is_valid(text: str) -> bool:
    """Check the shape of an address.

    >>> is_valid("maija.keksitty@example.org"), is_valid("maija@localhost"), is_valid("a..b@c.fi")
    (True, False, False)
    """
    local, _, domain = text.rpartition("@")
    return (
        _WHOLE.fullmatch(text) is not None
        and ".." not in local
        and not local.startswith(".")
        and not local.endswith(".")
        and domain.rpartition(".")[2].lower() not in _PICTURES
    )


def _confirm(match: re.Match[str]) -> Evidence | None:
    text = match.string
    at = text.index("@", match.start())
    before = _LOCAL.search(text, max(0, at - _LONGEST_LOCAL), at)
    domain = _DOMAIN.match(text, at + 1, at + 1 + _LONGEST_DOMAIN)
    if before is None or domain is None:
        return None
    local = before.group().lstrip(_TRIMMED)
    start = at - len(local)
    address = text[start : domain.end()]
    if not is_valid(address) or text[domain.end() : domain.end() + 1] == "@":
        return None
    line = max(text.rfind("\n", max(0, start - 200), start) + 1, start - 200)
    if _MESSAGE_ID.match(text, max(line, 0), start):
        return None
    if _SECRET.search(text, max(0, at - 140), at):
        return None
    return Evidence(_CONFIDENCE, ("pattern",), address.lower(), start, domain.end())


def _mask(address: str) -> str:
    return f"{HIDDEN}@{HIDDEN}{ending(address)}"


_RECOGNIZER = PatternRecognizer(
    name="generic.email",
    entity="EMAIL_ADDRESS",
    patterns=(r"[^\s@<>:;,]@[^\s@<>:;,.]",),
    confirm=_confirm,
)

EMAIL = Card(
    recognizers=(_RECOGNIZER,),
    category="contact.email",
    identifies="strong",
    mask=_mask,
    headings=(
        *("sähköposti*", "e-mail", "email", "mail", "meili", "e-post", "epost", "e-postadress"),
        *("epostadress", "mailadress", "e-postadresse", "mailadresse", "email address", "sposti"),
    ),
    is_strict=True,
)
