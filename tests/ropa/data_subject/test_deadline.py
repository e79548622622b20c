"""The last day of a request, by Regulation 1182/71 and the holidays of four countries."""

from datetime import date, timedelta

import pytest

from ropa.data_subject.deadline import due
from ropa.data_subject.public_holidays import easter, holidays


@pytest.mark.parametrize(
    ("country", "received", "last"),
    [
        ("FI", "2026-09-28", "2026-10-28"),  # the day itself is not counted
        ("FI", "2026-01-31", "2026-03-02"),  # 28 February is a Saturday
        ("FI", "2024-01-31", "2024-02-29"),  # no 31 February
        ("FI", "2026-10-09", "2026-11-09"),
        ("FI", "2026-11-06", "2026-12-07"),  # Independence Day is a Sunday
        ("FI", "2027-11-06", "2027-12-07"),  # Independence Day is a Monday
        ("FI", "2026-11-24", "2026-12-28"),  # Christmas, and its week-end
        ("FI", "2026-05-19", "2026-06-22"),  # Midsummer Eve
        ("NO", "2026-05-19", "2026-06-19"),  # which Norway does not keep
        ("NO", "2026-03-02", "2026-04-07"),  # Maundy Thursday to Easter Monday
        ("SE", "2026-03-02", "2026-04-02"),  # Maundy Thursday is a working day
        ("SE", "2028-05-06", "2028-06-07"),  # the national day
        ("DK", "2023-04-05", "2023-05-08"),  # Great Prayer Day, for the last time
        ("DK", "2024-03-26", "2024-04-26"),  # and not any more
        ("DE", "2026-04-01", "2026-05-01"),  # of an unknown country only the week-ends
    ],
)
def test_a_month_ends_on_a_working_day(country: str, received: str, last: str) -> None:
    assert due(date.fromisoformat(received), country) == date.fromisoformat(last)


def test_an_extension_gives_two_more_months() -> None:
    assert due(date(2026, 9, 28), "FI", is_extended=True) == date(2026, 12, 28)


def test_easter_is_a_sunday_of_spring() -> None:
    for year in range(1990, 2100):
        sunday = easter(year)
        assert sunday.isoweekday() == 7
        assert date(year, 3, 22) <= sunday <= date(year, 4, 25)
    assert [easter(year) for year in (2008, 2011, 2038)] == [
        date(2008, 3, 23), date(2011, 4, 24), date(2038, 4, 25),
    ]  # fmt: skip


def test_every_request_has_at_least_a_month_and_ends_on_a_working_day() -> None:
    for days in range(1500):
        received = date(2025, 1, 1) + timedelta(days=days)
        for country in ("FI", "SE", "NO", "DK"):
            last = due(received, country)
            assert last.weekday() < 5
            assert last not in holidays(country, last.year)
            assert 28 <= (last - received).days <= 37
