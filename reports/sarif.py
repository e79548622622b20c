"""The violations as SARIF 2.1.0, for pipelines and code-scanning views.

A violated subject is a result of kind `fail`, one that cannot be judged is `open`, a waived one is
suppressed. What was not examined is a notification of the run, so that silence is never taken for
cleanliness.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO, ClassVar
from urllib.parse import quote

from reports import order
from reports.base import AuditResult
from reports.text import visible
from reports.wording import Wording, wording
from ropa.model import Language
from ropa.subjects import EvidenceItem
from rules.model import Answer, Rule, Severity, Violation
from scanner.model import Coverage, Source
from scanner.summary import SkippedAsset

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
LEVEL: Mapping[Severity, str] = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
SCORE: Mapping[Severity, str] = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.INFO: "0.5",
}
"""For `security-severity`, the scale of CVSS."""

Json = dict[str, Any]


class SarifReport:
    """What a pipeline reads."""

    name: ClassVar[str] = "sarif"
    suffix: ClassVar[str] = ".sarif"

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the log."""
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(result, wording(language))]}
        out.write(json.dumps(log, indent=1, ensure_ascii=False).encode())
        out.write(b"\n")


def _run(result: AuditResult, words: Wording) -> Json:
    run = result.run
    rules = sorted(result.rules, key=lambda rule: rule.id)
    index = {rule.id: place for place, rule in enumerate(rules)}
    sources = {str(entry.source.id) for entry in result.sources}
    skips = order.sorted_skips(result.skips)
    reasons = sorted({str(entry.skip.reason) for entry in skips})
    return {
        "tool": {
            "driver": {
                "name": "kartta",
                "fullName": f"Kartta {run.version} ({', '.join(sorted(run.rule_packs))})",
                "version": run.version,
                "language": words.language,
                "rules": [_rule(rule, words) for rule in rules],
                "notifications": [
                    {"id": reason, "shortDescription": _message(words.label("reason", reason))}
                    for reason in reasons
                ],
            }
        },
        "language": words.language,
        "automationDetails": {"id": f"kartta/{visible(result.register.controller.name)}/{run.id}"},
        "invocations": [_invocation(result, skips, reasons, sources, words)],
        "originalUriBaseIds": {
            entry.source.id: _base(entry.source) for entry in order.sorted_sources(result.sources)
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(entry, index, sources, words)
            for entry in order.sorted_violations(result.violations)
        ],
        "properties": {
            "judgedOn": run.judged_on.isoformat(),
            "rulePacks": sorted(run.rule_packs),
            "assets": sum(entry.assets for entry in result.sources),
            "examined": sum(entry.examined for entry in result.sources),
            "partial": sum(entry.partial for entry in result.sources),
            "skipped": sum(entry.skipped for entry in result.sources),
        },
    }


def _rule(rule: Rule, words: Wording) -> Json:
    title = words.text(rule.title)
    reason = words.text(rule.rationale) or title
    references = "; ".join(rule.references)
    return {
        "id": rule.id,
        "shortDescription": _message(title),
        "fullDescription": _message(f"{title} ({references})."),
        "help": _message(f"{reason} {words.text(rule.remedy)}"),
        "defaultConfiguration": {"level": LEVEL[rule.severity]},
        "properties": {
            "tags": sorted({"gdpr", rule.jurisdiction, str(rule.certainty), str(rule.severity)}),
            "references": list(rule.references),
            "precision": "high" if rule.certainty == "statute" else "medium",
            "security-severity": SCORE[rule.severity],
        },
    }


