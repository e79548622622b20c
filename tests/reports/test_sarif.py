"""SARIF, against the official schema."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest

from reports.base import AuditResult
from ropa.model import Language
from tests.reports.company import HOSTILE_PATH, SURROGATE_PATH
from tests.reports.rendering import rendered, same_as_golden, shuffled

SCHEMA = Path(__file__).parent.parent / "schemas" / "sarif-2.1.0.json"


def _run(result: AuditResult) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(rendered("sarif", result))["runs"][0]
    return run


@pytest.mark.parametrize("language", ["en", "fi"])
def test_log_is_valid(result: AuditResult, language: Language) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    log = json.loads(rendered("sarif", result, language))

    assert [error.message for error in checker.iter_errors(log)] == []


def test_log_is_as_reviewed(result: AuditResult) -> None:
    same_as_golden("findings.en.sarif", rendered("sarif", result))


def test_order_of_the_result_makes_no_difference(result: AuditResult) -> None:
    assert rendered("sarif", shuffled(result, 1)) == rendered("sarif", result)


def test_each_violation_is_one_result(result: AuditResult) -> None:
    results = _run(result)["results"]
    prints = {entry["partialFingerprints"]["karttaSubject/v1"] for entry in results}

    assert len(results) == len(result.violations)
    assert prints == {violation.fingerprint for violation in result.violations}


def test_unknown_is_open_and_never_a_pass(result: AuditResult) -> None:
    kinds = {(entry["kind"], entry["level"]) for entry in _run(result)["results"]}

    assert kinds == {
        ("fail", "error"),
        ("fail", "warning"),
        ("fail", "note"),
        ("open", "none"),
    }


def test_waiver_suppresses_with_its_reason(result: AuditResult) -> None:
    (waived,) = (entry for entry in _run(result)["results"] if "suppressions" in entry)

    assert waived["suppressions"][0]["justification"] == "Access is cut in the move."
    assert waived["suppressions"][0]["properties"]["until"] == "2027-01-31"


def test_every_skip_is_a_notification(result: AuditResult) -> None:
    invocation = _run(result)["invocations"][0]
    levels = [entry["level"] for entry in invocation["toolExecutionNotifications"]]

    assert len(levels) == len(result.skips) + 1
    assert levels.count("error") == 1
    assert invocation["executionSuccessful"] is False


def test_finished_run_without_errors_is_successful(result: AuditResult) -> None:
    sources = tuple(replace(entry, error="") for entry in result.sources)
    run = _run(replace(result, sources=sources))

    assert run["invocations"][0]["executionSuccessful"] is True


def test_paths_survive_as_relative_references(result: AuditResult) -> None:
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


def test_braces_in_a_message_are_no_placeholders(result: AuditResult) -> None:
    first = result.violations[0]
    odd = replace(first, message=first.message.model_copy(update={"en": "{0} [x](y)"}))
    run = _run(replace(result, violations=(odd,)))

    assert run["results"][0]["message"]["text"] == "{{0}} [x](y)"
