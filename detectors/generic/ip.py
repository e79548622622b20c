"""IP address, versions 4 and 6.

Authority: IETF, RFC 791 (1981) and RFC 4291 (2006), written as in RFC 5952. Personal data by the
Court of Justice (C-582/14 Breyer). Private and documentation ranges count; version numbers do not.

Invented examples, from the documentation ranges: 192.0.2.17, 2001:db8::17.
"""

import re
from ipaddress import ip_address

from detectors.base import Evidence, PatternRecognizer

_VERSION = re.compile(
    r"(?:\bv|versio\w*|\bver|build|release|\brev|luku|kohta|section)[.:]? ?$", re.IGNORECASE
)
_BEFORE_6 = re.compile(r"[0-9a-f:.]{0,40}$", re.IGNORECASE)
_AFTER_6 = re.compile(r"[0-9a-f:.]{0,40}", re.IGNORECASE)
_GROUPS = 3
"""`::2` is more often part of a program than an address."""
_CONFIDENCE = 0.75
_CONFIDENCE_SMALL = 0.3
"""1.2.3.4 is more often a section number."""


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
    if not is_valid(match.group()) or _VERSION.search(text, max(0, start - 12), start):
        return None
    small = len(match.group()) == len("1.2.3.4")
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
    if not is_valid(address) or len([part for part in address.split(":") if part]) < _GROUPS:
        return None
    return Evidence(
        _CONFIDENCE, ("pattern",), str(ip_address(address)), start, start + len(address)
    )


IP = PatternRecognizer(
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
