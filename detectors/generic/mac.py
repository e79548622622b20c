"""MAC address: the hardware number of a network card, and so of somebody's device.

Authority: IEEE 802-2014, section 8: six octets in hexadecimal, with colons or dashes, or in three
groups with full stops. The broadcast address and the empty one belong to nobody.

Invented examples, from the documentation range of RFC 7042: 00:00:5E:00:53:17, 0000.5e00.5317.
"""

import re

from detectors.base import Evidence, PatternRecognizer
from detectors.card import Card

_SHAPE = re.compile(
    r"[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}",
    re.IGNORECASE,
)
_NOBODY = frozenset({"0" * 12, "f" * 12})
_CONFIDENCE = 0.85
_CONFIDENCE_DIGITS = 0.3
"""Six pairs of plain digits, or three groups of four, are more often something else."""


def is_valid(text: str) -> bool:
    """Check the form of an address that may be a device's.

    >>> is_valid("00:00:5E:00:53:17"), is_valid("00:00-5E:00:53:17"), is_valid("ff:ff:ff:ff:ff:ff")
    (True, False, False)
    """
    return _SHAPE.fullmatch(text) is not None and _compact(text) not in _NOBODY


def _compact(text: str) -> str:
    return re.sub(r"[:.-]", "", text).lower()


def _confirm(match: re.Match[str]) -> Evidence | None:
    text, (start, end) = match.string, match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or after.isalnum() or before in {":", "-", "."} or "_" in before + after:
        return None
    if after in {":", "-", "."} and text[end + 1 : end + 2].isalnum():
        return None
    if not is_valid(match.group()):
        return None
    value = _compact(match.group())
    doubtful = value.isdigit() and ":" not in match.group()
    return Evidence(_CONFIDENCE_DIGITS if doubtful else _CONFIDENCE, ("pattern",), value)


_RECOGNIZER = PatternRecognizer(
    name="generic.mac",
    entity="MAC_ADDRESS",
    patterns=(
        r"[0-9a-f]{2}[:-](?:[0-9a-f]{2}[:-]){4}[0-9a-f]{2}",
        r"[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}",
    ),
    confirm=_confirm,
    context=("mac", "ethernet", "hwaddr", "wlan", "wifi", "wi-fi", "laiteosoit", "bluetooth"),
    context_gain=0.14,
    context_reach=30,
)

MAC = Card(
    recognizers=(_RECOGNIZER,),
    category="technical.mac_address",
)
