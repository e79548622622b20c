"""IP address, versions 4 and 6.

Authority: IETF, RFC 791 (1981) and RFC 4291 (2006), written as in RFC 5952. Personal data by the
Court of Justice (C-582/14 Breyer). Private and documentation ranges count; version numbers do not.

Invented examples, from the documentation ranges: 192.0.2.17, 2001:db8::17.
"""

import re
from ipaddress import ip_address

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card

_VERSION = re.compile(
    r"(?:\bv|versio\w*|versj\w*|\bver|build|release|\brev|luku|kohta|section|upp?grad\w*|oppgrader\w*"
    r"|oppdater\w*|opdater\w*|opgrader\w*|uppdater\w*|päivity\w*|päivite\w*|update\w*|firmware)"
    r"(?: (?:till?|to))?[.:=]? ?$",
    re.IGNORECASE,
)
_BEFORE_6 = re.compile(r"[0-9a-f:.]{0,40}$", re.IGNORECASE)
_AFTER_6 = re.compile(r"[0-9a-f:.]{0,40}", re.IGNORECASE)
_GROUPS = 3
"""`::2` is more often part of a program than an address."""
_ALLOCATED = re.compile(r"(?:[23][0-9a-f]{3}|f[cdef][0-9a-f]{2}):", re.IGNORECASE)
"""With a beginning of global, local, link or multicast addresses two groups are enough."""
_PRODUCT = re.compile(r"[A-Za-z]/$")
_CONFIDENCE = 0.75
_CONFIDENCE_SMALL = 0.3
"""1.2.3.4 is more often a section number, 12.2.0.1 a version."""
_SMALL = 32
_PRIVATE_10 = 10


def is_valid(text: str) -> bool:
    """Check the form of an address.

    >>> is_valid("192.0.2.17"), is_valid("192.0.2.300"), is_valid("2001:db8::17")
    (True, False, True)
    """
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _confirm(match: re.Match[str]) -> Evidence | None:
    return _confirm_6(match) if ":" in match.group() else _confirm_4(match)


def _confirm_4(match: re.Match[str]) -> Evidence | None:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or before in {".", "-", "_"} or after.isalnum() or after == "_":
        return None
    if after in {".", "-"} and text[end + 1 : end + 2].isalnum():
        return None
    if _PRODUCT.search(text, max(0, start - 2), start):
        return None  # Chrome/120.0.0.0
    if not is_valid(match.group()) or _VERSION.search(text, max(0, start - 24), start):
        return None
    octets = [int(octet) for octet in match.group().split(".")]
    small = len(match.group()) == len("1.2.3.4") or (
        max(octets) < _SMALL and octets[0] != _PRIVATE_10
    )
    confidence = _CONFIDENCE_SMALL if small else _CONFIDENCE
    return Evidence(confidence, ("pattern",), str(ip_address(match.group())))


def _confirm_6(match: re.Match[str]) -> Evidence | None:
    text = match.string
    before = _BEFORE_6.search(text, max(0, match.start() - 40), match.start())
    after = _AFTER_6.match(text, match.end())
    start = before.start() if before else match.start()
    end = after.end() if after else match.end()
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return None
    address = text[start:end].rstrip(".")
    if address.endswith(":") and not address.endswith("::"):
        address = address[:-1]
    groups = len([part for part in address.split(":") if part])
    if not is_valid(address) or groups < (2 if _ALLOCATED.match(address) else _GROUPS):
        return None
    return Evidence(
        _CONFIDENCE, ("pattern",), str(ip_address(address)), start, start + len(address)
    )


_RECOGNIZER = PatternRecognizer(
    name="generic.ip",
    entity="IP_ADDRESS",
    patterns=(
        r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}",
        r"[0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f:]",
        r"[0-9a-f]::?[0-9a-f]{1,4}:[0-9a-f:]",
        r"[0-9a-f]::[0-9a-f]",
    ),
    confirm=_confirm,
    context=("ip", "palvelin", "server", "host", "client", "osoitteesta", "login", "from"),
    context_gain=0.15,
    context_reach=30,
)

IP = Card(
    recognizers=(_RECOGNIZER,),
    category="technical.ip_address",
    headings=("ip", "ip-osoite", "ip osoite", "ip address", "ip-adress", "ip-adresse"),
)
