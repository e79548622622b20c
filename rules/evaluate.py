"""Judge subjects by rules: pure, in the order of the subjects and then of the rules' ids.

Subjects are a stream and are not kept; millions of copies cost no memory.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, assert_never

from ropa.subjects import EvidenceItem, Kind, Subject, Value
from rules.message import fill, gap
from rules.model import (
    AllOf,
    Answer,
    AnyOf,
    Condition,
    Linked,
    Not,
    Operator,
    Rule,
    Test,
    Violation,
    Waiver,
)
from rules.operators import TABLE, Truth, all_of, any_of, negate
from rules.patterns import SECONDS, Pattern, pattern_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a condition comes to for a subject, and the facts without which it cannot be told."""

    truth: Truth
    missing: frozenset[str] = frozenset()


def evaluate(
    rules: Iterable[Rule],
    subjects: Iterable[Subject],
    waivers: Sequence[Waiver] = (),
    *,
    today: date,
) -> Iterator[Violation]:
    """Give a violation for each subject that breaks a rule or cannot be judged by it.

    A waiver marks its violation and hides nothing; one that has ended marks nothing (see
    `expired`).
    """
    by_kind: dict[Kind, list[Rule]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: rule.id):
        if rule.status != "deprecated":
            by_kind[rule.applies_to].append(rule)
    patterns = {rule.id: tuple(_patterns(rule)) for rule in chain(*by_kind.values())}
    warned: set[str] = set()
    valid = {
        (waiver.rule, waiver.subject): waiver for waiver in waivers if not waiver.is_over(today)
    }
    for subject in subjects:
        for rule in by_kind.get(subject.kind, ()):
            answer, missing = judge(rule, subject)
            if rule.id not in warned and any(pattern.is_late for pattern in patterns[rule.id]):
                warned.add(rule.id)
                _log.warning(
                    "rule %s: a regular expression after 'matches' takes longer than %g s, and what"
                    " it cannot tell is unknown; write it without repetitions inside repetitions",
                    rule.id,
                    SECONDS,
                )
            if answer in (Answer.VIOLATED, Answer.UNKNOWN):
                waiver = valid.get((rule.id, subject.id)) or valid.get((rule.id, "*"))
                yield _violation(rule, subject, answer, missing, waiver)


def judge(rule: Rule, subject: Subject) -> tuple[Answer, tuple[str, ...]]:
    """Answer one rule for one subject; for `UNKNOWN`, with the facts that nobody recorded."""
    if subject.kind != rule.applies_to:
        return Answer.NOT_APPLICABLE, ()
    selected = weigh(rule.when, subject) if rule.when else Weight(truth=True)
    if selected.truth is False:
        return Answer.NOT_APPLICABLE, ()
    required = weigh(rule.require, subject)
    if required.truth is True:
        return Answer.SATISFIED, ()
    if selected.truth is True and required.truth is False:
        return Answer.VIOLATED, ()
    return Answer.UNKNOWN, tuple(sorted(selected.missing | required.missing))


def weigh(condition: Condition, subject: Subject) -> Weight:
    """Work out a condition in three values."""
    match condition:
        case Test():
            return _weigh_test(condition, subject)
        case AllOf():
            return _join(all_of, [weigh(part, subject) for part in condition.all])
        case AnyOf():
            return _join(any_of, [weigh(part, subject) for part in condition.any])
        case Not():
            inner = weigh(condition.not_, subject)
            return Weight(negate(inner.truth), inner.missing)
        case Linked():
            return _weigh_linked(condition, subject)
        case _:
            assert_never(condition)


def _patterns(rule: Rule) -> Iterator[Pattern]:
    """Give the regular expressions of a rule, those on linked subjects too."""
    waiting = [condition for condition in (rule.when, rule.require) if condition is not None]
    for condition in waiting:
        match condition:
            case Test(op=Operator.MATCHES, value=str(written)):
                pattern = pattern_of(written)
                if pattern is not None:
                    yield pattern
            case AllOf():
                waiting += condition.all
            case AnyOf():
                waiting += condition.any
            case Not():
                waiting.append(condition.not_)
            case Linked():
                waiting.append(condition.where)
            case _:
                pass