def _result(entry: Violation, index: Mapping[str, int], sources: set[str], words: Wording) -> Json:
    failed = entry.answer is Answer.VIOLATED
    places = [_location(item, sources, words) for item in entry.evidence]
    subject = words.subject(entry.subject_kind, entry.subject_id, entry.subject_name)
    here = {
        "logicalLocations": [
            {
                "name": subject,
                "fullyQualifiedName": visible(f"{entry.subject_kind}/{entry.subject_id}"),
                "kind": str(entry.subject_kind),
            }
        ]
    }
    result: Json = {
        "ruleId": entry.rule,
        "kind": "fail" if failed else "open",
        "level": LEVEL[entry.severity] if failed else "none",
        "message": _message(words.text(entry.message)),
        "locations": places[:1] or [here],
        "partialFingerprints": {"karttaSubject/v1": visible(entry.fingerprint)},
        "properties": {
            "severity": str(entry.severity),
            "certainty": str(entry.certainty),
            "references": list(entry.references),
            "remedy": words.text(entry.remedy),
            "subject": subject,
            "missing": list(entry.missing),
        },
    }
    if entry.rule in index:
        result["ruleIndex"] = index[entry.rule]
    if len(places) > 1:
        result["relatedLocations"] = [
            {"id": number, **place} for number, place in enumerate(places[1:], start=1)
        ]
    if entry.waiver:
        waiver = entry.waiver
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": visible(waiver.reason),
                "properties": {"owner": visible(waiver.owner), "until": waiver.until.isoformat()},
            }
        ]
    return result


def _location(item: EvidenceItem, sources: set[str], words: Wording) -> Json:
    place: Json = {}
    if item.source in sources and item.asset:
        place["physicalLocation"] = {"artifactLocation": _artifact(item.source, item.asset)}
    logical = "/".join(filter(None, (visible(item.asset), visible(str(item.locator)))))
    if item.locator or "physicalLocation" not in place:
        place["logicalLocations"] = [
            {
                "fullyQualifiedName": f"{visible(item.source)}/{logical}",
                "kind": "part" if item.source in sources else "declaration",
            }
        ]
    if note := words.text(item.note):
        place["message"] = _message(note)
    return place


def _artifact(source: str, asset: str) -> Json:
    return {"uri": _relative(asset), "uriBaseId": source}


def _relative(path: str) -> str:
    """Write a path as a relative reference; bytes that are no text become their own escapes."""
    errors = "surrogateescape" if _is_escaped(path) else "surrogatepass"
    raw = path.encode("utf-8", errors)
    return quote(raw.lstrip(b"/") or b".", safe="/")


def _is_escaped(path: str) -> bool:
    surrogates = [each for each in path if "\ud800" <= each <= "\udfff"]
    return all("\udc80" <= each <= "\udcff" for each in surrogates)


def _base(source: Source) -> Json:
    base: Json = {"description": _message(f"{visible(source.name)} ({source.kind})")}
    location = source.location.rstrip("/")
    scheme, separator, rest = location.partition("://")
    if separator and scheme.isalnum():
        base["uri"] = f"{scheme}://{quote(rest.encode('utf-8', 'surrogatepass'), safe='/:@[]')}/"
    elif location.startswith("/"):
        base["uri"] = f"file://{quote(location.encode('utf-8', 'surrogatepass'), safe='/')}/"
    return base


def _invocation(
    result: AuditResult,
    skips: list[SkippedAsset],
    reasons: list[str],
    sources: set[str],
    words: Wording,
) -> Json:
    failed = [entry for entry in order.sorted_sources(result.sources) if entry.error]
    invocation: Json = {
        "executionSuccessful": result.run.finished_at is not None and not failed,
        "startTimeUtc": _utc(result.run.started_at),
        "toolExecutionNotifications": [
            *(
                {
                    "level": "error",
                    "message": _message(
                        f"{visible(entry.source.name)}: "
                        + words("ledger.error", error=visible(entry.error))
                    ),
                }
                for entry in failed
            ),
            *(_notification(entry, reasons, sources, words) for entry in skips),
        ],
    }
    if result.run.finished_at:
        invocation["endTimeUtc"] = _utc(result.run.finished_at)
    return invocation


def _notification(
    entry: SkippedAsset, reasons: list[str], sources: set[str], words: Wording
) -> Json:
    reason = str(entry.skip.reason)
    item = EvidenceItem(entry.source, entry.asset, entry.skip.locator)
    told = f"{words.label('coverage', entry.coverage)}: {words.label('reason', reason)}"
    detail = f" ({visible(entry.skip.detail)})" if entry.skip.detail else ""
    return {
        "descriptor": {"id": reason, "index": reasons.index(reason)},
        "level": "warning" if entry.coverage is Coverage.SKIPPED else "note",
        "message": _message(told + detail),
        "locations": [_location(item, sources, words)],
    }


def _message(text: str) -> Json:
    """Escape what a reader would take for a placeholder of a message."""
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
