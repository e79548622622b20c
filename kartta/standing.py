"""New, still there, back, gone: the findings of a run beside those of the runs before."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from reports.base import AuditResult, RunInfo
from rules import identity
from rules.model import Status, Violation
from scanner.catalog import standing
from scanner.catalog.standing import Judgement, Standing
from scanner.catalog.store import PASSING, Catalog
from scanner.model import Coverage

_CHUNK = 400


def with_status(
    catalog: Catalog, run: RunInfo, violations: Iterable[Violation]
) -> Iterator[Violation]:
    """Say of each finding since when it stands; what a run before did not know is new."""
    last = standing.last_before(catalog, run.id, run.key)
    entries = iter(violations)
    while chunk := list(islice(entries, _CHUNK)):
        known = {} if last is None else standing.pasts(catalog, run.id, [each.id for each in chunk])
        for each in chunk:
            past = known.get(each.id)
            if past is None or last is None:
                status, first_run, first_seen = Status.NEW, run.id, run.judged_on
            else:
                status = Status.BACK if past.last_run < last else Status.STILL
                first_run, first_seen = past.first_run, past.first_seen
            yield replace(each, status=status, first_run=first_run, first_seen=first_seen)


def remember(catalog: Catalog, result: AuditResult, key: bytes) -> None:
    """Write down which findings stand in a run, and what could not be looked at."""
    run = result.run
    sources = [str(each.source.id) for each in result.sources]
    read = [str(each.source.id) for each in result.sources if each.is_listed and not each.error]
    judgement = Judgement(
        run.id,
        datetime.now(UTC),
        run.judged_on,
        run.rule_packs,
        identity.forms_of(result.rules),
        run.key,
    )
    missed = (
        identity.place(key, each.source, each.asset)
        for each in result.skips
        if each.coverage is Coverage.SKIPPED or each.skip.reason in PASSING
    )
    found = (_standing(key, each, sources) for each in result.violations)
    standing.remember(catalog, judgement, found, read, missed)


def _standing(key: bytes, entry: Violation, sources: list[str]) -> Standing:
    source = entry.evidence[0].source if entry.evidence else ""
    return Standing(
        entry.id,
        entry.rule,
        str(entry.severity),
        "waived" if entry.waiver else str(entry.answer),
        source if source in sources else "",
        identity.place_of(key, entry),
    )
