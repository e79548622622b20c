"""GDPR Arts. 13(2)(a) and 12(3): how long data are kept, and when requests are answered."""

import re
from collections.abc import Iterator

from ropa.model import Trigger
from ropa.notice.base import Evidence
from ropa.notice.checks.base import Checked, Found, quotes_of
from ropa.notice.view import Retention

_CONSENT = "A6-1-a"
_DAYS = {"Y": 365, "M": 31, "W": 7, "D": 1}
_PART = re.compile(r"(\d+)([YMWD])")


def periods(notice: Checked) -> Iterator[Found]:
    """Say whether periods are told, and for which data none is."""
    entries = notice.view.retention
    timed = tuple(entry for entry in entries if entry.period)
    yield Found("periods", tuple(dict.fromkeys(entry.period for entry in timed)))
    stated = [entry for entry in entries if entry.evidence]
    vague = [entry for entry in stated if _is_vague(notice, entry)]
    only = bool(stated) and len(vague) == len(stated)
    yield Found("only_vague_periods", only, quotes_of(*(entry.evidence for entry in vague)))
    names, evidence = _uncovered(notice, timed)
    yield Found("data_without_period", names, evidence)


def _is_vague(notice: Checked, entry: Retention) -> bool:
    """Say whether it gives neither a period nor an event that would end it."""
    text = notice.paragraph(entry.evidence)
    if entry.period or trigger_of(notice, entry):
        return False
    return notice.matches(text, "says", "as_long_as_needed")


def _uncovered(
    notice: Checked, timed: tuple[Retention, ...]
) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """Name special or separately listed data that no period covers, where periods are by data."""
    if not timed or any(not entry.data_categories and not entry.items for entry in timed):
        return (), ()
    covered = {key for entry in timed for key in entry.data_categories}
    bare = [
        category
        for category in notice.view.data_categories
        if category.id not in covered
        and (category.is_special or category.not_in_main_list)
        and not category.processed.lower().startswith("false")
    ]
    return (
        tuple(category.label for category in bare),
        quotes_of(*(category.evidence[:1] for category in bare)),
    )


def consent(notice: Checked) -> Iterator[Found]:
    """Find data that are kept for later on consent, and no period for them."""
    kept = [entry for entry in notice.view.retention if _is_pool(notice, entry)]
    asked = [
        entry
        for entry in notice.view.purposes
        if entry.lawful_basis == _CONSENT
        and notice.matches(" ".join(one.quote for one in entry.evidence), "says", "talent_pool")
    ]
    timed = any(entry.period for entry in kept)
    evidence = quotes_of(
        *(entry.evidence for entry in kept), *(entry.evidence[:1] for entry in asked)
    )
    yield Found("kept_on_consent", bool(kept or asked), evidence)
    yield Found("consent_period_told", timed, evidence)


def _is_pool(notice: Checked, entry: Retention) -> bool:
    """Say whether an entry is about keeping somebody for later vacancies."""
    text = " ".join((entry.applies_to, entry.trigger, *(one.quote for one in entry.evidence)))
    return trigger_of(notice, entry) is Trigger.CONSENT or notice.matches(
        text, "says", "talent_pool"
    )


def beginnings(notice: Checked) -> Iterator[Found]:
    """Say from which events the periods run."""
    timed = [
        (trigger, entry)
        for entry in notice.view.retention
        if entry.period and (trigger := trigger_of(notice, entry)) is not None
    ]
    names = tuple(dict.fromkeys(trigger.value for trigger, _ in timed))
    every = [entry for entry in notice.view.retention if entry.period]
    yield Found("period_starts", names, quotes_of(*(entry.evidence for entry in every)))


def trigger_of(notice: Checked, entry: Retention) -> Trigger | None:
    """Say from which event a period runs, as far as the reader or its words tell."""
    for key in (entry.trigger_event, entry.trigger):
        if key in {trigger.value for trigger in Trigger}:
            return Trigger(key)
    if entry.trigger.startswith("consent"):
        return Trigger.CONSENT
    if entry.trigger and notice.matches(entry.trigger, "says", "selection"):
        return Trigger.SELECTION_TOLD
    return None


def answers(notice: Checked) -> Iterator[Found]:
    """Art. 12(3): an answer within a month, which two further months may follow at most."""
    rights = notice.view.rights
    deadline, quotes = rights.deadline, rights.deadline.evidence
    yield Found("answer_time", deadline.text or None, quotes)
    words = " ".join((deadline.qualifier, *(one.quote for one in quotes)))
    hedged = notice.matches(words, "says", "normally")
    limited = bool(rights.extension.text) or any(
        notice.matches(notice.line(one.line), "present", "extension") for one in quotes
    )
    evidence = quotes_of(quotes, rights.extension.evidence)
    yield Found("answer_open_ended", hedged and not limited if quotes else False, evidence)
    yield Found("answer_days", days_of(deadline.text), quotes)
    always = rights.identity_check.required == "always"
    yield Found("identity_always_checked", always, rights.identity_check.evidence)


def days_of(duration: str) -> int | None:
    """Count the days of a duration at their most.

    >>> days_of("P1M"), days_of("P30D"), days_of("")
    (31, 30, None)
    """
    parts = _PART.findall(duration)
    return sum(int(number) * _DAYS[unit] for number, unit in parts) if parts else None


CHECKS = (periods, consent, beginnings, answers)
