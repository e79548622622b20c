"""The declared period that holds for what lies in a source."""

from collections.abc import Iterable, Mapping

from ropa.model import Register, Retention
from ropa.observed import activities_of, is_recruitment, retention_of

NONE = Retention(id="none")
"""No period is declared."""


class Periods:
    """The periods of a register, by source."""

    def __init__(self, register: Register, sources: Iterable[str]) -> None:
        found: dict[str, Retention] = {}
        for source in sources:
            for activity in activities_of(register, source):
                policy = retention_of(activity)
                if policy is not None:
                    found.setdefault(source, policy)
        self._by_source: Mapping[str, Retention] = found
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
