"""The violations as SARIF 2.1.0, for pipelines and code-scanning views.

A violated subject is a result of kind `fail`, one that cannot be judged is `open`, a waived one is
suppressed. What was not examined is a notification of the run, so that silence is never taken for
cleanliness.

Code-scanning hosts take the file whole. What they document, and what is kept here:

- GitHub ("SARIF support for code scanning", "SARIF results exceed limits" in its documentation):
  a gzip-compressed file of at most 10 MB; at most 25,000 results and 25,000 rules a run; 1,000
  locations a result, of which 100 are kept; 20 tags a rule, of which 10 are kept; 1,024 characters
  of a rule's short and full description. A result needs a location with a physical location, and
  that a file's URI, relative to the repository, and a region with lines and columns. Results are
  known again by `primaryLocationLineHash` alone. The 5,000 worst results are shown.
- Azure DevOps (`AdvancedSecurity-Publish`) hands the file to the same service.

So the worst 25,000 results are kept and the rest is told, by rule, in the run's properties and in
a notification. What concerns a declaration points to the register's file and line.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, BinaryIO, ClassVar
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from reports import order
from reports.base import AuditResult, Declarations
from reports.interruption import interruption
from reports.place import place_in_words
from reports.streamed import streamed
from reports.text import visible
from reports.wording import Wording, wording
from ropa.model import Language
from ropa.subjects import EvidenceItem
from rules.model import Answer, Rule, Severity, Status, Violation
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

MOST_RESULTS = 25_000
MOST_LOCATIONS = 100
"""Of one result."""
MOST_NOTIFICATIONS = 5_000
"""Of what was not examined: GitHub shows none of them, but they count for the file's size."""
LONGEST_DESCRIPTION = 1_024
_LEFT_OUT = "results_left_out"
_NOT_LISTED = "skips_not_listed"
_TEXTS = (".txt", ".text", ".md", ".log", ".json", ".jsonl", ".csv", ".tsv")
_ROOT = "%SRCROOT%"
"""What a declaration's file is relative to: by convention the folder that is checked out."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Files:
    """What files there are to point to."""

    sources: Mapping[str, str]
    """Id → location."""
    declarations: Declarations


class SarifReport:
    """What a pipeline reads."""

    name: ClassVar[str] = "sarif"
    suffix: ClassVar[str] = ".sarif"

    def write(self, result: AuditResult, out: BinaryIO, language: Language) -> None:
        """Write the log."""
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(result, wording(language))]}
        out.writelines(text.encode() for text in streamed(log))
        out.write(b"\n")


def _run(result: AuditResult, words: Wording) -> Json:
    run = result.run
    rules = sorted(result.rules, key=lambda rule: rule.id)
    index = {rule.id: place for place, rule in enumerate(rules)}
    files = _Files(
        {str(entry.source.id): entry.source.location for entry in result.sources},
        result.declarations,
    )
    left_out = Counter(
        entry.rule for entry in islice(_worst_first(result.violations), MOST_RESULTS, None)
    )
    reasons = sorted({str(entry.skip.reason) for entry in result.skips})
    meanings = [words.label("reason", reason) for reason in reasons]
    meanings += [words("sarif.results_left_out"), words("sarif.skips_not_listed")]
    return {
        "tool": {
            "driver": {
                "name": "kartta",
                "fullName": f"Kartta {run.version} ({', '.join(sorted(run.rule_packs))})",
                "version": run.version,
                "language": words.language,
                "rules": [_rule(rule, words) for rule in rules],
                "notifications": [
                    {"id": name, "shortDescription": _message(text)}
                    for name, text in zip((*reasons, _LEFT_OUT, _NOT_LISTED), meanings, strict=True)
                ],
            }
        },
        "language": words.language,
        "automationDetails": {"id": f"kartta/{visible(result.register.controller.name)}/{run.id}"},
        "invocations": [_invocation(result, left_out, reasons, files, words)],
        "originalUriBaseIds": {
            _ROOT: {"description": _message(words("sarif.root"))},
            **{
                entry.source.id: _base(entry.source)
                for entry in order.sorted_sources(result.sources)
            },
        },
        "columnKind": "unicodeCodePoints",
        "results": (
            _result(entry, index, files, words)
            for entry in islice(_worst_first(result.violations), MOST_RESULTS)
        ),
        "properties": {
            "judgedOn": run.judged_on.isoformat(),
            "rulePacks": sorted(run.rule_packs),
            "assets": sum(entry.assets for entry in result.sources),
            "examined": sum(entry.examined for entry in result.sources),
            "partial": sum(entry.partial for entry in result.sources),
            "skipped": sum(entry.skipped for entry in result.sources),
            "resultsLeftOut": dict(sorted(left_out.items())),
        },
    }


def _worst_first(violations: Iterable[Violation]) -> Iterator[Violation]:
    """Give the open ones, then what cannot be told, then what is waived."""
    return chain(order.violated(violations), order.unknown(violations), order.waived(violations))


def _rule(rule: Rule, words: Wording) -> Json:
    title = words.text(rule.title)
    reason = words.text(rule.rationale) or title
    references = "; ".join(rule.references)
    return {
        "id": rule.id,
        "shortDescription": _message(_short(title)),
        "fullDescription": _message(_short(f"{title} ({references}).")),
        "help": _message(f"{reason} {words.text(rule.remedy)}"),
        "defaultConfiguration": {"level": LEVEL[rule.severity]},
        "properties": {
            "tags": sorted({"gdpr", rule.jurisdiction, str(rule.certainty), str(rule.severity)}),
            "references": list(rule.references),
            "precision": "high" if rule.certainty == "statute" else "medium",
            "security-severity": SCORE[rule.severity],
        },
    }


def _result(entry: Violation, index: Mapping[str, int], files: _Files, words: Wording) -> Json:
    failed = entry.answer is Answer.VIOLATED
    places = [_location(item, files, words) for item in entry.evidence[:MOST_LOCATIONS]]
    subject = words.subject(entry.subject_kind, entry.subject_id, entry.subject_name)
    here = {
        "physicalLocation": _declaration("", files),
        "logicalLocations": [
            {
                "name": subject,
                "fullyQualifiedName": visible(f"{entry.subject_kind}/{entry.subject_id}"),
                "kind": str(entry.subject_kind),
            }
        ],
    }
    result: Json = {
        "ruleId": entry.rule,
        "kind": "fail" if failed else "open",
        "level": LEVEL[entry.severity] if failed else "none",
        "message": _message(words.text(entry.message)),
        "locations": places[:1] or [here],
        "partialFingerprints": {
            "karttaSubject/v1": visible(entry.fingerprint),
            "primaryLocationLineHash": _hash(entry.fingerprint),
        },
        "properties": {
            "severity": str(entry.severity),
            "certainty": str(entry.certainty),
            "references": list(entry.references),
            "remedy": words.text(entry.remedy),
            "subject": subject,
            "missing": list(entry.missing),
            "status": entry.status,
            "owner": visible(entry.owner),
            "due": entry.due.isoformat() if entry.due else None,
            "firstSeen": entry.first_seen.isoformat() if entry.first_seen else None,
        },
    }
    if entry.id:
        result["correlationGuid"] = str(uuid5(NAMESPACE_URL, f"kartta:{visible(entry.id)}"))
        result["partialFingerprints"]["karttaFinding/v1"] = visible(entry.id)
    if entry.status is not None:
        result["baselineState"] = "unchanged" if entry.status is Status.STILL else "new"
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
                "properties": {
                    "owner": visible(waiver.owner),
                    "until": waiver.until.isoformat() if waiver.until else None,
                    "kind": str(waiver.kind),
                },
            }
        ]
    return result


def _location(item: EvidenceItem, files: _Files, words: Wording) -> Json:
    is_part = item.source in files.sources
    within = place_in_words(item.locator, item.asset, words)
    place: Json = {
        "physicalLocation": _asset(item, files) if is_part else _declaration(item.asset, files)
    }
    if item.locator or not is_part:
        logical = "/".join(filter(None, (visible(item.asset), visible(str(item.locator)))))
        place["logicalLocations"] = [
            {
                **({"name": within} if within else {}),
                "fullyQualifiedName": f"{visible(item.source)}/{logical}",
                "kind": "part" if is_part else "declaration",
            }
        ]
    if note := ": ".join(filter(None, (within, words.text(item.note)))):
        place["message"] = _message(note)
    return place


def _asset(item: EvidenceItem, files: _Files) -> Json:
    """Point to an asset, or to the source itself where the evidence is the source."""
    path = "" if item.asset == files.sources[item.source] else item.asset
    return _physical(_relative(path), item.source, _line(item))


def _line(item: EvidenceItem) -> int:
    """Give the line of a text that is a file of its own; elsewhere lines are not the file's."""
    is_text = item.asset.lower().endswith(_TEXTS) and not item.locator.without("line", "offset")
    return int(next(item.locator.names("line"), 1)) if is_text else 1


