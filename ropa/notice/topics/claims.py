"""The promises of a notice that a scan can confront with reality, each with the fact to look at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ropa.notice.base import Evidence, Stated
from ropa.notice.text import NoticeText
from ropa.notice.topics.automated import AutomatedDecisions
from ropa.notice.topics.categories import DataCategory
from ropa.notice.topics.purposes import Purpose
from ropa.notice.topics.recipients import Recipients
from ropa.notice.topics.retention import Period
from ropa.notice.topics.rights import Rights
from ropa.notice.topics.security import Promise
from ropa.notice.topics.transfers import Transfers

_OF_PROMISES = {
    "access on need-to-know": "who can read the folders and mailboxes in which the data is",
    "data processing agreement with every processor": "processors without an agreement",
    "bank details are never asked for by e-mail": "bank accounts in mailboxes",
    "our e-mail comes from one domain": "domains from which mail was sent",
}
_Pairs = Iterator[tuple[str, str, tuple[Evidence, ...]]]


class TestableClaim(Stated):
    """One promise."""

    __test__ = False
    id: str
    claim: str
    fact: str
    """What a scan looks at."""


def read_claims(notice: NoticeText, found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Gather the promises that the other topics found; none without its words."""
    del notice
    pairs = [
        *_of_categories(found.get("data_categories", ())),
        *_of_retention(found.get("retention", ())),
        *_of_decisions(found.get("automated_decision_making")),
        *_of_transfers(found.get("transfers")),
        *_of_security(found.get("security", ())),
        *_of_rights(found.get("rights")),
        *_of_recipients(found.get("recipients")),
        *_of_purposes(found.get("purposes", ())),
    ]
    return {
        "testable_claims": tuple(
            TestableClaim(id=f"C{number:02}", claim=claim, fact=fact, evidence=evidence)
            for number, (claim, fact, evidence) in enumerate(pairs, start=1)
            if evidence
        )
    }


def _of_categories(categories: Sequence[DataCategory]) -> _Pairs:
    for category in categories:
        if category.declared_default == "not_collected":
            yield (
                "sensitive data is not collected",
                "data of special categories in any source",
                category.evidence,
            )
        if category.processed is False:
            yield f"not processed: {category.name}", "such data in any source", category.evidence


def _of_retention(periods: Sequence[Period]) -> _Pairs:
    for period in periods:
        if period.duration is not None:
            yield (
                f"kept for {period.duration}: {period.applies_to}",
                "the oldest copies in every source",
                period.evidence,
            )


def _of_decisions(decisions: AutomatedDecisions | None) -> _Pairs:
    if decisions and decisions.decisions and decisions.decisions.value is False:
        yield (
            "no automated decisions",
            "rules of the recruiting system that reject or rank by themselves",
            decisions.decisions.evidence,
        )


def _of_transfers(transfers: Transfers | None) -> _Pairs:
    if transfers is None:
        return
    for claim in (transfers.default_claim, transfers.contradicting_claim):
        if claim is not None:
            yield claim.value, "countries of hosts and recipients", claim.evidence
    for flow in transfers.flows:
        if flow.mechanism:
            yield (
                f"transfer on {flow.mechanism}: {', '.join(flow.to)}",
                "the agreement, its version and its day",
                flow.evidence,
            )


def _of_security(promises: Sequence[Promise]) -> _Pairs:
    for promise in promises:
        fact = _OF_PROMISES.get(promise.promise)
        if fact:
            yield promise.promise, fact, promise.evidence


def _of_rights(rights: Rights | None) -> _Pairs:
    if rights and rights.deadline and rights.deadline.value:
        yield (
            f"requests are answered in {rights.deadline.value}",
            "the log of requests",
            rights.deadline.evidence,
        )


def _of_recipients(recipients: Recipients | None) -> _Pairs:
    for condition in recipients.general_conditions if recipients else ():
        if condition.kind == "no_sale":
            yield "personal data is not sold", "recipients in mail and exports", condition.evidence


def _of_purposes(purposes: Sequence[Purpose]) -> _Pairs:
    for purpose in purposes:
        if purpose.consent and (purpose.consent.prior or purpose.consent.written):
            yield (
                "consent is asked for in advance or in writing",
                "records of consent, their days and their text",
                purpose.evidence,
            )
