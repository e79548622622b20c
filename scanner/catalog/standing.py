"""Which findings stood in which run: by ids, without a word of what they say.

A finding has one row for each stretch of judged runs in which it stood the same, so that a run in
which nothing changed only moves ends. What could not be looked at again is taken for still there.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from scanner.catalog.schema import judgements, standing
from scanner.catalog.selection import streamed
from scanner.catalog.store import Catalog

KEPT = 200
"""Judged runs after which what is gone is forgotten."""
_CHUNK = 400
"""Findings asked for at a time; SQLite takes 999 parameters of older builds."""

Change = Literal["new", "back", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding in one run."""

    finding: str
    rule: str
    severity: str
    state: str
    """`violated`, `unknown` or `waived`."""
    source: str
    """The source that has it; empty where none has."""
    place: str
    """Keyed hash of its asset; empty where it is about none."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judged run: on which day, by what, and what it came to."""

    run: int
    judged_at: datetime
    judged_on: date
    rules: tuple[str, ...]
    forms: str
    """Of all rules together: another one, and findings may come and go by it alone."""
    key: str
    violated: int = 0
    unknown: int = 0
    waived: int = 0
    new: int = 0
    back: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a finding before a run."""

    first_run: int
    first_seen: date
    last_run: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding that does not stand alike in two runs."""

    finding: str
    rule: str
    severity: str
    change: Change
    before: str
    """Its state in the first run; empty where it did not stand."""
    after: str


def judged(catalog: Catalog) -> tuple[Judgement, ...]:
    """Give the judged runs, the oldest first."""
    with catalog.transaction() as connection:
        rows = connection.execute(select(judgements).order_by(judgements.c.run_id)).all()
    return tuple(
        Judgement(row.run_id, row.judged_at, row.judged_on, tuple(row.rules), *row[4:])
        for row in rows
    )


def pasts(catalog: Catalog, run: int, findings: Sequence[str]) -> dict[str, Past]:
    """Give what is known of findings before a run."""
    with catalog.transaction() as connection:
        return _pasts(connection, run, findings)


def remember(
    catalog: Catalog,
    judgement: Judgement,
    findings: Iterable[Standing],
    looked_at: Sequence[str],
    missed: Iterable[str],
) -> None:
    """Write down how a run was judged: all of it or nothing, and once.

    `looked_at` are the sources that were read to their end, `missed` the places that were not read:
    what stood elsewhere, or there, is not gone.
    """
    run = judgement.run
    with catalog.transaction() as connection:
        last = _last_judged(connection, run, judgement.key)
        if connection.execute(select(judgements).where(judgements.c.run_id == run)).first():
            return
        entries = iter(findings)
        while chunk := list(islice(entries, _CHUNK)):
            judgement = _added(connection, judgement, last, chunk)
        if last is not None:
            _carry(connection, run, last, standing.c.source.not_in(["", *looked_at]))
            places = iter(missed)
            while some := list(islice(places, _CHUNK)):
                _carry(connection, run, last, standing.c.place.in_(some))
            judgement = replace(judgement, gone=_count_gone(connection, run, last))
        connection.execute(insert(judgements).values(_row(judgement)))
        _forget(connection)


def last_before(catalog: Catalog, run: int, key: str) -> int | None:
    """Give the judged run before a run; None where there is none of the same key."""
    with catalog.transaction() as connection:
        return _last_judged(connection, run, key)


def differences(catalog: Catalog, first: int, second: int) -> Iterator[Difference]:
    """Give what does not stand alike in two judged runs, what is new first."""
    a, b = standing.alias("a"), standing.alias("b")
    in_a = and_(a.c.from_run <= first, a.c.to_run >= first)
    in_b = and_(b.c.from_run <= second, b.c.to_run >= second)
    told: list[tuple[Any, Callable[[Any], Change]]] = [
        (
            select(b, a.c.state.label("was"), a.c.severity.label("before"))
            .outerjoin(a, and_(a.c.finding == b.c.finding, in_a))
            .where(
                in_b,
                or_(a.c.id.is_(None), a.c.state != b.c.state, a.c.severity != b.c.severity),
            )
            .order_by(b.c.rule, b.c.finding),
            lambda row: "changed" if row.was else "back" if row.first_run <= first else "new",
        ),
        (
            select(a, a.c.state.label("was"))
            .outerjoin(b, and_(a.c.finding == b.c.finding, in_b))
            .where(in_a, b.c.id.is_(None))
            .order_by(a.c.rule, a.c.finding),
            lambda _: "gone",
        ),
    ]
    with catalog.transaction() as connection:
        for statement, change_of in told:
            with streamed(connection, statement) as rows:
                for row in rows:
                    change = change_of(row)
                    after = "" if change == "gone" else row.state
                    yield Difference(
                        row.finding, row.rule, row.severity, change, row.was or "", after
                    )


