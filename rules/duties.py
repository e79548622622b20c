"""Who deals with an open finding, and by when: as somebody said, or as the register says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ropa.model import Activity, Register
from ropa.observed import activities_of
from ropa.subjects import Kind
from rules.model import Severity, Violation


@dataclass(frozen=True, slots=True)
class Assignment:
    """What somebody said of one finding."""

    finding: str
    owner: str = ""
    due: date | None = None


class Duties:
    """Gives findings their owners and days; asked for very many, it looks into the register once.

    The owner is who was named, else who answers for the waiver, else the owner of the activity that
    the finding is about or whose system holds the data. The day is what was said, else so many days
    after the finding was seen first; a waived finding has none.
    """

    def __init__(
        self,
        register: Register,
        assignments: Iterable[Assignment],
        days: Mapping[Severity, int | None],
    ) -> None:
        self._register = register
        self._assignments = {each.finding: each for each in assignments}
        self._days = days
        self._owners: dict[tuple[str, str], str] = {}

    def named(self, violation: Violation) -> Violation:
        """Give the finding with its owner and its day."""
        said = self._assignments.get(violation.id, Assignment(violation.id))
        if violation.waiver:
            return replace(violation, owner=said.owner or violation.waiver.owner)
        days, seen = self._days.get(violation.severity), violation.first_seen
        due = seen + timedelta(days) if seen is not None and days is not None else None
        return replace(
            violation, owner=said.owner or self._declared(violation), due=said.due or due
        )

    def _declared(self, violation: Violation) -> str:
        """Give the owner that the register names; nothing where it names none."""
        source = violation.evidence[0].source if violation.evidence else ""
        about = violation.subject_id
        if violation.subject_kind is Kind.PURPOSE:
            about = about.partition("/")[0]
        is_many = violation.subject_kind in {Kind.ASSET, Kind.COPY, Kind.CANDIDACY}
        key = (source, "" if is_many else about)
        if key not in self._owners:
            related = [
                *(each for each in self._register.activities if _concerns(each, key[1])),
                *activities_of(self._register, source),
            ]
            self._owners[key] = next((each.owner for each in related if each.owner), "")
        return self._owners[key]


def _concerns(activity: Activity, about: str) -> bool:
    named = {activity.id, *activity.systems, *activity.recipients, *activity.transfers}
    return about in named
