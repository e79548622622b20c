"""SARIF, against the official schema."""

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest

from reports.base import Declarations
from reports.order import violated
from reports.sarif import MOST_RESULTS
from ropa.model import Language
from ropa.subjects import EvidenceItem
from tests.reports.company import HeldAudit, audit
from tests.reports.paths import HOSTILE_PATH, SURROGATE_PATH
from tests.reports.rendering import rendered, same_as_golden, shuffled

SCHEMA = Path(__file__).parent.parent / "schemas" / "sarif-2.1.0.json"


def _run(result: HeldAudit) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(rendered("sarif", result))["runs"][0]
    return run


def _errors(log: bytes) -> list[str]:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return [error.message for error in checker.iter_errors(json.loads(log))]


def _undeclared(result: HeldAudit) -> HeldAudit:
    """Give an audit without a register and without any audit file."""
    return replace(result, is_declared=False, declarations=Declarations())


@pytest.mark.parametrize("language", ["en", "fi"])
def test_log_is_valid(result: HeldAudit, language: Language) -> None:
    assert _errors(rendered("sarif", result, language)) == []
    assert _errors(rendered("sarif", _undeclared(result), language)) == []


def test_hosts_can_place_every_location(result: HeldAudit) -> None:
    """Hosts refused the file, or lost the results that concern the register: no file, no line."""
    for audited in (result, _undeclared(result)):
        run = _run(audited)
        bases = set(run["originalUriBaseIds"])
        for entry in run["results"]:
            assert len(entry["locations"]) == 1
            for place in entry["locations"] + entry.get("relatedLocations", []):
                physical = place["physicalLocation"]
                assert physical["artifactLocation"]["uri"]
                assert physical["artifactLocation"]["uriBaseId"] in bases
                assert set(physical["region"]) == {
                    "startLine",
                    "startColumn",
                    "endLine",
                    "endColumn",
                }


def test_what_concerns_a_declaration_points_to_its_line(result: HeldAudit) -> None:
    first = result.violations[0]

    def at(*evidence: EvidenceItem) -> tuple[str, str, int]:
        audited = replace(result, violations=(replace(first, evidence=evidence),))
        physical = _run(audited)["results"][0]["locations"][0]["physicalLocation"]
        artifact = physical["artifactLocation"]
        return artifact["uriBaseId"], artifact["uri"], physical["region"]["startLine"]

    def declared(entry: str) -> EvidenceItem:
        return EvidenceItem("register", entry)

    root, register = "%SRCROOT%", "audit/register.yaml"
    assert at(declared("controller")) == (root, register, 2)
    assert at(declared("activities.recruitment.purposes.select")) == (root, register, 31)
    assert at(declared("recipients.talentgrove")) == (root, "audit/recipients.yaml", 4)
    assert at(declared("systems.unknown")) == (root, register, 1)
    assert at() == (root, register, 1)
    assert at(EvidenceItem("hr-share", "/srv/hr")) == ("hr-share", ".", 1)
    assert at(EvidenceItem("hr-share", "a b.docx")) == ("hr-share", "a%20b.docx", 1)


def test_no_more_results_than_hosts_take_and_the_rest_is_told() -> None:
    result = audit(copies=30_000)
    log = rendered("sarif", result)
    run = json.loads(log)["runs"][0]
    kinds = [entry["kind"] for entry in run["results"] if "suppressions" not in entry]
    left_out = run["properties"]["resultsLeftOut"]
    told = run["invocations"][0]["toolExecutionNotifications"]
    (notification,) = (
        entry for entry in told if entry.get("descriptor", {}).get("id") == "results_left_out"
    )

    assert _errors(log) == []
    assert len(run["results"]) == MOST_RESULTS == 25_000
    assert kinds == sorted(kinds)  # what fails goes before what is open
    assert {
        entry.rule for entry in violated(result.violations) if entry.severity == "critical"
    } <= {entry["ruleId"] for entry in run["results"]}
    assert sum(left_out.values()) == len(result.violations) - MOST_RESULTS
    assert all(
        f"{rule} {number:,}" in notification["message"]["text"] for rule, number in left_out.items()
    )
    assert run["tool"]["driver"]["notifications"][notification["descriptor"]["index"]]["id"] == (
        "results_left_out"
    )
    assert len(gzip.compress(log)) < 10 * 1000**2