def expired(waivers: Iterable[Waiver], today: date) -> tuple[Waiver, ...]:
    """List the waivers that have ended and are no longer applied."""
    over = [waiver for waiver in waivers if waiver.is_over(today)]
    return tuple(
        sorted(over, key=lambda each: (each.rule, each.subject, each.finding, each.until or today))
    )


def _weigh_test(test: Test, subject: Subject) -> Weight:
    fact = subject.facts.get(test.field)
    names, value = {test.field: fact}, _literal(test.value)
    if isinstance(test.value, dict):
        other = str(test.value["fact"])
        value = names[other] = subject.facts.get(other)
    truth = TABLE[test.op].judge(fact, value)
    if truth is not None:
        return Weight(truth)
    absent = frozenset(name for name, known in names.items() if known is None)
    return Weight(None, absent or frozenset(names))


def _weigh_linked(condition: Linked, subject: Subject) -> Weight:
    """Ask whether one linked subject meets it; links that nobody recorded cannot be told."""
    others = subject.links.get(condition.linked)
    if others is None:
        return Weight(None, frozenset({condition.linked}))
    joined = _join(any_of, [weigh(condition.where, other) for other in others])
    return Weight(joined.truth, frozenset(f"{condition.linked}.{name}" for name in joined.missing))


def _evidence(rule: Rule, subject: Subject) -> tuple[EvidenceItem, ...]:
    """Give the evidence of what is required, else of what selects, else of the whole subject."""
    for condition in (rule.require, rule.when):
        tests = _tests(condition) if condition else ()
        items = (item for test in tests for item in _evidence_of(test, subject))
        if found := tuple(dict.fromkeys(items)):
            return found
    return subject.evidence


def _evidence_of(test: Test, subject: Subject) -> tuple[EvidenceItem, ...]:
    """Give the evidence of the values that a test asks for, else of the whole fact."""
    known = subject.fact_evidence
    values = test.value if isinstance(test.value, list) else [test.value]
    named = [item for value in values for item in known.get(f"{test.field}:{value}", ())]
    return tuple(named) or known.get(test.field, ())


def _tests(condition: Condition) -> Iterator[Test]:
    """Give the tests of the subject itself that a condition is made of."""
    match condition:
        case Test():
            yield condition
        case AllOf():
            for part in condition.all:
                yield from _tests(part)
        case AnyOf():
            for part in condition.any:
                yield from _tests(part)
        case Not():
            yield from _tests(condition.not_)
        case Linked():
            return
        case _:
            assert_never(condition)


def _join(how: Callable[[tuple[Truth, ...]], Truth], parts: Sequence[Weight]) -> Weight:
    truth = how(tuple(part.truth for part in parts))
    if truth is not None:
        return Weight(truth)
    return Weight(None, frozenset().union(*(part.missing for part in parts if part.truth is None)))


def _literal(value: Any) -> Value:  # noqa: ANN401 - checked against the fact's type when loaded
    known: Value = tuple(value) if isinstance(value, list) else value
    return known


def _violation(
    rule: Rule, subject: Subject, answer: Answer, missing: tuple[str, ...], waiver: Waiver | None
) -> Violation:
    judged = answer is Answer.VIOLATED
    return Violation(
        rule=rule.id,
        title=rule.title,
        answer=answer,
        severity=rule.severity,
        certainty=rule.certainty,
        references=rule.references,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_name=subject.name,
        message=fill(rule.message, subject) if judged else gap(missing, subject),
        remedy=fill(rule.remedy, subject),
        evidence=_evidence(rule, subject),
        missing=missing,
        waiver=waiver,
    )