def _declaration(entry: str, files: _Files) -> Json:
    """Point to an entry of the register; where there are no files at all, to what was scanned."""
    file, line = files.declarations.at(entry)
    if file or not files.sources:
        return _physical(_relative(file), _ROOT, line)
    return _physical(_relative(""), min(files.sources), 1)


def _physical(uri: str, base: str, line: int) -> Json:
    return {
        "artifactLocation": {"uri": uri, "uriBaseId": base},
        "region": {"startLine": line, "startColumn": 1, "endLine": line, "endColumn": 2},
    }


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
    left_out: Counter[str],
    reasons: list[str],
    files: _Files,
    words: Wording,
) -> Json:
    sources = order.sorted_sources(result.sources)
    failed = [entry for entry in sources if entry.error]
    note = interruption(result.run.started_at, result.run.finished_at, sources, words)
    invocation: Json = {
        "executionSuccessful": result.run.finished_at is not None and not failed,
        "startTimeUtc": _utc(result.run.started_at),
        "toolExecutionNotifications": [
            *([{"level": "error", "message": _message(note)}] if note else []),
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
            *_left_out(left_out, len(result.skips) - MOST_NOTIFICATIONS, len(reasons), words),
            *(
                _notification(entry, reasons, files, words)
                for entry in islice(result.skips, MOST_NOTIFICATIONS)
            ),
        ],
    }
    if result.run.finished_at:
        invocation["endTimeUtc"] = _utc(result.run.finished_at)
    return invocation


