"""When a request must be answered: Art. 12(3) GDPR, counted by Regulation 1182/71."""

from datetime import date, timedelta

from ropa.clock import end_of_period
from ropa.data_subject.public_holidays import holidays

MONTH, EXTENDED = "P1M", "P3M"
_SATURDAY = 5


def due(received: date, country: str, *, is_extended: bool = False) -> date:
    """Give the last day: one month after receipt, or two more where that was told in time.

    The day of receipt is not counted. A month ends with the day of the same number, or its last
    one; what ends on a Saturday, a Sunday or a public holiday ends with the next working day
    (Art. 3(1), (2)(c) and (4)).

    >>> due(date(2026, 10, 9), "FI"), due(date(2027, 1, 31), "FI"), due(date(2026, 11, 24), "FI")
    (datetime.date(2026, 11, 9), datetime.date(2027, 3, 1), datetime.date(2026, 12, 28))
    """
    last = end_of_period(received, EXTENDED if is_extended else MONTH)
    while last.weekday() >= _SATURDAY or last in holidays(country, last.year):
        last += timedelta(days=1)
    return last
