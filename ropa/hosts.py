"""Where a scanned source lies: the host of its location, and the country of a cloud's region.

A database of one's own may run in another's cloud; that is a disclosure to its operator and may be
a transfer (GDPR Arts. 28, 44), and the location says so without anyone having declared it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, urlsplit

import yaml

from ropa.model import Language
from ropa.observed import belongs


@dataclass(frozen=True, slots=True)
class Host:
    """An outside machine or bucket in which a source lies."""

    name: str
    country: str | None
    """Of its region, as the provider names it; None where the name tells none."""
    region: str


def host_of(location: str) -> Host | None:
    """Give the host of a source's location; None for a path and for the machine's own network.

    >>> host_of("postgresql://db.eu-north-1.rds.amazonaws.com/hr").country
    'SE'
    >>> host_of("/srv/share") is None
    True
    """
    try:
        parts = urlsplit(location)
        name = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if not name or _is_near(name, parts.scheme):
        return None
    asked = parse_qs(parts.query).get("region", [])
    region, country = _region(name, parts.scheme, tuple(asked))
    return Host(name, country, region)


def country_name(code: str, language: Language) -> str:
    """Name a country, with its code; one without a name is its code."""
    names = _facts()["countries"].get(code)
    return f"{names[language]} ({code})" if names else code


def _is_near(name: str, scheme: str) -> bool:
    try:
        return not ip_address(name).is_global
    except ValueError:
        is_bucket = any(scheme in entry.get("schemes", ()) for entry in _facts()["regions"])
        return ("." not in name and not is_bucket) or name.endswith((".local", ".internal", ".lan"))


def _region(name: str, scheme: str, asked: tuple[str, ...]) -> tuple[str, str | None]:
    for entry in _facts()["regions"]:
        if not belongs(name, entry["domains"]) and scheme not in entry.get("schemes", ()):
            continue
        for label in (*name.split("."), *asked):
            for country, regions in entry["countries"].items():
                # `s3-eu-west-1` is an older way to write a bucket's host
                if label.removeprefix("s3-") in regions:
                    return label.removeprefix("s3-"), str(country)
    return "", None


@cache
def _facts() -> Mapping[str, Any]:
    raw: Mapping[str, Any] = yaml.safe_load(files("ropa").joinpath("graph.yaml").read_text("utf-8"))
    return raw