def count_alike(catalog: Catalog, first: int, second: int) -> tuple[int, int]:
    """Count what stands in both runs, and what of it the second could not look at again."""
    a, b = standing.alias("a"), standing.alias("b")
    both = (
        select(func.count(), func.count().filter(b.c.seen_run < second))
        .select_from(b.join(a, a.c.finding == b.c.finding))
        .where(
            and_(a.c.from_run <= first, a.c.to_run >= first),
            and_(b.c.from_run <= second, b.c.to_run >= second),
        )
    )
    with catalog.transaction() as connection:
        alike, unseen = connection.execute(both).one()
    return int(alike), int(unseen)


def _last_judged(connection: Connection, run: int, key: str) -> int | None:
    statement = select(func.max(judgements.c.run_id)).where(
        judgements.c.run_id < run, judgements.c.key == key
    )
    found: int | None = connection.execute(statement).scalar()
    return found


def _pasts(connection: Connection, run: int, findings: Sequence[str]) -> dict[str, Past]:
    rows = connection.execute(
        select(
            standing.c.finding,
            func.min(standing.c.first_run).label("first_run"),
            func.min(standing.c.first_seen).label("first_seen"),
            func.max(standing.c.to_run).label("last_run"),
        )
        .where(standing.c.finding.in_(findings), standing.c.from_run < run)
        .group_by(standing.c.finding)
    )
    return {row.finding: Past(row.first_run, row.first_seen, row.last_run) for row in rows}


def _added(
    connection: Connection, judgement: Judgement, last: int | None, chunk: Sequence[Standing]
) -> Judgement:
    """Write some findings of a run; count them."""
    run = judgement.run
    before = _pasts(connection, run, [each.finding for each in chunk])
    same = {
        (row.finding, row.severity, row.state): row.id
        for row in connection.execute(
            select(standing).where(
                standing.c.finding.in_([each.finding for each in chunk]), standing.c.to_run == last
            )
        )
    }
    moved = [same.get((each.finding, each.severity, each.state)) for each in chunk]
    connection.execute(
        update(standing)
        .where(standing.c.id.in_([key for key in moved if key is not None]))
        .values(to_run=run, seen_run=run)
    )
    fresh = []
    counts = {"violated": 0, "unknown": 0, "waived": 0, "new": 0, "back": 0}
    for each, row in zip(chunk, moved, strict=True):
        past = before.get(each.finding)
        counts[each.state] += 1
        counts["new"] += past is None
        counts["back"] += past is not None and past.last_run != last
        if row is None:
            first = past or Past(run, judgement.judged_on, run)
            fresh.append(
                {
                    **{name: getattr(each, name) for name in Standing.__slots__},
                    "first_run": first.first_run,
                    "first_seen": first.first_seen,
                    "from_run": run,
                    "to_run": run,
                    "seen_run": run,
                }
            )
    if fresh:
        connection.execute(insert(standing), fresh)
    return replace(
        judgement, **{name: getattr(judgement, name) + number for name, number in counts.items()}
    )


def _carry(connection: Connection, run: int, last: int, where: ColumnElement[bool]) -> None:
    """Take what could not be looked at for still there."""
    now = standing.alias("now")
    connection.execute(
        update(standing)
        .where(
            standing.c.to_run == last,
            where,
            ~select(now.c.id)
            .where(now.c.finding == standing.c.finding, now.c.to_run == run)
            .exists(),
        )
        .values(to_run=run)
    )


def _count_gone(connection: Connection, run: int, last: int) -> int:
    now = standing.alias("now")
    statement = select(func.count()).where(
        standing.c.to_run == last,
        ~select(now.c.id).where(now.c.finding == standing.c.finding, now.c.to_run == run).exists(),
    )
    return int(connection.execute(statement).scalar_one())


def _row(judgement: Judgement) -> dict[str, Any]:
    names = [column.name for column in judgements.c if column.name not in {"run_id", "rules"}]
    values = {name: getattr(judgement, name) for name in names}
    return {"run_id": judgement.run, "rules": list(judgement.rules), **values}


def _forget(connection: Connection) -> None:
    """Forget what was gone long ago; how the runs were judged stays."""
    oldest = connection.execute(
        select(judgements.c.run_id).order_by(judgements.c.run_id.desc()).offset(KEPT).limit(1)
    ).scalar()
    if oldest is not None:
        connection.execute(delete(standing).where(standing.c.to_run <= oldest))
