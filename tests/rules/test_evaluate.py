"""Rules give four answers, and unknown is never a pass."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ropa.model import Text
from ropa.subjects import EvidenceItem, Kind, Subject, Value
from rules.evaluate import evaluate, expired, judge, weigh
from rules.load import load_packs
from rules.model import Answer, Condition, Not, Rule, Test, Waiver
from rules.operators import negate
from scanner.locator import WHOLE, Locator

TODAY = date(2026, 11, 22)


@cache
def _builtin() -> tuple[Rule, ...]:
    return load_packs().rules


def _rule(key: str = "RET-01", **changes: Any) -> Rule:  # noqa: ANN401
    fields: dict[str, Any] = {
        "id": key,
        "title": "Too late",
        "severity": "high",
        "certainty": "declared",
        "references": ["GDPR Art. 5(1)(e)"],
        "applies_to": "copy",
        "require": {"field": "days_past", "op": "at_most", "value": 0},
        "message": {"en": "{name} is {days_past} days late", "fi": "{name}: {days_past} päivää"},
        "remedy": "Erase it from {source}",
    }
    return Rule.model_validate(fields | changes)


def _copy(key: str = "a", /, **facts: Value) -> Subject:
    item = EvidenceItem(
        "mailbox", "INBOX/1", Locator().part(1), Text(en="clock ran out", fi="aika loppui")
    )
    return Subject(Kind.COPY, key, f"copy {key}", facts, (item,))


def _waiver(subject: str = "*", until: date = TODAY) -> Waiver:
    return Waiver("RET-01", subject, "dpo", "migration", until)


def test_a_violation_carries_its_words_and_its_evidence() -> None:
    subject = _copy(days_past=3, source="mailbox")

    (violation,) = evaluate([_rule()], [subject], today=TODAY)

    assert violation.answer is Answer.VIOLATED
    assert violation.message.en == "copy a is 3 days late"
    assert violation.message.fi == "copy a: 3 päivää"
    assert violation.remedy.en == "Erase it from mailbox"
    assert violation.evidence == subject.evidence
    assert violation.fingerprint == "RET-01/copy/a"


def test_the_evidence_of_a_large_subject_is_that_of_the_facts_tested() -> None:
    whole, one, other = (
        EvidenceItem("notice", "n", place)
        for place in (WHOLE, Locator().line(1), Locator().line(2))
    )
    rule = _rule(when={"field": "outside_ats", "op": "equals", "value": True})
    copy = _copy(outside_ats=True, days_past=3)
    known = {"days_past": (one, one), "outside_ats": (other,), "due": (whole,)}

    def evidence(facts: dict[str, tuple[EvidenceItem, ...]]) -> tuple[EvidenceItem, ...]:
        large = replace(copy, evidence=(whole,), fact_evidence=facts)
        return next(iter(evaluate([rule], [large], today=TODAY))).evidence

    assert evidence(known) == (one,)
    assert evidence({"outside_ats": (other,)}) == (other,)
    assert evidence({}) == (whole,)


def test_the_evidence_of_a_list_is_that_of_the_value_asked_for() -> None:
    """The identity code that a rule is about was hidden among all that the copy held."""
    whole, code, name = (
        EvidenceItem("mail", "1", place) for place in (WHOLE, Locator().page(2), Locator().page(1))
    )
    rule = _rule(
        when={"field": "categories", "op": "contains", "value": "identity.national_id"},
    )
    copy = replace(
        _copy(categories=("identity.name", "identity.national_id"), days_past=3),
        fact_evidence={"categories": (name, code), "categories:identity.national_id": (code,)},
        evidence=(whole,),
    )

    assert next(iter(evaluate([rule], [copy], today=TODAY))).evidence == (code,)


def test_a_gap_does_not_accuse() -> None:
    """The message of the rule would claim a breach that nobody has seen."""
    (violation,) = evaluate([_rule()], [_copy()], today=TODAY)

    assert violation.answer is Answer.UNKNOWN
    assert violation.missing == ("days_past",)
    assert violation.message.en == (
        "copy a: cannot be judged. Not recorded: days past the retention period."
    )
    assert violation.message.fi.endswith("kirjattu: säilytysajan ylitys päivinä.")


def test_a_condition_that_selects_nothing_does_not_apply() -> None:
    rule = _rule(when={"field": "outside_ats", "op": "equals", "value": True})

    assert judge(rule, _copy(outside_ats=False, days_past=3)) == (Answer.NOT_APPLICABLE, ())
    assert judge(rule, _copy(days_past=3)) == (Answer.UNKNOWN, ("outside_ats",))
    assert judge(rule, _copy(days_past=0)) == (Answer.SATISFIED, ())


def test_a_subject_of_another_kind_is_not_judged() -> None:
    other = Subject(Kind.NOTICE, "notice", "notice", {"days_past": 3})

    assert judge(_rule(), other) == (Answer.NOT_APPLICABLE, ())
    assert not list(evaluate([_rule()], [other], today=TODAY))


def test_one_fact_is_compared_with_another() -> None:
    rule = _rule(require={"field": "modified", "op": "before", "value": {"fact": "due"}})

    assert judge(rule, _copy(modified=TODAY, due=TODAY))[0] is Answer.VIOLATED
    assert judge(rule, _copy(modified=TODAY))[1] == ("due",)


def test_one_linked_subject_that_meets_the_condition_is_enough() -> None:
    where = {"field": "status", "op": "equals", "value": "hired"}
    rule = _rule(require={"linked": "candidacy", "where": where})

    def with_states(*states: str | None) -> Subject:
        linked = tuple(Subject(Kind.CANDIDACY, "c", "c", {"status": state}) for state in states)
        return Subject(Kind.COPY, "a", "a", {}, (), {"candidacy": linked})

    assert judge(rule, with_states("open", "hired"))[0] is Answer.SATISFIED
    assert judge(rule, with_states(None, "hired"))[0] is Answer.SATISFIED
    assert judge(rule, with_states("open"))[0] is Answer.VIOLATED
    assert judge(rule, with_states())[0] is Answer.VIOLATED
    assert judge(rule, with_states("open", None)) == (Answer.UNKNOWN, ("candidacy.status",))
    assert judge(rule, _copy()) == (Answer.UNKNOWN, ("candidacy",))


def test_facts_that_do_not_matter_are_not_called_missing() -> None:
    tests = [
        {"field": "days_past", "op": "at_most", "value": 0},
        {"field": "ats_state", "op": "equals", "value": "present"},
        {"field": "outside_ats", "op": "equals", "value": True},
    ]
    rule = _rule(require={"all": tests})

    assert judge(rule, _copy(days_past=3)) == (Answer.VIOLATED, ())
    assert judge(rule, _copy(days_past=0))[1] == ("ats_state", "outside_ats")


def test_a_deprecated_rule_does_not_judge() -> None:
    rule = _rule(status="deprecated", successor="RET-02")

    assert not list(evaluate([rule], [_copy(days_past=3)], today=TODAY))


def test_a_waiver_marks_and_hides_nothing() -> None:
    (violation,) = evaluate([_rule()], [_copy(days_past=3)], [_waiver()], today=TODAY)

    assert violation.answer is Answer.VIOLATED
    assert violation.waiver == _waiver()


def test_a_waiver_of_the_subject_goes_before_one_of_all() -> None:
    waivers = [_waiver(), _waiver("a")]

    (violation,) = evaluate([_rule()], [_copy(days_past=3)], waivers, today=TODAY)

    assert violation.waiver == _waiver("a")


def test_a_waiver_ends_by_itself() -> None:
    over = _waiver(until=TODAY - timedelta(days=1))

    (violation,) = evaluate([_rule()], [_copy(days_past=3)], [over], today=TODAY)

    assert violation.waiver is None
    assert expired([over, _waiver()], TODAY) == (over,)


def test_subjects_are_a_stream() -> None:
    """Older drafts listed the subjects first; a million copies would not fit."""

    def endless() -> Iterator[Subject]:
        number = 0
        while True:
            number += 1
            yield _copy(str(number), days_past=number)

    found = evaluate([_rule()], endless(), today=TODAY)

    assert [next(found).subject_id for _ in range(3)] == ["1", "2", "3"]


facts: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "clock": st.sampled_from(["within", "past", "on_hold", "on_consent"]),
        "days_past": st.integers(-500, 500),
        "outside_ats": st.booleans(),
        "ats_state": st.sampled_from(["present", "deleted", "not_linked"]),
        "categories": st.sampled_from([(), ("identity.name",), ("identity.national_id",)]),
    },
)
copies = st.lists(facts, max_size=8).map(
    lambda many: [Subject(Kind.COPY, str(n), str(n), known) for n, known in enumerate(many)]
)
tests = st.sampled_from(
    [
        Test.model_validate({"field": "days_past", "op": "at_most", "value": 0}),
        Test.model_validate({"field": "outside_ats", "op": "equals", "value": True}),
        Test.model_validate({"field": "clock", "op": "in", "value": ["past"]}),
        Test.model_validate({"field": "ats_state", "op": "exists"}),
    ]
)


@given(copies, st.randoms(use_true_random=False))
def test_the_order_of_subjects_and_rules_does_not_change_what_is_found(
    subjects: list[Subject], random: Random
) -> None:
    rules = list(_builtin())
    straight = Counter(str(found) for found in evaluate(rules, subjects, today=TODAY))
    random.shuffle(subjects)
    random.shuffle(rules)

    assert Counter(str(found) for found in evaluate(rules, subjects, today=TODAY)) == straight


@given(tests, facts)
def test_not_turns_every_condition(condition: Condition, known: dict[str, Value]) -> None:
    subject = _copy(**known)
    once = Not.model_validate({"not": condition})

    assert weigh(once, subject).truth is negate(weigh(condition, subject).truth)
    assert weigh(Not.model_validate({"not": once}), subject) == weigh(condition, subject)


@given(facts)
def test_without_the_facts_that_are_missing_nothing_passes(known: dict[str, Value]) -> None:
    subject = _copy(**known)
    for rule in _builtin():
        answer, missing = judge(rule, subject)

        assert (answer is Answer.UNKNOWN) == bool(missing)
        assert all(known.get(name) is None for name in missing)
