"""What a privacy notice lacks: its facts, as one subject that the rules judge.

The facts say what the notice contains and what it does not, never what is lawful; that is for the
rules. Each fact carries the words that give it, or those beside which something is missing.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ropa.model import Text
from ropa.notice.base import Evidence
from ropa.notice.checks import elements, national, quality, storage, transfers
from ropa.notice.checks.base import Check, Checked, Found
from ropa.notice.text import NoticeText
from ropa.notice.view import View
from ropa.subjects import EvidenceItem, Kind, Subject, Value
from scanner.locator import WHOLE

CHECKS: tuple[Check, ...] = (
    *elements.CHECKS,
    *transfers.CHECKS,
    *storage.CHECKS,
    *quality.CHECKS,
    *national.CHECKS,
)


def notice_subject(notice: NoticeText, declared: dict[str, Any], on: date) -> Subject:
    """Make the subject that rules judge, from the text and what the reader found in it.

    `declared` is in the plain shape of `ropa.notice.read.as_data`.
    """
    checked = Checked(notice, View.model_validate(declared), on)
    found = [each for check in CHECKS for each in check(checked)]
    facts: dict[str, Value] = {"file": notice.name, "read": True}
    facts |= {each.name: each.value for each in found}
    return Subject(
        Kind.NOTICE,
        "notice",
        notice.name,
        facts,
        (EvidenceItem("notice", notice.name),),
        fact_evidence={each.name: _items(notice.name, each) for each in found if each.evidence},
    )


def _items(file: str, found: Found) -> tuple[EvidenceItem, ...]:
    """Turn quotes into evidence: the file, the line, the words."""
    return tuple(_item(file, one) for one in _once(found.evidence))


def _item(file: str, one: Evidence) -> EvidenceItem:
    return EvidenceItem("notice", file, WHOLE.line(one.line), Text(en=one.quote, fi=one.quote))


def _once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))
