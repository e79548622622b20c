"""Which rows of an export belong together, and which positions it lists.

Attachments, notes and scorecards are an application's, an application is a candidate's and for a
job: said by their ids, whatever the files are called.
"""

from collections.abc import Iterator, Sequence

from scanner.connectors.recruiting.greenhouse_events import Jobs, job_ids, moment
from scanner.connectors.recruiting.greenhouse_export import Row, text_of
from scanner.connectors.recruiting.greenhouse_fields import record_of
from scanner.model import Milestone, MilestoneKind
from scanner.relations import CANDIDATE, Reference, ReferenceKind, Vacancy

_OPEN = frozenset({"open", "draft"})


def references(source: str, rows: Sequence[tuple[str, Row]]) -> Iterator[Reference]:
    """Tie one candidate's rows to each other and to the jobs."""
    of = [row for resource, row in rows if resource == "job_application"]
    for number, (resource, row) in enumerate(rows, 1):
        record = record_of(resource, row, number)
        own = text_of(row.get("id"))
        if resource == "attachments":
            record = f"attachment:{own or 'unnumbered'}/part:{_filename(row)}"
        if own:
            yield _tie(ReferenceKind.IS, source, resource, own, record)
        if own and resource == "candidates":
            yield Reference(ReferenceKind.IS, f"{CANDIDATE}{own}", record)
        if resource == "applications":
            for job in job_ids(row, of, own):
                yield _tie(ReferenceKind.BELONGS, source, "jobs", job, record)
        elif application := text_of(row.get("application_id")):
            yield _tie(ReferenceKind.BELONGS, source, "applications", application, record)
        if candidate := text_of(row.get("candidate_id")):
            yield _tie(ReferenceKind.BELONGS, source, "candidates", candidate, record)


def vacancies(
    source: str, rows: Iterator[Row], jobs: Jobs
) -> Iterator[Milestone | Reference | Vacancy]:
    """Give the jobs as positions."""
    for number, row in enumerate(rows, 1):
        record = record_of("jobs", row, number)
        own = text_of(row.get("id"))
        if not own:
            continue
        status = text_of(row.get("status")).lower()
        outcome = "filled" if own in jobs.filled else "open" if status in _OPEN else ""
        yield _tie(ReferenceKind.IS, source, "jobs", own, record)
        for at, evidence, _ in jobs.filled.get(own, ()):
            yield Milestone(MilestoneKind.FILLED, at, evidence, record=record)
        if own in jobs.closed:
            closed = jobs.closed[own]
            yield Milestone(MilestoneKind.CLOSED, closed, "jobs.closed_at", record=record)
        yield Vacancy(
            record,
            text_of(row.get("requisition_id")),
            text_of(row.get("name")),
            moment(row.get("opened_at")),
            jobs.closed.get(own),
            outcome,
        )


def _filename(row: Row) -> str:
    return text_of(row.get("filename")) or "attachment"


def _tie(kind: ReferenceKind, source: str, resource: str, own: str, record: str) -> Reference:
    return Reference(kind, f"{source}:{resource}:{own}", record)
