"""What is remembered of findings: as much as changed, for as long as it matters."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from scanner.catalog import schema, standing
from scanner.catalog.standing import Judgement, Standing
from scanner.catalog.store import Catalog
from tests.servers import PostgreSQL

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.integration, pytest.mark.enable_socket]),
    ]
)
def catalog(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalog]:
    if request.param == "sqlite":
        with Catalog.open(f"sqlite:///{tmp_path}/catalog.sqlite") as opened:
            yield opened
        return
    server: PostgreSQL = request.getfixturevalue("postgres")
    with server.database() as name, Catalog.open(server.url(name)) as opened:
        yield opened


def judge(
    catalog: Catalog,
    *findings: Standing,
    looked_at: Sequence[str] = ("share",),
    missed: Sequence[str] = (),
    key: str = "k",
) -> int:
    """Make a run and remember how it was judged."""
    run = catalog.begin_run(NOW, "1", "digest")
    catalog.finish_run(run, NOW)
    day = date(2026, 1, 1) + timedelta(days=run.id)
    judgement = Judgement(run.id, NOW, day, ("eu 1",), "f", key)
    standing.remember(catalog, judgement, findings, looked_at, missed)
    return run.id


def finding(number: int, *, state: str = "violated", source: str = "share") -> Standing:
    return Standing(f"RET-01-{number:012x}", "RET-01", "high", state, source, f"{number:016x}")


def rows(catalog: Catalog) -> int:
    with catalog.transaction() as connection:
        return connection.execute(select(func.count()).select_from(schema.standing)).scalar_one()


def changes(catalog: Catalog, first: int, second: int) -> list[tuple[str, str]]:
    return [(each.change, each.finding) for each in standing.differences(catalog, first, second)]


def test_runs_in_which_nothing_changes_add_no_rows(catalog: Catalog) -> None:
    many = [finding(number) for number in range(1_000)]
    for _ in range(4):
        judge(catalog, *many)

    assert rows(catalog) == 1_000
    assert [(each.violated, each.new) for each in standing.judged(catalog)] == [
        (1_000, 1_000), (1_000, 0), (1_000, 0), (1_000, 0),
    ]  # fmt: skip


def test_a_run_is_remembered_once(catalog: Catalog) -> None:
    run = judge(catalog, finding(1))
    again = Judgement(run, NOW, date(2026, 1, 9), (), "", "k")
    standing.remember(catalog, again, [finding(2)], [], [])

    assert [each.violated for each in standing.judged(catalog)] == [1]
    assert rows(catalog) == 1


def test_a_change_of_state_keeps_the_first_day(catalog: Catalog) -> None:
    first = judge(catalog, finding(1))
    judge(catalog, finding(1, state="waived"))
    third = judge(catalog, finding(1, state="waived"))
    past = standing.pasts(catalog, third + 1, [finding(1).finding])

    assert past[finding(1).finding].first_run == first
    assert [(each.new, each.back, each.gone) for each in standing.judged(catalog)][1:] == [
        (0, 0, 0), (0, 0, 0),
    ]  # fmt: skip
    assert changes(catalog, first, third) == [("changed", finding(1).finding)]


def test_what_could_not_be_looked_at_stands(catalog: Catalog) -> None:
    first = judge(catalog, finding(1), finding(2), finding(3, source="mail"), finding(4))
    second = judge(catalog, finding(1), missed=[finding(2).place])

    assert changes(catalog, first, second) == [("gone", finding(4).finding)]
    assert standing.count_alike(catalog, first, second) == (3, 2)
    third = judge(catalog, finding(1), looked_at=["share", "mail"])
    assert [change for change, _ in changes(catalog, second, third)] == ["gone", "gone"]


def test_another_key_begins_anew(catalog: Catalog) -> None:
    judge(catalog, finding(1))
    judge(catalog, finding(2), key="other")

    assert [(each.new, each.gone) for each in standing.judged(catalog)] == [(1, 0), (1, 0)]


def test_what_was_gone_long_ago_is_forgotten(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "KEPT", 3)
    judge(catalog, finding(1), finding(2))
    for _ in range(5):
        judge(catalog, finding(2))

    assert rows(catalog) == 1
    assert len(standing.judged(catalog)) == 6
