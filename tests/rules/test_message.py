"""Facts become words for people, in both languages."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.model import Language, Text, Tool, Trigger
from ropa.model import Role as DeclaredRole
from ropa.subjects import Kind, Subject, Value
from rules.message import fill, gap, in_words
from rules.vocabulary import Fact, FactType, problems, vocabulary

PLAIN = Fact("plain", FactType.TEXT, "", Text())


def _fact(kind: Kind, name: str) -> Fact:
    return vocabulary()[kind].facts[name]


@pytest.mark.parametrize(
    ("value", "en", "fi"),
    [
        (None, "not known", "ei tiedossa"),
        (True, "yes", "kyllä"),
        (False, "no", "ei"),
        (12, "12", "12"),
        (0.5, "0.5", "0,5"),
        (1.0, "1", "1"),
        (date(2026, 11, 22), "2026-11-22", "2026-11-22"),
        (datetime(2026, 11, 22, 9, tzinfo=UTC), "2026-11-22", "2026-11-22"),
        ((), "none", "ei mitään"),
        (("b", "a"), "b, a", "b, a"),
        ("", "none", "ei mitään"),
    ],
)
def test_values_are_written_for_people(value: Value, en: str, fi: str) -> None:
    assert (in_words(value, PLAIN, "en"), in_words(value, PLAIN, "fi")) == (en, fi)


@pytest.mark.parametrize(
    ("kind", "name", "value", "en", "fi"),
    [
        (Kind.COPY, "categories", ("special.health",), "Health", "Terveystiedot"),
        (Kind.COPY, "period", "P1Y", "1 year", "1 vuosi"),
        (Kind.COPY, "period", "P2Y6M", "2 years 6 months", "2 vuotta 6 kuukautta"),
        (Kind.COPY, "period", "soon", "soon", "soon"),
        (Kind.TRANSFER, "tool", "scc", "standard contractual clauses", "vakiosopimuslausekkeet"),
        (Kind.TRANSFER, "tool", "own", "own", "own"),
    ],
)
def test_keys_have_words(kind: Kind, name: str, value: Value, en: str, fi: str) -> None:
    fact = _fact(kind, name)

    assert (in_words(value, fact, "en"), in_words(value, fact, "fi")) == (en, fi)


def test_braces_in_a_fact_stay_braces() -> None:
    """A path may hold them, and a second round of filling would then fail or leak."""
    subject = Subject(Kind.COPY, "a", "{source}", {"source": "{id}"})

    assert fill(Text(en="{name} in {source}", fi=""), subject).en == "{source} in {id}"


def test_a_missing_fact_of_a_linked_subject_is_named() -> None:
    subject = Subject(Kind.COPY, "a", "copy", {})

    sentence = gap(("candidacy", "candidacy.status", "due"), subject)

    assert sentence.en.endswith("candidacy, state of the application, due.")
    assert sentence.fi.endswith("candidacy, hakemuksen tila, due.")


@given(st.sampled_from(["en", "fi"]), st.text(), st.sampled_from(FactType))
def test_every_text_can_be_written(language: Language, value: str, kind: FactType) -> None:
    assert in_words(value, Fact("x", kind, "", Text()), language)


@pytest.mark.parametrize(
    ("kind", "name", "choices"),
    [(Kind.TRANSFER, "tool", Tool), (Kind.RECIPIENT, "role", DeclaredRole)],
)
def test_the_registers_choices_are_in_the_vocabulary(
    kind: Kind, name: str, choices: type[Tool | DeclaredRole]
) -> None:
    assert set(_fact(kind, name).choices or ()) == {choice.value for choice in choices}


def test_the_registers_triggers_are_in_the_vocabulary() -> None:
    assert set(_fact(Kind.COPY, "anchor_kind").choices or ()) == {one.value for one in Trigger}


def test_every_kind_has_terms_and_every_link_a_kind() -> None:
    assert set(vocabulary()) == set(Kind)


def test_a_subject_outside_the_vocabulary_is_told_so() -> None:
    other = Subject(Kind.NOTICE, "n", "n", {"year": "2021"})
    subject = Subject(
        Kind.COPY,
        "a",
        "a",
        {"clock": "unknown", "dew": 1, "days_past": True, "categories": ("x",), "due": None},
        (),
        {"candidacy": (other,), "system": ()},
    )

    assert problems(subject) == (
        "copy.clock cannot be 'unknown'",
        "copy has no fact 'dew'",
        "copy.days_past is number, not bool",
        "copy.categories cannot be 'x'",
        "copy.candidacy leads to candidacy, not notice",
        "notice.year is number, not str",
        "copy has no link 'system'",
    )
