"""Which finding is which, from run to run: a short name without any scanned value in it.

A finding is known by its rule and its subject, and never by a line, an offset or a count: text that
is inserted above it, or a further value beside it, changes nothing. All names are keyed hashes, so
that who has them alone cannot guess what they stand for.
"""

import json
import re
from collections.abc import Iterable
from hashlib import blake2b

from ropa.subjects import Kind
from rules.model import Rule, Violation

ID = re.compile(r"[A-Z]{2,4}-\d{2,3}(-[0-9a-f]{0,12})?")
"""A finding's id, or a beginning of it: where a rule has one finding, the rule names it."""
_IN_ONE_ASSET = frozenset({Kind.ASSET, Kind.COPY, Kind.CANDIDACY})


def finding_id(key: bytes, violation: Violation) -> str:
    """Name a finding: `RET-01-7f3a2c9b41d0`."""
    return f"{violation.rule}-{_hash(key, 'finding', violation.fingerprint, size=6)}"


def place_of(key: bytes, violation: Violation) -> str:
    """Name the asset that a finding is about; empty where it is about none, or about many."""
    if violation.subject_kind not in _IN_ONE_ASSET or not violation.evidence:
        return ""
    first = violation.evidence[0]
    return place(key, first.source, first.asset)


def place(key: bytes, source: str, asset: str) -> str:
    """Name an asset of a source."""
    return _hash(key, "place", f"{source}\0{asset}")


def value(key: bytes, entity: str, hashed: str) -> str:
    """Name a value that the catalog knows by its hash."""
    return _hash(key, "value", f"{entity}\0{hashed}")


def key_mark(key: bytes) -> str:
    """Name the key of all these names, so that those of another one are not compared with them."""
    return _hash(key, "key", "")


def form_of(rule: Rule) -> str:
    """Name what a rule asks, whatever its words are: another one judges anew."""
    asked = rule.model_dump(mode="json", include={"applies_to", "when", "require"}, by_alias=True)
    return _hash(b"", "rule", json.dumps(asked, sort_keys=True))


def forms_of(rules: Iterable[Rule]) -> str:
    """Name what all rules ask together, and how bad each breach is."""
    asked = sorted((rule.id, form_of(rule), str(rule.severity)) for rule in rules)
    return _hash(b"", "rules", json.dumps(asked))


def _hash(key: bytes, noun: str, text: str, size: int = 8) -> str:
    raw = f"{noun}:{text}".encode("utf-8", "surrogatepass")
    return blake2b(raw, key=key, digest_size=size).hexdigest()
