"""Days as people write them; what may be two days is none."""

from datetime import UTC, datetime

import pytest

from kartta.lists.days import NoDayError, day_of


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-31",
        "2026-12-31 00:00:00",
        "2026-12-31T02:00:00+02:00",
        "31.12.2026",
        " 31. 12. 2026 ",
        "31/12/2026",
        "31-12-2026",
        "12/31/2026",
        "31. joulukuuta 2026",
        "31 december 2026",
        "31. desember 2026",
    ],
)
def test_a_day_in_any_of_its_forms(written: str) -> None:
    assert datetime(2026, 12, 31, tzinfo=UTC) == day_of(written)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("03/04/2026", "one of two days"),
        ("3-4-2026", "one of two days"),
        ("31.2.2026", "no day of the calendar"),
        ("2026-02-31", "no day of the calendar"),
        ("1.2.26", "is no day"),
        ("46022", "is no day"),
        ("toistaiseksi", "is no day"),
        ("joulukuu 2026", "is no day"),
        ("31.12.2026 or later", "is no day"),
    ],
)
def test_what_is_no_single_day_is_refused(written: str, why: str) -> None:
    with pytest.raises(NoDayError, match=why) as told:
        day_of(written)

    assert written not in str(told.value)
