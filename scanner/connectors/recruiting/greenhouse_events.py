"""The dated events of a candidate's applications, best evidence named.

Greenhouse keeps no field for the day on which an applicant was told that somebody was chosen: the
e-mails among the notes say it, and are read like any other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scanner.connectors.recruiting.greenhouse_export import Export, Row, text_of
from scanner.model import Milestone, MilestoneKind

_CONSENT = re.compile(
    r"(consent|suostumus|samtyck\w*|samtykke)(_\w+)?_"
    r"(until|ends?|end_date|ends_at|expires?|expires_at|expiry|valid_until|asti|till?)(_\w+)?$"
)


@dataclass(frozen=True, slots=True)
class Jobs:
    """What the export says about jobs, by the job's id."""

    closed: dict[str, datetime] = field(default_factory=dict)
    filled: dict[str, list[tuple[datetime, str, str]]] = field(default_factory=dict)
    """Moment, evidence and the application that was hired."""
    theirs: set[str] = field(default_factory=set)
    """Ids of the reasons that mean that the applicant withdrew."""


def jobs_of(export: Export) -> Jobs:
    """Collect when jobs were closed and openings filled."""
    jobs = Jobs()
    reasons = {
        text_of(row.get("id")): text_of(row.get("name")) for row in export.table("close_reasons")
    }
    for row in export.table("rejection_reasons"):
        kind = row.get("type")
        name = text_of(kind.get("key") if isinstance(kind, dict) else kind).upper()
        if name == "THEY_REJECTED_US":
            jobs.theirs.add(text_of(row.get("id")))
    for row in export.table("jobs"):
        if at := moment(row.get("closed_at")):
            jobs.closed[text_of(row.get("id"))] = at
    for row in export.table("openings"):
        at = moment(row.get("closed_at"))
        if at is None:
            continue
        reason = reasons.get(text_of(row.get("close_reason_id")), _name(row.get("close_reason")))
        hired = text_of(row.get("application_id"))
        evidence = ""
        if reason.lower().startswith("hire"):
            evidence = "openings.closed_at (close reason: hire)"
        elif hired and not reason:
            evidence = "openings.closed_at (filled by an application)"
        if evidence:
            jobs.filled.setdefault(text_of(row.get("job_id")), []).append((at, evidence, hired))
    return jobs


def milestones(rows: Sequence[tuple[str, Row]], jobs: Jobs) -> Iterator[Milestone]:
    """Give the events of one candidate's applications."""
    of = {name: [row for resource, row in rows if resource == name] for name, _ in rows}
    candidate = of.get("candidates", [{}])[0]
    for row in of.get("applications", ()):
        yield from _application(row, of, candidate, jobs)
    record = f"candidate:{text_of(candidate.get('id'))}"
    if not of.get("applications"):
        last = moment(candidate.get("last_activity_at") or candidate.get("last_activity"))
        if last:
            yield Milestone(
                MilestoneKind.ACTIVITY, last, "candidates.last_activity_at", record=record
            )
    yield from _consents(candidate, "candidates", "", record)


def moment(value: object) -> datetime | None:
    """Read a date; without a time zone it is UTC.

    >>> moment("2026-01-02T03:04:05.678Z")
    datetime.datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=datetime.timezone.utc)
    >>> moment("2021-02-08 19:34:10.605 ").hour, moment("false"), moment(None)
    (19, None, None)
    """
    try:
        at = datetime.fromisoformat(text_of(value))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _application(
    row: Row, of: dict[str, list[Row]], candidate: Row, jobs: Jobs
) -> Iterator[Milestone]:
    own = text_of(row.get("id"))
    record = f"application:{own}"

    def event(kind: MilestoneKind, at: datetime | None, evidence: str) -> Iterator[Milestone]:
        if at is not None:
            yield Milestone(kind, at, evidence, own, record)

    applied = "applied_at" if moment(row.get("applied_at")) else "created_at"
    yield from event(MilestoneKind.APPLIED, moment(row.get(applied)), f"applications.{applied}")
    rejected, evidence = _rejection(row, of, own)
    is_theirs = _reason(row, of, own) in jobs.theirs
    yield from event(
        MilestoneKind.WITHDRAWN if is_theirs else MilestoneKind.REJECTED, rejected, evidence
    )
    for job in job_ids(row, of.get("job_application", []), own):
        for at, why, _ in jobs.filled.get(job, ()):
            yield from event(MilestoneKind.FILLED, at, why)
        yield from event(MilestoneKind.CLOSED, jobs.closed.get(job), "jobs.closed_at")
    if text_of(row.get("status")).lower() == "hired":
        yield from event(MilestoneKind.HIRED, *_hired(row, of, own, jobs))
    last, evidence = moment(row.get("last_activity_at")), "applications.last_activity_at"
    if last is None:
        last = moment(candidate.get("last_activity_at") or candidate.get("last_activity"))
        evidence = "candidates.last_activity_at"
    yield from event(MilestoneKind.ACTIVITY, last, evidence)
    yield from _consents(row, "applications", own, record)