def test_no_more_unexamined_items_than_a_file_bears(result: HeldAudit) -> None:
    many = tuple(replace(result.skips[0], asset=f"scans/{number}.tif") for number in range(6_000))
    log = rendered("sarif", replace(result, skips=many))
    told = json.loads(log)["runs"][0]["invocations"][0]["toolExecutionNotifications"]

    assert _errors(log) == []
    assert "1,000 more items" in told[1]["message"]["text"]
    assert len(told) == 5_000 + 2


def test_a_result_is_known_again_whatever_else_changes(result: HeldAudit) -> None:
    moved = replace(result, declarations=Declarations("moved.yaml"), skips=())
    prints = [
        {entry["partialFingerprints"]["primaryLocationLineHash"] for entry in _run(each)["results"]}
        for each in (result, moved)
    ]

    assert prints[0] == prints[1]
    assert len(prints[0]) == len(result.violations)


def test_log_is_as_reviewed(result: HeldAudit) -> None:
    same_as_golden("findings.en.sarif", rendered("sarif", result))


def test_order_of_the_result_makes_no_difference(result: HeldAudit) -> None:
    assert rendered("sarif", shuffled(result, 1)) == rendered("sarif", result)


def test_each_violation_is_one_result(result: HeldAudit) -> None:
    results = _run(result)["results"]
    prints = {entry["partialFingerprints"]["karttaSubject/v1"] for entry in results}

    assert len(results) == len(result.violations)
    assert prints == {violation.fingerprint for violation in result.violations}


def test_unknown_is_open_and_never_a_pass(result: HeldAudit) -> None:
    kinds = {(entry["kind"], entry["level"]) for entry in _run(result)["results"]}

    assert kinds == {
        ("fail", "error"),
        ("fail", "warning"),
        ("fail", "note"),
        ("open", "none"),
    }


def test_waiver_suppresses_with_its_reason(result: HeldAudit) -> None:
    (waived,) = (entry for entry in _run(result)["results"] if "suppressions" in entry)

    assert waived["suppressions"][0]["justification"] == "Access is cut in the move."
    assert waived["suppressions"][0]["properties"]["until"] == "2027-01-31"


def test_every_skip_is_a_notification(result: HeldAudit) -> None:
    invocation = _run(result)["invocations"][0]
    levels = [entry["level"] for entry in invocation["toolExecutionNotifications"]]

    assert len(levels) == len(result.skips) + 1
    assert levels.count("error") == 1
    assert invocation["executionSuccessful"] is False


def test_finished_run_without_errors_is_successful(result: HeldAudit) -> None:
    sources = tuple(replace(entry, error="") for entry in result.sources)
    run = _run(replace(result, sources=sources))

    assert run["invocations"][0]["executionSuccessful"] is True


def test_paths_survive_as_relative_references(result: HeldAudit) -> None:
    run = _run(result)
    places = [
        place["physicalLocation"]["artifactLocation"]
        for entry in run["results"]
        for place in entry["locations"] + entry.get("relatedLocations", [])
        if "physicalLocation" in place
    ]
    paths = {unquote_to_bytes(place["uri"]) for place in places}

    assert HOSTILE_PATH.encode() in paths
    assert SURROGATE_PATH.encode("utf-8", "surrogateescape") in paths
    assert all(place["uri"].isascii() for place in places)
    assert {place["uriBaseId"] for place in places} <= set(run["originalUriBaseIds"])
    assert all(base.get("uri", "/").endswith("/") for base in run["originalUriBaseIds"].values())


def test_braces_in_a_message_are_no_placeholders(result: HeldAudit) -> None:
    first = result.violations[0]
    odd = replace(first, message=first.message.model_copy(update={"en": "{0} [x](y)"}))
    run = _run(replace(result, violations=(odd,)))

    assert run["results"][0]["message"]["text"] == "{{0}} [x](y)"