def _left_out(results: Counter[str], skips: int, index: int, words: Wording) -> Iterator[Json]:
    """Tell what this file leaves out; `index` is the place of the first of the two descriptors."""
    if results:
        rules = ", ".join(f"{rule} {words.number(results[rule])}" for rule in sorted(results))
        number = words.number(results.total())
        yield {
            "descriptor": {"id": _LEFT_OUT, "index": index},
            "level": "warning",
            "message": _message(words("sarif.results_number", number=number, rules=rules)),
        }
    if skips > 0:
        yield {
            "descriptor": {"id": _NOT_LISTED, "index": index + 1},
            "level": "warning",
            "message": _message(words("sarif.skips_number", number=words.number(skips))),
        }


def _notification(entry: SkippedAsset, reasons: list[str], files: _Files, words: Wording) -> Json:
    reason = str(entry.skip.reason)
    item = EvidenceItem(entry.source, entry.asset, entry.skip.locator)
    what = f"{words.label('coverage', entry.coverage)}: {words.label('reason', reason)}"
    detail = f" ({visible(entry.skip.detail)})" if entry.skip.detail else ""
    return {
        "descriptor": {"id": reason, "index": reasons.index(reason)},
        "level": "warning" if entry.coverage is Coverage.SKIPPED else "note",
        "message": _message(what + detail),
        "locations": [_location(item, files, words)],
    }


def _message(text: str) -> Json:
    """Escape what a reader would take for a placeholder of a message."""
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1]}…"


def _hash(fingerprint: str) -> str:
    """Name a result as hosts know it again: a hash, and which one of that hash it is."""
    raw = fingerprint.encode("utf-8", "surrogatepass")
    return f"{hashlib.sha256(raw).hexdigest()[:16]}:1"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
