"""People who are known are found in any form, and nobody else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.names.forms import look_up, stems_of
from detectors.names.known import MOST_NAMES, KnownPeople, NearbyNames, find, hashed, nominatives

KEY = b"k" * 32
PEOPLE = (
    ("Ywenna", "Kroszak"),
    ("Mari", "Laine"),
    ("Meri", "Anna", "Laine"),
    ("Satu", "Lumpokka"),
    ("Jora", "Kroszanen"),
    ("Olka", "Frisk"),
    ("Will", "Grant"),
)

FORMS = (
    "Ywenna Kroszak",
    "Kroszak Ywenna",
    "Kroszak, Ywenna",
    "YWENNA KROSZAKILLE",
    "ywenna kroszakin",
    "kroszakin ywenna",
    "Ywenna Kroszakista",
    "Ywenna Kroszaks",
    "Ywenna\nKroszak",
    "Ywenna K. Kroszak",
    "Ywenna von Kroszak",
    "Ywenna Kroszak:lle",
    "Ywennaa Kroszakia",
    "Mari Laineen",
    "Meri Laineelle",
    "Meri Anna Laine",
    "Laine Meri",
    "Sadun Lumpokan",
    "Jora Kroszasen",
    "Jora Kroszaselta",
    "Olka Frisks",
    "Will Grant",
)
OTHERS = (
    "Ywenna Kroszakova",
    "Ywen Kroszak",
    "Ywenna ja Kroszak",
    "Ywenna. Kroszak",
    "ywenna Kroszak",
    "ywenna",
    "Kroszak",
    "Maria Laine",
    "Mari Anna",
    "Will granted",
    "will grant",
    "Grant will",
    "Jora Kroszaniemi",
)


@pytest.fixture(scope="module")
def known() -> KnownPeople:
    return KnownPeople(KEY, [each for words in PEOPLE for each in hashed(KEY, words)])


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_a_known_name_is_found_whole(known: KnownPeople, form: str) -> None:
    text = f"muistio: {form} oli siellä"

    assert [form] == [text[place.start : place.end] for place in find(text, known)]


@pytest.mark.parametrize("words", OTHERS)
def test_what_only_resembles_a_known_name_is_not_found(known: KnownPeople, words: str) -> None:
    assert [] == list(find(f"muistio: {words} oli siellä", known))


def test_an_english_genitive_is_no_part_of_the_name(known: KnownPeople) -> None:
    text = "in Ywenna Kroszak's notes"

    assert ["Ywenna Kroszak"] == [text[each.start : each.end] for each in find(text, known)]


def test_every_form_has_the_value_of_the_name(known: KnownPeople) -> None:
    forms = ("Ywenna Kroszak", "KROSZAKIN YWENNA", "kroszak, ywenna")

    assert {"kroszak ywenna"} == {each.value for form in forms for each in find(form, known)}


def test_a_name_does_not_go_on_in_the_next_value_of_a_column(known: KnownPeople) -> None:
    assert [] == list(find("Ywenna\nKroszak", known, by_line=True))


def test_a_set_with_another_key_knows_nobody() -> None:
    people = list(hashed(KEY, ("Ywenna", "Kroszak")))

    assert [] == list(find("Ywenna Kroszak", KnownPeople(b"x" * 32, people)))


def test_of_too_many_names_the_oldest_is_forgotten() -> None:
    names = NearbyNames()
    for number in range(MOST_NAMES + 1):
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        names.add(("Ywenna", f"Kro{letters}"))

    assert [] == list(find("Ywenna Kroa", names))
    assert len(list(find("Ywenna Krob", names))) == 1


@given(st.from_regex(r"[KRT][aeiou](?:ll|nn|k|s)[aiou](?:nen|s|kka|k|r|e|us)?", fullmatch=True))
def test_the_genitive_of_an_unknown_name_leads_back_to_it(name: str) -> None:
    """What `stems_of` builds, `nominatives` takes apart; lists may know better."""
    for stem in stems_of(name, e_stem=False):
        if stem[-1] in "aeiou" and len(stem) >= 3 and not look_up(f"{stem}n").base:
            assert name.lower() in nominatives(f"{stem}n")


def test_nothing_that_is_kept_of_a_name_shows_it() -> None:
    people = list(hashed(KEY, ("Ywenna", "Kroszak")))

    assert "wenna" not in repr(people)
    assert "rosza" not in repr(vars(KnownPeople(KEY, people))).lower()
