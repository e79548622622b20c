"""The declared period that holds for what lies in a source."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from ropa.model import Activity, Register, Retention
from ropa.observed import activities_of, is_recruitment, retention_of

NONE = Retention(id="none")
"""No period is declared."""


class Periods:
    """The periods of a register, by source."""

    def __init__(self, register: Register, sources: Iterable[str]) -> None:
        found: dict[str, Retention] = {}
        listed = tuple(sources)
        for source in listed:
            for activity in activities_of(register, source):
                policy = retention_of(activity)
                if policy is not None:
                    found.setdefault(source, policy)
        self._by_source: Mapping[str, Retention] = found
        self._of_categories = {
            source: tuple(_of_categories(activities_of(register, source))) for source in listed
        }
        self._of_recruitment = tuple(
            _of_categories(each for each in register.activities if is_recruitment(each))
        )
        self._otherwise = next(
            (
                policy
                for activity in register.activities
                if is_recruitment(activity) and (policy := retention_of(activity))
            ),
            NONE,
        )

    def of(self, source: str) -> Retention:
        """Give the period for a source, or the one of recruitment where it has none."""
        return self._by_source.get(source, self._otherwise)

    def of_categories(self, source: str) -> tuple[Retention, ...]:
        """Give the periods that some categories in a source have of their own."""
        return self._of_categories.get(source, ()) or self._of_recruitment

    @property
    def categories(self) -> frozenset[str]:
        """The categories, or branches of them, that have such a period anywhere."""
        policies = (*self._of_recruitment, *chain.from_iterable(self._of_categories.values()))
        return frozenset(key for policy in policies for key in policy.categories)


def _of_categories(activities: Iterable[Activity]) -> Iterator[Retention]:
    for activity in activities:
        for policy in activity.retention:
            if policy.duration and policy.is_of_categories:
                yield policy