def _rejection(row: Row, of: dict[str, list[Row]], own: str) -> tuple[datetime | None, str]:
    if at := moment(row.get("rejected_at")):
        return at, "applications.rejected_at"
    found = [moment(each.get("rejected_at")) for each in _of(own, of.get("rejection_details", []))]
    return next(filter(None, found), None), "rejection_details.rejected_at"


def _reason(row: Row, of: dict[str, list[Row]], own: str) -> str:
    """Give the id of the reason for which an application was rejected; empty without one."""
    rows = (row, *_of(own, of.get("rejection_details", [])))
    return next(filter(None, (text_of(each.get("rejection_reason_id")) for each in rows)), "")


def recipients(note: Row) -> set[str]:
    """Give the addresses that a note of type EMAIL went to, in lower case."""
    found: set[str] = set()
    for name in ("email_to", "to", "email_cc", "cc"):
        value = note.get(name)
        several = value if isinstance(value, list) else [value]
        for each in several:
            found |= set(re.findall(r"[^\s,;<>\"]+@[^\s,;<>\"]+", text_of(each).lower()))
    return found


def _hired(row: Row, of: dict[str, list[Row]], own: str, jobs: Jobs) -> tuple[datetime | None, str]:
    for filled in jobs.filled.values():
        for at, _, application in filled:
            if application == own:
                return at, "openings.closed_at of the opening that it filled"
    for offer in _of(own, of.get("offers", [])):
        if text_of(offer.get("status")).lower() == "accepted" and (
            resolved := moment(offer.get("resolved_at"))
        ):
            return resolved, "offers.resolved_at"
    for change in _of(own, of.get("application_history", [])):
        if text_of(change.get("new_status")).lower() == "hired" and (
            changed := moment(change.get("updated_at"))
        ):
            return changed, "application_history.updated_at"
    name = "updated_at" if moment(row.get("updated_at")) else "last_activity_at"
    return moment(row.get(name)), f"applications.{name} of a hired application"


def job_ids(row: Row, links: Sequence[Row], own: str) -> list[str]:
    """Give the ids of the jobs that an application is for."""
    found = [text_of(row.get("job_id"))]
    found += [text_of(job.get("id")) for job in _rows(row.get("jobs"))]
    found += [text_of(link.get("job_id")) for link in _of(own, links)]
    return [job for job in dict.fromkeys(found) if job]


def _consents(row: Row, resource: str, application: str, record: str) -> Iterator[Milestone]:
    for fields in (row.get("custom_fields"), row.get("keyed_custom_fields"), row):
        for name, value in fields.items() if isinstance(fields, dict) else ():
            inner = value.get("value") if isinstance(value, dict) else value
            at = moment(inner) if _CONSENT.search(_words(name)) else None
            if at is not None:
                yield Milestone(
                    MilestoneKind.CONSENT_UNTIL,
                    at,
                    f"{resource}.custom_fields",
                    application,
                    record,
                )
                return


def _words(name: object) -> str:
    return re.sub(r"\W+", "_", str(name).lower())


def _of(application: str, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if text_of(row.get("application_id")) == application]


def _rows(value: object) -> list[Row]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _name(value: object) -> str:
    return text_of(value.get("name")) if isinstance(value, dict) else text_of(value)
