"""Findings that a pipeline knows of already: held back from failing it, never from a report."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from reports import order
from reports.text import json_text
from rules.model import Severity, Violation
from scanner.errors import ConfigError

FORMAT = "kartta-baseline/1"
_REPORT = "kartta/1"
_HINT = "write one with 'kartta scan --write-baseline FILE', or take a report in JSON"

Baseline = Mapping[str, Severity]
"""Id of each finding → its severity then."""


def read(path: Path, key: str) -> Baseline:
    """Read a baseline, or a JSON report as one.

    Raises:
        ConfigError: it is neither, or its ids are of another key.
    """
    try:
        document = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(
            f"--baseline {path}: cannot be read ({error.strerror})", hint=_HINT
        ) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"--baseline {path}: is no JSON", hint=_HINT) from error
    form = document.get("format") if isinstance(document, dict) else None
    try:
        if form == FORMAT:
            made_with = document["key"]
            findings = {each["id"]: Severity(each["severity"]) for each in document["findings"]}
        elif form == _REPORT:
            made_with = document["run"]["key"]
            findings = {
                each["id"]: Severity(each["severity"])
                for each in document["violations"]
                if each["answer"] == "violated" and not each["waiver"]
            }
        else:
            raise ConfigError(f"--baseline {path}: is no baseline and no report", hint=_HINT)
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(
            f"--baseline {path}: lacks what a baseline has, or is of an older version", hint=_HINT
        ) from error
    if made_with != key:
        raise ConfigError(
            f"--baseline {path}: its ids are of another key than this catalog's: none would match",
            hint="scan with the key that it was made with ('key' in kartta.yaml), or write it anew",
        )
    return findings


def text(violations: Iterable[Violation], key: str) -> str:
    """Write the open findings as a baseline."""
    found = sorted((entry.id, str(entry.severity)) for entry in order.violated(violations))
    lines = ",\n".join(json_text({"id": key_, "severity": severity}) for key_, severity in found)
    head = f'"format": {json_text(FORMAT)},\n"key": {json_text(key)}'
    return f'{{\n{head},\n"findings": [\n{lines}\n]\n}}\n'


def is_held(baseline: Baseline, entry: Violation) -> bool:
    """Say whether a baseline holds a finding, and as bad as it is now."""
    was = baseline.get(entry.id)
    return was is not None and entry.severity.rank <= was.rank
