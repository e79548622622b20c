"""What is wrong in the invented company is found, and nothing else is called serious."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo.tahtivahti import build
from kartta.cli.workspace import Workspace
from reports.base import AuditResult
from reports.sarif import SarifReport
from rules.model import Answer, Severity, Violation
from tests.conftest import ROOT

PLANTED: dict[str, Any] = yaml.safe_load(
    (ROOT / "demo/declared/planted.yaml").read_text(encoding="utf-8")
)
Entry = dict[str, str]


def _name(entry: Entry) -> str:
    words = (entry["rule"], entry.get("source", ""), Path(entry.get("subject", "")).name)
    return " ".join(filter(None, words))


@pytest.fixture(scope="module")
def result() -> Iterator[AuditResult]:
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)  # pytest's own folders let nobody through: nothing is open there
        folder = Path(scratch) / "company"
        build(folder)
        command = [sys.executable, "-m", "kartta", "scan", "--workers", "2"]
        command += ["-c", str(folder / "kartta.yaml"), "--today", str(PLANTED["today"])]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        with Workspace.open(folder / "kartta.yaml", None).audit(PLANTED["today"]) as audit:
            yield audit


def test_every_store_is_read_to_its_end(result: AuditResult) -> None:
    assert {each.source.id: each.error for each in result.sources} == dict.fromkeys(
        ("mailbox-rekry", "share-hr", "db-hr", "recruiting"), ""
    )


@pytest.mark.parametrize("entry", PLANTED["violations"], ids=_name)
def test_planted_violation_is_found(entry: Entry, result: AuditResult) -> None:
    assert [each for each in _violated(result) if _matches(entry, each)]


def test_nothing_serious_is_reported_that_was_not_planted(result: AuditResult) -> None:
    unexpected = [
        (violation.fingerprint, violation.message.en)
        for violation in _violated(result)
        if violation.severity.rank >= Severity.HIGH.rank
        and not any(_matches(entry, violation) for entry in PLANTED["violations"])
    ]

    assert unexpected == []


@pytest.mark.parametrize("entry", PLANTED["quiet"], ids=_name)
def test_trap_stays_quiet(entry: Entry, result: AuditResult) -> None:
    found = [each.fingerprint for each in _violated(result) if _is_about(entry, each)]

    assert found == []


def test_a_code_scanning_host_can_place_every_result(result: AuditResult) -> None:
    out = BytesIO()
    SarifReport().write(result, out, "en")
    results = json.loads(out.getvalue())["runs"][0]["results"]
    places = [entry["locations"][0]["physicalLocation"] for entry in results]
    register = (ROOT / "demo/declared/register.yaml").read_text(encoding="utf-8").splitlines()
    declared = {
        place["region"]["startLine"]
        for place in places
        if place["artifactLocation"] == {"uri": "register.yaml", "uriBaseId": "%SRCROOT%"}
    }

    assert len(results) == len(result.violations)
    assert all(place["artifactLocation"]["uri"] for place in places)
    assert all(place["region"]["startLine"] >= 1 for place in places)
    assert any(register[line - 1].startswith("  - id: ") for line in declared)


@pytest.mark.parametrize("entry", PLANTED["skips"], ids=lambda entry: entry["subject"])
def test_what_cannot_be_examined_is_in_the_ledger(entry: Entry, result: AuditResult) -> None:
    found = [
        skipped
        for skipped in result.skips
        if skipped.source == entry["source"]
        and entry["subject"] in f"{skipped.asset} {skipped.skip.locator}"
        and skipped.skip.reason.value == entry.get("reason", skipped.skip.reason.value)
    ]

    assert len(found) == 1


@pytest.mark.parametrize("source", PLANTED["retention"])
def test_copies_are_counted_by_the_state_of_their_clock(source: str, result: AuditResult) -> None:
    expected = PLANTED["retention"][source]
    summary = next(each for each in result.retention if each.source == source)

    assert {name: getattr(summary, name) for name in expected} == expected


def _violated(result: AuditResult) -> list[Violation]:
    return [each for each in result.violations if each.answer is Answer.VIOLATED]


def _matches(entry: Entry, violation: Violation) -> bool:
    """Say whether a violation is the planted one: by its subject, its evidence and their source."""
    if violation.rule != entry["rule"]:
        return False
    texts = [violation.subject_id, violation.subject_name]
    texts += [item.asset for item in violation.evidence]
    sources = {item.source for item in violation.evidence}
    return entry.get("source", "") in {"", *sources} and any(
        entry.get("subject", "") in text for text in texts
    )


def _is_about(entry: Entry, violation: Violation) -> bool:
    """Say whether a violation's own subject is the trap; the evidence may well name it."""
    subject, source = entry.get("subject", ""), entry.get("source", "")
    return (
        violation.rule == entry["rule"]
        and subject in violation.subject_id
        and violation.subject_id.startswith(source)
    )
