"""What mails say of consents and no record has, and what was deleted while a claim was possible.

The place of each is the mail that says it: there somebody must act.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from ropa.claims import BY_COUNTRY
from ropa.clock import Clocks, ClockState, end_of_period
from ropa.linking.candidacies import Linking
from ropa.linking.candidacy import Candidacy, in_mail
from scanner.model import MilestoneKind
from scanner.summary import DatedEvent

Place = tuple[str, str]
"""Source and asset."""

_SOON = timedelta(days=31)
"""In which a withdrawal by mail reaches the records."""


def marks(linking: Linking, clocks: Clocks) -> Mapping[str, set[Place]]:
    """Give the mails that say what no record has, by what they say.

    An unrecorded `consent` or `withdrawal`, and the telling of a selection to somebody
    whose record was deleted too early (`deletion`).
    """
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for candidacy in linking.candidacies:
        for event in candidacy.events:
            if not in_mail(event) or event.at is None:
                continue
            place = event.source, event.asset
            if event.kind is MilestoneKind.CONSENT_GIVEN and not _is_recorded(candidacy):
                found["consent"].add(place)
            if event.kind is MilestoneKind.CONSENT_WITHDRAWN and _is_missed(candidacy, event):
                found["withdrawal"].add(place)
    for person in linking.deleted:
        for candidacy in linking.of_person(person):
            told = _told(candidacy)
            if told is not None and _is_early(linking, clocks, candidacy, told):
                found["deletion"].add((told.source, told.asset))
    return found


def _is_recorded(candidacy: Candidacy) -> bool:
    return any(
        event.kind in {MilestoneKind.CONSENT_GIVEN, MilestoneKind.CONSENT_UNTIL}
        and not in_mail(event)
        for event in candidacy.events
    )


def _is_missed(candidacy: Candidacy, withdrawal: DatedEvent) -> bool:
    """Say whether a record still holds a consent that was withdrawn by mail."""
    recorded = [each for each in candidacy.events if not in_mail(each) and each.at]
    if any(each.kind is MilestoneKind.CONSENT_WITHDRAWN for each in recorded):
        return False
    ends = [each.at for each in recorded if each.kind is MilestoneKind.CONSENT_UNTIL]
    latest = max((each for each in ends if each), default=None)
    return bool(latest and withdrawal.at and latest > withdrawal.at + _SOON)


def _told(candidacy: Candidacy) -> DatedEvent | None:
    """Give what first told the applicant of the selection, a message before a record."""
    told = [each for each in candidacy.events if each.kind is MilestoneKind.TOLD and each.at]
    return min(told, key=lambda each: (not in_mail(each), each.at), default=None)


def _is_early(linking: Linking, clocks: Clocks, candidacy: Candidacy, told: DatedEvent) -> bool:
    """Say whether somebody was deleted after being told and before the last day of a claim."""
    if told.at is None:
        return False
    day = told.at.date()
    last = end_of_period(day, BY_COUNTRY["FI"].duration)
    is_held = clocks.of(candidacy.number).state is ClockState.HELD
    return any(
        event.kind is MilestoneKind.DELETED
        and event.at is not None
        and event.at.date() >= day
        and (is_held or event.at.date() <= last)
        for other in linking.of_person(candidacy.person)
        for event in other.events
    )
